/* Limits on what resources do in a day or a span, and on shares: each is a row with
 * counters, so that one piece of code counts all of them. */
#include "core/planner/tables.h"

#include <stdlib.h>

#include "core/base/arena.h"

static int32_t *numbers(size_t count)
{
	return mem_alloc(sizeof(int32_t) * (count + 1));
}

static int32_t row_add(struct tables *t, const int32_t *counter, int32_t count, int32_t most,
		       int32_t weight)
{
	t->limits[t->limit_count] = (struct limit_row){ counter, t->load_count, most, weight, false };
	t->load_count += count;
	return t->limit_count++;
}

/* The first lies at HEADS[q], the last before HEADS[q + 1]. */
static void resource_rows(struct tables *t, int32_t *heads)
{
	const struct problem *p = t->problem;

	for (int32_t q = 0; q < p->resource_count; q++) {
		heads[q] = t->limit_count;
		if (p->resources[q].day_most && p->weights.overload)
			row_add(t, t->day_of, t->day_count, p->resources[q].day_most,
				p->weights.overload);
		if (p->resources[q].span_most && p->weights.span_overload)
			row_add(t, t->span_of, t->span_count, p->resources[q].span_most,
				p->weights.span_overload);
	}
	heads[p->resource_count] = t->limit_count;
}

static const int32_t *share_days(struct tables *t, const uint8_t *days)
{
	struct share_days *list = t->share_days, *made;

	/* Few tables of days are shared by many shares. */
	for (int32_t i = t->share_days_count - 1; i >= 0 && i >= t->share_days_count - 256; i--)
		if (list[i].source == days)
			return list[i].counter;
	made = &list[t->share_days_count++];
	made->source = days;
	made->counter = numbers((size_t)t->width);
	for (int32_t c = 0; c < t->width; c++)
		made->counter[c] = t->slot_of[c] >= 0 && days[t->day_of[c]] ? 0 : -1;
	return made->counter;
}

static void share_rows(struct tables *t)
{
	const struct problem *p = t->problem;

	t->share_days = mem_alloc(sizeof *t->share_days * (size_t)(p->share_count + 1));
	for (int32_t i = 0; p->weights.share && i < p->share_count; i++)
		t->limits[row_add(t, share_days(t, p->shares[i].days), 1, p->shares[i].most,
				  p->weights.share)].by_event = true;
}

/* The rows of each group, in their order. */
static void group_rows(struct tables *t, const int32_t *heads, int32_t first_share)
{
	const struct problem *p = t->problem;
	size_t total = 0, used = 0;

	for (int32_t g = 0; g < p->group_count; g++)
		total += 2 * (size_t)p->groups[g].resource_count + (size_t)p->groups[g].share_count;
	t->limited_pool = numbers(total);
	for (int32_t g = 0; g < p->group_count; g++) {
		const struct problem_group *group = &p->groups[g];
		const size_t from = used;

		t->groups[g].limited = t->limited_pool + used;
		for (int32_t i = 0; i < group->resource_count; i++)
			for (int32_t row = heads[group->resources[i]];
			     row < heads[group->resources[i] + 1]; row++)
				t->limited_pool[used++] = row;
		for (int32_t i = 0; p->weights.share && i < group->share_count; i++)
			t->limited_pool[used++] = first_share + group->shares[i];
		t->groups[g].limited_count = (int32_t)(used - from);
	}
}

static void used_fill(struct tables *t, const int32_t *heads, int32_t first_share)
{
	const struct problem *p = t->problem;

	t->load_used = numbers((size_t)t->load_count);
	for (int32_t q = 0; q < p->resource_count; q++)
		for (int32_t row = heads[q]; row < heads[q + 1]; row++) {
			const bool day = t->limits[row].counter == t->day_of;
			const uint16_t *used = day ? p->resources[q].day_used : p->resources[q].span_used;
			const int32_t count = day ? t->day_count : t->span_count;

			for (int32_t i = 0; used && i < count; i++)
				t->load_used[t->limits[row].base + i] = used[i];
		}
	for (int32_t i = 0; p->weights.share && i < p->share_count; i++)
		t->load_used[t->limits[first_share + i].base] = p->shares[i].used;
}

void tables_limits(struct tables *t)
{
	const struct problem *p = t->problem;
	int32_t *heads = numbers((size_t)p->resource_count + 1), first_share;

	t->limits = mem_alloc(sizeof *t->limits *
			      (2 * (size_t)p->resource_count + (size_t)p->share_count + 1));
	resource_rows(t, heads);
	first_share = t->limit_count;
	share_rows(t);
	group_rows(t, heads, first_share);
	used_fill(t, heads, first_share);
	t->unit = t->unit && !t->limit_count;
	free(heads);
}
