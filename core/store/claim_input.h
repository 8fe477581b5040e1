/* claim_input.h: the input of the credit calculation, from the store. */
#ifndef OV_STORE_CLAIM_INPUT_H
#define OV_STORE_CLAIM_INPUT_H

#include "core/store/commands/claim_case.h"

/* A rule as stored with what hangs on it; `record` is the row itself. */
struct rule_case {
	struct transfer_rule *record;
	struct credit_rule rule;
};

/* Reads one rule version for the calculation. */
int rule_case_load(struct tx *tx, int64_t rule_id, struct rule_case *out, struct error *err);

/* Everything but the lines: rules of the programme, curriculum, caps in force
 * on ON_DATE, what was transferred, done and paid before the ledger entry
 * BEFORE_SEQ (OV_NULL: so far). */
int student_input_build(struct tx *tx, const struct student *student,
			const struct programme *programme, const struct curriculum *curriculum,
			int64_t on_date, int64_t before_seq, struct credit_input *input,
			struct error *err);

/* The whole input for a claim as it stands. All of it lives in tx->arena. */
int claim_input_build(struct tx *tx, const struct claim_case *cc, enum calculate_as as,
		      struct credit_input *input, struct error *err);

#endif
