/* edit.h: one line of text being typed.
 *
 * The hardware cursor stands at the edit point, also while an input method
 * composes. The text is UTF-8, of at most `max` characters; a step of the
 * cursor is a character with its combining marks. */
#ifndef OV_TUI_EDIT_H
#define OV_TUI_EDIT_H

#include "core/base/buf.h"
#include "tui/canvas.h"
#include "tui/key.h"

struct edit {
	char *text;      /* never NULL after edit_init() */
	size_t len, cap; /* bytes */
	size_t at;       /* byte of the cursor */
	size_t max;      /* characters; 0: 4000 */
	size_t left;     /* first byte shown */
	bool hidden;     /* a password: shown as stars */
	bool multiline;  /* Alt-Enter makes a line end */
};

void edit_init(struct edit *edit, size_t max);
void edit_release(struct edit *edit);
void edit_set(struct edit *edit, const char *text); /* cursor at the end */
bool edit_key(struct edit *edit, key_press key);    /* true when it was used */
/* Inserts pasted text; line ends become blanks, controls are dropped. */
void edit_paste(struct edit *edit, const char *text);
/* Draws it in `cells` cells; places the cursor when it has the focus. */
void edit_draw(struct edit *edit, const struct canvas *canvas, int row, int col, int cells,
	       enum theme_role role, bool focus);

#endif
