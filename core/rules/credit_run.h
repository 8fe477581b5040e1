/* credit_run.h: the state of one calculation, shared by the files of credit.
 * Nobody else includes it. */
#ifndef OV_RULES_CREDIT_RUN_H
#define OV_RULES_CREDIT_RUN_H

#include "core/rules/credit.h"

struct credit_run {
	const struct credit_input *input;
	struct arena *arena;
	struct credit_result *result;
	size_t record_room, entry_room;
	int64_t total;                    /* transferred in all, this claim included */
	int64_t by_class[CREDIT_CLASSES];
	int64_t *by_module;               /* by input module */
	bool *course_done;                /* by input course */
	struct credit_paid *paid;         /* OA, by rule code */
	size_t paid_count;
	int64_t pool;
	const struct credit_rule **counted; /* by line: the NM or OA rule it counts for */
	int64_t *counted_centi;             /* by line: what it puts into the pool */
	const struct credit_rule **left;    /* room of the gates: one for each rule */
	struct credit_match *matches;       /* rules that cover a line, by line in input order */
	size_t match_count, match_room;
	int *first_match, *last_match;      /* by line, -1: none */
};

struct credit_match {
	const struct credit_rule *rule;
	int next; /* of the same line, -1: the last */
};

struct credit_room {
	int64_t centi;
	enum reason code; /* the cap that binds */
};

/* credit.c */
struct credit_record *credit_record_add(struct credit_run *run, int64_t line_no,
					const struct credit_rule *rule, enum reason code);
void credit_entry_add(struct credit_run *run, const struct credit_entry *entry);
bool credit_texts_has(const struct credit_texts *texts, const char *text);

/* credit_gates.c: which rules cover which lines, in one walk over the rules. */
void credit_match_all(struct credit_run *run);
/* The rule that applies to the line, or NULL with the code, the
 * rule to name, need, have and detail in RECORD. */
const struct credit_rule *credit_gates(struct credit_run *run, size_t line,
				       struct credit_record *record);
/* Order of 5.3 and 5.6: by code, then version. */
int credit_rule_order(const struct credit_rule *a, const struct credit_rule *b);

/* credit_targets.c */
struct credit_room credit_room_now(const struct credit_run *run, int source_class,
				   const char *module, const struct credit_rule *oa_rule);
/* Pays AMOUNT and writes the entry; course NULL is module credit. */
void credit_pay(struct credit_run *run, int64_t line_no, const struct credit_rule *rule,
		int source_class, const char *module, const char *course, int64_t amount);
/* One whole course. SOURCE_CENTI OV_NULL: no ratio is asked for (not CC).
 * Returns REASON_OK when it was paid. NEED and HAVE as in the record. */
enum reason credit_target(struct credit_run *run, int64_t line_no,
			  const struct credit_rule *rule, int source_class,
			  const char *course, int64_t source_centi,
			  int64_t *need, int64_t *have);
void credit_line_courses(struct credit_run *run, size_t line, const struct credit_rule *rule);
void credit_line_amount(struct credit_run *run, size_t line, const struct credit_rule *rule);
void credit_line_opinion(struct credit_run *run, size_t line);

/* credit_settle.c */
void credit_line_count(struct credit_run *run, size_t line, const struct credit_rule *rule);
void credit_settle(struct credit_run *run);

#endif
