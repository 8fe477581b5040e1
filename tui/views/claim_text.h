/* claim_text.h: a claim as people read it, from a CREDIT_CLAIM card. */
#ifndef OV_TUI_VIEWS_CLAIM_TEXT_H
#define OV_TUI_VIEWS_CLAIM_TEXT_H

#include "tui/views/card_job.h"
#include "tui/views/lines.h"

/* Who, what, in which state, until when, and the reason of the last refusal.
 * Returns the rows used, at most 3. */
int claim_head_draw(const struct card *card, const struct canvas *canvas);
/* What is offered with its evidence, and the arithmetic. Replaces what LINES
 * held. */
void claim_text(const struct card *card, struct lines *lines);
/* The steps open now, who has it, the credits so far, the history: added. */
void claim_side_text(const struct card *card, struct lines *lines);
/* What stands in the box before a piece of evidence: "x" seen, "-" struck out,
 * "!" false, " " open. */
const char *evidence_mark(const struct evidence *evidence);

#endif
