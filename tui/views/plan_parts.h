/* plan_parts.h: what the views of drafts have in common. */
#ifndef OV_TUI_VIEWS_PLAN_PARTS_H
#define OV_TUI_VIEWS_PLAN_PARTS_H

#include "tui/views/card_job.h"
#include "tui/views/lines.h"

enum { SPARK_CELLS = 24, PLAN_LINES_MAX = 2000 };

/* "3 spring, quiet", or "3" without a name. */
const char *plan_title(const struct plan_draft *plan, struct arena *arena);
/* A number of the draft with its thousands apart: "12 345". */
const char *plan_number(int64_t number, struct arena *arena);
/* The falling cost of a saved draft in at most CELLS bars, "" when it has none. */
const char *plan_spark(const struct plan_draft *plan, size_t cells, struct arena *arena);
/* The cost of one kind, OV_NULL when the draft doesn't tell. */
int64_t plan_cost_of(const struct plan_draft *plan, enum plan_cost kind);
/* Learners whom the draft meets at work or tired, by kind of conflict. */
int64_t plan_clash_count(const struct card *card, const char *kind);
/* Sections of one draft (the card of a PLAN_DRAFT). */
void plan_lines_unplaced(struct lines *lines, const struct card *card);
void plan_lines_clashes(struct lines *lines, const struct card *card);

#endif
