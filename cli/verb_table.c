/* The verbs that are more than a row of the command table. */
#include "cli/verb.h"

#include "cli/report_rows.h"
#include "core/base/i18n.h"

#define OPTS(ARRAY) .opts = OPT_LIST(ARRAY)

static const struct opt init_opts[] = {
	{ "admin", "LOGIN", N_("The first user, an administrator; the password as for --as"), 0 },
	{ "demo", NULL, N_("Make a demo world of invented people"), 0 },
	{ "students", "N", N_("Learners of the demo world (default 2000)"), 0 },
	{ "seed", "S", N_("The same seed gives the same world"), 0 },
};
static const struct opt find_opts[] = {
	{ "limit", "N", N_("At most N answers (default 20)"), 0 },
};
static const struct opt student_show_opts[] = {
	{ "reveal", "REASON", N_("Show masked values in clear; the reason is recorded"), 0 },
};
static const struct opt import_opts[] = {
	{ "encoding", "auto|utf-8|gb18030", N_("Encoding of the file (default auto)"), 0 },
	{ "map", "FILE", N_("Says which column is which field"), OPT_FILE },
	{ "dry-run", NULL, N_("Show what would happen, save nothing"), 0 },
	{ "rejects", "FILE", N_("Write the refused rows there"), OPT_FILE },
	{ "partial", NULL, N_("Import the good rows although others are refused"), 0 },
	{ "reason", "TEXT", N_("Why; recorded in the audit trail"), 0 },
};
static const struct opt export_opts[] = {
	{ "where", "FIELD=VALUE", N_("Only records with this value"), OPT_MANY },
	{ "bom", NULL, N_("Begin with a byte-order mark, for spreadsheets"), 0 },
	{ "reason", "TEXT", N_("Why; recorded in the audit trail"), 0 },
};
static const struct opt claim_list_opts[] = {
	{ "state", "STATE", N_("Only claims in this state"), 0 },
	{ "mine", NULL, N_("Only claims that wait for a step of yours"), 0 },
	{ "student", "NUMBER", N_("Only claims of this learner"), 0 },
	{ "limit", "N", N_("At most N answers (default 50)"), 0 },
	{ "cursor", "CURSOR", N_("Go on where the page before ended"), 0 },
};
static const struct opt evidence_save_opts[] = {
	{ "out", "FILE", N_("Write the file there; one that exists is left alone"), OPT_FILE | OPT_REQUIRED },
	{ "reason", "TEXT", N_("Why; recorded in the audit trail"), OPT_REQUIRED },
	{ "piece", "N", N_("Which of the line's files, when there are several"), 0 },
};
static const struct opt graduation_list_opts[] = {
	{ "cohort", "CODE", N_("Only learners of this cohort (default: all)"), 0 },
};
static const struct opt route_opts[] = {
	{ "if", "CODE[,level=N…]", N_("What if the learner also had this certificate, result or course?"),
	  OPT_MANY },
};
static const struct opt list_opts[] = {
	{ "where", "FIELD=VALUE", N_("Only records with this value"), OPT_MANY },
	{ "limit", "N", N_("At most N answers (default 50)"), 0 },
	{ "cursor", "CURSOR", N_("Go on where the page before ended"), 0 },
};
static const struct opt wishes_opts[] = {
	{ "teacher", "ID", N_("Only of this teacher"), 0 },
	{ "limit", "N", N_("At most N answers (default 50)"), 0 },
	{ "cursor", "CURSOR", N_("Go on where the page before ended"), 0 },
};
static const struct opt page_opts[] = {
	{ "limit", "N", N_("At most N answers (default 50)"), 0 },
	{ "cursor", "CURSOR", N_("Go on where the page before ended"), 0 },
};
static const struct opt cohort_show_opts[] = {
	{ "from", "DATE", N_("First day of the timetable (default: this week)"), 0 },
	{ "to", "DATE", N_("Day after its last day"), 0 },
};
static const struct opt draft_opts[] = {
	{ "term", "TERM", N_("The term to plan"), OPT_REQUIRED },
	{ "cohort", "CODE", N_("Plan this cohort alone; the others stay as they are"), 0 },
	{ "seconds", "N", N_("Seconds of computing time (default 15); Ctrl-C keeps the best so far"), 0 },
	{ "seed", "S", N_("The same seed takes the same way (default 1)"), 0 },
	{ "threads", "N", N_("Searches side by side, the best is kept (default 1)"), 0 },
	{ "moves", "N", N_("Stop after N moves instead: the same answer on every machine"), 0 },
	{ "keep", NULL, N_("As few changes of the present timetable as possible"), 0 },
	{ "name", "TEXT", N_("What the draft is called"), 0 },
};
static const struct opt days_opts[] = {
	{ "from", "DATE", N_("First day of the timetable (default: all)"), 0 },
	{ "to", "DATE", N_("Day after its last day"), 0 },
};
static const struct opt conflicts_opts[] = {
	{ "cohort", "CODE", N_("Only of this cohort"), 0 },
	{ "from", "DATE", N_("First day of the timetable (default: this week)"), 0 },
	{ "to", "DATE", N_("Day after its last day"), 0 },
};
static const struct opt session_list_opts[] = {
	{ "cohort", "CODE", N_("Timetable of a cohort"), 0 },
	{ "student", "NUMBER", N_("Timetable of a learner: home cohort and courses taken elsewhere"), 0 },
	{ "teacher", "ID", N_("Timetable of a teacher"), 0 },
	{ "room", "CODE", N_("Timetable of a room"), 0 },
	{ "from", "DATE", N_("First day of the timetable (default: this week)"), 0 },
	{ "to", "DATE", N_("Day after its last day"), 0 },
};
static const struct opt ics_opts[] = {
	{ "cohort", "CODE", N_("Timetable of a cohort"), 0 },
	{ "student", "NUMBER", N_("Timetable of a learner: home cohort and courses taken elsewhere"), 0 },
	{ "teacher", "ID", N_("Timetable of a teacher"), 0 },
	{ "room", "CODE", N_("Timetable of a room"), 0 },
	{ "from", "DATE", N_("First day (default: today)"), 0 },
	{ "to", "DATE", N_("Day after the last day (default: half a year later)"), 0 },
};
static const struct opt feed_create_opts[] = {
	{ "student", "NUMBER", N_("Timetable of a learner: home cohort and courses taken elsewhere"), 0 },
	{ "cohort", "CODE", N_("Timetable of a cohort"), 0 },
	{ "teacher", "ID", N_("Timetable of a teacher"), 0 },
	{ "room", "CODE", N_("Timetable of a room"), 0 },
	{ "qr", "blocks|ascii", N_("Draw a QR code of the address, too"), 0 },
	{ "dry-run", NULL, N_("Show what would happen, save nothing"), 0 },
	{ "key", "ULID", N_("Idempotency key: the same key makes no second feed"), 0 },
};
static const struct opt feed_list_opts[] = {
	{ "all", NULL, N_("Those that were revoked as well"), 0 },
	{ "limit", "N", N_("At most N answers (default 50)"), 0 },
	{ "cursor", "CURSOR", N_("Go on where the page before ended"), 0 },
};
static const struct opt week_opts[] = {
	{ "from", "DATE", N_("First day (default: Monday of this week)"), 0 },
	{ "to", "DATE", N_("Day after the last day"), 0 },
};
static const struct opt makeup_opts[] = {
	{ "student", "NUMBER", N_("The learner who was absent"), OPT_REQUIRED },
	{ "from", "DATE", N_("First day (default: today)"), 0 },
	{ "to", "DATE", N_("Day after the last day (default: eight weeks later)"), 0 },
};
static const struct opt audit_show_opts[] = {
	{ "object", "KIND:ID", N_("Only events of this record"), 0 },
	{ "action", "NAME", N_("Only events of this command"), 0 },
	{ "limit", "N", N_("At most N answers (default 50)"), 0 },
	{ "cursor", "CURSOR", N_("Go on where the page before ended"), 0 },
};

