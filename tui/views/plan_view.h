/* plan_view.h: drafts of timetables in the cohort pane.
 *
 *	plans_class        the list; from it the others are opened
 *	plan_class         one draft: cost by kind, what has no place and why,
 *	                   learners at work, all meetings
 *	plan_compare_class two side by side
 *	plan_start_class   the form that asks what to look for; answers a struct
 *	                   plan_start as its record
 *	plan_run_class     the search: progress, the falling cost; Esc keeps the best
 *	                   so far. Answers its outcome when a draft was saved
 *
 * The search runs in the worker thread (core/store/plan_draft.h); what it tells
 * the screen and what the screen tells it go through one locked struct. */
#ifndef OV_TUI_VIEWS_PLAN_VIEW_H
#define OV_TUI_VIEWS_PLAN_VIEW_H

#include "tui/view.h"

extern const struct view_class plans_class, plan_class, plan_compare_class, plan_start_class,
	plan_run_class;

/* What to look for. */
struct plan_start {
	char term[16], cohort[128], name[256]; /* "": none */
	int64_t seconds, seed;
	bool keep;
};

struct plan_draft; /* core/model/plan.h */

/* The draft that is marked in the list of drafts, or that plan_class shows. */
const struct plan_draft *plans_selected(struct view *view);
const struct plan_draft *plan_here(struct view *view);

/* Argument of plan_class: a draft's id. Of plan_compare_class: two. */
struct plan_ids {
	int64_t id[2];
};

#endif
