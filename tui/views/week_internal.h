/* week_internal.h: the week view's state, shared by week_view.c (asking and
 * drawing), week_members.c and week_meeting.c (what is done to meetings). */
#ifndef OV_TUI_VIEWS_WEEK_INTERNAL_H
#define OV_TUI_VIEWS_WEEK_INTERNAL_H

#include "tui/action.h"
#include "tui/table.h"
#include "tui/views/card_job.h"
#include "tui/views/views.h"
#include "tui/views/week_grid.h"

enum { WEEK_TAG_CHANGED = 1, WEEK_TAG_PUBLISH, WEEK_CHANNEL_CARD = 1, WEEK_CHANNEL_CHANGE };

struct week_view {
	struct view view;
	struct card card;
	struct week_grid grid;
	/* Whose week: a cohort by id, or "room:CODE", "teacher:ID", "student:NUMBER",
	 * "cohort:CODE". */
	int64_t id;
	char key[64];
	int64_t monday;
	char name[64];
	char student[40]; /* "student:NUMBER" that was looked at last, "" none */
	int row, day, top;
	bool members; /* the list of members is shown */
	bool placed;  /* the marker stands where it was put */
	int64_t seek; /* the meeting to put the marker on, 0 none */
	int64_t exchange_id, exchange_rev; /* the meeting that was picked up, 0 none */
	char exchange_about[96];
	struct table table;
};

/* The list of members; week_members.c. */
void week_members_table(struct week_view *self);
bool week_of_cohort(const struct week_view *self);
/* The meeting under the marker, NULL when there is none. */
const struct session_slot *week_slot_here(const struct week_view *self);
void week_reload(struct view *view);
/* Publishes all that can be, as one; week_meeting.c. */
void week_publish_all(struct week_view *self);

#endif
