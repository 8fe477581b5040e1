#include "tests/unit/conflict_oracle.h"

#include <stdlib.h>
#include <string.h>

struct oracle {
	const struct conflict_input *in;
	const bool *absent;
	bool minutes;
	struct oracle_list *list;
};

static void add(struct oracle *o, enum conflict_kind kind, int a, int b)
{
	struct oracle_list *list = o->list;

	if (list->count == list->room) {
		list->room = list->room ? list->room * 2 : 64;
		list->item = mem_grow(list->item, list->room * sizeof *list->item);
	}
	list->item[list->count++] = (struct oracle_finding){
		kind, b >= 0 && b < a ? b : a, b >= 0 && b < a ? a : b };
}

static bool meet(const struct oracle *o, struct conflict_span a, struct conflict_span b)
{
	if (!o->minutes)
		return a.end > b.start && b.end > a.start;
	for (int64_t m = a.start; m < a.end; m++)
		if (m >= b.start && m < b.end)
			return true;
	return false;
}

static int64_t day_of(int64_t minute)
{
	int64_t day = minute / 1440;

	return day * 1440 > minute ? day - 1 : day;
}

static bool listed(const int64_t *list, size_t count, int64_t value)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == value)
			return true;
	return false;
}

static bool among(const struct conflict_ints *ints, int value)
{
	for (size_t i = 0; i < ints->count; i++)
		if (ints->item[i] == value)
			return true;
	return false;
}

static bool any_common(const struct conflict_ints *a, const struct conflict_ints *b)
{
	for (size_t i = 0; i < a->count; i++)
		if (among(b, a->item[i]))
			return true;
	return false;
}

static bool attends(const struct oracle *o, int meeting, int student)
{
	const struct conflict_ints *cohorts =
		&o->in->sessions[o->in->meetings[meeting].session].cohorts;

	for (size_t i = 0; i < cohorts->count; i++)
		if (among(&o->in->cohorts[cohorts->item[i]].students, student))
			return true;
	return false;
}

static int64_t members(const struct oracle *o, int meeting)
{
	int64_t count = 0;

	for (size_t s = 0; s < o->in->student_count; s++)
		count += attends(o, meeting, (int)s);
	return count;
}

static bool share(const struct oracle *o, int a, int b)
{
	for (size_t s = 0; s < o->in->student_count; s++)
		if (attends(o, a, (int)s) && attends(o, b, (int)s))
			return true;
	return false;
}

/* --- one meeting --- */

static bool year_loaded(const struct oracle *o, int64_t date)
{
	return listed(o->in->calendar.years, o->in->calendar.year_count, date_to_civil(date).year);
}

static void check_room(struct oracle *o, int i)
{
	const struct conflict_meeting *m = &o->in->meetings[i];
	const struct conflict_session *s = &o->in->sessions[m->session];
	const struct conflict_room *room = &o->in->rooms[m->room];
	int64_t there = members(o, i), date = day_of(m->time.start), staff = 0;
	bool open = !room->has_hours, lacks = false;

	for (int64_t d = date - 1; d <= date && room->has_hours; d++)
		open = open || (m->time.start >= d * 1440 + room->open.from &&
				m->time.end <= d * 1440 + room->open.to);
	for (size_t k = 0; k < room->closed.count; k++)
		open = open && !meet(o, room->closed.item[k], m->time);
	if (!open)
		add(o, CONFLICT_ROOM_CLOSED, i, -1);
	if (there > room->capacity + s->online_seats)
		add(o, CONFLICT_CAPACITY, i, -1);
	for (size_t k = 0; k < s->needs.count; k++)
		lacks = lacks || !among(&room->has, s->needs.item[k]);
	if (lacks)
		add(o, CONFLICT_EQUIPMENT, i, -1);
	for (size_t t = 0; t < o->in->teacher_count; t++)
		staff += among(&m->teachers, (int)t);
	if ((room->ratio != OV_NULL && there > room->ratio * staff) || staff < room->min_staff ||
	    (room->stations != OV_NULL && there > room->stations))
		add(o, CONFLICT_SAFETY_RATIO, i, -1);
}

