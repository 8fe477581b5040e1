#include "tui/action.h"

#include <stdio.h>
#include <string.h>

#include "core/rules/workflow.h"
#include "core/store/commands/claim_args.h"
#include "tui/views/claim_part.h"
#include "tui/views/claim_sum.h"
#include "tui/views/claim_text.h"
#include "tui/views/command_job.h"
#include "tui/views/command_view.h"
#include "tui/views/decide_view.h"
#include "tui/views/dialog_view.h"
#include "tui/views/evidence_view.h"
#include "tui/views/print_view.h"
#include "tui/views/views.h"

enum { TAG_STEP = CLAIM_TAG, TAG_BATCH_STEP, TAG_RULE, TAG_DECIDED, CHANNEL_CARD = CLAIM_CHANNEL, CHANNEL_SEEN,
       WIDE_FROM_COLS = 150, WISH_ANY = 16, RULES_MAX = 32 };

/* --- the part --- */

void claim_part_init(struct claim_part *part)
{
	memset(part, 0, sizeof *part);
	bundle_init(&part->card.bundle, &part->card.arena);
	lines_init(&part->lines);
	lines_init(&part->side);
}

void claim_part_release(struct claim_part *part)
{
	lines_release(&part->lines);
	lines_release(&part->side);
	card_release(&part->card);
}

static struct claim_part *part_of(struct view *view)
{
	return view->class->claim(view);
}

static void text_make(struct claim_part *part)
{
	claim_text(&part->card, &part->lines);
	lines_clear(&part->side);
	claim_side_text(&part->card, part->wide ? &part->side : &part->lines);
}

static void wish_do(struct view *view);

static void card_done(struct job *job, struct view *view)
{
	struct claim_part *part = part_of(view);
	const struct credit_claim *claim;

	card_take(&part->card, job);
	if (job->result == OV_ECANCELLED)
		return;
	part->stale = false;
	claim = claim_part_claim(part);
	if (claim && claim->claim_no)
		snprintf(part->name, sizeof part->name, "%s", claim->claim_no);
	text_make(part);
	wish_do(view);
}

void claim_part_point(struct claim_part *part, int64_t id)
{
	if (id == part->id)
		return;
	part->lines.table.selected = part->lines.table.top = 0;
	part->id = id;
	part->wish = 0;
}

void claim_part_ask(struct claim_part *part, struct view *view, int64_t id)
{
	struct card_request request = { .kind = KIND_CREDIT_CLAIM, .id = id, .from = OV_NULL,
					.to = OV_NULL };
	struct job *job;

	claim_part_point(part, id);
	if (!id)
		return;
	job = card_job(&request);
	job->channel = CHANNEL_CARD;
	job->done = card_done;
	app_submit(view, job);
}

const struct credit_claim *claim_part_claim(const struct claim_part *part)
{
	return part->card.id && part->card.id == part->id && !part->stale
		? CARD_FIRST(&part->card, credit_claim) : NULL;
}

void claim_part_draw(struct claim_part *part, const struct canvas *canvas,
		     const struct app *app, bool focus)
{
	struct rect area = canvas_area(canvas);
	bool wide = area.cols >= WIDE_FROM_COLS;
	struct canvas sub;

	if (part->card.error.code) {
		canvas_wrap(canvas, 0, 1, area.cols - 2, 3, THEME_REFUSED,
			    part->card.error.message);
		return;
	}
	if (!part->card.id)
		return;
	if (wide != part->wide) {
		part->wide = wide;
		text_make(part);
	}
	rect_take_top(&area, claim_head_draw(&part->card, canvas));
	if (focus) {
		sub = canvas_sub(canvas, rect_take_top(&area, 1));
		canvas_rule(&sub, 0, NULL);
	}
	if (wide) {
		sub = canvas_sub(canvas, rect_take_right(&area, area.cols / 2 - 1));
		part->side.table.unmarked = true;
		lines_draw(&part->side, &sub, app, false);
	}
	sub = canvas_sub(canvas, area);
	lines_draw(&part->lines, &sub, app, focus);
}

/* --- steps --- */

/* Which key offers an event: forward, back to the sender, refusal. */
enum step_kind { STEP_FORWARD, STEP_RETURN, STEP_REFUSE, STEP_CONTEST, STEP_OTHER };

