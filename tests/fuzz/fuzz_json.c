/* fuzz_json.c: any bytes as a JSON record of each kind. */
#include "core/codec/json_record.h"
#include "core/model/kind.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

/* What was read is written in the canonical form, which reads as the same. */
static void round_trip(const struct field_table *table, const void *record,
		       struct arena *arena)
{
	struct error err = ERROR_INIT;
	json_t *json = json_record(table, record, 0), *again;
	const char *text = json_canonical(json, arena);
	void *back;

	PROMISE(json_parse(text, strlen(text), "again", &again, &err) == 0);
	PROMISE(json_record_read(again, table, arena, &back, &err) == 0);
	json_decref(json);
	json_decref(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = ERROR_INIT;
	struct arena arena = ARENA_INIT;
	struct bundle bundle;
	json_t *json;
	void *record;
	int rc = json_parse((const char *)data, size, "fuzz", &json, &err);

	PROMISE((rc == 0) == (json != NULL) && (rc == 0) == (err.code == 0));
	for (int k = 1; rc == 0 && k < KIND_COUNT; k++) {
		const struct field_table *table = kind_fields((enum kind)k);

		error_clear(&err);
		if (json_record_read(json, table, &arena, &record, &err) == 0)
			round_trip(table, record, &arena);
		else
			PROMISE(err.code < 0 && *err.message);
	}
	error_clear(&err);
	if (rc == 0)
		json_bundle_read(json, &arena, &bundle, &err);
	json_decref(json);
	arena_release(&arena);
	return 0;
}
