libcore_a_SOURCES += \
	core/store/command.h \
	core/store/demo_names.c core/store/demo_names.h \
	core/store/store.h \
	core/store/tx.h
