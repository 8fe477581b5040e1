/* Random small worlds for the oracle: few of everything, so that all kinds meet. */
#include "tests/unit/conflict_oracle.h"

enum { ROOMS = 3, TEACHERS = 3, STUDENTS = 7, COHORTS = 3, SESSIONS = 6, MEETINGS = 9, DAYS = 9 };

uint32_t oracle_random(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*state >> 33);
}

static int below(uint64_t *state, int limit)
{
	return (int)(oracle_random(state) % (uint32_t)limit);
}

static bool chance(uint64_t *state, int percent)
{
	return below(state, 100) < percent;
}

/* Numbers below LIMIT, each with a chance, ascending. */
static struct conflict_ints some(uint64_t *state, struct arena *arena, int limit, int percent)
{
	int *item = arena_array(arena, (size_t)limit, sizeof *item);
	size_t count = 0;

	for (int i = 0; i < limit; i++)
		if (chance(state, percent))
			item[count++] = i;
	return (struct conflict_ints){ item, count };
}

static struct conflict_span a_span(uint64_t *state, int64_t first, int most)
{
	int64_t start = first * 1440 + below(state, DAYS * 96) * 15;

	return (struct conflict_span){ start, start + 15 + below(state, most / 15) * 15 };
}

static void calendar_make(uint64_t *state, struct arena *arena, int64_t first,
			  struct conflict_calendar *calendar)
{
	int64_t *years = arena_array(arena, 2, sizeof *years);
	int64_t *holidays = arena_array(arena, DAYS, sizeof *holidays);
	int64_t *swapped = arena_array(arena, DAYS, sizeof *swapped);

	years[0] = date_to_civil(first).year;
	years[1] = years[0] + 1;
	calendar->years = years;
	calendar->year_count = 1 + (size_t)below(state, 2);
	for (int64_t d = first; d < first + DAYS; d++) {
		if (chance(state, 15))
			holidays[calendar->holiday_count++] = d;
		else if (date_weekday(d) > 5 && chance(state, 40))
			swapped[calendar->swapped_count++] = d;
	}
	calendar->holidays = holidays;
	calendar->swapped = swapped;
}

static void patterns_make(uint64_t *state, struct arena *arena, int64_t first,
			  struct conflict_input *input)
{
	struct conflict_pattern *patterns = arena_array(arena, 3, sizeof *patterns);

	for (int p = 0; p < 3; p++) {
		struct conflict_shift *shifts = arena_array(arena, 3, sizeof *shifts);
		int length = 1 + below(state, 6);
		int *slots = arena_array(arena, (size_t)length, sizeof *slots);

		for (int s = 0; s < 3; s++) {
			shifts[s].from = below(state, 96) * 15;
			shifts[s].to = shifts[s].from + 15 + below(state, 48) * 15;
		}
		for (int i = 0; i < length; i++)
			slots[i] = below(state, 4) - 1;
		patterns[p] = (struct conflict_pattern){
			.weekday = p > 0, .anchor = first + below(state, 20) - 10,
			.slots = { slots, p == 2 ? 0 : (size_t)length },
			.on = some(state, arena, 3, 50), .shifts = shifts, .shift_count = 3,
		};
	}
	input->patterns = patterns;
	input->pattern_count = 3;
}

static void students_make(uint64_t *state, struct arena *arena, int64_t first,
			  struct conflict_input *input)
{
	struct conflict_student *students = arena_array(arena, STUDENTS, sizeof *students);
	struct conflict_cohort *cohorts = arena_array(arena, COHORTS, sizeof *cohorts);

	for (int s = 0; s < STUDENTS; s++) {
		struct conflict_exception *e = arena_array(arena, 2, sizeof *e);

		students[s].pattern = below(state, 4) - 1;
		students[s].offset = below(state, 9) - 2;
		students[s].exception_count = chance(state, 40) ? (size_t)below(state, 3) : 0;
		for (size_t i = 0; i < students[s].exception_count; i++) {
			e[i].date = chance(state, 70) ? first + below(state, DAYS) : OV_NULL;
			e[i].added = a_span(state, first, chance(state, 50) ? 15 : 720);
			if (chance(state, 40))
				e[i].added.end = e[i].added.start;
		}
		students[s].exceptions = e;
	}
	for (int c = 0; c < COHORTS; c++)
		cohorts[c].students = some(state, arena, STUDENTS, 40);
	input->students = students;
	input->student_count = STUDENTS;
	input->cohorts = cohorts;
	input->cohort_count = COHORTS;
}

static struct conflict_spans spans_make(uint64_t *state, struct arena *arena, int64_t first)
{
	struct conflict_span *span = arena_array(arena, 1, sizeof *span);

	*span = a_span(state, first, 1440);
	return (struct conflict_spans){ span, chance(state, 50) };
}

static struct conflict_wishes wishes_make(uint64_t *state, struct arena *arena)
{
	struct conflict_wish *wishes = arena_array(arena, 3, sizeof *wishes);
	size_t count = chance(state, 40) ? (size_t)below(state, 4) : 0;

