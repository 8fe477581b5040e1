/* The field tables of all stored kinds, and the checks that one field alone
 * cannot say. Rules that need other records are in the commands. */
#include "core/model/kind.h"

#include "core/model/record_checks.h"

FIELD_TABLE(branch, BRANCH_FIELDS, "branches",
	    N_("branch"), true, NULL);
FIELD_TABLE(person, PERSON_FIELDS, "persons",
	    N_("person"), true, person_check);
FIELD_TABLE(user, USER_FIELDS, "users",
	    N_("user"), true, NULL);
FIELD_TABLE(user_role, USER_ROLE_FIELDS, "user_roles",
	    N_("role"), true, NULL);
FIELD_TABLE(user_conflict, USER_CONFLICT_FIELDS, "user_conflicts",
	    N_("conflict of interest"), true, NULL);
FIELD_TABLE(shift_pattern, SHIFT_PATTERN_FIELDS, "shift_patterns",
	    N_("shift pattern"), true, shift_pattern_check);
FIELD_TABLE(employment, EMPLOYMENT_FIELDS, "employments",
	    N_("employment"), true, employment_check);
FIELD_TABLE(cap_profile, CAP_PROFILE_FIELDS, "cap_profiles",
	    N_("cap profile"), true, NULL);
FIELD_TABLE(programme, PROGRAMME_FIELDS, "programmes",
	    N_("programme"), true, programme_check);
FIELD_TABLE(curriculum, CURRICULUM_FIELDS, "curricula",
	    N_("curriculum"), true, curriculum_check);
FIELD_TABLE(curriculum_module, CURRICULUM_MODULE_FIELDS, "curriculum_modules",
	    N_("module"), true, NULL);
FIELD_TABLE(course, COURSE_FIELDS, "courses",
	    N_("course"), true, NULL);
FIELD_TABLE(curriculum_course, CURRICULUM_COURSE_FIELDS, "curriculum_courses",
	    N_("course of a curriculum"), true, NULL);
FIELD_TABLE(term, TERM_FIELDS, "terms",
	    N_("term"), true, term_check);
FIELD_TABLE(calendar_day, CALENDAR_DAY_FIELDS, "calendar_days",
	    N_("calendar day"), true, NULL);
FIELD_TABLE(room, ROOM_FIELDS, "rooms",
	    N_("room"), true, room_check);
FIELD_TABLE(teacher, TEACHER_FIELDS, "teachers",
	    N_("teacher"), true, NULL);
FIELD_TABLE(teacher_away, TEACHER_AWAY_FIELDS, "teacher_aways",
	    N_("absence of a teacher"), true, NULL);
FIELD_TABLE(room_feature, ROOM_FEATURE_FIELDS, "room_features",
	    N_("equipment of a room"), true, NULL);
FIELD_TABLE(room_closure, ROOM_CLOSURE_FIELDS, "room_closures",
	    N_("closure of a room"), true, NULL);
FIELD_TABLE(course_need, COURSE_NEED_FIELDS, "course_needs",
	    N_("equipment that a course needs"), true, NULL);
FIELD_TABLE(teacher_certificate, TEACHER_CERTIFICATE_FIELDS, "teacher_certificates",
	    N_("certificate of a teacher"), true, NULL);
FIELD_TABLE(pool, POOL_FIELDS, "pools",
	    N_("portable item"), true, NULL);
FIELD_TABLE(course_use, COURSE_USE_FIELDS, "course_uses",
	    N_("portable item that a course uses"), true, NULL);
FIELD_TABLE(course_order, COURSE_ORDER_FIELDS, "course_orders",
	    N_("order of courses"), true, NULL);
FIELD_TABLE(teacher_wish, TEACHER_WISH_FIELDS, "teacher_wishes",
	    N_("wish of a teacher"), true, NULL);
FIELD_TABLE(cohort, COHORT_FIELDS, "cohorts",
	    N_("cohort"), true, NULL);
FIELD_TABLE(student, STUDENT_FIELDS, "students",
	    N_("learner"), true, student_check);
