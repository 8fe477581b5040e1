/* Credit calculation: the worked vectors of DOMAIN.md 5.7 and our own edges. */
#include "tests/unit/shared.h"

#include "tests/unit/credit_fixture.h"

/* A date of the tables, as text. */
static int64_t day(const char *text)
{
	int64_t date = OV_NULL;

	if (text)
		assert_true(date_parse(text, &date));
	return date;
}

struct source {
	const char *code, *id;
	int64_t level, mark, credit, hours;
	const char *dated, *expires;
	bool unverified;
};

#define LEVEL(n) .level = n, .mark = NONE, .credit = NONE, .hours = NONE
#define PLAIN LEVEL(NONE)
#define MARKED(m) .level = NONE, .mark = m, .credit = NONE, .hours = NONE
#define CAD(m, c) .level = NONE, .mark = m, .credit = c, .hours = NONE, .dated = "2012-07-01"
#define OPEN(m, h) .level = NONE, .mark = m, .credit = NONE, .hours = h

struct vector {
	const char *id;
	int programme;
	const char *submitted;
	const struct credit_caps *caps;
	struct source lines[4];
	int64_t s2, s4, m4, pool;
	struct credit_texts done, used;
	bool inactive;
	int64_t granted;
	/* The records as credit_record_text writes them, up to "need". */
	const char *records[5];
};

