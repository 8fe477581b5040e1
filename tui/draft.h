/* draft.h: unsaved work that outlives a hang-up.
 *
 * One file per view in the state directory (mode 0600), named by view and
 * number, in lines of "key=value" with \n and \\ escaped. The first line says
 * the format, the second which view can open it again. */
#ifndef OV_TUI_DRAFT_H
#define OV_TUI_DRAFT_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/error.h"

struct app;
struct view_class;

enum { DRAFT_VALUES_MAX = 128, DRAFT_FILE_MAX = 1 << 20, DRAFTS_MAX = 32 };

struct draft {
	const char *view;     /* name of the class that wrote it */
	const char *path;     /* of the file; NULL when parsed from memory */
	size_t count;
	const char *key[DRAFT_VALUES_MAX], *value[DRAFT_VALUES_MAX];
};

/* The first two lines. */
void draft_head(struct buf *out, const char *view);
/* Adds a line; what view_class.draft() calls. */
void draft_put(struct buf *out, const char *key, const char *value);
const char *draft_get(const struct draft *draft, const char *key); /* NULL */

/* Reads what draft_put() wrote; OV_EINPUT for anything else. */
int draft_parse(const char *text, size_t len, struct arena *arena, struct draft *draft,
		struct error *err);

/* Saves the drafts of all views; returns how many. Says nothing: the line may
 * be gone. */
int drafts_save(struct app *app);
/* What was kept: fills at most `max`, returns the count. Damaged files are
 * left alone and not counted. */
size_t drafts_load(const char *state_dir, struct arena *arena, struct draft *list, size_t max);
/* Empties a draft's text, and wipes it: it may hold personal data. */
void draft_forget(struct buf *text);
void draft_delete(const struct draft *draft);
/* At the start: says that there are drafts and how to open them. */
void drafts_announce(struct app *app);

#endif
