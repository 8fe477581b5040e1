#include "tui/views/lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void line_cell(const void *context, size_t row, size_t column, struct arena *arena,
		      struct cell *cell)
{
	const struct lines *lines = context;

	(void)column;
	(void)arena;
	cell->text = lines->line[row].text;
	cell->role = lines->line[row].role;
}

static char line_flag(const void *context, size_t row)
{
	char mark = ((const struct lines *)context)->line[row].mark;

	return mark == ' ' ? 0 : mark;
}

static const struct table_column line_column = {
	.title = "", .width = { .min = 8, .want = 8, .grow = 1 },
};

void lines_init(struct lines *lines)
{
	memset(lines, 0, sizeof *lines);
	lines->table = (struct table){ .columns = &line_column, .column_count = 1,
				       .cell = line_cell, .flag = line_flag, .context = lines };
}

void lines_release(struct lines *lines)
{
	arena_release(&lines->arena);
	free(lines->line);
	memset(lines, 0, sizeof *lines);
}

void lines_clear(struct lines *lines)
{
	arena_release(&lines->arena);
	lines->count = 0;
	lines->table.count = 0;
}

void lines_add(struct lines *lines, char mark, enum theme_role role, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (lines->count == lines->cap) {
		lines->cap = lines->cap ? lines->cap * 2 : 64;
		lines->line = mem_grow(lines->line, lines->cap * sizeof *lines->line);
	}
	lines->line[lines->count++] = (struct line){ role, mark,
						     arena_strdup(&lines->arena, text) };
	lines->table.count = lines->count;
}

void lines_heading(struct lines *lines, const char *title)
{
	if (lines->count)
		lines_add(lines, ' ', THEME_TEXT, "%s", "");
	lines_add(lines, ' ', THEME_HEADING, "%s", title);
}

const char *text_padded(const char *text, int cells, struct arena *arena)
{
	int missing = cells - text_width(text);

	return arena_printf(arena, "%s%*s", text, missing > 0 ? missing : 0, "");
}

void lines_draw(struct lines *lines, const struct canvas *canvas, const struct app *app,
		bool focus)
{
	lines->table.unmarked = !focus;
	table_set_count(&lines->table, lines->count);
	table_draw(&lines->table, canvas, app, false, focus);
}
