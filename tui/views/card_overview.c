#include "tui/views/card_overview.h"

#include <string.h>

#include "core/base/i18n.h"
#include "core/model/kind.h"
#include "core/rules/shift.h"
#include "core/rules/workflow.h"
#include "tui/views/claim_part.h"

enum {
	LABEL_CELLS = 10,
	SLOTS_SHOWN = 3,
	CLAIMS_SHOWN = 3,
	CERTS_SHOWN = 2,
	SOON_DAYS = 60 /* a certificate that expires within is worth a note */
};

/* --- which rows --- */

static struct overview_row *row_add(struct overview *self, enum overview_kind kind,
				    const void *record, const char *label)
{
	struct overview_row *row = &self->row[self->count < OVERVIEW_ROWS ? self->count
									  : OVERVIEW_ROWS - 1];

	*row = (struct overview_row){ .kind = kind, .record = record, .label = label };
	self->count += self->count < OVERVIEW_ROWS;
	return row;
}

static bool claim_open(const struct claim_row *claim)
{
	return claim->state != OV_NULL && claim_state_open((enum claim_state)claim->state);
}

static bool slot_coming(const struct session_slot *slot, int64_t today)
{
	return slot->on_date >= today && slot->state != SESSION_CANCELLED;
}

static void credits_add(struct overview *self, const struct card *card)
{
	const struct record_list *modules = CARD_LIST(card, module_credit);
	size_t i;

	row_add(self, OVERVIEW_TOTAL, NULL, N_("Credits"));
	for (i = 0; i < modules->count && i < OVERVIEW_ROWS / 2; i++) {
		const struct module_credit *module = modules->items[i];

		if (module->code && *module->code)
			row_add(self, OVERVIEW_MODULE, module, "");
	}
	if (CARD_LIST(card, graduation_finding)->count)
		row_add(self, OVERVIEW_GRADUATION, CARD_FIRST(card, graduation_finding),
			N_("Graduation"));
}

static void certificates_add(struct overview *self, const struct card *card, int max)
{
	const struct record_list *list = CARD_LIST(card, certificate);
	int i;

	if (!list->count)
		row_add(self, OVERVIEW_CERT, NULL, N_("Certific."));
	for (i = 0; i < max && (size_t)i < list->count; i++)
		row_add(self, OVERVIEW_CERT, list->items[i], i ? "" : N_("Certific."));
}

static void claims_add(struct overview *self, const struct card *card, int max)
{
	const struct record_list *list = CARD_LIST(card, claim_row);
	int shown = 0;
	size_t i;

	for (i = 0; i < list->count && shown < max; i++) {
		const struct claim_row *claim = list->items[i];

		if (claim_open(claim))
			row_add(self, OVERVIEW_CLAIM, claim, shown++ ? "" : N_("Claims"))->flag =
				claim->overdue == 1 ? '!' : 0;
	}
	if (!shown)
		row_add(self, OVERVIEW_CLAIM, NULL, N_("Claims"));
}

static void meetings_add(struct overview *self, const struct card *card, int64_t today, int max)
{
	const struct record_list *list = CARD_LIST(card, session_slot);
	int shown = 0;
	size_t i;

	row_add(self, OVERVIEW_COHORT, NULL, N_("Cohort"));
	for (i = 0; i < list->count && shown < max; i++) {
		const struct session_slot *slot = list->items[i];

		if (slot_coming(slot, today))
			row_add(self, OVERVIEW_SLOT, slot, shown++ ? "" : N_("Next"))->flag =
				slot->conflicts > 0 ? '!' : 0;
	}
	if (!shown)
		row_add(self, OVERVIEW_SLOT, NULL, N_("Next"));
}

/* --- notes --- */

static void note_add(struct overview *self, char flag, const void *record, const char *text)
{
	bool first = !self->count || self->row[self->count - 1].kind != OVERVIEW_NOTE;
	struct overview_row *row = row_add(self, OVERVIEW_NOTE, record, first ? N_("Notes") : "");

	row->text = text;
	row->flag = flag;
}

