/* route_input.h: the search for a learner's ways, from the store. */
#ifndef OV_STORE_ROUTE_INPUT_H
#define OV_STORE_ROUTE_INPUT_H

#include "core/rules/route.h"
#include "core/store/student_sums.h"

/* What a line of the search stands for. */
struct route_origin {
	enum source_kind kind;
	const char *name;     /* of the certificate type or the course, may be NULL */
	const char *state;    /* code of enum cert_state; NULL when supposed */
	const char *claim_no; /* of the open claim it is in, else NULL */
	bool assumed;
};

struct route_case {
	const struct student *student;
	const struct programme *programme;
	const struct curriculum *curriculum;
	struct student_sums sums;
	struct route_input input;
	struct route_origin *origins; /* by line */
	struct held_source **spent;   /* what paid already, ready to be shown */
	size_t spent_count;
	struct grad_input graduation; /* without what is supposed */
};

/* Reads everything; ASSUME as in struct card_request. Unknown codes are
 * NOT_FOUND, values out of range FIELD_…. All of it lives in tx->arena. */
int route_case_load(struct tx *tx, const struct student *student, const char *assume,
		    struct route_case *rc, struct error *err);

/* The supposed sources of a text: claim_source records (route_assume.c). */
int route_assume_parse(const char *text, struct arena *arena, struct record_list *list,
		       struct error *err);

#endif
