#include "tui/views/list_view.h"

#include <string.h>

#include "core/base/text.h"
#include "tui/action.h"
#include "tui/table.h"
#include "tui/views/card_job.h"
#include "tui/views/views.h"

enum { CHANNEL_LIST = 1, CHANNEL_CLAIM = 2, LIST_COLUMNS = 12, CELLS_LEAST = 4, CELLS_WIDE = 10, KEEP_FIXED = 20,
       WHOLE_ROWS = 4, WHOLE_FROM = 12 };

struct list_view {
	struct view view;
	struct arena arena;
	struct card card;
	struct table table;
	struct table_column columns[LIST_COLUMNS];
	const struct field *fields[LIST_COLUMNS];
	const char *title, *about, *key;
	enum kind kind;
	bool loaded;
};

static const struct record_list *rows(const struct list_view *self)
{
	return bundle_list(&self->card.bundle, kind_fields(self->kind));
}

static const char *text_of(const struct list_view *self, size_t row, const char *name)
{
	const struct field *field = field_find(kind_fields(self->kind), name);

	return field && field->type == FT_TEXT && row < rows(self)->count
		       ? field_text(field, rows(self)->items[row]) : NULL;
}

/* A graduation list marks who isn't ready. */
static bool not_ready(const struct list_view *self, size_t row)
{
	const char *result = text_of(self, row, "result");

	return self->kind == KIND_GRADUATION_ROW && result && strcmp(result, "GD_OK") != 0;
}

static void list_cell(const void *context, size_t row, size_t column, struct arena *arena,
		      struct cell *cell)
{
	const struct list_view *self = context;
	char text[256];

	cell->text = arena_strdup(arena, field_show(self->fields[column], rows(self)->items[row],
						    text, sizeof text));
	if (column == 0 && self->kind == KIND_GRADUATION_ROW)
		cell->role = not_ready(self, row) ? THEME_WARNING : THEME_OK;
}

static char list_flag(const void *context, size_t row)
{
	return not_ready(context, row) ? '!' : 0;
}

static void list_done(struct job *job, struct view *view)
{
	struct list_view *self = (struct list_view *)view;

	self->loaded |= job->result != OV_ECANCELLED;
	card_take(&self->card, job);
	table_set_count(&self->table, rows(self)->count);
}

static void list_resume(struct view *view)
{
	struct list_view *self = (struct list_view *)view;
	struct card_request request = { .kind = self->kind, .key = self->key, .from = OV_NULL,
					.to = OV_NULL };
	struct job *job = card_job(&request);

	job->channel = CHANNEL_LIST;
	job->done = list_done;
	app_submit(view, job);
}

/* The columns a screen has room for: amounts and days stay, of texts the first
 * ones. */
static void columns_make(struct list_view *self)
{
	const struct field_table *table = kind_fields(self->kind);
	size_t i, count = 0;

	for (i = 0; i < table->count && count < LIST_COLUMNS; i++) {
		const struct field *field = &table->fields[i];
		int width = field->width < CELLS_LEAST ? CELLS_LEAST : field->width;

		bool fixed = field->type == FT_DATE || field->type == FT_CENTI;

		if (field->type == FT_DATE && width < text_width(_(field->label)))
			width = text_width(_(field->label));
		if (!field->width || field->type == FT_HASH || field->type == FT_LIST)
			continue;
		self->fields[count] = field;
		self->columns[count] = (struct table_column){
			.title = field->label ? field->label : field->name,
			.width = { .min = fixed ? (width > 7 ? width : 7)
					       : width > CELLS_WIDE ? CELLS_WIDE : width,
				   .want = fixed && width < 7 ? 7 : width,
				   .grow = field_is_text(field) && width >= CELLS_WIDE,
				   .keep = (int)(LIST_COLUMNS - count) + (fixed ? KEEP_FIXED : 0) },
			.align = field_is_text(field) || field->type == FT_ENUM ||
				 field->type == FT_DATE ? TEXT_LEFT : TEXT_RIGHT,
		};
		count++;
	}
	self->table = (struct table){ .columns = self->columns, .column_count = count,
				      .cell = list_cell, .flag = list_flag, .context = self };
}

static void list_start(struct view *view, const void *arg)
{
	struct list_view *self = (struct list_view *)view;
	const struct list_options *options = arg;

	arena_init(&self->arena);
	bundle_init(&self->card.bundle, &self->card.arena);
	self->title = options->title;
	self->about = arena_strdup(&self->arena, options->about ? options->about : "");
	self->key = arena_strdup(&self->arena, options->key);
	self->kind = options->kind;
	columns_make(self);
}

