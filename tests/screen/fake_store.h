/* fake_store.h: a store with a few fixed records, so that a screen test sees
 * the same world whatever the demo world becomes. What is written is counted,
 * not kept. */
#ifndef OV_TESTS_SCREEN_FAKE_STORE_H
#define OV_TESTS_SCREEN_FAKE_STORE_H

#include "core/store/commands/feed_args.h"
#include "tui/worker.h"

struct fake_world {
	int searches, cards, assessed, executed;
	bool conflict_once; /* the next execute answers OV_ECONFLICT */
	bool refuse;        /* assess and execute answer a refusal */
	bool secured;       /* no demo world: its logins have passwords, "geheim" */
	int refuse_as;      /* its enum reason; 0: SM_FOUR_EYES */
	const char *file;   /* of the piece that has one; NULL: the beginning of a PDF */
	int file_refused;   /* enum reason why it isn't handed out, 0: it is */
	size_t members;       /* of a cohort, besides its own */
	bool long_names;      /* cohorts, courses, people and rooms with names of 200 cells */
	const char *feed_url; /* of a feed that is made; NULL: its own, "": the answer was lost */
	char last_command[40], last_text[64];
};

/* The world is the caller's and lives as long as the app. Any login but
 * "nobody" is right; the role is the part before the dot. */
struct store_source fake_source(struct fake_world *world);

/* fake_week.c: what is asked about a week. */
int fake_week_card(const struct card_request *request, struct arena *arena,
		   struct bundle *bundle);
/* The second meeting of the lesson of the first one in the week. */
extern const struct session_slot fake_twin;
/* Makes what a cohort's card holds as large as the world says. */
void fake_week_swell(const struct fake_world *world, struct bundle *bundle);
/* A feed that was made, and its address. */
void fake_week_feed(const struct fake_world *world, const struct feed_create_args *args,
		    struct outcome *outcome);
/* Terms, and drafts of their timetables; 0 rows of another kind. */
void fake_week_find(enum kind kind, struct arena *arena, struct page *page);

#endif
