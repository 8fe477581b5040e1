/* The ledger and the audit trail: shown, and walked from end to end. */
#include "cli/verb.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/output.h"
#include "cli/record.h"
#include "cli/show.h"
#include "cli/target.h"
#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/store/admin.h"
#include "core/store/ledger_export.h"

int ledger_show_run(struct cli *cli)
{
	struct bundle card;
	json_t *totals, *modules;
	int rc = show_card(cli, KIND_ACCOUNT, 0, cli_word(cli, 0), &card);

	if (rc)
		return rc;
	if (cli->json) {
		modules = output_modules(&card, &totals);
		output_json(json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}",
			"student", output_first(&card, &student_fields),
			"person", output_first(&card, &person_fields),
			"accounts", output_array(bundle_list(&card, &account_fields)),
			"entries", output_array(bundle_list(&card, &statement_fields)),
			"modules", modules, "totals", totals));
		return 0;
	}
	output_record(&student_fields, bundle_first(&card, &student_fields), NULL);
	output_table(bundle_list(&card, &statement_fields), NULL);
	if (bundle_list(&card, &module_credit_fields)->count)
		output_heading(_("Credits by module"));
	output_table(bundle_list(&card, &module_credit_fields), NULL);
	return 0;
}

int audit_show_run(struct cli *cli)
{
	static const char *const columns[] = { "seq", "at", "user_id", "action", "object_kind",
					       "object_id", "detail", "reason", NULL };
	struct filter more[4];
	size_t count = 0;
	const char *object = args_text(&cli->args, "object");
	const char *action = args_text(&cli->args, "action");
	const char *colon;
	enum kind kind;
	int64_t rev;
	int rc;

	memset(more, 0, sizeof more);
	if (object) {
		colon = strchr(object, ':');
		kind = colon ? kind_find(arena_strndup(&cli->arena, object,
						       (size_t)(colon - object))) : KIND_NONE;
		if (!colon || !kind_stored(kind))
			return usage_error(&cli->err, _("\"%.60s\" is not KIND:ID"), object);
		more[count].field = "object_kind";
		more[count].text = kind_fields(kind)->name;
		more[count++].number = OV_NULL;
		more[count].field = "object_id";
		if (target_id(colon + 1, &more[count].number)) {
			count++;
		} else {
			rc = target_find(cli, kind, colon + 1, &more[count++].number, &rev);
			if (rc)
				return rc;
		}
	}
	if (action) {
		more[count].field = "action";
		more[count].text = action;
		more[count++].number = OV_NULL;
	}
	return record_list_of(cli, KIND_AUDIT_EVENT, NULL, true, more, columns);
}

enum { PROOF_BYTES = 4096 };

int text_or_file(struct cli *cli, const char *word, const char *begins, const char **text)
{
	char *bytes;
	size_t len;
	FILE *file;

	*text = word;
	if (!strncmp(word, begins, strlen(begins)))
		return 0;
	file = fopen(word, "rb");
	if (!file)
		return error_reason(&cli->err, REASON_FILE_OPEN, "file", word, "why",
				    strerror(errno), NULL);
	bytes = arena_alloc(&cli->arena, PROOF_BYTES);
	len = fread(bytes, 1, PROOF_BYTES - 1, file);
	fclose(file);
	bytes[len] = '\0';
	*text = bytes;
	return 0;
}

static int verify(struct cli *cli, enum chain chain)
{
	const char *checkpoint = args_text(&cli->args, "checkpoint"), *text = NULL;
	const char *key = args_text(&cli->args, "key"), *key_text = NULL;
	struct chain_result result;
	int rc = 0;

	if (key && !checkpoint)
		return usage_error(&cli->err, _("--key goes with --checkpoint"));
	if (checkpoint)
		rc = text_or_file(cli, checkpoint, "OV1.", &text);
	if (!rc && key)
		rc = text_or_file(cli, key, "OVKEY1.", &key_text);
	if (!rc)
		rc = text ? store_verify_checkpoint(cli->store, chain, text, key_text, &result,
						    &cli->err) :
		     store_verify(cli->store, chain, &result, &cli->err);

	if (rc)
		return rc;
	/* For scripts: the same in every language, but for the reason. */
	if (cli->json && result.ok)
		output_json(json_pack("{s:b, s:I}", "ok", 1, "count", (json_int_t)result.count));
	else if (cli->json)
		output_json(json_pack("{s:b, s:I, s:s}", "ok", 0, "broken",
				      (json_int_t)result.broken, "why", result.why));
	else if (result.ok)
		printf("ok %lld\n", (long long)result.count);
	else
		printf("broken at %lld: %s\n", (long long)result.broken, result.why); /* lint: not for people */
	return result.ok ? 0 : OV_EREFUSED;
}

int ledger_verify_run(struct cli *cli)
{
	return verify(cli, CHAIN_LEDGER);
}

int ledger_export_run(struct cli *cli)
{
	const char *file = cli_word(cli, 0);
	int64_t written;
	int rc = store_ledger_export(cli->store, file, &written, &cli->err);

	if (rc || !strcmp(file, "-"))
		return rc;
	if (cli->json)
		output_json(json_pack("{s:I}", "written", (json_int_t)written));
	else if (!cli->quiet)
		fprintf(stderr, _("%lld entries written\n"), (long long)written);
	return 0;
}

int audit_verify_run(struct cli *cli)
{
	return verify(cli, CHAIN_AUDIT);
}
