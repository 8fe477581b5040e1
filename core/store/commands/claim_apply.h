/* claim_apply.h: what a step of the state machine does to a claim. */
#ifndef OV_STORE_COMMANDS_CLAIM_APPLY_H
#define OV_STORE_COMMANDS_CLAIM_APPLY_H

#include "core/store/commands/claim_case.h"

struct claim_reason {
	const char *code, *text; /* NULL when not given */
};

/* Does everything STEP says, in the writing transaction: people, limits,
 * sources, calculation, ledger, messages; writes the claim and notes
 * "FROM>TO" for the trail. The claim's lines may have been changed before. */
int claim_apply(struct tx *tx, struct claim_case *cc, enum claim_event event,
		const struct claim_outcome *step, const struct claim_reason *reason,
		struct error *err);

/* Runs the calculation and stores it: lines, proposed_centi, explanation. */
int claim_propose(struct tx *tx, struct claim_case *cc, struct error *err);
/* Makes cc->explanations those of cc->result; stores nothing. */
void claim_result_explain(struct tx *tx, struct claim_case *cc);
/* Fills requested_centi: what the lines ask for, as if all was verified. */
int claim_request(struct tx *tx, struct claim_case *cc, struct error *err);

/* Ledger, sources and outbox (T23) from cc->result; and back again (T30). */
int claim_post(struct tx *tx, struct claim_case *cc, struct error *err);
int claim_reverse(struct tx *tx, struct claim_case *cc, struct error *err);

#endif
