/* search_work.h: work places as numbers. Plant, workshop and post are the same
 * few hundred texts for all learners; a line holds the number of the three
 * (table search_work, which only grows). */
#ifndef OV_STORE_SEARCH_WORK_H
#define OV_STORE_SEARCH_WORK_H

#include "core/base/arena.h"
#include "core/base/text_map.h"
#include "core/db/db.h"

/* The id of plant, workshop and post, which may be NULL, made when it is new;
 * 0 when all are empty. */
int search_work_id(struct db *db, const char *plant, const char *workshop, const char *post,
		   int64_t *id, struct error *err);

/* All of them in memory, for writing many lines. */
struct search_works {
	struct arena arena;
	struct text_map ids;
	struct search_work {
		const char *plant, *workshop, *post;
	} *fresh;       /* not in the table yet, from id first_fresh on; heap */
	size_t fresh_count, fresh_room;
	int64_t first_fresh;
};

int search_works_load(struct search_works *works, struct db *db, struct error *err);
/* The id, of a new one too; 0 when all are empty. Texts may be NULL. */
int64_t search_works_id(struct search_works *works, const char *plant, const char *workshop,
			const char *post);
/* Writes the new ones. */
int search_works_save(struct search_works *works, struct db *db, struct error *err);
void search_works_release(struct search_works *works);

#endif
