/* kind.h: the list of all kinds of records: one row gives the enum, the field
 * table, the permission to read it, and the SQL table, JSON name and route. */
#ifndef OV_MODEL_KIND_H
#define OV_MODEL_KIND_H

#include "core/model/answer.h"
#include "core/model/calendar_feed.h"
#include "core/model/equipment.h"
#include "core/model/claim.h"
#include "core/model/cohort.h"
#include "core/model/person.h"
#include "core/model/plan.h"
#include "core/model/print.h"
#include "core/model/programme.h"
#include "core/model/rule.h"
#include "core/model/staff.h"
#include "core/model/timetable.h"
#include "core/model/wish.h"

/* X(enum tail, struct name, permission to read) — stored kinds, in an order in
 * which every reference points backwards or to itself where possible. */
#define STORED_KINDS(X) \
	X(BRANCH, branch, PUBLIC) \
	X(PERSON, person, LOOKUP) \
	X(USER, user, PUBLIC) \
	X(USER_ROLE, user_role, ADMIN) \
	X(USER_CONFLICT, user_conflict, AUDIT) \
	X(SHIFT_PATTERN, shift_pattern, PUBLIC) \
	X(EMPLOYMENT, employment, SEE_P2) \
	X(SHIFT_EXCEPTION, shift_exception, SEE_P2) \
	X(CAP_PROFILE, cap_profile, PUBLIC) \
	X(PROGRAMME, programme, PUBLIC) \
	X(CURRICULUM, curriculum, PUBLIC) \
	X(CURRICULUM_MODULE, curriculum_module, PUBLIC) \
	X(COURSE, course, PUBLIC) \
	X(CURRICULUM_COURSE, curriculum_course, PUBLIC) \
	X(TERM, term, PUBLIC) \
	X(CALENDAR_DAY, calendar_day, PUBLIC) \
	X(CALENDAR_VERSION, calendar_version, PUBLIC) \
	X(CALENDAR_VERSION_DAY, calendar_version_day, PUBLIC) \
	X(ROOM, room, PUBLIC) \
	X(TEACHER, teacher, LOOKUP) \
	X(TEACHER_AWAY, teacher_away, SEE_P2) \
	X(ROOM_FEATURE, room_feature, PUBLIC) \
	X(ROOM_CLOSURE, room_closure, PUBLIC) \
	X(COURSE_NEED, course_need, PUBLIC) \
	X(TEACHER_CERTIFICATE, teacher_certificate, LOOKUP) \
	X(POOL, pool, PUBLIC) \
	X(COURSE_USE, course_use, PUBLIC) \
	X(COURSE_ORDER, course_order, PUBLIC) \
	X(TEACHER_WISH, teacher_wish, LOOKUP) \
	X(COHORT, cohort, LOOKUP) \
	X(STUDENT, student, LOOKUP) \
	X(ENROLMENT, enrolment, LOOKUP) \
	X(COURSE_RESULT, course_result, SEE_P3) \
	X(SESSION_SERIES, session_series, LOOKUP) \
	X(PLAN_DRAFT, plan_draft, LOOKUP) \
	X(SESSION, session, LOOKUP) \
	X(SESSION_COHORT, session_cohort, LOOKUP) \
	X(ATTENDANCE, attendance, SEE_P2) \
	X(COHORT_WAIT, cohort_wait, LOOKUP) \
	X(COHORT_CHANGE, cohort_change, AUDIT) \
	X(CALENDAR_FEED, calendar_feed, LOOKUP) \
	X(PLAN_SESSION, plan_session, LOOKUP) \
	X(PLAN_BLOCKER, plan_blocker, LOOKUP) \
	X(PLAN_CLASH, plan_clash, SEE_P2) \
	X(CERTIFICATE_TYPE, certificate_type, PUBLIC) \
	X(CERTIFICATE, certificate, CLAIM_READ) \
	X(PRIOR_RESULT, prior_result, CLAIM_READ) \
	X(TRANSFER_RULE, transfer_rule, PUBLIC) \
	X(RULE_PROGRAMME, rule_programme, PUBLIC) \
	X(RULE_SOURCE, rule_source, PUBLIC) \
	X(RULE_TARGET, rule_target, PUBLIC) \
	X(CREDIT_CLAIM, credit_claim, CLAIM_READ) \
	X(CLAIM_LINE, claim_line, CLAIM_READ) \
	X(EVIDENCE, evidence, CLAIM_READ) \
	X(CLAIM_EXCLUDED, claim_excluded, CLAIM_READ) \
	X(CLAIM_EXPLANATION, claim_explanation, CLAIM_READ) \
	X(SOURCE_USE, source_use, CLAIM_READ) \
	X(ACCOUNT, account, ACCOUNT) \
	X(LEDGER_ENTRY, ledger_entry, ACCOUNT) \
	X(AUDIT_EVENT, audit_event, AUDIT) \
	X(OUTBOX, outbox, AUDIT) \
	X(IMPORT_BATCH, import_batch, ROSTER)

