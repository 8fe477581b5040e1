libcore_a_SOURCES += \
	core/timetable/draft_diff.c core/timetable/draft_diff.h \
	core/timetable/term_equipment.c \
	core/timetable/term.c core/timetable/term.h \
	core/timetable/term_fair.c \
	core/timetable/term_explain.c \
	core/timetable/term_groups.c \
	core/timetable/term_order.c \
	core/timetable/term_people.c \
	core/timetable/term_pools.c \
	core/timetable/term_private.h \
	core/timetable/term_rooms.c \
	core/timetable/term_ties.c \
	core/timetable/term_time.c \
	core/timetable/term_wish.c
