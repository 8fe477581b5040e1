/* One frame: the title, the views of the stack, the message, the key bar. */
#include <stdio.h>
#include <string.h>

#include "tui/app_internal.h"
#include "tui/views/student_draw.h"

/* The title has the day, not the time: a clock would cost a slow line bytes
 * every minute for what every desk has on its wall. */
int app_clock_wait(const struct app *app)
{
	const struct ov_clock *clock = &app->options.clock;

	if (clock->fixed_now != OV_NULL || clock->fixed_today != OV_NULL)
		return -1;
	return (int)(DAY_SECONDS - (clock_now(clock) + clock->utc_offset) % DAY_SECONDS) * 1000;
}

/* Where the records are, left of column `right`; the title and the name go first: of
 * a long path the file is enough. Answers where it begins. */
static int where_draw(const struct app *app, const struct canvas *canvas, int right, int col,
		      enum theme_role role, const char *line)
{
	int room = right - col - 4 - text_width(app->actor_name), cells = text_width(line);
	const char *file = cells > room ? strrchr(line, '/') : NULL;

	if (file)
		cells = text_width(line = file + 1);
	if (cells > room)
		cells = room;
	if (cells <= 0)
		return right;
	canvas_fit(canvas, 0, right - cells - 2, cells, role, TEXT_LEFT, line);
	return right - cells - 2;
}

static void title_draw(struct app *app, const struct canvas *canvas, struct view *top)
{
	struct arena *arena = canvas_arena(canvas);
	int64_t today = clock_today(&app->options.clock);
	int right = canvas->area.cols, col;
	char date[DATE_TEXT];
	const char *day, *line;
	const char *status = NULL;
	enum theme_role role;
	struct view *base = top;

	while (base && base->class->overlay && base->below)
		base = base->below;
	canvas_fit(canvas, 0, 0, right, THEME_TITLE, TEXT_LEFT, " Overpass");
	col = 11;
	if (base && base->class->title)
		col += canvas_put(canvas, 0, col, THEME_TITLE, _(base->class->title));
	if (base && base->class->status)
		status = base->class->status(base, arena);
	day = arena_printf(arena, "%s %s", date_format(today, date) + 5,
			   weekday_name(date_weekday(today)));
	right -= text_width(day) + 1;
	canvas_put(canvas, 0, right, THEME_TITLE, day);
	if (app->current != STACK_LOGIN && *(line = parked_text(app, arena)) &&
	    text_width(line) + 2 < right - col - 30) {
		right -= text_width(line) + 2;
		canvas_put(canvas, 0, right, THEME_TITLE, line);
	}
	line = line_text(app, arena, &role);
	if (*line)
		right = where_draw(app, canvas, right, col, role, line);
	if (app->actor_name[0] && right - text_width(app->actor_name) - 2 > col) {
		right -= text_width(app->actor_name) + 2;
		canvas_put(canvas, 0, right, THEME_TITLE, app->actor_name);
	}
	if (status && col + 2 < right - 1)
		canvas_fit(canvas, 0, col + 2, right - 1 - col - 2, THEME_TITLE, TEXT_LEFT, status);
}

static int item_cells(const struct app *app, enum action_id id)
{
	char name[KEY_NAME_MAX];

	return text_width(key_label(app->keymap.key[id][0], name)) + 1 +
	       text_width(_(action_get(id)->bar));
}

static int item_draw(const struct app *app, const struct canvas *canvas, int col,
		     enum action_id id)
{
	char name[KEY_NAME_MAX];

	col += canvas_put(canvas, 0, col, THEME_KEY, key_label(app->keymap.key[id][0], name)) + 1;
	return col + canvas_put(canvas, 0, col, THEME_BAR, _(action_get(id)->bar)) + 2;
}

/* What the keys do, the most particular first; the help is always there. */
static void bar_draw(struct app *app, const struct canvas *canvas, struct view *top)
{
	int id, col = 1, room = canvas->area.cols - 1;

	canvas_fit(canvas, 0, 0, canvas->area.cols, THEME_BAR, TEXT_LEFT, "");
	if (app->keymap.key[ACTION_HELP][0]) {
		room -= item_cells(app, ACTION_HELP);
		item_draw(app, canvas, room, ACTION_HELP);
		room -= 2;
	}
	for (id = 0; id < ACTION_COUNT; id++) {
		if (id == ACTION_HELP || !action_get((enum action_id)id)->bar ||
		    !app->keymap.key[id][0] || !action_offered(app, top, (enum action_id)id) ||
		    col + item_cells(app, (enum action_id)id) > room)
			continue;
		col = item_draw(app, canvas, col, (enum action_id)id);
	}
}

static void view_draw(struct view *view, const struct canvas *body)
{
	if (view->class->overlay && view->below)
		view_draw(view->below, body);
	if (view->class->draw)
		view->class->draw(view, body);
}

static void too_small(const struct canvas *screen)
{
	struct rect all = canvas_area(screen);

	canvas_wrap(screen, all.rows / 2, 0, all.cols, all.rows, THEME_TEXT,
		    arena_printf(canvas_arena(screen), _("%dx%d needed, now %dx%d"),
				 SCREEN_MIN_COLS, SCREEN_MIN_ROWS, all.cols, all.rows));
}

void app_draw(struct app *app)
{
	struct canvas screen = canvas_begin(app->frame), part;
	struct rect all = canvas_area(&screen);
	struct frame_layout layout = frame_layout(all.rows, all.cols);
	struct view *top = app_top(app);

	app->dirty = false;
	if (layout.too_small) {
		too_small(&screen);
		canvas_end(app->frame);
		return;
	}
	part = canvas_sub(&screen, layout.body);
	if (top)
		view_draw(top, &part);
	part = canvas_sub(&screen, layout.title);
	title_draw(app, &part, top);
	part = canvas_sub(&screen, layout.message);
	if (top && top->class->line)
		top->class->line(top, &part);
	else if (app->said[0])
		canvas_fit(&part, 0, 1, part.area.cols - 2, app->said_role, TEXT_LEFT, app->said);
	part = canvas_sub(&screen, layout.bar);
	if (top)
		bar_draw(app, &part, top);
	canvas_end(app->frame);
}
