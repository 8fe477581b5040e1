/* The conflict engine, kind by kind: our own cases in the exchange format of
 * CONFLICTS.md, and what only the C interface says. */
#include "tests/unit/shared.h"

#include "core/base/buf.h"
#include "core/codec/rules_file.h"
#include "core/rules/conflict.h"

/* Rooms A (30 seats, 08:00–22:00), B (10), W (plant2, a workshop for 8 each);
 * the year 2024 is known. */
#define COMMON "{\"format\":\"overpass-conflicts/1\",\"common\":{" \
	"\"calendar\":{\"version\":\"1\",\"years\":[2024],\"holidays\":[\"2024-05-01\"]," \
	"\"swapped_workdays\":[\"2024-04-28\"]}," \
	"\"shift_patterns\":{" \
	"\"two\":{\"kind\":\"weekday\",\"weeks\":[\"D\",\"N\"],\"shifts\":{\"D\":[\"07:00\",\"17:00\"],\"N\":[\"17:00\",\"03:00\"]}}," \
	"\"day\":{\"kind\":\"weekday\",\"on\":[\"D\"],\"shifts\":{\"D\":[\"08:00\",\"17:00\"]}}," \
	"\"four\":{\"kind\":\"cycle\",\"anchor\":\"2024-03-04\",\"cycle\":[\"E\",\"M\",\"N\",\"-\",\"R\"]," \
	"\"shifts\":{\"E\":[\"08:00\",\"16:00\"],\"M\":[\"16:00\",\"24:00\"],\"N\":[\"00:00\",\"08:00\"]}}}," \
	"\"rooms\":{\"A\":{\"cap\":3,\"site\":\"main\",\"has\":[\"projector\"],\"open\":[\"08:00\",\"22:00\"],\"closed\":[[\"2024-03-14\",\"12:00\",\"2024-03-14\",\"13:00\"]]}," \
	"\"B\":{\"cap\":10,\"site\":\"main\",\"setup\":10,\"clear\":5}," \
	"\"L\":{\"cap\":10,\"site\":\"lab\",\"open\":[\"20:00\",\"02:00\"]}," \
	"\"W\":{\"cap\":24,\"site\":\"plant2\",\"ratio\":2,\"min_staff\":1,\"stations\":3}}," \
	"\"teachers\":{\"T1\":{},\"T2\":{\"certs\":{\"robot\":\"2024-03-12\"}},\"T3\":{\"away\":[[\"2024-03-12\",\"09:00\",\"2024-03-12\",\"10:00\"]]}}," \
	"\"travel\":{\"main|plant2\":30}," \
	"\"cohorts\":{\"C1\":[\"a\",\"b\"],\"C2\":[\"c\",\"d\"],\"C3\":[\"b\",\"e\"],\"C0\":[]}," \
	"\"pools\":{\"pj\":2}},\"vectors\":[{\"id\":\"v\","

struct row {
	const char *what;
	const char *rest; /* of the vector: sessions and what it replaces */
	const char *expect;
};

#define S(id, from, to, room, teachers, cohorts, more) \
	"{\"id\":\"" id "\",\"from\":\"" from "\",\"to\":\"" to "\",\"room\":" room \
	",\"teachers\":[" teachers "],\"cohorts\":[" cohorts "]," more "}"
#define D12 "\"dates\":[\"2024-03-12\"]"
#define ON(date) "\"dates\":[\"" date "\"]"
#define SESSIONS(...) "\"sessions\":[" __VA_ARGS__ "]"
#define XY "x@2024-03-12+y@2024-03-12"

