/* A scanner types a number and Enter within milliseconds: that is a look-up,
 * wherever the focus is. Digits are held back for as long as the next one may
 * take to come; a hand is never that fast, and what turns out to be typed by one
 * goes on as it came. Where digits are a number to be looked up anyway, none is held
 * back, and Enter behind a burst looks up just that. What was under way is put aside,
 * drafts and all. Only a prompt, which asks for a line, takes the number as its answer. */
#include <poll.h>

#include "tui/action.h"
#include "tui/app_internal.h"

enum {
	SCAN_LEAST = 8,  /* digits; a person's shortest burst is shorter */
	SCAN_GAP_MS = 15 /* between two keys of a scanner, with room to spare */
};

static bool scan_key(key_press key)
{
	return (key >= '0' && key <= '9') || key == 'X' || key == 'x';
}

static key_press next_key(void)
{
	struct pollfd fd = { .fd = term_fd(), .events = POLLIN };
	key_press key = term_read();

	if (key == K_NONE && poll(&fd, 1, SCAN_GAP_MS) > 0)
		key = term_read();
	return key;
}

static void look_up(struct app *app, const char *text)
{
	struct view *lookup = app_top(app);

	if (app->current == PANE_LOOKUP && park_may(app, lookup))
		park(app, lookup);
	lookup = app_top(app);
	/* Showing it asks for what may have changed: not twice. */
	if (app->current != PANE_LOOKUP || !lookup || !lookup->class->scan)
		app_show_pane(app, PANE_LOOKUP);
	lookup = app_top(app);
	if (lookup && lookup->class->scan)
		lookup->class->scan(lookup, text);
	app->dirty = true;
}

/* A key that is handled at once, whoever sends it; true when it was Enter behind a
 * burst. */
static bool burst_take(struct app *app, key_press key)
{
	const bool quick = app->burst_len && clock_monotonic_ms() - app->burst_at <= SCAN_GAP_MS;
	const int count = quick ? app->burst_len : 0;

	app->burst_len = 0;
	if (key == K_ENTER && count >= SCAN_LEAST) {
		look_up(app, app->burst);
		return true;
	}
	if (((key >= '0' && key <= '9') || (count && scan_key(key))) && count < SCAN_MOST) {
		app->burst[count] = (char)key;
		app->burst[count + 1] = '\0';
		app->burst_len = count + 1;
		app->burst_at = clock_monotonic_ms();
	}
	return false;
}

bool app_scans(const struct app *app)
{
	return app->burst_len > 1;
}

bool scan_take(struct app *app, key_press key)
{
	key_press keys[SCAN_MOST];
	struct view *top = app_top(app);
	char text[SCAN_MOST + 1];
	int count = 0, i;

	if (!top || top->class->takes_scan || app->current == STACK_LOGIN || app->prefix)
		return false;
	if (top->class->numbers && (app->burst_len || top->class->numbers(top)))
		return burst_take(app, key);
	if (key < '0' || key > '9')
		return false;
	while (count < SCAN_MOST && scan_key(key)) {
		keys[count++] = key;
		key = next_key();
	}
	if (count >= SCAN_LEAST && key == K_ENTER) {
		for (i = 0; i < count; i++)
			text[i] = (char)keys[i];
		text[count] = '\0';
		look_up(app, text);
		return true;
	}
	for (i = 0; i < count && !app->quit; i++)
		key_handle(app, keys[i]);
	if (key == K_PASTE_BEGIN)
		app->pasting = true;
	else if (key == K_RESIZE)
		app->dirty = true;
	else if (key != K_NONE && key != K_PASTE_END && !app->quit)
		key_handle(app, key);
	return true;
}
