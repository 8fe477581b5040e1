/* search_internal.h: what the files of the search share. Internal. */
#ifndef OV_STORE_SEARCH_INTERNAL_H
#define OV_STORE_SEARCH_INTERNAL_H

#include "core/base/search_query.h"
#include "core/store/search.h"
#include "core/store/search_index.h"
#include "core/store/search_names.h"

enum {
	SCAN_MAX = 20000,  /* most entries one search reads: some 3 ms */
	LOOK_MAX = 4000,   /* most lines it looks up to see whether they fit */
	WINDOW_MIN = 48,   /* fewest learners of one range that are ranked */
	HITS_FIRST = 96    /* hits without more memory */
};

/* How good a match is; the smaller the better. */
enum rank { RANK_EXACT, RANK_INITIALS, RANK_START, RANK_PART, RANK_TAIL, RANK_SOUND };

struct hit {
	int64_t student_id;
	enum rank rank;
	enum match matched;
	bool own, active;
	size_t recent;       /* place in the list, SEARCH_RECENT when not there */
	uint32_t key;        /* all that ranks but the order */
	const char *order;   /* the term: names in their order */
	struct search_line line;
};

struct search {
	struct db *db;
	const struct actor *actor;
	const struct search_recent *recent;
	struct search_names *names;
	struct search_query *query;
	struct search_narrow **narrow; /* one for each word that narrows */
	bool work;           /* the actor may know where somebody works */
	struct arena *arena; /* of this search */
	struct hit *hits;
	size_t count, room;
	size_t window;       /* most learners of one range that are ranked */
	bool cut;            /* a range had more */
	int64_t scanned, looked;
};

/* One range of the index: terms that begin with PREFIX, or are it. */
struct range {
	enum search_kind kind;
	const char *prefix;
	bool whole;         /* the term must be PREFIX, nothing longer */
	const char *first;  /* initials: the first syllable begins so; NULL: anyhow */
	const char *pinyin; /* each term must fit these letters; NULL: any does */
	bool sounds;        /* … as pinyin_say() made them, for who sounds so */
	enum match matched;
	enum rank rank, exact; /* of a longer term; of PREFIX itself */
};

/* The three one after the other. */
const char *search_join(struct arena *arena, const char *a, const char *b, const char *c);
/* Adds the range's learners, at most a window of them. */
int range_read(struct search *search, const struct range *range, struct error *err);
/* Several of one rank, which share a window: as much of each, and what one of them
 * leaves over goes to the others. */
enum { RANGES_MAX = 3 };
int ranges_read(struct search *search, const struct range *ranges, size_t count,
		struct error *err);
/* Learners whose student or person row gives the answer: SQL selects id and the
 * text that FIRST (bound as ?1, SECOND as ?2) is compared with. */
int rows_read(struct search *search, const char *sql, const char *first, const char *second,
	      enum match matched, struct error *err);
/* Exactly these learners, in this order. */
int ids_read(struct search *search, const int64_t *ids, size_t count, struct error *err);
/* The lately opened ones that fit and that the windows left out. */
int recent_read(struct search *search, struct error *err);

/* The learner's line, by the entry of his number. 1, or 0: there is none. */
int line_look_up(struct search *search, int64_t student_id, struct search_line *line,
		 struct error *err);

/* How much of RECORD's name or number the query fits: its match_at and match_len. */
void hit_where(const struct search_query *query, const struct hit *hit,
	       struct student_hit *record);

#endif
