/* `overpass report NAME`: documents as text, CSV or PDF; and receipts checked
 * without a database. */
#include "cli/verb.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/output.h"
#include "cli/record.h"
#include "core/base/i18n.h"
#include "core/codec/checkpoint.h"
#include "core/model/reason.h"
#include "core/report/report.h"

int report_list_run(struct cli *cli)
{
	json_t *items = json_array();

	for (size_t i = 0; i < report_count; i++) {
		const struct report_def *def = &report_defs[i];

		json_array_append_new(items, json_pack("{s:s, s:s, s:s, s:s, s:b, s:s}",
			"code", def->code, "name", def->name, "title", _(def->title), "subject",
			report_words(def), "csv", (def->flags & REPORT_CSV) != 0, "permission",
			permission_code(def->permission)));
	}
	if (cli->json) {
		output_json(json_pack("{s:o, s:n}", "items", items, "next"));
		return 0;
	}
	json_decref(items);
	for (size_t i = 0; i < report_count; i++) {
		const struct report_def *def = &report_defs[i];
		char *head = arena_printf(&cli->arena, "%s %s", def->name, report_words(def));

		printf("%s  %s  %s\n", text_fit_arena(def->code, 3, TEXT_LEFT, &cli->arena),
		       text_fit_arena(head, 20, TEXT_LEFT, &cli->arena), _(def->title));
	}
	return 0;
}

/* One of the words of an option; FALLBACK when it was not given. */
static int choice(struct cli *cli, const char *option, const char *const *names, int count,
		  int fallback, int *value)
{
	const char *text = args_text(&cli->args, option);

	*value = fallback;
	for (int i = 0; text && i < count; i++)
		if (!strcmp(text, names[i])) {
			*value = i;
			return 0;
		}
	return text ? error_reason(&cli->err, REASON_OPTION_VALUE, "key",
				   arena_printf(&cli->arena, "--%s", option), "expected",
				   arena_printf(&cli->arena, "%s, %s%s%s", names[0], names[1],
						count > 2 ? ", " : "", count > 2 ? names[2] : ""),
				   NULL) : 0;
}

static int options_read(struct cli *cli, struct doc_options *options, enum report_format *format)
{
	static const char *const columns[] = { "80", "132" };
	static const char *const qr[] = { "blocks", "ascii" };
	int which, width, style;

	if (choice(cli, "format", report_format_names, REPORT_FORMATS, REPORT_AS_TEXT, &which) ||
	    choice(cli, "columns", columns, 2, -1, &width) ||
	    choice(cli, "qr", qr, 2, 0, &style))
		return cli->err.code;
	*format = (enum report_format)which;
	*options = (struct doc_options){
		.columns = width < 0 ? 0 : width ? 132 : 80,
		.qr = style ? QR_ASCII : QR_HALF_BLOCKS, .bom = args_has(&cli->args, "bom"),
		.progress = cli->store->progress, .progress_context = cli->store->progress_context,
	};
	return 0;
}

static int to_stdout(void *context, const void *bytes, size_t len, struct error *err)
{
	(void)context;
	if (fwrite(bytes, 1, len, stdout) == len)
		return 0;
	return error_reason(err, REASON_FILE_WRITE, "file", _("standard output"), "why",
			    strerror(errno), NULL);
}

/* The records a document is made of, as JSON. */
static void print_records(const struct report_def *def, const struct document *doc)
{
	json_t *root = json_pack("{s:s, s:s, s:s}", "code", def->code, "name", def->name, "title",
				 doc->title);

	for (size_t l = 0; doc->records && l < doc->records->count; l++)
		json_object_set_new(root, doc->records->lists[l].table->plural,
				    output_array(&doc->records->lists[l]));
	output_json(root);
}

static int document_out(struct cli *cli, const struct report_def *def, const struct document *doc,
			enum report_format format, const struct doc_options *options)
{
	static const struct doc_sink standard = { to_stdout, NULL };
	const char *path = args_text(&cli->args, "out");
	int rc;

	if (path && strcmp(path, "-") != 0) {
		rc = report_write_file(doc, format, options, path, args_has(&cli->args, "force"),
				       &cli->err);
		if (!rc && cli->json)
			output_json(json_pack("{s:s}", "written", path));
		return rc;
	}
	if (cli->json) {
		print_records(def, doc);
		return 0;
	}
	if (format == REPORT_AS_PDF && isatty(STDOUT_FILENO))
		return usage_error(&cli->err, _("A PDF is not for a terminal; give --out FILE"));
	return report_write(doc, format, options, &standard, &cli->err);
}

