/* workflow.h: the state machine of a credit claim. DOMAIN.md 4 and 7.3.
 *
 * One table of transitions; claim_may() is the only judge. The store fills
 * struct claim_facts inside the writing transaction, asks, and then does what
 * the step says. The screens ask the same function to show what is open.
 *
 * People are compared as persons, not logins (F9): see claim_party(). */
#ifndef OV_RULES_WORKFLOW_H
#define OV_RULES_WORKFLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/civil.h"
#include "core/base/error.h"
#include "core/model/claim_state.h"
#include "core/model/permission.h"
#include "core/model/reason.h"
#include "core/rules/workday.h"

enum {
	CLAIM_EXPERT_CENTI = 1000, /* from this amount an expert is needed (T9, T10) */
	CLAIM_REASON_CHARS = 4     /* least length of a reason */
};

/* What a step does besides the new state and the audit event. Bit set. */
enum claim_effect {
	EFFECT_NUMBER = 1 << 0,        /* claim_no is given */
	EFFECT_SUBMITTED = 1 << 1,     /* submitted_on = today, submitted_by; rule versions chosen */
	EFFECT_RESERVE = 1 << 2,       /* sources reserved for this claim */
	EFFECT_FREE = 1 << 3,          /* reservation freed */
	EFFECT_ACCEPTED_BY = 1 << 4,
	EFFECT_VERIFIED_BY = 1 << 5,
	EFFECT_FIRST_BY = 1 << 6,
	EFFECT_EXPERT_BY = 1 << 7,
	EFFECT_SECOND_BY = 1 << 8,
	EFFECT_POSTED_BY = 1 << 9,
	EFFECT_CLEAR_REVIEW = 1 << 10, /* first_by, expert_by, second_by cleared; trail keeps them */
	EFFECT_CALCULATE = 1 << 11,    /* calculation run, proposed_centi and lines written */
	EFFECT_DROP_CALC = 1 << 12,    /* calculation dropped */
	EFFECT_GRANT = 1 << 13,        /* granted_centi = proposed_centi, line by line */
	EFFECT_GRANT_ZERO = 1 << 14,   /* granted_centi = 0 */
	EFFECT_CERT_VERIFIED = 1 << 15, /* the claim's certificates become VERIFIED */
	EFFECT_CERT_FALSE = 1 << 16,   /* the certificates found false become FALSE */
	EFFECT_CERT_HELD = 1 << 17,    /* those certificates become HELD again */
	EFFECT_NOTICE = 1 << 18,       /* notice_from = today */
	EFFECT_APPEAL = 1 << 19,       /* appeal_count + 1, appeal number */
	EFFECT_EXCLUDE = 1 << 20,      /* earlier refusers join excluded_ids (F10) */
	EFFECT_POST = 1 << 21,         /* ledger entries, sources spent, outbox GRANT_OUT */
	EFFECT_REVERSE = 1 << 22,      /* reversals, sources unspent unless FALSE, outbox */
	EFFECT_ASKED = 1 << 23,        /* revocation asked for; the state stays POSTED */
	EFFECT_OBJECTED = 1 << 24      /* objected_on = today, notice_end_on = the old deadline */
};

/* How the next time limit is found. */
enum claim_limit {
	LIMIT_NONE,     /* no limit any more */
	LIMIT_KEEP,     /* the present one runs on */
	LIMIT_DAYS,     /* today + n days */
	LIMIT_WD,       /* n working days after today */
	LIMIT_NOTICE_ON /* the notice days that were left at the objection, ≥ 1 wd */
};

/* One row of DOMAIN.md's table; return and reject have several. */
struct claim_transition {
	int number; /* 1…30: T1…T30 */
	unsigned from; /* bit set of 1 << enum claim_state; 0: the claim isn't there yet */
	enum claim_event event;
	enum permission permission;
	bool system_only;
	const unsigned char *guards; /* ended by 0; see workflow.c */
	enum claim_state to;
	enum claim_limit limit;
	int limit_n;
	unsigned effects;
};

