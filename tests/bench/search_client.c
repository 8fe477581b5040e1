/* search_client DATABASE FOLDER ROUNDS [fts5]: each kind of search through
 * store_search() beside the peers, over the same keys and rows, in turn. Prints
 * one line a kind; exits 1 when a budget is missed. See search_bench.sh. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/i18n.h"
#include "core/base/search_query.h"
#include "core/store/local.h"
#include "core/store/search_index.h"
#include "tests/bench/search_peers.h"

/* Times LMDB's prefix scan over the same keys and rows: fifty of them, where a kind of
 * search finds so many. */
static const double BUDGET = 1.3;

enum { ROWS = 50, QUERIES = 64, PEERS = 3, APART_ROUNDS = 2, SAMPLES_MAX = 100000, PREFIXES = 16, PREFIX_TEXT = 128 };

/* How what is typed is made of a term: its beginning, that the other way about, a
 * syllable and a letter ("zhang s"), a character and a letter ("张s"), or the beginning
 * and a word that narrows ("zs 焊装"). */
enum way { AS_IT_IS, BACKWARDS, SYLLABLE, CHARACTER, NARROWED };

/* A kind of search: how a query and the peers' prefix are made of a term. */
static const struct shape {
	const char *title;
	char kind;
	size_t take;     /* characters of the term; 0: all of it */
	enum way way;
	size_t least;    /* rows a query must find to count */
	bool same;       /* the peer that is judged asks the same: one that narrows, too, or
	                  * one that goes on to what else the letters may mean when it
	                  * finds few */
	bool anew;       /* nothing is kept from the question before */
} shapes[] = {
	{ "initials, two", SEARCH_INITIALS, 2, AS_IT_IS, ROWS, false, false },
	{ "initials, three", SEARCH_INITIALS, 3, AS_IT_IS, 1, false, false },
	{ "pinyin, beginning", SEARCH_PINYIN, 6, AS_IT_IS, ROWS, false, false },
	{ "pinyin, whole", SEARCH_PINYIN, 0, AS_IT_IS, ROWS, false, false },
	{ "pinyin, whole, few", SEARCH_PINYIN, 0, AS_IT_IS, 1, true, false },
	{ "zhang s", SEARCH_INITIALS, 2, SYLLABLE, ROWS, false, false },
	{ "Han, surname", SEARCH_NAME, 1, AS_IT_IS, ROWS, false, false },
	{ "Han, two", SEARCH_NAME, 2, AS_IT_IS, ROWS, false, false },
	{ "Han, part of a name", SEARCH_PART, 1, AS_IT_IS, ROWS, false, false },
	{ "Han and a letter", SEARCH_INITIALS, 2, CHARACTER, ROWS, false, false },
	{ "number, first seven", SEARCH_NUMBER_FRONT, 7, AS_IT_IS, ROWS, false, false },
	{ "number, whole", SEARCH_NUMBER_FRONT, 0, AS_IT_IS, 1, false, false },
	{ "number, tail of four", SEARCH_NUMBER, 4, BACKWARDS, ROWS, false, false },
	{ "mobile, tail of four", SEARCH_MOBILE, 4, BACKWARDS, 1, false, false },
	{ "document, tail", SEARCH_DOC, 4, AS_IT_IS, 1, false, false },
	{ "initials, narrowed", SEARCH_INITIALS, 2, NARROWED, ROWS, true, false },
	{ "initials, two, anew", SEARCH_INITIALS, 2, AS_IT_IS, ROWS, false, true },
	{ "initials, three, anew", SEARCH_INITIALS, 3, AS_IT_IS, 1, false, true },
	{ "Han, two, anew", SEARCH_NAME, 2, AS_IT_IS, ROWS, false, true },
	{ "number, first seven, anew", SEARCH_NUMBER_FRONT, 7, AS_IT_IS, ROWS, false, true },
	{ "number, whole, anew", SEARCH_NUMBER_FRONT, 0, AS_IT_IS, 1, false, true },
	{ "document, tail, anew", SEARCH_DOC, 4, AS_IT_IS, 1, false, true },
};

static double now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* PREFIX is the kind that is measured; a person who types it may mean others, too
 * (four digits are the tail of a number, of a mobile or of a document), all of which
 * a search has to look for: ALL has them, in the order of their ranks. */
