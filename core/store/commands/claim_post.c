/* The end of a claim: credits in the ledger (T23), or taken out again (T30). */
#include "core/store/commands/claim_apply.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static int account_open(struct tx *tx, int64_t student_id, enum account_kind kind,
			int64_t *id, struct error *err)
{
	const struct filter filters[] = {
		FILTER_INT("student_id", student_id), FILTER_INT("kind", kind),
	};
	struct account *account;

	if (tx_find_one(tx, KIND_ACCOUNT, filters, 2, (void **)&account, err) < 0)
		return err->code;
	if (!account) {
		account = record_new(tx->arena, &account_fields);
		account->student_id = student_id;
		account->kind = kind;
		if (tx_insert(tx, KIND_ACCOUNT, account, err) < 0)
			return err->code;
	}
	*id = account->id;
	return 0;
}

static int course_id(struct tx *tx, const char *code, int64_t *id, struct error *err)
{
	struct course *course;

	*id = OV_NULL;
	if (!code)
		return 0;
	if (tx_by_text(tx, KIND_COURSE, "code", code, (void **)&course, err) < 0)
		return err->code;
	*id = course->id;
	return 0;
}

static int entry_write(struct tx *tx, struct claim_case *cc, const struct credit_entry *from,
		       struct error *err)
{
	static const enum entry_kind kinds[] = {
		[CREDIT_GRANT] = ENTRY_GRANT, [CREDIT_POOL_IN] = ENTRY_POOL_IN,
		[CREDIT_POOL_OUT] = ENTRY_POOL_OUT,
	};
	struct ledger_entry *entry = record_new(tx->arena, &ledger_entry_fields);
	enum account_kind account = from->kind == CREDIT_GRANT ? ACCOUNT_TRANSFER : ACCOUNT_POOL;

	if (account_open(tx, cc->student->id, account, &entry->account_id, err) < 0 ||
	    course_id(tx, from->course, &entry->course_id, err) < 0)
		return err->code;
	entry->amount_centi = from->amount_centi;
	entry->kind = kinds[from->kind];
	entry->module_code = from->module;
	entry->source_class = from->source_class;
	entry->claim_line = claim_case_line(cc, from->line_no)->line->id;
	entry->booked_by = tx->actor->user_id;
	return tx_ledger_append(tx, entry, err);
}

static int source_spend(struct tx *tx, struct claim_case *cc, const struct claim_line *line,
			struct error *err)
{
	struct source_use *use = record_new(tx->arena, &source_use_fields);

	use->source_kind = line->source_kind;
	use->source_ref = line->source_ref;
	use->programme_id = cc->programme->id;
	use->student_id = cc->student->id;
	use->claim_id = cc->claim->id;
	return tx_insert(tx, KIND_SOURCE_USE, use, err);
}

/* GRANT_OUT: what the credit bank is told. No name, no document number. */
static int message_add(struct tx *tx, struct claim_case *cc, int64_t sign, const char *event,
		       struct error *err)
{
	const char *key = arena_printf(tx->arena, "grant:%s:%s", cc->claim->claim_no, event);
	json_t *root = json_object(), *lines = json_array();
	char *payload;
	int result;

	json_object_set_new(root, "claim_no", json_string(cc->claim->claim_no));
	json_object_set_new(root, "student_no", json_string(cc->student->student_no));
	json_object_set_new(root, "programme", json_string(cc->programme->code));
	for (size_t i = 0; i < cc->line_count; i++) {
		const struct claim_line *line = cc->lines[i].line;
		json_t *row = json_object();

		json_object_set_new(row, "line_no", json_integer(line->line_no));
		json_object_set_new(row, "source", json_string(line->source_code));
		json_object_set_new(row, "amount_centi", json_integer(
			line->granted_centi == OV_NULL ? 0 : sign * line->granted_centi));
		json_array_append_new(lines, row);
	}
	json_object_set_new(root, "lines", lines);
	json_object_set_new(root, "amount_centi", json_integer(sign * cc->claim->granted_centi));
	payload = json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(root);
	result = tx_outbox_add(tx, OUTBOX_GRANT_OUT, payload, key, err);
	free(payload);
	return result;
}

/* Caps and spent sources were judged by claim_may(); whatever else changed
 * since the second review must not be written either (I16, I17). */
static bool grants_hold(const struct claim_case *cc)
{
	for (size_t i = 0; i < cc->line_count; i++)
		if (cc->result.lines[i].granted_centi != cc->lines[i].line->granted_centi)
			return false;
	return cc->result.granted_centi == cc->claim->granted_centi;
}

int claim_post(struct tx *tx, struct claim_case *cc, struct error *err)
{
	if (!grants_hold(cc)) {
		char now[24], then[24];

		return error_reason(err, REASON_SM_RECALC,
				    "now", centi_format(cc->result.granted_centi, now),
				    "proposed", centi_format(cc->claim->granted_centi, then), NULL);
	}
	for (size_t i = 0; i < cc->result.entry_count; i++)
		if (entry_write(tx, cc, &cc->result.entries[i], err) < 0)
			return err->code;
	for (size_t i = 0; i < cc->line_count; i++)
		if (cc->result.lines[i].spent &&
		    source_spend(tx, cc, cc->lines[i].line, err) < 0)
			return err->code;
	return message_add(tx, cc, 1, "post", err);
}

static int by_seq_down(const void *a, const void *b)
{
	const struct ledger_entry *x = *(void *const *)a, *y = *(void *const *)b;

	return x->seq < y->seq ? 1 : x->seq > y->seq ? -1 : 0;
}

