#include "core/codec/rules_file.h"

#include "core/codec/conflicts_file.h"
#include "core/codec/rules_case.h"
#include "core/codec/rules_compare.h"

#include <stdlib.h>
#include <string.h>

bool rules_expected(json_t *expect, json_t *got)
{
	const char *key;
	json_t *value;
	size_t i;

	if (json_is_object(expect)) {
		json_object_foreach(expect, key, value)
			if (!rules_expected(value, json_object_get(got, key)))
				return false;
		return json_is_object(got);
	}
	if (json_is_array(expect)) {
		if (!json_is_array(got) || json_array_size(got) != json_array_size(expect))
			return false;
		json_array_foreach(expect, i, value)
			if (!rules_expected(value, json_array_get(got, i)))
				return false;
		return true;
	}
	return got && json_equal(expect, got);
}

/* Of GOT what EXPECT speaks of; a new reference. */
static json_t *projected(json_t *expect, json_t *got)
{
	json_t *out, *value;
	const char *key;
	size_t i;

	if (json_is_object(expect) && json_is_object(got)) {
		out = json_object();
		json_object_foreach(expect, key, value) {
			json_t *has = json_object_get(got, key);

			if (has)
				json_object_set_new(out, key, projected(value, has));
		}
		return out;
	}
	if (json_is_array(expect) && json_is_array(got)) {
		out = json_array();
		json_array_foreach(got, i, value) {
			json_t *like = json_array_get(expect, i);

			/* What is more than expected is shown like its neighbour. */
			if (!like && json_array_size(expect))
				like = json_array_get(expect, json_array_size(expect) - 1);
			json_array_append_new(out, like ? projected(like, value) : json_deep_copy(value));
		}
		return out;
	}
	return json_deep_copy(got);
}

static char *dump(json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);

	return text ? text : strdup("null");
}

void rules_case_tell(const struct rules_test_sink *sink, struct rules_test_totals *totals,
		     const char *id, const char *kind, bool passed, json_t *expect,
		     json_t *got, json_t *answer)
{
	json_t *same = projected(expect, got);
	char *expected = dump(expect), *came = dump(same), *explained = dump(answer);
	struct rules_case result = {
		.id = id, .kind = kind, .passed = passed,
		.expected = expected, .got = came, .explanation = explained,
	};

	if (passed)
		totals->passed++;
	else
		totals->failed++;
	sink->on_case(sink->user, &result);
	free(expected);
	free(came);
	free(explained);
	json_decref(same);
}

static int case_test(struct json_reader *reader, const struct rules_fixture *fixture,
		     json_t *object, const struct rules_test_sink *sink,
		     struct rules_test_totals *totals)
{
	const char *id = json_get_text(reader, object, "id");
	json_t *expect = json_get_object(reader, object, "expect"), *got;

	if (json_reader_failed(reader))
		return reader->err->code;
	got = rules_case_run(reader, fixture, object);
	if (!got)
		return reader->err->code;
	rules_case_tell(sink, totals, id, json_string_value(json_object_get(object, "kind")),
			rules_expected(expect, got), expect, got, got);
	json_decref(got);
	return 0;
}

/* The arena of a case is cleared behind it; the fixture's stays. */
static int cases_test(struct json_reader *reader, const struct rules_fixture *fixture,
		      const struct rules_test_sink *sink, struct rules_test_totals *totals)
{
	json_t *cases = json_get_list(reader, reader->root, "cases"), *item;
	struct arena *outer = reader->arena;
	size_t i;

	reader->arena = &reader->scratch;
	json_enter(reader, "cases");
	json_array_foreach(cases, i, item) {
		json_enter_item(reader, i);
		if (!json_is_object(item))
			json_reader_fail(reader, NULL, N_("an object is expected"));
		else
			case_test(reader, fixture, item, sink, totals);
		json_leave(reader);
		if (json_reader_failed(reader))
			break;
		arena_clear(&reader->scratch);
	}
	json_leave(reader);
	reader->arena = outer;
	return reader->err->code;
}

static int file_test(struct json_reader *reader, const struct rules_test_sink *sink,
		     struct rules_test_totals *totals)
{
	const char *format = json_get_text(reader, reader->root, "format");
	struct rules_fixture fixture;

	if (json_reader_failed(reader))
		return reader->err->code;
	if (!strcmp(format, "overpass-conflicts/1"))
		return conflicts_file_test(reader, sink, totals);
	if (strcmp(format, "overpass-vectors/1") != 0)
		return json_reader_fail(reader, "format",
			N_("must be overpass-vectors/1 or overpass-conflicts/1"));
	if (rules_fixture_read(reader, &fixture) < 0)
		return reader->err->code;
	return cases_test(reader, &fixture, sink, totals);
}

int rules_test_run(const char *text, size_t len, const char *file,
		   const struct rules_test_sink *sink, struct rules_test_totals *totals,
		   struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct json_reader reader;
	int result;

	error_clear(err);
	*totals = (struct rules_test_totals){ 0, 0 };
	result = json_reader_open(&reader, text, len, file, &arena, err);
	if (result == 0) {
		result = file_test(&reader, sink, totals);
		json_reader_close(&reader);
	}
	arena_release(&arena);
	return result;
}
