#include "tui/views/command_view.h"

#include <stdlib.h>
#include <string.h>

#include "core/model/reason.h"
#include "tui/action.h"
#include "tui/draft.h"
#include "tui/form.h"
#include "tui/views/choices.h"
#include "tui/views/dialog_view.h"
#include "tui/views/preview.h"

enum { CHANNEL_ASSESS = 1, CHANNEL_SAVE, CHANNEL_CHOICES, CHANNEL_NEWER };
enum { TAG_CHOICE, TAG_ENUM, TAG_NEWER, TAG_SEARCH };

struct command_view {
	struct view view;
	struct arena arena;
	struct command command;
	const char *about;
	void *seen;
	struct form form;
	struct preview preview;
	struct choices choices;
	struct arena newer; /* the record as somebody else left it */
	void *theirs;
	char draft_path[512];
	bool saving, assessed;
};

struct command_job {
	struct command command;
	struct outcome outcome;
	void *current; /* the target as it is, after OV_ECONFLICT */
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

/* --- what it would do --- */

static int assess_run(struct job *job, struct store *store)
{
	struct command_job *ask = job->question;

	return store_assess(store, &ask->command, &job->arena, &ask->outcome, &job->error);
}

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

static struct job *job_make(struct command_view *self, void *args, int channel)
{
	struct job *job = job_new(sizeof(struct command_job));
	struct command_job *ask = job->question;

