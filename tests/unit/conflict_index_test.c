/* The index, the whole check and the brute-force oracle say the same of small
 * random worlds, before and after meetings are moved, taken away and put back. */
#include "tests/unit/shared.h"

#include "core/rules/conflict_index.h"
#include "tests/unit/conflict_oracle.h"

enum { WORLDS = 3000, MOVES = 4 };

struct counts {
	size_t found[CONFLICT_KIND_COUNT];
};

static void lists_compare(const struct oracle_finding *expected, size_t expected_count,
			  const struct conflict_list *list, unsigned world, const char *what)
{
	for (size_t i = 0; i < expected_count || i < list->count; i++) {
		if (i < expected_count && i < list->count &&
		    list->item[i].kind == expected[i].kind && list->item[i].a == expected[i].a &&
		    list->item[i].b == expected[i].b)
			continue;
		print_message("world %u, %s, finding %zu: expected %s %d %d, found %s %d %d\n", world,
			      what, i,
			      i < expected_count ? enum_code(&conflict_kind_enum, expected[i].kind) : "none",
			      i < expected_count ? expected[i].a : 0, i < expected_count ? expected[i].b : 0,
			      i < list->count ? enum_code(&conflict_kind_enum, list->item[i].kind) : "none",
			      i < list->count ? list->item[i].a : 0, i < list->count ? list->item[i].b : 0);
		fail();
	}
}

static void focus_compare(const struct conflict_input *now, const struct oracle_list *all,
			  struct conflict_index *index, const bool *absent, unsigned world)
{
	struct oracle_finding *about = mem_alloc((all->count + 1) * sizeof *about);
	struct arena arena = ARENA_INIT;
	struct conflict_list list;

	for (size_t m = 0; m < now->meeting_count; m++) {
		size_t count = 0;

		for (size_t i = 0; i < all->count && !absent[m]; i++)
			if (oracle_about(now, absent, &all->item[i], (int)m))
				about[count++] = all->item[i];
		conflict_index_check(index, (int)m, &arena, &list);
		lists_compare(about, count, &list, world, "one meeting");
		arena_clear(&arena);
	}
	arena_release(&arena);
	free(about);
}

static void world_compare(const struct conflict_input *now, struct conflict_index *index,
			  const bool *absent, unsigned world, struct counts *counts)
{
	struct arena arena = ARENA_INIT;
	struct conflict_list list;
	struct oracle_list all;

	oracle_find(now, absent, true, &all);
	conflict_index_all(index, &arena, &list);
	lists_compare(all.item, all.count, &list, world, "all");
	focus_compare(now, &all, index, absent, world);
	for (size_t i = 0; i < all.count; i++)
		counts->found[all.item[i].kind]++;
	arena_release(&arena);
	free(all.item);
}

static void find_compare(const struct conflict_input *input, unsigned world)
{
	struct arena arena = ARENA_INIT;
	struct conflict_list list;
	struct oracle_list all;

	oracle_find(input, NULL, true, &all);
	conflict_find(input, CONFLICT_ALL, &arena, &list);
	lists_compare(all.item, all.count, &list, world, "conflict_find");
	arena_release(&arena);
	free(all.item);
}

static void test_oracle(void **state)
{
	struct counts counts = { .found = { 0 } };
	(void)state;

	for (unsigned world = 0; world < WORLDS; world++) {
		uint64_t random = world * 7919 + 1;
		struct arena arena = ARENA_INIT;
		struct conflict_input input, now, other;
		struct conflict_index *index;
		struct conflict_meeting meetings[16];
		bool absent[16] = { false };

		oracle_world(&random, &arena, &input);
		assert_true(input.meeting_count <= 16);
		find_compare(&input, world);
		index = conflict_index_new(&input);
		now = input;
		memcpy(meetings, input.meetings, input.meeting_count * sizeof *meetings);
		now.meetings = meetings;
		world_compare(&now, index, absent, world, &counts);
		for (int move = 0; move < MOVES; move++) {
			size_t m = oracle_random(&random) % input.meeting_count;

			if (oracle_random(&random) % 4 == 0) {
				conflict_index_remove(index, (int)m);
				absent[m] = true;
			} else {
				/* where a meeting of another world is; far away now and then */
				oracle_world(&random, &arena, &other);
				meetings[m].time = other.meetings[m].time;
				if (oracle_random(&random) % 16 == 0) {
					meetings[m].time.start += 1440 * 900;
					meetings[m].time.end += 1440 * 900;
				}
				meetings[m].room = other.meetings[m].room;
				meetings[m].teachers = other.meetings[m].teachers;
				conflict_index_place(index, (int)m, meetings[m].time, meetings[m].room,
						     meetings[m].teachers);
				absent[m] = false;
			}
			world_compare(&now, index, absent, world, &counts);
		}
		conflict_index_free(index);
		arena_release(&arena);
	}
	for (int k = 0; k <= CONFLICT_TEACHER_LOAD; k++) /* the worlds hold every kind */
		if (!counts.found[k] && k != CONFLICT_NOT_PLACED)
			fail_msg("no world has %s", enum_code(&conflict_kind_enum, k));
}

static void test_empty(void **state)
{
	struct conflict_input input = { .meeting_count = 0 };
	struct conflict_index *index;
	struct arena arena = ARENA_INIT;
	struct conflict_list list;
	(void)state;

	conflict_policy_init(&input.policy);
	index = conflict_index_new(&input);
	conflict_index_all(index, &arena, &list);
	assert_int_equal(list.count, 0);
	conflict_index_free(index);
	conflict_index_free(NULL);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_oracle),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
