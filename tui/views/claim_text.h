/* claim_text.h: a claim as people read it, from a CREDIT_CLAIM card. */
#ifndef OV_TUI_VIEWS_CLAIM_TEXT_H
#define OV_TUI_VIEWS_CLAIM_TEXT_H

#include "tui/views/card_job.h"
#include "tui/views/lines.h"

enum { CLAIM_HEAD_ROWS = 3 };

/* Who, what, in which state, until when. */
void claim_head_draw(const struct card *card, const struct canvas *canvas);
/* Lines with their sources and evidence, the calculation, what it would mean,
 * the steps open now, the history. Replaces what LINES held. */
void claim_text(const struct card *card, struct lines *lines);

#endif
