/* The claims pane: the review desk. Queues with their counts, the list of one
 * of them, and below it the claim the marker is on, ready to be decided. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/store.h"
#include "tui/action.h"
#include "tui/table.h"
#include "tui/views/claim_part.h"
#include "tui/views/dialog_view.h"
#include "tui/views/queues.h"
#include "tui/views/student_draw.h"
#include "tui/views/views.h"

enum {
	CHANNEL_QUEUE = 1, CHANNEL_COUNTS,
	QUEUE_ROWS_MAX = STORE_LIMIT_MAX,
	TAG_QUEUE = 1, TAG_FIND,
	DETAIL_FROM_ROWS = 19, /* a body this high shows the claim below its queue */
	SOON_DAYS = 1,
	CARD_DELAY_MS = 100
};

struct claims_view {
	struct view view;
	struct arena arena;
	struct page page;
	struct table table;
	struct queues queues;
	int queue;       /* queues.h */
	char found[40];  /* the number looked for, in QUEUE_FOUND */
	int64_t keep_id; /* stays selected when the list is read again */
	bool loaded;
	struct error error;
	struct claim_part part; /* the claim below the queue; shown when `detail` */
	bool detail;
	struct table_column columns[8];
};

struct queue_job {
	int queue;
	const char *text;
	struct page page;
};

enum { COL_NO, COL_NAME, COL_SOURCE, COL_CREDITS, COL_AGE, COL_DUE, COL_STATE, COLUMNS };

static const struct table_column columns[COLUMNS] = {
	{ N_("Claim"), { .min = 14, .want = 14, .keep = 9 }, TEXT_LEFT },
	{ N_("Name"), { .min = 8, .want = 12, .grow = 1, .keep = 8 }, TEXT_LEFT },
	{ N_("Source"), { .min = 8, .want = 12, .grow = 2, .keep = 5 }, TEXT_LEFT },
	{ N_("Credits"), { .min = 7, .want = 7, .keep = 6 }, TEXT_RIGHT },
	{ N_("Age"), { .min = 5, .want = 6, .keep = 4 }, TEXT_RIGHT },
	{ N_("Deadline"), { .min = 11, .want = 12, .keep = 5 }, TEXT_LEFT },
	{ N_("State"), { .min = 8, .want = 12, .grow = 1, .keep = 7 }, TEXT_LEFT },
};

static const struct claim_row *row_at(const struct claims_view *self, size_t row)
{
	return row < self->page.count ? self->page.records[row] : NULL;
}

static size_t mark_find(const struct claim_part *part, int64_t id)
{
	size_t i;

	for (i = 0; i < part->mark_count && part->marks[i].id != id; i++)
		continue;
	return i;
}

/* "03-14 5d": the day, and how many days are left; "-3d" when it has passed. */
static void due_cell(const struct claims_view *self, const struct claim_row *claim,
		     struct arena *arena, struct cell *cell)
{
	int64_t left = claim->deadline_on - clock_today(app_clock(self->view.app));
	char date[DATE_TEXT];

	if (claim->deadline_on == OV_NULL) {
		cell->text = "";
		return;
	}
	cell->text = arena_printf(arena, _("%s %lldd"), date_format(claim->deadline_on, date) + 5,
				  (long long)left);
	if (claim->overdue == 1)
		cell->role = THEME_WARNING;
	else if (left <= SOON_DAYS)
		cell->role = THEME_WAITING;
}

static void claims_cell(const void *context, size_t row, size_t column, struct arena *arena,
			struct cell *cell)
{
	const struct claims_view *self = context;
	const struct claim_row *claim = row_at(self, row);
	int64_t today = clock_today(app_clock(self->view.app));

	switch (column) {
	case COL_NO: cell->text = claim->claim_no; break;
	case COL_NAME: cell->text = claim->full_name ? claim->full_name : "-"; break;
	case COL_SOURCE:
		cell->text = claim->lines > 1 ? arena_printf(arena, "%s +%d", claim->source,
							     (int)claim->lines - 1)
					      : claim->source;
		break;
	case COL_CREDITS:
		cell->text = credit_text(claim->granted_centi != OV_NULL && claim->granted_centi > 0
						 ? claim->granted_centi : claim->proposed_centi,
					 arena);
		break;
	case COL_AGE:
		cell->text = claim->submitted_on == OV_NULL ? "" :
			arena_printf(arena, _("%lldd"), (long long)(today - claim->submitted_on));
		break;
	case COL_DUE: due_cell(self, claim, arena, cell); break;
	default: cell->text = enum_label(&claim_state_enum, claim->state);
	}
}

