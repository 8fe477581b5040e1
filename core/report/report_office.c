/* D8 statistics, D10 graduation list, D11 caps, D12 audit extract. */
#include "core/report/report.h"

#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/store/admin.h"

int report_statistics(struct report_build *b, struct error *err)
{
	static const struct doc_column columns[] = {
		{ .field = "section", .cells = 2, .csv_only = true },
		{ .field = "item", .cells = 24, .grows = true },
		{ .field = "count", .cells = 9 },
		{ .field = "credit_centi", .cells = 12 },
		{ .field = "share_bp", .cells = 9 },
		{ .field = "note", .cells = 12 },
	};
	struct doc_table *table;

	(void)err;
	b->doc->subtitle = report_days(b);
	table = DOCUMENT_TABLE(b->doc, &statistic_fields, columns);
	table->csv = true;
	document_rows(b->doc, table, bundle_list(&b->bundle, &statistic_fields), "section");
	return 0;
}

int report_graduation(struct report_build *b, struct error *err)
{
	static const struct doc_column columns[] = {
		{ .field = "result", .cells = 8 },
		{ .field = "student_no", .cells = 13 },
		{ .field = "name", .cells = 10 },
		{ .field = "programme", .cells = 10 },
		{ .field = "counted_centi", .cells = 7 },
		{ .field = "missing_centi", .cells = 7 },
		{ .field = "findings", .cells = 34, .grows = true },
		{ .field = "certificate", .cells = 16 },
	};
	const struct record_list *list = bundle_list(&b->bundle, &graduation_row_fields);
	struct doc_table *table;
	size_t passed = 0;

	(void)err;
	for (size_t i = 0; i < list->count; i++)
		passed += !strcmp(((struct graduation_row *)list->items[i])->result,
				  reason_code(REASON_GD_OK));
	b->doc->subtitle = b->request->key;
	table = DOCUMENT_TABLE(b->doc, &graduation_row_fields, columns);
	table->csv = true;
	document_rows(b->doc, table, list, NULL);
	document_space(b->doc);
	document_paragraph(b->doc, arena_printf(b->arena, _("%zu learners checked, %zu may graduate."),
						list->count, passed));
	return 0;
}

int report_caps(struct report_build *b, struct error *err)
{
	static const struct doc_column columns[] = {
		{ .field = "student_no", .cells = 13 },
		{ .field = "name", .cells = 12, .grows = true },
		{ .field = "programme", .cells = 12 },
		{ .field = "profile", .cells = 10 },
		{ .field = "source_class", .cells = 8 },
		{ .field = "transferred_centi", .cells = 11 },
		{ .field = "cap_centi", .cells = 9 },
		{ .field = "room_centi", .cells = 9 },
		{ .field = "share_bp", .cells = 9 },
	};
	struct doc_table *table;

	(void)err;
	b->doc->subtitle = b->request->key;
	table = DOCUMENT_TABLE(b->doc, &cap_row_fields, columns);
	table->csv = true;
	document_rows(b->doc, table, bundle_list(&b->bundle, &cap_row_fields), NULL);
	return 0;
}

/* Chains are walked where the database is; a desk far away says so. */
static int chain_pair(struct report_build *b, struct doc_block *pairs, enum chain chain,
		      const char *label, struct error *err)
{
	struct error why = ERROR_INIT;
	struct chain_result result;
	int rc = store_verify(b->store, chain, &result, &why);

	if (rc == OV_ECANCELLED) {
		*err = why;
		return rc;
	}
	if (rc < 0)
		document_pair(b->doc, pairs, label, _("not checked from here"));
	else if (result.ok)
		document_pair(b->doc, pairs, label, arena_printf(b->arena, _("whole, %lld rows"),
								 (long long)result.count));
	else
		document_pair(b->doc, pairs, label, arena_printf(b->arena, _("broken at %lld: %s"),
			(long long)result.broken, result.why));
	return 0;
}

int report_audit(struct report_build *b, struct error *err)
{
	static const struct doc_column columns[] = {
		{ .field = "seq", .cells = 8 },
		{ .field = "at", .cells = 20 },
		{ .field = "login", .cells = 14 },
		{ .field = "action", .cells = 18 },
		{ .field = "object_kind", .cells = 12 },
		{ .field = "object_id", .cells = 8 },
		{ .field = "detail", .cells = 14, .grows = true },
		{ .field = "reason", .cells = 10, .grows = true },
		{ .field = "hash", .cells = 8 },
	};
	struct doc_block *pairs = document_pairs(b->doc);
	struct doc_table *table;

	b->doc->subtitle = report_days(b);
	if (chain_pair(b, pairs, CHAIN_AUDIT, _("Audit trail"), err) < 0 ||
	    chain_pair(b, pairs, CHAIN_LEDGER, _("Ledger"), err) < 0)
		return err->code;
	table = DOCUMENT_TABLE(b->doc, &audit_line_fields, columns);
	table->csv = true;
	document_rows(b->doc, table, bundle_list(&b->bundle, &audit_line_fields), NULL);
	return 0;
}
