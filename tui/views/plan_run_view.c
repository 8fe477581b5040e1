/* The search for a timetable: how far it is, what the best one so far costs and
 * how the cost fell. Esc stops it; what was found by then is saved. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/planner/sparkline.h"
#include "core/store/plan_draft.h"
#include "tui/action.h"
#include "tui/views/plan_parts.h"
#include "tui/views/plan_view.h"
#include "tui/worker.h"

enum { CHANNEL_RUN = 1, LOOK_MS = 200, SOON_MS = 20, BOX_ROWS = 11, BOX_COLS = 66, LABEL_CELLS = 16 };

/* What the worker's thread tells the screen, and the screen the worker. Shared
 * by the view and its job; the last one frees it. */
struct watch {
	pthread_mutex_t lock;
	int holders;
	atomic_bool stop; /* the person wants no more of it */
	enum plan_phase phase;
	int64_t iterations, hard, soft;
	int32_t permille;
	int64_t history[SOLVER_HISTORY_MAX];
	size_t history_count;
};

struct plan_run_view {
	struct view view;
	struct plan_start start;
	struct watch *watch;
};

struct run_job {
	struct watch *watch;
	struct plan_request request;
	struct plan_made made;
};

static struct watch *watch_new(void)
{
	struct watch *watch = mem_alloc(sizeof *watch);

	pthread_mutex_init(&watch->lock, NULL);
	watch->holders = 1;
	watch->hard = -1;
	return watch;
}

static struct watch *watch_hold(struct watch *watch)
{
	pthread_mutex_lock(&watch->lock);
	watch->holders++;
	pthread_mutex_unlock(&watch->lock);
	return watch;
}

static void watch_leave(struct watch *watch)
{
	bool last;

	pthread_mutex_lock(&watch->lock);
	last = --watch->holders == 0;
	pthread_mutex_unlock(&watch->lock);
	if (!last)
		return;
	pthread_mutex_destroy(&watch->lock);
	free(watch);
}

/* --- in the worker's thread --- */

static void run_phase(void *user, enum plan_phase phase)
{
	struct watch *watch = user;

	pthread_mutex_lock(&watch->lock);
	watch->phase = phase;
	pthread_mutex_unlock(&watch->lock);
}

static bool run_stopped(void *user)
{
	struct watch *watch = user;

	return atomic_load_explicit(&watch->stop, memory_order_relaxed);
}

static bool run_progress(void *user, const struct solver_progress *progress)
{
	struct watch *watch = user;

	pthread_mutex_lock(&watch->lock);
	watch->iterations = progress->iterations;
	watch->permille = progress->permille;
	watch->hard = progress->best.hard;
	watch->soft = progress->best.soft;
	watch->history_count = progress->history_count;
	if (progress->history_count)
		memcpy(watch->history, progress->history,
		       progress->history_count * sizeof *watch->history);
	pthread_mutex_unlock(&watch->lock);
	return false;
}

static int run_run(struct job *job, struct store *store)
{
	struct run_job *ask = job->question;

	return plan_draft_make(store, &ask->request, &job->arena, &ask->made, &job->error);
}

static void run_release(struct job *job)
{
	watch_leave(((struct run_job *)job->question)->watch);
}

/* --- the view --- */

static void run_done(struct job *job, struct view *view)
{
	struct run_job *ask = job->question;
	struct view_answer answer = { .ok = job->result == 0, .outcome = &ask->made.outcome };

	job->error.code = job->result;
	if (job->result == OV_ECANCELLED)
		app_say(view->app, THEME_WARNING, _("Stopped before the search began; nothing is saved"));
	else if (job->result)
		app_say_error(view->app, &job->error);
	app_answer(view, &answer);
}

static void run_open(struct view *view, const void *arg)
{
	struct plan_run_view *self = (struct plan_run_view *)view;
	struct job *job = job_new(sizeof(struct run_job));
	struct run_job *ask = job->question;
	struct plan_start *start = &self->start;

	*start = *(const struct plan_start *)arg;
	self->watch = watch_new();
	ask->watch = watch_hold(self->watch);
	ask->request = (struct plan_request){
		.term = arena_strdup(&job->arena, start->term),
		.cohort = *start->cohort ? arena_strdup(&job->arena, start->cohort) : NULL,
		.name = *start->name ? arena_strdup(&job->arena, start->name) : NULL,
		.planner_file = app_options(view->app)->planner_file,
		.from = OV_NULL, .to = OV_NULL, .today = clock_today(app_clock(view->app)),
		.seed = start->seed, .cpu_ms = start->seconds * 1000, .threads = 1,
		.keep = start->keep, .progress = run_progress, .phase = run_phase,
		.stopped = run_stopped, .user = ask->watch,
	};
	job->run = run_run;
	job->done = run_done;
	job->release = run_release;
	job->channel = CHANNEL_RUN;
	app_submit(view, job);
	app_wake(view, LOOK_MS);
}

