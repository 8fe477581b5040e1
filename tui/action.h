/* action.h: the one table of what keys do.
 *
 * A row of action_list.h says name, default keys, contexts, label of the key
 * bar, help, precondition and handler. The key bar, the F1 help, the command
 * palette and keys.ini are made from it. data/keys.ini may give a row other
 * keys:
 *
 *	[keys]
 *	claim.approve = a, F6
 *
 * A key is looked up among the rows whose context the view has, first row
 * first; a row whose precondition is false is passed over. While a text field
 * has the focus, the view's key() comes first and takes every character. */
#ifndef OV_TUI_ACTION_H
#define OV_TUI_ACTION_H

#include "core/base/i18n.h"
#include "tui/app.h"
#include "tui/view.h"

/* Contexts: what a view is, for its keys. A view has several. */
enum {
	CTX_APP = 1 << 0,     /* everywhere, also in dialogs and text fields */
	CTX_PANE = 1 << 1,    /* a pane or a card: not in dialogs */
	CTX_LIST = 1 << 2,    /* moves a marker through rows */
	CTX_LOOKUP = 1 << 3,
	CTX_CARD = 1 << 4,
	CTX_COHORTS = 1 << 5,
	CTX_WEEK = 1 << 6,
	CTX_CLAIMS = 1 << 7,
	CTX_CLAIM = 1 << 8,
	CTX_FORM = 1 << 9,
	CTX_DIALOG = 1 << 10, /* Esc closes it */
	CTX_CONFIRM = 1 << 11,
	CTX_ROWS = 1 << 12,    /* rows of a list being edited */
	CTX_DECIDE = 1 << 13,  /* a step on a claim */
	CTX_EVIDENCE = 1 << 14,
	CTX_BATCH = 1 << 15,
	CTX_ACCOUNT = 1 << 16,
	CTX_LEDGER = 1 << 17,
	CTX_ROUTE = 1 << 18,
	CTX_PLACE = 1 << 19,   /* a meeting is being put down */
	CTX_ROLL = 1 << 20,
	CTX_LOAD = 1 << 21,
	CTX_PIECE = 1 << 22,   /* a file of evidence */
	CTX_PLANS = 1 << 23,   /* drafts of timetables */
	CTX_PLAN = 1 << 24,    /* one of them */
	CTX_PLAN_RUN = 1 << 25, /* one is being made */
	CTX_WISHES = 1 << 26,  /* of a teacher */
	CTX_FIND = 1 << 27     /* letters that a row of the list below has */
};

enum action_id {
#define A(id, name, keys, contexts, bar, help, when, handler) ACTION_##id,
#include "tui/action_list.h"
#undef A
	ACTION_COUNT
};

enum { ACTION_KEYS_MAX = 9 };

typedef void action_handler(struct app *app, struct view *view);
typedef bool action_condition(struct app *app, struct view *view);

struct action {
	const char *name;     /* "claim.approve": keys.ini, palette, tests */
	const char *keys;     /* default keys, comma separated, "" for none */
	unsigned contexts;
	const char *bar;      /* N_(): two words for the key bar, NULL: not there */
	const char *help;     /* N_(): one line */
	action_condition *when; /* NULL: always */
	action_handler *handler;
};

#define A(id, name, keys, contexts, bar, help, when, handler) action_handler handler;
#include "tui/action_list.h"
#undef A
/* Preconditions; defined beside their handlers. */
action_condition pane_can_go_back, row_selected, list_opens, list_can_find, form_can_pick, drafts_kept, undo_there, undo_not_there, queue_may,
	grid_there, week_is_grid, week_is_members, week_is_teacher, wish_selected, week_has_member, week_has_meeting, week_has_picked,
	week_may_members, roll_has_line, claim_has_next, ledger_may, park_may, recall_may,
	piece_there, ledger_has_older, ledger_has_newer, route_may, feed_may, notice_may, graduation_may,
	plans_may, plans_may_change, plan_may_publish, plan_may_unpublish;

const struct action *action_get(enum action_id id);
enum action_id action_find(const char *name); /* ACTION_COUNT: none */

/* Keys in use: the defaults, or those of keys.ini. */
struct keymap {
	key_press key[ACTION_COUNT][ACTION_KEYS_MAX];
};

void keymap_init(struct keymap *map);
/* Sets the keys of an action from "a, F6". Names the wrong one in ERR. */
int keymap_set(struct keymap *map, enum action_id id, const char *keys, struct error *err);
int keymap_load(struct keymap *map, const char *path, struct error *err);

/* The action of KEY in VIEW, ACTION_COUNT when there is none. */
enum action_id action_lookup(struct app *app, struct view *view, key_press key);
/* Is it offered in VIEW now? */
bool action_offered(struct app *app, struct view *view, enum action_id id);
/* Can this name begin a two-key sequence? */
bool key_is_prefix(key_press key);

#endif
