/* `overpass plan`: timetables. Here the benchmark's files; they need no store. */
#include "cli/verb.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "cli/output.h"
#include "cli/plan_files.h"
#include "cli/plan_progress.h"
#include "cli/progress.h"
#include "core/base/i18n.h"
#include "core/codec/ctt.h"
#include "core/model/reason.h"
#include "core/planner/solver.h"

enum { THOUSAND = 1000, SECONDS_MAX = 100 * 3600, SPARE_MS = 4 };

static int64_t process_cpu_ms(void)
{
	struct rusage used;

	(void)getrusage(RUSAGE_SELF, &used);
	return ((int64_t)used.ru_utime.tv_sec + used.ru_stime.tv_sec) * THOUSAND +
		(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / THOUSAND;
}

/* "10", "0.5": thousandths, without a float. */
static int seconds_given(struct cli *cli, int64_t fallback_ms, int64_t *ms)
{
	const char *text = args_text(&cli->args, "seconds");
	int64_t whole = 0, part = 0, digits = 0, unit = 100;

	*ms = fallback_ms;
	if (!text)
		return 0;
	for (; *text >= '0' && *text <= '9' && whole <= SECONDS_MAX; text++, digits++)
		whole = whole * 10 + (*text - '0');
	if (digits && *text == '.')
		for (text++; *text >= '0' && *text <= '9'; text++, unit /= 10)
			part += (*text - '0') * unit;
	*ms = whole * THOUSAND + part;
	if (*text || !digits || *ms < 1 || *ms > (int64_t)SECONDS_MAX * THOUSAND)
		return usage_error(&cli->err, _("--seconds must be a number above 0 and up to %d"),
				   SECONDS_MAX);
	return 0;
}

static int read_instance(struct cli *cli, struct ctt *ctt)
{
	struct buf bytes = BUF_INIT;
	int rc = plan_file_read(cli_word(cli, 0), &bytes, &cli->err);

	/* The instance points into its text. */
	if (!rc)
		rc = ctt_read(arena_memdup(&cli->arena, buf_cstr(&bytes), bytes.len + 1), bytes.len,
			      cli_word(cli, 0), ctt, &cli->arena, &cli->err);
	buf_release(&bytes);
	return rc;
}

/* ---- plan check ---- */

static void print_score(const struct cli *cli, const struct ctt_score *score)
{
	const struct {
		const char *kind, *name;
		int64_t count;
	} rows[] = {
		{ "hard", "lectures", score->lectures },
		{ "hard", "repeated", score->repeated },
		{ "hard", "conflicts", score->conflicts },
		{ "hard", "availability", score->availability },
		{ "hard", "room_occ", score->room_occ },
		{ "hard", "unknown", score->unknown },
		{ "soft", "room_capacity", score->room_capacity },
		{ "soft", "min_days", score->min_days },
		{ "soft", "compactness", score->compactness },
		{ "soft", "room_stability", score->room_stability },
	};
	json_t *kinds[2] = { json_object(), json_object() };

	/* For scripts: the same in every language, as the benchmark's checker has it. */
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (!cli->json)
			printf("%s %-14s %lld\n", rows[i].kind, rows[i].name,
			       (long long)rows[i].count);
		json_object_set_new(kinds[rows[i].kind[0] == 's'], rows[i].name,
				    json_integer(rows[i].count));
	}
	if (!cli->json) {
		printf("violations %lld\ncost %lld\n", (long long)score->violations,
		       (long long)score->cost);
		json_decref(kinds[0]);
		json_decref(kinds[1]);
		return;
	}
	output_json(json_pack("{s:o, s:o, s:I, s:I, s:b}", "hard", kinds[0], "soft", kinds[1],
		"hard_total", (json_int_t)score->violations, "cost", (json_int_t)score->cost,
		"feasible", !score->violations));
}

int plan_check_run(struct cli *cli)
{
	struct buf bytes = BUF_INIT;
	struct ctt_solution solution;
	struct ctt_score score;
	struct ctt ctt;
	int rc = read_instance(cli, &ctt);

	if (!rc)
		rc = plan_file_read(cli_word(cli, 1), &bytes, &cli->err);
	if (!rc)
		rc = ctt_solution_read(&ctt, buf_cstr(&bytes), bytes.len, cli_word(cli, 1),
				       &solution, &cli->arena, &cli->err);
	buf_release(&bytes);
	if (rc)
		return rc;
	ctt_score(&ctt, &solution, &score);
	print_score(cli, &score);
	return score.violations ? OV_EREFUSED : 0;
}

