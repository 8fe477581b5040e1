#include "core/store/student_sums.h"

#include <stdlib.h>
#include <string.h>

static int by_code(const void *a, const void *b)
{
	const struct curriculum_module *x = *(void *const *)a, *y = *(void *const *)b;

	return strcmp(x->code, y->code);
}

static struct module_sum *sum_of(struct student_sums *sums, const char *code)
{
	for (size_t i = 0; code && i < sums->modules.count; i++)
		if (!strcmp(sums->by_module[i].module->code, code))
			return &sums->by_module[i];
	return NULL;
}

static void entry_count(struct student_sums *sums, int64_t kind, const struct ledger_entry *entry)
{
	struct module_sum *module = sum_of(sums, entry->module_code);

	switch (kind) {
	case ACCOUNT_EARNED:
		sums->earned_centi += entry->amount_centi;
		if (module)
			module->earned_centi += entry->amount_centi;
		return;
	case ACCOUNT_TRANSFER:
		sums->transferred_centi += entry->amount_centi;
		if (module)
			module->transferred_centi += entry->amount_centi;
		if (entry->source_class >= 0 && entry->source_class < CREDIT_CLASSES)
			sums->by_class[entry->source_class] += entry->amount_centi;
		return;
	default:
		sums->pool_centi += entry->amount_centi;
	}
}

/* Entries from SEQ on are not looked at. */
static void entries_cut(struct record_list *entries, int64_t seq)
{
	size_t kept = 0;

	for (size_t i = 0; seq != OV_NULL && i < entries->count; i++)
		if (((struct ledger_entry *)entries->items[i])->seq < seq)
			entries->items[kept++] = entries->items[i];
	if (seq != OV_NULL)
		entries->count = kept;
}

int student_sums_load(struct tx *tx, const struct student *student,
		      struct student_sums *sums, struct error *err)
{
	return student_sums_before(tx, student, OV_NULL, sums, err);
}

int student_sums_before(struct tx *tx, const struct student *student, int64_t seq,
			struct student_sums *sums, struct error *err)
{
	const struct filter of_plan[] = { FILTER_INT("curriculum_id", student->curriculum_id) };
	const struct filter of_student[] = { FILTER_INT("student_id", student->id) };
	struct record_list accounts;

	memset(sums, 0, sizeof *sums);
	sums->before_seq = seq;
	if (tx_find_all(tx, KIND_CURRICULUM_MODULE, of_plan, 1, 0, &sums->modules, err) < 0 ||
	    tx_find_all(tx, KIND_ACCOUNT, of_student, 1, 0, &accounts, err) < 0)
		return err->code;
	if (sums->modules.count)
		qsort(sums->modules.items, sums->modules.count, sizeof *sums->modules.items, by_code);
	sums->by_module = arena_array(tx->arena, sums->modules.count, sizeof *sums->by_module);
	for (size_t i = 0; i < sums->modules.count; i++)
		sums->by_module[i].module = sums->modules.items[i];
	for (size_t i = 0; i < accounts.count; i++) {
		const struct account *account = accounts.items[i];
		const struct filter of_account[] = { FILTER_INT("account_id", account->id) };
		struct record_list *entries;

		if (account->kind < 0 || account->kind > ACCOUNT_POOL)
			continue;
		sums->accounts[account->kind] = account;
		entries = &sums->entries[account->kind];
		if (tx_find_all(tx, KIND_LEDGER_ENTRY, of_account, 1, 0, entries, err) < 0)
			return err->code;
		entries_cut(entries, seq);
		for (size_t k = 0; k < entries->count; k++)
			entry_count(sums, account->kind, entries->items[k]);
	}
	return 0;
}

int student_results(struct tx *tx, int64_t student_id, struct record_list *list,
		    struct error *err)
{
	const struct filter filters[] = { FILTER_INT("student_id", student_id) };
	struct record_list all;

	if (tx_find_all(tx, KIND_COURSE_RESULT, filters, 1, 0, &all, err) < 0)
		return err->code;
	list->table = all.table;
	list->count = 0;
	list->items = arena_array(tx->arena, all.count, sizeof *list->items);
	for (size_t i = 0; i < all.count; i++) {
		const struct course_result *result = all.items[i];
		bool replaced = false;

		for (size_t k = i + 1; k < all.count && !replaced; k++)
			replaced = ((struct course_result *)all.items[k])->replaces_id == result->id;
		if (!replaced)
			list->items[list->count++] = all.items[i];
	}
	return 0;
}

