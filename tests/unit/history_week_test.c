/* Random histories of a timetable and of what people look at: meetings made,
 * moved, exchanged, published, cancelled and restored by somebody who doesn't
 * look first, members who come and go; and reading, by every role, of what is
 * personal. After each step the invariants I21, I22 and I23 of DOMAIN.md are read
 * from the database and from what was answered.
 *
 * OV_HISTORY_WEEKS says how many histories (3; 1 with sanitizers), OV_HISTORY_SEED
 * where to begin; a failure names its seed. */
#include "tests/unit/shared.h"

#include "core/model/timetable.h"
#include "core/rules/workflow.h"
#include "core/store/commands/claim_args.h"
#include "tests/unit/claim_world.h"

#ifdef __SANITIZE_ADDRESS__
enum { USUAL_HISTORIES = 1 };
#else
enum { USUAL_HISTORIES = 3 };
#endif
enum { STEPS = 500, COHORTS = 3, TEACHERS = 3, ROOMS = 3, SECRETS = 32 };

struct history {
	struct world world;
	uint64_t seed, random;
	int64_t cohorts[COHORTS], teachers[TEACHERS], rooms[ROOMS], course, claim;
	const char *secrets[SECRETS];
	size_t secret_count, done, refused, overridden, reads, reveals;
};

/* xorshift64*: the same everywhere. */
static uint64_t below(struct history *h, uint64_t limit)
{
	h->random ^= h->random >> 12;
	h->random ^= h->random << 25;
	h->random ^= h->random >> 27;
	return (h->random * UINT64_C(2685821657736338717) >> 33) % limit;
}

static const char *number(struct history *h, int64_t value)
{
	return arena_printf(&h->world.arena, "%lld", (long long)value);
}

/* --- the invariants --- */

#define MINUTE(t) "(CAST(julianday(" #t ".on_date) AS INTEGER) * 1440 + " #t ".start_min)"
#define END(t) "(CAST(julianday(" #t ".on_date) AS INTEGER) * 1440 + " #t ".end_min)"
#define OVERLAP " a.id < b.id AND a.state <> 'CANCELLED' AND b.state <> 'CANCELLED' AND " \
	MINUTE(a) " < " END(b) " AND " MINUTE(b) " < " END(a)
/* A named person took it on himself, with a reason (DOMAIN.md 7.2). */
#define UNSAID(kind) " AND coalesce(a.override_kinds, '') NOT LIKE '%" kind "%'" \
	" AND coalesce(b.override_kinds, '') NOT LIKE '%" kind "%'"

static const struct {
	const char *name, *sql;
} invariants[] = {
	{ "I21 room", "SELECT b.id FROM session a JOIN session b ON b.room_id = a.room_id WHERE" OVERLAP
		UNSAID("ROOM_OVERLAP") },
	{ "I21 teacher", "SELECT b.id FROM session a JOIN session b ON b.teacher_id = a.teacher_id"
		" WHERE" OVERLAP UNSAID("TEACHER_OVERLAP") },
	{ "I21 cohort", "SELECT b.id FROM session a JOIN session_cohort x ON x.session_id = a.id JOIN"
		" session_cohort y ON y.cohort_id = x.cohort_id JOIN session b ON b.id = y.session_id"
		" WHERE" OVERLAP UNSAID("COHORT_OVERLAP") },
	{ "I21 capacity", "SELECT s.id FROM session s JOIN room r ON r.id = s.room_id WHERE s.state IN"
		" ('PUBLISHED', 'MOVED') AND coalesce(s.override_kinds, '') NOT LIKE '%CAPACITY%' AND"
		" (SELECT count(*) FROM session_cohort x JOIN student m ON m.cohort_id = x.cohort_id"
		" WHERE x.session_id = s.id AND m.status = 'ACTIVE') > r.capacity" },
	{ "I21 named", "SELECT id FROM session WHERE override_kinds IS NOT NULL AND (override_by IS NULL"
		" OR length(coalesce(override_reason, '')) < 4)" },
	{ "I22", "SELECT s.id FROM session s JOIN calendar_day d ON d.on_date = s.on_date WHERE d.kind IN"
		" ('HOLIDAY', 'CLOSED') AND s.state <> 'CANCELLED' AND coalesce(s.override_kinds, '')"
		" NOT LIKE '%HOLIDAY%'" },
};

