/* draft_diff.h: what differs between two drafts of a timetable. Pure. */
#ifndef OV_TIMETABLE_DRAFT_DIFF_H
#define OV_TIMETABLE_DRAFT_DIFF_H

#include "core/base/arena.h"
#include "core/model/kind.h"

/* A meeting that isn't where it was. Meetings of a course and cohort are alike:
 * those without an equal in the other draft are paired in order of time; A or B
 * is NULL where the other draft has one more. */
struct draft_move {
	const struct session_slot *a, *b;
};

struct draft_diff {
	int64_t same; /* meetings of both at the same time in the same room */
	int64_t room; /* at the same time in another room */
	int64_t time; /* of the first, at no such time in the second */
	struct draft_move *moves; /* the others, by cohort, course and time */
	size_t count;
};

/* A and B are lists of session_slot (the card of a PLAN_DRAFT) and stay as they
 * are; the moves are in ARENA and point to their records. */
void draft_diff(const struct record_list *a, const struct record_list *b, struct arena *arena,
		struct draft_diff *out);

#endif
