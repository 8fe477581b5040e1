/* Enumerations of the record families. The order is that of the C enums and,
 * like the codes, may only grow. */
#include "core/model/kind.h"

static const struct enum_value doc_kind_values[] = {
	{ "CITIZEN_ID", N_("citizen ID") },
	{ "PASSPORT", N_("passport") },
	{ "HMT_PERMIT", N_("Hong Kong, Macao or Taiwan permit") },
	{ "OTHER", N_("other document") },
};
const struct enum_table doc_kind_enum = { "doc_kind", doc_kind_values, 4 };

static const struct enum_value sex_values[] = {
	{ "M", N_("male") },
	{ "F", N_("female") },
	{ "U", N_("unknown") },
};
const struct enum_table sex_enum = { "sex", sex_values, 3 };

static const struct enum_value student_status_values[] = {
	{ "ACTIVE", N_("active") },
	{ "LEAVE", N_("on leave") },
	{ "WITHDRAWN", N_("withdrawn from study") },
	{ "GRADUATED", N_("graduated") },
	{ "EXPIRED", N_("study period over") },
};
const struct enum_table student_status_enum = { "student_status", student_status_values, 5 };

static const struct enum_value entry_level_values[] = {
	{ "JUNIOR", N_("junior secondary") },
	{ "SENIOR", N_("senior secondary") },
	{ "VOCATIONAL", N_("vocational secondary") },
	{ "ZHUANKE", N_("associate level (zhuanke)") },
	{ "BENKE", N_("bachelor level (benke)") },
};
const struct enum_table entry_level_enum = { "entry_level", entry_level_values, 5 };

static const struct enum_value shift_kind_values[] = {
	{ "CYCLE", N_("cycle") },
	{ "WEEKDAY", N_("working days") },
};
const struct enum_table shift_kind_enum = { "shift_kind", shift_kind_values, 2 };

static const struct enum_value programme_kind_values[] = {
	{ "DEGREE", N_("degree education") },
	{ "NON_DEGREE", N_("non-degree education") },
};
const struct enum_table programme_kind_enum = { "programme_kind", programme_kind_values, 2 };

static const struct enum_value programme_level_values[] = {
	{ "ZHUANKE", N_("associate level (zhuanke)") },
	{ "BENKE_TOPUP", N_("benke top-up") },
	{ "BENKE", N_("bachelor level (benke)") },
};
const struct enum_table programme_level_enum = { "programme_level", programme_level_values, 3 };

static const struct enum_value training_model_values[] = {
	{ "WORK_STUDY", N_("work and study") },
	{ "ONLINE_BLEND", N_("online and class") },
	{ "APPRENTICE", N_("apprenticeship") },
	{ "FULL_ONLINE", N_("online only") },
};
const struct enum_table training_model_enum = { "training_model", training_model_values, 4 };

static const struct enum_value curriculum_state_values[] = {
	{ "DRAFT", N_("draft") },
	{ "PUBLISHED", N_("published") },
	{ "RETIRED", N_("retired") },
};
const struct enum_table curriculum_state_enum = { "curriculum_state", curriculum_state_values, 3 };

static const struct enum_value course_kind_values[] = {
	{ "REGULAR", N_("regular course") },
	{ "OPEN", N_("open course") },
	{ "PRACTICE", N_("practice") },
	{ "THESIS", N_("thesis") },
};
const struct enum_table course_kind_enum = { "course_kind", course_kind_values, 4 };

static const struct enum_value course_outcome_values[] = {
	{ "PASS", N_("passed") },
	{ "FAIL", N_("failed") },
	{ "PENDING", N_("pending") },
	{ "EXEMPT", N_("exempt") },
};
const struct enum_table course_outcome_enum = { "course_outcome", course_outcome_values, 4 };

static const struct enum_value rule_kind_values[] = {
	{ "CC", N_("course for course") },
	{ "TC", N_("certificate for course") },
	{ "TX", N_("certificate for credits") },
	{ "NM", N_("combination") },
	{ "OA", N_("open courses") },
};
const struct enum_table rule_kind_enum = { "rule_kind", rule_kind_values, 5 };

