/* demo_parts.h: what the files demo_*.c share. Internal. */
#ifndef OV_STORE_DEMO_PARTS_H
#define OV_STORE_DEMO_PARTS_H

#include "core/base/arena.h"
#include "core/model/kind.h"
#include "core/store/bulk.h"
#include "core/store/tx.h"

/* The last day of the world that is over; the next one is for the person who
 * tries the demo. */
#define WORLD_YEAR 2026
#define WORLD_MONTH 11
#define WORLD_DAY_OF_MONTH 20

/* The shift patterns of the learners, and how many crews each has. */
enum demo_pattern { DEMO_TWO_SHIFTS, DEMO_FOUR_CREWS_8, DEMO_FOUR_CREWS_12, DEMO_PATTERNS };
static const unsigned demo_crews[DEMO_PATTERNS] = { 2, 4, 4 };

enum demo_programme { DEMO_AUTO, DEMO_LOG, DEMO_MECH, DEMO_PROGRAMMES };

enum {
	INTAKE_FIRST_YEAR = 2015,
	INTAKES = (WORLD_YEAR - INTAKE_FIRST_YEAR) * 2 + 2, /* spring and autumn, to 2026A */
	DEMO_BRANCHES = 2,
	DEMO_TYPES = 3,
	DEMO_BUCKETS = INTAKES * DEMO_BRANCHES * DEMO_TYPES,
	COURSES_MAX = 40,
	STUDY_TERMS = 5 /* terms a learner takes for the courses */
};

struct demo_course {
	int64_t id, credit_centi;
	char module[9];
	bool thesis;
};

/* What stays in memory of a learner. */
struct demo_student {
	int32_t cohort;      /* index into world.cohorts; of his enrolments, if he is gone */
	uint8_t programme;   /* enum demo_programme */
	uint8_t intake;      /* 0…INTAKES - 1 */
	uint8_t status;      /* enum student_status */
	uint8_t courses;     /* courses taken and passed in the end */
};

struct demo_cohort {
	int64_t id;
	int32_t members;
	uint8_t programme, branch, pattern, team;
	uint8_t intake, last; /* of the first member, and of the last */
};

/* Learners FROM…TO - 1, registered in the same intake, branch and type. */
struct demo_bucket {
	int intake, branch, type;
	int64_t from, to;
};

struct world {
	struct tx *tx;
	struct demo_queue *queue; /* demo_queue.c */
	struct arena *arena; /* of the whole world */
	uint64_t seed;
	int64_t students, persons;
	int64_t today; /* WORLD_DAY */
	int64_t done, total; /* for progress */

	/* ids of reference records */
	int64_t programme_id[DEMO_PROGRAMMES], curriculum_id[DEMO_PROGRAMMES];
	struct demo_course course[DEMO_PROGRAMMES][COURSES_MAX];
	size_t course_count[DEMO_PROGRAMMES];
	int64_t branch_id[DEMO_BRANCHES], centre_id[DEMO_BRANCHES][2];
	int64_t term_id[INTAKES + 1]; /* also the terms of study, by the same index */
	int64_t term_start[INTAKES + 1], term_end[INTAKES + 1];
	struct shift_pattern *pattern[DEMO_PATTERNS];
	int64_t system_id, registrar_id, scheduler_id;

	struct demo_student *student;
	struct demo_cohort *cohorts;
	size_t cohort_count;
	int64_t first_student_id, first_person_id, first_account_id;
};

/* Chance: a number of 64 bits that depends on nothing but these. */
uint64_t demo_mix(uint64_t seed, uint64_t stream, uint64_t index);
/* The same, below limit. */
uint64_t demo_pick(const struct world *w, uint64_t stream, uint64_t index, uint64_t limit);
/* Tells the progress and asks whether to go on; 0 or OV_ECANCELLED. */
int demo_step(struct world *w, int64_t units, struct error *err);

/* One stream of chance for each question, so that a new one changes no other. */
enum demo_stream {
	STREAM_SURNAME = 1, STREAM_GIVEN, STREAM_GIVEN2, STREAM_SEX, STREAM_BIRTH,
	STREAM_MOBILE, STREAM_TYPE, STREAM_STATUS, STREAM_COHORT, STREAM_PATTERN,
	STREAM_WORK, STREAM_POST, STREAM_SECOND, STREAM_DOC, STREAM_MARK,
	STREAM_COURSES, STREAM_CERT, STREAM_CERT_LEVEL, STREAM_CERT_DAY, STREAM_ENTRY,
	STREAM_MEETING, STREAM_ATTEND, STREAM_CLAIM, STREAM_CLAIM_STATE, STREAM_CLAIM_DAY,
	STREAM_NEXT_TERM
};

/* Gives the record its id and keeps a copy until there are many of its kind;
 * a queue that is full is written with all others, parents first. */
int demo_put(struct world *w, enum kind kind, void *record, struct error *err);
/* The same for an entry of the ledger: seq and hashes are filled here. */
int demo_put_entry(struct world *w, struct ledger_entry *entry, struct error *err);
/* Writes the queues. */
int demo_flush(struct world *w, struct error *err);
void demo_queue_init(struct world *w);
void demo_queue_release(struct world *w);

/* The parts, in the order in which they are called. */
int demo_cohorts(struct world *w, struct error *err);   /* what each learner studies, cohorts */
int demo_people(struct world *w, struct error *err);    /* persons, students, work */
int demo_studies(struct world *w, struct error *err);   /* enrolments, results, ledger */
int demo_certificates(struct world *w, struct error *err);
int demo_timetable(struct world *w, struct error *err); /* rooms, teachers, sessions */
int demo_claims(struct world *w, struct error *err);    /* through the command handlers */
int demo_next_term(struct world *w, struct error *err); /* what a planner needs */

/* The bucket INDEX, 0…DEMO_BUCKETS - 1; each begins where the one before ends. */
void demo_bucket(const struct world *w, int index, struct demo_bucket *b);
/* Has the learner left the cohort he was in? */
bool demo_gone(const struct demo_student *d);

static inline int demo_intake_year(int intake)
{
	return INTAKE_FIRST_YEAR + intake / 2;
}

/* Registration s belongs to person s, but for the second registrations: one in
 * eleven, each a top-up of an earlier learner. */
int64_t demo_person_of(const struct world *w, int64_t student);

#endif
