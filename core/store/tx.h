/* tx.h: a write transaction of the local store, as command handlers see it.
 *
 * Handlers read and write records through it, never by SQL of their own
 * (bulk imports excepted: bulk.h). Each write takes the record's rev into
 * account, is noted in the change feed and indexed for search; the audit
 * event is written once by execute, with hashes of the target before and
 * after. Nothing is seen by others, or acknowledged, before the commit. */
#ifndef OV_STORE_TX_H
#define OV_STORE_TX_H

#include "core/db/db.h"
#include "core/store/command.h"
#include "core/store/store.h"

struct local; /* local.h: the local store */

/* The end of a chain, so that it isn't read again for each of a group of commands.
 * Whoever rolls back a part of the transaction puts back the end from before it. */
struct chain_end {
	int64_t seq; /* 0: not known */
	uint8_t hash[HASH_BYTES];
};

struct tx {
	struct local *local;
	struct db *db;
	struct arena *arena; /* lives as long as the outcome */
	const struct actor *actor;
	int64_t now, today; /* one moment for the whole transaction */
	bool assess;        /* will be rolled back */
	bool bulk;          /* begun by tx_begin_bulk() */
	bool unindexed;     /* whoever began it calls search_build() at its end */
	/* for the audit event; a handler may set them */
	const char *audit_detail; /* e.g. "DRAFT>SUBMITTED"; no personal data */
	const char *reason;
	enum kind object_kind; /* default: the command's target */
	int64_t object_id;     /* default: outcome->id */
	uint8_t before_hash[HASH_BYTES];
	bool has_before;
	/* the store's own */
	struct problems *problems; /* where a record's faults are collected */
	struct change_note *notes; /* changes not yet in the feed */
	size_t note_count, note_room;
	int64_t change_seq; /* of the last change in the feed */
	int64_t *marks;     /* learners whose search line is out of date */
	size_t mark_count, mark_room;
	struct chain_end trail; /* the last event written in this transaction */
};

/* Records first…last of a kind that this transaction made or changed. */
struct change_note {
	enum kind kind;
	int64_t first, last;
};

/* For what runs outside execute: demo worlds and restoring. A handler gets a
 * transaction that is begun, and neither commits nor rolls back. PROBLEMS may
 * be NULL. ASSESS: tx_commit() rolls back. */
int tx_begin(struct tx *tx, struct local *local, struct arena *arena, bool assess,
	     struct error *err);
/* The same for bulk_insert(): the database looks up no references, which is a
 * sixth of an import's time; bulk.h does, and tx_insert() and tx_update() write
 * only what was read or made in the transaction. */
int tx_begin_bulk(struct tx *tx, struct local *local, struct arena *arena, bool assess,
		  struct error *err);
int tx_commit(struct tx *tx, struct error *err);
void tx_rollback(struct tx *tx);
/* Puts the notes into the change feed; tx_commit() does so too. */
int tx_flush(struct tx *tx, struct error *err);
/* For writes that don't go through tx_insert() and tx_update(). */
void tx_note(struct tx *tx, enum kind kind, int64_t first, int64_t last);

/* A record by id, as stored: nothing masked. OV_ENOTFOUND names the kind. */
int tx_get(struct tx *tx, enum kind kind, int64_t id, void **record, struct error *err);
/* The first record with these values, NULL in *record when there is none. */
int tx_find_one(struct tx *tx, enum kind kind, const struct filter *filters,
		size_t count, void **record, struct error *err);
/* All of them by id; handlers ask for what belongs to one thing, not for
 * tables. At most LIMIT (0: 10,000). */
int tx_find_all(struct tx *tx, enum kind kind, const struct filter *filters,
		size_t count, int limit, struct record_list *list, struct error *err);
/* The one record with TEXT in FIELD (student_no, code, claim_no, login …). */
int tx_by_text(struct tx *tx, enum kind kind, const char *field, const char *text,
	       void **record, struct error *err);
/* How many records have these values. */
int tx_count(struct tx *tx, enum kind kind, const struct filter *filters,
	     size_t count, int64_t *result, struct error *err);

/* Adds a record: checks it (record_check), gives id (unless it has one), rev 1,
 * created_*. FIELD_UNIQUE and FIELD_REFERENCE name the field. */
int tx_insert(struct tx *tx, enum kind kind, void *record, struct error *err);
/* Writes a record that was read in this transaction; rev grows by one.
 * OV_ECONFLICT when it was changed meanwhile. */
int tx_update(struct tx *tx, enum kind kind, void *record, struct error *err);

/* Takes a calendar day away: an ordinary day is one without a row, and what the
 * day was is kept by the versions of the calendar. No other kind is removed. */
int tx_remove_day(struct tx *tx, int64_t id, struct error *err);

/* Appends to the chained tables; fills seq and hashes. ledger_append also
 * checks I1 (balance never below zero) and that booked_on never goes back; a
 * null booked_on is today, or the last entry's day when the clock is behind. */
struct ledger_entry;
int tx_ledger_append(struct tx *tx, struct ledger_entry *entry, struct error *err);
/* Execute writes the one event of a command; for what runs outside it. */
struct audit_event;
int tx_audit_append(struct tx *tx, struct audit_event *event, struct error *err);
int tx_outbox_add(struct tx *tx, enum outbox_kind kind, const char *payload,
		  const char *dedup_key, struct error *err);
/* The next claim number of today's month: no gaps (I26). */
int tx_claim_number(struct tx *tx, char out[15], struct error *err);

#define FILTER_INT(NAME, VALUE) { .field = NAME, .op = FILTER_EQ, .number = VALUE }
#define FILTER_TEXT(NAME, VALUE) { .field = NAME, .op = FILTER_EQ, .number = OV_NULL, .text = VALUE }

#endif
