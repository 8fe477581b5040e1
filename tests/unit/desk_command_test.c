/* Commands on people, results, cohorts, meetings, rules and users, and the
 * cards that the screens are made of, through a real store. */
#include "tests/unit/shared.h"

#include "core/store/commands/claim_args.h"
#include "core/store/commands/cohort_args.h"
#include "core/store/commands/staff_args.h"
#include "tests/unit/claim_world.h"

static void card_of(struct world *w, enum kind kind, int64_t id, struct bundle *bundle)
{
	const struct card_request request = { .kind = kind, .id = id, .from = OV_NULL,
					      .to = OV_NULL };

	assert_done(w, store_card(w->store, &request, &w->arena, bundle, &w->err));
}

/* --- people --- */

static void a_person_is_entered_by_the_document(void **state)
{
	struct world *w = *state;
	const struct person *person;

	world_as(w, "registrar.1");
	assert_refused(w, world_run(w, "person.create", 0, "full_name", "曾小明", "doc_kind",
				    "CITIZEN_ID", "doc_no", "11010519491231002X", NULL),
		       "CONSENT_NEEDED");
	assert_refused(w, world_run(w, "person.create", 0, "full_name", "曾小明", "doc_kind",
				    "CITIZEN_ID", "doc_no", "110100199001010010", "consent_on",
				    "2015-09-01", NULL), "ID_CHECK");
	assert_refused(w, world_run(w, "person.create", 0, "full_name", "曾小明", "doc_kind",
				    "CITIZEN_ID", "doc_no", "11010519491231002X", "sex", "M",
				    "consent_on", "2015-09-01", NULL), "IM_SEX");
	assert_done(w, world_run(w, "person.create", 0, "full_name", "曾小明", "doc_kind",
				 "CITIZEN_ID", "doc_no", " 110105 19491231 002x ", "mobile",
				 "+8613800001234", "consent_on", "2015-09-01", NULL));
	person = world_get(w, KIND_PERSON, w->outcome.id);
	assert_string_equal(person->doc_no, "11010519491231002X");
	assert_string_equal(person->mobile, "13800001234");
	assert_int_equal(person->birth_date, date_from_civil(1949, 12, 31));
	assert_int_equal(person->sex, SEX_F);
	assert_string_equal(person->name_initials, "zxm");
	assert_string_equal(((struct person *)bundle_first(&w->outcome.records, &person_fields))->doc_no,
			    "110***********002X");
}

static void a_learner_is_registered_by_the_number(void **state)
{
	struct world *w = *state;
	const char *programme = world_id_text(w, KIND_PROGRAMME, "code", "P-ZK-AUTO");
	const char *centre = world_id_text(w, KIND_BRANCH, "name", "北汽学习中心");
	const char *person;
	const struct student *student;

	world_as(w, "registrar.1");
	assert_done(w, world_run(w, "person.create", 0, "full_name", "李四", NULL));
	person = world_number(w, w->outcome.id);
	assert_refused(w, world_run(w, "student.register", 0, "person_id", person, "student_no",
				    "1590006400001", "programme_id", programme, NULL), "SN_BRANCH");
	assert_refused(w, world_run(w, "student.register", 0, "person_id", person, "student_no",
				    "1510106400001", "programme_id", programme, "centre_id", centre,
				    NULL), "FIELD_UNIQUE");
	assert_refused(w, world_run(w, "student.register", 0, "person_id", person, "student_no",
				    "1310106400042", "programme_id", programme, "centre_id", centre,
				    NULL), "IM_INTAKE");
	assert_done(w, world_run(w, "student.register", 0, "person_id", person, "student_no",
				 "15-101-064-00042", "programme_id", programme, "centre_id", centre,
				 NULL));
	student = world_get(w, KIND_STUDENT, w->outcome.id);
	assert_string_equal(student->student_no, "1510106400042");
	assert_int_equal(student->centre_id, world_id(w, KIND_BRANCH, "name", "北汽学习中心"));
}

