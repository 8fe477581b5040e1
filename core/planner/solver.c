#include "core/planner/solver.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/arena.h"
#include "core/planner/anneal.h"
#include "core/planner/repair.h"

enum { MILLION = 1000000, REPORT_BLOCKS = 16 };

/* One search and the thread that works on it. */
struct worker {
	struct solver *solver;
	struct anneal search;
	pthread_t thread;
	bool running;    /* in a thread of its own */
	int64_t spent;   /* of the effort, in its own unit: CPU ns or moves */
	int64_t clock;   /* of this thread when the last block ended */
	int64_t cpu_ns;
	bool finished;   /* went to the end of the step */
};

struct solver {
	const struct problem *problem;
	struct solver_options options;
	struct tables *tables;
	struct worker *workers;
	int32_t worker_count;
	int64_t effort, target; /* in the unit of spent */
	atomic_bool cancelled;
	bool stopped; /* the last step */
	int64_t history[SOLVER_HISTORY_MAX];
	size_t history_count;
	int64_t reported_ns;
	struct place *best;
	struct problem_cost best_cost;
};

static int64_t thread_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

struct solver *solver_new(const struct problem *problem, const struct solver_options *options)
{
	struct tables *tables = tables_new(problem, &options->stop);
	struct solver *solver;

	if (!tables)
		return NULL;
	solver = mem_alloc(sizeof *solver);
	solver->problem = problem;
	solver->options = *options;
	solver->options.start = NULL;
	solver->tables = tables;
	solver->worker_count = options->threads < 1 ? 1 :
		options->threads > SOLVER_THREADS_MAX ? SOLVER_THREADS_MAX : options->threads;
	solver->effort = options->iterations ? options->iterations : options->cpu_ms * MILLION;
	if (solver->effort < 1)
		solver->effort = 1;
	solver->best = mem_alloc(sizeof *solver->best * (size_t)(problem->event_count + 1));
	solver->workers = mem_alloc(sizeof *solver->workers * (size_t)solver->worker_count);
	for (int32_t i = 0; i < solver->worker_count; i++) {
		if (stop_asked(&options->stop)) {
			solver->worker_count = i;
			solver_free(solver);
			return NULL;
		}
		solver->workers[i].solver = solver;
		anneal_init(&solver->workers[i].search, solver->tables,
			    options->seed + (uint64_t)i, options->start);
	}
	return solver;
}

void solver_free(struct solver *solver)
{
	if (!solver)
		return;
	for (int32_t i = 0; i < solver->worker_count; i++)
		anneal_release(&solver->workers[i].search);
	tables_free(solver->tables);
	free(solver->workers);
	free(solver->best);
	free(solver);
}

/* Shares of the effort, without overflow. */
static int64_t portion(int64_t of, int64_t whole, int64_t parts)
{
	return (int64_t)((double)of / (double)whole * (double)parts);
}

static void note_history(struct solver *solver, const struct worker *worker)
{
	const struct anneal *a = &worker->search;
	const int64_t points = portion(worker->spent, solver->effort, SOLVER_HISTORY_MAX);

	while ((int64_t)solver->history_count < points &&
	       solver->history_count < SOLVER_HISTORY_MAX)
		solver->history[solver->history_count++] = a->best_hard ? -1 : a->best_soft;
}

/* The first worker speaks for all. */
static bool report(struct solver *solver, struct worker *worker)
{
	struct solver_progress progress;

	note_history(solver, worker);
	if (!solver->options.progress || worker->cpu_ns - solver->reported_ns < 50 * MILLION)
		return false;
	solver->reported_ns = worker->cpu_ns;
	solver_progress(solver, &progress);
	return solver->options.progress(solver->options.user, &progress);
}

/* Nothing is left to search for, or nothing can be moved. */
static bool is_done(const struct anneal *a)
{
	return a->begun && ((!a->best_hard && !a->best_soft) || a->t->hopeless);
}

static void *work(void *context)
{
	struct worker *worker = context;
	struct solver *solver = worker->solver;
	struct anneal *a = &worker->search;

	worker->clock = thread_ns();
	worker->finished = false;
	for (int64_t blocks = 0; (worker->spent < solver->target || !a->begun) && !is_done(a);
	     blocks++) {
		int64_t now;

		if (atomic_load_explicit(&solver->cancelled, memory_order_relaxed) ||
		    stop_asked(&solver->options.stop))
			return NULL;
		anneal_block(a, portion(worker->spent, solver->effort, MILLION));
		now = thread_ns();
		worker->cpu_ns += now - worker->clock;
		worker->spent = solver->options.iterations ? a->iterations : worker->cpu_ns;
		worker->clock = now;
		if (worker == solver->workers && blocks % REPORT_BLOCKS == 0 &&
		    report(solver, worker))
			solver_cancel(solver);
	}
	worker->finished = true;
	return NULL;
}

bool solver_step(struct solver *solver, int32_t share)
{
	bool finished = true;

	solver->target += solver->effort / 1000 * share + solver->effort % 1000 * share / 1000;
	for (int32_t i = 1; i < solver->worker_count; i++) {
		struct worker *w = &solver->workers[i];

		w->running = !pthread_create(&w->thread, NULL, work, w);
	}
	work(&solver->workers[0]);
	for (int32_t i = 1; i < solver->worker_count; i++) {
		struct worker *w = &solver->workers[i];

		if (w->running)
			pthread_join(w->thread, NULL);
		else
			work(w);
		w->running = false;
	}
	for (int32_t i = 0; i < solver->worker_count; i++) {
		finished = finished && solver->workers[i].finished;
		/* A stopped step gives back what it didn't use. */
		if (!solver->workers[i].finished && solver->workers[i].spent < solver->target)
			solver->target = solver->workers[i].spent;
	}
	note_history(solver, &solver->workers[0]);
	atomic_store(&solver->cancelled, false);
	solver->stopped = !finished;
	return finished;
}

void solver_cancel(struct solver *solver)
{
	atomic_store(&solver->cancelled, true);
}

static struct anneal *leader(const struct solver *solver)
{
	struct anneal *best = &solver->workers[0].search;

	for (int32_t i = 1; i < solver->worker_count; i++) {
		struct anneal *a = &solver->workers[i].search;

		if (a->best_hard != best->best_hard ? a->best_hard < best->best_hard :
		    a->best_soft < best->best_soft)
			best = a;
	}
	return best;
}

static bool hurried(void *user)
{
	const struct solver *solver = user;

	return solver->stopped || stop_asked(&solver->options.stop);
}

const struct place *solver_best(struct solver *solver, struct problem_cost *cost)
{
	const struct stop hurry = { hurried, solver };
	struct anneal *a = leader(solver);

	memcpy(solver->best, anneal_best(a),
	       sizeof *solver->best * (size_t)solver->problem->event_count);
	if (a->best_hard)
		repair_clashes(solver->tables, solver->best, &hurry);
	if (cost)
		problem_evaluate(solver->problem, solver->best, cost);
	return solver->best;
}

void solver_progress(const struct solver *solver, struct solver_progress *progress)
{
	const struct worker *worker = &solver->workers[0];
	const struct anneal *a = leader(solver);

	memset(progress, 0, sizeof *progress);
	progress->iterations = worker->search.iterations;
	progress->cpu_ms = worker->cpu_ns / MILLION;
	progress->permille = (int32_t)portion(worker->spent, solver->effort, 1000);
	if (progress->permille > 1000)
		progress->permille = 1000;
	progress->best.hard = a->best_hard;
	progress->best.soft = a->best_soft;
	progress->history = solver->history;
	progress->history_count = solver->history_count;
}
