/* action_list.h: rows of the action table; see action.h.
 * A(id, name, default keys, contexts, bar label, help, when, handler)
 * Order: the most particular context first; the key bar follows it. */

/* --- rows of a list in a form --- */
A(ROWS_ADD, "rows.add", "a, Ins, n", CTX_ROWS, N_("add"), N_("Add a row"), NULL, rows_add)
A(ROWS_REMOVE, "rows.remove", "x, Del", CTX_ROWS, N_("remove"), N_("Remove the row"), row_selected, rows_remove)
A(ROWS_DONE, "rows.done", "C-s, Esc, F2", CTX_ROWS, N_("done"), N_("Back to the form with these rows"), NULL, rows_done)

/* --- deciding --- */
A(DECIDE_FORM, "decide.form", "F4, M-Enter", CTX_DECIDE, N_("form"), N_("Open the whole form of the step"), NULL, decide_form)
A(BATCH_STOP, "batch.stop", "Esc", CTX_BATCH, N_("stop"), N_("Stop after the claim under way, or leave"), NULL, batch_stop)
A(EVIDENCE_SEEN, "evidence.seen", "o, Enter", CTX_EVIDENCE, N_("seen"), N_("Note that the original of this piece was seen"), NULL, evidence_seen)
A(EVIDENCE_STRIKE, "evidence.strike", "x", CTX_EVIDENCE, N_("strike out"), N_("Strike this piece out: it doesn't count"), NULL, evidence_strike)
A(EVIDENCE_FALSE, "evidence.false", "f", CTX_EVIDENCE, N_("false"), N_("Note that this piece is false, with a reason"), NULL, evidence_false)
A(EVIDENCE_LEAVE, "evidence.leave", "Esc", CTX_EVIDENCE, N_("back"), N_("Back to the claim"), NULL, evidence_leave)

/* --- dialogs --- */
A(DIALOG_YES, "dialog.yes", "y, Y", CTX_CONFIRM, N_("yes"), N_("Yes, do it"), NULL, confirm_yes)
A(DIALOG_NO, "dialog.no", "n, N", CTX_CONFIRM, N_("no"), N_("No, leave it"), NULL, dialog_close)
A(DIALOG_CLOSE, "dialog.close", "Esc", CTX_DIALOG, N_("close"), N_("Close the dialog; nothing is done"), NULL, dialog_close)

/* --- forms --- */
A(FORM_PICK, "form.pick", "F4, M-Enter", CTX_FORM, N_("choose"), N_("Choose the field's value from a list, or edit its rows"), form_can_pick, form_pick)
A(FORM_SAVE, "form.save", "C-s, F2", CTX_FORM, N_("save"), N_("Check the form and save it"), NULL, form_save)
A(FORM_NEXT, "form.next", "Tab, Down", CTX_FORM, N_("next field"), N_("Go to the next field"), NULL, form_next)
A(FORM_PREV, "form.previous", "BackTab, Up", CTX_FORM, NULL, N_("Go to the field before"), NULL, form_previous)

/* --- lookup, card --- */
A(LOOKUP_FIELD, "lookup.field", "Tab, F6", CTX_LOOKUP, N_("list"), N_("From the search field to the list of results and back"), NULL, lookup_field)
A(LOOKUP_SEARCH, "lookup.search", "/", CTX_LOOKUP, NULL, N_("Start a new search"), NULL, lookup_search)
A(CARD_SECTION, "card.section", "Tab, F6", CTX_CARD, N_("next list"), N_("Show the next list about the learner; 1 to 6 choose one"), NULL, card_next_section)
A(CARD_CREDITS, "card.credits", "c", CTX_CARD, NULL, N_("Show the credits by module"), NULL, card_credits)
A(CARD_WEEK, "card.week", "s", CTX_CARD, NULL, N_("Show the meetings of the week"), NULL, card_week)
A(CARD_CLAIM, "card.new-claim", "n", CTX_CARD, N_("new claim"), N_("Start a credit claim for this learner"), NULL, card_new_claim)
A(LOOKUP_PIN, "lookup.pin", "*", CTX_LOOKUP, NULL, N_("Keep the learner on top of those shown before a key is typed, or no longer"), row_selected, lookup_pin)
A(CARD_PIN, "card.pin", "*", CTX_CARD, NULL, N_("Keep the learner on top of those shown before a key is typed, or no longer"), NULL, card_pin)
A(CARD_REVEAL, "card.reveal", "v", CTX_CARD, N_("reveal"), N_("Show document number and phone in clear; asks for a reason and is recorded"), NULL, card_reveal)