static void claim_note(struct overview *self, const struct claim_row *claim, const char *format,
		       struct arena *arena)
{
	char date[DATE_TEXT];

	note_add(self, claim->overdue == 1 ? '!' : 0, claim,
		 arena_printf(arena, format, claim->claim_no,
			      date_format(claim->deadline_on, date)));
	self->row[self->count - 1].claim = true;
}

static void claim_notes(struct overview *self, const struct card *card, struct arena *arena)
{
	const struct record_list *list = CARD_LIST(card, claim_row);
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct claim_row *claim = list->items[i];

		if (claim->state == CLAIM_RETURNED)
			claim_note(self, claim, _("%s was returned: to be completed by %s"), arena);
		else if (claim->overdue == 1 && claim_open(claim))
			claim_note(self, claim, _("%s is overdue since %s"), arena);
	}
}

static void certificate_notes(struct overview *self, const struct card *card, int64_t today,
			      struct arena *arena)
{
	const struct record_list *list = CARD_LIST(card, certificate);
	char date[DATE_TEXT];
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct certificate *c = list->items[i];

		if (c->expires_on != OV_NULL && c->expires_on >= today &&
		    c->expires_on < today + SOON_DAYS)
			note_add(self, '!', c, arena_printf(arena, _("A certificate expires on %s"),
							    date_format(c->expires_on, date)));
	}
}

static void notes_add(struct overview *self, const struct card *card, int64_t today,
		      struct arena *arena)
{
	const struct person *person = CARD_FIRST(card, person);
	const struct student *student = CARD_FIRST(card, student);
	char date[DATE_TEXT];

	claim_notes(self, card, arena);
	certificate_notes(self, card, today, arena);
	if (student && student->status != STUDENT_ACTIVE)
		note_add(self, 0, NULL,
			 arena_printf(arena, _("%s since %s"),
				      enum_label(&student_status_enum, student->status),
				      date_format(student->status_since, date)));
	/* Withheld from this role or never given: only the second is a note. */
	if (person && person->consent_on == OV_NULL && person->mobile)
		note_add(self, 0, NULL, _("No consent to processing is on record"));
	if (!self->count || self->row[self->count - 1].kind != OVERVIEW_NOTE)
		note_add(self, 0, NULL, _("nothing to be done"));
}

static void rows_make(struct overview *self, const struct card *card, int64_t today, int cut,
		      struct arena *arena)
{
	self->count = 0;
	row_add(self, OVERVIEW_PERSON, NULL, "");
	row_add(self, OVERVIEW_STUDY, NULL, N_("Programme"));
	credits_add(self, card);
	certificates_add(self, card, cut > 0 ? 1 : cut < 0 ? 99 : CERTS_SHOWN);
	claims_add(self, card, cut > 2 ? 1 : cut > 1 ? 2 : cut < 0 ? 99 : CLAIMS_SHOWN);
	meetings_add(self, card, today, cut < 0 ? 12 : SLOTS_SHOWN);
	row_add(self, OVERVIEW_WORK, NULL, N_("Work"));
	row_add(self, OVERVIEW_SHIFT, NULL, N_("Shift"));
	notes_add(self, card, today, arena);
}

void overview_make(struct overview *overview, const struct card *card, int64_t today, int rows,
		   struct arena *arena)
{
	int cut;

	overview->count = 0;
	if (!card->id || card->error.code)
		return;
	for (cut = -1; cut <= 3; cut++) {
		rows_make(overview, card, today, cut, arena);
		if ((int)overview->count <= rows)
			return;
	}
}

/* --- one row --- */

/* Terms begin in March and September: the how manieth of them is today's? */
static int term_of(int64_t registered_on, int64_t today)
{
	struct civil a, b;

	if (registered_on == OV_NULL || registered_on > today)
		return 0;
	a = date_to_civil(date_add_months(registered_on, -2));
	b = date_to_civil(date_add_months(today, -2));
	return (b.year - a.year) * 2 + (b.month > 6) - (a.month > 6) + 1;
}

