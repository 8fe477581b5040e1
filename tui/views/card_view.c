/* The learner's card: who it is, and one of five lists about them. */
#include <stdio.h>
#include <string.h>

#include "tui/action.h"
#include "tui/table.h"
#include "tui/views/command_view.h"
#include "tui/views/dialog_view.h"
#include "tui/views/student_draw.h"
#include "tui/views/views.h"

enum section { SECTION_CLAIMS, SECTION_CREDITS, SECTION_WEEK, SECTION_CERTIFICATES,
	       SECTION_GRADUATION, SECTIONS };
enum { TAG_REVEAL, TAG_CLAIM, TAG_FIELD };

struct card_view {
	struct view view;
	struct card card;
	struct table table;
	enum section section;
	int64_t id;
	char name[128];
	struct arena clear_arena;
	struct revealed_values clear;
};

static const char *const section_names[SECTIONS] = {
	N_("Claims"), N_("Credits"), N_("Week"), N_("Certificates"), N_("Graduation"),
};

static const struct table_column claim_columns[] = {
	{ N_("Claim"), { .min = 14, .want = 14, .keep = 9 }, TEXT_LEFT },
	{ N_("State"), { .min = 10, .want = 14, .keep = 8 }, TEXT_LEFT },
	{ N_("Source"), { .min = 10, .want = 16, .grow = 1, .keep = 6 }, TEXT_LEFT },
	{ N_("Proposed"), { .min = 8, .want = 8, .keep = 5 }, TEXT_RIGHT },
	{ N_("Granted"), { .min = 7, .want = 8, .keep = 4 }, TEXT_RIGHT },
	{ N_("Submitted"), { .min = 10, .want = 10, .keep = 3 }, TEXT_LEFT },
	{ N_("Deadline"), { .min = 10, .want = 10, .keep = 2 }, TEXT_LEFT },
};

static const struct table_column line_columns[] = {
	{ "", { .min = 20, .want = 60, .grow = 1 }, TEXT_LEFT },
};

static void claim_cell(const struct claim_row *claim, size_t column, struct arena *arena,
		       struct cell *cell)
{
	char date[DATE_TEXT];

	switch (column) {
	case 0: cell->text = claim->claim_no; break;
	case 1:
		cell->text = enum_label(&claim_state_enum, claim->state);
		cell->role = claim->state != OV_NULL &&
			     claim_state_open((enum claim_state)claim->state) ? THEME_WAITING
									       : THEME_TEXT;
		break;
	case 2: cell->text = claim->source; break;
	case 3: cell->text = credit_text(claim->proposed_centi, arena); break;
	case 4: cell->text = credit_text(claim->granted_centi, arena); break;
	case 5: cell->text = arena_strdup(arena, date_format(claim->submitted_on, date)); break;
	default: cell->text = arena_strdup(arena, date_format(claim->deadline_on, date));
	}
}

static const char *module_line(const struct module_credit *m, struct arena *arena)
{
	int64_t have = m->earned_centi == OV_NULL ? 0 : m->earned_centi;

	return arena_printf(arena, _("%s of %s, transferred %s of at most %s"),
			    credit_text(have, arena), credit_text(m->min_centi, arena),
			    credit_text(m->transferred_centi, arena),
			    credit_text(m->transfer_max_centi, arena));
}

static const char *certificate_line(const struct card_view *self, const struct certificate *c,
				    struct arena *arena)
{
	const struct record_list *types = CARD_LIST(&self->card, certificate_type);
	const char *name = "";
	char issued[DATE_TEXT], expires[DATE_TEXT];
	size_t i;

	for (i = 0; i < types->count; i++) {
		const struct certificate_type *type = types->items[i];

		if (type->id == c->type_id)
			name = type->name ? type->name : type->code;
	}
	date_format(c->issued_on, issued);
	date_format(c->expires_on, expires);
	return arena_printf(arena, "%s  %s  %s  %s%s", name,
			    enum_label(&cert_state_enum, c->state), issued,
			    *expires ? _("valid until ") : "", expires);
}

