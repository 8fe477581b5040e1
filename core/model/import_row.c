#include "core/model/import_row.h"

FIELD_TABLE(import_row, IMPORT_ROW_FIELDS, "import_rows", N_("row"), false, NULL);
