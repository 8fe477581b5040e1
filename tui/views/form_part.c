#include "tui/views/form_part.h"

#include "tui/action.h"
#include "tui/views/dialog_view.h"
#include "tui/views/rows_view.h"

enum { TAG_CHOICE = FORM_TAG, TAG_ENUM, TAG_SEARCH, TAG_ROWS };

void form_part_release(struct form_part *part)
{
	form_release(&part->form);
	choices_release(&part->choices);
}

static struct form_line *focused(struct view *view)
{
	struct form *form = &view->class->form(view)->form;

	return form->count ? &form->lines[form->focus] : NULL;
}

static void changed(struct view *view)
{
	if (view->class->formed)
		view->class->formed(view);
}

/* --- choosing --- */

static void choices_done(struct job *job, struct view *view)
{
	struct form_part *part = view->class->form(view);
	struct pick_options pick;

	if (job->result) {
		app_say_error(view->app, &job->error);
		return;
	}
	choices_take(&part->choices, job);
	if (!part->choices.count) {
		app_say(view->app, THEME_WARNING, _("There is nothing to choose from"));
		return;
	}
	pick = (struct pick_options){ .title = focused(view)->field->label,
				      .items = part->choices.text,
				      .count = part->choices.count };
	app_ask(view, TAG_CHOICE, &pick_class, &pick);
}

static void choices_ask(struct view *view, const char *typed)
{
	struct job *job = choices_job((enum kind)focused(view)->field->ref, typed);

	job->channel = FORM_CHANNEL;
	job->done = choices_done;
	app_submit(view, job);
}

static void enum_ask(struct view *view, const struct field *field)
{
	struct arena arena = ARENA_INIT;
	const char **items = arena_array(&arena, field->enums->count, sizeof *items);
	struct pick_options pick = { .title = field->label, .items = items,
				     .count = field->enums->count };
	size_t i;

	for (i = 0; i < field->enums->count; i++)
		items[i] = enum_label(field->enums, (int64_t)i);
	app_ask(view, TAG_ENUM, &pick_class, &pick);
	arena_release(&arena);
}

bool form_can_pick(struct app *app, struct view *view)
{
	const struct form_line *line = focused(view);

	(void)app;
	return line && !line->fixed &&
	       (line->field->type == FT_REF || line->field->type == FT_ENUM ||
		line->field->type == FT_LIST);
}

void form_pick(struct app *app, struct view *view)
{
	static const struct prompt_options who = { .title = N_("Which learner?"), .min = 2,
						   .label = N_("Number, name or pinyin") };
	struct form_line *line = focused(view);
	struct rows_options rows = { .title = line->field->label, .rows = &line->list };

	(void)app;
	if (line->field->type == FT_ENUM)
		enum_ask(view, line->field);
	else if (line->field->type == FT_LIST)
		app_ask(view, TAG_ROWS, &rows_class, &rows);
	else if (line->field->ref == KIND_STUDENT)
		app_ask(view, TAG_SEARCH, &prompt_class, &who);
	else
		choices_ask(view, NULL);
}

bool form_part_answer(struct view *view, int tag, const struct view_answer *answer)
{
	struct form_part *part = view->class->form(view);
	struct form_line *line = focused(view);

	if (tag < FORM_TAG)
		return false;
	if (!answer->ok || !line)
		return true;
	if (tag == TAG_SEARCH) {
		choices_ask(view, answer->text);
		return true;
	}
	if (tag == TAG_CHOICE && answer->index < part->choices.count)
		form_set_ref(&part->form, line->field->name, part->choices.id[answer->index],
			     part->choices.text[answer->index]);
	else if (tag == TAG_ENUM)
		edit_set(&line->edit, enum_code(line->field->enums, (int64_t)answer->index));
	else if (tag == TAG_ROWS && answer->rows)
		form_set_list(line, answer->rows);
	part->form.touched = true;
	changed(view);
	return true;
}

/* --- keys --- */

void form_next(struct app *app, struct view *view)
{
	(void)app;
	form_go(&view->class->form(view)->form, 1);
	changed(view);
}

void form_previous(struct app *app, struct view *view)
{
	(void)app;
	form_go(&view->class->form(view)->form, -1);
	changed(view);
}

void form_save(struct app *app, struct view *view)
{
	(void)app;
	view->class->save(view);
}

bool form_part_key(struct view *view, key_press key)
{
	struct form *form = &view->class->form(view)->form;
	const struct form_line *line = focused(view);
	bool choice;

	/* Enter goes through the fields and saves at the last one: nothing is
	 * done by the key that opened the form. */
	if (key == K_ENTER && (!line || form->focus + 1 == form->count)) {
		view->class->save(view);
		return true;
	}
	if (!line)
		return false;
	if ((line->field->type == FT_REF || line->field->type == FT_LIST) && !line->fixed &&
	    (key_is_text(key) || key == K_RIGHT)) {
		form_pick(view->app, view);
		return true;
	}
	choice = line->field->type == FT_ENUM || line->field->type == FT_BOOL;
	if (!form_key(form, key))
		return false;
	if (key == K_ENTER || choice)
		changed(view);
	return true;
}

bool form_part_typing(const struct view *view)
{
	(void)view;
	return true;
}

void form_part_paste(struct view *view, const char *text)
{
	struct form *form = &view->class->form(view)->form;
	struct form_line *line = focused(view);

	if (!line || line->fixed || line->field->type == FT_REF || line->field->type == FT_LIST ||
	    line->field->type == FT_ENUM || line->field->type == FT_BOOL)
		return;
	edit_paste(&line->edit, text);
	form->touched = true;
}
