#include "tui/views/command_view.h"

#include <stdlib.h>
#include <string.h>

#include "core/model/reason.h"
#include "tui/action.h"
#include "tui/draft.h"
#include "tui/views/command_job.h"
#include "tui/views/dialog_view.h"
#include "tui/views/feed_view.h"
#include "tui/views/form_part.h"
#include "tui/views/preview.h"
#include "tui/views/undo.h"

enum { CHANNEL_ASSESS = 1, CHANNEL_SAVE };
enum { TAG_NEWER, REASON_LEAST = 4 };

struct command_view {
	struct view view;
	struct arena arena;
	struct command command;
	const char *about;
	void *seen;
	struct form_part part;
	struct preview preview;
	struct arena newer; /* the record as somebody else left it */
	void *theirs;
	char draft_path[512];
	bool saving, assessed;
};

bool command_permitted(struct app *app, const struct command_def *def)
{
	return permission_has(app_actor(app), def->permission);
}

void command_open(struct view *opener, int tag, const char *name,
		  const struct command_options *options)
{
	struct command_options copy = *options;
	struct error err = ERROR_INIT;

	copy.def = command_find(name);
	if (!copy.def) {
		error_reason(&err, REASON_COMMAND_UNKNOWN, "name", name, NULL);
	} else if (!command_permitted(opener->app, copy.def)) {
		error_reason(&err, REASON_PERM_DENIED, "action",
			     _(permission_label(copy.def->permission)), NULL);
	} else {
		app_ask(opener, tag, &command_class, &copy);
		return;
	}
	app_say_error(opener->app, &err);
}

void command_open_of(struct view *opener, int tag, const char *name, const char *field,
		     int64_t id, const char *about)
{
	char number[24];
	struct command_preset thing = { .name = field, .text = number, .shown = about, .fixed = true };
	struct command_options options = { .about = about, .presets = &thing, .preset_count = 1,
					   .rev = OV_NULL };

	snprintf(number, sizeof number, "%lld", (long long)id);
	command_open(opener, tag, name, &options);
}

/* --- what it would do --- */

static void assess_done(struct job *job, struct view *view)
{
	struct command_view *self = (struct command_view *)view;
	struct command_job *ask = job->question;

	if (job->result == OV_ECANCELLED)
		return;
	self->assessed = true;
	job->error.code = job->result;
	preview_make(&self->preview, &ask->outcome, &job->error);
}

/* The arguments when nothing in them is wrong, else NULL; shows no problem. */
static void *args_quietly(struct command_view *self, struct arena *arena)
{
	struct problems problems = { .count = 0 };
	struct error err = ERROR_INIT;
	void *record;
	size_t i;

	if (!self->command.def->args)
		return NULL;
	record = record_new(arena, self->command.def->args);
	for (i = 0; i < self->part.form.count; i++) {
		struct form_line *line = &self->part.form.lines[i];

		if (line->field->type == FT_LIST)
			field_set_list(line->field, record, line->list.count ? &line->list : NULL);
		else if (field_parse(line->field, line->edit.text, record, arena, &err))
			return NULL;
	}
	if (record_check(self->command.def->args, record, clock_today(app_clock(self->view.app)),
			 &problems))
		return NULL;
	return record;
}

static void assess(struct command_view *self)
{
	struct arena arena = ARENA_INIT;
	void *args;

	/* A command that only shows something would show it unrecorded. */
	if (self->command.def->flags & CMD_READ)
		return;
	args = args_quietly(self, &arena);
	if (args || !self->command.def->args) {
		struct job *job = command_job(&self->command, args, false);

		job->channel = CHANNEL_ASSESS;
		job->done = assess_done;
		app_submit(&self->view, job);
	}
	arena_release(&arena);
}

/* --- open and close --- */

static void draft_take(struct command_view *self, const struct draft *draft)
{
	form_undraft(&self->part.form, draft);
	if (draft->path)
		snprintf(self->draft_path, sizeof self->draft_path, "%s", draft->path);
}

/* The reason first where one is needed, else the first open field. */
static void focus_start(struct command_view *self)
{
	struct form *form = &self->part.form;
	struct form_line *reason = form_find(form, "reason");

	if (reason && (self->command.def->flags & (CMD_REASON | CMD_ASK_REASON)))
		form->focus = (size_t)(reason - form->lines);
	else if (form->count && form->lines[0].fixed)
		form_go(form, 1);
}

