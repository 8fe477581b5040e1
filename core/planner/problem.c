#include "core/planner/problem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/model/reason.h"

static int refuse(struct error *err, const char *what, int64_t index)
{
	char text[128];

	(void)snprintf(text, sizeof text, "%s %lld", what, (long long)index);
	return error_reason(err, REASON_PLAN_PROBLEM, "what", text, NULL);
}

static int check_sizes(const struct problem *p, struct error *err)
{
	if (p->slot_count < 0 || p->slot_count > PROBLEM_SLOTS_MAX)
		return refuse(err, "slot_count", p->slot_count);
	if (p->room_count < 0 || p->room_count > PROBLEM_ROOMS_MAX)
		return refuse(err, "room_count", p->room_count);
	if (p->event_count < 0 || p->event_count > PROBLEM_EVENTS_MAX)
		return refuse(err, "event_count", p->event_count);
	if (p->group_count < 0 || p->resource_count < 0 || p->pair_count < 0 || p->share_count < 0)
		return refuse(err, "group_count", p->group_count);
	for (int32_t s = 0; s < p->slot_count; s++) {
		if (p->slot_day[s] < 0 || (s && p->slot_day[s] < p->slot_day[s - 1]))
			return refuse(err, "slot_day", s);
		if (p->slot_span && (p->slot_span[s] < 0 || p->slot_span[s] >= p->slot_count))
			return refuse(err, "slot_span", s);
	}
	return 0;
}

static int check_weights(const struct problem_weights *w, struct error *err)
{
	const int32_t all[] = { w->slot, w->room, w->spread, w->isolated, w->stability,
				w->keep_slot, w->keep_room, w->overload, w->span_overload, w->share };

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (all[i] < 0 || all[i] > 10000)
			return refuse(err, "weights", (int64_t)i);
	return 0;
}

static int check_groups(const struct problem *p, struct error *err)
{
	int32_t next = 0;

	for (int32_t g = 0; g < p->group_count; g++) {
		const struct problem_group *group = &p->groups[g];

		if (group->first != next || group->count < 0 || group->duration < 1 ||
		    group->count > p->event_count - next || group->resource_count < 0)
			return refuse(err, "group", g);
		next += group->count;
		for (int32_t i = 0; i < group->resource_count; i++)
			if (group->resources[i] < 0 || group->resources[i] >= p->resource_count)
				return refuse(err, "resource of group", g);
		for (int32_t i = 0; i < group->share_count; i++)
			if (group->shares[i] < 0 || group->shares[i] >= p->share_count)
				return refuse(err, "share of group", g);
	}
	return next == p->event_count ? 0 : refuse(err, "event_count", p->event_count);
}

static bool fits_day(const struct problem *p, const struct problem_group *group, int32_t slot)
{
	return slot >= 0 && slot <= p->slot_count - group->duration &&
		p->slot_day[slot] == p->slot_day[slot + group->duration - 1];
}

static int check_events(const struct problem *p, struct error *err)
{
	for (int32_t e = 0; p->events && e < p->event_count; e++) {
		const struct problem_event *event = &p->events[e];
		const int32_t slots[] = { event->lock_slot, event->keep_slot };
		const int32_t rooms[] = { event->lock_room, event->keep_room };

		for (int i = 0; i < 2; i++)
			if (slots[i] < PROBLEM_NONE || slots[i] >= p->slot_count ||
			    rooms[i] < PROBLEM_NONE || rooms[i] >= p->room_count)
				return refuse(err, "event", e);
	}
	for (int32_t g = 0; p->events && g < p->group_count; g++)
		for (int32_t i = 0; i < p->groups[g].count; i++) {
			const int32_t e = p->groups[g].first + i, slot = p->events[e].lock_slot;

			if (slot >= 0 && !fits_day(p, &p->groups[g], slot))
				return refuse(err, "lock of event", e);
		}
	for (int32_t i = 0; i < p->pair_count; i++)
		if (p->pairs[i].a < 0 || p->pairs[i].a >= p->group_count || p->pairs[i].b < 0 ||
		    p->pairs[i].b >= p->group_count)
			return refuse(err, "pair", i);
	return 0;
}

