/* D2 receipt, D3 decision, D5 public notice. */
#include "core/report/report.h"

#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"

static const struct doc_column explanation_columns[] = {
	{ .field = "line_no", .cells = 4 },
	{ .field = "rule", .cells = 8 },
	{ .field = "code", .cells = 14 },
	{ .field = "granted_centi", .label = N_("Credits"), .cells = 7 },
	{ .field = "need", .cells = 7, .align = TEXT_RIGHT },
	{ .field = "have", .cells = 7, .align = TEXT_RIGHT },
	{ .field = "detail", .cells = 12, .grows = true },
};

/* The arithmetic as it is stored with the claim (DOMAIN.md 5.6). */
static void explanation_table(struct report_build *b)
{
	const struct record_list *list = bundle_list(&b->bundle, &claim_explanation_fields);
	struct doc_table *table;

	if (!list->count)
		return;
	document_heading(b->doc, _("Calculation"));
	table = DOCUMENT_TABLE(b->doc, &claim_explanation_fields, explanation_columns);
	document_rows(b->doc, table, list, NULL);
}

static void lines_table(struct report_build *b)
{
	static const struct doc_column columns[] = {
		{ .field = "line_no", .cells = 4 },
		{ .field = "source_kind", .cells = 8 },
		{ .field = "code", .cells = 8 },
		{ .field = "name", .label = N_("Description"), .cells = 14, .grows = true },
		{ .field = "number", .cells = 14 },
		{ .field = "level", .cells = 8 },
		{ .field = "dated_on", .cells = 10 },
	};
	struct doc_table *table;

	document_heading(b->doc, _("What was handed in"));
	table = DOCUMENT_TABLE(b->doc, &line_source_fields, columns);
	document_rows(b->doc, table, bundle_list(&b->bundle, &line_source_fields), NULL);
}

static int64_t line_no_of(const struct report_build *b, int64_t line_id)
{
	const struct record_list *lines = bundle_list(&b->bundle, &claim_line_fields);

	for (size_t i = 0; i < lines->count; i++) {
		const struct claim_line *line = lines->items[i];

		if (line->id == line_id)
			return line->line_no;
	}
	return OV_NULL;
}

static void evidence_table(struct report_build *b)
{
	enum { MARK = 8 };
	static const struct doc_column columns[] = {
		{ .label = N_("Line"), .cells = 4, .align = TEXT_RIGHT },
		{ .field = "kind", .cells = 16 },
		{ .field = "file_name", .cells = 16, .grows = true },
		{ .field = "checked", .cells = 12 },
		{ .label = N_("Fingerprint"), .cells = 11 },
	};
	const struct record_list *list = bundle_list(&b->bundle, &evidence_fields);
	struct doc_table *table;
	char hex[HASH_HEX];

	document_heading(b->doc, _("Evidence"));
	table = DOCUMENT_TABLE(b->doc, &evidence_fields, columns);
	for (size_t i = 0; i < list->count; i++) {
		const struct evidence *evidence = list->items[i];
		const char **cells = arena_array(b->arena, table->column_count, sizeof *cells);

		cells[0] = arena_printf(b->arena, "%lld", (long long)line_no_of(b, evidence->line_id));
		cells[4] = evidence->sha256 ? arena_printf(b->arena, "%.*s", MARK,
			hash_hex(evidence->sha256, hex)) : "—";
		document_row(b->doc, table, DOC_RECORD, evidence)->cells = cells;
	}
}

static void claim_pairs(struct report_build *b, bool short_form)
{
	static const char *const all[] = { "claim_no", "state", "submitted_on", "deadline_on",
					   "requested_centi", "proposed_centi" };
	static const char *const few[] = { "claim_no", "submitted_on", "deadline_on",
					   "requested_centi" };
	const struct credit_claim *claim = bundle_first(&b->bundle, &credit_claim_fields);
	const size_t count = short_form ? sizeof few / sizeof *few : sizeof all / sizeof *all;
	struct doc_block *pairs = document_pairs(b->doc);

	document_pair_field(b->doc, pairs, &person_fields, bundle_first(&b->bundle, &person_fields),
			    "full_name");
	document_pair_field(b->doc, pairs, &student_fields,
			    bundle_first(&b->bundle, &student_fields), "student_no");
	for (size_t i = 0; i < count; i++)
		document_pair_field(b->doc, pairs, &credit_claim_fields, claim,
				    short_form ? few[i] : all[i]);
}

int report_receipt(struct report_build *b, struct error *err)
{
	const struct receipt_seal *seal = bundle_first(&b->bundle, &receipt_seal_fields);
	struct qr qr;

	claim_pairs(b, false);
	lines_table(b);
	evidence_table(b);
	explanation_table(b);
	document_space(b->doc);
	document_paragraph(b->doc, _("The desk looks through the papers within 5 working days; what is missing can be brought within 30 days of the day it is asked for. A decision is on public notice for 5 working days before it is booked."));
	document_tear(b->doc, _("tear off here: for the learner"));
	document_heading(b->doc, _(b->request->def->title));
	claim_pairs(b, true);
	if (!seal || !seal->text) {
		document_paragraph(b->doc, _("Not signed: this centre has no signing key yet (overpass ledger checkpoint makes it)."));
		return 0;
	}
	if (qr_make(seal->text, QR_LOW, &qr, b->arena, err) < 0)
		return err->code;
	document_qr(b->doc, &qr, arena_printf(b->arena, "%s %s",
		_("The centre signed this receipt. To check it, without any database: overpass receipt verify TEXT --key FILE. TEXT is:"),
		seal->text));
	return 0;
}

