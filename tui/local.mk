# The terminal application: the only code that knows curses.
noinst_LIBRARIES += libtui.a
TUI_LIBS = libtui.a $(CORE_LIBS) $(NCURSES_LIBS)
libtui_a_SOURCES = \
	tui/action.c tui/action.h \
	tui/action_list.h \
	tui/app.c tui/app.h \
	tui/app_actions.c \
	tui/app_copy.c \
	tui/app_drafts.c \
	tui/app_draw.c \
	tui/app_internal.h \
	tui/app_line.c \
	tui/app_lock.c \
	tui/app_park.c \
	tui/app_person.c \
	tui/app_scan.c \
	tui/app_stack.c \
	tui/canvas.c tui/canvas.h \
	tui/draft.c tui/draft.h \
	tui/edit.c tui/edit.h \
	tui/form.c tui/form.h \
	tui/fuzzy.c tui/fuzzy.h \
	tui/keymap_file.c \
	tui/key.c tui/key.h \
	tui/language.c tui/language.h \
	tui/layout.c tui/layout.h \
	tui/recent.c tui/recent.h \
	tui/settings.c tui/settings.h \
	tui/table.c tui/table.h \
	tui/term.c tui/term.h \
	tui/term_probe.c tui/term_probe.h \
	tui/theme.c tui/theme.h \
	tui/theme_file.c \
	tui/tui.h \
	tui/view.h \
	tui/views/account_bars.c tui/views/account_bars.h \
	tui/views/account_view.c \
	tui/views/batch_view.c tui/views/batch_view.h \
	tui/views/card_job.c tui/views/card_job.h \
	tui/views/card_cells.c tui/views/card_cells.h \
	tui/views/card_overview.c tui/views/card_overview.h \
	tui/views/card_view.c \
	tui/views/choices.c tui/views/choices.h \
	tui/views/claim_part.c tui/views/claim_part.h \
	tui/views/claim_sum.c tui/views/claim_sum.h \
	tui/views/claim_text.c tui/views/claim_text.h \
	tui/views/claim_view.c \
	tui/views/claims_view.c \
	tui/views/print_view.c tui/views/print_view.h \
	tui/views/queues.c tui/views/queues.h \
	tui/views/cohorts_view.c \
	tui/views/command_job.c tui/views/command_job.h \
	tui/views/command_view.c tui/views/command_view.h \
	tui/views/decide_view.c tui/views/decide_view.h \
	tui/views/dialog_view.c tui/views/dialog_view.h \
	tui/views/evidence_view.c tui/views/evidence_view.h \
	tui/views/feed_view.c tui/views/feed_view.h \
	tui/views/find_view.c tui/views/find_view.h \
	tui/views/form_part.c tui/views/form_part.h \
	tui/views/help_view.c tui/views/help_view.h \
	tui/views/ledger_view.c \
	tui/views/lines.c tui/views/lines.h \
	tui/views/load_view.c tui/views/load_view.h \
	tui/views/list_view.c tui/views/list_view.h \
	tui/views/login_view.c \
	tui/views/hit_rows.c tui/views/hit_rows.h \
	tui/views/lookup_view.c \
	tui/views/palette_find.c tui/views/palette_find.h \
	tui/views/palette_view.c \
	tui/views/pick_view.c \
	tui/views/piece_view.c tui/views/piece_view.h \
	tui/views/plan_compare_view.c \
	tui/views/plan_parts.c tui/views/plan_parts.h \
	tui/views/plan_run_view.c \
	tui/views/plan_start_view.c \
	tui/views/plan_view.c tui/views/plan_view.h \
	tui/views/plans_view.c \
	tui/views/place_view.c tui/views/place_view.h \
	tui/views/preview.c tui/views/preview.h \
	tui/views/reason_part.c tui/views/reason_part.h \
	tui/views/route_view.c \
	tui/views/roll_view.c tui/views/roll_view.h \
	tui/views/rows_view.c tui/views/rows_view.h \
	tui/views/rule_view.c \
	tui/views/settings_view.c \
	tui/views/student_draw.c tui/views/student_draw.h \
	tui/views/undo.c tui/views/undo.h \
	tui/views/versions_view.c \
	tui/views/views.c tui/views/views.h \
	tui/views/week_grid.c tui/views/week_grid.h \
	tui/views/week_internal.h \
	tui/views/week_members.c \
	tui/views/week_meeting.c \
	tui/views/week_view.c \
	tui/views/wish_view.c tui/views/wish_view.h \
	tui/worker.c tui/worker.h
