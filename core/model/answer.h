/* answer.h: derived records: what the store answers that is no row of a
 * table. They have field tables like any record, so that a screen, JSON and
 * the API document treat them alike, but no head and no SQL table. */
#ifndef OV_MODEL_ANSWER_H
#define OV_MODEL_ANSWER_H

#include "core/model/claim.h"
#include "core/model/cohort.h"
#include "core/model/person.h"

/* One line of a search, and of a cohort's member list. */
#define STUDENT_HIT_FIELDS(F, REC) \
	F(REC, FT_INT, id, .label = N_("Learner")) \
	F(REC, FT_TEXT, student_no, .max = 13, .pii = P1, .label = N_("Student number"), .width = 13) \
	F(REC, FT_TEXT, full_name, .max = 60, .pii = P1, .label = N_("Name"), .width = 12) \
	F(REC, FT_TEXT, programme, .max = 20, .pii = P1, .label = N_("Programme"), .width = 12) \
	F(REC, FT_TEXT, programme_name, .max = 80, .pii = P1, .label = N_("Programme name"), .width = 16) \
	F(REC, FT_TEXT, cohort, .max = 20, .pii = P1, .label = N_("Cohort"), .width = 12) \
	F(REC, FT_TEXT, plant, .max = 80, .pii = P2, .label = N_("Plant"), .width = 14) \
	F(REC, FT_ENUM, status, .pii = P1, .enums = &student_status_enum, .label = N_("Standing"), .width = 8) \
	F(REC, FT_ENUM, matched, .enums = &match_enum, .label = N_("Matched"), .width = 8) \
	F(REC, FT_INT, match_at, .label = N_("Matched from"), .help = N_("Character of number or name, from 0"), .width = 3) \
	F(REC, FT_INT, match_len, .label = N_("Matched characters"), .width = 3) \
	F(REC, FT_CENTI, earned_centi, .pii = P1, .label = N_("Credits"), .width = 6) \
	F(REC, FT_CENTI, min_total_centi, .label = N_("Minimum credits"), .width = 6) \
	F(REC, FT_INT, open_claims, .pii = P1, .label = N_("Open claims"), .width = 3) \
	F(REC, FT_TEXT, narrowed_by, .max = 160, .pii = P2, .label = N_("Narrowed by"), .help = N_("Where the words behind the name were found"), .width = 12)

enum match { MATCH_NUMBER, MATCH_NUMBER_TAIL, MATCH_NAME, MATCH_PINYIN, MATCH_INITIALS, MATCH_MOBILE, MATCH_DOC, MATCH_MEMBER, MATCH_SOUND };
extern const struct enum_table match_enum;

/* Credits of one learner in one module of the curriculum; code "" is the sum. */
#define MODULE_CREDIT_FIELDS(F, REC) \
	F(REC, FT_TEXT, code, .max = 8, .label = N_("Module"), .width = 6) \
	F(REC, FT_TEXT, name, .max = 60, .label = N_("Title"), .width = 16) \
	F(REC, FT_CENTI, min_centi, .label = N_("Minimum credits"), .width = 7) \
	F(REC, FT_CENTI, earned_centi, .pii = P1, .label = N_("Earned"), .width = 7) \
	F(REC, FT_CENTI, transferred_centi, .pii = P1, .label = N_("Transferred"), .width = 7) \
	F(REC, FT_CENTI, transfer_max_centi, .label = N_("Transfer ceiling"), .width = 7)

/* One event of a claim: may the actor do it now, and if not, why not. */
#define CLAIM_OPTION_FIELDS(F, REC) \
	F(REC, FT_ENUM, event, .enums = &claim_event_enum, .label = N_("Step"), .width = 12) \
	F(REC, FT_BOOL, allowed, .label = N_("Allowed"), .width = 3) \
	F(REC, FT_TEXT, code, .max = 24, .label = N_("Reason code"), .width = 16) \
	F(REC, FT_TEXT, message, .max = 400, .label = N_("Message"), .width = 40)

/* One step of a claim's history, from the audit trail. */
#define CLAIM_STEP_FIELDS(F, REC) \
	F(REC, FT_INSTANT, at, .label = N_("When"), .width = 16) \
	F(REC, FT_TEXT, action, .max = 32, .label = N_("Action"), .width = 18) \
	F(REC, FT_TEXT, login, .max = 32, .pii = P1, .label = N_("Who"), .width = 14) \
	F(REC, FT_TEXT, detail, .max = 200, .label = N_("Detail"), .width = 24) \
	F(REC, FT_TEXT, reason, .max = 200, .pii = P2, .label = N_("Reason"), .width = 24)

