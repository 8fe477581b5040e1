/* decide_view.h: a step on a claim, decided in three keys.
 *
 * The dialog shows what the step does, what the next person will see, and
 * what stands against it, all asked of the store when it opens. Reasons are
 * chosen by number and may be typed over. Enter does it: once the dialog has
 * been on the screen, so that no letter typed ahead and no pasted line ever
 * decides a claim; Enter before the answer is there is kept until it is. */
#ifndef OV_TUI_VIEWS_DECIDE_VIEW_H
#define OV_TUI_VIEWS_DECIDE_VIEW_H

#include "core/model/claim_state.h"
#include "tui/view.h"
#include "tui/views/card_job.h"

struct lines;

struct decide_options {
	enum claim_event event;
	const struct card *card; /* of the claim as the person saw it; copied from */
};

extern const struct view_class decide_class;

/* Does the step need more than a reason? Then its form is the place. */
bool decide_needs_form(enum claim_event event);

/* What whoever comes next has before him in STATE: who, which steps, and whom
 * the four-eyes rule keeps away (LOGINS took part so far, "" for nobody). */
void next_person_text(struct lines *lines, enum claim_state state, const char *logins);
/* The logins that took part in the claim of a card, each once: "a, b". */
const char *took_part(const struct card *card, struct arena *arena);

#endif
