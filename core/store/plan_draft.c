#include "core/store/plan_draft.h"

#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/model/reason.h"
#include "core/timetable/term.h"
#include "core/store/command.h"
#include "core/store/commands/planning_args.h"

enum { WHOLE = 1000, HISTORY_KEPT = 60 };

/* The search under way, as its progress sees it. */
struct watch {
	const struct plan_request *request;
	int64_t first_ms;
	int64_t stopped_ms; /* since when a stop is known to have been asked for; 0 */
};

static bool watched(void *user, const struct solver_progress *progress)
{
	struct watch *watch = user;

	if (watch->first_ms < 0 && !progress->best.hard)
		watch->first_ms = progress->cpu_ms;
	return watch->request->progress && watch->request->progress(watch->request->user, progress);
}

static const char *history_text(const struct solver_progress *progress, struct arena *arena)
{
	struct buf text = BUF_INIT;
	const char *out;
	size_t count = progress->history_count;

	for (size_t i = 0; i < count && i < HISTORY_KEPT; i++) {
		size_t at = count <= HISTORY_KEPT ? i : (i + 1) * count / HISTORY_KEPT - 1;

		buf_printf(&text, "%s%lld", i ? "," : "", (long long)progress->history[at]);
	}
	out = text.len ? arena_strdup(arena, buf_cstr(&text)) : NULL;
	buf_release(&text);
	return out;
}

static const char *costs_text(const struct problem_cost *cost, int64_t wishes, struct arena *arena)
{
	const int64_t costs[PLAN_COSTS] = {
		[PLAN_COST_TIME] = cost->slot - wishes, [PLAN_COST_ROOM] = cost->room,
		[PLAN_COST_SPREAD] = cost->spread, [PLAN_COST_ISOLATED] = cost->isolated,
		[PLAN_COST_STABILITY] = cost->stability, [PLAN_COST_KEEP] = cost->keep,
		[PLAN_COST_LOAD] = cost->overload, [PLAN_COST_WEEK] = cost->span_overload,
		[PLAN_COST_FAIR] = cost->share, [PLAN_COST_WISH] = wishes,
	};
	const char *text = "";

	for (int i = 0; i < PLAN_COSTS; i++)
		text = arena_printf(arena, "%s%s%lld", text, i ? "," : "", (long long)costs[i]);
	return text;
}

static void rows_digest(const struct term_answer *answer, struct buf *bytes)
{
	char value[512];

	for (size_t i = 0; i < answer->meetings.count; i++)
		for (size_t f = 0; f < plan_meeting_item_fields.count; f++)
			buf_printf(bytes, "%s,", field_format(&plan_meeting_item_fields.fields[f],
				   answer->meetings.items[i], value, sizeof value));
}

static int save(struct store *store, const struct plan_request *request,
		const struct bundle *bundle, const struct term_options *options,
		const struct term_answer *answer, const struct solver_progress *progress,
		struct arena *arena, struct plan_made *made, struct error *err)
{
	const struct term *term = bundle_first(bundle, &term_fields);
	struct plan_save_args *args;
	struct command command;
	struct buf bytes = BUF_INIT;
	uint8_t *sha256 = arena_alloc(arena, HASH_BYTES);

	command_init(&command, command_find("plan.save"), arena);
	args = command.args;
	args->term_id = term->id;
	args->name = request->name;
	args->seed = request->seed;
	args->cpu_ms = progress->cpu_ms;
	args->kept = request->keep;
	args->from_on = options->from;
	args->to_on = options->to;
	args->cost = made->cost.soft;
	args->changes = answer->changes;
	args->history = history_text(progress, arena);
	args->costs = costs_text(&made->cost, answer->wishes, arena);
	args->meetings = arena_memdup(arena, &answer->meetings, sizeof answer->meetings);
	args->blockers = arena_memdup(arena, &answer->blockers, sizeof answer->blockers);
	rows_digest(answer, &bytes);
	hash_sha256(buf_cstr(&bytes), bytes.len, sha256);
	buf_release(&bytes);
	args->sha256 = sha256;
	return store_execute(store, &command, 1, arena, &made->outcome, NULL, err);
}

