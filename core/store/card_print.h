/* card_print.h: the cards that documents are made of (core/model/print.h), and
 * what stands on every page. Internal to core/store. */
#ifndef OV_STORE_CARD_PRINT_H
#define OV_STORE_CARD_PRINT_H

#include "core/store/card.h"

/* The time that stands on documents and exports: now; in a demo world whose
 * clock was not set, the world's, so that equal worlds give equal bytes. */
int64_t print_instant(const struct tx *tx);
/* Adds the print_head: CENTRE_ID's name, or that of the actor's scope when 0. */
int print_head_add(struct card *card, int64_t centre_id, struct error *err);

int card_transcript(struct card *card, struct error *err);
int card_receipt(struct card *card, struct error *err);
int card_notice(struct card *card, struct error *err);
int card_roll(struct card *card, struct error *err);
int card_statistics(struct card *card, struct error *err);
int card_graduation(struct card *card, struct error *err);
int card_caps(struct card *card, struct error *err);
int card_audit(struct card *card, struct error *err);

/* A card about nothing in particular: NOT_FOUND when something is named. */
int card_no_subject(const struct card *card, enum kind kind, struct error *err);
/* The key of the request, NULL also for "". */
const char *card_key(const struct card *card);
/* Tells the progress; OV_ECANCELLED when it asks to stop. */
int card_progress(struct card *card, int64_t done, int64_t total, struct error *err);
#endif