static const struct enum_value source_class_values[] = {
	{ "S1", N_("courses of this university") },
	{ "S2", N_("courses of other institutions") },
	{ "S3", N_("self-study examinations") },
	{ "S4", N_("non-degree results") },
};
const struct enum_table source_class_enum = { "source_class", source_class_values, 4 };

static const struct enum_value rule_state_values[] = {
	{ "DRAFT", N_("draft") },
	{ "ACTIVE", N_("in force") },
	{ "SUSPENDED", N_("suspended") },
	{ "RETIRED", N_("retired") },
};
const struct enum_table rule_state_enum = { "rule_state", rule_state_values, 4 };

static const struct enum_value cert_category_values[] = {
	{ "VQ", N_("vocational qualification") },
	{ "PS", N_("post skill") },
	{ "MC", N_("micro-certificate") },
	{ "TR", N_("attendance record") },
};
const struct enum_table cert_category_enum = { "cert_category", cert_category_values, 4 };

static const struct enum_value cert_state_values[] = {
	{ "HELD", N_("held") },
	{ "VERIFIED", N_("verified") },
	{ "REVOKED", N_("revoked") },
	{ "FALSE", N_("false") },
};
const struct enum_table cert_state_enum = { "cert_state", cert_state_values, 4 };

static const struct enum_value source_kind_values[] = {
	{ "COURSE", N_("course") },
	{ "CERTIFICATE", N_("certificate") },
	{ "OPEN_COURSE", N_("open course") },
};
const struct enum_table source_kind_enum = { "source_kind", source_kind_values, 3 };

static const struct enum_value evidence_kind_values[] = {
	{ "ORIGINAL_SEEN", N_("original seen") },
	{ "COPY", N_("copy") },
	{ "REGISTRY_CHECK", N_("registry check") },
	{ "EMPLOYER_LETTER", N_("employer's letter") },
};
const struct enum_table evidence_kind_enum = { "evidence_kind", evidence_kind_values, 4 };

static const struct enum_value evidence_check_values[] = {
	{ "OPEN", N_("not checked") },
	{ "OK", N_("checked") },
	{ "STRUCK", N_("struck out") },
	{ "FALSE", N_("false") },
};
const struct enum_table evidence_check_enum = { "evidence_check", evidence_check_values, 4 };

static const struct enum_value account_kind_values[] = {
	{ "EARNED", N_("earned") },
	{ "TRANSFER", N_("transferred") },
	{ "POOL", N_("pool") },
};
const struct enum_table account_kind_enum = { "account_kind", account_kind_values, 3 };

static const struct enum_value entry_kind_values[] = {
	{ "RESULT", N_("course result") },
	{ "GRANT", N_("grant") },
	{ "POOL_IN", N_("into the pool") },
	{ "POOL_OUT", N_("out of the pool") },
	{ "REVERSAL", N_("reversal") },
};
const struct enum_table entry_kind_enum = { "entry_kind", entry_kind_values, 5 };

static const struct enum_value enrolment_state_values[] = {
	{ "ENROLLED", N_("enrolled") },
	{ "COMPLETED", N_("completed") },
	{ "DROPPED", N_("dropped") },
	{ "EXEMPT", N_("exempt") },
};
const struct enum_table enrolment_state_enum = { "enrolment_state", enrolment_state_values, 4 };

static const struct enum_value session_mode_values[] = {
	{ "CLASSROOM", N_("classroom teaching") },
	{ "ONLINE", N_("online learning") },
	{ "PRACTICE", N_("practical teaching") },
};
const struct enum_table session_mode_enum = { "session_mode", session_mode_values, 3 };

static const struct enum_value session_state_values[] = {
	{ "PLANNED", N_("planned") },
	{ "PUBLISHED", N_("published") },
	{ "HELD", N_("taught") },
	{ "CANCELLED", N_("cancelled") },
	{ "MOVED", N_("moved") },
};
const struct enum_table session_state_enum = { "session_state", session_state_values, 5 };

static const struct enum_value attendance_mark_values[] = {
	{ "PRESENT", N_("present") },
	{ "LATE", N_("late") },
	{ "EXCUSED", N_("excused") },
	{ "ABSENT", N_("absent") },
};
const struct enum_table attendance_mark_enum = { "attendance_mark", attendance_mark_values, 4 };