/* Minute by minute: in an unwanted time, or in no wanted one while there are some. */
static bool is_against(const struct conflict_wishes *wishes, int64_t at)
{
	int64_t weekday = date_weekday(day_of(at)), minute = at - day_of(at) * 1440;
	int wants = 0, wanted = 0, unwanted = 0;

	for (size_t i = 0; i < wishes->count; i++) {
		const struct conflict_wish *w = &wishes->item[i];
		int here = w->weekday == weekday && w->from <= minute && minute < w->to;

		wants += w->wanted;
		wanted += w->wanted && here;
		unwanted += !w->wanted && here;
	}
	return unwanted || (wants && !wanted);
}

static void check_teachers(struct oracle *o, int i)
{
	const struct conflict_meeting *m = &o->in->meetings[i];
	const struct conflict_ints *needs = &o->in->sessions[m->session].needs_cert;
	bool away = false, unfit = false, against = false;

	for (size_t k = 0; k < m->teachers.count; k++) {
		const struct conflict_teacher *t = &o->in->teachers[m->teachers.item[k]];

		for (int64_t at = m->time.start; at < m->time.end; at++)
			against = against || is_against(&t->wishes, at);
		for (size_t a = 0; a < t->away.count; a++)
			away = away || meet(o, t->away.item[a], m->time);
		for (size_t n = 0; n < needs->count; n++) {
			bool fit = false;

			for (size_t c = 0; c < t->certificate_count; c++)
				fit = fit || (t->certificates[c].feature == needs->item[n] &&
					      (t->certificates[c].last_day == OV_NULL ||
					       t->certificates[c].last_day >= day_of(m->time.end - 1)));
			unfit = unfit || !fit;
		}
	}
	if (away)
		add(o, CONFLICT_TEACHER_AWAY, i, -1);
	if (against)
		add(o, CONFLICT_TEACHER_WISH, i, -1);
	if (unfit)
		add(o, CONFLICT_CERTIFICATE, i, -1);
}

struct shifts_met {
	bool clash, brief, soft, unknown;
};

static void shift_meets(const struct oracle *o, struct conflict_span work, struct conflict_span time,
			struct shifts_met *met)
{
	const struct conflict_policy *policy = &o->in->policy;
	int64_t gap, limit;

	if (meet(o, work, time)) {
		met->clash = true;
		return;
	}
	gap = work.end <= time.start ? time.start - work.end : work.start - time.end;
	limit = work.end <= time.start && work.end - day_of(work.end) * 1440 < 540 ?
		policy->rest_night : policy->commute;
	if (gap < limit)
		met->brief = true;
	else if (gap < limit + policy->rest_soft)
		met->soft = true;
}

static int modulo(int64_t value, size_t length)
{
	while (value < 0)
		value += (int64_t)length;
	return (int)(value % (int64_t)length);
}

static bool shift_listed(const struct conflict_pattern *p, int64_t offset, int64_t date, int shift)
{
	if (!p->weekday)
		return p->slots.count &&
		       p->slots.item[modulo(date - p->anchor + offset, p->slots.count)] == shift;
	if (!p->slots.count)
		return among(&p->on, shift);
	/* Monday 1969-12-29 is day -3 */
	return p->slots.item[modulo((date - (date_weekday(date) - 1) + 3) / 7 + offset,
				    p->slots.count)] == shift;
}

static void day_meets(const struct oracle *o, const struct conflict_student *who, int64_t date,
		      struct conflict_span time, struct shifts_met *met)
{
	const struct conflict_pattern *p = &o->in->patterns[who->pattern];
	const struct conflict_calendar *c = &o->in->calendar;
	bool known = !p->weekday || year_loaded(o, date);
	struct shifts_met supposed = { false, false, false, false };
	bool worked = !p->weekday || listed(c->swapped, c->swapped_count, date) ||
		      (date_weekday(date) < 6 && !listed(c->holidays, c->holiday_count, date));

