/* queues.h: the queues of the review desk and their counts: what waits for
 * this person first, then the states this person works on, then the others. */
#ifndef OV_TUI_VIEWS_QUEUES_H
#define OV_TUI_VIEWS_QUEUES_H

#include "core/store/store.h"
#include "tui/canvas.h"

/* A queue is an enum claim_state or one of these. */
enum { QUEUE_MINE = -1, QUEUE_ALL = CLAIM_STATE_COUNT, QUEUE_FOUND };

enum { QUEUES_MAX = CLAIM_STATE_COUNT + 3 };

struct queues {
	int list[QUEUES_MAX]; /* in the order shown */
	size_t count;
	struct claim_queue state[CLAIM_STATE_COUNT]; /* by state; count 0 for none */
	bool counted;
};

/* What is there before the counts: Mine and All. */
void queues_init(struct queues *queues);
/* Takes the counts of a page of claim_queue; `current` stays in the list. */
void queues_take(struct queues *queues, const struct page *page, int current);
/* The queue BY places after (before) CURRENT, round and round. */
int queues_next(const struct queues *queues, int current, int by);
/* "Verified", "Mine", translated. */
const char *queue_name(int queue);
int64_t queue_count(const struct queues *queues, int queue);   /* OV_NULL: not counted */
int64_t queue_overdue(const struct queues *queues, int queue);
/* One row: "< [Mine 12 !2]  Verified 9  … >", the current one always seen. */
void queues_draw(const struct queues *queues, const struct canvas *canvas, int current);

#endif
