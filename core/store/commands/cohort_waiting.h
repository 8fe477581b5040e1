/* cohort_waiting.h: seats of a cohort and who waits for one. An offered seat is
 * kept for whom it was offered to. Internal to commands. */
#ifndef OV_STORE_COMMANDS_COHORT_WAITING_H
#define OV_STORE_COMMANDS_COHORT_WAITING_H

#include "core/model/kind.h"
#include "core/store/tx.h"

/* Seats that STUDENT_ID (0: anybody) could take now; may be negative. */
int cohort_seats_free(struct tx *tx, const struct cohort *cohort, int64_t student_id,
		      int64_t *free, struct error *err);
/* Offers what is free to those who waited longest, and says so in OUTCOME. */
int cohort_seat_offer(struct tx *tx, int64_t cohort_id, struct outcome *outcome,
		      struct error *err);
/* The learner has a seat there now and waits no more. */
int cohort_wait_over(struct tx *tx, int64_t cohort_id, int64_t student_id, struct error *err);
/* A learner within the actor's scope. */
int cohort_student_load(struct tx *tx, int64_t id, struct student **out, struct error *err);
/* Same programme and centre: COHORT_OTHER. */
int cohort_fit_check(struct tx *tx, const struct student *student, int64_t cohort_id,
		     struct cohort **cohort, struct error *err);

#endif