/* --- decision --- */

static bool decided(int64_t state)
{
	switch (state) {
	case CLAIM_SECOND_OK:
	case CLAIM_NOTICE:
	case CLAIM_APPROVED:
	case CLAIM_POSTED:
	case CLAIM_REJECTED:
	case CLAIM_REVOKED:
	case CLAIM_APPEALED:
	case CLAIM_OBJECTED:
		return true;
	default:
		return false;
	}
}

/* The last explanation of the line: rule, and why. */
static const struct claim_explanation *explanation_of(const struct report_build *b, int64_t line_no)
{
	const struct record_list *list = bundle_list(&b->bundle, &claim_explanation_fields);
	const struct claim_explanation *last = NULL;

	for (size_t i = 0; i < list->count; i++) {
		const struct claim_explanation *row = list->items[i];

		if (row->line_no == line_no)
			last = row;
	}
	return last;
}

/* The reason's sentence where it needs no figures; the code always. */
static const char *why(struct report_build *b, const char *code)
{
	const struct reason_def *def = reason_get(reason_find(code ? code : ""));

	if (!code)
		return "";
	if (!def || !def->message || !*def->message || strchr(def->message, '{'))
		return code;
	return arena_printf(b->arena, "%s %s", code, _(def->message));
}

static void decision_lines(struct report_build *b, bool refused)
{
	static const struct doc_column columns[] = {
		{ .field = "line_no", .cells = 4 },
		{ .label = N_("Source"), .cells = 16, .grows = true },
		{ .label = N_("Decision"), .cells = 8 },
		{ .label = N_("Rule"), .cells = 8 },
		{ .label = N_("Basis"), .cells = 20, .grows = true },
		{ .field = "granted_centi", .label = N_("Credits"), .cells = 7, .sum = true },
	};
	const struct record_list *lines = bundle_list(&b->bundle, &claim_line_fields);
	const struct record_list *sources = bundle_list(&b->bundle, &line_source_fields);
	struct doc_table *table = DOCUMENT_TABLE(b->doc, &claim_line_fields, columns);

	for (size_t i = 0; i < lines->count; i++) {
		struct claim_line *line = record_copy(b->arena, &claim_line_fields, lines->items[i]);
		const struct claim_explanation *row = explanation_of(b, line->line_no);
		const struct line_source *source = i < sources->count ? sources->items[i] : NULL;
		const char **cells = arena_array(b->arena, table->column_count, sizeof *cells);

		if (refused || line->granted_centi == OV_NULL)
			line->granted_centi = 0;
		cells[1] = source && source->name ? source->name : line->source_code;
		cells[2] = line->granted_centi > 0 ? _("granted") : _("refused");
		cells[3] = row ? row->rule : NULL;
		cells[4] = why(b, row ? row->code : line->code);
		document_row(b->doc, table, DOC_RECORD, line)->cells = cells;
	}
	document_sum(b->doc, table, DOC_TOTAL, _("In all"), 0);
}

int report_decision(struct report_build *b, struct error *err)
{
	const struct credit_claim *claim = bundle_first(&b->bundle, &credit_claim_fields);
	const bool refused = claim->state == CLAIM_REJECTED || claim->state == CLAIM_REVOKED;
	struct doc_block *pairs;

	if (!decided(claim->state))
		return error_reason(err, REASON_DECISION_STATE, "state",
				    enum_label(&claim_state_enum, claim->state), NULL);
	claim_pairs(b, false);
	document_heading(b->doc, _("Decision by line"));
	decision_lines(b, refused);
	if (claim->reason_text) {
		document_space(b->doc);
		pairs = document_pairs(b->doc);
		document_pair(b->doc, pairs, _("Reason"), claim->reason_text);
	}
	explanation_table(b);
	document_heading(b->doc, _("Appeal"));
	document_paragraph(b->doc, arena_printf(b->arena,
		_("Whoever does not agree may appeal once, within 10 working days of the decision, at the desk of %s. The appeal is decided by somebody who took no part before."),
		*b->doc->centre ? b->doc->centre : _("the learning centre")));
	document_sign(b->doc, _("Second reviewer: ____________________    Seal of the centre: ____________________"));
	return 0;
}

int report_notice(struct report_build *b, struct error *err)
{
	static const struct doc_column columns[] = {
		{ .field = "programme", .cells = 2, .csv_only = true },
		{ .field = "name", .cells = 10 },
		{ .field = "number", .cells = 6 },
		{ .field = "source", .cells = 20, .grows = true },
		{ .field = "target", .cells = 20, .grows = true },
		{ .field = "granted_centi", .cells = 8, .sum = true },
		{ .field = "notice_from", .cells = 10 },
		{ .field = "notice_to", .cells = 10 },
	};
	const struct record_list *list = bundle_list(&b->bundle, &notice_row_fields);
	struct doc_table *table = DOCUMENT_TABLE(b->doc, &notice_row_fields, columns);

	(void)err;
	table->csv = true;
	document_rows(b->doc, table, list, "programme");
	document_sum(b->doc, table, DOC_TOTAL,
		     arena_printf(b->arena, _("%zu lines in all"), list->count), 0);
	document_space(b->doc);
	document_paragraph(b->doc, arena_printf(b->arena,
		_("Objections are taken until the last day of the notice at the desk of %s, in person or in writing. They are examined by people who took no part in the decision."),
		*b->doc->centre ? b->doc->centre : _("the learning centre")));
	return 0;
}
