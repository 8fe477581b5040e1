/* One claim: its lines and evidence, the rule's arithmetic, its history, and
 * the steps that may be taken now. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/action.h"
#include "tui/views/claim_text.h"
#include "tui/views/command_view.h"
#include "tui/views/dialog_view.h"
#include "tui/views/views.h"

enum { TAG_STEP = 1, TAG_DONE, TAG_EVIDENCE };

struct claim_view {
	struct view view;
	struct card card;
	struct lines lines;
	int64_t id;
	char name[64];
	int64_t *queue;
	size_t queue_count, queue_at;
	enum claim_event steps[CLAIM_EVENT_COUNT]; /* what the pick list shows */
	size_t step_count;
};

/* Which key offers an event: forward, back to the sender, refusal. */
enum step_kind { STEP_FORWARD, STEP_RETURN, STEP_REFUSE, STEP_OTHER };

static enum step_kind step_kind(enum claim_event event)
{
	switch (event) {
	case EVENT_SUBMIT: case EVENT_ACCEPT: case EVENT_VERIFY: case EVENT_PASS_FIRST:
	case EVENT_ASK_EXPERT: case EVENT_OPINE: case EVENT_PASS_SECOND: case EVENT_PUBLISH:
	case EVENT_CLOSE: case EVENT_POST: case EVENT_RESUBMIT: case EVENT_ALLOW:
	case EVENT_DISMISS:
		return STEP_FORWARD;
	case EVENT_RETURN: case EVENT_SEND_BACK:
		return STEP_RETURN;
	case EVENT_REJECT: case EVENT_REJECT_FALSE: case EVENT_DENY: case EVENT_UPHOLD:
	case EVENT_REVOKE:
		return STEP_REFUSE;
	default:
		return STEP_OTHER;
	}
}

/* --- the answer --- */

static void claim_done(struct job *job, struct view *view)
{
	struct claim_view *self = (struct claim_view *)view;
	const struct credit_claim *claim;

	card_take(&self->card, job);
	claim = self->card.id ? CARD_FIRST(&self->card, credit_claim) : NULL;
	if (claim && claim->claim_no)
		snprintf(self->name, sizeof self->name, "%s", claim->claim_no);
	claim_text(&self->card, &self->lines);
}

static void claim_resume(struct view *view)
{
	struct claim_view *self = (struct claim_view *)view;
	struct card_request request = { .kind = KIND_CREDIT_CLAIM, .id = self->id,
					.from = OV_NULL, .to = OV_NULL };
	struct job *job = card_job(&request);

	job->channel = 1;
	job->done = claim_done;
	app_submit(view, job);
}

static void claim_open(struct view *view, const void *arg)
{
	struct claim_view *self = (struct claim_view *)view;
	const struct thing_options *options = arg;

	self->id = options->id;
	snprintf(self->name, sizeof self->name, "%.60s", options->name ? options->name : "");
	bundle_init(&self->card.bundle, &self->card.arena);
	lines_init(&self->lines);
	self->queue_count = options->queue_count;
	self->queue_at = options->queue_at;
	if (options->queue_count) {
		self->queue = mem_alloc(options->queue_count * sizeof *self->queue);
		memcpy(self->queue, options->queue, options->queue_count * sizeof *self->queue);
	}
}

static void claim_close(struct view *view)
{
	struct claim_view *self = (struct claim_view *)view;

	lines_release(&self->lines);
	card_release(&self->card);
	free(self->queue);
}

/* --- drawing --- */

static void claim_draw(struct view *view, const struct canvas *canvas)
{
	struct claim_view *self = (struct claim_view *)view;
	struct rect area = canvas_area(canvas);
	struct canvas part;

	if (self->card.error.code) {
		canvas_put(canvas, 0, 1, THEME_REFUSED, self->card.error.message);
		return;
	}
	if (!self->card.id)
		return;
	part = canvas_sub(canvas, rect_take_top(&area, CLAIM_HEAD_ROWS));
	claim_head_draw(&self->card, &part);
	part = canvas_sub(canvas, rect_take_top(&area, 1));
	canvas_rule(&part, 0, NULL);
	part = canvas_sub(canvas, area);
	lines_draw(&self->lines, &part, view->app, true);
}

static const char *claim_status(struct view *view, struct arena *arena)
{
	return arena_strdup(arena, ((struct claim_view *)view)->name);
}

static struct table *claim_list(struct view *view)
{
	return &((struct claim_view *)view)->lines.table;
}

/* --- steps --- */

static void step_open(struct claim_view *self, enum claim_event event)
{
	const struct credit_claim *claim = CARD_FIRST(&self->card, credit_claim);
	const struct person *person = CARD_FIRST(&self->card, person);
	struct arena arena = ARENA_INIT;
	struct command_options options = {
		.target = self->id, .rev = claim->rev, .seen = claim,
		.about = arena_printf(&arena, "%s %s", self->name,
				      person && person->full_name ? person->full_name : ""),
	};

	command_open(&self->view, TAG_DONE,
		     arena_printf(&arena, "claim.%s", enum_code(&claim_event_enum, event)),
		     &options);
	arena_release(&arena);
}

