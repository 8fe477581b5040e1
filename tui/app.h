/* app.h: the application's loop and its stack of views.
 *
 * One thread, one poll: keys, finished jobs, signals and timers come in, each
 * changes state, and one frame is painted for the whole batch. There are
 * three panes, each with its own stack of views; dialogs lie on top of the
 * pane that opened them. */
#ifndef OV_TUI_APP_H
#define OV_TUI_APP_H

#include <stdbool.h>
#include <stdio.h>

#include "core/base/civil.h"
#include "core/base/error.h"
#include "core/model/permission.h"
#include "tui/view.h"
#include "tui/worker.h"

enum pane { PANE_LOOKUP, PANE_COHORTS, PANE_CLAIMS, PANES };

enum cursor_style { CURSOR_AUTO, CURSOR_MARKER, CURSOR_BAR };

/* The views that are there from the start. */
struct tui_views {
	const struct view_class *pane[PANES];
	const struct view_class *login; /* NULL: nobody needs to log in (tests) */
};

/* Everything the program's main() decides; copied pointers stay the caller's
 * and live as long as the app. */
struct tui_options {
	struct store_source source;
	const char *login, *password; /* NULL: the login view asks */
	const char *store_name;       /* shown in the title: "demo", a host */
	const char *theme;            /* NULL: "night" */
	const char *language;         /* "zh_CN", "en" or NULL: the locale's */
	const char *data_dir;         /* holds themes/ and data/keys.ini; may be NULL */
	const char *user_dir;         /* the user's configuration; may be NULL */
	const char *system_dir;       /* the system's; may be NULL */
	const char *planner_file;     /* limits and weights of a timetable; NULL: data/planner.ini */
	const char *state_dir;        /* drafts go here; NULL: none are kept */
	enum cursor_style cursor;
	int escdelay;                 /* ms; 0: 25, or ESCDELAY of the environment */
	int reveal_seconds;           /* 0: 20 */
	int lock_seconds;             /* without a key; 0: only by hand */
	bool theme_given, language_given, cursor_given; /* go before a person's settings */
	bool may_copy;                /* numbers, to the terminal's clipboard */
	bool ambiguous_wide;
	struct ov_clock clock;
	const struct tui_views *views;
	/* For tests without a terminal: streams and terminal type. */
	FILE *in, *out;
	const char *term;
};

struct keymap;
struct recent;
struct settings;
struct session_info;

struct app *app_new(const struct tui_options *options, struct error *err);
void app_free(struct app *app);

/* One turn: waits at most timeout_ms (-1: for ever) for something to happen,
 * handles all that came and paints once if needed. False when the app ends. */
bool app_turn(struct app *app, int timeout_ms);
/* Nothing is under way: every question answered and painted. For tests. */
bool app_settled(struct app *app);

/* Runs until the person leaves or the line drops. Returns 0 or an OV_E… code. */
int tui_main(const struct tui_options *options, struct error *err);

/* --- views --- */

/* Opens a view above the top of the current pane. */
struct view *app_push(struct app *app, const struct view_class *class, const void *arg);
/* Opens a dialog whose answer goes to OPENER with TAG. */
struct view *app_ask(struct view *opener, int tag, const struct view_class *class,
		     const void *arg);
/* Closes the view and all above it. */
void app_close(struct view *view);
/* Closes a dialog and gives the answer to its opener. */
void app_answer(struct view *dialog, const struct view_answer *answer);
/* Opens a view of CLASS on a stack put aside: somebody waits. */
void queue_add(struct view *view, const struct view_class *class, const void *arg);
void app_show_pane(struct app *app, enum pane pane);
enum pane app_pane(const struct app *app);
struct view *app_top(const struct app *app);
/* The list whose marker VIEW moves, or NULL; the marker on a row of it, and the
 * view is told when it moved. */
struct table *list_of(struct view *view);
void list_select(struct view *view, size_t row);
void app_quit(struct app *app);
/* Masks what is in clear and asks for the password again. Somebody else who
 * logs in finds nothing of this person's views. */
void app_lock(struct app *app);
/* The same person is back. */
void app_unlock(struct app *app);
/* Keeps a form that is closed unsaved, until the program ends. */
void app_keep_draft(struct view *view);
struct buf *app_kept_draft(struct app *app); /* empty when there is none */
void app_save_and_quit(struct app *app); /* keeps the drafts */

/* --- what views ask of the app --- */

void app_submit(struct view *view, struct job *job);
void app_cancel(struct view *view, int channel);
void app_repaint(struct app *app);    /* state changed outside a key or answer */
/* Calls the view's wake() once after that time; 0 forgets it. */
void app_wake(struct view *view, int ms);
/* One line under the body until the next key. ERR's message and next step. */
void app_say(struct app *app, enum theme_role role, const char *text);
/* Behind what is said already. */
void app_say_also(struct app *app, enum theme_role role, const char *text);
void app_say_error(struct app *app, const struct error *err);

const struct tui_options *app_options(const struct app *app);
const struct keymap *app_keymap(const struct app *app);
const struct ov_clock *app_clock(const struct app *app);
bool app_low_bandwidth(const struct app *app);
/* Do digits come as quickly as from a scanner just now? More are near then. */
bool app_scans(const struct app *app);
bool app_cursor_bar(const struct app *app); /* lists show the selection in bold */
const char *app_theme_name(const struct app *app);
int app_set_theme(struct app *app, const char *name, struct error *err);
void app_set_language(struct app *app, const char *language);
const char *app_language(const struct app *app);

/* What holds now of tui/settings.h; texts are the app's. */
void app_settings_now(const struct app *app, struct settings *out);
/* Applies and keeps a person's settings; on an error those before hold. */
int app_settings_take(struct app *app, const struct settings *settings, struct error *err);

/* What "undo" would do for the last command of this desk; NAME must be a
 * static text, NULL when there is nothing to undo. views/undo.h makes it. */
struct undo {
	const char *name;
	const char *why; /* N_(), static: why there is no name */
	int64_t target, rev;
	int64_t at_ms;   /* clock_monotonic_ms() when it was done */
	char about[128];
	bool ready;      /* done at once with these arguments, without a form */
	char args[1024]; /* "name=value" lines */
};
void app_set_undo(struct app *app, const char *name, int64_t target, int64_t rev,
		  const char *about);
/* After app_set_undo(): the arguments it takes, or why it can't be undone. */
void app_set_undo_args(struct app *app, const char *args);
void app_set_undo_why(struct app *app, const char *why);
const struct undo *app_undo(const struct app *app); /* NULL: nothing was done */

/* Who is logged in (from the store's answer); user_id 0 when nobody. */
const struct actor *app_actor(const struct app *app);
void app_set_actor(struct app *app, const struct actor *actor, const char *name);
/* Learners this person opened last, and pinned ones. */
struct recent *app_recent(struct app *app);
/* What the title bar calls the store. */
void app_set_where(struct app *app, const char *where);

#endif
