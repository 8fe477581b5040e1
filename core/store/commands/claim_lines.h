/* claim_lines.h: the lines of a claim, their sources and their evidence. */
#ifndef OV_STORE_COMMANDS_CLAIM_LINES_H
#define OV_STORE_COMMANDS_CLAIM_LINES_H

#include "core/store/commands/claim_args.h"
#include "core/store/commands/claim_case.h"

/* Makes the claim's lines those of LIST (struct claim_source), numbered from
 * 1. A line whose source stays keeps its evidence. Sources that aren't here
 * yet are entered, HELD. Reads cc->lines again. */
int claim_lines_set(struct tx *tx, struct claim_case *cc, const struct record_list *list,
		    struct error *err);

/* Adds evidence to a line, open for checking. */
int claim_evidence_add(struct tx *tx, struct claim_case *cc, int64_t line_no,
		       const struct evidence *values, struct error *err);

/* How many other learners' claims hold a file with this hash? */
int claim_evidence_twins(struct tx *tx, int64_t student_id, const uint8_t sha256[HASH_BYTES],
			 int64_t *count, struct error *err);

/* An advice for each line with a file that another learner's claim holds. */
int claim_twins_advise(struct tx *tx, const struct claim_case *cc, struct bundle *bundle,
		       struct error *err);

/* Moves the sources of the proved lines to STATE, VERIFIED by the actor (T6);
 * FALSE or HELD for the lines with false evidence (T8, T27). */
int claim_sources_verify(struct tx *tx, struct claim_case *cc, struct error *err);
int claim_sources_false(struct tx *tx, struct claim_case *cc, struct error *err);
int claim_sources_hold(struct tx *tx, struct claim_case *cc, struct error *err);

/* The number of a certificate as stored: ASCII, upper-case, without blanks. */
char *certificate_number(const char *text, struct arena *arena);

#endif
