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

C(calendar_load, "calendar.load", N_("Load calendar"),
  N_("Loads a notice about the holidays of a year; the version before it is kept."),
  calendar_load_args, CALENDAR, CALENDAR_VERSION, CMD_NEW | CMD_NO_FORM, NULL)
C(calendar_revoke, "calendar.revoke", N_("Revoke calendar"),
  N_("Says that a loaded version was wrong; its year is unknown until another is loaded."),
  reason_args, CALENDAR, CALENDAR_VERSION, CMD_REASON, NULL)
C(shift_except, "shift.except", N_("Exception from a shift"),
  N_("Records one person's leave, swap or overtime: a shift that is not worked, or one more."),
  shift_except_args, CALENDAR, SHIFT_EXCEPTION, CMD_NEW, "shift.withdraw")
C(shift_withdraw, "shift.withdraw", N_("Withdraw exception"),
  N_("Takes an exception back; the pattern holds again."),
  no_args, CALENDAR, SHIFT_EXCEPTION, 0, NULL)
C(teacher_away, "teacher.away", N_("Absence of a teacher"),
  N_("Records when a teacher can't teach."),
  teacher_away_args, CALENDAR, TEACHER_AWAY, CMD_NEW, NULL)
C(teacher_certify, "teacher.certify", N_("Certificate of a teacher"),
  N_("Records that a teacher may teach with certain equipment, and until when."),
  teacher_certify_args, CALENDAR, TEACHER_CERTIFICATE, CMD_NEW, "teacher.uncertify")
C(teacher_uncertify, "teacher.uncertify", N_("Take back a certificate"),
  N_("A certificate counts no longer."),
  no_args, CALENDAR, TEACHER_CERTIFICATE, 0, NULL)
C(teacher_wish, "teacher.wish", N_("Wish of a teacher"),
  N_("Records when a teacher would like to teach in a week, or would rather not."),
  teacher_wish_args, CALENDAR, TEACHER_WISH, CMD_NEW, "teacher.unwish")
C(teacher_unwish, "teacher.unwish", N_("Withdraw a wish"),
  N_("A wish of a teacher counts no longer."),
  no_args, CALENDAR, TEACHER_WISH, 0, NULL)
C(room_equip, "room.equip", N_("Equipment of a room"),
  N_("Records that a room has something that courses may need."),
  room_equip_args, CALENDAR, ROOM_FEATURE, CMD_NEW, "room.unequip")
C(room_unequip, "room.unequip", N_("Remove equipment"),
  N_("A room no longer has it."),
  no_args, CALENDAR, ROOM_FEATURE, 0, NULL)
C(room_close, "room.close", N_("Close a room"),
  N_("Records when a room can't be used; meetings in it then are conflicts."),
  room_close_args, CALENDAR, ROOM_CLOSURE, CMD_NEW, "room.reopen")
C(room_reopen, "room.reopen", N_("Reopen a room"),
  N_("Takes a closure back."),
  no_args, CALENDAR, ROOM_CLOSURE, 0, NULL)
C(course_require, "course.require", N_("Equipment that a course needs"),
  N_("The meetings of a course need a room that has it, or a certified teacher as well."),
  course_require_args, CALENDAR, COURSE_NEED, CMD_NEW, "course.unrequire")
C(course_unrequire, "course.unrequire", N_("No longer needed"),
  N_("The meetings of a course no longer need it."),
  no_args, CALENDAR, COURSE_NEED, 0, NULL)

C(course_use, "course.use", N_("Portable items that a course uses"),
  N_("Each meeting of a course uses so many pieces of a portable item."),
  course_use_args, CALENDAR, COURSE_USE, CMD_NEW, "course.unuse")
C(course_unuse, "course.unuse", N_("No longer used"),
  N_("The meetings of a course no longer use it."),
  no_args, CALENDAR, COURSE_USE, 0, NULL)
C(course_follow, "course.follow", N_("Order of courses"),
  N_("A cohort's meetings of a course begin after those of another have ended."),
  course_follow_args, CALENDAR, COURSE_ORDER, CMD_NEW, "course.unfollow")