static const struct opt verify_opts[] = {
	{ "checkpoint", "FILE|TEXT", N_("A signed checkpoint that the chain must agree with"), OPT_FILE },
	{ "key", "FILE|TEXT", N_("The centre's public key (default: the one in the database)"), OPT_FILE },
};

static const struct opt solve_opts[] = {
	{ "seconds", "N", N_("CPU seconds of the whole call, 0.5 is possible (default 60)"), 0 },
	{ "seed", "S", N_("The same seed and moves give the same timetable (default 1)"), 0 },
	{ "out", "FILE", N_("Write the solution there (default: standard output)"), OPT_FILE },
	{ "threads", "N", N_("Searches side by side, each with its CPU seconds (default 1)"), 0 },
	{ "moves", "N", N_("An end after so many moves instead of a time"), 0 },
};
static const struct opt receipt_opts[] = {
	{ "key", "FILE|TEXT", N_("The centre's public key"), OPT_FILE | OPT_REQUIRED },
};

#define ROW(NOUN, NAME, WORDS, MIN, MAX, RUN, FLAGS, LOGIN, HELP, ...) \
	{ .noun = NOUN, .name = NAME, .words = WORDS, .min = MIN, .max = MAX, .run = RUN, \
	  .flags = FLAGS, .demo_login = LOGIN, .help = HELP, __VA_ARGS__ }

