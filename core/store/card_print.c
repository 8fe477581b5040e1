/* The head of every page, the transcript and the receipt. */
#include "core/store/card_print.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/base/text.h"
#include "core/model/reason.h"
#include "core/store/demo_world.h"
#include "core/store/ledger_key.h"
#include "core/store/student_sums.h"

int64_t print_instant(const struct tx *tx)
{
	const struct local *local = tx->local;

	if (local->demo && local->clock.fixed_now == OV_NULL && local->clock.fixed_today == OV_NULL)
		return demo_instant();
	return tx->now;
}

const char *card_key(const struct card *card)
{
	return card->request->key && *card->request->key ? card->request->key : NULL;
}

int card_no_subject(const struct card *card, enum kind kind, struct error *err)
{
	if (card->request->id <= 0 && !card_key(card))
		return 0;
	return local_not_found(kind, card->request->id, card_key(card), err);
}

int card_progress(struct card *card, int64_t done, int64_t total, struct error *err)
{
	struct store *store = &card->tx->local->store;

	if (store->progress && store->progress(store->progress_context, done, total))
		return error_reason(err, REASON_CANCELLED, NULL);
	return 0;
}

/* --- head --- */

static int last_entry(struct card *card, struct print_head *head, struct error *err)
{
	struct stmt *stmt;
	const void *hash;
	size_t len;
	int step;

	if (db_prepare(card->tx->db, "SELECT seq, hash FROM ledger_entry ORDER BY id DESC LIMIT 1",
		       &stmt, err) < 0)
		return err->code;
	step = stmt_step(stmt, err);
	if (step > 0) {
		head->ledger_seq = stmt_int(stmt, 0);
		hash = stmt_blob(stmt, 1, &len);
		if (len == HASH_BYTES)
			head->ledger_hash = arena_memdup(card->tx->arena, hash, len);
	}
	stmt_reset(stmt);
	return step < 0 ? err->code : 0;
}

/* Somebody who sees all branches prints for the first of them. */
static int centre_of(struct card *card, int64_t centre_id, struct branch **branch,
		     struct error *err)
{
	const struct actor *actor = card->tx->actor;

	if (centre_id > 0)
		return tx_get(card->tx, KIND_BRANCH, centre_id, (void **)branch, err);
	if (actor->branch_id != OV_NULL && actor->branch_id > 0)
		return tx_get(card->tx, KIND_BRANCH, actor->branch_id, (void **)branch, err);
	return tx_find_one(card->tx, KIND_BRANCH, NULL, 0, (void **)branch, err);
}

int print_head_add(struct card *card, int64_t centre_id, struct error *err)
{
	struct print_head *head = record_new(card->tx->arena, &print_head_fields);
	struct branch *branch = NULL;

	if (centre_of(card, centre_id, &branch, err) < 0 || last_entry(card, head, err) < 0)
		return err->code;
	head->at = print_instant(card->tx);
	head->login = card->tx->actor->login;
	if (branch) {
		head->centre = branch->name;
		head->centre_code = branch->code;
	}
	bundle_add(card->bundle, &print_head_fields, head);
	return 0;
}

/* --- transcript --- */

/* All entries of one course, or of one grant without a course. */
struct slot {
	const char *module, *course_code, *course;
	int64_t course_id, line_id; /* OV_NULL: none */
	int64_t credit, result_on;
	const struct course_result *result;
	bool required, replaced;
	const char *basis;
};

struct transcript {
	struct card *card;
	const struct student *student;
	struct student_sums sums;
	struct record_list plan; /* struct curriculum_course */
	struct slot *slots;
	size_t count, room;
};

static struct slot *slot_of(struct transcript *t, const char *module, int64_t course_id,
			    int64_t line_id)
{
	struct slot *slot;

	for (size_t i = 0; i < t->count; i++) {
		slot = &t->slots[i];
		if (course_id != OV_NULL ? slot->course_id == course_id :
		    slot->course_id == OV_NULL && slot->line_id == line_id)
			return slot;
	}
	if (t->count == t->room) {
		t->room = t->room ? t->room * 2 : 64;
		t->slots = mem_grow(t->slots, t->room * sizeof *t->slots);
	}
	slot = &t->slots[t->count++];
	memset(slot, 0, sizeof *slot);
	slot->module = module;
	slot->course_id = course_id;
	slot->line_id = line_id;
	slot->result_on = OV_NULL;
	return slot;
}

