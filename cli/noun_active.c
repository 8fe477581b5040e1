/* NOUN VERB of rows that count until they are removed: what rooms have, when they
 * are closed, what courses need, use and come after, who is certified. The kind is
 * named by both words: `course uses` lists course_uses. */
#include "cli/verb.h"

#include <stdio.h>
#include <string.h>

#include "cli/output.h"
#include "cli/record.h"
#include "cli/target.h"
#include "core/base/i18n.h"
#include "core/base/text.h"

enum { COLUMN_LEAST = 6, COLUMN_MOST = 24 };

/* What people call the record that a field refers to: its code, else its number. */
static const char *ref_text(struct cli *cli, const struct field *field, const void *record)
{
	const enum kind kind = (enum kind)field->ref;
	const struct field *key = target_key(kind);
	struct error ignored = ERROR_INIT;
	void *other;

	if (field_is_null(field, record))
		return "-";
	if (key && field_is_text(key) &&
	    store_get(cli->store, kind, field_int(field, record), &cli->arena, &other, &ignored) >= 0)
		return field_text(key, other);
	return arena_printf(&cli->arena, "%lld", (long long)field_int(field, record));
}

static void row_print(struct cli *cli, const struct field_table *table, const void *record)
{
	printf("%6lld", (long long)((const struct record_head *)record)->id);
	for (size_t i = 0; i < table->count; i++) {
		const struct field *field = &table->fields[i];
		int width = field->width < COLUMN_LEAST ? COLUMN_LEAST :
			    field->width > COLUMN_MOST ? COLUMN_MOST : field->width;
		char text[256];

		if (field->flags & SYSTEM)
			continue;
		printf("  %s", text_fit_arena(field->type == FT_REF ? ref_text(cli, field, record) :
					      field_show(field, record, text, sizeof text),
					      field->type == FT_REF ? COLUMN_LEAST * 2 : width, TEXT_LEFT,
					      &cli->arena));
	}
	printf("\n");
}

/* With the codes beside the numbers: "course_id" and "course". */
static json_t *row_object(struct cli *cli, const struct field_table *table, const void *record)
{
	json_t *object = output_object(table, record);

	for (size_t i = 0; i < table->count; i++) {
		const struct field *field = &table->fields[i];
		const size_t len = strlen(field->name);

		if (field->type == FT_REF && len > 3)
			json_object_set_new(object,
					    arena_strndup(&cli->arena, field->name, len - 3),
					    output_text(ref_text(cli, field, record)));
	}
	return object;
}

int active_list_run(struct cli *cli)
{
	const enum kind kind = kind_find(arena_printf(&cli->arena, "%s_%s", cli->verb->noun,
						      cli->verb->name));
	const struct field_table *table = kind_fields(kind);
	const struct filter active[] = { { .field = "removed_on", .op = FILTER_EQ, .number = OV_NULL } };
	struct query query = { .kind = kind, .filters = active, .filter_count = 1 };
	struct page page;
	json_t *items;

	if (record_page(cli, &query, &page))
		return cli->err.code;
	items = json_array();
	for (size_t i = 0; i < page.count; i++) {
		if (cli->json)
			json_array_append_new(items, row_object(cli, table, page.records[i]));
		else
			row_print(cli, table, page.records[i]);
	}
	output_page(cli, items, page.count, page.next);
	return 0;
}
