#include "core/planner/tables.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"

enum { MATRIX_GROUPS = 4096, /* 2 MB of bits */ GROUPS_AT_ONCE = 64 };

static int32_t *numbers(size_t count)
{
	return mem_alloc(sizeof(int32_t) * (count + 1));
}

static void lay_out_cells(struct tables *t)
{
	const struct problem *p = t->problem;
	const int32_t *span = p->slot_span ? p->slot_span : p->slot_day;
	int32_t cell = 2;

	t->cell_of = numbers((size_t)p->slot_count);
	for (int32_t s = 0; s < p->slot_count; s++) {
		cell += s && p->slot_day[s] != p->slot_day[s - 1];
		t->cell_of[s] = cell++;
	}
	t->width = cell + 2;
	t->slot_of = numbers((size_t)t->width);
	t->span_of = numbers((size_t)t->width);
	t->day_of = numbers((size_t)t->width);
	for (int32_t c = 0; c < t->width; c++)
		t->slot_of[c] = PROBLEM_NONE;
	for (int32_t s = 0; s < p->slot_count; s++) {
		/* Days may have any numbers; those of spans are small by contract. */
		if (p->slot_span)
			t->span_of[t->cell_of[s]] = span[s];
		else
			t->span_of[t->cell_of[s]] = s == 0 ? 0 :
				t->span_of[t->cell_of[s - 1]] + (span[s] != span[s - 1]);
		if (t->span_of[t->cell_of[s]] >= t->span_count)
			t->span_count = t->span_of[t->cell_of[s]] + 1;
		t->slot_of[t->cell_of[s]] = s;
		t->day_count += !s || p->slot_day[s] != p->slot_day[s - 1];
		t->day_of[t->cell_of[s]] = t->day_count - 1;
	}
}

static void fill_profile(struct tables *t, struct profile *profile, int32_t group)
{
	const struct problem *p = t->problem;
	const uint16_t *source = p->groups[group].slot_cost;

	profile->source = source;
	profile->duration = p->groups[group].duration;
	profile->cost = numbers((size_t)t->width);
	profile->cells = numbers((size_t)p->slot_count);
	for (int32_t c = 0; c < t->width; c++)
		profile->cost[c] = -1;
	for (int32_t s = 0; s < p->slot_count; s++) {
		int32_t cost = 0;

		if (!problem_slot_allowed(p, group, s))
			continue;
		for (int32_t i = 0; source && i < profile->duration; i++)
			cost += source[s + i] * p->weights.slot;
		profile->cost[t->cell_of[s]] = cost;
		profile->cells[profile->cell_count++] = t->cell_of[s];
	}
}

static const struct profile *profile_of(struct tables *t, int32_t group)
{
	const struct problem_group *g = &t->problem->groups[group];

	/* Groups that share a table lie near each other. */
	for (int32_t i = t->profile_count - 1; i >= 0 && i >= t->profile_count - 64; i--)
		if (t->profiles[i].source == g->slot_cost &&
		    t->profiles[i].duration == g->duration)
			return &t->profiles[i];
	fill_profile(t, &t->profiles[t->profile_count], group);
	return &t->profiles[t->profile_count++];
}

