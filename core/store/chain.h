/* chain.h: the two hash chains: the ledger and the audit trail.
 *
 * Triggers of the database (data/migrations/0003) refuse to change or remove a
 * row, so that no mistake can; whoever has the file can drop them, and then the
 * chain shows it. docs/ledger-format.md is the same for readers elsewhere.
 *
 * hash = SHA-256(hash of the row before ‖ canonical bytes of the row); before
 * the first row stand 32 zero bytes. The canonical bytes are the row of the
 * export without its hash: fields in the order below as CSV (a null is empty;
 * quotes only where a comma, a quote or a line end is inside), ended by one
 * LF. References are ids, because an id is all that never changes.
 *
 *	ledger  seq,account,kind,amount_centi,module,course,claim,line,reverses,booked_on
 *	audit   seq,at,user,action,object_kind,object_id,detail,reason,before_hash,after_hash
 *
 * claim is the id of the claim that `line` belongs to, at is UTC seconds,
 * hashes are hexadecimal. Source: DOMAIN.md 2.11, 2.16 and 9.6.
 *
 * The export's columns are given, and leave out some of an entry's own. These
 * are held by its seal = SHA-256(seal of the entry before ‖ hash ‖ bytes), the
 * bytes being, in the same form,
 *
 *	rev,created_at,created_by,source_class,result,booked_by
 *
 * Entries up to the number in meta `unsealed` (a database of schema 2) have no
 * seal; the first that has one follows zero bytes. Of an audit event nothing is
 * left over: it has rev 1, was created at `at` and by `user`. */
#ifndef OV_STORE_CHAIN_H
#define OV_STORE_CHAIN_H

#include "core/base/buf.h"
#include "core/base/hash.h"
#include "core/model/claim.h"
#include "core/model/staff.h"
#include "core/store/local.h"

enum chain { CHAIN_LEDGER, CHAIN_AUDIT };

struct chain_result {
	bool ok;
	int64_t count;  /* rows that were read, all of them good when ok */
	int64_t broken; /* seq of the first bad one */
	char why[160];  /* translated */
};

extern const char chain_ledger_header[]; /* with hash, without LF */
extern const char chain_audit_header[];

/* CLAIM is the claim of entry->claim_line, OV_NULL without one. */
void chain_ledger_bytes(struct buf *out, const struct ledger_entry *entry, int64_t claim);
void chain_audit_bytes(struct buf *out, const struct audit_event *event);
/* Fills entry->prev_hash, hash and seal, which live in ARENA, from the rest of
 * the entry, its head included. PREV NULL: the first entry; its seal NULL: the
 * first with a seal. */
void chain_ledger_close(struct ledger_entry *entry, int64_t claim, const uint8_t *prev_hash,
			const uint8_t *prev_seal, struct arena *arena);

/* Walks a chain from its first row: order without gaps, hashes and seals, and
 * for the ledger also that no balance was ever below zero (I1) and that
 * reversals are right (I2, I3). Bad rows are no error of the call: the first
 * one is in *result. One thread reads the rows while others hash those read
 * before. Reports to the store's progress, stops on cancel. Checks no
 * permission. */
int chain_verify(struct local *local, enum chain chain, struct chain_result *result,
		 struct error *err);
/* The same within a call and a state of the database that are the caller's. */
int chain_walk(struct local *local, enum chain chain, struct chain_result *result,
	       struct error *err);

#endif