static void a_reveal_needs_a_reason_and_is_recorded(void **state)
{
	struct world *w = *state;
	const struct student *student = world_get(w, KIND_STUDENT, w->students[0]);
	const struct revealed *revealed;
	struct record_list events;

	world_as(w, "front_desk.1");
	assert_refused(w, world_run(w, "pii.reveal", student->person_id, "field", "doc_no",
				    "reason", "abc", NULL), "REASON_NEEDED");
	assert_refused(w, world_run(w, "pii.reveal", student->person_id, "field", "full_name",
				    "reason", "to call back", NULL), "FIELD_UNKNOWN");
	assert_done(w, world_run(w, "pii.reveal", student->person_id, "field", "doc_no",
				 "reason", "to call back", NULL));
	revealed = bundle_first(&w->outcome.records, &revealed_fields);
	assert_string_equal(revealed->value, "L-0");
	world_find(w, KIND_AUDIT_EVENT, "object_id", student->person_id, &events);
	assert_int_equal(events.count, 1);
	assert_string_equal(((struct audit_event *)events.items[0])->action, "pii.reveal");
	assert_string_equal(((struct audit_event *)events.items[0])->detail, "doc_no");
	world_as(w, "viewer.1");
	assert_refused(w, world_run(w, "pii.reveal", student->person_id, "field", "doc_no",
				    "reason", "to call back", NULL), "PERM_DENIED");
}

/* A preview is rolled back, its event too: nothing in clear may leave with it,
 * nor with a list of commands of which a later one is refused. */
static void clear_text_leaves_only_with_its_event(void **state)
{
	struct world *w = *state;
	const struct student *student = world_get(w, KIND_STUDENT, w->students[0]);
	struct command commands[2];
	struct outcome outcomes[2];
	struct record_list events;

	world_as(w, "front_desk.1");
	for (int i = 0; i < 2; i++) {
		command_init(&commands[i], command_find("pii.reveal"), &w->arena);
		commands[i].target = student->person_id;
		assert_int_equal(command_set(&commands[i], "field", i ? "full_name" : "doc_no",
					     &w->arena, &w->err), 0);
		assert_int_equal(command_set(&commands[i], "reason", "to call back", &w->arena,
					     &w->err), 0);
	}
	assert_int_equal(store_assess(w->store, &commands[0], &w->arena, &outcomes[0], &w->err), 0);
	assert_null(bundle_first(&outcomes[0].records, &revealed_fields));
	assert_true(store_execute(w->store, commands, 2, &w->arena, outcomes, NULL, &w->err) < 0);
	assert_null(bundle_first(&outcomes[0].records, &revealed_fields));
	world_find(w, KIND_AUDIT_EVENT, "object_id", student->person_id, &events);
	assert_int_equal(events.count, 0);
}

/* --- results and the EARNED account --- */

static int64_t earned(struct world *w, int64_t student)
{
	struct bundle card;
	const struct record_list *rows;

	card_of(w, KIND_ACCOUNT, student, &card);
	rows = bundle_list(&card, &module_credit_fields);
	return ((struct module_credit *)rows->items[rows->count - 1])->earned_centi;
}

static void a_pass_is_earned_and_a_correction_reverses(void **state)
{
	struct world *w = *state;
	const char *course = world_id_text(w, KIND_COURSE, "code", "C201");
	const char *term = world_id_text(w, KIND_TERM, "code", "2015A");
	int64_t student = w->students[3];
	struct bundle card;

	world_as(w, "registrar.1");
	assert_done(w, world_run(w, "result.record", student, "course_id", course, "term_id", term,
				 "formative", "80.00", "final", "70.00", NULL));
	assert_int_equal(earned(w, student), 400);
	assert_refused(w, world_run(w, "result.record", student, "course_id", course, "term_id",
				    term, "formative", "50", "final", "50", NULL), "REASON_NEEDED");
	assert_done(w, world_run(w, "result.record", student, "course_id", course, "term_id", term,
				 "formative", "50", "final", "50", "reason", "Wrong sheet", NULL));
	assert_int_equal(earned(w, student), 0);
	card_of(w, KIND_ACCOUNT, student, &card);
	assert_int_equal(bundle_list(&card, &statement_fields)->count, 2);
	assert_done(w, world_run(w, "result.record", student, "course_id", course, "term_id", term,
				 "formative", "90", "final", "90", NULL));
	assert_int_equal(earned(w, student), 400);
}