C(course_unfollow, "course.unfollow", N_("No order any more"),
  N_("The two courses may be taught at the same time again."),
  no_args, CALENDAR, COURSE_ORDER, 0, NULL)
C(pool_create, "pool.create", N_("New portable item"),
  N_("Adds something that is carried to where it is needed, and how many there are."),
  pool_create_args, CALENDAR, POOL, CMD_NEW, NULL)
C(pool_edit, "pool.edit", N_("Edit portable item"),
  N_("Changes the name of a portable item, or how many there are."),
  pool_edit_args, CALENDAR, POOL, 0, "pool.edit")
C(room_edit, "room.edit", N_("Hours and limits of a room"),
  N_("Says when a room is open, how long it takes to set up and clear, and what it holds."),
  room_edit_args, CALENDAR, ROOM, 0, "room.edit")

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
C(claim_evidence_open, "claim.evidence_open", N_("Open evidence"),
  N_("Lets the files of a line be read for ten minutes; the reason is recorded."),
  evidence_open_args, REVEAL, CREDIT_CLAIM, CMD_REASON | CMD_READ | CMD_NO_FORM, NULL)
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
  claim_reason_args, CLAIM_READ, CREDIT_CLAIM, CMD_ASK_REASON | CMD_OWN_REV, NULL)
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
  claim_reason_args, CLAIM_READ, CREDIT_CLAIM, CMD_ASK_REASON | CMD_OWN_REV, NULL)
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
  claim_reason_args, CLAIM_READ, CREDIT_CLAIM, CMD_ASK_REASON | CMD_CENTRAL | CMD_OWN_REV, NULL)

/* --- the ledger, proved to others --- */
C(ledger_checkpoint, "ledger.checkpoint", N_("Sign a checkpoint of the ledger"),
  N_("Signs the number and the hash of the last entry, so that a copy outside proves what stood."),
  no_args, PROVE, NONE, CMD_READ | CMD_CENTRAL, NULL)
C(audit_checkpoint, "audit.checkpoint", N_("Sign a checkpoint of the audit trail"),
  N_("Signs the number and the hash of the last event, so that a copy outside proves what stood."),
  no_args, PROVE, NONE, CMD_READ | CMD_CENTRAL, NULL)
C(ledger_key, "ledger.key", N_("Show the public key"),
  N_("Shows the key by which anybody verifies the centre's checkpoints and receipts."),
  no_args, PUBLIC, NONE, CMD_READ, NULL)
C(ledger_export, "ledger.export", N_("Take the ledger out"),
  N_("Notes in the trail that the ledger is taken out; a client then reads it page by page."),
  no_args, PROVE, NONE, CMD_READ | CMD_CENTRAL | CMD_NO_FORM, NULL)

/* --- files of learners --- */
C(student_import, "student.import", N_("Import learners"),
  N_("Reads a file of learners: all rows or none, unless asked for the good ones."),
  student_import_args, ROSTER, IMPORT_BATCH, CMD_NEW | CMD_REASON | CMD_BULK | CMD_NO_FORM, NULL)
C(claim_import, "claim.import", N_("Import claims"),
  N_("Reads a file of sources: rows of one learner that stand together become a draft."),
  claim_import_args, CLAIM_EDIT, IMPORT_BATCH, CMD_NEW | CMD_BULK | CMD_NO_FORM, NULL)
C(result_import, "result.import", N_("Import results"),
  N_("Reads a file of course results; a row that corrects a result needs the reason."),
  result_import_args, STATUS_EDIT, IMPORT_BATCH, CMD_NEW | CMD_BULK | CMD_NO_FORM, NULL)
C(calendar_import, "calendar.import", N_("Import calendar days"),
  N_("Reads a file of holidays, swapped workdays, closed and exam days."),
  calendar_import_args, CALENDAR, IMPORT_BATCH, CMD_NEW | CMD_BULK | CMD_NO_FORM, NULL)