	job->channel = channel;
	ask->command = self->command;
	ask->command.args = args ? record_copy(&job->arena, self->command.def->args, args) : NULL;
	bundle_init(&ask->outcome.records, &job->arena);
	return job;
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
	for (i = 0; i < self->form.count; i++) {
		struct form_line *line = &self->form.lines[i];

		if (field_parse(line->field, line->edit.text, record, arena, &err))
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
	void *args = args_quietly(self, &arena);

	if (args || !self->command.def->args) {
		struct job *job = job_make(self, args, CHANNEL_ASSESS);

		job->run = assess_run;
		job->done = assess_done;
		app_submit(&self->view, job);
	}
	arena_release(&arena);
}

/* --- open and close --- */

static void draft_take(struct command_view *self, const struct draft *draft)
{
	size_t i;

	for (i = 0; i < draft->count; i++)
		form_set(&self->form, draft->key[i], draft->value[i]);
	self->form.touched = true;
	if (draft->path)
		snprintf(self->draft_path, sizeof self->draft_path, "%s", draft->path);
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
		form_init(&self->form, o->def->args, NULL);
	for (i = 0; i < o->preset_count; i++) {
		const struct command_preset *p = &o->presets[i];
		struct form_line *line = form_find(&self->form, p->name);

		form_set(&self->form, p->name, p->text);
		if (line && p->shown)
			snprintf(line->shown, sizeof line->shown, "%s", p->shown);
		if (p->fixed)
			form_fix(&self->form, p->name);
	}
	if (self->form.count && self->form.lines[0].fixed)
		form_go(&self->form, 1);
	if (o->draft)
		draft_take(self, o->draft);
	assess(self);
}

static void command_close(struct view *view)
{
	struct command_view *self = (struct command_view *)view;

	form_release(&self->form);
	preview_release(&self->preview);
	choices_release(&self->choices);
	arena_release(&self->newer);
	arena_release(&self->arena);
}

/* --- saving --- */

static int save_run(struct job *job, struct store *store)
{
	struct command_job *ask = job->question;
	const struct command_def *def = ask->command.def;
	struct error err = ERROR_INIT;
	size_t failed;
	int rc = store_execute(store, &ask->command, 1, &job->arena, &ask->outcome, &failed,
			       &job->error);

	/* Somebody else was first: fetch what there is now, to show both. */
	if (rc == OV_ECONFLICT && def->target != KIND_NONE && kind_stored(def->target) &&
	    store_get(store, def->target, ask->command.target, &job->arena, &ask->current, &err))
		ask->current = NULL;
	return rc;
}

static void newer_show(struct command_view *self, struct job *job)
{
	const struct field_table *table = kind_fields(self->command.def->target);
	struct command_job *ask = job->question;
	struct versions_options both = { .table = table, .mine = self->seen };

	arena_release(&self->newer);
	self->theirs = record_copy(&self->newer, table, ask->current);
	both.theirs = self->theirs;
	app_ask(&self->view, TAG_NEWER, &versions_class, &both);
}

static void save_done(struct job *job, struct view *view)
{
	struct command_view *self = (struct command_view *)view;
	struct command_job *ask = job->question;
	struct view_answer done = { .ok = true, .outcome = &ask->outcome };
	struct draft draft = { .path = self->draft_path[0] ? self->draft_path : NULL };
	size_t i;

	self->saving = false;
	if (job->result == 0) {
		app_say(view->app, THEME_OK,
			arena_printf(&job->arena, _("Done: %s %s"), _(self->command.def->title),
				     self->about));
		draft_delete(&draft);
		app_answer(view, &done);
		return;
	}
	if (ask->current && self->seen) {
		newer_show(self, job);
		return;
	}
	job->error.code = job->result;
	for (i = 0; i < ask->outcome.problems.count; i++)
		form_problem(&self->form, &ask->outcome.problems.item[i]);
	preview_make(&self->preview, &ask->outcome, &job->error);
}

void form_save(struct app *app, struct view *view)
{
	struct command_view *self = (struct command_view *)view;
	struct arena arena = ARENA_INIT;
	void *args = NULL;

	if (!self->saving &&
	    (!self->command.def->args ||
	     form_read(&self->form, clock_today(app_clock(app)), &arena, &args) == 0)) {
		struct job *job = job_make(self, args, CHANNEL_SAVE);

		self->saving = true;
		job->run = save_run;
		job->done = save_done;
		app_submit(view, job);
	}
	arena_release(&arena);
}

/* --- choosing a reference --- */

static void choices_done(struct job *job, struct view *view)
{
	struct command_view *self = (struct command_view *)view;
	struct pick_options pick;

	if (job->result) {
		app_say_error(view->app, &job->error);
		return;
	}
	choices_take(&self->choices, job);
	if (!self->choices.count) {
		app_say(view->app, THEME_WARNING, _("There is nothing to choose from"));
		return;
	}
	pick = (struct pick_options){ .title = self->form.lines[self->form.focus].field->label,
				      .items = self->choices.text, .count = self->choices.count };
	app_ask(view, TAG_CHOICE, &pick_class, &pick);
}

static void choices_ask(struct command_view *self, const char *typed)
{
	struct job *job = choices_job((enum kind)self->form.lines[self->form.focus].field->ref,
				      typed);

	job->channel = CHANNEL_CHOICES;
	job->done = choices_done;
	app_submit(&self->view, job);
}

static void enum_ask(struct command_view *self, const struct field *field)
{
	struct arena arena = ARENA_INIT;
	const char **items = arena_array(&arena, field->enums->count, sizeof *items);
	struct pick_options pick = { .title = field->label, .items = items,
				     .count = field->enums->count };
	size_t i;

	for (i = 0; i < field->enums->count; i++)
		items[i] = enum_label(field->enums, (int64_t)i);
	app_ask(&self->view, TAG_ENUM, &pick_class, &pick);
	arena_release(&arena);
}

static const struct form_line *focused(const struct command_view *self)
{
	return self->form.count ? &self->form.lines[self->form.focus] : NULL;
}

bool form_can_pick(struct app *app, struct view *view)
{
	const struct form_line *line = focused((struct command_view *)view);

	(void)app;
	return line && !line->fixed &&
	       (line->field->type == FT_REF || line->field->type == FT_ENUM);
}

void form_pick(struct app *app, struct view *view)
{
	struct command_view *self = (struct command_view *)view;
	static const struct prompt_options who = { .title = N_("Which learner?"), .min = 2,
						   .label = N_("Number, name or pinyin") };
	const struct field *field = focused(self)->field;

	(void)app;
	if (field->type == FT_ENUM)
		enum_ask(self, field);
	else if (field->ref == KIND_STUDENT)
		app_ask(view, TAG_SEARCH, &prompt_class, &who);
	else
		choices_ask(self, NULL);
}

static void command_answer(struct view *view, int tag, const struct view_answer *answer)
{
	struct command_view *self = (struct command_view *)view;
	struct form_line *line = self->form.count ? &self->form.lines[self->form.focus] : NULL;

	if (!answer->ok)
		return;
	if (tag == TAG_CHOICE && line) {
		form_set_ref(&self->form, line->field->name, self->choices.id[answer->index],
			     self->choices.text[answer->index]);
	} else if (tag == TAG_ENUM && line) {
		edit_set(&line->edit, enum_code(line->field->enums, (int64_t)answer->index));
	} else if (tag == TAG_SEARCH) {
		choices_ask(self, answer->text);
		return;
	} else if (tag == TAG_NEWER && self->theirs) {
		const struct field_table *table = kind_fields(self->command.def->target);

		/* The person has seen the newer version: the decision is new. */
		self->seen = record_copy(&self->arena, table, self->theirs);
		self->command.expected_rev = ((struct record_head *)self->theirs)->rev;
		self->theirs = NULL;
	}
	self->form.touched |= tag != TAG_NEWER;
	assess(self);
}

/* --- keys --- */

void form_next(struct app *app, struct view *view)
{
	(void)app;
	form_go(&((struct command_view *)view)->form, 1);
	assess((struct command_view *)view);
}

void form_previous(struct app *app, struct view *view)
{
	(void)app;
	form_go(&((struct command_view *)view)->form, -1);
	assess((struct command_view *)view);
}

static bool command_key(struct view *view, key_press key)
{
	struct command_view *self = (struct command_view *)view;
	const struct form_line *line = focused(self);
	bool choice = line && (line->field->type == FT_ENUM || line->field->type == FT_BOOL);

	if (line && line->field->type == FT_REF && !line->fixed &&
	    (key_is_text(key) || key == K_RIGHT)) {
		form_pick(view->app, view);
		return true;
	}
	if (!form_key(&self->form, key))
		return false;
	if (key == K_ENTER || choice)
		assess(self);
	return true;
}

static bool command_typing(const struct view *view)
{
	(void)view;
	return true;
}

static void command_paste(struct view *view, const char *text)
{
	struct command_view *self = (struct command_view *)view;
	struct form_line *line = self->form.count ? &self->form.lines[self->form.focus] : NULL;

	if (line && !line->fixed && line->field->type != FT_REF) {
		edit_paste(&line->edit, text);
		self->form.touched = true;
	}
}

static void command_draft(struct view *view, struct buf *out)
{
	struct command_view *self = (struct command_view *)view;
	char number[24];

	if (!self->form.touched || (self->command.def->flags & CMD_READ))
		return;
	draft_put(out, ".command", self->command.def->name);
	snprintf(number, sizeof number, "%lld", (long long)self->command.target);
	draft_put(out, ".target", number);
	draft_put(out, ".about", self->about);
	form_draft(&self->form, out);
}

/* --- drawing --- */

static void command_draw(struct view *view, const struct canvas *canvas)
{
	struct command_view *self = (struct command_view *)view;
	struct rect all = canvas_area(canvas), inner;
	struct arena *arena = canvas_arena(canvas);
	int fields = form_rows(&self->form);
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
	if (self->form.count)
		form_draw(&self->form, &part, true);
	part = canvas_sub(&box, rect_take_top(&inner, 1));
	canvas_rule(&part, 0, self->saving ? _("Saving") : _("What it would do"));
	part = canvas_sub(&box, rect_take_top(&inner, inner.rows - 1));
	preview_draw(&self->preview, &part);
	if (self->assessed && !self->preview.count)
		canvas_put(&part, 0, 2, THEME_OK, _("Nothing stands against it"));
	canvas_put(&box, box.area.rows - 1, 0, THEME_KEY, _("C-s: save   Esc: leave it"));
	if (!self->form.count)
		canvas_cursor(&box, box.area.rows - 1, 0);
}

const struct view_class command_class = {
	.name = "command", .contexts = CTX_DIALOG | CTX_FORM, .overlay = true,
	.size = sizeof(struct command_view),
	.open = command_start, .close = command_close, .draw = command_draw,
	.key = command_key, .typing = command_typing, .paste = command_paste,
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
	return any;
}

void drafts_open(struct app *app, struct view *view)
{
	struct arena arena = ARENA_INIT;
	struct draft *list = arena_array(&arena, DRAFTS_MAX, sizeof *list);
	size_t i, count = drafts_load(app_options(app)->state_dir, &arena, list, DRAFTS_MAX);

	(void)view;
	for (i = 0; i < count; i++) {
		const char *name = draft_get(&list[i], ".command");
		const char *target = draft_get(&list[i], ".target");
		struct command_options options = {
			.def = name ? command_find(name) : NULL, .draft = &list[i],
			.target = target ? strtoll(target, NULL, 10) : 0, .rev = OV_NULL,
			.about = draft_get(&list[i], ".about"),
		};

		if (options.def && command_permitted(app, options.def)) {
			app_push(app, &command_class, &options);
			break;
		}
	}
	arena_release(&arena);
}