static void graduation_is_checked_before_it_is_confirmed(void **state)
{
	struct world *w = *state;

	world_as(w, "reviewer2.1");
	assert_refused(w, world_run(w, "graduation.confirm", w->students[0], NULL), "GD_REFUSED");
	assert_true(bundle_list(&w->outcome.records, &graduation_finding_fields)->count >= 3);
	world_as(w, "registrar.1");
	assert_refused(w, world_run(w, "student.status", w->students[0], "status", "GRADUATED",
				    "reason", "by hand", NULL), "STATUS_GRADUATED");
	assert_done(w, world_run(w, "student.status", w->students[0], "status", "LEAVE",
				 "reason", "parental leave", NULL));
}

/* --- cohorts and meetings --- */

struct timetable {
	int64_t cohort;
	const char *cohort_text, *course, *teacher, *room;
};

static void timetable_make(struct world *w, struct timetable *t)
{
	struct record_list teachers;

	world_as(w, "registrar.1");
	assert_done(w, world_run(w, "cohort.create", 0, "code", "AUTO-15S-1", "name", "汽车1班",
				 "programme_id", world_id_text(w, KIND_PROGRAMME, "code", "P-ZK-AUTO"),
				 "centre_id", world_id_text(w, KIND_BRANCH, "name", "北汽学习中心"),
				 "intake", "2015S", "capacity", "2", NULL));
	t->cohort = w->outcome.id;
	t->cohort_text = world_number(w, t->cohort);
	t->course = world_id_text(w, KIND_COURSE, "code", "C301");
	t->room = world_id_text(w, KIND_ROOM, "code", "S101");
	world_find(w, KIND_TEACHER, NULL, 0, &teachers);
	t->teacher = world_number(w, ((struct teacher *)teachers.items[0])->id);
}

static void members_join_and_leave(void **state)
{
	struct world *w = *state;
	struct bundle card;
	struct timetable t;

	timetable_make(w, &t);
	assert_refused(w, world_run(w, "cohort.add", t.cohort, "student_id",
				    world_number(w, w->students[0]), NULL), "COHORT_OTHER");
	assert_done(w, world_run(w, "cohort.add", t.cohort, "student_id",
				 world_number(w, w->students[3]), NULL));
	assert_refused(w, world_run(w, "cohort.add", t.cohort, "student_id",
				    world_number(w, w->students[3]), NULL), "COHORT_MEMBER");
	assert_done(w, world_run(w, "cohort.add", t.cohort, "student_id",
				 world_number(w, w->students[4]), NULL));
	assert_refused(w, world_run(w, "cohort.add", t.cohort, "student_id",
				    world_number(w, w->students[5]), NULL), "COHORT_FULL");
	card_of(w, KIND_COHORT, t.cohort, &card);
	assert_int_equal(bundle_list(&card, &student_hit_fields)->count, 2);
	assert_done(w, world_run(w, "cohort.remove", t.cohort, "student_id",
				 world_number(w, w->students[3]), NULL));
	assert_refused(w, world_run(w, "cohort.remove", t.cohort, "student_id",
				    world_number(w, w->students[3]), NULL), "COHORT_NO_MEMBER");
}

static int meet(struct world *w, const struct timetable *t, const char *day, const char *start,
		const char *end, const char *override)
{
	return world_run(w, "session.create", 0, "cohort_id", t->cohort_text, "course_id", t->course,
			 "teacher_id", t->teacher, "room_id", t->room, "on_date", day,
			 "start_min", start, "end_min", end,
			 override ? "override_reason" : NULL, override, NULL);
}

