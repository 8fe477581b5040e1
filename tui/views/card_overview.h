/* card_overview.h: all that a clerk answers about a learner, as rows of one
 * screen of 80x24: who it is, programme and term, credits by module with what
 * is still needed, certificates, claims under way and who has them, the next
 * meetings, the shifts of this week, notes. Each row opens what it stands for.
 *
 * Pure but for the drawing: a STUDENT card goes in, rows come out. The notes
 * are drawn from the records: what has to be done soon about this learner. */
#ifndef OV_TUI_VIEWS_CARD_OVERVIEW_H
#define OV_TUI_VIEWS_CARD_OVERVIEW_H

#include "tui/table.h"
#include "tui/views/card_job.h"
#include "tui/views/student_draw.h"

enum overview_kind {
	OVERVIEW_PERSON,     /* opens: show a value in clear */
	OVERVIEW_STUDY,      /* the route to graduation */
	OVERVIEW_TOTAL,      /* the account */
	OVERVIEW_MODULE,     /* the credits by module; record: struct module_credit */
	OVERVIEW_GRADUATION, /* the findings */
	OVERVIEW_CERT,       /* the certificates; record: struct certificate or NULL */
	OVERVIEW_CLAIM,      /* the claim; record: struct claim_row, NULL: the claims */
	OVERVIEW_COHORT,     /* the cohort's week */
	OVERVIEW_SLOT,       /* the same; record: struct session_slot */
	OVERVIEW_WORK,       /* the form of the employment */
	OVERVIEW_SHIFT,      /* the meetings beside it */
	OVERVIEW_NOTE        /* record: struct claim_row when .claim, a certificate, or NULL */
};

struct overview_row {
	enum overview_kind kind;
	const void *record;
	const char *label; /* N_(); "" below the first row of its kind */
	const char *text;  /* of a note; in the arena of overview_make() */
	char flag;         /* '!' needs attention, 0 */
	bool claim;        /* of a note: the record is a claim */
};

enum { OVERVIEW_ROWS = 64 };

struct overview {
	struct overview_row row[OVERVIEW_ROWS];
	size_t count;
};

/* The rows of CARD for a screen that has ROWS of them: claims, certificates
 * and meetings give way first. Texts are in ARENA; records stay the card's. */
void overview_make(struct overview *overview, const struct card *card, int64_t today, int rows,
		   struct arena *arena);
/* Draws row AT of the overview into the one row of CANVAS. */
void overview_draw(const struct overview *overview, size_t at, const struct card *card,
		   const struct revealed_values *clear, int64_t today,
		   const struct canvas *canvas);

/* Who takes a claim on from STATE ("first reviewer, registrar"), "" for nobody. */
const char *claim_who(enum claim_state state, struct arena *arena);

#endif
