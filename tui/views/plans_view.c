/* The drafts of timetables: made, compared, opened, published, taken back. */
#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/store/command.h"
#include "tui/action.h"
#include "tui/table.h"
#include "tui/views/command_view.h"
#include "tui/views/plan_parts.h"
#include "tui/views/plan_view.h"

enum { CHANNEL_LIST = 1, TAG_CHANGED = 1, TAG_START, TAG_RUN, DRAFTS_MAX = 200 };

struct plans_view {
	struct view view;
	struct arena arena;
	struct page page;
	bool loaded;
	int64_t marked; /* the draft to compare with, 0 none */
	int64_t seek;   /* the one to put the marker on, 0 none */
	struct error error;
	struct table table;
};

enum { COL_ID, COL_NAME, COL_STATE, COL_DAYS, COL_COUNT, COL_UNPLACED, COL_CONFLICTS, COL_COST,
       COL_CLEAR, COL_CHANGES, COL_SPARK, COLUMNS };

static const struct table_column columns[COLUMNS] = {
	{ N_("No."), { .min = 4, .want = 5, .keep = 10 }, TEXT_RIGHT },
	{ N_("Draft"), { .min = 8, .want = 16, .grow = 1, .keep = 7 }, TEXT_LEFT },
	{ N_("State"), { .min = 9, .want = 10, .keep = 9 }, TEXT_LEFT },
	{ N_("First day"), { .min = 10, .want = 10, .keep = 3 }, TEXT_LEFT },
	{ N_("Meetings"), { .min = 8, .want = 8, .keep = 4 }, TEXT_RIGHT },
	{ N_("Not placed"), { .min = 10, .want = 10, .keep = 6 }, TEXT_RIGHT },
	{ N_("Conflicts"), { .min = 9, .want = 9, .keep = 5 }, TEXT_RIGHT },
	{ N_("Cost"), { .min = 8, .want = 9, .keep = 8 }, TEXT_RIGHT },
	{ N_("Free of clash"), { .min = 13, .want = 13, .keep = 2 }, TEXT_RIGHT },
	{ N_("Changes"), { .min = 7, .want = 7, .keep = 1 }, TEXT_RIGHT },
	{ N_("Falling cost"), { .min = 24, .want = 24, .keep = 0 }, TEXT_LEFT },
};

static const struct plan_draft *draft_at(const struct plans_view *self, size_t row)
{
	return self->page.records[row];
}

static void plans_cell(const void *context, size_t row, size_t column, struct arena *arena,
		       struct cell *cell)
{
	const struct plan_draft *plan = draft_at(context, row);
	char day[DATE_TEXT];

	switch (column) {
	case COL_ID: cell->text = arena_printf(arena, "%lld", (long long)plan->id); break;
	case COL_NAME: cell->text = plan->name ? plan->name : "-"; break;
	case COL_STATE:
		cell->text = enum_label(&plan_state_enum, plan->state);
		cell->role = plan->state == PLAN_PUBLISHED ? THEME_OK :
			     plan->state == PLAN_DRAFT ? THEME_WAITING : THEME_MUTED;
		break;
	case COL_DAYS: cell->text = arena_strdup(arena, date_format(plan->from_on, day)); break;
	case COL_COUNT: cell->text = plan_number(plan->sessions, arena); break;
	case COL_UNPLACED:
		cell->text = plan_number(plan->unplaced, arena);
		cell->role = plan->unplaced ? THEME_REFUSED : THEME_TEXT;
		break;
	case COL_CONFLICTS:
		cell->text = plan_number(plan->conflicts, arena);
		cell->role = plan->conflicts ? THEME_WARNING : THEME_TEXT;
		break;
	case COL_COST: cell->text = plan_number(plan->cost, arena); break;
	case COL_CLEAR:
		cell->text = arena_printf(arena, "%lld/%lld", (long long)plan->learners_clear,
					  (long long)plan->learners);
		break;
	case COL_CHANGES: cell->text = plan_number(plan->changes, arena); break;
	default: cell->text = plan_spark(plan, SPARK_CELLS, arena);
	}
}

static char plans_flag(const void *context, size_t row)
{
	const struct plans_view *self = context;

	return draft_at(self, row)->id == self->marked ? '*' : 0;
}

/* --- asking --- */

static int plans_run(struct job *job, struct store *store)
{
	const struct query query = { .kind = KIND_PLAN_DRAFT, .limit = DRAFTS_MAX,
				     .descending = true };
	struct page *page = arena_alloc(&job->arena, sizeof *page);

	job->answer = page;
	return store_find(store, &query, &job->arena, page, &job->error);
}

static void plans_done(struct job *job, struct view *view)
{
	struct plans_view *self = (struct plans_view *)view;

	if (job->result == OV_ECANCELLED)
		return;
	self->error = job->error;
	self->error.code = job->result;
	if (job->result)
		return;
	self->loaded = true;
	self->page = *(const struct page *)job->answer;
	job_keep(job, &self->arena);
	table_set_count(&self->table, self->page.count);
	for (size_t i = 0; self->seek && i < self->page.count; i++)
		if (draft_at(self, i)->id == self->seek)
			table_select(&self->table, i);
	self->seek = 0;
}

