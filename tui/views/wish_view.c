/* A teacher's wishes: looked at, added, withdrawn. Each is a time of one weekday, wanted
 * or not; the planner and TEACHER_WISH keep to them. */
#include "tui/views/wish_view.h"

#include <stdio.h>

#include "core/base/i18n.h"
#include "tui/action.h"
#include "tui/table.h"
#include "tui/views/command_view.h"
#include "tui/views/student_draw.h"
#include "tui/views/views.h"

enum { CHANNEL_CARD = 1, TAG_CHANGED = 1 };

struct wish_view {
	struct view view;
	struct card card; /* of the teacher's week, which has the wishes */
	int64_t teacher;
	char name[64];
	struct table table;
};

enum { COL_DAY, COL_START, COL_END, COL_WISH, COLUMNS };

static const struct table_column columns[COLUMNS] = {
	{ N_("Weekday"), { .min = 9, .want = 12, .keep = 4 }, TEXT_LEFT },
	{ N_("Start"), { .min = 5, .want = 7, .keep = 3 }, TEXT_LEFT },
	{ N_("End"), { .min = 5, .want = 7, .keep = 2 }, TEXT_LEFT },
	{ N_("Wish"), { .min = 10, .want = 12, .grow = 1, .keep = 5 }, TEXT_LEFT },
};

static const struct teacher_wish *wish_at(const struct wish_view *self, size_t row)
{
	return CARD_LIST(&self->card, teacher_wish)->items[row];
}

/* A day ends at 24:00, not where it begins. */
static const char *end_text(const struct teacher_wish *wish, struct arena *arena)
{
	return wish->end_min == DAY_MINUTES ? "24:00" : minutes_text(wish->end_min, arena);
}

static void wish_cell(const void *context, size_t row, size_t column, struct arena *arena,
		      struct cell *cell)
{
	const struct teacher_wish *wish = wish_at(context, row);

	switch (column) {
	case COL_DAY: cell->text = enum_label(&weekday_enum, (int)wish->weekday); break;
	case COL_START: cell->text = minutes_text(wish->start_min, arena); break;
	case COL_END: cell->text = end_text(wish, arena); break;
	default:
		cell->text = enum_label(&wish_kind_enum, (int)wish->wish);
		cell->role = wish->wish == WISH_WANTED ? THEME_OK : THEME_WARNING;
	}
}

const char *wish_line(const struct card *card, struct arena *arena)
{
	const struct record_list *list = CARD_LIST(card, teacher_wish);
	const char *line = _("Wishes:");

	for (size_t i = 0; i < list->count; i++) {
		const struct teacher_wish *wish = list->items[i];

		line = arena_printf(arena, "%s %s%c %s %s-%s", line, i ? " " : "",
				    wish->wish == WISH_WANTED ? '+' : '-',
				    weekday_name((int)wish->weekday + 1),
				    minutes_text(wish->start_min, arena),
				    end_text(wish, arena));
	}
	return list->count ? line : NULL;
}

static void wish_done(struct job *job, struct view *view)
{
	struct wish_view *self = (struct wish_view *)view;

	card_take(&self->card, job);
	table_set_count(&self->table, CARD_LIST(&self->card, teacher_wish)->count);
}

static void wish_resume(struct view *view)
{
	struct wish_view *self = (struct wish_view *)view;
	struct arena arena = ARENA_INIT;
	const struct card_request request = {
		.kind = KIND_SESSION_SLOT, .from = OV_NULL, .to = OV_NULL,
		.key = arena_printf(&arena, "teacher:%lld", (long long)self->teacher) };
	struct job *job = card_job(&request);

	arena_release(&arena);
	job->channel = CHANNEL_CARD;
	job->done = wish_done;
	app_submit(view, job);
}

static void wish_open(struct view *view, const void *arg)
{
	struct wish_view *self = (struct wish_view *)view;
	const struct thing_options *options = arg;

	self->teacher = options->id;
	snprintf(self->name, sizeof self->name, "%.60s", options->name ? options->name : "");
	bundle_init(&self->card.bundle, &self->card.arena);
	self->table = (struct table){ .columns = columns, .column_count = COLUMNS,
				      .cell = wish_cell, .context = self };
}

static void wish_close(struct view *view)
{
	card_release(&((struct wish_view *)view)->card);
}

static void wish_draw(struct view *view, const struct canvas *canvas)
{
	struct wish_view *self = (struct wish_view *)view;
	struct rect area = canvas_area(canvas);
	struct canvas part = canvas_sub(canvas, rect_take_top(&area, 1));
	int col = 1 + canvas_put(&part, 0, 1, THEME_HEADING, _("Wishes of a teacher")) + 2;

	col += canvas_put(&part, 0, col, THEME_VALUE, self->name) + 2;
	if (self->card.error.code)
		canvas_put(&part, 0, col, THEME_REFUSED, self->card.error.message);
	part = canvas_sub(canvas, area);
	table_draw(&self->table, &part, view->app, true, true);
	if (self->card.bundle.count && !self->table.count) {
		canvas_put(&part, 1, 2, THEME_MUTED, _("No wish yet; a adds one"));
		canvas_cursor(&part, 1, 0);
	}
}

static struct table *wish_list(struct view *view)
{
	return &((struct wish_view *)view)->table;
}

/* --- keys --- */

bool wish_selected(struct app *app, struct view *view)
{
	(void)app;
	return ((struct wish_view *)view)->table.count > 0;
}

void wish_add(struct app *app, struct view *view)
{
	struct wish_view *self = (struct wish_view *)view;

	(void)app;
	command_open_of(view, TAG_CHANGED, "teacher.wish", "teacher_id", self->teacher, self->name);
}

void wish_withdraw(struct app *app, struct view *view)
{
	struct wish_view *self = (struct wish_view *)view;
	const struct teacher_wish *wish = wish_at(self, self->table.selected);
	struct arena arena = ARENA_INIT;
	struct command_options options = { .target = wish->id, .rev = wish->rev, .seen = wish };

	(void)app;
	options.about = arena_printf(&arena, "%s  %s %s-%s", self->name,
				     weekday_name((int)wish->weekday + 1),
				     minutes_text(wish->start_min, &arena), end_text(wish, &arena));
	command_open(view, TAG_CHANGED, "teacher.unwish", &options);
	arena_release(&arena);
}

const struct view_class wish_class = {
	.name = "wishes", .title = N_("Wishes"), .contexts = CTX_PANE | CTX_LIST | CTX_WISHES,
	.size = sizeof(struct wish_view),
	.open = wish_open, .close = wish_close, .draw = wish_draw, .list = wish_list,
	.resume = wish_resume,
};
