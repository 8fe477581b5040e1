/* The learner's card: all that a desk answers on one screen, and lists of it. */
#include <stdio.h>
#include <string.h>

#include "tui/action.h"
#include "tui/recent.h"
#include "tui/table.h"
#include "tui/views/card_cells.h"
#include "tui/views/card_overview.h"
#include "tui/views/command_view.h"
#include "tui/views/dialog_view.h"
#include "tui/views/feed_view.h"
#include "tui/views/print_view.h"
#include "tui/views/student_draw.h"
#include "tui/views/views.h"

enum section { SECTION_ALL, SECTION_CLAIMS, SECTION_CREDITS, SECTION_WEEK, SECTION_CERTIFICATES,
	       SECTION_GRADUATION, SECTIONS };
enum { TAG_REVEAL, TAG_CLAIM, TAG_FIELD, TAG_WORK };
enum { DAYS_AHEAD = 28 /* of the meetings shown, from Monday on */ };

struct card_view {
	struct view view;
	struct card card;
	struct table table;
	enum section section;
	struct overview overview;
	struct arena notes; /* of the overview */
	int overview_rows;  /* for which it was made */
	bool claim_made;    /* just now: the marker goes to it */
	int64_t id;
	char name[128];
	struct arena clear_arena;
	struct revealed_values clear;
};

static const char *const section_names[SECTIONS] = {
	N_("Card"), N_("Claims"), N_("Credits"), N_("Week"), N_("Certificates"), N_("Graduation"),
};

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
	const struct graduation_finding *finding;
	const void *record;

	if (self->section == SECTION_ALL)
		return; /* drawn over it */
	record = finding = section_list(self)->items[row];
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
		cell->text = certificate_line(&self->card, record, arena);
		break;
	default:
		cell->text = finding->message ? finding->message : finding->code;
	}
}

static char card_flag(const void *context, size_t row)
{
	const struct card_view *self = context;
	const void *record;

	if (self->section == SECTION_ALL)
		return self->overview.row[row].flag;
	record = section_list(self)->items[row];
	if (self->section == SECTION_CLAIMS)
		return ((const struct claim_row *)record)->overdue == 1 ? '!' : 0;
	if (self->section == SECTION_WEEK)
		return ((const struct session_slot *)record)->conflicts > 0 ? '!' : 0;
	return 0;
}

/* Rows of the section shown. */
static size_t section_count(const struct card_view *self)
{
	return self->section == SECTION_ALL ? self->overview.count : section_list(self)->count;
}

/* Made anew when the answer comes and when the screen has another height. */
static void overview_update(struct card_view *self, int rows)
{
	bool any = self->section == SECTION_ALL && self->table.selected < self->overview.count;
	struct overview_row at = { .record = NULL };
	size_t i;

	if (any)
		at = self->overview.row[self->table.selected];
	self->overview_rows = rows;
	arena_release(&self->notes);
	overview_make(&self->overview, &self->card, clock_today(app_clock(self->view.app)), rows,
		      &self->notes);
	if (self->section == SECTION_ALL)
		table_set_count(&self->table, self->overview.count);
	/* The marker stays with its record when rows give way. */
	for (i = 0; any && at.record && i < self->overview.count; i++) {
		if (self->overview.row[i].record == at.record && self->overview.row[i].kind == at.kind)
			table_select(&self->table, i);
	}
}

static void section_set(struct card_view *self, enum section section)
{
	self->section = section;
	self->table.columns = section == SECTION_CLAIMS ? claim_columns : line_columns;
	self->table.column_count = section == SECTION_CLAIMS ? CLAIM_COLUMNS : 1;
	self->table.selected = self->table.top = 0;
	table_set_count(&self->table, section_count(self));
}

/* --- the answer --- */

/* The marker begins on the claim under way, if there is one: Enter opens it. */
static void claim_mark(struct card_view *self)
{
	size_t i;

	for (i = 0; self->section == SECTION_ALL && i < self->overview.count; i++) {
		if (self->overview.row[i].kind == OVERVIEW_CLAIM && self->overview.row[i].record) {
			table_select(&self->table, i);
			return;
		}
	}
}

static void card_done(struct job *job, struct view *view)
{
	struct card_view *self = (struct card_view *)view;
	const struct person *person;
	bool first = !self->card.id || self->claim_made;

	card_take(&self->card, job);
	person = self->card.id ? CARD_FIRST(&self->card, person) : NULL;
	if (person && person->full_name)
		snprintf(self->name, sizeof self->name, "%.120s", person->full_name);
	overview_update(self, self->overview_rows);
	table_set_count(&self->table, section_count(self));
	if (first)
		claim_mark(self);
	self->claim_made = false;
}

