#include "tui/views/reason_part.h"

#include <string.h>

#include "core/base/i18n.h"

enum { REASON_LEAST = 4, LABEL_CELLS = 9 };

void reason_part_init(struct reason_part *part, enum claim_event event, bool needed)
{
	memset(part, 0, sizeof *part);
	edit_init(&part->edit, 400);
	part->count = claim_reasons(event, part->reasons);
	part->needed = needed;
}

void reason_part_release(struct reason_part *part)
{
	edit_release(&part->edit);
}

bool reason_part_given(const struct reason_part *part)
{
	return !part->needed || utf8_count(part->edit.text) >= REASON_LEAST;
}

/* Emptied, or no more what was chosen: the code goes with the text. */
static void typed(struct reason_part *part)
{
	const char *text = part->chosen ? _(part->chosen->text) : "";

	if (strncmp(part->edit.text, text, strlen(text)) != 0)
		part->chosen = NULL;
}

bool reason_part_key(struct reason_part *part, key_press key)
{
	if (key >= '1' && key < '1' + part->count && (part->edit.len == 0 || part->chosen)) {
		part->chosen = part->reasons[key - '1'];
		edit_set(&part->edit, _(part->chosen->text));
		return true;
	}
	if (!edit_key(&part->edit, key))
		return false;
	typed(part);
	return true;
}

void reason_part_paste(struct reason_part *part, const char *text)
{
	edit_paste(&part->edit, text);
	typed(part);
}

void *reason_part_args(const struct reason_part *part, const struct command_def *def,
		       struct arena *arena)
{
	void *args = record_new(arena, def->args);
	const struct field *reason = field_find(def->args, "reason");
	const struct field *code = field_find(def->args, "reason_code");
	struct error err = ERROR_INIT;

	if (reason && part->edit.len)
		field_parse(reason, part->edit.text, args, arena, &err);
	if (code && part->chosen)
		field_parse(code, part->chosen->code, args, arena, &err);
	return args;
}

const char *reason_part_hint(const struct reason_part *part)
{
	return part->count ? _("Choose a reason by its number, or type at least four characters")
			   : _("Type a reason of at least four characters");
}

int reason_part_draw(struct reason_part *part, const struct canvas *canvas)
{
	int row = 0;
	size_t i;

	canvas_put(canvas, row, 0, THEME_LABEL, part->needed ? _("Reason") : _("Note"));
	edit_draw(&part->edit, canvas, row++, LABEL_CELLS, canvas->area.cols - LABEL_CELLS,
		  reason_part_given(part) ? THEME_FIELD : THEME_FIELD_BAD, true);
	for (i = 0; i < part->count; i++) {
		bool here = part->chosen == part->reasons[i];

		canvas_printf(canvas, row++, 0, here ? THEME_SELECTION : THEME_DIALOG, "%c%zu  %s",
			      here ? '>' : ' ', i + 1, _(part->reasons[i]->text));
	}
	return row;
}
