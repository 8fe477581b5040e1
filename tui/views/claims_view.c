/* The claims pane: the queue by state and age. */
#include <stdlib.h>
#include <string.h>

#include "core/store/store.h"
#include "tui/action.h"
#include "tui/table.h"
#include "tui/views/claim_text.h"
#include "tui/views/dialog_view.h"
#include "tui/views/student_draw.h"
#include "tui/views/views.h"

enum {
	CHANNEL_QUEUE = 1, CHANNEL_CARD,
	QUEUE_MAX = 200,
	TAG_STATE = 1,
	ALL_STATES = CLAIM_STATE_COUNT,
	DETAIL_FROM_ROWS = 36, /* a screen this high shows the claim below its queue */
	DETAIL_ROWS = 20,
	CARD_DELAY_MS = 100
};

struct claims_view {
	struct view view;
	struct arena arena;
	struct page page;
	struct table table;
	int state; /* enum claim_state or ALL_STATES */
	bool asked, loaded, detail;
	struct error error;
	struct card card;
	struct lines lines;
};

struct queue_job {
	int state;
	struct page page;
};

enum {
	COL_NO, COL_NAME, COL_SOURCE, COL_CREDITS, COL_SUBMITTED, COL_DEADLINE,
	COL_STATE, /* last: left out when the queue is of one state */
	COLUMNS
};

static const struct table_column columns[COLUMNS] = {
	{ N_("Claim"), { .min = 14, .want = 14, .keep = 9 }, TEXT_LEFT },
	{ N_("Name"), { .min = 8, .want = 12, .grow = 1, .keep = 8 }, TEXT_LEFT },
	{ N_("Source"), { .min = 8, .want = 14, .grow = 2, .keep = 5 }, TEXT_LEFT },
	{ N_("Credits"), { .min = 7, .want = 7, .keep = 6 }, TEXT_RIGHT },
	{ N_("Submitted"), { .min = 10, .want = 10, .keep = 3 }, TEXT_LEFT },
	{ N_("Deadline"), { .min = 10, .want = 10, .keep = 4 }, TEXT_LEFT },
	{ N_("State"), { .min = 8, .want = 12, .grow = 1, .keep = 7 }, TEXT_LEFT },
};

static const struct claim_row *row_at(const struct claims_view *self, size_t row)
{
	return row < self->page.count ? self->page.records[row] : NULL;
}

static void claims_cell(const void *context, size_t row, size_t column, struct arena *arena,
			struct cell *cell)
{
	const struct claim_row *claim = row_at(context, row);
	char date[DATE_TEXT];

	switch (column) {
	case COL_NO: cell->text = claim->claim_no; break;
	case COL_NAME: cell->text = claim->full_name; break;
	case COL_SOURCE: cell->text = claim->source; break;
	case COL_CREDITS:
		cell->text = credit_text(claim->granted_centi != OV_NULL && claim->granted_centi > 0
						 ? claim->granted_centi : claim->proposed_centi,
					 arena);
		break;
	case COL_STATE: cell->text = enum_label(&claim_state_enum, claim->state); break;
	case COL_SUBMITTED:
		cell->text = arena_strdup(arena, date_format(claim->submitted_on, date));
		break;
	default:
		cell->text = arena_strdup(arena, date_format(claim->deadline_on, date));
		cell->role = claim->overdue == 1 ? THEME_WARNING : THEME_TEXT;
	}
}

static char claims_flag(const void *context, size_t row)
{
	return row_at(context, row)->overdue == 1 ? '!' : 0;
}

/* What this person's desk works on first. */
static int state_of_roles(unsigned roles)
{
	static const struct {
		enum role role;
		enum claim_state state;
	} desks[] = {
		{ ROLE_FRONT_DESK, CLAIM_SUBMITTED }, { ROLE_VERIFIER, CLAIM_ACCEPTED },
		{ ROLE_REVIEWER1, CLAIM_VERIFIED },   { ROLE_EXPERT, CLAIM_EXPERT },
		{ ROLE_REVIEWER2, CLAIM_FIRST_OK },   { ROLE_LEDGER_KEEPER, CLAIM_APPROVED },
		{ ROLE_REGISTRAR, CLAIM_SECOND_OK },
	};
	size_t i;

	for (i = 0; i < sizeof desks / sizeof desks[0]; i++) {
		if (roles & 1u << desks[i].role)
			return (int)desks[i].state;
	}
	return ALL_STATES;
}

