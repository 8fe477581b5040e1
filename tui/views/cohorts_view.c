/* The cohort pane: all cohorts by programme and term; Enter opens a cohort's week. */
#include <stdlib.h>
#include <string.h>

#include "core/store/store.h"
#include "tui/action.h"
#include "tui/edit.h"
#include "tui/fuzzy.h"
#include "tui/table.h"
#include "tui/views/list_view.h"
#include "tui/views/print_view.h"
#include "tui/views/views.h"

enum { CHANNEL_LIST = 1, COHORTS_MAX = 5000, PAGE = 500 };

struct cohorts_view {
	struct view view;
	struct arena arena;
	const struct cohort **all;
	const struct cohort **shown;
	const struct programme **programmes;
	size_t programme_count;
	size_t count;
	bool loaded, finding;
	struct edit query;
	struct table table;
	struct error error;
};

struct cohorts_job {
	const struct cohort **all;
	const struct programme **programmes;
	size_t count, programme_count;
};

enum { COL_PROGRAMME, COL_INTAKE, COL_CODE, COL_NAME, COL_CAPACITY, COLUMNS };

static const struct table_column columns[COLUMNS] = {
	{ N_("Programme"), { .min = 14, .want = 24, .keep = 7 }, TEXT_LEFT },
	{ N_("Intake"), { .min = 8, .want = 8, .keep = 6 }, TEXT_LEFT },
	{ N_("Cohort"), { .min = 9, .want = 10, .keep = 9 }, TEXT_LEFT },
	{ N_("Title"), { .min = 16, .want = 24, .grow = 1, .keep = 8 }, TEXT_LEFT },
	{ N_("Capacity"), { .min = 8, .want = 8, .keep = 4 }, TEXT_RIGHT },
};

static const struct programme *programme_of(const struct programme *const *list, size_t count,
					    int64_t id)
{
	for (size_t i = 0; i < count; i++)
		if (list[i]->id == id)
			return list[i];
	return NULL;
}

static const char *programme_text(const struct cohorts_view *self, int64_t id, struct arena *arena)
{
	const struct programme *p = programme_of(self->programmes, self->programme_count, id);

	return p ? arena_printf(arena, "%s %s", p->code, p->name ? p->name : "") : NULL;
}

