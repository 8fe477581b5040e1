/* NOUN list of a plain kind, and the lists that are no more than that. */
#include "cli/verb.h"

#include <stdio.h>

#include "cli/output.h"
#include "cli/record.h"
#include "cli/target.h"
#include "core/base/i18n.h"
#include "core/base/text.h"
#include "core/model/reason.h"

int record_page(struct cli *cli, struct query *query, struct page *page)
{
	int64_t limit;

	if (args_int(&cli->args, "limit", 1, 500, 50, &limit, &cli->err))
		return cli->err.code;
	query->limit = (int)limit;
	query->cursor = args_text(&cli->args, "cursor");
	return store_find(cli->store, query, &cli->arena, page, &cli->err);
}

int record_list_of(struct cli *cli, enum kind kind, const char *order, bool descending,
		   const struct filter *more, const char *const *columns)
{
	struct filter *filters = arena_array(&cli->arena, cli->args.given_count + 2,
					     sizeof *filters);
	struct query query = { .kind = kind, .filters = filters, .order = order,
			       .descending = descending };
	struct record_list list;
	struct page page;
	int rc = 0;

	for (; more && more->field; more++)
		filters[query.filter_count++] = *more;
	for (size_t i = 0; !rc && i < cli->args.given_count; i++)
		if (name_same(cli->args.given[i].opt->name, "where"))
			rc = target_filter(cli, kind, cli->args.given[i].text,
					   &filters[query.filter_count++]);
	if (!rc)
		rc = record_page(cli, &query, &page);
	if (rc)
		return rc;
	list = (struct record_list){ kind_fields(kind), page.count, page.records };
	output_list(cli, &list, columns, page.next);
	return 0;
}

/* A teacher is named by id; what people know is the name of the person. */
static int teacher_name(struct cli *cli, const struct teacher *teacher, const char **name)
{
	void *person;
	int rc = store_get(cli->store, KIND_PERSON, teacher->person_id, &cli->arena, &person,
			   &cli->err);

	*name = rc ? "" : ((struct person *)person)->full_name;
	return rc;
}

static int teacher_print(struct cli *cli, const struct teacher *teacher, json_t *items)
{
	const char *name;
	json_t *object;

	if (teacher_name(cli, teacher, &name))
		return cli->err.code;
	if (!cli->json)
		printf("%6lld  %s\n", (long long)teacher->id, name);
	object = output_object(&teacher_fields, teacher);
	json_object_set_new(object, "full_name", json_string(name));
	json_array_append_new(items, object);
	return 0;
}

int teacher_list_run(struct cli *cli)
{
	struct query query = { .kind = KIND_TEACHER };
	struct page page = { .count = 0 };
	json_t *items = json_array();
	int rc = record_page(cli, &query, &page);

	for (size_t i = 0; !rc && i < page.count; i++)
		rc = teacher_print(cli, page.records[i], items);
	if (rc)
		json_decref(items);
	else
		output_page(cli, items, page.count, page.next);
	return rc;
}

/* "    12  Zhang Min            Friday     18:00 24:00  not wanted" */
static int wish_print(struct cli *cli, const struct teacher_wish *wish, json_t *items)
{
	const char *name, *from, *to;
	char start[16], end[16];
	json_t *object;
	void *teacher;
	int rc = store_get(cli->store, KIND_TEACHER, wish->teacher_id, &cli->arena, &teacher, &cli->err);

	if (!rc)
		rc = teacher_name(cli, teacher, &name);
	if (rc)
		return rc;
	from = field_format(field_find(&teacher_wish_fields, "start_min"), wish, start, sizeof start);
	to = field_format(field_find(&teacher_wish_fields, "end_min"), wish, end, sizeof end);
	if (!cli->json)
		printf("%6lld  %s  %s  %s %s  %s\n", (long long)wish->id,
		       text_fit_arena(name, 20, TEXT_LEFT, &cli->arena),
		       text_fit_arena(enum_label(&weekday_enum, (int)wish->weekday), 9, TEXT_LEFT, &cli->arena),
		       from, to, enum_label(&wish_kind_enum, (int)wish->wish));
	object = output_object(&teacher_wish_fields, wish);
	json_object_set_new(object, "full_name", json_string(name));
	json_array_append_new(items, object);
	return 0;
}

/* Those that count; one that was withdrawn stays a record, of the REST interface. */
int teacher_wishes_run(struct cli *cli)
{
	struct filter filters[2] = { { .field = "removed_on", .number = OV_NULL },
				     { .field = "teacher_id" } };
	struct query query = { .kind = KIND_TEACHER_WISH, .filters = filters, .filter_count = 1 };
	json_t *items = json_array();
	struct page page = { .count = 0 };
	int rc = 0;

	if (args_has(&cli->args, "teacher")) {
		query.filter_count = 2;
		rc = args_int(&cli->args, "teacher", 1, INT64_MAX, 1, &filters[1].number, &cli->err);
	}
	if (!rc)
		rc = record_page(cli, &query, &page);
	for (size_t i = 0; !rc && i < page.count; i++)
		rc = wish_print(cli, page.records[i], items);
	if (rc)
		json_decref(items);
	else
		output_page(cli, items, page.count, page.next);
	return rc;
}

int record_list_run(struct cli *cli)
{
	return record_list_of(cli, kind_find(cli->verb->noun), NULL, false, NULL, NULL);
}
