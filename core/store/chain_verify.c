/* Walking a chain from its first row. The canonical bytes are made from the
 * very values that are stored, not from records, so that a text that reads as
 * the same value is another one here. */
#include "core/store/chain.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/store/chain_pool.h"

enum { REPORT_EVERY = 8192, TEXT_LIMIT = 1024 };

struct walk {
	struct local *local;
	struct chain_result *result;
	struct chain_pool *pool;
	struct chain_batch *batch; /* being filled */
	char *at;                  /* where the next byte goes */
	const char *damage;        /* what is wrong with a value of this row */
	int64_t seq;               /* of this row; each column is fetched once, that is half the work */
	uint8_t prev[HASH_BYTES], prev_seal[HASH_BYTES];
	int64_t total, unsealed;
	char last_day[DATE_TEXT];
	int64_t *balances; /* by account id */
	int64_t accounts;  /* the greatest account id */
};

/* The columns of the two statements, in order. */
enum { L_ID, L_SEQ, L_ACCOUNT, L_KIND, L_AMOUNT, L_MODULE, L_COURSE, L_CLAIM, L_LINE, L_REVERSES,
       L_BOOKED, L_REV, L_AT, L_BY, L_CLASS, L_RESULT, L_BOOKED_BY, L_PREV, L_HASH, L_SEAL };
enum { A_ID, A_SEQ, A_AT, A_USER, A_ACTION, A_KIND, A_OBJECT, A_DETAIL, A_REASON, A_BEFORE,
       A_AFTER, A_REV, A_CREATED, A_BY, A_PREV, A_HASH };

static const char ledger_sql[] =
	"SELECT t.id, t.seq, t.account_id, t.kind, t.amount_centi, t.module_code, t.course_id,"
	" l.claim_id, t.claim_line, t.reverses_seq, t.booked_on, t.rev, t.created_at, t.created_by,"
	" t.source_class, t.result_id, t.booked_by, t.prev_hash, t.hash, t.seal"
	" FROM ledger_entry t LEFT JOIN claim_line l ON l.id = t.claim_line ORDER BY t.id";
static const char audit_sql[] =
	"SELECT id, seq, at, user_id, action, object_kind, object_id, detail, reason, before_hash,"
	" after_hash, rev, created_at, created_by, prev_hash, hash FROM audit_event ORDER BY id";
static const char reversed_sql[] =
	"SELECT account_id, amount_centi, kind = 'REVERSAL' FROM ledger_entry WHERE id = ?";

static bool bad(struct walk *walk, int64_t seq, const char *why)
{
	walk->result->ok = false;
	walk->result->broken = seq;
	snprintf(walk->result->why, sizeof walk->result->why, "%s", why);
	return false;
}

/* --- the bytes of a row, as chain.c writes them --- */

static void put_int(struct walk *walk, int64_t value, char end)
{
	char digits[24], *at = walk->at;
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	size_t len = 0;

	if (value != OV_NULL) {
		do
			digits[len++] = (char)('0' + rest % 10);
		while (rest /= 10);
		if (value < 0)
			*at++ = '-';
		while (len)
			*at++ = digits[--len];
	}
	*at++ = end;
	walk->at = at;
}

static const char *stored(struct walk *walk, struct stmt *stmt, int column, size_t *len)
{
	const char *text = stmt_blob(stmt, column, len);

	if (!text && stmt_text(stmt, column)) /* it would read as none */
		walk->damage = _("a text is empty");
	else if (*len > TEXT_LIMIT)
		walk->damage = _("a text is longer than any may be");
	else
		return text;
	*len = 0;
	return NULL;
}

static bool quoted(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] == ',' || text[i] == '"' || text[i] == '\r' || text[i] == '\n')
			return true;
	return false;
}

static void put_chars(struct walk *walk, const char *text, size_t len, char end)
{
	if (quoted(text, len)) {
		*walk->at++ = '"';
		for (size_t i = 0; i < len; i++) {
			if (text[i] == '"')
				*walk->at++ = '"';
			*walk->at++ = text[i];
		}
		*walk->at++ = '"';
	} else if (len) {
		memcpy(walk->at, text, len);
		walk->at += len;
	}
	*walk->at++ = end;
}