static int entry_reverse(struct tx *tx, const struct ledger_entry *old, struct error *err)
{
	struct ledger_entry *entry = record_new(tx->arena, &ledger_entry_fields);

	entry->account_id = old->account_id;
	entry->amount_centi = -old->amount_centi;
	entry->kind = ENTRY_REVERSAL;
	entry->module_code = old->module_code;
	entry->course_id = old->course_id;
	entry->source_class = old->source_class;
	entry->claim_line = old->claim_line;
	entry->reverses_seq = old->seq;
	entry->booked_by = tx->actor->user_id;
	return tx_ledger_append(tx, entry, err);
}

/* The entries of a claim in the order in which they are taken back. Pay-outs
 * of the pool go first, so that no balance falls below zero on the way. */
static int entries_of_claim(struct tx *tx, struct claim_case *cc, struct record_list *out,
			    struct error *err)
{
	size_t room = 0;

	memset(out, 0, sizeof *out);
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < cc->line_count; i++) {
			const struct filter of_line[] = {
				FILTER_INT("claim_line", cc->lines[i].line->id),
				{ .field = "kind", .op = FILTER_NE, .number = ENTRY_REVERSAL },
			};
			struct record_list list;

			if (tx_find_all(tx, KIND_LEDGER_ENTRY, of_line, 2, 0, &list, err) < 0)
				return err->code;
			if (pass == 0)
				room += list.count;
			for (size_t k = 0; pass == 1 && k < list.count; k++)
				out->items[out->count++] = list.items[k];
		}
		if (pass == 0)
			out->items = arena_array(tx->arena, room + 1, sizeof *out->items);
	}
	qsort(out->items, out->count, sizeof *out->items, by_seq_down);
	return 0;
}

/* What was found FALSE stays spent: it shall never pay again. */
static bool source_false(const struct claim_case *cc, const struct source_use *use)
{
	for (size_t i = 0; i < cc->line_count; i++) {
		const struct case_line *line = &cc->lines[i];

		if (line->line->source_kind == use->source_kind &&
		    line->line->source_ref == use->source_ref)
			return (line->certificate ? line->certificate->state :
				line->result->state) == CERT_FALSE;
	}
	return false;
}

/* The claim whose line the last pay-out of a pool belongs to. */
static const char *paid_by(struct tx *tx, const struct record_list *entries, const struct claim_case *cc)
{
	struct error ignored = ERROR_INIT;

	for (size_t i = entries->count; i-- > 0;) {
		const struct ledger_entry *entry = entries->items[i];
		struct credit_claim *claim;
		struct claim_line *line;

		if (entry->kind == ENTRY_POOL_OUT &&
		    tx_get(tx, KIND_CLAIM_LINE, entry->claim_line, (void **)&line, &ignored) == 0 &&
		    line->claim_id != cc->claim->id &&
		    tx_get(tx, KIND_CREDIT_CLAIM, line->claim_id, (void **)&claim, &ignored) == 0 &&
		    claim->state == CLAIM_POSTED)
			return claim->claim_no;
	}
	return "";
}

/* What this claim left in the pool may have been paid out by a later one since:
 * taking it out again would leave less than nothing there (I1). */
static int pool_holds(struct tx *tx, struct claim_case *cc, const struct record_list *own,
		      struct error *err)
{
	const struct filter pools[] = {
		FILTER_INT("student_id", cc->student->id), FILTER_INT("kind", ACCOUNT_POOL),
	};
	struct filter of_pool[] = { FILTER_INT("account_id", 0) };
	struct record_list all;
	struct account *pool;
	int64_t left = 0;

	if (tx_find_one(tx, KIND_ACCOUNT, pools, 2, (void **)&pool, err) < 0)
		return err->code;
	if (!pool)
		return 0;
	of_pool[0].number = pool->id;
	if (tx_find_all(tx, KIND_LEDGER_ENTRY, of_pool, 1, 0, &all, err) < 0)
		return err->code;
	for (size_t i = 0; i < all.count; i++)
		left += ((struct ledger_entry *)all.items[i])->amount_centi;
	for (size_t i = 0; i < own->count; i++)
		if (((struct ledger_entry *)own->items[i])->account_id == pool->id)
			left -= ((struct ledger_entry *)own->items[i])->amount_centi;
	return left >= 0 ? 0 : error_reason(err, REASON_SM_POOL_PAID, "claim",
					    paid_by(tx, &all, cc), NULL);
}

int claim_reverse(struct tx *tx, struct claim_case *cc, struct error *err)
{
	const struct filter of_claim[] = {
		FILTER_INT("claim_id", cc->claim->id), FILTER_INT("released_on", OV_NULL),
	};
	struct record_list entries, uses;

	if (entries_of_claim(tx, cc, &entries, err) < 0 ||
	    tx_find_all(tx, KIND_SOURCE_USE, of_claim, 2, 0, &uses, err) < 0 ||
	    pool_holds(tx, cc, &entries, err) < 0)
		return err->code;
	for (size_t i = 0; i < entries.count; i++)
		if (entry_reverse(tx, entries.items[i], err) < 0)
			return err->code;
	for (size_t i = 0; i < uses.count; i++) {
		struct source_use *use = uses.items[i];

		if (source_false(cc, use))
			continue;
		use->released_on = tx->today;
		if (tx_update(tx, KIND_SOURCE_USE, use, err) < 0)
			return err->code;
	}
	return message_add(tx, cc, -1, "revoke", err);
}
