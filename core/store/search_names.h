/* search_names.h: the names that lines have numbers for, kept in memory: code
 * and name of programmes and cohorts, sums of curricula, shift patterns, work
 * places. Read when first asked for; forgotten when the change feed says that
 * one of them was written, by whatever process. */
#ifndef OV_STORE_SEARCH_NAMES_H
#define OV_STORE_SEARCH_NAMES_H

#include "core/db/db.h"
#include "core/store/search_line.h"

enum search_named {
	NAMED_PROGRAMME, NAMED_CURRICULUM, NAMED_COHORT, NAMED_PATTERN, NAMED_WORK, NAMED_COUNT
};

struct search_name {
	const char *text[3]; /* code, name; of a work place plant, workshop, post */
	int64_t number;      /* least credits of a curriculum */
	const char *hay;     /* all that a word may be found in, folded; made when needed */
	bool known, there;
};

struct search_names;

struct search_names *search_names_new(void);
void search_names_free(struct search_names *names); /* NULL is fine */

/* Before each search: forgets what is out of date. What is read until LOOK is reset
 * is one state of the database (db_look_at()); NULL after an error. */
int search_names_check(struct search_names *names, struct db *db, struct stmt **look,
		       struct error *err);
/* NULL for id 0, for one that isn't there and when the database fails. */
const struct search_name *search_names_get(struct search_names *names, struct db *db,
					   enum search_named kind, int64_t id);

/* Can a name begin with a digit? 1, 0 when the index says no, or an error. */
int search_names_digits(struct search_names *names, struct db *db, struct error *err);

/* NULL when there is no such group or the database fails. */
const struct search_group *search_names_group(struct search_names *names, struct db *db,
					      int64_t id);

/* Which ids of each kind a word fits: a second word that narrows a search. */
struct search_narrow {
	const uint8_t *fits[NAMED_COUNT]; /* by id */
	size_t count[NAMED_COUNT];
};

/* WORD is folded. A part of code or name, of its pinyin or of its initials. */
int search_names_match(struct search_names *names, struct db *db, const char *word,
		       struct arena *arena, struct search_narrow *narrow, struct error *err);
/* Does one of the line's names fit? Work and shift count with WORK only. */
bool search_narrow_fits(const struct search_narrow *narrow, const struct search_line *line,
			const struct search_group *group, bool work);

#endif
