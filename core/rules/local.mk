libcore_a_SOURCES += \
	core/rules/composite.c core/rules/composite.h \
	core/rules/conflict.c core/rules/conflict.h \
	core/rules/conflict_index.c core/rules/conflict_index.h \
	core/rules/conflict_kind.c core/rules/conflict_kind.h \
	core/rules/conflict_pair.c \
	core/rules/conflict_run.h \
	core/rules/conflict_shift.c \
	core/rules/conflict_single.c \
	core/rules/conflict_soft.c core/rules/conflict_soft.h \
	core/rules/teacher_wish.c core/rules/teacher_wish.h \
	core/rules/credit.c core/rules/credit.h \
	core/rules/credit_explain.c \
	core/rules/credit_gates.c \
	core/rules/credit_run.h \
	core/rules/credit_settle.c \
	core/rules/credit_targets.c \
	core/rules/graduation.c core/rules/graduation.h \
	core/rules/identifier.c core/rules/identifier.h \
	core/rules/identifier_number.c \
	core/rules/import_value.c core/rules/import_value.h \
	core/rules/occurrence.c core/rules/occurrence.h \
	core/rules/route.c core/rules/route.h \
	core/rules/route_courses.c \
	core/rules/route_options.c \
	core/rules/route_run.h \
	core/rules/route_search.c \
	core/rules/shift.c core/rules/shift.h \
	core/rules/workday.c core/rules/workday.h \
	core/rules/workflow.c core/rules/workflow.h \
	core/rules/workflow_guard.h \
	core/rules/workflow_table.c
