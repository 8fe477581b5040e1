/* Schemas of the OpenAPI document. */
#include "server/openapi.h"

#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/import_row.h"
#include "core/model/kind.h"
#include "core/model/reason.h"
#include "core/store/command.h"
#include "server/routes.h"

json_t *openapi_ref(const char *schema)
{
	return json_pack("{s:o}", "$ref", json_sprintf("#/components/schemas/%s", schema));
}

static json_t *typed(const char *type, bool null)
{
	return null ? json_pack("{s:[s,s]}", "type", type, "null") : json_pack("{s:s}", "type", type);
}

/* --- fields --- */

static json_t *enum_schema(const struct enum_table *enums, bool null)
{
	json_t *json = typed("string", null), *codes = json_array();

	for (size_t i = 0; i < enums->count; i++)
		json_array_append_new(codes, json_string(enums->values[i].code));
	if (null)
		json_array_append_new(codes, json_null());
	json_object_set_new(json, "enum", codes);
	return json;
}

static json_t *number_schema(const struct field *field, bool null)
{
	json_t *json = typed("integer", null);

	json_object_set_new(json, "format", json_string("int64"));
	if (field->min != field->max) {
		json_object_set_new(json, "minimum", json_integer(field->min));
		json_object_set_new(json, "maximum", json_integer(field->max));
	}
	return json;
}

static json_t *text_schema(const char *format, bool null)
{
	json_t *json = typed("string", null);

	json_object_set_new(json, "format", json_string(format));
	return json;
}

static json_t *field_schema(const struct field *field, bool null)
{
	json_t *json;

	switch (field->type) {
	case FT_TEXT:
		json = typed("string", null);
		if (field->max > 0)
			json_object_set_new(json, "maxLength", json_integer(field->max));
		return json;
	case FT_BOOL:
		return typed("boolean", null);
	case FT_DATE:
		return text_schema("date", null);
	case FT_INSTANT:
		return text_schema("date-time", null);
	case FT_ENUM:
		return enum_schema(field->enums, null);
	case FT_HASH:
		json = typed("string", null);
		json_object_set_new(json, "pattern", json_string("^[0-9a-f]{64}$"));
		return json;
	case FT_LIST:
		return json_pack("{s:o,s:o}", "type", json_pack("[s,s]", "array", "null"), "items",
				 openapi_ref(field->items->name));
	default:
		return number_schema(field, null);
	}
}

json_t *openapi_field(const struct field *field)
{
	return field_schema(field, false);
}

static const char *unit(const struct field *field)
{
	switch (field->type) {
	case FT_CENTI:
	case FT_MARK:
		return N_("in hundredths");
	case FT_BP:
		return N_("in basis points");
	case FT_MINUTES:
		return N_("minutes of the day");
	default:
		return NULL;
	}
}

static json_t *property(const struct field *field, bool must)
{
	json_t *schema = field_schema(field, !must);

	json_object_set_new(schema, "title", json_string(_(field->label)));
	if (unit(field))
		json_object_set_new(schema, "description", json_string(_(unit(field))));
	return schema;
}

static void add_head(json_t *properties)
{
	static const struct {
		const char *name;
		bool instant;
	} head[] = { { "id", false }, { "rev", false }, { "created_at", true }, { "created_by", false } };

	for (size_t i = 0; i < sizeof head / sizeof head[0]; i++)
		json_object_set_new(properties, head[i].name, head[i].instant ?
				    text_schema("date-time", false) : typed("integer", false));
}

/* What is asked for: only what is required must be there. */
static json_t *args_schema(const struct field_table *table)
{
	json_t *properties = json_object(), *required = json_array();

	for (size_t i = 0; i < table->count; i++) {
		const struct field *field = &table->fields[i];
		bool must = field->flags & REQ && !(field->flags & SYSTEM);

		json_object_set_new(properties, field->name, property(field, must));
		if (must)
			json_array_append_new(required, json_string(field->name));
	}
	return json_pack("{s:s,s:s,s:o,s:o,s:b}", "type", "object", "title", _(table->label),
			 "properties", properties, "required", required, "additionalProperties", 0);
}

/* Members of a record, any of them: what fields= leaves. What may not be seen,
 * and what is not known, is null. */
static json_t *part_schema(const struct field_table *table)
{
	json_t *properties = json_object(), *required = json_array();

	if (table->head) {
		add_head(properties);
		json_array_append_new(required, json_string("id"));
		json_array_append_new(required, json_string("rev"));
	}
	for (size_t i = 0; i < table->count; i++) {
		const struct field *field = &table->fields[i];
		bool must = field->flags & REQ && !(field->flags & SYSTEM) && field->pii <= P1;

		if (!(field->flags & SECRET))
			json_object_set_new(properties, field->name, property(field, must));
	}
	return json_pack("{s:s,s:s,s:o,s:o,s:b}", "type", "object", "title", _(table->label),
			 "properties", properties, "required", required, "additionalProperties", 0);
}

