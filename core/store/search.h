/* search.h: learners by what a clerk types. DESIGN.md 6.
 *
 * The line is one of several things (base/search_query.h), each of them a few
 * ranges of the index (search_index.h). Ranked: exact, initials, beginnings,
 * tails, what only sounds so; then the actor's own branch, lately opened here,
 * active, by name. A range may hold a million learners, so only a window of it is
 * ranked: the first ones in name order that the actor may see, and the lately
 * opened ones. Words behind it narrow ("zs 焊装"): class, plant, programme, shift. */
#ifndef OV_STORE_SEARCH_H
#define OV_STORE_SEARCH_H

#include "core/db/db.h"
#include "core/model/kind.h"
#include "core/store/search_names.h"
#include "core/store/store.h"

enum { SEARCH_LIMIT = 50, SEARCH_LIMIT_MAX = 500, SEARCH_RECENT = 64 };

/* The learners whose cards were opened last, newest first. */
struct search_recent {
	int64_t user_id; /* who opened them */
	int64_t ids[SEARCH_RECENT];
	size_t count;
};

/* Another user's begins anew. */
void search_recent_add(struct search_recent *recent, int64_t user_id, int64_t student_id);

/* A page of student_hit, masked for the actor; nothing found is an empty page.
 * Document tails need see_p3, mobile numbers see_p2 (masked is enough).
 * LIMIT 0 stands for SEARCH_LIMIT. RECENT may be NULL. All of it is read from one
 * state of the database, in a transaction or not. */
int search_students(struct db *db, struct search_names *names, const struct actor *actor,
		    const struct search_recent *recent, const char *text, int limit,
		    struct arena *arena, struct page *page, struct error *err);

#endif
