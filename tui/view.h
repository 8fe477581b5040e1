/* view.h: what a screen, a card or a dialog is.
 *
 * A view is state plus a class of functions. It never waits and never runs a
 * loop: keys come in through its actions (tui/action_list.h) and its key()
 * slot, answers of the store through jobs (tui/worker.h), and draw() shows
 * the state, whole, each time. Drawing has no effect on state except what
 * depends on the size (a list's scroll).
 *
 * How to write one (views/dialog_view.c has short ones):
 *   1. struct claims_view { struct view view; … } — struct view comes first;
 *   2. a `const struct view_class` with .name, .title, .contexts, .size and
 *      the slots it needs;
 *   3. rows in action_list.h for its keys: F1 help, the key bar and the
 *      palette then know them;
 *   4. app_push(app, &claims_class, arg) or app_pane() opens it.
 *
 * Asking the store: job_new(), fill in run() (worker thread: sees only the
 * job and the store) and done() (main thread: puts the answer into the view),
 * then app_submit(view, job). If the view closes before the answer comes,
 * done() isn't called and the job is freed. A job on a `channel` replaces the
 * one of the same view and channel before it, and cancels it when it is under
 * way: so a letter typed supersedes the search of the letter before. */
#ifndef OV_TUI_VIEW_H
#define OV_TUI_VIEW_H

#include "core/base/buf.h"
#include "tui/canvas.h"
#include "tui/key.h"

struct app;
struct claim_part; /* views/claim_part.h */
struct form_part; /* views/form_part.h */
struct outcome; /* core/store/store.h */
struct record_list;
struct table;
struct view;

/* What a dialog tells the view that opened it. */
struct view_answer {
	bool ok;          /* false: closed with Esc */
	size_t index;     /* pick list: the row; confirmation: 0 */
	const char *text; /* prompt: what was typed; "" otherwise */
	const struct record_list *rows; /* list editor: the rows, else NULL */
	const void *record;   /* row form: the record, else NULL */
	const struct outcome *outcome; /* command form: what was done, else NULL */
};

struct view_class {
	const char *name;  /* "lookup": for drafts and tests, stable */
	const char *title; /* N_(): in the title bar and the help */
	unsigned contexts; /* CTX_ bits of tui/action.h: which keys it has */
	size_t size;       /* of its struct, zeroed before open() */
	bool overlay;      /* a dialog: the view below is drawn first */
	bool light;        /* what is below can't have changed by it: not asked for again */
	bool takes_scan;   /* it asks for a line: a scanned number is the answer */

	/* All slots may be NULL. */
	void (*open)(struct view *view, const void *arg);
	void (*close)(struct view *view); /* frees what it owns, not the view */
	void (*draw)(struct view *view, const struct canvas *canvas);
	/* The line of messages, instead of what was said last. */
	void (*line)(struct view *view, const struct canvas *canvas);
	/* Keys no action took: text, editing. True when it was used. */
	bool (*key)(struct view *view, key_press key);
	/* A text field has the focus: keys go to key() before actions. */
	bool (*typing)(const struct view *view);
	/* The list whose marker the list actions move; moved() follows a move,
	 * enter() is Enter on a row. */
	struct table *(*list)(struct view *view);
	void (*moved)(struct view *view);
	void (*enter)(struct view *view);
	/* The days of a week side by side: the marker goes by rows, by days, or
	 * all of it by weeks. False when none is shown now; by nothing only asks. */
	bool (*grid)(struct view *view, int by_row, int by_day, int by_week);
	/* The form the form actions work on; formed() follows a change, save()
	 * is the wish to save it. */
	struct form_part *(*form)(struct view *view);
	void (*formed)(struct view *view);
	void (*save)(struct view *view);
	/* The claim the claim actions work on. */
	struct claim_part *(*claim)(struct view *view);
	/* Pasted text (one string, line ends inside); not typed, not obeyed. */
	void (*paste)(struct view *view, const char *text);
	/* The digits typed now are a number that is looked up: they need not be held
	 * back until it is known whether a scanner sends them. */
	bool (*numbers)(const struct view *view);
	/* A number was scanned: look it up and open it when it is one. */
	void (*scan)(struct view *view, const char *text);
	/* A dialog this view opened with TAG has ended. */
	void (*answer)(struct view *view, int tag, const struct view_answer *answer);
	/* Esc while its own job runs: stops it and says so, instead of the line
	 * being cut (app_line.c). False when nothing of it runs. */
	bool (*stop)(struct view *view);
	/* It is the top view (again): ask for what may have changed. */
	void (*resume)(struct view *view);
	/* Time asked for with app_wake() has come. */
	void (*wake)(struct view *view);
	/* Personal values in clear must be masked now (suspend, lock). */
	void (*mask)(struct view *view);
	/* Unsaved work, as lines of draft.h; adds nothing when there is none. */
	void (*draft)(struct view *view, struct buf *out);
	/* The number of what the marker stands on, for the clipboard; NULL and a
	 * translated sentence in *why when it is none or personal. */
	const char *(*copy)(struct view *view, struct arena *arena, const char **why);
	/* Text at the right of the title bar (a count), or NULL. */
	const char *(*status)(struct view *view, struct arena *arena);
};

struct view {
	const struct view_class *class;
	struct app *app;
	struct view *below;  /* in its stack */
	uint64_t serial;     /* never used again by another view */
	uint64_t opener;     /* serial of the view that gets the answer */
	int tag;             /* the opener's name for this question */
	int64_t wake_at;     /* clock_monotonic_ms(), 0: none */
};

#endif