static void plans_resume(struct view *view)
{
	struct job *job = job_new(0);

	job->run = plans_run;
	job->done = plans_done;
	job->channel = CHANNEL_LIST;
	app_submit(view, job);
}

static void plans_open(struct view *view, const void *arg)
{
	struct plans_view *self = (struct plans_view *)view;

	(void)arg;
	self->table = (struct table){ .columns = columns, .column_count = COLUMNS,
				      .cell = plans_cell, .flag = plans_flag, .context = self };
}

static void plans_close(struct view *view)
{
	arena_release(&((struct plans_view *)view)->arena);
}

/* --- drawing --- */

static void plans_draw(struct view *view, const struct canvas *canvas)
{
	struct plans_view *self = (struct plans_view *)view;
	struct rect area = canvas_area(canvas);
	struct canvas part = canvas_sub(canvas, rect_take_top(&area, 1));
	int col = 1 + canvas_put(&part, 0, 1, THEME_HEADING, _("Drafts of timetables")) + 2;

	if (self->error.code)
		canvas_put(&part, 0, col, THEME_REFUSED, self->error.message);
	else if (self->marked)
		canvas_printf(&part, 0, col, THEME_WAITING, _("%lld is marked; c on another compares them"),
			      (long long)self->marked);
	else
		canvas_put(&part, 0, col, THEME_MUTED,
			   _("learners see nothing of a draft before it is published"));
	part = canvas_sub(canvas, area);
	table_draw(&self->table, &part, view->app, true, true);
	if (self->loaded && !self->table.count) {
		canvas_put(&part, 1, 2, THEME_MUTED, _("No draft yet; n makes one"));
		canvas_cursor(&part, 1, 0);
	}
}

static struct table *plans_list(struct view *view)
{
	return &((struct plans_view *)view)->table;
}

const struct plan_draft *plans_selected(struct view *view)
{
	struct plans_view *self = (struct plans_view *)view;

	return self->table.selected < self->table.count ? draft_at(self, self->table.selected) : NULL;
}

/* --- keys --- */

bool plans_may(struct app *app, struct view *view)
{
	(void)view;
	return permission_has(app_actor(app), PERM_TIMETABLE);
}

bool plans_may_change(struct app *app, struct view *view)
{
	(void)view;
	return command_permitted(app, command_find("plan.save"));
}

void plans_show(struct app *app, struct view *view)
{
	(void)view;
	app_push(app, &plans_class, NULL);
}

void plans_new(struct app *app, struct view *view)
{
	(void)app;
	app_ask(view, TAG_START, &plan_start_class, NULL);
}

void plans_mark(struct app *app, struct view *view)
{
	struct plans_view *self = (struct plans_view *)view;
	const int64_t id = plans_selected(view)->id;

	(void)app;
	self->marked = self->marked == id ? 0 : id;
	table_move(&self->table, 1);
}

/* Without a mark, with the one below. */
void plans_compare(struct app *app, struct view *view)
{
	struct plans_view *self = (struct plans_view *)view;
	struct plan_ids ids = { { self->marked, plans_selected(view)->id } };

	if (!self->marked && self->table.selected + 1 < self->table.count)
		ids.id[0] = draft_at(self, self->table.selected + 1)->id;
	if (!ids.id[0] || ids.id[0] == ids.id[1])
		app_say(app, THEME_WARNING, _("Space marks a draft; c on another one compares them"));
	else
		app_push(app, &plan_compare_class, &ids);
}

static void plans_enter(struct view *view)
{
	struct plan_ids ids = { { plans_selected(view)->id, 0 } };

	app_push(view->app, &plan_class, &ids);
}

static void saved(struct plans_view *self, const struct outcome *outcome)
{
	const struct plan_draft *plan = bundle_first(&outcome->records, &plan_draft_fields);
	char text[160];

	self->seek = outcome->id;
	if (plan)
		snprintf(text, sizeof text,
			 _("Draft %lld saved: cost %lld, %lld without a place, %lld conflicts"),
			 (long long)plan->id, (long long)plan->cost, (long long)plan->unplaced,
			 (long long)plan->conflicts);
	else
		snprintf(text, sizeof text, _("Draft %lld saved\n"), (long long)outcome->id);
	text[strcspn(text, "\n")] = '\0';
	app_say(self->view.app, THEME_OK, text);
	plans_resume(&self->view);
}

static void plans_answer(struct view *view, int tag, const struct view_answer *answer)
{
	struct plans_view *self = (struct plans_view *)view;

	if (!answer->ok)
		return;
	if (tag == TAG_START)
		app_ask(view, TAG_RUN, &plan_run_class, answer->record);
	else if (tag == TAG_RUN && answer->outcome)
		saved(self, answer->outcome);
}

const struct view_class plans_class = {
	.name = "plans", .title = N_("Drafts"), .contexts = CTX_PANE | CTX_LIST | CTX_PLANS,
	.size = sizeof(struct plans_view),
	.open = plans_open, .close = plans_close, .draw = plans_draw, .list = plans_list,
	.enter = plans_enter, .answer = plans_answer, .resume = plans_resume,
};
