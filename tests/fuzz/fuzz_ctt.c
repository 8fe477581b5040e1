/* fuzz_ctt.c: any bytes as an instance of the benchmark, and as a solution of it. */
#include "core/codec/ctt.h"
#include "core/planner/solver.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

/* An instance that was taken is one that can be planned, and its counting from
 * the file agrees with the solver's. */
static void plan(const struct ctt *ctt, struct arena *arena)
{
	const struct solver_options options = { .seed = 1, .iterations = 1 };
	struct problem *problem = ctt_problem(ctt, arena);
	struct ctt_solution solution;
	struct problem_cost cost;
	struct ctt_score score;
	struct solver *solver;
	struct buf text = BUF_INIT;
	const char **sentences;
	struct error err = ERROR_INIT;

	PROMISE(!problem_check(problem, &err));
	(void)ctt_obstacles(ctt, &sentences, arena);
	if ((int64_t)problem->event_count * problem->slot_count > 20000)
		return;
	solver = solver_new(problem, &options);
	PROMISE(solver_step(solver, 1000));
	ctt_solution_write(ctt, problem, solver_best(solver, &cost), &text);
	PROMISE(!ctt_solution_read(ctt, buf_cstr(&text), text.len, "made", &solution, arena, &err));
	ctt_score(ctt, &solution, &score);
	PROMISE(score.violations == cost.hard);
	PROMISE(!score.unknown && !score.repeated && !score.conflicts && !score.room_occ);
	if (!cost.hard)
		PROMISE(score.cost == cost.soft);
	buf_release(&text);
	solver_free(solver);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char fixed[] =
		"Name: F\nCourses: 2\nRooms: 1\nDays: 2\nPeriods_per_day: 2\nCurricula: 1\n"
		"Constraints: 0\nCOURSES:\nWelding A 2 2 9\nLathe B 1 1 9\nROOMS:\nR101 8\n"
		"CURRICULA:\nq 2 Welding Lathe\nUNAVAILABILITY_CONSTRAINTS:\nEND.\n";
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct ctt_solution solution;
	struct ctt_score score;
	struct ctt ctt;
	int rc = ctt_read((const char *)data, size, "fuzz", &ctt, &arena, &err);

	PROMISE(rc == 0 || rc == OV_EINPUT);
	PROMISE(err.code == rc);
	if (!rc)
		plan(&ctt, &arena);
	PROMISE(!ctt_read(fixed, sizeof fixed - 1, "fixed", &ctt, &arena, &err));
	rc = ctt_solution_read(&ctt, (const char *)data, size, "fuzz", &solution, &arena, &err);
	PROMISE(rc == 0 || rc == OV_EINPUT);
	if (!rc) {
		ctt_score(&ctt, &solution, &score);
		PROMISE(score.violations >= score.unknown + score.repeated && score.cost >= 0);
	}
	arena_release(&arena);
	return 0;
}
