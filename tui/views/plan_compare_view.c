/* Two drafts of a timetable side by side: totals, cost and clashes by kind, and
 * each meeting that stands elsewhere. */
#include <string.h>

#include "core/base/i18n.h"
#include "core/rules/conflict_kind.h"
#include "core/timetable/draft_diff.h"
#include "tui/action.h"
#include "tui/views/plan_parts.h"
#include "tui/views/plan_view.h"
#include "tui/views/student_draw.h"

enum { CHANNEL_FIRST = 1, CHANNEL_SECOND, SIDES = 2, LABEL_CELLS = 34, SIDE_CELLS = 20 };

struct compare_view {
	struct view view;
	int64_t id[SIDES];
	struct card card[SIDES];
	struct lines lines;
};

static const struct plan_draft *draft_of(const struct compare_view *self, int side)
{
	return CARD_FIRST(&self->card[side], plan_draft);
}

/* A row; '!' where the second is worse, which is more of everything but of what
 * MORE_IS_BETTER says. */
static void row_add(struct lines *lines, const char *label, int64_t a, int64_t b,
		    bool more_is_better)
{
	const bool worse = a != OV_NULL && b != OV_NULL && (more_is_better ? b < a : b > a);
	const char *left = text_padded(label, LABEL_CELLS, &lines->arena);
	const char *middle = text_padded(plan_number(a, &lines->arena), SIDE_CELLS, &lines->arena);

	lines_add(lines, worse ? '!' : ' ', a == b ? THEME_TEXT : worse ? THEME_WARNING : THEME_OK,
		  "%s%s%s", left, middle, plan_number(b, &lines->arena));
}

static void totals_add(struct lines *lines, const struct plan_draft *a, const struct plan_draft *b)
{
	row_add(lines, _("Meetings"), a->sessions, b->sessions, true);
	row_add(lines, _("Not placed"), a->unplaced, b->unplaced, false);
	row_add(lines, _("Conflicts"), a->conflicts, b->conflicts, false);
	row_add(lines, _("Without shift clash"), a->learners_clear, b->learners_clear, true);
	row_add(lines, _("Changes"), a->changes, b->changes, false);
	row_add(lines, _("Cost"), a->cost, b->cost, false);
}

static void kinds_add(struct compare_view *self, const struct plan_draft *a,
		      const struct plan_draft *b)
{
	static const enum conflict_kind kinds[] = { CONFLICT_SHIFT_CLASH, CONFLICT_REST_SHORT };
	struct lines *lines = &self->lines;

	lines_heading(lines, _("Cost by kind"));
	for (int kind = 0; kind < PLAN_COSTS; kind++) {
		const int64_t x = plan_cost_of(a, (enum plan_cost)kind);
		const int64_t y = plan_cost_of(b, (enum plan_cost)kind);

		/* A cause that is younger than both drafts says nothing. */
		if (x != OV_NULL || y != OV_NULL || (!a->costs && !b->costs))
			row_add(lines, enum_label(&plan_cost_enum, kind), x, y, false);
	}
	lines_heading(lines, _("Learners met at work or tired"));
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		const char *code = enum_code(&conflict_kind_enum, kinds[i]);

		row_add(lines, enum_label(&conflict_kind_enum, kinds[i]),
			plan_clash_count(&self->card[0], code), plan_clash_count(&self->card[1], code),
			false);
	}
}

static void moves_add(struct compare_view *self)
{
	struct lines *lines = &self->lines;
	struct draft_diff diff;
	size_t i;

	draft_diff(CARD_LIST(&self->card[0], session_slot), CARD_LIST(&self->card[1], session_slot),
		   &lines->arena, &diff);
	lines_heading(lines, _("Meetings that stand elsewhere"));
	lines_add(lines, ' ', THEME_TEXT, _("%lld meetings alike, %lld in another room, %lld at another time"),
		  (long long)diff.same, (long long)diff.room, (long long)diff.time);
	for (i = 0; i < diff.count && lines->count < PLAN_LINES_MAX; i++) {
		const struct draft_move *move = &diff.moves[i];
		const struct session_slot *one = move->a ? move->a : move->b;

		lines_add(lines, ' ', THEME_HEADING, "%s", one->cohorts ? one->cohorts : "");
		lines_add(lines, ' ', THEME_TEXT, "  < %s",
			  move->a ? slot_text(move->a, &lines->arena) : _("nowhere"));
		lines_add(lines, ' ', THEME_TEXT, "  > %s",
			  move->b ? slot_text(move->b, &lines->arena) : _("nowhere"));
	}
	if (i < diff.count)
		lines_add(lines, ' ', THEME_MUTED, _("and %zu more"), diff.count - i);
}

