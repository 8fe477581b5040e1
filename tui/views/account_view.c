/* A learner's credit account: as a statement with running balances, and as
 * bars by module with minimum and ceiling. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/action.h"
#include "tui/table.h"
#include "tui/views/account_bars.h"
#include "tui/views/card_job.h"
#include "tui/views/student_draw.h"
#include "tui/views/views.h"

enum { CHANNEL_CARD = 1, CHANNEL_CLAIM, ACCOUNTS = ACCOUNT_POOL + 1, ALL_ACCOUNTS = ACCOUNTS };

enum period { PERIOD_ALL, PERIOD_YEAR, PERIOD_BEFORE, PERIODS };

/* What a row of the statement is. */
enum row_kind { ROW_OPENING, ROW_ENTRY, ROW_CLOSING };

struct row {
	enum row_kind kind;
	int account;
	int64_t centi; /* the balance of opening and closing rows */
	const struct statement *entry;
};

struct account_view {
	struct view view;
	struct card card;
	struct table table;
	struct arena rows_arena;
	struct row *rows;
	int account; /* ALL_ACCOUNTS: each after the other */
	enum period period;
	bool bars;
	int64_t id;
	char name[128];
};

static const struct table_column columns[] = {
	{ N_("No."), { .min = 6, .want = 8, .keep = 3 }, TEXT_RIGHT },
	{ N_("Booked"), { .min = 10, .want = 10, .keep = 8 }, TEXT_LEFT },
	{ N_("Account"), { .min = 9, .want = 11, .keep = 6 }, TEXT_LEFT },
	{ N_("Kind"), { .min = 10, .want = 13, .keep = 7 }, TEXT_LEFT },
	{ N_("For"), { .min = 22, .want = 24, .grow = 1, .keep = 6 }, TEXT_LEFT },
	{ N_("Credits"), { .min = 8, .want = 8, .keep = 9 }, TEXT_RIGHT },
	{ N_("Balance"), { .min = 8, .want = 8, .keep = 9 }, TEXT_RIGHT },
};

/* --- the statement --- */

/* Half-open days of the period. */
static void period_days(const struct account_view *self, int64_t *from, int64_t *to)
{
	int64_t today = clock_today(app_clock(self->view.app));
	char text[DATE_TEXT];
	int year;

	*from = 0;
	*to = today + 1;
	if (self->period == PERIOD_ALL)
		return;
	year = (int)strtol(date_format(today, text), NULL, 10);
	snprintf(text, sizeof text, "%04d-01-01", year - (self->period == PERIOD_BEFORE));
	date_parse(text, from);
	if (self->period == PERIOD_BEFORE)
		*to = date_add_months(*from, 12);
}

static const char *period_name(const struct account_view *self)
{
	static const char *const names[PERIODS] = {
		N_("from the beginning"), N_("this year"), N_("last year"),
	};

	return _(names[self->period]);
}

/* Opening, entries and closing of one account: closing = opening + entries. */
static size_t account_rows(struct account_view *self, int account, size_t count)
{
	const struct record_list *list = CARD_LIST(&self->card, statement);
	int64_t from, to, balance = 0;
	size_t opening = count, i;

	period_days(self, &from, &to);
	self->rows[count++] = (struct row){ ROW_OPENING, account, 0, NULL };
	for (i = 0; i < list->count; i++) {
		const struct statement *entry = list->items[i];

		if (entry->account != account || entry->booked_on >= to)
			continue;
		balance += entry->amount_centi;
		if (entry->booked_on < from)
			self->rows[opening].centi = balance;
		else
			self->rows[count++] = (struct row){ ROW_ENTRY, account, balance, entry };
	}
	self->rows[count++] = (struct row){ ROW_CLOSING, account, balance, NULL };
	return count;
}

static bool account_there(const struct account_view *self, int account)
{
	const struct record_list *list = CARD_LIST(&self->card, account);
	size_t i;

	for (i = 0; i < list->count; i++) {
		if (((const struct account *)list->items[i])->kind == account)
			return true;
	}
	return false;
}

static void rows_make(struct account_view *self)
{
	const struct record_list *list = CARD_LIST(&self->card, statement);
	size_t count = 0;
	int account;

	arena_release(&self->rows_arena);
	self->rows = arena_array(&self->rows_arena, list->count + (size_t)2 * ACCOUNTS,
				 sizeof *self->rows);
	for (account = 0; account < ACCOUNTS; account++) {
		if ((self->account == ALL_ACCOUNTS || self->account == account) &&
		    account_there(self, account))
			count = account_rows(self, account, count);
	}
	table_set_count(&self->table, count);
}