static void command_start(struct view *view, const void *arg)
{
	struct command_view *self = (struct command_view *)view;
	const struct command_options *o = arg;
	size_t i;

	arena_init(&self->arena);
	command_init(&self->command, o->def, &self->arena);
	self->command.target = o->target;
	self->command.expected_rev = o->def->flags & CMD_NEW ? OV_NULL : o->rev;
	self->about = arena_strdup(&self->arena, o->about ? o->about : "");
	if (o->seen && o->def->target != KIND_NONE)
		self->seen = record_copy(&self->arena, kind_fields(o->def->target), o->seen);
	if (o->def->args)
		form_init(&self->part.form, o->def->args, NULL);
	for (i = 0; i < o->preset_count; i++) {
		const struct command_preset *p = &o->presets[i];
		struct form_line *line = form_find(&self->part.form, p->name);

		form_set(&self->part.form, p->name, p->text);
		if (line && p->shown)
			snprintf(line->shown, sizeof line->shown, "%s", p->shown);
		if (p->fixed)
			form_fix(&self->part.form, p->name);
	}
	focus_start(self);
	if (o->draft)
		draft_take(self, o->draft);
	assess(self);
}

static void command_close(struct view *view)
{
	struct command_view *self = (struct command_view *)view;

	form_part_release(&self->part);
	preview_release(&self->preview);
	arena_release(&self->newer);
	arena_release(&self->arena);
}

/* --- saving --- */

static void newer_show(struct command_view *self, struct job *job)
{
	const struct field_table *table = kind_fields(self->command.def->target);
	struct command_job *ask = job->question;
	struct versions_options both = { .table = table, .mine = self->seen };

	arena_release(&self->newer);
	self->theirs = record_copy(&self->newer, table, ask->current);
	both.theirs = self->theirs;
	both.last = ask->last;
	app_ask(&self->view, TAG_NEWER, &versions_class, &both);
}

static void save_done(struct job *job, struct view *view)
{
	struct command_view *self = (struct command_view *)view;
	struct command_job *ask = job->question;
	struct view_answer done = { .ok = true, .outcome = &ask->outcome };
	struct draft draft = { .path = self->draft_path[0] ? self->draft_path : NULL };
	struct app *app = view->app;
	const char *about;
	size_t i;

	self->saving = false;
	if (job->result == 0) {
		app_say(view->app, THEME_OK,
			arena_printf(&job->arena, _("Done: %s %s"), _(self->command.def->title),
				     self->about));
		draft_delete(&draft);
		undo_keep(view->app, &ask->command, self->seen, &ask->outcome, self->about);
		about = arena_strdup(&job->arena, self->about);
		app_answer(view, &done);
		feed_show(app, &ask->command, &ask->outcome, about);
		return;
	}
	if (ask->current && self->seen) {
		newer_show(self, job);
		return;
	}
	job->error.code = job->result;
	/* What belongs to no field stands in the preview. */
	for (i = 0; i < ask->outcome.problems.count; i++) {
		if (form_find(&self->part.form, ask->outcome.problems.item[i].field))
			form_problem(&self->part.form, &ask->outcome.problems.item[i]);
	}
	preview_make(&self->preview, &ask->outcome, &job->error);
}

/* A reason is asked for here already, where it is typed. */
static bool reason_given(struct command_view *self)
{
	struct form_line *line = form_find(&self->part.form, "reason");
	struct form_line *code = form_find(&self->part.form, "reason_code");
	struct error err = ERROR_INIT;

	if (!line || !(self->command.def->flags & (CMD_REASON | CMD_ASK_REASON)) ||
	    (code && code->edit.len) || utf8_count(line->edit.text) >= REASON_LEAST)
		return true;
	error_reason(&err, REASON_SM_REASON, "field", "reason", NULL);
	form_problem(&self->part.form, &err);
	self->part.form.focus = (size_t)(line - self->part.form.lines);
	return false;
}

static void command_save(struct view *view)
{
	struct command_view *self = (struct command_view *)view;
	struct app *app = view->app;
	struct arena arena = ARENA_INIT;
	void *args = NULL;

	if (!self->saving && reason_given(self) &&
	    (!self->command.def->args ||
	     form_read(&self->part.form, clock_today(app_clock(app)), &arena, &args) == 0)) {
		struct job *job = command_job(&self->command, args, true);

		self->saving = true;
		job->channel = CHANNEL_SAVE;
		job->done = save_done;
		app_submit(view, job);
	}
	arena_release(&arena);
}

static void command_answer(struct view *view, int tag, const struct view_answer *answer)
{
	struct command_view *self = (struct command_view *)view;

	if (form_part_answer(view, tag, answer) || !answer->ok)
		return;
	if (tag == TAG_NEWER && self->theirs) {
		const struct field_table *table = kind_fields(self->command.def->target);

		/* The person has seen the newer version: the decision is new. */
		self->seen = record_copy(&self->arena, table, self->theirs);
		self->command.expected_rev = ((struct record_head *)self->theirs)->rev;
		self->theirs = NULL;
		assess(self);
	}
}