/* The rule, and the claim that used it. */
static int basis_set(struct transcript *t, struct slot *slot, const struct ledger_entry *entry,
		     struct error *err)
{
	struct tx *tx = t->card->tx;
	struct transfer_rule *rule = NULL;
	struct credit_claim *claim;
	struct claim_line *line;

	if (tx_get(tx, KIND_CLAIM_LINE, entry->claim_line, (void **)&line, err) < 0 ||
	    tx_get(tx, KIND_CREDIT_CLAIM, line->claim_id, (void **)&claim, err) < 0 ||
	    (line->rule_ref != OV_NULL &&
	     tx_get(tx, KIND_TRANSFER_RULE, line->rule_ref, (void **)&rule, err) < 0))
		return err->code;
	slot->replaced = true;
	slot->result_on = entry->booked_on;
	if (slot->course_id == OV_NULL)
		slot->course_code = line->source_code;
	slot->basis = rule ? arena_printf(tx->arena, "%s@%lld %s", rule->rule_code,
					  (long long)rule->version, claim->claim_no) :
			     claim->claim_no;
	return 0;
}

static int entries_add(struct transcript *t, enum account_kind kind, struct error *err)
{
	const struct record_list *entries = &t->sums.entries[kind];

	for (size_t i = 0; i < entries->count; i++) {
		const struct ledger_entry *entry = entries->items[i];
		struct slot *slot = slot_of(t, entry->module_code, entry->course_id,
					    entry->claim_line);

		slot->credit += entry->amount_centi;
		slot->module = slot->module ? slot->module : entry->module_code;
		if (entry->claim_line != OV_NULL && entry->kind != ENTRY_REVERSAL &&
		    basis_set(t, slot, entry, err) < 0)
			return err->code;
	}
	return 0;
}

static const struct curriculum_module *module_by_id(const struct transcript *t, int64_t id)
{
	for (size_t i = 0; i < t->sums.modules.count; i++) {
		const struct curriculum_module *module = t->sums.modules.items[i];

		if (module->id == id)
			return module;
	}
	return NULL;
}

/* What the curriculum says of the course: its module, and whether it must be. */
static void plan_look(const struct transcript *t, struct slot *slot)
{
	for (size_t i = 0; i < t->plan.count; i++) {
		const struct curriculum_course *row = t->plan.items[i];
		const struct curriculum_module *module;

		if (row->course_id != slot->course_id)
			continue;
		module = module_by_id(t, row->module_id);
		slot->required = row->required == 1;
		if (!slot->module && module)
			slot->module = module->code;
	}
}

static int results_add(struct transcript *t, struct error *err)
{
	struct record_list results;

	if (student_results(t->card->tx, t->student->id, &results, err) < 0)
		return err->code;
	for (size_t i = 0; i < results.count; i++) {
		const struct course_result *result = results.items[i];
		struct slot *slot = slot_of(t, NULL, result->course_id, OV_NULL);

		slot->result = result;
		slot->result_on = result->result_on;
	}
	return 0;
}

static int slot_order(const void *a, const void *b)
{
	const struct slot *x = a, *y = b;
	int order;

	if (!x->module != !y->module)
		return !x->module - !y->module;
	order = x->module ? strcmp(x->module, y->module) : 0;
	if (order == 0)
		order = strcmp(x->course_code ? x->course_code : "", y->course_code ?
			       y->course_code : "");
	return order ? order : (x->line_id > y->line_id) - (x->line_id < y->line_id);
}

static const char *module_name(const struct transcript *t, const char *code)
{
	for (size_t i = 0; code && i < t->sums.modules.count; i++) {
		const struct curriculum_module *module = t->sums.modules.items[i];

		if (!strcmp(module->code, code))
			return arena_printf(t->card->tx->arena, "%s %s", code, module->name);
	}
	return code ? code : _("Outside the curriculum");
}

static void row_add(const struct transcript *t, const struct slot *slot)
{
	struct transcript_row *row = record_new(t->card->tx->arena, &transcript_row_fields);

	row->module = module_name(t, slot->module);
	row->course_code = slot->course_code;
	row->course = slot->course ? slot->course : _("Credits without a course");
	row->required = slot->required;
	row->credit_centi = slot->credit;
	row->replaced = slot->replaced;
	row->basis = slot->basis;
	row->on_date = slot->result_on;
	if (slot->result) {
		row->composite = slot->result->composite;
		row->outcome = slot->result->outcome;
	}
	bundle_add(t->card->bundle, &transcript_row_fields, row);
}