static void invariants_check(struct history *h)
{
	for (size_t i = 0; i < sizeof invariants / sizeof invariants[0]; i++) {
		struct error err = ERROR_INIT;
		struct stmt *stmt;
		int rc = db_prepare(h->world.local->db, invariants[i].sql, &stmt, &err);

		if (rc < 0 || (rc = stmt_step(stmt, &err)) < 0)
			fail_msg("%s: %s", invariants[i].name, err.message);
		if (rc > 0)
			fail_msg("%s is broken at %lld (seed %llu)", invariants[i].name,
				 (long long)stmt_int(stmt, 0), (unsigned long long)h->seed);
		stmt_reset(stmt);
	}
}

/* --- the timetable --- */

static void small_room_add(struct history *h)
{
	struct room *room = record_new(&h->world.arena, &room_fields);
	struct world *w = &h->world;

	*room = *(const struct room *)world_get(w, KIND_ROOM, world_id(w, KIND_ROOM, "code", "S201"));
	room->id = 0;
	room->code = "TINY";
	room->name = "Tiny";
	room->capacity = 1;
	world_insert(w, KIND_ROOM, room);
	h->rooms[0] = room->id;
	h->rooms[1] = world_id(w, KIND_ROOM, "code", "S101");
	h->rooms[2] = world_id(w, KIND_ROOM, "code", "S201");
}

static void timetable_begin(struct history *h)
{
	struct world *w = &h->world;
	struct record_list teachers;

	small_room_add(h);
	h->course = world_id(w, KIND_COURSE, "code", "C301");
	world_find(w, KIND_TEACHER, NULL, 0, &teachers);
	assert_true(teachers.count >= TEACHERS);
	for (size_t i = 0; i < TEACHERS; i++)
		h->teachers[i] = ((struct teacher *)teachers.items[i])->id;
	world_as(w, "registrar.1");
	for (size_t i = 0; i < COHORTS; i++) {
		assert_done(w, world_run(w, "cohort.create", 0, "code",
			arena_printf(&w->arena, "AUTO-15S-%zu", i + 1), "name", "A cohort",
			"programme_id", number(h, world_id(w, KIND_PROGRAMME, "code", "P-ZK-AUTO")),
			"centre_id", number(h, world_id(w, KIND_BRANCH, "name", "北汽学习中心")), "intake", "2015S",
			"capacity", "3", NULL));
		h->cohorts[i] = w->outcome.id;
	}
}

/* Anything, mostly near together, so that it gets in the way of others. */
static const char *a_day(struct history *h)
{
	char text[DATE_TEXT];

	return arena_strdup(&h->world.arena, date_format(date_from_civil(2015, 9, 28) +
							 (int64_t)below(h, 14), text));
}

static const char *a_time(struct history *h, int64_t from)
{
	return arena_printf(&h->world.arena, "%02d:%02d", (int)(from / 60), (int)(from % 60));
}

static int64_t a_session(struct history *h)
{
	int64_t last = 0;

	assert_int_equal(db_number(h->world.local->db, "SELECT coalesce(max(id), 0) FROM session", &last,
				   &h->world.err), 0);
	return last ? 1 + (int64_t)below(h, (uint64_t)last) : 0;
}

static int session_create(struct history *h)
{
	int64_t from = 480 + 30 * (int64_t)below(h, 20);

	return world_run(&h->world, "session.create", 0,
			 "cohort_id", number(h, h->cohorts[below(h, COHORTS)]),
			 "course_id", number(h, h->course),
			 "teacher_id", number(h, h->teachers[below(h, TEACHERS)]),
			 "room_id", number(h, h->rooms[below(h, ROOMS)]), "on_date", a_day(h),
			 "start_min", a_time(h, from), "end_min", a_time(h, from + 45 + 15 * (int64_t)below(h, 8)),
			 below(h, 9) ? NULL : "override_reason", "A wish of all members", NULL);
}

static int session_move(struct history *h, int64_t id)
{
	struct world *w = &h->world;

	switch (below(h, 4)) {
	case 0: return world_run(w, "session.move", id, "on_date", a_day(h), NULL);
	case 1: return world_run(w, "session.move", id, "start_min", a_time(h, 480 + 30 * (int64_t)below(h, 20)), NULL);
	case 2: return world_run(w, "session.move", id, "room_id", number(h, h->rooms[below(h, ROOMS)]), NULL);
	default: return world_run(w, "session.move", id, "teacher_id",
				  number(h, h->teachers[below(h, TEACHERS)]), NULL);
	}
}

