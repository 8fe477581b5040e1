/* seed_records.h: reference records from CSV files into an empty store.
 *
 * data/FOLDER/KIND.csv holds records of KIND: a column for each field that is
 * given, by its name, values as in forms and exports. The column `key` names
 * the row, and a reference in a later file is the key of its target; a file's
 * order is that of the kinds in model/kind.h, which lets references point
 * backwards (those of one file: to rows above). Unknown columns, unknown
 * keys and every wrong value are refused with file and line. */
#ifndef OV_STORE_SEED_RECORDS_H
#define OV_STORE_SEED_RECORDS_H

#include "core/store/tx.h"

int seed_records(struct tx *tx, const char *folder, struct error *err);

#endif