static int rows_add(struct transcript *t, struct error *err)
{
	struct course *course;

	for (size_t i = 0; i < t->count; i++) {
		struct slot *slot = &t->slots[i];

		if (slot->course_id == OV_NULL)
			continue;
		if (tx_get(t->card->tx, KIND_COURSE, slot->course_id, (void **)&course, err) < 0)
			return err->code;
		slot->course_code = course->code;
		slot->course = course->name;
		plan_look(t, slot);
	}
	if (t->count)
		qsort(t->slots, t->count, sizeof *t->slots, slot_order);
	for (size_t i = 0; i < t->count; i++)
		row_add(t, &t->slots[i]);
	return 0;
}

static int transcript_fill(struct transcript *t, struct error *err)
{
	const struct filter of_plan[] = { FILTER_INT("curriculum_id", t->student->curriculum_id) };
	struct tx *tx = t->card->tx;
	struct curriculum *curriculum;

	if (card_add_learner(t->card, (struct student *)t->student, err) < 0 ||
	    card_add(t->card, KIND_PROGRAMME, t->student->programme_id, err) < 0 ||
	    card_add(t->card, KIND_COHORT, t->student->cohort_id, err) < 0 ||
	    tx_get(tx, KIND_CURRICULUM, t->student->curriculum_id, (void **)&curriculum, err) < 0 ||
	    student_sums_load(tx, t->student, &t->sums, err) < 0 ||
	    tx_find_all(tx, KIND_CURRICULUM_COURSE, of_plan, 1, 0, &t->plan, err) < 0)
		return err->code;
	bundle_add(t->card->bundle, &curriculum_fields, curriculum);
	module_credits_add(tx, &t->sums, curriculum, t->card->bundle);
	if (entries_add(t, ACCOUNT_EARNED, err) < 0 || entries_add(t, ACCOUNT_TRANSFER, err) < 0 ||
	    results_add(t, err) < 0)
		return err->code;
	return rows_add(t, err);
}

int card_transcript(struct card *card, struct error *err)
{
	struct transcript t = { .card = card };
	int rc;

	if (card_subject_student(card, (struct student **)&t.student, err) < 0)
		return err->code;
	card->centre_id = t.student->centre_id;
	rc = transcript_fill(&t, err);
	free(t.slots);
	return rc;
}

/* --- receipt --- */

/* CLAIM:LINES:CENTI:DAY, what the centre signs together with where the ledger
 * stood. No name: whoever holds the paper reads it. */
static const char *seal_subject(struct card *card, const struct credit_claim *claim)
{
	const struct record_list *lines = bundle_list(card->bundle, &claim_line_fields);
	char day[DATE_TEXT];

	return arena_printf(card->tx->arena, "%s:%zu:%" PRId64 ":%s", claim->claim_no, lines->count,
			    claim->requested_centi == OV_NULL ? 0 : claim->requested_centi,
			    date_format(claim->submitted_on, day));
}

int card_receipt(struct card *card, struct error *err)
{
	struct receipt_seal *seal = record_new(card->tx->arena, &receipt_seal_fields);
	const struct credit_claim *claim;
	struct tx tx = *card->tx;
	char text[CHECKPOINT_TEXT];

	/* The day of the paper, not of the machine: see print_instant(). */
	tx.today = instant_date(print_instant(&tx), tx.local->clock.utc_offset);
	if (card_claim(card, err) < 0)
		return err->code;
	claim = bundle_first(card->bundle, &credit_claim_fields);
	if (claim->submitted_on == OV_NULL)
		return error_reason(err, REASON_RECEIPT_STATE, NULL);
	if (ledger_checkpoint(&tx, CHAIN_LEDGER, seal_subject(card, claim), text, NULL,
			      err) < 0)
		return err->code;
	seal->claim_no = claim->claim_no;
	seal->text = *text ? arena_strdup(card->tx->arena, text) : NULL;
	bundle_add(card->bundle, &receipt_seal_fields, seal);
	return 0;
}
