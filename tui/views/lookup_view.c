/* The lookup pane: search as you type, results, the learner below. */
#include <string.h>

#include "core/store/store.h"
#include "tui/action.h"
#include "tui/edit.h"
#include "tui/recent.h"
#include "tui/table.h"
#include "tui/views/command_view.h"
#include "tui/views/hit_rows.h"
#include "tui/views/student_draw.h"
#include "tui/views/views.h"

enum {
	CHANNEL_SEARCH = 1, CHANNEL_CARD,
	HITS_MAX = 100,
	CARD_DELAY_MS = 100,
	LETTER_DELAY_MS = 80, /* one letter finds a tenth of all: the second is near */
	SLOW_DELAY_MS = 250,
	SCAN_DELAY_MS = 20,
	FIRST_ROWS = 5 /* shown at once while somebody types; the rest at rest */
};

struct lookup_view {
	struct view view;
	struct edit query;
	struct hit_list list; /* hits and query, for the table */
	bool in_list; /* the list has the focus: letters are commands */
	struct arena arena;
	struct page hits;
	bool searched, search_waits, searching;
	bool refreshes;    /* what stands in the list is asked again: the order stays */
	size_t open_waits; /* row + 1 to be opened when the answer is there, 0: none */
	bool one_opens;    /* a scanned number: opened when it is one person's */
	bool recents; /* the hits are those opened last: nothing was typed */
	struct error error;
	struct table table;
	struct card card;
	int rows, cols;    /* of the last drawing */
	bool card_waits;   /* the size changed: the learner is drawn at rest */
};

/* --- the learner below the list --- */

static void card_done(struct job *job, struct view *view)
{
	card_take(&((struct lookup_view *)view)->card, job);
}

static void card_ask(struct view *view)
{
	struct lookup_view *self = (struct lookup_view *)view;
	const struct student_hit *hit = hit_at(&self->hits, self->table.selected);
	struct card_request request = { .kind = KIND_STUDENT, .from = OV_NULL, .to = OV_NULL };
	struct job *job;

	if (!hit || hit->id == self->card.id)
		return;
	request.id = hit->id;
	job = card_job(&request);
	job->channel = CHANNEL_CARD;
	job->done = card_done;
	app_submit(view, job);
}

/* Wakes the view when the keys have rested for a moment. */
static void rest_soon(struct view *view)
{
	app_wake(view, app_low_bandwidth(view->app) ? SLOW_DELAY_MS * 2 : CARD_DELAY_MS);
}

/* The detail waits until the marker rests: moving it then costs few bytes. */
static void lookup_moved(struct view *view)
{
	((struct lookup_view *)view)->table.limit = 0;
	rest_soon(view);
}

/* --- searching --- */

struct search_job {
	const char *text;
	struct page page;
};

static int search_run(struct job *job, struct store *store)
{
	struct search_job *ask = job->question;

	return store_search(store, ask->text, HITS_MAX, &job->arena, &ask->page, &job->error);
}

static void open_row(struct lookup_view *self, size_t row);

/* The answer to what stands in the list already: the same rows with what is in
 * the database now, the marker on the learner it was on. */
static void refresh_done(struct lookup_view *self, struct job *job)
{
	struct search_job *ask = job->question;
	const struct student_hit *marked = hit_at(&self->hits, self->table.selected);
	int64_t id = marked ? marked->id : 0;

	self->refreshes = false;
	self->error = job->error;
	self->error.code = job->result == OV_ENOTFOUND ? 0 : job->result;
	if (self->error.code)
		return; /* what was there stays; why it isn't new is said above it */
	if (job->result)
		ask->page.count = 0;
	hits_order_keep(&self->hits, &ask->page);
	self->hits = ask->page;
	job_keep(job, &self->arena);
	table_set_count(&self->table, self->hits.count);
	hit_table_fit(&self->table, &self->hits);
	for (size_t i = 0; i < self->hits.count; i++)
		if (hit_at(&self->hits, i)->id == id)
			table_select(&self->table, i);
	if (!self->hits.count)
		card_release(&self->card);
	else
		rest_soon(&self->view);
}

