#include "cli/target.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"

const struct field *target_key(enum kind kind)
{
	const struct field_table *table = kind_fields(kind);

	if (kind == KIND_TRANSFER_RULE)
		return field_find(table, "rule_code");
	for (size_t i = 0; i < table->count; i++)
		if (table->fields[i].flags & UNIQ && !(table->fields[i].flags & SECRET))
			return &table->fields[i];
	return field_find(table, "code");
}

static int not_found(struct cli *cli, enum kind kind, const char *word)
{
	return error_reason(&cli->err, REASON_NOT_FOUND, "what", _(kind_fields(kind)->label),
			    "key", word, NULL);
}

bool target_id(const char *word, int64_t *id)
{
	char *end;

	if (*word < '1' || *word > '9' || strlen(word) > 18)
		return false;
	*id = strtoll(word, &end, 10);
	return !*end;
}

/* The newest record that meets the filters, NULL when there is none. */
static int find_one(struct cli *cli, enum kind kind, const struct filter *filters, size_t count,
		    const char *order, void **record)
{
	struct query query = { .kind = kind, .filters = filters, .filter_count = count,
			       .order = order, .descending = true, .limit = 1 };
	struct page page;
	int rc = store_find(cli->store, &query, &cli->arena, &page, &cli->err);

	*record = !rc && page.count ? page.records[0] : NULL;
	return rc;
}

static int find_by_key(struct cli *cli, enum kind kind, const char *word, void **record)
{
	const struct field *key = target_key(kind);
	struct filter filters[2] = { { .field = key->name, .op = FILTER_EQ, .number = OV_NULL } };
	size_t count = 1;
	const char *at = kind == KIND_TRANSFER_RULE ? strrchr(word, '@') : NULL;

	*record = NULL;
	if (at) {
		if (!target_id(at + 1, &filters[1].number))
			return not_found(cli, kind, word);
		filters[1].field = "version";
		word = arena_strndup(&cli->arena, word, (size_t)(at - word));
		count = 2;
	}
	if (field_is_text(key)) {
		filters[0].text = word;
	} else {
		void *holder = record_new(&cli->arena, kind_fields(kind));
		int rc = field_parse(key, word, holder, &cli->arena, &cli->err);

		if (rc)
			return rc;
		filters[0].number = field_int(key, holder);
	}
	return find_one(cli, kind, filters, count, NULL, record);
}

int target_find(struct cli *cli, enum kind kind, const char *word, int64_t *id, int64_t *rev)
{
	const bool person = kind == KIND_PERSON;
	const struct field *key = person ? NULL : target_key(kind);
	void *record = NULL;
	int64_t number;
	int rc;

	*id = 0;
	*rev = OV_NULL;
	if (word[0] == '#' || (!key && !person)) {
		if (!target_id(word[0] == '#' ? word + 1 : word, &number))
			return not_found(cli, kind, word);
		rc = store_get(cli->store, kind, number, &cli->arena, &record, &cli->err);
	} else if (person) {
		rc = find_by_key(cli, KIND_STUDENT, word, &record);
		if (!rc && record)
			rc = store_get(cli->store, KIND_PERSON,
				       ((struct student *)record)->person_id, &cli->arena,
				       &record, &cli->err);
	} else {
		rc = find_by_key(cli, kind, word, &record);
	}
	if (rc)
		return rc;
	if (!record)
		return not_found(cli, kind, word);
	*id = ((struct record_head *)record)->id;
	*rev = ((struct record_head *)record)->rev;
	return 0;
}

int target_value(struct cli *cli, const struct field *field, const char *text, void *record)
{
	int64_t id, rev;
	int rc;

	if (field->type != FT_REF || !*text) {
		rc = field_parse(field, text, record, &cli->arena, &cli->err);
		/* Words that mean nothing are wrong usage; a wrong value of the right
		 * form is refused by the field's rule, as in a form. */
		if (rc && (cli->err.reason == REASON_FIELD_TYPE ||
			   cli->err.reason == REASON_FIELD_CHOICE))
			rc = cli->err.code = OV_EUSAGE;
		return rc;
	}
	rc = target_find(cli, (enum kind)field->ref, text, &id, &rev);
	if (!rc)
		field_set_int(field, record, id);
	return rc;
}

static const struct {
	const char *sign;
	enum filter_op op;
} operators[] = {
	{ "!=", FILTER_NE }, { "<=", FILTER_LE }, { ">=", FILTER_GE },
	{ "=", FILTER_EQ }, { "<", FILTER_LT }, { ">", FILTER_GT },
};

/* field_find, or the reference of that name without its _id. */
static const struct field *field_of(const struct field_table *table, const char *name,
				    struct arena *arena)
{
	const struct field *field = field_find(table, name);

	if (!field)
		field = field_find(table, arena_printf(arena, "%s_id", name));
	return field;
}

int target_filter(struct cli *cli, enum kind kind, const char *text, struct filter *filter)
{
	const size_t name_len = strcspn(text, "!<=>");
	const char *value = NULL;
	const struct field *field;
	void *holder;
	int rc;

	memset(filter, 0, sizeof *filter);
	for (size_t i = 0; !value && i < sizeof operators / sizeof operators[0]; i++)
		if (!strncmp(text + name_len, operators[i].sign, strlen(operators[i].sign))) {
			filter->op = operators[i].op;
			value = text + name_len + strlen(operators[i].sign);
		}
	if (!value || !name_len)
		return usage_error(&cli->err, _("\"%.60s\" is not FIELD=VALUE"), text);
	field = field_of(kind_fields(kind),
			 arena_strndup(&cli->arena, text, name_len), &cli->arena);
	if (!field || field->type == FT_HASH || field->flags & SECRET)
		return error_reason(&cli->err, REASON_FIELD_UNKNOWN, "name",
				    arena_strndup(&cli->arena, text, name_len), NULL);
	filter->field = field->name;
	filter->number = OV_NULL;
	if (!*value)
		return 0;
	holder = record_new(&cli->arena, kind_fields(kind));
	rc = target_value(cli, field, value, holder);
	if (rc)
		return rc;
	if (field_is_text(field))
		filter->text = field_text(field, holder);
	else
		filter->number = field_int(field, holder);
	return 0;
}
