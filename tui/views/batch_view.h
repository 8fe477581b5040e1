/* batch_view.h: one decision for several like claims.
 *
 * Each claim is assessed by the store first and shown with what stands against
 * it; Enter then does the step claim by claim, each in a transaction of its
 * own, checked alone: what is refused stays as it is and says why, the others
 * are done. Esc stops between two claims. */
#ifndef OV_TUI_VIEWS_BATCH_VIEW_H
#define OV_TUI_VIEWS_BATCH_VIEW_H

#include "core/model/claim_state.h"
#include "tui/view.h"

/* A claim that was marked, as the person saw it. */
struct claim_mark {
	int64_t id, rev, state;
	char no[16], name[64];
};

struct batch_options {
	enum claim_event event;
	const struct claim_mark *marks; /* copied */
	size_t count;
};

/* Answers ok when at least one claim was changed. */
extern const struct view_class batch_class;

#endif
