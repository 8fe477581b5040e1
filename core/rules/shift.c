#include "core/rules/shift.h"

#include <stdio.h>
#include <string.h>

#include "core/base/civil.h"

char shift_slot(const struct shift_cycle *cycle, int64_t day, int64_t team_offset)
{
	int64_t len = (int64_t)strlen(cycle->cycle);

	if (len == 0)
		return 'R';
	return cycle->cycle[((day - cycle->anchor_on + team_offset) % len + len) % len];
}

bool shift_work(const struct shift_cycle *cycle, char letter, int64_t *from, int64_t *to)
{
	static const char letters[] = "DEN";
	const char *at = letter ? strchr(letters, letter) : NULL;
	const struct shift_times *times;

	if (!at)
		return false;
	times = &cycle->times[at - letters];
	if (times->len <= 0)
		return false;
	*from = times->start;
	*to = times->start + times->len;
	return true;
}

enum shift_answer shift_question(const struct shift_cycle *cycle, int64_t day,
				 int64_t team_offset, int64_t start_min, int64_t end_min,
				 char *letter)
{
	int64_t from, to;

	for (int64_t d = -1; d <= 1; d++) {
		*letter = shift_slot(cycle, day + d, team_offset);
		if (!shift_work(cycle, *letter, &from, &to))
			continue;
		from += d * DAY_MINUTES - cycle->buffer_min;
		to += d * DAY_MINUTES + cycle->buffer_min;
		if (start_min < to && from < end_min)
			return SHIFT_WORK;
	}
	for (int64_t d = -1; d <= 1; d++) {
		*letter = shift_slot(cycle, day + d, team_offset);
		if (*letter != 'N' || !shift_work(cycle, *letter, &from, &to))
			continue;
		to += d * DAY_MINUTES;
		if (start_min >= to && start_min - to < cycle->rest_after_n_min)
			return SHIFT_REST;
	}
	*letter = 0;
	return SHIFT_FREE;
}

const char *shift_answer_text(enum shift_answer answer, char letter, char out[16])
{
	switch (answer) {
	case SHIFT_WORK:
		snprintf(out, 16, "work %c", letter);
		return out;
	case SHIFT_REST:
		snprintf(out, 16, "rest after %c", letter);
		return out;
	default:
		return "free";
	}
}
