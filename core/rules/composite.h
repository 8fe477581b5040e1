/* composite.h: the composite mark of a course. DOMAIN.md 5.8. */
#ifndef OV_RULES_COMPOSITE_H
#define OV_RULES_COMPOSITE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/model/reason.h"

enum { MARK_PASS = 6000, MARK_MAX = 10000 };

/* Marks in hundredths, OV_NULL when missing (missing is not zero); weight of
 * the formative mark in basis points. Returns REASON_MK_OK with *MARK, half
 * rounded up, or REASON_MK_NO_FORMATIVE or REASON_MK_NO_FINAL with *MARK
 * OV_NULL. */
enum reason composite_mark(int64_t formative, int64_t final, int64_t formative_bp,
			   int64_t *mark);
bool composite_passed(int64_t mark); /* false for OV_NULL */

#endif