const struct verb verb_rows[] = {
	ROW(NULL, "init", "", 0, 0, init_run, VERB_NO_STORE | VERB_PROGRESS, NULL,
	    N_("Create the database, or a demo world"), OPTS(init_opts)),
	ROW(NULL, "config", "", 0, 0, config_run, VERB_NO_STORE, NULL,
	    N_("Show each option, its value and where it came from")),
	ROW(NULL, "doctor", "", 0, 0, doctor_run, VERB_NO_STORE, NULL,
	    N_("Check terminal, locale, database, clock and data files")),
	ROW(NULL, "backup", "FILE", 1, 1, backup_run, VERB_ANYBODY | VERB_FILE | VERB_PROGRESS, NULL,
	    N_("Copy the database to a new file while others work on it")),
	ROW(NULL, "restore", "FILE", 1, 1, restore_run, VERB_NO_STORE | VERB_FILE | VERB_PROGRESS,
	    NULL, N_("Replace the database by a backup; the old file is kept aside")),
	ROW(NULL, "completion", "bash", 1, 1, completion_run, VERB_NO_STORE, NULL,
	    N_("Print the completion of a shell")),
	ROW("student", "find", "TEXT…", 1, 16, student_find_run, 0, "front_desk.1",
	    N_("Find learners by number, name, pinyin, initials, phone or document tail"),
	    OPTS(find_opts)),
	ROW("student", "show", "NUMBER", 1, 1, student_show_run, 0, "front_desk.1",
	    N_("The whole card of a learner, credits by module"), OPTS(student_show_opts)),
	ROW("student", "import", "FILE", 1, 1, student_import_run, VERB_FILE | VERB_PROGRESS,
	    "registrar.1", N_("Read learners from a CSV file"), OPTS(import_opts)),
	ROW("student", "export", "FILE", 1, 1, student_export_run, VERB_FILE | VERB_PROGRESS,
	    "registrar.1", N_("Write learners to a CSV file, - for standard output"),
	    OPTS(export_opts)),
	ROW("claim", "list", "", 0, 0, claim_list_run, 0, "front_desk.1",
	    N_("The queue of claims, nearest deadline first"), OPTS(claim_list_opts)),
	ROW("claim", "show", "CLAIM", 1, 1, claim_show_run, 0, "front_desk.1",
	    N_("A claim: lines, evidence, explanation, history, next step")),
	ROW("claim", "assess", "CLAIM", 1, 1, claim_assess_run, 0, "front_desk.1",
	    N_("What the rules give for a claim now; writes nothing"),
	    .stands_for = "claim.calculate"),
	ROW("claim", "sweep", "", 0, 0, claim_sweep_run, VERB_PROGRESS, "registrar.1",
	    N_("Let lapse and close what is past its time limit; once a day")),
	ROW("claim", "import", "FILE", 1, 1, student_import_run, VERB_FILE | VERB_PROGRESS,
	    "front_desk.1", N_("Read credit claims from a CSV file, as drafts"), OPTS(import_opts)),
	ROW("evidence", "save", "CLAIM LINE", 2, 2, evidence_save_run, /* lint: not for people */
	    VERB_PROGRESS, "verifier.1", N_("Save a file of evidence, read and checked; the reason is recorded"),
	    OPTS(evidence_save_opts)),
	ROW("evidence", "check", "", 0, 0, evidence_check_run, VERB_ANYBODY | VERB_PROGRESS, NULL,
	    N_("Read all files of evidence and hold them against the claims")),
	ROW("evidence", "purge", "", 0, 0, evidence_purge_run, VERB_ANYBODY | VERB_PROGRESS, NULL,
	    N_("Remove files that no claim has named for a day, and unfinished ones")),
	ROW("result", "import", "FILE", 1, 1, student_import_run, VERB_FILE | VERB_PROGRESS,
	    "registrar.1", N_("Read course results from a CSV file"), OPTS(import_opts)),
	ROW("ledger", "show", "NUMBER", 1, 1, ledger_show_run, 0, "front_desk.1",
	    N_("The accounts of a learner and their entries")),
	ROW("ledger", "verify", "", 0, 0, ledger_verify_run, VERB_ANYBODY | VERB_PROGRESS, NULL,
	    N_("Walk the chain of the ledger"), OPTS(verify_opts)),
	ROW("ledger", "export", "FILE", 1, 1, ledger_export_run,
	    VERB_ANYBODY | VERB_FILE | VERB_PROGRESS, NULL,
	    N_("Write the ledger to a CSV file that verifies without Overpass, - for standard output")),
	ROW("graduation", "check", "NUMBER", 1, 1, graduation_check_run, 0, "front_desk.1",
	    N_("What a learner still lacks for graduation")),
	ROW("graduation", "list", "", 0, 0, graduation_list_run, VERB_PROGRESS, "registrar.1",
	    N_("The check for the learners of a cohort, or for all"), OPTS(graduation_list_opts)),
	ROW("route", "show", "NUMBER", 1, 1, route_show_run, 0, "front_desk.1",
	    N_("What is held, what it can count for, what is missing, and the shortest ways"),
	    OPTS(route_opts)),
	ROW("rules", "list", "", 0, 0, rules_list_run, 0, "front_desk.1",
	    N_("The transfer rules"), OPTS(list_opts)),
	ROW("rules", "show", "RULE[@VERSION]", 1, 1, rules_show_run, 0, "front_desk.1",
	    N_("A rule with its sources and targets")),
	ROW("rules", "test", "FILE.json", 1, 1, rules_trial_run, VERB_NO_STORE | VERB_FILE,
	    NULL, N_("Try rules on cases; needs no database")),
	ROW("rules", "import", "FILE", 1, 1, student_import_run, VERB_FILE | VERB_PROGRESS,
	    "registrar.1", N_("Read transfer rules from a CSV file, as drafts"), OPTS(import_opts)),
	ROW("rules", "compare", "RULE[@VERSION]", 1, 1, rules_compare_run, VERB_PROGRESS,
	    "reviewer1.1", N_("What this version would have changed in all past claims"),
	    .stands_for = "rule.compare"),
	ROW("cohort", "list", "", 0, 0, cohort_list_run, 0, "registrar.1",
	    N_("The cohorts"), OPTS(list_opts)),
	ROW("cohort", "show", "CODE", 1, 1, cohort_show_run, 0, "registrar.1",
	    N_("A cohort: members, timetable, conflicts"), OPTS(cohort_show_opts)),
	ROW("cohort", "waiting", "CODE", 1, 1, cohort_waiting_run, 0, "registrar.1",
	    N_("Who waits for a seat in a cohort, in order")),
	ROW("session", "list", "", 0, 0, session_list_run, 0, "scheduler.1",
	    N_("The meetings of a cohort, learner, teacher or room"), OPTS(session_list_opts)),
	ROW("session", "places", "SESSION", 1, 1, session_places_run, VERB_PROGRESS, "scheduler.1",
	    N_("Where a meeting could stand: proposals, and each half-hour"), OPTS(week_opts)),
	ROW("session", "makeup", "SESSION", 1, 1, session_makeup_run, 0, "scheduler.1",
	    N_("Meetings that a learner who missed this one could come to"), OPTS(makeup_opts)),
	ROW("plan", "solve", "FILE.ctt", 1, 1, plan_solve_run,
	    VERB_NO_STORE | VERB_FILE | VERB_PROGRESS, NULL,
	    N_("Search a timetable for an instance of the ITC-2007 benchmark"),
	    OPTS(solve_opts)),
	ROW("plan", "check", "FILE.ctt FILE.sol", 2, 2, plan_check_run, /* lint: not for people */
	    VERB_NO_STORE | VERB_FILE, NULL,
	    N_("Count the faults and the cost of a solution of the benchmark")),
	ROW("session", "import", "FILE", 1, 1, student_import_run, VERB_FILE | VERB_PROGRESS,
	    "scheduler.1", N_("Read attendance from a CSV file"), OPTS(import_opts)),
	ROW("calendar", "import", "FILE", 1, 1, student_import_run, VERB_FILE | VERB_PROGRESS,
	    "registrar.1", N_("Read calendar days from a CSV file"), OPTS(import_opts)),
	ROW("plan", "draft", "", 0, 0, plan_draft_run, VERB_PROGRESS, "scheduler.1",
	    N_("Search a timetable for a term and keep it as a draft"), OPTS(draft_opts),
	    .stands_for = "plan.save"),
	ROW("plan", "list", "", 0, 0, plan_list_run, 0, "scheduler.1",
	    N_("The drafts, newest first")),
	ROW("plan", "show", "DRAFT", 1, 1, plan_show_run, 0, "scheduler.1",
	    N_("A draft: its meetings, what has no place and why, whom it meets at work"),
	    OPTS(days_opts)),
	ROW("plan", "compare", "DRAFT DRAFT", 2, 2, plan_compare_run, /* lint: not for people */
	    0, "scheduler.1",
	    N_("Two drafts side by side")),
	ROW("plan", "conflicts", "", 0, 0, plan_conflicts_run, 0, "scheduler.1",
	    N_("The conflicts of the timetable, hard and soft, and the ways out"),
	    OPTS(conflicts_opts)),
	ROW("calendar", "load", "FILE", 1, 1, calendar_load_run, VERB_FILE, "scheduler.1",
	    N_("Load a notice about the holidays of a year"), .stands_for = "calendar.load"),
	ROW("calendar", "list", "", 0, 0, calendar_list_run, 0, "viewer.1",
	    N_("The versions of the calendars")),
	ROW("calendar", "ics", "", 0, 0, calendar_ics_run, 0, "scheduler.1",
	    N_("Print a timetable as iCalendar"), OPTS(ics_opts)),
	ROW("feed", "create", "", 0, 0, feed_create_run, 0, "front_desk.1",
	    N_("Make an address for calendar programs; it is shown once"), OPTS(feed_create_opts),
	    .stands_for = "feed.create"),
	ROW("feed", "list", "", 0, 0, feed_list_run, 0, "front_desk.1",
	    N_("The calendar feeds: of what, by whom, until when, when last used"), OPTS(feed_list_opts)),
	ROW("session", "load", "rooms|teachers|cohorts", 1, 1, session_load_run, 0,
	    "scheduler.1", N_("How busy each is in a week, by day and part of the day"),
	    OPTS(week_opts)),
	ROW("audit", "show", "", 0, 0, audit_show_run, 0, "auditor.1",
	    N_("The audit trail, newest first"), OPTS(audit_show_opts)),
	ROW("audit", "verify", "", 0, 0, audit_verify_run, VERB_ANYBODY | VERB_PROGRESS, NULL,
	    N_("Walk the chain of the audit trail"), OPTS(verify_opts)),
	ROW("receipt", "verify", "FILE|TEXT", 1, 1, receipt_verify_run, VERB_NO_STORE | VERB_FILE, NULL,
	    N_("Check the signature of a receipt; needs no database"), OPTS(receipt_opts)),
	ROW("report", "list", "", 0, 0, report_list_run, VERB_NO_STORE, NULL,
	    N_("The documents that can be printed")),
#define D(CODE, NAME, TITLE, HELP, PERMISSION, CARD, ABOUT, FLAGS, COMMAND) \
	REPORT_ROW(#NAME, HELP, PERMISSION, ABOUT, FLAGS, 0) \
	REPORT_ROW(CODE, HELP, PERMISSION, ABOUT, FLAGS, VERB_HIDDEN)
#include "core/report/report_list.h"
#undef D
	ROW("user", "list", "", 0, 0, record_list_run, 0, "admin.1",
	    N_("The users"), OPTS(list_opts)),
	ROW("programme", "list", "", 0, 0, record_list_run, 0, "viewer.1",
	    N_("The programmes"), OPTS(list_opts)),
	ROW("course", "list", "", 0, 0, record_list_run, 0, "viewer.1",
	    N_("The courses"), OPTS(list_opts)),
	ROW("room", "list", "", 0, 0, record_list_run, 0, "viewer.1",
	    N_("The rooms"), OPTS(list_opts)),
	ROW("room", "features", "", 0, 0, active_list_run, 0, "viewer.1",
	    N_("What the rooms have"), OPTS(page_opts)),
	ROW("room", "closures", "", 0, 0, active_list_run, 0, "viewer.1",
	    N_("When rooms are closed"), OPTS(page_opts)),
	ROW("course", "needs", "", 0, 0, active_list_run, 0, "viewer.1",
	    N_("What courses need of rooms and teachers"), OPTS(page_opts)),
	ROW("course", "uses", "", 0, 0, active_list_run, 0, "viewer.1",
	    N_("The portable items that courses use"), OPTS(page_opts)),
	ROW("course", "orders", "", 0, 0, active_list_run, 0, "viewer.1",
	    N_("Which course comes after which"), OPTS(page_opts)),
	ROW("teacher", "certificates", "", 0, 0, active_list_run, 0, "viewer.1",
	    N_("Who may teach with what, and until when"), OPTS(page_opts)),
	ROW("pool", "list", "", 0, 0, record_list_run, 0, "viewer.1",
	    N_("The portable items"), OPTS(list_opts)),
	ROW("teacher", "list", "", 0, 0, teacher_list_run, 0, "viewer.1",
	    N_("The teachers"), OPTS(page_opts)),
	ROW("teacher", "wishes", "", 0, 0, teacher_wishes_run, 0, "viewer.1",
	    N_("When the teachers would like to teach, and when not"), OPTS(wishes_opts)),
	ROW("term", "list", "", 0, 0, record_list_run, 0, "viewer.1",
	    N_("The terms"), OPTS(list_opts)),
};
const size_t verb_row_count = sizeof verb_rows / sizeof verb_rows[0];

const struct noun noun_rows[] = {
	{ "student", "student", N_("Learners and their registrations") },
	{ "person", "person", N_("People behind the registrations") },
	{ "claim", "claim", N_("Credit claims, from the desk to the ledger") },
	{ "evidence", "evidence", N_("Files that prove what a claim says") },
	{ "result", "result", N_("Results of courses") },
	{ "ledger", "ledger", N_("Credit accounts and their entries") },
	{ "graduation", "graduation", N_("The check before graduation") },
	{ "route", "route", N_("The way that is still before a learner") },
	{ "rules", "rule", N_("Transfer rules") },
	{ "cohort", "cohort", N_("Groups that are taught together") },
	{ "enrolment", "enrolment", N_("Who takes which course") },
	{ "session", "session", N_("Meetings of the timetable") },
	{ "plan", "plan", N_("Timetables: made, compared, judged") },
	{ "calendar", "calendar", N_("Days without teaching, and timetables as iCalendar") },
	{ "feed", "feed", N_("Timetables that calendar programs follow") },
	{ "shift", "shift", N_("Exceptions from shift patterns") },
	{ "programme", "programme", N_("What is studied") },
	{ "course", "course", N_("Courses") },
	{ "room", "room", N_("Rooms and practical bases") },
	{ "pool", "pool", N_("Portable items that meetings use") },
	{ "teacher", "teacher", N_("Teachers and mentors") },
	{ "term", "term", N_("Terms") },
	{ "receipt", "receipt", N_("Receipts, checked without a database") },
	{ "report", "report", N_("Documents as text, CSV or PDF") },
	{ "pii", "pii", N_("Personal values in clear, with a reason") },
	{ "user", "user", N_("Users and their roles") },
	{ "audit", "audit", N_("The audit trail") },
};
const size_t noun_row_count = sizeof noun_rows / sizeof noun_rows[0];