/* The records of the section shown. */
static const struct record_list *section_list(const struct card_view *self)
{
	switch (self->section) {
	case SECTION_CLAIMS: return CARD_LIST(&self->card, claim_row);
	case SECTION_CREDITS: return CARD_LIST(&self->card, module_credit);
	case SECTION_WEEK: return CARD_LIST(&self->card, session_slot);
	case SECTION_CERTIFICATES: return CARD_LIST(&self->card, certificate);
	default: return CARD_LIST(&self->card, graduation_finding);
	}
}

static void card_cell(const void *context, size_t row, size_t column, struct arena *arena,
		      struct cell *cell)
{
	const struct card_view *self = context;
	const void *record = section_list(self)->items[row];
	const struct graduation_finding *finding = record;

	switch (self->section) {
	case SECTION_CLAIMS:
		claim_cell(record, column, arena, cell);
		break;
	case SECTION_CREDITS:
		cell->text = module_line(record, arena); /* the bar is drawn over it */
		break;
	case SECTION_WEEK:
		cell->text = slot_text(record, arena);
		break;
	case SECTION_CERTIFICATES:
		cell->text = certificate_line(self, record, arena);
		break;
	default:
		cell->text = finding->message ? finding->message : finding->code;
	}
}

static char card_flag(const void *context, size_t row)
{
	const struct card_view *self = context;
	const void *record = section_list(self)->items[row];

	if (self->section == SECTION_CLAIMS)
		return ((const struct claim_row *)record)->overdue == 1 ? '!' : 0;
	if (self->section == SECTION_WEEK)
		return ((const struct session_slot *)record)->conflicts > 0 ? '!' : 0;
	return 0;
}

static void section_set(struct card_view *self, enum section section)
{
	self->section = section;
	self->table.columns = section == SECTION_CLAIMS ? claim_columns : line_columns;
	self->table.column_count = section == SECTION_CLAIMS
					   ? sizeof claim_columns / sizeof claim_columns[0] : 1;
	self->table.selected = self->table.top = 0;
	table_set_count(&self->table, section_list(self)->count);
}

/* --- the answer --- */

static void card_done(struct job *job, struct view *view)
{
	struct card_view *self = (struct card_view *)view;
	const struct person *person;

	card_take(&self->card, job);
	person = self->card.id ? CARD_FIRST(&self->card, person) : NULL;
	if (person && person->full_name)
		snprintf(self->name, sizeof self->name, "%.120s", person->full_name);
	table_set_count(&self->table, section_list(self)->count);
}

static void card_resume(struct view *view)
{
	struct card_view *self = (struct card_view *)view;
	struct card_request request = { .kind = KIND_STUDENT, .id = self->id, .from = OV_NULL,
					.to = OV_NULL };
	struct job *job = card_job(&request);

	job->channel = 1;
	job->done = card_done;
	app_submit(view, job);
}

static void card_open(struct view *view, const void *arg)
{
	struct card_view *self = (struct card_view *)view;
	const struct thing_options *options = arg;

	self->id = options->id;
	snprintf(self->name, sizeof self->name, "%.120s", options->name ? options->name : "");
	bundle_init(&self->card.bundle, &self->card.arena);
	self->table = (struct table){ .cell = card_cell, .flag = card_flag, .context = self };
	section_set(self, SECTION_CLAIMS);
}

static void card_mask(struct view *view)
{
	struct card_view *self = (struct card_view *)view;

	const char *const *clear = (const char *const *)&self->clear;
	size_t i;

	/* Gone from memory, too. */
	for (i = 0; i < sizeof self->clear / sizeof *clear; i++) {
		if (clear[i])
			explicit_bzero((char *)(uintptr_t)clear[i], strlen(clear[i]));
	}
	memset(&self->clear, 0, sizeof self->clear);
	arena_release(&self->clear_arena);
	app_wake(view, 0);
}

