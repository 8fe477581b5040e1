#include "cli/verb.h"

#include <stdio.h>
#include <string.h>

#include "cli/output.h"
#include "cli/show.h"
#include "core/base/buf.h"
#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/store/command.h"

/* What was typed as several words is one text, as at the counter. */
static char *joined_words(struct cli *cli)
{
	struct buf text = BUF_INIT;
	char *joined;

	for (size_t i = 0; i < cli->args.word_count; i++)
		buf_printf(&text, "%s%s", i ? " " : "", cli->args.words[i]);
	joined = arena_strdup(&cli->arena, buf_cstr(&text));
	buf_release(&text);
	return joined;
}

int student_find_run(struct cli *cli)
{
	static const char *const columns[] = { "student_no", "full_name", "programme", "cohort",
					       "plant", "status", "matched", NULL };
	struct record_list list;
	struct page page;
	int64_t limit;
	int rc = args_int(&cli->args, "limit", 1, 500, 20, &limit, &cli->err);

	if (!rc)
		rc = store_search(cli->store, joined_words(cli), (int)limit, &cli->arena, &page,
				  &cli->err);
	if (rc)
		return rc;
	list = (struct record_list){ &student_hit_fields, page.count, page.records };
	output_list(cli, &list, columns, page.next);
	if (page.count)
		return 0;
	if (!cli->json)
		return error_reason(&cli->err, REASON_NOT_FOUND, "what",
				    _(student_fields.label), "key", joined_words(cli), NULL);
	return OV_ENOTFOUND;
}

enum { REVEALED_MOST = 16 };

/* Which values of a person the actor sees masked or not at all. */
static bool is_hidden(const struct field *field, const struct actor *actor)
{
	if (field->pii == P2)
		return permission_grant(actor, PERM_SEE_P2) != GRANT_FULL;
	return field->pii == P3;
}

/* Shows them in clear: one command for each, all or none. */
static int reveal(struct cli *cli, struct bundle *card, const char *reason)
{
	struct command commands[REVEALED_MOST];
	struct outcome *outcomes = arena_array(&cli->arena, REVEALED_MOST, sizeof *outcomes);
	const struct field *fields[REVEALED_MOST];
	struct person *person = bundle_first(card, &person_fields);
	size_t count = 0;
	int rc = 0;

	for (size_t i = 0; person && i < person_fields.count && count < REVEALED_MOST && !rc; i++) {
		struct command *command = &commands[count];

		if (!is_hidden(&person_fields.fields[i], &cli->store->actor))
			continue;
		fields[count] = &person_fields.fields[i];
		command_init(command, command_find("pii.reveal"), &cli->arena);
		command->target = person->id;
		command->expected_rev = OV_NULL;
		bundle_init(&outcomes[count].records, &cli->arena);
		rc = command_set(command, "field", fields[count]->name, &cli->arena, &cli->err);
		if (!rc)
			rc = command_set(command, "reason", reason, &cli->arena, &cli->err);
		count++;
	}
	if (!rc && count)
		rc = store_execute(cli->store, commands, count, &cli->arena, outcomes, NULL,
				   &cli->err);
	for (size_t i = 0; !rc && i < count; i++) {
		const struct revealed *value = bundle_first(&outcomes[i].records, &revealed_fields);

		if (value && value->value)
			rc = field_parse(fields[i], value->value, person, &cli->arena, &cli->err);
	}
	return rc;
}

static void card_as_json(const struct bundle *card)
{
	json_t *totals, *modules = output_modules(card, &totals);

	output_json(json_pack(
		"{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"student", output_first(card, &student_fields),
		"person", output_first(card, &person_fields),
		"programme", output_first(card, &programme_fields),
		"curriculum", output_first(card, &curriculum_fields),
		"branch", output_first(card, &branch_fields),
		"cohort", output_first(card, &cohort_fields),
		"employment", output_first(card, &employment_fields),
		"shift_pattern", output_first(card, &shift_pattern_fields),
		"modules", modules, "totals", totals,
		"claims", output_array(bundle_list(card, &claim_row_fields)),
		"certificates", output_certificates(card),
		"sessions", output_array(bundle_list(card, &session_slot_fields)),
		"graduation", output_array(bundle_list(card, &graduation_finding_fields))));
}

static void heading_table(const char *title, const struct record_list *list,
			  const char *const *columns)
{
	if (!list->count)
		return;
	output_heading(title);
	output_table(list, columns);
}

static void card_as_text(struct cli *cli, const struct bundle *card)
{
	static const char *const student[] = { "student_no", "status", "status_since",
					       "registered_on", "entry_level", "graduated_on", NULL };
	static const char *const person[] = { "full_name", "name_pinyin", "sex", "doc_kind",
					      "doc_no", "birth_date", "mobile", "email",
					      "consent_on", NULL };
	static const char *const programme[] = { "code", "name", NULL };
	static const char *const claims[] = { "claim_no", "state", "source", "proposed_centi",
					      "granted_centi", "submitted_on", "deadline_on", NULL };

	output_record(&student_fields, bundle_first(card, &student_fields), student);
	output_record(&person_fields, bundle_first(card, &person_fields), person);
	output_record(&programme_fields, bundle_first(card, &programme_fields), programme);
	output_record(&cohort_fields, bundle_first(card, &cohort_fields), programme);
	output_record(&employment_fields, bundle_first(card, &employment_fields), NULL);
	heading_table(_("Credits by module"), bundle_list(card, &module_credit_fields), NULL);
	heading_table(_("Claims"), bundle_list(card, &claim_row_fields), claims);
	if (bundle_list(card, &certificate_fields)->count)
		output_heading(_("Certificates"));
	output_certificate_table(cli, card);
	heading_table(_("Timetable"), bundle_list(card, &session_slot_fields), NULL);
	heading_table(_("Graduation"), bundle_list(card, &graduation_finding_fields), NULL);
}

int student_show_run(struct cli *cli)
{
	const char *reason = args_text(&cli->args, "reveal");
	struct bundle card;
	int rc = show_card(cli, KIND_STUDENT, 0, cli_word(cli, 0), &card);

	if (!rc && reason)
		rc = reveal(cli, &card, reason);
	if (rc)
		return rc;
	if (cli->json)
		card_as_json(&card);
	else
		card_as_text(cli, &card);
	return 0;
}
