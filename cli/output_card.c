/* Parts of cards that several verbs print as JSON. */
#include "cli/output.h"

json_t *output_modules(const struct bundle *card, json_t **totals)
{
	const struct record_list *list = bundle_list(card, &module_credit_fields);
	json_t *array = json_array();

	*totals = json_null();
	for (size_t i = 0; i < list->count; i++) {
		const struct module_credit *credit = list->items[i];
		json_t *object = output_object(&module_credit_fields, credit);

		if (credit->code && *credit->code) {
			json_array_append_new(array, object);
			continue;
		}
		json_object_del(object, "code");
		json_object_del(object, "name");
		*totals = object;
	}
	return array;
}

static const struct certificate_type *type_of(const struct bundle *card, int64_t id)
{
	const struct record_list *types = bundle_list(card, &certificate_type_fields);

	for (size_t i = 0; i < types->count; i++) {
		const struct certificate_type *type = types->items[i];

		if (type->id == id)
			return type;
	}
	return NULL;
}

json_t *output_certificates(const struct bundle *card)
{
	const struct record_list *list = bundle_list(card, &certificate_fields);
	json_t *array = json_array();

	for (size_t i = 0; i < list->count; i++) {
		const struct certificate *certificate = list->items[i];
		const struct certificate_type *type = type_of(card, certificate->type_id);
		json_t *object = output_object(&certificate_fields, certificate);

		json_object_set_new(object, "type", type ? json_string(type->code) : json_null());
		json_object_set_new(object, "name", type ? json_string(type->name) : json_null());
		json_array_append_new(array, object);
	}
	return array;
}

void output_certificate_table(struct cli *cli, const struct bundle *card)
{
	static const char *const columns[] = { "code", "name", "number", "level", "dated_on",
					       "expires_on", "state", NULL };
	const struct record_list *list = bundle_list(card, &certificate_fields);
	struct record_list rows = { &line_source_fields, list->count,
				    arena_array(&cli->arena, list->count + 1, sizeof(void *)) };

	for (size_t i = 0; i < list->count; i++) {
		const struct certificate *certificate = list->items[i];
		const struct certificate_type *type = type_of(card, certificate->type_id);
		struct line_source *row = record_new(&cli->arena, &line_source_fields);

		row->code = type ? type->code : NULL;
		row->name = type ? type->name : NULL;
		row->number = certificate->cert_no;
		row->level = certificate->level;
		row->dated_on = certificate->issued_on;
		row->expires_on = certificate->expires_on;
		row->state = enum_label(&cert_state_enum, certificate->state);
		rows.items[i] = row;
	}
	output_table(&rows, columns);
}