static const struct row rows[] = {
	{ "set-up and clearing widen the room", SESSIONS(
	  S("x", "09:00", "10:00", "\"B\"", "\"T1\"", "\"C1\"", D12) ","
	  S("y", "10:14", "11:00", "\"B\"", "\"T2\"", "\"C2\"", D12)),
	  "[[\"ROOM_OVERLAP\",\"" XY "\"]]" },
	{ "and fifteen minutes are enough", SESSIONS(
	  S("x", "09:00", "10:00", "\"B\"", "\"T1\"", "\"C1\"", D12) ","
	  S("y", "10:15", "11:00", "\"B\"", "\"T2\"", "\"C2\"", D12)), "[]" },
	{ "online teachers overlap", SESSIONS(
	  S("x", "09:00", "10:00", "null", "\"T1\"", "\"C1\"", D12) ","
	  S("y", "09:59", "11:00", "\"B\"", "\"T1\"", "\"C2\"", D12)),
	  "[[\"TEACHER_OVERLAP\",\"" XY "\"]]" },
	{ "online needs no travel", SESSIONS(
	  S("x", "09:00", "10:00", "null", "\"T1\"", "\"C1\"", D12) ","
	  S("y", "10:00", "11:00", "\"W\"", "\"T1\"", "\"C2\"", D12)), "[]" },
	{ "a pair not listed takes site_gap_min", SESSIONS(
	  S("x", "18:00", "19:16", "\"A\"", "\"T1\"", "\"C1\"", D12) ","
	  S("y", "20:00", "21:00", "\"L\"", "\"T1\"", "\"C2\"", D12)),
	  "[[\"TEACHER_TRAVEL\",\"" XY "\"]]" },
	{ "a student in two cohorts", SESSIONS(
	  S("x", "09:00", "10:00", "\"A\"", "\"T1\"", "\"C1\"", D12) ","
	  S("y", "09:30", "11:00", "\"B\"", "\"T2\"", "\"C3\"", D12)),
	  "[[\"STUDENT_OVERLAP\",\"" XY "\"]]" },
	{ "the same students in a common cohort are told once", SESSIONS(
	  S("x", "09:00", "10:00", "\"A\"", "\"T1\"", "\"C1\"", D12) ","
	  S("y", "09:30", "11:00", "\"B\"", "\"T2\"", "\"C1\",\"C3\"", D12)),
	  "[[\"COHORT_OVERLAP\",\"" XY "\"]]" },
	{ "capacity of distinct students, with online seats", SESSIONS(
	  S("x", "09:00", "10:00", "\"A\"", "\"T1\"", "\"C1\",\"C3\"", D12) ","
	  S("y", "11:00", "12:00", "\"A\"", "\"T1\"", "\"C1\",\"C2\"", D12) ","
	  S("z", "13:00", "14:00", "\"A\"", "\"T1\"", "\"C1\",\"C2\"", "\"online_seats\":1," D12)),
	  "[[\"CAPACITY\",\"y@2024-03-12\"]]" },
	{ "hours over midnight, and a closure", SESSIONS(
	  S("x", "01:00", "02:00", "\"L\"", "\"T1\"", "\"C1\"", ON("2024-03-12")) ","
	  S("y", "01:00", "02:01", "\"L\"", "\"T1\"", "\"C1\"", ON("2024-03-13")) ","
	  S("z", "11:00", "12:01", "\"A\"", "\"T1\"", "\"C1\"", ON("2024-03-14")) ","
	  S("w", "13:00", "14:00", "\"A\"", "\"T2\"", "\"C2\"", ON("2024-03-14"))),
	  "[[\"ROOM_CLOSED\",\"y@2024-03-13\"],[\"ROOM_CLOSED\",\"z@2024-03-14\"]]" },
	{ "safety: too many, and too many for the stations", SESSIONS(
	  S("x", "09:00", "10:00", "\"W\"", "\"T1\"", "\"C1\",\"C3\"", D12) ","
	  S("y", "11:00", "12:00", "\"W\"", "\"T1\",\"T2\"", "\"C1\",\"C2\"", D12) ","
	  S("z", "13:00", "14:00", "\"W\"", "\"T1\",\"T2\"", "\"C1\",\"C3\"", D12) ","
	  S("w", "15:00", "16:00", "\"W\"", "", "\"C0\"", D12)),
	  "[[\"SAFETY_RATIO\",\"w@2024-03-12\"],[\"SAFETY_RATIO\",\"x@2024-03-12\"],"
	  "[\"SAFETY_RATIO\",\"y@2024-03-12\"]]" },
	{ "a certificate's last day, and a session over midnight", SESSIONS(
	  S("x", "09:00", "10:00", "null", "\"T2\"", "\"C1\"", "\"needs_cert\":[\"robot\"]," D12) ","
	  S("y", "23:00", "24:00", "null", "\"T2\"", "\"C2\"", "\"needs_cert\":[\"robot\"]," D12) ","
	  S("z", "22:00", "00:01", "null", "\"T2\",\"T1\"", "\"C0\"", "\"needs_cert\":[\"robot\"]," ON("2024-03-11")) ","
	  S("w", "20:00", "00:01", "null", "\"T2\"", "\"C1\"", "\"needs_cert\":[\"robot\"]," ON("2024-03-12"))),
	  "[[\"CERTIFICATE\",\"w@2024-03-12\"],[\"CERTIFICATE\",\"z@2024-03-11\"],"
	  "[\"TEACHER_OVERLAP\",\"w@2024-03-12+y@2024-03-12\"]]" },
	{ "a teacher's leave", SESSIONS(
	  S("x", "08:00", "09:01", "null", "\"T1\",\"T3\"", "\"C1\"", D12) ","
	  S("y", "10:00", "11:00", "null", "\"T3\"", "\"C2\"", D12)),
	  "[[\"TEACHER_AWAY\",\"x@2024-03-12\"]]" },
	{ "the neighbour year is not loaded", "\"students\":{\"a\":{\"pattern\":\"day\"}}," SESSIONS(
	  S("x", "18:01", "19:00", "null", "\"T1\"", "\"C1\"", ON("2024-12-31")) ","
	  S("y", "22:00", "07:01", "null", "\"T2\"", "\"C1\"", ON("2024-12-31"))),
	  "[[\"CALENDAR_UNKNOWN\",\"y@2024-12-31\"]]" },
	{ "a cycle needs no calendar", "\"students\":{\"a\":{\"pattern\":\"four\",\"offset\":-1}}," SESSIONS(
	  S("x", "16:30", "17:00", "null", "\"T1\"", "\"C1\"", ON("2024-03-06"))),
	  "[[\"SHIFT_CLASH\",\"x@2024-03-06\"]]" },
	{ "a letter without a shift is a day off", "\"students\":{\"a\":{\"pattern\":\"four\",\"offset\":4}}," SESSIONS(
	  S("x", "08:00", "20:00", "null", "\"T1\"", "\"C1\"", ON("2024-03-04"))), "[]" },
	{ "rest of the evening shift that ends at 24:00", "\"students\":{\"a\":{\"pattern\":\"four\",\"offset\":0}}," SESSIONS(
	  S("x", "07:59", "08:30", "null", "\"T1\"", "\"C1\"", ON("2024-03-06"))),
	  "[[\"REST_SHORT\",\"x@2024-03-06\"],[\"SHIFT_CLASH\",\"x@2024-03-06\"]]" },
	{ "class first: an hour before the shift", "\"students\":{\"a\":{\"pattern\":\"two\",\"offset\":1}}," SESSIONS(
	  S("x", "15:00", "16:01", "null", "\"T1\"", "\"C1\"", ON("2024-03-14")) ","
	  S("y", "15:00", "16:00", "null", "\"T1\"", "\"C1\"", ON("2024-03-12"))),
	  "[[\"REST_SHORT\",\"x@2024-03-14\"]]" },
	{ "half of the members may be at work", "\"policy\":{\"shift_tolerance\":50},"
	  "\"students\":{\"a\":{\"pattern\":\"day\"}}," SESSIONS(
	  S("x", "09:00", "10:00", "null", "\"T1\"", "\"C1\"", D12)), "[]" },
	{ "but not one per cent more", "\"policy\":{\"shift_tolerance\":49},"
	  "\"students\":{\"a\":{\"pattern\":\"day\"}}," SESSIONS(
	  S("x", "09:00", "10:00", "null", "\"T1\"", "\"C1\"", D12)),
	  "[[\"SHIFT_CLASH\",\"x@2024-03-12\"]]" },
	{ "a swapped Sunday is worked, a holiday is not",
	  "\"policy\":{\"holiday_teaching\":true},\"students\":{\"a\":{\"pattern\":\"day\"}}," SESSIONS(
	  S("x", "09:00", "10:00", "null", "\"T1\"", "\"C1\"", ON("2024-04-28")) ","
	  S("y", "09:00", "10:00", "null", "\"T1\"", "\"C1\"", ON("2024-05-01"))),
	  "[[\"SHIFT_CLASH\",\"x@2024-04-28\"]]" },
	{ "portable items: the third at once is too much", SESSIONS(
	  S("x", "09:00", "10:00", "null", "\"T1\"", "\"C1\"", "\"pool\":{\"pj\":1}," D12) ","
	  S("y", "09:00", "11:00", "null", "\"T2\"", "\"C2\"", "\"pool\":{\"pj\":1}," D12) ","
	  S("z", "09:59", "11:00", "null", "\"T3\"", "\"C0\"", "\"pool\":{\"pj\":1}," D12)),
	  "[[\"POOL_EXCEEDED\",\"z@2024-03-12\"],[\"TEACHER_AWAY\",\"z@2024-03-12\"]]" },
	{ "exams one day apart but a minute", SESSIONS(
	  S("x", "09:00", "10:00", "null", "\"T1\"", "\"C1\"", "\"exam\":true," D12) ","
	  S("y", "09:59", "11:00", "null", "\"T2\"", "\"C3\"", "\"exam\":true," ON("2024-03-13")) ","
	  S("z", "09:59", "11:00", "null", "\"T1\"", "\"C2\"", "\"exam\":true," ON("2024-03-13"))),
	  "[[\"EXAM_GAP\",\"x@2024-03-12+y@2024-03-13\"]]" },
	{ "three exams on one day", "\"policy\":{\"exam_gap\":0,\"exams_per_day\":2}," SESSIONS(
	  S("x", "09:00", "10:00", "null", "\"T1\"", "\"C1\"", "\"exam\":true," D12) ","
	  S("y", "11:00", "12:00", "null", "\"T2\"", "\"C3\"", "\"exam\":true," D12) ","
	  S("z", "13:00", "14:00", "null", "\"T1\"", "\"C1\"", "\"exam\":true," D12)),
	  "[[\"EXAM_GAP\",\"x@2024-03-12+y@2024-03-12\"],[\"EXAM_GAP\",\"x@2024-03-12+z@2024-03-12\"],"
	  "[\"EXAM_GAP\",\"y@2024-03-12+z@2024-03-12\"]]" },
	{ "no teaching after the exam of the course", SESSIONS(
	  S("x", "09:00", "10:00", "null", "\"T1\"", "\"C1\"", "\"exam\":true,\"course\":\"k\"," D12) ","
	  S("y", "10:00", "11:00", "null", "\"T2\"", "\"C3\"", "\"course\":\"k\"," ON("2024-06-12")) ","
	  S("z", "08:00", "09:30", "null", "\"T2\"", "\"C2\"", "\"course\":\"k\"," D12)),
	  "[[\"EXAM_GAP\",\"x@2024-03-12+y@2024-06-12\"]]" },
	{ "order: induction ends by the start", SESSIONS(
	  S("a", "09:00", "10:00", "null", "\"T1\"", "\"C1\"", "\"after\":[\"b\"]," ON("2024-05-09")) ","
	  S("b", "09:00", "10:00", "null", "\"T2\"", "\"C2\"", "\"dates\":[\"2024-05-07\",\"2024-05-10\"]")),
	  "[[\"ORDER\",\"a@2024-05-09+b@2024-05-10\"]]" },
	{ "order: the predecessor stands first in the file", SESSIONS(
	  S("b", "09:00", "10:00", "null", "\"T2\"", "\"C2\"", ON("2024-05-09")) ","
	  S("a", "09:59", "10:00", "null", "\"T1\"", "\"C1\"", "\"after\":[\"b\"]," ON("2024-05-09")) ","
	  S("c", "10:00", "11:00", "null", "\"T1\"", "\"C1\"", "\"after\":[\"b\"]," ON("2024-05-09"))),
	  "[[\"ORDER\",\"a@2024-05-09+b@2024-05-09\"]]" },
	{ "a moved occurrence takes its own room and teachers", SESSIONS(
	  S("x", "09:00", "10:00", "\"B\"", "\"T1\"", "\"C1\"",
	    "\"every\":{\"weekday\":1,\"from\":\"2024-03-11\",\"until\":\"2024-03-19\"},"
	    "\"moved\":{\"2024-03-19\":{\"date\":\"2024-03-20\",\"room\":null,\"to\":\"23:00\",\"teachers\":[\"T2\"]}}") ","
	  S("y", "22:30", "23:30", "null", "\"T2\"", "\"C2\"", ON("2024-03-20"))),
	  "[[\"TEACHER_OVERLAP\",\"x@2024-03-20+y@2024-03-20\"]]" },
	{ "an exception wins over a move", SESSIONS(
	  S("x", "09:00", "10:00", "\"B\"", "\"T1\"", "\"C1\"", "\"dates\":[\"2024-05-01\"],"
	    "\"except\":[\"2024-05-01\"],\"moved\":{\"2024-05-01\":{\"date\":\"2024-05-01\"}}")), "[]" },
};

