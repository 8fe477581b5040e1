/* Jobs that are done in one transaction: each is refused for itself, and the trail
 * goes on behind what is left. */
#include "tests/unit/shared.h"

#include <semaphore.h>

#include "core/store/chain.h"
#include "core/store/commands/calendar_args.h"
#include "core/store/execute.h"
#include "server/writer.h"
#include "tests/unit/claim_world.h"

enum { JOBS = 6, COMMANDS = 3 };

struct job {
	struct write_job job; /* first */
	struct command commands[COMMANDS];
	size_t count;
	struct outcome outcome;
	struct chain_result chain;
	sem_t *gate;
	sem_t done;
};

static struct world world;
static struct arena arena;

static void job_done(struct write_job *job)
{
	sem_post(&((struct job *)job)->done);
}

static void post(struct writer *writer, struct job *job,
		 int (*run)(struct tx *tx, struct write_job *job, struct error *err))
{
	job->job.actor = world.store->actor;
	job->job.arena = &arena;
	job->job.run = run;
	job->job.done = job_done;
	sem_init(&job->done, 0, 0);
	assert_true(writer_post(writer, &job->job));
}

static void wait_for(struct job *job)
{
	while (sem_wait(&job->done) < 0) { }
	sem_destroy(&job->done);
}

static void changed(void *context)
{
	(void)context;
}

static int run_gate(struct tx *tx, struct write_job *job, struct error *err)
{
	(void)tx;
	(void)err;
	while (sem_wait(((struct job *)job)->gate) < 0) { }
	return 0;
}

static int run_commands(struct tx *tx, struct write_job *write, struct error *err)
{
	struct job *job = (struct job *)write;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < job->count; i++)
		rc = execute_part(tx, &job->commands[i], true, &job->outcome, err);
	return rc;
}

static int run_walk(struct tx *tx, struct write_job *write, struct error *err)
{
	return chain_walk(tx->local, CHAIN_AUDIT, &((struct job *)write)->chain, err);
}

static void add_day(struct job *job, const char *day)
{
	struct command *command = &job->commands[job->count++];
	struct calendar_set_args *args;

	command_init(command, command_find("calendar.set"), &arena);
	args = command->args;
	assert_true(date_parse(day, &args->on_date));
	args->kind = DAY_CLOSED;
	args->name = "Bench";
}

static void test_group(void **state)
{
	static const bool good[JOBS] = { true, false, true, false, false, true };
	struct job *jobs = mem_alloc(JOBS * sizeof *jobs), *before = mem_alloc(sizeof *before);
	struct job *after = mem_alloc(sizeof *after), *gate = mem_alloc(sizeof *gate);
	struct writer *writer;
	uint64_t count, commits;
	sem_t open;

	(void)state;
	world_open(&world);
	world_as(&world, "scheduler.1");
	sem_init(&open, 0, 0);
	gate->gate = &open;
	for (int i = 0; i < JOBS; i++)
		add_day(&jobs[i], ((const char *const[]){ "2101-01-01", "2101-01-02", "2101-01-03",
							  "2101-01-04", "2101-01-05",
							  "2101-01-06" })[i]);
	add_day(&jobs[0], "2102-01-01");
	/* After a day that was written, the key of that day again: both go. */
	add_day(&jobs[1], "2102-01-02");
	memcpy(jobs[1].commands[1].key, jobs[1].commands[0].key, ULID_TEXT);
	/* Refused at once, and behind two that were done. */
	*jobs[3].commands[0].key = '\0';
	add_day(&jobs[4], "2102-01-05");
	add_day(&jobs[4], "2102-01-06");
	*jobs[4].commands[2].key = '\0';

	writer = writer_start(world.store, changed, NULL);
	assert_non_null(writer);
	post(writer, before, run_walk);
	wait_for(before);
	post(writer, gate, run_gate);
	for (int i = 0; i < JOBS; i++)
		post(writer, &jobs[i], run_commands);
	post(writer, after, run_walk);
	sem_post(&open);
	wait_for(gate);
	wait_for(after);
	for (int i = 0; i < JOBS; i++) {
		wait_for(&jobs[i]);
		assert_int_equal(jobs[i].job.rc == 0, good[i]);
	}
	writer_counts(writer, &count, &commits);
	assert_int_equal(count, JOBS + 3);
	assert_in_range(commits, 2, 3); /* the walk; the gate, alone or with the jobs */
	assert_true(before->chain.ok);
	assert_true(after->chain.ok);
	assert_int_equal(after->chain.count - before->chain.count, 2 + 1 + 1);
	writer_stop(writer);
	sem_destroy(&open);
	free(jobs);
	free(before);
	free(after);
	free(gate);
	free(world.students);
	arena_release(&world.arena);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_group),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
