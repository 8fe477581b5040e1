/* dialog_view.h: the dialogs. Open them with app_ask(view, tag, &class, arg);
 * the answer comes to view->class->answer(). Texts are N_() or ready ones:
 * they are looked up for translation when drawn. */
#ifndef OV_TUI_VIEWS_DIALOG_VIEW_H
#define OV_TUI_VIEWS_DIALOG_VIEW_H

#include "tui/view.h"

struct field_table;

/* Yes or no; Enter alone does nothing. */
struct confirm_options {
	const char *title, *text;
};
extern const struct view_class confirm_class;
extern const struct view_class leave_class; /* the confirmation that quits */

/* A text of several lines to read; any of Esc and Enter closes it. */
struct message_options {
	const char *title, *text;
};
extern const struct view_class message_class;
/* An error with its next step, whole, where one line would cut it; one line
 * all the same when something else lies above OPENER. */
void message_error(struct view *opener, const char *title, const struct error *err);

/* One line of text; with `required`, at least `min` characters. The texts of
 * `choices` (may be NULL) are offered above the line and taken by 1…9. */
struct prompt_options {
	const char *title, *label;
	size_t min;
	const char *const *choices;
	size_t choice_count;
	const char *text; /* in the line from the start; may be NULL */
	bool hidden;
};
extern const struct view_class prompt_class;

/* A list to pick from; typing narrows it. The texts are copied. */
struct pick_options {
	const char *title;
	const char *const *items;
	size_t count, selected;
};
extern const struct view_class pick_class;

/* Two versions of one record, side by side, the differences marked. Answers
 * index 0 (keep theirs) or 1 (take mine and decide again). */
struct versions_options {
	const struct field_table *table;
	const void *mine, *theirs; /* copied */
	const struct claim_step *last; /* copied; who did it and when; may be NULL */
};
extern const struct view_class versions_class;

#endif