/* Only where nobody teaches them yet: who joins a cohort whose rooms are full is
 * seen as a conflict of the week, not refused. */
static int member_change(struct history *h)
{
	struct world *w = &h->world;
	int64_t cohort = h->cohorts[below(h, COHORTS)], taught = 0;
	char text[200];

	snprintf(text, sizeof text, "SELECT count(*) FROM session_cohort WHERE cohort_id = %lld",
		 (long long)cohort);
	assert_int_equal(db_number(w->local->db, text, &taught, &w->err), 0);
	world_as(w, "registrar.1");
	return world_run(w, taught || !below(h, 3) ? "cohort.remove" : "cohort.add", cohort, "student_id",
			 number(h, w->students[3 + below(h, 3)]), NULL);
}

static int timetable_step(struct history *h)
{
	struct world *w = &h->world;
	int64_t id = a_session(h);

	if (below(h, 12) == 0 || h->done < 6)
		return member_change(h);
	world_as(w, below(h, 2) ? "scheduler.1" : "scheduler.2");
	if (!id || below(h, 3) == 0)
		return session_create(h);
	switch (below(h, 6)) {
	case 0: return world_run(w, "session.publish", id, NULL);
	case 1: return world_run(w, "session.cancel", id, "reason", "For the walk", NULL);
	case 2: return world_run(w, "session.restore", id, NULL);
	case 3: return world_run(w, "session.exchange", id, "other_id", number(h, a_session(h)), NULL);
	default: return session_move(h, id);
	}
}

/* --- what people look at: I23 --- */

static const char *const logins[] = {
	"front_desk.1", "verifier.1", "reviewer1.1", "expert.1", "reviewer2.1", "ledger_keeper.1",
	"registrar.1", "scheduler.1", "auditor.1", "viewer.1",
};

static void secret_add(struct history *h, const char *text)
{
	assert_true(h->secret_count < SECRETS);
	h->secrets[h->secret_count++] = arena_strdup(&h->world.arena, text);
}

static void secrets_begin(struct history *h)
{
	struct world *w = &h->world;
	uint8_t sha256[HASH_BYTES];
	char hex[HASH_HEX];

	for (size_t i = 0; i < WORLD_LEARNERS; i++) {
		const struct student *student = world_get(w, KIND_STUDENT, w->students[i]);

		secret_add(h, ((struct person *)world_get(w, KIND_PERSON, student->person_id))->doc_no);
	}
	secret_add(h, "diploma-of-somebody.pdf");
	world_as(w, "front_desk.1");
	assert_done(w, store_evidence_put(w->store, "a scan", 6, sha256, &w->err));
	world_line(w, &claim_source_fields, arena_printf(&w->arena, "T-WELD,no=W1,level=3,issued=2015-06-01,"
		   "evidence=COPY,file=diploma-of-somebody.pdf,size=6,sha256=%s", hash_hex(sha256, hex)));
	assert_done(w, world_run(w, "claim.create", 0, "student_id", number(h, w->students[0]), NULL));
	h->claim = w->outcome.id;
}

static const char *secret_in(const struct history *h, const struct field_table *table,
			     const void *record)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct field *field = &table->fields[i];
		const char *text = field->type == FT_TEXT ? field_text(field, record) : NULL;

		for (size_t k = 0; text && k < h->secret_count; k++)
			if (strstr(text, h->secrets[k]))
				return field->name;
	}
	return NULL;
}

static bool secret_in_bundle(const struct history *h, const struct bundle *bundle)
{
	for (size_t i = 0; i < bundle->count; i++)
		for (size_t k = 0; k < bundle->lists[i].count; k++)
			if (secret_in(h, bundle->lists[i].table, bundle->lists[i].items[k]))
				return true;
	return false;
}

static void leaked(const struct history *h, const char *login, const char *how)
{
	fail_msg("I23: %s sees what is masked, by %s (seed %llu)", login, how,
		 (unsigned long long)h->seed);
}