static bool text_same(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static void cohorts_cell(const void *context, size_t row, size_t column, struct arena *arena,
			 struct cell *cell)
{
	const struct cohorts_view *self = context;
	const struct cohort *cohort = self->shown[row];
	/* A group is named once, on its first row and on the first one shown. */
	const struct cohort *above = row > self->table.top ? self->shown[row - 1] : NULL;
	const bool same = above && above->programme_id == cohort->programme_id;

	switch (column) {
	case COL_PROGRAMME:
		cell->role = THEME_HEADING;
		if (!same)
			cell->text = programme_text(self, cohort->programme_id, arena);
		break;
	case COL_INTAKE:
		cell->role = THEME_HEADING;
		if (!same || !text_same(above->intake, cohort->intake))
			cell->text = cohort->intake;
		break;
	case COL_CODE: cell->text = cohort->code; break;
	case COL_NAME: cell->text = cohort->name; break;
	default:
		if (cohort->capacity != OV_NULL)
			cell->text = arena_printf(arena, "%d", (int)cohort->capacity);
	}
}

static void narrow(struct cohorts_view *self)
{
	size_t i, count = 0;

	for (i = 0; i < self->count; i++) {
		const struct cohort *c = self->all[i];

		if (fuzzy_score(self->query.text, c->code ? c->code : "") > 0 ||
		    fuzzy_score(self->query.text, c->name ? c->name : "") > 0)
			self->shown[count++] = c;
	}
	table_set_count(&self->table, count);
}

/* All records of a kind, the newest first; there are some thousands at most. */
static int all_find(struct job *job, struct store *store, enum kind kind, const void **all,
		    size_t *count)
{
	struct query query = { .kind = kind, .limit = PAGE, .descending = true };
	struct page page;
	int rc;

	do {
		rc = store_find(store, &query, &job->arena, &page, &job->error);
		if (rc)
			return rc;
		for (size_t i = 0; i < page.count && *count < COHORTS_MAX; i++)
			all[(*count)++] = page.records[i];
		query.cursor = page.next;
	} while (page.next && *count < COHORTS_MAX);
	return 0;
}

/* What a cohort is sorted by. */
struct sorted {
	const struct cohort *cohort;
	const char *programme;
	size_t place; /* as the store gave them */
};

static int by_group(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;
	int rc = strcmp(x->programme, y->programme);

	if (!rc) /* the newest term first */
		rc = strcmp(y->cohort->intake ? y->cohort->intake : "",
			    x->cohort->intake ? x->cohort->intake : "");
	return rc ? rc : x->place < y->place ? -1 : 1;
}

static void groups_sort(struct cohorts_job *made, struct arena *arena)
{
	struct sorted *rows = arena_array(arena, made->count + 1, sizeof *rows);

	for (size_t i = 0; i < made->count; i++) {
		const struct programme *p = programme_of(made->programmes, made->programme_count,
							 made->all[i]->programme_id);

		rows[i] = (struct sorted){ made->all[i], p && p->code ? p->code : "", i };
	}
	if (made->count)
		qsort(rows, made->count, sizeof *rows, by_group);
	for (size_t i = 0; i < made->count; i++)
		made->all[i] = rows[i].cohort;
}

static int cohorts_run(struct job *job, struct store *store)
{
	struct cohorts_job *made = job->question;
	int rc;

	made->all = arena_array(&job->arena, COHORTS_MAX, sizeof *made->all);
	made->programmes = arena_array(&job->arena, COHORTS_MAX, sizeof *made->programmes);
	rc = all_find(job, store, KIND_COHORT, (const void **)made->all, &made->count);
	if (!rc)
		rc = all_find(job, store, KIND_PROGRAMME, (const void **)made->programmes,
			      &made->programme_count);
	if (!rc)
		groups_sort(made, &job->arena);
	return rc;
}

static void cohorts_done(struct job *job, struct view *view)
{
	struct cohorts_view *self = (struct cohorts_view *)view;
	struct cohorts_job *made = job->question;

	if (job->result == OV_ECANCELLED)
		return;
	self->loaded = true;
	self->error = job->error;
	self->error.code = job->result;
	if (job->result)
		return;
	self->all = made->all;
	self->count = made->count;
	self->programmes = made->programmes;
	self->programme_count = made->programme_count;
	job_keep(job, &self->arena);
	self->shown = arena_array(&self->arena, self->count, sizeof *self->shown);
	narrow(self);
}

static void cohorts_resume(struct view *view)
{
	struct job *job = job_new(sizeof(struct cohorts_job));

	job->run = cohorts_run;
	job->done = cohorts_done;
	job->channel = CHANNEL_LIST;
	app_submit(view, job);
}

static void cohorts_open(struct view *view, const void *arg)
{
	struct cohorts_view *self = (struct cohorts_view *)view;

	(void)arg;
	edit_init(&self->query, 40);
	self->table = (struct table){ .columns = columns, .column_count = COLUMNS,
				      .cell = cohorts_cell, .context = self };
}

static void cohorts_close(struct view *view)
{
	struct cohorts_view *self = (struct cohorts_view *)view;

	edit_release(&self->query);
	arena_release(&self->arena);
}

static void cohorts_draw(struct view *view, const struct canvas *canvas)
{
	struct cohorts_view *self = (struct cohorts_view *)view;
	struct rect area = canvas_area(canvas);
	struct canvas part = canvas_sub(canvas, rect_take_top(&area, 1));
	int col = 1;

	col += canvas_put(&part, 0, col, THEME_LABEL, _("Find:")) + 1;
	if (self->error.code)
		canvas_put(&part, 0, col + 32, THEME_REFUSED, self->error.message);
	else if (self->loaded)
		canvas_printf(&part, 0, col + 32, THEME_MUTED, _("%zu of %zu cohorts"),
			      self->table.count, self->count);
	rect_take_top(&area, 1);
	canvas_rule(canvas, 1, NULL);
	{
		struct canvas list = canvas_sub(canvas, area);

		table_draw(&self->table, &list, view->app, true, !self->finding);
	}
	edit_draw(&self->query, &part, 0, col, 30, THEME_FIELD,
		  self->finding || !self->table.count);
}

static void cohorts_enter(struct view *view)
{
	struct cohorts_view *self = (struct cohorts_view *)view;
	const struct cohort *cohort = self->shown[self->table.selected];
	struct thing_options options = { .id = cohort->id, .name = cohort->code };

	self->finding = false;
	app_push(view->app, &week_class, &options);
}

static bool cohorts_key(struct view *view, key_press key)
{
	struct cohorts_view *self = (struct cohorts_view *)view;

	if (!self->finding) {
		if (!key_is_han(key))
			return false;
		self->finding = true;
	}
	if (key == K_ESC || key == K_TAB) {
		if (key == K_ESC)
			edit_set(&self->query, "");
		self->finding = false;
		narrow(self);
		return true;
	}
	if (key == K_HOME || key == K_END || !edit_key(&self->query, key))
		return false;
	self->table.selected = 0;
	narrow(self);
	return true;
}

static bool cohorts_typing(const struct view *view)
{
	return ((const struct cohorts_view *)view)->finding;
}

static void cohorts_paste(struct view *view, const char *text)
{
	struct cohorts_view *self = (struct cohorts_view *)view;

	self->finding = true;
	edit_set(&self->query, text);
	narrow(self);
}

void cohorts_find(struct app *app, struct view *view)
{
	(void)app;
	((struct cohorts_view *)view)->finding = true;
}

static struct table *cohorts_list(struct view *view)
{
	return &((struct cohorts_view *)view)->table;
}

void cohorts_graduation(struct app *app, struct view *view)
{
	struct cohorts_view *self = (struct cohorts_view *)view;

	if (self->table.selected < self->table.count)
		graduation_list_open(app, self->shown[self->table.selected]->code);
}

void cohorts_print(struct app *app, struct view *view)
{
	struct cohorts_view *self = (struct cohorts_view *)view;

	(void)app;
	if (self->table.selected < self->table.count)
		print_open(view, KIND_COHORT, self->shown[self->table.selected]->code);
}

const struct view_class cohorts_class = {
	.name = "cohorts", .title = N_("Cohorts"),
	.contexts = CTX_PANE | CTX_LIST | CTX_COHORTS, .size = sizeof(struct cohorts_view),
	.open = cohorts_open, .close = cohorts_close, .draw = cohorts_draw, .key = cohorts_key,
	.typing = cohorts_typing, .paste = cohorts_paste, .list = cohorts_list,
	.enter = cohorts_enter, .resume = cohorts_resume,
};
