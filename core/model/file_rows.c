#include "core/model/file_rows.h"

#define FILE_ROW_TABLE(REC, LIST, PLURAL) \
	FIELD_TABLE(REC, LIST, PLURAL, N_("row"), false, NULL);
FILE_ROWS(FILE_ROW_TABLE)
