/* How busy rooms, teachers and cohorts are in a week: a line each, a cell for
 * each part of each day. The cell's character says how much of it is taken, the
 * colour only repeats it. Enter opens the week. */
#include "tui/views/load_view.h"

#include <stdio.h>
#include <string.h>

#include "tui/action.h"
#include "tui/table.h"
#include "tui/views/card_job.h"
#include "tui/views/student_draw.h"
#include "tui/views/views.h"
#include "tui/views/week_grid.h"

enum { CHANNEL_CARD = 1, PARTS = 3, SUBJECTS = 3 };

static const struct {
	const char *key, *axis, *title, *one;
} subjects[SUBJECTS] = {
	{ "rooms", "room", N_("Rooms"), N_("Room") },
	{ "teachers", "teacher", N_("Teachers"), N_("Teacher") },
	{ "cohorts", "cohort", N_("Cohorts"), N_("Cohort") },
};

enum { COL_CODE, COL_NAME, COL_COUNT, COL_HOURS, COL_DAY, COLUMNS = COL_DAY + WEEK_DAYS };

struct load_view {
	struct view view;
	struct card card;
	int64_t monday;
	size_t subject;
	bool loaded;
	struct table table;
	struct table_column columns[COLUMNS]; /* as subject and width have them */
};

static const struct table_column columns[COLUMNS] = {
	{ N_("Code"), { .min = 8, .want = 10, .keep = 10 }, TEXT_LEFT },
	{ N_("Name"), { .min = 12, .want = 26, .grow = 1, .keep = 8 }, TEXT_LEFT },
	{ N_("Count"), { .min = 5, .want = 5, .keep = 1 }, TEXT_RIGHT },
	{ N_("Hours"), { .min = 5, .want = 5, .keep = 3 }, TEXT_RIGHT },
	{ N_("Mo"), { .min = 3, .want = 4, .keep = 9 }, TEXT_LEFT },
	{ N_("Tu"), { .min = 3, .want = 4, .keep = 9 }, TEXT_LEFT },
	{ N_("We"), { .min = 3, .want = 4, .keep = 9 }, TEXT_LEFT },
	{ N_("Th"), { .min = 3, .want = 4, .keep = 9 }, TEXT_LEFT },
	{ N_("Fr"), { .min = 3, .want = 4, .keep = 9 }, TEXT_LEFT },
	{ N_("Sa"), { .min = 3, .want = 4, .keep = 9 }, TEXT_LEFT },
	{ N_("Su"), { .min = 3, .want = 4, .keep = 9 }, TEXT_LEFT },
};

/* The least a name needs to tell "2026 autumn, logistics" from its neighbour; what has
 * no room beside it is left out, the count first. */
enum { NAME_WHOLE = 24, COLS_WHOLE = 78 };

/* From nothing to full, by tenths. */
static const char ramp[] = ".:::+++##@";

static const struct week_load *load_at(const struct load_view *self, size_t row)
{
	return CARD_LIST(&self->card, week_load)->items[row];
}

static void day_cell(const struct week_load *load, size_t day, struct arena *arena,
		     struct cell *cell)
{
	char text[PARTS + 1] = "";
	int most = 0;

	if (!load->load || strlen(load->load) != (size_t)WEEK_DAYS * PARTS)
		return;
	for (size_t part = 0; part < PARTS; part++) {
		const int tenths = load->load[day * PARTS + part] - '0';

		if (tenths < 0 || tenths > 9)
			return;
		text[part] = ramp[tenths];
		most = tenths > most ? tenths : most;
	}
	cell->text = arena_strdup(arena, text);
	cell->role = most == 0 ? THEME_MUTED : most < 7 ? THEME_OK : most < 9 ? THEME_WARNING :
		     THEME_REFUSED;
}

static void load_cell(const void *context, size_t row, size_t column, struct arena *arena,
		      struct cell *cell)
{
	const struct week_load *load = load_at(context, row);

	switch (column) {
	case COL_CODE: cell->text = load->code; break;
	case COL_NAME: cell->text = load->name; break;
	case COL_COUNT: cell->text = arena_printf(arena, "%d", (int)load->meetings); break;
	case COL_HOURS:
		cell->text = arena_printf(arena, "%d:%02d", (int)(load->minutes / 60),
					  (int)(load->minutes % 60));
		break;
	default: day_cell(load, column - COL_DAY, arena, cell);
	}
}

/* --- asking --- */