static const struct vector vectors[] = {
	{ "CC-01", LOG, "2015-09-10", &cap_a, { { "T-POST", "K1", LEVEL(4) } }, .granted = 800,
	  .records = { "1 R-001@1 GR_FULL 8.00 need 8.00 have 8.00 (L301:OK L302:OK L303:OK)" } },
	{ "CC-02", LOG, "2015-10-10", &cap_a, { { "T-POST", "K1", LEVEL(4) } }, .s4 = 800,
	  .done = TEXTS("L301", "L302", "L303"), .used = TEXTS("K1"),
	  .records = { "1 - SOURCE_USED 0.00" } },
	{ "CC-03", LOG, "2015-09-10", &cap_a, { { "T-POST", "K1", LEVEL(3) } },
	  .done = TEXTS("L302"), .granted = 600, .records = {
	  "1 R-001@1 GR_PARTIAL 6.00 need 8.00 have 6.00 (L301:OK L302:TARGET_DONE L303:OK)" } },
	{ "CC-04", LOG, "2015-09-10", &cap_a, { { "T-POST", "K1", LEVEL(5) } },
	  .records = { "1 R-001@1 LEVEL_LOW 0.00 need 4 have 5 (has 5 needs <=4)" } },
	{ "CC-05", AUTO, "2016-03-01", &cap_a, { { "T-WELD", "K2", LEVEL(3) } }, .granted = 700,
	  .records = { "1 R-003@1 GR_FULL 7.00 need 7.00 have 7.00 (C302:OK C203:OK)" } },
	{ "CC-06", AUTO, "2016-03-01", &cap_a, { { "T-WELD", "K2", LEVEL(4) } }, .granted = 400,
	  .records = { "1 R-002@1 GR_FULL 4.00 need 4.00 have 4.00 (C302:OK)" } },
	{ "CC-07", AUTO, "2017-12-31", &cap_a, { { "T-SAFE", "K3", PLAIN } }, .granted = 200,
	  .records = { "1 R-005@1 GR_FULL 2.00 need 2.00 have 2.00" } },
	{ "CC-08", AUTO, "2018-01-01", &cap_a, { { "T-SAFE", "K3", PLAIN } }, .granted = 150,
	  .records = { "1 R-005@2 GR_FULL 1.50 need 1.50 have 1.50" } },
	{ "CC-09", AUTO, "2014-12-31", &cap_a, { { "T-SAFE", "K3", PLAIN } },
	  .records = { "1 R-005@1 RULE_NOT_EFFECTIVE 0.00" } },
	{ "CC-10", AUTO, "2016-03-01", &cap_a, { { "EXT-CAD", "K4", CAD(7250, 320) } },
	  .granted = 400, .records = { "1 R-004@1 GR_FULL 4.00 need 4.00 have 4.00 (C201:OK)" } },
	{ "CC-11", AUTO, "2016-03-01", &cap_a, { { "EXT-CAD", "K4", CAD(7250, 319) } },
	  .records = { "1 R-004@1 SRC_CREDIT_LOW 0.00 need 3.20 have 3.19 (C201:SRC_CREDIT_LOW)" } },
	{ "CC-12", AUTO, "2016-03-01", &cap_a, { { "EXT-CAD", "K4", CAD(5999, 400) } },
	  .records = { "1 R-004@1 SCORE_LOW 0.00 need 60.00 have 59.99 (59.99)" } },
	{ "CC-13", AUTO, "2020-07-01", &cap_a, { { "EXT-CAD", "K4", CAD(7250, 400) } },
	  .records = { "1 R-004@1 SOURCE_TOO_OLD 0.00 need 2020-07-01 have 2020-07-01 (2012-07-01)" } },
	{ "CC-14", AUTO, "2016-03-01", &cap_a, { { "T-WELD", "K2", LEVEL(3) } }, .s2 = 1960,
	  .granted = 700, .records = { "1 R-003@1 GR_FULL 7.00 need 7.00 have 7.00 (C302:OK C203:OK)" } },
	{ "CC-15", AUTO, "2016-03-01", &cap_a, { { "T-WELD", "K2", LEVEL(3) } }, .s2 = 2000,
	  .granted = 400, .records = {
	  "1 R-003@1 GR_PARTIAL 4.00 need 7.00 have 4.00 (C302:OK C203:CAP_PROGRAMME)" } },
	{ "CC-16", AUTO, "2016-03-01", &cap_a, { { "T-MAINT", "K5", LEVEL(2) } }, .s4 = 2000,
	  .records = { "1 R-009@1 CAP_PROGRAMME 0.00 need 10.00 room 6.60 (room 6.60 need 10.00)" } },
	{ "CC-17", AUTO, "2016-03-01", &cap_b, { { "T-MAINT", "K5", LEVEL(2) } }, .s4 = 3200,
	  .granted = 600, .records = {
	  "1 R-009@1 GR_PARTIAL 6.00 need 10.00 have 6.00 (CAP_SOURCE 6.00 of 10.00)" } },
	{ "CC-18", AUTO, "2016-03-01", &cap_b,
	  { { "EXT-CAD", "K4", CAD(8000, 400) }, { "T-WELD", "K2", LEVEL(4) } },
	  .s2 = 2800, .s4 = 100, .granted = 400, .records = {
	  "1 R-004@1 CAP_SOURCE 0.00 need 4.00 room 2.40 (C201:CAP_SOURCE)",
	  "2 R-002@1 GR_FULL 4.00 need 4.00 have 4.00 (C302:OK)" } },
	{ "CC-19", AUTO, "2016-03-01", &cap_a, { { "MC-1", "MC-1", MARKED(6000) },
	  { "MC-3", "MC-3", MARKED(9000) }, { "MC-5", "MC-5", MARKED(7000) } }, .granted = 200,
	  .records = { "1 R-006@1 COUNTED 0.00", "2 R-006@1 COUNTED 0.00", "3 R-006@1 COUNTED 0.00",
	  "3 R-006@1 GR_FULL 2.00 need 2.00 have 2.00 (3 of 3, C401)" } },
	{ "CC-20", AUTO, "2016-03-01", &cap_a, { { "MC-1", "MC-1", MARKED(6000) },
	  { "MC-3", "MC-3", MARKED(5900) }, { "MC-5", "MC-5", MARKED(7000) } },
	  .records = { "1 R-006@1 COUNTED 0.00",
	  "2 R-006@1 SCORE_LOW 0.00 need 60.00 have 59.00 (59.00)", "3 R-006@1 COUNTED 0.00",
	  "3 R-006@1 N_OF_M_SHORT 0.00 need 3 have 2 (2 of 3)" } },
	{ "CC-21", AUTO, "2016-03-01", &cap_a,
	  { { "OPEN-1", "OPEN-1", OPEN(6500, 20) }, { "OPEN-2", "OPEN-2", OPEN(8000, 25) } },
	  .granted = 200, .records = { "1 R-007@1 COUNTED 0.00 have 1.11 (1.11)",
	  "2 R-007@1 COUNTED 0.00 have 1.38 (1.38)",
	  "2 R-007@1 GR_FULL 2.00 need 2.00 have 2.00 (pool 2.49, paid 2.00, left 0.49)" } },
	{ "CC-22", AUTO, "2016-03-01", &cap_a, { { "OPEN-1", "OPEN-1", OPEN(6500, 8) } },
	  .records = { "1 R-007@1 COUNTED 0.00 have 0.44 (0.44)",
	  "1 R-007@1 POOL_SHORT 0.00 need 0.50 have 0.44 (pool 0.44, paid 0.00, left 0.44)" } },
	{ "CC-23", AUTO, "2016-04-01", &cap_a, { { "OPEN-3", "OPEN-3", OPEN(6500, 8) } },
	  .pool = 44, .granted = 50, .records = { "1 R-007@1 COUNTED 0.00 have 0.44 (0.44)",
	  "1 R-007@1 GR_FULL 0.50 need 0.50 have 0.50 (pool 0.88, paid 0.50, left 0.38)" } },
	{ "CC-24", AUTO, "2016-03-01", &cap_a, { { "T-FORK", "K6", LEVEL(4) } },
	  .records = { "1 R-010@1 RULE_SUSPENDED 0.00" } },
	{ "CC-25", AUTO, "2016-03-01", &cap_a,
	  { { "T-EXCEL", "K7", LEVEL(4), "2013-01-01", "2016-02-29" } },
	  .records = { "1 - SOURCE_EXPIRED 0.00 need 2016-03-01 have 2016-02-29 (2016-02-29)" } },
	{ "CC-26", AUTO, "2016-02-29", &cap_a,
	  { { "T-EXCEL", "K7", LEVEL(4), "2013-01-01", "2016-02-29" } }, .granted = 300,
	  .records = { "1 R-011@1 GR_FULL 3.00 need 3.00 have 3.00 (C101:OK)" } },
	{ "CC-27", MECH, "2016-03-01", &cap_a, { { "T-POST", "K1", LEVEL(3) } },
	  .records = { "1 - NO_RULE 0.00" } },
	{ "CC-28", AUTO, "2016-03-01", &cap_a, { { "T-SAFE", "K3", PLAIN } }, .s4 = 1100,
	  .m4 = 1100, .records = {
	  "1 R-005@1 CAP_MODULE 0.00 need 2.00 room 1.00 (room 1.00 need 2.00)" } },
	{ "CC-29", AUTO, "2016-03-01", &cap_a, { { "T-WELD", "K2", LEVEL(3), .unverified = true } },
	  .records = { "1 - SOURCE_UNVERIFIED 0.00" } },
	{ "CC-30", AUTO, "2016-03-01", &cap_a, { { "T-WELD", "K2", LEVEL(3) } }, .inactive = true,
	  .records = { "0 - STUDENT_INACTIVE 0.00" } },
	/* Our own. */
	{ "one source twice", AUTO, "2016-03-01", &cap_a,
	  { { "T-SAFE", "K3", PLAIN }, { "T-SAFE", "K3", PLAIN } }, .granted = 200, .records = {
	  "1 R-005@1 GR_FULL 2.00 need 2.00 have 2.00", "2 - SOURCE_USED 0.00" } },
	{ "a source that paid nothing stays free", AUTO, "2016-03-01", &cap_a,
	  { { "T-MAINT", "K5", LEVEL(5) }, { "T-MAINT", "K5", LEVEL(2) } }, .granted = 1000,
	  .records = { "1 R-009@1 LEVEL_LOW 0.00 need 3 have 5 (has 5 needs <=3)",
	  "2 R-009@1 GR_FULL 10.00 need 10.00 have 10.00" } },
	{ "the same micro-certificate counts once", AUTO, "2016-03-01", &cap_a,
	  { { "MC-1", "a", MARKED(6000) }, { "MC-1", "b", MARKED(6000) }, { "MC-2", "c", MARKED(6000) } },
	  .records = { "1 R-006@1 COUNTED 0.00", "2 R-006@1 COUNTED 0.00", "3 R-006@1 COUNTED 0.00",
	  "3 R-006@1 N_OF_M_SHORT 0.00 need 3 have 2 (2 of 3)" } },
	{ "a combination whose course is done", AUTO, "2016-03-01", &cap_a,
	  { { "MC-1", "a", MARKED(6000) }, { "MC-4", "b", MARKED(6000) }, { "MC-2", "c", MARKED(6000) } },
	  .done = TEXTS("C401"), .records = { "1 R-006@1 COUNTED 0.00", "2 R-006@1 COUNTED 0.00",
	  "3 R-006@1 COUNTED 0.00", "3 R-006@1 TARGET_DONE 0.00 (3 of 3, C401:TARGET_DONE)" } },
	{ "an open course is spent although nothing is paid", AUTO, "2016-03-01", &cap_a,
	  { { "OPEN-1", "o", OPEN(6500, 8) }, { "OPEN-1", "o", OPEN(6500, 8) } }, .records = {
	  "1 R-007@1 COUNTED 0.00 have 0.44 (0.44)", "2 - SOURCE_USED 0.00",
	  "1 R-007@1 POOL_SHORT 0.00 need 0.50 have 0.44 (pool 0.44, paid 0.00, left 0.44)" } },
	{ "a pool cut by the module", AUTO, "2016-03-01", &cap_a,
	  { { "OPEN-1", "o", OPEN(6500, 18) } }, .s4 = 1130, .m4 = 1130, .granted = 50, .records = {
	  "1 R-007@1 COUNTED 0.00 have 1.00 (1.00)",
	  "1 R-007@1 GR_PARTIAL 0.50 need 1.00 have 0.50 (pool 1.00, paid 0.50, left 0.50)" } },
	{ "a pool with no room", AUTO, "2016-03-01", &cap_a,
	  { { "OPEN-1", "o", OPEN(6500, 18) } }, .s4 = 1160, .m4 = 1160, .records = {
	  "1 R-007@1 COUNTED 0.00 have 1.00 (1.00)",
	  "1 R-007@1 CAP_MODULE 0.00 need 1.00 room 0.40 (pool 1.00, paid 0.00, left 1.00)" } },
	{ "the first of equal caps", AUTO, "2016-03-01", &cap_a, { { "T-SAFE", "K3", PLAIN } },
	  .s2 = 1400, .s4 = 1200, .m4 = 1140, .records = {
	  "1 R-005@1 CAP_MODULE 0.00 need 2.00 room 0.60 (room 0.60 need 2.00)" } },
	{ "far over the cap is no room", AUTO, "2016-03-01", &cap_a, { { "T-SAFE", "K3", PLAIN } },
	  .s2 = 90000, .m4 = 5000, .records = {
	  "1 R-005@1 CAP_MODULE 0.00 need 2.00 room 0.00 (room 0.00 need 2.00)" } },
	{ "no level and no mark", AUTO, "2016-03-01", &cap_a,
	  { { "T-WELD", "K2", PLAIN }, { "EXT-CAD", "K4", CAD(NONE, 400) }, { "EXT-CAD", "K8", CAD(7000, NONE) } },
	  .records = { "1 R-002@1 LEVEL_LOW 0.00 need 4 (has none needs <=4)",
	  "2 R-004@1 SCORE_LOW 0.00 need 60.00 (none)",
	  "3 R-004@1 SRC_CREDIT_LOW 0.00 need 3.20 have 0.00 (C201:SRC_CREDIT_LOW)" } },
	{ "a certificate one day too old", AUTO, "2018-01-01", &cap_a,
	  { { "T-EXCEL", "K7", LEVEL(4), "2013-01-01" } }, .records = {
	  "1 R-011@1 SOURCE_TOO_OLD 0.00 need 2018-01-01 have 2018-01-01 (2013-01-01)" } },
	{ "several targets that all fail", LOG, "2015-09-10", &cap_a, { { "T-POST", "K1", LEVEL(3) } },
	  .done = TEXTS("L301", "L302", "L303"), .records = { "1 R-001@1 NO_TARGET 0.00 need 8.00"
	  " have 0.00 (L301:TARGET_DONE L302:TARGET_DONE L303:TARGET_DONE)" } },
	{ "a course of an earlier line", AUTO, "2016-03-01", &cap_a,
	  { { "OUC-C101", "x", .level = NONE, .mark = 8000, .credit = 300, .hours = NONE },
	    { "T-EXCEL", "y", LEVEL(3) } }, .granted = 300, .records = {
	  "1 R-008@1 GR_FULL 3.00 need 3.00 have 3.00 (C101:OK)",
	  "2 R-011@1 TARGET_DONE 0.00 (C101:TARGET_DONE)" } },
};

