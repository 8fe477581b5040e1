#include "core/store/search.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/search_query.h"
#include "core/base/text.h"
#include "core/store/search_hits.h"
#include "core/store/search_index.h"

enum {
	WINDOW = 200,      /* most learners of one range that are ranked */
	SCAN_MAX = 20000,  /* most rows of search_term one search reads: some 4 ms */
	NUMBER_TAIL_MIN = 3, MOBILE_TAIL_MIN = 4, DOC_TAIL_LEN = 4, DOC_FULL_MIN = 15,
	MOBILE_DIGITS = 11
};

/* How good a match is; the smaller the better. */
enum rank { RANK_EXACT, RANK_INITIALS, RANK_START, RANK_PART, RANK_TAIL };

struct hit {
	int64_t student_id;
	enum rank rank;
	enum match matched;
	bool own, active;
	size_t recent;     /* place in the list, SEARCH_RECENT when not there */
	const char *order; /* the term: names in their order */
};

struct search {
	struct db *db;
	const struct actor *actor;
	const struct search_recent *recent;
	struct search_query query;
	struct arena *arena;
	struct hit *hits;
	size_t count, room;
	int64_t scanned;
};

/* One range of search_term: terms that begin with PREFIX, or are it. */
struct range {
	enum search_kind kind;
	const char *prefix;
	bool whole;         /* the term must be PREFIX, nothing longer */
	bool pinyin;        /* each term must fit the typed letters */
	enum match matched;
	enum rank rank, exact; /* of a longer term; of PREFIX itself */
};

void search_recent_add(struct search_recent *recent, int64_t student_id)
{
	size_t at = 0;

	while (at < recent->count && recent->ids[at] != student_id)
		at++;
	if (at == recent->count && recent->count < SEARCH_RECENT)
		recent->count++;
	if (at == SEARCH_RECENT)
		at--;
	memmove(recent->ids + 1, recent->ids, at * sizeof *recent->ids);
	recent->ids[0] = student_id;
}

static size_t recent_place(const struct search *search, int64_t student_id)
{
	if (search->recent)
		for (size_t i = 0; i < search->recent->count; i++)
			if (search->recent->ids[i] == student_id)
				return i;
	return SEARCH_RECENT;
}

static bool in_scope(const struct search *search, int64_t branch, int64_t centre)
{
	int64_t scope = search->actor->branch_id;

	return search->actor->system || scope == OV_NULL || scope == branch || scope == centre;
}

static void hit_add(struct search *search, const struct hit *hit)
{
	if (search->count == search->room) {
		size_t room = search->room ? search->room * 2 : 256;
		struct hit *grown = arena_array(search->arena, room, sizeof *grown);

		if (search->count)
			memcpy(grown, search->hits, search->count * sizeof *grown);
		search->hits = grown;
		search->room = room;
	}
	search->hits[search->count++] = *hit;
}

/* What only the learner's own row can say: the year typed behind letters, and
 * Han characters before them. 1 fits, 0 does not. */
static int row_fits(struct search *search, int64_t student_id, struct error *err)
{
	const char *han = search->query.kinds & QUERY_PINYIN ? search->query.han : "";
	const char *year = search->query.year, *on, *name;
	struct stmt *stmt;
	int rc;

	if (!*han && !*year)
		return 1;
	rc = db_prepare(search->db, "SELECT s.registered_on, p.full_name FROM student s "
			"JOIN person p ON p.id = s.person_id WHERE s.id = ?", &stmt, err);
	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, student_id);
	rc = stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	on = rc > 0 ? stmt_text(stmt, 0) : NULL;
	name = rc > 0 ? stmt_text(stmt, 1) : NULL;
	rc = on && name && (!*year || (strlen(on) > 4 && !strncmp(on + 2, year, 2))) &&
	     !strncmp(name, han, strlen(han));
	stmt_reset(stmt);
	return rc;
}

