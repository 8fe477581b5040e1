/* claim_reason.h: the reasons staff give most when they send a claim back,
 * refuse it or contest it: one row each, chosen by number at the desk.
 *
 * The code is kept in credit_claim.reason_code (stable, for statistics), the
 * text in reason_text, in the language of the desk, where a person may add to
 * it. Other reasons are typed; the rules ask only for four characters. */
#ifndef OV_MODEL_CLAIM_REASON_H
#define OV_MODEL_CLAIM_REASON_H

#include <stddef.h>

#include "core/model/claim_state.h"

enum { CLAIM_REASONS_MAX = 9 }; /* for one event: the digits 1 to 9 */

struct claim_reason {
	const char *code; /* "EVIDENCE_MISSING" */
	unsigned events;  /* bit set of 1 << enum claim_event */
	const char *text; /* untranslated, one sentence */
};

/* The reasons for an event in the order of the table; at most
 * CLAIM_REASONS_MAX. Returns how many. */
size_t claim_reasons(enum claim_event event,
		     const struct claim_reason *out[CLAIM_REASONS_MAX]);
/* The row of a code, or NULL. */
const struct claim_reason *claim_reason_find(const char *code);

#endif