static void card_resume(struct view *view)
{
	struct card_view *self = (struct card_view *)view;
	int64_t today = clock_today(app_clock(view->app));
	struct card_request request = { .kind = KIND_STUDENT, .id = self->id };
	struct job *job;

	request.from = today - date_weekday(today) + 1;
	request.to = request.from + DAYS_AHEAD;
	job = card_job(&request);

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
	section_set(self, SECTION_ALL);
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
	arena_release(&((struct card_view *)view)->notes);
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

/* All of it: the rows are drawn over the table's, which keep marker and scroll. */
static void all_draw(struct card_view *self, const struct canvas *canvas)
{
	int64_t today = clock_today(app_clock(self->view.app));
	int row;

	if (canvas->area.rows != self->overview_rows)
		overview_update(self, canvas->area.rows);
	table_draw(&self->table, canvas, self->view.app, false, true);
	for (row = 0; row < canvas->area.rows; row++) {
		size_t at = self->table.top + (size_t)row;
		struct canvas part = canvas_sub(canvas, (struct rect){ row, 2, 1,
								       canvas->area.cols - 2 });

		if (at < self->overview.count)
			overview_draw(&self->overview, at, &self->card, &self->clear, today, &part);
	}
	if (self->card.error.code)
		canvas_put(canvas, 0, 1, THEME_REFUSED, self->card.error.message);
}

static void list_draw(struct card_view *self, const struct canvas *canvas)
{
	bool claims = self->section == SECTION_CLAIMS;

	if (self->section == SECTION_CREDITS)
		modules_draw(self, canvas);
	else
		table_draw(&self->table, canvas, self->view.app, claims, true);
	if (!self->table.count && self->card.id) {
		canvas_put(canvas, claims ? 1 : 0, 2, THEME_MUTED, _("Nothing here"));
		canvas_cursor(canvas, 0, 0);
	}
}

static void card_draw(struct view *view, const struct canvas *canvas)
{
	struct card_view *self = (struct card_view *)view;
	struct rect area = canvas_area(canvas);
	int summary = self->section == SECTION_ALL ? 0 : STUDENT_SUMMARY_ROWS;
	struct canvas part = canvas_sub(canvas, rect_take_top(&area, summary));

	if (summary)
		student_summary_draw(&self->card, &self->clear, clock_today(app_clock(view->app)),
				     &part);
	part = canvas_sub(canvas, rect_take_top(&area, 1));
	tabs_draw(self, &part);
	part = canvas_sub(canvas, area);
	if (self->section == SECTION_ALL)
		all_draw(self, &part);
	else
		list_draw(self, &part);
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

void card_pin(struct app *app, struct view *view)
{
	app_say(app, THEME_OK, recent_pin(app_recent(app), ((struct card_view *)view)->id)
				       ? _("Kept on top of the list before a key is typed")
				       : _("No longer kept on top"));
}

void card_grid(struct app *app, struct view *view)
{
	const struct student *student = CARD_FIRST(&((struct card_view *)view)->card, student);
	struct arena arena = ARENA_INIT;
	struct thing_options options = { .name = ((struct card_view *)view)->name };

	if (student) {
		options.key = arena_printf(&arena, "student:%s", student->student_no);
		app_push(app, &week_class, &options);
	}
	arena_release(&arena);
}

void card_feed(struct app *app, struct view *view)
{
	const struct card_view *self = (const struct card_view *)view;

	(void)app;
	feed_ask(view, "student_id", self->id, self->name);
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

static void claim_show(struct card_view *self, const struct claim_row *claim)
{
	struct thing_options options = { .id = claim->id, .name = claim->claim_no };

	app_push(self->view.app, &claim_class, &options);
}

static void cohort_show(struct card_view *self)
{
	const struct cohort *cohort = CARD_FIRST(&self->card, cohort);
	struct thing_options options = { .id = cohort ? cohort->id : 0,
					 .name = cohort ? cohort->code : NULL };

	if (cohort)
		app_push(self->view.app, &week_class, &options);
}

static void work_show(struct card_view *self)
{
	const struct person *person = CARD_FIRST(&self->card, person);
	struct command_options options = { .target = person ? person->id : 0,
					   .rev = person ? person->rev : OV_NULL,
					   .about = self->name };

	if (person)
		command_open(&self->view, TAG_WORK, "person.employ", &options);
}

/* A note stands for the claim or the certificates it speaks of, else for the
 * account of the learner's time here. */
static void note_show(struct card_view *self, const struct overview_row *row)
{
	if (row->claim)
		claim_show(self, row->record);
	else if (row->record)
		section_set(self, SECTION_CERTIFICATES);
	else if (route_may(self->view.app, &self->view))
		route_show(self->view.app, &self->view);
}

/* Opens what row AT of the overview stands for. */
static void overview_open(struct card_view *self, size_t at)
{
	const struct overview_row *row = &self->overview.row[at];
	struct app *app = self->view.app;

	switch (row->kind) {
	case OVERVIEW_PERSON: card_reveal(app, &self->view); break;
	case OVERVIEW_STUDY:
		if (route_may(app, &self->view))
			route_show(app, &self->view);
		break;
	case OVERVIEW_TOTAL:
		if (ledger_may(app, &self->view))
			account_show(app, &self->view);
		break;
	case OVERVIEW_MODULE: section_set(self, SECTION_CREDITS); break;
	case OVERVIEW_GRADUATION: section_set(self, SECTION_GRADUATION); break;
	case OVERVIEW_CERT: section_set(self, SECTION_CERTIFICATES); break;
	case OVERVIEW_CLAIM:
		if (row->record)
			claim_show(self, row->record);
		else
			section_set(self, SECTION_CLAIMS);
		break;
	case OVERVIEW_COHORT: case OVERVIEW_SLOT: cohort_show(self); break;
	case OVERVIEW_WORK: work_show(self); break;
	case OVERVIEW_SHIFT: section_set(self, SECTION_WEEK); break;
	case OVERVIEW_NOTE: note_show(self, row); break;
	}
}

static void card_enter(struct view *view)
{
	struct card_view *self = (struct card_view *)view;
	const struct record_list *list = section_list(self);

	if (self->section == SECTION_ALL && self->table.selected < self->overview.count)
		overview_open(self, self->table.selected);
	else if (self->section == SECTION_CLAIMS && self->table.selected < list->count)
		claim_show(self, list->items[self->table.selected]);
}

static struct table *card_list(struct view *view)
{
	return &((struct card_view *)view)->table;
}

void card_new_claim(struct app *app, struct view *view)
{
	const struct card_view *self = (const struct card_view *)view;

	(void)app;
	command_open_of(view, TAG_CLAIM, "claim.create", "student_id", self->id, self->name);
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
	if (tag == TAG_CLAIM) {
		self->claim_made = true;
		card_resume(view);
	}
	if (tag == TAG_REVEAL && answer->outcome)
		reveal_take(self, answer->outcome);
	else if (tag == TAG_FIELD && answer->index < REVEALABLE && self->card.id)
		reveal_ask(self, answer->index);
}

void card_print(struct app *app, struct view *view)
{
	const struct student *student = CARD_FIRST(&((struct card_view *)view)->card, student);

	(void)app;
	print_open(view, KIND_STUDENT, student ? student->student_no : NULL);
}

/* The claim's number on its row, else the learner's; the row with document
 * number and phone is personal, and so are certificates. */
static const char *card_copy(struct view *view, struct arena *arena, const char **why)
{
	struct card_view *self = (struct card_view *)view;
	const struct student *student = CARD_FIRST(&self->card, student);
	const struct overview_row *row = self->table.selected < self->overview.count
						 ? &self->overview.row[self->table.selected] : NULL;
	bool all = self->section == SECTION_ALL;
	const struct claim_row *claim = NULL;

	(void)arena;
	if ((all && row && (row->kind == OVERVIEW_PERSON || row->kind == OVERVIEW_CERT ||
			    row->kind == OVERVIEW_WORK)) || self->section == SECTION_CERTIFICATES)
		*why = _("This row is personal, so it isn't copied; other rows give the numbers");
	else if (all && row && row->kind == OVERVIEW_CLAIM)
		claim = row->record;
	else if (self->section == SECTION_CLAIMS && self->table.selected < section_list(self)->count)
		claim = section_list(self)->items[self->table.selected];
	if (*why)
		return NULL;
	return claim ? claim->claim_no : self->card.id && student ? student->student_no : NULL;
}

const struct view_class card_class = {
	.name = "card", .title = N_("Learner"),
	.contexts = CTX_PANE | CTX_LIST | CTX_CARD, .size = sizeof(struct card_view),
	.open = card_open, .close = card_close, .draw = card_draw, .key = card_key,
	.list = card_list, .enter = card_enter, .answer = card_answer, .resume = card_resume,
	.wake = card_mask, .mask = card_mask, .status = card_status,
	.copy = card_copy,
};
