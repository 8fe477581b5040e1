/* equipment_rows.h: rows that are added and, later, count no longer: their
 * removed_on is set. Internal to commands. */
#ifndef OV_STORE_COMMANDS_EQUIPMENT_ROWS_H
#define OV_STORE_COMMANDS_EQUIPMENT_ROWS_H

#include "core/store/command.h"
#include "core/store/tx.h"

/* Inserts ROW, which is then what the command made. */
int equipment_row_add(struct tx *tx, enum kind kind, void *row, struct outcome *outcome,
		      struct error *err);
/* Sets removed_on of a row to today; one that is removed already stays so. */
int equipment_row_end(struct tx *tx, enum kind kind, int64_t id, struct outcome *outcome,
		      struct error *err);

#endif
