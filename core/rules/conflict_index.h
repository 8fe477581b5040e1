/* conflict_index.h: the timetable of a term, kept ready for questions. The
 * members of every session and the meetings of every day are at hand, so that
 * a person who moves one meeting, or holds it over a free slot, gets its
 * conflicts in a fraction of a millisecond, and the whole term is checked
 * without being read again.
 *
 * Kinds and tests are those of conflict.h: conflict_index_check() finds exactly
 * what conflict_find() with that focus finds, and conflict_index_all() what it
 * finds without. */
#ifndef OV_RULES_CONFLICT_INDEX_H
#define OV_RULES_CONFLICT_INDEX_H

#include "core/rules/conflict.h"

struct conflict_index;

/* INPUT and what it points to is kept, not copied, and must not change while
 * the index lives, but for the meetings: the index has its own copy of them. */
struct conflict_index *conflict_index_new(const struct conflict_input *input);
void conflict_index_free(struct conflict_index *index); /* NULL is fine */

/* The meeting as the index has it; what it points to is the caller's. */
const struct conflict_meeting *conflict_index_meeting(const struct conflict_index *index,
						      int meeting);

/* Puts a meeting at another time, into another room, to other teachers; its
 * session stays. One that was removed takes place again. */
void conflict_index_place(struct conflict_index *index, int meeting, struct conflict_span time,
			  int room, struct conflict_ints teachers);
/* The meeting does not take place; it can be placed again. */
void conflict_index_remove(struct conflict_index *index, int meeting);

/* The findings about one meeting, none when it was removed. The list lives in
 * ARENA. Nothing is changed but by place and remove, so a slot is tried by
 * placing the meeting there, asking, and placing it back. */
void conflict_index_check(struct conflict_index *index, int meeting, struct arena *arena,
			  struct conflict_list *list);
/* All findings. */
void conflict_index_all(struct conflict_index *index, struct arena *arena,
			struct conflict_list *list);

#endif
