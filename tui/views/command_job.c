#include "tui/views/command_job.h"

#include "core/store/evidence.h"

/* A claim's card tells its history: who did the last step. */
static void changer_look(struct job *job, struct store *store)
{
	struct command_job *ask = job->question;
	const struct card_request card = { .kind = KIND_CREDIT_CLAIM, .id = ask->command.target,
					   .from = OV_NULL, .to = OV_NULL };
	const struct record_list *steps;
	struct error err = ERROR_INIT;
	struct bundle bundle;

	bundle_init(&bundle, &job->arena);
	if (store_card(store, &card, &job->arena, &bundle, &err) < 0)
		return;
	steps = bundle_list(&bundle, &claim_step_fields);
	for (size_t i = 0; i < steps->count; i++) {
		const struct claim_step *step = steps->items[i];

		if (!ask->last || step->at >= ask->last->at)
			ask->last = step;
	}
}

/* Somebody else was first: fetch what there is now, to show both. */
static int conflict_look(struct job *job, struct store *store, int rc)
{
	struct command_job *ask = job->question;
	enum kind target = ask->command.def->target;
	struct error err = ERROR_INIT;

	if (rc == OV_ECONFLICT && target != KIND_NONE && kind_stored(target) &&
	    store_get(store, target, ask->command.target, &job->arena, &ask->current, &err))
		ask->current = NULL;
	if (ask->current && target == KIND_CREDIT_CLAIM)
		changer_look(job, store);
	return rc;
}

static int assess_run(struct job *job, struct store *store)
{
	struct command_job *ask = job->question;

	if (evidence_attach(store, &ask->command, true, &job->arena, &job->error) < 0)
		return job->error.code;
	return conflict_look(job, store, store_assess(store, &ask->command, &job->arena,
						      &ask->outcome, &job->error));
}

static int save_run(struct job *job, struct store *store)
{
	struct command_job *ask = job->question;
	size_t failed;

	if (evidence_attach(store, &ask->command, false, &job->arena, &job->error) < 0)
		return job->error.code;
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