	for (size_t e = 0; e < who->exception_count; e++)
		if (who->exceptions[e].date == date)
			return;
	for (size_t s = 0; s < p->shift_count; s++) {
		struct conflict_span work = { date * 1440 + p->shifts[s].from,
					      date * 1440 + p->shifts[s].to };

		if (!shift_listed(p, who->offset, date, (int)s))
			continue;
		if (known && worked)
			shift_meets(o, work, time, met);
		else if (!known)
			shift_meets(o, work, time, &supposed);
	}
	met->unknown = met->unknown || supposed.clash || supposed.brief;
}

static void check_shifts(struct oracle *o, int i)
{
	struct conflict_span time = o->in->meetings[i].time;
	int64_t first = day_of(time.start) - 1, last = day_of(time.end - 1) + 1;
	int64_t clash = 0, brief = 0, soft = 0;
	const struct conflict_session *session = &o->in->sessions[o->in->meetings[i].session];
	bool unknown = !year_loaded(o, day_of(time.start));

	for (size_t s = 0; s < o->in->student_count; s++) {
		const struct conflict_student *who = &o->in->students[s];
		struct shifts_met met = { false, false, false, false };

		if (!attends(o, i, (int)s))
			continue;
		for (int64_t d = first; d <= last && who->pattern >= 0; d++)
			day_meets(o, who, d, time, &met);
		for (size_t e = 0; e < who->exception_count; e++) {
			struct conflict_span extra = who->exceptions[e].added;

			if (extra.start < extra.end && day_of(extra.start) >= first &&
			    day_of(extra.start) <= last)
				shift_meets(o, extra, time, &met);
		}
		clash += met.clash;
		brief += met.brief;
		soft += met.soft && !met.brief;
		unknown = unknown || met.unknown;
	}
	if (clash * 100 > (session->has_tolerance ? session->tolerance :
			   o->in->policy.shift_tolerance) * members(o, i))
		add(o, CONFLICT_SHIFT_CLASH, i, -1);
	if (brief)
		add(o, CONFLICT_REST_SHORT, i, -1);
	if (soft)
		add(o, CONFLICT_REST_SOFT, i, -1);
	if (unknown)
		add(o, CONFLICT_CALENDAR_UNKNOWN, i, -1);
}

static bool here(const struct oracle *o, size_t i)
{
	return !o->absent || !o->absent[i];
}

static int64_t uses(const struct oracle *o, int meeting, int item)
{
	const struct conflict_session *s = &o->in->sessions[o->in->meetings[meeting].session];
	int64_t sum = 0;

	for (size_t u = 0; u < s->use_count; u++)
		sum += s->uses[u].item == item ? s->uses[u].count : 0;
	return sum;
}

/* Is there too little of an item that meeting I uses, when it starts? */
static bool pool_lacks(const struct oracle *o, int i, int item)
{
	int64_t start = o->in->meetings[i].time.start, sum = 0;

	for (size_t k = 0; k < o->in->meeting_count; k++)
		if (here(o, k) && o->in->meetings[k].time.start <= start &&
		    start < o->in->meetings[k].time.end)
			sum += uses(o, (int)k, item);
	return uses(o, i, item) > 0 && sum > o->in->pool_stock[item];
}

static void check_pools(struct oracle *o, int i)
{
	for (size_t item = 0; item < o->in->pool_count; item++)
		if (pool_lacks(o, i, (int)item))
			add(o, CONFLICT_POOL_EXCEEDED, i, -1);
}