static size_t lines_of(const struct vector *vector, struct credit_line *lines)
{
	size_t count = 0;

	for (const struct source *in = vector->lines; in < vector->lines + 4 && in->code; in++) {
		lines[count] = (struct credit_line){
			.line_no = (int64_t)count + 1, .source = in->code, .source_id = in->id,
			.level = in->level, .mark = in->mark, .credit_centi = in->credit,
			.hours = in->hours, .dated_on = day(in->dated), .expires_on = day(in->expires),
			.verified = !in->unverified, .opinion = { .centi = NONE },
		};
		count++;
	}
	return count;
}

static void vector_init(struct fixture *fixture, const struct vector *vector,
			struct credit_line *lines)
{
	fixture_init(fixture, vector->programme, day(vector->submitted), vector->caps);
	fixture->input.student_active = !vector->inactive;
	fixture->input.transferred_centi[CLASS_S2] = vector->s2;
	fixture->input.transferred_centi[CLASS_S4] = vector->s4;
	fixture->modules[3].transferred_centi = vector->m4;
	fixture->input.pool_centi = vector->pool;
	fixture->input.done = vector->done;
	fixture->input.used = vector->used;
	fixture->input.lines = lines;
	fixture->input.line_count = lines_of(vector, lines);
}

static void worked_vectors(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
		const struct vector *vector = &vectors[i];
		struct arena arena = ARENA_INIT;
		struct credit_line lines[4];
		struct credit_result result;
		struct fixture fixture;
		size_t r;

		vector_init(&fixture, vector, lines);
		credit_calculate(&fixture.input, &arena, &result);
		for (r = 0; r < result.record_count; r++) {
			struct buf text = BUF_INIT;

			credit_record_text(&result.records[r], &text);
			if (r >= 5 || !vector->records[r] || strcmp(buf_cstr(&text), vector->records[r]))
				print_error("%s, record %zu\n", vector->id, r);
			assert_true(r < 5 && vector->records[r]);
			assert_string_equal(buf_cstr(&text), vector->records[r]);
			buf_release(&text);
		}
		assert_null(vector->records[r]);
		assert_int_equal(result.granted_centi, vector->granted);
		arena_release(&arena);
	}
}