/* A whole record: "KIND" is "KIND.part" of which every member is there. */
static void add_record(json_t *schemas, const struct field_table *table)
{
	json_t *part = part_schema(table), *required = json_array();
	char name[64];
	const char *member;
	json_t *value;

	json_object_foreach(json_object_get(part, "properties"), member, value)
		json_array_append_new(required, json_string(member));
	snprintf(name, sizeof name, "%s.part", table->name);
	json_object_set_new(schemas, table->name, json_pack("{s:s,s:[o],s:o}", "title",
			    _(table->label), "allOf", openapi_ref(name), "required", required));
	json_object_set_new(schemas, name, part);
}

/* --- commands --- */

static json_t *command_schema(const struct command_def *def)
{
	json_t *properties = json_object();
	json_t *json = json_pack("{s:s,s:s,s:s,s:o,s:[s],s:b}", "type", "object", "title",
				 _(def->title), "description", _(def->help), "properties", properties,
				 "required", "command", "additionalProperties", 0);

	json_object_set_new(properties, "command", json_pack("{s:s}", "const", def->name));
	json_object_set_new(properties, "target", json_pack("{s:[s,s]}", "type", "integer", "null"));
	json_object_set_new(properties, "rev", json_pack("{s:[{s:s,s:i},{s:s},{s:s}]}", "oneOf",
		"type", "integer", "minimum", 1, "const", "*", "type", "null"));
	json_object_set_new(properties, "key", openapi_ref("key"));
	json_object_set_new(properties, "args", openapi_ref(def->args->name));
	return json;
}

static void add_commands(json_t *schemas)
{
	json_t *any = json_array(), *mapping = json_object();
	char name[64];

	for (size_t i = 0; i < command_count(); i++) {
		const struct command_def *def = command_at(i);

		if (def->flags & CMD_SYSTEM)
			continue;
		snprintf(name, sizeof name, "command.%s", def->name);
		json_object_set_new(schemas, name, command_schema(def));
		json_array_append_new(any, openapi_ref(name));
		json_object_set_new(mapping, def->name, json_sprintf("#/components/schemas/%s", name));
		if (!json_object_get(schemas, def->args->name))
			json_object_set_new(schemas, def->args->name, args_schema(def->args));
		for (size_t f = 0; f < def->args->count; f++) {
			const struct field_table *items = def->args->fields[f].items;

			if (items && !json_object_get(schemas, items->name))
				json_object_set_new(schemas, items->name, args_schema(items));
		}
	}
	json_object_set_new(schemas, "command", json_pack("{s:o,s:{s:s,s:o}}", "oneOf", any,
		"discriminator", "propertyName", "command", "mapping", mapping));
	json_object_set_new(schemas, "key", json_pack("{s:s,s:s}", "type", "string", "pattern",
						      "^[0-9A-HJKMNP-TV-Z]{26}$"));
}

/* --- answers --- */

static json_t *bundle_schema(void)
{
	json_t *properties = json_object();

	for (int k = 1; k < KIND_COUNT; k++) {
		const char *name = kind_fields((enum kind)k)->name;

		json_object_set_new(properties, name, json_pack("{s:s,s:o}", "type", "array",
							       "items", openapi_ref(name)));
	}
	/* What student.export hands out is what student.import takes. */
	json_object_set_new(properties, import_row_fields.name, json_pack("{s:s,s:o}", "type",
			    "array", "items", openapi_ref(import_row_fields.name)));
	return json_pack("{s:s,s:o,s:b}", "type", "object", "properties", properties,
			 "additionalProperties", 0);
}

