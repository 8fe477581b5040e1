/* form_part.h: a form inside a view: its keys, and choosing values.
 *
 * A view with the context CTX_FORM has the slots form, formed and save; key,
 * typing and paste may be these functions, and its answer() asks
 * form_part_answer() first. */
#ifndef OV_TUI_VIEWS_FORM_PART_H
#define OV_TUI_VIEWS_FORM_PART_H

#include "tui/form.h"
#include "tui/view.h"
#include "tui/views/choices.h"

/* Tags and channels from here on belong to the part. */
enum { FORM_TAG = 1000, FORM_CHANNEL = 1000 };

struct form_part {
	struct form form;
	struct choices choices;
};

void form_part_release(struct form_part *part);
bool form_part_key(struct view *view, key_press key);
bool form_part_typing(const struct view *view);
void form_part_paste(struct view *view, const char *text);
/* True when the answer was for the form. */
bool form_part_answer(struct view *view, int tag, const struct view_answer *answer);

#endif