static enum step_kind step_kind(enum claim_event event)
{
	switch (event) {
	case EVENT_SUBMIT: case EVENT_ACCEPT: case EVENT_VERIFY: case EVENT_PASS_FIRST:
	case EVENT_OPINE: case EVENT_PASS_SECOND: case EVENT_PUBLISH: case EVENT_CLOSE:
	case EVENT_POST: case EVENT_RESUBMIT: case EVENT_ALLOW: case EVENT_DISMISS:
		return STEP_FORWARD;
	case EVENT_RETURN: case EVENT_SEND_BACK:
		return STEP_RETURN;
	case EVENT_REJECT: case EVENT_REJECT_FALSE: case EVENT_DENY: case EVENT_UPHOLD:
		return STEP_REFUSE;
	case EVENT_OBJECT: case EVENT_APPEAL:
		return STEP_CONTEST;
	default:
		return STEP_OTHER;
	}
}

enum claim_event claim_forward_event(enum claim_state state)
{
	int event;

	for (event = 0; event < CLAIM_EVENT_COUNT; event++) {
		if (step_kind((enum claim_event)event) == STEP_FORWARD &&
		    claim_transition_find(state, (enum claim_event)event))
			return (enum claim_event)event;
	}
	return CLAIM_EVENT_COUNT;
}

static void step_open(struct view *view, enum claim_event event)
{
	struct claim_part *part = part_of(view);
	const struct credit_claim *claim = claim_part_claim(part);
	const struct person *person = CARD_FIRST(&part->card, person);
	struct decide_options decide = { .event = event, .card = &part->card };
	struct arena arena = ARENA_INIT;
	const char *name = arena_printf(&arena, "claim.%s", enum_code(&claim_event_enum, event));
	struct command_options form = {
		.target = part->id, .rev = claim->rev, .seen = claim,
		.about = arena_printf(&arena, "%s %s", part->name,
				      person && person->full_name ? person->full_name : ""),
	};

	/* What the role may never do is refused before anything is typed. */
	if (decide_needs_form(event) || !command_permitted(view->app, command_find(name)))
		command_open(view, TAG_DECIDED, name, &form);
	else
		app_ask(view, TAG_DECIDED, &decide_class, &decide);
	arena_release(&arena);
}

/* What the store says of an event on the claim shown; NULL: not in its state. */
static const struct claim_option *option_of(const struct claim_part *part, enum claim_event event)
{
	const struct record_list *list = CARD_LIST(&part->card, claim_option);
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct claim_option *option = list->items[i];

		if (option->event == (int64_t)event)
			return option;
	}
	return NULL;
}

/* The way on from a first review leads over an expert where one is needed. */
static enum claim_event way_on(const struct claim_part *part, enum claim_event event)
{
	const struct claim_option *pass = option_of(part, event);
	const struct claim_option *ask = option_of(part, EVENT_ASK_EXPERT);

	if (event == EVENT_PASS_FIRST && pass && pass->allowed != 1 && ask && ask->allowed == 1)
		return EVENT_ASK_EXPERT;
	return event;
}

/* Collects the events of a kind that the roles of this person can take in
 * this state. A guard may still refuse: the dialog says which, and why. */
static void steps_collect(struct view *view, int64_t state, bool any, enum step_kind kind)
{
	struct claim_part *part = part_of(view);
	int event;

	part->step_count = 0;
	for (event = 0; event < CLAIM_EVENT_COUNT; event++) {
		if ((any || step_kind((enum claim_event)event) == kind) &&
		    claim_event_open(state, (enum claim_event)event, app_actor(view->app)))
			part->steps[part->step_count++] = (enum claim_event)event;
	}
}

static void steps_pick(struct view *view, int tag)
{
	struct claim_part *part = part_of(view);
	const char *items[CLAIM_EVENT_COUNT];
	struct pick_options pick = { .title = N_("Which step?"), .items = items,
				     .count = part->step_count };
	size_t i;

	for (i = 0; i < part->step_count; i++)
		items[i] = enum_label(&claim_event_enum, part->steps[i]);
	app_ask(view, tag, &pick_class, &pick);
}

/* Whose step it is, so that the person knows whom to ask. */
static void say_none(struct view *view, int64_t state)
{
	struct arena arena = ARENA_INIT;
	struct lines lines;

	lines_init(&lines);
	next_person_text(&lines, (enum claim_state)state, "");
	app_say(view->app, THEME_REFUSED,
		arena_printf(&arena, _("No such step is open to you in state %s. %s"),
			     enum_label(&claim_state_enum, state), lines.line[0].text));
	lines_release(&lines);
	arena_release(&arena);
}