static void search_done(struct job *job, struct view *view)
{
	struct lookup_view *self = (struct lookup_view *)view;
	struct search_job *ask = job->question;

	if (job->result == OV_ECANCELLED)
		return;
	if (self->refreshes) {
		refresh_done(self, job);
		return;
	}
	self->error = job->error;
	self->error.code = job->result == OV_ENOTFOUND ? 0 : job->result;
	self->hits = ask->page;
	self->searched = true;
	if (job->result)
		self->hits.count = 0;
	job_keep(job, &self->arena);
	table_select(&self->table, 0);
	table_set_count(&self->table, self->hits.count);
	hit_table_fit(&self->table, &self->hits);
	if (!self->hits.count)
		card_release(&self->card);
	self->searching = false;
	if (self->hits.count && app_top(view->app) == view && (self->open_waits || (self->one_opens && self->hits.count == 1)))
		open_row(self, self->open_waits ? self->open_waits - 1 : 0);
	self->open_waits = 0;
	self->one_opens = false;
	/* The first rows at once, the others with the detail: a letter that is
	 * typed at the speed of the hand costs half the bytes. */
	self->table.limit = self->recents ? 0 : FIRST_ROWS;
	if (self->hits.count)
		rest_soon(view);
}

static void nothing_asked(struct lookup_view *self)
{
	app_cancel(&self->view, CHANNEL_SEARCH);
	app_cancel(&self->view, CHANNEL_CARD);
	self->hits.count = 0;
	self->searched = self->searching = false;
	table_set_count(&self->table, 0);
	card_release(&self->card);
}

/* Before a key is typed: those opened last, and those pinned. */
static const char *question(struct lookup_view *self, struct arena *arena)
{
	self->recents = !self->query.len;
	return self->recents ? recent_query(app_recent(self->view.app), arena)
			     : arena_strdup(arena, self->query.text);
}

static void search_submit(struct lookup_view *self)
{
	struct job *job;
	struct search_job *ask;

	job = job_new(sizeof *ask);
	ask = job->question;
	ask->text = question(self, &job->arena);
	if (!*ask->text) {
		job_free(job);
		return;
	}
	job->run = search_run;
	job->done = search_done;
	job->channel = CHANNEL_SEARCH;
	self->searching = !self->refreshes;
	app_submit(&self->view, job);
}

static void search_ask(struct lookup_view *self)
{
	self->refreshes = false;
	if (!self->query.len)
		nothing_asked(self);
	search_submit(self);
}

/* --- the view --- */

static void lookup_open(struct view *view, const void *arg)
{
	struct lookup_view *self = (struct lookup_view *)view;

	(void)arg;
	edit_init(&self->query, 60);
	self->list = (struct hit_list){ &self->hits, &self->query };
	hit_table_init(&self->table, &self->list);
}

static void lookup_close(struct view *view)
{
	struct lookup_view *self = (struct lookup_view *)view;

	edit_release(&self->query);
	card_release(&self->card);
	arena_release(&self->arena);
}

/* How long the search waits for the next key: on a slow line for each, else
 * behind a single Latin letter, which names nobody, and behind the digits of a scanner, of
 * which the first may be one, so that a scan is one request. */
static int search_delay(const struct lookup_view *self)
{
	if (!self->query.len)
		return 0;
	if (app_low_bandwidth(self->view.app))
		return SLOW_DELAY_MS;
	if (self->query.len == 1 && (unsigned char)self->query.text[0] > '9')
		return LETTER_DELAY_MS;
	return self->query.len == 1 || app_scans(self->view.app) ? SCAN_DELAY_MS : 0;
}

static void search_soon(struct lookup_view *self)
{
	int delay = search_delay(self);

	self->search_waits = delay > 0;
	if (delay)
		app_wake(&self->view, delay);
	else
		search_ask(self);
}

static void lookup_wake(struct view *view)
{
	struct lookup_view *self = (struct lookup_view *)view;

	self->table.limit = 0;
	self->card_waits = false;
	if (!self->search_waits) {
		card_ask(view);
		return;
	}
	self->search_waits = false;
	search_ask(self);
}

static void lookup_resume(struct view *view)
{
	struct lookup_view *self = (struct lookup_view *)view;

	self->card.id = 0;
	self->refreshes = self->searched && !self->searching && !self->search_waits;
	if (self->refreshes)
		search_submit(self);
	else
		search_ask(self);
}

/* "6 found by initials": why the first ones are there. */
static void found_draw(const struct lookup_view *self, const struct canvas *canvas, int col)
{
	const struct student_hit *first = hit_at(&self->hits, 0);

	col += canvas_printf(canvas, 0, col, THEME_MUTED, self->hits.count == HITS_MAX
			     ? _("first %zu found") : _("%zu found"), self->hits.count);
	if (first->matched == MATCH_SOUND)
		canvas_put(canvas, 0, col + 1, THEME_WARNING, _("that only sound so"));
	else
		canvas_printf(canvas, 0, col + 1, THEME_MUTED, "(%s)",
			      enum_label(&match_enum, first->matched));
}

