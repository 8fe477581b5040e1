libcore_a_SOURCES += \
	core/config/ini.c core/config/ini.h \
	core/config/institution.c core/config/institution.h \
	core/config/option.c core/config/option.h \
	core/config/option_list.h \
	core/config/paths.c core/config/paths.h \
	core/config/planner.c core/config/planner.h