static void put_text(struct walk *walk, struct stmt *stmt, int column, char end)
{
	size_t len;
	const char *text = stored(walk, stmt, column, &len);

	put_chars(walk, text, len, end);
}

/* sodium_bin2hex() takes its time for secrets; these are none. */
static void put_hex(struct walk *walk, const uint8_t *hash)
{
	static const char digits[] = "0123456789abcdef";
	char *at = walk->at; /* a char might be anywhere: what is in WALK is read anew after each */

	for (size_t i = 0; i < HASH_BYTES; i++) {
		at[2 * i] = digits[hash[i] >> 4];
		at[2 * i + 1] = digits[hash[i] & 15];
	}
	walk->at = at + 2 * HASH_BYTES;
}

static const uint8_t *hash_at(struct stmt *stmt, int column)
{
	size_t len;
	const uint8_t *hash = stmt_blob(stmt, column, &len);

	return len == HASH_BYTES ? hash : NULL;
}

static void put_hash(struct walk *walk, struct stmt *stmt, int column, char end)
{
	const uint8_t *hash = hash_at(stmt, column);

	if (hash)
		put_hex(walk, hash);
	else if (stmt_int(stmt, column) != OV_NULL)
		walk->damage = _("a hash has not 32 bytes");
	*walk->at++ = end;
}

static uint8_t *put_bytes(struct walk *walk, const uint8_t *bytes)
{
	uint8_t *at = memcpy(walk->at, bytes, HASH_BYTES);

	walk->at += HASH_BYTES;
	return at;
}

/* --- one row --- */

/* Order and link; begins the row's item with the hash of the one before. */
static bool item_begin(struct walk *walk, struct stmt *stmt, int prev, int hash)
{
	int64_t seq = stmt_int(stmt, L_ID), expected = walk->result->count + 1;
	const uint8_t *before = hash_at(stmt, prev), *own = hash_at(stmt, hash);
	struct chain_item *item;

	if (seq != expected || stmt_int(stmt, L_SEQ) != seq)
		return bad(walk, expected, seq > expected ? _("it is missing") :
			   _("it is not in its place"));
	if (!before || memcmp(before, walk->prev, HASH_BYTES) != 0)
		return bad(walk, seq, _("it does not follow the one before"));
	if (!own)
		return bad(walk, seq, _("the hash does not match"));
	if (!walk->batch)
		walk->batch = chain_pool_batch(walk->pool);
	item = &walk->batch->items[walk->batch->count];
	walk->at = walk->batch->bytes + walk->batch->used;
	walk->damage = NULL;
	item->seq = walk->seq = seq;
	item->seal = NULL;
	item->hash_from = (const char *)put_bytes(walk, before);
	item->hash = own; /* until hash_end() */
	return true;
}

static void hash_end(struct walk *walk)
{
	struct chain_item *item = &walk->batch->items[walk->batch->count];

	item->hash_len = (size_t)(walk->at - item->hash_from);
	item->hash = put_bytes(walk, item->hash);
	memcpy(walk->prev, item->hash, HASH_BYTES);
}

static bool item_end(struct walk *walk)
{
	struct chain_batch *batch = walk->batch;

	if (walk->damage)
		return bad(walk, batch->items[batch->count].seq, walk->damage);
	batch->used = (size_t)(walk->at - batch->bytes);
	batch->count++;
	if (batch->count == CHAIN_BATCH_ROWS || batch->used + CHAIN_ROW_BYTES > CHAIN_BATCH_BYTES) {
		chain_pool_give(walk->pool, batch);
		walk->batch = NULL;
	}
	return true;
}

/* What the hash of an entry does not cover. */
static bool seal_put(struct walk *walk, struct stmt *stmt)
{
	struct chain_item *item = &walk->batch->items[walk->batch->count];
	const uint8_t *seal = hash_at(stmt, L_SEAL);

	if (item->seq <= walk->unsealed)
		return stmt_int(stmt, L_SEAL) == OV_NULL ||
		       bad(walk, item->seq, _("the seal does not match"));
	if (!seal)
		return bad(walk, item->seq, _("the seal is missing"));
	item->seal_from = (const char *)put_bytes(walk, walk->prev_seal);
	put_bytes(walk, item->hash);
	put_int(walk, stmt_int(stmt, L_REV), ',');
	put_int(walk, stmt_int(stmt, L_AT), ',');
	put_int(walk, stmt_int(stmt, L_BY), ',');
	put_text(walk, stmt, L_CLASS, ',');
	put_int(walk, stmt_int(stmt, L_RESULT), ',');
	put_int(walk, stmt_int(stmt, L_BOOKED_BY), '\n');
	item->seal_len = (size_t)(walk->at - item->seal_from);
	item->seal = put_bytes(walk, seal);
	memcpy(walk->prev_seal, seal, HASH_BYTES);
	return true;
}

