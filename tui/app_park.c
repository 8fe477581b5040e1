/* People put aside while another one is served: the views above a pane's first
 * one, forms and drafts in them, on a stack of their own until they are asked
 * back. Two keys for both ways: z, then Alt with a digit. */
#include "core/base/i18n.h"
#include "tui/app_internal.h"

/* The view that lies on the pane's own, or NULL. */
static struct view *lowest(struct view *top)
{
	if (!top || !top->below)
		return NULL;
	while (top->below->below)
		top = top->below;
	return top;
}

/* Who or what the stack TOP is about. */
static const char *about(const struct view *top, struct arena *arena)
{
	const struct view *view = top;
	const char *text;

	while (view->below)
		view = view->below;
	text = view->class->status ? view->class->status((struct view *)(uintptr_t)view, arena) : NULL;
	return text && *text ? text : view->class->title ? _(view->class->title) : "";
}

const char *parked_text(const struct app *app, struct arena *arena)
{
	const char *text = "";
	int i;

	for (i = 0; i < PARKED_MAX; i++) {
		if (app->stack[STACK_PARKED + i])
			text = arena_printf(arena, "%s%s%d %s", text, *text ? "  " : "", i + 1,
					    about(app->stack[STACK_PARKED + i], arena));
	}
	return text;
}

static int free_place(const struct app *app)
{
	int i;

	for (i = 0; i < PARKED_MAX && app->stack[STACK_PARKED + i]; i++)
		continue;
	return i;
}

bool park_may(struct app *app, struct view *view)
{
	(void)view;
	return app->current < PANES && lowest(app->stack[app->current]) &&
	       free_place(app) < PARKED_MAX;
}

static void park_at(struct app *app, int place)
{
	struct view *top = app->stack[app->current], *low = lowest(top);

	app->stack[app->current] = low->below;
	low->below = NULL;
	app->stack[STACK_PARKED + place] = top;
	app->parked_pane[place] = (enum pane)app->current;
	app->parked_since[place] = ++app->serial;
}

void park(struct app *app, struct view *view)
{
	int place = free_place(app);
	struct arena arena = ARENA_INIT;

	(void)view;
	park_at(app, place);
	app_say(app, THEME_OK, arena_printf(&arena, _("Put aside: %s. Alt-%d brings it back"),
					    about(app->stack[STACK_PARKED + place], &arena),
					    place + 1));
	arena_release(&arena);
	/* The next one is looked for at once. */
	app_show_pane(app, PANE_LOOKUP);
	if (app->stack[PANE_LOOKUP] && app->stack[PANE_LOOKUP]->class == app->options.views->pane[0])
		lookup_search(app, app->stack[PANE_LOOKUP]);
}

bool recall_may(struct app *app, struct view *view)
{
	int i;

	(void)view;
	for (i = 0; i < PARKED_MAX; i++) {
		if (app->current != STACK_LOGIN && app->stack[STACK_PARKED + i])
			return true;
	}
	return false;
}

/* Lays a stack on its pane, and shows it. */
static void stack_lay(struct app *app, enum pane pane, struct view *top)
{
	struct view *low = top;

	while (low->below)
		low = low->below;
	low->below = app->stack[pane];
	app->stack[pane] = top;
	app_show_pane(app, pane);
}

static void bring(struct app *app, int place)
{
	struct view *top = app->stack[STACK_PARKED + place];

	app->stack[STACK_PARKED + place] = NULL;
	stack_lay(app, app->parked_pane[place], top);
}

/* Who waits longest; PARKED_MAX when nobody does. */
static int first_place(const struct app *app)
{
	int i, first = PARKED_MAX;

	for (i = 0; i < PARKED_MAX; i++) {
		if (app->stack[STACK_PARKED + i] &&
		    (first == PARKED_MAX || app->parked_since[i] < app->parked_since[first]))
			first = i;
	}
	return first;
}

/* Closes who is served now; with unsaved work he is put aside instead. */
static bool finish(struct app *app)
{
	struct view *low = app->current < PANES ? lowest(app->stack[app->current]) : NULL;

	if (!low)
		return true;
	if (!stack_has_draft(app->stack[app->current])) {
		app_close(low);
		return true;
	}
	if (free_place(app) == PARKED_MAX)
		return false;
	park_at(app, free_place(app));
	return true;
}

/* The queue is those put aside, in the order in which they came. */
void next_person(struct app *app, struct view *view)
{
	struct arena arena = ARENA_INIT;
	int place = first_place(app);

	(void)view;
	if (place == PARKED_MAX)
		return;
	if (!finish(app)) {
		app_say(app, THEME_WARNING,
			_("There is unsaved work here and no place to put it aside: save it first"));
		return;
	}
	app_say(app, THEME_OK, arena_printf(&arena, _("Next: %s"),
					    about(app->stack[STACK_PARKED + place], &arena)));
	bring(app, place);
	arena_release(&arena);
}

bool queue_may(struct app *app, struct view *view)
{
	return row_selected(app, view) && free_place(app) < PARKED_MAX;
}

void queue_add(struct view *view, const struct view_class *class, const void *arg)
{
	struct app *app = view->app;
	struct arena arena = ARENA_INIT;
	int place = free_place(app);

	if (place == PARKED_MAX)
		return;
	app->parked_pane[place] = app->pane;
	app->parked_since[place] = ++app->serial;
	stack_push(app, STACK_PARKED + place, class, arg, 0, 0);
	app_say(app, THEME_OK,
		arena_printf(&arena, _("Waits now: %s. n calls who waits longest"),
			     about(app->stack[STACK_PARKED + place], &arena)));
	arena_release(&arena);
}

/* Brings back the one of the digit pressed. Who is served now takes the place. */
void recall(struct app *app, struct view *view)
{
	int place = (int)(app->key & KM_MASK) - '1';
	struct view *top;
	enum pane pane;
	uint64_t since;

	(void)view;
	if (place < 0 || place >= PARKED_MAX || !app->stack[STACK_PARKED + place]) {
		app_say(app, THEME_WARNING, _("Nobody is put aside there"));
		return;
	}
	top = app->stack[STACK_PARKED + place];
	pane = app->parked_pane[place];
	if (!lowest(app->stack[pane])) {
		bring(app, place);
		return;
	}
	/* The two change places. */
	app->stack[STACK_PARKED + place] = NULL;
	app->current = (int)pane;
	since = app->parked_since[place];
	park_at(app, place);
	app->parked_since[place] = since;
	stack_lay(app, pane, top);
}