/* Does the term fit, and how well? */
static bool term_fits(const struct search *search, const struct range *range,
		      const char *term, struct hit *hit)
{
	const char *syllables;

	hit->matched = range->matched;
	hit->rank = strcmp(term, range->prefix) == 0 ? range->exact : range->rank;
	if (!range->pinyin)
		return true;
	syllables = strchr(term, ' ');
	switch (syllables ? pinyin_match(search->query.letters, syllables + 1) : PINYIN_NONE) {
	case PINYIN_FULL:
		hit->rank = RANK_EXACT;
		hit->matched = MATCH_PINYIN;
		return true;
	case PINYIN_INITIALS:
		hit->rank = RANK_INITIALS;
		hit->matched = MATCH_INITIALS;
		return true;
	case PINYIN_MIXED:
		hit->rank = RANK_START;
		hit->matched = MATCH_PINYIN;
		return true;
	case PINYIN_START:
		hit->rank = RANK_PART;
		hit->matched = MATCH_PINYIN;
		return true;
	default:
		return false;
	}
}

/* The row that STMT stands on. 1: it was kept. */
static int range_row(struct search *search, const struct range *range, struct stmt *stmt,
		     struct error *err)
{
	int64_t branch = stmt_int(stmt, 2), centre = stmt_int(stmt, 3);
	const char *term = stmt_text(stmt, 0);
	struct hit hit = { .student_id = stmt_int(stmt, 1) };
	int rc;

	if (!term || !in_scope(search, branch, centre) || !term_fits(search, range, term, &hit))
		return 0;
	rc = row_fits(search, hit.student_id, err);
	if (rc <= 0)
		return rc;
	hit.own = search->actor->branch_id == branch || search->actor->branch_id == centre;
	hit.active = stmt_int(stmt, 4) == 1;
	hit.recent = recent_place(search, hit.student_id);
	hit.order = arena_strdup(search->arena, term);
	hit_add(search, &hit);
	return 1;
}

static int range_read(struct search *search, const struct range *range, struct error *err)
{
	/* Past every text that begins with the prefix; valid UTF-8, so that any
	 * engine takes it. */
	const char *end = arena_printf(search->arena, "%s%s", range->prefix,
				       range->whole ? "\x01" : "\xf4\x8f\xbf\xbf");
	char kind[2] = { (char)range->kind, '\0' };
	int kept = 0, rc;
	struct stmt *stmt;

	rc = db_prepare(search->db, "SELECT term, student_id, branch_id, centre_id, active "
			"FROM search_term WHERE kind = ? AND term >= ? AND term < ? "
			"ORDER BY kind, term, student_id", &stmt, err);
	if (rc < 0)
		return rc;
	stmt_bind_text(stmt, 1, kind);
	stmt_bind_text(stmt, 2, range->prefix);
	stmt_bind_text(stmt, 3, end);
	while (kept < WINDOW && search->scanned < SCAN_MAX) {
		rc = stmt_step(stmt, err);
		if (rc <= 0)
			break;
		search->scanned++;
		rc = range_row(search, range, stmt, err);
		if (rc < 0)
			break;
		kept += rc;
	}
	stmt_reset(stmt);
	return rc < 0 ? rc : 0;
}

/* Learners whose student row or person row gives the answer. SQL's columns:
 * student id, branch, centre, status, the text for the order. */