static int check_limits(const struct problem *p, struct error *err)
{
	bool split = false;

	for (int32_t s = 1; p->slot_span && s < p->slot_count; s++)
		split = split || (p->slot_day[s] == p->slot_day[s - 1] &&
				  p->slot_span[s] != p->slot_span[s - 1]);
	for (int32_t q = 0; q < p->resource_count; q++)
		if (p->resources[q].day_most < 0 || p->resources[q].span_most < 0 ||
		    (split && p->resources[q].span_most))
			return refuse(err, "limit of resource", q);
	for (int32_t i = 0; i < p->share_count; i++)
		if (!p->shares[i].days || p->shares[i].most < 0 || p->shares[i].used < 0)
			return refuse(err, "share", i);
	return 0;
}

int problem_check(const struct problem *problem, struct error *err)
{
	int rc = check_sizes(problem, err);

	if (!rc)
		rc = check_weights(&problem->weights, err);
	if (!rc)
		rc = check_groups(problem, err);
	if (!rc)
		rc = check_limits(problem, err);
	return rc ? rc : check_events(problem, err);
}

bool problem_slot_allowed(const struct problem *p, int32_t g, int32_t slot)
{
	const struct problem_group *group = &p->groups[g];

	if (!fits_day(p, group, slot))
		return false;
	for (int32_t i = 0; group->slot_cost && i < group->duration; i++)
		if (group->slot_cost[slot + i] == PROBLEM_FORBIDDEN)
			return false;
	return true;
}

/* Everything below counts slowly and plainly: it is what the quick counting of
 * the solver is held against. */

struct count {
	const struct problem *p;
	const struct place *places;
	struct problem_cost *cost;
	int32_t *group_of; /* [event] */
	int32_t *first_at; /* [slot + 1] events that fill a slot, slot by slot */
	int32_t *at;
	int32_t *pair_at; /* [group + 1] where its part of PARTNER ends; it begins at the one before */
	int32_t *partner; /* groups it makes a pair with */
};

static int32_t last_slot(const struct count *c, int32_t e)
{
	const int32_t end = c->places[e].slot + c->p->groups[c->group_of[e]].duration;

	if (c->places[e].room < 0)
		return c->places[e].slot;
	return end < c->p->slot_count ? end : c->p->slot_count;
}

static void sort_into_slots(struct count *c)
{
	const struct problem *p = c->p;

	for (int round = 0; round < 2; round++) {
		for (int32_t e = 0; e < p->event_count; e++)
			for (int32_t s = c->places[e].slot; s >= 0 && s < last_slot(c, e); s++) {
				if (round)
					c->at[c->first_at[s]] = e;
				c->first_at[s + (round ? 0 : 1)]++;
			}
		if (round)
			break;
		for (int32_t s = 0; s < p->slot_count; s++)
			c->first_at[s + 1] += c->first_at[s];
		c->at = mem_alloc(sizeof *c->at * (size_t)(c->first_at[p->slot_count] + 1));
	}
	/* The second round moved each beginning to its end. */
	memmove(c->first_at + 1, c->first_at, sizeof *c->first_at * (size_t)p->slot_count);
	c->first_at[0] = 0;
}

/* The pairs, group by group: a term has some ten thousand of them. */
static void sort_pairs(struct count *c)
{
	const struct problem *p = c->p;

	c->pair_at = mem_alloc(sizeof *c->pair_at * (size_t)(p->group_count + 2));
	c->partner = mem_alloc(sizeof *c->partner * (size_t)(2 * p->pair_count + 1));
	for (int32_t i = 0; i < p->pair_count; i++) {
		c->pair_at[p->pairs[i].a + 2]++;
		c->pair_at[p->pairs[i].b + 2]++;
	}
	for (int32_t g = 1; g <= p->group_count; g++)
		c->pair_at[g + 1] += c->pair_at[g];
	for (int32_t i = 0; i < p->pair_count; i++) {
		c->partner[c->pair_at[p->pairs[i].a + 1]++] = p->pairs[i].b;
		c->partner[c->pair_at[p->pairs[i].b + 1]++] = p->pairs[i].a;
	}
}

