/* command_job.h: a command on its way to the store, to be assessed or done. */
#ifndef OV_TUI_VIEWS_COMMAND_JOB_H
#define OV_TUI_VIEWS_COMMAND_JOB_H

#include "core/store/command.h"
#include "tui/worker.h"

struct command_job {
	struct command command;
	struct outcome outcome;
	void *current; /* the target as it is now, after OV_ECONFLICT; else NULL */
	const struct claim_step *last; /* who changed it and when, where it is known */
};

/* A job for store_assess(), or with SAVE for store_execute(); ARGS (may be
 * NULL) are copied. The caller sets done() and channel; job->question is the
 * struct command_job with its outcome. */
struct job *command_job(const struct command *command, const void *args, bool save);

#endif
