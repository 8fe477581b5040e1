/* Walking a chain from its first row. */
#include "core/store/chain.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"

enum { REPORT_EVERY = 8192 };

struct walk {
	struct local *local;
	struct chain_result *result;
	struct buf bytes;
	uint8_t prev[HASH_BYTES];
	int64_t total, last_day;
	int64_t *balances; /* by account id */
	int64_t accounts;  /* the greatest account id */
};

/* Columns before the entry's own: what it reverses, and its claim. */
enum { OF_ACCOUNT, OF_AMOUNT, OF_KIND, OF_CLAIM, ENTRY };

static bool bad(struct walk *walk, int64_t seq, const char *why)
{
	walk->result->ok = false;
	walk->result->broken = seq;
	snprintf(walk->result->why, sizeof walk->result->why, "%s", why);
	return false;
}

static bool link_good(struct walk *walk, int64_t seq, const uint8_t *prev_hash,
		      const uint8_t *hash)
{
	uint8_t sum[HASH_BYTES];

	if (seq != walk->result->count + 1)
		return bad(walk, walk->result->count + 1, _("it is missing"));
	if (!prev_hash || memcmp(prev_hash, walk->prev, HASH_BYTES) != 0)
		return bad(walk, seq, _("it does not follow the one before"));
	hash_chain(walk->prev, buf_cstr(&walk->bytes), walk->bytes.len, sum);
	if (!hash || memcmp(sum, hash, HASH_BYTES) != 0)
		return bad(walk, seq, _("the hash does not match"));
	memcpy(walk->prev, sum, HASH_BYTES);
	return true;
}

/* That nothing is reversed twice, the table's UNIQUE says. */
static bool reversal_good(struct walk *walk, const struct ledger_entry *entry,
			  struct stmt *stmt)
{
	const char *kind = stmt_text(stmt, OF_KIND);

	if (entry->reverses_seq >= entry->seq || !kind)
		return bad(walk, entry->seq, _("it reverses no earlier entry"));
	if (!strcmp(kind, enum_code(&entry_kind_enum, ENTRY_REVERSAL)))
		return bad(walk, entry->seq, _("it reverses a reversal"));
	if (stmt_int(stmt, OF_ACCOUNT) != entry->account_id ||
	    stmt_int(stmt, OF_AMOUNT) != -entry->amount_centi)
		return bad(walk, entry->seq, _("it differs from the entry it reverses"));
	return true;
}

static bool ledger_good(struct walk *walk, const struct ledger_entry *entry,
			struct stmt *stmt)
{
	buf_clear(&walk->bytes);
	chain_ledger_bytes(&walk->bytes, entry, stmt_int(stmt, OF_CLAIM));
	if (!link_good(walk, entry->seq, entry->prev_hash, entry->hash))
		return false;
	if (entry->booked_on < walk->last_day)
		return bad(walk, entry->seq, _("it is booked before the one before"));
	walk->last_day = entry->booked_on;
	if (entry->account_id < 1 || entry->account_id > walk->accounts)
		return bad(walk, entry->seq, _("its account is not there"));
	walk->balances[entry->account_id] += entry->amount_centi;
	if (walk->balances[entry->account_id] < 0)
		return bad(walk, entry->seq, _("the balance falls below zero"));
	return entry->kind != ENTRY_REVERSAL || reversal_good(walk, entry, stmt);
}

static bool audit_good(struct walk *walk, const struct audit_event *event)
{
	buf_clear(&walk->bytes);
	chain_audit_bytes(&walk->bytes, event);
	return link_good(walk, event->seq, event->prev_hash, event->hash);
}

static int greatest(struct walk *walk, const char *sql, int64_t *id, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(walk->local->db, sql, &stmt, err);

	if (rc < 0 || (rc = stmt_step(stmt, err)) < 0)
		return rc;
	*id = stmt_int(stmt, 0) == OV_NULL ? 0 : stmt_int(stmt, 0);
	stmt_reset(stmt);
	return 0;
}

/* One row; *stop when the chain is broken. */
static void row(struct walk *walk, enum chain chain, struct stmt *stmt, struct arena *arena,
		bool *stop)
{
	bool good = chain == CHAIN_LEDGER ?
		ledger_good(walk, local_row(&ledger_entry_fields, stmt, ENTRY, arena), stmt) :
		audit_good(walk, local_row(&audit_event_fields, stmt, 0, arena));

	*stop = !good;
	if (good)
		walk->result->count++;
}

static int walk_rows(struct walk *walk, enum chain chain, struct error *err)
{
	struct store *store = &walk->local->store;
	struct arena arena = ARENA_INIT;
	struct buf sql = BUF_INIT;
	struct stmt *stmt;
	bool stop = false;
	int rc;

	if (chain == CHAIN_LEDGER)
		buf_printf(&sql, "SELECT r.account_id, r.amount_centi, r.kind, l.claim_id, %s "
			   "FROM ledger_entry t LEFT JOIN claim_line l ON l.id = t.claim_line "
			   "LEFT JOIN ledger_entry r ON r.id = t.reverses_seq ORDER BY t.id",
			   local_sql(walk->local, KIND_LEDGER_ENTRY)->columns);
	else
		buf_printf(&sql, "SELECT %s FROM audit_event t ORDER BY t.id",
			   local_sql(walk->local, KIND_AUDIT_EVENT)->columns);
	rc = db_prepare(walk->local->db, buf_cstr(&sql), &stmt, err);
	buf_release(&sql);
	if (rc < 0)
		return rc;
	while (!stop && (rc = stmt_step(stmt, err)) > 0) {
		row(walk, chain, stmt, &arena, &stop);
		arena_clear(&arena);
		if (walk->result->count % REPORT_EVERY == 0 && store->progress &&
		    store->progress(store->progress_context, walk->result->count, walk->total)) {
			rc = error_reason(err, REASON_CANCELLED, NULL);
			break;
		}
	}
	if (rc >= 0 || stop)
		stmt_reset(stmt);
	arena_release(&arena);
	return rc < 0 ? rc : 0;
}

int chain_verify(struct local *local, enum chain chain, struct chain_result *result,
		 struct error *err)
{
	struct walk walk = { .local = local, .result = result, .last_day = OV_NULL };
	int rc;

	*result = (struct chain_result){ .ok = true };
	local_enter(local);
	rc = db_begin(local->db, DB_READ, err);
	if (rc == 0)
		rc = greatest(&walk, chain == CHAIN_LEDGER ? "SELECT max(id) FROM ledger_entry" :
			      "SELECT max(id) FROM audit_event", &walk.total, err);
	if (rc == 0)
		rc = greatest(&walk, "SELECT max(id) FROM account", &walk.accounts, err);
	if (rc == 0) {
		walk.balances = mem_alloc((size_t)(walk.accounts + 1) * sizeof *walk.balances);
		rc = walk_rows(&walk, chain, err);
	}
	db_rollback(local->db);
	local_leave(local);
	buf_release(&walk.bytes);
	free(walk.balances);
	return rc;
}