FIELD_TABLE(enrolment, ENROLMENT_FIELDS, "enrolments",
	    N_("enrolment"), true, NULL);
FIELD_TABLE(course_result, COURSE_RESULT_FIELDS, "course_results",
	    N_("course result"), true, NULL);
FIELD_TABLE(session, SESSION_FIELDS, "sessions",
	    N_("session"), true, session_check);
FIELD_TABLE(session_cohort, SESSION_COHORT_FIELDS, "session_cohorts",
	    N_("cohort of a session"), true, NULL);
FIELD_TABLE(cohort_wait, COHORT_WAIT_FIELDS, "cohort_waits",
	    N_("place on a waiting list"), true, NULL);
FIELD_TABLE(cohort_change, COHORT_CHANGE_FIELDS, "cohort_changes",
	    N_("change of cohort"), true, NULL);
FIELD_TABLE(calendar_feed, CALENDAR_FEED_FIELDS, "calendar_feeds",
	    N_("calendar feed"), true, NULL);
FIELD_TABLE(feed_link, FEED_LINK_FIELDS, "feed_links",
	    N_("address of a calendar feed"), false, NULL);
FIELD_TABLE(attendance, ATTENDANCE_FIELDS, "attendances",
	    N_("attendance"), true, NULL);
FIELD_TABLE(certificate_type, CERTIFICATE_TYPE_FIELDS, "certificate_types",
	    N_("certificate type"), true, NULL);
FIELD_TABLE(certificate, CERTIFICATE_FIELDS, "certificates",
	    N_("certificate"), true, certificate_check);
FIELD_TABLE(prior_result, PRIOR_RESULT_FIELDS, "prior_results",
	    N_("earlier result"), true, NULL);
FIELD_TABLE(transfer_rule, TRANSFER_RULE_FIELDS, "rules",
	    N_("transfer rule"), true, NULL);
FIELD_TABLE(rule_programme, RULE_PROGRAMME_FIELDS, "rule_programmes",
	    N_("programme of a rule"), true, NULL);
FIELD_TABLE(rule_source, RULE_SOURCE_FIELDS, "rule_sources",
	    N_("source of a rule"), true, NULL);
FIELD_TABLE(rule_target, RULE_TARGET_FIELDS, "rule_targets",
	    N_("target of a rule"), true, NULL);
FIELD_TABLE(credit_claim, CREDIT_CLAIM_FIELDS, "claims",
	    N_("credit claim"), true, NULL);
FIELD_TABLE(claim_line, CLAIM_LINE_FIELDS, "claim_lines",
	    N_("claim line"), true, NULL);
FIELD_TABLE(evidence, EVIDENCE_FIELDS, "evidences",
	    N_("evidence"), true, NULL);
FIELD_TABLE(claim_excluded, CLAIM_EXCLUDED_FIELDS, "claim_exclusions",
	    N_("exclusion"), true, NULL);
FIELD_TABLE(claim_explanation, CLAIM_EXPLANATION_FIELDS, "claim_explanations",
	    N_("explanation"), true, NULL);
FIELD_TABLE(source_use, SOURCE_USE_FIELDS, "source_uses",
	    N_("use of a source"), true, NULL);
FIELD_TABLE(account, ACCOUNT_FIELDS, "accounts",
	    N_("credit account"), true, NULL);
FIELD_TABLE(ledger_entry, LEDGER_ENTRY_FIELDS, "ledger_entries",
	    N_("entry"), true, NULL);
FIELD_TABLE(audit_event, AUDIT_EVENT_FIELDS, "audit_events",
	    N_("audit event"), true, NULL);
FIELD_TABLE(outbox, OUTBOX_FIELDS, "outbox_messages",
	    N_("message"), true, NULL);
FIELD_TABLE(import_batch, IMPORT_BATCH_FIELDS, "import_batches",
	    N_("import"), true, NULL);

#define ANSWER_TABLE(REC, LIST, PLURAL, LABEL) \
	FIELD_TABLE(REC, LIST, PLURAL, LABEL, false, NULL);
ANSWERS(ANSWER_TABLE)
