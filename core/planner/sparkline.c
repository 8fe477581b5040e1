#include "core/planner/sparkline.h"

enum { LEVELS = 8 };

/* Costs fall steeply at first; doublings, not sums, are what the eye wants. */
static int level(int64_t cost, int64_t best)
{
	int halves = 0;

	for (int64_t left = 2 * (cost - best); left > best / 8 && halves < LEVELS - 1; left /= 2)
		halves++;
	return halves;
}

void sparkline(const int64_t *costs, size_t count, int64_t best, size_t width, struct buf *out)
{
	static const char *const bars[LEVELS] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	const size_t shown = count < width ? count : width;

	for (size_t i = 0; i < shown; i++) {
		const int64_t cost = costs[(i + 1) * count / shown - 1];

		buf_text(out, cost < 0 ? " " : bars[level(cost, best)]);
	}
}
