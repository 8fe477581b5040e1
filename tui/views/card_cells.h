/* card_cells.h: the rows of the lists about a learner, as texts. */
#ifndef OV_TUI_VIEWS_CARD_CELLS_H
#define OV_TUI_VIEWS_CARD_CELLS_H

#include "tui/table.h"
#include "tui/views/card_job.h"

enum { CLAIM_COLUMNS = 7 };

extern const struct table_column claim_columns[CLAIM_COLUMNS], line_columns[1];

/* One cell of the list of claims, in the columns above. */
void claim_cell(const struct claim_row *claim, size_t column, struct arena *arena,
		struct cell *cell);
/* "13 of 15, transferred 0 of at most 9". */
const char *module_line(const struct module_credit *m, struct arena *arena);
/* Name of its type, state, from when until when. */
const char *certificate_line(const struct card *card, const struct certificate *c,
			     struct arena *arena);

#endif