/* Stops the search, which then saves what it has. */
static enum plan_phase run_halt(struct plan_run_view *self)
{
	struct watch *watch = self->watch;
	enum plan_phase phase;

	pthread_mutex_lock(&watch->lock);
	atomic_store(&watch->stop, true);
	phase = watch->phase;
	pthread_mutex_unlock(&watch->lock);
	return phase;
}

static void run_close(struct view *view)
{
	struct plan_run_view *self = (struct plan_run_view *)view;

	run_halt(self);
	watch_leave(self->watch);
}

/* Before the search there is nothing to keep: the question is dropped. So it is
 * for who doesn't want to wait until it is saved either. */
static bool run_stop(struct view *view)
{
	struct plan_run_view *self = (struct plan_run_view *)view;
	struct view_answer none = { .ok = false };
	const enum plan_phase phase = run_halt(self);

	if (phase == PLAN_SEARCHING || phase == PLAN_EXPLAINING) {
		app_wake(view, SOON_MS); /* to show that it stopped */
		return true;
	}
	app_say(view->app, THEME_WARNING, phase == PLAN_SAVING ? _("Given up; nothing is saved") :
		_("Stopped before the search began; nothing is saved"));
	app_cancel(view, CHANNEL_RUN);
	app_answer(view, &none);
	return true;
}

void plan_stop(struct app *app, struct view *view)
{
	(void)app;
	run_stop(view);
}

static void run_wake(struct view *view)
{
	struct watch *watch = ((struct plan_run_view *)view)->watch;

	app_wake(view, run_stopped(watch) ? SOON_MS : LOOK_MS);
}

static const char *phase_text(struct watch *watch)
{
	switch (watch->phase) {
	case PLAN_READING: return _("Reading what is to be planned");
	case PLAN_BUILDING: return _("Making ready for the search");
	case PLAN_SEARCHING:
		return run_stopped(watch) ? _("Stopping") : _("Looking for a better timetable");
	default:
		return run_stopped(watch) ? _("Stopped; the best so far is being saved")
				   : _("The best found is being saved");
	}
}

static void best_draw(const struct watch *watch, const struct canvas *box)
{
	struct arena *arena = canvas_arena(box);
	struct buf spark = BUF_INIT;

	canvas_put(box, 4, 0, THEME_LABEL, watch->hard > 0 ? _("Faults left") : _("Cost"));
	if (watch->hard < 0)
		return;
	canvas_put(box, 4, LABEL_CELLS, watch->hard ? THEME_WARNING : THEME_VALUE,
		   plan_number(watch->hard ? watch->hard : watch->soft, arena));
	sparkline(watch->history, watch->history_count, watch->soft, SPARK_CELLS, &spark);
	canvas_put(box, 4, LABEL_CELLS + 14, THEME_PROGRESS, buf_cstr(&spark));
	buf_release(&spark);
	canvas_put(box, 5, 0, THEME_LABEL, _("Moves tried"));
	canvas_put(box, 5, LABEL_CELLS, THEME_VALUE, plan_number(watch->iterations, arena));
}

static void run_draw(struct view *view, const struct canvas *canvas)
{
	struct plan_run_view *self = (struct plan_run_view *)view;
	struct watch *watch = self->watch;
	struct arena *arena = canvas_arena(canvas);
	struct rect all = canvas_area(canvas);
	struct canvas box = canvas_box(canvas, rect_centre(all, BOX_ROWS, all.cols > BOX_COLS + 4 ?
							   BOX_COLS : all.cols - 4),
				       arena_printf(arena, _("Draft of the term %s"),
						    self->start.term));
	bool saving;

	pthread_mutex_lock(&watch->lock);
	canvas_put(&box, 0, 0, watch->phase == PLAN_SEARCHING ? THEME_DIALOG : THEME_WAITING,
		   phase_text(watch));
	saving = watch->phase > PLAN_SEARCHING;
	canvas_bar(&box, 2, 0, box.area.cols - 8, saving ? 1000 : watch->permille, 1000);
	canvas_printf(&box, 2, box.area.cols - 6, THEME_VALUE, "%3d %%",
		      saving ? 100 : (int)watch->permille / 10);
	best_draw(watch, &box);
	pthread_mutex_unlock(&watch->lock);
	canvas_put(&box, box.area.rows - 1, 0, THEME_KEY, saving ?
		   _("Esc: give it up; nothing is saved") :
		   _("Esc: stop and keep the best so far"));
	canvas_cursor(&box, box.area.rows - 1, 0);
}

const struct view_class plan_run_class = {
	.name = "plan-run", .contexts = CTX_PLAN_RUN, .overlay = true,
	.size = sizeof(struct plan_run_view),
	.open = run_open, .close = run_close, .draw = run_draw, .stop = run_stop,
	.wake = run_wake,
};
