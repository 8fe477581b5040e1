#include "tui/views/claim_sum.h"

#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "tui/views/student_draw.h"

static struct arena *arena_of(const struct claim_sum *sum)
{
	return &sum->lines->arena;
}

const char *rule_title(const struct transfer_rule *rule, struct arena *arena)
{
	return arena_printf(arena, "%s@%d  %s, %s", rule->rule_code, (int)rule->version,
			    enum_label(&rule_kind_enum, rule->kind),
			    enum_label(&source_class_enum, rule->source_class));
}

static const char *code_text(const char *code, struct arena *arena)
{
	enum reason reason = reason_find(code);
	char text[400];

	return arena_strdup(arena, reason == REASON_NONE
				   ? code : reason_format(reason, text, sizeof text, NULL));
}

/* "R-003@1" among the rules of the card. */
static const struct transfer_rule *rule_of(const struct card *card, const char *name)
{
	const struct record_list *list = CARD_LIST(card, transfer_rule);
	char text[40];
	size_t i;

	for (i = 0; name && i < list->count; i++) {
		const struct transfer_rule *rule = list->items[i];

		snprintf(text, sizeof text, "%s@%d", rule->rule_code, (int)rule->version);
		if (strcmp(text, name) == 0)
			return rule;
	}
	return NULL;
}

static const struct course *course_of(const struct card *card, const char *code, size_t len)
{
	const struct record_list *list = CARD_LIST(card, course);
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct course *course = list->items[i];

		if (strlen(course->code) == len && memcmp(course->code, code, len) == 0)
			return course;
	}
	return NULL;
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

/* A row with an amount before it; amounts stand one below the other. */
static void amount_add(const struct claim_sum *sum, enum theme_role role, const char *amount,
		       const char *text)
{
	lines_add(sum->lines, ' ', role, "%9s  %s", amount, text);
}

/* "level 3 <= 4": what the rule asks of the source, and what there is. */
static void compare_add(const struct claim_sum *sum, const char *what, const char *have,
			const char *sign, const char *need, bool good)
{
	lines_add(sum->lines, good ? ' ' : '!', good ? THEME_TEXT : THEME_REFUSED,
		  "%9s  %s %s %s %s  %s", "", what, have, sign, need, good ? _("holds") : _("fails"));
}

static void conditions_add(const struct claim_sum *sum, const struct transfer_rule *rule,
			   const struct line_source *source)
{
	struct arena *arena = arena_of(sum);

	if (!rule || !source)
		return;
	if (rule->min_level != OV_NULL && source->level != OV_NULL)
		compare_add(sum, _("level"), arena_printf(arena, "%d", (int)source->level), "<=",
			    arena_printf(arena, "%d", (int)rule->min_level),
			    source->level <= rule->min_level);
	if (rule->min_mark != OV_NULL && source->mark != OV_NULL)
		compare_add(sum, _("mark"), credit_text(source->mark, arena), ">=",
			    credit_text(rule->min_mark, arena), source->mark >= rule->min_mark);
	if (rule->kind == RULE_OA && source->hours != OV_NULL && rule->hours_per_credit > 0)
		lines_add(sum->lines, ' ', THEME_TEXT, "%9s  %d %s / %d = %s", "",
			  (int)source->hours, _("hours"), (int)rule->hours_per_credit,
			  credit_text(source->hours * 100 / rule->hours_per_credit, arena));
	if (rule->max_age_years != OV_NULL && rule->max_age_years > 0)
		lines_add(sum->lines, ' ', THEME_TEXT, "%9s  %s %d", "",
			  _("not older than years:"), (int)rule->max_age_years);
}

/* "L301:OK L302:TARGET_DONE": one row for each course of the rule. False when
 * the detail is something else. */
static bool targets_add(const struct claim_sum *sum, const char *detail)
{
	const char *at = detail;
	bool any = false;

	while (at && *at) {
		size_t len = strcspn(at, " "), code = strcspn(at, ":");
		const struct course *course = code < len ? course_of(sum->card, at, code) : NULL;
		const char *result;
		bool paid;

		if (code >= len)
			return any;
		result = arena_strndup(arena_of(sum), at + code + 1, len - code - 1);
		paid = strcmp(result, "OK") == 0;
		amount_add(sum, paid ? THEME_OK : THEME_WARNING,
			   paid && course ? credit_text(course->credit_centi, arena_of(sum)) : "0.00",
			   arena_printf(arena_of(sum), "%.*s %s%s%s", (int)code, at,
					course ? course->name : "", paid ? "" : "  ",
					paid ? "" : code_text(result, arena_of(sum))));
		any = true;
		at += len + strspn(at + len, " ");
	}
	return any;
}

/* A code that compares two amounts: needs and has, in credits. */
static bool compares(const char *code)
{
	return strncmp(code, "CAP_", 4) == 0 || strcmp(code, "SRC_CREDIT_LOW") == 0;
}

/* NM and OA rules add a record of their own behind those of their lines. */
static bool settles(const struct claim_explanation *e)
{
	return e->detail && (strncmp(e->detail, "pool ", 5) == 0 || strstr(e->detail, " of "));
}

