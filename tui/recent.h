/* recent.h: the learners a person opened last, and those kept on top by choice,
 * shown before a key is typed. A list of ids in the person's own state folder,
 * one file for each person and store: no name, no number is kept. */
#ifndef OV_TUI_RECENT_H
#define OV_TUI_RECENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"

enum { RECENT_MAX = 20 };

struct recent {
	char path[512]; /* "": nothing is kept */
	size_t count;
	struct recent_entry {
		int64_t id;
		bool pinned; /* stays, and stands first */
	} entry[RECENT_MAX];
};

/* Reads the list of LOGIN at STORE; a missing or broken file is an empty one. */
void recent_load(struct recent *recent, const char *state_dir, const char *store,
		 const char *login);
/* ID was opened: first of those not pinned; the oldest goes. Saves. */
void recent_opened(struct recent *recent, int64_t id);
/* Pins ID or lets it go; true when it is pinned now. Saves. */
bool recent_pin(struct recent *recent, int64_t id);
/* "#7 #3": the text that searches exactly these (core/store/search.h). */
const char *recent_query(const struct recent *recent, struct arena *arena);

#endif
