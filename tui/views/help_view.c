/* F1: what the keys do in the view below, from the action table. */
#include "tui/action.h"
#include "tui/table.h"
#include "tui/views/help_view.h"

struct help_view {
	struct view view;
	enum action_id shown[ACTION_COUNT];
	struct table table;
};

enum { COLUMN_KEYS, COLUMN_TEXT, COLUMNS };

static const struct table_column columns[COLUMNS] = {
	{ N_("Keys"), { .min = 12, .want = 18, .keep = 2 }, TEXT_LEFT },
	{ N_("What they do"), { .min = 20, .want = 30, .grow = 1, .keep = 3 }, TEXT_LEFT },
};

const char *action_keys(struct app *app, enum action_id id, struct arena *arena)
{
	const struct keymap *map = app_keymap(app);
	char name[KEY_NAME_MAX];
	const char *text = "";
	int i;

	for (i = 0; i < ACTION_KEYS_MAX && map->key[id][i]; i++)
		text = arena_printf(arena, *text ? "%s, %s" : "%s%s", text,
				    key_label(map->key[id][i], name));
	return text;
}

static void help_cell(const void *context, size_t row, size_t column, struct arena *arena,
		      struct cell *cell)
{
	const struct help_view *self = context;
	enum action_id id = self->shown[row];

	cell->role = column == COLUMN_KEYS ? THEME_KEY : THEME_DIALOG;
	cell->text = column == COLUMN_KEYS ? action_keys(self->view.app, id, arena)
					   : _(action_get(id)->help);
}

static void help_open_view(struct view *view, const void *arg)
{
	struct help_view *self = (struct help_view *)view;
	int id;

	(void)arg;
	self->table = (struct table){ .columns = columns, .column_count = COLUMNS,
				      .cell = help_cell, .context = self };
	for (id = 0; view->below && id < ACTION_COUNT; id++) {
		const struct action *action = action_get((enum action_id)id);

		if (*action->help && action->contexts & (view->below->class->contexts | CTX_APP))
			self->shown[self->table.count++] = (enum action_id)id;
	}
}

static void help_draw(struct view *view, const struct canvas *canvas)
{
	struct help_view *self = (struct help_view *)view;
	struct rect all = canvas_area(canvas);
	struct rect area = rect_centre(all, (int)self->table.count + 3, all.cols - 4);
	struct canvas box;

	if (area.rows > all.rows - 2)
		area = rect_centre(all, all.rows - 2, all.cols - 4);
	box = canvas_box(canvas, area, _("Keys"));
	table_draw(&self->table, &box, view->app, true, true);
}

static struct table *help_list(struct view *view)
{
	return &((struct help_view *)view)->table;
}

const struct view_class help_class = {
	.name = "help", .contexts = CTX_DIALOG | CTX_LIST, .overlay = true,
	.size = sizeof(struct help_view),
	.open = help_open_view, .draw = help_draw, .list = help_list,
};

void help_open(struct app *app, struct view *view)
{
	if (view->class != &help_class)
		app_push(app, &help_class, NULL);
}
