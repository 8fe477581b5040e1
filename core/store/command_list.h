/* command_list.h: rows of the command table; see command.h. No include guard:
 * it is included once for each use.
 *
 * C(token, name, title, help, args, permission, target, flags, undo)
 *
 * The handler is command_TOKEN() in commands/, the arguments are the field
 * table ARGS_fields. docs/add-a-command.md shows one being added. */

/* --- calendar --- */
C(term_create, "term.create", N_("New term"),
  N_("Adds a teaching term."),
  term_create_args, CALENDAR, TERM, CMD_NEW, NULL)
C(term_edit, "term.edit", N_("Edit term"),
  N_("Changes the first or the last day of a term."),
  term_edit_args, CALENDAR, TERM, 0, "term.edit")
C(calendar_set, "calendar.set", N_("Set calendar day"),
  N_("Says what a day is: holiday, swapped workday, closed or exam day."),
  calendar_set_args, CALENDAR, CALENDAR_DAY, CMD_NEW, NULL)

/* --- claims: one row for each event of DOMAIN.md 4; a permission of
 * CLAIM_READ means that it depends on the state (rules/workflow_table.c) --- */
C(claim_create, "claim.create", N_("New claim"),
  N_("Opens a credit claim for a learner, with its sources."),
  claim_create_args, CLAIM_EDIT, CREDIT_CLAIM, CMD_NEW, NULL)
C(claim_edit, "claim.edit", N_("Edit claim"),
  N_("Replaces the lines of a draft."),
  claim_edit_args, CLAIM_EDIT, CREDIT_CLAIM, 0, NULL)
C(claim_evidence_add, "claim.evidence_add", N_("Add evidence"),
  N_("Adds a piece of evidence to a line."),
  evidence_add_args, CLAIM_EDIT, CREDIT_CLAIM, 0, NULL)
C(claim_evidence_check, "claim.evidence_check", N_("Check evidence"),
  N_("Records what the comparison of a line's evidence with the original showed."),
  evidence_check_args, CLAIM_VERIFY, CREDIT_CLAIM, 0, "claim.evidence_check")
C(claim_calculate, "claim.calculate", N_("Calculate"),
  N_("Shows what the claim is worth now, and why; stores nothing."),
  no_args, CLAIM_READ, CREDIT_CLAIM, CMD_READ, NULL)
C(claim_submit, "claim.submit", N_("Submit"),
  N_("Hands the claim in; its sources are reserved."),
  claim_reason_args, CLAIM_EDIT, CREDIT_CLAIM, CMD_CENTRAL, NULL)
C(claim_accept, "claim.accept", N_("Accept"),
  N_("Takes a complete claim on."),
  claim_reason_args, CLAIM_DESK, CREDIT_CLAIM, 0, NULL)
C(claim_return, "claim.return", N_("Return for completion"),
  N_("Sends the claim back to be completed within 30 days."),
  claim_reason_args, CLAIM_READ, CREDIT_CLAIM, CMD_ASK_REASON, NULL)
C(claim_verify, "claim.verify", N_("Verify"),
  N_("Confirms that the evidence was compared with the originals, and runs the calculation."),
  claim_verify_args, CLAIM_VERIFY, CREDIT_CLAIM, CMD_CENTRAL, NULL)
C(claim_reject_false, "claim.reject_false", N_("Reject as false"),
  N_("Refuses the claim because evidence is false; the certificate is marked."),
  claim_reason_args, CLAIM_VERIFY, CREDIT_CLAIM, CMD_ASK_REASON, NULL)
C(claim_pass_first, "claim.pass_first", N_("Pass first review"),
  N_("Approves the proposed credits as first reviewer."),
  claim_reason_args, FIRST_REVIEW, CREDIT_CLAIM, 0, NULL)
C(claim_ask_expert, "claim.ask_expert", N_("Ask an expert"),
  N_("Asks for an expert's opinion: a line has no rule, or it is 10.00 credits or more."),
  claim_reason_args, FIRST_REVIEW, CREDIT_CLAIM, 0, NULL)
C(claim_reject, "claim.reject", N_("Reject"),
  N_("Refuses the claim with a reason; the learner may appeal within 10 working days."),
  claim_reason_args, CLAIM_READ, CREDIT_CLAIM, CMD_ASK_REASON, NULL)