/* "C302 焊接工艺", "M4", the claim: what the entry is for. */
static const char *entry_for(const struct statement *entry, struct arena *arena)
{
	const char *what = entry->course ? entry->course : entry->module_code ? entry->module_code : "";

	if (entry->reverses_seq != OV_NULL)
		return arena_printf(arena, _("%s  %s, reverses %lld"), what,
				    entry->claim_no ? entry->claim_no : "",
				    (long long)entry->reverses_seq);
	return entry->claim_no ? arena_printf(arena, "%s  %s", what, entry->claim_no) : what;
}

static void entry_cell(const struct row *row, size_t column, struct arena *arena,
		       struct cell *cell)
{
	const struct statement *entry = row->entry;
	char text[DATE_TEXT];

	switch (column) {
	case 0: cell->text = arena_printf(arena, "%lld", (long long)entry->seq); break;
	case 1: cell->text = arena_strdup(arena, date_format(entry->booked_on, text)); break;
	case 2: cell->text = enum_label(&account_kind_enum, entry->account); break;
	case 3: cell->text = enum_label(&entry_kind_enum, entry->kind); break;
	case 4: cell->text = entry_for(entry, arena); break;
	case 5:
		cell->text = arena_printf(arena, entry->amount_centi > 0 ? "+%s" : "%s",
					  credit_text(entry->amount_centi, arena));
		cell->role = entry->amount_centi < 0 ? THEME_WARNING : THEME_OK;
		break;
	default: cell->text = credit_text(entry->balance_centi, arena);
	}
}

static void account_cell(const void *context, size_t at, size_t column, struct arena *arena,
			 struct cell *cell)
{
	const struct row *row = &((const struct account_view *)context)->rows[at];

	if (row->kind == ROW_ENTRY) {
		entry_cell(row, column, arena, cell);
		return;
	}
	cell->role = THEME_HEADING;
	if (column == 2)
		cell->text = enum_label(&account_kind_enum, row->account);
	else if (column == 3)
		cell->text = row->kind == ROW_OPENING ? _("opening") : _("closing");
	else if (column == 6)
		cell->text = credit_text(row->centi, arena);
}

/* --- asking --- */

static void account_done(struct job *job, struct view *view)
{
	struct account_view *self = (struct account_view *)view;
	const struct person *person;

	card_take(&self->card, job);
	person = self->card.id ? CARD_FIRST(&self->card, person) : NULL;
	if (person && person->full_name)
		snprintf(self->name, sizeof self->name, "%.120s", person->full_name);
	rows_make(self);
}

static void account_resume(struct view *view)
{
	struct account_view *self = (struct account_view *)view;
	struct card_request request = { .kind = KIND_ACCOUNT, .id = self->id, .from = OV_NULL,
					.to = OV_NULL };
	struct job *job = card_job(&request);

	job->channel = CHANNEL_CARD;
	job->done = account_done;
	app_submit(view, job);
}

static void account_open(struct view *view, const void *arg)
{
	struct account_view *self = (struct account_view *)view;
	const struct thing_options *options = arg;

	self->id = options->id;
	self->account = ALL_ACCOUNTS;
	snprintf(self->name, sizeof self->name, "%.120s", options->name ? options->name : "");
	bundle_init(&self->card.bundle, &self->card.arena);
	self->table = (struct table){ .columns = columns,
				      .column_count = sizeof columns / sizeof columns[0],
				      .cell = account_cell, .context = self };
}

static void account_close(struct view *view)
{
	struct account_view *self = (struct account_view *)view;

	arena_release(&self->rows_arena);
	card_release(&self->card);
}

/* --- the claim of an entry --- */

static int claim_run(struct job *job, struct store *store)
{
	const char **number = job->question;
	const struct filter filter = { .field = "claim_no", .op = FILTER_EQ, .text = *number };
	const struct query query = { .kind = KIND_CLAIM_ROW, .filters = &filter, .filter_count = 1,
				     .limit = 1 };
	struct page *page = arena_alloc(&job->arena, sizeof *page);

	job->answer = page;
	return store_find(store, &query, &job->arena, page, &job->error);
}

static void claim_done(struct job *job, struct view *view)
{
	const struct page *page = job->answer;
	struct thing_options options = { .id = 0 };

	if (job->result) {
		app_say_error(view->app, &job->error);
	} else if (page->count) {
		options.id = ((const struct claim_row *)page->records[0])->id;
		options.name = ((const struct claim_row *)page->records[0])->claim_no;
		app_push(view->app, &claim_class, &options);
	}
}

void claim_open_by_number(struct view *view, const char *claim_no)
{
	struct job *job = job_new(sizeof(const char *));

	*(const char **)job->question = arena_strdup(&job->arena, claim_no);
	job->run = claim_run;
	job->done = claim_done;
	job->channel = CHANNEL_CLAIM;
	app_submit(view, job);
}

