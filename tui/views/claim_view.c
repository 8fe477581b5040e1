/* One claim on a screen of its own: claim_part.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/action.h"
#include "tui/views/claim_part.h"
#include "tui/views/views.h"

struct claim_view {
	struct view view;
	struct claim_part part;
	int64_t *queue; /* it was opened from, for "next" */
	size_t queue_count, queue_at;
};

static void claim_resume(struct view *view)
{
	struct claim_view *self = (struct claim_view *)view;

	claim_part_ask(&self->part, view, self->part.id);
}

static void claim_open(struct view *view, const void *arg)
{
	struct claim_view *self = (struct claim_view *)view;
	const struct thing_options *options = arg;

	claim_part_init(&self->part);
	self->part.id = options->id;
	snprintf(self->part.name, sizeof self->part.name, "%.60s",
		 options->name ? options->name : "");
	self->queue_count = options->queue_count;
	self->queue_at = options->queue_at;
	if (options->queue_count) {
		self->queue = mem_alloc(options->queue_count * sizeof *self->queue);
		memcpy(self->queue, options->queue, options->queue_count * sizeof *self->queue);
	}
}

static void claim_close(struct view *view)
{
	struct claim_view *self = (struct claim_view *)view;

	claim_part_release(&self->part);
	free(self->queue);
}

static void claim_draw(struct view *view, const struct canvas *canvas)
{
	claim_part_draw(&((struct claim_view *)view)->part, canvas, view->app, true);
}

static const char *claim_status(struct view *view, struct arena *arena)
{
	return arena_strdup(arena, ((struct claim_view *)view)->part.name);
}

static struct table *claim_list(struct view *view)
{
	return &((struct claim_view *)view)->part.lines.table;
}

static struct claim_part *claim_part(struct view *view)
{
	return &((struct claim_view *)view)->part;
}

static void claim_answer(struct view *view, int tag, const struct view_answer *answer)
{
	bool decided;

	/* It was read again when the dialog closed: the decision stands there. */
	claim_part_answer(view, tag, answer, &decided);
}

/* Below its queue, the next claim is the next row. */
bool claim_has_next(struct app *app, struct view *view)
{
	const struct claim_view *self = (const struct claim_view *)view;
	const struct table *table = view->class->list(view);

	(void)app;
	if (view->class != &claim_class)
		return table->selected + 1 < table->count;
	return self->queue_at + 1 < self->queue_count;
}

void claim_next(struct app *app, struct view *view)
{
	struct claim_view *self = (struct claim_view *)view;

	(void)app;
	if (view->class != &claim_class) {
		table_move(view->class->list(view), 1);
		view->class->moved(view);
		return;
	}
	claim_part_ask(&self->part, view, self->queue[++self->queue_at]);
}

const struct view_class claim_class = {
	.name = "claim", .title = N_("Credit claim"),
	.contexts = CTX_PANE | CTX_LIST | CTX_CLAIM, .size = sizeof(struct claim_view),
	.open = claim_open, .close = claim_close, .draw = claim_draw, .list = claim_list,
	.answer = claim_answer, .resume = claim_resume, .status = claim_status,
	.claim = claim_part,
};
