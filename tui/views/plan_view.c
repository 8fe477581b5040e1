/* One draft of a timetable: what it costs and why, what has no place, who is at
 * work then, all its meetings. */
#include "tui/views/plan_view.h"

#include "core/base/i18n.h"
#include "tui/action.h"
#include "tui/views/command_view.h"
#include "tui/views/plan_parts.h"
#include "tui/views/student_draw.h"

enum { CHANNEL_CARD = 1, TAG_CHANGED = 1, MEETINGS_MAX = 1000 };

struct plan_view {
	struct view view;
	int64_t id;
	struct card card;
	struct lines lines;
};

static const struct plan_draft *draft_of(const struct plan_view *self)
{
	return CARD_FIRST(&self->card, plan_draft);
}

/* --- what is shown --- */

static void costs_add(struct plan_view *self, const struct plan_draft *plan)
{
	struct lines *lines = &self->lines;

	lines_heading(lines, _("Cost by kind"));
	if (!plan->costs)
		lines_add(lines, ' ', THEME_MUTED, "  %s", _("not known of a draft of an older version"));
	for (int kind = 0; kind < PLAN_COSTS; kind++)
		if (plan_cost_of(plan, (enum plan_cost)kind) != OV_NULL)
			lines_add(lines, ' ', THEME_TEXT, "%10s  %s",
				  plan_number(plan_cost_of(plan, (enum plan_cost)kind), &lines->arena),
				  enum_label(&plan_cost_enum, kind));
}

static void meetings_add(struct plan_view *self)
{
	const struct record_list *slots = CARD_LIST(&self->card, session_slot);
	struct lines *lines = &self->lines;
	size_t i;

	lines_heading(lines, _("Meetings"));
	for (i = 0; i < slots->count && i < MEETINGS_MAX; i++) {
		const struct session_slot *slot = slots->items[i];

		lines_add(lines, slot->conflicts > 0 ? '!' : ' ', THEME_TEXT, "%s  %s",
			  slot->cohorts ? slot->cohorts : "", slot_text(slot, &lines->arena));
	}
	if (slots->count > i)
		lines_add(lines, ' ', THEME_MUTED, _("and %zu more"), slots->count - i);
}

static void lines_make(struct plan_view *self)
{
	const struct plan_draft *plan = draft_of(self);

	lines_clear(&self->lines);
	if (!plan)
		return;
	costs_add(self, plan);
	plan_lines_unplaced(&self->lines, &self->card);
	plan_lines_clashes(&self->lines, &self->card);
	meetings_add(self);
}

static void plan_done(struct job *job, struct view *view)
{
	struct plan_view *self = (struct plan_view *)view;

	card_take(&self->card, job);
	if (job->result == 0)
		lines_make(self);
}

static void plan_resume(struct view *view)
{
	const struct card_request request = { .kind = KIND_PLAN_DRAFT,
					      .id = ((struct plan_view *)view)->id,
					      .from = OV_NULL, .to = OV_NULL };
	struct job *job = card_job(&request);

	job->channel = CHANNEL_CARD;
	job->done = plan_done;
	app_submit(view, job);
}

static void plan_open(struct view *view, const void *arg)
{
	struct plan_view *self = (struct plan_view *)view;

	self->id = ((const struct plan_ids *)arg)->id[0];
	bundle_init(&self->card.bundle, &self->card.arena);
	lines_init(&self->lines);
}

static void plan_close(struct view *view)
{
	struct plan_view *self = (struct plan_view *)view;

	lines_release(&self->lines);
	card_release(&self->card);
}

/* --- drawing --- */

