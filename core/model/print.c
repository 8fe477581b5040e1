#include "core/model/print.h"

#define PRINT_TABLE(REC, LIST, PLURAL, LABEL) \
	FIELD_TABLE(REC, LIST, PLURAL, LABEL, false, NULL);
PRINTS(PRINT_TABLE)