/* --- several at once --- */

static void batch_start(struct view *view, enum claim_event event)
{
	struct claim_part *part = part_of(view);
	struct batch_options options = { .event = event, .marks = part->marks,
					 .count = part->mark_count };

	if (decide_needs_form(event))
		app_say(view->app, THEME_REFUSED, _("This step needs its own form for each claim"));
	else
		app_ask(view, TAG_DECIDED, &batch_class, &options);
}

static void batch(struct view *view, bool any, enum step_kind kind)
{
	struct claim_part *part = part_of(view);
	size_t i;

	for (i = 1; i < part->mark_count; i++) {
		if (part->marks[i].state != part->marks[0].state) {
			app_say(view->app, THEME_REFUSED,
				_("The marked claims are in different states; mark like ones"));
			return;
		}
	}
	steps_collect(view, part->marks[0].state, any, kind);
	if (part->step_count == 1 && !any)
		batch_start(view, part->steps[0]);
	else if (part->step_count > 0)
		steps_pick(view, TAG_BATCH_STEP);
	else
		say_none(view, part->marks[0].state);
}

static void step(struct view *view, bool any, enum step_kind kind)
{
	struct claim_part *part = part_of(view);
	const struct credit_claim *claim = claim_part_claim(part);

	if (part->mark_count) {
		batch(view, any, kind);
		return;
	}
	if (!part->id) {
		app_say(view->app, THEME_WAITING, _("No claim is shown yet"));
		return;
	}
	if (!claim) {
		/* Typed ahead of the answer: done when it is there. */
		part->wish = 1 + (int)kind + (any ? WISH_ANY : 0);
		claim_part_ask(part, view, part->id);
		return;
	}
	steps_collect(view, claim->state, any, kind);
	if (part->step_count == 1 && !any)
		step_open(view, way_on(part, part->steps[0]));
	else if (part->step_count > 0)
		steps_pick(view, TAG_STEP);
	else
		say_none(view, claim->state);
}

