/* Two desks changed one record: both versions, the differences marked. */
#include <string.h>

#include "core/model/answer.h"
#include "core/model/field.h"
#include "tui/action.h"
#include "tui/table.h"
#include "tui/views/dialog_view.h"

struct versions_view {
	struct view view;
	struct arena arena;
	const struct field_table *fields;
	void *mine, *theirs;
	const char *who, *when; /* NULL: not known */
	const struct field **shown; /* what differs first, then what is not empty */
	struct table table;
};

enum { COLUMN_LABEL, COLUMN_MINE, COLUMN_THEIRS, COLUMNS };

static const struct table_column columns[COLUMNS] = {
	{ N_("Field"), { .min = 10, .want = 20, .keep = 3 }, TEXT_LEFT },
	{ N_("As you saw it"), { .min = 10, .want = 20, .grow = 1, .keep = 3 }, TEXT_LEFT },
	{ N_("As it is now"), { .min = 10, .want = 20, .grow = 1, .keep = 3 }, TEXT_LEFT },
};

static const char *value_of(const struct field *field, const void *record, struct arena *arena)
{
	char text[256];

	if (field->pii >= P2)
		return mask_text(field->mask, arena_strdup(arena, field_show(field, record, text,
									     sizeof text)), arena);
	return arena_strdup(arena, field_show(field, record, text, sizeof text));
}

static bool differs(const struct versions_view *self, const struct field *field)
{
	char a[1024], b[1024];

	if (field->type == FT_LIST || field->type == FT_HASH)
		return false;
	field_format(field, self->mine, a, sizeof a);
	field_format(field, self->theirs, b, sizeof b);
	return strcmp(a, b) != 0;
}

static void versions_cell(const void *context, size_t row, size_t column, struct arena *arena,
			  struct cell *cell)
{
	const struct versions_view *self = context;
	const struct field *field = self->shown[row];

	cell->role = differs(self, field) ? THEME_WARNING : THEME_DIALOG;
	if (column == COLUMN_LABEL)
		cell->text = _(field->label ? field->label : field->name);
	else if (field->type != FT_LIST && field->type != FT_HASH)
		cell->text = value_of(field, column == COLUMN_MINE ? self->mine : self->theirs,
				      arena);
}

static char versions_flag(const void *context, size_t row)
{
	const struct versions_view *self = context;

	return differs(self, self->shown[row]) ? '!' : 0;
}

static size_t fields_order(struct versions_view *self)
{
	const struct field_table *table = self->fields;
	size_t i, count = 0;
	int same;

	self->shown = arena_array(&self->arena, table->count, sizeof *self->shown);
	for (same = 0; same <= 1; same++) {
		for (i = 0; i < table->count; i++) {
			const struct field *field = &table->fields[i];

			if (differs(self, field) == !same &&
			    (!same || !field_is_null(field, self->mine)))
				self->shown[count++] = field;
		}
	}
	return count;
}

static void last_take(struct versions_view *self, const struct claim_step *last)
{
	char text[INSTANT_TEXT];

	if (!last || !last->login || last->at == OV_NULL)
		return;
	self->who = arena_strdup(&self->arena, last->login);
	/* The centre's clock on the wall: 2026-02-17T03:46:40Z → 2026-02-17 11:46 */
	instant_format(last->at + app_clock(self->view.app)->utc_offset, text);
	self->when = arena_printf(&self->arena, "%.10s %.5s", text, text + 11);
}

static void versions_open(struct view *view, const void *arg)
{
	struct versions_view *self = (struct versions_view *)view;
	const struct versions_options *options = arg;

	arena_init(&self->arena);
	self->fields = options->table;
	self->mine = record_copy(&self->arena, options->table, options->mine);
	self->theirs = record_copy(&self->arena, options->table, options->theirs);
	last_take(self, options->last);
	self->table = (struct table){ .columns = columns, .column_count = COLUMNS,
				      .cell = versions_cell, .flag = versions_flag,
				      .context = self };
	table_set_count(&self->table, fields_order(self));
}

static void versions_close(struct view *view)
{
	arena_release(&((struct versions_view *)view)->arena);
}

static void versions_draw(struct view *view, const struct canvas *canvas)
{
	struct versions_view *self = (struct versions_view *)view;
	struct rect all = canvas_area(canvas);
	struct canvas box, list;

	box = canvas_box(canvas, rect_centre(all, all.rows - 2, all.cols - 4),
			 _("Somebody changed this meanwhile"));
	list = canvas_sub(&box, (struct rect){ 0, 0, box.area.rows - 2, box.area.cols });
	table_draw(&self->table, &list, view->app, true, true);
	if (self->who)
		canvas_printf(&box, box.area.rows - 2, 0, THEME_WARNING, "%s %s, %s", _("Changed by"),
			      self->who, self->when);
	canvas_put(&box, box.area.rows - 1, 0, THEME_KEY,
		   _("Enter: go on with the version of now   Esc: leave it"));
}

static bool versions_key(struct view *view, key_press key)
{
	struct versions_view *self = (struct versions_view *)view;
	struct view_answer go = { .ok = true, .index = 1 };

	if (key == K_ENTER) {
		app_answer(view, &go);
		return true;
	}
	return table_key(&self->table, key);
}

const struct view_class versions_class = {
	.name = "versions", .contexts = CTX_DIALOG, .overlay = true,
	.size = sizeof(struct versions_view),
	.open = versions_open, .close = versions_close, .draw = versions_draw,
	.key = versions_key,
};
