#include "tests/bench/search_peers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "core/base/arena.h"
#include "core/store/search_scan.h"

#ifdef HAVE_LMDB
#include <lmdb.h>
#endif

enum { ROW_ROOM = 512, ROW_MEAN = 80 /* bytes of a row, at most so many on average */, BLOCKS_READ = 2000 };

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double file_bytes(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (double)st.st_blocks * 512 : 0;
}

/* --- the keys --- */

static int number_of(struct db *db, const char *sql, int64_t *number, struct error *err)
{
	return db_number(db, sql, number, err);
}

/* Room for COUNT more entries. */
static void keys_grow(struct keys *keys, size_t bytes)
{
	if (keys->count == keys->room) {
		keys->room = keys->room ? keys->room * 2 : 1 << 20;
		keys->items = mem_grow(keys->items, keys->room * sizeof *keys->items);
	}
	if (keys->texts_used + bytes > keys->texts_room) {
		keys->texts_room = keys->texts_room ? keys->texts_room * 2 : 1 << 24;
		keys->texts = mem_grow(keys->texts, keys->texts_room);
	}
}

/* What a list shows, once for each learner: beside the first of his terms. */
static void row_keep(struct keys *keys, const struct search_entry *entry)
{
	struct row *row = &keys->rows[entry->student_id];

	if (row->bytes)
		return;
	row->bytes = keys->bytes + keys->bytes_used;
	row->len = search_line_write(&entry->line, keys->bytes + keys->bytes_used);
	keys->bytes_used += row->len;
}

int keys_read(struct keys *keys, struct db *db, struct error *err)
{
	char last[SEARCH_TERM_BYTES] = "";
	int64_t last_id = 0;
	struct search_blocks blocks;
	struct search_scan scan;
	int rc = number_of(db, "SELECT max(id) FROM student", &keys->last_id, err);

	if (rc < 0)
		return rc;
	rc = number_of(db, "SELECT count(*) FROM student", &keys->learners, err);
	if (rc < 0)
		return rc;
	keys->rows = mem_alloc((size_t)(keys->last_id + 1) * sizeof *keys->rows);
	keys->bytes = mem_alloc((size_t)keys->learners * ROW_MEAN + SEARCH_LINE_BYTES);
	search_blocks_init(&blocks, db);
	search_scan_begin(&scan, &blocks, "", false);
	while ((rc = search_scan_next(&scan, err)) > 0) {
		const struct search_entry *entry = &scan.entry;

		if (entry->student_id <= last_id && !strcmp(entry->term, last))
			continue; /* before it went on here */
		keys_grow(keys, entry->term_len + 1);
		row_keep(keys, entry);
		memcpy(keys->texts + keys->texts_used, entry->term, entry->term_len + 1);
		keys->items[keys->count++] = (struct key){ keys->texts_used, entry->student_id };
		keys->texts_used += entry->term_len + 1;
		if (blocks.count > BLOCKS_READ) {
			memcpy(last, entry->term, entry->term_len + 1);
			last_id = entry->student_id;
			search_blocks_turn(&blocks, NULL); /* and all that was read is gone */
			search_scan_begin(&scan, &blocks, "", false);
			search_scan_from(&scan, last);
		}
	}
	search_blocks_release(&blocks);
	return rc;
}

/* --- sorted arrays --- */

static size_t array_ask(void *state, const char *prefix, size_t rows, uint8_t *out)
{
	const struct keys *keys = state;
	size_t low = 0, high = keys->count, found = 0, len = strlen(prefix);

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (strcmp(key_term(keys, mid), prefix) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; found < rows && low < keys->count; low++, found++) {
		const struct row *row = &keys->rows[keys->items[low].id];

		if (strncmp(key_term(keys, low), prefix, len) != 0)
			break;
		memcpy(out + found * ROW_ROOM, row->bytes, row->len);
	}
	return found;
}

bool peer_array(struct peer *peer, const struct keys *keys)
{
	*peer = (struct peer){ .name = "sorted array", .ask = array_ask,
			       .state = (void *)(uintptr_t)keys };
	peer->bytes_per_student = (double)(keys->texts_used + keys->bytes_used +
		keys->count * sizeof *keys->items +
		(size_t)keys->learners * sizeof *keys->rows) / (double)keys->learners;
	return true;
}

/* --- LMDB: key and id → nothing; id → row --- */

#ifdef HAVE_LMDB
struct lmdb {
	MDB_env *env;
	MDB_dbi terms, rows;
	MDB_txn *txn;
	MDB_cursor *cursor;
};

static size_t key_pack(char *out, const char *term, int64_t id)
{
	size_t len = strlen(term);

	memcpy(out, term, len + 1);
	for (int i = 0; i < 8; i++)
		out[len + 1 + (size_t)i] = (char)((uint64_t)id >> (56 - 8 * i));
	return len + 9;
}

