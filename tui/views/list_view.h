/* list_view.h: any list the store makes for print, on the screen: columns from
 * its field table. Graduation list of a cohort, public notice, caps. */
#ifndef OV_TUI_VIEWS_LIST_VIEW_H
#define OV_TUI_VIEWS_LIST_VIEW_H

#include "core/model/kind.h"
#include "tui/view.h"

struct list_options {
	const char *title;  /* N_(): what the list is */
	const char *about;  /* of whom: a cohort's code; may be NULL */
	enum kind kind;     /* the card and the kind of its rows */
	const char *key;    /* of the card, or NULL */
};

extern const struct view_class list_class;

/* D10 of a cohort by its code. */
void graduation_list_open(struct app *app, const char *cohort);

#endif
