libcore_a_SOURCES += \
	core/rules/composite.c core/rules/composite.h \
	core/rules/conflict.h \
	core/rules/conflict_kind.c core/rules/conflict_kind.h \
	core/rules/credit.h \
	core/rules/graduation.h \
	core/rules/identifier.h \
	core/rules/shift.h \
	core/rules/workday.c core/rules/workday.h \
	core/rules/workflow.h
