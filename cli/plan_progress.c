#include "cli/plan_progress.h"

#include "cli/progress.h"
#include "core/base/i18n.h"
#include "core/planner/sparkline.h"

enum { SPARK_WIDTH = 24 };

bool plan_stopped(void *unused)
{
	(void)unused;
	return progress_interrupted();
}

bool plan_progress(void *unused, const struct solver_progress *progress)
{
	struct buf line = BUF_INIT;

	(void)unused;
	sparkline(progress->history, progress->history_count, progress->best.soft, SPARK_WIDTH,
		  &line);
	buf_printf(&line, "  %3d %%  ", progress->permille / 10);
	if (progress->best.hard)
		buf_printf(&line, _("faults %lld"), (long long)progress->best.hard);
	else
		buf_printf(&line, _("cost %lld"), (long long)progress->best.soft);
	progress_line(buf_cstr(&line));
	buf_release(&line);
	return progress_interrupted();
}