static void conflicts_stop_a_meeting_unless_overridden(void **state)
{
	struct world *w = *state;
	const struct record_list *conflicts;
	struct timetable t;
	int64_t first;

	timetable_make(w, &t);
	world_as(w, "scheduler.1");
	assert_done(w, meet(w, &t, "2015-09-12", "08:30", "10:00", NULL));
	first = w->outcome.id;
	assert_refused(w, meet(w, &t, "2015-09-12", "09:00", "11:00", NULL), "CONFLICTS");
	conflicts = bundle_list(&w->outcome.records, &conflict_fields);
	assert_int_equal(conflicts->count, 3); /* room, teacher, cohort */
	assert_int_equal(((struct conflict *)conflicts->items[0])->other_id, first);
	assert_refused(w, meet(w, &t, "2015-10-02", "09:00", "11:00", NULL), "CONFLICTS");
	assert_non_null(strstr(w->err.message, "HOLIDAY"));
	assert_done(w, meet(w, &t, "2015-09-12", "10:00", "11:30", NULL)); /* touching is none */
	assert_refused(w, world_run(w, "session.move", w->outcome.id, "start_min", "09:00", NULL),
		       "CONFLICTS");
	assert_done(w, meet(w, &t, "2015-10-02", "09:00", "11:00", "A wish of all members"));
	assert_string_equal(((struct session *)world_get(w, KIND_SESSION, w->outcome.id))
			    ->override_reason, "A wish of all members");
}

static void a_meeting_moves_and_comes_back(void **state)
{
	struct world *w = *state;
	const struct session *session;
	struct timetable t;
	struct bundle card;
	int64_t id;

	timetable_make(w, &t);
	world_as(w, "scheduler.1");
	world_day(w, "2015-09-07");
	assert_done(w, meet(w, &t, "2015-09-12", "08:30", "10:00", NULL));
	id = w->outcome.id;
	assert_done(w, world_run(w, "session.publish", id, NULL));
	assert_done(w, world_run(w, "session.move", id, "on_date", "2015-09-13", "start_min",
				 "14:00", NULL));
	session = world_get(w, KIND_SESSION, id);
	assert_int_equal(session->state, SESSION_MOVED);
	assert_int_equal(session->end_min, 15 * 60 + 30);
	card_of(w, KIND_COHORT, t.cohort, &card);
	assert_int_equal(bundle_list(&card, &session_slot_fields)->count, 1);
	assert_refused(w, world_run(w, "session.cancel", id, NULL), "REASON_NEEDED");
	assert_done(w, world_run(w, "session.cancel", id, "reason", "The teacher is ill", NULL));
	assert_refused(w, world_run(w, "session.move", id, "on_date", "2015-09-12", NULL),
		       "SESSION_STATE");
	assert_done(w, world_run(w, "session.restore", id, NULL));
	assert_refused(w, world_run(w, "session.hold", id, NULL), "SESSION_STATE"); /* not yet */
	world_day(w, "2015-09-13");
	assert_done(w, world_run(w, "session.hold", id, NULL));
	world_line(w, &attendance_item_fields,
		   arena_printf(&w->arena, "%lld,mark=LATE,minutes=60", (long long)w->students[3]));
	assert_done(w, world_run(w, "session.attend", id, NULL));
	world_line(w, &attendance_item_fields,
		   arena_printf(&w->arena, "%lld,mark=PRESENT,minutes=91", (long long)w->students[3]));
	assert_refused(w, world_run(w, "session.attend", id, NULL), "FIELD_RANGE");
}

/* A member's shift is a conflict too. */
static void shifts_are_looked_at(void **state)
{
	struct world *w = *state;
	const struct student *student = world_get(w, KIND_STUDENT, w->students[3]);
	struct timetable t;

	timetable_make(w, &t);
	assert_done(w, world_run(w, "person.employ", student->person_id, "employer", "BAIC",
				 "shift_pattern_id", world_id_text(w, KIND_SHIFT_PATTERN, "code", "ROT-6"),
				 "team_offset", "0", NULL));
	assert_refused(w, world_run(w, "person.employ", student->person_id, "employer", "BAIC",
				    "shift_pattern_id", world_id_text(w, KIND_SHIFT_PATTERN, "code", "ROT-6"),
				    "team_offset", "6", NULL), "IM_SHIFT");
	assert_done(w, world_run(w, "cohort.add", t.cohort, "student_id",
				 world_number(w, w->students[3]), NULL));
	world_as(w, "scheduler.1");
	assert_refused(w, meet(w, &t, "2015-09-01", "15:00", "17:00", NULL), "CONFLICTS");
	assert_non_null(strstr(w->err.message, "SHIFT_CLASH"));
	assert_done(w, meet(w, &t, "2015-09-06", "10:00", "12:00", NULL));
	/* leave takes the shift away; overtime over midnight adds one, with the rest after it */
	assert_done(w, world_run(w, "shift.except", 0, "student_id", world_number(w, w->students[3]),
				 "kind", "LEAVE", "off_on", "2015-09-07", NULL));
	assert_done(w, meet(w, &t, "2015-09-07", "10:00", "12:00", NULL));
	assert_done(w, world_run(w, "shift.except", 0, "student_id", world_number(w, w->students[3]),
				 "kind", "OVERTIME", "work_on", "2015-09-11", "start_min", "20:00",
				 "end_min", "02:00", NULL));
	assert_refused(w, meet(w, &t, "2015-09-12", "09:00", "09:30", NULL), "CONFLICTS");
	assert_non_null(strstr(w->err.message, "REST_SHORT"));
	assert_done(w, meet(w, &t, "2015-09-12", "10:00", "11:00", NULL));
}