struct question {
	char typed[128], prefix[PREFIX_TEXT];
	char all[PREFIXES][PREFIX_TEXT];
	size_t all_count;
	const char *narrows; /* the word behind it; NULL: none */
	bool anew;
};

static void also(struct question *question, char kind, const char *text, const char *end)
{
	if (question->all_count < PREFIXES)
		snprintf(question->all[question->all_count++], PREFIX_TEXT, "%c%s%s", kind, text, end);
}

static void digits_meant(struct question *question, const char *digits, struct arena *arena)
{
	const char *back = search_reverse(digits, arena);
	size_t len = strlen(digits);

	also(question, SEARCH_NUMBER_FRONT, digits, "");
	also(question, SEARCH_NAME, digits, "");
	if (len >= 3)
		also(question, SEARCH_NUMBER, back, "");
	if (len >= 4 && len <= 11)
		also(question, SEARCH_MOBILE, back, "");
	if (len == 4)
		also(question, SEARCH_DOC, digits, "");
}

static void all_meant(struct question *question)
{
	struct arena arena = ARENA_INIT;
	struct search_query query;

	search_query_parse(question->typed, &arena, &query);
	if (query.kinds & QUERY_DIGITS)
		digits_meant(question, query.digits, &arena);
	if (query.kinds & QUERY_HAN && !(query.kinds & QUERY_PINYIN)) {
		also(question, SEARCH_NAME, query.han, "");
		also(question, SEARCH_PART, query.han, "");
	}
	if (query.kinds & QUERY_LATIN)
		also(question, SEARCH_NAME, query.latin, "");
	if (query.kinds & QUERY_PINYIN) {
		also(question, SEARCH_INITIALS, query.letters, " ");
		also(question, SEARCH_PINYIN, query.letters, "");
		for (size_t i = 0; i < query.initials_count; i++)
			if (query.initials[i][1])
				also(question, SEARCH_INITIALS, query.initials[i], "");
	}
	arena_release(&arena);
}

static size_t char_bytes(const char *text, size_t chars)
{
	size_t at = 0;

	for (; chars && text[at]; chars--)
		do
			at++;
		while (((unsigned char)text[at] & 0xc0) == 0x80);
	return at;
}

/* "zhang s" or "张s" of a term of initials, "zs zhang san", and the learner's name; the
 * peers scan for zhangs in full pinyin. False: it isn't such a name. */
static bool mixed_make(const struct shape *shape, const struct keys *keys, size_t key,
		       struct question *query)
{
	const struct row *row = &keys->rows[keys->items[key].id];
	const char *syllable = strchr(key_term(keys, key), ' '), *second;
	struct search_line line;
	int first;

	if (!syllable || !(second = strchr(++syllable, ' ')) || !search_line_read(row->bytes, row->len, &line))
		return false;
	first = (int)(second++ - syllable);
	if (shape->way == SYLLABLE)
		snprintf(query->typed, sizeof query->typed, "%.*s %c", first, syllable, *second);
	else
		snprintf(query->typed, sizeof query->typed, "%.*s%c",
			 (int)char_bytes(line.full_name, 1), line.full_name, *second);
	snprintf(query->prefix, sizeof query->prefix, "%c%.*s%c", SEARCH_PINYIN, first, syllable, *second);
	return (unsigned char)line.full_name[0] >= 0x80;
}

/* False: the term is no such beginning. */
static bool term_make(const struct shape *shape, const char *term, struct question *query)
{
	size_t bytes = shape->take ? char_bytes(term + 1, shape->take) : strlen(term + 1);

	if (bytes > 100 || (shape->kind == SEARCH_INITIALS && term[1 + bytes] != ' '))
		return false;
	if (shape->kind == SEARCH_NAME && !((unsigned char)term[1] & 0x80))
		return false;
	snprintf(query->prefix, sizeof query->prefix, "%.*s%s", (int)bytes + 1, term,
		 shape->kind == SEARCH_INITIALS ? " " : "");
	for (size_t i = 0; i < bytes; i++)
		query->typed[i] = term[1 + (shape->way == BACKWARDS ? bytes - 1 - i : i)];
	query->typed[bytes] = '\0';
	query->narrows = shape->way == NARROWED ? "焊装" : NULL;
	if (query->narrows)
		snprintf(query->typed + bytes, sizeof query->typed - bytes, " %s", query->narrows);
	return true;
}