struct seen {
	bool passed;
	char got[1024];
};

static void see(void *user, const struct rules_case *result)
{
	struct seen *seen = user;

	seen->passed = result->passed;
	snprintf(seen->got, sizeof seen->got, "%s", result->got);
}

static void each_kind(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct seen seen = { .passed = false };
		struct rules_test_sink sink = { see, &seen };
		struct rules_test_totals totals;
		struct error err = ERROR_INIT;
		struct buf text = BUF_INIT;

		buf_printf(&text, COMMON "\"expect\":%s,%s}]}", rows[i].expect, rows[i].rest);
		if (rules_test_run(buf_cstr(&text), text.len, rows[i].what, &sink, &totals, &err) != 0)
			fail_msg("%s", err.message);
		if (!seen.passed)
			fail_msg("%s: %s instead of %s", rows[i].what, seen.got, rows[i].expect);
		buf_release(&text);
	}
}

/* --- the C interface --- */

enum { MANY = 10000, PER_DAY = 40 };

static const int ones[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 };

/* A term of 10,000 meetings, 40 a day in 20 rooms with 20 teachers and
 * cohorts; every tenth is put where another is. */
static size_t many_meetings(struct conflict_meeting *meetings)
{
	for (int i = 0; i < MANY; i++) {
		int64_t start = conflict_minute(19800 + i / PER_DAY, 480 + (i % PER_DAY) / 20 * 120);
		int who = i % 20;

		meetings[i] = (struct conflict_meeting){
			.session = who, .time = { start, start + 100 }, .room = who,
			.teachers = { &ones[who], 1 },
		};
		if (i % 10 == 1)
			meetings[i].room = who - 1;
	}
	return MANY;
}

