libcore_a_SOURCES += \
	core/db/db.h \
	core/db/db_common.c \
	core/db/db_file.c core/db/db_file.h \
	core/db/db_sqlite.c \
	core/db/migrate.c core/db/migrate.h