static void study_draw(const struct card *card, int64_t today, const struct canvas *canvas)
{
	struct arena *arena = canvas_arena(canvas);
	const struct programme *programme = CARD_FIRST(card, programme);
	const struct student *student = CARD_FIRST(card, student);
	bool active = student && student->status == STUDENT_ACTIVE;
	int term = active ? term_of(student->registered_on, today) : 0, col;

	col = pair_draw(canvas, 0, 0, "", THEME_VALUE,
			field_shown(&programme_fields, programme, "name", arena));
	col = pair_draw(canvas, 0, col, "", active ? THEME_OK : THEME_WARNING,
			field_shown(&student_fields, student, "status", arena));
	if (term > 0)
		col = pair_draw(canvas, 0, col, "", THEME_VALUE,
				arena_printf(arena, _("term %d"), term));
	pair_draw(canvas, 0, col, _("since"), THEME_VALUE,
		  field_shown(&student_fields, student, "registered_on", arena));
}

static void total_draw(const struct card *card, const struct canvas *canvas)
{
	struct arena *arena = canvas_arena(canvas);
	struct module_credit sum = credit_total(card);
	int64_t have = sum.earned_centi == OV_NULL ? 0 : sum.earned_centi;
	int64_t need = sum.min_centi == OV_NULL ? 0 : sum.min_centi - have;
	int percent = sum.min_centi > 0 ? (int)(have * 100 / sum.min_centi) : 0;
	int wide = canvas->area.cols > 100, bar = wide ? 40 : 18, col = wide ? 49 : 35;

	if (!CARD_LIST(card, module_credit)->count) {
		canvas_put(canvas, 0, 0, THEME_MUTED, "-");
		return;
	}
	canvas_put(canvas, 0, 0, THEME_TEXT, arena_printf(arena, _("transferred %s"),
		   credit_text(sum.transferred_centi, arena)));
	canvas_fit(canvas, 0, col - 12, 11, THEME_HEADING, TEXT_RIGHT,
		   credits_text(have, sum.min_centi, arena));
	canvas_bar(canvas, 0, col, bar, have, sum.min_centi);
	canvas_put(canvas, 0, col + bar + 1, THEME_HEADING,
		   need > 0 ? arena_printf(arena, _("%s needed"), credit_text(need, arena))
			    : arena_printf(arena, "%d%%", percent));
}

/* The first thing that is missing; the card's list has them all. */
static void finding_draw(const struct card *card, const struct canvas *canvas)
{
	const struct record_list *list = CARD_LIST(card, graduation_finding);
	const struct graduation_finding *first = list->items[0];
	const char *text = first->message ? first->message : first->code ? first->code : "";

	if (list->count > 1)
		text = arena_printf(canvas_arena(canvas), _("%s (and %zu more)"), text,
				    list->count - 1);
	canvas_put(canvas, 0, 0, THEME_VALUE, text);
}

static void work_draw(const struct card *card, const struct canvas *canvas)
{
	const struct employment *work = CARD_FIRST(card, employment);
	static const char *const fields[] = { "employer", "plant", "workshop", "post" };
	struct arena *arena = canvas_arena(canvas);
	int col = 0;
	size_t i;

	for (i = 0; work && i < sizeof fields / sizeof fields[0]; i++) {
		const char *text = field_shown(&employment_fields, work, fields[i], arena);

		if (strcmp(text, "-") != 0)
			col = pair_draw(canvas, 0, col, "", THEME_VALUE, text);
	}
	if (!col)
		canvas_put(canvas, 0, 0, THEME_MUTED, _("none known"));
}

const char *claim_who(enum claim_state state, struct arena *arena)
{
	enum claim_event event = claim_forward_event(state);
	const char *who = "";
	int role;

	for (role = 0; role < ROLE_COUNT && event < CLAIM_EVENT_COUNT; role++) {
		struct actor actor = { .user_id = 1, .branch_id = OV_NULL, .roles = 1u << role };

		if (claim_event_open(state, event, &actor))
			who = arena_printf(arena, *who ? "%s, %s" : "%s%s", who,
					   enum_label(&role_enum, role));
	}
	return who;
}

