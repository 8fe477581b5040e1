/* card_job.h: the question "everything about this thing", and its answer. */
#ifndef OV_TUI_VIEWS_CARD_JOB_H
#define OV_TUI_VIEWS_CARD_JOB_H

#include "core/store/store.h"
#include "tui/view.h"
#include "tui/worker.h"

/* An answer a view keeps: the bundle lives in the arena. */
struct card {
	struct arena arena;
	struct bundle bundle;
	int64_t id;       /* what it is about; 0: nothing yet */
	struct error error; /* code 0 when it is there */
};

/* A job for store_card(); the caller sets done(), and channel if it likes. */
struct job *card_job(const struct card_request *request);
/* In done(): moves the answer (or the error) into the card. */
void card_take(struct card *card, struct job *job);
void card_release(struct card *card);

/* The first record of a table, NULL when the card has none. */
#define CARD_FIRST(card, rec) ((const struct rec *)bundle_first(&(card)->bundle, &rec##_fields))
#define CARD_LIST(card, rec) bundle_list(&(card)->bundle, &rec##_fields)

#endif
