#include "tui/views/plan_parts.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/planner/sparkline.h"
#include "core/rules/conflict_kind.h"
#include "tui/views/student_draw.h"

enum { NUMBERS_MAX = 128, THOUSAND = 1000 };

const char *plan_title(const struct plan_draft *plan, struct arena *arena)
{
	return plan->name ? arena_printf(arena, "%lld %s", (long long)plan->id, plan->name)
			  : arena_printf(arena, "%lld", (long long)plan->id);
}

const char *plan_number(int64_t number, struct arena *arena)
{
	if (number == OV_NULL)
		return "-";
	if (number > -THOUSAND && number < THOUSAND)
		return arena_printf(arena, "%lld", (long long)number);
	return arena_printf(arena, "%s %03d", plan_number(number / THOUSAND, arena),
			    abs((int)(number % THOUSAND)));
}

const char *plan_spark(const struct plan_draft *plan, size_t cells, struct arena *arena)
{
	int64_t costs[NUMBERS_MAX];
	size_t count = plan_numbers(plan->history, costs, NUMBERS_MAX);
	struct buf text = BUF_INIT;
	const char *made;

	sparkline(costs, count, plan->cost, cells, &text);
	made = arena_strdup(arena, buf_cstr(&text));
	buf_release(&text);
	return made;
}

int64_t plan_cost_of(const struct plan_draft *plan, enum plan_cost kind)
{
	int64_t costs[PLAN_COSTS];

	return plan_numbers(plan->costs, costs, PLAN_COSTS) > (size_t)kind ? costs[kind] : OV_NULL;
}

int64_t plan_clash_count(const struct card *card, const char *kind)
{
	const struct record_list *list = CARD_LIST(card, plan_clash);
	int64_t count = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct plan_clash *clash = list->items[i];

		count += !strcmp(clash->kind, kind);
	}
	return count;
}

static const char *code_of(const struct card *card, const struct field_table *table, int64_t id)
{
	const struct record_list *list = bundle_list(&card->bundle, table);
	const struct field *code = field_find(table, "code");

	for (size_t i = 0; i < list->count; i++)
		if (((const struct record_head *)list->items[i])->id == id)
			return field_text(code, list->items[i]);
	return "?";
}

static const char *kind_label(const char *code)
{
	const int64_t kind = enum_find(&conflict_kind_enum, code);

	return kind == OV_NULL ? code : enum_label(&conflict_kind_enum, kind);
}

static bool same_lesson(const struct plan_blocker *a, const struct plan_blocker *b)
{
	return a->cohort_id == b->cohort_id && a->course_id == b->course_id;
}

void plan_lines_unplaced(struct lines *lines, const struct card *card)
{
	const struct record_list *list = CARD_LIST(card, plan_blocker);

	lines_heading(lines, _("Without a place, and what is in the way"));
	if (!list->count)
		lines_add(lines, ' ', THEME_OK, "  %s", _("every meeting has a place"));
	for (size_t i = 0; i < list->count && lines->count < PLAN_LINES_MAX; i++) {
		const struct plan_blocker *b = list->items[i];

		if (!i || !same_lesson(b, list->items[i - 1])) {
			lines_add(lines, '!', THEME_REFUSED, _("%s, %s: lesson %lld and %lld more"),
				  code_of(card, &course_fields, b->course_id),
				  code_of(card, &cohort_fields, b->cohort_id), (long long)b->lesson,
				  (long long)b->others);
		}
		lines_add(lines, ' ', b->least == 1 ? THEME_WARNING : THEME_TEXT,
			  b->least == 1 ? _("  has to give way: %s%s%s; alone it opens %lld places")
					: _("  would help: %s%s%s; alone it opens %lld places"),
			  kind_label(b->kind), b->what ? ", " : "", b->what ? b->what : "",
			  (long long)b->gain);
	}
}

static const char *slot_of(const struct card *card, int64_t id, struct arena *arena)
{
	const struct record_list *list = CARD_LIST(card, session_slot);

	for (size_t i = 0; i < list->count; i++)
		if (((const struct session_slot *)list->items[i])->id == id)
			return slot_text(list->items[i], arena);
	return "-";
}

static const char *number_of(const struct card *card, int64_t id)
{
	const struct record_list *list = CARD_LIST(card, student);

	for (size_t i = 0; i < list->count; i++)
		if (((const struct student *)list->items[i])->id == id)
			return ((const struct student *)list->items[i])->student_no;
	return "?";
}

void plan_lines_clashes(struct lines *lines, const struct card *card)
{
	const struct record_list *list = CARD_LIST(card, plan_clash);

	lines_heading(lines, _("Learners at work or without rest, and the make-up"));
	if (!list->count)
		lines_add(lines, ' ', THEME_OK, "  %s", _("none"));
	for (size_t i = 0; i < list->count && lines->count < PLAN_LINES_MAX; i++) {
		const struct plan_clash *clash = list->items[i];

		lines_add(lines, '!', THEME_WARNING, "%s  %s  %s", number_of(card, clash->student_id),
			  kind_label(clash->kind), slot_of(card, clash->meeting_id, &lines->arena));
		if (clash->makeup_id != OV_NULL)
			lines_add(lines, ' ', THEME_OK, _("  can go to: %s"),
				  slot_of(card, clash->makeup_id, &lines->arena));
		else
			lines_add(lines, ' ', THEME_MUTED, "  %s", _("no make-up in this draft"));
	}
}
