/* search_source.h: a learner as the index needs him, read from the records.
 * Internal to the index of the search. */
#ifndef OV_STORE_SEARCH_SOURCE_H
#define OV_STORE_SEARCH_SOURCE_H

#include "core/store/search_line.h"

struct search_source {
	int64_t student_id;
	const char *student_no, *full_name, *mobile, *doc_no;
	const char *plant, *workshop, *post;
	struct search_group group;
	struct search_line line; /* full_name is that above, the number that of packed */
	uint8_t packed[SEARCH_NUMBER_PACKED];
};

/* By id: 1, 0 when there is no such learner, or an error. Makes his work place
 * and his group when they are new. Texts are in ARENA. */
int search_source_get(struct db *db, int64_t student_id, struct arena *arena,
		      struct search_source *source, struct error *err);

/* All learners from FIRST_ID on, by id, without work_id and
 * group_id: the statement
 * to step through, and the row it stands on. */
int search_source_all(struct db *db, int64_t first_id, struct stmt **stmt, struct error *err);
void search_source_row(struct stmt *stmt, struct arena *arena, struct search_source *source);

#endif
