/* search_hits.h: a line as the record that shows a learner in a list. */
#ifndef OV_STORE_SEARCH_HITS_H
#define OV_STORE_SEARCH_HITS_H

#include "core/model/kind.h"
#include "core/store/search_names.h"

/* What the actor may see of it, worked out once for a page. */
struct search_hit_style {
	const struct actor *actor;
	bool account, claims; /* without the right these numbers are null */
	bool mask;            /* something else is masked: by the field table */
};

void search_hit_style(const struct actor *actor, struct search_hit_style *style);

/* The record without id and match; NULL when the line's group is not there. */
struct student_hit *search_hit_make(struct search_names *names, struct db *db,
				    const struct search_hit_style *style,
				    const struct search_line *line, struct arena *arena);

#endif
