#include "core/store/search.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/store/search_hits.h"
#include "core/store/search_internal.h"

enum {
	NUMBER_TAIL_MIN = 3, MOBILE_TAIL_MIN = 4, DOC_TAIL_LEN = 4, DOC_FULL_MIN = 15,
	MOBILE_DIGITS = 11,
	FEW = 5, /* fewer found than this: what only sounds alike is offered, too */
	INITIALS_ROOM = 32, LATIN_INITIALS = 6,
	PILES = 16 /* of hits with one key, that are dealt out without sorting */
};

void search_recent_add(struct search_recent *recent, int64_t user_id, int64_t student_id)
{
	size_t at = 0;

	if (recent->user_id != user_id)
		*recent = (struct search_recent){ .user_id = user_id };
	while (at < recent->count && recent->ids[at] != student_id)
		at++;
	if (at == recent->count && recent->count < SEARCH_RECENT)
		recent->count++;
	if (at == SEARCH_RECENT)
		at--;
	memmove(recent->ids + 1, recent->ids, at * sizeof *recent->ids);
	recent->ids[0] = student_id;
}

/* --- what was typed --- */

/* The end of a number, of a mobile or of a document: nobody knows which was meant. */
static int tails_read(struct search *search, const char *digits, size_t len, struct error *err)
{
	const struct actor *actor = search->actor;
	const char *back = search_reverse(digits, search->arena);
	struct range tails[RANGES_MAX];
	size_t count = 0;

	if (search->query->kinds & QUERY_DIGITS && len >= NUMBER_TAIL_MIN)
		tails[count++] = (struct range){ .kind = SEARCH_NUMBER, .prefix = back,
			.matched = MATCH_NUMBER_TAIL, .rank = RANK_TAIL, .exact = RANK_EXACT };
	if (search->query->kinds & QUERY_DIGITS && len >= MOBILE_TAIL_MIN && len <= MOBILE_DIGITS &&
	    permission_grant(actor, PERM_SEE_P2) != GRANT_NONE)
		tails[count++] = (struct range){ .kind = SEARCH_MOBILE, .prefix = back,
			.matched = MATCH_MOBILE, .rank = RANK_TAIL, .exact = RANK_EXACT };
	if (len == DOC_TAIL_LEN && permission_grant(actor, PERM_SEE_P3) != GRANT_NONE)
		tails[count++] = (struct range){ .kind = SEARCH_DOC, .prefix = digits, .whole = true,
			.matched = MATCH_DOC, .rank = RANK_TAIL, .exact = RANK_TAIL };
	return ranges_read(search, tails, count, err);
}

/* Numbers from the front, then from behind: these stand behind those in the answer
 * and aren't looked for when there are enough of those, nor when somebody's whole
 * number was typed. */
