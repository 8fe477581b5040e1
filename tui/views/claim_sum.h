/* claim_sum.h: the arithmetic of a claim as a person would write it down:
 * under each line what its rule asks and what there is, the amounts one below
 * the other, the running sum, then the room under each cap. */
#ifndef OV_TUI_VIEWS_CLAIM_SUM_H
#define OV_TUI_VIEWS_CLAIM_SUM_H

#include "tui/views/card_job.h"
#include "tui/views/lines.h"

/* A sum in the making, over the lines of a CREDIT_CLAIM card. */
struct claim_sum {
	const struct card *card;
	struct lines *lines;
	int64_t so_far; /* hundredths, of the records before */
};

/* The records of one line (0: of the claim as a whole). */
void claim_sum_line(struct claim_sum *sum, int64_t line_no);
/* The sum, and the room under each cap. */
void claim_sum_end(struct claim_sum *sum);
/* "R-003@1 certificate for courses, S4": a rule in one line. */
const char *rule_title(const struct transfer_rule *rule, struct arena *arena);

#endif