static void ten_thousand_meetings(void **state)
{
	static struct conflict_meeting meetings[MANY];
	static struct conflict_session sessions[20];
	static struct conflict_cohort cohorts[20];
	static struct conflict_room rooms[20];
	static struct conflict_teacher teachers[20];
	static struct conflict_student students[20];
	const int64_t years[] = { 2024 };
	struct arena arena = ARENA_INIT;
	struct conflict_list list, about;
	size_t overlaps = 0;
	struct conflict_input input = {
		.calendar = { .years = years, .year_count = 1 },
		.rooms = rooms, .teachers = teachers, .students = students, .cohorts = cohorts,
		.sessions = sessions, .meetings = meetings,
		.room_count = 20, .teacher_count = 20, .student_count = 20, .cohort_count = 20,
		.session_count = 20, .meeting_count = many_meetings(meetings),
	};

	(void)state;
	conflict_policy_init(&input.policy);
	input.policy.holiday_teaching = true;
	for (int i = 0; i < 20; i++) {
		sessions[i] = (struct conflict_session){ .cohorts = { &ones[i], 1 }, .course = -1 };
		cohorts[i].students = (struct conflict_ints){ &ones[i], 1 };
		rooms[i] = (struct conflict_room){ .capacity = 1, .ratio = OV_NULL, .stations = OV_NULL };
		teachers[i].max_day_min = OV_NULL;
		students[i].pattern = -1;
	}
	conflict_find(&input, CONFLICT_ALL, &arena, &list);
	for (size_t i = 0; i < list.count; i++)
		overlaps += list.item[i].kind == CONFLICT_ROOM_OVERLAP;
	assert_int_equal(overlaps, MANY / 10);
	assert_false(list.cut);
	conflict_find(&input, 1, &arena, &about);
	assert_int_equal(about.count, 1);
	assert_int_equal(about.item[0].a, 0);
	assert_int_equal(about.item[0].b, 1);
	arena_release(&arena);
}