/* One line of the claims queue. */
#define CLAIM_ROW_FIELDS(F, REC) \
	F(REC, FT_INT, id, .label = N_("Claim")) \
	F(REC, FT_TEXT, claim_no, .max = 14, .pii = P1, .label = N_("Claim"), .width = 14) \
	F(REC, FT_INT, rev, .label = N_("Version"), .width = 3) \
	F(REC, FT_TEXT, student_no, .max = 13, .pii = P1, .label = N_("Student number"), .width = 13) \
	F(REC, FT_TEXT, full_name, .max = 60, .pii = P1, .label = N_("Name"), .width = 10) \
	F(REC, FT_TEXT, programme, .max = 20, .pii = P1, .label = N_("Programme"), .width = 12) \
	F(REC, FT_ENUM, state, .pii = P1, .enums = &claim_state_enum, .label = N_("State"), .width = 10) \
	F(REC, FT_TEXT, source, .max = 40, .pii = P1, .label = N_("Source"), .width = 12) \
	F(REC, FT_INT, lines, .label = N_("Lines"), .width = 3) \
	F(REC, FT_CENTI, proposed_centi, .pii = P1, .label = N_("Proposed"), .width = 6) \
	F(REC, FT_CENTI, granted_centi, .pii = P1, .label = N_("Granted"), .width = 6) \
	F(REC, FT_DATE, submitted_on, .pii = P1, .label = N_("Submitted"), .width = 10) \
	F(REC, FT_DATE, deadline_on, .label = N_("Deadline"), .width = 10) \
	F(REC, FT_BOOL, overdue, .label = N_("Overdue"), .width = 2)

/* What the queue of claims is narrowed by beside its members: MINE, those that wait
 * for a step of who asks. */
#define CLAIM_CONDITION_FIELDS(F, REC) \
	F(REC, FT_BOOL, mine, .label = N_("Mine")) \
	F(REC, FT_INT, student_id, .label = N_("Learner"))

/* How much work waits in a state of the claims, for the desk's queues. POSTED
 * counts the claims whose revocation was asked for. */
#define CLAIM_QUEUE_FIELDS(F, REC) \
	F(REC, FT_ENUM, state, .enums = &claim_state_enum, .label = N_("State"), .width = 10) \
	F(REC, FT_INT, count, .label = N_("Claims"), .width = 6) \
	F(REC, FT_INT, mine, .label = N_("Mine"), .width = 6) \
	F(REC, FT_INT, overdue, .label = N_("Overdue"), .width = 6) \
	F(REC, FT_DATE, oldest_on, .label = N_("Oldest"), .width = 10) \
	F(REC, FT_DATE, due_on, .label = N_("Next deadline"), .width = 10)

/* The room under one cap or module for a claim that isn't posted yet: what was
 * transferred before, what the claim adds as it stands, what is left. `cap` is
 * the reason code CAP_PROGRAMME, CAP_SOURCE, CAP_MODULE or CAP_RULE; `scope`
 * the class, module or rule, "" for the programme. */
#define CAP_ROOM_FIELDS(F, REC) \
	F(REC, FT_TEXT, cap, .max = 24, .label = N_("Cap"), .width = 14) \
	F(REC, FT_TEXT, scope, .max = 20, .label = N_("Scope"), .width = 8) \
	F(REC, FT_CENTI, cap_centi, .label = N_("At most"), .width = 7) \
	F(REC, FT_CENTI, used_centi, .pii = P1, .label = N_("Used"), .width = 7) \
	F(REC, FT_CENTI, claim_centi, .pii = P1, .label = N_("This claim"), .width = 7) \
	F(REC, FT_CENTI, room_centi, .pii = P1, .label = N_("Room left"), .width = 7)

/* One ledger entry with whose it is and what for; `intact`: its hash is that
 * of its own bytes and of the entry before. */
