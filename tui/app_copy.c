/* C-y: the number of what is shown goes to the terminal's clipboard by OSC 52.
 * Numbers of records only: what is personal or masked is never copied, because
 * nobody knows who pastes it where. */
#include "core/model/reason.h"
#include "tui/app_internal.h"
#include "tui/views/claim_part.h"
#include "tui/views/form_part.h"

enum { FIELD_MAX = 200 };

/* The field of a form that has the focus; NULL and *WHY when it may not go. */
static const char *field_copy(struct view *view, const char **why)
{
	const struct form *form = &view->class->form(view)->form;
	const struct form_line *line = form->count ? &form->lines[form->focus] : NULL;

	if (!line || !line->edit.len)
		*why = _("There is nothing here to copy");
	else if (line->field->pii != P0 || line->field->flags & SECRET)
		*why = _("This field is personal, so it isn't copied");
	return *why || !line ? NULL : line->edit.text;
}

static const char *claim_copy(struct view *view, const char **why)
{
	const struct credit_claim *claim = claim_part_claim(view->class->claim(view));

	if (!claim || !claim->claim_no)
		*why = _("There is no number yet to copy");
	return *why || !claim ? NULL : claim->claim_no;
}

void copy_number(struct app *app, struct view *view)
{
	struct arena arena = ARENA_INIT;
	const char *why = NULL, *text = NULL;

	if (!app->options.may_copy)
		why = _("Copying is switched off here (ui.copy)");
	else if (view->class->form)
		text = field_copy(view, &why);
	else if (view->class->copy)
		text = view->class->copy(view, &arena, &why);
	else if (view->class->claim)
		text = claim_copy(view, &why);
	else
		why = _("There is nothing here to copy");
	if (!why && !text)
		why = _("There is nothing here to copy");
	if (!why && !term_copy(text))
		why = _("This terminal takes no copy (OSC 52)");
	if (why)
		app_say(app, THEME_WARNING, why);
	else
		app_say(app, THEME_OK, arena_printf(&arena, _("Copied: %s"), text));
	arena_release(&arena);
}
