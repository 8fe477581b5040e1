/* Canonical bytes, and the next row of a chain. Walking them is chain_verify.c. */
#include "core/store/chain.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/store/tx.h"

const char chain_ledger_header[] =
	"seq,account,kind,amount_centi,module,course,claim,line,reverses,booked_on,hash";
const char chain_audit_header[] =
	"seq,at,user,action,object_kind,object_id,detail,reason,before_hash,after_hash,hash";

static void put_int(struct buf *out, int64_t value, char end)
{
	if (value != OV_NULL)
		buf_int(out, value);
	buf_char(out, end);
}

static void put_text(struct buf *out, const char *text, char end)
{
	if (text && text[strcspn(text, ",\"\r\n")]) {
		buf_char(out, '"');
		for (; *text; text++) {
			if (*text == '"')
				buf_char(out, '"');
			buf_char(out, *text);
		}
		buf_char(out, '"');
	} else if (text) {
		buf_text(out, text);
	}
	buf_char(out, end);
}

static void put_hash(struct buf *out, const uint8_t *hash, char end)
{
	char hex[HASH_HEX];

	if (hash)
		buf_text(out, hash_hex(hash, hex));
	buf_char(out, end);
}

void chain_ledger_bytes(struct buf *out, const struct ledger_entry *entry, int64_t claim)
{
	char day[DATE_TEXT];

	put_int(out, entry->seq, ',');
	put_int(out, entry->account_id, ',');
	put_text(out, enum_code(&entry_kind_enum, entry->kind), ',');
	put_int(out, entry->amount_centi, ',');
	put_text(out, entry->module_code, ',');
	put_int(out, entry->course_id, ',');
	put_int(out, claim, ',');
	put_int(out, entry->claim_line, ',');
	put_int(out, entry->reverses_seq, ',');
	put_text(out, date_format(entry->booked_on, day), '\n');
}

void chain_audit_bytes(struct buf *out, const struct audit_event *event)
{
	put_int(out, event->seq, ',');
	put_int(out, event->at, ',');
	put_int(out, event->user_id, ',');
	put_text(out, event->action, ',');
	put_text(out, event->object_kind, ',');
	put_int(out, event->object_id, ',');
	put_text(out, event->detail, ',');
	put_text(out, event->reason, ',');
	put_hash(out, event->before_hash, ',');
	put_hash(out, event->after_hash, '\n');
}

static void seal_bytes(struct buf *out, const struct ledger_entry *entry)
{
	put_int(out, entry->rev, ',');
	put_int(out, entry->created_at, ',');
	put_int(out, entry->created_by, ',');
	put_text(out, enum_code(&source_class_enum, entry->source_class), ',');
	put_int(out, entry->result_id, ',');
	put_int(out, entry->booked_by, '\n');
}

static const uint8_t zeroes[HASH_BYTES];

/* The last row of a chain's table; NULL for an empty one. */
static int last_row(struct tx *tx, enum kind kind, void **record, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(tx->db, kind == KIND_LEDGER_ENTRY ?
			    "SELECT max(id) FROM ledger_entry" :
			    "SELECT max(id) FROM audit_event", &stmt, err);
	int64_t id;

	*record = NULL;
	if (rc < 0 || (rc = stmt_step(stmt, err)) < 0)
		return rc;
	id = stmt_int(stmt, 0);
	stmt_reset(stmt);
	return id == OV_NULL ? 0 : local_load(tx->local, kind, id, tx->arena, record, err);
}

void chain_ledger_close(struct ledger_entry *entry, int64_t claim, const uint8_t *prev_hash,
			const uint8_t *prev_seal, struct arena *arena)
{
	uint8_t hash[HASH_BYTES];
	struct buf bytes = BUF_INIT;

	chain_ledger_bytes(&bytes, entry, claim);
	hash_chain(prev_hash ? prev_hash : zeroes, buf_cstr(&bytes), bytes.len, hash);
	entry->prev_hash = arena_memdup(arena, prev_hash ? prev_hash : zeroes, HASH_BYTES);
	entry->hash = arena_memdup(arena, hash, HASH_BYTES);
	buf_clear(&bytes);
	buf_add(&bytes, hash, HASH_BYTES);
	seal_bytes(&bytes, entry);
	hash_chain(prev_seal ? prev_seal : zeroes, buf_cstr(&bytes), bytes.len, hash);
	entry->seal = arena_memdup(arena, hash, HASH_BYTES);
	buf_release(&bytes);
}

static int broken(const char *chain, int64_t seq, const char *why, struct error *err)
{
	char number[24];

	snprintf(number, sizeof number, "%" PRId64, seq);
	return error_reason(err, REASON_CHAIN_BROKEN, "chain", chain, "seq", number,
			    "why", why, NULL);
}

static int claim_of_line(struct tx *tx, int64_t line, int64_t *claim, struct error *err)
{
	struct claim_line *record;
	int rc;

	*claim = OV_NULL;
	if (line == OV_NULL)
		return 0;
	rc = tx_get(tx, KIND_CLAIM_LINE, line, (void **)&record, err);
	if (rc == 0)
		*claim = record->claim_id;
	return rc;
}

/* I15: nothing is posted behind a broken link. The whole chain is walked by
 * `ledger verify`; the last row is looked at on every posting. */
