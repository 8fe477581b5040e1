libcore_a_SOURCES += \
	core/model/claim_state.c core/model/claim_state.h \
	core/model/field.h \
	core/model/permission.c core/model/permission.h \
	core/model/permission_list.h \
	core/model/reason.c core/model/reason.h \
	core/model/reason_list.h
