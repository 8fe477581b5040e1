libcore_a_SOURCES += \
	core/codec/calendar_file.c core/codec/calendar_file.h \
	core/codec/checkpoint.c core/codec/checkpoint.h \
	core/codec/conflicts_file.c core/codec/conflicts_file.h \
	core/codec/conflicts_names.c core/codec/conflicts_names.h \
	core/codec/conflicts_read.c \
	core/codec/conflicts_session.c \
	core/codec/csv.c core/codec/csv.h \
	core/codec/csv_source.c core/codec/csv_source.h \
	core/codec/csv_write.c \
	core/codec/ctt.h core/codec/ctt_problem.c core/codec/ctt_read.c core/codec/ctt_solution.c \
	core/codec/ctt_words.c core/codec/ctt_words.h \
	core/codec/file_look.c core/codec/file_look.h \
	core/codec/ics.c core/codec/ics.h \
	core/codec/json_place.c \
	core/codec/json_read.c \
	core/codec/json_reader.c core/codec/json_reader.h \
	core/codec/json_record.c core/codec/json_record.h \
	core/codec/json_write.c core/codec/json_write.h \
	core/codec/map.c core/codec/map.h \
	core/codec/map_file.c core/codec/map_file.h \
	core/codec/qr.c core/codec/qr.h \
	core/codec/rules_case.c core/codec/rules_case.h \
	core/codec/rules_case_credit.c \
	core/codec/rules_compare.h \
	core/codec/rules_file.c core/codec/rules_file.h \
	core/codec/rules_fixture.c core/codec/rules_fixture.h \
	core/codec/reject_file.c core/codec/reject_file.h \
	core/codec/student_export.c \
	core/codec/student_file.c core/codec/student_file.h