/* Was the comparison that failed written down among the conditions? */
static bool compared(const char *code, const struct line_source *source)
{
	return source && ((strcmp(code, "SCORE_LOW") == 0 && source->mark != OV_NULL) ||
			  (strcmp(code, "LEVEL_LOW") == 0 && source->level != OV_NULL));
}

static void record_add(struct claim_sum *sum, const struct claim_explanation *e)
{
	struct arena *arena = arena_of(sum);
	const char *code = e->code ? e->code : "";
	const struct transfer_rule *rule = rule_of(sum->card, e->rule);
	const struct line_source *source = source_of(sum->card, e->line_no);
	const char *text = code_text(code, arena);
	int64_t after = sum->so_far + e->granted_centi;

	lines_add(sum->lines, ' ', THEME_LABEL, "     %s",
		  rule ? rule_title(rule, arena) : e->rule && *e->rule ? e->rule : _("no rule"));
	if (!settles(e))
		conditions_add(sum, rule, source);
	if (!targets_add(sum, e->detail) && e->detail && *e->detail)
		lines_add(sum->lines, ' ', THEME_TEXT, "%9s  %s", "", e->detail);
	if (compares(code) && e->need && e->have)
		lines_add(sum->lines, '!', THEME_WARNING, "%9s  %s %s, %s %s", "", _("needs"),
			  e->need, code[0] == 'C' ? _("room") : _("has"), e->have);
	else if (e->need && *e->need && e->granted_centi == 0 && strcmp(code, "COUNTED") != 0 &&
		 !compared(code, source))
		lines_add(sum->lines, '!', THEME_WARNING, "%9s  %s %s, %s %s", "", _("needs"),
			  e->need, _("has"), e->have ? e->have : "-");
	if (sum->so_far > 0 && e->granted_centi > 0)
		text = arena_printf(arena, "%s;  %s + %s = %s", text,
				    credit_text(sum->so_far, arena),
				    credit_text(e->granted_centi, arena), credit_text(after, arena));
	amount_add(sum, e->granted_centi > 0 ? THEME_OK : THEME_TEXT,
		   arena_printf(arena, "= %s", credit_text(e->granted_centi, arena)), text);
	sum->so_far = after;
}

static const char *cap_name(const struct cap_room *room, struct arena *arena)
{
	const char *cap = room->cap ? room->cap : "", *scope = room->scope ? room->scope : "";

	if (strcmp(cap, "CAP_PROGRAMME") == 0)
		return arena_strdup(arena, _("Programme"));
	if (strcmp(cap, "CAP_SOURCE") == 0)
		return arena_printf(arena, "%s %s", _("Class"), scope);
	if (strcmp(cap, "CAP_MODULE") == 0)
		return arena_printf(arena, "%s %s", _("Module"), scope);
	return arena_printf(arena, "%s %s", _("Rule"), scope);
}

/* "0.00 + 8.00 = 8.00 of at most 26.60, room 18.60" */
static void room_add(const struct claim_sum *sum, const struct cap_room *room)
{
	struct arena *arena = arena_of(sum);
	const char *text = arena_printf(arena, "%s: %s + %s = %s", cap_name(room, arena),
					credit_text(room->used_centi, arena),
					credit_text(room->claim_centi, arena),
					credit_text(room->used_centi + room->claim_centi, arena));
	bool over = room->room_centi != OV_NULL && room->room_centi < 0;

	if (room->cap_centi == OV_NULL)
		text = arena_printf(arena, "%s, %s", text, _("no ceiling"));
	else
		text = arena_printf(arena, _("%s of at most %s, room %s"), text,
				    credit_text(room->cap_centi, arena),
				    credit_text(room->room_centi, arena));
	lines_add(sum->lines, over ? '!' : ' ', over ? THEME_REFUSED : THEME_TEXT, "%s", text);
}

void claim_sum_line(struct claim_sum *sum, int64_t line_no)
{
	const struct record_list *list = CARD_LIST(sum->card, claim_explanation);
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct claim_explanation *e = list->items[i];

		if (e->superseded != 1 && e->line_no == line_no)
			record_add(sum, e);
	}
}

void claim_sum_end(struct claim_sum *sum)
{
	const struct record_list *rooms = CARD_LIST(sum->card, cap_room);
	size_t i;

	claim_sum_line(sum, 0);
	if (!CARD_LIST(sum->card, claim_explanation)->count)
		lines_add(sum->lines, ' ', THEME_MUTED, "     %s",
			  _("not calculated yet: it is at the verification"));
	else if (CARD_LIST(sum->card, claim_line)->count > 1)
		amount_add(sum, THEME_HEADING,
			   arena_printf(arena_of(sum), "= %s", credit_text(sum->so_far, arena_of(sum))),
			   _("in all"));
	if (rooms->count)
		lines_heading(sum->lines, _("Room under each cap: before + this claim"));
	for (i = 0; i < rooms->count; i++)
		room_add(sum, rooms->items[i]);
}