/* --- cohorts, week --- */
A(COHORTS_FIND, "cohorts.find", "/, F7", CTX_COHORTS, N_("find"), N_("Find a cohort by code, name or pinyin"), NULL, cohorts_find)
A(COHORTS_GRADUATION, "cohorts.graduation", "d", CTX_COHORTS, N_("graduation"), N_("Show who of the cohort may graduate, and what the others lack"), graduation_may, cohorts_graduation)
A(WEEK_UP, "week.up", "Up, k", CTX_WEEK, NULL, N_("Go to the meeting above"), week_is_grid, week_up)
A(WEEK_DOWN, "week.down", "Down, j", CTX_WEEK, NULL, N_("Go to the meeting below"), week_is_grid, week_down)
A(WEEK_LEFT, "week.left", "Left, h", CTX_WEEK, NULL, N_("Go to the day before"), week_is_grid, week_left)
A(WEEK_RIGHT, "week.right", "Right, l", CTX_WEEK, NULL, N_("Go to the day after"), week_is_grid, week_right)
A(WEEK_ADD, "week.add", "a", CTX_WEEK, N_("add"), N_("Add a meeting here; conflicts show before it is saved"), week_is_grid, week_add)
A(WEEK_MOVE, "week.move", "m", CTX_WEEK, N_("move"), N_("Move the meeting to another time, room or teacher"), week_has_meeting, week_move)
A(WEEK_CANCEL, "week.cancel", "x", CTX_WEEK, N_("cancel"), N_("Cancel the meeting"), week_has_meeting, week_cancel)
A(WEEK_MEMBER_ADD, "week.add-member", "a", CTX_WEEK, N_("add"), N_("Add a learner to the cohort"), week_is_members, week_member_add)
A(WEEK_MEMBER_REMOVE, "week.remove-member", "x", CTX_WEEK, N_("remove"), N_("Take the learner out of the cohort"), week_has_member, week_member_remove)
A(WEEK_PREVIOUS, "week.previous", "[", CTX_WEEK, N_("week -"), N_("Show the week before"), week_is_grid, week_previous)
A(WEEK_NEXT, "week.next", "]", CTX_WEEK, N_("week +"), N_("Show the week after"), week_is_grid, week_next)
A(WEEK_MEMBERS, "week.members", "Tab, F6", CTX_WEEK, N_("members"), N_("From the week to the members and back"), NULL, week_members)