static const struct enum_value waiting_state_values[] = {
	{ "WAITING", N_("on the list") },
	{ "OFFERED", N_("seat offered") },
	{ "PLACED", N_("placed") },
	{ "LEFT", N_("left the list") },
};
const struct enum_table waiting_state_enum = { "waiting_state", waiting_state_values, 4 };

static const struct enum_value room_kind_values[] = {
	{ "CLASSROOM", N_("classroom") },
	{ "LAB", N_("laboratory") },
	{ "BASE", N_("practical base") },
};
const struct enum_table room_kind_enum = { "room_kind", room_kind_values, 3 };

static const struct enum_value teacher_kind_values[] = {
	{ "FULL_TIME", N_("full time") },
	{ "PART_TIME", N_("part time") },
	{ "MENTOR", N_("workplace mentor") },
};
const struct enum_table teacher_kind_enum = { "teacher_kind", teacher_kind_values, 3 };

static const struct enum_value day_kind_values[] = {
	{ "HOLIDAY", N_("public holiday") },
	{ "SWAPPED_WORKDAY", N_("swapped workday") },
	{ "CLOSED", N_("closed") },
	{ "EXAM", N_("examination") },
};
const struct enum_table day_kind_enum = { "day_kind", day_kind_values, 4 };

static const struct enum_value user_state_values[] = {
	{ "ACTIVE", N_("may log in") },
	{ "LOCKED", N_("locked") },
	{ "CLOSED", N_("closed") },
};
const struct enum_table user_state_enum = { "user_state", user_state_values, 3 };

static const struct enum_value branch_kind_values[] = {
	{ "BRANCH", N_("branch") },
	{ "CENTRE", N_("learning centre") },
};
const struct enum_table branch_kind_enum = { "branch_kind", branch_kind_values, 2 };

static const struct enum_value outbox_kind_values[] = {
	{ "RESULT_OUT", N_("result") },
	{ "GRANT_OUT", N_("grant") },
	{ "ROSTER_OUT", N_("roster") },
	{ "NOTICE_OUT", N_("notice") },
};
const struct enum_table outbox_kind_enum = { "outbox_kind", outbox_kind_values, 4 };

static const struct enum_value outbox_state_values[] = {
	{ "PENDING", N_("waiting") },
	{ "SENT", N_("sent") },
	{ "CONFIRMED", N_("confirmed") },
	{ "FAILED", N_("failed") },
};
const struct enum_table outbox_state_enum = { "outbox_state", outbox_state_values, 4 };

static const struct enum_value match_values[] = {
	{ "number", N_("number") },
	{ "number_tail", N_("number tail") },
	{ "name", N_("name") },
	{ "pinyin", N_("pinyin") },
	{ "initials", N_("initials") },
	{ "mobile", N_("mobile") },
	{ "doc", N_("document") },
	{ "member", N_("member") },
	{ "sound", N_("sounds alike") },
};
const struct enum_table match_enum = { "match", match_values, 9 };

static const struct enum_value way_aim_values[] = {
	{ "HELD", N_("fewest steps, with what is held") },
	{ "STEPS", N_("fewest steps of any kind") },
	{ "STUDY", N_("least to study") },
};
const struct enum_table way_aim_enum = { "way_aim", way_aim_values, 3 };

static const struct enum_value way_step_kind_values[] = {
	{ "WAIT", N_("in an open claim") },
	{ "CLAIM", N_("claim it") },
	{ "EARN", N_("earn and claim") },
	{ "OPEN", N_("take open courses") },
	{ "STUDY", N_("study the course") },
	{ "PROVE", N_("second certificate") },
};
const struct enum_table way_step_kind_enum = { "way_step_kind", way_step_kind_values, 6 };

static const struct enum_value weekday_values[] = {
	{ "MON", N_("Monday") }, { "TUE", N_("Tuesday") }, { "WED", N_("Wednesday") },
	{ "THU", N_("Thursday") }, { "FRI", N_("Friday") }, { "SAT", N_("Saturday") },
	{ "SUN", N_("Sunday") },
};
const struct enum_table weekday_enum = { "weekday", weekday_values, WEEKDAYS };

static const struct enum_value wish_kind_values[] = {
	{ "WANTED", N_("wanted") },
	{ "UNWANTED", N_("not wanted") },
};
const struct enum_table wish_kind_enum = { "wish_kind", wish_kind_values, 2 };
