/* Cohorts of a demo world, formed before any learner is written: what each
 * learner studies and how far he came is decided here, then the learners of a
 * branch and programme are divided, intake by intake, among as many cohorts as
 * a centre of this size has. */
#include "core/store/demo_parts.h"

#include <stdlib.h>
#include <string.h>

/* Weights of the types: most learners are in the Assistance Plan. */
static const unsigned type_share[DEMO_TYPES] = { 62, 23, 15 };
static const unsigned branch_share[DEMO_BRANCHES] = { 70, 30 };

enum {
	STREAMS = DEMO_BRANCHES * DEMO_PROGRAMMES, /* nobody changes these two */
	CAPACITY = 45,
	/* A world this large is spread evenly, for no bucket has over 49,999 serials. */
	EVEN_FROM = 900000
};

/* Later intakes are larger: whoever came eight years ago is gone. */
static int64_t intake_weight(int intake)
{
	return (int64_t)intake * intake + 20;
}

void demo_bucket(const struct world *w, int index, struct demo_bucket *b)
{
	int64_t before = 0, own = 0, total = 0;

	for (int i = 0; i < DEMO_BUCKETS; i++) {
		int intake = i / (DEMO_BRANCHES * DEMO_TYPES);
		int branch = i / DEMO_TYPES % DEMO_BRANCHES;
		int type = i % DEMO_TYPES;
		int64_t weight = w->students >= EVEN_FROM ? 1 :
			intake_weight(intake) * branch_share[branch] * type_share[type];

		total += weight;
		if (i < index)
			before += weight;
		if (i == index) {
			own = weight;
			*b = (struct demo_bucket){ .intake = intake, .branch = branch, .type = type };
		}
	}
	b->from = w->students * before / total;
	b->to = w->students * (before + own) / total;
}

bool demo_gone(const struct demo_student *d)
{
	return d->status == STUDENT_EXPIRED || d->status == STUDENT_GRADUATED;
}

static int programme_of(const struct world *w, int64_t student, int type)
{
	uint64_t chance = demo_pick(w, STREAM_TYPE, (uint64_t)student, 100);

	if (type == 1)
		return DEMO_MECH;
	if (type == 0)
		return chance < 70 ? DEMO_AUTO : DEMO_LOG;
	return chance < 45 ? DEMO_AUTO : chance < 75 ? DEMO_LOG : DEMO_MECH;
}

/* How far the studies went decides the standing; DOMAIN.md 6 gives the limits:
 * 30 months at the least, 96 at the most. */
static void fate_decide(struct world *w, int64_t student, int type, int intake)
{
	struct demo_student *d = &w->student[student];
	uint64_t chance = demo_pick(w, STREAM_STATUS, (uint64_t)student, 1000);
	int age = INTAKES - 1 - intake; /* terms since the first */

	d->programme = (uint8_t)programme_of(w, student, type);
	d->intake = (uint8_t)intake;
	d->courses = (uint8_t)demo_pick(w, STREAM_COURSES, (uint64_t)student, 6);
	d->status = STUDENT_ACTIVE;
	if (age >= 16)
		d->status = STUDENT_EXPIRED;
	else if (chance < 25)
		d->status = STUDENT_WITHDRAWN;
	else if (chance < 50)
		d->status = STUDENT_LEAVE;
	if (d->programme == DEMO_AUTO && age >= 6 && chance >= 960) {
		d->status = STUDENT_GRADUATED;
		d->courses = (uint8_t)w->course_count[DEMO_AUTO];
	}
	if (age < STUDY_TERMS && d->courses > age)
		d->courses = (uint8_t)age;
}

/* --- how many cohorts --- */

/* What a stream has: its members, those who are gone, and its cohorts,
 * COUNT of them from the one at FIRST. */
struct stream {
	int64_t members, gone;
	int64_t first, count;
};

/* 80 for 2,000 learners and 4,000 for 110,000, in a straight line. Small worlds
 * have smaller cohorts, so that there are some to choose from. */
static int64_t cohorts_wanted(int64_t students)
{
	if (students < 2000)
		return students < 800 ? students / 10 : 80;
	return 80 + (students - 2000) * 98 / 2700;
}

/* Shares the cohorts out by the members of each stream; whoever has members has
 * a cohort, and what is left of the division goes to the largest remainders. */
static void streams_share(struct stream streams[STREAMS], int64_t wanted)
{
	int64_t members = 0, given = 0, rest[STREAMS];

	for (int i = 0; i < STREAMS; i++)
		members += streams[i].members;
	for (int i = 0; i < STREAMS; i++) {
		int64_t share = members ? streams[i].members * wanted : 0;

		streams[i].count = members ? share / members : 0;
		rest[i] = members ? share % members : 0;
		if (!streams[i].count && streams[i].members + streams[i].gone) {
			streams[i].count = 1;
			rest[i] = -1;
		}
		given += streams[i].count;
	}
	for (; given < wanted; given++) {
		int most = 0;

		for (int i = 1; i < STREAMS; i++)
			if (rest[i] > rest[most])
				most = i;
		streams[most].count++;
		rest[most] = -1;
	}
	for (int i = 1; i < STREAMS; i++)
		streams[i].first = streams[i - 1].first + streams[i - 1].count;
}