/* --- claims --- */
A(CLAIM_FORWARD, "claim.forward", "a", CTX_CLAIM, N_("approve"), N_("Take the claim a step on: accept, verify, pass, publish, post"), NULL, claim_forward)
A(CLAIM_RETURN, "claim.return", "r", CTX_CLAIM, N_("return"), N_("Return the claim to be completed, with a reason"), NULL, claim_return)
A(CLAIM_REFUSE, "claim.refuse", "x", CTX_CLAIM, N_("refuse"), N_("Refuse the claim, with a reason"), NULL, claim_refuse)
A(CLAIM_SEEN, "claim.original-seen", "o", CTX_CLAIM, N_("seen"), N_("Note that the original of the next piece of evidence was seen"), NULL, claim_original_seen)
A(CLAIM_EVIDENCE, "claim.evidence", "e", CTX_CLAIM, N_("evidence"), N_("Show the evidence, and say what its check found"), NULL, claim_evidence)
A(CLAIM_WHY, "claim.why", "w", CTX_CLAIM, N_("why"), N_("Show the rule the calculation rests on"), NULL, claim_why)
A(CLAIM_NEXT, "claim.next", "n", CTX_CLAIM, N_("next"), N_("Show the next claim of the queue"), claim_has_next, claim_next)
A(CLAIMS_MARK, "claims.mark", "Space, Ins", CTX_CLAIMS, N_("select"), N_("Mark the claim, to decide several at once"), row_selected, claims_mark)
A(CLAIMS_MARK_LIKE, "claims.mark-like", "*", CTX_CLAIMS, NULL, N_("Mark all claims of the queue that are like this one; again: none"), row_selected, claims_mark_like)
A(CLAIMS_STATE, "claims.state", "f, F7", CTX_CLAIMS, N_("queue"), N_("Choose the queue by its state, with the counts"), NULL, claims_pick_state)
A(CLAIMS_FIND, "claims.find", "/", CTX_CLAIMS, NULL, N_("Find claims by claim number or student number"), NULL, claims_find)
A(CLAIMS_NOTICE, "claims.notice", "N", CTX_CLAIMS, NULL, N_("Show the public-notice list, names masked as it is displayed"), notice_may, claims_notice)
A(CLAIMS_NEXT_STATE, "claims.next-state", "Right, l", CTX_CLAIMS, NULL, N_("Show the next queue"), NULL, claims_next_state)
A(CLAIMS_PREVIOUS_STATE, "claims.previous-state", "Left, h", CTX_CLAIMS, NULL, N_("Show the queue before"), NULL, claims_previous_state)
A(CLAIM_EXPERT, "claim.expert", "d", CTX_CLAIM, NULL, N_("Ask an expert"), NULL, claim_expert)
A(CLAIM_CONTEST, "claim.contest", "b", CTX_CLAIM, NULL, N_("Record an objection to the notice, or the learner's appeal"), NULL, claim_contest)
A(CLAIM_REVOKE, "claim.revoke", "v", CTX_CLAIM, NULL, N_("Ask for the revocation of a posted claim, or consent to it"), NULL, claim_revoke)
A(CLAIM_OTHER, "claim.other", "t", CTX_CLAIM, NULL, N_("Show every step your role may take in this state"), NULL, claim_other)
A(CLAIM_LEARNER, "claim.learner", "s", CTX_CLAIM, N_("learner"), N_("Show the learner's card"), NULL, claim_learner)

/* --- account, ledger --- */
A(CLAIM_ACCOUNT, "claim.account", "c", CTX_CLAIM, NULL, N_("Show the learner's credit account"), ledger_may, claim_account)
A(CARD_ACCOUNT, "card.account", "b", CTX_CARD, N_("account"), N_("Show the credit account as a statement"), ledger_may, account_show)
A(CARD_ROUTE, "card.route", "o", CTX_CARD, N_("route"), N_("Show the way to graduation: what is held, what is missing, what if"), route_may, route_show)
A(CLAIM_ROUTE, "claim.route", "O", CTX_CLAIM, NULL, N_("Show the learner's way to graduation"), route_may, claim_route)
A(ROUTE_ASSUME, "route.what-if", "i, /", CTX_ROUTE, N_("what if"), N_("What if the learner also had a certificate, a result or a course? Nothing is written"), NULL, route_assume)
A(ACCOUNT_SECTION, "account.section", "Tab, F6", CTX_ACCOUNT, N_("bars"), N_("From the statement to the bars by module and back; 1 and 2 choose"), NULL, account_section)
A(ACCOUNT_KIND, "account.kind", "f, F7", CTX_ACCOUNT, N_("account"), N_("Show the next account: earned, transferred, pool, all"), NULL, account_kind)
A(ACCOUNT_PERIOD, "account.period", "y", CTX_ACCOUNT, N_("period"), N_("Show the next period: all, this year, last year"), NULL, account_period)
A(LEDGER_OLDER, "ledger.older", "]", CTX_LEDGER, N_("older"), N_("Show the page of older entries"), ledger_has_older, ledger_older)
A(LEDGER_NEWER, "ledger.newer", "[", CTX_LEDGER, N_("newer"), N_("Show the page of newer entries"), ledger_has_newer, ledger_newer)
A(LEDGER_KIND, "ledger.kind", "f, F7", CTX_LEDGER, N_("kind"), N_("Choose the kind of entries"), NULL, ledger_pick_kind)
A(LEDGER_FIND, "ledger.find", "/", CTX_LEDGER, N_("find"), N_("Find entries by student number or claim number"), NULL, ledger_find)
A(LEDGER_ACCOUNT, "ledger.account", "c", CTX_LEDGER, N_("account"), N_("Show the account of the entry's learner"), row_selected, ledger_account)

