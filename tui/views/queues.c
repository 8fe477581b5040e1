#include "tui/views/queues.h"

#include <string.h>

#include "core/base/i18n.h"

static void list_add(struct queues *queues, int queue)
{
	size_t i;

	for (i = 0; i < queues->count; i++) {
		if (queues->list[i] == queue)
			return;
	}
	if (queues->count < QUEUES_MAX)
		queues->list[queues->count++] = queue;
}

void queues_init(struct queues *queues)
{
	memset(queues, 0, sizeof *queues);
	list_add(queues, QUEUE_MINE);
	list_add(queues, QUEUE_ALL);
}

void queues_take(struct queues *queues, const struct page *page, int current)
{
	int state;
	size_t i;

	queues->counted = true;
	queues->count = 0;
	memset(queues->state, 0, sizeof queues->state);
	for (i = 0; i < page->count; i++) {
		const struct claim_queue *row = page->records[i];

		if (row->state >= 0 && row->state < CLAIM_STATE_COUNT)
			queues->state[row->state] = *row;
	}
	list_add(queues, QUEUE_MINE);
	for (state = 0; state < CLAIM_STATE_COUNT; state++) {
		if (queues->state[state].mine > 0)
			list_add(queues, state);
	}
	for (state = 0; state < CLAIM_STATE_COUNT; state++) {
		if (queues->state[state].count > 0)
			list_add(queues, state);
	}
	list_add(queues, current);
	list_add(queues, QUEUE_ALL);
}

int queues_next(const struct queues *queues, int current, int by)
{
	size_t i;

	for (i = 0; i < queues->count && queues->list[i] != current; i++)
		continue;
	if (i == queues->count)
		return QUEUE_MINE;
	return queues->list[(i + queues->count + (size_t)by) % queues->count];
}

const char *queue_name(int queue)
{
	switch (queue) {
	case QUEUE_MINE: return _("Mine");
	case QUEUE_ALL: return _("all states");
	case QUEUE_FOUND: return _("found");
	default: return enum_label(&claim_state_enum, queue);
	}
}

int64_t queue_count(const struct queues *queues, int queue)
{
	int64_t sum = 0;
	int state;

	if (!queues->counted || queue >= QUEUE_ALL)
		return OV_NULL;
	if (queue >= 0)
		return queues->state[queue].count;
	for (state = 0; state < CLAIM_STATE_COUNT; state++)
		sum += queues->state[state].mine;
	return sum;
}

int64_t queue_overdue(const struct queues *queues, int queue)
{
	int64_t sum = 0;
	int state;

	if (queue >= QUEUE_ALL)
		return 0;
	if (queue >= 0)
		return queues->state[queue].overdue;
	for (state = 0; state < CLAIM_STATE_COUNT; state++)
		sum += queues->state[state].mine > 0 ? queues->state[state].overdue : 0;
	return sum;
}

/* "Verified 9 !2": the name, how many, how many are overdue. */
static const char *item_text(const struct queues *queues, int queue, bool here,
			     struct arena *arena)
{
	int64_t count = queue_count(queues, queue), late = queue_overdue(queues, queue);
	const char *text = arena_strdup(arena, queue_name(queue));

	if (count != OV_NULL)
		text = arena_printf(arena, "%s %lld", text, (long long)count);
	if (late > 0)
		text = arena_printf(arena, "%s !%lld", text, (long long)late);
	return arena_printf(arena, here ? "[%s]" : " %s ", text);
}

void queues_draw(const struct queues *queues, const struct canvas *canvas, int current)
{
	struct arena *arena = canvas_arena(canvas);
	const char *text[QUEUES_MAX] = { "" };
	int room = canvas->area.cols - 4, col = 2;
	size_t i, at = 0, start = 0;

	for (i = 0; i < queues->count; i++) {
		text[i] = item_text(queues, queues->list[i], queues->list[i] == current, arena);
		if (queues->list[i] == current)
			at = i;
	}
	/* From the left as far as the current one can still be seen. */
	for (i = at + 1; i-- > 0;) {
		room -= text_width(text[i]);
		if (room < 0)
			break;
		start = i;
	}
	if (start > 0)
		canvas_put(canvas, 0, 0, THEME_MUTED, "<");
	for (i = start; i < queues->count; i++) {
		bool late = queue_overdue(queues, queues->list[i]) > 0;

		if (col + text_width(text[i]) > canvas->area.cols - 2) {
			canvas_put(canvas, 0, canvas->area.cols - 1, THEME_MUTED, ">");
			return;
		}
		col += canvas_put(canvas, 0, col, i == at ? THEME_SELECTION
				  : late ? THEME_WARNING : THEME_LABEL, text[i]);
	}
}
