/* lines.h: a text of many lines that scrolls, made of several sections. */
#ifndef OV_TUI_VIEWS_LINES_H
#define OV_TUI_VIEWS_LINES_H

#include "tui/table.h"

struct line {
	enum theme_role role;
	char mark;        /* '!' needs attention; ' ' otherwise */
	const char *text; /* in the arena of the lines */
};

struct lines {
	struct arena arena;
	struct line *line;
	size_t count, cap;
	struct table table;
};

void lines_init(struct lines *lines);
void lines_release(struct lines *lines);
void lines_clear(struct lines *lines); /* forgets the text, keeps the place */
void lines_add(struct lines *lines, char mark, enum theme_role role, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* A heading with a blank line before it. */
void lines_heading(struct lines *lines, const char *title);
/* TEXT with blanks up to `cells`, for columns inside a line. */
const char *text_padded(const char *text, int cells, struct arena *arena);
void lines_draw(struct lines *lines, const struct canvas *canvas, const struct app *app,
		bool focus);

#endif