#define LEDGER_ROW_FIELDS(F, REC) \
	F(REC, FT_INT, seq, .label = N_("No."), .width = 8) \
	F(REC, FT_DATE, booked_on, .pii = P1, .label = N_("Booked"), .width = 10) \
	F(REC, FT_INT, student_id, .label = N_("Learner")) \
	F(REC, FT_TEXT, student_no, .max = 13, .pii = P1, .label = N_("Student number"), .width = 13) \
	F(REC, FT_TEXT, full_name, .max = 60, .pii = P1, .label = N_("Name"), .width = 10) \
	F(REC, FT_ENUM, account, .pii = P1, .enums = &account_kind_enum, .label = N_("Account"), .width = 9) \
	F(REC, FT_ENUM, kind, .pii = P1, .enums = &entry_kind_enum, .label = N_("Kind"), .width = 9) \
	F(REC, FT_CENTI, amount_centi, .pii = P1, .label = N_("Credits"), .width = 7) \
	F(REC, FT_TEXT, module_code, .max = 8, .label = N_("Module"), .width = 6) \
	F(REC, FT_TEXT, course, .max = 20, .label = N_("Course"), .width = 10) \
	F(REC, FT_INT, claim_id, .label = N_("Claim")) \
	F(REC, FT_TEXT, claim_no, .max = 14, .pii = P1, .label = N_("Claim"), .width = 14) \
	F(REC, FT_INT, reverses_seq, .label = N_("Reverses"), .width = 8) \
	F(REC, FT_TEXT, login, .max = 32, .pii = P1, .label = N_("Booked by"), .width = 14) \
	F(REC, FT_TEXT, hash8, .max = 8, .label = N_("Hash"), .width = 8) \
	F(REC, FT_BOOL, intact, .label = N_("Intact"), .width = 3)

/* A claim line with what its source says, for the card and the receipt. */
#define LINE_SOURCE_FIELDS(F, REC) \
	F(REC, FT_INT, line_no, .label = N_("Line"), .width = 3) \
	F(REC, FT_ENUM, source_kind, .pii = P1, .enums = &source_kind_enum, .label = N_("Source"), .width = 8) \
	F(REC, FT_TEXT, code, .max = 20, .pii = P1, .label = N_("Code"), .width = 10) \
	F(REC, FT_TEXT, name, .max = 80, .pii = P1, .label = N_("Name"), .width = 20) \
	F(REC, FT_TEXT, number, .max = 40, .pii = P3, .label = N_("Certificate number"), .width = 16) \
	F(REC, FT_INT, level, .pii = P1, .label = N_("Skill level"), .width = 3) \
	F(REC, FT_MARK, mark, .pii = P3, .label = N_("Mark"), .width = 6) \
	F(REC, FT_INT, hours, .pii = P1, .label = N_("Study hours"), .width = 5) \
	F(REC, FT_DATE, dated_on, .pii = P1, .label = N_("Day"), .width = 10) \
	F(REC, FT_DATE, expires_on, .pii = P1, .label = N_("Expires"), .width = 10) \
	F(REC, FT_TEXT, state, .max = 12, .pii = P1, .label = N_("State"), .width = 9)

/* One meeting with the names a timetable shows. */
#define SESSION_SLOT_FIELDS(F, REC) \
	F(REC, FT_INT, id, .label = N_("Session")) \
	F(REC, FT_INT, rev, .label = N_("Version")) \
	F(REC, FT_DATE, on_date, .label = N_("Day"), .width = 10) \
	F(REC, FT_MINUTES, start_min, .label = N_("Start"), .width = 5) \
	F(REC, FT_MINUTES, end_min, .label = N_("End"), .width = 5) \
	F(REC, FT_TEXT, course_code, .max = 20, .label = N_("Code"), .width = 8) \
	F(REC, FT_TEXT, course, .max = 80, .label = N_("Course"), .width = 16) \
	F(REC, FT_TEXT, teacher, .max = 60, .pii = P1, .label = N_("Teacher"), .width = 8) \
	F(REC, FT_TEXT, room, .max = 20, .label = N_("Room"), .width = 8) \
	F(REC, FT_TEXT, site, .max = 60, .label = N_("Site"), .width = 10) \
	F(REC, FT_TEXT, cohorts, .max = 200, .pii = P1, .label = N_("Cohorts"), .width = 16) \
	F(REC, FT_ENUM, mode, .enums = &session_mode_enum, .label = N_("Mode"), .width = 9) \
	F(REC, FT_ENUM, state, .enums = &session_state_enum, .label = N_("State"), .width = 9) \
	F(REC, FT_INT, conflicts, .label = N_("Conflicts"), .width = 3) \
	F(REC, FT_INT, room_id, .label = N_("Room")) \
	F(REC, FT_INT, teacher_id, .label = N_("Teacher")) \
	F(REC, FT_INT, twin, .label = N_("Lesson"), .help = N_("Meetings that teach the same lesson have the same number"), .width = 5) \
	F(REC, FT_BOOL, exam, .label = N_("Examination"), .width = 3)

