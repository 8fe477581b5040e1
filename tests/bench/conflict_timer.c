/* conflict_timer: a term of 2,000 learners in 60 cohorts with 6,000 meetings,
 * checked by one edit at a time, whole, and by brute force. Prints five numbers
 * in nanoseconds: an edit's middle and worst, the whole check's middle, the same
 * without an index, and brute force; then how many findings each had. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/rules/conflict_index.h"
#include "tests/unit/conflict_oracle.h"

enum {
	STUDENTS = 2000, COHORTS = 60, MEETINGS = 6000, ROOMS = 30, TEACHERS = 60, WEEKS = 18,
	EDITS = 2001, WHOLE = 11, STARTS = 7
};

static int64_t nanos(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static void people_make(struct conflict_input *in, struct arena *arena, uint64_t *random)
{
	static const int four[] = { 0, 0, 1, 1, 2, 2, -1, -1 }, two[] = { 0, 1 };
	static const struct conflict_shift shifts[] = { { 480, 960 }, { 960, 1440 }, { 1440, 1920 } };
	struct conflict_pattern *patterns = arena_array(arena, 2, sizeof *patterns);
	struct conflict_student *students = arena_array(arena, STUDENTS, sizeof *students);
	struct conflict_cohort *cohorts = arena_array(arena, COHORTS, sizeof *cohorts);

	patterns[0] = (struct conflict_pattern){ .anchor = 20000, .slots = { four, 8 },
						 .shifts = shifts, .shift_count = 3 };
	patterns[1] = (struct conflict_pattern){ .weekday = true, .slots = { two, 2 },
						 .shifts = shifts, .shift_count = 3 };
	for (int c = 0; c < COHORTS; c++) {
		int *item = arena_array(arena, STUDENTS / COHORTS + 1, sizeof *item);
		size_t count = 0;

		for (int s = c; s < STUDENTS; s += COHORTS)
			item[count++] = s;
		cohorts[c].students = (struct conflict_ints){ item, count };
	}
	for (int s = 0; s < STUDENTS; s++) {
		struct conflict_exception *e = arena_array(arena, 1, sizeof *e);

		*e = (struct conflict_exception){ 20500 + oracle_random(random) % (WEEKS * 7), { 0, 0 } };
		students[s] = (struct conflict_student){
			.pattern = s % 3 == 0, .offset = s % 8, .exceptions = e,
			.exception_count = s % 10 == 0 };
	}
	in->patterns = patterns;
	in->pattern_count = 2;
	in->students = students;
	in->student_count = STUDENTS;
	in->cohorts = cohorts;
	in->cohort_count = COHORTS;
}

static struct conflict_span time_pick(uint64_t *random)
{
	int64_t start = (20500 + oracle_random(random) % (WEEKS * 7)) * 1440 + 480 +
			oracle_random(random) % STARTS * 120;

	return (struct conflict_span){ start, start + 100 };
}

static void term_make(struct conflict_input *in, struct arena *arena, uint64_t *random)
{
	struct conflict_room *rooms = arena_array(arena, ROOMS, sizeof *rooms);
	struct conflict_teacher *teachers = arena_array(arena, TEACHERS, sizeof *teachers);
	struct conflict_session *sessions = arena_array(arena, MEETINGS, sizeof *sessions);
	struct conflict_meeting *meetings = arena_array(arena, MEETINGS, sizeof *meetings);
	int *number = arena_array(arena, TEACHERS, sizeof *number);

	for (int i = 0; i < ROOMS; i++)
		rooms[i] = (struct conflict_room){ .capacity = 40, .site = i % 3, .ratio = OV_NULL,
						   .stations = OV_NULL };
	for (int i = 0; i < TEACHERS; i++) {
		teachers[i] = (struct conflict_teacher){ .max_day_min = OV_NULL };
		number[i] = i;
	}
	for (int i = 0; i < MEETINGS; i++) {
		int *cohort = arena_array(arena, 1, sizeof *cohort);

		*cohort = i % COHORTS;
		sessions[i] = (struct conflict_session){ .cohorts = { cohort, 1 }, .course = i % 40,
							 .exam = i % 200 == 0 };
		meetings[i] = (struct conflict_meeting){
			.session = i, .time = time_pick(random), .room = (int)(oracle_random(random) % ROOMS),
			.teachers = { &number[oracle_random(random) % TEACHERS], 1 } };
	}
	in->rooms = rooms;
	in->room_count = ROOMS;
	in->teachers = teachers;
	in->teacher_count = TEACHERS;
	in->sessions = sessions;
	in->meetings = meetings;
	in->session_count = in->meeting_count = MEETINGS;
}

int main(void)
{
	static const int64_t years[] = { 2025, 2026 };
	uint64_t random = 1;
	struct arena arena = ARENA_INIT, work = ARENA_INIT;
	struct conflict_input in = { .calendar = { .years = years, .year_count = 2 } };
	struct conflict_index *index;
	struct conflict_list list;
	struct oracle_list all;
	static int64_t edit[EDITS], whole[WHOLE], plain[WHOLE];
	int64_t start, brute;

	conflict_policy_init(&in.policy);
	people_make(&in, &arena, &random);
	term_make(&in, &arena, &random);
	index = conflict_index_new(&in);
	for (int i = 0; i < EDITS; i++) {
		int m = (int)(oracle_random(&random) % MEETINGS);
		struct conflict_meeting was = *conflict_index_meeting(index, m);
		struct conflict_span time = time_pick(&random);

		start = nanos();
		conflict_index_place(index, m, time, was.room, was.teachers);
		conflict_index_check(index, m, &work, &list);
		conflict_index_place(index, m, was.time, was.room, was.teachers);
		edit[i] = nanos() - start;
		arena_clear(&work);
	}
	for (int i = 0; i < WHOLE; i++) {
		arena_clear(&work);
		start = nanos();
		conflict_find(&in, CONFLICT_ALL, &work, &list);
		plain[i] = nanos() - start;
		arena_clear(&work);
		start = nanos();
		conflict_index_all(index, &work, &list);
		whole[i] = nanos() - start;
	}
	start = nanos();
	oracle_find(&in, NULL, false, &all);
	brute = nanos() - start;
	qsort(edit, EDITS, sizeof *edit, by_size);
	qsort(whole, WHOLE, sizeof *whole, by_size);
	qsort(plain, WHOLE, sizeof *plain, by_size);
	printf("%lld %lld %lld %lld %lld %zu %zu\n", (long long)edit[EDITS / 2],
	       (long long)edit[EDITS - 1], (long long)whole[WHOLE / 2], (long long)plain[WHOLE / 2],
	       (long long)brute, list.count, all.count);
	conflict_index_free(index);
	free(all.item);
	arena_release(&work);
	arena_release(&arena);
	return list.count == all.count ? 0 : 1;
}