/* The query that a random key of the shape's kind gives; false: none good. */
static bool query_make(const struct shape *shape, const struct keys *keys, const struct peer *array,
		       uint64_t *seed, struct question *query, uint8_t *out)
{
	for (int tries = 0; tries < 20000; tries++) {
		const char *term;
		size_t at;

		query->narrows = NULL;
		*seed = *seed * 6364136223846793005u + 1442695040888963407u;
		at = (*seed >> 20) % keys->count;
		term = key_term(keys, at);
		if (term[0] != shape->kind || !(shape->way == SYLLABLE || shape->way == CHARACTER ?
		    mixed_make(shape, keys, at, query) : term_make(shape, term, query)))
			continue;
		query->all_count = 0;
		if (array->ask(array->state, query->prefix, ROWS, out) >= shape->least) {
			all_meant(query);
			return true;
		}
	}
	return false;
}

struct figures {
	double *own, *peer[PEERS], *same; /* same: LMDB, all that is meant, or narrowed */
	size_t count, rows, peer_count[PEERS], same_count;
};

/* A peer that narrows asks the same of a row as the search does, by the same names. */
struct fitting {
	struct local *local;
	bool work;
	struct search_narrow *narrow;
};

static bool row_narrowed(void *context, const uint8_t *row, size_t len)
{
	struct fitting *fitting = context;
	struct local *local = fitting->local;
	struct search_line line;

	return search_line_read(row, len, &line) &&
	       search_narrow_fits(fitting->narrow, local->names, local->db, &line, fitting->work);
}

/* All that the question means, by one peer. */
static void ask_same(struct store *store, const struct peer *peer, const struct question *question,
		     uint8_t *out)
{
	struct fitting fitting;

	if (question->narrows) {
		fitting.local = local_of(store);
		fitting.work = permission_grant(&store->actor, PERM_SEE_P2) != GRANT_NONE;
		fitting.narrow = search_names_narrow(fitting.local->names, question->narrows);
		peer->ask_fitting(peer->state, question->prefix, ROWS, row_narrowed, &fitting, out);
		return;
	}
	for (size_t i = 0, got = 0; i < question->all_count && got < ROWS; i++)
		got += peer->ask(peer->state, question->all[i], ROWS - got, out);
}

/* As if nothing had been asked before, but for the pages of SQLite's. */
static void forget(struct store *store)
{
	store_rest(store);
	search_blocks_release(search_names_blocks(local_of(store)->names));
}

static void ask_all(struct store *store, const struct peer *peers, size_t peer_count,
		    const struct question *query, int round, struct figures *figures, uint8_t *out)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct page page;
	double start;

	if (query->anew)
		forget(store);
	start = now_us();

	if (figures->count == SAMPLES_MAX ||
	    store_search(store, query->typed, ROWS, &arena, &page, &err) < 0)
		return;
	figures->own[figures->count] = now_us() - start;
	figures->rows += page.count;
	arena_release(&arena);
	for (size_t p = 0; p < peer_count; p++) {
		/* In turn, not one after the other: the second would find the rows
		 * of the first in the processor's cache. */
		bool all = round % 2 && peers[p].ask_fitting;

		start = now_us();
		if (all)
			ask_same(store, &peers[p], query, out);
		else
			peers[p].ask(peers[p].state, query->prefix, ROWS, out);
		start = now_us() - start;
		if (all)
			figures->same[figures->same_count++] = start;
		else
			figures->peer[p][figures->peer_count[p]++] = start;
	}
	figures->count++;
}

static double median(double *values, size_t count)
{
	qsort(values, count, sizeof *values, by_value);
	return count ? values[count / 2] : 0;
}

