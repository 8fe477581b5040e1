/* The lookup pane: search as you type, results, the learner below. */
#include <string.h>

#include "core/store/store.h"
#include "tui/action.h"
#include "tui/edit.h"
#include "tui/table.h"
#include "tui/views/command_view.h"
#include "tui/views/student_draw.h"
#include "tui/views/views.h"

enum { CHANNEL_SEARCH = 1, CHANNEL_CARD, HITS_MAX = 100, CARD_DELAY_MS = 100, SLOW_DELAY_MS = 250 };

struct lookup_view {
	struct view view;
	struct edit query;
	bool in_list; /* the list has the focus: letters are commands */
	struct arena arena;
	struct page hits;
	bool searched, search_waits;
	struct error error;
	struct table table;
	struct card card;
};

enum {
	COL_NO, COL_NAME, COL_PROGRAMME, COL_COHORT, COL_PLANT, COL_CREDITS, COL_STATUS,
	COL_CLAIMS, COLUMNS
};

static const struct table_column columns[COLUMNS] = {
	{ N_("Number"), { .min = 13, .want = 13, .keep = 9 }, TEXT_LEFT },
	{ N_("Name"), { .min = 12, .want = 16, .grow = 1, .keep = 10 }, TEXT_LEFT },
	{ N_("Programme"), { .min = 22, .want = 22, .grow = 2, .keep = 2 }, TEXT_LEFT },
	{ N_("Cohort"), { .min = 10, .want = 16, .grow = 1, .keep = 5 }, TEXT_LEFT },
	{ N_("Plant"), { .min = 10, .want = 14, .grow = 2, .keep = 1 }, TEXT_LEFT },
	{ N_("Credits"), { .min = 7, .want = 7, .keep = 4 }, TEXT_RIGHT },
	{ N_("Standing"), { .min = 8, .want = 9, .keep = 7 }, TEXT_LEFT },
	{ N_("Open"), { .min = 4, .want = 4, .keep = 3 }, TEXT_RIGHT },
};

static const struct student_hit *hit_at(const struct lookup_view *self, size_t row)
{
	return row < self->hits.count ? self->hits.records[row] : NULL;
}

static void lookup_cell(const void *context, size_t row, size_t column, struct arena *arena,
			struct cell *cell)
{
	const struct student_hit *hit = hit_at(context, row);

	switch (column) {
	case COL_NO: cell->text = hit->student_no; break;
	case COL_NAME: cell->text = hit->full_name; break;
	case COL_PROGRAMME: cell->text = hit->programme_name ? hit->programme_name
							     : hit->programme; break;
	case COL_COHORT: cell->text = hit->cohort; break;
	case COL_PLANT: cell->text = hit->plant; break;
	case COL_CREDITS:
		if (hit->earned_centi != OV_NULL)
			cell->text = credit_text(hit->earned_centi, arena);
		break;
	case COL_STATUS:
		cell->text = enum_label(&student_status_enum, hit->status);
		cell->role = hit->status == STUDENT_ACTIVE ? THEME_TEXT : THEME_WARNING;
		break;
	default:
		if (hit->open_claims > 0) {
			cell->text = arena_printf(arena, "%d", (int)hit->open_claims);
			cell->role = THEME_WAITING;
		}
	}
}

/* --- the learner below the list --- */

static void card_done(struct job *job, struct view *view)
{
	card_take(&((struct lookup_view *)view)->card, job);
}

