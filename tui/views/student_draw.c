#include "tui/views/student_draw.h"

#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/kind.h"
#include "core/rules/shift.h"

const char *weekday_name(int weekday)
{
	static const char *const names[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
					     N_("Fri"), N_("Sat"), N_("Sun") };

	return weekday >= 1 && weekday <= 7 ? _(names[weekday - 1]) : "";
}

const char *credit_text(int64_t centi, struct arena *arena)
{
	char text[24];

	return centi == OV_NULL ? "-" : arena_strdup(arena, centi_format(centi, text));
}

const char *credits_text(int64_t have, int64_t whole, struct arena *arena)
{
	return arena_printf(arena, "%s/%s", credit_text(have, arena), credit_text(whole, arena));
}

const char *minutes_text(int64_t minutes, struct arena *arena)
{
	if (minutes == OV_NULL)
		return "--:--";
	return arena_printf(arena, "%02d:%02d", (int)(minutes / 60 % 24), (int)(minutes % 60));
}

const char *slot_text(const struct session_slot *slot, struct arena *arena)
{
	char date[DATE_TEXT];

	return arena_printf(arena, "%s %s %s-%s  %s  %s%s%s  %s",
			    weekday_name(slot->on_date == OV_NULL ? 0 : date_weekday(slot->on_date)),
			    date_format(slot->on_date, date) + 5,
			    minutes_text(slot->start_min, arena), minutes_text(slot->end_min, arena),
			    slot->course ? slot->course : slot->course_code ? slot->course_code : "",
			    slot->exam == 1 ? _("EXAM") : "", slot->exam == 1 ? " " : "",
			    slot->room ? slot->room : enum_label(&session_mode_enum, slot->mode),
			    slot->teacher ? slot->teacher : "");
}

const char *field_shown(const struct field_table *table, const void *record, const char *name,
			struct arena *arena)
{
	const struct field *field = record ? field_find(table, name) : NULL;
	char text[256];

	if (!field || field_is_null(field, record))
		return "-";
	return arena_strdup(arena, field_show(field, record, text, sizeof text));
}

#define SHOWN(rec, pointer, name) field_shown(&rec##_fields, pointer, name, arena)

int pair_draw(const struct canvas *canvas, int row, int col, const char *label,
	      enum theme_role role, const char *value)
{
	if (col >= canvas->area.cols)
		return col;
	if (*label)
		col += canvas_put(canvas, row, col, THEME_LABEL, label) + 1;
	col += canvas_put(canvas, row, col, role, value);
	return col + 2;
}

void person_draw(const struct card *card, const struct revealed_values *clear,
		 const struct canvas *canvas, int row, int col)
{
	struct arena *arena = canvas_arena(canvas);
	const struct person *person = CARD_FIRST(card, person);
	const struct student *student = CARD_FIRST(card, student);
	bool doc = clear && clear->doc_no, mobile = clear && clear->mobile;
	bool birth = clear && clear->birth_date;

	col = pair_draw(canvas, row, col, "", THEME_HEADING, SHOWN(person, person, "full_name"));
	col = pair_draw(canvas, row, col, "", THEME_VALUE, student ? student->student_no : "");
	col = pair_draw(canvas, row, col, "", THEME_VALUE, SHOWN(person, person, "sex"));
	col = pair_draw(canvas, row, col, "", birth ? THEME_WARNING : THEME_VALUE,
		   birth ? clear->birth_date : SHOWN(person, person, "birth_date"));
	col = pair_draw(canvas, row, col, _("ID"), doc ? THEME_WARNING : THEME_VALUE,
		   doc ? clear->doc_no : SHOWN(person, person, "doc_no"));
	pair_draw(canvas, row, col, _("Mobile"), mobile ? THEME_WARNING : THEME_VALUE,
	     mobile ? clear->mobile : SHOWN(person, person, "mobile"));
}

