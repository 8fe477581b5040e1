/* Trials of rules from files: the shared vectors, and files that are bad. */
#include "tests/unit/shared.h"

#include "core/codec/rules_file.h"
#include "core/model/reason.h"

struct seen {
	size_t count, failed;
	bool loud; /* say what differs */
	char last_got[512];
};

static void see(void *user, const struct rules_case *result)
{
	struct seen *seen = user;

	seen->count++;
	snprintf(seen->last_got, sizeof seen->last_got, "%s", result->got);
	seen->failed += !result->passed;
	if (!result->passed && seen->loud) {
		print_message("%s: expected %s, got %s\n", result->id, result->expected, result->got);
	}
	assert_int_equal(result->explanation[0], '{');
}

static void whole_file_passes(const char *name, size_t least)
{
	struct seen seen = { .loud = true };
	struct rules_test_sink sink = { see, &seen };
	struct rules_test_totals totals;
	struct error err = ERROR_INIT;
	char path[4096], *text;
	size_t len;

	shared_need(name, path, sizeof path);
	text = shared_read(path, &len);
	assert_int_equal(rules_test_run(text, len, name, &sink, &totals, &err), 0);
	assert_int_equal(totals.failed, 0);
	assert_true(totals.passed >= least);
	assert_int_equal(seen.count, totals.passed);
	free(text);
}

static void shared_vectors_pass(void **state)
{
	(void)state;
	whole_file_passes("vectors/rules.json", 93);
}

static void shared_conflicts_pass(void **state)
{
	(void)state;
	whole_file_passes("scheduling/vectors.json", 25);
}

#define FIXTURE \
	"{\"format\":\"overpass-vectors/1\",\n\"fixture\":{\"today\":\"2026-03-01\",\n" \
	"\"branches\":[\"101\"],\"student_types\":[\"064\"],\n" \
	"\"programmes\":[{\"code\":\"P\",\"min_total_centi\":100,\"modules\":[]}],\n" \
	"\"cap_profiles\":[{\"code\":\"C\",\"overall_bp\":10000}]},\n\"cases\":[\n"
#define CONFLICTS(policy, session) \
	"{\"format\":\"overpass-conflicts/1\",\"common\":{\n" \
	"\"calendar\":{\"years\":[2024]},\"rooms\":{\"A\":{\"cap\":1,\"site\":\"s\"}},\n" \
	"\"teachers\":{\"T\":{}},\"cohorts\":{\"C\":[\"a\"]},\"policy\":" policy "},\n" \
	"\"vectors\":[{\"id\":\"v\",\"expect\":[],\"sessions\":[" session "]}]}"
#define SESSION(rest) "{\"id\":\"x\",\"teachers\":[\"T\"],\"cohorts\":[\"C\"]," rest "}"