C(session_import, "session.import", N_("Import attendance"),
  N_("Reads a file of who was present at meetings that were held."),
  session_import_args, ATTENDANCE, IMPORT_BATCH, CMD_NEW | CMD_BULK | CMD_NO_FORM, NULL)
C(student_export, "student.export", N_("Export learners"),
  N_("Writes learners into a file; the reason is logged."),
  student_export_args, ROSTER, NONE, CMD_READ | CMD_REASON | CMD_BULK | CMD_NO_FORM, NULL)

/* --- people and registrations --- */
C(person_create, "person.create", N_("New person"),
  N_("Enters a person; a citizen ID number says birth date and sex."),
  person_create_args, PERSON_EDIT, PERSON, CMD_NEW, NULL)
C(person_edit, "person.edit", N_("Edit person"),
  N_("Changes what is known of a person."),
  person_edit_args, PERSON_EDIT, PERSON, 0, "person.edit")
C(person_employ, "person.employ", N_("Set employment"),
  N_("Records a new employment; the present one ends where it begins."),
  employment_set_args, PERSON_EDIT, PERSON, 0, NULL)
C(pii_reveal, "pii.reveal", N_("Show in clear"),
  N_("Shows one masked value; the reason is recorded."),
  pii_reveal_args, REVEAL, PERSON, CMD_REASON | CMD_READ, NULL)
C(person_copy, "person.copy", N_("Copy of personal record"),
  N_("Gives every value held on a person, in clear; the reason is recorded."),
  person_copy_args, ROSTER, PERSON, CMD_REASON | CMD_READ, NULL)
C(student_register, "student.register", N_("Register learner"),
  N_("Binds a person to a programme under a student number."),
  student_register_args, PERSON_EDIT, STUDENT, CMD_NEW, NULL)
C(student_edit, "student.edit", N_("Edit registration"),
  N_("Changes the home cohort or the entry level."),
  student_edit_args, PERSON_EDIT, STUDENT, 0, "student.edit")
C(student_status, "student.status", N_("Change standing"),
  N_("Records leave, return, withdrawal or expiry."),
  student_status_args, STATUS_EDIT, STUDENT, CMD_REASON, "student.status")
C(student_move_curriculum, "student.move_curriculum", N_("Change curriculum"),
  N_("Moves the learner to another published curriculum; credits are kept."),
  student_move_args, STATUS_EDIT, STUDENT, CMD_REASON, "student.move_curriculum")
C(result_record, "result.record", N_("Record result"),
  N_("Records the marks of a course; a pass enters the credit account."),
  result_record_args, STATUS_EDIT, STUDENT, 0, NULL)
C(graduation_confirm, "graduation.confirm", N_("Confirm graduation"),
  N_("Confirms that the graduation check is met; the ledger is closed."),
  reason_args, GRAD_CONFIRM, STUDENT, CMD_CENTRAL, NULL)

/* --- cohorts and meetings --- */
C(cohort_create, "cohort.create", N_("New cohort"),
  N_("Opens a cohort for an intake of a programme."),
  cohort_create_args, COHORT, COHORT, CMD_NEW, NULL)
C(cohort_edit, "cohort.edit", N_("Edit cohort"),
  N_("Changes name, tutor, capacity or shift tolerance."),
  cohort_edit_args, COHORT, COHORT, 0, "cohort.edit")
C(cohort_add, "cohort.add", N_("Add to cohort"),
  N_("Makes this the learner's home cohort."),
  cohort_member_args, COHORT, COHORT, 0, "cohort.remove")
C(cohort_remove, "cohort.remove", N_("Remove from cohort"),
  N_("Takes the learner out of the cohort."),
  cohort_member_args, COHORT, COHORT, 0, "cohort.add")
C(cohort_wait, "cohort.wait", N_("Put on waiting list"),
  N_("Puts the learner on the waiting list of a full cohort; a seat that gets free is offered in order."),
  cohort_member_args, COHORT, COHORT, 0, "cohort.unwait")
C(cohort_unwait, "cohort.unwait", N_("Take off waiting list"),
  N_("Takes the learner off the waiting list; an offered seat goes to the next."),
  cohort_member_args, COHORT, COHORT, 0, "cohort.wait")
