/* claim_state.h: the states of a credit claim and what can happen to it.
 * Names and meaning: DOMAIN.md 4. What leads from where to where is the table
 * of rules/workflow.h; these are only the words. */
#ifndef OV_MODEL_CLAIM_STATE_H
#define OV_MODEL_CLAIM_STATE_H

#include <stdbool.h>

#include "core/model/field.h"

enum claim_state {
	CLAIM_DRAFT, CLAIM_SUBMITTED, CLAIM_ACCEPTED, CLAIM_VERIFIED, CLAIM_FIRST_OK,
	CLAIM_EXPERT, CLAIM_SECOND_OK, CLAIM_NOTICE, CLAIM_APPROVED, CLAIM_POSTED,
	CLAIM_RETURNED, CLAIM_REJECTED, CLAIM_APPEALED, CLAIM_OBJECTED,
	CLAIM_WITHDRAWN, CLAIM_REVOKED, CLAIM_LAPSED,
	CLAIM_STATE_COUNT
};

enum claim_event {
	EVENT_CREATE, EVENT_EDIT, EVENT_SUBMIT, EVENT_ACCEPT, EVENT_RETURN,
	EVENT_VERIFY, EVENT_REJECT_FALSE, EVENT_PASS_FIRST, EVENT_ASK_EXPERT,
	EVENT_REJECT, EVENT_OPINE, EVENT_PASS_SECOND, EVENT_SEND_BACK, EVENT_PUBLISH,
	EVENT_OBJECT, EVENT_DISMISS, EVENT_UPHOLD, EVENT_CLOSE, EVENT_POST,
	EVENT_RESUBMIT, EVENT_LAPSE, EVENT_APPEAL, EVENT_ALLOW, EVENT_DENY,
	EVENT_WITHDRAW, EVENT_REVOKE,
	CLAIM_EVENT_COUNT
};

extern const struct enum_table claim_state_enum; /* codes "DRAFT" … */
extern const struct enum_table claim_event_enum; /* codes "create" … */

/* Open: sources of the claim are reserved, or will be at its submission
 * (I13); a graduation waits for it. REJECTED is closed although an appeal may
 * open it again, POSTED although it may be revoked. */
bool claim_state_open(enum claim_state state);
/* Nothing can ever happen to it again. */
bool claim_state_final(enum claim_state state);

#endif