static int by_cost(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static void fill_room_profile(const struct tables *t, struct room_profile *profile,
			      const uint16_t *source)
{
	int64_t *order = mem_alloc(sizeof *order * (size_t)(t->room_count + 1));

	profile->source = source;
	profile->cost = numbers((size_t)t->room_count);
	profile->rooms = numbers((size_t)t->room_count);
	for (int32_t r = 0; r < t->room_count; r++) {
		const bool may = !source || source[r] != PROBLEM_FORBIDDEN;

		profile->cost[r] = !may ? -1 : source ? source[r] * t->problem->weights.room : 0;
		if (may)
			order[profile->room_count++] = (int64_t)profile->cost[r] << 32 | r;
	}
	qsort(order, (size_t)profile->room_count, sizeof *order, by_cost);
	for (int32_t i = 0; i < profile->room_count; i++) {
		profile->rooms[i] = (int32_t)(order[i] & INT32_MAX);
		profile->cheap_count += order[i] >> 32 == order[0] >> 32;
	}
	free(order);
}

static const struct room_profile *room_profile_of(struct tables *t, int32_t group)
{
	const uint16_t *source = t->problem->groups[group].room_cost;

	for (int32_t i = t->room_profile_count - 1; i >= 0 && i >= t->room_profile_count - 64; i--)
		if (t->room_profiles[i].source == source)
			return &t->room_profiles[i];
	fill_room_profile(t, &t->room_profiles[t->room_profile_count], source);
	return &t->room_profiles[t->room_profile_count++];
}

/* Lists of the groups of each resource: heads[q] … heads[q + 1] of the result. */
static int32_t *members_of_resources(const struct problem *p, int32_t *heads)
{
	int32_t *members;

	for (int32_t g = 0; g < p->group_count; g++)
		for (int32_t i = 0; i < p->groups[g].resource_count; i++)
			heads[p->groups[g].resources[i] + 1]++;
	for (int32_t q = 0; q < p->resource_count; q++)
		heads[q + 1] += heads[q];
	members = numbers((size_t)heads[p->resource_count]);
	for (int32_t g = p->group_count - 1; g >= 0; g--)
		for (int32_t i = 0; i < p->groups[g].resource_count; i++)
			members[--heads[p->groups[g].resources[i] + 1]] = g;
	/* Each head now is where its own list begins, one place too far on. */
	memmove(heads, heads + 1, sizeof *heads * (size_t)p->resource_count);
	heads[p->resource_count] = 0;
	for (int32_t g = 0; g < p->group_count; g++)
		heads[p->resource_count] += p->groups[g].resource_count;
	return members;
}

/* Lists of the partners of each group, as above. */
static int32_t *partners_of_groups(const struct problem *p, int32_t *heads)
{
	int32_t *partners = numbers((size_t)p->pair_count * 2);

	for (int32_t i = 0; i < p->pair_count; i++) {
		heads[p->pairs[i].a]++;
		heads[p->pairs[i].b]++;
	}
	for (int32_t g = 1; g <= p->group_count; g++)
		heads[g] += heads[g - 1];
	for (int32_t i = p->pair_count - 1; i >= 0; i--) {
		partners[--heads[p->pairs[i].a]] = p->pairs[i].b;
		partners[--heads[p->pairs[i].b]] = p->pairs[i].a;
	}
	return partners;
}

static int ascending(const void *a, const void *b)
{
	const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return x < y ? -1 : x > y;
}

/* Lists the rivals of every group; OUT NULL only counts them. */
static size_t list_rivals(struct tables *t, const int32_t *heads, const int32_t *members,
			  const int32_t *pair_heads, const int32_t *partners, int32_t *out,
			  const struct stop *stop)
{
	const struct problem *p = t->problem;
	int32_t *seen = numbers((size_t)p->group_count);
	size_t total = 0;

	for (int32_t g = 0; g < p->group_count; g++) {
		const size_t from = total;

		if (g % GROUPS_AT_ONCE == 0 && stop_asked(stop))
			break;
		seen[g] = g + 1;
		if (out)
			out[total] = g;
		total++;
		for (int32_t i = 0; i <= p->groups[g].resource_count; i++) {
			const bool pairs = i == p->groups[g].resource_count;
			const int32_t q = pairs ? g : p->groups[g].resources[i];
			const int32_t *list = pairs ? partners : members;
			const int32_t *ends = pairs ? pair_heads : heads;

			for (int32_t k = ends[q]; (pairs || !p->resources[q].many) &&
				     k < ends[q + 1]; k++) {
				if (seen[list[k]] == g + 1)
					continue;
				seen[list[k]] = g + 1;
				if (out)
					out[total] = list[k];
				total++;
			}
		}
		if (out) {
			qsort(out + from, total - from, sizeof *out, ascending);
			t->groups[g].rivals = out + from;
			t->groups[g].rival_count = (int32_t)(total - from);
		}
	}
	free(seen);
	return total;
}

/* A stop leaves the lists unfinished. */
static void find_rivals(struct tables *t, const struct stop *stop)
{
	const struct problem *p = t->problem;
	int32_t *heads = numbers((size_t)p->resource_count + 1);
	int32_t *pair_heads = numbers((size_t)p->group_count + 1);
	int32_t *members = members_of_resources(p, heads);
	int32_t *partners = partners_of_groups(p, pair_heads);

	t->rival_pool = numbers(list_rivals(t, heads, members, pair_heads, partners, NULL, NULL));
	list_rivals(t, heads, members, pair_heads, partners, t->rival_pool, stop);
	free(heads);
	free(pair_heads);
	free(members);
	free(partners);
	if (p->group_count > MATRIX_GROUPS)
		return;
	t->rival_words = ((size_t)p->group_count + 63) / 64;
	t->rival_bits = mem_alloc(8 * (t->rival_words * (size_t)p->group_count + 1));
	for (int32_t g = 0; g < p->group_count; g++)
		for (int32_t i = 0; i < t->groups[g].rival_count; i++)
			t->rival_bits[(size_t)g * t->rival_words +
				      (size_t)(t->groups[g].rivals[i] >> 6)] |=
				UINT64_C(1) << (t->groups[g].rivals[i] & 63);
}

bool tables_rivals_searched(const struct group_table *a, int32_t b)
{
	return bsearch(&b, a->rivals, (size_t)a->rival_count, sizeof b, ascending);
}

/* Compact resources get rows of their own, dense. */
static void number_compact(struct tables *t)
{
	const struct problem *p = t->problem;
	int32_t *row_of = numbers((size_t)p->resource_count);
	size_t total = 0, used = 0;

	for (int32_t q = 0; q < p->resource_count; q++) {
		if (p->resources[q].compact && p->weights.isolated) {
			row_of[q] = t->compact_rows++;
			t->many_compact = t->many_compact || p->resources[q].many;
		} else {
			row_of[q] = PROBLEM_NONE;
		}
	}
	for (int32_t g = 0; g < p->group_count; g++)
		total += (size_t)p->groups[g].resource_count;
	t->compact_pool = numbers(total);
	for (int32_t g = 0; g < p->group_count; g++) {
		t->groups[g].compact = t->compact_pool + used;
		for (int32_t i = 0; i < p->groups[g].resource_count; i++)
			if (row_of[p->groups[g].resources[i]] >= 0) {
				t->compact_pool[used++] = row_of[p->groups[g].resources[i]];
				t->groups[g].compact_count++;
			}
	}
	free(row_of);
}

static void look_at_events(struct tables *t)
{
	t->movable = numbers((size_t)t->event_count);
	t->hopeless = true;
	for (int32_t e = 0; e < t->event_count; e++) {
		const struct problem_event *event = tables_event(t, e);
		const struct group_table *group = &t->groups[t->group_of[e]];

		if (event && (event->keep_slot >= 0 || event->keep_room >= 0))
			t->keeps = true;
		if (event && (event->lock_slot >= 0 || event->lock_room >= 0))
			t->locks = true;
		if (event && event->lock_slot >= 0 && event->lock_room >= 0)
			continue;
		t->movable[t->movable_count++] = e;
		if (group->profile->cell_count && group->rooms->room_count)
			t->hopeless = false;
	}
}

static void groups_fill(struct tables *t, const struct stop *stop)
{
	const struct problem *p = t->problem;

	for (int32_t g = 0; g < p->group_count; g++) {
		struct group_table *group = &t->groups[g];

		if (g % GROUPS_AT_ONCE == 0 && stop_asked(stop))
			return;
		group->first = p->groups[g].first;
		group->count = p->groups[g].count;
		group->duration = p->groups[g].duration;
		group->min_spans = p->groups[g].min_spans;
		group->stability = p->groups[g].stable ? p->weights.stability : 0;
		group->profile = profile_of(t, g);
		group->rooms = room_profile_of(t, g);
		t->unit = t->unit && group->duration == 1;
		for (int32_t i = 0; i < group->count; i++)
			t->group_of[group->first + i] = g;
	}
}

struct tables *tables_new(const struct problem *p, const struct stop *stop)
{
	struct tables *t = mem_alloc(sizeof *t);

	t->problem = p;
	t->group_count = p->group_count;
	t->event_count = p->event_count;
	t->room_count = p->room_count;
	t->unit = true;
	lay_out_cells(t);
	t->group_of = numbers((size_t)p->event_count);
	t->groups = mem_alloc(sizeof *t->groups * (size_t)(p->group_count + 1));
	t->profiles = mem_alloc(sizeof *t->profiles * (size_t)(p->group_count + 1));
	t->room_profiles = mem_alloc(sizeof *t->room_profiles * (size_t)(p->group_count + 1));
	groups_fill(t, stop);
	if (!stop_asked(stop)) {
		number_compact(t);
		tables_limits(t);
		find_rivals(t, stop);
	}
	if (stop_asked(stop)) {
		tables_free(t);
		return NULL;
	}
	look_at_events(t);
	return t;
}

void tables_free(struct tables *t)
{
	if (!t)
		return;
	for (int32_t i = 0; i < t->profile_count; i++) {
		free(t->profiles[i].cost);
		free(t->profiles[i].cells);
	}
	for (int32_t i = 0; i < t->room_profile_count; i++) {
		free(t->room_profiles[i].cost);
		free(t->room_profiles[i].rooms);
	}
	free(t->profiles);
	free(t->room_profiles);
	free(t->groups);
	free(t->group_of);
	free(t->cell_of);
	free(t->slot_of);
	free(t->span_of);
	free(t->day_of);
	for (int32_t i = 0; i < t->share_days_count; i++)
		free(t->share_days[i].counter);
	free(t->share_days);
	free(t->limits);
	free(t->load_used);
	free(t->limited_pool);
	free(t->movable);
	free(t->rival_bits);
	free(t->rival_pool);
	free(t->compact_pool);
	free(t);
}