static int last_is_good(struct tx *tx, const struct ledger_entry *last, struct error *err)
{
	struct buf bytes = BUF_INIT;
	uint8_t sum[HASH_BYTES];
	int64_t claim;
	int rc = claim_of_line(tx, last->claim_line, &claim, err);

	if (rc < 0)
		return rc;
	chain_ledger_bytes(&bytes, last, claim);
	if (last->hash && last->prev_hash)
		hash_chain(last->prev_hash, buf_cstr(&bytes), bytes.len, sum);
	buf_release(&bytes);
	if (!last->hash || !last->prev_hash || last->seq != last->id ||
	    memcmp(sum, last->hash, HASH_BYTES) != 0)
		return broken(_("ledger"), last->id, _("the hash does not match"), err);
	return 0;
}

/* A reversal is of an earlier entry of the same account, with the opposite
 * amount, and never of a reversal. That it is the only one, the table says. */
static int reversal_check(struct tx *tx, const struct ledger_entry *entry, struct error *err)
{
	struct ledger_entry *of;
	int rc = tx_get(tx, KIND_LEDGER_ENTRY, entry->reverses_seq, (void **)&of, err);

	if (rc < 0)
		return rc;
	if (of->account_id == entry->account_id && of->kind != ENTRY_REVERSAL &&
	    of->amount_centi == -entry->amount_centi)
		return 0;
	return error_reason(err, REASON_BUG, "what", "a reversal that reverses nothing", NULL);
}

static int balance_check(struct tx *tx, const struct ledger_entry *entry, struct error *err)
{
	struct stmt *stmt;
	int64_t balance;
	int rc = db_prepare(tx->db, "SELECT coalesce(sum(amount_centi), 0) FROM ledger_entry "
			    "WHERE account_id = ?", &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, entry->account_id);
	rc = stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	balance = stmt_int(stmt, 0);
	stmt_reset(stmt);
	if (balance + entry->amount_centi < 0)
		return error_reason(err, REASON_BUG, "what", "a balance below zero (I1)", NULL);
	return 0;
}

int tx_ledger_append(struct tx *tx, struct ledger_entry *entry, struct error *err)
{
	struct ledger_entry *last;
	int64_t claim = OV_NULL;
	int rc = last_row(tx, KIND_LEDGER_ENTRY, (void **)&last, err);

	if (rc == 0 && last)
		rc = last_is_good(tx, last, err);
	if (rc == 0 && entry->kind == ENTRY_REVERSAL)
		rc = reversal_check(tx, entry, err);
	if (rc == 0)
		rc = balance_check(tx, entry, err);
	if (rc == 0)
		rc = claim_of_line(tx, entry->claim_line, &claim, err);
	if (rc < 0)
		return rc;
	entry->id = entry->seq = last ? last->seq + 1 : 1;
	/* A clock that goes behind must not stop the posting: not before the last. */
	if (entry->booked_on == OV_NULL)
		entry->booked_on = last && last->booked_on > tx->today ? last->booked_on : tx->today;
	if (entry->booked_by == OV_NULL)
		entry->booked_by = tx->actor->user_id;
	if (last && entry->booked_on < last->booked_on)
		return error_reason(err, REASON_FIELD_DATES, "field", "booked_on",
				    "label", _("Booked"), "other", _("the entry before"), NULL);
	entry->rev = 1; /* as tx_insert() will */
	entry->created_at = tx->now;
	entry->created_by = tx->actor->user_id;
	chain_ledger_close(entry, claim, last ? last->hash : NULL, last ? last->seal : NULL,
			   tx->arena);
	return tx_insert(tx, KIND_LEDGER_ENTRY, entry, err);
}

/* In the canonical bytes an empty text and none are the same: it is none. */
static const char *some(const char *text)
{
	return text && *text ? text : NULL;
}

/* The last event's seq and hash; seq 0 and zeroes for an empty trail. */
static int trail_end(struct tx *tx, struct chain_end *end, struct error *err)
{
	struct audit_event *last;
	int rc;

	*end = tx->trail;
	if (end->seq > 0)
		return 0;
	rc = last_row(tx, KIND_AUDIT_EVENT, (void **)&last, err);
	if (rc < 0 || !last)
		return rc;
	if (!last->hash)
		return broken(_("audit"), last->id, _("the hash does not match"), err);
	end->seq = last->seq;
	memcpy(end->hash, last->hash, HASH_BYTES);
	return 0;
}

int tx_audit_append(struct tx *tx, struct audit_event *event, struct error *err)
{
	struct chain_end end;
	struct buf bytes = BUF_INIT;
	int rc = trail_end(tx, &end, err);

	if (rc < 0)
		return rc;
	event->id = event->seq = end.seq + 1;
	event->at = tx->now;
	event->user_id = tx->actor->user_id;
	event->detail = some(event->detail);
	event->reason = some(event->reason);
	event->prev_hash = arena_memdup(tx->arena, end.hash, HASH_BYTES);
	chain_audit_bytes(&bytes, event);
	hash_chain(event->prev_hash, buf_cstr(&bytes), bytes.len, end.hash);
	buf_release(&bytes);
	event->hash = arena_memdup(tx->arena, end.hash, HASH_BYTES);
	end.seq = event->seq;
	rc = tx_insert(tx, KIND_AUDIT_EVENT, event, err);
	if (rc == 0)
		tx->trail = end;
	return rc;
}