static void card_close(struct view *view)
{
	card_mask(view);
	card_release(&((struct card_view *)view)->card);
}

/* --- drawing --- */

static void tabs_draw(struct card_view *self, const struct canvas *canvas)
{
	struct arena *arena = canvas_arena(canvas);
	int col = 1, i;

	canvas_rule(canvas, 0, NULL);
	for (i = 0; i < SECTIONS; i++) {
		bool here = i == (int)self->section;

		col += canvas_put(canvas, 0, col, here ? THEME_SELECTION : THEME_LABEL,
				  arena_printf(arena, here ? "[%d %s]" : " %d %s ", i + 1,
					       _(section_names[i])));
	}
}

static void modules_draw(struct card_view *self, const struct canvas *canvas)
{
	const struct record_list *list = CARD_LIST(&self->card, module_credit);
	int row;

	/* Drawn over the table's rows, which keep the marker and the scroll. */
	table_draw(&self->table, canvas, self->view.app, false, true);
	for (row = 0; row < canvas->area.rows; row++) {
		size_t at = self->table.top + (size_t)row;
		struct canvas part = canvas_sub(canvas, (struct rect){ row, 2, 1,
								       canvas->area.cols - 2 });

		if (at >= list->count)
			break;
		canvas_clear(&part, THEME_TEXT);
		module_credit_draw(list->items[at], &part, 0);
	}
}

static void card_draw(struct view *view, const struct canvas *canvas)
{
	struct card_view *self = (struct card_view *)view;
	struct rect area = canvas_area(canvas);
	struct canvas part = canvas_sub(canvas, rect_take_top(&area, STUDENT_SUMMARY_ROWS));
	bool claims = self->section == SECTION_CLAIMS;

	student_summary_draw(&self->card, &self->clear, clock_today(app_clock(view->app)), &part);
	part = canvas_sub(canvas, rect_take_top(&area, 1));
	tabs_draw(self, &part);
	part = canvas_sub(canvas, area);
	if (self->section == SECTION_CREDITS)
		modules_draw(self, &part);
	else
		table_draw(&self->table, &part, view->app, claims, true);
	if (!self->table.count && self->card.id) {
		canvas_put(&part, claims ? 1 : 0, 2, THEME_MUTED, _("Nothing here"));
		canvas_cursor(&part, 0, 0);
	}
}

static const char *card_status(struct view *view, struct arena *arena)
{
	return arena_strdup(arena, ((struct card_view *)view)->name);
}

/* --- keys --- */

static bool card_key(struct view *view, key_press key)
{
	if (key < '1' || key >= '1' + SECTIONS)
		return false;
	section_set((struct card_view *)view, (enum section)(key - '1'));
	return true;
}

void card_next_section(struct app *app, struct view *view)
{
	struct card_view *self = (struct card_view *)view;

	(void)app;
	section_set(self, (enum section)((self->section + 1) % SECTIONS));
}

void card_credits(struct app *app, struct view *view)
{
	(void)app;
	section_set((struct card_view *)view, SECTION_CREDITS);
}

void account_show(struct app *app, struct view *view)
{
	struct card_view *self = (struct card_view *)view;
	struct thing_options options = { .id = self->id, .name = self->name };

	app_push(app, &account_class, &options);
}

void route_show(struct app *app, struct view *view)
{
	struct card_view *self = (struct card_view *)view;
	struct thing_options options = { .id = self->id, .name = self->name };

	app_push(app, &route_class, &options);
}

void card_week(struct app *app, struct view *view)
{
	(void)app;
	section_set((struct card_view *)view, SECTION_WEEK);
}