C(cohort_split, "cohort.split", N_("Split cohort"),
  N_("Moves some members into a new cohort, which comes to the same meetings until they are planned anew."),
  cohort_split_args, COHORT, COHORT, 0, "cohort.merge")
C(cohort_merge, "cohort.merge", N_("Merge cohorts"),
  N_("Takes the members of another cohort over, and its meetings from today on."),
  cohort_merge_args, COHORT, COHORT, 0, "cohort.unmerge")
C(cohort_unmerge, "cohort.unmerge", N_("Take a merge back"),
  N_("Gives learners and meetings back to the cohort they came from."),
  cohort_merge_args, COHORT, COHORT, 0, "cohort.merge")
C(enrolment_add, "enrolment.add", N_("Enrol"),
  N_("Enrols the learner for a course of the curriculum."),
  enrolment_add_args, COHORT, STUDENT, 0, NULL)
C(enrolment_drop, "enrolment.drop", N_("Drop enrolment"),
  N_("Ends an enrolment that was not completed."),
  reason_args, COHORT, ENROLMENT, 0, NULL)
C(session_create, "session.create", N_("New meeting"),
  N_("Plans a meeting; its conflicts are shown before it is saved."),
  session_create_args, TIMETABLE, SESSION, CMD_NEW, NULL)
C(session_move, "session.move", N_("Move meeting"),
  N_("Changes day, time, room or teacher of a meeting."),
  session_move_args, TIMETABLE, SESSION, 0, "session.move")
C(session_edit, "session.edit", N_("Edit meeting"),
  N_("Says whether a meeting is an examination, who assists, and how many follow online."),
  session_edit_args, TIMETABLE, SESSION, 0, "session.edit")
C(session_exchange, "session.exchange", N_("Exchange meetings"),
  N_("Two meetings change their times; each keeps its length, room and teacher."),
  session_exchange_args, TIMETABLE, SESSION, 0, "session.exchange")
C(session_cancel, "session.cancel", N_("Cancel meeting"),
  N_("Cancels a meeting with a reason."),
  reason_args, TIMETABLE, SESSION, CMD_REASON, "session.restore")
C(session_restore, "session.restore", N_("Restore meeting"),
  N_("Plans a cancelled meeting again."),
  session_override_args, TIMETABLE, SESSION, 0, "session.cancel")
C(session_publish, "session.publish", N_("Publish meeting"),
  N_("Makes the meeting known to the learners."),
  session_override_args, TIMETABLE, SESSION, 0, NULL)
C(session_repeat, "session.repeat", N_("New series of meetings"),
  N_("Plans the same meeting every week, or every few, each a meeting of its own."),
  session_repeat_args, TIMETABLE, SESSION, CMD_NEW, NULL)
C(session_lock, "session.lock", N_("Lock meeting"),
  N_("Keeps the planner from moving a meeting in time, or into another room."),
  session_lock_args, TIMETABLE, SESSION, 0, "session.lock")
C(session_twin, "session.twin", N_("Tie twins"),
  N_("Says that two meetings teach the same lesson, so that every shift can come to one."),
  session_twin_args, TIMETABLE, SESSION, 0, "session.twin")
C(plan_save, "plan.save", N_("Save draft"),
  N_("Keeps a timetable that was found as a draft."),
  plan_save_args, TIMETABLE, PLAN_DRAFT, CMD_NEW | CMD_BULK | CMD_NO_FORM, "plan.discard")
C(plan_publish, "plan.publish", N_("Publish draft"),
  N_("Makes a draft the timetable, all of it at once."),
  session_override_args, TIMETABLE, PLAN_DRAFT, CMD_CENTRAL, "plan.unpublish")
C(plan_unpublish, "plan.unpublish", N_("Take draft back"),
  N_("Undoes the publishing of a draft, all of it at once."),
  reason_args, TIMETABLE, PLAN_DRAFT, CMD_REASON | CMD_CENTRAL, NULL)
