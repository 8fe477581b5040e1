#include "cli/plan_progress.h"

#include "cli/progress.h"
#include "core/base/i18n.h"

enum { SPARK_WIDTH = 24, SPARK_LEVELS = 8 };

/* Costs fall steeply at first; doublings, not sums, are what the eye wants. */
static int level(int64_t cost, int64_t best)
{
	int halves = 0;

	for (int64_t left = 2 * (cost - best); left > best / 8 && halves < SPARK_LEVELS - 1;
	     left /= 2)
		halves++;
	return halves;
}

void plan_sparkline(const struct solver_progress *progress, int width, struct buf *out)
{
	static const char *const bars[SPARK_LEVELS] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	const size_t count = progress->history_count;

	for (size_t i = 0; count && i < (size_t)width && i < count; i++) {
		const size_t shown = count < (size_t)width ? count : (size_t)width;
		const int64_t cost = progress->history[(i + 1) * count / shown - 1];

		buf_text(out, cost < 0 ? " " : bars[level(cost, progress->best.soft)]);
	}
}

bool plan_progress(void *unused, const struct solver_progress *progress)
{
	struct buf line = BUF_INIT;

	(void)unused;
	plan_sparkline(progress, SPARK_WIDTH, &line);
	buf_printf(&line, "  %3d %%  ", progress->permille / 10);
	if (progress->best.hard)
		buf_printf(&line, _("faults %lld"), (long long)progress->best.hard);
	else
		buf_printf(&line, _("cost %lld"), (long long)progress->best.soft);
	progress_line(buf_cstr(&line));
	buf_release(&line);
	return progress_interrupted();
}
