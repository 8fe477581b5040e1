#include "tui/views/account_bars.h"

#include <string.h>

#include "core/base/i18n.h"
#include "core/model/answer.h"
#include "tui/views/student_draw.h"

enum { NAME_CELLS = 22, TEXT_CELLS = 32, BAR_LEAST = 12, BAR_MOST = 80 };

struct scale {
	int cells;
	int64_t whole; /* credits that fill the bar */
};

static int64_t zero(int64_t centi)
{
	return centi == OV_NULL ? 0 : centi;
}

static int at(const struct scale *scale, int64_t centi)
{
	int64_t cell = scale->whole > 0 ? centi * scale->cells / scale->whole : 0;

	return cell < 0 ? 0 : cell > scale->cells ? scale->cells : (int)cell;
}

/* One character per cell: first FROM to TO is filled. */
static void fill(char *bar, int from, int to, char with)
{
	while (from < to)
		bar[from++] = with;
}

static void bar_draw(const struct scale *scale, const struct canvas *canvas, int row,
		     enum theme_role role, const char *bar)
{
	canvas_put(canvas, row, NAME_CELLS, THEME_MUTED, "[");
	canvas_put(canvas, row, NAME_CELLS + 1, role, bar);
	canvas_put(canvas, row, NAME_CELLS + 1 + scale->cells, THEME_MUTED, "]");
}

static void mark(const struct scale *scale, char *bar, int64_t centi, char with)
{
	int cell = at(scale, centi);

	bar[cell > 0 ? cell - 1 : 0] = with;
}

static void counted_draw(const struct scale *scale, const struct module_credit *m,
			 const struct canvas *canvas, int row)
{
	struct arena *arena = canvas_arena(canvas);
	char *bar = arena_alloc(arena, (size_t)scale->cells + 1);
	int64_t have = zero(m->earned_centi), moved = zero(m->transferred_centi);
	int64_t least = zero(m->min_centi);
	bool enough = have >= least;

	memset(bar, ' ', (size_t)scale->cells);
	fill(bar, 0, at(scale, least), '.');
	fill(bar, 0, at(scale, have - moved), '#');
	fill(bar, at(scale, have - moved), at(scale, have), '=');
	if (least > 0)
		mark(scale, bar, least, '|');
	bar_draw(scale, canvas, row, enough ? THEME_OK : THEME_PROGRESS, bar);
	canvas_put(canvas, row, NAME_CELLS + scale->cells + 4, enough ? THEME_OK : THEME_VALUE,
		   arena_printf(arena, _("%s of %s%s"), credit_text(have, arena),
				credit_text(least, arena), enough ? "" :
				arena_printf(arena, _(", missing %s"),
					     credit_text(least - have, arena))));
}

static void moved_draw(const struct scale *scale, const struct module_credit *m,
		       const struct canvas *canvas, int row)
{
	struct arena *arena = canvas_arena(canvas);
	char *bar = arena_alloc(arena, (size_t)scale->cells + 1);
	int64_t moved = zero(m->transferred_centi);

	canvas_fit(canvas, row, 3, NAME_CELLS - 4, THEME_LABEL, TEXT_LEFT, _("transferred"));
	memset(bar, ' ', (size_t)scale->cells);
	fill(bar, 0, at(scale, moved), '=');
	mark(scale, bar, m->transfer_max_centi, '^');
	bar_draw(scale, canvas, row, THEME_TEXT, bar);
	canvas_put(canvas, row, NAME_CELLS + scale->cells + 4, THEME_TEXT,
		   arena_printf(arena, _("%s of at most %s"), credit_text(moved, arena),
				credit_text(m->transfer_max_centi, arena)));
}

/* The largest value of a module fills the bar; the sum has a scale of its own. */
static struct scale scale_make(const struct record_list *modules, const struct canvas *canvas,
			       bool sum)
{
	struct scale scale = { .cells = canvas->area.cols - NAME_CELLS - TEXT_CELLS - 4 };
	size_t i;

	if (scale.cells < BAR_LEAST)
		scale.cells = BAR_LEAST;
	if (scale.cells > BAR_MOST)
		scale.cells = BAR_MOST;
	for (i = 0; i < modules->count; i++) {
		const struct module_credit *m = modules->items[i];
		int64_t most = zero(m->earned_centi);

		if (sum != (!m->code || !*m->code))
			continue;
		most = zero(m->min_centi) > most ? zero(m->min_centi) : most;
		most = zero(m->transfer_max_centi) > most ? zero(m->transfer_max_centi) : most;
		scale.whole = most > scale.whole ? most : scale.whole;
	}
	return scale;
}

void account_bars_draw(const struct record_list *modules, const struct canvas *canvas)
{
	struct scale scale = scale_make(modules, canvas, false);
	struct scale whole = scale_make(modules, canvas, true);
	int row = 0;
	size_t i;

	canvas_put(canvas, row++, 1, THEME_MUTED,
		   _("# own results   = transferred   . missing   | minimum   ^ ceiling"));
	for (i = 0; i < modules->count && row < canvas->area.rows; i++) {
		const struct module_credit *m = modules->items[i];
		bool sum = !m->code || !*m->code;

		canvas_fit(canvas, row, 1, NAME_CELLS - 2, sum ? THEME_HEADING : THEME_VALUE,
			   TEXT_LEFT, arena_printf(canvas_arena(canvas), "%s %s",
						   m->code ? m->code : "", m->name ? m->name : ""));
		counted_draw(sum ? &whole : &scale, m, canvas, row++);
		if (m->transfer_max_centi != OV_NULL && row < canvas->area.rows)
			moved_draw(&scale, m, canvas, row++);
	}
}