static void find_line_draw(struct lookup_view *self, const struct canvas *canvas)
{
	int col = 1, room = canvas->area.cols - 44;

	col += canvas_put(canvas, 0, col, THEME_LABEL, _("Find:")) + 1;
	edit_draw(&self->query, canvas, 0, col, room < 20 ? 20 : room > 40 ? 40 : room, THEME_FIELD,
		  !self->in_list || !self->table.count);
	col += (room < 20 ? 20 : room > 40 ? 40 : room) + 2;
	if (self->error.code)
		canvas_put(canvas, 0, col, THEME_REFUSED, self->error.message);
	else if (self->searched && self->recents && self->hits.count)
		canvas_put(canvas, 0, col, THEME_MUTED, _("opened last; * keeps one on top"));
	else if (self->searched && self->hits.count)
		found_draw(self, canvas, col);
	else if (self->searched && !self->recents)
		canvas_put(canvas, 0, col, THEME_WARNING, _("nobody found"));
	else
		canvas_put(canvas, 0, col, THEME_MUTED, _("number, name, pinyin, phone or ID"));
}

static void lookup_draw(struct view *view, const struct canvas *canvas)
{
	struct lookup_view *self = (struct lookup_view *)view;
	struct rect area = canvas_area(canvas);
	struct canvas part = canvas_sub(canvas, rect_take_top(&area, 1));
	int list = layout_list_rows(area.rows, 6, STUDENT_SUMMARY_ROWS + 1);

	/* Somebody who drags the window sends many sizes; the detail waits. */
	if (self->rows && (self->rows != canvas->area.rows || self->cols != canvas->area.cols) &&
	    self->card.id) {
		self->card_waits = true;
		rest_soon(view);
	}
	self->rows = canvas->area.rows;
	self->cols = canvas->area.cols;
	find_line_draw(self, &part);
	part = canvas_sub(canvas, rect_take_top(&area, list));
	canvas_rule(&part, 0, NULL);
	part = canvas_sub(&part, (struct rect){ 1, 0, list - 1, part.area.cols });
	table_draw(&self->table, &part, view->app, true, self->in_list);
	part = canvas_sub(canvas, area);
	canvas_rule(&part, 0, NULL);
	part = canvas_sub(&part, (struct rect){ 1, 0, area.rows - 1, area.cols });
	if (self->table.count && !self->card_waits)
		student_summary_draw(&self->card, NULL, clock_today(app_clock(view->app)), &part);
}

static void open_row(struct lookup_view *self, size_t row)
{
	const struct student_hit *hit = hit_at(&self->hits, row);
	struct thing_options options = { .id = hit ? hit->id : 0,
					 .name = hit ? hit->full_name : NULL };

	if (!hit)
		return;
	recent_opened(app_recent(self->view.app), hit->id);
	app_push(self->view.app, &card_class, &options);
}

static void lookup_enter(struct view *view)
{
	struct lookup_view *self = (struct lookup_view *)view;

	open_row(self, self->table.selected);
}

/* What stands in the list may still be the answer to the letter before: the
 * row is opened when the answer to what was typed is there. */
static void open_when_there(struct lookup_view *self, size_t row)
{
	if (!self->searching && !self->search_waits) {
		open_row(self, row);
		return;
	}
	self->open_waits = row + 1;
	if (!self->search_waits)
		return;
	self->search_waits = false;
	search_ask(self);
}

/* 1…9 pick a row when the query is letters: no number then needs a digit. */
static bool picks_row(const struct lookup_view *self, key_press key)
{
	size_t i;

	bool there = self->searching || self->search_waits || key - '1' < self->hits.count;

	if (key < '1' || key > '9' || !there || !self->query.len)
		return false;
	for (i = 0; i < self->query.len; i++) {
		if (self->query.text[i] >= '0' && self->query.text[i] <= '9')
			return false;
	}
	return true;
}

/* Keys that are commands although the field has the focus: + means no name, and
 * in the empty field n calls the next one while somebody waits. A name with n
 * then begins with N. */