static void days_set(const struct plan_request *request, const struct bundle *bundle,
		     struct term_options *options)
{
	const struct term *term = bundle_first(bundle, &term_fields);

	options->from = request->from != OV_NULL && request->from > term->starts_on ?
			request->from : term->starts_on;
	options->to = request->to != OV_NULL && request->to < term->ends_on ?
		      request->to : term->ends_on;
	if (options->from <= request->today)
		options->from = request->today + 1;
}

static void phase(const struct plan_request *request, enum plan_phase phase)
{
	if (request->phase)
		request->phase(request->user, phase);
}

/* Who stopped waits for the reasons of what has no place, but not for long. */
static bool enough(void *user)
{
	enum { PATIENCE_MS = 50 };
	struct watch *watch = user;

	if (!watch->request->stopped || !watch->request->stopped(watch->request->user))
		return false;
	if (!watch->stopped_ms)
		watch->stopped_ms = clock_monotonic_ms();
	return clock_monotonic_ms() - watch->stopped_ms > PATIENCE_MS;
}

static int search(struct store *store, const struct plan_request *request,
		  const struct bundle *bundle, const struct term_options *options,
		  struct term_problem *term, struct arena *arena, struct plan_made *made,
		  struct error *err)
{
	struct watch watch = { request, -1, 0 };
	const struct stop patience = { enough, &watch };
	struct solver_options solving = {
		.seed = (uint64_t)request->seed, .cpu_ms = request->cpu_ms,
		.iterations = request->iterations, .threads = request->threads,
		.start = request->keep ? term_problem_start(term) : NULL,
		.progress = watched, .user = &watch,
		.stop = { request->stopped, request->user },
	};
	struct solver *solver = solver_new(term_problem_of(term), &solving);
	struct solver_progress progress;
	struct term_answer answer;
	int rc;

	if (!solver)
		return error_reason(err, REASON_CANCELLED, NULL);
	phase(request, PLAN_SEARCHING);
	made->stopped = !solver_step(solver, WHOLE);
	phase(request, PLAN_EXPLAINING);
	term_problem_answer(term, solver_best(solver, &made->cost), &patience, arena, &answer);
	solver_progress(solver, &progress);
	if (watch.first_ms < 0 && !made->cost.hard)
		watch.first_ms = progress.cpu_ms;
	made->events = (int64_t)answer.meetings.count;
	made->first_ms = watch.first_ms;
	made->cpu_ms = progress.cpu_ms;
	phase(request, PLAN_SAVING);
	/* Who stopped the search wants to keep what it found: that is not stopped. */
	made->stopped = made->stopped || (request->stopped && request->stopped(request->user));
	if (made->stopped)
		store_set_progress(store, NULL, NULL);
	rc = save(store, request, bundle, options, &answer, &progress, arena, made, err);
	solver_free(solver);
	return rc;
}

int plan_draft_make(struct store *store, const struct plan_request *request, struct arena *arena,
		    struct plan_made *made, struct error *err)
{
	const struct card_request card = { .kind = KIND_TERM, .key = request->term,
					   .from = OV_NULL, .to = OV_NULL };
	struct planner_options planner;
	struct term_options options = { .planner = &planner, .cohort = request->cohort,
					.keep = request->keep,
					.stop = { request->stopped, request->user } };
	struct term_problem *term;
	struct bundle bundle;
	int rc;

	memset(made, 0, sizeof *made);
	bundle_init(&bundle, arena);
	phase(request, PLAN_READING);
	if (planner_options_load(request->planner_file, &planner, err) < 0 ||
	    store_card(store, &card, arena, &bundle, err) < 0)
		return err->code;
	phase(request, PLAN_BUILDING);
	days_set(request, &bundle, &options);
	if (term_problem_new(&bundle, &options, &term, err) < 0)
		return err->code;
	rc = search(store, request, &bundle, &options, term, arena, made, err);
	term_problem_free(term);
	return rc;
}