C(claim_opine, "claim.opine", N_("Give the expert's opinion"),
  N_("Says what each line without rule is worth, and why."),
  claim_opine_args, EXPERT, CREDIT_CLAIM, CMD_CENTRAL, NULL)
C(claim_pass_second, "claim.pass_second", N_("Pass second review"),
  N_("Approves the claim as second reviewer; the calculation must still be the same."),
  claim_reason_args, SECOND_REVIEW, CREDIT_CLAIM, CMD_CENTRAL, NULL)
C(claim_send_back, "claim.send_back", N_("Send back to first review"),
  N_("Asks for another first review."),
  claim_reason_args, SECOND_REVIEW, CREDIT_CLAIM, CMD_ASK_REASON, NULL)
C(claim_publish, "claim.publish", N_("Publish the notice"),
  N_("Displays the result for five working days."),
  claim_reason_args, NOTICE, CREDIT_CLAIM, 0, NULL)
C(claim_object, "claim.object", N_("Record an objection"),
  N_("Records that a third party contests the listed result."),
  claim_reason_args, CLAIM_DESK, CREDIT_CLAIM, CMD_ASK_REASON, NULL)
C(claim_dismiss, "claim.dismiss", N_("Dismiss the objection"),
  N_("Finds the objection unfounded; the notice runs on."),
  claim_reason_args, OBJECTION, CREDIT_CLAIM, CMD_ASK_REASON, NULL)
C(claim_uphold, "claim.uphold", N_("Uphold the objection"),
  N_("Finds the objection right; the claim is refused."),
  claim_reason_args, OBJECTION, CREDIT_CLAIM, CMD_ASK_REASON, NULL)
C(claim_close, "claim.close", N_("Close the notice"),
  N_("Ends the notice after its last day without objection."),
  claim_reason_args, POST, CREDIT_CLAIM, 0, NULL)
C(claim_post, "claim.post", N_("Post to the ledger"),
  N_("Writes the granted credits to the ledger and spends the sources."),
  claim_reason_args, POST, CREDIT_CLAIM, CMD_CENTRAL, NULL)
C(claim_resubmit, "claim.resubmit", N_("Submit again"),
  N_("Hands a returned claim in again; rule versions are chosen anew."),
  claim_reason_args, CLAIM_EDIT, CREDIT_CLAIM, CMD_CENTRAL, NULL)
C(claim_lapse, "claim.lapse", N_("Let lapse"),
  N_("Ends a draft or returned claim whose time limit has passed."),
  claim_reason_args, CLAIM_EDIT, CREDIT_CLAIM, CMD_SYSTEM, NULL)
C(claim_appeal, "claim.appeal", N_("Record an appeal"),
  N_("Records that the learner contests the refusal."),
  claim_reason_args, CLAIM_DESK, CREDIT_CLAIM, CMD_CENTRAL, NULL)
C(claim_allow, "claim.allow", N_("Allow the appeal"),
  N_("The review begins again without those who refused."),
  claim_reason_args, SECOND_REVIEW, CREDIT_CLAIM, 0, NULL)
C(claim_deny, "claim.deny", N_("Deny the appeal"),
  N_("The refusal is final."),
  claim_reason_args, SECOND_REVIEW, CREDIT_CLAIM, CMD_ASK_REASON, NULL)
C(claim_withdraw, "claim.withdraw", N_("Withdraw"),
  N_("Takes the claim back at the learner's wish."),
  claim_reason_args, CLAIM_EDIT, CREDIT_CLAIM, 0, NULL)
C(claim_revoke, "claim.revoke", N_("Revoke"),
  N_("Undoes a posted claim: a second reviewer asks, an auditor consents."),
  claim_reason_args, CLAIM_READ, CREDIT_CLAIM, CMD_ASK_REASON | CMD_CENTRAL, NULL)

/* --- files of learners --- */
C(student_import, "student.import", N_("Import learners"),
  N_("Reads a file of learners: all rows or none, unless asked for the good ones."),
  student_import_args, ROSTER, IMPORT_BATCH, CMD_NEW | CMD_REASON | CMD_BULK | CMD_NO_FORM, NULL)
C(student_export, "student.export", N_("Export learners"),
  N_("Writes learners into a file; the reason is logged."),
  student_export_args, ROSTER, NONE, CMD_READ | CMD_REASON | CMD_BULK | CMD_NO_FORM, NULL)
