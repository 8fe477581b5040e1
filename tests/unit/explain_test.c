/* The explanations of past claims, byte for byte (DOMAIN.md 5.6): every claim of
 * a demo world that was posted is reckoned again on the ledger as it stood. */
#include "tests/unit/shared.h"

#include <string.h>

#include "core/store/claim_input.h"
#include "core/store/commands/claim_apply.h"
#include "core/store/demo_world.h"
#include "core/store/local.h"

static bool texts_same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* The line that is stored of a record. */
static const char *stored_text(const struct claim_explanation *row, struct arena *arena)
{
	return arena_printf(arena, "%lld|%lld|%s|%s|%lld|%s|%s|%s", (long long)row->position,
			    (long long)row->line_no, row->rule ? row->rule : "", row->code,
			    (long long)row->granted_centi, row->need ? row->need : "",
			    row->have ? row->have : "", row->detail ? row->detail : "");
}

static size_t claim_compare(struct tx *tx, int64_t id)
{
	struct error err = ERROR_INIT;
	struct credit_input input;
	struct record_list stored;
	struct claim_case *cc;

	if (claim_case_load(tx, id, &cc, &err) < 0)
		fail_msg("%s", err.message);
	stored = cc->explanations;
	if (claim_input_build(tx, cc, CALCULATE_PAST, &input, &err) < 0)
		fail_msg("%s", err.message);
	credit_calculate(&input, tx->arena, &cc->result);
	claim_result_explain(tx, cc);
	assert_int_equal(cc->explanations.count, stored.count);
	for (size_t i = 0; i < stored.count; i++) {
		const char *was = stored_text(stored.items[i], tx->arena);
		const char *is = stored_text(cc->explanations.items[i], tx->arena);

		if (!texts_same(was, is))
			fail_msg("claim %s: stored %s, again %s", cc->claim->claim_no, was, is);
	}
	return stored.count;
}

static void posted_claims_explain_alike(void **state)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct store *store = NULL;
	struct record_list claims;
	struct tx tx;
	size_t records = 0;

	(void)state;
	assert_int_equal(store_open("memory:", &options, &store, &err), 0);
	if (demo_create(store, 600, 11, &err) < 0)
		fail_msg("%s", err.message);
	local_act_as(store, &system_actor);
	assert_int_equal(tx_begin(&tx, local_of(store), &arena, true, &err), 0);
	assert_int_equal(tx_find_all(&tx, KIND_CREDIT_CLAIM, (const struct filter[]){
			 FILTER_INT("state", CLAIM_POSTED) }, 1, 0, &claims, &err), 0);
	assert_true(claims.count > 5);
	for (size_t i = 0; i < claims.count; i++)
		records += claim_compare(&tx, ((struct credit_claim *)claims.items[i])->id);
	assert_true(records >= claims.count);
	tx_rollback(&tx);
	store_close(store);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(posted_claims_explain_alike) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
