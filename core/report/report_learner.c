/* D1 transcript, D4 credit statement, D9 copy of the personal record. */
#include "core/report/report.h"

#include <string.h>

#include "core/base/i18n.h"

void report_learner_pairs(struct report_build *b)
{
	const struct bundle *bundle = &b->bundle;
	const struct student *student = bundle_first(bundle, &student_fields);
	const struct programme *programme = bundle_first(bundle, &programme_fields);
	const struct curriculum *curriculum = bundle_first(bundle, &curriculum_fields);
	struct doc_block *pairs = document_pairs(b->doc);

	document_pair_field(b->doc, pairs, &person_fields, bundle_first(bundle, &person_fields),
			    "full_name");
	document_pair_field(b->doc, pairs, &student_fields, student, "student_no");
	if (programme)
		document_pair(b->doc, pairs, _("Programme"),
			      arena_printf(b->arena, "%s %s", programme->code, programme->name));
	if (curriculum)
		document_pair(b->doc, pairs, _("Curriculum"), curriculum->version);
	if (student) {
		document_pair_field(b->doc, pairs, &student_fields, student, "registered_on");
		document_pair_field(b->doc, pairs, &student_fields, student, "status");
	}
}

/* Credits by module with what is required and missing; the last row is the sum
 * of the ledger, not of the lines above. */
static void modules_table(struct report_build *b)
{
	static const struct doc_column columns[] = {
		{ .field = "code", .cells = 8 },
		{ .field = "name", .label = N_("Description"), .cells = 14, .grows = true },
		{ .field = "min_centi", .label = N_("Required"), .cells = 9 },
		{ .field = "earned_centi", .label = N_("Credits"), .cells = 8 },
		{ .field = "transferred_centi", .label = N_("of these transferred"), .cells = 11 },
		{ .label = N_("Missing"), .cells = 8, .align = TEXT_RIGHT },
	};
	const struct record_list *list = bundle_list(&b->bundle, &module_credit_fields);
	struct doc_table *table;

	if (!list->count)
		return;
	document_heading(b->doc, _("Credits by module"));
	table = DOCUMENT_TABLE(b->doc, &module_credit_fields, columns);
	for (size_t i = 0; i < list->count; i++) {
		const struct module_credit *module = list->items[i];
		const bool sum = !module->code || !*module->code;
		const int64_t missing = module->min_centi - module->earned_centi;
		const char **cells = arena_array(b->arena, table->column_count, sizeof *cells);
		char text[24];

		cells[5] = arena_strdup(b->arena, centi_format(missing > 0 ? missing : 0, text));
		document_row(b->doc, table, sum ? DOC_TOTAL : DOC_RECORD, module)->cells = cells;
	}
}

int report_transcript(struct report_build *b, struct error *err)
{
	static const struct doc_column columns[] = {
		{ .field = "course_code", .cells = 7 },
		{ .field = "course", .cells = 14, .grows = true },
		{ .field = "credit_centi", .cells = 7, .sum = true },
		{ .field = "composite", .label = N_("Mark"), .cells = 6 },
		{ .field = "outcome", .cells = 7 },
		{ .field = "on_date", .cells = 10 },
		{ .cells = 2 },
		{ .field = "basis", .cells = 14 },
	};
	const struct record_list *list = bundle_list(&b->bundle, &transcript_row_fields);
	struct doc_table *table;
	const struct transcript_row *row;

	(void)err;
	report_learner_pairs(b);
	document_space(b->doc);
	table = DOCUMENT_TABLE(b->doc, &transcript_row_fields, columns);
	document_rows(b->doc, table, list, "module");
	for (size_t r = 0; r < table->row_count; r++) {
		row = table->rows[r].record;
		if (!row || row->replaced != 1)
			continue;
		table->rows[r].cells = arena_array(b->arena, table->column_count,
						   sizeof *table->rows[r].cells);
		((const char **)table->rows[r].cells)[6] = "置"; /* DOMAIN.md D1: the sign itself */
	}
	document_sum(b->doc, table, DOC_TOTAL, _("In all"), 0);
	modules_table(b);
	document_space(b->doc);
	document_paragraph(b->doc, _("置 marks a course that an earlier result stands in for, with the rule and the claim."));
	document_sign(b->doc, _("Registrar: ____________________    Seal of the centre: ____________________"));
	return 0;
}

/* --- statement --- */