static char claims_flag(const void *context, size_t row)
{
	const struct claims_view *self = context;
	const struct claim_row *claim = row_at(self, row);

	if (mark_find(&self->part, claim->id) < self->part.mark_count)
		return '*';
	return claim->overdue == 1 ? '!' : 0;
}

/* --- the claim below the queue --- */

/* Once the marker rests, so that moving it costs few bytes. */
static void claims_wake(struct view *view)
{
	struct claims_view *self = (struct claims_view *)view;
	const struct claim_row *claim = row_at(self, self->table.selected);

	claim_part_ask(&self->part, view, claim ? claim->id : 0);
}

static void claims_moved(struct view *view)
{
	struct claims_view *self = (struct claims_view *)view;
	const struct claim_row *claim = row_at(self, self->table.selected);

	/* A step typed now is meant for this claim, not for the one still shown. */
	claim_part_point(&self->part, claim ? claim->id : 0);
	app_wake(view, CARD_DELAY_MS);
}

/* --- asking --- */

static int queue_run(struct job *job, struct store *store)
{
	struct queue_job *ask = job->question;
	struct filter filter = { .field = "state", .op = FILTER_EQ, .number = ask->queue };
	struct query query = { .kind = KIND_CLAIM_ROW, .filters = &filter, .filter_count = 1,
			       .order = "submitted_on", .limit = QUEUE_ROWS_MAX };

	if (ask->queue == QUEUE_MINE)
		filter = (struct filter){ .field = "mine", .op = FILTER_EQ, .number = 1 };
	else if (ask->queue == QUEUE_FOUND)
		filter = (struct filter){
			.field = strncmp(ask->text, "CL", 2) == 0 ? "claim_no" : "student_no",
			.op = FILTER_EQ, .text = ask->text };
	else if (ask->queue == QUEUE_ALL)
		query.filter_count = 0;
	if (ask->queue == QUEUE_ALL || ask->queue == CLAIM_POSTED) /* the newest first */
		query.descending = true;
	return store_find(store, &query, &job->arena, &ask->page, &job->error);
}

/* Overdue before due soon before the others; then the oldest; drafts last. */
static int64_t urgency(const struct claim_row *row, int64_t today)
{
	return row->overdue == 1 ? 0
	     : row->submitted_on != OV_NULL && row->deadline_on != OV_NULL &&
	       row->deadline_on - today <= SOON_DAYS ? 1
	     : row->submitted_on != OV_NULL ? 2 : 3;
}

struct urgent {
	int64_t urgency, since, id;
	void *record;
};

