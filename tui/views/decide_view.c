#include "tui/views/decide_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/rules/workflow.h"
#include "tui/action.h"
#include "tui/draft.h"
#include "tui/views/command_job.h"
#include "tui/views/command_view.h"
#include "tui/views/dialog_view.h"
#include "tui/views/lines.h"
#include "tui/views/reason_part.h"
#include "tui/views/student_draw.h"
#include "tui/views/undo.h"

enum { CHANNEL_ASSESS = 1, CHANNEL_SAVE, TAG_NEWER = 1, TAG_FORM };

struct decide_view {
	struct view view;
	struct arena arena;
	struct command command;
	enum claim_event event;
	struct credit_claim *seen;
	const char *about, *logins;
	struct reason_part reason;
	struct lines lines; /* what stands against it, what it does, who is next */
	bool drawn, assessed, refused, wish, saving;
	struct arena newer;
	void *theirs;
	const struct claim_step *last; /* who made it so */
};

bool decide_needs_form(enum claim_event event)
{
	return event == EVENT_OPINE || event == EVENT_EDIT || event == EVENT_CREATE;
}

static const char *joined(struct arena *arena, const char *list, const char *item)
{
	return *list ? arena_printf(arena, "%s, %s", list, item) : arena_strdup(arena, item);
}

/* --- what it would do --- */

static void error_add(struct decide_view *self, const struct error *err)
{
	lines_add(&self->lines, '!', THEME_REFUSED, "%s", err->message);
	if (err->next[0])
		lines_add(&self->lines, ' ', THEME_VALUE, "%s: %s", _("Next step"), err->next);
	self->refused = true;
}

static void refusals_add(struct decide_view *self, const struct outcome *outcome,
			 const struct error *err)
{
	bool said = false;
	size_t i;

	for (i = 0; i < outcome->problems.count; i++) {
		error_add(self, &outcome->problems.item[i]);
		said |= strcmp(outcome->problems.item[i].message, err->message) == 0;
	}
	if (err->code && !said)
		error_add(self, err);
}

static void effect_add(struct decide_view *self, const struct outcome *outcome)
{
	const struct record_list *advice = bundle_list(&outcome->records, &advice_fields);
	const struct claim_row *row = bundle_first(&outcome->records, &claim_row_fields);
	struct arena *arena = &self->lines.arena;
	char day[DATE_TEXT];
	size_t i;

	for (i = 0; i < advice->count; i++)
		lines_add(&self->lines, '?', THEME_WARNING, "%s",
			  ((const struct advice *)advice->items[i])->message);
	if (!row)
		return;
	lines_add(&self->lines, ' ', THEME_OK, "%s -> %s",
		  enum_label(&claim_state_enum, self->seen->state),
		  enum_label(&claim_state_enum, row->state));
	if (row->proposed_centi != OV_NULL || row->granted_centi != OV_NULL)
		lines_add(&self->lines, ' ', THEME_TEXT, "%s %s   %s %s", _("Proposed"),
			  credit_text(row->proposed_centi, arena), _("Granted"),
			  credit_text(row->granted_centi, arena));
	if (row->deadline_on != OV_NULL)
		lines_add(&self->lines, ' ', THEME_TEXT, "%s %s", _("Deadline"),
			  date_format(row->deadline_on, day));
	lines_heading(&self->lines, _("What the next person sees"));
	next_person_text(&self->lines, (enum claim_state)row->state, self->logins);
	if (self->reason.edit.len)
		lines_add(&self->lines, ' ', THEME_TEXT, "%s: %s", _("Your note"),
			  self->reason.edit.text);
}

/* Keeps the claim as somebody else left it; true when it has changed. */
static bool newer_take(struct decide_view *self, const struct command_job *ask)
{
	if (!ask->current)
		return false;
	arena_release(&self->newer);
	self->theirs = record_copy(&self->newer, &credit_claim_fields, ask->current);
	self->last = ask->last ? record_copy(&self->newer, &claim_step_fields, ask->last) : NULL;
	return true;
}

