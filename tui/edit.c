#include "tui/edit.h"

#include <stdlib.h>
#include <string.h>

enum { EDIT_MAX = 4000 };

void edit_init(struct edit *edit, size_t max)
{
	memset(edit, 0, sizeof *edit);
	edit->cap = 64;
	edit->text = mem_alloc(edit->cap);
	edit->max = max ? max : EDIT_MAX;
}

void edit_release(struct edit *edit)
{
	/* It may have held a password or a citizen ID. */
	if (edit->text)
		explicit_bzero(edit->text, edit->cap);
	free(edit->text);
	memset(edit, 0, sizeof *edit);
}

static void insert(struct edit *edit, const char *bytes, size_t len)
{
	if (utf8_count(edit->text) + utf8_count(bytes) > edit->max)
		return;
	if (edit->len + len + 1 > edit->cap) {
		size_t cap = (edit->len + len + 1) * 2;
		char *bigger = mem_alloc(cap);

		memcpy(bigger, edit->text, edit->len + 1);
		explicit_bzero(edit->text, edit->cap);
		free(edit->text);
		edit->text = bigger;
		edit->cap = cap;
	}
	memmove(edit->text + edit->at + len, edit->text + edit->at, edit->len - edit->at + 1);
	memcpy(edit->text + edit->at, bytes, len);
	edit->len += len;
	edit->at += len;
}

static void erase(struct edit *edit, size_t from, size_t to)
{
	memmove(edit->text + from, edit->text + to, edit->len - to + 1);
	edit->len -= to - from;
	edit->at = from;
}

void edit_set(struct edit *edit, const char *text)
{
	edit->len = edit->at = edit->left = 0;
	edit->text[0] = '\0';
	if (text)
		edit_paste(edit, text);
}

void edit_paste(struct edit *edit, const char *text)
{
	size_t len = strlen(text), at = 0;

	while (at < len) {
		uint32_t point;
		char bytes[UTF8_MAX + 1] = "";
		size_t used = utf8_decode(text + at, len - at, &point);

		at += used;
		if (point == '\n' && edit->multiline)
			;
		else if (point == '\n' || point == '\t' || point == '\r')
			point = ' ';
		else if (point < ' ' || (point >= 127 && point < 160))
			continue;
		insert(edit, bytes, utf8_encode(point, bytes));
	}
}

static size_t word_left(const struct edit *edit)
{
	size_t at = edit->at;

	while (at > 0 && edit->text[at - 1] == ' ')
		at--;
	while (at > 0 && edit->text[at - 1] != ' ')
		at--;
	return at;
}

static bool move_key(struct edit *edit, key_press key)
{
	switch (key) {
	case K_LEFT:
	case K_CTRL('b'):
		edit->at = text_prev(edit->text, edit->at);
		return true;
	case K_RIGHT:
	case K_CTRL('f'):
		edit->at = text_next(edit->text, edit->at);
		return true;
	case K_HOME:
	case K_CTRL('a'):
		edit->at = 0;
		return true;
	case K_END:
	case K_CTRL('e'):
		edit->at = edit->len;
		return true;
	default:
		return false;
	}
}

bool edit_key(struct edit *edit, key_press key)
{
	char bytes[UTF8_MAX + 1] = "";

	if (move_key(edit, key))
		return true;
	switch (key) {
	case K_BACKSPACE:
		erase(edit, text_prev(edit->text, edit->at), edit->at);
		return true;
	case K_DELETE:
	case K_CTRL('d'):
		erase(edit, edit->at, text_next(edit->text, edit->at));
		return true;
	case K_CTRL('w'):
		erase(edit, word_left(edit), edit->at);
		return true;
	case K_CTRL('u'):
		erase(edit, 0, edit->at);
		return true;
	case K_CTRL('k'):
		erase(edit, edit->at, edit->len);
		return true;
	case K_ENTER | KM_ALT:
		if (edit->multiline)
			insert(edit, "\n", 1);
		return edit->multiline;
	default:
		if (!key_is_text(key))
			return false;
		insert(edit, bytes, utf8_encode(key, bytes));
		return true;
	}
}

/* Moves the first byte shown as little as the cursor needs. */
static void follow(struct edit *edit, int cells)
{
	if (edit->at < edit->left)
		edit->left = edit->at;
	while (text_width_len(edit->text + edit->left, edit->at - edit->left) >= cells &&
	       edit->left < edit->at)
		edit->left = text_next(edit->text, edit->left);
}

void edit_draw(struct edit *edit, const struct canvas *canvas, int row, int col, int cells,
	       enum theme_role role, bool focus)
{
	struct arena *arena = canvas_arena(canvas);
	const char *shown;
	int at;

	follow(edit, cells);
	shown = edit->text + edit->left;
	at = text_width_len(shown, edit->at - edit->left);
	if (edit->hidden) {
		size_t count = utf8_count(edit->text);
		char *stars = arena_alloc(arena, count + 1);

		memset(stars, '*', count);
		shown = count > (size_t)cells ? stars + count - (size_t)cells : stars;
		at = (int)strlen(shown);
	}
	/* Beyond the right end the text goes on without a sign: it scrolls. */
	shown = arena_strndup(arena, shown, text_cut(shown, cells, NULL));
	canvas_fit(canvas, row, col, cells, role, TEXT_LEFT, shown);
	if (focus)
		canvas_cursor(canvas, row, col + (at < cells ? at : cells - 1));
}
