#include "tui/views/preview.h"

#include <string.h>

#include "core/model/reason.h"

enum { PREVIEW_LINES_MAX = 200 };

void preview_release(struct preview *preview)
{
	arena_release(&preview->arena);
	memset(preview, 0, sizeof *preview);
}

static void add(struct preview *preview, char mark, enum theme_role role, const char *text)
{
	struct preview_line *line;

	if (preview->count == PREVIEW_LINES_MAX || !text || !*text)
		return;
	line = &preview->lines[preview->count++];
	line->mark = mark;
	line->role = role;
	line->text = arena_strdup(&preview->arena, text);
}

static void add_error(struct preview *preview, const struct error *err)
{
	add(preview, '!', THEME_REFUSED, error_sentence(err, &preview->arena));
	preview->refused = true;
}

const char *explanation_text(const struct claim_explanation *line, struct arena *arena)
{
	char credits[24], message[512];
	enum reason reason = reason_find(line->code ? line->code : "");
	const char *what = line->code ? line->code : "";

	if (reason != REASON_NONE)
		what = reason_format(reason, message, sizeof message, NULL);
	centi_format(line->granted_centi, credits);
	return arena_printf(arena, "%s%-9s %s = %s%s%s%s%s", line->line_no > 0 ? "" : "  ",
			    line->rule ? line->rule : "", what, credits,
			    line->need && *line->need ? "  " : "",
			    line->need && *line->need ? _("needs") : "",
			    line->need && *line->need ? " " : "",
			    line->need && *line->need
				    ? arena_printf(arena, "%s, %s %s", line->need, _("has"),
						   line->have ? line->have : "-")
				    : "");
}

/* Any record: its labelled fields in one line. */
static const char *record_text(const struct field_table *table, const void *record,
			       struct arena *arena)
{
	const char *text = "";
	char value[256];
	size_t i;

	for (i = 0; i < table->count; i++) {
		const struct field *field = &table->fields[i];

		if (!field->width || !field->label || field->type == FT_HASH ||
		    field->type == FT_LIST || field_is_null(field, record))
			continue;
		text = arena_printf(arena, "%s%s%s: %s", text, *text ? "  " : "", _(field->label),
				    field_show(field, record, value, sizeof value));
	}
	return text;
}

/* What becomes of the claim, in the words of its head. */
static const char *claim_text_of(const struct claim_row *claim, struct arena *arena)
{
	char day[DATE_TEXT], credits[24];
	const char *text = arena_printf(arena, "%s: %s", _("State"),
					enum_label(&claim_state_enum, claim->state));

	if (claim->deadline_on != OV_NULL)
		text = arena_printf(arena, "%s  %s: %s", text, _("Deadline"),
				    date_format(claim->deadline_on, day));
	if (claim->proposed_centi != OV_NULL)
		text = arena_printf(arena, "%s  %s: %s", text, _("Proposed"),
				    centi_format(claim->proposed_centi, credits));
	if (claim->granted_centi != OV_NULL)
		text = arena_printf(arena, "%s  %s: %s", text, _("Granted"),
				    centi_format(claim->granted_centi, credits));
	return text;
}

/* Said better by another record of the same answer. */
static bool left_out(const struct field_table *table)
{
	return table == &credit_claim_fields || table == &claim_option_fields;
}

static void add_list(struct preview *preview, const struct record_list *list)
{
	struct arena *arena = &preview->arena;
	size_t i;

	for (i = 0; i < list->count && !left_out(list->table); i++) {
		const void *record = list->items[i];

		if (list->table == &claim_row_fields) {
			add(preview, ' ', THEME_VALUE, claim_text_of(record, arena));
		} else if (list->table == &conflict_fields) {
			const struct conflict *c = record;

			add(preview, c->hard == 1 ? '!' : '?',
			    c->hard == 1 ? THEME_REFUSED : THEME_WARNING,
			    c->message ? c->message : c->kind);
		} else if (list->table == &advice_fields) {
			add(preview, '?', THEME_WARNING, ((const struct advice *)record)->message);
		} else if (list->table == &claim_explanation_fields) {
			add(preview, ' ', THEME_TEXT, explanation_text(record, arena));
		} else {
			add(preview, ' ', THEME_TEXT,
			    arena_printf(arena, "%s: %s", _(list->table->label),
					 record_text(list->table, record, arena)));
		}
	}
}

void preview_make(struct preview *preview, const struct outcome *outcome, const struct error *err)
{
	size_t i;
	bool said = false;

	preview_release(preview);
	preview->lines = arena_array(&preview->arena, PREVIEW_LINES_MAX, sizeof *preview->lines);
	for (i = 0; i < outcome->problems.count; i++) {
		add_error(preview, &outcome->problems.item[i]);
		said |= strcmp(outcome->problems.item[i].message, err->message) == 0;
	}
	if (err->code && !said)
		add_error(preview, err);
	for (i = 0; i < outcome->records.count; i++)
		add_list(preview, &outcome->records.lists[i]);
}

void preview_draw(const struct preview *preview, const struct canvas *canvas)
{
	int row = 0;
	size_t i;

	for (i = 0; i < preview->count && row < canvas->area.rows; i++) {
		const struct preview_line *line = &preview->lines[i];

		canvas_put(canvas, row, 0, line->role, (char[]){ line->mark, '\0' });
		row += canvas_wrap(canvas, row, 2, canvas->area.cols - 2,
				   canvas->area.rows - row > 3 ? 3 : canvas->area.rows - row,
				   line->role, line->text);
	}
}