/* That nothing is reversed twice, the table's UNIQUE says. */
static int reversal_look(struct walk *walk, struct stmt *entry, bool *good, struct error *err)
{
	int64_t seq = stmt_int(entry, L_ID), of = stmt_int(entry, L_REVERSES);
	struct stmt *stmt;
	int rc = db_prepare(walk->local->db, reversed_sql, &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, of);
	rc = stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	if (rc == 0 || of >= seq)
		*good = bad(walk, seq, _("it reverses no earlier entry"));
	else if (stmt_int(stmt, 2) == 1)
		*good = bad(walk, seq, _("it reverses a reversal"));
	else if (stmt_int(stmt, 0) != stmt_int(entry, L_ACCOUNT) ||
		 stmt_int(stmt, 1) != -stmt_int(entry, L_AMOUNT))
		*good = bad(walk, seq, _("it differs from the entry it reverses"));
	stmt_reset(stmt);
	return 0;
}

static bool day_good(struct walk *walk, const char *day, size_t len)
{
	int64_t date;

	if (len == 10 && !memcmp(day, walk->last_day, 10))
		return true;
	if (!day || !date_parse_len(day, len, &date))
		return bad(walk, walk->seq, _("its day is none"));
	if (memcmp(day, walk->last_day, 10) < 0) /* ISO dates are in the order of their bytes */
		return bad(walk, walk->seq, _("it is booked before the one before"));
	memcpy(walk->last_day, day, 10);
	return true;
}

static bool balance_good(struct walk *walk, int64_t account, int64_t amount)
{
	if (account < 1 || account > walk->accounts)
		return bad(walk, walk->seq, _("its account is not there"));
	if (__builtin_add_overflow(walk->balances[account], amount, &walk->balances[account]) ||
	    walk->balances[account] < 0)
		return bad(walk, walk->seq, _("the balance falls below zero"));
	return true;
}

static int ledger_row(struct walk *walk, struct stmt *stmt, bool *good, struct error *err)
{
	int64_t account, amount, reverses;
	const char *day;
	size_t day_len;

	*good = item_begin(walk, stmt, L_PREV, L_HASH);
	if (!*good)
		return 0;
	account = stmt_int(stmt, L_ACCOUNT);
	amount = stmt_int(stmt, L_AMOUNT);
	reverses = stmt_int(stmt, L_REVERSES);
	day = stored(walk, stmt, L_BOOKED, &day_len);
	put_int(walk, walk->seq, ',');
	put_int(walk, account, ',');
	put_text(walk, stmt, L_KIND, ',');
	put_int(walk, amount, ',');
	put_text(walk, stmt, L_MODULE, ',');
	put_int(walk, stmt_int(stmt, L_COURSE), ',');
	put_int(walk, stmt_int(stmt, L_CLAIM), ',');
	put_int(walk, stmt_int(stmt, L_LINE), ',');
	put_int(walk, reverses, ',');
	put_chars(walk, day, day_len, '\n');
	hash_end(walk);
	*good = seal_put(walk, stmt) && item_end(walk) && day_good(walk, day, day_len) &&
		balance_good(walk, account, amount);
	if (*good && reverses != OV_NULL)
		return reversal_look(walk, stmt, good, err);
	return 0;
}

static bool audit_row(struct walk *walk, struct stmt *stmt)
{
	int64_t at, user;

	if (!item_begin(walk, stmt, A_PREV, A_HASH))
		return false;
	at = stmt_int(stmt, A_AT);
	user = stmt_int(stmt, A_USER);
	put_int(walk, walk->seq, ',');
	put_int(walk, at, ',');
	put_int(walk, user, ',');
	put_text(walk, stmt, A_ACTION, ',');
	put_text(walk, stmt, A_KIND, ',');
	put_int(walk, stmt_int(stmt, A_OBJECT), ',');
	put_text(walk, stmt, A_DETAIL, ',');
	put_text(walk, stmt, A_REASON, ',');
	put_hash(walk, stmt, A_BEFORE, ',');
	put_hash(walk, stmt, A_AFTER, '\n');
	hash_end(walk);
	if (stmt_int(stmt, A_REV) != 1 || stmt_int(stmt, A_CREATED) != at ||
	    stmt_int(stmt, A_BY) != user)
		walk->damage = _("its head says something else than the event");
	return item_end(walk);
}

