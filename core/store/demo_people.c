/* Learners of a demo world: persons, registrations and work. */
#include "core/store/demo_parts.h"

#include "core/base/pinyin.h"
#include "core/store/demo_names.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Prefecture-level area codes: they end in 00 and are not issued to people. */
static const char *const areas[] = {
	"110100", "120100", "130100", "130600", "140100", "210100", "220100",
	"230100", "310100", "320100", "320500", "330100", "340100", "370100",
	"410100", "420100", "430100", "430200", "440100", "510100", "610100",
};

enum { AREA_COUNT = sizeof areas / sizeof areas[0], BIRTH_DAYS = 13000 };

static const char *const type_codes[DEMO_TYPES] = { "064", "065", "001" };
static const char *const branch_codes[DEMO_BRANCHES] = { "101", "110" };

static const char *weighted(const struct demo_name *names, size_t count, uint64_t chance)
{
	uint64_t total = 0, at;

	for (size_t i = 0; i < count; i++)
		total += (uint64_t)names[i].weight;
	at = total ? chance % total : 0;
	for (size_t i = 0; i < count; i++) {
		if (at < (uint64_t)names[i].weight)
			return names[i].text;
		at -= (uint64_t)names[i].weight;
	}
	return names[0].text;
}

static const char *given(bool male, uint64_t chance)
{
	return male ? weighted(demo_given_male, demo_given_male_count, chance) :
		      weighted(demo_given_female, demo_given_female_count, chance);
}

static bool person_male(const struct world *w, int64_t person)
{
	return demo_pick(w, STREAM_SEX, (uint64_t)person, 100) < 68;
}

static char *person_name(const struct world *w, int64_t person, struct arena *arena)
{
	uint64_t p = (uint64_t)person;
	bool male = person_male(w, person);
	const char *surname = weighted(demo_surnames, demo_surnames_count,
				       demo_mix(w->seed, STREAM_SURNAME, p));
	const char *first = given(male, demo_mix(w->seed, STREAM_GIVEN, p));
	uint64_t second = demo_mix(w->seed, STREAM_GIVEN2, p);

	if (second % 100 < 22)
		return arena_printf(arena, "%s%s", surname, first);
	return arena_printf(arena, "%s%s%s", surname, first, given(male, second / 100));
}