static void shift_patterns_do_not_overlap_themselves(void **state)
{
	struct shift_pattern pattern = {
		.code = "X", .kind = SHIFT_CYCLE, .cycle = "NDR", .anchor_on = 16000, .d_start = 480,
		.d_len = 480, .e_start = 960, .e_len = 480, .n_start = 1200, .n_len = 720,
		.buffer_min = 60, .rest_after_n_min = 480 };
	struct problems problems = { .count = 0 };

	(void)state;
	assert_int_equal(record_check(&shift_pattern_fields, &pattern, 20000, &problems), 0);
	pattern.n_len = 721; /* a minute into the day shift */
	assert_true(record_check(&shift_pattern_fields, &pattern, 20000, &problems) < 0);
	assert_int_equal(problems.item[0].reason, REASON_PATTERN_OVERLAP);
	problems.count = 0;
	pattern.cycle = "DNR";
	assert_int_equal(record_check(&shift_pattern_fields, &pattern, 20000, &problems), 0);
	pattern.cycle = "DXR";
	assert_true(record_check(&shift_pattern_fields, &pattern, 20000, &problems) < 0);
}

/* --- rules and users --- */

static int rule_enter(struct world *w, const char *from)
{
	world_line(w, &rule_source_item_fields, "T-WELD");
	world_line(w, &rule_programme_item_fields, world_id_text(w, KIND_PROGRAMME, "code", "P-ZK-AUTO"));
	return world_run(w, "rule.enter", 0, "rule_code", "R-500", "kind", "TX", "source_class", "S4",
			 "amount_centi", "2.00", "target_module", "M2", "effective_from", from,
			 "basis", "Order 7", NULL);
}

static struct transfer_rule *rule_of(struct world *w, int64_t id)
{
	return world_get(w, KIND_TRANSFER_RULE, id);
}

static void rules_are_released_by_another(void **state)
{
	struct world *w = *state;
	int64_t first, second;

	world_role(w, "reviewer1.1", ROLE_REVIEWER2);
	world_as(w, "reviewer1.1");
	assert_refused(w, world_run(w, "rule.enter", 0, "rule_code", "500", "kind", "TX",
				    "source_class", "S4", "effective_from", "2015-10-01",
				    "basis", "Order 7", NULL), "FIELD_REQUIRED");
	assert_done(w, rule_enter(w, "2015-10-01"));
	first = w->outcome.id;
	assert_refused(w, world_run(w, "rule.release", first, NULL), "RULE_FOUR_EYES");
	world_as(w, "reviewer2.1");
	assert_done(w, world_run(w, "rule.release", first, NULL));
	assert_refused(w, world_run(w, "rule.release", first, NULL), "RULE_STATE");
	world_as(w, "registrar.1");
	assert_done(w, rule_enter(w, "2016-01-01"));
	second = w->outcome.id;
	assert_int_equal(rule_of(w, second)->version, 2);
	world_as(w, "reviewer2.1");
	assert_done(w, world_run(w, "rule.release", second, NULL));
	assert_int_equal(rule_of(w, first)->effective_to, date_from_civil(2016, 1, 1));
	assert_done(w, world_run(w, "rule.suspend", second, "reason", "Under review", NULL));
	assert_int_equal(rule_of(w, second)->state, RULE_SUSPENDED);
	world_as(w, "registrar.1");
	/* What could never be released is refused where it is typed. */
	assert_refused(w, rule_enter(w, "2015-08-01"), "RULE_OVERLAP");
	assert_string_equal(w->err.field, "effective_from");
	/* Entered in time, released too late: the first may have been used meanwhile. */
	assert_done(w, rule_enter(w, "2016-06-01"));
	second = w->outcome.id;
	world_day(w, "2016-06-01");
	world_as(w, "reviewer2.1");
	assert_refused(w, world_run(w, "rule.release", second, NULL), "RULE_OVERLAP");
}