/* Derived kinds, see answer.h. They are read through search, card and the
 * outcome of commands, each of which checks its own permission; CLAIM_ROW,
 * CLAIM_QUEUE and LEDGER_ROW are also found by store_find. */
#define DERIVED_KINDS(X) \
	X(STUDENT_HIT, student_hit, LOOKUP) \
	X(MODULE_CREDIT, module_credit, ACCOUNT) \
	X(CLAIM_OPTION, claim_option, CLAIM_READ) \
	X(CLAIM_STEP, claim_step, CLAIM_READ) \
	X(CLAIM_ROW, claim_row, CLAIM_READ) \
	X(CLAIM_QUEUE, claim_queue, CLAIM_READ) \
	X(CAP_ROOM, cap_room, CLAIM_READ) \
	X(LEDGER_ROW, ledger_row, ACCOUNT) \
	X(LINE_SOURCE, line_source, CLAIM_READ) \
	X(SESSION_SLOT, session_slot, LOOKUP) \
	X(CONFLICT, conflict, LOOKUP) \
	X(PLAN_NEED, plan_need, LOOKUP) \
	X(PLAN_CREW, plan_crew, SEE_P2) \
	X(PLAN_TIE, plan_tie, LOOKUP) \
	X(DAY_CHANGE, day_change, LOOKUP) \
	X(STATEMENT, statement, ACCOUNT) \
	X(GRADUATION_FINDING, graduation_finding, GRAD_CHECK) \
	X(STUDENT_ROUTE, student_route, ACCOUNT) \
	X(HELD_SOURCE, held_source, ACCOUNT) \
	X(MODULE_GAP, module_gap, ACCOUNT) \
	X(GRADUATION_WAY, graduation_way, ACCOUNT) \
	X(WAY_STEP, way_step, ACCOUNT) \
	X(RULE_CHANGE, rule_change, CLAIM_READ) \
	X(IMPORT_COUNT, import_count, ROSTER) \
	X(IMPORT_FINDING, import_finding, ROSTER) \
	X(REVEALED, revealed, REVEAL) \
	X(ADVICE, advice, PUBLIC) \
	X(LEDGER_PROOF, ledger_proof, PUBLIC) \
	X(CHANGE, change, PUBLIC) \
	X(FEED_LINK, feed_link, FEED) \
	TIMETABLE_KINDS(X) \
	PRINT_KINDS(X)

enum kind {
	KIND_NONE = 0,
#define KIND_ENUM(UPPER, lower, perm) KIND_##UPPER,
	STORED_KINDS(KIND_ENUM)
	KIND_STORED_END,
	KIND_DERIVED_START = KIND_STORED_END - 1,
	DERIVED_KINDS(KIND_ENUM)
#undef KIND_ENUM
	KIND_COUNT
};

const struct field_table *kind_fields(enum kind kind); /* never NULL for a kind */
enum permission kind_permission(enum kind kind);
bool kind_stored(enum kind kind);
bool kind_found(enum kind kind); /* does store_find() answer for it? */
/* What store_find() takes of a kind as conditions beside its members; NULL: nothing. */
const struct field_table *kind_conditions(enum kind kind);
/* One of these by name, NULL when there is none. */
const struct field *kind_condition(enum kind kind, const char *name);
/* By singular or plural name; KIND_NONE when unknown. */
enum kind kind_find(const char *name);
enum kind kind_of(const struct field_table *table);

/* Lists of records of several kinds: the answer of a card or a command. */
struct bundle {
	struct arena *arena; /* not owned */
	size_t count;
	struct record_list lists[24];
};

void bundle_init(struct bundle *bundle, struct arena *arena);
/* Adds a record (kept, not copied) to the list of its table. */
void bundle_add(struct bundle *bundle, const struct field_table *table, void *record);
/* The list of a table; an empty one when the bundle has none. Never NULL. */
const struct record_list *bundle_list(const struct bundle *bundle,
				      const struct field_table *table);
void *bundle_first(const struct bundle *bundle, const struct field_table *table);

/* How the actor may see a field (7.2): by its class; SECRET never. */
enum grant field_grant(const struct field *field, const struct actor *actor);
/* Masks or removes in place what the actor may not see: P2 and P3 fields are
 * masked for grant M and removed for no grant; SECRET always. */
void record_mask(const struct field_table *table, void *record,
		 const struct actor *actor, struct arena *arena);
void bundle_mask(struct bundle *bundle, const struct actor *actor);

#endif
