/* `overpass calendar ics`: the meetings of a cohort, learner, teacher or room. */
#include "cli/verb.h"

#include <stdio.h>
#include <string.h>

#include "cli/target.h"
#include "core/base/buf.h"
#include "core/base/i18n.h"
#include "core/codec/ics.h"

enum { PAGE = 500, HALF_A_YEAR = 183 };

struct ics_job {
	struct cli *cli;
	int64_t from, to, stamp;
	struct buf out;
};

static int find(struct cli *cli, enum kind kind, const struct filter *filters, size_t count,
		const char *cursor, struct page *page)
{
	const struct query query = { .kind = kind, .filters = filters, .filter_count = count,
				     .limit = PAGE, .cursor = cursor };

	return store_find(cli->store, &query, &cli->arena, page, &cli->err);
}

static int get(struct cli *cli, enum kind kind, int64_t id, void *record)
{
	return store_get(cli->store, kind, id, &cli->arena, record, &cli->err);
}

/* Codes of the cohorts, and the branch code of the first one's centre. */
static int cohorts_of(struct ics_job *job, int64_t session_id, struct ics_event *event)
{
	const struct filter filter = { .field = "session_id", .number = session_id };
	struct cli *cli = job->cli;
	struct cohort *cohort;
	struct branch *branch;
	struct page page;
	int rc = find(cli, KIND_SESSION_COHORT, &filter, 1, NULL, &page);

	for (size_t i = 0; !rc && i < page.count; i++) {
		rc = get(cli, KIND_COHORT, ((struct session_cohort *)page.records[i])->cohort_id,
			 &cohort);
		if (rc)
			break;
		event->cohorts = event->cohorts ?
			arena_printf(&cli->arena, "%s, %s", event->cohorts, cohort->code) :
			cohort->code;
		if (!event->branch && !get(cli, KIND_BRANCH, cohort->centre_id, &branch))
			event->branch = branch->code;
	}
	return rc;
}

static int add_session(struct ics_job *job, const struct session *session)
{
	struct ics_event event = { .session = session };
	struct cli *cli = job->cli;
	struct teacher *teacher;
	struct person *person;
	struct course *course;
	struct room *room;
	int rc = get(cli, KIND_COURSE, session->course_id, &course);

	if (!rc)
		rc = cohorts_of(job, session->id, &event);
	if (rc)
		return rc;
	event.course = course->name;
	if (session->room_id != OV_NULL && !get(cli, KIND_ROOM, session->room_id, &room))
		event.room = arena_printf(&cli->arena, "%s %s", room->code, room->name);
	if (!get(cli, KIND_TEACHER, session->teacher_id, &teacher) &&
	    !get(cli, KIND_PERSON, teacher->person_id, &person))
		event.teacher = person->full_name;
	ics_add(&job->out, &event, job->stamp);
	return 0;
}

/* All meetings in [from, to) with this value in FIELD. */
static int add_all(struct ics_job *job, const char *field, int64_t value)
{
	const struct filter filters[] = {
		{ .field = field, .op = FILTER_EQ, .number = value },
		{ .field = "on_date", .op = FILTER_GE, .number = job->from },
		{ .field = "on_date", .op = FILTER_LT, .number = job->to },
	};
	const char *cursor = NULL;
	struct page page;
	int rc;

	do {
		rc = find(job->cli, KIND_SESSION, filters, 3, cursor, &page);
		for (size_t i = 0; !rc && i < page.count; i++)
			rc = add_session(job, page.records[i]);
		cursor = page.next;
	} while (!rc && cursor);
	return rc;
}

static int add_cohort(struct ics_job *job, int64_t cohort_id)
{
	const struct filter filter = { .field = "cohort_id", .number = cohort_id };
	const char *cursor = NULL;
	struct session *session;
	struct page page;
	int rc;

	do {
		rc = find(job->cli, KIND_SESSION_COHORT, &filter, 1, cursor, &page);
		for (size_t i = 0; !rc && i < page.count; i++) {
			rc = get(job->cli, KIND_SESSION,
				 ((struct session_cohort *)page.records[i])->session_id, &session);
			if (!rc && session->on_date >= job->from && session->on_date < job->to)
				rc = add_session(job, session);
		}
		cursor = page.next;
	} while (!rc && cursor);
	return rc;
}

static int add_student(struct ics_job *job, int64_t student_id)
{
	struct student *student;
	int rc = get(job->cli, KIND_STUDENT, student_id, &student);

	return rc || student->cohort_id == OV_NULL ? rc : add_cohort(job, student->cohort_id);
}

static int add_wanted(struct ics_job *job)
{
	static const struct {
		const char *option;
		enum kind kind;
		const char *field; /* of the session; NULL: by cohort */
	} wanted[] = {
		{ "cohort", KIND_COHORT, NULL },
		{ "student", KIND_STUDENT, NULL },
		{ "teacher", KIND_TEACHER, "teacher_id" },
		{ "room", KIND_ROOM, "room_id" },
	};
	struct cli *cli = job->cli;
	int64_t id, rev;

	for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
		const char *word = args_text(&cli->args, wanted[i].option);
		int rc;

		if (!word)
			continue;
		rc = target_find(cli, wanted[i].kind, word, &id, &rev);
		if (rc)
			return rc;
		ics_begin(&job->out, word, cli->clock.utc_offset);
		if (wanted[i].field)
			return add_all(job, wanted[i].field, id);
		return wanted[i].kind == KIND_COHORT ? add_cohort(job, id) : add_student(job, id);
	}
	return usage_error(&cli->err, _("One of --cohort, --student, --teacher, --room is needed"));
}

int calendar_ics_run(struct cli *cli)
{
	struct ics_job job = { .cli = cli, .out = BUF_INIT, .stamp = clock_now(&cli->clock) };
	int rc = args_date(&cli->args, "from", &job.from, &cli->err);

	if (!rc)
		rc = args_date(&cli->args, "to", &job.to, &cli->err);
	if (job.from == OV_NULL)
		job.from = clock_today(&cli->clock);
	if (job.to == OV_NULL)
		job.to = job.from + HALF_A_YEAR;
	if (!rc)
		rc = add_wanted(&job);
	if (!rc) {
		ics_end(&job.out);
		fwrite(job.out.bytes, 1, job.out.len, stdout);
	}
	buf_release(&job.out);
	return rc;
}
