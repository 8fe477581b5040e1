/* ctt.h: the files of the ITC-2007 curriculum-based course timetabling track.
 *
 * An instance (.ctt) is read strictly: what its parts say of each other must
 * agree, and a refusal names the line. What can't be solved is no fault of the
 * file; ctt_obstacles() lists it. A solution (.sol) is any list of lines
 * "course room day period", right or wrong; ctt_score() counts what is wrong
 * with it and what it costs (UD2). */
#ifndef OV_CODEC_CTT_H
#define OV_CODEC_CTT_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/planner/problem.h"

enum {
	CTT_COURSES_MAX = 5000,
	CTT_ROOMS_MAX = 5000,
	CTT_CURRICULA_MAX = 20000,
	CTT_PERIODS_MAX = 5000,   /* days × periods a day */
	CTT_LECTURES_MAX = 50000, /* of all courses */
	CTT_MEMBERSHIPS_MAX = 200000, /* courses of all curricula */
	CTT_NUMBER_MAX = 1000000  /* learners, seats */
};

struct ctt_course {
	const char *name;
	int32_t teacher; /* a number of ours, 0 … teacher_count - 1 */
	int32_t lectures, min_days, students;
	const int32_t *curricula; /* ascending */
	int32_t curriculum_count;
};

struct ctt_room {
	const char *name;
	int32_t seats;
};

struct ctt_curriculum {
	const char *name;
	const int32_t *courses; /* each once */
	int32_t course_count;
};

struct ctt {
	const char *name;
	int32_t days, periods; /* of a day */
	struct ctt_course *courses;
	int32_t course_count, teacher_count;
	struct ctt_room *rooms;
	int32_t room_count;
	struct ctt_curriculum *curricula;
	int32_t curriculum_count;
	uint8_t *unavailable; /* [course][day × periods + period] */
	struct ctt_names *names; /* to find courses and rooms by name */
};

/* One line of a solution, as it stands there. */
struct ctt_line {
	int32_t course, room; /* PROBLEM_NONE: no such name */
	int32_t day, period;  /* PROBLEM_NONE: out of range */
};

struct ctt_solution {
	struct ctt_line *lines;
	size_t count;
};

/* What the benchmark's own checker counts, under its names. */
struct ctt_score {
	int64_t lectures, repeated, conflicts, availability, room_occ, unknown;
	int64_t room_capacity, min_days, compactness, room_stability;
	int64_t violations, cost;
};

/* TEXT is the file's bytes, FILE its name for messages; all of CTT lives in the
 * arena. 0, or OV_EINPUT: FILE_BAD with the line, FILE_LIMIT. */
int ctt_read(const char *text, size_t len, const char *file, struct ctt *ctt,
	     struct arena *arena, struct error *err);
/* Lines of a solution to CTT. Unknown names are lines like any other; a line that
 * is not two names and two numbers is FILE_BAD. */
int ctt_solution_read(const struct ctt *ctt, const char *text, size_t len, const char *file,
		      struct ctt_solution *solution, struct arena *arena, struct error *err);

void ctt_score(const struct ctt *ctt, const struct ctt_solution *solution,
	       struct ctt_score *score);

/* The instance as a problem: a group for each course, in order, a slot for each
 * period. Weights are those of UD2. */
struct problem *ctt_problem(const struct ctt *ctt, struct arena *arena);
/* The places [event_count] as lines of a solution; a comment for each course
 * that has lectures without a place. */
void ctt_solution_write(const struct ctt *ctt, const struct problem *problem,
			const struct place *places, struct buf *out);

/* Why no timetable can be without fault: a sentence for each reason found
 * (translated), in the arena. Returns how many; 0 promises nothing. */
size_t ctt_obstacles(const struct ctt *ctt, const char ***sentences, struct arena *arena);

#endif
