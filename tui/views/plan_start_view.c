/* The form that asks what timetable to look for. */
#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/store/store.h"
#include "tui/action.h"
#include "tui/views/form_part.h"
#include "tui/views/plan_view.h"

enum { CHANNEL_TERMS = 1, TERMS_MAX = 40, SECONDS_MOST = 3600 };

#define PLAN_FORM_FIELDS(F, REC) \
	F(REC, FT_ENUM, term, .flags = REQ, .label = N_("Term"), .width = 8) \
	F(REC, FT_TEXT, cohort, .max = 30, .label = N_("Only this cohort"), .help = N_("Empty: all that learners are enrolled for"), .width = 16) \
	F(REC, FT_TEXT, name, .max = 60, .label = N_("Name of the draft"), .width = 24) \
	F(REC, FT_INT, seconds, .min = 1, .max = SECONDS_MOST, .flags = REQ, .label = N_("Seconds"), .help = N_("How long to look; Esc stops sooner"), .width = 6) \
	F(REC, FT_INT, seed, .min = 0, .max = 1000000000, .flags = REQ, .label = N_("Seed"), .help = N_("Another number takes another way"), .width = 6) \
	F(REC, FT_BOOL, keep, .flags = REQ, .label = N_("Few changes"), .help = N_("Keep the present timetable where possible"), .width = 4)
struct plan_form { PLAN_FORM_FIELDS(FIELD_MEMBER, plan_form) };

static const struct field plan_form_rows[] = { PLAN_FORM_FIELDS(FIELD_ROW, plan_form) };
enum { PLAN_FIELDS = sizeof plan_form_rows / sizeof plan_form_rows[0] };

struct plan_start_view {
	struct view view;
	struct form_part part;
	struct arena arena; /* of the terms */
	struct enum_value names[TERMS_MAX];
	struct enum_table terms;
	struct field fields[PLAN_FIELDS];
	struct field_table table;
	bool loaded;
	struct error error;
};

/* --- which terms there are --- */

static int terms_run(struct job *job, struct store *store)
{
	const struct query query = { .kind = KIND_TERM, .limit = TERMS_MAX, .order = "starts_on",
				     .descending = true };
	struct page *page = arena_alloc(&job->arena, sizeof *page);

	job->answer = page;
	return store_find(store, &query, &job->arena, page, &job->error);
}

/* The next term is planned; without one, the last. */
static size_t term_wanted(const struct page *page, int64_t today)
{
	size_t wanted = 0;

	for (size_t i = 0; i < page->count; i++)
		if (((const struct term *)page->records[i])->starts_on > today)
			wanted = i;
	return wanted;
}

static void terms_done(struct job *job, struct view *view)
{
	struct plan_start_view *self = (struct plan_start_view *)view;
	const struct page *page = job->answer;

	self->error = job->error;
	self->error.code = job->result;
	if (job->result)
		return;
	for (size_t i = 0; i < page->count && i < TERMS_MAX; i++) {
		const struct term *term = page->records[i];

		self->names[i] = (struct enum_value){ term->code, term->code };
	}
	self->terms.count = page->count < TERMS_MAX ? page->count : TERMS_MAX;
	if (page->count)
		form_set(&self->part.form, "term",
			 self->names[term_wanted(page, clock_today(app_clock(view->app)))].code);
	self->loaded = true;
	job_keep(job, &self->arena);
}

static void start_open(struct view *view, const void *arg)
{
	struct plan_start_view *self = (struct plan_start_view *)view;
	struct job *job = job_new(0);

	(void)arg;
	self->terms = (struct enum_table){ "term", self->names, 0 };
	memcpy(self->fields, plan_form_rows, sizeof self->fields);
	self->fields[0].enums = &self->terms;
	self->table = (struct field_table){
		.name = "plan_form", .plural = "plan_forms", .label = "",
		.size = sizeof(struct plan_form), .fields = self->fields, .count = PLAN_FIELDS,
	};
	form_init(&self->part.form, &self->table, NULL);
	form_set(&self->part.form, "seconds", "15");
	form_set(&self->part.form, "seed", "1");
	form_set(&self->part.form, "keep", "0");
	job->run = terms_run;
	job->done = terms_done;
	job->channel = CHANNEL_TERMS;
	app_submit(view, job);
}

static void start_close(struct view *view)
{
	struct plan_start_view *self = (struct plan_start_view *)view;

	form_part_release(&self->part);
	arena_release(&self->arena);
}

static void start_save(struct view *view)
{
	struct plan_start_view *self = (struct plan_start_view *)view;
	struct arena arena = ARENA_INIT;
	struct plan_start start = { .seconds = 0 };
	struct view_answer answer = { .ok = true, .record = &start };
	struct plan_form *form;

	if (self->loaded && form_read(&self->part.form, clock_today(app_clock(view->app)), &arena,
				      (void **)&form) == 0) {
		snprintf(start.term, sizeof start.term, "%s", self->names[form->term].code);
		snprintf(start.cohort, sizeof start.cohort, "%s", form->cohort ? form->cohort : "");
		snprintf(start.name, sizeof start.name, "%s", form->name ? form->name : "");
		start.seconds = form->seconds;
		start.seed = form->seed;
		start.keep = form->keep == 1;
		app_answer(view, &answer);
	}
	arena_release(&arena);
}

static struct form_part *start_form(struct view *view)
{
	return &((struct plan_start_view *)view)->part;
}

static void start_answer(struct view *view, int tag, const struct view_answer *answer)
{
	form_part_answer(view, tag, answer);
}

static void start_draw(struct view *view, const struct canvas *canvas)
{
	struct plan_start_view *self = (struct plan_start_view *)view;
	struct rect all = canvas_area(canvas), inner;
	const int fields = form_rows(&self->part.form);
	struct canvas box, part;

	box = canvas_box(canvas, rect_centre(all, fields + 5, all.cols > 84 ? 80 : all.cols - 4),
			 _("New draft of a timetable"));
	inner = canvas_area(&box);
	part = canvas_sub(&box, rect_take_top(&inner, fields > inner.rows - 1 ? inner.rows - 1 :
					      fields));
	form_draw(&self->part.form, &part, true);
	if (self->error.code)
		canvas_put(&box, box.area.rows - 1, 0, THEME_REFUSED, self->error.message);
	else if (self->loaded && !self->terms.count)
		canvas_put(&box, box.area.rows - 1, 0, THEME_REFUSED, _("There is no term yet"));
	else
		canvas_put(&box, box.area.rows - 1, 0, THEME_KEY,
			   _("C-s: look for a timetable   Esc: leave it"));
}

const struct view_class plan_start_class = {
	.name = "plan-start", .contexts = CTX_DIALOG | CTX_FORM, .overlay = true,
	.size = sizeof(struct plan_start_view),
	.open = start_open, .close = start_close, .draw = start_draw,
	.key = form_part_key, .typing = form_part_typing, .paste = form_part_paste,
	.form = start_form, .save = start_save, .answer = start_answer,
};
