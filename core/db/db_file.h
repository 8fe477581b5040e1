/* db_file.h: what can be said and done about a database file without opening
 * it as a database: whose it is, and giving it its final name. */
#ifndef OV_DB_DB_FILE_H
#define OV_DB_DB_FILE_H

#include <stdbool.h>

#include "core/base/error.h"

enum db_file {
	DB_FILE_MISSING,
	DB_FILE_EMPTY,   /* no bytes */
	DB_FILE_FOREIGN, /* something else: no SQLite file, or another program's */
	DB_FILE_SQLITE   /* SQLite, ours or not yet marked */
};

/* Reads the first bytes only, and of a file that this process opened as a
 * database nothing (closing it would drop SQLite's locks). Fails when the file
 * can't be read. */
int db_file_look(const char *path, enum db_file *what, struct error *err);

/* It is open as a database from now on. */
void db_file_opened(const char *path);

/* May it be opened? STORE_MISSING, STORE_NOT_OURS; CREATE allows a missing or
 * empty one. */
int db_file_check(const char *path, bool create, struct error *err);

/* Gives a finished file its name and makes that durable. FILE_EXISTS when
 * there is one and REPLACE is not set; FROM is left then. */
int db_file_place(const char *from, const char *to, bool replace, struct error *err);

/* Removes a database file with what SQLite keeps beside it. */
void db_file_remove(const char *path);

#endif
