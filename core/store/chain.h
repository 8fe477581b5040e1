/* chain.h: the two hash chains: the ledger and the audit trail.
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
 * hashes are hexadecimal. Source: DOMAIN.md 2.11, 2.16 and 9.6. */
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

/* Walks a chain from its first row: order without gaps, hashes, and for the
 * ledger also that no balance was ever below zero (I1) and that reversals are
 * right (I2, I3). Bad rows are no error of the call: see *result. Reports to
 * the store's progress, stops on cancel. Checks no permission. */
int chain_verify(struct local *local, enum chain chain, struct chain_result *result,
		 struct error *err);

#endif