static void list_close(struct view *view)
{
	struct list_view *self = (struct list_view *)view;

	card_release(&self->card);
	arena_release(&self->arena);
}

/* What the columns may have cut: the texts of the selected row. */
static void whole_draw(const struct list_view *self, const struct canvas *canvas)
{
	size_t row = self->table.selected;
	struct arena arena = ARENA_INIT;
	const char *text = "";

	if (row >= rows(self)->count)
		return;
	for (size_t i = 0; i < self->table.column_count; i++) {
		const char *value = field_is_text(self->fields[i]) ?
				    field_text(self->fields[i], rows(self)->items[row]) : NULL;

		if (value && *value)
			text = arena_printf(&arena, "%s%s%s: %s", text, *text ? "  " : "",
					    _(self->columns[i].title), value);
	}
	canvas_rule(canvas, 0, NULL);
	canvas_wrap(canvas, 1, 1, canvas->area.cols - 2, WHOLE_ROWS - 1, THEME_LABEL, text);
	arena_release(&arena);
}

static void list_draw(struct view *view, const struct canvas *canvas)
{
	struct list_view *self = (struct list_view *)view;
	struct rect area = canvas_area(canvas);
	struct canvas part = canvas_sub(canvas, rect_take_top(&area, 1));
	size_t i, ready = 0;
	int col = 1;

	col += canvas_put(&part, 0, col, THEME_HEADING, _(self->title)) + 2;
	col += canvas_put(&part, 0, col, THEME_VALUE, self->about) + 2;
	if (self->card.error.code) {
		canvas_put(&part, 0, col, THEME_REFUSED, self->card.error.message);
	} else if (self->kind == KIND_GRADUATION_ROW) {
		for (i = 0; i < self->table.count; i++)
			ready += !not_ready(self, i);
		canvas_printf(&part, 0, col, THEME_LABEL, _("%zu ready of %zu"), ready,
			      self->table.count);
	} else if (self->loaded) {
		canvas_printf(&part, 0, col, THEME_LABEL, _("%zu rows"), self->table.count);
	}
	if (area.rows >= WHOLE_FROM) {
		part = canvas_sub(canvas, rect_take_bottom(&area, WHOLE_ROWS));
		whole_draw(self, &part);
	}
	part = canvas_sub(canvas, area);
	table_draw(&self->table, &part, view->app, true, true);
	if (self->loaded && !self->table.count) {
		canvas_put(&part, 1, 2, THEME_MUTED, _("Nothing here"));
		canvas_cursor(&part, 1, 0);
	}
}

/* To the claim, where the row has one, else to the learner's route. */
static void list_enter(struct view *view)
{
	struct list_view *self = (struct list_view *)view;
	const char *claim = text_of(self, self->table.selected, "claim_no");
	const char *number = text_of(self, self->table.selected, "student_no");
	struct thing_options options = { .key = number,
					 .name = text_of(self, self->table.selected, "name") };

	if (claim)
		claim_open_by_number(view, claim);
	else if (number && route_may(view->app, view))
		app_push(view->app, &route_class, &options);
}

static struct table *list_table(struct view *view)
{
	return &((struct list_view *)view)->table;
}

const struct view_class list_class = {
	.name = "list", .title = N_("List"), .contexts = CTX_PANE | CTX_LIST,
	.size = sizeof(struct list_view),
	.open = list_start, .close = list_close, .draw = list_draw, .list = list_table,
	.enter = list_enter, .resume = list_resume,
};

/* --- the lists --- */

static void open_list(struct app *app, const char *title, enum kind kind, const char *key)
{
	struct list_options options = { .title = title, .about = key, .kind = kind, .key = key };

	app_push(app, &list_class, &options);
}

bool notice_may(struct app *app, struct view *view)
{
	(void)view;
	return permission_has(app_actor(app), kind_permission(KIND_NOTICE_ROW));
}

void claims_notice(struct app *app, struct view *view)
{
	(void)view;
	open_list(app, N_("Public notice"), KIND_NOTICE_ROW, NULL);
}

bool graduation_may(struct app *app, struct view *view)
{
	(void)view;
	return permission_has(app_actor(app), kind_permission(KIND_GRADUATION_ROW));
}

void graduation_list_open(struct app *app, const char *cohort)
{
	open_list(app, N_("Graduation list"), KIND_GRADUATION_ROW, cohort);
}
