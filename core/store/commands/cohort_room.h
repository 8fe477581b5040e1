/* cohort_room.h: may this learner join that cohort? */
#ifndef OV_STORE_COMMANDS_COHORT_ROOM_H
#define OV_STORE_COMMANDS_COHORT_ROOM_H

#include "core/model/kind.h"
#include "core/store/tx.h"

/* Same programme and centre, and a seat left: COHORT_OTHER, COHORT_FULL. */
int cohort_room_check(struct tx *tx, const struct student *student, int64_t cohort_id,
		      struct error *err);

#endif
