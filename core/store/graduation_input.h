/* graduation_input.h: the graduation check of a registration, from the store. */
#ifndef OV_STORE_GRADUATION_INPUT_H
#define OV_STORE_GRADUATION_INPUT_H

#include "core/rules/graduation.h"
#include "core/store/student_sums.h"

/* What the check looks at, today; in tx->arena. */
int graduation_input_build(struct tx *tx, const struct student *student,
			   const struct student_sums *sums, struct grad_input *input,
			   struct error *err);

/* Runs DOMAIN.md 6 for today. RESULT lives in tx->arena. */
int graduation_run(struct tx *tx, const struct student *student,
		   const struct student_sums *sums, struct grad_result *result,
		   struct error *err);

/* graduation_finding records of a result. */
void graduation_findings_add(struct tx *tx, const struct grad_result *result,
			     struct bundle *bundle);

#endif