/* Minutes up to and with this meeting, by start, on its day and in its ISO week. */
static void check_load(struct oracle *o, int i)
{
	const struct conflict_meeting *m = &o->in->meetings[i];
	int64_t date = day_of(m->time.start), monday = date - (date_weekday(date) - 1);

	for (size_t t = 0; t < m->teachers.count; t++) {
		int who = m->teachers.item[t];
		int64_t limit = o->in->teachers[who].max_day_min, day = 0, week = 0;

		for (size_t k = 0; k < o->in->meeting_count; k++) {
			const struct conflict_meeting *n = &o->in->meetings[k];
			int64_t its = day_of(n->time.start), minutes = n->time.end - n->time.start;

			if (!here(o, k) || !among(&n->teachers, who) || its < monday || its > date ||
			    n->time.start > m->time.start ||
			    (n->time.start == m->time.start && (int)k > i))
				continue;
			week += minutes;
			day += its == date ? minutes : 0;
		}
		if (limit == OV_NULL)
			limit = o->in->policy.max_day_min;
		if ((limit != OV_NULL && day > limit) || (o->in->policy.max_week_min != OV_NULL &&
							  week > o->in->policy.max_week_min))
			add(o, CONFLICT_TEACHER_LOAD, i, -1);
	}
}

/* --- pairs --- */

static int64_t travel(const struct oracle *o, int a, int b)
{
	int x = o->in->rooms[a].site, y = o->in->rooms[b].site;

	for (size_t i = 0; i < o->in->travel_count && x != y; i++)
		if ((o->in->travel[i].site_a == x && o->in->travel[i].site_b == y) ||
		    (o->in->travel[i].site_a == y && o->in->travel[i].site_b == x))
			return o->in->travel[i].minutes;
	return x == y ? 0 : o->in->policy.site_gap_min;
}

static void check_overlaps(struct oracle *o, int a, int b)
{
	const struct conflict_meeting *x = &o->in->meetings[a], *y = &o->in->meetings[b];
	const struct conflict_meeting *first = x->time.start <= y->time.start ? x : y;
	const struct conflict_meeting *second = first == x ? y : x;
	bool overlap = meet(o, x->time, y->time);
	bool cohort = any_common(&o->in->sessions[x->session].cohorts,
				 &o->in->sessions[y->session].cohorts);

	if (x->room >= 0 && x->room == y->room) {
		const struct conflict_room *room = &o->in->rooms[x->room];
		struct conflict_span wide_x = { x->time.start - room->setup, x->time.end + room->clear };
		struct conflict_span wide_y = { y->time.start - room->setup, y->time.end + room->clear };

		if (meet(o, wide_x, wide_y))
			add(o, CONFLICT_ROOM_OVERLAP, a, b);
	}
	if (any_common(&x->teachers, &y->teachers)) {
		if (overlap)
			add(o, CONFLICT_TEACHER_OVERLAP, a, b);
		else if (x->room >= 0 && y->room >= 0 &&
			 second->time.start - first->time.end < travel(o, x->room, y->room))
			add(o, CONFLICT_TEACHER_TRAVEL, a, b);
	}
	if (!overlap)
		return;
	if (cohort)
		add(o, CONFLICT_COHORT_OVERLAP, a, b);
	else if (share(o, a, b))
		add(o, CONFLICT_STUDENT_OVERLAP, a, b);
	if (x->session == y->session)
		add(o, CONFLICT_SELF_OVERLAP, a, b);
}

static bool day_full(const struct oracle *o, int a, int b)
{
	int64_t date = day_of(o->in->meetings[a].time.start);

	if (o->in->policy.exams_per_day == OV_NULL || day_of(o->in->meetings[b].time.start) != date)
		return false;
	for (size_t s = 0; s < o->in->student_count; s++) {
		int64_t sat = 0;

		for (size_t k = 0; k < o->in->meeting_count; k++)
			sat += here(o, k) && o->in->sessions[o->in->meetings[k].session].exam &&
			       day_of(o->in->meetings[k].time.start) == date && attends(o, (int)k, (int)s);
		if (attends(o, a, (int)s) && attends(o, b, (int)s) && sat > o->in->policy.exams_per_day)
			return true;
	}
	return false;
}

