#include "tui/views/rows_view.h"

#include <string.h>

#include "tui/action.h"
#include "tui/table.h"
#include "tui/views/form_part.h"

/* --- one row, as a form --- */

struct row_options {
	const struct field_table *table;
	const void *record; /* NULL: a new one */
	const char *title;
};

struct row_view {
	struct view view;
	struct form_part part;
	const char *title;
};

static void row_open(struct view *view, const void *arg)
{
	struct row_view *self = (struct row_view *)view;
	const struct row_options *options = arg;

	self->title = options->title;
	form_init(&self->part.form, options->table, options->record);
}

static void row_close(struct view *view)
{
	form_part_release(&((struct row_view *)view)->part);
}

static void row_draw(struct view *view, const struct canvas *canvas)
{
	struct row_view *self = (struct row_view *)view;
	struct rect all = canvas_area(canvas);
	int rows = form_rows(&self->part.form) + 3;
	struct canvas box = canvas_box(canvas, rect_centre(all, rows > all.rows ? all.rows : rows,
							   all.cols > 90 ? 90 : all.cols - 2),
				       _(self->title));

	form_draw(&self->part.form, &box, true);
}

static struct form_part *row_form(struct view *view)
{
	return &((struct row_view *)view)->part;
}

static void row_save(struct view *view)
{
	struct row_view *self = (struct row_view *)view;
	struct arena arena = ARENA_INIT;
	struct view_answer answer = { .ok = true };
	void *record;

	if (form_read(&self->part.form, clock_today(app_clock(view->app)), &arena, &record) == 0) {
		answer.record = record;
		app_answer(view, &answer);
	}
	arena_release(&arena);
}

static void row_answer(struct view *view, int tag, const struct view_answer *answer)
{
	form_part_answer(view, tag, answer);
}

static const struct view_class row_class = {
	.name = "row", .contexts = CTX_DIALOG | CTX_FORM, .overlay = true,
	.size = sizeof(struct row_view),
	.open = row_open, .close = row_close, .draw = row_draw, .key = form_part_key,
	.typing = form_part_typing, .paste = form_part_paste, .form = row_form,
	.save = row_save, .answer = row_answer,
};

/* --- the rows --- */

enum { TAG_NEW, TAG_EDIT, ROW_COLUMNS = 8 };

struct rows_view {
	struct view view;
	struct arena arena;
	const char *title;
	struct record_list rows;
	struct table table;
	struct table_column columns[ROW_COLUMNS];
	const struct field *fields[ROW_COLUMNS];
};

static void rows_cell(const void *context, size_t row, size_t column, struct arena *arena,
		      struct cell *cell)
{
	const struct rows_view *self = context;
	const struct field *field = self->fields[column];
	char text[256] = "";

	if (!field_is_null(field, self->rows.items[row]))
		field_show(field, self->rows.items[row], text, sizeof text);
	cell->text = arena_strdup(arena, text);
	cell->role = THEME_DIALOG;
}

static void rows_open(struct view *view, const void *arg)
{
	struct rows_view *self = (struct rows_view *)view;
	const struct rows_options *options = arg;
	const struct field_table *table = options->rows->table;
	size_t i, count = 0;

	self->title = options->title;
	self->rows.table = table;
	self->rows.items = arena_array(&self->arena, ROWS_MAX, sizeof *self->rows.items);
	for (i = 0; i < options->rows->count && i < ROWS_MAX; i++)
		self->rows.items[self->rows.count++] =
			record_copy(&self->arena, table, options->rows->items[i]);
	for (i = 0; i < table->count && count < ROW_COLUMNS; i++) {
		const struct field *field = &table->fields[i];

		if (!field->width || field->type == FT_HASH || field->type == FT_LIST)
			continue;
		self->fields[count] = field;
		self->columns[count] = (struct table_column){
			.title = field->label ? field->label : field->name,
			.width = { .min = field->width < 8 ? 8 : field->width,
				   .want = field->width < 10 ? 10 : field->width,
				   .keep = (int)(ROW_COLUMNS - count) },
		};
		count++;
	}
	self->table = (struct table){ .columns = self->columns, .column_count = count,
				      .cell = rows_cell, .context = self };
	table_set_count(&self->table, self->rows.count);
}

static void rows_close(struct view *view)
{
	arena_release(&((struct rows_view *)view)->arena);
}

static void rows_draw(struct view *view, const struct canvas *canvas)
{
	struct rows_view *self = (struct rows_view *)view;
	struct rect all = canvas_area(canvas);
	struct canvas box = canvas_box(canvas, rect_centre(all, 14, all.cols - 4), _(self->title));

	table_draw(&self->table, &box, view->app, true, true);
	if (!self->rows.count) {
		canvas_put(&box, 1, 2, THEME_MUTED, _("No rows yet: a adds one"));
		canvas_cursor(&box, 1, 0);
	}
}

static struct table *rows_list(struct view *view)
{
	return &((struct rows_view *)view)->table;
}

void rows_add(struct app *app, struct view *view)
{
	struct rows_view *self = (struct rows_view *)view;
	struct row_options options = { .table = self->rows.table, .title = self->title };

	(void)app;
	if (self->rows.count < ROWS_MAX)
		app_ask(view, TAG_NEW, &row_class, &options);
}

static void rows_enter(struct view *view)
{
	struct rows_view *self = (struct rows_view *)view;
	struct row_options options = { .table = self->rows.table, .title = self->title };

	options.record = self->rows.items[self->table.selected];
	app_ask(view, TAG_EDIT, &row_class, &options);
}

void rows_remove(struct app *app, struct view *view)
{
	struct rows_view *self = (struct rows_view *)view;
	size_t at = self->table.selected;

	(void)app;
	self->rows.count--;
	memmove(&self->rows.items[at], &self->rows.items[at + 1],
		(self->rows.count - at) * sizeof *self->rows.items);
	table_set_count(&self->table, self->rows.count);
}

void rows_done(struct app *app, struct view *view)
{
	struct rows_view *self = (struct rows_view *)view;
	/* The answer must outlive this view: app_answer() closes it first. */
	struct arena arena = ARENA_INIT;
	struct record_list rows = { .table = self->rows.table, .count = self->rows.count };
	struct view_answer answer = { .ok = true, .rows = &rows };
	size_t i;

	(void)app;
	rows.items = arena_array(&arena, rows.count, sizeof *rows.items);
	for (i = 0; i < rows.count; i++)
		rows.items[i] = record_copy(&arena, rows.table, self->rows.items[i]);
	app_answer(view, &answer);
	arena_release(&arena);
}

static void rows_answer(struct view *view, int tag, const struct view_answer *answer)
{
	struct rows_view *self = (struct rows_view *)view;
	void *record;

	if (!answer->ok || !answer->record)
		return;
	record = record_copy(&self->arena, self->rows.table, answer->record);
	if (tag == TAG_EDIT && self->table.selected < self->rows.count) {
		self->rows.items[self->table.selected] = record;
	} else if (tag == TAG_NEW && self->rows.count < ROWS_MAX) {
		self->rows.items[self->rows.count++] = record;
		table_set_count(&self->table, self->rows.count);
		table_select(&self->table, self->rows.count - 1);
	}
}

const struct view_class rows_class = {
	.name = "rows", .contexts = CTX_LIST | CTX_ROWS, .overlay = true,
	.size = sizeof(struct rows_view),
	.open = rows_open, .close = rows_close, .draw = rows_draw, .list = rows_list,
	.enter = rows_enter, .answer = rows_answer,
};