/* The check character of GB 11643, DOMAIN.md 3.2. */
static char id_check(const char *id)
{
	static const int weight[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
	int sum = 0;

	for (int i = 0; i < 17; i++)
		sum += (id[i] - '0') * weight[i];
	return "10X98765432"[sum % 11];
}

static int64_t person_birth(int64_t person)
{
	/* 7919 is prime to BIRTH_DAYS, so neighbours get distant days and a
	 * (area, day, sequence) triple comes up once only. */
	return date_from_civil(1969, 1, 1) + person / AREA_COUNT * 7919 % BIRTH_DAYS;
}

static char *person_doc(const struct world *w, int64_t person, struct arena *arena)
{
	int64_t round = person / (AREA_COUNT * (int64_t)BIRTH_DAYS);
	int sequence = (int)round * 2 + (person_male(w, person) ? 1 : 2);
	struct civil born = date_to_civil(person_birth(person));
	char *id = arena_printf(arena, "%s%04d%02d%02d%03d?", areas[person % AREA_COUNT],
				born.year, born.month, born.day, sequence);

	id[17] = id_check(id);
	return id;
}

static struct person *person_make(const struct world *w, int64_t person, int64_t consent,
				  struct name_readings *readings, struct arena *arena)
{
	struct person *p = record_new(arena, &person_fields);

	p->full_name = person_name(w, person, arena);
	name_read(p->full_name, readings);
	if (readings->count) {
		p->name_pinyin = arena_strdup(arena, readings->reading[0].syllables);
		p->name_initials = arena_strdup(arena, readings->reading[0].initials);
	}
	p->sex = person_male(w, person) ? SEX_M : SEX_F;
	p->doc_kind = DOC_CITIZEN_ID;
	p->doc_no = person_doc(w, person, arena);
	p->birth_date = person_birth(person);
	p->consent_on = consent;
	p->mobile = arena_printf(arena, "199%08" PRIu64,
				 demo_pick(w, STREAM_MOBILE, (uint64_t)person, 100000000));
	return p;
}

/* --- work --- */

static const struct {
	const char *employer, *plant, *workshops[4];
} works[] = {
	{ "北汽示范制造公司", "顺义工厂", { "冲压车间", "焊装车间", "涂装车间", "总装车间" } },
	{ "北汽示范制造公司", "采育工厂", { "焊装车间", "电池车间", "总装车间", "物流科" } },
	{ "北汽示范制造公司", "株洲工厂", { "冲压车间", "涂装车间", "总装车间", "设备科" } },
	{ "北汽示范动力公司", "通州工厂", { "铸造车间", "机加车间", "装配车间", "试验室" } },
	{ "北汽示范物流公司", "大兴物流园", { "仓储部", "配送部", "叉车班", "调度室" } },
};

static const char *const posts[] = {
	"焊工", "装配工", "涂装工", "冲压工", "叉车司机", "设备维修工", "质检员", "班组长",
	"物流员", "调试工", "铸造工", "数控操作工",
};

static int employment_add(struct world *w, int64_t student, int64_t person_id,
			  int64_t from, struct arena *arena, struct error *err)
{
	const struct demo_cohort *cohort = &w->cohorts[w->student[student].cohort];
	uint64_t s = (uint64_t)student;
	uint64_t where = demo_mix(w->seed, STREAM_WORK, s);
	size_t site = where % (sizeof works / sizeof works[0]);
	struct employment *e = record_new(arena, &employment_fields);

	if (where / 8 % 100 < 6) /* some are between two employers */
		return 0;
	e->person_id = person_id;
	e->employer = works[site].employer;
	e->plant = works[site].plant;
	e->workshop = works[site].workshops[where / 1024 % 4];
	e->post = posts[demo_pick(w, STREAM_POST, s, sizeof posts / sizeof posts[0])];
	e->employee_no = arena_printf(arena, "W%07" PRId64, student + 1);
	e->shift_pattern_id = w->pattern[cohort->pattern]->id;
	e->team_offset = cohort->team;
	if (where / 4096 % 100 < 7) { /* a few work in the crew farthest from their cohort's */
		int64_t cycle = (int64_t)strlen(w->pattern[cohort->pattern]->cycle);

		e->team_offset = (cohort->team + cycle / 2) % cycle;
	}
	e->valid_from = from;
	return demo_put(w, KIND_EMPLOYMENT, e, err);
}

/* --- registrations --- */

/* The person of a first registration: those before it, less the second
 * registrations among them. */
static int64_t first_person(int64_t student)
{
	return student < 110 ? student : student - student / 11 + 10;
}

static bool registration_second(int64_t student)
{
	return student >= 110 && student % 11 == 10;
}

int64_t demo_person_of(const struct world *w, int64_t student)
{
	int64_t earlier;

	if (!registration_second(student))
		return first_person(student);
	earlier = (int64_t)demo_pick(w, STREAM_SECOND, (uint64_t)student, (uint64_t)student / 2);
	return first_person(registration_second(earlier) ? earlier - 1 : earlier);
}

static struct student *student_make(const struct world *w, int64_t student, const struct demo_bucket *b,
				    int64_t serial, int64_t registered, struct arena *arena)
{
	const struct demo_student *d = &w->student[student];
	struct student *s = record_new(arena, &student_fields);

	s->student_no = arena_printf(arena, "%02d%s%s%05" PRId64, demo_intake_year(b->intake) % 100,
				     branch_codes[b->branch], type_codes[b->type],
				     serial + (b->intake % 2 ? 50000 : 0));
	s->programme_id = w->programme_id[d->programme];
	s->curriculum_id = w->curriculum_id[d->programme];
	s->branch_id = w->branch_id[b->branch];
	s->centre_id = w->centre_id[b->branch][0];
	s->registered_on = registered;
	s->status = d->status;
	s->status_since = registered;
	s->entry_level = d->programme == DEMO_MECH ? ENTRY_ZHUANKE : ENTRY_VOCATIONAL;
	if (d->status == STUDENT_EXPIRED)
		s->status_since = date_add_months(registered, 96);
	if (d->status == STUDENT_GRADUATED)
		s->graduated_on = s->status_since = date_add_months(registered, 36);
	if (!demo_gone(d))
		s->cohort_id = w->cohorts[d->cohort].id;
	return s;
}

static int student_add(struct world *w, int64_t student, const struct demo_bucket *b, int64_t serial,
		       struct arena *arena, struct error *err)
{
	int64_t person = demo_person_of(w, student);
	int64_t registered = date_from_civil(demo_intake_year(b->intake), b->intake % 2 ? 9 : 3, 1) +
		(int64_t)demo_pick(w, STREAM_ENTRY, (uint64_t)student, 10);
	struct name_readings readings;
	struct person *p = person_make(w, person, registered, &readings, arena);
	struct student *s;
	int rc = 0;

	if (!registration_second(student))
		rc = demo_put(w, KIND_PERSON, p, err);
	if (rc == 0 && student == 0)
		w->first_person_id = p->id;
	s = student_make(w, student, b, serial, registered, arena);
	s->person_id = w->first_person_id + person;
	if (rc == 0)
		rc = demo_put(w, KIND_STUDENT, s, err);
	if (rc < 0)
		return rc;
	if (student == 0)
		w->first_student_id = s->id;
	return registration_second(student) ? 0 :
	       employment_add(w, student, s->person_id, registered - 300, arena, err);
}

static int bucket_fill(struct world *w, const struct demo_bucket *b, struct error *err)
{
	struct arena arena = ARENA_INIT;
	int rc = 0;

	for (int64_t s = b->from; s < b->to && rc == 0; s++) {
		rc = student_add(w, s, b, s - b->from + 1, &arena, err);
		if (rc == 0 && s % 1000 == 999) {
			arena_clear(&arena);
			rc = demo_step(w, 1000, err);
		}
	}
	arena_release(&arena);
	return rc;
}

int demo_people(struct world *w, struct error *err)
{
	int rc = 0;

	for (int i = 0; i < DEMO_BUCKETS && rc == 0; i++) {
		struct demo_bucket b;

		demo_bucket(w, i, &b);
		rc = bucket_fill(w, &b, err);
	}
	return rc;
}
