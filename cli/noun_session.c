/* `overpass session …`: the questions about meetings. What changes one is a row
 * of the command table. */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/target.h"
#include "core/base/i18n.h"
#include "core/model/reason.h"

static const char *const subjects[] = { "cohort", "student", "teacher", "room" };

int session_subject_key(struct cli *cli, const char **word, const char **key)
{
	size_t count = 0;

	for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++) {
		const char *given = args_text(&cli->args, subjects[i]);

		if (!given)
			continue;
		count++;
		*word = given;
		*key = arena_printf(&cli->arena, "%s:%s", subjects[i], given);
	}
	return count == 1 ? 0 : usage_error(&cli->err,
		_("One of --cohort, --student, --teacher, --room is needed"));
}

static int days_of(struct cli *cli, struct card_request *request)
{
	return args_date(&cli->args, "from", &request->from, &cli->err) ||
	       args_date(&cli->args, "to", &request->to, &cli->err) ? cli->err.code : 0;
}

int session_list_run(struct cli *cli)
{
	static const char *const columns[] = { "id", "on_date", "start_min", "end_min",
					       "course_code", "course", "teacher", "room", "mode",
					       "exam", "state", "conflicts", NULL };
	struct card_request request = { .kind = KIND_SESSION_SLOT };
	const char *word = NULL;
	struct bundle bundle;

	if (session_subject_key(cli, &word, &request.key) || days_of(cli, &request) ||
	    store_card(cli->store, &request, &cli->arena, &bundle, &cli->err) < 0)
		return cli->err.code;
	output_list(cli, bundle_list(&bundle, &session_slot_fields), columns, NULL);
	return 0;
}

/* The proposals alone; --json has every half-hour. */
int session_places_run(struct cli *cli)
{
	static const char *const columns[] = { "rank", "on_date", "start_min", "end_min", "room",
					       "verdict", "conflicts", "message", NULL };
	struct card_request request = { .kind = KIND_PLACE_OFFER };
	struct record_list proposals = { .table = &place_offer_fields };
	const struct record_list *all;
	struct bundle bundle;
	int64_t rev;

	if (target_find(cli, KIND_SESSION, cli_word(cli, 0), &request.id, &rev) ||
	    days_of(cli, &request) ||
	    store_card(cli->store, &request, &cli->arena, &bundle, &cli->err) < 0)
		return cli->err.code;
	all = bundle_list(&bundle, &place_offer_fields);
	proposals.items = arena_array(&cli->arena, all->count, sizeof *proposals.items);
	for (int64_t rank = 1; rank <= 9; rank++)
		for (size_t i = 0; i < all->count; i++)
			if (((struct place_offer *)all->items[i])->rank == rank)
				proposals.items[proposals.count++] = all->items[i];
	output_list(cli, cli->json ? all : &proposals, columns, NULL);
	return 0;
}

int session_makeup_run(struct cli *cli)
{
	static const char *const columns[] = { "session_id", "on_date", "start_min", "end_min",
					       "course", "cohorts", "teacher", "room", "seats",
					       "twin", NULL };
	struct card_request request = { .kind = KIND_MAKEUP_OFFER };
	const char *student = args_text(&cli->args, "student");
	struct bundle bundle;
	int64_t id, rev;

	if (target_find(cli, KIND_SESSION, cli_word(cli, 0), &id, &rev) || days_of(cli, &request))
		return cli->err.code;
	request.key = arena_printf(&cli->arena, "%lld:%s", (long long)id, student);
	if (store_card(cli->store, &request, &cli->arena, &bundle, &cli->err) < 0)
		return cli->err.code;
	output_list(cli, bundle_list(&bundle, &makeup_offer_fields), columns, NULL);
	return 0;
}

int session_load_run(struct cli *cli)
{
	static const char *const columns[] = { "code", "name", "meetings", "minutes", "load", NULL };
	struct card_request request = { .kind = KIND_WEEK_LOAD, .key = cli_word(cli, 0) };
	struct bundle bundle;

	if (args_date(&cli->args, "from", &request.from, &cli->err) ||
	    args_date(&cli->args, "to", &request.to, &cli->err) ||
	    store_card(cli->store, &request, &cli->arena, &bundle, &cli->err) < 0)
		return cli->err.code;
	output_list(cli, bundle_list(&bundle, &week_load_fields), columns, NULL);
	return 0;
}
