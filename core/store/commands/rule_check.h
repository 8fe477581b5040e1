/* rule_check.h: is a rule one that can be meant? What a rule says of itself is
 * credit_rule_check(); here is what it says of the catalogue and of other rules. */
#ifndef OV_STORE_COMMANDS_RULE_CHECK_H
#define OV_STORE_COMMANDS_RULE_CHECK_H

#include "core/store/claim_input.h"

/* The rule as it was entered, with its programmes. RULE_SOURCE: a certificate
 * that isn't in the catalogue (TC, TX, NM). RULE_TARGET: a course or module
 * that no curriculum of its programmes has. RULE_CIRCLE: courses that would
 * pay for each other; the place says the way round. */
int rule_case_check(struct tx *tx, const struct rule_case *rule, struct error *err);

#endif
