/* choices.h: the records a reference can be set to, by the names people use. */
#ifndef OV_TUI_VIEWS_CHOICES_H
#define OV_TUI_VIEWS_CHOICES_H

#include "core/model/kind.h"
#include "tui/worker.h"

enum { CHOICES_MAX = 500 };

struct choices {
	struct arena arena;
	size_t count;
	int64_t *id;
	const char **text; /* "GX-002  Mathematics" */
};

/* A job that reads up to CHOICES_MAX records of a kind; learners are searched
 * by TYPED. The caller sets done() and takes the answer there. */
struct job *choices_job(enum kind kind, const char *typed);
void choices_take(struct choices *choices, struct job *job);
void choices_release(struct choices *choices);

/* What a record is called: its code or number, and its name. */
const char *record_name(const struct field_table *table, const void *record,
			struct arena *arena);

#endif
