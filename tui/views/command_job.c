#include "tui/views/command_job.h"

/* Somebody else was first: fetch what there is now, to show both. */
static int conflict_look(struct job *job, struct store *store, int rc)
{
	struct command_job *ask = job->question;
	enum kind target = ask->command.def->target;
	struct error err = ERROR_INIT;

	if (rc == OV_ECONFLICT && target != KIND_NONE && kind_stored(target) &&
	    store_get(store, target, ask->command.target, &job->arena, &ask->current, &err))
		ask->current = NULL;
	return rc;
}

static int assess_run(struct job *job, struct store *store)
{
	struct command_job *ask = job->question;

	return conflict_look(job, store, store_assess(store, &ask->command, &job->arena,
						      &ask->outcome, &job->error));
}

static int save_run(struct job *job, struct store *store)
{
	struct command_job *ask = job->question;
	size_t failed;

	return conflict_look(job, store, store_execute(store, &ask->command, 1, &job->arena,
						       &ask->outcome, &failed, &job->error));
}

struct job *command_job(const struct command *command, const void *args, bool save)
{
	struct job *job = job_new(sizeof(struct command_job));
	struct command_job *ask = job->question;

	ask->command = *command;
	ask->command.args = args ? record_copy(&job->arena, command->def->args, args) : NULL;
	bundle_init(&ask->outcome.records, &job->arena);
	job->run = save ? save_run : assess_run;
	return job;
}
