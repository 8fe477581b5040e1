#include "core/base/error.h"

#include <string.h>

void error_clear(struct error *err)
{
	memset(err, 0, sizeof *err);
}

int error_exit_status(int code)
{
	if (code >= 0)
		return 0;
	if (code >= OV_EOFFLINE)
		return -code;
	return code == OV_ECANCELLED ? 130 : 6;
}

struct error *problems_add(struct problems *list)
{
	struct error *slot;

	if (list->count < PROBLEMS_MAX)
		list->count++;
	slot = &list->item[list->count - 1];
	error_clear(slot);
	return slot;
}
