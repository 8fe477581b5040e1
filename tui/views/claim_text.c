#include "tui/views/claim_text.h"

#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/store/command.h"
#include "tui/views/claim_sum.h"
#include "tui/views/decide_view.h"
#include "tui/views/student_draw.h"

static const char *or_dash(const char *text)
{
	return text && *text ? text : "-";
}

int claim_head_draw(const struct card *card, const struct canvas *canvas)
{
	struct arena *arena = canvas_arena(canvas);
	const struct credit_claim *claim = CARD_FIRST(card, credit_claim);
	const struct claim_row *row = CARD_FIRST(card, claim_row);
	const struct person *person = CARD_FIRST(card, person);
	char day[DATE_TEXT];
	int col = 1;

	if (!claim)
		return 0;
	col += canvas_put(canvas, 0, col, THEME_HEADING, or_dash(claim->claim_no)) + 2;
	col += canvas_put(canvas, 0, col, THEME_VALUE,
			  person ? or_dash(person->full_name) : "") + 2;
	col += canvas_put(canvas, 0, col, THEME_VALUE, row ? or_dash(row->student_no) : "") + 2;
	canvas_put(canvas, 0, col, THEME_VALUE, row ? or_dash(row->programme) : "");
	col = 1;
	col += canvas_put(canvas, 1, col, THEME_LABEL, _("State")) + 1;
	col += canvas_put(canvas, 1, col, THEME_WAITING,
			  enum_label(&claim_state_enum, claim->state)) + 2;
	if (claim->deadline_on != OV_NULL) {
		bool late = row && row->overdue == 1;

		col += canvas_put(canvas, 1, col, THEME_LABEL, _("Deadline")) + 1;
		col += canvas_put(canvas, 1, col, late ? THEME_WARNING : THEME_VALUE,
				  arena_printf(arena, "%s%s", late ? "! " : "",
					       date_format(claim->deadline_on, day))) + 2;
	}
	col += canvas_put(canvas, 1, col, THEME_LABEL, _("Proposed")) + 1;
	col += canvas_put(canvas, 1, col, THEME_VALUE, credit_text(claim->proposed_centi, arena)) + 2;
	col += canvas_put(canvas, 1, col, THEME_LABEL, _("Granted")) + 1;
	canvas_put(canvas, 1, col, THEME_VALUE, credit_text(claim->granted_centi, arena));
	if (!claim->reason_text || !claim->reason_text[strspn(claim->reason_text, "*")])
		return 2;
	canvas_put(canvas, 2, 1, THEME_WARNING,
		   arena_printf(arena, "%s: %s", _("Reason"), claim->reason_text));
	return 3;
}

static const struct line_source *source_of(const struct card *card, int64_t line_no)
{
	const struct record_list *list = CARD_LIST(card, line_source);
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct line_source *source = list->items[i];

		if (source->line_no == line_no)
			return source;
	}
	return NULL;
}

/* "certificate  SK-W3 Welder level 3  no. ******  2014-06-30  VERIFIED" */
static const char *source_text(const struct line_source *s, struct arena *arena)
{
	char day[DATE_TEXT], mark[24];
	const char *text = arena_printf(arena, "%s  %s", or_dash(s->code), or_dash(s->name));

	if (s->number)
		text = arena_printf(arena, "%s  %s %s", text, _("no."), s->number);
	if (s->level != OV_NULL)
		text = arena_printf(arena, "%s  %s %d", text, _("level"), (int)s->level);
	if (s->mark != OV_NULL)
		text = arena_printf(arena, "%s  %s %s", text, _("mark"), centi_format(s->mark, mark));
	if (s->hours != OV_NULL)
		text = arena_printf(arena, "%s  %d %s", text, (int)s->hours, _("hours"));
	if (s->dated_on != OV_NULL)
		text = arena_printf(arena, "%s  %s", text, date_format(s->dated_on, day));
	if (s->expires_on != OV_NULL)
		text = arena_printf(arena, "%s..%s", text, date_format(s->expires_on, day));
	if (s->state && enum_find(&cert_state_enum, s->state) != OV_NULL)
		return arena_printf(arena, "%s  %s", text,
				    enum_label(&cert_state_enum,
					       enum_find(&cert_state_enum, s->state)));
	return s->state ? arena_printf(arena, "%s  %s", text, s->state) : text;
}

const char *evidence_mark(const struct evidence *e)
{
	switch (e->checked) {
	case CHECK_OK: return "x";
	case CHECK_STRUCK: return "-";
	case CHECK_FALSE: return "!";
	default: return " ";
	}
}

/* "[x] original seen  [ ] copy scan.pdf": the pieces of a line in one row. */
static void evidence_add(const struct card *card, const struct claim_line *line,
			 struct lines *lines)
{
	const struct record_list *list = CARD_LIST(card, evidence);
	const struct credit_claim *claim = CARD_FIRST(card, credit_claim);
	bool open = false, bad = false, ask = claim && claim->state == CLAIM_ACCEPTED;
	const char *text = "";
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct evidence *e = list->items[i];

