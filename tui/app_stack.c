/* The stacks of views: opening, closing, answering. */
#include <stdlib.h>

#include "tui/app_internal.h"

struct view *app_top(const struct app *app)
{
	return app->stack[app->current];
}

struct view *stack_push(struct app *app, int stack, const struct view_class *class,
			const void *arg, uint64_t opener, int tag)
{
	struct view *view = mem_alloc(class->size);

	view->class = class;
	view->app = app;
	view->serial = ++app->serial;
	view->opener = opener;
	view->tag = tag;
	view->below = app->stack[stack];
	app->stack[stack] = view;
	app->dirty = true;
	if (class->open)
		class->open(view, arg);
	if (class->resume && app->stack[stack] == view)
		class->resume(view);
	return view;
}

struct view *app_push(struct app *app, const struct view_class *class, const void *arg)
{
	return stack_push(app, app->current, class, arg, 0, 0);
}

struct view *app_ask(struct view *opener, int tag, const struct view_class *class, const void *arg)
{
	return stack_push(opener->app, opener->app->current, class, arg, opener->serial, tag);
}

struct view *stack_find(const struct app *app, uint64_t serial)
{
	struct view *view;
	int i;

	for (i = 0; i < STACKS; i++) {
		for (view = app->stack[i]; view; view = view->below) {
			if (view->serial == serial)
				return view;
		}
	}
	return NULL;
}

/* Takes the top of a stack off; it is freed when nobody runs in it any more. */
static void drop_top(struct app *app, int stack)
{
	struct view *view = app->stack[stack];

	app->stack[stack] = view->below;
	if (app->worker)
		worker_cancel(app->worker, view->serial, 0);
	if (view->class->close)
		view->class->close(view);
	view->below = app->dead;
	app->dead = view;
	app->dirty = true;
}

void stack_sweep(struct app *app)
{
	while (app->dead) {
		struct view *view = app->dead;

		app->dead = view->below;
		free(view);
	}
}

void stack_close(struct app *app, int stack)
{
	while (app->stack[stack])
		drop_top(app, stack);
}

void stack_close_all(struct app *app)
{
	int i;

	for (i = 0; i < STACKS; i++)
		stack_close(app, i);
	stack_sweep(app);
}

void app_close(struct view *view)
{
	struct app *app = view->app;
	uint64_t serial = view->serial;
	bool found = false, light = view->class->light;
	struct view *at, *top;
	int i;

	for (i = 0; i < STACKS && !found; i++) {
		for (at = app->stack[i]; at && !found; at = at->below)
			found = at->serial == serial;
	}
	if (!found)
		return;
	i--;
	do {
		found = app->stack[i]->serial == serial;
		drop_top(app, i);
	} while (!found);
	top = app->stack[i];
	if (top && i == app->current && top->class->resume && !light)
		top->class->resume(top);
}

void app_answer(struct view *dialog, const struct view_answer *answer)
{
	struct app *app = dialog->app;
	struct view *opener = stack_find(app, dialog->opener);
	int tag = dialog->tag;
	struct arena keep = ARENA_INIT;
	struct view_answer copy = *answer;

	/* The dialog's own text dies with it. */
	copy.text = arena_strdup(&keep, answer->text ? answer->text : "");
	app_close(dialog);
	if (opener && opener->class->answer)
		opener->class->answer(opener, tag, &copy);
	arena_release(&keep);
}
