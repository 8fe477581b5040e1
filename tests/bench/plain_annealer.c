/* plain_annealer.c FILE.ctt SECONDS SEED FILE.sol: the floor that the planner is
 * held against: textbook annealing with one move (a lecture to any place, or a
 * swap with who is there), geometric cooling by CPU time, faults at a fixed
 * price. It shares the reading of files with the planner, nothing else. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/buf.h"
#include "core/codec/ctt.h"

enum { FAULT = 80, NOBODY = -1 };

static struct ctt ctt;
static int32_t slots, lectures;
static int32_t *course_of, *slot_of, *room_of; /* [lecture] */
static int32_t *there;                         /* [slot][room] */
static int32_t *at;                            /* [course][slot] lectures */
static uint8_t *rival;                         /* [course][course] */
static int32_t *in_room;                       /* [course][room] lectures */
static int32_t *busy;                          /* [curriculum][slot] lectures */
static uint64_t state;

static uint32_t chance(uint32_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)((state >> 32) * below >> 32);
}

/* Who excludes the course there, F aside. */
static int32_t rivals_at(int32_t course, int32_t slot, int32_t f)
{
	const int32_t *here = &there[slot * ctt.room_count];
	int32_t count = 0;

	for (int32_t r = 0; r < ctt.room_count; r++)
		if (here[r] != NOBODY && here[r] != f)
			count += rival[course * ctt.course_count + course_of[here[r]]];
	return count;
}

/* The part of the cost that one course has to do with, its day alone. */
static int32_t cost_around(int32_t course, int32_t slot)
{
	const struct ctt_course *c = &ctt.courses[course];
	const int32_t first = slot - slot % ctt.periods;
	int32_t cost = 0;

	for (int32_t i = 0; i < c->curriculum_count; i++)
		for (int32_t s = first; s < first + ctt.periods; s++) {
			const int32_t *row = busy + c->curricula[i] * slots;

			if (!(s > first && row[s - 1]) &&
			    !(s + 1 < first + ctt.periods && row[s + 1]))
				cost += 2 * row[s];
		}
	return cost;
}

static int32_t cost_of_course(int32_t course)
{
	const struct ctt_course *c = &ctt.courses[course];
	int32_t days = 0, rooms = 0;

	for (int32_t d = 0; d < ctt.days; d++) {
		int32_t held = 0;

		for (int32_t p = 0; p < ctt.periods; p++)
			held += at[course * slots + d * ctt.periods + p];
		days += held > 0;
	}
	for (int32_t r = 0; r < ctt.room_count; r++)
		rooms += in_room[course * ctt.room_count + r] > 0;
	return (days < c->min_days ? 5 * (c->min_days - days) : 0) + (rooms > 1 ? rooms - 1 : 0);
}

/* Puts a lecture down (BY 1) or takes it up (-1); answers what that changes. */
static int32_t change(int32_t lecture, int32_t slot, int32_t room, int32_t by)
{
	const int32_t course = course_of[lecture];
	const struct ctt_course *c = &ctt.courses[course];
	const int32_t over = c->students - ctt.rooms[room].seats;
	int32_t cost = (over > 0 ? over : 0) + FAULT * ctt.unavailable[course * slots + slot];
	const int32_t before = cost_around(course, slot) + cost_of_course(course);

	if (by < 0)
		there[slot * ctt.room_count + room] = NOBODY;
	cost += FAULT * rivals_at(course, slot, NOBODY);
	if (by > 0)
		there[slot * ctt.room_count + room] = lecture;
	at[course * slots + slot] += by;
	in_room[course * ctt.room_count + room] += by;
	for (int32_t i = 0; i < c->curriculum_count; i++)
		busy[c->curricula[i] * slots + slot] += by;
	slot_of[lecture] = slot;
	room_of[lecture] = room;
	return by * cost + cost_around(course, slot) + cost_of_course(course) - before;
}

static int32_t trade(int32_t e, int32_t f, int32_t slot, int32_t room)
{
	const int32_t old_slot = slot_of[e], old_room = room_of[e];
	int32_t delta = change(e, old_slot, old_room, -1);

	if (f != NOBODY)
		delta += change(f, slot, room, -1);
	delta += change(e, slot, room, 1);
	if (f != NOBODY)
		delta += change(f, old_slot, old_room, 1);
	return delta;
}

static int32_t faults(int32_t lecture, int32_t slot, int32_t f)
{
	return rivals_at(course_of[lecture], slot, f) +
		ctt.unavailable[course_of[lecture] * slots + slot];
}