static void head_draw(const struct plan_view *self, const struct plan_draft *plan,
		      const struct canvas *canvas)
{
	const struct term *term = CARD_FIRST(&self->card, term);
	struct arena *arena = canvas_arena(canvas);
	char from[DATE_TEXT], to[DATE_TEXT];
	int col = 1;

	col += canvas_put(canvas, 0, col, THEME_LABEL, _("Draft")) + 1;
	col += canvas_put(canvas, 0, col, THEME_HEADING, plan_title(plan, arena)) + 2;
	col += canvas_put(canvas, 0, col, plan->state == PLAN_PUBLISHED ? THEME_OK : THEME_WAITING,
			  enum_label(&plan_state_enum, plan->state)) + 2;
	canvas_printf(canvas, 0, col, THEME_VALUE, "%s  %s..%s", term && term->code ? term->code : "",
		      date_format(plan->from_on, from), date_format(plan->to_on, to));
	canvas_printf(canvas, 1, 1, plan->unplaced ? THEME_WARNING : THEME_TEXT,
		      _("%lld meetings, %lld without a place, %lld conflicts, %lld changes"),
		      (long long)plan->sessions, (long long)plan->unplaced,
		      (long long)plan->conflicts, (long long)plan->changes);
	canvas_printf(canvas, 2, 1, THEME_TEXT, _("%lld of %lld learners without a shift clash"),
		      (long long)plan->learners_clear, (long long)plan->learners);
	col = 1 + canvas_put(canvas, 3, 1, THEME_LABEL, _("Cost")) + 1;
	col += canvas_put(canvas, 3, col, THEME_VALUE, plan_number(plan->cost, arena)) + 2;
	col += canvas_put(canvas, 3, col, THEME_PROGRESS, plan_spark(plan, SPARK_CELLS, arena)) + 2;
	canvas_printf(canvas, 3, col, THEME_MUTED, _("seed %lld, %lld.%lld s"), (long long)plan->seed,
		      (long long)(plan->cpu_ms / 1000), (long long)(plan->cpu_ms % 1000 / 100));
	canvas_rule(canvas, 4, NULL);
}

static void plan_draw(struct view *view, const struct canvas *canvas)
{
	struct plan_view *self = (struct plan_view *)view;
	struct rect area = canvas_area(canvas);
	struct canvas part;

	if (self->card.error.code) {
		canvas_put(canvas, 0, 1, THEME_REFUSED, self->card.error.message);
		return;
	}
	if (!draft_of(self))
		return;
	part = canvas_sub(canvas, rect_take_top(&area, 5));
	head_draw(self, draft_of(self), &part);
	part = canvas_sub(canvas, area);
	lines_draw(&self->lines, &part, view->app, true);
}

static struct table *plan_list(struct view *view)
{
	return &((struct plan_view *)view)->lines.table;
}

/* --- what is done to a draft, here and in the list --- */

const struct plan_draft *plan_here(struct view *view)
{
	return view->class == &plan_class ? draft_of((struct plan_view *)view)
					  : plans_selected(view);
}

static void draft_command(struct view *view, const char *name)
{
	const struct plan_draft *plan = plan_here(view);
	struct arena arena = ARENA_INIT;
	struct command_options options = { .target = plan->id, .rev = plan->rev, .seen = plan,
					   .about = plan_title(plan, &arena) };

	command_open(view, TAG_CHANGED, name, &options);
	arena_release(&arena);
}

static bool may_in_state(struct app *app, struct view *view, enum plan_state state)
{
	const struct plan_draft *plan = plan_here(view);

	return plan && plan->state == (int64_t)state && plans_may_change(app, view);
}

bool plan_may_publish(struct app *app, struct view *view)
{
	return may_in_state(app, view, PLAN_DRAFT);
}

bool plan_may_unpublish(struct app *app, struct view *view)
{
	return may_in_state(app, view, PLAN_PUBLISHED);
}

void plan_publish(struct app *app, struct view *view)
{
	(void)app;
	draft_command(view, "plan.publish");
}

void plan_unpublish(struct app *app, struct view *view)
{
	(void)app;
	draft_command(view, "plan.unpublish");
}

void plan_discard(struct app *app, struct view *view)
{
	(void)app;
	draft_command(view, "plan.discard");
}

const struct view_class plan_class = {
	.name = "plan", .title = N_("Draft"), .contexts = CTX_PANE | CTX_LIST | CTX_PLAN,
	.size = sizeof(struct plan_view),
	.open = plan_open, .close = plan_close, .draw = plan_draw, .list = plan_list,
	.resume = plan_resume,
};
