#include "core/rules/composite.h"

#include "core/base/civil.h"

enum { WHOLE_BP = 10000 };

enum reason composite_mark(int64_t formative, int64_t final, int64_t formative_bp, int64_t *mark)
{
	int64_t sum = 0;

	*mark = OV_NULL;
	if (formative_bp != 0) {
		if (formative == OV_NULL)
			return REASON_MK_NO_FORMATIVE;
		sum += formative * formative_bp;
	}
	if (formative_bp != WHOLE_BP) {
		if (final == OV_NULL)
			return REASON_MK_NO_FINAL;
		sum += final * (WHOLE_BP - formative_bp);
	}
	*mark = (sum + WHOLE_BP / 2) / WHOLE_BP;
	return REASON_MK_OK;
}

bool composite_passed(int64_t mark)
{
	return mark != OV_NULL && mark >= MARK_PASS;
}
