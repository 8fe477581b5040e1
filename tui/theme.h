/* theme.h: what a role of the interface looks like.
 *
 * Widgets name roles, never colours. A theme is an INI file (themes/NAME.ini)
 * with one line per role in [roles]:
 *
 *	warning = yellow on default, bold
 *
 * Colours: default, the sixteen names (black red green yellow blue magenta
 * cyan white, each with "bright-" before it), or a number 16…255 of the
 * xterm palette, which becomes the nearest of the sixteen (or eight) where
 * the terminal has no more. Attributes: bold, underline, reverse, dim. With
 * NO_COLOR set, or on a terminal without colours, only attributes remain.
 * [theme] background = dark|light says what default is taken for. A theme is
 * looked for in the user's, the system's, then the program's folder. */
#ifndef OV_TUI_THEME_H
#define OV_TUI_THEME_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"

enum theme_role {
	THEME_TEXT, THEME_TITLE, THEME_BAR, THEME_KEY, THEME_RULE, THEME_HEADING,
	THEME_LABEL, THEME_VALUE, THEME_MUTED, THEME_SELECTION, THEME_MARKER,
	THEME_FIELD, THEME_FIELD_BAD, THEME_DIALOG, THEME_PROGRESS,
	THEME_OK, THEME_WARNING, THEME_REFUSED, THEME_WAITING,
	THEME_MATCH, /* the part of a result that was searched for */
	THEME_CODE,  /* a QR code: dark on a light ground, for scanners */
	THEME_ROLES
};

enum { THEME_DEFAULT = -1 };

struct theme_style {
	int fg, bg; /* 0…255, or THEME_DEFAULT */
	bool bold, underline, reverse, dim;
};

struct theme {
	char name[32];
	bool light;                             /* what "default" is taken for */
	struct theme_style style[THEME_ROLES];
	unsigned long attr[THEME_ROLES];        /* made by theme_apply() */
};

const char *theme_role_name(enum theme_role role); /* "warning" */

/* The built-in theme without any colour, which needs no file. */
void theme_init(struct theme *theme);

/* Reads NAME.ini from the first of the folders (ended by NULL) that has it.
 * On error THEME is unchanged. */
int theme_load(struct theme *theme, const char *name, const char *const *dirs,
	       struct error *err);
int theme_load_file(struct theme *theme, const char *name, const char *path,
		    struct error *err);

/* Makes the attributes for the terminal in use; after newterm(). */
void theme_apply(struct theme *theme, bool no_color);

unsigned long theme_attr(const struct theme *theme, enum theme_role role);
/* Without colours the ground of a QR code is the terminal's own, reversed: is
 * that dark, so that the light modules are what must be drawn? */
bool theme_code_inverted(const struct theme *theme);

/* The nearest colour a terminal with `colors` colours has. */
int theme_reduce(int color, int colors);

/* The colours of a role on a terminal with so many: the nearest ones that can
 * still be read, 4.5 to 1; the default ones where none can. */
void theme_pair(const struct theme *theme, enum theme_role role, int colors, int *fg, int *bg);

/* Red, green and blue (0…255) of a colour of the xterm palette. */
void theme_rgb(int color, int rgb[3]);

#endif
