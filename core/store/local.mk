libcore_a_SOURCES += \
	core/store/bulk.h \
	core/store/card.c \
	core/store/chain.c core/store/chain.h \
	core/store/chain_verify.c \
	core/store/command.c core/store/command.h core/store/command_list.h \
	core/store/commands/calendar.c \
	core/store/commands/calendar_args.h \
	core/store/commands/common_args.c core/store/commands/common_args.h \
	core/store/commands/handlers.h \
	core/store/demo_names.c core/store/demo_names.h \
	core/store/execute.c \
	core/store/local.c core/store/local.h \
	core/store/local_read.c \
	core/store/local_row.c \
	core/store/local_where.c \
	core/store/search.c core/store/search.h \
	core/store/search_hits.c core/store/search_hits.h \
	core/store/search_index.c core/store/search_index.h \
	core/store/store.c core/store/store.h \
	core/store/trace.c core/store/trace.h \
	core/store/tx.c core/store/tx.h
