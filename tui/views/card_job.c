#include "tui/views/card_job.h"

#include <string.h>

static int card_run(struct job *job, struct store *store)
{
	struct bundle *bundle = arena_alloc(&job->arena, sizeof *bundle);

	bundle_init(bundle, &job->arena);
	job->answer = bundle;
	return store_card(store, job->question, &job->arena, bundle, &job->error);
}

struct job *card_job(const struct card_request *request)
{
	struct job *job = job_new(sizeof *request);
	struct card_request *ask = job->question;

	*ask = *request;
	ask->key = arena_strdup(&job->arena, request->key);
	ask->assume = arena_strdup(&job->arena, request->assume);
	job->run = card_run;
	return job;
}

void card_take(struct card *card, struct job *job)
{
	const struct card_request *ask = job->question;

	if (job->result == OV_ECANCELLED)
		return;
	card->error = job->error;
	card->error.code = job->result;
	if (job->result)
		return;
	card->id = ask->id;
	card->bundle = *(struct bundle *)job->answer;
	job_keep(job, &card->arena);
	card->bundle.arena = &card->arena;
}

void card_release(struct card *card)
{
	arena_release(&card->arena);
	memset(card, 0, sizeof *card);
}
