/* NOUN list of a plain kind, and the lists that are no more than that. */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/record.h"
#include "cli/target.h"
#include "core/base/i18n.h"
#include "core/model/reason.h"

int record_list_of(struct cli *cli, enum kind kind, const char *order, bool descending,
		   const struct filter *more, const char *const *columns)
{
	struct filter *filters = arena_array(&cli->arena, cli->args.given_count + 2,
					     sizeof *filters);
	struct query query = { .kind = kind, .filters = filters, .order = order,
			       .descending = descending };
	struct record_list list;
	struct page page;
	int64_t limit;
	int rc = args_int(&cli->args, "limit", 1, 500, 50, &limit, &cli->err);

	for (; !rc && more && more->field; more++)
		filters[query.filter_count++] = *more;
	for (size_t i = 0; !rc && i < cli->args.given_count; i++)
		if (name_same(cli->args.given[i].opt->name, "where"))
			rc = target_filter(cli, kind, cli->args.given[i].text,
					   &filters[query.filter_count++]);
	if (rc)
		return rc;
	query.limit = (int)limit;
	query.cursor = args_text(&cli->args, "cursor");
	rc = store_find(cli->store, &query, &cli->arena, &page, &cli->err);
	if (rc)
		return rc;
	list = (struct record_list){ kind_fields(kind), page.count, page.records };
	output_list(cli, &list, columns, page.next);
	return 0;
}

int record_list_run(struct cli *cli)
{
	return record_list_of(cli, kind_find(cli->verb->noun), NULL, false, NULL, NULL);
}
