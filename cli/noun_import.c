/* Files of learners, in and out. */
#include "cli/verb.h"

#include <stdio.h>
#include <string.h>

#include "cli/output.h"
#include "core/base/i18n.h"
#include "core/codec/student_file.h"
#include "core/model/file_rows.h"
#include "core/model/reason.h"

enum { FINDINGS_SHOWN = 20 };

static void print_findings(const struct cli *cli, const struct student_import *import)
{
	const struct record_list *list = &import->findings;
	size_t shown = 0;

	for (size_t i = 0; i < import->ignored_count && !cli->quiet; i++)
		fprintf(stderr, _("The column \"%s\" is unknown and was ignored\n"),
			import->ignored[i]);
	/* What stops the import comes first, then what wants a look. */
	for (int refused = 1; refused >= 0 && !cli->quiet; refused--)
		for (size_t i = 0; i < list->count; i++) {
			const struct import_finding *finding = list->items[i];

			if ((finding->refused == 1) != (refused == 1))
				continue;
			if (shown++ < FINDINGS_SHOWN)
				fprintf(stderr, _("row %lld: %s: %s\n"), (long long)finding->row,
					finding->code, finding->message);
		}
	if (shown > FINDINGS_SHOWN && !cli->quiet)
		fprintf(stderr, _("… and %zu more\n"), shown - FINDINGS_SHOWN);
}

static void print_counts(const struct cli *cli, const struct student_import *import)
{
	const struct import_count *counts = &import->counts;

	if (cli->json)
		output_json(output_object(&import_count_fields, counts));
	else
		output_record(&import_count_fields, counts, NULL);
}

static const struct import_noun nouns[] = {
	{ "rule.import", &rule_row_fields, "rule" },
	{ "result.import", &result_row_fields, "result" },
	{ "calendar.import", &day_row_fields, "calendar" },
	{ "session.import", &attendance_row_fields, "attendance" },
	{ "claim.import", &claim_file_row_fields, "claim" },
};

/* NULL: learners. The verb is the command's, "rules import" that of rule.import. */
static const struct import_noun *noun_of(const struct cli *cli)
{
	for (size_t i = 0; i < sizeof nouns / sizeof nouns[0]; i++)
		if (!strncmp(nouns[i].command, cli->verb->noun, strcspn(nouns[i].command, ".")))
			return &nouns[i];
	return NULL;
}

int student_import_run(struct cli *cli)
{
	struct student_import import = {
		.noun = noun_of(cli),
		.encoding = option_text(cli->options, OPT_IMPORT_ENCODING),
		.map = args_text(&cli->args, "map"),
		.institution = option_text(cli->options, OPT_CENTRE_INSTITUTION),
		.rejects = args_text(&cli->args, "rejects"),
		.reason = args_text(&cli->args, "reason"),
		.dry_run = args_has(&cli->args, "dry-run"),
		.partial = args_has(&cli->args, "partial"),
	};
	int rc = student_file_import(cli->store, cli_word(cli, 0), &import, &cli->arena,
				     &cli->err);

	/* Refused rows are told with their counts; a file that can't be read has none. */
	if (!rc || cli->err.reason == REASON_IM_REFUSED) {
		print_findings(cli, &import);
		print_counts(cli, &import);
	}
	return rc;
}

int student_export_run(struct cli *cli)
{
	struct student_export export = {
		.reason = args_text(&cli->args, "reason"),
		.bom = args_has(&cli->args, "bom"),
	};
	const char **where = arena_array(&cli->arena, cli->args.given_count + 1, sizeof *where);
	const char *file = cli_word(cli, 0);
	int rc;

	for (size_t i = 0; i < cli->args.given_count; i++)
		if (name_same(cli->args.given[i].opt->name, "where"))
			where[export.where_count++] = cli->args.given[i].text;
	export.where = where;
	if (!export.reason)
		export.reason = arena_printf(&cli->arena, "export: %s", file);
	rc = student_file_export(cli->store, file, &export, &cli->arena, &cli->err);
	if (rc || !strcmp(file, "-"))
		return rc;
	if (cli->json)
		output_json(json_pack("{s:I}", "written", (json_int_t)export.written));
	else if (!cli->quiet)
		fprintf(stderr, _("%lld learners written\n"), (long long)export.written);
	return 0;
}