		if (e->line_id != line->id)
			continue;
		open |= e->checked == CHECK_OPEN || e->checked == OV_NULL;
		bad |= e->checked == CHECK_FALSE;
		text = arena_printf(&lines->arena, "%s%s[%s] %s%s%s", text, *text ? "  " : "",
				    evidence_mark(e), enum_label(&evidence_kind_enum, e->kind),
				    e->file_name ? " " : "", e->file_name ? e->file_name : "");
	}
	if (!*text)
		lines_add(lines, '!', THEME_WARNING, "     %s", _("no evidence yet"));
	else
		lines_add(lines, open || bad ? '!' : ' ',
			  bad ? THEME_REFUSED : open ? THEME_WAITING : THEME_TEXT, "     %s%s%s",
			  text, open && ask ? "   " : "", open && ask ? _("o: original seen") : "");
}

static void lines_of_claim(const struct card *card, struct lines *lines)
{
	const struct record_list *list = CARD_LIST(card, claim_line);
	struct claim_sum sum = { .card = card, .lines = lines };
	size_t i;

	lines_heading(lines, _("What is offered, and what it is worth"));
	for (i = 0; i < list->count; i++) {
		const struct claim_line *line = list->items[i];
		const struct line_source *source = source_of(card, line->line_no);

		if (line->removed_on != OV_NULL)
			continue;
		lines_add(lines, ' ', THEME_VALUE, "%d  %s  %s", (int)line->line_no,
			  enum_label(&source_kind_enum, line->source_kind),
			  source ? source_text(source, &lines->arena) : or_dash(line->source_code));
		evidence_add(card, line, lines);
		if (line->opinion_text)
			lines_add(lines, ' ', THEME_TEXT, "     %s: %s  %s", _("Expert"),
				  credit_text(line->opinion_centi, &lines->arena),
				  line->opinion_text);
		claim_sum_line(&sum, line->line_no);
	}
	claim_sum_end(&sum);
}

static void effect(const struct card *card, struct lines *lines)
{
	const struct record_list *list = CARD_LIST(card, module_credit);
	size_t i;

	if (!list->count)
		return;
	lines_heading(lines, _("Credits so far"));
	for (i = 0; i < list->count; i++) {
		const struct module_credit *m = list->items[i];
		const char *code = m->code && *m->code ? m->code : _("all");

		lines_add(lines, ' ', THEME_TEXT, _("%s has %s of %s, of these %s transferred"),
			  text_padded(code, 6, &lines->arena),
			  credit_text(m->earned_centi, &lines->arena),
			  credit_text(m->min_centi, &lines->arena),
			  credit_text(m->transferred_centi, &lines->arena));
	}
}

static void steps(const struct card *card, struct lines *lines)
{
	const struct record_list *list = CARD_LIST(card, claim_option);
	size_t i;

	lines_heading(lines, _("What can be done now"));
	for (i = 0; i < list->count; i++) {
		const struct claim_option *option = list->items[i];

		if (option->allowed == 1)
			lines_add(lines, ' ', THEME_OK, "+ %s",
				  enum_label(&claim_event_enum, option->event));
		else if (option->code && strcmp(option->code, "SM_NO_TRANSITION") != 0 &&
			 strcmp(option->code, "PERM_DENIED") != 0)
			lines_add(lines, ' ', THEME_MUTED, "- %s: %s",
				  enum_label(&claim_event_enum, option->event),
				  or_dash(option->message));
	}
}

/* "claim.pass_first" in the words of its command. */
static const char *action_name(const char *action)
{
	const struct command_def *def = action ? command_find(action) : NULL;

	return def ? _(def->title) : or_dash(action);
}

static void history(const struct card *card, struct lines *lines)
{
	const struct record_list *list = CARD_LIST(card, claim_step);
	char at[INSTANT_TEXT];
	size_t i;

	lines_heading(lines, _("History"));
	for (i = 0; i < list->count; i++) {
		const struct claim_step *s = list->items[i];

		/* The audit trail's own time is UTC; the desk reads local time. */
		instant_format(s->at + CENTRE_OFFSET, at);
		at[10] = ' ';
		at[16] = '\0';
		lines_add(lines, ' ', THEME_TEXT, "%s  %s %s %s  %s", at,
			  text_padded(action_name(s->action), 24, &lines->arena),
			  text_padded(or_dash(s->login), 16, &lines->arena),
			  s->reason && s->reason[strspn(s->reason, "*")] ? s->reason : "",
			  s->detail && !strchr(s->detail, '>') ? s->detail : "");
	}
}

void claim_text(const struct card *card, struct lines *lines)
{
	lines_clear(lines);
	if (!card->id)
		return;
	lines_of_claim(card, lines);
}

void claim_side_text(const struct card *card, struct lines *lines)
{
	const struct credit_claim *claim = card->id ? CARD_FIRST(card, credit_claim) : NULL;

	if (!claim)
		return;
	steps(card, lines);
	lines_heading(lines, _("Who has it now"));
	next_person_text(lines, (enum claim_state)claim->state, took_part(card, &lines->arena));
	effect(card, lines);
	history(card, lines);
}