/* --- the claim below the queue --- */

static void card_done(struct job *job, struct view *view)
{
	struct claims_view *self = (struct claims_view *)view;

	card_take(&self->card, job);
	claim_text(&self->card, &self->lines);
}

/* Once the marker rests, so that moving it costs few bytes. */
static void claims_wake(struct view *view)
{
	struct claims_view *self = (struct claims_view *)view;
	const struct claim_row *claim = row_at(self, self->table.selected);
	struct card_request request = { .kind = KIND_CREDIT_CLAIM, .from = OV_NULL, .to = OV_NULL };
	struct job *job;

	if (!claim || !self->detail)
		return;
	request.id = claim->id;
	job = card_job(&request);
	job->channel = CHANNEL_CARD;
	job->done = card_done;
	app_submit(view, job);
}

static void claims_moved(struct view *view)
{
	app_wake(view, CARD_DELAY_MS);
}

static void detail_draw(struct claims_view *self, const struct canvas *canvas)
{
	struct rect area = canvas_area(canvas);
	struct canvas part = canvas_sub(canvas, rect_take_top(&area, CLAIM_HEAD_ROWS + 1));

	canvas_rule(&part, 0, NULL);
	part = canvas_sub(&part, (struct rect){ 1, 0, CLAIM_HEAD_ROWS, area.cols });
	if (!self->card.id || !self->table.count)
		return;
	claim_head_draw(&self->card, &part);
	part = canvas_sub(canvas, area);
	self->lines.table.selected = self->lines.table.top = 0;
	lines_draw(&self->lines, &part, self->view.app, false);
}

/* --- asking --- */

static int queue_run(struct job *job, struct store *store)
{
	struct queue_job *ask = job->question;
	struct filter filter = { .field = "state", .op = FILTER_EQ, .number = ask->state };
	struct query query = { .kind = KIND_CLAIM_ROW, .filters = &filter,
			       .filter_count = ask->state == ALL_STATES ? 0 : 1,
			       .order = "submitted_on", .limit = QUEUE_MAX };

	return store_find(store, &query, &job->arena, &ask->page, &job->error);
}

static void queue_done(struct job *job, struct view *view)
{
	struct claims_view *self = (struct claims_view *)view;
	struct queue_job *ask = job->question;

	if (job->result == OV_ECANCELLED)
		return;
	self->loaded = true;
	self->error = job->error;
	self->error.code = job->result;
	if (job->result)
		return;
	self->page = ask->page;
	job_keep(job, &self->arena);
	table_set_count(&self->table, self->page.count);
	claims_moved(view);
}

static void claims_resume(struct view *view)
{
	struct claims_view *self = (struct claims_view *)view;
	struct job *job = job_new(sizeof(struct queue_job));

	if (!self->asked)
		self->state = state_of_roles(app_actor(view->app)->roles);
	self->asked = true;
	((struct queue_job *)job->question)->state = self->state;
	job->run = queue_run;
	job->done = queue_done;
	job->channel = CHANNEL_QUEUE;
	app_submit(view, job);
}

/* --- the view --- */

static void claims_open(struct view *view, const void *arg)
{
	struct claims_view *self = (struct claims_view *)view;

	(void)arg;
	lines_init(&self->lines);
	bundle_init(&self->card.bundle, &self->card.arena);
	self->table = (struct table){ .columns = columns, .column_count = COLUMNS,
				      .cell = claims_cell, .flag = claims_flag,
				      .context = self };
}

static void claims_close(struct view *view)
{
	struct claims_view *self = (struct claims_view *)view;

	lines_release(&self->lines);
	card_release(&self->card);
	arena_release(&self->arena);
}

static const char *state_name(int state)
{
	return state == ALL_STATES ? _("all states") : enum_label(&claim_state_enum, state);
}

