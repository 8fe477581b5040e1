/* claim_part.h: a claim inside a view: its card, its text, and the steps that
 * may be taken on it by key. The queue has one below its list, the claim's own
 * view is one; the actions of CTX_CLAIM work on view_class.claim(). */
#ifndef OV_TUI_VIEWS_CLAIM_PART_H
#define OV_TUI_VIEWS_CLAIM_PART_H

#include "core/model/claim_state.h"
#include "tui/views/batch_view.h"
#include "tui/views/card_job.h"
#include "tui/views/lines.h"

/* Tags and channels from here on belong to the part. */
enum { CLAIM_TAG = 2000, CLAIM_CHANNEL = 2000, CLAIM_MARKS_MAX = 200 };

struct claim_part {
	struct card card;
	struct lines lines; /* all of it, or its first half when `wide` */
	struct lines side;  /* the second half beside it */
	int64_t id;         /* what is asked for; the card may still be another's */
	char name[64];
	bool wide;
	bool stale; /* it was changed here; until it is read again nothing is done to it */
	int wish; /* a step asked for before the claim was there, 0: none */
	enum claim_event steps[CLAIM_EVENT_COUNT]; /* what the pick list shows */
	size_t step_count;
	/* Claims marked to be decided together; the queue's. */
	struct claim_mark marks[CLAIM_MARKS_MAX];
	size_t mark_count;
};

void claim_part_init(struct claim_part *part);
void claim_part_release(struct claim_part *part);
/* From now on steps are meant for claim ID, which isn't asked for yet: what is
 * shown may still be another's, but nothing can be done to that one. */
void claim_part_point(struct claim_part *part, int64_t id);
/* Asks for claim ID; 0 forgets the one shown. `view` owns the part. */
void claim_part_ask(struct claim_part *part, struct view *view, int64_t id);
/* Head and text in the canvas: one column, or two where it is wide enough. */
void claim_part_draw(struct claim_part *part, const struct canvas *canvas,
		     const struct app *app, bool focus);
/* The claim as it was read, NULL before the answer is there. */
const struct credit_claim *claim_part_claim(const struct claim_part *part);
/* What a dialog of the part answered: true when it was for the part; *decided
 * says that the claim has changed. */
bool claim_part_answer(struct view *view, int tag, const struct view_answer *answer,
		       bool *decided);

/* The step by which "approve" takes a claim on from STATE; CLAIM_EVENT_COUNT
 * when there is none. */
enum claim_event claim_forward_event(enum claim_state state);

#endif