/* Only when the person asks for it: nothing opens under typing hands. */
static void newer_show(struct decide_view *self)
{
	struct versions_options both = { .table = &credit_claim_fields, .mine = self->seen,
					 .theirs = self->theirs, .last = self->last };

	app_ask(&self->view, TAG_NEWER, &versions_class, &both);
}

static void save(struct decide_view *self);

static void assess_done(struct job *job, struct view *view)
{
	struct decide_view *self = (struct decide_view *)view;
	struct command_job *ask = job->question;

	if (job->result == OV_ECANCELLED)
		return;
	self->assessed = true;
	self->refused = false;
	lines_clear(&self->lines);
	job->error.code = job->result;
	refusals_add(self, &ask->outcome, &job->error);
	effect_add(self, &ask->outcome);
	if (newer_take(self, ask))
		lines_add(&self->lines, ' ', THEME_VALUE, "%s", _("Enter shows both versions"));
	if (self->wish && self->theirs)
		newer_show(self);
	else if (self->wish && !self->refused)
		save(self);
	self->wish = false;
}

static void assess(struct decide_view *self)
{
	struct arena arena = ARENA_INIT;
	struct job *job;

	self->assessed = false;
	app_cancel(&self->view, CHANNEL_ASSESS);
	if (!reason_part_given(&self->reason)) {
		lines_clear(&self->lines);
		return;
	}
	job = command_job(&self->command, reason_part_args(&self->reason, self->command.def, &arena), false);
	job->channel = CHANNEL_ASSESS;
	job->done = assess_done;
	app_submit(&self->view, job);
	arena_release(&arena);
}

/* --- doing it --- */

static void save_done(struct job *job, struct view *view)
{
	struct decide_view *self = (struct decide_view *)view;
	struct command_job *ask = job->question;
	struct view_answer done = { .ok = true, .outcome = &ask->outcome };

	self->saving = false;
	if (job->result == 0) {
		app_say(view->app, THEME_OK,
			arena_printf(&job->arena, _("Done: %s %s"), _(self->command.def->title),
				     self->about));
		undo_keep(view->app, &ask->command, self->seen, &ask->outcome, self->about);
		app_answer(view, &done);
		return;
	}
	if (newer_take(self, ask)) {
		newer_show(self);
		return;
	}
	lines_clear(&self->lines);
	job->error.code = job->result;
	refusals_add(self, &ask->outcome, &job->error);
}

static void save(struct decide_view *self)
{
	struct arena arena = ARENA_INIT;
	struct job *job;

	if (self->saving)
		return;
	self->saving = true;
	job = command_job(&self->command, reason_part_args(&self->reason, self->command.def, &arena), true);
	job->channel = CHANNEL_SAVE;
	job->done = save_done;
	app_submit(&self->view, job);
	arena_release(&arena);
}

static void enter(struct decide_view *self)
{
	struct app *app = self->view.app;

	if (!self->drawn)
		return;
	if (!reason_part_given(&self->reason))
		app_say(app, THEME_REFUSED, reason_part_hint(&self->reason));
	else if (!self->assessed)
		self->wish = true;
	else if (self->theirs)
		newer_show(self);
	else if (self->refused)
		app_say(app, THEME_REFUSED, _("This can't be done; Esc leaves it as it is"));
	else
		save(self);
}

/* --- the view --- */

static void decide_open(struct view *view, const void *arg)
{
	struct decide_view *self = (struct decide_view *)view;
	const struct decide_options *o = arg;
	const struct credit_claim *claim = CARD_FIRST(o->card, credit_claim);
	const struct person *person = CARD_FIRST(o->card, person);
	const struct command_def *def;

	arena_init(&self->arena);
	lines_init(&self->lines);
	self->event = o->event;
	def = command_find(arena_printf(&self->arena, "claim.%s",
					enum_code(&claim_event_enum, o->event)));
	command_init(&self->command, def, &self->arena);
	self->command.target = claim->id;
	self->command.expected_rev = claim->rev;
	self->seen = record_copy(&self->arena, &credit_claim_fields, claim);
	self->about = arena_printf(&self->arena, "%s %s", claim->claim_no ? claim->claim_no : "",
				   person && person->full_name ? person->full_name : "");
	self->logins = joined(&self->arena, took_part(o->card, &self->arena), _("you"));
	reason_part_init(&self->reason, o->event,
			 (def->flags & (CMD_REASON | CMD_ASK_REASON)) != 0);
	assess(self);
}

