/* progress.h: progress of a long call on standard error, and Ctrl-C.
 *
 * A thread of its own waits for SIGINT and SIGTERM and cancels the call of the
 * store under way, so that no signal handler does any work. The call then
 * answers OV_ECANCELLED and the program ends with status 130. */
#ifndef OV_CLI_PROGRESS_H
#define OV_CLI_PROGRESS_H

#include "cli/cli.h"

/* Begins to watch; from now on the store shows progress when the verb may take
 * long and standard error is a terminal. */
void progress_start(struct cli *cli);
/* The line of the progress is wiped; signals are as before. */
void progress_stop(void);
/* For work that has no store: the same as struct store's progress. */
bool progress_show(void *context, int64_t done, int64_t total);
/* Any line of progress, as often as the others; TEXT is in the user's language. */
void progress_line(const char *text);
bool progress_interrupted(void);
/* What Ctrl-C is answered with at once, while what it stops takes its time to end
 * well; NULL: nothing. TEXT is in the user's language and stays. */
void progress_answer(const char *text);

#endif