C(plan_discard, "plan.discard", N_("Discard draft"),
  N_("Puts a draft aside for good."),
  no_args, TIMETABLE, PLAN_DRAFT, 0, NULL)
C(session_hold, "session.hold", N_("Mark as held"),
  N_("Records that the meeting took place; attendance may follow."),
  no_args, ATTENDANCE, SESSION, 0, NULL)
C(session_attend, "session.attend", N_("Record attendance"),
  N_("Records who was present at a meeting that was held."),
  session_attend_args, ATTENDANCE, SESSION, 0, "session.attend")

/* --- timetables out of the program --- */
C(feed_create, "feed.create", N_("New calendar feed"),
  N_("Makes an address under which a calendar program follows a timetable; it is shown once."),
  feed_create_args, FEED, CALENDAR_FEED, CMD_NEW, "feed.revoke")
C(feed_revoke, "feed.revoke", N_("Revoke calendar feed"),
  N_("Ends a calendar feed at once; whoever has its address reads nothing more."),
  reason_args, FEED, CALENDAR_FEED, 0, NULL)

/* --- transfer rules --- */
C(rule_enter, "rule.enter", N_("Enter rule"),
  N_("Enters a transfer rule, or the next version of one, as a draft."),
  rule_enter_args, RULE_ENTER, TRANSFER_RULE, CMD_NEW, NULL)
C(rule_compare, "rule.compare", N_("Compare rule"),
  N_("Shows what this version would have changed in all past claims; stores nothing."),
  no_args, CLAIM_READ, TRANSFER_RULE, CMD_READ | CMD_BULK, NULL)
C(rule_import, "rule.import", N_("Import rules"),
  N_("Reads a file of transfer rules; each row is the next version of a rule, a draft."),
  rule_import_args, RULE_ENTER, IMPORT_BATCH, CMD_NEW | CMD_BULK | CMD_NO_FORM, NULL)
C(rule_release, "rule.release", N_("Release rule"),
  N_("Puts a draft into force, or takes a suspension back; by another person than who entered it."),
  reason_args, RULE_RELEASE, TRANSFER_RULE, CMD_CENTRAL, "rule.suspend")
C(rule_suspend, "rule.suspend", N_("Suspend rule"),
  N_("Stops a rule from paying until it is released again."),
  reason_args, RULE_RELEASE, TRANSFER_RULE, CMD_REASON, "rule.release")
C(rule_retire, "rule.retire", N_("Retire rule"),
  N_("Ends a rule version for good."),
  reason_args, RULE_RELEASE, TRANSFER_RULE, CMD_REASON, NULL)

/* --- users --- */
C(user_create, "user.create", N_("New user"),
  N_("Opens a login with roles and scope."),
  user_create_args, ADMIN, USER, CMD_NEW, NULL)
C(user_roles, "user.roles", N_("Set roles"),
  N_("Makes the user's roles exactly these."),
  user_roles_args, ADMIN, USER, 0, "user.roles")
C(user_lock, "user.lock", N_("Lock login"),
  N_("Keeps the user from logging in until unlocked."),
  reason_args, ADMIN, USER, CMD_REASON, "user.unlock")
C(user_unlock, "user.unlock", N_("Unlock login"),
  N_("Lets the user log in again."),
  reason_args, ADMIN, USER, 0, "user.lock")
C(user_close, "user.close", N_("Close login"),
  N_("Closes the login for good; it is never given out again."),
  reason_args, ADMIN, USER, CMD_REASON, NULL)
C(user_password, "user.password", N_("Set password"),
  N_("Gives the user a new password."),
  user_password_args, ADMIN, USER, 0, NULL)
C(user_conflict_add, "user.conflict_add", N_("Record conflict of interest"),
  N_("Records that the user is the learner, or a relative, and takes no part in the claims."),
  user_conflict_args, ADMIN, USER, 0, "user.conflict_remove")
C(user_conflict_remove, "user.conflict_remove", N_("End conflict of interest"),
  N_("Records that the conflict of interest has ended."),
  user_conflict_args, ADMIN, USER, 0, "user.conflict_add")