static void account_enter(struct view *view)
{
	struct account_view *self = (struct account_view *)view;
	const struct row *row = &self->rows[self->table.selected];

	if (!self->bars && row->entry && row->entry->claim_no)
		claim_open_by_number(view, row->entry->claim_no);
}

/* --- drawing --- */

static void head_draw(struct account_view *self, const struct canvas *canvas)
{
	struct arena *arena = canvas_arena(canvas);
	const struct student *student = CARD_FIRST(&self->card, student);
	const struct record_list *list = CARD_LIST(&self->card, statement);
	int col = 1, account;
	size_t i;

	col += canvas_put(canvas, 0, col, THEME_HEADING, self->name) + 2;
	if (student)
		col += canvas_put(canvas, 0, col, THEME_VALUE, student->student_no) + 2;
	for (account = 0; account < ACCOUNTS; account++) {
		int64_t balance = 0;

		for (i = 0; i < list->count; i++) {
			const struct statement *entry = list->items[i];

			balance += entry->account == account ? entry->amount_centi : 0;
		}
		if (!account_there(self, account))
			continue;
		col += canvas_put(canvas, 0, col, THEME_LABEL,
				  enum_label(&account_kind_enum, account)) + 1;
		col += canvas_put(canvas, 0, col, THEME_VALUE, credit_text(balance, arena)) + 2;
	}
}

static void tabs_draw(const struct account_view *self, const struct canvas *canvas)
{
	struct arena *arena = canvas_arena(canvas);
	const char *const names[] = { _("Statement"), _("By module") };
	int col = 1, i;

	canvas_rule(canvas, 0, NULL);
	for (i = 0; i < 2; i++) {
		bool here = self->bars == (i == 1);

		col += canvas_put(canvas, 0, col, here ? THEME_SELECTION : THEME_LABEL,
				  arena_printf(arena, here ? "[%d %s]" : " %d %s ", i + 1, names[i]));
	}
	if (self->bars)
		return;
	canvas_put(canvas, 0, col + 1, THEME_LABEL,
		   arena_printf(arena, " %s, %s ", self->account == ALL_ACCOUNTS
				? _("all accounts")
				: enum_label(&account_kind_enum, self->account),
				period_name(self)));
}

static void account_draw(struct view *view, const struct canvas *canvas)
{
	struct account_view *self = (struct account_view *)view;
	struct rect area = canvas_area(canvas);
	struct canvas part = canvas_sub(canvas, rect_take_top(&area, 1));

	if (self->card.error.code) {
		canvas_wrap(canvas, 0, 1, area.cols - 2, 3, THEME_REFUSED,
			    self->card.error.message);
		return;
	}
	head_draw(self, &part);
	part = canvas_sub(canvas, rect_take_top(&area, 1));
	tabs_draw(self, &part);
	part = canvas_sub(canvas, area);
	if (self->bars) {
		account_bars_draw(CARD_LIST(&self->card, module_credit), &part);
		canvas_cursor(&part, 0, 0);
		return;
	}
	table_draw(&self->table, &part, view->app, true, true);
	if (self->card.id && !self->table.count) {
		canvas_put(&part, 1, 2, THEME_MUTED, _("No account has been opened yet"));
		canvas_cursor(&part, 1, 0);
	}
}

/* --- keys --- */

static bool account_key(struct view *view, key_press key)
{
	struct account_view *self = (struct account_view *)view;

	if (key != '1' && key != '2')
		return false;
	self->bars = key == '2';
	return true;
}

void account_section(struct app *app, struct view *view)
{
	struct account_view *self = (struct account_view *)view;

	(void)app;
	self->bars = !self->bars;
}

void account_period(struct app *app, struct view *view)
{
	struct account_view *self = (struct account_view *)view;

	(void)app;
	self->period = (enum period)((self->period + 1) % PERIODS);
	rows_make(self);
}

void account_kind(struct app *app, struct view *view)
{
	struct account_view *self = (struct account_view *)view;

	(void)app;
	do {
		self->account = (self->account + 1) % (ALL_ACCOUNTS + 1);
	} while (self->account != ALL_ACCOUNTS && !account_there(self, self->account));
	rows_make(self);
}

static struct table *account_list(struct view *view)
{
	return &((struct account_view *)view)->table;
}

static const char *account_status(struct view *view, struct arena *arena)
{
	return arena_strdup(arena, ((struct account_view *)view)->name);
}

const struct view_class account_class = {
	.name = "account", .title = N_("Credit account"),
	.contexts = CTX_PANE | CTX_LIST | CTX_ACCOUNT, .size = sizeof(struct account_view),
	.open = account_open, .close = account_close, .draw = account_draw, .key = account_key,
	.list = account_list, .enter = account_enter, .resume = account_resume,
	.status = account_status,
};