static void card_enter(struct view *view)
{
	struct card_view *self = (struct card_view *)view;
	const struct record_list *list = section_list(self);
	struct thing_options options = { .id = 0 };

	if (self->section != SECTION_CLAIMS || self->table.selected >= list->count)
		return;
	options.id = ((const struct claim_row *)list->items[self->table.selected])->id;
	options.name = ((const struct claim_row *)list->items[self->table.selected])->claim_no;
	app_push(view->app, &claim_class, &options);
}

static struct table *card_list(struct view *view)
{
	return &((struct card_view *)view)->table;
}

void card_new_claim(struct app *app, struct view *view)
{
	struct card_view *self = (struct card_view *)view;
	char id[24];
	struct command_preset student = { .name = "student_id", .text = id, .shown = self->name,
					  .fixed = true };
	struct command_options options = { .about = self->name, .presets = &student,
					   .preset_count = 1, .rev = OV_NULL };

	(void)app;
	snprintf(id, sizeof id, "%lld", (long long)self->id);
	command_open(view, TAG_CLAIM, "claim.create", &options);
}

/* --- reveal: asks for a reason, is recorded, and hides itself again --- */

/* What can be shown in clear: person's fields and their labels. */
static const struct {
	const char *field, *label;
} revealable[] = {
	{ "doc_no", N_("Document number") },
	{ "mobile", N_("Mobile") },
	{ "birth_date", N_("Born") },
};

enum { REVEALABLE = sizeof revealable / sizeof revealable[0] };

void card_reveal(struct app *app, struct view *view)
{
	struct card_view *self = (struct card_view *)view;
	const char *items[REVEALABLE];
	struct pick_options pick = { .title = N_("Show which value?"), .items = items,
				     .count = REVEALABLE };
	size_t i;

	(void)app;
	if (!self->card.id || !CARD_FIRST(&self->card, person))
		return;
	for (i = 0; i < REVEALABLE; i++)
		items[i] = _(revealable[i].label);
	app_ask(view, TAG_FIELD, &pick_class, &pick);
}

static void reveal_ask(struct card_view *self, size_t which)
{
	const struct person *person = CARD_FIRST(&self->card, person);
	struct command_preset field = { .name = "field", .text = revealable[which].field,
					.shown = _(revealable[which].label), .fixed = true };
	struct command_options options = { .target = person->id, .rev = person->rev,
					   .about = self->name, .presets = &field,
					   .preset_count = 1 };

	command_open(&self->view, TAG_REVEAL, "pii.reveal", &options);
}

static void reveal_take(struct card_view *self, const struct outcome *outcome)
{
	const struct record_list *list = bundle_list(&outcome->records, &revealed_fields);
	int seconds = app_options(self->view.app)->reveal_seconds;
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct revealed *value = list->items[i];
		const char *text = arena_strdup(&self->clear_arena, value->value);

		if (!value->field)
			continue;
		if (strcmp(value->field, "doc_no") == 0)
			self->clear.doc_no = text;
		else if (strcmp(value->field, "mobile") == 0)
			self->clear.mobile = text;
		else if (strcmp(value->field, "birth_date") == 0)
			self->clear.birth_date = text;
	}
	app_wake(&self->view, (seconds > 0 ? seconds : 60) * 1000);
}

static void card_answer(struct view *view, int tag, const struct view_answer *answer)
{
	struct card_view *self = (struct card_view *)view;

	if (!answer->ok)
		return;
	if (tag == TAG_REVEAL && answer->outcome)
		reveal_take(self, answer->outcome);
	else if (tag == TAG_FIELD && answer->index < REVEALABLE && self->card.id)
		reveal_ask(self, answer->index);
}

const struct view_class card_class = {
	.name = "card", .title = N_("Learner"),
	.contexts = CTX_PANE | CTX_LIST | CTX_CARD, .size = sizeof(struct card_view),
	.open = card_open, .close = card_close, .draw = card_draw, .key = card_key,
	.list = card_list, .enter = card_enter, .answer = card_answer, .resume = card_resume,
	.wake = card_mask, .mask = card_mask, .status = card_status,
};