/* Files that can't be read: the line is told, and nothing is run after it. */
static void bad_files_are_refused_with_the_line(void **state)
{
	static const struct {
		const char *text;
		int line;
	} rows[] = {
		{ "", 1 }, { "[]", 1 }, { "{\"format\":", 1 }, { "{}", 1 },
		{ "{\n\"format\":\"overpass-vectors/2\"}", 2 },
		{ "{\"format\":\"overpass-vectors/1\"}", 1 },
		{ "{\"format\":\"overpass-vectors/1\",\"format\":\"x\"}", 1 },
		{ FIXTURE "{\"id\":\"a\",\n\"kind\":\"alchemy\",\"expect\":{}}]}", 8 },
		{ FIXTURE "{\"id\":\"a\",\"kind\":\"credit\"}]}", 7 },
		{ FIXTURE "\n7]}", 8 },
		{ FIXTURE "{\"id\":\"a\",\"kind\":\"credit\",\"expect\":{},\"cap_profile\":\"C\",\n"
		  "\"programme\":\"Q\",\"submitted_on\":\"2016-01-01\",\"lines\":[]}]}", 8 },
		{ FIXTURE "{\"id\":\"a\",\"kind\":\"credit\",\"expect\":{},\"cap_profile\":\"C\",\n"
		  "\"programme\":\"P\",\n\"submitted_on\":\"2016-02-30\",\"lines\":[]}]}", 9 },
		{ FIXTURE "{\"id\":\"a\",\"kind\":\"credit\",\"expect\":{},\"cap_profile\":\"C\",\n"
		  "\"programme\":\"P\",\"submitted_on\":\"2016-01-01\",\"lines\":[\n"
		  "{\"line_no\":1,\"source\":\"a\"},\n{\"line_no\":1,\"source\":\"b\"}]}]}", 10 },
		{ FIXTURE "{\"id\":\"a\",\"kind\":\"credit\",\"expect\":{},\"cap_profile\":\"C\",\n"
		  "\"programme\":\"P\",\"submitted_on\":\"2016-01-01\",\"lines\":[\n"
		  "{\"line_no\":1,\"source\":\"a\",\n\"level\":99999999999999999999}]}]}", 10 },
		{ FIXTURE "{\"id\":\"a\",\"kind\":\"credit\",\"expect\":{},\"cap_profile\":\"C\",\n"
		  "\"programme\":\"P\",\"submitted_on\":\"2016-01-01\",\"lines\":[\n"
		  "{\"line_no\":1,\"source\":\"a\",\n\"mark\":59.99}]}]}", 10 },
		{ FIXTURE "{\"id\":\"a\",\"kind\":\"credit\",\"expect\":{},\"cap_profile\":\"C\",\n"
		  "\"programme\":\"P\",\"submitted_on\":\"2016-01-01\",\"lines\":[],\n"
		  "\"transferred\":{\n\"S5\":1}}]}", 10 },
		{ FIXTURE "{\"id\":\"a\",\"kind\":\"composite\",\"expect\":{},\n\"formative_bp\":10001}]}", 8 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct seen seen = { .loud = false };
		struct rules_test_sink sink = { see, &seen };
		struct rules_test_totals totals;
		struct error err = ERROR_INIT;
		char place[32];

		assert_int_equal(rules_test_run(rows[i].text, strlen(rows[i].text), "f.json",
						&sink, &totals, &err), OV_EINPUT);
		snprintf(place, sizeof place, "f.json:%d", rows[i].line);
		assert_string_equal(err.place, place);
		assert_int_equal(err.reason, REASON_FILE_BAD);
		assert_int_equal(seen.count, 0);
	}
}

/* A rule of a fixture that could not be calculated with. */
static void bad_rules_are_refused(void **state)
{
	static const char *const text =
		"{\"format\":\"overpass-vectors/1\",\"fixture\":{\"rules\":[\n"
		"{\"code\":\"R-1\",\"version\":1,\"kind\":\"OA\",\"source_class\":\"S4\",\n"
		"\"state\":\"ACTIVE\",\"effective_from\":\"2015-01-01\",\"sources\":[\"O-*\"],\n"
		"\"target_module\":\"M4\",\n\"hours_per_credit\":0,\"step_centi\":50}]},\"cases\":[]}";
	struct seen seen = { .loud = false };
	struct rules_test_sink sink = { see, &seen };
	struct rules_test_totals totals;
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(rules_test_run(text, strlen(text), "f", &sink, &totals, &err), OV_EINPUT);
	assert_string_equal(err.place, "f:5");
}

/* Data of a vector that must be refused: told as a case that failed, since the
 * vector did not say "error". */
static void bad_vectors_are_refused_as_cases(void **state)
{
	static const struct {
		const char *text;
		bool refused;
	} rows[] = {
		{ CONFLICTS("{}", SESSION("\"from\":\"09:00\",\"to\":\"10:00\",\"dates\":[\"2024-03-12\"]")), false },
		{ CONFLICTS("{}", SESSION("\"from\":\"09:00\",\"to\":\"09:00\",\"dates\":[\"2024-03-12\"]")), true },
		{ CONFLICTS("{}", SESSION("\"from\":\"24:00\",\"to\":\"09:00\",\"dates\":[]")), true },
		{ CONFLICTS("{}", SESSION("\"from\":\"9:00\",\"to\":\"10:00\",\"dates\":[]")), true },
		{ CONFLICTS("{}", SESSION("\"from\":\"09:00\",\"to\":\"10:60\",\"dates\":[]")), true },
		{ CONFLICTS("{}", SESSION("\"from\":\"09:00\",\"to\":\"10:00\",\"dates\":[\"2024-02-30\"]")), true },
		{ CONFLICTS("{}", SESSION("\"from\":\"09:00\",\"to\":\"10:00\",\"dates\":[\"2024-03-12\",\"2024-03-12\"]")), true },
		{ CONFLICTS("{}", SESSION("\"from\":\"09:00\",\"to\":\"10:00\",\"room\":\"Z\"")), true },
		{ CONFLICTS("{}", SESSION("\"from\":\"09:00\",\"to\":\"10:00\",\"pool\":{\"pj\":1}")), true },
		{ CONFLICTS("{}", SESSION("\"from\":\"09:00\",\"to\":\"10:00\",\"after\":[\"y\"]")), true },
		{ CONFLICTS("{}", SESSION("\"from\":\"09:00\",\"to\":\"10:00\"") "," SESSION("\"from\":\"09:00\",\"to\":\"10:00\"")), true },
		{ CONFLICTS("{}", "{\"id\":\"x\",\"from\":\"09:00\",\"to\":\"10:00\",\"teachers\":[\"Q\"],\"cohorts\":[]}"), true },
		{ CONFLICTS("{\"commute\":-1}", SESSION("\"from\":\"09:00\",\"to\":\"10:00\"")), true },
		{ CONFLICTS("{}", SESSION("\"from\":\"09:00\",\"to\":\"10:00\",\"every\":{\"weekday\":7,\"from\":\"2024-01-01\",\"until\":\"2024-02-01\"}")), true },
		{ CONFLICTS("{}", SESSION("\"from\":\"09:00\",\"to\":\"10:00\",\"every\":{\"weekday\":0,\"from\":\"0001-01-01\",\"until\":\"9999-01-01\"}")), true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct seen seen = { .loud = false };
		struct rules_test_sink sink = { see, &seen };
		struct rules_test_totals totals;
		struct error err = ERROR_INIT;

		assert_int_equal(rules_test_run(rows[i].text, strlen(rows[i].text), "f", &sink,
						&totals, &err), 0);
		assert_int_equal(totals.failed, rows[i].refused);
		assert_string_equal(seen.last_got, rows[i].refused ? "\"refused\"" : "[]");
	}
}

/* Whatever is cut off or struck out of a good file, it is read or refused. */
static void damaged_files_never_hurt(void **state)
{
	static const char *const names[] = { "vectors/rules.json", "scheduling/vectors.json" };

	(void)state;
	for (size_t n = 0; n < 2; n++) {
		char path[4096], *text;
		size_t len;

		shared_need(names[n], path, sizeof path);
		text = shared_read(path, &len);
		for (size_t i = 0; i < 60; i++) {
			struct seen seen = { .loud = false };
			struct rules_test_sink sink = { see, &seen };
			struct rules_test_totals totals;
			struct error err = ERROR_INIT;
			size_t at = len / 61 * (i + 1);
			char was = text[at];

			assert_int_equal(rules_test_run(text, at, "f", &sink, &totals, &err), OV_EINPUT);
			text[at] = "\"7}[\n"[i % 5];
			rules_test_run(text, len, "f", &sink, &totals, &err);
			assert_int_equal(seen.count, totals.passed + totals.failed);
			text[at] = was;
		}
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shared_vectors_pass),
		cmocka_unit_test(shared_conflicts_pass),
		cmocka_unit_test(bad_files_are_refused_with_the_line),
		cmocka_unit_test(bad_rules_are_refused),
		cmocka_unit_test(bad_vectors_are_refused_as_cases),
		cmocka_unit_test(damaged_files_never_hurt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
