/* The card of a chain: verified where the database is, for a desk that is far away. */
#include <stdlib.h>
#include <string.h>

#include "core/model/print.h"
#include "core/model/reason.h"
#include "core/store/card.h"
#include "core/store/card_print.h"
#include "core/store/chain.h"
#include "core/store/ledger_key.h"

enum { SEQ_DIGITS = 18 };

struct asked {
	enum chain chain;
	int64_t seq; /* OV_NULL: no row */
};

/* "ledger", "audit:1200". */
static bool asked_read(const char *key, struct asked *asked)
{
	const size_t len = key ? strcspn(key, ":") : 0;
	const char *seq;

	asked->seq = OV_NULL;
	if (len == 6 && !strncmp(key, "ledger", len))
		asked->chain = CHAIN_LEDGER;
	else if (len == 5 && !strncmp(key, "audit", len))
		asked->chain = CHAIN_AUDIT;
	else
		return false;
	if (!key[len])
		return true;
	seq = key + len + 1;
	asked->seq = strtoll(seq, NULL, 10);
	return *seq && strlen(seq) <= SEQ_DIGITS && !seq[strspn(seq, "0123456789")];
}

static int row_add(struct card *card, const struct asked *asked, struct chain_check *check,
		   struct error *err)
{
	uint8_t hash[HASH_BYTES], seal[HASH_BYTES];
	bool found;

	if (asked->seq == OV_NULL)
		return 0;
	if (ledger_row_mark(card->tx->local, asked->chain, asked->seq, &found, hash, seal, err) < 0)
		return err->code;
	if (found) {
		check->hash = arena_memdup(card->tx->arena, hash, sizeof hash);
		check->seal = arena_memdup(card->tx->arena, seal, sizeof seal);
	}
	return 0;
}

int card_chain(struct card *card, struct error *err)
{
	struct chain_check *check;
	struct chain_result result;
	struct asked asked;

	if (card->request->id > 0 || !asked_read(card_key(card), &asked))
		return error_reason(err, REASON_CHAIN_KEY, "key", arena_printf(card->tx->arena, "%.60s",
				    card_key(card) ? card_key(card) : ""), NULL);
	if (chain_walk(card->tx->local, asked.chain, &result, err) < 0)
		return err->code;
	check = record_new(card->tx->arena, &chain_check_fields);
	check->whole = result.ok;
	check->rows = result.count;
	if (!result.ok) {
		check->broken = result.broken;
		check->why = arena_strdup(card->tx->arena, result.why);
	}
	bundle_add(card->bundle, &chain_check_fields, check);
	return row_add(card, &asked, check, err);
}