/* Shifts of one learner, with an approved swap. */
static void a_swap_moves_the_shift(void **state)
{
	const int slots[] = { 0 };
	const struct conflict_shift shift = { 480, 960 };
	const struct conflict_pattern pattern = {
		.slots = { slots, 1 }, .shifts = &shift, .shift_count = 1 };
	const struct conflict_exception swap = { 100, { conflict_minute(101, 1200), conflict_minute(101, 1400) } };
	const struct conflict_student students[] = { { 0, 0, &swap, 1 }, { 0, 0, NULL, 0 } };
	const struct conflict_input input = { .patterns = &pattern, .students = students };
	struct conflict_span spans[4];
	bool known;

	(void)state;
	assert_int_equal(conflict_shifts_on(&input, 0, 100, spans, 4, &known), 0);
	assert_int_equal(conflict_shifts_on(&input, 0, 101, spans, 4, &known), 2);
	assert_int_equal(spans[1].start, conflict_minute(101, 1200));
	assert_int_equal(conflict_shifts_on(&input, 1, 100, spans, 4, &known), 1);
	assert_true(known);
	assert_int_equal(conflict_date(-1), -1);
	assert_int_equal(conflict_date(-1440), -1);
	assert_int_equal(conflict_date(1439), 0);
}

static void kinds_know_their_nature(void **state)
{
	(void)state;
	assert_int_equal(conflict_kind_enum.count, CONFLICT_KIND_COUNT);
	assert_false(conflict_may_override(CONFLICT_SAFETY_RATIO));
	assert_true(conflict_may_override(CONFLICT_ROOM_OVERLAP));
	assert_true(conflict_is_soft(CONFLICT_TEACHER_LOAD) && !conflict_is_soft(CONFLICT_ORDER));
	assert_true(conflict_is_pair(CONFLICT_ORDER) && !conflict_is_pair(CONFLICT_HOLIDAY));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind),
		cmocka_unit_test(ten_thousand_meetings),
		cmocka_unit_test(a_swap_moves_the_shift),
		cmocka_unit_test(kinds_know_their_nature),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