extern const struct claim_transition claim_transitions[];
extern const size_t claim_transition_count;

/* The row for (state, event), NULL when the pair is not in the table. State
 * OV_NULL: the claim isn't there yet. */
const struct claim_transition *claim_transition_find(int64_t state, enum claim_event event);

/* Whom four-eyes compares: the person behind a login, or the login itself
 * when it is tied to no person. 0 for nobody (user_id OV_NULL or 0). */
int64_t claim_party(int64_t person_id, int64_t user_id);

struct claim_parties {
	const int64_t *party;
	size_t count;
};

/* All that the guards look at. Parties are claim_party() values, 0 is nobody.
 * Members about a line hold a line_no, 0 when every line is in order. The
 * recalculation and the checks against the ledger are only looked at by
 * pass_second and post; the store may leave them alone for other events. */
struct claim_facts {
	int64_t state; /* OV_NULL before create */
	int64_t rev, expected_rev; /* OV_NULL expected: not checked (create) */
	int64_t today, deadline_on;
	bool student_active, student_graduated;
	int64_t line_count;
	int64_t line_no_evidence;
	int64_t line_busy; /* its source is in another open claim of the learner */
	const char *busy_claim_no;
	int64_t line_unchecked;
	int64_t lines_without_rule;
	int64_t line_no_opinion; /* line without rule for which the expert gave nothing */
	int64_t proposed_centi, recalculated_centi;
	bool recalculated_same; /* same entries, not only the same sum */
	int64_t line_over_cap; /* a cap no longer holds for it (post) */
	int64_t over_granted, over_now; /* its credits as granted, and as they would be now */
	enum reason over_cap; /* CAP_… */
	int64_t line_spent;    /* its source was spent by another claim (post) */
	bool reason_given; /* at least CLAIM_REASON_CHARS characters, or a reason code */
	int64_t appeal_count;
	bool refused_as_false; /* the refusal under appeal was T8 */
	int64_t objected_on;   /* day of the objection that is being decided */
	int64_t notice_end_on; /* deadline of the notice when it was objected to */
	int64_t created, submitted, accepted, verified, first, expert, second;
	int64_t revoke_asked; /* who asked for the revocation, 0 when nobody did */
	/* Who created, submitted, accepted or verified it in any round: a
	 * resubmission, appeal or send-back removes nobody. */
	struct claim_parties prepared;
	struct claim_parties took_part;  /* everybody in the claim's trail */
	struct claim_parties excluded;   /* claim.excluded_ids: F10 */
	struct claim_parties interested; /* F8: the learner and recorded relatives */
};

/* What the store has to do when the answer is yes. */
struct claim_outcome {
	const struct claim_transition *row;
	enum claim_state to;
	int64_t deadline_on; /* OV_NULL: none */
	unsigned effects;
	enum reason advice; /* shown, not refused: SM_OWN_SUBMISSION; REASON_NONE */
};

/* May ACTOR do EVENT now? Order of refusal: PERM_DENIED, SM_STALE,
 * SM_NO_TRANSITION, then the guards from left to right; the first is reported
 * and nothing else is looked at. Writes nothing. Returns 0 with STEP filled,
 * or the reason's OV_E… code with ERR filled; STEP may be NULL.
 *
 * revoke is called twice by two people: the first call, by a second reviewer,
 * gives EFFECT_ASKED and leaves POSTED; the second, by an auditor, REVOKED. */
int claim_may(const struct claim_facts *facts, enum claim_event event,
	      const struct actor *actor, const struct workday_calendar *calendar,
	      struct claim_outcome *step, struct error *err);

/* Could ACTOR's roles do EVENT in STATE at all? Without guards: for menus. */
bool claim_event_open(int64_t state, enum claim_event event, const struct actor *actor);

/* Does an expert have to be asked (T9, T10)? */
bool claim_needs_expert(int64_t proposed_centi, int64_t lines_without_rule);

/* Is the claim overdue: past its limit in a state that only marks it? */
bool claim_overdue(enum claim_state state, int64_t deadline_on, int64_t today);

#endif
