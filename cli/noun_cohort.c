#include "cli/verb.h"

#include <stdio.h>

#include "cli/output.h"
#include "cli/record.h"
#include "cli/show.h"
#include "core/base/i18n.h"
#include "core/model/reason.h"

int cohort_list_run(struct cli *cli)
{
	static const char *const columns[] = { "code", "name", "intake", "capacity", NULL };

	return record_list_of(cli, KIND_COHORT, NULL, false, NULL, columns);
}

static void cohort_as_json(const struct bundle *card)
{
	output_json(json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"cohort", output_first(card, &cohort_fields),
		"programme", output_first(card, &programme_fields),
		"term", output_first(card, &term_fields),
		"members", output_array(bundle_list(card, &student_hit_fields)),
		"sessions", output_array(bundle_list(card, &session_slot_fields)),
		"days", output_array(bundle_list(card, &calendar_day_fields)),
		"conflicts", output_array(bundle_list(card, &conflict_fields))));
}

static void titled(const char *title, const struct record_list *list,
		   const char *const *columns)
{
	if (!list->count)
		return;
	output_heading(title);
	output_table(list, columns);
}

int cohort_show_run(struct cli *cli)
{
	static const char *const members[] = { "student_no", "full_name", "plant", "status",
					       "earned_centi", "min_total_centi", NULL };
	struct bundle card;
	int rc = show_card(cli, KIND_COHORT, 0, cli_word(cli, 0), &card);

	if (rc)
		return rc;
	if (cli->json) {
		cohort_as_json(&card);
		return 0;
	}
	output_record(&cohort_fields, bundle_first(&card, &cohort_fields), NULL);
	output_record(&programme_fields, bundle_first(&card, &programme_fields),
		      (const char *const[]){ "name", NULL });
	titled(_("Members"), bundle_list(&card, &student_hit_fields), members);
	titled(_("Timetable"), bundle_list(&card, &session_slot_fields), NULL);
	titled(_("Conflicts"), bundle_list(&card, &conflict_fields), NULL);
	return 0;
}

int cohort_waiting_run(struct cli *cli)
{
	static const char *const columns[] = { "place", "student_no", "full_name", "state", "since",
					       "offered_on", NULL };
	struct bundle card;

	if (show_card(cli, KIND_WAITING_LINE, 0, cli_word(cli, 0), &card))
		return cli->err.code;
	output_list(cli, bundle_list(&card, &waiting_line_fields), columns, NULL);
	return 0;
}
