bin_PROGRAMS += overpass
overpass_SOURCES = \
	cli/application.c cli/application.h \
	cli/args.c cli/args.h \
	cli/cli.c cli/cli.h \
	cli/completion.c \
	cli/doctor.c \
	cli/evidence_words.h \
	cli/help.c cli/help.h \
	cli/locale.c cli/locale.h \
	cli/main.c \
	cli/manual.c \
	cli/noun_admin.c \
	cli/noun_calendar.c \
	cli/noun_claim.c \
	cli/noun_cohort.c \
	cli/noun_config.c \
	cli/noun_evidence.c \
	cli/noun_feed.c \
	cli/noun_import.c \
	cli/noun_ledger.c \
	cli/noun_calendar_load.c \
	cli/noun_draft.c \
	cli/noun_plan.c \
	cli/noun_active.c \
	cli/noun_record.c \
	cli/noun_report.c \
	cli/noun_route.c \
	cli/noun_rules.c \
	cli/noun_session.c \
	cli/noun_student.c \
	cli/output.c cli/output.h \
	cli/output_card.c \
	cli/password.c cli/password.h \
	cli/plan_files.c cli/plan_files.h \
	cli/plan_progress.c cli/plan_progress.h \
	cli/progress.c cli/progress.h \
	cli/record.h \
	cli/report_rows.h \
	cli/rules_trial.c \
	cli/show.c cli/show.h \
	cli/target.c cli/target.h \
	cli/verb.c cli/verb.h \
	cli/verb_command.c \
	cli/verb_table.c
overpass_LDADD = $(TUI_LIBS)

# Manual pages and completion are printed by the program from its own tables.
# They say the same in every language and place.
print_pages = LC_ALL=C.UTF-8 LANGUAGE=en ./overpass$(EXEEXT) --config /dev/null
man_MANS += overpass.1 overpass.ini.5
overpass.1 overpass.ini.5: overpass$(EXEEXT)
	$(AM_V_GEN)$(print_pages) --print-man $@ >$@.new && mv $@.new $@

bashcompletiondir = $(datarootdir)/bash-completion/completions
nodist_bashcompletion_DATA = completion/overpass
completion/overpass: overpass$(EXEEXT)
	$(AM_V_at)$(MKDIR_P) completion
	$(AM_V_GEN)$(print_pages) completion bash >$@.new && mv $@.new $@
CLEANFILES += overpass.1 overpass.ini.5 overpass.1.new overpass.ini.5.new \
	completion/overpass completion/overpass.new