/* The GRANT entries come to the granted amount, the POOL entries to the change
 * of the pool, and the same inputs to the same entries. */
static void entries_add_up(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
		struct arena arena = ARENA_INIT;
		struct credit_result result, again;
		struct credit_line lines[4];
		int64_t granted = 0, pool = 0;
		struct fixture fixture;

		vector_init(&fixture, &vectors[i], lines);
		credit_calculate(&fixture.input, &arena, &result);
		credit_calculate(&fixture.input, &arena, &again);
		assert_true(credit_result_equal(&result, &again));
		assert_int_equal(credit_result_differs(&fixture.input, &result, &again), 0);
		for (size_t e = 0; e < result.entry_count; e++) {
			assert_int_not_equal(result.entries[e].amount_centi, 0);
			if (result.entries[e].kind == CREDIT_GRANT)
				granted += result.entries[e].amount_centi;
			else
				pool += result.entries[e].amount_centi;
		}
		/* The same amounts by another rule aren't the same calculation. */
		if (again.entry_count && again.entries[0].rule) {
			struct credit_rule other = *again.entries[0].rule;

			other.version++;
			again.entries[0].rule = &other;
			assert_false(credit_result_equal(&result, &again));
		}
		assert_int_equal(granted, result.granted_centi);
		assert_int_equal(result.pool_centi, fixture.input.pool_centi + pool);
		arena_release(&arena);
	}
}

