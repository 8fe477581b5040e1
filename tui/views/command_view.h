/* command_view.h: the form of any command of the command table.
 *
 * Its fields are the command's arguments. What the command would do (the
 * rule's arithmetic, conflicts, warnings, refusals) is asked of the store when
 * the form opens and whenever a field is left, and stands below the fields
 * before anything is saved. The idempotency key is made when the form opens. */
#ifndef OV_TUI_VIEWS_COMMAND_VIEW_H
#define OV_TUI_VIEWS_COMMAND_VIEW_H

#include "core/store/command.h"
#include "tui/view.h"

struct draft;

/* An argument that is known already. */
struct command_preset {
	const char *name, *text;
	const char *shown; /* what a reference's id stands for, or NULL */
	bool fixed;        /* the person can't change it */
};

struct command_options {
	const struct command_def *def;
	int64_t target, rev;   /* 0 and OV_NULL with CMD_NEW */
	const char *about;     /* "C-20931 王小明": beside the title; may be NULL */
	const void *seen;      /* the target as the person saw it, or NULL */
	const struct command_preset *presets;
	size_t preset_count;
	const struct draft *draft; /* opened again from a draft, or NULL */
};

extern const struct view_class command_class;

/* Opens the form of the command NAME, or says why it can't be: a command this
 * program doesn't know, or one the person has no permission for. */
void command_open(struct view *opener, int tag, const char *name,
		  const struct command_options *options);
/* The form of a command that makes something of the thing ID, which goes into the
 * argument FIELD and is called ABOUT. */
void command_open_of(struct view *opener, int tag, const char *name, const char *field,
		     int64_t id, const char *about);
/* The options' def is found by name; false when there is none. */
bool command_permitted(struct app *app, const struct command_def *def);

#endif