int report_run(struct cli *cli)
{
	const struct report_def *def = report_find(cli->verb->name);
	struct report_request request = {
		.def = def, .key = cli_word(cli, 0), .from = OV_NULL, .to = OV_NULL,
		.reason = args_text(&cli->args, "reason"), .today = clock_today(&cli->clock),
		.utc_offset = cli->clock.utc_offset,
	};
	const char *path = args_text(&cli->args, "out");
	struct doc_options options;
	struct document doc;
	int rc = options_read(cli, &options, &request.format);

	if (rc)
		return rc;
	request.feed = def->flags & REPORT_FEED && args_has(&cli->args, "feed");
	if (request.feed && (request.format == REPORT_AS_CSV || (cli->json && !path)))
		return usage_error(&cli->err, _("--feed needs a sheet to print the code on: text or PDF"));
	/* Before anything is read, or logged as taken out. */
	if (path && strcmp(path, "-") != 0 && !args_has(&cli->args, "force") &&
	    access(path, F_OK) == 0)
		return error_reason(&cli->err, REASON_FILE_EXISTS, "file", path, NULL);
	if (def->flags & REPORT_PERIOD)
		rc = args_date(&cli->args, "from", &request.from, &cli->err) ||
		     args_date(&cli->args, "to", &request.to, &cli->err) ? cli->err.code : 0;
	if (!rc && def->flags & REPORT_REASON && !request.reason)
		request.reason = _("the learner asked for a copy");
	if (!rc)
		rc = report_make(cli->store, &request, &cli->arena, &doc, &cli->err);
	return rc ? rc : document_out(cli, def, &doc, request.format, &options);
}

/* --- receipts --- */

/* CLAIM:LINES:CENTI:DAY, as core/store/card_print.c signs it. */
static int subject_read(struct cli *cli, const struct checkpoint *receipt, const char **claim,
			int64_t *lines, int64_t *centi, const char **day)
{
	char number[CHECKPOINT_SUBJECT], date[CHECKPOINT_SUBJECT];
	long long count, sum;
	int64_t on;

	if (sscanf(receipt->subject, "%48[^:]:%lld:%lld:%48[^:]", number, &count, &sum, date) != 4 ||
	    !date_parse(date, &on))
		return error_reason(&cli->err, REASON_RECEIPT_OTHER, NULL);
	*claim = arena_strdup(&cli->arena, number);
	*day = arena_strdup(&cli->arena, date);
	*lines = count;
	*centi = sum;
	return 0;
}

int receipt_verify_run(struct cli *cli)
{
	const char *given = args_text(&cli->args, "key"), *text, *key_text;
	const char *claim = "", *day = "";
	char printed[DATE_TEXT], credits[24], hex[HASH_HEX];
	uint8_t key[SIGN_PUBLIC];
	struct checkpoint receipt;
	int64_t lines = 0, centi = 0;

	if (text_or_file(cli, cli_word(cli, 0), "OV1.", &text) ||
	    text_or_file(cli, given, "OVKEY1.", &key_text) ||
	    checkpoint_key_parse(key_text, key, &cli->err) < 0 ||
	    checkpoint_verify(text, key, &receipt, &cli->err) < 0 ||
	    subject_read(cli, &receipt, &claim, &lines, &centi, &day))
		return cli->err.code;
	hash_hex(receipt.hash, hex);
	date_format(receipt.day, printed);
	if (cli->json) {
		output_json(json_pack("{s:b, s:s, s:I, s:I, s:s, s:s, s:s, s:I, s:s}", "ok", 1, "claim_no",
			claim, "lines", (json_int_t)lines, "requested_centi", (json_int_t)centi,
			"submitted_on", day, "centre", receipt.centre, "printed_on", printed,
			"ledger_seq", (json_int_t)receipt.seq, "ledger_hash", hex));
		return 0;
	}
	/* For scripts: the same in every language. */
	printf("ok %s lines %lld credits %s submitted %s centre %s day %s ledger %lld %s\n", /* lint: not for people */
	       claim, (long long)lines, centi_format(centi, credits), day, receipt.centre, printed,
	       (long long)receipt.seq, hex);
	return 0;
}
