#include "core/codec/conflicts_file.h"

#include "core/base/buf.h"
#include "core/base/i18n.h"
#include "core/codec/rules_compare.h"

#include <stdlib.h>
#include <string.h>

/* "id@date", the day it starts on now. */
static const char *label_of(const struct conflicts_trial *trial, int meeting, struct arena *arena)
{
	const struct conflict_meeting *m = &trial->input.meetings[meeting];
	char date[DATE_TEXT];

	return arena_printf(arena, "%s@%s", trial->sessions[m->session],
			    date_format(conflict_date(m->time.start), date));
}

static const char *finding_label(const struct conflicts_trial *trial,
				 const struct conflict_finding *found, struct arena *arena)
{
	const char *a = label_of(trial, found->a, arena), *b;

	if (found->b < 0)
		return a;
	b = label_of(trial, found->b, arena);
	return strcmp(a, b) <= 0 ? arena_printf(arena, "%s+%s", a, b) :
				   arena_printf(arena, "%s+%s", b, a);
}

static int entry_order(const void *a, const void *b)
{
	json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
	int by_kind = strcmp(json_string_value(json_array_get(x, 0)),
			     json_string_value(json_array_get(y, 0)));

	return by_kind ? by_kind : strcmp(json_string_value(json_array_get(x, 1)),
					  json_string_value(json_array_get(y, 1)));
}

/* A list of [kind, label] sorted by code point, each once; a new reference. */
static json_t *entries_sorted(json_t *entries, struct arena *arena)
{
	size_t count = json_array_size(entries), i;
	json_t **sorted = arena_array(arena, count, sizeof *sorted), *out = json_array(), *item;

	json_array_foreach(entries, i, item)
		sorted[i] = item;
	if (count)
		qsort(sorted, count, sizeof *sorted, entry_order);
	for (i = 0; i < count; i++)
		if (i == 0 || entry_order(&sorted[i - 1], &sorted[i]))
			json_array_append(out, sorted[i]);
	return out;
}

static json_t *findings_json(const struct conflicts_trial *trial,
			     const struct conflict_list *list, bool soft, struct arena *arena)
{
	json_t *entries = json_array(), *sorted;

	for (size_t i = 0; i < list->count; i++)
		if (conflict_is_soft(list->item[i].kind) == soft)
			json_array_append_new(entries, json_pack("[s, s]",
				enum_code(&conflict_kind_enum, list->item[i].kind),
				finding_label(trial, &list->item[i], arena)));
	sorted = entries_sorted(entries, arena);
	json_decref(entries);
	return sorted;
}

static json_t *finding_json(const struct conflicts_trial *trial,
			    const struct conflict_finding *found, struct arena *arena)
{
	json_t *students = json_array();

	for (size_t i = 0; i < found->students.count; i++)
		json_array_append_new(students,
				      json_string(trial->students[found->students.item[i]]));
	return json_pack("{s:s, s:s, s:I, s:I, s:o}",
		"kind", enum_code(&conflict_kind_enum, found->kind),
		"label", finding_label(trial, found, arena),
		"count", (json_int_t)found->count, "of", (json_int_t)found->of,
		"students", students);
}

static json_t *answer_json(const struct conflicts_trial *trial, const struct conflict_list *list,
			   json_t *hard, struct arena *arena)
{
	json_t *findings = json_array();

	for (size_t i = 0; i < list->count; i++)
		json_array_append_new(findings, finding_json(trial, &list->item[i], arena));
	return json_pack("{s:b, s:O, s:o, s:o}", "refused", 0, "conflicts", hard,
			 "soft", findings_json(trial, list, true, arena), "findings", findings);
}

/* The expected set; fails when it is not a list of pairs of texts. */
static json_t *expect_read(struct json_reader *reader, json_t *vector)
{
	json_t *list = json_get_list(reader, vector, "expect"), *item;
	size_t i;

	json_array_foreach(list, i, item)
		if (json_array_size(item) != 2 || !json_is_string(json_array_get(item, 0)) ||
		    !json_is_string(json_array_get(item, 1)))
			json_reader_fail(reader, "expect", N_("pairs of kind and label are expected"));
	return json_reader_failed(reader) ? NULL : entries_sorted(list, reader->arena);
}

static void vector_compare(struct json_reader *reader, json_t *common, json_t *vector,
			   const char *id, bool refusal, json_t *expect,
			   const struct rules_test_sink *sink, struct rules_test_totals *totals)
{
	struct conflicts_trial trial;
	struct conflict_list list;
	json_t *want, *got, *answer;

	want = refusal ? json_string("refused") : json_incref(expect);
	if (conflicts_trial_read(reader, common, vector, &trial) < 0) {
		got = json_string("refused");
		answer = json_pack("{s:b, s:s, s:[]}", "refused", 1, "message",
				   reader->err->message, "conflicts");
		json_reader_forgive(reader);
	} else {
		conflict_find(&trial.input, CONFLICT_ALL, reader->arena, &list);
		got = findings_json(&trial, &list, false, reader->arena);
		answer = answer_json(&trial, &list, got, reader->arena);
	}
	rules_case_tell(sink, totals, id, "conflict", json_equal(want, got), want, got, answer);
	json_decref(want);
	json_decref(got);
	json_decref(answer);
}

static int vector_test(struct json_reader *reader, json_t *common, json_t *vector,
		       const struct rules_test_sink *sink, struct rules_test_totals *totals)
{
	const char *id = json_get_text(reader, vector, "id");
	bool refusal = json_opt_bool(reader, vector, "error", false);
	json_t *expect = expect_read(reader, vector);

	if (!json_reader_failed(reader))
		vector_compare(reader, common, vector, id, refusal, expect, sink, totals);
	json_decref(expect);
	return reader->err->code;
}

int conflicts_file_test(struct json_reader *reader, const struct rules_test_sink *sink,
			struct rules_test_totals *totals)
{
	json_t *common = json_get_object(reader, reader->root, "common");
	json_t *vectors = json_get_list(reader, reader->root, "vectors"), *item;
	struct arena *outer = reader->arena;
	size_t i;

	reader->arena = &reader->scratch;
	json_enter(reader, "vectors");
	json_array_foreach(vectors, i, item) {
		if (json_reader_failed(reader))
			break;
		json_enter_item(reader, i);
		if (!json_is_object(item))
			json_reader_fail(reader, NULL, N_("an object is expected"));
		else
			vector_test(reader, common, item, sink, totals);
		json_leave(reader);
		arena_clear(&reader->scratch);
	}
	json_leave(reader);
	reader->arena = outer;
	return reader->err->code;
}