/* A card, a record, a page: nothing of it is in clear. */
static void look(struct history *h)
{
	static const enum kind kinds[] = { KIND_PERSON, KIND_EVIDENCE, KIND_CERTIFICATE, KIND_EMPLOYMENT };
	struct world *w = &h->world;
	const char *login = logins[below(h, sizeof logins / sizeof logins[0])];
	const struct card_request card = { .kind = below(h, 2) ? KIND_STUDENT : KIND_CREDIT_CLAIM,
		.from = OV_NULL, .to = OV_NULL };
	struct card_request asked = card;
	struct query query = { .kind = kinds[below(h, 4)], .limit = STORE_LIMIT_MAX };
	struct bundle bundle;
	struct page page;

	world_as(w, login);
	h->reads++;
	asked.id = card.kind == KIND_STUDENT ? w->students[below(h, WORLD_LEARNERS)] : h->claim;
	bundle_init(&bundle, &w->arena);
	if (store_card(w->store, &asked, &w->arena, &bundle, &w->err) == 0 &&
	    secret_in_bundle(h, &bundle))
		leaked(h, login, "a card");
	if (store_find(w->store, &query, &w->arena, &page, &w->err) == 0)
		for (size_t i = 0; i < page.count; i++)
			if (secret_in(h, page.table, page.records[i]))
				leaked(h, login, "a page");
}

static int64_t events(struct history *h, const char *login, int64_t person)
{
	int64_t count = 0;
	char text[300];

	snprintf(text, sizeof text, "SELECT count(*) FROM audit_event v JOIN user u ON u.id = v.user_id"
		 " WHERE v.action = 'pii.reveal' AND v.object_id = %lld AND u.login = '%s' AND"
		 " length(v.reason) >= 4", (long long)person, login);
	assert_int_equal(db_number(h->world.local->db, text, &count, &h->world.err), 0);
	return count;
}

/* In clear only with an event that names who, why and whose; a preview has none. */
static void reveal(struct history *h)
{
	struct world *w = &h->world;
	const char *login = logins[below(h, sizeof logins / sizeof logins[0])];
	const struct student *student = world_get(w, KIND_STUDENT, w->students[below(h, WORLD_LEARNERS)]);
	bool reason = below(h, 3);
	int64_t before = events(h, login, student->person_id);
	int rc;

	world_as(w, login);
	rc = world_run(w, "pii.reveal", student->person_id, "field", "doc_no",
		       reason ? "reason" : NULL, "to call back", NULL);
	if (rc == 0 && secret_in_bundle(h, &w->outcome.records)) {
		h->reveals++;
		if (events(h, login, student->person_id) != before + 1)
			leaked(h, login, "a reveal without its event");
	} else if (rc < 0 && secret_in_bundle(h, &w->outcome.records)) {
		leaked(h, login, "a reveal that was refused");
	}
}

/* --- the histories --- */

static void history_run(struct history *h)
{
	struct world *w = &h->world;

	h->random = h->seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
	h->secret_count = 0;
	world_open(w);
	timetable_begin(h);
	secrets_begin(h);
	h->done = 0;
	for (size_t i = 0; i < STEPS; i++) {
		if (timetable_step(h) < 0) {
			h->refused++;
			if (w->err.reason == REASON_BUG)
				fail_msg("%s (seed %llu)", w->err.message, (unsigned long long)h->seed);
		} else {
			h->done++;
			invariants_check(h);
		}
		if (i % 5 == 0)
			look(h);
		if (i % 20 == 0)
			reveal(h);
	}
	world_close(w);
}

static uint64_t number_of(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

static void weeks_and_secrets_survive_random_histories(void **state)
{
	struct history *h = mem_alloc(sizeof *h);
	uint64_t count = number_of("OV_HISTORY_WEEKS", USUAL_HISTORIES);
	size_t done = 0;

	(void)state;
	h->seed = number_of("OV_HISTORY_SEED", 20150928);
	print_message("seeds from %llu\n", (unsigned long long)h->seed);
	for (uint64_t i = 0; i < count; i++, h->seed++) {
		history_run(h);
		done += h->done;
	}
	print_message("%zu steps done, %zu refused, %zu looks, %zu reveals\n", done, h->refused, h->reads,
		      h->reveals);
	/* They must have come somewhere, or they prove nothing. */
	assert_true(done > 60 * count && h->refused > 60 * count && h->reveals > 2 * count);
	free(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weeks_and_secrets_survive_random_histories),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