/* One conflict of a meeting that is planned or about to be (CONFLICTS.md). */
#define CONFLICT_FIELDS(F, REC) \
	F(REC, FT_TEXT, kind, .max = 20, .label = N_("Conflict"), .width = 16) \
	F(REC, FT_BOOL, hard, .label = N_("Hard"), .width = 2) \
	F(REC, FT_TEXT, what, .max = 80, .label = N_("Between"), .width = 24) \
	F(REC, FT_INT, session_id, .label = N_("Session")) \
	F(REC, FT_INT, other_id, .label = N_("Other session")) \
	F(REC, FT_INT, count, .label = N_("Learners"), .width = 4) \
	F(REC, FT_INT, of, .label = N_("Of"), .width = 4) \
	F(REC, FT_TEXT, message, .max = 300, .label = N_("Message"), .width = 40) \
	F(REC, FT_TEXT, next, .max = 300, .label = N_("Ways out"), .width = 40) \
	F(REC, FT_BOOL, overridden, .label = N_("Overridden"), .width = 3) \
	F(REC, FT_TEXT, override_by, .max = 32, .pii = P1, .label = N_("Overridden by"), .width = 12) \
	F(REC, FT_TEXT, override_reason, .max = 200, .label = N_("Override"), .width = 20)

/* A statement line: an entry with its running balance and what it is for. */
#define STATEMENT_FIELDS(F, REC) \
	F(REC, FT_INT, seq, .label = N_("No."), .width = 8) \
	F(REC, FT_DATE, booked_on, .pii = P1, .label = N_("Booked"), .width = 10) \
	F(REC, FT_ENUM, account, .pii = P1, .enums = &account_kind_enum, .label = N_("Account"), .width = 9) \
	F(REC, FT_ENUM, kind, .pii = P1, .enums = &entry_kind_enum, .label = N_("Kind"), .width = 9) \
	F(REC, FT_CENTI, amount_centi, .pii = P1, .label = N_("Credits"), .width = 7) \
	F(REC, FT_CENTI, balance_centi, .pii = P1, .label = N_("Balance"), .width = 7) \
	F(REC, FT_TEXT, module_code, .max = 8, .label = N_("Module"), .width = 6) \
	F(REC, FT_TEXT, course, .max = 20, .label = N_("Course"), .width = 10) \
	F(REC, FT_TEXT, claim_no, .max = 14, .pii = P1, .label = N_("Claim"), .width = 14) \
	F(REC, FT_INT, reverses_seq, .label = N_("Reverses"), .width = 8)

/* A finding of the graduation check; code GD_OK stands alone. */
#define GRADUATION_FINDING_FIELDS(F, REC) \
	F(REC, FT_TEXT, code, .max = 24, .label = N_("Finding"), .width = 18) \
	F(REC, FT_TEXT, module_code, .max = 8, .label = N_("Module"), .width = 6) \
	F(REC, FT_CENTI, amount_centi, .label = N_("Credits"), .width = 7) \
	F(REC, FT_DATE, date, .label = N_("Day"), .width = 10) \
	F(REC, FT_INT, count, .label = N_("Count"), .width = 4) \
	F(REC, FT_TEXT, message, .max = 300, .label = N_("Message"), .width = 40)

/* --- the route of a learner, core/rules/route.h; the card STUDENT_ROUTE --- */

enum way_aim { WAY_BY_HELD, WAY_BY_STEPS, WAY_BY_STUDY };
enum way_step_kind { STEP_WAIT, STEP_CLAIM, STEP_EARN, STEP_OPEN, STEP_STUDY, STEP_PROVE };
extern const struct enum_table way_aim_enum, way_step_kind_enum;