static void load_done(struct job *job, struct view *view)
{
	struct load_view *self = (struct load_view *)view;

	card_take(&self->card, job);
	self->loaded |= job->result == 0;
	table_set_count(&self->table, CARD_LIST(&self->card, week_load)->count);
}

static void load_resume(struct view *view)
{
	struct load_view *self = (struct load_view *)view;
	struct card_request request = { .kind = KIND_WEEK_LOAD, .key = subjects[self->subject].key,
					.from = self->monday, .to = self->monday + WEEK_DAYS };
	struct job *job = card_job(&request);

	job->channel = CHANNEL_CARD;
	job->done = load_done;
	app_submit(view, job);
}

static void load_open(struct view *view, const void *arg)
{
	struct load_view *self = (struct load_view *)view;

	(void)arg;
	self->monday = week_monday(clock_today(app_clock(view->app)));
	bundle_init(&self->card.bundle, &self->card.arena);
	memcpy(self->columns, columns, sizeof columns);
	self->table = (struct table){ .columns = self->columns, .column_count = COLUMNS,
				      .cell = load_cell, .context = self };
}

static void load_close(struct view *view)
{
	card_release(&((struct load_view *)view)->card);
}

/* --- drawing --- */

static void columns_fit(struct load_view *self, int cols)
{
	memcpy(self->columns, columns, sizeof columns);
	self->columns[COL_NAME].title = subjects[self->subject].one;
	if (cols >= COLS_WHOLE)
		self->columns[COL_NAME].width.min = NAME_WHOLE;
}

static void load_draw(struct view *view, const struct canvas *canvas)
{
	struct load_view *self = (struct load_view *)view;
	struct rect area = canvas_area(canvas);
	struct canvas part = canvas_sub(canvas, rect_take_top(&area, 2));
	struct arena *arena = canvas_arena(canvas);
	char from[DATE_TEXT], to[DATE_TEXT];
	int col = 1;

	col += canvas_put(&part, 0, col, THEME_HEADING, _(subjects[self->subject].title)) + 2;
	col += canvas_put(&part, 0, col, THEME_VALUE,
			  arena_printf(arena, "%s..%s", date_format(self->monday, from),
				       date_format(self->monday + 6, to) + 5)) + 2;
	if (self->card.error.code)
		canvas_put(&part, 0, col, THEME_REFUSED, self->card.error.message);
	canvas_rule(&part, 1, _("morning, afternoon, evening:  . free  : 3/10  + 6/10  # 8/10  @ full"));
	part = canvas_sub(canvas, area);
	if (self->loaded && !self->table.count) {
		canvas_put(&part, 1, 1, THEME_MUTED, _("There are none"));
		canvas_cursor(&part, 1, 0);
		return;
	}
	columns_fit(self, area.cols);
	table_draw(&self->table, &part, view->app, true, true);
}

/* --- keys --- */

void load_next_subject(struct app *app, struct view *view)
{
	struct load_view *self = (struct load_view *)view;

	(void)app;
	self->subject = (self->subject + 1) % SUBJECTS;
	table_set_count(&self->table, 0);
	self->loaded = false;
	load_resume(view);
}

static void go_week(struct view *view, int days)
{
	((struct load_view *)view)->monday += days;
	load_resume(view);
}

void load_next(struct app *app, struct view *view)
{
	(void)app;
	go_week(view, WEEK_DAYS);
}

void load_previous(struct app *app, struct view *view)
{
	(void)app;
	go_week(view, -WEEK_DAYS);
}

static struct table *load_list(struct view *view)
{
	return &((struct load_view *)view)->table;
}

static void load_enter(struct view *view)
{
	struct load_view *self = (struct load_view *)view;
	const struct week_load *load = load_at(self, self->table.selected);
	char key[64];
	struct thing_options options = { .key = key, .name = load->code };

	snprintf(key, sizeof key, "%s:%.40s", subjects[self->subject].axis, load->code ? load->code : "");
	app_push(view->app, &week_class, &options);
}

void load_show(struct app *app, struct view *view)
{
	(void)view;
	app_push(app, &load_class, NULL);
}

const struct view_class load_class = {
	.name = "load", .title = N_("How busy"),
	.contexts = CTX_PANE | CTX_LIST | CTX_LOAD, .size = sizeof(struct load_view),
	.open = load_open, .close = load_close, .draw = load_draw, .list = load_list,
	.enter = load_enter, .resume = load_resume,
};
