libcore_a_SOURCES += \
	core/store/command.h \
	core/store/store.h \
	core/store/tx.h