static void roles_exclude_each_other(void **state)
{
	struct world *w = *state;
	int64_t user;

	world_as(w, "admin.1");
	assert_refused(w, world_run(w, "user.create", 0, "login", "Li", NULL), "LOGIN_BAD");
	world_line(w, &role_item_fields, ""); /* a role that is none */
	assert_refused(w, world_run(w, "user.create", 0, "login", "li", NULL), "FIELD_REQUIRED");
	assert_string_equal(w->err.field, "roles");
	world_line(w, &role_item_fields, "front_desk");
	world_line(w, &role_item_fields, "reviewer2");
	assert_refused(w, world_run(w, "user.create", 0, "login", "li", NULL), "ROLES_FORBIDDEN");
	world_line(w, &role_item_fields, "front_desk");
	assert_refused(w, world_run(w, "user.create", 0, "login", "li", "password", "short", NULL),
		       "PASSWORD_SHORT");
	world_line(w, &role_item_fields, "front_desk");
	assert_done(w, world_run(w, "user.create", 0, "login", "li", "password", "long enough",
				 NULL));
	user = w->outcome.id;
	assert_null(((struct user *)bundle_first(&w->outcome.records, &user_fields))->secret);
	assert_done(w, store_login(w->store, "li", "long enough", &w->err));
	world_as(w, "admin.1");
	assert_done(w, world_run(w, "user.close", user, "reason", "Has left", NULL));
	assert_refused(w, world_run(w, "user.unlock", user, NULL), "LOGIN_CLOSED");
	assert_refused(w, store_login(w->store, "li", "long enough", &w->err), "LOGIN_CLOSED");
}

/* --- cards --- */

static void the_claim_card_says_what_is_open(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[0],
				 "T-POST,no=K1,level=4,issued=2015-06-01,evidence=COPY");
	const struct record_list *options;
	bool accept = false;
	struct bundle card;

	card_of(w, KIND_CREDIT_CLAIM, id, &card);
	options = bundle_list(&card, &claim_option_fields);
	for (size_t i = 0; i < options->count; i++) {
		const struct claim_option *option = options->items[i];

		if (option->event == EVENT_ACCEPT)
			accept = option->allowed == 1;
	}
	assert_true(accept);
	assert_int_equal(bundle_list(&card, &claim_step_fields)->count, 2);
	assert_int_equal(bundle_list(&card, &evidence_fields)->count, 1);
	assert_string_equal(((struct line_source *)bundle_first(&card, &line_source_fields))->name,
			    "快递员证书");
	assert_non_null(bundle_first(&card, &person_fields));
}

static void an_expert_sees_no_name(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[3],
				 "T-MAINT,no=K5,level=2,issued=2015-06-01,evidence=COPY");
	const struct query query = { .kind = KIND_CLAIM_ROW };
	const struct claim_row *row;
	struct bundle card;
	struct page page;

	world_as(w, "expert.1");
	assert_done(w, store_find(w->store, &query, &w->arena, &page, &w->err));
	assert_int_equal(page.count, 0);
	world_advance(w, id, CLAIM_VERIFIED);
	world_as(w, "reviewer1.1");
	assert_done(w, world_run(w, "claim.ask_expert", id, NULL));
	world_as(w, "expert.1");
	assert_done(w, store_find(w->store, &query, &w->arena, &page, &w->err));
	assert_int_equal(page.count, 1);
	row = page.records[0];
	assert_null(row->full_name);
	assert_string_equal(row->student_no, row->claim_no);
	card_of(w, KIND_CREDIT_CLAIM, id, &card);
	assert_null(bundle_first(&card, &person_fields));
	assert_null(bundle_first(&card, &student_fields));
	assert_int_equal(((struct credit_claim *)bundle_first(&card, &credit_claim_fields))->student_id,
			 OV_NULL);
}

