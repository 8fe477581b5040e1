#include "cli/verb.h"

#include <stdio.h>

#include "cli/output.h"
#include "cli/record.h"
#include "cli/show.h"
#include "core/base/i18n.h"

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