static bool in_period(const struct report_build *b, const struct statement *entry)
{
	return (b->from == OV_NULL || entry->booked_on >= b->from) &&
	       (b->to == OV_NULL || entry->booked_on < b->to);
}

/* A balance, as a row of the same shape as the entries. */
static void balance_row(struct report_build *b, struct doc_table *table, enum doc_row_kind kind,
			const char *label, int64_t account, int64_t amount, int64_t balance)
{
	struct statement *row = record_new(b->arena, &statement_fields);
	const char **cells = arena_array(b->arena, table->column_count, sizeof *cells);

	row->account = account;
	row->amount_centi = amount;
	row->balance_centi = balance;
	cells[0] = "";
	cells[3] = label;
	document_row(b->doc, table, kind, row)->cells = cells;
}

static void account_rows(struct report_build *b, struct doc_table *table, int64_t kind)
{
	const struct record_list *list = bundle_list(&b->bundle, &statement_fields);
	int64_t opening = 0, balance = 0, moved = 0;
	bool any = false;

	for (size_t i = 0; i < list->count; i++) {
		const struct statement *entry = list->items[i];

		if (entry->account != kind)
			continue;
		any = true;
		if (b->from != OV_NULL && entry->booked_on < b->from)
			opening = entry->balance_centi;
	}
	if (!any)
		return;
	document_cells(b->doc, table, DOC_GROUP)[0] =
		arena_printf(b->arena, "%s: %s", _("Account"), enum_label(&account_kind_enum, kind));
	balance_row(b, table, DOC_OPENING, _("opening balance"), kind, OV_NULL, opening);
	balance = opening;
	for (size_t i = 0; i < list->count; i++) {
		const struct statement *entry = list->items[i];

		if (entry->account != kind || !in_period(b, entry))
			continue;
		document_row(b->doc, table, DOC_RECORD, entry);
		moved += entry->amount_centi;
		balance = entry->balance_centi;
	}
	balance_row(b, table, DOC_CLOSING, _("closing balance"), kind, moved, balance);
}

int report_statement(struct report_build *b, struct error *err)
{
	/* The account is the group's heading on paper; a CSV has it in each row. */
	static const struct doc_column columns[] = {
		{ .field = "account", .cells = 2, .csv_only = true },
		{ .field = "seq", .cells = 6 },
		{ .field = "booked_on", .cells = 10 },
		{ .field = "kind", .cells = 13, .grows = true },
		{ .field = "module_code", .label = N_("Mod."), .cells = 4 },
		{ .field = "course", .cells = 6 },
		{ .field = "claim_no", .cells = 14 },
		{ .field = "amount_centi", .label = N_("+/−"), .cells = 7 },
		{ .field = "balance_centi", .cells = 7 },
	};
	const struct record_list *modules = bundle_list(&b->bundle, &module_credit_fields);
	struct doc_table *table;

	(void)err;
	report_learner_pairs(b);
	if (b->from != OV_NULL || b->to != OV_NULL)
		b->doc->subtitle = arena_printf(b->arena, "%s – %s", report_date(b, b->from),
			b->to == OV_NULL ? "—" : report_date(b, b->to - 1));
	document_space(b->doc);
	table = DOCUMENT_TABLE(b->doc, &statement_fields, columns);
	table->csv = table->csv_kinds = true;
	for (int64_t kind = 0; kind <= ACCOUNT_POOL; kind++)
		account_rows(b, table, kind);
	/* What counts: earned and transferred, at the end of the ledger. */
	for (size_t i = 0; i < modules->count; i++) {
		const struct module_credit *module = modules->items[i];

		if (!module->code || !*module->code)
			balance_row(b, table, DOC_TOTAL, _("counting"), OV_NULL,
				    OV_NULL, module->earned_centi);
	}
	modules_table(b);
	return 0;
}

int report_personal(struct report_build *b, struct error *err)
{
	static const struct doc_column columns[] = {
		{ .field = "field", .cells = 22 },
		{ .field = "value", .cells = 30, .grows = true },
	};
	struct doc_table *table;

	(void)err;
	document_paragraph(b->doc, _("This copy holds every value the centre keeps on the person, in clear, and who revealed values before. Its making was logged."));
	document_space(b->doc);
	table = DOCUMENT_TABLE(b->doc, &copy_field_fields, columns);
	document_rows(b->doc, table, bundle_list(&b->bundle, &copy_field_fields), "entity");
	return 0;
}
