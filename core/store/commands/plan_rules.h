/* plan_rules.h: what publishing a draft is made of. Internal to commands. */
#ifndef OV_STORE_COMMANDS_PLAN_RULES_H
#define OV_STORE_COMMANDS_PLAN_RULES_H

#include "core/model/kind.h"
#include "core/store/tx.h"

enum { OVERRIDE_CHARS = 4 };

/* What the conflict engine says of a draft laid over the timetable. */
struct plan_verdict {
	int64_t hard;      /* conflicts, CALENDAR_UNKNOWN among them */
	bool fixed;        /* something nobody may override */
	const char *kinds; /* each once, followed by a blank */
	const char **of;   /* by row of the draft: its kinds, NULL for none */
};

/* The meetings of a draft, by id. */
int plan_rows(struct tx *tx, int64_t plan_id, struct record_list *rows, struct error *err);
/* Counts conflicts and learners into PLAN; writes a plan_clash for each learner
 * whom a meeting meets at work or tired, with the make-up (only when VERDICT
 * is NULL: when the draft is saved). */
int plan_judge(struct tx *tx, struct plan_draft *plan, const struct record_list *rows,
	       struct plan_verdict *verdict, struct error *err);
/* PLAN_STALE when meetings that the draft stands for were changed since. */
int plan_fresh(struct tx *tx, const struct record_list *rows, struct error *err);
/* Makes the draft the timetable: moves the meetings it stands for, makes new ones. */
int plan_apply(struct tx *tx, const struct plan_draft *plan, const struct record_list *rows,
	       const struct plan_verdict *verdict, struct error *err);
/* Moves them back, cancels what was made. A meeting that was held or changed
 * meanwhile refuses it all (PLAN_STALE). */
int plan_take_back(struct tx *tx, const struct record_list *rows, struct error *err);

#endif
