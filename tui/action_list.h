/* action_list.h: rows of the action table; see action.h.
 * A(id, name, default keys, contexts, bar label, help, when, handler)
 * Order: the most particular context first; the key bar follows it. */

/* --- dialogs --- */
A(DIALOG_YES, "dialog.yes", "y, Y", CTX_CONFIRM, N_("yes"), N_("Yes, do it"), NULL, confirm_yes)
A(DIALOG_NO, "dialog.no", "n, N", CTX_CONFIRM, N_("no"), N_("No, leave it"), NULL, dialog_close)
A(DIALOG_CLOSE, "dialog.close", "Esc", CTX_DIALOG, N_("close"), N_("Close the dialog; nothing is done"), NULL, dialog_close)

/* --- forms --- */
A(FORM_PICK, "form.pick", "F4, M-Enter", CTX_FORM, N_("choose"), N_("Choose the field's value from a list"), form_can_pick, form_pick)
A(FORM_SAVE, "form.save", "C-s, F2", CTX_FORM, N_("save"), N_("Check the form and save it"), NULL, form_save)
A(FORM_NEXT, "form.next", "Tab, Down", CTX_FORM, N_("next field"), N_("Go to the next field"), NULL, form_next)
A(FORM_PREV, "form.previous", "BackTab, Up", CTX_FORM, NULL, N_("Go to the field before"), NULL, form_previous)

/* --- lists --- */
A(LIST_OPEN, "list.open", "Enter", CTX_LIST, N_("open"), N_("Open the selected row"), row_selected, list_open)
A(LIST_DOWN, "list.down", "Down, j", CTX_LIST, NULL, N_("Go down one row"), NULL, list_down)
A(LIST_UP, "list.up", "Up, k", CTX_LIST, NULL, N_("Go up one row"), NULL, list_up)
A(LIST_PAGE_DOWN, "list.page-down", "PgDn, Space", CTX_LIST, NULL, N_("Go down one page"), NULL, list_page_down)
A(LIST_PAGE_UP, "list.page-up", "PgUp, BS", CTX_LIST, NULL, N_("Go up one page"), NULL, list_page_up)
A(LIST_FIRST, "list.first", "Home, g", CTX_LIST, NULL, N_("Go to the first row"), NULL, list_first)
A(LIST_LAST, "list.last", "End, G", CTX_LIST, NULL, N_("Go to the last row"), NULL, list_last)

/* --- panes --- */
A(GO_LOOKUP, "pane.lookup", "F2, L", CTX_PANE, N_("lookup"), N_("Go to the learner lookup"), NULL, go_lookup)
A(GO_COHORTS, "pane.cohorts", "F3, T", CTX_PANE, N_("cohorts"), N_("Go to cohorts and their weeks"), NULL, go_cohorts)
A(GO_CLAIMS, "pane.claims", "F4, A", CTX_PANE, N_("claims"), N_("Go to the queue of credit claims"), NULL, go_claims)
A(REFRESH, "view.refresh", "F5, R", CTX_PANE, NULL, N_("Read everything shown again"), NULL, view_refresh)

/* --- everywhere --- */
A(PALETTE, "app.palette", "C-p, F8", CTX_APP, N_("commands"), N_("Find any command by its name, in English or by pinyin initials"), NULL, palette_open)
A(HELP, "app.help", "F1, ?", CTX_APP, N_("help"), N_("Show what the keys do here"), NULL, help_open)
A(DRAFTS, "app.drafts", "C-x d", CTX_APP, NULL, N_("Open a kept draft of unsaved work"), drafts_kept, drafts_open)
A(LANGUAGE, "app.language", "F9, C-x e", CTX_APP, NULL, N_("Switch between English and Chinese"), NULL, language_switch)
A(THEME, "app.theme", "C-x t", CTX_APP, NULL, N_("Switch to the next theme"), NULL, theme_switch)
A(REPAINT, "app.repaint", "C-l", CTX_APP, NULL, N_("Paint the screen again; twice: few bytes for a slow line, on or off"), NULL, screen_repaint)
A(SUSPEND, "app.suspend", "C-z", CTX_APP, NULL, N_("Suspend; the shell's fg comes back"), NULL, app_suspend)
A(BACK, "view.back", "Esc", CTX_PANE, N_("back"), N_("Go back to what was shown before"), pane_can_go_back, go_back)
A(LEAVE, "app.leave", "F10, q", CTX_PANE, N_("leave"), N_("Leave this view, then the program"), NULL, app_leave)
A(QUIT, "app.quit", "C-q, C-x c", CTX_APP, NULL, N_("Quit the program"), NULL, app_leave_all)