/* FTS5 reads so much that the others' pages would leave the processor's caches. */
static void ask_apart(const struct peer *peer, size_t p, const struct question *queries,
		      size_t count, struct figures *figures, uint8_t *out)
{
	for (int round = 0; round < APART_ROUNDS; round++)
		for (size_t q = 0; q < count; q++) {
			double start = now_us();

			peer->ask(peer->state, queries[q].prefix, ROWS, out);
			figures->peer[p][figures->peer_count[p]++] = now_us() - start;
		}
}

/* True when the budget is kept. */
static bool measure(const struct shape *shape, struct store *store, const struct keys *keys,
		    const struct peer *peers, size_t peer_count, int rounds)
{
	static double own[SAMPLES_MAX], other[PEERS][SAMPLES_MAX], same[SAMPLES_MAX];
	static uint8_t out[ROWS * 512];
	const char *meant = shape->way == NARROWED ? "narrowed too" : "all that is meant";
	struct question queries[QUERIES];
	struct figures figures = { .own = own, .peer = { other[0], other[1], other[2] },
				   .same = same };
	const size_t near = peer_count - !strcmp(peers[peer_count - 1].name, "FTS5");
	uint64_t seed = 1;
	size_t count = 0;
	double mine, one = 0, all = 0;
	bool missed;

	while (count < QUERIES && query_make(shape, keys, &peers[0], &seed, &queries[count], out))
		queries[count++].anew = shape->anew;
	for (int round = -1; round < rounds; round++) {
		if (round == 0) /* the first round warmed up */
			figures = (struct figures){ .own = own, .same = same,
				.peer = { other[0], other[1], other[2] } };
		for (size_t q = 0; q < count; q++)
			ask_all(store, peers, near, &queries[q], round, &figures, out);
	}
	for (size_t p = near; p < peer_count; p++)
		ask_apart(&peers[p], p, queries, count, &figures, out);
	if (!figures.count) {
		printf("%-26s no such keys\n", shape->title);
		return true;
	}
	mine = median(own, figures.count);
	printf("%-26s %5.1f rows %8.1f us", shape->title,
	       (double)figures.rows / (double)figures.count, mine);
	for (size_t p = 0; p < peer_count; p++) {
		double theirs = median(other[p], figures.peer_count[p]);

		printf("  %s %.1f", peers[p].name, theirs);
		if (!strcmp(peers[p].name, "LMDB")) {
			one = mine / theirs;
			theirs = median(same, figures.same_count);
			all = mine / theirs;
			printf("  LMDB, %s %.1f", meant, theirs);
		}
	}
	missed = !shape->anew && (shape->same ? all : one) > BUDGET;
	printf("  %.2f (%.2f of LMDB, %s)%s\n", one, all, meant,
	       shape->anew ? "  not judged" : missed ? "  MISSED" : "");
	return !missed;
}

int main(int argc, char **argv)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct error err = ERROR_INIT;
	struct keys keys = { .count = 0 };
	struct peer peers[PEERS];
	struct store *store;
	size_t peer_count = 0;
	const char *only = getenv("OV_BENCH_KIND"); /* titles that begin so */
	bool kept = true;
	char url[4200];

	if (argc < 4)
		return 2;
	options.data_dir = getenv("OV_SRCDIR");
	options.rests = true;
	snprintf(url, sizeof url, "sqlite:%s", argv[1]);
	if (store_open(url, &options, &store, &err) < 0 ||
	    store_login(store, "front_desk.1", NULL, &err) < 0 ||
	    keys_read(&keys, local_of(store)->db, &err) < 0) {
		fprintf(stderr, "%s\n", err.message);
		return 2;
	}
	peer_count += peer_array(&peers[peer_count], &keys);
	peer_count += peer_lmdb(&peers[peer_count], &keys, argv[2]);
	if (argc > 4 && *argv[4])
		peer_count += peer_fts5(&peers[peer_count], &keys, argv[2]);
	for (size_t p = 0; p < peer_count; p++)
		printf("%-14s %6.0f bytes a student, built in %.1f s\n", peers[p].name,
		       peers[p].bytes_per_student, peers[p].build_seconds);
	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
		if (!strncmp(shapes[i].title, only ? only : "", strlen(only ? only : "")))
			kept = measure(&shapes[i], store, &keys, peers, peer_count, (int)strtol(argv[3], NULL, 10)) && kept;
	store_close(store);
	return !kept;
}
