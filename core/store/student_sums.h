/* student_sums.h: what the ledger says of one registration. Totals on
 * screens, in reports and in the rules come from here alone (I27). */
#ifndef OV_STORE_STUDENT_SUMS_H
#define OV_STORE_STUDENT_SUMS_H

#include "core/model/kind.h"
#include "core/rules/credit.h"
#include "core/store/tx.h"

struct module_sum {
	const struct curriculum_module *module;
	int64_t earned_centi, transferred_centi; /* earned: EARNED without TRANSFER */
};

struct student_sums {
	const struct account *accounts[3]; /* by enum account_kind; NULL: not opened yet */
	struct record_list entries[3];     /* struct ledger_entry of each, by seq */
	struct record_list modules;        /* struct curriculum_module, by code */
	struct module_sum *by_module;      /* one for each of modules */
	int64_t by_class[CREDIT_CLASSES];  /* transferred */
	int64_t earned_centi, transferred_centi, pool_centi;
	int64_t before_seq; /* OV_NULL: all entries count */
};

int student_sums_load(struct tx *tx, const struct student *student,
		      struct student_sums *sums, struct error *err);

/* As it stood before the ledger entry of that number. */
int student_sums_before(struct tx *tx, const struct student *student, int64_t seq,
			struct student_sums *sums, struct error *err);

/* The result in force of each course: a row that no later row replaces. */
int student_results(struct tx *tx, int64_t student_id, struct record_list *list,
		    struct error *err);

/* Codes of courses done: passed, exempt or replaced (I7). */
int student_done(struct tx *tx, const struct student *student, const struct student_sums *sums,
		 struct credit_texts *done, struct error *err);

/* The sum row (code "") and one for each module of the curriculum. */
void module_credits_add(struct tx *tx, const struct student_sums *sums,
			const struct curriculum *curriculum, struct bundle *bundle);

#endif
