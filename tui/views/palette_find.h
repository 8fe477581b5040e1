/* palette_find.h: what the palette finds besides commands: learners, cohorts
 * and claims by number, name or pinyin. All of it is done by the worker; the
 * view copies out what it shows. */
#ifndef OV_TUI_VIEWS_PALETTE_FIND_H
#define OV_TUI_VIEWS_PALETTE_FIND_H

#include "core/store/store.h"
#include "tui/worker.h"

enum { FOUND_EACH = 5 /* of a kind; there is a pane for more */ };

enum found_kind { FOUND_LEARNER, FOUND_COHORT, FOUND_CLAIM, FOUND_KINDS };

struct found {
	enum found_kind kind;
	int64_t id;
	const char *name;  /* what its view is called until it is read */
	const char *shown; /* a line */
};

/* Read once when the palette opens: cohorts, and the claims that wait for this
 * person. In one arena. */
struct palette_world {
	const struct cohort **cohorts;
	const struct claim_row **claims;
	size_t cohort_count, claim_count;
};

/* A job that reads the world; its answer is the struct palette_world. What the
 * person may not read is left out. */
struct job *palette_world_job(void);

struct palette_answer {
	struct found item[FOUND_KINDS * FOUND_EACH]; /* learners, cohorts, claims */
	size_t count;
};

/* A job that looks for TEXT; WORLD is copied into it. Its answer is a struct
 * palette_answer. */
struct job *palette_find_job(const char *text, const struct palette_world *world);

#endif