/* ---- plan solve ---- */

struct solving {
	struct cli *cli;
	struct ctt ctt;
	struct problem *problem;
	struct solver_options options;
	struct plan_file out;
};

static int options_given(struct solving *s)
{
	const struct args *args = &s->cli->args;
	int64_t number = 0, total_ms;
	int rc = seconds_given(s->cli, 60 * THOUSAND, &total_ms);

	if (!rc)
		rc = args_int(args, "seed", 0, INT64_MAX, 1, &number, &s->cli->err);
	s->options.seed = (uint64_t)number;
	if (!rc)
		rc = args_int(args, "threads", 1, SOLVER_THREADS_MAX, 1, &number, &s->cli->err);
	s->options.threads = (int32_t)number;
	if (!rc)
		rc = args_int(args, "moves", 1, INT64_MAX / 1000000, 0, &s->options.iterations,
			      &s->cli->err);
	s->options.progress = plan_progress;
	s->options.stop.asked = plan_stopped;
	s->options.cpu_ms = total_ms;
	return rc;
}

static void name_obstacles(struct solving *s)
{
	const char **sentences;
	const size_t count = ctt_obstacles(&s->ctt, &sentences, &s->cli->arena);

	for (size_t i = 0; i < count && i < 20; i++)
		fprintf(stderr, "overpass: %s\n", sentences[i]);
	if (count > 20)
		fprintf(stderr, _("overpass: and %zu more of the kind\n"), count - 20);
}

static void print_result(struct solving *s, const struct problem_cost *cost,
			 const struct solver_progress *progress)
{
	if (s->cli->json)
		output_json(json_pack("{s:I, s:I, s:b, s:I, s:I, s:I}", "violations",
			(json_int_t)cost->hard, "cost", (json_int_t)cost->soft, "feasible",
			!cost->hard, "seed", (json_int_t)s->options.seed, "moves",
			(json_int_t)progress->iterations, "cpu_ms", (json_int_t)process_cpu_ms()));
	else if (!s->cli->quiet)
		printf("violations %lld\ncost %lld\n", (long long)cost->hard,
		       (long long)cost->soft);
}

static int search(struct solving *s)
{
	struct solver_progress progress;
	struct buf text = BUF_INIT;
	struct problem_cost cost;
	struct solver *solver;
	const struct place *best;
	bool whole;
	int rc;

	/* Reading and writing count: what is used up by now is taken off. */
	s->options.cpu_ms -= process_cpu_ms() + SPARE_MS;
	if (s->options.cpu_ms < 1)
		s->options.cpu_ms = 1;
	solver = solver_new(s->problem, &s->options);
	if (!solver)
		return error_reason(&s->cli->err, REASON_CANCELLED, NULL);
	whole = solver_step(solver, THOUSAND);
	progress_stop();
	best = solver_best(solver, &cost);
	solver_progress(solver, &progress);
	ctt_solution_write(&s->ctt, s->problem, best, &text);
	rc = plan_file_end(&s->out, &text, &s->cli->err);
	if (!rc && s->out.name && strcmp(s->out.name, "-"))
		print_result(s, &cost, &progress);
	if (!rc && cost.hard) {
		fprintf(stderr, _("overpass: the best timetable found has %lld faults\n"),
			(long long)cost.hard);
		name_obstacles(s);
	}
	buf_release(&text);
	solver_free(solver);
	if (rc)
		return rc;
	return !whole ? OV_ECANCELLED : cost.hard ? OV_EREFUSED : 0;
}

int plan_solve_run(struct cli *cli)
{
	struct solving s = { .cli = cli, .out = { .fd = -1 } };
	int rc = options_given(&s);

	progress_start(cli);
	if (!rc)
		rc = read_instance(cli, &s.ctt);
	if (!rc)
		rc = plan_file_begin(&s.out, args_text(&cli->args, "out"), &cli->err);
	if (rc)
		return rc;
	s.problem = ctt_problem(&s.ctt, &cli->arena);
	rc = problem_check(s.problem, &cli->err);
	if (!rc)
		rc = search(&s);
	plan_file_drop(&s.out);
	return rc;
}