static void card_ask(struct view *view)
{
	struct lookup_view *self = (struct lookup_view *)view;
	const struct student_hit *hit = hit_at(self, self->table.selected);
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

/* The detail waits until the marker rests: moving it then costs few bytes. */
static void lookup_moved(struct view *view)
{
	app_wake(view, app_low_bandwidth(view->app) ? SLOW_DELAY_MS * 2 : CARD_DELAY_MS);
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

static void search_done(struct job *job, struct view *view)
{
	struct lookup_view *self = (struct lookup_view *)view;
	struct search_job *ask = job->question;

	if (job->result == OV_ECANCELLED)
		return;
	self->error = job->error;
	self->error.code = job->result == OV_ENOTFOUND ? 0 : job->result;
	self->hits = ask->page;
	self->searched = true;
	if (job->result)
		self->hits.count = 0;
	job_keep(job, &self->arena);
	table_select(&self->table, 0);
	table_set_count(&self->table, self->hits.count);
	if (!self->hits.count)
		card_release(&self->card);
	else
		lookup_moved(view);
}

static void search_ask(struct lookup_view *self)
{
	struct job *job;
	struct search_job *ask;

	if (!self->query.len) {
		app_cancel(&self->view, CHANNEL_SEARCH);
		app_cancel(&self->view, CHANNEL_CARD);
		self->hits.count = 0;
		self->searched = false;
		table_set_count(&self->table, 0);
		card_release(&self->card);
		return;
	}
	job = job_new(sizeof *ask);
	ask = job->question;
	ask->text = arena_strdup(&job->arena, self->query.text);
	job->run = search_run;
	job->done = search_done;
	job->channel = CHANNEL_SEARCH;
	app_submit(&self->view, job);
}

/* --- the view --- */

static void lookup_open(struct view *view, const void *arg)
{
	struct lookup_view *self = (struct lookup_view *)view;

	(void)arg;
	edit_init(&self->query, 60);
	self->table = (struct table){ .columns = columns, .column_count = COLUMNS,
				      .cell = lookup_cell, .context = self };
}

static void lookup_close(struct view *view)
{
	struct lookup_view *self = (struct lookup_view *)view;

	edit_release(&self->query);
	card_release(&self->card);
	arena_release(&self->arena);
}

/* A letter was typed: on a slow line the search waits for the next one. */
static void search_soon(struct lookup_view *self)
{
	self->search_waits = self->query.len && app_low_bandwidth(self->view.app);
	if (self->search_waits)
		app_wake(&self->view, SLOW_DELAY_MS);
	else
		search_ask(self);
}

static void lookup_wake(struct view *view)
{
	struct lookup_view *self = (struct lookup_view *)view;

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

	if (self->query.len) {
		self->card.id = 0;
		search_ask(self);
	}
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
	else if (self->searched && self->hits.count)
		canvas_printf(canvas, 0, col, THEME_MUTED, self->hits.count == HITS_MAX
			      ? _("first %zu found") : _("%zu found"), self->hits.count);
	else if (self->searched)
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

	find_line_draw(self, &part);
	part = canvas_sub(canvas, rect_take_top(&area, list));
	canvas_rule(&part, 0, NULL);
	part = canvas_sub(&part, (struct rect){ 1, 0, list - 1, part.area.cols });
	table_draw(&self->table, &part, view->app, true, self->in_list);
	part = canvas_sub(canvas, area);
	canvas_rule(&part, 0, NULL);
	part = canvas_sub(&part, (struct rect){ 1, 0, area.rows - 1, area.cols });
	if (self->table.count)
		student_summary_draw(&self->card, NULL, clock_today(app_clock(view->app)), &part);
}

static void open_row(struct lookup_view *self, size_t row)
{
	const struct student_hit *hit = hit_at(self, row);
	struct thing_options options = { .id = hit ? hit->id : 0,
					 .name = hit ? hit->full_name : NULL };

	if (hit)
		app_push(self->view.app, &card_class, &options);
}

static void lookup_enter(struct view *view)
{
	struct lookup_view *self = (struct lookup_view *)view;

	open_row(self, self->table.selected);
}

/* 1…9 pick a row when the query is letters: no number then needs a digit. */
static bool picks_row(const struct lookup_view *self, key_press key)
{
	size_t i;

	if (key < '1' || key > '9' || key - '1' >= self->hits.count || !self->query.len)
		return false;
	for (i = 0; i < self->query.len; i++) {
		if (self->query.text[i] >= '0' && self->query.text[i] <= '9')
			return false;
	}
	return true;
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
	if (key == '?' && !self->query.len)
		return false;
	if (picks_row(self, key)) {
		open_row(self, key - '1');
		return true;
	}
	if (key == K_HOME || key == K_END || !edit_key(&self->query, key))
		return false;
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

const struct view_class lookup_class = {
	.name = "lookup", .title = N_("Lookup"),
	.contexts = CTX_PANE | CTX_LIST | CTX_LOOKUP, .size = sizeof(struct lookup_view),
	.open = lookup_open, .close = lookup_close, .draw = lookup_draw, .key = lookup_key,
	.typing = lookup_typing, .paste = lookup_paste, .list = lookup_list,
	.moved = lookup_moved, .enter = lookup_enter, .wake = lookup_wake, .resume = lookup_resume,
};