/* Written as JSON: it is read once, here, and checked when the document is. */
static const char fixed[] =
"{\"problem\":{\"type\":\"object\",\"required\":[\"type\",\"title\",\"status\",\"detail\",\"code\","
"\"field\",\"next\",\"request_id\"],\"additionalProperties\":false,\"properties\":{\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},"
"\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":\"string\"},"
"\"code\":{\"$ref\":\"#/components/schemas/reason_code\"},"
"\"field\":{\"type\":[\"string\",\"null\"]},\"next\":{\"type\":[\"string\",\"null\"]},"
"\"request_id\":{\"type\":\"string\"},\"current_rev\":{\"type\":\"integer\"},"
"\"current\":{\"type\":\"object\"},\"failed\":{\"type\":\"integer\"},"
"\"problems\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"code\",\"field\","
"\"detail\",\"next\"],\"additionalProperties\":false,\"properties\":{"
"\"code\":{\"$ref\":\"#/components/schemas/reason_code\"},\"field\":{\"type\":[\"string\",\"null\"]},"
"\"detail\":{\"type\":\"string\"},\"next\":{\"type\":[\"string\",\"null\"]}}}}}},"
"\"outcome\":{\"type\":\"object\",\"required\":[\"id\",\"rev\",\"seq\",\"repeated\",\"records\"],"
"\"additionalProperties\":false,\"properties\":{\"id\":{\"type\":\"integer\"},"
"\"rev\":{\"type\":\"integer\"},\"seq\":{\"type\":\"integer\"},\"repeated\":{\"type\":\"boolean\"},"
"\"records\":{\"$ref\":\"#/components/schemas/bundle\"}}},"
"\"session_token\":{\"type\":\"object\",\"required\":[\"token\",\"expires_at\",\"idle_seconds\","
"\"user_id\",\"login\",\"person_id\",\"branch_id\",\"roles\",\"version\",\"schema\",\"epoch\",\"demo\"],"
"\"additionalProperties\":false,\"properties\":{\"token\":{\"type\":[\"string\",\"null\"]},"
"\"expires_at\":{\"type\":\"string\",\"format\":\"date-time\"},\"idle_seconds\":{\"type\":\"integer\"},"
"\"user_id\":{\"type\":\"integer\"},\"login\":{\"type\":\"string\"},"
"\"person_id\":{\"type\":[\"integer\",\"null\"]},\"branch_id\":{\"type\":[\"integer\",\"null\"]},"
"\"roles\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/role\"}},\"version\":{\"type\":\"string\"},"
"\"schema\":{\"type\":\"integer\"},\"epoch\":{\"type\":\"string\"},\"demo\":{\"type\":\"boolean\"}}},"
"\"status\":{\"type\":\"object\",\"required\":[\"version\",\"api\",\"schema\",\"epoch\",\"demo\",\"now\","
"\"today\"],\"additionalProperties\":false,\"properties\":{\"version\":{\"type\":\"string\"},"
"\"api\":{\"type\":\"integer\"},\"schema\":{\"type\":\"integer\"},\"epoch\":{\"type\":\"string\"},"
"\"demo\":{\"type\":\"boolean\"},\"now\":{\"type\":\"string\",\"format\":\"date-time\"},"
"\"today\":{\"type\":\"string\",\"format\":\"date\"}}},"
"\"reason\":{\"type\":\"object\",\"required\":[\"code\",\"status\",\"message\",\"next\"],"
"\"additionalProperties\":false,\"properties\":{\"code\":{\"$ref\":\"#/components/schemas/reason_code\"},"
"\"status\":{\"type\":\"integer\"},\"message\":{\"type\":\"string\"},\"next\":{\"type\":\"string\"}}},"
"\"kept_file\":{\"type\":\"object\",\"required\":[\"sha256\",\"bytes\"],\"additionalProperties\":false,"
"\"properties\":{\"sha256\":{\"type\":\"string\",\"pattern\":\"^[0-9a-f]{64}$\"},"
"\"bytes\":{\"type\":\"integer\"}}},"
"\"login\":{\"type\":\"object\",\"required\":[\"login\",\"password\"],\"additionalProperties\":false,"
"\"properties\":{\"login\":{\"type\":\"string\"},"
"\"password\":{\"type\":[\"string\",\"null\"]}}},"
"\"logout\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{"
"\"all\":{\"type\":\"boolean\"},\"login\":{\"type\":\"string\"}}},"
"\"password_change\":{\"type\":\"object\",\"required\":[\"old\",\"new\"],\"additionalProperties\":false,"
"\"properties\":{\"old\":{\"type\":\"string\"},\"new\":{\"type\":\"string\"}}}}";

static json_t *reason_codes(void)
{
	json_t *codes = json_array();

	for (int i = REASON_NONE + 1; i < REASON_COUNT; i++)
		json_array_append_new(codes, json_string(reason_get((enum reason)i)->code));
	return json_pack("{s:s,s:o}", "type", "string", "enum", codes);
}

static void set_length(json_t *schemas, const char *schema, const char *member, int min, int max)
{
	json_t *text = json_object_get(json_object_get(json_object_get(schemas, schema),
						       "properties"), member);

	json_object_set_new(text, "minLength", json_integer(min));
	json_object_set_new(text, "maxLength", json_integer(max));
}

json_t *openapi_schemas(void)
{
	json_t *schemas = json_loads(fixed, JSON_REJECT_DUPLICATES, NULL);

	for (int k = 1; k < KIND_COUNT; k++)
		add_record(schemas, kind_fields((enum kind)k));
	add_commands(schemas);
	json_object_set_new(schemas, "bundle", bundle_schema());
	json_object_set_new(schemas, "reason_code", reason_codes());
	json_object_set_new(schemas, "role", enum_schema(&role_enum, false));
	set_length(schemas, "login", "login", 0, LOGIN_MAX);
	set_length(schemas, "password_change", "new", PASSWORD_MIN, PASSWORD_MAX);
	return schemas;
}
