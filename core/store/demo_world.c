#include "core/store/demo_world.h"

#include "core/base/password.h"
#include "core/model/reason.h"
#include "core/store/demo_parts.h"
#include "core/store/local.h"
#include "core/store/search_line.h"
#include "core/store/seed_records.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const programme_codes[DEMO_PROGRAMMES] = { "P-ZK-AUTO", "P-ZK-LOG", "P-BK-MECH" };

uint64_t demo_mix(uint64_t seed, uint64_t stream, uint64_t index)
{
	uint64_t z = seed + stream * UINT64_C(0x9e3779b97f4a7c15) + index * UINT64_C(0xd1b54a32d192ed03);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	z ^= z >> 31;
	z = (z + stream) * UINT64_C(0xff51afd7ed558ccd);
	return z ^ z >> 33;
}

uint64_t demo_pick(const struct world *w, uint64_t stream, uint64_t index, uint64_t limit)
{
	return limit ? demo_mix(w->seed, stream, index) % limit : 0;
}

int demo_step(struct world *w, int64_t units, struct error *err)
{
	struct store *store = &w->tx->local->store;

	w->done += units;
	if (w->done > w->total)
		w->done = w->total;
	if (store->progress && store->progress(store->progress_context, w->done, w->total))
		return error_reason(err, REASON_CANCELLED, NULL);
	return 0;
}

static int id_of(struct world *w, enum kind kind, const char *field, const char *text,
		 int64_t *id, struct error *err)
{
	void *record = NULL;
	int rc = tx_by_text(w->tx, kind, field, text, &record, err);

	if (rc == 0)
		*id = ((struct record_head *)record)->id;
	return rc;
}

/* The courses of a programme's curriculum, in the order of its records. */
static int courses_load(struct world *w, int programme, struct error *err)
{
	struct filter filter = FILTER_INT("curriculum_id", w->curriculum_id[programme]);
	struct record_list list;
	int rc = tx_find_all(w->tx, KIND_CURRICULUM_COURSE, &filter, 1, 0, &list, err);

	for (size_t i = 0; rc == 0 && i < list.count && i < COURSES_MAX; i++) {
		const struct curriculum_course *place = list.items[i];
		struct demo_course *out = &w->course[programme][w->course_count[programme]];
		void *course = NULL, *module = NULL;

		rc = tx_get(w->tx, KIND_COURSE, place->course_id, &course, err);
		if (rc == 0)
			rc = tx_get(w->tx, KIND_CURRICULUM_MODULE, place->module_id, &module, err);
		if (rc < 0 || !course || !module)
			break;
		out->id = place->course_id;
		out->credit_centi = ((struct course *)course)->credit_centi;
		out->thesis = ((struct course *)course)->kind == COURSE_THESIS;
		snprintf(out->module, sizeof out->module, "%s",
			 ((struct curriculum_module *)module)->code);
		w->course_count[programme]++;
	}
	return rc;
}

static int programmes_load(struct world *w, struct error *err)
{
	int rc = 0;

	for (int p = 0; p < DEMO_PROGRAMMES && rc == 0; p++) {
		void *curriculum = NULL;
		struct filter filter;

		rc = id_of(w, KIND_PROGRAMME, "code", programme_codes[p], &w->programme_id[p], err);
		if (rc < 0)
			break;
		filter = (struct filter)FILTER_INT("programme_id", w->programme_id[p]);
		rc = tx_find_one(w->tx, KIND_CURRICULUM, &filter, 1, &curriculum, err);
		if (rc < 0)
			break;
		if (!curriculum)
			return error_reason(err, REASON_DATA_MISSING, "file",
					    "data/demo/curriculum.csv", NULL);
		w->curriculum_id[p] = ((struct curriculum *)curriculum)->id;
		rc = courses_load(w, p, err);
	}
	return rc;
}

static int branches_load(struct world *w, struct error *err)
{
	static const char *const codes[DEMO_BRANCHES] = { "101", "110" };
	struct record_list list;
	int rc = tx_find_all(w->tx, KIND_BRANCH, NULL, 0, 0, &list, err);

	for (int b = 0; rc == 0 && b < DEMO_BRANCHES; b++)
		for (size_t i = 0; i < list.count; i++) {
			const struct branch *branch = list.items[i];

			if (branch->kind == BRANCH_BRANCH && !strcmp(branch->code, codes[b]))
				w->branch_id[b] = branch->id;
		}
	for (size_t i = 0; rc == 0 && i < list.count; i++) {
		const struct branch *branch = list.items[i];

		for (int b = 0; b < DEMO_BRANCHES; b++)
			if (branch->kind == BRANCH_CENTRE && branch->parent_id == w->branch_id[b])
				w->centre_id[b][w->centre_id[b][0] ? 1 : 0] = branch->id;
	}
	return rc;
}

static int terms_load(struct world *w, struct error *err)
{
	int rc = 0;

	for (int i = 0; i <= INTAKES && rc == 0; i++) {
		void *record = NULL;
		char code[16];

		snprintf(code, sizeof code, "%d%c", INTAKE_FIRST_YEAR + i / 2, i % 2 ? 'A' : 'S');
		rc = tx_by_text(w->tx, KIND_TERM, "code", code, &record, err);
		if (rc < 0)
			break;
		w->term_id[i] = ((struct term *)record)->id;
		w->term_start[i] = ((struct term *)record)->starts_on;
		w->term_end[i] = ((struct term *)record)->ends_on;
	}
	return rc;
}

