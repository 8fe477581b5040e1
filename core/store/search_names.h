/* search_names.h: the names that lines have numbers for, kept in memory: code
 * and name of programmes and cohorts, sums of curricula, shift patterns, work
 * places. Read when first asked for; forgotten when the change feed says that
 * one of them was written, by whatever process. */
#ifndef OV_STORE_SEARCH_NAMES_H
#define OV_STORE_SEARCH_NAMES_H

#include "core/db/db.h"
#include "core/store/search_line.h"
#include "core/store/search_scan.h"

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
 * is one state of the database (db_look_at()); NULL after an error, and when it stands
 * until search_names_rest(). */
int search_names_check(struct search_names *names, struct db *db, struct stmt **look,
		       struct error *err);
/* From now on the state of a search stays for the next one as long as nobody commits: to
 * begin one anew costs more than most questions. Whoever asks for it calls
 * search_names_rest() before anything else is done with the database, and after a while. */
void search_names_keep(struct search_names *names);
bool search_names_kept(const struct search_names *names);
void search_names_rest(struct search_names *names);
/* The blocks of the index, for this search. */
struct search_blocks *search_names_blocks(struct search_names *names);
/* NULL for id 0, for one that isn't there and when the database fails. */
const struct search_name *search_names_get(struct search_names *names, struct db *db,
					   enum search_named kind, int64_t id);

/* Can a name begin with a digit? 1, 0 when the index says no, or an error. */
int search_names_digits(struct search_names *names, struct error *err);

/* NULL when there is no such group or the database fails. */
const struct search_group *search_names_group(struct search_names *names, struct db *db,
					      int64_t id);

/* A second word that narrows a search, and which names it fits as far as they were asked
 * for. It stays known, with the few that were asked for last, until one of the names
 * changes: at one desk it is the same plant all day. */
struct search_narrow;

/* Of WORD (folded), until the next search_names_check(). */
struct search_narrow *search_names_narrow(struct search_names *names, const char *word);

/* Does the word fit one of the line's names: a part of code or name, of its pinyin or of
 * its initials? Work and shift count with WORK only. */
bool search_narrow_fits(struct search_narrow *narrow, struct search_names *names, struct db *db,
			const struct search_line *line, bool work);

/* The text of the line's names that such a word was found in, for a person to read: kept
 * by NAMES until the next search_names_check(). NULL when it fits none. */
const char *search_narrow_text(struct search_narrow *narrow, struct search_names *names,
			       struct db *db, const struct search_line *line,
			       const struct search_group *group, bool work);

#endif
