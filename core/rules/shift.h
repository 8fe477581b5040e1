/* shift.h: the desk's question "is this learner free then?" for a CYCLE
 * pattern. DOMAIN.md 2.4. The planner's kinds of conflict are in conflict.h.
 * Times are minutes; a session may end after midnight (end > 1440). */
#ifndef OV_RULES_SHIFT_H
#define OV_RULES_SHIFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SHIFT_D, SHIFT_E, SHIFT_N, SHIFT_KINDS };

struct shift_times {
	int64_t start, len; /* minutes of the day, minutes; len 0: no such shift */
};

struct shift_cycle {
	const char *cycle; /* 1…56 letters of D, E, N, R */
	int64_t anchor_on; /* on this day offset 0 is at slot 0 */
	struct shift_times times[SHIFT_KINDS];
	int64_t buffer_min, rest_after_n_min;
};

enum shift_answer { SHIFT_FREE, SHIFT_WORK, SHIFT_REST };

/* The letter of DAY for a team; 'R' for a pattern without letters. */
char shift_slot(const struct shift_cycle *cycle, int64_t day, int64_t team_offset);

/* Minutes after midnight of its day at which the shift with this letter works:
 * [*from, *to). False for a letter without work. */
bool shift_work(const struct shift_cycle *cycle, char letter, int64_t *from, int64_t *to);

/* Is a team free for [start_min, end_min) of DAY? Work intervals, widened by
 * the buffer, of the day before, the day and the day after are tested in this
 * order; then the rest after a night shift. LETTER gets what was met. */
enum shift_answer shift_question(const struct shift_cycle *cycle, int64_t day,
				 int64_t team_offset, int64_t start_min, int64_t end_min,
				 char *letter);
/* "free", "work D", "rest after N": stable words, not for translation. */
const char *shift_answer_text(enum shift_answer answer, char letter, char out[16]);

#endif