struct done_list {
	struct tx *tx;
	const char **code;
	size_t count;
};

static int done_add(struct done_list *done, int64_t course_id, struct error *err)
{
	struct course *course;

	if (tx_get(done->tx, KIND_COURSE, course_id, (void **)&course, err) < 0)
		return err->code;
	for (size_t i = 0; i < done->count; i++)
		if (!strcmp(done->code[i], course->code))
			return 0;
	done->code[done->count++] = course->code;
	return 0;
}

/* What is still granted for a course after reversals. */
static int64_t granted_for(const struct record_list *entries, int64_t course_id)
{
	int64_t sum = 0;

	for (size_t i = 0; i < entries->count; i++) {
		const struct ledger_entry *entry = entries->items[i];

		if (entry->course_id == course_id)
			sum += entry->amount_centi;
	}
	return sum;
}

/* Had the result been booked by then? Exemptions have no entry. */
static bool result_counts(const struct student_sums *sums, const struct course_result *result)
{
	const struct record_list *earned = &sums->entries[ACCOUNT_EARNED];

	if (result->outcome == OUTCOME_EXEMPT)
		return true;
	if (result->outcome != OUTCOME_PASS || sums->before_seq == OV_NULL)
		return result->outcome == OUTCOME_PASS;
	for (size_t i = 0; i < earned->count; i++)
		if (((struct ledger_entry *)earned->items[i])->result_id == result->id)
			return true;
	return false;
}

int student_done(struct tx *tx, const struct student *student, const struct student_sums *sums,
		 struct credit_texts *done, struct error *err)
{
	const struct filter exempt[] = {
		FILTER_INT("student_id", student->id), FILTER_INT("state", ENROL_EXEMPT),
	};
	const struct record_list *granted = &sums->entries[ACCOUNT_TRANSFER];
	struct record_list results, exemptions;
	struct done_list list = { .tx = tx };

	if (student_results(tx, student->id, &results, err) < 0 ||
	    tx_find_all(tx, KIND_ENROLMENT, exempt, 2, 0, &exemptions, err) < 0)
		return err->code;
	list.code = arena_array(tx->arena, results.count + exemptions.count + granted->count + 1,
				sizeof *list.code);
	for (size_t i = 0; i < results.count; i++) {
		const struct course_result *result = results.items[i];

		if (result_counts(sums, result) &&
		    done_add(&list, result->course_id, err) < 0)
			return err->code;
	}
	for (size_t i = 0; i < exemptions.count; i++)
		if (done_add(&list, ((struct enrolment *)exemptions.items[i])->course_id, err) < 0)
			return err->code;
	for (size_t i = 0; i < granted->count; i++) {
		const struct ledger_entry *entry = granted->items[i];

		if (entry->course_id != OV_NULL && granted_for(granted, entry->course_id) > 0 &&
		    done_add(&list, entry->course_id, err) < 0)
			return err->code;
	}
	done->item = list.code;
	done->count = list.count;
	return 0;
}

static void module_credit_add(struct tx *tx, struct bundle *bundle, const char *code,
			      const char *name, int64_t min_centi, int64_t earned,
			      int64_t transferred, int64_t transfer_max)
{
	struct module_credit *row = record_new(tx->arena, &module_credit_fields);

	row->code = code;
	row->name = name;
	row->min_centi = min_centi;
	row->earned_centi = earned + transferred;
	row->transferred_centi = transferred;
	row->transfer_max_centi = transfer_max;
	bundle_add(bundle, &module_credit_fields, row);
}

void module_credits_add(struct tx *tx, const struct student_sums *sums,
			const struct curriculum *curriculum, struct bundle *bundle)
{
	for (size_t i = 0; i < sums->modules.count; i++) {
		const struct module_sum *sum = &sums->by_module[i];

		module_credit_add(tx, bundle, sum->module->code, sum->module->name,
				  sum->module->min_centi, sum->earned_centi,
				  sum->transferred_centi, sum->module->transfer_max_centi);
	}
	module_credit_add(tx, bundle, "", _("In all"), curriculum->min_total_centi,
			  sums->earned_centi, sums->transferred_centi, OV_NULL);
}
