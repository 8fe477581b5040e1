#include "core/codec/ctt.h"

#include <string.h>

#include "core/base/i18n.h"

/* ---- an instance as a problem ---- */

static const uint16_t *slot_costs(const struct ctt *ctt, int32_t course, struct arena *arena)
{
	const int32_t slots = ctt->days * ctt->periods;
	const uint8_t *closed = &ctt->unavailable[(size_t)course * (size_t)slots];
	uint16_t *cost;

	if (!memchr(closed, 1, (size_t)slots))
		return NULL;
	cost = arena_array(arena, (size_t)slots, sizeof *cost);
	for (int32_t s = 0; s < slots; s++)
		cost[s] = closed[s] ? (uint16_t)PROBLEM_FORBIDDEN : 0;
	return cost;
}

/* Learners above the seats, room by room; courses of one size share a table. */
static const uint16_t *room_costs(const struct ctt *ctt, int32_t course,
				  const struct problem_group *groups, struct arena *arena)
{
	const int32_t students = ctt->courses[course].students;
	uint16_t *cost;

	for (int32_t c = 0; c < course; c++)
		if (ctt->courses[c].students == students)
			return groups[c].room_cost;
	cost = arena_array(arena, (size_t)ctt->room_count + 1, sizeof *cost);
	for (int32_t r = 0; r < ctt->room_count; r++) {
		const int32_t over = students - ctt->rooms[r].seats;

		cost[r] = over <= 0 ? 0 : over < PROBLEM_FORBIDDEN ? (uint16_t)over :
			(uint16_t)(PROBLEM_FORBIDDEN - 1);
	}
	return cost;
}

static void fill_groups(const struct ctt *ctt, struct problem *p, struct problem_group *groups,
			struct arena *arena)
{
	for (int32_t c = 0; c < ctt->course_count; c++) {
		const struct ctt_course *course = &ctt->courses[c];
		int32_t *resources = arena_array(arena, (size_t)course->curriculum_count + 1,
						 sizeof *resources);

		/* Curricula come first among the resources, then teachers. */
		for (int32_t i = 0; i < course->curriculum_count; i++)
			resources[i] = course->curricula[i];
		resources[course->curriculum_count] = ctt->curriculum_count + course->teacher;
		groups[c] = (struct problem_group){
			.first = p->event_count, .count = course->lectures, .duration = 1,
			.slot_cost = slot_costs(ctt, c, arena),
			.room_cost = room_costs(ctt, c, groups, arena),
			.resources = resources, .resource_count = course->curriculum_count + 1,
			.min_spans = course->min_days, .stable = true,
		};
		p->event_count += course->lectures;
	}
}

struct problem *ctt_problem(const struct ctt *ctt, struct arena *arena)
{
	struct problem *p = arena_alloc(arena, sizeof *p);
	struct problem_group *groups = arena_array(arena, (size_t)ctt->course_count + 1,
						   sizeof *groups);
	struct problem_resource *resources;
	int32_t *day;

	p->slot_count = ctt->days * ctt->periods;
	day = arena_array(arena, (size_t)p->slot_count + 1, sizeof *day);
	for (int32_t s = 0; s < p->slot_count; s++)
		day[s] = s / ctt->periods;
	p->slot_day = day;
	p->room_count = ctt->room_count;
	p->rooms = arena_array(arena, (size_t)ctt->room_count + 1, sizeof *p->rooms);
	p->resource_count = ctt->curriculum_count + ctt->teacher_count;
	resources = arena_array(arena, (size_t)p->resource_count + 1, sizeof *resources);
	for (int32_t q = 0; q < ctt->curriculum_count; q++)
		resources[q].compact = true;
	p->resources = resources;
	fill_groups(ctt, p, groups, arena);
	p->groups = groups;
	p->group_count = ctt->course_count;
	p->weights = (struct problem_weights){ .slot = 0, .room = 1, .spread = 5, .isolated = 2,
					       .stability = 1 };
	return p;
}

/* ---- why there can't be a faultless timetable ---- */

struct obstacles {
	const char **sentences;
	size_t count, cap;
	struct arena *arena;
};

static void say(struct obstacles *o, const char *sentence)
{
	if (o->count == o->cap) {
		const size_t cap = o->cap ? o->cap * 2 : 8;
		const char **more = arena_array(o->arena, cap, sizeof *more);

		if (o->count)
			memcpy(more, o->sentences, sizeof *more * o->count);
		o->sentences = more;
		o->cap = cap;
	}
	o->sentences[o->count++] = sentence;
}

static void look_at_course(const struct ctt *ctt, int32_t c, struct obstacles *o)
{
	const int32_t slots = ctt->days * ctt->periods;
	const uint8_t *closed = &ctt->unavailable[(size_t)c * (size_t)slots];
	int32_t open = 0;

	for (int32_t s = 0; s < slots; s++)
		open += !closed[s];
	if (ctt->courses[c].lectures > open)
		say(o, arena_printf(o->arena,
			_("course %s has %d lectures, but only %d periods are open to it"),
			ctt->courses[c].name, ctt->courses[c].lectures, open));
}

/* Lectures that exclude each other all need periods of their own. */
static void look_at_resources(const struct ctt *ctt, struct obstacles *o)
{
	const int32_t slots = ctt->days * ctt->periods;
	int64_t *of_teacher = arena_array(o->arena, (size_t)ctt->teacher_count + 1,
					  sizeof *of_teacher);

	for (int32_t c = 0; c < ctt->course_count; c++)
		of_teacher[ctt->courses[c].teacher] += ctt->courses[c].lectures;
	for (int32_t c = 0; c < ctt->course_count; c++) {
		int64_t *sum = &of_teacher[ctt->courses[c].teacher];

		if (*sum > slots && *sum > ctt->courses[c].lectures)
			say(o, arena_printf(o->arena,
				_("the teacher of course %s has %lld lectures, but there are %d periods"),
				ctt->courses[c].name, (long long)*sum, slots));
		*sum = 0; /* say it once */
	}
	for (int32_t q = 0; q < ctt->curriculum_count; q++) {
		int64_t sum = 0;

		for (int32_t i = 0; i < ctt->curricula[q].course_count; i++)
			sum += ctt->courses[ctt->curricula[q].courses[i]].lectures;
		if (sum > slots && ctt->curricula[q].course_count > 1)
			say(o, arena_printf(o->arena,
				_("curriculum %s has %lld lectures, but there are %d periods"),
				ctt->curricula[q].name, (long long)sum, slots));
	}
}

size_t ctt_obstacles(const struct ctt *ctt, const char ***sentences, struct arena *arena)
{
	struct obstacles o = { .arena = arena };
	const int64_t places = (int64_t)ctt->days * ctt->periods * ctt->room_count;
	int64_t lectures = 0;

	for (int32_t c = 0; c < ctt->course_count; c++)
		lectures += ctt->courses[c].lectures;
	if (lectures && !ctt->room_count)
		say(&o, _("there is no room"));
	if (lectures && (!ctt->days || !ctt->periods))
		say(&o, _("there is no period"));
	if (lectures > places && places)
		say(&o, arena_printf(arena,
			_("%lld lectures have to share %lld places (rooms × periods)"),
			(long long)lectures, (long long)places));
	for (int32_t c = 0; c < ctt->course_count; c++)
		look_at_course(ctt, c, &o);
	look_at_resources(ctt, &o);
	*sentences = o.sentences;
	return o.count;
}