static void claims_draw(struct view *view, const struct canvas *canvas)
{
	struct claims_view *self = (struct claims_view *)view;
	struct rect area = canvas_area(canvas);
	struct canvas part = canvas_sub(canvas, rect_take_top(&area, 1));
	int col = 1;

	col += canvas_put(&part, 0, col, THEME_LABEL, _("Queue")) + 1;
	col += canvas_put(&part, 0, col, THEME_MUTED, "<") + 1;
	col += canvas_put(&part, 0, col, THEME_HEADING, state_name(self->state)) + 1;
	col += canvas_put(&part, 0, col, THEME_MUTED, ">") + 2;
	if (self->error.code)
		canvas_put(&part, 0, col, THEME_REFUSED, self->error.message);
	else if (self->loaded)
		canvas_printf(&part, 0, col, THEME_MUTED, self->page.next
			      ? _("first %zu claims") : _("%zu claims"), self->page.count);
	part = canvas_sub(canvas, rect_take_top(&area, 1));
	canvas_rule(&part, 0, NULL);
	self->detail = canvas->area.rows >= DETAIL_FROM_ROWS;
	if (self->detail) {
		part = canvas_sub(canvas, rect_take_bottom(&area, DETAIL_ROWS));
		detail_draw(self, &part);
	}
	part = canvas_sub(canvas, area);
	self->table.column_count = self->state == ALL_STATES ? COLUMNS : COLUMNS - 1;
	table_draw(&self->table, &part, view->app, true, true);
	if (self->loaded && !self->table.count) {
		canvas_put(&part, 1, 2, THEME_MUTED, _("Nothing waits in this state"));
		canvas_cursor(&part, 1, 0);
	}
}

static void claims_enter(struct view *view)
{
	struct claims_view *self = (struct claims_view *)view;
	const struct claim_row *claim = row_at(self, self->table.selected);
	struct arena arena = ARENA_INIT;
	int64_t *queue = arena_array(&arena, self->page.count, sizeof *queue);
	struct thing_options options = { .queue = queue, .queue_count = self->page.count,
					 .queue_at = self->table.selected };
	size_t i;

	for (i = 0; i < self->page.count; i++)
		queue[i] = row_at(self, i)->id;
	if (claim) {
		options.id = claim->id;
		options.name = claim->claim_no;
		app_push(view->app, &claim_class, &options);
	}
	arena_release(&arena);
}

static struct table *claims_list(struct view *view)
{
	return &((struct claims_view *)view)->table;
}

static void state_set(struct claims_view *self, int state)
{
	self->state = state;
	self->loaded = false;
	self->page.count = 0;
	self->table.selected = self->table.top = 0;
	table_set_count(&self->table, 0);
	claims_resume(&self->view);
}

void claims_next_state(struct app *app, struct view *view)
{
	struct claims_view *self = (struct claims_view *)view;

	(void)app;
	state_set(self, (self->state + 1) % (ALL_STATES + 1));
}

void claims_previous_state(struct app *app, struct view *view)
{
	struct claims_view *self = (struct claims_view *)view;

	(void)app;
	state_set(self, (self->state + ALL_STATES) % (ALL_STATES + 1));
}

void claims_pick_state(struct app *app, struct view *view)
{
	const char *items[ALL_STATES + 1];
	struct pick_options pick = { .title = N_("Claims in which state?"), .items = items,
				     .count = ALL_STATES + 1,
				     .selected = (size_t)((struct claims_view *)view)->state };
	int i;

	(void)app;
	for (i = 0; i <= ALL_STATES; i++)
		items[i] = state_name(i);
	app_ask(view, TAG_STATE, &pick_class, &pick);
}

static void claims_answer(struct view *view, int tag, const struct view_answer *answer)
{
	if (tag == TAG_STATE && answer->ok)
		state_set((struct claims_view *)view, (int)answer->index);
}

const struct view_class claims_class = {
	.name = "claims", .title = N_("Credit claims"),
	.contexts = CTX_PANE | CTX_LIST | CTX_CLAIMS, .size = sizeof(struct claims_view),
	.open = claims_open, .close = claims_close, .draw = claims_draw,
	.list = claims_list, .enter = claims_enter, .answer = claims_answer,
	.resume = claims_resume, .moved = claims_moved, .wake = claims_wake,
};
