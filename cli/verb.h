/* verb.h: everything that can be called on the command line, as one table.
 *
 * Verbs of their own are the rows of verb_table.c. Every row of the command
 * table (core/store/command_list.h) that has none is a verb as well: its
 * target is the verb's word, its argument fields are the options. The help,
 * the completion and the manual pages are printed from both. */
#ifndef OV_CLI_VERB_H
#define OV_CLI_VERB_H

#include "cli/args.h"
#include "cli/cli.h"
#include "core/store/command.h"

enum verb_flag {
	VERB_NO_STORE = 1 << 0, /* opens what it needs itself */
	VERB_ANYBODY = 1 << 1,  /* nobody need be named; who is, needs the permission */
	VERB_FILE = 1 << 2,     /* the first word is a file */
	VERB_PROGRESS = 1 << 3, /* may take long */
	VERB_HIDDEN = 1 << 4    /* the program's own: not in help and completion */
};

struct verb {
	const char *noun;   /* NULL: stands alone, as in `overpass init` */
	const char *name;
	const char *words;  /* as the usage shows them, "" when none */
	size_t min, max;    /* how many words */
	struct opt_list opts;
	const char *help;   /* untranslated, one sentence without a full stop */
	int (*run)(struct cli *cli);
	unsigned flags;
	/* In a demo world, who acts when nobody is named. */
	const char *demo_login;
	/* For a verb that is a row of the command table. */
	const struct command_def *command;
	const char *stands_for; /* a command that needs no verb of its own then */
};

struct noun {
	const char *name;
	const char *prefix; /* of its commands' names */
	const char *help;   /* untranslated */
};

extern const struct verb verb_rows[];
extern const size_t verb_row_count;
extern const struct noun noun_rows[];
extern const size_t noun_row_count;

/* All verbs, those of one noun together, in the order of the table; derived ones after the
 * rows of their noun. Built once. */
struct verb_list {
	const struct verb **items;
	size_t count;
};
void verb_list_build(struct verb_list *list, struct arena *arena);

/* Finds the verb that the words name; *used is how many words that took. An
 * unknown noun or verb is OV_EUSAGE with the nearest known one. A noun alone
 * gives *verb NULL, *used 1 and *noun set. */
int verb_find(const struct verb_list *list, const char *const *words, size_t count,
	      const struct verb **verb, const char **noun, size_t *used, struct error *err);

/* Runs a verb that is a row of the command table (verb_command.c). */
int verb_command_run(struct cli *cli);
/* Its two halves, for verbs that show the answer in their own way: does the
 * command (or, with --dry-run, assesses it), and prints what it answered. */
int verb_command_execute(struct cli *cli, const struct command_def *def, struct outcome *outcome);
void verb_command_print(const struct cli *cli, const struct outcome *outcome);
/* The option list of a command's arguments, in the arena. */
struct opt_list verb_command_options(const struct command_def *def, struct arena *arena);
/* What the command's target is called in usage: "CLAIM", "NUMBER"; "" for none. */
const char *verb_command_target(const struct command_def *def);

/* Handlers of verb_table.c, by file. */
int init_run(struct cli *cli); /* noun_admin.c */
int backup_run(struct cli *cli);
int restore_run(struct cli *cli);
int config_run(struct cli *cli); /* noun_config.c */
int doctor_run(struct cli *cli); /* doctor.c */
int completion_run(struct cli *cli); /* completion.c */
int student_find_run(struct cli *cli); /* noun_student.c */
int student_show_run(struct cli *cli);
int student_import_run(struct cli *cli); /* noun_import.c */
int student_export_run(struct cli *cli);
int evidence_save_run(struct cli *cli); /* noun_evidence.c */
int evidence_check_run(struct cli *cli);
int evidence_purge_run(struct cli *cli);
int claim_list_run(struct cli *cli); /* noun_claim.c */
int claim_show_run(struct cli *cli);
int claim_assess_run(struct cli *cli);
int claim_sweep_run(struct cli *cli);
int ledger_show_run(struct cli *cli); /* noun_ledger.c */
int ledger_verify_run(struct cli *cli);
int ledger_export_run(struct cli *cli);
int audit_verify_run(struct cli *cli);
int audit_show_run(struct cli *cli);
int graduation_check_run(struct cli *cli); /* noun_route.c */
int graduation_list_run(struct cli *cli);
int route_show_run(struct cli *cli);
int rules_list_run(struct cli *cli); /* noun_rules.c */
int rules_show_run(struct cli *cli);
int rules_compare_run(struct cli *cli);
int rules_trial_run(struct cli *cli); /* rules_trial.c */
int cohort_list_run(struct cli *cli); /* noun_cohort.c */
int cohort_show_run(struct cli *cli);
int cohort_waiting_run(struct cli *cli);
int session_list_run(struct cli *cli);
int calendar_ics_run(struct cli *cli); /* noun_calendar.c */
int feed_create_run(struct cli *cli); /* noun_feed.c */
int feed_list_run(struct cli *cli);
int plan_draft_run(struct cli *cli); /* noun_draft.c */
int plan_list_run(struct cli *cli);
int plan_show_run(struct cli *cli);
int plan_compare_run(struct cli *cli);
int plan_conflicts_run(struct cli *cli);
int calendar_load_run(struct cli *cli); /* noun_calendar_load.c */
int calendar_list_run(struct cli *cli);
/* noun_session.c. The key "cohort:CODE" of the one option that was given. */
int session_subject_key(struct cli *cli, const char **word, const char **key);
int session_places_run(struct cli *cli);
int session_makeup_run(struct cli *cli);
int session_load_run(struct cli *cli);
int plan_solve_run(struct cli *cli); /* noun_plan.c */
int plan_check_run(struct cli *cli);
int report_list_run(struct cli *cli); /* noun_report.c */
int report_run(struct cli *cli);
int receipt_verify_run(struct cli *cli);
int record_list_run(struct cli *cli); /* noun_record.c: NOUN list of a plain kind */
int teacher_list_run(struct cli *cli);
int teacher_wishes_run(struct cli *cli);
int active_list_run(struct cli *cli); /* noun_active.c */

#endif