static bool key_commands(const struct lookup_view *self, key_press key)
{
	struct app *app = self->view.app;

	if (key == '+')
		return true;
	if (self->query.len)
		return false;
	return key == '?' || key == '*' ||
	       (key == 'n' && recall_may(app, app_top(app)));
}

static bool lookup_key(struct view *view, key_press key)
{
	struct lookup_view *self = (struct lookup_view *)view;
	size_t before = self->query.len;

	if (self->in_list && key == K_ESC) {
		self->in_list = false;
		return true;
	}
	if (self->in_list && !key_is_han(key))
		return false;
	if (self->in_list) {
		/* A Han character starts a new search. */
		self->in_list = false;
		edit_set(&self->query, "");
	}
	if (key == K_ESC && self->query.len) {
		edit_set(&self->query, "");
		search_ask(self);
		return true;
	}
	if (key_commands(self, key))
		return false;
	if (picks_row(self, key)) {
		open_when_there(self, key - '1');
		return true;
	}
	if (key == K_ENTER && (self->searching || self->search_waits)) {
		open_when_there(self, 0);
		return true;
	}
	if (key == K_HOME || key == K_END || !edit_key(&self->query, key))
		return false;
	self->open_waits = 0; /* typed on: what was to be opened has changed */
	if (self->query.len != before || key_is_text(key))
		search_soon(self);
	return true;
}

static bool lookup_typing(const struct view *view)
{
	return !((const struct lookup_view *)view)->in_list;
}

static void lookup_paste(struct view *view, const char *text)
{
	struct lookup_view *self = (struct lookup_view *)view;

	self->in_list = false;
	edit_set(&self->query, "");
	edit_paste(&self->query, text);
	search_ask(self);
}

static bool lookup_numbers(const struct view *view)
{
	const struct lookup_view *self = (const struct lookup_view *)view;

	return !self->in_list && strspn(self->query.text, "0123456789") == self->query.len;
}

static void lookup_scan(struct view *view, const char *text)
{
	struct lookup_view *self = (struct lookup_view *)view;

	self->in_list = false;
	edit_set(&self->query, text);
	search_ask(self);
	self->one_opens = true;
}

static struct table *lookup_list(struct view *view)
{
	return &((struct lookup_view *)view)->table;
}

void lookup_field(struct app *app, struct view *view)
{
	struct lookup_view *self = (struct lookup_view *)view;

	(void)app;
	self->in_list = !self->in_list && self->table.count > 0;
}

void lookup_search(struct app *app, struct view *view)
{
	struct lookup_view *self = (struct lookup_view *)view;

	(void)app;
	self->in_list = false;
	edit_set(&self->query, "");
	search_ask(self);
}

static const char *lookup_copy(struct view *view, struct arena *arena, const char **why)
{
	struct lookup_view *self = (struct lookup_view *)view;
	const struct student_hit *hit = hit_at(&self->hits, self->table.selected);

	(void)arena;
	(void)why;
	return hit ? hit->student_no : NULL;
}

void lookup_queue(struct app *app, struct view *view)
{
	struct lookup_view *self = (struct lookup_view *)view;
	const struct student_hit *hit = hit_at(&self->hits, self->table.selected);
	struct thing_options options = { .id = hit ? hit->id : 0,
					 .name = hit ? hit->full_name : NULL };

	(void)app;
	if (!hit)
		return;
	queue_add(view, &card_class, &options);
	self->in_list = false;
	edit_set(&self->query, "");
	search_ask(self);
}

void lookup_pin(struct app *app, struct view *view)
{
	struct lookup_view *self = (struct lookup_view *)view;
	const struct student_hit *hit = hit_at(&self->hits, self->table.selected);

	if (!hit)
		return;
	app_say(app, THEME_OK, recent_pin(app_recent(app), hit->id)
				       ? _("Kept on top of the list before a key is typed")
				       : _("No longer kept on top"));
	if (self->recents)
		search_ask(self);
}

const struct view_class lookup_class = {
	.name = "lookup", .title = N_("Lookup"),
	.contexts = CTX_PANE | CTX_LIST | CTX_LOOKUP, .size = sizeof(struct lookup_view),
	.open = lookup_open, .close = lookup_close, .draw = lookup_draw, .key = lookup_key,
	.typing = lookup_typing, .paste = lookup_paste, .list = lookup_list,
	.numbers = lookup_numbers, .scan = lookup_scan,
	.moved = lookup_moved, .enter = lookup_enter, .wake = lookup_wake, .resume = lookup_resume,
	.copy = lookup_copy,
};