/* --- the cohorts --- */

static void cohort_found(struct world *w, int64_t index, int branch, const struct demo_student *first)
{
	/* Half of the learners change between two shifts by the week, half are in one
	 * of four crews. */
	static const uint8_t patterns[] = { DEMO_TWO_SHIFTS, DEMO_TWO_SHIFTS, DEMO_FOUR_CREWS_8,
					    DEMO_FOUR_CREWS_12 };
	struct demo_cohort *c = &w->cohorts[index];
	uint64_t n = (uint64_t)index;
	size_t cycle;

	c->programme = first->programme;
	c->intake = first->intake;
	c->branch = (uint8_t)branch;
	c->pattern = patterns[demo_pick(w, STREAM_PATTERN, n, sizeof patterns)];
	cycle = strlen(w->pattern[c->pattern]->cycle);
	c->team = (uint8_t)(demo_pick(w, STREAM_PATTERN, n + (1u << 30), demo_crews[c->pattern]) *
			    (cycle / demo_crews[c->pattern]));
}

/* The cohort of each learner: those of a stream follow each other, so that a
 * cohort is of one intake where an intake fills one. Those who are gone have left
 * theirs; the cohort that keeps their enrolments is any of the stream. */
static void members_divide(struct world *w, const struct stream streams[STREAMS])
{
	int64_t member[STREAMS] = { 0 }, left[STREAMS] = { 0 };

	for (int i = 0; i < DEMO_BUCKETS; i++) {
		struct demo_bucket b;

		demo_bucket(w, i, &b);
		for (int64_t s = b.from; s < b.to; s++) {
			struct demo_student *d = &w->student[s];
			int at = b.branch * DEMO_PROGRAMMES + d->programme;
			const struct stream *stream = &streams[at];
			const int64_t members = stream->members ? stream->members : 1;
			bool gone = demo_gone(d);
			struct demo_cohort *c;

			d->cohort = (int32_t)(stream->first + (gone ? left[at]++ % stream->count :
				member[at]++ * stream->count / members));
			c = &w->cohorts[d->cohort];
			if (gone ? !stream->members && !c->members : !c->members)
				cohort_found(w, d->cohort, b.branch, d);
			c->members += !gone || !stream->members;
			c->last = d->intake;
		}
	}
}

static const char programme_letter[DEMO_PROGRAMMES] = { 'Z', 'L', 'M' };
static const char *const programme_short[DEMO_PROGRAMMES] = { "汽车制造", "现代物流", "机械制造" };

static int cohort_add(struct world *w, struct demo_cohort *d, int number, struct error *err)
{
	struct cohort *c = record_new(w->arena, &cohort_fields);
	int year = demo_intake_year(d->intake);
	int rc;

	/* Eight characters, so that a narrow table shows all of them. */
	c->code = arena_printf(w->arena, "%02d%c%c%04d", year % 100, d->intake % 2 ? 'A' : 'S',
			       programme_letter[d->programme], number + d->branch * 5000);
	c->name = arena_printf(w->arena, "%d%s %s %d班", year, d->intake % 2 ? "秋" : "春",
			       programme_short[d->programme], number);
	c->programme_id = w->programme_id[d->programme];
	c->curriculum_id = w->curriculum_id[d->programme];
	c->centre_id = w->centre_id[d->branch][number % (d->branch ? 1 : 2)];
	c->intake = arena_printf(w->arena, "%d%c", year, d->intake % 2 ? 'A' : 'S');
	c->capacity = CAPACITY;
	c->shift_tolerance = 35;
	rc = demo_put(w, KIND_COHORT, c, err);
	d->id = c->id;
	return rc;
}

static int cohorts_add(struct world *w, struct error *err)
{
	int numbers[INTAKES][STREAMS] = { 0 };
	int rc = 0;

	for (size_t i = 0; i < w->cohort_count && rc == 0; i++) {
		struct demo_cohort *d = &w->cohorts[i];

		rc = cohort_add(w, d, ++numbers[d->intake][d->branch * DEMO_PROGRAMMES + d->programme],
				err);
	}
	return rc;
}

int demo_cohorts(struct world *w, struct error *err)
{
	struct stream streams[STREAMS] = { 0 };

	w->student = mem_alloc((size_t)w->students * sizeof *w->student);
	for (int i = 0; i < DEMO_BUCKETS; i++) {
		struct demo_bucket b;

		demo_bucket(w, i, &b);
		for (int64_t s = b.from; s < b.to; s++) {
			struct stream *stream;

			fate_decide(w, s, b.type, b.intake);
			stream = &streams[b.branch * DEMO_PROGRAMMES + w->student[s].programme];
			if (demo_gone(&w->student[s]))
				stream->gone++;
			else
				stream->members++;
		}
	}
	streams_share(streams, cohorts_wanted(w->students));
	w->cohort_count = (size_t)(streams[STREAMS - 1].first + streams[STREAMS - 1].count);
	w->cohorts = mem_alloc(w->cohort_count * sizeof *w->cohorts);
	members_divide(w, streams);
	return cohorts_add(w, err);
}
