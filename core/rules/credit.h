/* credit.h: how much credit a claim is worth, and why. DOMAIN.md 5.
 *
 * A pure function from rules, curriculum, caps, what was transferred so far
 * and the lines of a claim, to one explanation record per line (and one more
 * per settled NM or OA rule), the ledger entries that posting writes, and
 * which sources are spent. The same inputs give the same bytes.
 *
 * All amounts are hundredths of a credit, marks hundredths of a mark, shares
 * basis points; OV_NULL is "none" in every integer member, NULL in every
 * text. Texts are compared byte by byte. Nothing here is checked for sense
 * again: credit_rule_check() is for whoever reads or enters a rule. */
#ifndef OV_RULES_CREDIT_H
#define OV_RULES_CREDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/civil.h"
#include "core/base/error.h"
#include "core/model/reason.h"
#include "core/model/rule.h"

/* CLASS_S1…CLASS_S4. */
enum { CREDIT_CLASSES = 4 };

/* Bounds of any amount we reckon with: far above the possible, far below
 * what could overflow. Readers refuse more. */
#define CREDIT_AMOUNT_MAX INT64_C(1000000000)

struct credit_texts {
	const char *const *item;
	size_t count;
};

/* One version of a rule, for the programme of the claim. */
struct credit_rule {
	int64_t id; /* transfer_rule.id; 0 in a trial from a file */
	const char *code;
	int64_t version;
	enum rule_kind kind;
	int source_class; /* enum source_class */
	bool active; /* its state now is ACTIVE; DRAFT, SUSPENDED, RETIRED are not */
	int64_t effective_from, effective_to; /* half-open */
	struct credit_texts sources; /* codes; a final * stands for any ending */
	struct credit_texts targets; /* course codes in the rule's order; CC, TC, NM */
	const char *module; /* TX, OA */
	int64_t need_count; /* NM */
	int64_t min_level, min_mark, min_ratio_bp, max_age_years;
	int64_t amount_centi; /* TX */
	int64_t hours_per_credit, step_centi, rule_max_centi; /* OA */
	int64_t specificity, priority;
};

/* What the kind of a rule asks of its other members. Returns 0, or
 * OV_EREFUSED with the field in ERR. */
int credit_rule_check(const struct credit_rule *rule, struct error *err);

struct credit_module {
	const char *code;
	int64_t transfer_max_centi; /* OV_NULL: no ceiling */
	int64_t transferred_centi;  /* transferred into it before this claim */
};

struct credit_course {
	const char *code, *module;
	int64_t credit_centi;
};

struct credit_caps {
	int64_t overall_bp; /* OV_NULL: no overall cap */
	int64_t class_bp[CREDIT_CLASSES];
	bool partial; /* TX may be cut down to the room */
};

struct credit_paid {
	const char *rule_code; /* without version: rule_max holds over all versions */
	int64_t centi;
};

/* What an expert grants for a line without rule (T13): a whole course of the
 * curriculum, or an amount in a module. Ignored where a rule covers the line. */
struct credit_opinion {
	int64_t centi;      /* OV_NULL: none; > 0; of a course its credits */
	const char *course; /* NULL: module credit */
	const char *module; /* of module credit */
	int source_class;
};

struct credit_line {
	int64_t line_no;
	const char *source;    /* code: certificate type, course, open course */
	const char *source_id; /* names one source, unique over all kinds */
	int64_t level;         /* 5 junior … 1 senior technician */
	int64_t mark, credit_centi, hours;
	int64_t dated_on, expires_on; /* expires_on is the last valid day */
	bool verified;
	struct credit_opinion opinion;
};

struct credit_input {
	bool student_active;
	int64_t submitted_on;
	int64_t base_centi; /* curriculum.min_total_centi, the base of the caps */
	const struct credit_rule *rules; /* all versions of the programme's rules, any order */
	size_t rule_count;
	const struct credit_module *modules; /* of the curriculum */
	size_t module_count;
	const struct credit_course *courses; /* of the curriculum */
	size_t course_count;
	struct credit_caps caps;
	int64_t transferred_centi[CREDIT_CLASSES]; /* before this claim */
	const struct credit_paid *paid; /* OA rules: paid so far */
	size_t paid_count;
	struct credit_texts done; /* course codes passed, exempt or replaced */
	struct credit_texts used; /* source ids that paid in this programme */
	int64_t pool_centi; /* balance of the POOL account */
	const struct credit_line *lines; /* in line_no order */
	size_t line_count;
};

