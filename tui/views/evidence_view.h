/* evidence_view.h: the evidence of a claim, piece by piece, and what the
 * comparison with the originals found. */
#ifndef OV_TUI_VIEWS_EVIDENCE_VIEW_H
#define OV_TUI_VIEWS_EVIDENCE_VIEW_H

#include "core/model/claim.h"
#include "tui/views/card_job.h"

struct evidence_options {
	const struct card *card; /* CREDIT_CLAIM; its records are copied */
};

/* Answers ok when something was noted. */
extern const struct view_class evidence_class;

/* The first piece that is neither checked nor struck out, or NULL. */
const struct evidence *evidence_open(const struct card *card);
/* A job that notes RESULT for a piece of the card's claim, done() left open. */
struct job *evidence_check_job(const struct card *card, const struct evidence *piece,
			       enum evidence_check result);

#endif
