#include "cli/show.h"

#include <stdio.h>

#include "cli/output.h"
#include "core/base/i18n.h"

int show_card(struct cli *cli, enum kind kind, int64_t id, const char *key,
	      struct bundle *bundle)
{
	struct card_request request = { .kind = kind, .id = id, .key = key,
					.from = OV_NULL, .to = OV_NULL };
	int rc;

	rc = args_date(&cli->args, "from", &request.from, &cli->err);
	if (!rc)
		rc = args_date(&cli->args, "to", &request.to, &cli->err);
	if (rc)
		return rc;
	bundle_init(bundle, &cli->arena);
	return store_card(cli->store, &request, &cli->arena, bundle, &cli->err);
}

void show_conflicts(const struct cli *cli, const struct bundle *bundle)
{
	const struct record_list *list = bundle_list(bundle, &conflict_fields);

	if (cli->json)
		return;
	for (size_t i = 0; i < list->count; i++) {
		const struct conflict *conflict = list->items[i];

		fprintf(stderr, "  %s: %s\n", conflict->kind ? conflict->kind : "",
			conflict->message ? conflict->message : "");
	}
}
