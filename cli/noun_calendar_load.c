/* Versions of the holiday calendar. */
#include "cli/verb.h"

#include <stdio.h>

#include "cli/output.h"
#include "core/base/i18n.h"
#include "core/codec/calendar_file.h"

int calendar_load_run(struct cli *cli)
{
	static const char *const columns[] = { "on_date", "was", "now", "name", "start_min", "course",
					       "cohorts", NULL };
	const struct record_list *changes;
	struct outcome outcome;
	struct command command;
	int rc;

	command_init(&command, command_find("calendar.load"), &cli->arena);
	rc = calendar_file_read(cli_word(cli, 0), command.args, &cli->arena, &cli->err);
	if (!rc)
		rc = store_execute(cli->store, &command, 1, &cli->arena, &outcome, NULL, &cli->err);
	if (rc)
		return rc;
	changes = bundle_list(&outcome.records, &day_change_fields);
	if (cli->json) {
		output_json(json_pack("{s:o, s:o}", "version",
			output_first(&outcome.records, &calendar_version_fields), "changes",
			output_array(changes)));
		return 0;
	}
	output_record(&calendar_version_fields,
		      bundle_first(&outcome.records, &calendar_version_fields), NULL);
	if (changes->count)
		output_heading(_("Days whose type changed, and what is planned on them"));
	output_table(changes, columns);
	return 0;
}

int calendar_list_run(struct cli *cli)
{
	struct query query = { .kind = KIND_CALENDAR_VERSION, .order = "year", .limit = 200 };
	struct record_list list = { .table = &calendar_version_fields };
	struct page page;
	int rc = store_find(cli->store, &query, &cli->arena, &page, &cli->err);

	if (rc)
		return rc;
	list.count = page.count;
	list.items = page.records;
	output_list(cli, &list, NULL, page.next);
	return 0;
}