static const struct vector *vector_find(const char *id)
{
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++)
		if (!strcmp(vectors[i].id, id))
			return &vectors[i];
	fail_msg("no vector %s", id);
	return NULL;
}

static void posting_knows_module_course_and_spent_sources(void **state)
{
	struct arena arena = ARENA_INIT;
	struct credit_line lines[4];
	struct credit_result result;
	struct fixture fixture;

	(void)state;
	vector_init(&fixture, vector_find("CC-05"), lines);
	credit_calculate(&fixture.input, &arena, &result);
	assert_int_equal(result.entry_count, 2);
	assert_string_equal(result.entries[1].course, "C203");
	assert_string_equal(result.entries[1].module, "M2");
	assert_int_equal(result.entries[1].source_class, CLASS_S4);
	assert_true(result.lines[0].spent);

	vector_init(&fixture, vector_find("CC-19"), lines);
	credit_calculate(&fixture.input, &arena, &result);
	assert_true(result.lines[0].spent && result.lines[1].spent && result.lines[2].spent);
	assert_int_equal(result.lines[0].code, REASON_COUNTED);
	assert_int_equal(result.lines[2].code, REASON_GR_FULL);
	assert_int_equal(result.lines[2].granted_centi, 200);

	vector_init(&fixture, vector_find("CC-20"), lines);
	credit_calculate(&fixture.input, &arena, &result);
	assert_false(result.lines[0].spent || result.lines[1].spent || result.lines[2].spent);

	vector_init(&fixture, vector_find("CC-21"), lines);
	credit_calculate(&fixture.input, &arena, &result);
	assert_int_equal(result.entry_count, 4);
	assert_int_equal(result.entries[2].kind, CREDIT_POOL_OUT);
	assert_int_equal(result.entries[2].amount_centi, -200);
	assert_null(result.entries[3].course);
	arena_release(&arena);
}