static void study_draw(const struct card *card, const struct canvas *canvas, int row)
{
	struct arena *arena = canvas_arena(canvas);
	const struct student *student = CARD_FIRST(card, student);
	const struct programme *programme = CARD_FIRST(card, programme);
	const struct cohort *cohort = CARD_FIRST(card, cohort);
	bool active = student && student->status == STUDENT_ACTIVE;
	int col = 1;

	col = pair_draw(canvas, row, col, _("Programme"), THEME_VALUE, SHOWN(programme, programme, "name"));
	col = pair_draw(canvas, row, col, _("Cohort"), THEME_VALUE, SHOWN(cohort, cohort, "code"));
	col = pair_draw(canvas, row, col, _("Standing"), active ? THEME_OK : THEME_WARNING,
		   SHOWN(student, student, "status"));
	pair_draw(canvas, row, col, _("Registered"), THEME_VALUE, SHOWN(student, student, "registered_on"));
}

struct module_credit credit_total(const struct card *card)
{
	const struct record_list *list = CARD_LIST(card, module_credit);
	const struct curriculum *curriculum = CARD_FIRST(card, curriculum);
	struct module_credit sum = { .min_centi = 0 };
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct module_credit *m = list->items[i];

		if (!m->code || !*m->code)
			return *m;
		sum.earned_centi += m->earned_centi == OV_NULL ? 0 : m->earned_centi;
		sum.transferred_centi += m->transferred_centi == OV_NULL ? 0 : m->transferred_centi;
		sum.min_centi += m->min_centi == OV_NULL ? 0 : m->min_centi;
	}
	if (curriculum && curriculum->min_total_centi != OV_NULL)
		sum.min_centi = curriculum->min_total_centi;
	return sum;
}

/* Own results and what was transferred: the store's sum (I27). */
static int64_t counted(const struct module_credit *module)
{
	return module->earned_centi == OV_NULL ? 0 : module->earned_centi;
}

static void credits_draw(const struct card *card, const struct canvas *canvas, int row)
{
	struct arena *arena = canvas_arena(canvas);
	const struct record_list *claims = CARD_LIST(card, claim_row);
	struct module_credit sum = credit_total(card);
	int64_t have = counted(&sum);
	int percent = sum.min_centi > 0 ? (int)(have * 100 / sum.min_centi) : 0, col = 1;
	size_t i, open = 0;

	for (i = 0; i < claims->count; i++) {
		const struct claim_row *claim = claims->items[i];

		open += claim->state != OV_NULL && claim_state_open((enum claim_state)claim->state);
	}
	if (!CARD_LIST(card, module_credit)->count) {
		pair_draw(canvas, row, col, _("Credits"), THEME_MUTED, "-");
		return;
	}
	col = pair_draw(canvas, row, col, _("Credits"), THEME_VALUE, credits_text(have, sum.min_centi, arena));
	canvas_bar(canvas, row, col, 26, have, sum.min_centi);
	col = pair_draw(canvas, row, col + 27, "", THEME_VALUE, arena_printf(arena, "%d%%", percent));
	col = pair_draw(canvas, row, col, _("Transferred"), THEME_VALUE,
		   credit_text(sum.transferred_centi, arena));
	if (open)
		pair_draw(canvas, row, col, _("Open claims"), THEME_WAITING,
		     arena_printf(arena, "%zu", open));
}

/* Whole weeks from Monday 1969-12-29 to the Monday of the day's week, as the
 * planner counts them. */
static int64_t week_of(int64_t day)
{
	return (day - date_weekday(day) + 1 + 3) / 7;
}

char shift_day(const struct employment *work, const struct shift_pattern *pattern, int64_t day,
	       int64_t *from, int64_t *to)
{
	struct shift_cycle cycle = { .cycle = pattern->cycle, .anchor_on = pattern->anchor_on };
	bool weeks = pattern->kind == SHIFT_WEEKDAY;
	char letter;

	if (!pattern->cycle || work->team_offset == OV_NULL)
		return 0;
	cycle.times[SHIFT_D] = (struct shift_times){ pattern->d_start, pattern->d_len };
	cycle.times[SHIFT_E] = (struct shift_times){ pattern->e_start, pattern->e_len };
	cycle.times[SHIFT_N] = (struct shift_times){ pattern->n_start, pattern->n_len };
	/* One letter a week, on working days; the calendar's holidays are the
	 * planner's matter. */
	if (weeks && date_weekday(day) > 5)
		return 'R';
	if (weeks)
		cycle.anchor_on = 0;
	letter = shift_slot(&cycle, weeks ? week_of(day) : day,
			    work->team_offset);
	return shift_work(&cycle, letter, from, to) ? letter : 'R';
}

