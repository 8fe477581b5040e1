/* workflow_guard.h: the guards of the transition table; shared by the table
 * and its judge. Nobody else includes it. */
#ifndef OV_RULES_WORKFLOW_GUARD_H
#define OV_RULES_WORKFLOW_GUARD_H

#include "core/rules/workflow.h"

enum claim_guard {
	GUARD_END,
	GUARD_INTEREST,     /* F8 */
	GUARD_EXCLUDED,     /* F10 */
	GUARD_LEARNER,      /* learner ACTIVE */
	GUARD_LINES,        /* ≥ 1 line */
	GUARD_EVIDENCE,     /* each line has evidence */
	GUARD_SOURCES_FREE, /* no source in another open claim of the learner */
	GUARD_REASON,       /* reason given */
	GUARD_CHECKED,      /* every evidence checked or struck out */
	GUARD_PREPARED,     /* four-eyes: actor ∉ preparers; also F10 */
	GUARD_FIRST,        /* actor ≠ first_by */
	GUARD_EXPERT_BY,    /* actor ≠ expert_by */
	GUARD_SECOND,       /* actor ≠ second_by */
	GUARD_UNINVOLVED,   /* actor ∉ preparers, first_by, expert_by, second_by; F10 */
	GUARD_NO_PART,      /* actor took no part before */
	GUARD_POSITIVE,     /* proposed > 0 */
	GUARD_NO_EXPERT,    /* no expert needed */
	GUARD_EXPERT,       /* an expert needed */
	GUARD_OPINION,      /* amount and text for each line without rule */
	GUARD_RECALCULATED, /* recalculation equals proposed_centi */
	GUARD_IN_TIME,      /* today ≤ deadline */
	GUARD_TIME_OVER,    /* today > deadline */
	GUARD_CAPS,         /* caps still hold */
	GUARD_UNSPENT,      /* source not spent */
	GUARD_FIRST_APPEAL, /* first appeal */
	GUARD_TWO_PEOPLE,   /* consent by another than who asked, and after it */
	GUARD_NOT_GRADUATED, /* learner not GRADUATED */
	GUARD_COUNT
};

#endif
