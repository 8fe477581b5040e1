/* Ctrl-P: every action of the view below, found by name, help or pinyin. */
#include <string.h>

#include "tui/action.h"
#include "tui/edit.h"
#include "tui/fuzzy.h"
#include "tui/table.h"
#include "tui/views/help_view.h"

struct palette_view {
	struct view view;
	struct edit edit;
	struct table table;
	enum action_id shown[ACTION_COUNT];
	int score[ACTION_COUNT];
};

enum { COLUMN_HELP, COLUMN_NAME, COLUMN_KEYS, COLUMNS };

static const struct table_column columns[COLUMNS] = {
	{ "", { .min = 20, .want = 36, .grow = 1, .keep = 3 }, TEXT_LEFT },
	{ "", { .min = 10, .want = 20, .keep = 1 }, TEXT_LEFT },
	{ "", { .min = 8, .want = 12, .keep = 2 }, TEXT_LEFT },
};

extern const struct view_class palette_class;

static void palette_cell(const void *context, size_t row, size_t column, struct arena *arena,
			 struct cell *cell)
{
	const struct palette_view *self = context;
	enum action_id id = self->shown[row];

	cell->role = THEME_DIALOG;
	if (column == COLUMN_HELP) {
		cell->text = _(action_get(id)->help);
	} else if (column == COLUMN_NAME) {
		cell->text = action_get(id)->name;
		cell->role = THEME_MUTED;
	} else {
		cell->text = action_keys(self->view.app, id, arena);
		cell->role = THEME_KEY;
	}
}

static int best_score(const struct palette_view *self, enum action_id id)
{
	const struct action *action = action_get(id);
	int name = fuzzy_score(self->edit.text, action->name);
	int help = fuzzy_score(self->edit.text, action->help);
	int shown = fuzzy_score(self->edit.text, _(action->help));

	if (help > name)
		name = help;
	return shown > name ? shown : name;
}

/* Ranks what is offered in the view below; equal scores keep table order. */
static void rank(struct palette_view *self)
{
	size_t count = 0, at;
	int id;

	for (id = 0; self->view.below && id < ACTION_COUNT; id++) {
		int score;

		if (id == ACTION_PALETTE ||
		    !action_offered(self->view.app, self->view.below, (enum action_id)id))
			continue;
		score = best_score(self, (enum action_id)id);
		if (score <= 0)
			continue;
		for (at = count; at > 0 && self->score[at - 1] < score; at--) {
			self->shown[at] = self->shown[at - 1];
			self->score[at] = self->score[at - 1];
		}
		self->shown[at] = (enum action_id)id;
		self->score[at] = score;
		count++;
	}
	table_set_count(&self->table, count);
}

static void palette_start(struct view *view, const void *arg)
{
	struct palette_view *self = (struct palette_view *)view;

	(void)arg;
	edit_init(&self->edit, 60);
	self->table = (struct table){ .columns = columns, .column_count = COLUMNS,
				      .cell = palette_cell, .context = self };
	rank(self);
}

static void palette_close(struct view *view)
{
	edit_release(&((struct palette_view *)view)->edit);
}

static void palette_draw(struct view *view, const struct canvas *canvas)
{
	struct palette_view *self = (struct palette_view *)view;
	struct rect all = canvas_area(canvas);
	struct rect area = rect_centre(all, all.rows - 4, all.cols - 6);
	struct canvas box, list;
	int col;

	area.row = 1;
	box = canvas_box(canvas, area, _("Commands"));
	col = canvas_put(&box, 0, 0, THEME_LABEL, _("Find:")) + 1;
	edit_draw(&self->edit, &box, 0, col, box.area.cols - col, THEME_FIELD, true);
	list = canvas_sub(&box, (struct rect){ 1, 0, box.area.rows - 1, box.area.cols });
	table_draw(&self->table, &list, view->app, false, false);
}

static void run(struct palette_view *self)
{
	struct app *app = self->view.app;
	struct view *below = self->view.below;
	enum action_id id = self->shown[self->table.selected];

	app_close(&self->view);
	if (below && below == app_top(app))
		action_get(id)->handler(app, below);
}

static bool palette_key(struct view *view, key_press key)
{
	struct palette_view *self = (struct palette_view *)view;

	if (key == K_ENTER) {
		if (self->table.count)
			run(self);
		return true;
	}
	if (table_key(&self->table, key))
		return true;
	if (!edit_key(&self->edit, key))
		return false;
	self->table.selected = 0;
	rank(self);
	return true;
}

static bool palette_typing(const struct view *view)
{
	(void)view;
	return true;
}

const struct view_class palette_class = {
	.name = "palette", .contexts = CTX_DIALOG, .overlay = true,
	.size = sizeof(struct palette_view),
	.open = palette_start, .close = palette_close, .draw = palette_draw,
	.key = palette_key, .typing = palette_typing,
};

void palette_open(struct app *app, struct view *view)
{
	if (view->class != &palette_class)
		app_push(app, &palette_class, NULL);
}
