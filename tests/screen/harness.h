/* harness.h: the application on a terminal of the test's own.
 *
 * The app runs in this process, its terminal is a pair of pipes with a
 * libvterm screen behind them. Keys go in, the app's own loop turns until it
 * is at rest, then the screen is compared with a golden file: text,
 * attributes and cursor. No clock, no sleep: the store's clock stands.
 *
 * UPDATE_GOLDEN=1 writes the golden files instead. */
#ifndef OV_TESTS_SCREEN_HARNESS_H
#define OV_TESTS_SCREEN_HARNESS_H

#include "tui/app.h"

struct screen;

struct screen_options {
	int rows, cols;
	const char *language;      /* "en", "zh_CN" */
	const char *theme;         /* NULL: mono */
	const struct tui_views *views;
	struct store_source source;
	const char *login;
	const char *state_dir, *user_dir;
	enum cursor_style cursor;
};

struct screen *screen_open(const struct screen_options *options);
void screen_close(struct screen *screen);
/* The application itself, for what a test can't wait for. */
struct app *screen_app(struct screen *screen);
/* Names of keys with blanks between them ("Down C-p Enter"), as in keys.ini. */
void screen_keys(struct screen *screen, const char *keys);
/* Each character as a key. */
void screen_type(struct screen *screen, const char *text);
/* Bytes as a terminal sends them. */
void screen_bytes(struct screen *screen, const char *bytes, size_t len);
/* The line drops. */
void screen_hang_up(struct screen *screen);
/* Turns the loop until nothing is under way; fails the test after 10 s. */
void screen_settle(struct screen *screen);
/* Waits for a view's wake-up (a debounce) too. */
void screen_settle_wakes(struct screen *screen);
/* Bytes the app wrote to the terminal since the last call. */
size_t screen_written(struct screen *screen);
bool screen_ended(const struct screen *screen); /* the app has left */

/* Compares with tests/screen/golden/NAME.txt. */
void screen_golden(struct screen *screen, const char *name);
/* What the app put into the terminal's clipboard since the last call, as it was
 * sent (base64); "" for nothing. */
const char *screen_clipboard(struct screen *screen);
/* Is TEXT on the screen? */
bool screen_shows(struct screen *screen, const char *text);
/* One row's text, without blanks at its end; the caller's until the next call. */
const char *screen_row(struct screen *screen, int row);
void screen_cursor(struct screen *screen, int *row, int *col);

#endif