static void claim_draw(const struct claim_row *claim, const struct card *card,
		       const struct canvas *canvas)
{
	struct arena *arena = canvas_arena(canvas);
	int cols = canvas->area.cols, rest = 36;
	enum claim_event event;
	const char *next;

	if (!claim) {
		size_t all = CARD_LIST(card, claim_row)->count;

		canvas_put(canvas, 0, 0, THEME_MUTED,
			   all ? arena_printf(arena, _("none open, %zu closed"), all) : _("none"));
		return;
	}
	event = claim_forward_event((enum claim_state)claim->state);
	next = event == CLAIM_EVENT_COUNT ? "" :
	       arena_printf(arena, _("next: %s, by %s"), enum_label(&claim_event_enum, (int64_t)event),
			    claim_who((enum claim_state)claim->state, arena));
	canvas_fit(canvas, 0, 0, 15, THEME_VALUE, TEXT_LEFT, claim->claim_no);
	canvas_fit(canvas, 0, 16, 12, THEME_WAITING, TEXT_LEFT,
		   enum_label(&claim_state_enum, claim->state));
	canvas_fit(canvas, 0, 29, 6, THEME_VALUE, TEXT_RIGHT,
		   credit_text(claim->proposed_centi, arena));
	if (cols > 100) {
		canvas_fit(canvas, 0, rest + 1, 18, THEME_TEXT, TEXT_LEFT, claim->source);
		rest += 20;
	}
	canvas_fit(canvas, 0, rest + 1, cols - rest - 1, THEME_TEXT, TEXT_LEFT, next);
}

static void certificate_draw(const struct certificate *c, const struct card *card,
			     const struct canvas *canvas)
{
	const struct record_list *types = CARD_LIST(card, certificate_type);
	struct arena *arena = canvas_arena(canvas);
	char issued[DATE_TEXT], expires[DATE_TEXT];
	size_t count = CARD_LIST(card, certificate)->count, i;
	const char *name = "";
	bool good;

	if (!c) {
		canvas_put(canvas, 0, 0, THEME_MUTED, _("none"));
		return;
	}
	for (i = 0; i < types->count; i++) {
		const struct certificate_type *type = types->items[i];

		if (type->id == c->type_id)
			name = type->name ? type->name : type->code;
	}
	good = c->state == CERT_VERIFIED;
	date_format(c->issued_on, issued);
	date_format(c->expires_on, expires);
	canvas_fit(canvas, 0, 0, 26, THEME_VALUE, TEXT_LEFT, name);
	canvas_fit(canvas, 0, 27, 11, good ? THEME_OK : THEME_WARNING, TEXT_LEFT,
		   enum_label(&cert_state_enum, c->state));
	canvas_put(canvas, 0, 39, THEME_TEXT,
		   arena_printf(arena, *expires ? "%s - %s" : "%s%s", issued, expires));
	if (count > 1 && c == CARD_FIRST(card, certificate))
		canvas_fit(canvas, 0, canvas->area.cols - 10, 9, THEME_MUTED, TEXT_RIGHT,
			   arena_printf(arena, _("%zu in all"), count));
}

static void module_draw(const struct module_credit *module, const struct canvas *canvas)
{
	struct arena *arena = canvas_arena(canvas);
	int64_t have = module->earned_centi == OV_NULL ? 0 : module->earned_centi;
	int64_t need = module->min_centi == OV_NULL ? 0 : module->min_centi - have;
	int cols = canvas->area.cols, name = cols > 100 ? 30 : 16, bar = cols > 100 ? 40 : 18;
	int col = 0;

	canvas_fit(canvas, 0, col, 5, THEME_VALUE, TEXT_LEFT, module->code);
	canvas_fit(canvas, 0, col += 6, name, THEME_TEXT, TEXT_LEFT, module->name);
	canvas_fit(canvas, 0, col += name + 1, 11, THEME_VALUE, TEXT_RIGHT,
		   credits_text(have, module->min_centi, arena));
	canvas_bar(canvas, 0, col += 12, bar, have, module->min_centi);
	col += bar + 1;
	if (need > 0)
		canvas_put(canvas, 0, col, THEME_TEXT,
			   arena_printf(arena, _("%s needed"), credit_text(need, arena)));
	else
		canvas_put(canvas, 0, col, THEME_OK, _("full"));
}

