#include "core/model/claim_state.h"

static const struct enum_value states[] = {
	[CLAIM_DRAFT] = { "DRAFT", N_("Draft") },
	[CLAIM_SUBMITTED] = { "SUBMITTED", N_("Submitted") },
	[CLAIM_ACCEPTED] = { "ACCEPTED", N_("Accepted") },
	[CLAIM_VERIFIED] = { "VERIFIED", N_("Verified") },
	[CLAIM_FIRST_OK] = { "FIRST_OK", N_("First review passed") },
	[CLAIM_EXPERT] = { "EXPERT", N_("With the expert") },
	[CLAIM_SECOND_OK] = { "SECOND_OK", N_("Second review passed") },
	[CLAIM_NOTICE] = { "NOTICE", N_("On public notice") },
	[CLAIM_APPROVED] = { "APPROVED", N_("Approved") },
	[CLAIM_POSTED] = { "POSTED", N_("Posted") },
	[CLAIM_RETURNED] = { "RETURNED", N_("Returned") },
	[CLAIM_REJECTED] = { "REJECTED", N_("Rejected") },
	[CLAIM_APPEALED] = { "APPEALED", N_("Under appeal") },
	[CLAIM_OBJECTED] = { "OBJECTED", N_("Objected to") },
	[CLAIM_WITHDRAWN] = { "WITHDRAWN", N_("Withdrawn") },
	[CLAIM_REVOKED] = { "REVOKED", N_("Revoked") },
	[CLAIM_LAPSED] = { "LAPSED", N_("Lapsed") },
};

const struct enum_table claim_state_enum = { "claim_state", states, CLAIM_STATE_COUNT };

static const struct enum_value events[] = {
	[EVENT_CREATE] = { "create", N_("Create") },
	[EVENT_EDIT] = { "edit", N_("Edit") },
	[EVENT_SUBMIT] = { "submit", N_("Submit") },
	[EVENT_ACCEPT] = { "accept", N_("Accept") },
	[EVENT_RETURN] = { "return", N_("Return for completion") },
	[EVENT_VERIFY] = { "verify", N_("Verify") },
	[EVENT_REJECT_FALSE] = { "reject_false", N_("Reject as false") },
	[EVENT_PASS_FIRST] = { "pass_first", N_("Pass first review") },
	[EVENT_ASK_EXPERT] = { "ask_expert", N_("Ask an expert") },
	[EVENT_REJECT] = { "reject", N_("Reject") },
	[EVENT_OPINE] = { "opine", N_("Give the expert's opinion") },
	[EVENT_PASS_SECOND] = { "pass_second", N_("Pass second review") },
	[EVENT_SEND_BACK] = { "send_back", N_("Send back to first review") },
	[EVENT_PUBLISH] = { "publish", N_("Publish the notice") },
	[EVENT_OBJECT] = { "object", N_("Record an objection") },
	[EVENT_DISMISS] = { "dismiss", N_("Dismiss the objection") },
	[EVENT_UPHOLD] = { "uphold", N_("Uphold the objection") },
	[EVENT_CLOSE] = { "close", N_("Close the notice") },
	[EVENT_POST] = { "post", N_("Post to the ledger") },
	[EVENT_RESUBMIT] = { "resubmit", N_("Submit again") },
	[EVENT_LAPSE] = { "lapse", N_("Let lapse") },
	[EVENT_APPEAL] = { "appeal", N_("Record an appeal") },
	[EVENT_ALLOW] = { "allow", N_("Allow the appeal") },
	[EVENT_DENY] = { "deny", N_("Deny the appeal") },
	[EVENT_WITHDRAW] = { "withdraw", N_("Withdraw") },
	[EVENT_REVOKE] = { "revoke", N_("Revoke") },
};

const struct enum_table claim_event_enum = { "claim_event", events, CLAIM_EVENT_COUNT };

bool claim_state_open(enum claim_state state)
{
	switch (state) {
	case CLAIM_POSTED:
	case CLAIM_REJECTED:
		return false;
	default:
		return !claim_state_final(state);
	}
}

bool claim_state_final(enum claim_state state)
{
	return state == CLAIM_WITHDRAWN || state == CLAIM_REVOKED || state == CLAIM_LAPSED;
}