static void a_rule_pays_its_maximum_over_all_versions(void **state)
{
	const struct credit_paid paid[] = { { "R-007", 580 } };
	struct arena arena = ARENA_INIT;
	struct credit_line lines[4];
	struct credit_result result;
	struct fixture fixture;

	(void)state;
	vector_init(&fixture, vector_find("CC-21"), lines);
	fixture.input.paid = paid;
	fixture.input.paid_count = 1;
	credit_calculate(&fixture.input, &arena, &result);
	assert_int_equal(result.granted_centi, 0);
	assert_int_equal(result.lines[1].code, REASON_CAP_RULE);
	assert_int_equal(result.pool_centi, 249);
	arena_release(&arena);
}

/* Two open-course rules share the pool: what the first leaves, the next has. */
static void rules_share_one_pool(void **state)
{
	struct arena arena = ARENA_INIT;
	struct credit_line lines[4];
	struct credit_result result;
	struct fixture fixture;
	struct credit_rule *other;

	(void)state;
	vector_init(&fixture, vector_find("CC-21"), lines);
	other = &fixture.rules[fixture.input.rule_count++];
	*other = fixture_rules[7].rule;
	other->code = "R-0065"; /* before R-007 */
	other->sources = (struct credit_texts)TEXTS("OPEN-2");
	other->specificity = 2;
	other->step_centi = 100;
	credit_calculate(&fixture.input, &arena, &result);
	/* R-0065: 1.38 → 1.00, leaves 0.38; R-007: 0.38 + 1.11 = 1.49 → 1.00. */
	assert_int_equal(result.granted_centi, 200);
	assert_int_equal(result.pool_centi, 49);
	assert_string_equal(result.records[2].rule->code, "R-0065");
	assert_string_equal(result.records[3].detail, "pool 1.49, paid 1.00, left 0.49");
	assert_int_equal(result.records[3].line_no, 1);
	arena_release(&arena);
}

