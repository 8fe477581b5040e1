libcore_a_SOURCES += \
	core/store/bulk.h \
	core/store/command.h \
	core/store/demo_names.c core/store/demo_names.h \
	core/store/search.c core/store/search.h \
	core/store/search_hits.c core/store/search_hits.h \
	core/store/search_index.c core/store/search_index.h \
	core/store/store.h \
	core/store/tx.h
