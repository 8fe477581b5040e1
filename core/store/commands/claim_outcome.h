/* claim_outcome.h: what a command on a claim answers, and the card shows. */
#ifndef OV_STORE_COMMANDS_CLAIM_OUTCOME_H
#define OV_STORE_COMMANDS_CLAIM_OUTCOME_H

#include "core/store/commands/claim_case.h"

/* claim_row, credit_claim, claim_explanation*, claim_option*, and an advice
 * for each line that is granted in part; id and rev. */
int claim_outcome_fill(struct tx *tx, struct claim_case *cc, struct outcome *outcome,
		       struct error *err);

/* One claim_option for each event that leads on from the claim's state: may
 * the actor do it, and if not, why not. A reason, and an expert's opinion, are
 * taken as given: the form asks for them. */
int claim_options_add(struct tx *tx, struct claim_case *cc, struct bundle *bundle,
		      struct error *err);

void claim_explanations_add(struct claim_case *cc, struct bundle *bundle);

/* An advice by its reason; name, value pairs of text follow, ended by NULL. */
void advice_add(struct tx *tx, struct bundle *bundle, enum reason reason, const char *name,
		const char *value);

#endif
