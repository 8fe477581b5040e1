/* What proves the ledger to somebody outside: signed checkpoints, the key. */
#include "core/codec/checkpoint.h"
#include "core/model/reason.h"
#include "core/store/commands/handlers.h"
#include "core/store/ledger_key.h"
#include "core/store/local.h"

static int checkpoint_of(struct tx *tx, enum chain chain, struct outcome *outcome,
			 struct error *err)
{
	struct ledger_proof *proof = record_new(tx->arena, &ledger_proof_fields);
	char text[CHECKPOINT_TEXT], key[CHECKPOINT_KEY_TEXT];
	struct checkpoint checkpoint;

	if (ledger_checkpoint(tx, chain, "", text, key, err) < 0)
		return err->code;
	if (*text && checkpoint_parse(text, &checkpoint, err) < 0)
		return err->code;
	if (*text) {
		proof->centre = arena_strdup(tx->arena, checkpoint.centre);
		proof->day = checkpoint.day;
		proof->seq = checkpoint.seq;
		proof->text = arena_strdup(tx->arena, text);
		proof->public_key = arena_strdup(tx->arena, key);
		tx->audit_detail = arena_printf(tx->arena, "seq=%lld", (long long)checkpoint.seq);
	}
	bundle_add(&outcome->records, &ledger_proof_fields, proof);
	return 0;
}

int command_ledger_checkpoint(struct tx *tx, const struct command *command,
			      struct outcome *outcome, struct error *err)
{
	(void)command;
	return checkpoint_of(tx, CHAIN_LEDGER, outcome, err);
}

int command_audit_checkpoint(struct tx *tx, const struct command *command,
			     struct outcome *outcome, struct error *err)
{
	(void)command;
	return checkpoint_of(tx, CHAIN_AUDIT, outcome, err);
}

int command_ledger_key(struct tx *tx, const struct command *command, struct outcome *outcome,
		       struct error *err)
{
	struct ledger_proof *proof = record_new(tx->arena, &ledger_proof_fields);
	char key[CHECKPOINT_KEY_TEXT];

	(void)command;
	if (ledger_public_key(tx->local, key, err) < 0)
		return err->code;
	if (!*key)
		return error_reason(err, REASON_SIGN_KEY_NONE, NULL);
	proof->public_key = arena_strdup(tx->arena, key);
	bundle_add(&outcome->records, &ledger_proof_fields, proof);
	return 0;
}

/* ledger_export.c does the rest: where the rows are, in the same breath; through
 * a server, by reading pages. */
int command_ledger_export(struct tx *tx, const struct command *command, struct outcome *outcome,
			  struct error *err)
{
	int64_t total;

	(void)command;
	(void)outcome;
	if (db_number(tx->db, "SELECT count(*) FROM ledger_entry", &total, err) < 0)
		return err->code;
	tx->audit_detail = arena_printf(tx->arena, "entries=%lld", (long long)total);
	return 0;
}
