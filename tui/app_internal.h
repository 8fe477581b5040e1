/* app_internal.h: the app's own state, for the files app*.c only. */
#ifndef OV_TUI_APP_INTERNAL_H
#define OV_TUI_APP_INTERNAL_H

#include "tui/action.h"
#include "tui/app.h"
#include "tui/recent.h"
#include "tui/settings.h"
#include "tui/term.h"

enum {
	PARKED_MAX = 9,
	STACK_LOGIN = PANES,
	STACK_PARKED = PANES + 1, /* people put aside, the first of PARKED_MAX */
	STACKS = STACK_PARKED + PARKED_MAX,
	PASTE_MAX = 1 << 20,
	FRAMES_MS = 20,      /* the least time that two frames take */
	FRAMES_SLOW_MS = 200, /* on a slow line */
	HELD_KEYS = 6,        /* presses of one key, each within HELD_GAP_MS: it is held */
	HELD_GAP_MS = 20,
	SCAN_MOST = 32,       /* digits of a scanner */
	HELD_MS = 200         /* the least time between two frames meanwhile */
};

struct app {
	struct tui_options options;
	struct worker *worker;
	struct theme theme;
	struct keymap keymap;
	struct canvas_frame *frame;
	struct view *stack[STACKS]; /* tops */
	int current;                /* index of the stack shown */
	enum pane pane;             /* to come back to after the login */
	struct view *dead;          /* closed in this turn, freed at its end */
	uint64_t serial;
	struct buf paste;
	bool pasting, prefix;
	key_press key; /* the one whose action runs */
	long count;    /* typed before it: 3j; 0: none */
	enum pane parked_pane[PARKED_MAX];
	uint64_t parked_since[PARKED_MAX]; /* of `serial`: who came first */
	bool locked;      /* the same person may unlock it; nothing is said */
	int64_t typed_at; /* clock_monotonic_ms() of the last key */
	key_press typed;  /* that key, and how often it came again without a pause */
	int repeats;
	char burst[SCAN_MOST + 1]; /* digits that came as quickly as a scanner's, in a number's own field */
	int burst_len;
	int64_t burst_at; /* the last of them */
	int lock_seconds; /* 0: never by itself */
	struct settings settings; /* the person's, null where none */
	struct arena settings_arena;
	enum cursor_style cursor;
	bool dirty, quit, low_bandwidth, repainted;
	bool hung_up;
	int signals;
	int64_t painted_at, painted_before; /* clock_monotonic_ms() of two frames */
	int silent; /* readable input that gave no key, in a row */
	struct actor actor;
	char actor_name[128];
	char where[96]; /* the store's file or server */
	char said[768];
	enum theme_role said_role;
	char language[16];
	struct undo undo;
	struct recent recent;
	struct buf kept; /* the draft of the form closed last, or nothing */
};

/* app_draw.c */
void app_draw(struct app *app);
/* Milliseconds until the day in the title changes, -1 when it stands. */
int app_clock_wait(const struct app *app);

/* app_line.c: how it stands with the store, and what it waits for. */
const char *line_text(struct app *app, struct arena *arena, enum theme_role *role);
/* Milliseconds until line_text() changes by itself, -1 when it stands. */
int line_wait(struct app *app);
/* Esc while the line lets somebody wait: true when it was taken for that. */
bool line_stop(struct app *app);
/* The session has ended meanwhile: who works here is asked again. */
void line_check(struct app *app, const struct error *err);

/* app_lock.c: milliseconds until the screen locks itself, -1 for never. */
int lock_wait(const struct app *app);
void lock_check(struct app *app);

/* app_person.c: what the program was started with. */
void settings_start(struct app *app);

/* app_drafts.c: the text of a view's draft; false when there is none. */
bool draft_text(struct view *view, struct buf *out);

/* app_actions.c: is there unsaved work in the views from TOP down? */
bool stack_has_draft(struct view *top);

/* app_park.c: "1 王小明  2 李四": who was put aside; "" for nobody. */
const char *parked_text(const struct app *app, struct arena *arena);

/* app_scan.c: gathers what a scanner types: digits faster than any hand, then
 * Enter. True when KEY was one of them; then what it was has been handled. */
bool scan_take(struct app *app, key_press key);

/* app.c: one key, as if typed. */
void key_handle(struct app *app, key_press key);

/* app_stack.c */
struct view *stack_push(struct app *app, int stack, const struct view_class *class,
			const void *arg, uint64_t opener, int tag);
struct view *stack_find(const struct app *app, uint64_t serial);
void stack_sweep(struct app *app);
void stack_close(struct app *app, int stack);
void stack_close_all(struct app *app);

#endif
