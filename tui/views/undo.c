#include "tui/views/undo.h"

#include <stdlib.h>
#include <string.h>

#include "core/model/reason.h"
#include "tui/action.h"
#include "tui/views/command_job.h"
#include "tui/views/command_view.h"

/* --- taken down when it is done --- */

/* Why nobody can take it back by a key; a static text. */
static const char *why_not(const struct command_def *def)
{
	if (def->flags & CMD_READ)
		return N_("It changed nothing, so there is nothing to undo");
	if (def->target == KIND_CREDIT_CLAIM && !(def->flags & CMD_NEW))
		return N_("A step on a claim stands in the trail, it isn't undone; the next person "
			  "can send it back");
	return N_("This has no opposite command; what it made can be changed again");
}

/* "name=value" of a field; false when it can't be said in one line. */
static bool value_add(const struct field *field, const char *name, const void *record,
		      struct buf *out)
{
	char text[512];

	if (field->type == FT_LIST || field->type == FT_HASH)
		return false;
	field_format(field, record, text, sizeof text);
	buf_printf(out, "%s=%s\n", name, text);
	return !strchr(text, '\n') && strlen(text) + 1 < sizeof text;
}

/* The opposite takes what the command took: add and remove a member. */
static bool same_args(const struct command *command, struct buf *out)
{
	const struct field_table *table = command->def->args;
	bool all = true;
	size_t i;

	for (i = 0; i < table->count; i++) {
		if (!field_is_null(&table->fields[i], command->args))
			all &= value_add(&table->fields[i], table->fields[i].name, command->args, out);
	}
	return all;
}

/* The command is its own opposite: it gets the values from before. One that
 * was empty before can't be said, null being "as it is". */
static bool values_before(const struct command *command, const void *seen, struct buf *out)
{
	const struct field_table *table = command->def->args;
	const struct field_table *target = kind_fields(command->def->target);
	bool all = seen != NULL;
	size_t i;

	for (i = 0; i < table->count && all; i++) {
		const struct field *field = &table->fields[i];
		const struct field *was = field_find(target, field->name);

		if (field_is_null(field, command->args))
			continue;
		all = was && was->type == field->type && !field_is_null(was, seen) &&
		      value_add(was, field->name, seen, out);
	}
	return all;
}

static bool args_make(const struct command *command, const struct command_def *undo,
		      const void *seen, struct buf *out)
{
	if (!undo->args || !undo->args->count)
		return true;
	if (undo == command->def)
		return values_before(command, seen, out);
	if (undo->args == command->def->args && !(undo->flags & CMD_REASON))
		return same_args(command, out);
	/* The trail says it as it was; a reason is asked for elsewhere. */
	if (undo->flags & CMD_REASON && undo->args->count == 1) {
		buf_printf(out, "reason=%s\n", _("taken back at once by who did it"));
		return true;
	}
	return false;
}

void undo_keep(struct app *app, const struct command *command, const void *seen,
	       const struct outcome *outcome, const char *about)
{
	const struct command_def *def = command->def;
	const struct command_def *undo = def->undo ? command_find(def->undo) : NULL;
	struct buf args = BUF_INIT;

	app_set_undo(app, undo ? undo->name : NULL, outcome->id, outcome->rev, about);
	if (!undo)
		app_set_undo_why(app, why_not(def));
	else if (args_make(command, undo, seen, &args))
		app_set_undo_args(app, buf_cstr(&args));
	buf_release(&args);
}

/* --- the key --- */

static bool too_late(const struct undo *undo)
{
	return clock_monotonic_ms() - undo->at_ms > UNDO_SECONDS * 1000;
}

bool undo_there(struct app *app, struct view *view)
{
	const struct undo *undo = app_undo(app);

	(void)view;
	return undo && undo->name && !too_late(undo);
}

bool undo_not_there(struct app *app, struct view *view)
{
	return !undo_there(app, view);
}

/* Says why nothing is undone. */
void undo_refuse(struct app *app, struct view *view)
{
	const struct undo *undo = app_undo(app);
	const struct command_def *def = undo && undo->name ? command_find(undo->name) : NULL;
	struct arena arena = ARENA_INIT;

	(void)view;
	if (!undo)
		app_say(app, THEME_WARNING, _("Nothing was done here yet that could be undone"));
	else if (undo->why)
		app_say(app, THEME_WARNING, _(undo->why));
	else
		app_say(app, THEME_WARNING,
			arena_printf(&arena, _("Done more than %d s ago: too late for u. The "
					       "command for it: %s"),
				     UNDO_SECONDS, def ? _(def->title) : ""));
	arena_release(&arena);
}

static void undo_done(struct job *job, struct view *view)
{
	struct arena arena = ARENA_INIT;
	const struct undo *undo = app_undo(view->app);

	if (job->result == OV_ECONFLICT) {
		app_say(view->app, THEME_REFUSED,
			_("Somebody went on with it meanwhile: it isn't undone. Read it again (F5)"));
		return;
	}
	if (job->result) {
		job->error.code = job->result;
		app_say_error(view->app, &job->error);
		return;
	}
	app_say(view->app, THEME_OK,
		undo && undo->about[0] ? arena_printf(&arena, _("Undone: %s"), undo->about)
				       : _("Undone"));
	app_set_undo(view->app, NULL, 0, OV_NULL, NULL);
	if (view->class->resume)
		view->class->resume(view);
	arena_release(&arena);
}

/* All that is needed is known: no form. */
static void undo_at_once(struct app *app, struct view *view, const struct undo *undo,
			 const struct command_def *def)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct command command;
	char *text = arena_strdup(&arena, undo->args), *line, *rest = NULL;
	struct job *job;

	command_init(&command, def, &arena);
	command.target = undo->target;
	command.expected_rev = undo->rev;
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		char *value = strchr(line, '=');

		*value = '\0';
		if (command_set(&command, line, value + 1, &arena, &err) < 0) {
			app_say_error(app, &err);
			arena_release(&arena);
			return;
		}
	}
	job = command_job(&command, command.args, true);
	job->done = undo_done;
	app_submit(view, job);
	arena_release(&arena);
}

void undo_open(struct app *app, struct view *view)
{
	const struct undo *undo = app_undo(app);
	struct command_options options = { .target = undo->target, .rev = undo->rev,
					   .about = undo->about };
	const struct command_def *def = command_find(undo->name);

	if (undo->ready && def && command_permitted(app, def))
		undo_at_once(app, view, undo, def);
	else
		command_open(view, 0, undo->name, &options);
}
