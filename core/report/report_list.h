/* report_list.h: rows of the table of documents; see report.h. No include
 * guard: it is included once for each use. Source: DOMAIN.md 8; D13 is ours.
 * D(code, name, title, help, permission, card, about, flags, command) */
D("D1", transcript, N_("Transcript"),
  N_("Results and credits of a learner, by module"),
  ACCOUNT, TRANSCRIPT_ROW, STUDENT, 0, NULL)
D("D2", receipt, N_("Credit claim receipt"),
  N_("What was handed in, sealed, with a part to tear off for the learner"),
  CLAIM_READ, RECEIPT_SEAL, CREDIT_CLAIM, 0, NULL)
D("D3", decision, N_("Notice of the decision on credits"),
  N_("What was granted or refused for each line, and how to appeal"),
  CLAIM_READ, CREDIT_CLAIM, CREDIT_CLAIM, 0, NULL)
D("D4", statement, N_("Credit statement"),
  N_("The entries of a learner's accounts, from opening to closing balance"),
  ACCOUNT, ACCOUNT, STUDENT, REPORT_PERIOD | REPORT_CSV, NULL)
D("D5", notice, N_("Public notice list"),
  N_("Claims on public notice, names and numbers masked"),
  CLAIM_READ, NOTICE_ROW, NONE, REPORT_CSV | REPORT_WIDE, NULL)
D("D6", timetable, N_("Cohort timetable"),
  N_("The week of a cohort as a grid"),
  LOOKUP, COHORT, COHORT, REPORT_PERIOD | REPORT_WEEK | REPORT_CSV | REPORT_WIDE | REPORT_FEED, NULL)
D("D7", attendance, N_("Attendance sheet"),
  N_("The learners of a cohort, with a box for each meeting"),
  LOOKUP, ROLL_MARK, COHORT, REPORT_PERIOD | REPORT_WEEK | REPORT_CSV | REPORT_WIDE, NULL)
D("D8", statistics, N_("Monthly statistics"),
  N_("Learners, claims, credits, meetings and rooms of a month"),
  REPORT, STATISTIC, NONE, REPORT_PERIOD | REPORT_MONTH | REPORT_CSV, NULL)
D("D9", personal, N_("Copy of personal record"),
  N_("Every value held on a person, and who revealed it when; logged"),
  ROSTER, COPY_FIELD, STUDENT, REPORT_REASON, "person.copy")
D("D10", graduation, N_("Graduation list"),
  N_("The graduation check of a cohort, or of all learners"),
  GRAD_CHECK, GRADUATION_ROW, COHORT, REPORT_CSV | REPORT_WIDE | REPORT_OPTIONAL, NULL)
D("D11", caps, N_("Report on transfer caps"),
  N_("What each learner has transferred, and what room is left"),
  ACCOUNT, CAP_ROW, COHORT, REPORT_CSV | REPORT_WIDE | REPORT_OPTIONAL, NULL)
D("D12", audit, N_("Audit extract"),
  N_("The events of a period, and whether the chains are whole"),
  AUDIT, AUDIT_LINE, NONE, REPORT_PERIOD | REPORT_MONTH | REPORT_CSV | REPORT_WIDE, NULL)
D("D13", week, N_("Learner's week"),
  N_("The meetings of a learner's week as a grid, at home and in courses taken elsewhere"),
  LOOKUP, SESSION_SLOT, STUDENT, REPORT_PERIOD | REPORT_WEEK | REPORT_CSV | REPORT_WIDE | REPORT_FEED, NULL)