static void check_exams(struct oracle *o, int a, int b)
{
	const struct conflict_meeting *x = &o->in->meetings[a], *y = &o->in->meetings[b];
	const struct conflict_session *s = &o->in->sessions[x->session];
	const struct conflict_session *t = &o->in->sessions[y->session];
	bool bad = false;

	if ((!s->exam && !t->exam) || !share(o, a, b))
		return;
	if (s->exam && t->exam) {
		int64_t gap = x->time.start <= y->time.start ? y->time.start - x->time.end :
			      x->time.start - y->time.end;

		bad = (!meet(o, x->time, y->time) && gap < o->in->policy.exam_gap) || day_full(o, a, b);
	} else if (s->course >= 0 && s->course == t->course) {
		bad = s->exam ? y->time.start >= x->time.end : x->time.start >= y->time.end;
	}
	if (bad)
		add(o, CONFLICT_EXAM_GAP, a, b);
}

static void check_order(struct oracle *o, int a, int b)
{
	const struct conflict_meeting *x = &o->in->meetings[a], *y = &o->in->meetings[b];

	if ((among(&o->in->sessions[y->session].after, x->session) && x->time.end > y->time.start) ||
	    (among(&o->in->sessions[x->session].after, y->session) && y->time.end > x->time.start))
		add(o, CONFLICT_ORDER, a, b);
}

static int finding_order(const void *p, const void *q)
{
	const struct oracle_finding *x = p, *y = q;

	if (x->kind != y->kind)
		return (int)x->kind - (int)y->kind;
	return x->a != y->a ? x->a - y->a : x->b - y->b;
}

void oracle_find(const struct conflict_input *input, const bool *absent, bool minutes,
		 struct oracle_list *list)
{
	struct oracle o = { input, absent, minutes, list };
	size_t kept = 0;

	*list = (struct oracle_list){ NULL, 0, 0 };
	for (size_t i = 0; i < input->meeting_count; i++) {
		if (!here(&o, i))
			continue;
		if (!input->policy.holiday_teaching &&
		    listed(input->calendar.holidays, input->calendar.holiday_count,
			   day_of(input->meetings[i].time.start)))
			add(&o, CONFLICT_HOLIDAY, (int)i, -1);
		if (input->meetings[i].room >= 0)
			check_room(&o, (int)i);
		check_teachers(&o, (int)i);
		check_shifts(&o, (int)i);
		check_pools(&o, (int)i);
		check_load(&o, (int)i);
		for (size_t k = i + 1; k < input->meeting_count; k++) {
			if (!here(&o, k))
				continue;
			check_overlaps(&o, (int)i, (int)k);
			check_exams(&o, (int)i, (int)k);
			check_order(&o, (int)i, (int)k);
		}
	}
	if (list->count)
		qsort(list->item, list->count, sizeof *list->item, finding_order);
	for (size_t i = 0; i < list->count; i++)
		if (!kept || finding_order(&list->item[kept - 1], &list->item[i]))
			list->item[kept++] = list->item[i];
	list->count = kept;
}

bool oracle_about(const struct conflict_input *input, const bool *absent,
		  const struct oracle_finding *finding, int meeting)
{
	const struct conflict_meeting *m = &input->meetings[meeting];
	const struct conflict_meeting *other = &input->meetings[finding->a];
	struct oracle o = { input, absent, false, NULL };

	if (finding->a == meeting || finding->b == meeting)
		return true;
	if (finding->kind != CONFLICT_POOL_EXCEEDED || !meet(&o, m->time, other->time))
		return false;
	for (size_t item = 0; item < input->pool_count; item++)
		if (uses(&o, meeting, (int)item) > 0 && pool_lacks(&o, finding->a, (int)item))
			return true;
	return false;
}
