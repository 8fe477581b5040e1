/* reason_part.h: why: chosen by number from the table of reasons
 * (core/model/claim_reason.h), typed over, or typed anew. */
#ifndef OV_TUI_VIEWS_REASON_PART_H
#define OV_TUI_VIEWS_REASON_PART_H

#include "core/model/claim_reason.h"
#include "core/store/command.h"
#include "tui/edit.h"

struct reason_part {
	const struct claim_reason *reasons[CLAIM_REASONS_MAX];
	size_t count;
	const struct claim_reason *chosen; /* by its number; its text may be added to */
	bool needed; /* the step asks for one */
	struct edit edit;
};

void reason_part_init(struct reason_part *part, enum claim_event event, bool needed);
void reason_part_release(struct reason_part *part);
/* A key: a digit chooses, others edit. True when the reason has changed or the
 * key was taken. */
bool reason_part_key(struct reason_part *part, key_press key);
void reason_part_paste(struct reason_part *part, const char *text);
/* Is there one, where one is needed? */
bool reason_part_given(const struct reason_part *part);
/* The arguments of a claim command with this reason, in ARENA. */
void *reason_part_args(const struct reason_part *part, const struct command_def *def,
		       struct arena *arena);
/* What to do when there is none: one sentence, translated. */
const char *reason_part_hint(const struct reason_part *part);
/* The field and the numbered reasons from row 0 on; returns the rows used. */
int reason_part_draw(struct reason_part *part, const struct canvas *canvas);

#endif
