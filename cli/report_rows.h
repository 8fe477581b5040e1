/* report_rows.h: the rows of the verb table that follow from the table of
 * documents (core/report/report_list.h). Only for verb_table.c. */
#ifndef OV_CLI_REPORT_ROWS_H
#define OV_CLI_REPORT_ROWS_H

#include "cli/verb.h"
#include "core/base/i18n.h"
#include "core/report/report.h"

/* Words, options and who acts in a demo world
 * follow from the row. */
#define REPORT_OPTS \
	{ "format", "text|csv|pdf", N_("How it is written (default text)"), 0 }, \
	{ "out", "FILE", N_("Write it there, whole or not at all"), OPT_FILE }, \
	{ "force", NULL, N_("Replace a file that is there"), 0 }, \
	{ "columns", "80|132", N_("Width of a text"), 0 }, \
	{ "qr", "blocks|ascii", N_("How a text draws a QR code"), 0 }, \
	{ "bom", NULL, N_("Begin a CSV with a byte-order mark, for spreadsheets"), 0 }
static const struct opt report_opts[] = { REPORT_OPTS };
static const struct opt report_period_opts[] = {
	{ "from", "DATE", N_("First day"), 0 },
	{ "to", "DATE", N_("Day after the last day"), 0 },
	REPORT_OPTS,
};
static const struct opt report_feed_opts[] = {
	{ "from", "DATE", N_("First day"), 0 },
	{ "to", "DATE", N_("Day after the last day"), 0 },
	{ "feed", NULL, N_("Make a calendar feed, and print its QR code"), 0 },
	REPORT_OPTS,
};
static const struct opt report_reason_opts[] = {
	{ "reason", "TEXT", N_("Why; recorded in the audit trail"), 0 },
	REPORT_OPTS,
};
#define REPORT_WORDS_STUDENT(FLAGS) "NUMBER"
#define REPORT_WORDS_CREDIT_CLAIM(FLAGS) "CLAIM"
#define REPORT_WORDS_COHORT(FLAGS) ((FLAGS) & REPORT_OPTIONAL ? "[COHORT]" : "COHORT")
#define REPORT_WORDS_NONE(FLAGS) ""
#define REPORT_LOGIN_AUDIT "auditor.1"
#define REPORT_LOGIN_ROSTER "registrar.1"
#define REPORT_LOGIN_ACCOUNT "front_desk.1"
#define REPORT_LOGIN_CLAIM_READ "front_desk.1"
#define REPORT_LOGIN_LOOKUP "front_desk.1"
#define REPORT_LOGIN_REPORT "front_desk.1"
#define REPORT_LOGIN_GRAD_CHECK "front_desk.1"
#define REPORT_SIZE(FLAGS) \
	((FLAGS) & REPORT_FEED ? sizeof report_feed_opts / sizeof *report_feed_opts : \
	 (FLAGS) & REPORT_PERIOD ? sizeof report_period_opts / sizeof *report_period_opts : \
	 (FLAGS) & REPORT_REASON ? sizeof report_reason_opts / sizeof *report_reason_opts : \
	 sizeof report_opts / sizeof *report_opts)
#define REPORT_ROW(NAME, HELP, PERMISSION, ABOUT, FLAGS, MORE) \
	{ .noun = "report", .name = NAME, .words = REPORT_WORDS_##ABOUT(FLAGS), \
	  .min = KIND_##ABOUT != KIND_NONE && !((FLAGS) & REPORT_OPTIONAL), \
	  .max = KIND_##ABOUT != KIND_NONE, .run = report_run, .help = HELP, \
	  .flags = VERB_PROGRESS | (MORE), .demo_login = REPORT_LOGIN_##PERMISSION, \
	  .opts = { (FLAGS) & REPORT_FEED ? report_feed_opts : \
		    (FLAGS) & REPORT_PERIOD ? report_period_opts : \
		    (FLAGS) & REPORT_REASON ? report_reason_opts : report_opts, \
		    REPORT_SIZE(FLAGS) } },

#endif