/* --- all of them --- */

/* A helper found a bad row, which is before this one. */
static bool found(struct walk *walk)
{
	return walk->result->count % CHAIN_BATCH_ROWS == 0 && chain_pool_broken(walk->pool);
}

static bool stopped(struct walk *walk)
{
	struct store *store = &walk->local->store;

	return walk->result->count % REPORT_EVERY == 0 && store->progress &&
	       store->progress(store->progress_context, walk->result->count, walk->total);
}

static int walk_rows(struct walk *walk, enum chain chain, struct error *err)
{
	struct stmt *stmt;
	bool good = true;
	int rc = db_prepare_many(walk->local->db, chain == CHAIN_LEDGER ? ledger_sql : audit_sql, &stmt,
				 err);

	if (rc < 0)
		return rc;
	while (good && !found(walk) && (rc = stmt_step(stmt, err)) > 0) {
		if (chain == CHAIN_LEDGER)
			rc = ledger_row(walk, stmt, &good, err);
		else
			good = audit_row(walk, stmt);
		if (rc < 0)
			break;
		walk->result->count += good;
		if (stopped(walk)) {
			rc = error_reason(err, REASON_CANCELLED, NULL);
			break;
		}
	}
	stmt_reset(stmt);
	return rc < 0 ? rc : 0;
}

/* The reader may have stopped at a later row than a helper did. */
static void judge(struct walk *walk)
{
	int64_t seq;
	enum chain_fault fault;

	if (walk->batch)
		chain_pool_give(walk->pool, walk->batch);
	fault = chain_pool_finish(walk->pool, &seq);
	if (fault == CHAIN_GOOD || (!walk->result->ok && walk->result->broken < seq))
		return;
	bad(walk, seq, fault == CHAIN_BAD_HASH ? _("the hash does not match") :
	    _("the seal does not match"));
	walk->result->count = seq - 1;
}

static int greatest(struct walk *walk, const char *sql, int64_t *id, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(walk->local->db, sql, &stmt, err);

	if (rc < 0 || (rc = stmt_step(stmt, err)) < 0)
		return rc;
	*id = rc == 0 || stmt_int(stmt, 0) == OV_NULL ? 0 : stmt_int(stmt, 0);
	stmt_reset(stmt);
	return 0;
}

static int walk_begin(struct walk *walk, enum chain chain, struct error *err)
{
	int rc = greatest(walk, chain == CHAIN_LEDGER ? "SELECT max(id) FROM ledger_entry" :
			  "SELECT max(id) FROM audit_event", &walk->total, err);

	if (rc == 0)
		rc = greatest(walk, "SELECT max(id) FROM account", &walk->accounts, err);
	if (rc == 0)
		rc = greatest(walk, "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'unsealed'",
			      &walk->unsealed, err);
	return rc;
}

int chain_walk(struct local *local, enum chain chain, struct chain_result *result,
	       struct error *err)
{
	struct walk walk = { .local = local, .result = result };
	int rc;

	*result = (struct chain_result){ .ok = true };
	rc = walk_begin(&walk, chain, err);
	if (rc < 0)
		return rc;
	walk.balances = mem_alloc((size_t)(walk.accounts + 1) * sizeof *walk.balances);
	walk.pool = chain_pool_new();
	rc = walk_rows(&walk, chain, err);
	judge(&walk);
	chain_pool_free(walk.pool);
	free(walk.balances);
	return rc;
}

int chain_verify(struct local *local, enum chain chain, struct chain_result *result,
		 struct error *err)
{
	int rc;

	*result = (struct chain_result){ .ok = true };
	local_enter(local);
	rc = db_begin(local->db, DB_READ, err);
	if (rc == 0)
		rc = chain_walk(local, chain, result, err);
	db_rollback(local->db);
	local_leave(local);
	return rc;
}