/* "4T-12H, today D 08:00-20:00". */
static const char *shift_text(const struct employment *work, const struct shift_pattern *pattern,
			      int64_t day, struct arena *arena)
{
	int64_t from, to;
	char letter = shift_day(work, pattern, day, &from, &to);

	if (!letter)
		return pattern->code ? pattern->code : "";
	if (letter == 'R')
		return arena_printf(arena, _("%s, today rest"), pattern->code);
	return arena_printf(arena, _("%s, today %c %s-%s"), pattern->code, letter,
			    minutes_text(from, arena), minutes_text(to, arena));
}

static void work_draw(const struct card *card, int64_t today, const struct canvas *canvas, int row)
{
	struct arena *arena = canvas_arena(canvas);
	const struct employment *work = CARD_FIRST(card, employment);
	const struct shift_pattern *pattern = CARD_FIRST(card, shift_pattern);
	int col = 1;

	if (!work) {
		pair_draw(canvas, row, col, _("Work"), THEME_MUTED, "-");
		return;
	}
	col = pair_draw(canvas, row, col, _("Work"), THEME_VALUE, SHOWN(employment, work, "employer"));
	col = pair_draw(canvas, row, col, "", THEME_VALUE, SHOWN(employment, work, "plant"));
	col = pair_draw(canvas, row, col, "", THEME_VALUE, SHOWN(employment, work, "post"));
	if (pattern)
		pair_draw(canvas, row, col, _("Shift"), THEME_VALUE,
		     shift_text(work, pattern, today, arena));
}

static int meetings_draw(const struct card *card, int64_t today, const struct canvas *canvas,
			 int row, int max)
{
	const struct record_list *list = CARD_LIST(card, session_slot);
	struct arena *arena = canvas_arena(canvas);
	size_t i;
	int used = 0;

	for (i = 0; i < list->count && used < max; i++) {
		const struct session_slot *slot = list->items[i];

		if (slot->on_date < today || slot->state == SESSION_CANCELLED)
			continue;
		pair_draw(canvas, row + used, 1, _("Next"), THEME_VALUE, slot_text(slot, arena));
		used++;
	}
	return used;
}

/* The first thing that is missing; the card's list has them all. */
static int findings_draw(const struct card *card, const struct canvas *canvas, int row, int max)
{
	const struct record_list *list = CARD_LIST(card, graduation_finding);
	struct arena *arena = canvas_arena(canvas);
	const struct graduation_finding *first;
	const char *text;

	if (!list->count || max < 1)
		return 0;
	first = list->items[0];
	text = first->message ? first->message : first->code ? first->code : "";
	if (list->count > 1)
		text = arena_printf(arena, _("%s (and %zu more)"), text, list->count - 1);
	pair_draw(canvas, row, 1, _("Graduation"), THEME_VALUE, text);
	return 1;
}

int student_summary_draw(const struct card *card, const struct revealed_values *clear,
			 int64_t today, const struct canvas *canvas)
{
	int rows = canvas->area.rows, row = 4;

	if (card->error.code) {
		canvas_put(canvas, 0, 1, THEME_REFUSED, card->error.message);
		return 1;
	}
	if (!card->id)
		return 0;
	person_draw(card, clear, canvas, 0, 1);
	study_draw(card, canvas, 1);
	credits_draw(card, canvas, 2);
	work_draw(card, today, canvas, 3);
	row += meetings_draw(card, today, canvas, row, rows - row > 1 ? 1 : 0);
	row += findings_draw(card, canvas, row, rows - row);
	return row;
}

void module_credit_draw(const struct module_credit *module, const struct canvas *canvas, int row)
{
	struct arena *arena = canvas_arena(canvas);
	int64_t have = counted(module);

	canvas_fit(canvas, row, 0, 8, THEME_VALUE, TEXT_LEFT, module->code ? module->code : "");
	canvas_fit(canvas, row, 9, 22, THEME_TEXT, TEXT_LEFT, module->name ? module->name : "");
	canvas_fit(canvas, row, 32, 11, THEME_VALUE, TEXT_RIGHT,
		   credits_text(have, module->min_centi, arena));
	canvas_bar(canvas, row, 45, 22, have, module->min_centi);
}