static int reference_load(struct world *w, struct error *err)
{
	static const char *const patterns[DEMO_PATTERNS] = { "WEEK-2", "ROT-8", "ROT-4" };
	int rc = programmes_load(w, err);

	if (rc == 0)
		rc = branches_load(w, err);
	if (rc == 0)
		rc = terms_load(w, err);
	for (int i = 0; rc == 0 && i < DEMO_PATTERNS; i++) {
		void *pattern = NULL;

		rc = tx_by_text(w->tx, KIND_SHIFT_PATTERN, "code", patterns[i], &pattern, err);
		w->pattern[i] = pattern;
	}
	if (rc == 0)
		rc = id_of(w, KIND_USER, "login", "registrar.1", &w->registrar_id, err);
	if (rc == 0)
		rc = id_of(w, KIND_USER, "login", "scheduler.1", &w->scheduler_id, err);
	return rc;
}

static int world_fill(struct world *w, struct error *err)
{
	static int (*const parts[])(struct world *, struct error *) = {
		demo_cohorts, demo_people, demo_studies, demo_certificates, demo_timetable,
		demo_claims, demo_next_term,
	};
	int rc = reference_load(w, err);

	w->persons = w->students < 110 ? w->students : w->students - w->students / 11 + 10;
	w->total = w->students * 3;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0] && rc == 0; i++) {
		rc = parts[i](w, err);
		if (rc == 0) /* the next part may look for what this one inserted */
			rc = demo_flush(w, err);
	}
	return rc;
}

/* Every login of a demo world has the same public password. */
static int passwords_set(struct tx *tx, struct error *err)
{
	char *secret = arena_alloc(tx->arena, PASSWORD_TEXT);
	struct record_list users;
	int rc = tx_find_all(tx, KIND_USER, NULL, 0, 0, &users, err);

	if (rc == 0 && !password_hash("overpass", PASSWORD_DEMO, secret))
		rc = error_reason(err, REASON_BUG, "what", "password_hash", NULL);
	for (size_t i = 0; rc == 0 && i < users.count; i++) {
		struct user *user = users.items[i];

		if (user->id == system_actor.user_id)
			continue;
		user->secret = secret;
		rc = tx_update(tx, KIND_USER, user, err);
	}
	return rc;
}

int64_t demo_instant(void)
{
	return date_from_civil(WORLD_YEAR, WORLD_MONTH, WORLD_DAY_OF_MONTH) * DAY_SECONDS;
}

/* Making the index of a large world takes a while, too. */
static bool stop_asked(void *context)
{
	struct store *store = &((struct local *)context)->store;

	return store->progress && store->progress(store->progress_context, 0, 0);
}

static int world_make(struct tx *tx, int64_t students, uint64_t seed, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct world w = { .tx = tx, .arena = &arena, .seed = seed, .students = students };
	int rc;

	tx->now = demo_instant();
	tx->today = w.today = tx->now / DAY_SECONDS;
	rc = seed_records(tx, "demo", err);
	if (rc == 0)
		rc = seed_records(tx, "calendars", err);
	if (rc == 0)
		rc = passwords_set(tx, err);
	if (rc == 0 && students > 0) {
		demo_queue_init(&w);
		rc = world_fill(&w, err);
		demo_queue_release(&w);
	}
	if (rc == 0)
		rc = search_build(tx->db, stop_asked, tx->local, err);
	free(w.student);
	free(w.cohorts);
	arena_release(&arena);
	return rc;
}

/* Indexes of numbers that come in no order are written all over: a fifth of a KiB
 * for each learner keeps the pages of these in memory. */
static int64_t cache_kib(int64_t students)
{
	return students / 5 > DB_BULK_CACHE_KIB ? students / 5 : DB_BULK_CACHE_KIB;
}

int demo_create(struct store *store, int64_t students, uint64_t seed, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct audit_event *event;
	struct tx tx;
	char detail[80];
	int rc;

	if (students < 0 || students > DEMO_STUDENTS_MAX)
		return error_reason(err, REASON_OPTION_VALUE, "key", "--students",
				    "expected", "0…5000000", NULL);
	rc = db_alone(local_of(store)->db, cache_kib(students), err);
	if (rc == 0)
		rc = tx_begin(&tx, local_of(store), &arena, false, err);
	if (rc < 0)
		return rc;
	tx.actor = &system_actor;
	tx.unindexed = true;
	rc = world_make(&tx, students, seed, err);
	if (rc == 0)
		rc = local_meta_set(tx.local, "demo", "1", err);
	if (rc == 0) {
		snprintf(detail, sizeof detail, "students=%" PRId64 " seed=%" PRIu64, students, seed);
		event = record_new(&arena, &audit_event_fields);
		event->action = "demo.create";
		event->detail = detail;
		rc = tx_audit_append(&tx, event, err);
	}
	if (rc == 0)
		rc = tx_commit(&tx, err);
	else
		tx_rollback(&tx);
	if (rc == 0)
		rc = db_share(local_of(store)->db, err);
	if (rc == 0)
		rc = db_bulk(local_of(store)->db, false, err);
	if (rc == 0)
		local_of(store)->demo = true;
	arena_release(&arena);
	return rc;
}