static int by_urgency(const void *a, const void *b)
{
	const struct urgent *x = a, *y = b;

	if (x->urgency != y->urgency)
		return x->urgency < y->urgency ? -1 : 1;
	if (x->since != y->since)
		return x->since < y->since ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static void sort_mine(struct page *page, int64_t today, struct arena *arena)
{
	struct urgent *list = arena_array(arena, page->count + 1, sizeof *list);
	size_t i;

	for (i = 0; i < page->count; i++) {
		const struct claim_row *row = page->records[i];

		list[i] = (struct urgent){ urgency(row, today), row->submitted_on == OV_NULL
					   ? row->deadline_on : row->submitted_on, row->id,
					   page->records[i] };
	}
	qsort(list, page->count, sizeof *list, by_urgency);
	for (i = 0; i < page->count; i++)
		page->records[i] = list[i].record;
}

static void queue_done(struct job *job, struct view *view)
{
	struct claims_view *self = (struct claims_view *)view;
	struct queue_job *ask = job->question;
	size_t i;

	if (job->result == OV_ECANCELLED)
		return;
	self->loaded = true;
	self->error = job->error;
	self->error.code = job->result;
	if (job->result)
		return;
	if (ask->queue == QUEUE_MINE)
		sort_mine(&ask->page, clock_today(app_clock(view->app)), &job->arena);
	self->page = ask->page;
	job_keep(job, &self->arena);
	table_set_count(&self->table, self->page.count);
	for (i = 0; i < self->page.count; i++) {
		if (row_at(self, i)->id == self->keep_id)
			table_select(&self->table, i);
	}
	claims_wake(view);
}

static int counts_run(struct job *job, struct store *store)
{
	const struct query query = { .kind = KIND_CLAIM_QUEUE };

	return store_find(store, &query, &job->arena, job->question, &job->error);
}

static void counts_done(struct job *job, struct view *view)
{
	struct claims_view *self = (struct claims_view *)view;

	if (job->result == 0)
		queues_take(&self->queues, job->question, self->queue);
}

static void claims_resume(struct view *view)
{
	struct claims_view *self = (struct claims_view *)view;
	const struct claim_row *claim = row_at(self, self->table.selected);
	struct job *job = job_new(sizeof(struct queue_job));
	struct queue_job *ask = job->question;

	self->keep_id = claim ? claim->id : 0;
	ask->queue = self->queue;
	ask->text = arena_strdup(&job->arena, self->found);
	job->run = queue_run;
	job->done = queue_done;
	job->channel = CHANNEL_QUEUE;
	app_submit(view, job);
	job = job_new(sizeof(struct page));
	job->run = counts_run;
	job->done = counts_done;
	job->channel = CHANNEL_COUNTS;
	app_submit(view, job);
}

/* --- the view --- */

static void claims_open(struct view *view, const void *arg)
{
	struct claims_view *self = (struct claims_view *)view;

	(void)arg;
	claim_part_init(&self->part);
	queues_init(&self->queues);
	self->queue = QUEUE_MINE;
	memcpy(self->columns, columns, sizeof columns);
	self->table = (struct table){ .columns = self->columns, .column_count = COLUMNS,
				      .cell = claims_cell, .flag = claims_flag,
				      .context = self };
}

static void claims_close(struct view *view)
{
	struct claims_view *self = (struct claims_view *)view;

	claim_part_release(&self->part);
	arena_release(&self->arena);
}

static void list_draw(struct claims_view *self, const struct canvas *canvas)
{
	self->table.column_count = self->queue >= 0 && self->queue < QUEUE_ALL ? COLUMNS - 1
									       : COLUMNS;
	self->columns[COL_DUE].title = self->queue == CLAIM_NOTICE ? N_("Notice until")
								   : N_("Deadline");
	table_draw(&self->table, canvas, self->view.app, true, true);
	if (self->error.code)
		canvas_put(canvas, 1, 2, THEME_REFUSED, self->error.message);
	else if (self->loaded && !self->table.count)
		canvas_put(canvas, 1, 2, THEME_MUTED, self->queue == QUEUE_MINE
			? _("Nothing waits for you") : _("Nothing waits here"));
	if (!self->table.count)
		canvas_cursor(canvas, 1, 0);
}

static void claims_draw(struct view *view, const struct canvas *canvas)
{
	struct claims_view *self = (struct claims_view *)view;
	struct rect area = canvas_area(canvas);
	struct canvas part = canvas_sub(canvas, rect_take_top(&area, 1));
	int rows;

	queues_draw(&self->queues, &part, self->queue);
	self->detail = area.rows >= DETAIL_FROM_ROWS && !app_low_bandwidth(view->app);
	if (self->detail) {
		/* A third for the list; what it doesn't fill goes to the claim. */
		rows = area.rows / 3 + 1;
		if (rows > (int)self->table.count + 1)
			rows = (int)self->table.count + 1 > 4 ? (int)self->table.count + 1 : 4;
		part = canvas_sub(canvas, rect_take_top(&area, rows));
		list_draw(self, &part);
		part = canvas_sub(canvas, rect_take_top(&area, 1));
		canvas_rule(&part, 0, self->part.mark_count
			? arena_printf(canvas_arena(canvas), _("%zu marked"),
				       self->part.mark_count) : NULL);
		part = canvas_sub(canvas, area);
		if (self->table.count)
			claim_part_draw(&self->part, &part, view->app, false);
		/* The hardware cursor belongs to the list. */
		return;
	}
	part = canvas_sub(canvas, area);
	list_draw(self, &part);
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

static struct claim_part *claims_part(struct view *view)
{
	return &((struct claims_view *)view)->part;
}

/* --- queues --- */

static void queue_set(struct claims_view *self, int queue)
{
	self->queue = queue;
	self->loaded = false;
	self->page.count = 0;
	self->part.mark_count = 0;
	self->table.selected = self->table.top = 0;
	table_set_count(&self->table, 0);
	claims_resume(&self->view);
}

void claims_next_state(struct app *app, struct view *view)
{
	struct claims_view *self = (struct claims_view *)view;

	(void)app;
	queue_set(self, queues_next(&self->queues, self->queue, 1));
}

void claims_previous_state(struct app *app, struct view *view)
{
	struct claims_view *self = (struct claims_view *)view;

	(void)app;
	queue_set(self, queues_next(&self->queues, self->queue, -1));
}

/* Every state, also those where nothing waits: posted, rejected, revoked. */
void claims_pick_state(struct app *app, struct view *view)
{
	struct claims_view *self = (struct claims_view *)view;
	const char *items[QUEUE_ALL + 2];
	struct pick_options pick = { .title = N_("Claims in which state?"), .items = items,
				     .count = QUEUE_ALL + 2,
				     .selected = (size_t)(self->queue + 1) };
	struct arena arena = ARENA_INIT;
	int i;

	(void)app;
	for (i = QUEUE_MINE; i <= QUEUE_ALL; i++) {
		int64_t count = queue_count(&self->queues, i);

		items[i + 1] = count > 0 ? arena_printf(&arena, "%s  %lld", queue_name(i),
							(long long)count) : queue_name(i);
	}
	app_ask(view, TAG_QUEUE, &pick_class, &pick);
	arena_release(&arena);
}

void claims_find(struct app *app, struct view *view)
{
	static const struct prompt_options prompt = {
		.title = N_("Find claims"), .label = N_("Claim number, or student number"), .min = 4,
	};

	(void)app;
	app_ask(view, TAG_FIND, &prompt_class, &prompt);
}

static void claims_answer(struct view *view, int tag, const struct view_answer *answer)
{
	struct claims_view *self = (struct claims_view *)view;
	struct arena arena = ARENA_INIT;
	bool decided;

	if (claim_part_answer(view, tag, answer, &decided)) {
		if (decided) {
			/* The next claim moves up to the marker, wherever this one goes. */
			self->part.mark_count = 0;
			self->keep_id = 0;
		}
	} else if (tag == TAG_QUEUE && answer->ok) {
		queue_set(self, (int)answer->index + QUEUE_MINE);
	} else if (tag == TAG_FIND && answer->ok) {
		snprintf(self->found, sizeof self->found, "%.38s",
			 text_normalise_id(answer->text, &arena));
		queue_set(self, QUEUE_FOUND);
	}
	arena_release(&arena);
}

/* --- marks --- */

static void mark(struct claims_view *self, const struct claim_row *row)
{
	struct claim_mark *to;

	if (self->part.mark_count == CLAIM_MARKS_MAX)
		return;
	to = &self->part.marks[self->part.mark_count++];
	*to = (struct claim_mark){ .id = row->id, .rev = row->rev, .state = row->state };
	snprintf(to->no, sizeof to->no, "%s", row->claim_no);
	snprintf(to->name, sizeof to->name, "%.60s", row->full_name ? row->full_name : "-");
}

void claims_mark(struct app *app, struct view *view)
{
	struct claims_view *self = (struct claims_view *)view;
	const struct claim_row *row = row_at(self, self->table.selected);
	size_t at;

	(void)app;
	if (!row)
		return;
	at = mark_find(&self->part, row->id);
	if (at < self->part.mark_count)
		self->part.marks[at] = self->part.marks[--self->part.mark_count];
	else
		mark(self, row);
	table_move(&self->table, 1);
	claims_moved(view);
}

/* All of the same state and source as this one; again: none. */
void claims_mark_like(struct app *app, struct view *view)
{
	struct claims_view *self = (struct claims_view *)view;
	const struct claim_row *row = row_at(self, self->table.selected);
	bool had = self->part.mark_count > 0;
	size_t i;

	(void)app;
	self->part.mark_count = 0;
	for (i = 0; row && !had && i < self->page.count; i++) {
		const struct claim_row *other = row_at(self, i);

		if (other->state == row->state && other->lines == row->lines && row->source &&
		    other->source && strcmp(other->source, row->source) == 0)
			mark(self, other);
	}
}

const struct view_class claims_class = {
	.name = "claims", .title = N_("Credit claims"),
	.contexts = CTX_PANE | CTX_LIST | CTX_CLAIMS | CTX_CLAIM,
	.size = sizeof(struct claims_view),
	.open = claims_open, .close = claims_close, .draw = claims_draw,
	.list = claims_list, .enter = claims_enter, .answer = claims_answer,
	.resume = claims_resume, .moved = claims_moved, .wake = claims_wake,
	.claim = claims_part,
};