static void decide_close(struct view *view)
{
	struct decide_view *self = (struct decide_view *)view;

	reason_part_release(&self->reason);
	lines_release(&self->lines);
	arena_release(&self->newer);
	arena_release(&self->arena);
}

static bool decide_key(struct view *view, key_press key)
{
	struct decide_view *self = (struct decide_view *)view;

	/* C-s and F2 save every other form: the hand may do it here, too. */
	if (key == K_ENTER || key == K_CTRL('s') || key == K_F0 + 2) {
		enter(self);
		return true;
	}
	if (self->saving)
		return key_is_text(key);
	if (!reason_part_key(&self->reason, key))
		return false;
	assess(self);
	return true;
}

static bool decide_typing(const struct view *view)
{
	(void)view;
	return true;
}

static void decide_paste(struct view *view, const char *text)
{
	struct decide_view *self = (struct decide_view *)view;

	reason_part_paste(&self->reason, text);
	assess(self);
}

/* The whole form, with what was typed here. */
void decide_form(struct app *app, struct view *view)
{
	struct decide_view *self = (struct decide_view *)view;
	const struct command_preset presets[] = {
		{ .name = "reason_code", .text = self->reason.chosen ? self->reason.chosen->code : "" },
		{ .name = "reason", .text = self->reason.edit.text },
	};
	struct command_options options = {
		.target = self->command.target, .rev = self->command.expected_rev,
		.seen = self->seen, .about = self->about, .presets = presets, .preset_count = 2,
	};

	(void)app;
	command_open(view, TAG_FORM, self->command.def->name, &options);
}

static void decide_answer(struct view *view, int tag, const struct view_answer *answer)
{
	struct decide_view *self = (struct decide_view *)view;

	if (tag == TAG_FORM && answer->ok)
		app_answer(view, answer);
	if (tag != TAG_NEWER || !answer->ok || !self->theirs)
		return;
	/* The person has seen the newer version: the decision is new. */
	self->seen = record_copy(&self->arena, &credit_claim_fields, self->theirs);
	self->command.expected_rev = self->seen->rev;
	self->theirs = NULL;
	assess(self);
}

static void decide_draft(struct view *view, struct buf *out)
{
	struct decide_view *self = (struct decide_view *)view;
	char number[24];

	if (!self->reason.edit.len || self->reason.chosen)
		return;
	draft_put(out, ".command", self->command.def->name);
	snprintf(number, sizeof number, "%lld", (long long)self->command.target);
	draft_put(out, ".target", number);
	draft_put(out, ".about", self->about);
	draft_put(out, "reason", self->reason.edit.text);
}

/* --- drawing --- */

/* Each line wrapped, its mark before it. */
static void lines_wrap(const struct lines *lines, const struct canvas *canvas)
{
	int row = 0;
	size_t i;

	for (i = 0; i < lines->count && row < canvas->area.rows; i++) {
		const struct line *line = &lines->line[i];

		canvas_put(canvas, row, 0, line->role, (char[]){ line->mark, '\0' });
		row += *line->text ? canvas_wrap(canvas, row, 2, canvas->area.cols - 2,
						 canvas->area.rows - row, line->role, line->text)
				   : 1;
	}
}

