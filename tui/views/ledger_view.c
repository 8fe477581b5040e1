/* The ledger browser: entries page by page, newest first, each hashed again
 * as it is read; by learner, claim or kind; from an entry to its claim. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/store.h"
#include "tui/action.h"
#include "tui/table.h"
#include "tui/views/dialog_view.h"
#include "tui/views/student_draw.h"
#include "tui/views/views.h"

enum { CHANNEL_PAGE = 1, PAGE_ROWS = 200, PAGES_MAX = 256, TAG_KIND = 1, TAG_FIND,
       ALL_KINDS = ENTRY_REVERSAL + 1 };

struct ledger_view {
	struct view view;
	struct arena arena;
	struct page page;
	struct table table;
	struct error error;
	bool loaded;
	int kind;       /* enum entry_kind or ALL_KINDS */
	char found[40]; /* a student or claim number, "" for all */
	char *cursor[PAGES_MAX]; /* where each page began; [0] is NULL */
	size_t at;      /* the page shown */
};

struct ledger_job {
	int kind;
	const char *found, *cursor;
	struct page page;
};

static const struct table_column columns[] = {
	{ N_("No."), { .min = 6, .want = 8, .keep = 9 }, TEXT_RIGHT },
	{ N_("Booked"), { .min = 10, .want = 10, .keep = 7 }, TEXT_LEFT },
	{ N_("Name"), { .min = 8, .want = 10, .grow = 1, .keep = 8 }, TEXT_LEFT },
	{ N_("Student number"), { .min = 14, .want = 14, .keep = 2 }, TEXT_LEFT },
	{ N_("Kind"), { .min = 10, .want = 13, .keep = 6 }, TEXT_LEFT },
	{ N_("Credits"), { .min = 7, .want = 8, .keep = 9 }, TEXT_RIGHT },
	{ N_("For"), { .min = 6, .want = 8, .grow = 1, .keep = 4 }, TEXT_LEFT },
	{ N_("Claim"), { .min = 14, .want = 14, .keep = 5 }, TEXT_LEFT },
	{ N_("Booked by"), { .min = 15, .want = 15, .keep = 1 }, TEXT_LEFT },
	{ N_("Hash"), { .min = 8, .want = 8, .keep = 3 }, TEXT_LEFT },
};

static const struct ledger_row *row_at(const struct ledger_view *self, size_t row)
{
	return row < self->page.count ? self->page.records[row] : NULL;
}

static void ledger_cell(const void *context, size_t row, size_t column, struct arena *arena,
			struct cell *cell)
{
	const struct ledger_row *entry = row_at(context, row);
	char text[DATE_TEXT];

	if (entry->intact != 1)
		cell->role = THEME_REFUSED;
	switch (column) {
	case 0: cell->text = arena_printf(arena, "%lld", (long long)entry->seq); break;
	case 1: cell->text = arena_strdup(arena, date_format(entry->booked_on, text)); break;
	case 2: cell->text = entry->full_name ? entry->full_name : "-"; break;
	case 3: cell->text = entry->student_no; break;
	case 4: cell->text = enum_label(&entry_kind_enum, entry->kind); break;
	case 5:
		cell->text = arena_printf(arena, entry->amount_centi > 0 ? "+%s" : "%s",
					  credit_text(entry->amount_centi, arena));
		break;
	case 6: cell->text = entry->course ? entry->course : entry->module_code ? entry->module_code : ""; break;
	case 7: cell->text = entry->claim_no ? entry->claim_no : ""; break;
	case 8: cell->text = entry->login; break;
	default: cell->text = entry->hash8;
	}
}

static char ledger_flag(const void *context, size_t row)
{
	return row_at(context, row)->intact == 1 ? 0 : '!';
}

/* --- asking --- */