/* Where the learner stands, and where with everything that is held. */
#define STUDENT_ROUTE_FIELDS(F, REC) \
	F(REC, FT_TEXT, student_no, .max = 13, .pii = P1, .label = N_("Student number"), .width = 13) \
	F(REC, FT_TEXT, programme, .max = 20, .pii = P1, .label = N_("Programme"), .width = 12) \
	F(REC, FT_CENTI, min_total_centi, .label = N_("Minimum credits"), .width = 7) \
	F(REC, FT_CENTI, counted_centi, .pii = P1, .label = N_("Credits"), .width = 7) \
	F(REC, FT_CENTI, missing_centi, .pii = P1, .label = N_("Missing"), .width = 7) \
	F(REC, FT_CENTI, then_centi, .pii = P1, .label = N_("With what is held"), .width = 7) \
	F(REC, FT_CENTI, then_missing_centi, .pii = P1, .label = N_("Then missing"), .width = 7) \
	F(REC, FT_TEXT, assumed, .max = 400, .pii = P1, .label = N_("Supposed"), .width = 20)

/* A source that is held, and what it alone would count for at present. One that
 * paid already has the code SOURCE_USED and counts for nothing. */
#define HELD_SOURCE_FIELDS(F, REC) \
	F(REC, FT_ENUM, source_kind, .pii = P1, .enums = &source_kind_enum, .label = N_("Source"), .width = 8) \
	F(REC, FT_TEXT, code, .max = 20, .pii = P1, .label = N_("Code"), .width = 10) \
	F(REC, FT_TEXT, name, .max = 80, .pii = P1, .label = N_("Name"), .width = 20) \
	F(REC, FT_INT, level, .pii = P1, .label = N_("Skill level"), .width = 3) \
	F(REC, FT_TEXT, state, .max = 12, .pii = P1, .label = N_("State"), .width = 9) \
	F(REC, FT_BOOL, assumed, .label = N_("Supposed"), .width = 3) \
	F(REC, FT_TEXT, claim_no, .max = 14, .pii = P1, .label = N_("Claim"), .width = 14) \
	F(REC, FT_TEXT, rule, .max = 20, .label = N_("Rule"), .width = 8) \
	F(REC, FT_TEXT, result, .max = 24, .pii = P1, .label = N_("Result"), .width = 16) \
	F(REC, FT_TEXT, targets, .max = 200, .pii = P1, .label = N_("Counts for"), .width = 16) \
	F(REC, FT_CENTI, granted_centi, .pii = P1, .label = N_("Credits"), .width = 6)

/* What is missing in a module now, and when all that is held was granted;
 * code "" is the total. */
#define MODULE_GAP_FIELDS(F, REC) \
	F(REC, FT_TEXT, code, .max = 8, .label = N_("Module"), .width = 6) \
	F(REC, FT_TEXT, name, .max = 60, .label = N_("Title"), .width = 16) \
	F(REC, FT_CENTI, min_centi, .label = N_("Minimum credits"), .width = 7) \
	F(REC, FT_CENTI, counted_centi, .pii = P1, .label = N_("Credits"), .width = 7) \
	F(REC, FT_CENTI, missing_centi, .pii = P1, .label = N_("Missing"), .width = 7) \
	F(REC, FT_CENTI, then_centi, .pii = P1, .label = N_("With what is held"), .width = 7) \
	F(REC, FT_CENTI, then_missing_centi, .pii = P1, .label = N_("Then missing"), .width = 7)

/* A way to graduation; unmet_centi is what it leaves short, 0 when it leads
 * there. exact is false when the search stopped at its bound. */
#define GRADUATION_WAY_FIELDS(F, REC) \
	F(REC, FT_INT, number, .label = N_("Way"), .width = 3) \
	F(REC, FT_ENUM, aim, .enums = &way_aim_enum, .label = N_("Aim"), .width = 24) \
	F(REC, FT_INT, steps, .pii = P1, .label = N_("Steps"), .width = 5) \
	F(REC, FT_INT, fresh, .pii = P1, .label = N_("To be earned anew"), .width = 5) \
	F(REC, FT_CENTI, study_centi, .pii = P1, .label = N_("To study"), .width = 7) \
	F(REC, FT_CENTI, transferred_centi, .pii = P1, .label = N_("To be recognised"), .width = 7) \
	F(REC, FT_CENTI, unmet_centi, .pii = P1, .label = N_("Still short"), .width = 7) \
	F(REC, FT_BOOL, proved, .pii = P1, .label = N_("Certificate"), .width = 3) \
	F(REC, FT_BOOL, exact, .label = N_("Proved shortest"), .width = 3)

