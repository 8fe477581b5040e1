libcore_a_SOURCES += \
	core/model/answer.h \
	core/model/calendar_feed.h \
	core/model/equipment.h \
	core/model/wish.h \
	core/model/claim.h \
	core/model/claim_reason.c core/model/claim_reason.h \
	core/model/claim_state.c core/model/claim_state.h \
	core/model/cohort.h \
	core/model/enums.c \
	core/model/field.c core/model/field.h core/model/field_text.c \
	core/model/file_rows.c core/model/file_rows.h \
	core/model/import_row.c core/model/import_row.h \
	core/model/kind.c core/model/kind.h \
	core/model/permission.c core/model/permission.h \
	core/model/permission_list.h \
	core/model/person.h \
	core/model/plan.c core/model/plan.h \
	core/model/programme.h \
	core/model/print.c core/model/print.h \
	core/model/reason.c core/model/reason.h \
	core/model/reason_list.h \
	core/model/record_checks.c core/model/record_checks.h \
	core/model/rule.h \
	core/model/staff.h \
	core/model/tables.c \
	core/model/timetable.c core/model/timetable.h