static int digits_read(struct search *search, const char *digits, struct error *err)
{
	struct range front = { .kind = SEARCH_NUMBER_FRONT, .prefix = digits,
			       .matched = MATCH_NUMBER, .rank = RANK_START, .exact = RANK_EXACT };
	struct range word = { .kind = SEARCH_NAME, .prefix = digits, .matched = MATCH_NAME,
			      .rank = RANK_START, .exact = RANK_EXACT };
	size_t len = strlen(digits);
	int rc = 0;

	if (search->query->kinds & QUERY_DIGITS)
		rc = range_read(search, &front, err);
	if (rc < 0 || (search->count && search->hits[0].rank == RANK_EXACT && len > MOBILE_DIGITS))
		return rc;
	if (search->query->kinds & QUERY_DIGITS)
		rc = search_names_digits(search->names, err);
	if (rc > 0)
		rc = range_read(search, &word, err);
	if (rc == 0 && (search->count < search->window || len >= MOBILE_DIGITS))
		rc = tails_read(search, digits, len, err);
	if (rc < 0 || len < DOC_FULL_MIN || permission_grant(search->actor, PERM_SEE_P3) == GRANT_NONE)
		return rc;
	return rows_read(search, "SELECT s.id, p.doc_no FROM person p "
			 "JOIN student s ON s.person_id = p.id "
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

static char *solid_of(struct search *search, const char *letters)
{
	char *solid = arena_strdup(search->arena, letters), *to = solid;

	for (const char *c = letters; *c; c++)
		if (*c != ' ')
			*to++ = *c;
	*to = '\0';
	return solid;
}

/* Is the range of these initials read? A beginning of the first syllable alone is
 * found by full pinyin, and so are whole syllables. SINGLE: not as it was typed. */
static bool initials_read(const struct search_query *query, size_t i, bool single)
{
	return single || (query->initials[i][1] && !query->cuts[i].full);
}

/* Does one of the ranges before hold the range of these initials? */
static bool within(const struct search_query *query, size_t which, bool single)
{
	for (size_t i = 0; i < which; i++)
		if (initials_read(query, i, single) && !strncmp(query->initials[which],
		    query->initials[i], strlen(query->initials[i])))
			return true;
	return false;
}

static int pinyin_read(struct search *search, struct error *err)
{
	const char *letters = search->query->letters, *solid = solid_of(search, letters);
	struct range full = { .kind = SEARCH_PINYIN, .prefix = solid, .matched = MATCH_PINYIN,
			      .rank = RANK_START, .exact = RANK_EXACT };
	struct range initials = { .kind = SEARCH_INITIALS, .pinyin = letters,
				  .matched = MATCH_INITIALS, .rank = RANK_INITIALS,
				  .exact = RANK_INITIALS };
	bool single = has_umlaut(letters);
	size_t enough = search->window;
	int rc = 0;

	/* Whole initials first: few learners, and what is typed most. No syllable
	 * begins with i, u or v, and no Latin name has so many words. */
	if (strlen(solid) < LATIN_INITIALS || !strpbrk(solid, "iuv")) {
		initials.prefix = search_join(search->arena, solid, " ", ""); /* "wxm " */
		rc = range_read(search, &initials, err);
	}
	/* No syllable is without a vowel; a Latin name that begins so stands behind
	 * all whose initials they are. */
	if (rc == 0 && (search->count < search->window || strpbrk(solid, "aeiouv")))
		rc = range_read(search, &full, err);
	/* Whole syllables are seldom meant as anything else. */
	if (search->query->initials[0][1] && search->query->cuts[0].full && !single)
		enough /= 2;
	for (size_t i = 0; rc == 0 && i < search->query->initials_count &&
	     search->count < enough; i++) {
		initials.prefix = search->query->initials[i];
		initials.first = search->query->cuts[i].letters > 1 && !single ?
			arena_strndup(search->arena, letters, search->query->cuts[i].letters) : NULL;
		if (initials_read(search->query, i, single) && !within(search->query, i, single))
			rc = range_read(search, &initials, err);
	}
	return rc;
}

/* When the exact reading finds little: zh or z, n or l, ang or an. */
static int sounds_read(struct search *search, struct error *err)
{
	const char *letters = search->query->letters;
	char choices[SOUND_CHOICES][64], initials[INITIALS_ROOM][INITIALS_TEXT], said[64];
	struct range range = { .kind = SEARCH_PINYIN, .matched = MATCH_SOUND,
			       .rank = RANK_SOUND, .exact = RANK_SOUND };
	size_t count = pinyin_sound_choices(letters, choices);
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < count; i++) {
		range.prefix = choices[i];
		rc = range_read(search, &range, err);
	}
	range.kind = SEARCH_INITIALS;
	pinyin_say(letters, said, sizeof said);
	range.pinyin = said;
	range.sounds = true;
	count = pinyin_sound_initials(letters, initials, INITIALS_ROOM);
	for (size_t i = 0; rc == 0 && i < count; i++) {
		size_t before = 0;

		range.prefix = initials[i];
		while (before < i && (!initials[before][1] ||
		       strncmp(initials[i], initials[before], strlen(initials[before])) != 0))
			before++;
		/* One syllable: by its choices above. What begins like one before was
		 * read with it. */
		if (range.prefix[1] && before == i)
			rc = range_read(search, &range, err);
	}
	return rc;
}

static int han_read(struct search *search, struct error *err)
{
	struct range range = { .kind = SEARCH_NAME, .prefix = search->query->han,
			       .matched = MATCH_NAME, .rank = RANK_START, .exact = RANK_EXACT };
	int rc = range_read(search, &range, err);

	range.kind = SEARCH_PART;
	range.rank = range.exact = RANK_PART;
	return rc == 0 && search->count < search->window ? range_read(search, &range, err) : rc;
}

static int query_read(struct search *search, struct error *err)
{
	const struct search_query *query = search->query;
	struct range latin = { .kind = SEARCH_NAME, .prefix = query->latin, .matched = MATCH_NAME,
			       .rank = RANK_START, .exact = RANK_EXACT };
	int rc = 0;

	if (query->kinds & QUERY_IDS)
		return ids_read(search, query->ids, query->id_count, err);
	if (query->kinds & (QUERY_DIGITS | QUERY_DOC_TAIL))
		rc = digits_read(search, query->digits, err);
	if (rc == 0 && (query->kinds & QUERY_HAN) && !(query->kinds & QUERY_PINYIN))
		rc = han_read(search, err);
	if (rc == 0 && (query->kinds & QUERY_LATIN))
		rc = range_read(search, &latin, err);
	if (rc == 0 && (query->kinds & QUERY_PINYIN))
		rc = pinyin_read(search, err);
	if (rc == 0 && search->cut)
		rc = recent_read(search, err);
	if (rc == 0 && (query->kinds & QUERY_PINYIN) && search->count < FEW)
		rc = sounds_read(search, err);
	return rc;
}

static void narrow_make(struct search *search)
{
	const struct search_query *query = search->query;

	search->narrow = arena_array(search->arena, query->word_count, sizeof *search->narrow);
	for (size_t i = 0; i < query->word_count; i++)
		search->narrow[i] = search_names_narrow(search->names, query->words[i]);
}

/* All of it as one thing; when that finds nobody, the last word narrows, or the
 * last two, or three. */
static int text_read(struct search *search, const char *text, struct error *err)
{
	int rc;

	search_query_parse(text, search->arena, search->query);
	rc = query_read(search, err);
	for (size_t words = 1; rc == 0 && !search->count && words <= QUERY_WORDS_MAX &&
	     search_query_split(text, words, search->arena, search->query); words++) {
		search->scanned = search->looked = 0;
		narrow_make(search);
		rc = query_read(search, err);
	}
	return rc;
}

/* --- order --- */

/* All but the name order, in one number. */
static uint32_t hit_key(const struct hit *hit)
{
	return (uint32_t)hit->rank << 16 | (hit->own ? 0u : 1u << 15) |
	       (uint32_t)hit->recent << 1 | (hit->active ? 0u : 1u);
}

static int by_rank(const void *a, const void *b)
{
	const struct hit *x = *(struct hit *const *)a, *y = *(struct hit *const *)b;
	int order;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	order = strcmp(x->order, y->order);
	if (order)
		return order;
	return (x->student_id > y->student_id) - (x->student_id < y->student_id);
}

/* Ranges come in the order of names, so what has one key is in order nearly always:
 * they are dealt out by key, which is a quarter of the work of sorting them. */
static bool hits_deal(struct hit *const *from, size_t count, struct hit **to)
{
	struct {
		uint32_t key;
		size_t count, at;
	} piles[PILES] = { { .key = 0 } };
	size_t used = 0, at = 0, p, i;

	for (i = 0; i < count; i++) {
		for (p = 0; p < used && piles[p].key < from[i]->key; p++)
			;
		if (p == used || piles[p].key != from[i]->key) {
			if (used == PILES)
				return false;
			memmove(&piles[p + 1], &piles[p], (used++ - p) * sizeof piles[0]);
			piles[p].key = from[i]->key;
			piles[p].count = 0;
		}
		piles[p].count++;
	}
	for (p = 0; p < used; p++) {
		piles[p].at = at;
		at += piles[p].count;
	}
	for (i = 0; i < count; i++) {
		for (p = 0; piles[p].key != from[i]->key; p++)
			;
		to[piles[p].at++] = from[i];
	}
	for (i = 1; i < count; i++)
		if (by_rank(&to[i - 1], &to[i]) > 0)
			return false;
	return true;
}

/* FROM in order, into TO. */
static void hits_sort(struct hit **from, size_t count, struct hit **to)
{
	if (hits_deal(from, count, to))
		return;
	memcpy(to, from, count * sizeof *to);
	qsort(to, count, sizeof *to, by_rank);
}

/* Each learner once, with the best of the matches, ranked. */
static struct hit **hits_rank(struct search *search)
{
	struct hit **order = arena_array(search->arena, search->count, sizeof *order);
	struct hit **found = arena_array(search->arena, search->count, sizeof *found);
	size_t room = 64, kept = 0;
	struct hit **seen; /* by learner */

	while (room < search->count * 2)
		room *= 2;
	seen = arena_array(search->arena, room, sizeof *seen);
	for (size_t i = 0; i < search->count; i++) {
		search->hits[i].key = hit_key(&search->hits[i]);
		found[i] = &search->hits[i];
	}
	if (search->count)
		hits_sort(found, search->count, order);
	for (size_t i = 0; i < search->count; i++) {
		size_t at = (size_t)order[i]->student_id * 0x9e3779b97f4a7c15u >> 32 & (room - 1);

		while (seen[at] && seen[at]->student_id != order[i]->student_id)
			at = (at + 1) & (room - 1);
		if (!seen[at])
			order[kept++] = seen[at] = order[i];
		else if (seen[at]->rank == order[i]->rank && order[i]->matched < seen[at]->matched)
			seen[at]->matched = order[i]->matched; /* a number before its tail */
	}
	search->count = kept;
	return order;
}

/* --- the answer --- */

/* What the words behind the name were found in, so that a list can say why this one is
 * there; NULL when nothing narrowed, and for who sees workplaces masked. */
static const char *narrowed_by(const struct search *search, const struct search_line *line,
			       struct arena *arena)
{
	const struct search_group *group;
	const bool work = permission_grant(search->actor, PERM_SEE_P2) == GRANT_FULL;
	const char *all = NULL;

	if (!search->narrow || !search->query->word_count)
		return NULL;
	group = search_names_group(search->names, search->db, line->group_id);
	for (size_t i = 0; group && i < search->query->word_count; i++) {
		const char *text = search_narrow_text(search->narrow[i], search->names, search->db,
						      line, group, work);

		if (text && all && strcmp(text, all) != 0)
			all = arena_printf(arena, "%s, %s", all, text);
		else if (text)
			all = arena_strdup(arena, text);
	}
	return all;
}

static void page_fill(struct search *search, size_t most, struct arena *arena, struct page *page)
{
	struct hit **order = hits_rank(search);
	struct search_hit_style style;

	search_hit_style(search->actor, &style);
	if (search->count > most)
		search->count = most;
	page->records = arena_array(arena, search->count, sizeof *page->records);
	for (size_t i = 0; i < search->count; i++) {
		struct hit *hit = order[i];
		struct student_hit *record;

		record = search_hit_make(search->names, search->db, &style, &hit->line, arena);
		if (!record)
			continue;
		record->id = hit->student_id;
		record->matched = hit->matched;
		hit_where(search->query, hit, record);
		record->narrowed_by = narrowed_by(search, &hit->line, arena);
		page->records[page->count++] = record;
	}
}

int search_students(struct db *db, struct search_names *names, const struct actor *actor,
		    const struct search_recent *recent, const char *text, int limit,
		    struct arena *arena, struct page *page, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	struct hit first[HITS_FIRST];
	struct search_query query;
	size_t most = limit <= 0 ? SEARCH_LIMIT : (size_t)(limit < SEARCH_LIMIT_MAX ? limit : SEARCH_LIMIT_MAX);
	struct search search = {
		.db = db, .actor = actor, .names = names, .arena = &scratch, .query = &query,
		.hits = first, .room = HITS_FIRST,
		.recent = recent && recent->user_id == actor->user_id ? recent : NULL,
		.work = permission_grant(actor, PERM_SEE_P2) != GRANT_NONE,
		.window = most + most / 4 > WINDOW_MIN ? most + most / 4 : WINDOW_MIN,
	};
	struct stmt *look;
	int rc = search_names_check(names, db, &look, err);

	*page = (struct page){ .table = &student_hit_fields };
	if (rc == 0)
		rc = text_read(&search, text, err);
	if (rc == 0)
		page_fill(&search, most, arena, page);
	if (look)
		stmt_reset(look);
	arena_release(&scratch);
	return rc;
}