static void wish_do(struct view *view)
{
	struct claim_part *part = part_of(view);
	int wish = part->wish;

	part->wish = 0;
	if (wish && claim_part_claim(part) && app_top(view->app) == view)
		step(view, wish > WISH_ANY, (enum step_kind)((wish - 1) % WISH_ANY));
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

void claim_contest(struct app *app, struct view *view)
{
	(void)app;
	step(view, false, STEP_CONTEST);
}

void claim_other(struct app *app, struct view *view)
{
	(void)app;
	step(view, true, STEP_OTHER);
}

static void one_step(struct view *view, enum claim_event event)
{
	const struct credit_claim *claim = claim_part_claim(part_of(view));

	if (!claim)
		return;
	if (claim_event_open(claim->state, event, app_actor(view->app)))
		step_open(view, event);
	else
		say_none(view, claim->state);
}

void claim_expert(struct app *app, struct view *view)
{
	(void)app;
	one_step(view, EVENT_ASK_EXPERT);
}

void claim_revoke(struct app *app, struct view *view)
{
	(void)app;
	one_step(view, EVENT_REVOKE);
}

static void rule_open_at(struct view *view, size_t at);

bool claim_part_answer(struct view *view, int tag, const struct view_answer *answer,
		       bool *decided)
{
	struct claim_part *part = part_of(view);

	*decided = false;
	if (tag < CLAIM_TAG)
		return false;
	if (answer->ok && tag == TAG_STEP && answer->index < part->step_count &&
	    claim_part_claim(part))
		step_open(view, part->steps[answer->index]);
	if (answer->ok && tag == TAG_RULE)
		rule_open_at(view, answer->index);
	if (answer->ok && tag == TAG_BATCH_STEP && answer->index < part->step_count)
		batch_start(view, part->steps[answer->index]);
	*decided = answer->ok && tag == TAG_DECIDED;
	part->stale |= *decided;
	return true;
}

/* --- evidence --- */

void claim_evidence(struct app *app, struct view *view)
{
	struct claim_part *part = part_of(view);
	struct evidence_options options = { .card = &part->card };

	(void)app;
	if (claim_part_claim(part))
		app_ask(view, TAG_DECIDED, &evidence_class, &options);
}

/* It was the first piece that was still open: u opens it again. */
static void seen_undo(struct view *view, const struct command_job *ask)
{
	const struct evidence_check_args *args = ask->command.args;
	struct arena arena = ARENA_INIT;

	app_set_undo(view->app, ask->command.def->undo, ask->outcome.id, ask->outcome.rev,
		     part_of(view)->name);
	app_set_undo_args(view->app, arena_printf(&arena, "line_no=%lld\nevidence_id=%lld\nresult=%s\n",
						  (long long)args->line_no,
						  (long long)args->evidence_id,
						  enum_code(&evidence_check_enum, CHECK_OPEN)));
	arena_release(&arena);
}

static void seen_done(struct job *job, struct view *view)
{
	struct claim_part *part = part_of(view);

	const struct command_job *ask = job->question;

	if (job->result) {
		app_say_error(view->app, &job->error);
	} else {
		app_say(view->app, THEME_OK, _("Noted: the original was seen"));
		seen_undo(view, ask);
	}
	claim_part_ask(part, view, part->id);
}

/* The first piece that is still open; one key each, so that each is looked at. */
void claim_original_seen(struct app *app, struct view *view)
{
	struct claim_part *part = part_of(view);
	const struct credit_claim *claim = claim_part_claim(part);
	const struct evidence *open = claim ? evidence_open(&part->card) : NULL;
	struct job *job;

	if (!claim)
		return;
	if (!open) {
		app_say(app, THEME_OK, _("All evidence has been checked"));
		return;
	}
	job = evidence_check_job(&part->card, open, CHECK_OK);
	job->channel = CHANNEL_SEEN;
	job->done = seen_done;
	app_submit(view, job);
	part->stale = true;
}

/* --- what it rests on, and whose it is --- */

static void rule_open_at(struct view *view, size_t at)
{
	const struct record_list *rules = CARD_LIST(&part_of(view)->card, transfer_rule);
	struct thing_options options = { .id = 0 };

	if (at >= rules->count)
		return;
	options.id = ((const struct transfer_rule *)rules->items[at])->id;
	options.name = ((const struct transfer_rule *)rules->items[at])->rule_code;
	app_push(view->app, &rule_class, &options);
}

static void rules_pick(struct view *view, const struct record_list *rules)
{
	const char *items[RULES_MAX];
	struct pick_options pick = { .title = N_("Which rule?"), .items = items };
	struct arena arena = ARENA_INIT;

	while (pick.count < rules->count && pick.count < RULES_MAX) {
		items[pick.count] = rule_title(rules->items[pick.count], &arena);
		pick.count++;
	}
	app_ask(view, TAG_RULE, &pick_class, &pick);
	arena_release(&arena);
}

void claim_why(struct app *app, struct view *view)
{
	struct claim_part *part = part_of(view);
	const struct record_list *rules = CARD_LIST(&part->card, transfer_rule);

	if (!claim_part_claim(part))
		return;
	if (!rules->count) {
		app_say(app, THEME_WARNING,
			_("No rule was used: it is not calculated yet, or none covers the sources"));
		return;
	}
	if (rules->count == 1)
		rule_open_at(view, 0);
	else
		rules_pick(view, rules);
}

/* Another view of the learner of the claim shown. */
static void learner_open(struct view *view, const struct view_class *class)
{
	struct claim_part *part = part_of(view);
	const struct student *student = part->card.id ? CARD_FIRST(&part->card, student) : NULL;
	const struct person *person = part->card.id ? CARD_FIRST(&part->card, person) : NULL;
	struct thing_options options = { .id = student ? student->id : 0,
					 .name = person ? person->full_name : NULL };

	if (student)
		app_push(view->app, class, &options);
}

void claim_account(struct app *app, struct view *view)
{
	(void)app;
	learner_open(view, &account_class);
}

void claim_route(struct app *app, struct view *view)
{
	(void)app;
	learner_open(view, &route_class);
}

void claim_learner(struct app *app, struct view *view)
{
	(void)app;
	learner_open(view, &card_class);
}

/* Also while it is read again: its number stays. NULL: not there yet. */
static const char *claim_number(struct view *view)
{
	const struct claim_part *part = part_of(view);
	const struct credit_claim *claim = part->card.id && part->card.id == part->id
						   ? CARD_FIRST(&part->card, credit_claim) : NULL;

	return claim ? claim->claim_no : NULL;
}

void claim_print(struct app *app, struct view *view)
{
	(void)app;
	print_at_once(view, KIND_CREDIT_CLAIM, claim_number(view));
}

void claim_print_as(struct app *app, struct view *view)
{
	(void)app;
	print_open(view, KIND_CREDIT_CLAIM, claim_number(view));
}