static void decide_draw(struct view *view, const struct canvas *canvas)
{
	struct decide_view *self = (struct decide_view *)view;
	struct rect all = canvas_area(canvas);
	int rows = 16 + (int)self->reason.count, row;
	struct rect area = rect_centre(all, rows, all.cols > 92 ? 92 : all.cols - 2);
	struct canvas box, part;

	/* At the top: an input method's window would hide the bottom. */
	area.row = all.rows > area.rows + 2 ? 2 : area.row;
	box = canvas_box(canvas, area, arena_printf(canvas_arena(canvas), "%s %s",
						    _(self->command.def->title), self->about));
	row = reason_part_draw(&self->reason, &box);
	part = canvas_sub(&box, (struct rect){ row, 0, 1, box.area.cols });
	canvas_rule(&part, 0, self->saving ? _("Saving") : _("What it does"));
	part = canvas_sub(&box, (struct rect){ row + 1, 0, box.area.rows - row - 2, box.area.cols });
	if (!reason_part_given(&self->reason))
		canvas_wrap(&part, 0, 2, part.area.cols - 2, 2, THEME_MUTED,
			    reason_part_hint(&self->reason));
	else if (!self->lines.count && !self->assessed)
		canvas_put(&part, 0, 2, THEME_WAITING, _("It is being checked"));
	else
		lines_wrap(&self->lines, &part);
	canvas_put(&box, box.area.rows - 1, 0, THEME_KEY,
		   self->refused ? _("Esc: leave it   F4: the whole form")
				 : _("Enter: do it   F4: the whole form   Esc: leave it"));
	self->drawn = true;
}

const struct view_class decide_class = {
	.name = "command", .contexts = CTX_DIALOG | CTX_DECIDE, .overlay = true,
	.size = sizeof(struct decide_view),
	.open = decide_open, .close = decide_close, .draw = decide_draw, .key = decide_key,
	.typing = decide_typing, .paste = decide_paste, .answer = decide_answer,
	.draft = decide_draft,
};

/* --- the next person --- */

/* Steps that somebody waits to take; the others may be taken at any time. */
static bool waits(enum claim_event event)
{
	switch (event) {
	case EVENT_CREATE: case EVENT_EDIT: case EVENT_WITHDRAW: case EVENT_LAPSE:
		return false;
	default:
		return true;
	}
}

/* May somebody who took part before not take the steps of this state? */
static bool four_eyes(enum claim_state state)
{
	return state == CLAIM_VERIFIED || state == CLAIM_EXPERT || state == CLAIM_FIRST_OK ||
	       state == CLAIM_APPEALED || state == CLAIM_OBJECTED;
}

void next_person_text(struct lines *lines, enum claim_state state, const char *logins)
{
	struct arena *arena = &lines->arena;
	const char *who = "", *what = "";
	int role, event;

	for (role = 0; role < ROLE_COUNT; role++) {
		struct actor actor = { .user_id = 1, .branch_id = OV_NULL, .roles = 1u << role };

		for (event = 0; event < CLAIM_EVENT_COUNT; event++) {
			if (waits((enum claim_event)event) &&
			    claim_event_open(state, (enum claim_event)event, &actor))
				break;
		}
		if (event < CLAIM_EVENT_COUNT)
			who = joined(arena, who, enum_label(&role_enum, role));
	}
	for (event = 0; event < CLAIM_EVENT_COUNT; event++) {
		if (waits((enum claim_event)event) &&
		    claim_transition_find(state, (enum claim_event)event))
			what = joined(arena, what, enum_label(&claim_event_enum, event));
	}
	if (!*who) {
		lines_add(lines, ' ', THEME_TEXT, "%s", _("Nobody: it ends here"));
		return;
	}
	lines_add(lines, ' ', THEME_TEXT, "%s: %s", _("Who"), who);
	lines_add(lines, ' ', THEME_TEXT, "%s: %s", _("Their steps"), what);
	if (four_eyes(state) && *logins)
		lines_add(lines, ' ', THEME_TEXT, "%s %s", _("Four eyes: not"), logins);
}

const char *took_part(const struct card *card, struct arena *arena)
{
	const struct record_list *steps = CARD_LIST(card, claim_step);
	const char *list = "";
	size_t i, k;

	for (i = 0; i < steps->count; i++) {
		const struct claim_step *step = steps->items[i];
		bool again = !step->login;

		for (k = 0; k < i && !again; k++) {
			const struct claim_step *before = steps->items[k];

			again = before->login && strcmp(before->login, step->login) == 0;
		}
		if (!again)
			list = joined(arena, list, step->login);
	}
	return list;
}