/* One explanation record (DOMAIN.md 5.6). `need` and `have` are in the unit of
 * the code: hundredths of a credit for caps, grants, pools and SRC_CREDIT_LOW;
 * a level, a mark, a number of sources or a day for LEVEL_LOW, SCORE_LOW,
 * N_OF_M_SHORT, SOURCE_EXPIRED and SOURCE_TOO_OLD; OV_NULL where there is
 * nothing to compare. `have` is the room with a cap's code and what was paid
 * with GR_FULL and GR_PARTIAL. */
struct credit_record {
	int64_t line_no; /* 0: the claim as a whole (STUDENT_INACTIVE) */
	const struct credit_rule *rule; /* of the input; NULL where none was used */
	enum reason code;
	int64_t granted_centi, need, have;
	const char *detail; /* in the arena, "" when there is nothing to add */
};

enum credit_entry_kind { CREDIT_GRANT, CREDIT_POOL_IN, CREDIT_POOL_OUT };

/* One ledger entry of the posting (T23), in the order they are written.
 * GRANT goes to the TRANSFER account, the others to POOL; the sum of the
 * GRANT entries is the claim's granted amount. */
struct credit_entry {
	enum credit_entry_kind kind;
	int64_t line_no;
	const struct credit_rule *rule; /* NULL: an expert's opinion */
	const char *module;
	const char *course; /* NULL: module credit */
	int source_class;
	int64_t amount_centi; /* ≠ 0; negative for POOL_OUT */
};

/* What claim_line keeps of a line: the sum over its records and the last
 * code; a line that settles an NM or OA rule ends with the settlement's. */
struct credit_line_result {
	const struct credit_rule *rule;
	enum reason code;
	int64_t granted_centi;
	bool spent; /* its source is spent when this is posted */
};

struct credit_result {
	struct credit_record *records;
	size_t record_count;
	struct credit_entry *entries;
	size_t entry_count;
	struct credit_line_result *lines; /* one per input line, same order */
	size_t line_count;
	int64_t granted_centi;
	int64_t pool_centi; /* balance of the POOL account afterwards */
	size_t lines_without_rule; /* NO_RULE and no opinion: an expert is needed */
};

/* Fills RESULT, all of it in ARENA. Can't fail. */
void credit_calculate(const struct credit_input *input, struct arena *arena,
		      struct credit_result *result);

/* Which rule would each line be reckoned by? Looks at the gates alone, each
 * line for itself: LINES, one per line of the input, gets the rule and OK, or
 * NULL and the code of the gate. */
void credit_rules_choose(const struct credit_input *input, struct arena *arena,
			 struct credit_line_result *lines);
/* Does a rule's list of sources hold this code? */
bool credit_rule_covers(const struct credit_rule *rule, const char *source);
/* Is it active, and in force on this day? */
bool credit_rule_usable(const struct credit_rule *rule, int64_t day);

/* Do two calculations write the same entries? For SM_RECALC and SM_CAP_NOW;
 * the rules may be other copies of the same versions. */
bool credit_result_equal(const struct credit_result *a, const struct credit_result *b);
/* The line_no of the first line whose granted amount differs, 0 when none. */
int64_t credit_result_differs(const struct credit_input *input,
			      const struct credit_result *a, const struct credit_result *b);

/* ⌊base × bp / 10000⌋; OV_NULL when bp is. */
int64_t credit_cap(int64_t base_centi, int64_t bp);

/* Where is how much room left before this claim (reports D11, routes)?
 * CODE gets the cap that binds, REASON_NONE when none does and the room is
 * CREDIT_AMOUNT_MAX. MODULE and RULE may be NULL. Never below zero. */
int64_t credit_room_before(const struct credit_input *input, int source_class,
			   const char *module, const struct credit_rule *rule,
			   enum reason *code);

/* "R-003@1", or "" without a rule. */
const char *credit_rule_name(const struct credit_rule *rule, struct arena *arena);
/* The record as one line of stable bytes, for storing and printing:
 * "2 R-003@1 CAP_PROGRAMME 0.00 need 3.00 room 2.60 (C203:CAP_PROGRAMME)". */
void credit_record_text(const struct credit_record *record, struct buf *out);

#endif
