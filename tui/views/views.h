/* views.h: the views the application starts with. */
#ifndef OV_TUI_VIEWS_VIEWS_H
#define OV_TUI_VIEWS_VIEWS_H

#include "tui/app.h"

extern const struct view_class login_class, lookup_class, card_class, cohorts_class,
	week_class, claims_class, claim_class, rule_class,
	account_class, ledger_class, route_class;

/* The three panes and the login, for struct tui_options. */
extern const struct tui_views overpass_views;

/* Arguments of views that show one thing. */
struct thing_options {
	int64_t id;
	const char *key;  /* its public number, when id is 0 */
	const char *name; /* shown until the answer comes; may be NULL */
	/* The queue it was opened from, for "next"; copied. */
	const int64_t *queue;
	size_t queue_count, queue_at;
};

/* Opens the claim of a number above VIEW; the owner's channel 2 is used. */
void claim_open_by_number(struct view *view, const char *claim_no);

#endif
