/* card.h: everything one screen shows of a thing, in one round trip. What is
 * in each bundle stands at struct card_request in store.h. Internal. */
#ifndef OV_STORE_CARD_H
#define OV_STORE_CARD_H

#include "core/store/local.h"
#include "core/store/tx.h"

/* The parts of a card read through a struct tx that never writes. */
struct card {
	struct tx *tx;
	const struct card_request *request;
	struct bundle *bundle;
	int64_t from, to; /* days of the timetable */
	int64_t centre_id; /* for the head of a document; 0: the actor's */
};

int card_student(struct card *card, struct error *err);
int card_claim(struct card *card, struct error *err);
int card_cohort(struct card *card, struct error *err);
int card_account(struct card *card, struct error *err);
int card_rule(struct card *card, struct error *err);
int card_route(struct card *card, struct error *err);

/* The learner that is asked for, by id or by number, however it is typed. */
int card_subject_student(struct card *card, struct student **student, struct error *err);
/* The certificates of a person with their types, for who may see them. */
int card_add_certificates(struct card *card, int64_t person_id, struct error *err);
int card_term(struct card *card, struct error *err); /* card_plan.c */
int card_plan(struct card *card, struct error *err);
int card_conflicts(struct card *card, struct error *err);
int card_chain(struct card *card, struct error *err); /* card_chain.c */

/* The record asked for: by id, or by KEY in the text field FIELD. OV_ENOTFOUND
 * also when it is out of the actor's scope. */
int card_subject(struct card *card, enum kind kind, const char *field, const char *key,
		 void **record, struct error *err);
/* Adds the record of KIND with this id; null and unknown ids add nothing. */
int card_add(struct card *card, enum kind kind, int64_t id, struct error *err);
/* Adds a record once: the same id is not repeated. */
int card_add_once(struct card *card, enum kind kind, int64_t id, struct error *err);
bool card_may(const struct card *card, enum permission permission);

/* Person, with the registration: for STUDENT, CLAIM and ACCOUNT cards. */
int card_add_learner(struct card *card, struct student *student, struct error *err);
/* The special days in [from, to). */
int card_add_days(struct card *card, struct error *err);
/* The claims of a learner, newest first. */
int card_add_claims(struct card *card, int64_t student_id, struct error *err);

#endif