#define WAY_STEP_FIELDS(F, REC) \
	F(REC, FT_INT, way, .label = N_("Way"), .width = 3) \
	F(REC, FT_INT, position, .label = N_("Position"), .width = 3) \
	F(REC, FT_ENUM, kind, .enums = &way_step_kind_enum, .label = N_("Step"), .width = 16) \
	F(REC, FT_TEXT, code, .max = 20, .pii = P1, .label = N_("Code"), .width = 10) \
	F(REC, FT_TEXT, name, .max = 80, .pii = P1, .label = N_("Name"), .width = 20) \
	F(REC, FT_INT, level, .pii = P1, .label = N_("Skill level"), .width = 3) \
	F(REC, FT_MARK, mark, .pii = P3, .label = N_("Mark"), .width = 6) \
	F(REC, FT_INT, hours, .label = N_("Study hours"), .width = 5) \
	F(REC, FT_TEXT, rule, .max = 20, .label = N_("Rule"), .width = 8) \
	F(REC, FT_TEXT, module, .max = 8, .label = N_("Module"), .width = 6) \
	F(REC, FT_TEXT, targets, .max = 200, .label = N_("Counts for"), .width = 16) \
	F(REC, FT_CENTI, credit_centi, .pii = P1, .label = N_("Credits"), .width = 6)

/* What a rule would have changed in a past claim; claim_no "" is the sum over
 * all claims it speaks of, claims of them, changed by it. */
#define RULE_CHANGE_FIELDS(F, REC) \
	F(REC, FT_TEXT, claim_no, .max = 14, .pii = P1, .label = N_("Claim"), .width = 14) \
	F(REC, FT_DATE, submitted_on, .pii = P1, .label = N_("Submitted"), .width = 10) \
	F(REC, FT_ENUM, state, .pii = P1, .enums = &claim_state_enum, .label = N_("State"), .width = 10) \
	F(REC, FT_CENTI, old_centi, .pii = P1, .label = N_("As it was"), .width = 7) \
	F(REC, FT_CENTI, new_centi, .pii = P1, .label = N_("With this version"), .width = 7) \
	F(REC, FT_CENTI, change_centi, .pii = P1, .label = N_("Change"), .width = 7) \
	F(REC, FT_TEXT, old_codes, .max = 200, .label = N_("Result"), .width = 16) \
	F(REC, FT_TEXT, new_codes, .max = 200, .label = N_("New result"), .width = 16) \
	F(REC, FT_INT, claims, .label = N_("Claims"), .width = 6) \
	F(REC, FT_INT, changed, .label = N_("Changed"), .width = 6)

/* Counts of an import (also of a dry run). */
#define IMPORT_COUNT_FIELDS(F, REC) \
	F(REC, FT_INT, read, .label = N_("Read"), .width = 7) \
	F(REC, FT_INT, created, .label = N_("Created"), .width = 7) \
	F(REC, FT_INT, updated, .label = N_("Updated"), .width = 7) \
	F(REC, FT_INT, unchanged, .label = N_("Unchanged"), .width = 7) \
	F(REC, FT_INT, refused, .label = N_("Refused"), .width = 7)

/* A row of an import that was refused or needs a look. row counts from 1. */
#define IMPORT_FINDING_FIELDS(F, REC) \
	F(REC, FT_INT, row, .label = N_("Row"), .width = 7) \
	F(REC, FT_TEXT, code, .max = 24, .label = N_("Reason code"), .width = 16) \
	F(REC, FT_TEXT, field, .max = 40, .label = N_("Field"), .width = 12) \
	F(REC, FT_TEXT, message, .max = 400, .label = N_("Message"), .width = 40) \
	F(REC, FT_BOOL, refused, .label = N_("Refused"), .width = 3)

/* A value shown in clear by the reveal command. */
#define REVEALED_FIELDS(F, REC) \
	F(REC, FT_TEXT, field, .max = 40, .label = N_("Field"), .width = 14) \
	F(REC, FT_TEXT, value, .max = 120, .pii = P3, .label = N_("Value"), .width = 20)