static bool has_pair(const struct count *c, int32_t a, int32_t b)
{
	for (int32_t i = c->pair_at[a]; i < c->pair_at[a + 1]; i++)
		if (c->partner[i] == b)
			return true;
	return false;
}

static bool exclude(const struct count *c, int32_t a, int32_t b)
{
	const struct problem *p = c->p;
	const struct problem_group *ga = &p->groups[a], *gb = &p->groups[b];

	if (a == b)
		return true;
	for (int32_t i = 0; i < ga->resource_count; i++)
		for (int32_t k = 0; k < gb->resource_count; k++)
			if (ga->resources[i] == gb->resources[k] &&
			    !p->resources[ga->resources[i]].many)
				return true;
	return has_pair(c, a, b);
}

static void count_slots(struct count *c)
{
	const struct problem *p = c->p;

	for (int32_t s = 0; s < p->slot_count; s++)
		for (int32_t i = c->first_at[s]; i < c->first_at[s + 1]; i++)
			for (int32_t k = i + 1; k < c->first_at[s + 1]; k++) {
				const int32_t a = c->at[i], b = c->at[k];

				if (exclude(c, c->group_of[a], c->group_of[b]))
					c->cost->clashes++;
			}
}

static void count_rooms(struct count *c)
{
	const struct problem *p = c->p;
	int32_t *seen = mem_alloc(sizeof *seen * (size_t)(p->room_count + 1));

	for (int32_t s = 0; s < p->slot_count; s++)
		for (int32_t i = c->first_at[s]; i < c->first_at[s + 1]; i++) {
			const int32_t room = c->places[c->at[i]].room;

			if (room < 0 || p->rooms[room].shared)
				continue;
			if (seen[room] == s + 1)
				c->cost->crowded++;
			seen[room] = s + 1;
		}
	free(seen);
}

static void count_event(struct count *c, int32_t e)
{
	const struct problem *p = c->p;
	const struct problem_group *group = &p->groups[c->group_of[e]];
	const struct place *place = &c->places[e];
	const struct problem_event *event = p->events ? &p->events[e] : NULL;
	const uint16_t room_cost = group->room_cost && place->room >= 0 ?
		group->room_cost[place->room] : 0;

	if (event && event->lock_slot >= 0 && event->lock_slot != place->slot)
		c->cost->unlocked++;
	if (event && event->lock_room >= 0 && event->lock_room != place->room)
		c->cost->unlocked++;
	if (event && event->keep_slot >= 0 && event->keep_slot != place->slot)
		c->cost->keep += p->weights.keep_slot;
	if (event && event->keep_room >= 0 && event->keep_room != place->room)
		c->cost->keep += p->weights.keep_room;
	if (place->slot < 0 || place->room < 0) {
		c->cost->unplaced++;
		return;
	}
	if (room_cost == PROBLEM_FORBIDDEN)
		c->cost->forbidden++;
	else
		c->cost->room += (int64_t)room_cost * p->weights.room;
	if (place->slot + group->duration > p->slot_count ||
	    p->slot_day[place->slot] != p->slot_day[last_slot(c, e) - 1])
		c->cost->forbidden++;
	for (int32_t s = place->slot; s < last_slot(c, e); s++) {
		const uint8_t *closed = p->rooms[place->room].closed;

		if (closed && closed[s])
			c->cost->forbidden++;
		if (group->slot_cost && group->slot_cost[s] == PROBLEM_FORBIDDEN)
			c->cost->forbidden++;
		else if (group->slot_cost)
			c->cost->slot += (int64_t)group->slot_cost[s] * p->weights.slot;
	}
}

