/* sparkline.h: a falling cost as a row of bars, for lines and screens. */
#ifndef OV_PLANNER_SPARKLINE_H
#define OV_PLANNER_SPARKLINE_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/buf.h"

/* Adds at most WIDTH bars (U+2581 to U+2588, a cell each) for COUNT costs, the
 * oldest first; a blank for those below 0, which stand for "had faults". The
 * height says how many doublings above BEST a cost is. */
void sparkline(const int64_t *costs, size_t count, int64_t best, size_t width, struct buf *out);

#endif
