/* The pick list: a few rows, narrowed by typing. */
#include <string.h>

#include "tui/action.h"
#include "tui/edit.h"
#include "tui/fuzzy.h"
#include "tui/table.h"
#include "tui/views/dialog_view.h"

struct pick_view {
	struct view view;
	struct arena arena;
	const char *title;
	const char **items;
	size_t count;
	size_t *shown; /* indexes of items that match */
	struct edit edit;
	struct table table;
};

static void pick_cell(const void *context, size_t row, size_t column, struct arena *arena,
		      struct cell *cell)
{
	const struct pick_view *self = context;

	(void)column;
	(void)arena;
	cell->text = self->items[self->shown[row]];
	cell->role = THEME_DIALOG;
}

static const struct table_column pick_column = {
	.title = "", .width = { .min = 4, .want = 4, .grow = 1 },
};

static void narrow(struct pick_view *self)
{
	size_t i, count = 0;

	for (i = 0; i < self->count; i++) {
		if (fuzzy_score(self->edit.text, self->items[i]) > 0)
			self->shown[count++] = i;
	}
	table_set_count(&self->table, count);
}

static void pick_open(struct view *view, const void *arg)
{
	struct pick_view *self = (struct pick_view *)view;
	const struct pick_options *options = arg;
	size_t i;

	arena_init(&self->arena);
	self->title = arena_strdup(&self->arena, options->title);
	self->count = options->count;
	self->items = arena_array(&self->arena, self->count, sizeof *self->items);
	self->shown = arena_array(&self->arena, self->count, sizeof *self->shown);
	for (i = 0; i < self->count; i++)
		self->items[i] = arena_strdup(&self->arena, options->items[i]);
	edit_init(&self->edit, 60);
	self->table.columns = &pick_column;
	self->table.column_count = 1;
	self->table.cell = pick_cell;
	self->table.context = self;
	narrow(self);
	table_select(&self->table, options->selected);
}

static void pick_close(struct view *view)
{
	struct pick_view *self = (struct pick_view *)view;

	edit_release(&self->edit);
	arena_release(&self->arena);
}

static void pick_draw(struct view *view, const struct canvas *canvas)
{
	struct pick_view *self = (struct pick_view *)view;
	struct rect all = canvas_area(canvas);
	int rows = (int)self->count + 4;
	struct canvas box, list;

	if (rows > all.rows - 2)
		rows = all.rows - 2;
	box = canvas_box(canvas, rect_centre(all, rows, all.cols > 64 ? 60 : all.cols - 4),
			 _(self->title));
	canvas_put(&box, 0, 0, THEME_LABEL, _("Find:"));
	list = canvas_sub(&box, (struct rect){ 1, 0, box.area.rows - 1, box.area.cols });
	table_draw(&self->table, &list, view->app, false, self->edit.len == 0);
	edit_draw(&self->edit, &box, 0, text_width(_("Find:")) + 1, 30, THEME_FIELD,
		  self->edit.len > 0 || self->table.count == 0);
}

static bool pick_key(struct view *view, key_press key)
{
	struct pick_view *self = (struct pick_view *)view;
	struct view_answer answer = { .ok = true };

	if (key == K_ENTER && self->table.count) {
		answer.index = self->shown[self->table.selected];
		answer.text = self->items[answer.index];
		app_answer(view, &answer);
		return true;
	}
	if (table_key(&self->table, key))
		return true;
	if (!edit_key(&self->edit, key))
		return false;
	narrow(self);
	return true;
}

static bool pick_typing(const struct view *view)
{
	(void)view;
	return true;
}

const struct view_class pick_class = {
	.name = "pick", .contexts = CTX_DIALOG, .overlay = true,
	.size = sizeof(struct pick_view),
	.open = pick_open, .close = pick_close, .draw = pick_draw, .key = pick_key,
	.typing = pick_typing,
};
