/* claim_case.h: a credit claim with all that its rules look at, read inside
 * one transaction: the basis of every command on claims and of its card. */
#ifndef OV_STORE_COMMANDS_CLAIM_CASE_H
#define OV_STORE_COMMANDS_CLAIM_CASE_H

#include "core/model/kind.h"
#include "core/rules/credit.h"
#include "core/rules/workflow.h"
#include "core/store/tx.h"

struct case_line {
	struct claim_line *line;
	struct record_list evidence; /* struct evidence */
	/* The source: a certificate with its type, or an earlier result. */
	struct certificate *certificate;
	struct certificate_type *type;
	struct prior_result *result;
};

struct claim_case {
	struct credit_claim *claim; /* NULL before create */
	struct student *student;
	struct programme *programme;
	struct curriculum *curriculum;
	struct case_line *lines; /* by line_no, without removed ones */
	size_t line_count;
	struct record_list explanations; /* struct claim_explanation, in force */
	struct record_list trail; /* struct audit_event of the claim, by seq */
	struct workday_calendar calendar; /* around today */
	struct claim_facts facts; /* what claim_may() asks for */
	struct credit_result result; /* with `calculated` */
	bool calculated;
};

/* Reads claim ID. OV_ENOTFOUND when it isn't there or belongs to another
 * branch than the actor's. */
int claim_case_load(struct tx *tx, int64_t id, struct claim_case **out, struct error *err);
/* For a claim that isn't there yet. */
int claim_case_new(struct tx *tx, struct student *student, struct claim_case **out,
		   struct error *err);
/* Reads the lines, their sources and evidence again after they were changed. */
int claim_case_lines(struct tx *tx, struct claim_case *cc, struct error *err);
/* Fills cc->facts for all events but the recalculation, which only
 * pass_second and post ask for: claim_case_recalculate(). */
int claim_case_facts(struct tx *tx, struct claim_case *cc, struct error *err);
int claim_case_recalculate(struct tx *tx, struct claim_case *cc, enum claim_event event,
			   struct error *err);

/* Runs the calculation on the lines as they are: cc->result. */
enum calculate_as {
	CALCULATE_NOW,      /* with the sources' own state */
	CALCULATE_VERIFIED, /* as if every source was verified: what is asked for */
	CALCULATE_POSTING, /* rules the lines were granted by count as active (T22) */
	CALCULATE_PAST     /* as POSTING, on the ledger as it stood before this claim */
};
int claim_case_calculate(struct tx *tx, struct claim_case *cc, enum calculate_as as,
			 struct error *err);

struct case_line *claim_case_line(const struct claim_case *cc, int64_t line_no); /* or NULL */
/* Is the line's source proved: evidence accepted, none of it false? */
bool case_line_proved(const struct case_line *line);
/* May the actor see this learner's records at all (branch scope)? */
bool student_in_scope(const struct actor *actor, const struct student *student);

#endif