static void cohort_draw(const struct card *card, const struct canvas *canvas)
{
	const struct cohort *cohort = CARD_FIRST(card, cohort);
	struct arena *arena = canvas_arena(canvas);

	if (!cohort) {
		canvas_put(canvas, 0, 0, THEME_MUTED, _("in no cohort"));
		return;
	}
	canvas_put(canvas, 0, 0, THEME_VALUE,
		   arena_printf(arena, "%s  %s", cohort->code, cohort->name ? cohort->name : ""));
}

/* "4T-12H  Mon R  [Tue D]  … 08:00-20:00": this week of the team, today marked. */
static void shift_draw(const struct card *card, int64_t today, const struct canvas *canvas)
{
	const struct employment *work = CARD_FIRST(card, employment);
	const struct shift_pattern *pattern = CARD_FIRST(card, shift_pattern);
	int64_t monday = today - date_weekday(today) + 1, day, from = 0, to = 0;
	struct arena *arena = canvas_arena(canvas);
	int col = 0;

	if (!work || !pattern) {
		canvas_put(canvas, 0, 0, THEME_MUTED, _("none known"));
		return;
	}
	col = pair_draw(canvas, 0, 0, "", THEME_VALUE, pattern->code);
	for (day = monday; day < monday + 7; day++) {
		char letter = shift_day(work, pattern, day, &from, &to);
		const char *name = weekday_name(date_weekday(day));

		if (!letter)
			return;
		col = pair_draw(canvas, 0, col, "", day == today ? THEME_SELECTION : THEME_TEXT,
				arena_printf(arena, day == today ? "[%s %c]" : "%s %c", name, letter)) - 1;
	}
	if (shift_day(work, pattern, today, &from, &to) != 'R')
		canvas_put(canvas, 0, col + 1, THEME_TEXT,
			   arena_printf(arena, "%s-%s", minutes_text(from, arena),
					minutes_text(to, arena)));
}

static void note_draw(const struct overview_row *row, const struct canvas *canvas)
{
	canvas_fit(canvas, 0, 0, canvas->area.cols, row->flag ? THEME_WARNING : THEME_TEXT,
		   TEXT_LEFT, row->text);
}

void overview_draw(const struct overview *overview, size_t at, const struct card *card,
		   const struct revealed_values *clear, int64_t today,
		   const struct canvas *canvas)
{
	const struct overview_row *row = &overview->row[at];
	struct rect right = canvas_area(canvas);
	struct canvas part;

	if (*row->label)
		canvas_fit(canvas, 0, 0, LABEL_CELLS, THEME_LABEL, TEXT_LEFT, _(row->label));
	if (row->kind != OVERVIEW_PERSON)
		rect_take_left(&right, LABEL_CELLS + 1);
	part = canvas_sub(canvas, right);
	switch (row->kind) {
	case OVERVIEW_PERSON: person_draw(card, clear, &part, 0, 0); break;
	case OVERVIEW_STUDY: study_draw(card, today, &part); break;
	case OVERVIEW_TOTAL: total_draw(card, &part); break;
	case OVERVIEW_MODULE: module_draw(row->record, &part); break;
	case OVERVIEW_GRADUATION: finding_draw(card, &part); break;
	case OVERVIEW_CERT: certificate_draw(row->record, card, &part); break;
	case OVERVIEW_CLAIM: claim_draw(row->record, card, &part); break;
	case OVERVIEW_COHORT: cohort_draw(card, &part); break;
	case OVERVIEW_SLOT:
		canvas_put(&part, 0, 0, row->record ? THEME_VALUE : THEME_MUTED,
			   row->record ? slot_text(row->record, canvas_arena(canvas))
				       : _("no meeting in the next four weeks"));
		break;
	case OVERVIEW_WORK: work_draw(card, &part); break;
	case OVERVIEW_SHIFT: shift_draw(card, today, &part); break;
	case OVERVIEW_NOTE: note_draw(row, &part); break;
	}
}
