libcore_a_SOURCES += \
	core/db/db.c core/db/db.h \
	core/db/db_common.c \
	core/db/db_engine.h \
	core/db/db_file.c core/db/db_file.h \
	core/db/db_sqlite.c core/db/db_sqlite.h \
	core/db/db_sqlite_parts.c \
	core/db/db_url.c core/db/db_url.h \
	core/db/dialect.c core/db/dialect.h \
	core/db/migrate.c core/db/migrate.h
if HAVE_LIBPQ
libcore_a_SOURCES += \
	core/db/db_postgres.c core/db/db_postgres.h \
	core/db/db_postgres_error.c \
	core/db/db_postgres_parts.c \
	core/db/db_postgres_tx.c \
	core/db/db_postgres_value.c \
	core/db/pg_db.h \
	core/db/pg_line.c core/db/pg_line.h
endif