	for (size_t i = 0; i < count; i++) {
		wishes[i].weekday = 1 + below(state, 7);
		wishes[i].from = below(state, 24) * 60;
		wishes[i].to = wishes[i].from + 1 + below(state, (int)(1440 - wishes[i].from));
		wishes[i].wanted = chance(state, 30);
	}
	return (struct conflict_wishes){ wishes, count };
}

static void places_make(uint64_t *state, struct arena *arena, int64_t first,
			struct conflict_input *input)
{
	struct conflict_room *rooms = arena_array(arena, ROOMS, sizeof *rooms);
	struct conflict_teacher *teachers = arena_array(arena, TEACHERS, sizeof *teachers);
	struct conflict_travel *travel = arena_array(arena, 1, sizeof *travel);

	for (int r = 0; r < ROOMS; r++) {
		rooms[r] = (struct conflict_room){
			.capacity = below(state, 6), .site = below(state, 3),
			.has = some(state, arena, 2, 60), .has_hours = chance(state, 60),
			.open = { below(state, 900), 900 + below(state, 900) },
			.closed = spans_make(state, arena, first),
			.ratio = chance(state, 50) ? 1 + below(state, 3) : OV_NULL,
			.stations = chance(state, 50) ? below(state, 6) : OV_NULL,
			.min_staff = below(state, 3),
			.setup = below(state, 3) * 10, .clear = below(state, 3) * 10,
		};
	}
	for (int t = 0; t < TEACHERS; t++) {
		struct conflict_certificate *c = arena_array(arena, 1, sizeof *c);

		c->feature = below(state, 2);
		c->last_day = chance(state, 50) ? first + below(state, DAYS) : OV_NULL;
		teachers[t] = (struct conflict_teacher){
			.certificates = c, .certificate_count = 1,
			.away = spans_make(state, arena, first),
			.max_day_min = chance(state, 50) ? below(state, 300) : OV_NULL,
			.wishes = wishes_make(state, arena),
		};
	}
	*travel = (struct conflict_travel){ 0, 1, below(state, 120) };
	input->rooms = rooms;
	input->room_count = ROOMS;
	input->teachers = teachers;
	input->teacher_count = TEACHERS;
	input->travel = travel;
	input->travel_count = 1;
}

static void sessions_make(uint64_t *state, struct arena *arena, struct conflict_input *input)
{
	struct conflict_session *sessions = arena_array(arena, SESSIONS, sizeof *sessions);
	int64_t *stock = arena_array(arena, 2, sizeof *stock);

	for (int s = 0; s < SESSIONS; s++) {
		struct conflict_use *uses = arena_array(arena, 2, sizeof *uses);

		for (int u = 0; u < 2; u++)
			uses[u] = (struct conflict_use){ below(state, 2), below(state, 3) };
		sessions[s] = (struct conflict_session){
			.cohorts = some(state, arena, COHORTS, 45), .online_seats = below(state, 2),
			.needs = some(state, arena, 2, 25), .needs_cert = some(state, arena, 2, 25),
			.uses = uses, .use_count = (size_t)below(state, 3),
			.exam = chance(state, 40), .course = below(state, 3) - 1,
			.after = some(state, arena, SESSIONS, 12),
			.has_tolerance = chance(state, 30), .tolerance = below(state, 60),
		};
	}
	stock[0] = below(state, 4);
	stock[1] = below(state, 4);
	input->sessions = sessions;
	input->session_count = SESSIONS;
	input->pool_stock = stock;
	input->pool_count = 2;
}

void oracle_world(uint64_t *state, struct arena *arena, struct conflict_input *input)
{
	int64_t first = date_from_civil(2023, 12, 27);
	struct conflict_meeting *meetings = arena_array(arena, MEETINGS, sizeof *meetings);

	*input = (struct conflict_input){ .meetings = meetings, .meeting_count = MEETINGS };
	conflict_policy_init(&input->policy);
	input->policy.holiday_teaching = chance(state, 20);
	input->policy.rest_soft = chance(state, 50) ? below(state, 120) : 0;
	input->policy.shift_tolerance = chance(state, 50) ? below(state, 60) : 0;
	input->policy.exams_per_day = chance(state, 50) ? 1 + below(state, 2) : OV_NULL;
	input->policy.exam_gap = 60 + below(state, 3000);
	input->policy.max_week_min = chance(state, 50) ? below(state, 900) : OV_NULL;
	calendar_make(state, arena, first, &input->calendar);
	patterns_make(state, arena, first, input);
	students_make(state, arena, first, input);
	places_make(state, arena, first, input);
	sessions_make(state, arena, input);
	for (int m = 0; m < MEETINGS; m++)
		meetings[m] = (struct conflict_meeting){
			.session = below(state, SESSIONS), .time = a_span(state, first, 480),
			.room = below(state, ROOMS + 1) - 1, .teachers = some(state, arena, TEACHERS, 40),
		};
}