/* Days used and rooms used of one group. */
static void count_group(struct count *c, int32_t g)
{
	const struct problem *p = c->p;
	const struct problem_group *group = &p->groups[g];
	const int32_t *span = p->slot_span ? p->slot_span : p->slot_day;
	int32_t spans = 0, rooms = 0;

	for (int32_t e = group->first; e < group->first + group->count; e++) {
		bool new_span = true, new_room = true;

		if (c->places[e].slot < 0 || c->places[e].room < 0)
			continue;
		for (int32_t f = group->first; f < e; f++) {
			if (c->places[f].slot < 0 || c->places[f].room < 0)
				continue;
			if (span[c->places[f].slot] == span[c->places[e].slot])
				new_span = false;
			if (c->places[f].room == c->places[e].room)
				new_room = false;
		}
		spans += new_span;
		rooms += new_room;
	}
	if (spans < group->min_spans)
		c->cost->spread += (int64_t)(group->min_spans - spans) * p->weights.spread;
	if (group->stable && rooms > 1)
		c->cost->stability += (int64_t)(rooms - 1) * p->weights.stability;
}

static void count_isolated(struct count *c)
{
	const struct problem *p = c->p;
	const size_t slots = (size_t)p->slot_count;
	int32_t *busy;

	if (!p->weights.isolated) /* the table of a large term is a large one */
		return;
	busy = mem_alloc(sizeof *busy * (slots + 1) * (size_t)(p->resource_count + 1));
	for (int32_t e = 0; e < p->event_count; e++) {
		const struct problem_group *group = &p->groups[c->group_of[e]];

		for (int32_t s = c->places[e].slot; s >= 0 && s < last_slot(c, e); s++)
			for (int32_t i = 0; i < group->resource_count; i++)
				busy[(size_t)group->resources[i] * slots + (size_t)s]++;
	}
	for (int32_t q = 0; q < p->resource_count; q++) {
		const int32_t *row = busy + (size_t)q * slots;

		for (int32_t s = 0; p->resources[q].compact && s < p->slot_count; s++) {
			const bool before = s > 0 && p->slot_day[s - 1] == p->slot_day[s] &&
				row[s - 1];
			const bool after = s + 1 < p->slot_count &&
				p->slot_day[s + 1] == p->slot_day[s] && row[s + 1];

			if (!before && !after)
				c->cost->isolated += (int64_t)row[s] * p->weights.isolated;
		}
	}
	free(busy);
}

/* Dense numbers of the days; returns how many there are. */
static int32_t days_number(const struct problem *p, int32_t *day_of)
{
	int32_t day = -1;

	for (int32_t s = 0; s < p->slot_count; s++) {
		day += !s || p->slot_day[s] != p->slot_day[s - 1];
		day_of[s] = day;
	}
	return day + 1;
}

/* Slots of each resource by what PART_OF says of a slot, which has COUNT values. */
static int32_t *load_by(const struct count *c, const int32_t *part_of, size_t count)
{
	const struct problem *p = c->p;
	int32_t *load = mem_alloc(sizeof *load * (count + 1) * (size_t)(p->resource_count + 1));

	for (int32_t e = 0; e < p->event_count; e++) {
		const struct problem_group *group = &p->groups[c->group_of[e]];

		for (int32_t s = c->places[e].slot; s >= 0 && s < last_slot(c, e); s++)
			for (int32_t i = 0; i < group->resource_count; i++)
				load[(size_t)group->resources[i] * count + (size_t)part_of[s]]++;
	}
	return load;
}

static int64_t past(const int32_t *load, const uint16_t *used, size_t count, int32_t most)
{
	int64_t sum = 0;

	for (size_t i = 0; most && i < count; i++) {
		const int32_t over = load[i] + (used ? used[i] : 0) - most;

		sum += over > 0 ? over : 0;
	}
	return sum;
}