static struct form_part *command_form(struct view *view)
{
	return &((struct command_view *)view)->part;
}

static void command_formed(struct view *view)
{
	assess((struct command_view *)view);
}

static void command_draft(struct view *view, struct buf *out)
{
	struct command_view *self = (struct command_view *)view;
	char number[24];

	if (!self->part.form.touched || (self->command.def->flags & CMD_READ))
		return;
	draft_put(out, ".command", self->command.def->name);
	snprintf(number, sizeof number, "%lld", (long long)self->command.target);
	draft_put(out, ".target", number);
	draft_put(out, ".about", self->about);
	form_draft(&self->part.form, out);
}

/* --- drawing --- */

static void command_draw(struct view *view, const struct canvas *canvas)
{
	struct command_view *self = (struct command_view *)view;
	struct rect all = canvas_area(canvas), inner;
	struct arena *arena = canvas_arena(canvas);
	int fields = form_rows(&self->part.form);
	struct canvas box, part;

	box = canvas_box(canvas, rect_centre(all, all.rows, all.cols > 100 ? 100 : all.cols),
			 arena_printf(arena, "%s %s", _(self->command.def->title), self->about));
	inner = canvas_area(&box);
	if (self->command.def->help)
		canvas_wrap(&box, inner.row, 0, inner.cols, 1, THEME_MUTED,
			    _(self->command.def->help));
	rect_take_top(&inner, 2);
	part = canvas_sub(&box, rect_take_top(&inner, fields > inner.rows - 4 ? inner.rows - 4
									      : fields));
	if (self->part.form.count)
		form_draw(&self->part.form, &part, true);
	part = canvas_sub(&box, rect_take_top(&inner, 1));
	canvas_rule(&part, 0, self->saving ? _("Saving") : _("What it would do"));
	part = canvas_sub(&box, rect_take_top(&inner, inner.rows - 1));
	preview_draw(&self->preview, &part);
	if (self->assessed && !self->preview.count)
		canvas_put(&part, 0, 2, THEME_OK, _("Nothing stands against it"));
	canvas_put(&box, box.area.rows - 1, 0, THEME_KEY, _("C-s: save   Esc: leave it"));
	if (!self->part.form.count)
		canvas_cursor(&box, box.area.rows - 1, 0);
}

const struct view_class command_class = {
	.name = "command", .contexts = CTX_DIALOG | CTX_FORM, .overlay = true,
	.size = sizeof(struct command_view),
	.open = command_start, .close = command_close, .draw = command_draw,
	.key = form_part_key, .typing = form_part_typing, .paste = form_part_paste,
	.form = command_form, .formed = command_formed, .save = command_save,
	.answer = command_answer, .draft = command_draft,
};

/* --- drafts opened again --- */

bool drafts_kept(struct app *app, struct view *view)
{
	struct arena arena = ARENA_INIT;
	struct draft *list = arena_array(&arena, 1, sizeof *list);
	bool any = drafts_load(app_options(app)->state_dir, &arena, list, 1) > 0;

	(void)view;
	arena_release(&arena);
	return any || app_kept_draft(app)->len > 0;
}

static bool draft_open(struct app *app, const struct draft *draft)
{
	const char *name = draft_get(draft, ".command");
	const char *target = draft_get(draft, ".target");
	struct command_options options = {
		.def = name ? command_find(name) : NULL, .draft = draft,
		.target = target ? strtoll(target, NULL, 10) : 0, .rev = OV_NULL,
		.about = draft_get(draft, ".about"),
	};

	if (!options.def || !command_permitted(app, options.def))
		return false;
	app_push(app, &command_class, &options);
	return true;
}

void drafts_open(struct app *app, struct view *view)
{
	struct arena arena = ARENA_INIT;
	struct draft *list = arena_array(&arena, DRAFTS_MAX, sizeof *list);
	struct buf *kept = app_kept_draft(app);
	struct error err = ERROR_INIT;
	size_t i, count;

	(void)view;
	if (kept->len && draft_parse(kept->bytes, kept->len, &arena, list, &err) == 0 &&
	    draft_open(app, list)) {
		draft_forget(kept);
	} else {
		count = drafts_load(app_options(app)->state_dir, &arena, list, DRAFTS_MAX);
		for (i = 0; i < count && !draft_open(app, &list[i]); i++)
			continue;
	}
	arena_release(&arena);
}
