/* Ctrl-P: every action of the view below and every command that needs no
 * selected thing, found by name, help or pinyin. */
#include <stdlib.h>
#include <string.h>

#include "tui/action.h"
#include "tui/edit.h"
#include "tui/fuzzy.h"
#include "tui/table.h"
#include "tui/views/command_view.h"
#include "tui/views/help_view.h"

struct palette_view {
	struct view view;
	struct edit edit;
	struct table table;
	/* Entries: actions by their id, then commands by ACTION_COUNT + index. */
	size_t *shown;
	int *score;
};

enum { COLUMN_HELP, COLUMN_NAME, COLUMN_KEYS, COLUMNS };

static const struct table_column columns[COLUMNS] = {
	{ "", { .min = 20, .want = 36, .grow = 1, .keep = 3 }, TEXT_LEFT },
	{ "", { .min = 10, .want = 20, .keep = 1 }, TEXT_LEFT },
	{ "", { .min = 8, .want = 12, .keep = 2 }, TEXT_LEFT },
};

extern const struct view_class palette_class;

struct entry {
	const char *name, *help, *keys;
};

static struct entry entry_at(const struct palette_view *self, size_t at, struct arena *arena)
{
	const struct command_def *def;

	if (at < ACTION_COUNT) {
		const struct action *action = action_get((enum action_id)at);

		return (struct entry){ action->name, action->help,
				       arena ? action_keys(self->view.app, (enum action_id)at, arena)
					     : "" };
	}
	def = command_at(at - ACTION_COUNT);
	return (struct entry){ def->name, def->title, "" };
}

static void palette_cell(const void *context, size_t row, size_t column, struct arena *arena,
			 struct cell *cell)
{
	const struct palette_view *self = context;
	struct entry entry = entry_at(self, self->shown[row], arena);

	cell->role = THEME_DIALOG;
	if (column == COLUMN_HELP) {
		cell->text = _(entry.help);
	} else if (column == COLUMN_NAME) {
		cell->text = entry.name;
		cell->role = THEME_MUTED;
	} else {
		cell->text = entry.keys;
		cell->role = THEME_KEY;
	}
}

static bool offered(const struct palette_view *self, size_t at)
{
	const struct command_def *def;

	if (!self->view.below)
		return false;
	if (at < ACTION_COUNT)
		return at != ACTION_PALETTE && *action_get((enum action_id)at)->help &&
		       action_offered(self->view.app, self->view.below, (enum action_id)at);
	/* Not from a dialog, and never from the locked screen. */
	if (!(self->view.below->class->contexts & CTX_PANE))
		return false;
	/* A command that changes a record needs one: the views offer those. */
	def = command_at(at - ACTION_COUNT);
	return !(def->flags & (CMD_SYSTEM | CMD_NO_FORM | CMD_BULK)) &&
	       (def->flags & CMD_NEW || def->target == KIND_NONE) &&
	       command_permitted(self->view.app, def);
}

static int best_score(const struct palette_view *self, size_t at)
{
	struct entry entry = entry_at(self, at, NULL);
	int name = fuzzy_score(self->edit.text, entry.name);
	int help = fuzzy_score(self->edit.text, entry.help);
	int shown = fuzzy_score(self->edit.text, _(entry.help));

	if (help > name)
		name = help;
	return shown > name ? shown : name;
}

/* Ranks what is offered in the view below; equal scores keep table order. */
static void rank(struct palette_view *self)
{
	size_t count = 0, at, i, all = ACTION_COUNT + command_count();

	for (i = 0; i < all; i++) {
		int score = offered(self, i) ? best_score(self, i) : 0;

		if (score <= 0)
			continue;
		for (at = count; at > 0 && self->score[at - 1] < score; at--) {
			self->shown[at] = self->shown[at - 1];
			self->score[at] = self->score[at - 1];
		}
		self->shown[at] = i;
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
	self->shown = mem_alloc((ACTION_COUNT + command_count()) * sizeof *self->shown);
	self->score = mem_alloc((ACTION_COUNT + command_count()) * sizeof *self->score);
	self->table = (struct table){ .columns = columns, .column_count = COLUMNS,
				      .cell = palette_cell, .context = self };
	rank(self);
}

static void palette_close(struct view *view)
{
	struct palette_view *self = (struct palette_view *)view;

	edit_release(&self->edit);
	free(self->shown);
	free(self->score);
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
	size_t at = self->shown[self->table.selected];
	struct command_options options = { .rev = OV_NULL };

	app_close(&self->view);
	if (!below || below != app_top(app))
		return;
	if (at < ACTION_COUNT)
		action_get((enum action_id)at)->handler(app, below);
	else
		command_open(below, 0, command_at(at - ACTION_COUNT)->name, &options);
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