/* A pool pays into a module of the learner's curriculum, or not at all. */
static void a_pool_needs_its_module(void **state)
{
	struct arena arena = ARENA_INIT;
	struct credit_line lines[4];
	struct credit_result result;
	struct fixture fixture;

	(void)state;
	vector_init(&fixture, vector_find("CC-21"), lines);
	fixture.modules[3].code = "M9"; /* for M4, where R-007 pays */
	credit_calculate(&fixture.input, &arena, &result);
	assert_int_equal(result.granted_centi, 0);
	assert_int_equal(result.records[result.record_count - 1].code, REASON_TARGET_NOT_IN_PLAN);
	assert_int_equal(result.pool_centi, 249); /* what was counted waits */
	arena_release(&arena);
}

static void an_expert_values_a_line_without_rule(void **state)
{
	static const struct {
		struct credit_opinion opinion;
		int64_t s4, granted;
		enum reason code;
	} rows[] = {
		{ { .centi = NONE }, 0, 0, REASON_NO_RULE },
		{ { 250, NULL, "M3", CLASS_S4 }, 0, 250, REASON_GR_FULL },
		{ { 250, NULL, "M3", CLASS_S4 }, 2500, 0, REASON_CAP_PROGRAMME },
		{ { 400, "C201", NULL, CLASS_S4 }, 0, 400, REASON_GR_FULL },
		{ { 400, "C201", NULL, CLASS_S4 }, 2500, 0, REASON_CAP_PROGRAMME },
		{ { 400, "NIL", NULL, CLASS_S4 }, 0, 0, REASON_TARGET_NOT_IN_PLAN },
		{ { 400, NULL, "M9", CLASS_S4 }, 0, 0, REASON_TARGET_NOT_IN_PLAN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct arena arena = ARENA_INIT;
		struct credit_line lines[4];
		struct credit_result result;
		struct fixture fixture;

		vector_init(&fixture, vector_find("CC-05"), lines);
		lines[0].source = "T-STRANGE";
		lines[0].opinion = rows[i].opinion;
		fixture.input.transferred_centi[CLASS_S4] = rows[i].s4;
		credit_calculate(&fixture.input, &arena, &result);
		assert_int_equal(result.granted_centi, rows[i].granted);
		assert_int_equal(result.lines[0].code, rows[i].code);
		assert_int_equal(result.lines_without_rule, rows[i].code == REASON_NO_RULE);
		arena_release(&arena);
	}
}

static void the_choice_of_rule(void **state)
{
	static const struct {
		int64_t specificity, priority, from;
		const char *code, *chosen;
	} rows[] = {
		{ 2, 0, DAY_2015, "R-900", "R-900" },
		{ 0, 20, DAY_2015, "R-900", "R-003" },
		{ 0, 20, DAY_2015, "R-000", "R-000" },
		{ 0, 20, DAY_2015 + 1, "R-900", "R-900" },
		{ 0, 19, DAY_2015 + 1, "R-900", "R-003" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct arena arena = ARENA_INIT;
		struct credit_line lines[4];
		struct credit_result result;
		struct fixture fixture;
		struct credit_rule *other;

		vector_init(&fixture, vector_find("CC-05"), lines);
		other = &fixture.rules[fixture.input.rule_count++];
		*other = fixture_rules[1].rule;
		other->code = rows[i].code;
		other->specificity = rows[i].specificity;
		other->priority = rows[i].priority;
		other->effective_from = rows[i].from;
		credit_calculate(&fixture.input, &arena, &result);
		assert_string_equal(result.records[0].rule->code, rows[i].chosen);
		arena_release(&arena);
	}
}

static void rooms_before_a_claim(void **state)
{
	struct fixture fixture;
	enum reason code;

	(void)state;
	fixture_init(&fixture, AUTO, day("2016-03-01"), &cap_a);
	assert_int_equal(credit_room_before(&fixture.input, CLASS_S4, NULL, NULL, &code), 2660);
	assert_int_equal(code, REASON_CAP_PROGRAMME);
	assert_int_equal(credit_room_before(&fixture.input, CLASS_S4, "M4", NULL, &code), 1200);
	assert_int_equal(code, REASON_CAP_MODULE);
	fixture.input.caps = cap_b;
	assert_int_equal(credit_room_before(&fixture.input, CLASS_S2, NULL, NULL, &code), 3040);
	assert_int_equal(code, REASON_CAP_SOURCE);
	assert_int_equal(credit_cap(7100, 3500), 2485);
	assert_int_equal(credit_cap(7100, NONE), NONE);
}

static void rules_are_checked(void **state)
{
	static const struct {
		int rule;
		const char *field;
	} rows[] = {
		{ 0, "targets" }, { 6, "targets" }, { 4, "amount_centi" }, { 4, "target_module" },
		{ 6, "need_count" }, { 7, "hours_per_credit" }, { 7, "step_centi" }, { 0, "min_level" },
		{ 0, "sources" }, { 4, "effective_to" }, { 0, "source_class" },
	};

	(void)state;
	for (int i = 0; i < FIXTURE_RULES; i++) {
		struct error err = ERROR_INIT;

		assert_int_equal(credit_rule_check(&fixture_rules[i].rule, &err), 0);
	}
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct credit_rule rule = fixture_rules[rows[i].rule].rule;
		struct error err = ERROR_INIT;

		switch (i) {
		case 0: case 1: rule.targets.count = i ? 2 : 0; break;
		case 2: rule.amount_centi = 0; break;
		case 3: rule.module = NULL; break;
		case 4: rule.need_count = 6; break;
		case 5: rule.hours_per_credit = 0; break;
		case 6: rule.step_centi = NONE; break;
		case 7: rule.min_level = 6; break;
		case 8: rule.sources.count = 0; break;
		case 9: rule.effective_to = rule.effective_from; break;
		default: rule.source_class = 4;
		}
		assert_int_equal(credit_rule_check(&rule, &err), OV_EREFUSED);
		assert_string_equal(err.field, rows[i].field);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(worked_vectors),
		cmocka_unit_test(entries_add_up),
		cmocka_unit_test(posting_knows_module_course_and_spent_sources),
		cmocka_unit_test(a_rule_pays_its_maximum_over_all_versions),
		cmocka_unit_test(rules_share_one_pool),
		cmocka_unit_test(a_pool_needs_its_module),
		cmocka_unit_test(an_expert_values_a_line_without_rule),
		cmocka_unit_test(the_choice_of_rule),
		cmocka_unit_test(rooms_before_a_claim),
		cmocka_unit_test(rules_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
