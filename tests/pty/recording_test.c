/* The recording in docs/ shows what play_test plays, to its end. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "tests/screen/cmocka.h"
#include "tests/screen/vt.h"

enum { ROWS = 24, COLS = 80 };

/* The text of an output event into the screen; true when LINE is one. */
static bool event_show(struct vt *vt, const char *line, struct buf *text)
{
	const char *at = strstr(line, "\"o\", \"");

	buf_clear(text);
	if (!at)
		return false;
	for (at += 6; *at && *at != '"'; at++) {
		char code[5] = "";

		if (*at != '\\') {
			buf_char(text, *at);
		} else if (at[1] == 'u') {
			memcpy(code, at + 2, 4);
			buf_char(text, (char)strtol(code, NULL, 16));
			at += 5;
		} else {
			buf_char(text, *++at);
		}
	}
	vt_write(vt, text->bytes, text->len);
	return true;
}

static void the_recording_plays_to_the_end(void **state)
{
	static const char *const shows[] = {
		"Draft -> Submitted", "Verified -> First review passed",
		"Approved -> Posted", "Posted -> Revoked", "reversal",
	};
	const char *root = getenv("OV_SRCDIR");
	struct arena arena = ARENA_INIT;
	const char *path = arena_printf(&arena, "%s/docs/claim-life.cast", root ? root : ".");
	FILE *cast = fopen(path, "r");
	struct vt *vt = vt_new(ROWS, COLS);
	struct buf text = BUF_INIT;
	size_t shown = 0, cap = 0;
	char *line = NULL;

	(void)state;
	assert_non_null(cast);
	while (getline(&line, &cap, cast) > 0) {
		assert_null(strstr(line, "/tmp"));
		if (event_show(vt, line, &text) && shown < 5 && vt_shows(vt, shows[shown]))
			shown++;
	}
	assert_int_equal(shown, 5);
	fclose(cast);
	free(line);
	vt_free(vt);
	buf_release(&text);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_recording_plays_to_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
