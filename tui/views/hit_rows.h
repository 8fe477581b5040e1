/* hit_rows.h: learners found by a search, as the rows of a list. */
#ifndef OV_TUI_HIT_ROWS_H
#define OV_TUI_HIT_ROWS_H

#include "core/store/store.h"
#include "tui/edit.h"
#include "tui/table.h"

/* The learner in ROW of a page of student_hit records, NULL past its end. */
const struct student_hit *hit_at(const struct page *hits, size_t row);

/* What a table shows: the page, and the box it was typed into. */
struct hit_list {
	const struct page *hits;
	const struct edit *typed;
};

/* TABLE becomes a list of LIST's hits, which the caller owns and may exchange, as he owns
 * LIST; the number of rows is set by table_set_count(). */
void hit_table_init(struct table *table, const struct hit_list *list);
/* For another page: the last column says what a second word was found in, and is there
 * while one narrows. */
void hit_table_fit(struct table *table, const struct page *hits);

/* Puts the hits of NOW that stood in the list BEFORE where they stood; those
 * that are new come last. Opening a learner ranks him first, and a list that
 * is sorted anew under somebody's hands has the wrong one under the marker. */
void hits_order_keep(const struct page *before, struct page *now);

#endif