static int page_run(struct job *job, struct store *store)
{
	struct ledger_job *ask = job->question;
	struct filter filters[2];
	struct query query = { .kind = KIND_LEDGER_ROW, .filters = filters, .descending = true,
			       .limit = PAGE_ROWS, .cursor = ask->cursor };

	if (ask->kind != ALL_KINDS)
		filters[query.filter_count++] = (struct filter){ .field = "kind", .op = FILTER_EQ,
								 .number = ask->kind };
	if (*ask->found)
		filters[query.filter_count++] = (struct filter){
			.field = strncmp(ask->found, "CL", 2) == 0 ? "claim_no" : "student_no",
			.op = FILTER_EQ, .text = ask->found };
	return store_find(store, &query, &job->arena, &ask->page, &job->error);
}

static void page_done(struct job *job, struct view *view)
{
	struct ledger_view *self = (struct ledger_view *)view;
	struct ledger_job *ask = job->question;

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
}

static void page_ask(struct ledger_view *self)
{
	struct job *job = job_new(sizeof(struct ledger_job));
	struct ledger_job *ask = job->question;

	ask->kind = self->kind;
	ask->found = arena_strdup(&job->arena, self->found);
	ask->cursor = arena_strdup(&job->arena, self->cursor[self->at]);
	job->run = page_run;
	job->done = page_done;
	job->channel = CHANNEL_PAGE;
	app_submit(&self->view, job);
}

static void cursors_forget(struct ledger_view *self)
{
	size_t i;

	for (i = 0; i < PAGES_MAX; i++) {
		free(self->cursor[i]);
		self->cursor[i] = NULL;
	}
	self->at = 0;
}

static void from_start(struct ledger_view *self)
{
	cursors_forget(self);
	self->table.selected = self->table.top = 0;
	page_ask(self);
}

static void ledger_resume(struct view *view)
{
	page_ask((struct ledger_view *)view);
}

static void ledger_open(struct view *view, const void *arg)
{
	struct ledger_view *self = (struct ledger_view *)view;

	(void)arg;
	self->kind = ALL_KINDS;
	self->table = (struct table){ .columns = columns,
				      .column_count = sizeof columns / sizeof columns[0],
				      .cell = ledger_cell, .flag = ledger_flag, .context = self };
}

static void ledger_close(struct view *view)
{
	struct ledger_view *self = (struct ledger_view *)view;

	cursors_forget(self);
	arena_release(&self->arena);
}

/* --- drawing --- */

static void chain_draw(const struct ledger_view *self, const struct canvas *canvas, int col)
{
	size_t i, broken = 0;
	int64_t first = 0;

	for (i = 0; i < self->page.count; i++) {
		if (row_at(self, i)->intact == 1)
			continue;
		broken++;
		first = row_at(self, i)->seq;
	}
	if (broken)
		canvas_printf(canvas, 0, col, THEME_REFUSED,
			      _("! chain broken at %lld: stop, and call the auditor"),
			      (long long)first);
	else if (self->page.count)
		canvas_printf(canvas, 0, col, THEME_OK, _("chain intact on this page (%lld..%lld)"),
			      (long long)row_at(self, self->page.count - 1)->seq,
			      (long long)row_at(self, 0)->seq);
}

static void ledger_draw(struct view *view, const struct canvas *canvas)
{
	struct ledger_view *self = (struct ledger_view *)view;
	struct rect area = canvas_area(canvas);
	struct canvas part = canvas_sub(canvas, rect_take_top(&area, 1));
	int col = 1;

	col += canvas_put(&part, 0, col, THEME_HEADING, self->kind == ALL_KINDS
			  ? _("all kinds") : enum_label(&entry_kind_enum, self->kind)) + 2;
	if (self->found[0])
		col += canvas_put(&part, 0, col, THEME_VALUE, self->found) + 2;
	if (self->error.code)
		canvas_put(&part, 0, col, THEME_REFUSED, self->error.message);
	else
		chain_draw(self, &part, col);
	part = canvas_sub(canvas, area);
	table_draw(&self->table, &part, view->app, true, true);
	if (self->loaded && !self->table.count) {
		canvas_put(&part, 1, 2, THEME_MUTED, _("No entries"));
		canvas_cursor(&part, 1, 0);
	}
}