static size_t queue_count(struct world *w, const char *field, int64_t value)
{
	const struct filter filters[] = { FILTER_INT(field, value) };
	struct query query = { .kind = KIND_CLAIM_ROW, .filters = filters, .filter_count = 1,
			       .order = "deadline_on", .limit = 2 };
	size_t count = 0;
	struct page page;

	do {
		assert_done(w, store_find(w->store, &query, &w->arena, &page, &w->err));
		count += page.count;
		query.cursor = page.next;
	} while (page.next);
	return count;
}

static void the_queue_says_what_waits(void **state)
{
	struct world *w = *state;
	int64_t ids[5];

	for (int i = 0; i < 5; i++) {
		ids[i] = world_claim(w, w->students[i],
			arena_printf(&w->arena, "T-SAFE,no=S%d,issued=2015-06-01,evidence=COPY", i));
		if (i >= 3)
			world_advance(w, ids[i], CLAIM_ACCEPTED);
	}
	world_as(w, "front_desk.1");
	assert_int_equal(queue_count(w, "state", CLAIM_SUBMITTED), 3);
	assert_int_equal(queue_count(w, "state", CLAIM_ACCEPTED), 2);
	assert_int_equal(queue_count(w, "mine", 1), 3);
	assert_int_equal(queue_count(w, "student_id", w->students[1]), 1);
	assert_int_equal(queue_count(w, "overdue", 1), 0);
	world_as(w, "verifier.1");
	assert_int_equal(queue_count(w, "mine", 1), 2);
	world_day(w, "2015-11-01");
	assert_int_equal(queue_count(w, "overdue", 1), 2);
}

static void a_card_keeps_to_what_may_be_seen(void **state)
{
	struct world *w = *state;
	struct card_request request = { .kind = KIND_STUDENT, .key = "15-101-064-00001",
					.from = OV_NULL, .to = OV_NULL };
	struct bundle card;

	world_as(w, "viewer.1");
	assert_done(w, store_card(w->store, &request, &w->arena, &card, &w->err));
	assert_null(((struct person *)bundle_first(&card, &person_fields))->doc_no);
	assert_string_equal(((struct person *)bundle_first(&card, &person_fields))->mobile,
			    "139****0000");
	assert_int_equal(bundle_list(&card, &module_credit_fields)->count, 6);
	assert_int_equal(bundle_list(&card, &graduation_finding_fields)->count, 0);
	world_as(w, "admin.1");
	assert_refused(w, store_card(w->store, &request, &w->arena, &card, &w->err), "PERM_DENIED");
	world_as(w, "viewer.1");
	request.key = "9999999999999";
	assert_refused(w, store_card(w->store, &request, &w->arena, &card, &w->err), "NOT_FOUND");
	request = (struct card_request){ .kind = KIND_TRANSFER_RULE, .key = "R-003" };
	assert_done(w, store_card(w->store, &request, &w->arena, &card, &w->err));
	assert_int_equal(bundle_list(&card, &rule_target_fields)->count, 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_person_is_entered_by_the_document),
		TEST(a_learner_is_registered_by_the_number),
		TEST(a_reveal_needs_a_reason_and_is_recorded),
		TEST(clear_text_leaves_only_with_its_event),
		TEST(a_pass_is_earned_and_a_correction_reverses),
		TEST(graduation_is_checked_before_it_is_confirmed),
		TEST(members_join_and_leave), TEST(conflicts_stop_a_meeting_unless_overridden),
		TEST(a_meeting_moves_and_comes_back), TEST(shifts_are_looked_at),
		TEST(shift_patterns_do_not_overlap_themselves),
		TEST(rules_are_released_by_another), TEST(roles_exclude_each_other),
		TEST(the_claim_card_says_what_is_open), TEST(an_expert_sees_no_name),
		TEST(the_queue_says_what_waits), TEST(a_card_keeps_to_what_may_be_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