static void lines_make(struct compare_view *self)
{
	const struct plan_draft *a = draft_of(self, 0), *b = draft_of(self, 1);

	lines_clear(&self->lines);
	if (!a || !b)
		return;
	totals_add(&self->lines, a, b);
	kinds_add(self, a, b);
	for (int side = 0; side < SIDES; side++) {
		lines_heading(&self->lines, plan_title(draft_of(self, side), &self->lines.arena));
		plan_lines_unplaced(&self->lines, &self->card[side]);
	}
	moves_add(self);
}

/* --- asking --- */

static void compare_done(struct job *job, struct view *view)
{
	struct compare_view *self = (struct compare_view *)view;

	card_take(&self->card[job->channel - CHANNEL_FIRST], job);
	lines_make(self);
}

static void compare_resume(struct view *view)
{
	struct compare_view *self = (struct compare_view *)view;

	for (int side = 0; side < SIDES; side++) {
		const struct card_request request = { .kind = KIND_PLAN_DRAFT, .id = self->id[side],
						      .from = OV_NULL, .to = OV_NULL };
		struct job *job = card_job(&request);

		job->channel = CHANNEL_FIRST + side;
		job->done = compare_done;
		app_submit(view, job);
	}
}

static void compare_open(struct view *view, const void *arg)
{
	struct compare_view *self = (struct compare_view *)view;

	for (int side = 0; side < SIDES; side++) {
		self->id[side] = ((const struct plan_ids *)arg)->id[side];
		bundle_init(&self->card[side].bundle, &self->card[side].arena);
	}
	lines_init(&self->lines);
}

static void compare_close(struct view *view)
{
	struct compare_view *self = (struct compare_view *)view;

	lines_release(&self->lines);
	card_release(&self->card[0]);
	card_release(&self->card[1]);
}

/* --- drawing --- */

static void compare_draw(struct view *view, const struct canvas *canvas)
{
	struct compare_view *self = (struct compare_view *)view;
	struct rect area = canvas_area(canvas);
	struct canvas part = canvas_sub(canvas, rect_take_top(&area, 3));
	struct arena *arena = canvas_arena(canvas);

	for (int side = 0; side < SIDES; side++) {
		const struct plan_draft *plan = draft_of(self, side);
		const int col = LABEL_CELLS + 2 + side * SIDE_CELLS;

		if (self->card[side].error.code)
			canvas_put(&part, side, 1, THEME_REFUSED, self->card[side].error.message);
		if (!plan)
			continue;
		canvas_fit(&part, 0, col, SIDE_CELLS - 1, THEME_HEADING, TEXT_LEFT,
			   plan_title(plan, arena));
		canvas_fit(&part, 1, col, SIDE_CELLS - 1, THEME_PROGRESS, TEXT_LEFT,
			   plan_spark(plan, SIDE_CELLS - 2, arena));
	}
	canvas_put(&part, 0, 1, THEME_LABEL, _("Draft"));
	canvas_put(&part, 1, 1, THEME_LABEL, _("Falling cost"));
	canvas_rule(&part, 2, NULL);
	part = canvas_sub(canvas, area);
	lines_draw(&self->lines, &part, view->app, true);
}

static struct table *compare_list(struct view *view)
{
	return &((struct compare_view *)view)->lines.table;
}

const struct view_class plan_compare_class = {
	.name = "plan-compare", .title = N_("Two drafts"), .contexts = CTX_PANE | CTX_LIST,
	.size = sizeof(struct compare_view),
	.open = compare_open, .close = compare_close, .draw = compare_draw, .list = compare_list,
	.resume = compare_resume,
};