/* --- keys --- */

static void ledger_enter(struct view *view)
{
	struct ledger_view *self = (struct ledger_view *)view;
	const struct ledger_row *row = row_at(self, self->table.selected);
	struct thing_options options = { .id = 0 };

	if (!row)
		return;
	if (row->claim_id != OV_NULL) {
		options.id = row->claim_id;
		options.name = row->claim_no;
		app_push(view->app, &claim_class, &options);
	} else {
		ledger_account(view->app, view);
	}
}

void ledger_account(struct app *app, struct view *view)
{
	struct ledger_view *self = (struct ledger_view *)view;
	const struct ledger_row *row = row_at(self, self->table.selected);
	struct thing_options options = { .id = row ? row->student_id : 0,
					 .name = row ? row->full_name : NULL };

	if (row)
		app_push(app, &account_class, &options);
}

bool ledger_has_older(struct app *app, struct view *view)
{
	const struct ledger_view *self = (const struct ledger_view *)view;

	(void)app;
	return self->page.next && self->at + 1 < PAGES_MAX;
}

bool ledger_has_newer(struct app *app, struct view *view)
{
	(void)app;
	return ((const struct ledger_view *)view)->at > 0;
}

void ledger_older(struct app *app, struct view *view)
{
	struct ledger_view *self = (struct ledger_view *)view;

	(void)app;
	free(self->cursor[++self->at]);
	self->cursor[self->at] = mem_strdup(self->page.next);
	self->table.selected = self->table.top = 0;
	page_ask(self);
}

void ledger_newer(struct app *app, struct view *view)
{
	struct ledger_view *self = (struct ledger_view *)view;

	(void)app;
	self->at--;
	self->table.selected = self->table.top = 0;
	page_ask(self);
}

void ledger_pick_kind(struct app *app, struct view *view)
{
	const char *items[ALL_KINDS + 1];
	struct pick_options pick = { .title = N_("Which entries?"), .items = items,
				     .count = ALL_KINDS + 1,
				     .selected = (size_t)((struct ledger_view *)view)->kind };
	int i;

	(void)app;
	for (i = 0; i < ALL_KINDS; i++)
		items[i] = enum_label(&entry_kind_enum, i);
	items[ALL_KINDS] = _("all kinds");
	app_ask(view, TAG_KIND, &pick_class, &pick);
}

void ledger_find(struct app *app, struct view *view)
{
	static const struct prompt_options prompt = {
		.title = N_("Find entries"),
		.label = N_("Student number or claim number; nothing: all entries"),
	};

	(void)app;
	app_ask(view, TAG_FIND, &prompt_class, &prompt);
}

static void ledger_answer(struct view *view, int tag, const struct view_answer *answer)
{
	struct ledger_view *self = (struct ledger_view *)view;
	struct arena arena = ARENA_INIT;

	if (!answer->ok)
		return;
	if (tag == TAG_KIND)
		self->kind = (int)answer->index;
	else if (tag == TAG_FIND)
		snprintf(self->found, sizeof self->found, "%.38s",
			 text_normalise_id(answer->text, &arena));
	arena_release(&arena);
	from_start(self);
}

static struct table *ledger_list(struct view *view)
{
	return &((struct ledger_view *)view)->table;
}

const struct view_class ledger_class = {
	.name = "ledger", .title = N_("Ledger"),
	.contexts = CTX_PANE | CTX_LIST | CTX_LEDGER, .size = sizeof(struct ledger_view),
	.open = ledger_open, .close = ledger_close, .draw = ledger_draw, .list = ledger_list,
	.enter = ledger_enter, .answer = ledger_answer, .resume = ledger_resume,
};

bool ledger_may(struct app *app, struct view *view)
{
	(void)view;
	return permission_has(app_actor(app), PERM_ACCOUNT);
}

void go_ledger(struct app *app, struct view *view)
{
	if (view->class != &ledger_class)
		app_push(app, &ledger_class, NULL);
}