static int rows_read(struct search *search, const char *sql, const char *first,
		     const char *second, enum match matched, struct error *err)
{
	struct stmt *stmt;
	int kept = 0;
	int rc = db_prepare(search->db, sql, &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_text(stmt, 1, first);
	stmt_bind_text(stmt, 2, second);
	while (kept < WINDOW && (rc = stmt_step(stmt, err)) > 0) {
		int64_t branch = stmt_int(stmt, 1), centre = stmt_int(stmt, 2);
		struct hit hit = { .student_id = stmt_int(stmt, 0), .matched = matched };
		const char *status = stmt_text(stmt, 3), *text = stmt_text(stmt, 4);

		if (++search->scanned > SCAN_MAX)
			break;
		if (!in_scope(search, branch, centre) || !status || !text)
			continue;
		hit.rank = strcmp(text, first) == 0 ? RANK_EXACT : RANK_START;
		hit.own = search->actor->branch_id == branch || search->actor->branch_id == centre;
		hit.active = strcmp(status, "ACTIVE") == 0;
		hit.recent = recent_place(search, hit.student_id);
		hit.order = arena_strdup(search->arena, text);
		hit_add(search, &hit);
		kept++;
	}
	stmt_reset(stmt);
	return rc < 0 ? rc : 0;
}

/* --- what was typed --- */

static int number_read(struct search *search, const char *digits, struct error *err)
{
	const char *end = arena_printf(search->arena, "%s\xf4\x8f\xbf\xbf", digits);
	struct range tail = { SEARCH_NUMBER, search_reverse(digits, search->arena), false, false,
			      MATCH_NUMBER_TAIL, RANK_TAIL, RANK_EXACT };
	struct range word = { SEARCH_NAME, digits, false, false, MATCH_NAME, RANK_START, RANK_EXACT };
	int rc;

	rc = rows_read(search, "SELECT id, branch_id, centre_id, status, student_no FROM student "
		       "WHERE student_no >= ? AND student_no < ? ORDER BY student_no",
		       digits, end, MATCH_NUMBER, err);
	if (rc == 0 && strlen(digits) >= NUMBER_TAIL_MIN)
		rc = range_read(search, &tail, err);
	if (rc == 0)
		rc = range_read(search, &word, err);
	return rc;
}

static int mobile_read(struct search *search, const char *digits, struct error *err)
{
	struct range tail = { SEARCH_MOBILE, search_reverse(digits, search->arena), false, false,
			      MATCH_MOBILE, RANK_TAIL, RANK_EXACT };

	if (strlen(digits) < MOBILE_TAIL_MIN || strlen(digits) > MOBILE_DIGITS ||
	    permission_grant(search->actor, PERM_SEE_P2) == GRANT_NONE)
		return 0;
	return range_read(search, &tail, err);
}

static int doc_read(struct search *search, const char *digits, struct error *err)
{
	struct range tail = { SEARCH_DOC, digits, true, false, MATCH_DOC, RANK_TAIL, RANK_TAIL };

	if (permission_grant(search->actor, PERM_SEE_P3) == GRANT_NONE)
		return 0;
	if (strlen(digits) == DOC_TAIL_LEN)
		return range_read(search, &tail, err);
	if (strlen(digits) < DOC_FULL_MIN)
		return 0;
	return rows_read(search, "SELECT s.id, s.branch_id, s.centre_id, s.status, p.doc_no "
			 "FROM person p JOIN student s ON s.person_id = p.id "
			 "WHERE p.doc_kind = 'CITIZEN_ID' AND p.doc_no = ? AND p.doc_no = ?",
			 digits, digits, MATCH_DOC, err);
}

/* lv and nv are typed in several ways; the index has one of them. */
static bool has_umlaut(const char *letters)
{
	for (const char *c = letters; *c; c++)
		if ((*c == 'l' || *c == 'n') && (c[1] == 'u' || (c[1] == 'y' && c[2] == 'u')))
			return true;
	return false;
}

static int pinyin_read(struct search *search, struct error *err)
{
	const char *letters = search->query.letters;
	char *solid = arena_strdup(search->arena, letters), *to = solid;
	struct range full = { SEARCH_PINYIN, solid, false, false, MATCH_PINYIN, RANK_START, RANK_EXACT };
	struct range initials = { SEARCH_INITIALS, NULL, false, true, MATCH_INITIALS,
				  RANK_INITIALS, RANK_INITIALS };
	int rc;

	for (const char *c = letters; *c; c++)
		if (*c != ' ')
			*to++ = *c;
	*to = '\0';
	/* Whole initials first: few learners, and what is typed most. */
	initials.prefix = arena_printf(search->arena, "%s ", solid);
	rc = range_read(search, &initials, err);
	if (rc == 0)
		rc = range_read(search, &full, err);
	for (size_t i = 0; rc == 0 && i < search->query.initials_count &&
	     search->count < WINDOW; i++) {
		initials.prefix = search->query.initials[i];
		/* A beginning of the first syllable alone was found by full pinyin. */
		if (initials.prefix[1] || has_umlaut(letters))
			rc = range_read(search, &initials, err);
	}
	return rc;
}

static int query_read(struct search *search, struct error *err)
{
	const struct search_query *query = &search->query;
	struct range han = { SEARCH_NAME, query->han, false, false, MATCH_NAME, RANK_START, RANK_EXACT };
	struct range latin = { SEARCH_NAME, query->latin, false, false, MATCH_NAME, RANK_START, RANK_EXACT };
	int rc = 0;

	if (query->kinds & QUERY_DIGITS)
		rc = number_read(search, query->digits, err);
	if (rc == 0 && (query->kinds & QUERY_DIGITS))
		rc = mobile_read(search, query->digits, err);
	if (rc == 0 && (query->kinds & QUERY_DOC_TAIL))
		rc = doc_read(search, query->digits, err);
	if (rc == 0 && (query->kinds & QUERY_HAN) && !(query->kinds & QUERY_PINYIN))
		rc = range_read(search, &han, err);
	if (rc == 0 && (query->kinds & QUERY_LATIN))
		rc = range_read(search, &latin, err);
	if (rc == 0 && (query->kinds & QUERY_PINYIN))
		rc = pinyin_read(search, err);
	return rc;
}

/* --- order --- */

static int better(const struct hit *a, const struct hit *b)
{
	int order;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	if (a->own != b->own)
		return a->own ? -1 : 1;
	if (a->recent != b->recent)
		return a->recent < b->recent ? -1 : 1;
	if (a->active != b->active)
		return a->active ? -1 : 1;
	order = strcmp(a->order, b->order);
	if (order)
		return order;
	return (a->student_id > b->student_id) - (a->student_id < b->student_id);
}

static int by_rank(const void *a, const void *b)
{
	return better(a, b);
}

static int by_learner(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->student_id != y->student_id)
		return x->student_id < y->student_id ? -1 : 1;
	if (x->rank == y->rank && x->matched != y->matched)
		return x->matched < y->matched ? -1 : 1; /* a number before its tail */
	return better(x, y);
}