static void count_days(struct count *c, const int32_t *day_of, size_t days)
{
	const struct problem *p = c->p;
	int32_t *load = load_by(c, day_of, days);

	for (int32_t q = 0; q < p->resource_count; q++)
		c->cost->overload += p->weights.overload *
			past(load + (size_t)q * days, p->resources[q].day_used, days,
			     p->resources[q].day_most);
	free(load);
}

static void count_spans(struct count *c, const int32_t *day_of)
{
	const struct problem *p = c->p;
	const int32_t *span_of = p->slot_span ? p->slot_span : day_of;
	size_t spans = 0;
	int32_t *load;

	for (int32_t s = 0; s < p->slot_count; s++)
		if ((size_t)span_of[s] >= spans)
			spans = (size_t)span_of[s] + 1;
	load = load_by(c, span_of, spans);
	for (int32_t q = 0; q < p->resource_count; q++)
		c->cost->span_overload += p->weights.span_overload *
			past(load + (size_t)q * spans, p->resources[q].span_used, spans,
			     p->resources[q].span_most);
	free(load);
}

static void count_shares(struct count *c, const int32_t *day_of)
{
	const struct problem *p = c->p;
	int64_t *events = mem_alloc(sizeof *events * (size_t)(p->share_count + 1));

	for (int32_t e = 0; e < p->event_count; e++) {
		const struct problem_group *group = &p->groups[c->group_of[e]];

		for (int32_t i = 0; i < group->share_count; i++)
			if (c->places[e].slot >= 0 && c->places[e].room >= 0 &&
			    p->shares[group->shares[i]].days[day_of[c->places[e].slot]])
				events[group->shares[i]]++;
	}
	for (int32_t i = 0; i < p->share_count; i++) {
		const int64_t over = events[i] + p->shares[i].used - p->shares[i].most;

		c->cost->share += over > 0 ? over * p->weights.share : 0;
	}
	free(events);
}

/* What lies past the limits of days, spans and shares. */
static void count_limits(struct count *c)
{
	const struct problem_weights *w = &c->p->weights;
	int32_t *day_of = mem_alloc(sizeof *day_of * (size_t)(c->p->slot_count + 1));
	const size_t days = (size_t)days_number(c->p, day_of);

	if (w->overload)
		count_days(c, day_of, days);
	if (w->span_overload)
		count_spans(c, day_of);
	if (w->share)
		count_shares(c, day_of);
	free(day_of);
}

void problem_evaluate(const struct problem *p, const struct place *places,
		      struct problem_cost *cost)
{
	struct count c = { .p = p, .places = places, .cost = cost };

	memset(cost, 0, sizeof *cost);
	c.group_of = mem_alloc(sizeof *c.group_of * (size_t)(p->event_count + 1));
	c.first_at = mem_alloc(sizeof *c.first_at * (size_t)(p->slot_count + 2));
	for (int32_t g = 0; g < p->group_count; g++)
		for (int32_t i = 0; i < p->groups[g].count; i++)
			c.group_of[p->groups[g].first + i] = g;
	sort_into_slots(&c);
	sort_pairs(&c);
	count_slots(&c);
	count_rooms(&c);
	for (int32_t e = 0; e < p->event_count; e++)
		count_event(&c, e);
	for (int32_t g = 0; g < p->group_count; g++)
		count_group(&c, g);
	count_isolated(&c);
	count_limits(&c);
	cost->hard = cost->unplaced + cost->clashes + cost->crowded + cost->forbidden +
		cost->unlocked;
	cost->soft = cost->slot + cost->room + cost->spread + cost->isolated + cost->stability +
		cost->keep + cost->overload + cost->span_overload + cost->share;
	free(c.group_of);
	free(c.first_at);
	free(c.at);
	free(c.pair_at);
	free(c.partner);
}