/* FITS may be NULL: all do. */
static size_t lmdb_ask_fitting(void *state, const char *prefix, size_t rows, row_fits *fits,
			       void *context, uint8_t *out)
{
	struct lmdb *lmdb = state;
	size_t len = strlen(prefix), found = 0;
	MDB_val key = { len, (void *)(uintptr_t)prefix }, value;
	int rc;

	mdb_txn_renew(lmdb->txn);
	mdb_cursor_renew(lmdb->txn, lmdb->cursor);
	rc = mdb_cursor_get(lmdb->cursor, &key, &value, MDB_SET_RANGE);
	while (rc == 0 && found < rows && key.mv_size >= len + 8 &&
	       !memcmp(key.mv_data, prefix, len)) {
		const unsigned char *id = (const unsigned char *)key.mv_data + key.mv_size - 8;
		size_t number = 0;
		MDB_val row, row_key = { sizeof number, &number };

		for (int i = 0; i < 8; i++)
			number = number << 8 | id[i];
		if (mdb_get(lmdb->txn, lmdb->rows, &row_key, &row) == 0 &&
		    (!fits || fits(context, row.mv_data, row.mv_size))) {
			memcpy(out + found * ROW_ROOM, row.mv_data, row.mv_size);
			found++;
		}
		rc = mdb_cursor_get(lmdb->cursor, &key, &value, MDB_NEXT);
	}
	mdb_txn_reset(lmdb->txn);
	return found;
}

static size_t lmdb_ask(void *state, const char *prefix, size_t rows, uint8_t *out)
{
	return lmdb_ask_fitting(state, prefix, rows, NULL, NULL, out);
}

static int lmdb_fill(struct lmdb *lmdb, const struct keys *keys)
{
	MDB_txn *txn;
	char packed[512];
	int rc = mdb_txn_begin(lmdb->env, NULL, 0, &txn);

	if (rc == 0)
		rc = mdb_dbi_open(txn, "terms", MDB_CREATE, &lmdb->terms);
	if (rc == 0)
		rc = mdb_dbi_open(txn, "rows", MDB_CREATE | MDB_INTEGERKEY, &lmdb->rows);
	for (size_t i = 0; rc == 0 && i < keys->count; i++) {
		MDB_val key = { key_pack(packed, key_term(keys, i), keys->items[i].id), packed };
		MDB_val nothing = { 0, packed };

		if (key.mv_size < 511)
			rc = mdb_put(txn, lmdb->terms, &key, &nothing, MDB_APPEND);
	}
	for (size_t id = 1; rc == 0 && id <= (size_t)keys->last_id; id++) {
		MDB_val key = { sizeof id, &id };
		MDB_val row = { keys->rows[id].len, (void *)(uintptr_t)keys->rows[id].bytes };

		if (row.mv_size)
			rc = mdb_put(txn, lmdb->rows, &key, &row, MDB_APPEND);
	}
	return rc ? rc : mdb_txn_commit(txn);
}

bool peer_lmdb(struct peer *peer, const struct keys *keys, const char *folder)
{
	struct lmdb *lmdb = mem_alloc(sizeof *lmdb);
	double start = seconds();
	char path[4096];
	int rc = mdb_env_create(&lmdb->env);

	snprintf(path, sizeof path, "%s/peer.lmdb", folder);
	mdb_env_set_mapsize(lmdb->env, (size_t)keys->count * 200 + (64u << 20));
	mdb_env_set_maxdbs(lmdb->env, 4);
	if (rc == 0)
		rc = mdb_env_open(lmdb->env, path, MDB_NOSUBDIR | MDB_NOSYNC, 0600);
	if (rc == 0)
		rc = lmdb_fill(lmdb, keys);
	if (rc == 0)
		rc = mdb_txn_begin(lmdb->env, NULL, MDB_RDONLY, &lmdb->txn);
	if (rc == 0)
		rc = mdb_cursor_open(lmdb->txn, lmdb->terms, &lmdb->cursor);
	if (rc) {
		fprintf(stderr, "LMDB: %s\n", mdb_strerror(rc));
		return false;
	}
	mdb_txn_reset(lmdb->txn);
	*peer = (struct peer){ .name = "LMDB", .state = lmdb, .ask = lmdb_ask,
			       .ask_fitting = lmdb_ask_fitting,
			       .bytes_per_student = file_bytes(path) / (double)keys->learners,
			       .build_seconds = seconds() - start };
	return true;
}
#else
bool peer_lmdb(struct peer *peer, const struct keys *keys, const char *folder)
{
	(void)peer;
	(void)keys;
	(void)folder;
	fprintf(stderr, "LMDB was not there when this was configured (liblmdb-dev)\n");
	return false;
}
#endif

