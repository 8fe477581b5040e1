/* The walk of chain_verify.c over what a store tells. There the rows are the
 * stored values themselves; here they are records that came over a line. */
#include "core/store/ledger_pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/store/id_map.h"

/* What later entries need of an earlier one. */
struct seen {
	int64_t account, amount;
	bool reversal, reversed;
};

struct walk {
	struct chain_result *result;
	struct arena arena;   /* of one entry's check */
	struct arena kept;    /* of the map */
	struct id_map accounts; /* to indexes of balances */
	int64_t *balances;
	size_t account_count, account_room;
	struct seen *seen;    /* by seq - 1 */
	size_t room;
	uint8_t prev[HASH_BYTES], prev_seal[HASH_BYTES];
	bool sealed;
	int64_t last_day;
};

static bool bad(struct walk *walk, int64_t seq, const char *why)
{
	walk->result->ok = false;
	walk->result->broken = seq;
	snprintf(walk->result->why, sizeof walk->result->why, "%s", why);
	return false;
}

static bool hashes_good(struct walk *walk, const struct ledger_entry *entry, int64_t claim)
{
	struct ledger_entry made = *entry;
	bool same;

	if (!entry->prev_hash || memcmp(entry->prev_hash, walk->prev, HASH_BYTES) != 0)
		return bad(walk, entry->seq, _("it does not follow the one before"));
	chain_ledger_close(&made, claim, walk->prev, walk->prev_seal, &walk->arena);
	same = entry->hash && !memcmp(made.hash, entry->hash, HASH_BYTES);
	memcpy(walk->prev, made.hash, HASH_BYTES);
	if (same && (entry->seal || walk->sealed)) {
		walk->sealed = true;
		same = entry->seal && !memcmp(made.seal, entry->seal, HASH_BYTES);
		memcpy(walk->prev_seal, made.seal, HASH_BYTES);
		if (!same)
			return bad(walk, entry->seq, entry->seal ? _("the seal does not match") :
				   _("the seal is missing"));
	}
	arena_clear(&walk->arena);
	return same || bad(walk, entry->seq, _("the hash does not match"));
}

static int64_t *balance_of(struct walk *walk, int64_t account)
{
	int at = id_map_find(&walk->accounts, account);

	if (at < 0) {
		if (walk->account_count == walk->account_room) {
			walk->account_room = walk->account_room ? walk->account_room * 2 : 256;
			walk->balances = mem_grow(walk->balances,
						  walk->account_room * sizeof *walk->balances);
		}
		at = (int)walk->account_count++;
		walk->balances[at] = 0;
		id_map_add(&walk->accounts, account, at);
	}
	return &walk->balances[at];
}

static bool reversal_good(struct walk *walk, const struct ledger_entry *entry)
{
	const int64_t of = entry->reverses_seq;
	struct seen *seen;

	if ((of != OV_NULL) != (entry->kind == ENTRY_REVERSAL))
		return bad(walk, entry->seq, _("it reverses no earlier entry"));
	if (of == OV_NULL)
		return true;
	if (of < 1 || of >= entry->seq)
		return bad(walk, entry->seq, _("it reverses no earlier entry"));
	seen = &walk->seen[of - 1];
	if (seen->reversal)
		return bad(walk, entry->seq, _("it reverses a reversal"));
	if (seen->reversed || seen->account != entry->account_id ||
	    seen->amount != -entry->amount_centi)
		return bad(walk, entry->seq, _("it differs from the entry it reverses"));
	seen->reversed = true;
	return true;
}

static bool entry_good(struct walk *walk, const struct ledger_entry *entry, int64_t claim)
{
	const int64_t expected = walk->result->count + 1;
	int64_t *balance;

	if (entry->id != expected || entry->seq != expected)
		return bad(walk, expected, entry->id > expected ? _("it is missing") :
			   _("it is not in its place"));
	if (!hashes_good(walk, entry, claim))
		return false;
	if (walk->result->count && entry->booked_on < walk->last_day)
		return bad(walk, expected, _("it is booked before the one before"));
	walk->last_day = entry->booked_on;
	if (entry->account_id < 1)
		return bad(walk, expected, _("its account is not there"));
	balance = balance_of(walk, entry->account_id);
	if (__builtin_add_overflow(*balance, entry->amount_centi, balance) || *balance < 0)
		return bad(walk, expected, _("the balance falls below zero"));
	if (!reversal_good(walk, entry))
		return false;
	if ((size_t)expected > walk->room) {
		walk->room = walk->room ? walk->room * 2 : 1024;
		walk->seen = mem_grow(walk->seen, walk->room * sizeof *walk->seen);
	}
	walk->seen[expected - 1] = (struct seen){ entry->account_id, entry->amount_centi,
						  entry->kind == ENTRY_REVERSAL, false };
	walk->result->count++;
	return true;
}

static void mark_take(struct ledger_mark *mark, const struct ledger_entry *entry)
{
	if (!mark || entry->seq != mark->seq || !entry->hash || !entry->seal)
		return;
	mark->found = true;
	memcpy(mark->hash, entry->hash, HASH_BYTES);
	memcpy(mark->seal, entry->seal, HASH_BYTES);
}

int ledger_pages_verify(struct store *store, struct ledger_mark *mark,
			struct chain_result *result, struct error *err)
{
	struct ledger_pages pages = { .store = store };
	const struct ledger_entry *entry;
	struct walk walk = { .result = result };
	int64_t claim;
	int rc;

	*result = (struct chain_result){ .ok = true };
	id_map_init(&walk.accounts, &walk.kept);
	while ((rc = ledger_pages_next(&pages, &entry, &claim, err)) > 0) {
		if (!entry_good(&walk, entry, claim))
			break;
		mark_take(mark, entry);
	}
	ledger_pages_release(&pages);
	arena_release(&walk.arena);
	arena_release(&walk.kept);
	free(walk.balances);
	free(walk.seen);
	return rc < 0 ? rc : 0;
}
