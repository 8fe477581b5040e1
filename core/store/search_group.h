/* search_group.h: branch, centre, programme, curriculum, cohort and year of intake
 * as one number. A class shares them; a line holds the number (table
 * search_group, which only grows). */
#ifndef OV_STORE_SEARCH_GROUP_H
#define OV_STORE_SEARCH_GROUP_H

#include "core/base/arena.h"
#include "core/base/text_map.h"
#include "core/store/search_line.h"

/* The id of the group, made when it is new. */
int search_group_id(struct db *db, const struct search_group *group, int64_t *id,
		    struct error *err);

/* All of them in memory, for writing many lines. */
struct search_groups {
	struct arena arena;
	struct text_map ids;
	struct search_group *fresh; /* not in the table yet, from id first_fresh on; heap */
	size_t fresh_count, fresh_room;
	int64_t first_fresh;
	struct search_group last; /* that was asked for, and its id */
	int64_t last_id;
};

int search_groups_load(struct search_groups *groups, struct db *db, struct error *err);
/* The id, of a new one too. */
int64_t search_groups_id(struct search_groups *groups, const struct search_group *group);
/* Writes the new ones. */
int search_groups_save(struct search_groups *groups, struct db *db, struct error *err);
void search_groups_release(struct search_groups *groups);

#endif