static void steps_pick(struct claim_view *self)
{
	const char *items[CLAIM_EVENT_COUNT];
	struct pick_options pick = { .title = N_("Which step?"), .items = items,
				     .count = self->step_count };
	size_t i;

	for (i = 0; i < self->step_count; i++)
		items[i] = enum_label(&claim_event_enum, self->steps[i]);
	app_ask(&self->view, TAG_STEP, &pick_class, &pick);
}

static bool is_refused_for_good(const struct claim_option *option)
{
	return option->code && (strcmp(option->code, "PERM_DENIED") == 0 ||
				strcmp(option->code, "SM_NO_TRANSITION") == 0);
}

/* Collects the events of a kind that are allowed (or, with ALLOWED false,
 * that a guard refuses now: the form may give what the guard asks for). */
static void steps_collect(struct claim_view *self, bool any, enum step_kind kind, bool allowed)
{
	const struct record_list *options = CARD_LIST(&self->card, claim_option);
	size_t i;

	self->step_count = 0;
	for (i = 0; i < options->count; i++) {
		const struct claim_option *option = options->items[i];

		if (option->event == OV_NULL || option->event >= CLAIM_EVENT_COUNT ||
		    (!any && step_kind((enum claim_event)option->event) != kind) ||
		    (option->allowed == 1) != allowed ||
		    (!allowed && is_refused_for_good(option)))
			continue;
		self->steps[self->step_count++] = (enum claim_event)option->event;
	}
}

static void step(struct view *view, bool any, enum step_kind kind)
{
	struct claim_view *self = (struct claim_view *)view;

	if (!self->card.id)
		return;
	steps_collect(self, any, kind, true);
	if (!self->step_count)
		steps_collect(self, any, kind, false);
	if (self->step_count == 1)
		step_open(self, self->steps[0]);
	else if (self->step_count > 1)
		steps_pick(self);
	else
		app_say(view->app, THEME_REFUSED, _("No such step is open to you now"));
}

void claim_forward(struct app *app, struct view *view)
{
	(void)app;
	step(view, false, STEP_FORWARD);
}

void claim_return(struct app *app, struct view *view)
{
	(void)app;
	step(view, false, STEP_RETURN);
}

void claim_refuse(struct app *app, struct view *view)
{
	(void)app;
	step(view, false, STEP_REFUSE);
}

void claim_other(struct app *app, struct view *view)
{
	(void)app;
	step(view, true, STEP_OTHER);
}

static void claim_answer(struct view *view, int tag, const struct view_answer *answer)
{
	struct claim_view *self = (struct claim_view *)view;

	if (answer->ok && tag == TAG_STEP && answer->index < self->step_count)
		step_open(self, self->steps[answer->index]);
}

void claim_evidence(struct app *app, struct view *view)
{
	struct claim_view *self = (struct claim_view *)view;
	const struct credit_claim *claim = self->card.id ? CARD_FIRST(&self->card, credit_claim)
							 : NULL;
	struct command_preset line = { .name = "line_no", .text = "1" };
	struct command_options options = { .target = self->id, .seen = claim, .about = self->name,
					   .presets = &line, .preset_count = 1 };

	(void)app;
	if (!claim)
		return;
	options.rev = claim->rev;
	command_open(view, TAG_EVIDENCE, "claim.evidence_check", &options);
}

/* --- the queue --- */

bool claim_has_next(struct app *app, struct view *view)
{
	struct claim_view *self = (struct claim_view *)view;

	(void)app;
	return self->queue_at + 1 < self->queue_count;
}

void claim_next(struct app *app, struct view *view)
{
	struct claim_view *self = (struct claim_view *)view;

	(void)app;
	self->id = self->queue[++self->queue_at];
	self->lines.table.selected = self->lines.table.top = 0;
	claim_resume(view);
}

void claim_learner(struct app *app, struct view *view)
{
	struct claim_view *self = (struct claim_view *)view;
	const struct student *student = self->card.id ? CARD_FIRST(&self->card, student) : NULL;
	const struct person *person = self->card.id ? CARD_FIRST(&self->card, person) : NULL;
	struct thing_options options = { .id = student ? student->id : 0,
					 .name = person ? person->full_name : NULL };

	if (student)
		app_push(app, &card_class, &options);
}

const struct view_class claim_class = {
	.name = "claim", .title = N_("Credit claim"),
	.contexts = CTX_PANE | CTX_LIST | CTX_CLAIM, .size = sizeof(struct claim_view),
	.open = claim_open, .close = claim_close, .draw = claim_draw, .list = claim_list,
	.answer = claim_answer, .resume = claim_resume, .status = claim_status,
};