/* --- lists --- */
A(LIST_OPEN, "list.open", "Enter", CTX_LIST, N_("open"), N_("Open the selected row"), list_opens, list_open)
A(LIST_DOWN, "list.down", "Down, j", CTX_LIST, NULL, N_("Go down one row"), NULL, list_down)
A(LIST_UP, "list.up", "Up, k", CTX_LIST, NULL, N_("Go up one row"), NULL, list_up)
A(LIST_PAGE_DOWN, "list.page-down", "PgDn, Space", CTX_LIST, NULL, N_("Go down one page"), NULL, list_page_down)
A(LIST_PAGE_UP, "list.page-up", "PgUp, BS", CTX_LIST, NULL, N_("Go up one page"), NULL, list_page_up)
A(LIST_FIRST, "list.first", "Home, g", CTX_LIST, NULL, N_("Go to the first row"), NULL, list_first)
A(LIST_LAST, "list.last", "End, G", CTX_LIST, NULL, N_("Go to the last row"), NULL, list_last)

/* --- panes --- */
A(BACK, "view.back", "Esc", CTX_PANE, N_("back"), N_("Go back to what was shown before"), pane_can_go_back, go_back)
A(GO_LOOKUP, "pane.lookup", "F2, L", CTX_PANE, N_("lookup"), N_("Go to the learner lookup"), NULL, go_lookup)
A(GO_COHORTS, "pane.cohorts", "F3, T", CTX_PANE, N_("cohorts"), N_("Go to cohorts and their weeks"), NULL, go_cohorts)
A(GO_CLAIMS, "pane.claims", "F4, A", CTX_PANE, N_("claims"), N_("Go to the queue of credit claims"), NULL, go_claims)
A(GO_LEDGER, "pane.ledger", "B", CTX_PANE, NULL, N_("Page through the ledger"), ledger_may, go_ledger)
A(UNDO, "app.undo", "u", CTX_PANE, N_("undo"), N_("Undo what was done last, by the command that does"), undo_there, undo_open)
A(REFRESH, "view.refresh", "F5, R", CTX_PANE, NULL, N_("Read everything shown again"), NULL, view_refresh)

/* --- everywhere --- */
A(PALETTE, "app.palette", "C-p, F8", CTX_APP, N_("commands"), N_("Find any command by its name, in English or by pinyin initials"), NULL, palette_open)
A(HELP, "app.help", "F1, ?", CTX_APP, N_("help"), N_("Show what the keys do here"), NULL, help_open)
A(DRAFTS, "app.drafts", "C-x d", CTX_PANE, NULL, N_("Open a kept draft of unsaved work"), drafts_kept, drafts_open)
A(LANGUAGE, "app.language", "F9, C-x e", CTX_APP, NULL, N_("Switch between English and Chinese"), NULL, language_switch)
A(THEME, "app.theme", "C-x t", CTX_APP, NULL, N_("Switch to the next theme"), NULL, theme_switch)
A(REPAINT, "app.repaint", "C-l", CTX_APP, NULL, N_("Paint the screen again; twice: few bytes for a slow line, on or off"), NULL, screen_repaint)
A(LOCK, "app.lock", "C-x l", CTX_APP, NULL, N_("Lock the screen; the password opens it"), NULL, lock_now)
A(SUSPEND, "app.suspend", "C-z", CTX_APP, NULL, N_("Suspend; the shell's fg comes back"), NULL, app_suspend)
A(LEAVE, "app.leave", "F10, q", CTX_PANE, N_("leave"), N_("Leave this view, then the program"), NULL, app_leave)
A(QUIT, "app.quit", "C-q, C-x c", CTX_APP, NULL, N_("Quit the program"), NULL, app_leave_all)
