/* Answers from JSON, commands to JSON: docs/rest.md. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/codec/json_record.h"
#include "core/model/reason.h"
#include "core/store/store_rest.h"

int rest_peer_error(const struct rest *rest, const char *why, struct error *err)
{
	return error_reason(err, REASON_STORE_PEER, "host", rest->url.host, "why", why, NULL);
}

/* --- reading --- */

static bool in_head(const char *name)
{
	return !strcmp(name, "id") || !strcmp(name, "rev") || !strcmp(name, "created_at") ||
	       !strcmp(name, "created_by");
}

/* Takes away the members that this program does not know. */
static void prune(json_t *json, const struct field_table *table)
{
	const char *name;
	json_t *value;
	void *next;

	json_object_foreach_safe(json, next, name, value) {
		const struct field *field = field_find(table, name);

		if ((!field || field->flags & SECRET) && !(table->head && in_head(name)))
			json_object_del(json, name);
	}
}

int rest_read_record(const struct rest *rest, const json_t *json,
		     const struct field_table *table, struct arena *arena, void **record,
		     struct error *err)
{
	json_t *known = json_copy((json_t *)(uintptr_t)json);
	int rc;

	prune(known, table);
	rc = json_record_read(known, table, arena, record, err);
	json_decref(known);
	return rc < 0 ? rest_peer_error(rest, table->name, err) : 0;
}

static int read_items(const struct rest *rest, const json_t *json,
		      const struct field_table *table, struct arena *arena, void **items,
		      struct error *err)
{
	json_t *item;
	size_t index;

	json_array_foreach(json, index, item)
		if (rest_read_record(rest, item, table, arena, &items[index], err) < 0)
			return err->code;
	return 0;
}

int rest_read_page(const struct rest *rest, const json_t *json, const struct field_table *table,
		   struct arena *arena, struct page *page, struct error *err)
{
	const json_t *items = json_object_get(json, "items");
	const char *next = json_string_value(json_object_get(json, "next"));

	if (!json_is_array(items))
		return rest_peer_error(rest, "items", err);
	page->table = table;
	page->count = json_array_size(items);
	page->records = arena_array(arena, page->count, sizeof *page->records);
	page->next = arena_strdup(arena, next);
	return read_items(rest, items, table, arena, page->records, err);
}

int rest_read_bundle(const struct rest *rest, const json_t *json, struct arena *arena,
		     struct bundle *bundle, struct error *err)
{
	const char *name;
	json_t *list;

	bundle_init(bundle, arena);
	if (!json_is_object(json))
		return rest_peer_error(rest, "records", err);
	json_object_foreach((json_t *)(uintptr_t)json, name, list) {
		enum kind kind = kind_find(name);
		size_t count = json_array_size(list);
		void **items;

		if (kind == KIND_NONE)
			continue;
		items = arena_array(arena, count, sizeof *items);
		if (read_items(rest, list, kind_fields(kind), arena, items, err) < 0)
			return err->code;
		for (size_t i = 0; i < count; i++)
			bundle_add(bundle, kind_fields(kind), items[i]);
	}
	return 0;
}

/* Null stands for 0: no record, no rev. */
int rest_read_outcome(const struct rest *rest, const json_t *json, struct arena *arena,
		      struct outcome *outcome, struct error *err)
{
	if (!json_is_object(json))
		return rest_peer_error(rest, "id", err);
	outcome->id = json_integer_value(json_object_get(json, "id"));
	outcome->rev = json_integer_value(json_object_get(json, "rev"));
	outcome->seq = json_integer_value(json_object_get(json, "seq"));
	outcome->repeated = json_is_true(json_object_get(json, "repeated"));
	return rest_read_bundle(rest, json_object_get(json, "records"), arena,
				&outcome->records, err);
}

static int version_error(struct rest *rest, int64_t have, int64_t know, struct error *err)
{
	char text[2][24];

	snprintf(text[0], sizeof text[0], "%" PRId64, have);
	snprintf(text[1], sizeof text[1], "%" PRId64, know);
	store_set_link(&rest->store, LINK_VERSION);
	return error_reason(err, REASON_STORE_VERSION, "have", text[0], "know", text[1], NULL);
}

int rest_read_server(struct rest *rest, const json_t *json, struct error *err)
{
	const char *epoch = json_string_value(json_object_get(json, "epoch"));
	const json_t *api = json_object_get(json, "api");
	const json_t *schema = json_object_get(json, "schema");

	if (!epoch || strlen(epoch) >= sizeof rest->epoch || !json_is_integer(schema))
		return rest_peer_error(rest, "schema, epoch", err);
	if (json_is_integer(api) && json_integer_value(api) != REST_API)
		return version_error(rest, json_integer_value(api), REST_API, err);
	snprintf(rest->epoch, sizeof rest->epoch, "%s", epoch);
	rest->schema = json_integer_value(schema);
	rest->demo = json_is_true(json_object_get(json, "demo"));
	return 0;
}

/* --- writing --- */

static bool texts_valid(const struct field_table *table, const void *record)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct field *field = &table->fields[i];
		const struct record_list *list;
		const char *text;

		if (field->type == FT_TEXT) {
			text = field_text(field, record);
			if (text && !utf8_valid(text, strlen(text)))
				return false;
		} else if (field->type == FT_LIST) {
			list = field_list(field, record);
			for (size_t item = 0; list && item < list->count; item++)
				if (!texts_valid(list->table, list->items[item]))
					return false;
		}
	}
	return true;
}

/* Nulls need not be said: absent is null. */
static void drop_nulls(json_t *json)
{
	const char *name;
	json_t *value;
	void *next;

	json_object_foreach_safe(json, next, name, value)
		if (json_is_null(value))
			json_object_del(json, name);
}

/* Revs count from 1. Of one that can't be, the server shall say that it is
 * stale, with the rev that is there: so another one that can't be is sent. */
static void rev_add(json_t *json, const struct command *command)
{
	int64_t rev = command->expected_rev;

	if (rev != OV_NULL)
		json_object_set_new(json, "rev", json_integer(rev > 0 ? rev : INT64_MAX));
	else if (!(command->def->flags & CMD_NEW))
		json_object_set_new(json, "rev", json_string("*"));
}

int rest_write_command(const struct command *command, bool keyed, json_t **out,
		       struct problems *problems, struct error *err)
{
	const struct command_def *def = command->def;
	json_t *args, *json;

	*out = NULL;
	if (!texts_valid(def->args, command->args)) {
		/* JSON could only say something else in its place. */
		if (record_check(def->args, command->args, clock_today(&(struct ov_clock)CLOCK_INIT),
				 problems) < 0)
			*err = problems->item[0];
		else
			error_reason(err, REASON_FIELD_UTF8, "label", "", NULL);
		return err->code;
	}
	args = json_record(def->args, command->args, JSON_WITH_SECRETS);
	drop_nulls(args);
	json = json_object();
	json_object_set_new(json, "command", json_string(def->name));
	if (command->target)
		json_object_set_new(json, "target", json_integer(command->target));
	rev_add(json, command);
	if (keyed)
		json_object_set_new(json, "key", json_string(command->key));
	json_object_set_new(json, "args", args);
	*out = json;
	return 0;
}
