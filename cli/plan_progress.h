/* plan_progress.h: a search on the terminal: how far, what it costs, and the
 * falling cost as a sparkline. On standard error, where progress goes. */
#ifndef OV_CLI_PLAN_PROGRESS_H
#define OV_CLI_PLAN_PROGRESS_H

#include "core/planner/solver.h"

/* For solver_options and plan_request: true once the person has pressed Ctrl-C. */
bool plan_stopped(void *unused);
bool plan_progress(void *unused, const struct solver_progress *progress);

#endif
