#include "tui/views/find_view.h"

#include "core/base/i18n.h"
#include "tui/action.h"
#include "tui/edit.h"
#include "tui/fuzzy.h"
#include "tui/table.h"

enum { TEXT_MAX = 40, FIELD_CELLS = 30 };

struct find_view {
	struct view view;
	struct edit edit;
	size_t began; /* the row the marker came from */
	bool none;    /* no row has it */
};

static struct table *table_of(const struct view *view)
{
	return view->below ? list_of(view->below) : NULL;
}

bool list_can_find(struct app *app, struct view *view)
{
	const struct table *table = list_of(view);

	(void)app;
	return table && table->count > 0 && !view->class->overlay;
}

void list_find(struct app *app, struct view *view)
{
	(void)view;
	app_push(app, &find_class, NULL);
}

static void find_open(struct view *view, const void *arg)
{
	struct find_view *self = (struct find_view *)view;
	const struct table *table = table_of(view);

	(void)arg;
	edit_init(&self->edit, TEXT_MAX);
	self->began = table ? table->selected : 0;
}

static void find_close(struct view *view)
{
	edit_release(&((struct find_view *)view)->edit);
}

/* How well the row fits: 0, FUZZY_INSIDE or FUZZY_BEGINS. */
static int row_fits(const struct table *table, size_t row, const char *typed, struct arena *arena)
{
	int best = 0;

	for (size_t i = 0; i < table->column_count && best < FUZZY_BEGINS; i++) {
		struct cell cell = { .text = "", .role = THEME_TEXT };
		int fits;

		if (table->hidden >> i & 1)
			continue;
		table->cell(table->context, row, i, arena, &cell);
		fits = cell.text ? fuzzy_stands(typed, cell.text) : 0;
		best = fits > best ? fits : best;
	}
	return best;
}

/* The first row from FROM on, round the end, upwards when BY is -1; the count
 * of rows when none fits. */
static size_t row_find(const struct table *table, const char *typed, size_t from, int by)
{
	size_t count = table->count, inside = count, row = from, begins = count;
	struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < count && begins == count; i++) {
		int fits = row_fits(table, row, typed, &arena);

		if (fits == FUZZY_BEGINS)
			begins = row;
		else if (fits && inside == count)
			inside = row;
		row = by < 0 ? (row ? row : count) - 1 : row + 1 < count ? row + 1 : 0;
		arena_clear(&arena);
	}
	arena_release(&arena);
	return begins < count ? begins : inside;
}

static void find_from(struct view *view, size_t from, int by)
{
	struct find_view *self = (struct find_view *)view;
	const struct table *table = table_of(view);
	size_t row;

	if (!table || !table->count)
		return;
	if (!self->edit.len) {
		self->none = false;
		list_select(view->below, self->began < table->count ? self->began : 0);
		return;
	}
	row = row_find(table, self->edit.text, from < table->count ? from : 0, by);
	self->none = row == table->count;
	if (!self->none)
		list_select(view->below, row);
}

static bool find_key(struct view *view, key_press key)
{
	struct find_view *self = (struct find_view *)view;

	if (!edit_key(&self->edit, key))
		return false;
	find_from(view, self->began, 1);
	return true;
}

static void find_paste(struct view *view, const char *text)
{
	struct find_view *self = (struct find_view *)view;

	edit_paste(&self->edit, text);
	find_from(view, self->began, 1);
}

void find_next(struct app *app, struct view *view)
{
	const struct table *table = table_of(view);

	(void)app;
	if (table)
		find_from(view, table->selected + 1, 1);
}

void find_previous(struct app *app, struct view *view)
{
	const struct table *table = table_of(view);

	(void)app;
	if (table)
		find_from(view, (table->selected ? table->selected : table->count) - 1, -1);
}

void find_stay(struct app *app, struct view *view)
{
	(void)app;
	app_close(view);
}

void find_leave(struct app *app, struct view *view)
{
	struct find_view *self = (struct find_view *)view;
	const struct table *table = table_of(view);

	(void)app;
	if (table && self->began < table->count)
		list_select(view->below, self->began);
	app_close(view);
}

static void find_line(struct view *view, const struct canvas *canvas)
{
	struct find_view *self = (struct find_view *)view;
	int col = 1 + canvas_put(canvas, 0, 1, THEME_LABEL, _("Find in this list:")) + 1;

	/* In the plain role, so that a letter costs no change of colour. */
	edit_draw(&self->edit, canvas, 0, col, FIELD_CELLS, THEME_TEXT, true);
	if (self->none)
		canvas_put(canvas, 0, col + FIELD_CELLS + 1, THEME_WARNING, _("No row has it"));
}

static bool find_typing(const struct view *view)
{
	(void)view;
	return true;
}

const struct view_class find_class = {
	.name = "find", .contexts = CTX_FIND, .overlay = true, .light = true,
	.size = sizeof(struct find_view),
	.open = find_open, .close = find_close, .line = find_line, .key = find_key,
	.typing = find_typing, .paste = find_paste,
};
