/* search_hits.h: a line as the record that shows a learner in a list. */
#ifndef OV_STORE_SEARCH_HITS_H
#define OV_STORE_SEARCH_HITS_H

#include "core/model/kind.h"
#include "core/store/search_names.h"

/* A text that was copied for a record of the page; ids are below 4,000,000 where there
 * are names (search_names.h). */
struct search_hit_copy {
	uint32_t key; /* of kind, id and which text; 0: none */
	const char *text;
};

enum { SEARCH_HIT_COPIES = 32 };

/* What the actor may see of it, worked out once for a page. */
struct search_hit_style {
	struct search_hit_copy copies[SEARCH_HIT_COPIES];
	const struct actor *actor;
	bool account, claims; /* without the right these numbers are null */
	bool mask;            /* something else is masked: by the field table */
};

void search_hit_style(const struct actor *actor, struct search_hit_style *style);

/* The record without id and match; NULL when the line's group is not there. */
struct student_hit *search_hit_make(struct search_names *names, struct db *db,
				    struct search_hit_style *style,
				    const struct search_line *line, struct arena *arena);

#endif
