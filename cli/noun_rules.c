#include "cli/verb.h"

#include <stdio.h>

#include "cli/output.h"
#include "cli/record.h"
#include "cli/show.h"
#include "cli/target.h"
#include "core/base/i18n.h"
#include "core/store/command.h"

int rules_list_run(struct cli *cli)
{
	static const char *const columns[] = { "rule_code", "version", "kind", "source_class",
					       "state", "effective_from", "effective_to", "basis",
					       NULL };

	return record_list_of(cli, KIND_TRANSFER_RULE, NULL, false, NULL, columns);
}

int rules_show_run(struct cli *cli)
{
	struct bundle card;
	int rc = show_card(cli, KIND_TRANSFER_RULE, 0, cli_word(cli, 0), &card);

	if (rc)
		return rc;
	if (cli->json) {
		output_json(json_pack("{s:o, s:o, s:o, s:o, s:o}",
			"rule", output_first(&card, &transfer_rule_fields),
			"sources", output_array(bundle_list(&card, &rule_source_fields)),
			"targets", output_array(bundle_list(&card, &rule_target_fields)),
			"courses", output_array(bundle_list(&card, &course_fields)),
			"programmes", output_array(bundle_list(&card, &programme_fields))));
		return 0;
	}
	output_record(&transfer_rule_fields, bundle_first(&card, &transfer_rule_fields), NULL);
	output_heading(_("Sources"));
	output_table(bundle_list(&card, &rule_source_fields), NULL);
	output_heading(_("Courses"));
	output_table(bundle_list(&card, &course_fields),
		     (const char *const[]){ "code", "name", "credit_centi", NULL });
	output_heading(_("Programmes"));
	output_table(bundle_list(&card, &programme_fields),
		     (const char *const[]){ "code", "name", "level", NULL });
	return 0;
}

int rules_compare_run(struct cli *cli)
{
	static const char *const columns[] = { "claim_no", "submitted_on", "state", "old_centi",
					       "new_centi", "change_centi", "old_codes",
					       "new_codes", NULL };
	const struct record_list *list;
	struct outcome outcome;
	struct command command;
	const struct rule_change *sum;
	struct record_list changes;
	char old[24], new[24];
	int rc;

	command_init(&command, command_find("rule.compare"), &cli->arena);
	rc = target_find(cli, KIND_TRANSFER_RULE, cli_word(cli, 0), &command.target,
			 &command.expected_rev);
	if (!rc)
		rc = store_execute(cli->store, &command, 1, &cli->arena, &outcome, NULL, &cli->err);
	if (rc)
		return rc;
	list = bundle_list(&outcome.records, &rule_change_fields);
	if (!list->count)
		return 0;
	sum = list->items[0];
	changes = (struct record_list){ list->table, list->count - 1, list->items + 1 };
	if (cli->json) {
		output_json(json_pack("{s:I, s:I, s:o, s:o, s:o}",
			"claims", (json_int_t)sum->claims, "changed", (json_int_t)sum->changed,
			"old_centi", output_centi(sum->old_centi),
			"new_centi", output_centi(sum->new_centi),
			"items", output_array(&changes)));
		return 0;
	}
	output_table(&changes, columns);
	printf(_("%lld of %lld claims would change: %s instead of %s credits.\n"),
	       (long long)sum->changed, (long long)sum->claims, centi_format(sum->new_centi, new),
	       centi_format(sum->old_centi, old));
	return 0;
}
