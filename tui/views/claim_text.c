#include "tui/views/claim_text.h"

#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "tui/views/preview.h"
#include "tui/views/student_draw.h"

static const char *or_dash(const char *text)
{
	return text && *text ? text : "-";
}

void claim_head_draw(const struct card *card, const struct canvas *canvas)
{
	struct arena *arena = canvas_arena(canvas);
	const struct credit_claim *claim = CARD_FIRST(card, credit_claim);
	const struct claim_row *row = CARD_FIRST(card, claim_row);
	const struct person *person = CARD_FIRST(card, person);
	char day[DATE_TEXT];
	int col = 1;

	if (!claim)
		return;
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
	if (claim->reason_text && claim->reason_text[strspn(claim->reason_text, "*")])
		canvas_put(canvas, 2, 1, THEME_WARNING,
			   arena_printf(arena, "%s: %s", _("Reason"), claim->reason_text));
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

static void evidence_add(const struct card *card, const struct claim_line *line,
			 struct lines *lines)
{
	const struct record_list *list = CARD_LIST(card, evidence);
	size_t i, count = 0;

	for (i = 0; i < list->count; i++) {
		const struct evidence *e = list->items[i];
		bool open = e->checked == CHECK_OPEN || e->checked == OV_NULL;

		if (e->line_id != line->id)
			continue;
		count++;
		lines_add(lines, open ? '!' : ' ', open ? THEME_WAITING : THEME_TEXT,
			  "     [%s] %s  %s  %s", e->checked == CHECK_OK ? "x" : " ",
			  enum_label(&evidence_kind_enum, e->kind), e->file_name ? e->file_name : "",
			  enum_label(&evidence_check_enum, e->checked));
	}
	if (!count)
		lines_add(lines, '!', THEME_WARNING, "     %s", _("no evidence yet"));
}

static void lines_of_claim(const struct card *card, struct lines *lines)
{
	const struct record_list *list = CARD_LIST(card, claim_line);
	size_t i;

	lines_heading(lines, _("What is offered"));
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
	}
}

static void calculation(const struct card *card, struct lines *lines)
{
	const struct record_list *list = CARD_LIST(card, claim_explanation);
	size_t i;

	lines_heading(lines, _("The rule's arithmetic"));
	for (i = 0; i < list->count; i++) {
		const struct claim_explanation *e = list->items[i];
		char no[24] = "";

		if (e->superseded == 1)
			continue;
		if (e->line_no > 0)
			snprintf(no, sizeof no, "%d", (int)e->line_no);
		lines_add(lines, ' ', e->granted_centi > 0 ? THEME_OK : THEME_TEXT, "%-2s %s",
			  e->line_no > 0 ? no : "=", explanation_text(e, &lines->arena));
		if (e->detail && *e->detail)
			lines_add(lines, ' ', THEME_MUTED, "     %s", e->detail);
	}
	if (!list->count)
		lines_add(lines, ' ', THEME_MUTED, "%s", _("not calculated yet: it is at the verification"));
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

		lines_add(lines, ' ', THEME_TEXT, _("%-6s earned %s, transferred %s, needs %s"),
			  m->code && *m->code ? m->code : _("all"),
			  credit_text(m->earned_centi, &lines->arena),
			  credit_text(m->transferred_centi, &lines->arena),
			  credit_text(m->min_centi, &lines->arena));
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
		lines_add(lines, ' ', THEME_TEXT, "%s  %-20s %-14s %s  %s", at, or_dash(s->action),
			  or_dash(s->login), s->detail ? s->detail : "", s->reason ? s->reason : "");
	}
}

void claim_text(const struct card *card, struct lines *lines)
{
	lines_clear(lines);
	if (!card->id)
		return;
	lines_of_claim(card, lines);
	calculation(card, lines);
	steps(card, lines);
	effect(card, lines);
	history(card, lines);
}