/* Advice that does not stop a command: a warning or a hint. */
#define ADVICE_FIELDS(F, REC) \
	F(REC, FT_TEXT, code, .max = 24, .label = N_("Reason code"), .width = 16) \
	F(REC, FT_TEXT, message, .max = 400, .label = N_("Message"), .width = 40)

/* What proves the ledger or the audit trail outside: a signed checkpoint and
 * the key that verifies it (core/codec/checkpoint.h). */
#define LEDGER_PROOF_FIELDS(F, REC) \
	F(REC, FT_TEXT, centre, .max = 16, .label = N_("Centre"), .width = 8) \
	F(REC, FT_DATE, day, .label = N_("Day"), .width = 10) \
	F(REC, FT_INT, seq, .label = N_("Last row"), .width = 9) \
	F(REC, FT_TEXT, text, .max = 300, .label = N_("Checkpoint"), .width = 40) \
	F(REC, FT_TEXT, public_key, .max = 60, .label = N_("Public key"), .width = 50)

/* One committed change: RECORD of KIND is now at rev; ids first…last. */
#define CHANGE_FIELDS(F, REC) \
	F(REC, FT_INT, seq, .label = N_("No."), .width = 9) \
	F(REC, FT_TEXT, kind, .max = 24, .label = N_("Kind"), .width = 14) \
	F(REC, FT_INT, first_id, .label = N_("From id"), .width = 9) \
	F(REC, FT_INT, last_id, .label = N_("To id"), .width = 9) \
	F(REC, FT_INSTANT, at, .label = N_("When"), .width = 16)

#define ANSWERS(X) \
	X(student_hit, STUDENT_HIT_FIELDS, "student_hits", N_("search result")) \
	X(module_credit, MODULE_CREDIT_FIELDS, "module_credits", N_("credits by module")) \
	X(claim_option, CLAIM_OPTION_FIELDS, "claim_options", N_("next step")) \
	X(claim_step, CLAIM_STEP_FIELDS, "claim_steps", N_("history")) \
	X(claim_row, CLAIM_ROW_FIELDS, "claim_rows", N_("claim")) \
	X(claim_condition, CLAIM_CONDITION_FIELDS, "claim_conditions", N_("claim")) \
	X(claim_queue, CLAIM_QUEUE_FIELDS, "claim_queues", N_("queue")) \
	X(cap_room, CAP_ROOM_FIELDS, "cap_rooms", N_("room under a cap")) \
	X(ledger_row, LEDGER_ROW_FIELDS, "ledger_rows", N_("ledger entry")) \
	X(line_source, LINE_SOURCE_FIELDS, "line_sources", N_("source")) \
	X(session_slot, SESSION_SLOT_FIELDS, "session_slots", N_("session")) \
	X(conflict, CONFLICT_FIELDS, "conflicts", N_("conflict")) \
	X(statement, STATEMENT_FIELDS, "statements", N_("entry")) \
	X(graduation_finding, GRADUATION_FINDING_FIELDS, "graduation_findings", N_("finding")) \
	X(student_route, STUDENT_ROUTE_FIELDS, "student_routes", N_("route")) \
	X(held_source, HELD_SOURCE_FIELDS, "held_sources", N_("source held")) \
	X(module_gap, MODULE_GAP_FIELDS, "module_gaps", N_("credits missing")) \
	X(graduation_way, GRADUATION_WAY_FIELDS, "graduation_ways", N_("way")) \
	X(way_step, WAY_STEP_FIELDS, "way_steps", N_("step of a way")) \
	X(rule_change, RULE_CHANGE_FIELDS, "rule_changes", N_("changed claim")) \
	X(import_count, IMPORT_COUNT_FIELDS, "import_counts", N_("import")) \
	X(import_finding, IMPORT_FINDING_FIELDS, "import_findings", N_("row")) \
	X(revealed, REVEALED_FIELDS, "revealed", N_("value")) \
	X(advice, ADVICE_FIELDS, "advice", N_("advice")) \
	X(ledger_proof, LEDGER_PROOF_FIELDS, "ledger_proofs", N_("proof")) \
	X(change, CHANGE_FIELDS, "changes", N_("change"))

#define ANSWER_STRUCT(REC, LIST, PLURAL, LABEL) \
	struct REC { LIST(FIELD_MEMBER, REC) }; \
	extern const struct field_table REC##_fields;
ANSWERS(ANSWER_STRUCT)
#undef ANSWER_STRUCT

#endif
