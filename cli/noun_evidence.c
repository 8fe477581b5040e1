/* Files behind the evidence of claims: handed out, checked, cleaned. */
#include "cli/verb.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/evidence_words.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/show.h"
#include "cli/target.h"
#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/store/command.h"

/* --- words --- */

const char *evidence_words(const struct evidence_tally *tally, char text[EVIDENCE_WORDS])
{
	snprintf(text, EVIDENCE_WORDS,
		 _("%lld files, %lld bytes; %lld missing, %lld changed; without a claim %lld, unfinished %lld"),
		 (long long)tally->kept, (long long)tally->bytes, (long long)tally->missing,
		 (long long)tally->changed, (long long)tally->unused, (long long)tally->half);
	return text;
}

int evidence_fault(const struct evidence_tally *tally, struct error *err)
{
	char line[24];

	if (!tally->missing && !tally->changed)
		return 0;
	snprintf(line, sizeof line, "%lld", (long long)tally->line_no);
	return error_reason(err, tally->first_missing ? REASON_EVIDENCE_MISSING :
			    REASON_EVIDENCE_CHANGED, "claim", tally->claim_no, "line", line, NULL);
}

void evidence_warn(const struct evidence_tally *tally)
{
	struct error err = ERROR_INIT;
	char text[EVIDENCE_WORDS];

	if (evidence_fault(tally, &err))
		fprintf(stderr, "%s\n%s\n  %s\n", evidence_words(tally, text), err.message, err.next);
}

static void say_tally(const struct cli *cli, const struct evidence_tally *tally)
{
	char text[EVIDENCE_WORDS];

	if (cli->json)
		output_json(json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I}",
			"kept", (json_int_t)tally->kept, "bytes", (json_int_t)tally->bytes,
			"missing", (json_int_t)tally->missing, "changed", (json_int_t)tally->changed,
			"unused", (json_int_t)tally->unused,
			"unused_bytes", (json_int_t)tally->unused_bytes,
			"half", (json_int_t)tally->half));
	else if (!cli->quiet)
		puts(evidence_words(tally, text));
}

/* --- the folder --- */

int evidence_check_run(struct cli *cli)
{
	struct evidence_tally tally;
	int rc = store_evidence_check(cli->store, &tally, &cli->err);

	if (rc)
		return rc;
	say_tally(cli, &tally);
	return evidence_fault(&tally, &cli->err);
}

int evidence_purge_run(struct cli *cli)
{
	struct evidence_tally tally;
	int rc = store_evidence_purge(cli->store, &tally, &cli->err);

	if (rc)
		return rc;
	if (cli->json)
		say_tally(cli, &tally);
	else if (!cli->quiet)
		printf(_("%lld files removed that no claim names (%lld bytes), %lld unfinished\n"),
		       (long long)tally.unused, (long long)tally.unused_bytes, (long long)tally.half);
	return 0;
}

/* --- one file --- */

static int ask_for(struct cli *cli, int64_t line_no, struct outcome *outcome)
{
	struct command command;
	int rc;

	command_init(&command, command_find("claim.evidence_open"), &cli->arena);
	bundle_init(&outcome->records, &cli->arena);
	rc = target_find(cli, KIND_CREDIT_CLAIM, cli_word(cli, 0), &command.target,
			 &command.expected_rev);
	command.expected_rev = OV_NULL;
	if (rc)
		return rc;
	field_set_int(field_find(command.def->args, "line_no"), command.args, line_no);
	rc = command_set(&command, "reason", args_or_empty(&cli->args, "reason"), &cli->arena,
			 &cli->err);
	if (!rc)
		rc = store_execute(cli->store, &command, 1, &cli->arena, outcome, NULL, &cli->err);
	cli->problems = outcome->problems;
	return rc;
}

static int save_piece(struct cli *cli, const struct evidence *piece)
{
	const char *out = args_text(&cli->args, "out");
	struct buf bytes;
	int rc = store_evidence_get(cli->store, piece->sha256, &bytes, &cli->err);

	if (!rc)
		rc = evidence_write(out, &bytes, &cli->err);
	if (!rc && cli->json)
		output_json(json_pack("{s:o, s:I}", "file", output_text(out), "bytes",
				      (json_int_t)bytes.len));
	else if (!rc && !cli->quiet)
		printf("%s %s\n", _("Saved to"), out);
	buf_release(&bytes);
	return rc;
}

/* The file of a line; --piece when the line has more than one. Nobody is put
 * into the trail for a name that can't be written. */
int evidence_save_run(struct cli *cli)
{
	struct outcome outcome = { .id = 0 };
	const struct record_list *pieces;
	const char *out = args_text(&cli->args, "out");
	const struct field line = { .name = "line", .type = FT_INT, .min = 1, .max = 99,
				    .label = N_("Line") };
	int64_t line_no, piece;
	int rc = access(out, F_OK) == 0 ?
		 error_reason(&cli->err, REASON_FILE_EXISTS, "file", out, NULL) : 0;

	if (!rc)
		rc = field_parse(&line, cli_word(cli, 1), &line_no, &cli->arena, &cli->err);
	if (!rc)
		rc = args_int(&cli->args, "piece", 1, 99, OV_NULL, &piece, &cli->err);
	if (!rc)
		rc = ask_for(cli, line_no, &outcome);
	if (rc)
		return rc;
	pieces = bundle_list(&outcome.records, &evidence_fields);
	if (piece == OV_NULL && pieces->count > 1)
		return usage_error(&cli->err, _("The line has several files: say which, --piece N"));
	if (piece == OV_NULL)
		piece = 1;
	if ((size_t)piece > pieces->count)
		return error_reason(&cli->err, REASON_NOT_FOUND, "field", "piece", "what", _("File"),
				    "key", args_or_empty(&cli->args, "piece"), NULL);
	return save_piece(cli, pieces->items[piece - 1]);
}