/* Each learner once, with the best of the matches, ranked. */
static void hits_rank(struct search *search)
{
	size_t kept = 0;

	if (!search->count)
		return;
	qsort(search->hits, search->count, sizeof *search->hits, by_learner);
	for (size_t i = 0; i < search->count; i++)
		if (!kept || search->hits[kept - 1].student_id != search->hits[i].student_id)
			search->hits[kept++] = search->hits[i];
	search->count = kept;
	qsort(search->hits, search->count, sizeof *search->hits, by_rank);
}

int search_students(struct db *db, const struct actor *actor,
		    const struct search_recent *recent, const char *text, int limit,
		    struct arena *arena, struct page *page, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	struct search search = { .db = db, .actor = actor, .recent = recent, .arena = &scratch };
	size_t most = limit <= 0 ? SEARCH_LIMIT : (size_t)(limit < SEARCH_LIMIT_MAX ? limit : SEARCH_LIMIT_MAX);
	int rc;

	*page = (struct page){ .table = &student_hit_fields };
	search_query_parse(text, &scratch, &search.query);
	rc = query_read(&search, err);
	if (rc == 0) {
		hits_rank(&search);
		if (search.count > most)
			search.count = most;
		page->records = arena_array(arena, search.count, sizeof *page->records);
	}
	for (size_t i = 0; rc == 0 && i < search.count; i++) {
		struct student_hit *hit = NULL;

		rc = search_hit_read(db, actor, search.hits[i].student_id,
				     search.hits[i].matched, arena, &hit, err);
		if (rc == 0 && hit)
			page->records[page->count++] = hit;
	}
	arena_release(&scratch);
	return rc;
}
