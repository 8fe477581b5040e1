libcore_a_SOURCES += \
	core/codec/csv.c core/codec/csv.h \
	core/codec/csv_source.c core/codec/csv_source.h \
	core/codec/csv_write.c \
	core/codec/map.c core/codec/map.h \
	core/codec/map_file.c core/codec/map_file.h \
	core/codec/student_file.h
