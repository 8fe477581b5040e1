/* Handlers of the actions that every view shares. */
#include <string.h>

#include "tui/app_internal.h"
#include "tui/draft.h"
#include "tui/table.h"
#include "tui/views/dialog_view.h"

/* --- the grid of a week --- */

bool grid_there(struct app *app, struct view *view)
{
	(void)app;
	return view->class->grid && view->class->grid(view, 0, 0, 0);
}

void grid_up(struct app *app, struct view *view)
{
	(void)app;
	view->class->grid(view, -1, 0, 0);
}

void grid_down(struct app *app, struct view *view)
{
	(void)app;
	view->class->grid(view, 1, 0, 0);
}

void grid_left(struct app *app, struct view *view)
{
	(void)app;
	view->class->grid(view, 0, -1, 0);
}

void grid_right(struct app *app, struct view *view)
{
	(void)app;
	view->class->grid(view, 0, 1, 0);
}

void grid_previous(struct app *app, struct view *view)
{
	(void)app;
	view->class->grid(view, 0, 0, -1);
}

void grid_next(struct app *app, struct view *view)
{
	(void)app;
	view->class->grid(view, 0, 0, 1);
}

/* --- lists --- */

struct table *list_of(struct view *view)
{
	return view->class->list ? view->class->list(view) : NULL;
}

bool row_selected(struct app *app, struct view *view)
{
	struct table *table = list_of(view);

	(void)app;
	return table && table->count > 0 && view->class->enter;
}

/* Also without rows: the key bar stays as it is while a list fills. */
bool list_opens(struct app *app, struct view *view)
{
	(void)app;
	return list_of(view) && view->class->enter;
}

void list_open(struct app *app, struct view *view)
{
	if (row_selected(app, view))
		view->class->enter(view);
}

/* The marker was on BEFORE. */
static void tell_moved(struct view *view, size_t before)
{
	if (list_of(view)->selected != before && view->class->moved)
		view->class->moved(view);
}

void list_select(struct view *view, size_t row)
{
	size_t before = list_of(view)->selected;

	table_select(list_of(view), row);
	tell_moved(view, before);
}

static void list_move(struct view *view, long by)
{
	struct table *table = list_of(view);
	size_t before;

	by *= view->app->count > 0 ? view->app->count : 1;
	if (!table)
		return;
	before = table->selected;
	table_move(table, by);
	tell_moved(view, before);
}

static long page_of(struct view *view)
{
	struct table *table = list_of(view);

	return table && table->page > 1 ? table->page - 1 : 1;
}

void list_down(struct app *app, struct view *view)
{
	(void)app;
	list_move(view, 1);
}

void list_up(struct app *app, struct view *view)
{
	(void)app;
	list_move(view, -1);
}

void list_page_down(struct app *app, struct view *view)
{
	(void)app;
	list_move(view, page_of(view));
}

void list_page_up(struct app *app, struct view *view)
{
	(void)app;
	list_move(view, -page_of(view));
}

void list_first(struct app *app, struct view *view)
{
	(void)app;
	list_move(view, -(1L << 40));
}

void list_last(struct app *app, struct view *view)
{
	(void)app;
	/* With a count before it, to that row. */
	if (view->app->count > 0 && list_of(view)) {
		long row = view->app->count - 1;

		view->app->count = 0;
		list_move(view, row - (long)list_of(view)->selected);
		return;
	}
	list_move(view, 1L << 40);
}

/* --- panes --- */

void go_lookup(struct app *app, struct view *view)
{
	(void)view;
	app_show_pane(app, PANE_LOOKUP);
}

void go_cohorts(struct app *app, struct view *view)
{
	(void)view;
	app_show_pane(app, PANE_COHORTS);
}

void go_claims(struct app *app, struct view *view)
{
	(void)view;
	app_show_pane(app, PANE_CLAIMS);
}

void view_refresh(struct app *app, struct view *view)
{
	(void)app;
	if (view->class->resume)
		view->class->resume(view);
}

bool pane_can_go_back(struct app *app, struct view *view)
{
	(void)app;
	return view->below != NULL;
}

void go_back(struct app *app, struct view *view)
{
	(void)app;
	app_close(view);
}

static bool has_draft(struct view *view)
{
	struct buf text;
	bool any;

	buf_init(&text, DRAFT_FILE_MAX);
	any = draft_text(view, &text);
	draft_forget(&text);
	return any;
}

bool stack_has_draft(struct view *top)
{
	struct view *view;

	for (view = top; view; view = view->below) {
		if (has_draft(view))
			return true;
	}
	return false;
}

static bool any_draft(struct app *app)
{
	int i;

	for (i = 0; i < STACKS; i++) {
		if (stack_has_draft(app->stack[i]))
			return true;
	}
	return false;
}

void app_leave_all(struct app *app, struct view *view)
{
	static const struct confirm_options sure = {
		.title = N_("Leave with unsaved work?"),
		.text = N_("There are forms that are not saved. Their drafts will be kept and "
			   "offered at the next start."),
	};

	(void)view;
	if (any_draft(app))
		app_push(app, &leave_class, &sure);
	else
		app_quit(app);
}

void app_leave(struct app *app, struct view *view)
{
	if (view->below)
		app_close(view);
	else
		app_leave_all(app, view);
}

/* --- everywhere --- */

void language_switch(struct app *app, struct view *view)
{
	(void)view;
	app_set_language(app, strcmp(app_language(app), "zh_CN") == 0 ? "en" : "zh_CN");
}

void theme_switch(struct app *app, struct view *view)
{
	static const char *const names[] = { "day", "night", "high-contrast", "mono" };
	struct error err = ERROR_INIT;
	size_t i, count = sizeof names / sizeof names[0];

	(void)view;
	for (i = 0; i < count && strcmp(names[i], app_theme_name(app)) != 0; i++)
		continue;
	i = i >= count - 1 ? 0 : i + 1;
	if (app_set_theme(app, names[i], &err))
		app_say_error(app, &err);
	else
		app_say(app, THEME_OK, names[i]);
	term_repaint();
}

void screen_repaint(struct app *app, struct view *view)
{
	(void)view;
	if (app->repainted) {
		app->low_bandwidth = !app->low_bandwidth;
		app_say(app, THEME_OK, app->low_bandwidth ? _("Few bytes: on, for a slow line")
							  : _("Few bytes: off"));
	}
	app->repainted = !app->repainted;
	term_repaint();
}