static int64_t anneal(double seconds, int32_t *best)
{
	double heat = 10, share = 0;
	int64_t now = 0, least = INT64_MAX, moves = 0;

	for (; share < 1; moves++) {
		const int32_t e = (int32_t)chance((uint32_t)lectures);
		const int32_t slot = (int32_t)chance((uint32_t)slots);
		const int32_t room = (int32_t)chance((uint32_t)ctt.room_count);
		const int32_t f = there[slot * ctt.room_count + room];
		const int32_t old_slot = slot_of[e], old_room = room_of[e];
		const double limit = -heat * log((chance(1 << 24) + 0.5) / (1 << 24));
		int32_t delta;

		if (moves % 256 == 0) {
			share = (double)clock() / CLOCKS_PER_SEC / seconds;
			heat = 10 * pow(0.012, share);
		}
		/* Faults first: most moves end here. */
		if (f == e || FAULT * (faults(e, slot, f) - faults(e, old_slot, e) +
				       (f == NOBODY ? 0 : faults(f, old_slot, e) -
							  faults(f, slot, f))) > limit)
			continue;
		delta = trade(e, f, slot, room);
		if (delta > limit) {
			(void)trade(e, f, old_slot, old_room);
			continue;
		}
		now += delta;
		if (now < least) {
			least = now;
			memcpy(best, slot_of, sizeof *best * (size_t)lectures);
			memcpy(best + lectures, room_of, sizeof *best * (size_t)lectures);
		}
	}
	return moves;
}

static int32_t *numbers(int32_t count, int32_t value)
{
	int32_t *all = mem_alloc(sizeof *all * ((size_t)count + 1));

	for (int32_t i = 0; i < count; i++)
		all[i] = value;
	return all;
}

static void find_rivals(void)
{
	rival = mem_alloc((size_t)ctt.course_count * (size_t)ctt.course_count + 1);
	for (int32_t a = 0; a < ctt.course_count; a++)
		for (int32_t b = 0; b < ctt.course_count; b++)
			rival[a * ctt.course_count + b] =
				ctt.courses[a].teacher == ctt.courses[b].teacher;
	for (int32_t q = 0; q < ctt.curriculum_count; q++)
		for (int32_t i = 0; i < ctt.curricula[q].course_count; i++)
			for (int32_t k = 0; k < ctt.curricula[q].course_count; k++)
				rival[ctt.curricula[q].courses[i] * ctt.course_count +
				      ctt.curricula[q].courses[k]] = 1;
}

static void set_up(void)
{
	int32_t next = 0;

	find_rivals();
	slots = ctt.days * ctt.periods;
	for (int32_t c = 0; c < ctt.course_count; c++)
		lectures += ctt.courses[c].lectures;
	course_of = numbers(lectures, 0);
	slot_of = numbers(lectures, 0);
	room_of = numbers(lectures, 0);
	there = numbers(slots * ctt.room_count, NOBODY);
	at = numbers(ctt.course_count * slots, 0);
	in_room = numbers(ctt.course_count * ctt.room_count, 0);
	busy = numbers(ctt.curriculum_count * slots, 0);
	for (int32_t c = 0; c < ctt.course_count; c++)
		for (int32_t i = 0; i < ctt.courses[c].lectures; i++)
			course_of[next++] = c;
	for (int32_t l = 0; l < lectures; l++) {
		int32_t place = (int32_t)chance((uint32_t)(slots * ctt.room_count));

		while (there[place] != NOBODY)
			place = (place + 1) % (slots * ctt.room_count);
		(void)change(l, place / ctt.room_count, place % ctt.room_count, 1);
	}
}

int main(int argc, char **argv)
{
	static char text[1 << 20];
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	FILE *file = argc == 5 ? fopen(argv[1], "re") : NULL;
	size_t len = file ? fread(text, 1, sizeof text, file) : 0;
	int32_t *best;
	int64_t moves;

	if (!file || ctt_read(text, len, argv[1], &ctt, &arena, &err)) {
		fprintf(stderr, "plain_annealer FILE.ctt SECONDS SEED FILE.sol\n");
		return 2;
	}
	fclose(file);
	state = strtoull(argv[3], NULL, 10) * 2654435761U + 88172645463325252U;
	set_up();
	best = numbers(2 * lectures, 0);
	moves = anneal(strtod(argv[2], NULL), best);
	file = fopen(argv[4], "we");
	if (!file)
		return 6;
	for (int32_t l = 0; l < lectures; l++)
		fprintf(file, "%s %s %d %d\n", ctt.courses[course_of[l]].name,
			ctt.rooms[best[lectures + l]].name, best[l] / ctt.periods,
			best[l] % ctt.periods);
	printf("%lld\n", (long long)moves);
	return fclose(file) ? 6 : 0;
}