/* --- FTS5: one document a learner, every term a word of it --- */

struct fts5 {
	struct db *db;
};

/* Words without blanks: the index's own mean a syllable's end. */
static void word_of(const char *term, char out[512])
{
	size_t to = 0;

	for (const char *c = term; *c && to < 500; c++)
		out[to++] = *c == ' ' ? '_' : *c;
	out[to] = '\0';
}

static size_t fts5_ask(void *state, const char *prefix, size_t rows, uint8_t *out)
{
	struct fts5 *fts5 = state;
	struct error err = ERROR_INIT;
	char word[512], match[600];
	struct stmt *stmt;
	size_t found = 0;

	word_of(prefix, word);
	snprintf(match, sizeof match, "\"%s\"*", word);
	db_begin(fts5->db, DB_READ, &err);
	if (db_prepare(fts5->db, "SELECT r.line FROM peer p JOIN rows r ON r.id = p.rowid "
		       "WHERE peer MATCH ? LIMIT ?", &stmt, &err) == 0) {
		stmt_bind_text(stmt, 1, match);
		stmt_bind_int(stmt, 2, (int64_t)rows);
		while (stmt_step(stmt, &err) > 0) {
			size_t len;
			const void *line = stmt_blob(stmt, 0, &len);

			memcpy(out + found++ * ROW_ROOM, line, len);
		}
		stmt_reset(stmt);
	}
	db_rollback(fts5->db);
	return found;
}

static int by_id(const void *a, const void *b)
{
	const struct key *x = *(struct key *const *)a, *y = *(struct key *const *)b;

	return (x->id > y->id) - (x->id < y->id);
}

static int fts5_fill(struct fts5 *fts5, const struct keys *keys, struct error *err)
{
	struct key **order = mem_alloc(keys->count * sizeof(struct key *));
	struct stmt *stmt;
	char text[8192], word[512];
	int rc = db_exec(fts5->db, "CREATE VIRTUAL TABLE peer USING fts5(words, content='', "
			 "detail=none, prefix='2 3 4', tokenize=\"unicode61 tokenchars '_'\");"
			 "CREATE TABLE rows (id INTEGER PRIMARY KEY, line BLOB)", err);

	for (size_t i = 0; i < keys->count; i++)
		order[i] = &keys->items[i];
	qsort(order, keys->count, sizeof(struct key *), by_id);
	for (size_t i = 0, end; rc == 0 && i < keys->count; i = end) {
		size_t to = 0;

		for (end = i; end < keys->count && order[end]->id == order[i]->id; end++) {
			word_of(keys->texts + order[end]->term, word);
			to += (size_t)snprintf(text + to, sizeof text - to, "%s ", word);
			if (to >= sizeof text - 512)
				to = sizeof text - 512;
		}
		rc = db_prepare(fts5->db, "INSERT INTO peer (rowid, words) VALUES (?, ?)", &stmt, err);
		if (rc < 0)
			break;
		stmt_bind_int(stmt, 1, order[i]->id);
		stmt_bind_text(stmt, 2, text);
		rc = stmt_run(stmt, err);
		if (rc == 0)
			rc = db_prepare(fts5->db, "INSERT INTO rows VALUES (?, ?)", &stmt, err);
		if (rc < 0)
			break;
		stmt_bind_int(stmt, 1, order[i]->id);
		stmt_bind_blob(stmt, 2, keys->rows[order[i]->id].bytes, keys->rows[order[i]->id].len);
		rc = stmt_run(stmt, err);
	}
	free(order);
	return rc;
}

bool peer_fts5(struct peer *peer, const struct keys *keys, const char *folder)
{
	struct fts5 *fts5 = mem_alloc(sizeof *fts5);
	struct error err = ERROR_INIT;
	double start = seconds();
	char path[4096];
	int rc;

	snprintf(path, sizeof path, "%s/peer.fts5", folder);
	rc = db_open(path, DB_CREATE, 5000, &fts5->db, &err);
	if (rc == 0)
		rc = db_begin(fts5->db, DB_WRITE, &err);
	if (rc == 0)
		rc = fts5_fill(fts5, keys, &err);
	if (rc == 0)
		rc = db_commit(fts5->db, &err);
	if (rc < 0) {
		fprintf(stderr, "FTS5: %s\n", err.message);
		return false;
	}
	*peer = (struct peer){ .name = "FTS5", .state = fts5, .ask = fts5_ask,
			       .bytes_per_student = file_bytes(path) / (double)keys->learners,
			       .build_seconds = seconds() - start };
	return true;
}
