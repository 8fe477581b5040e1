/* migrate.h: brings a database to the schema this program knows.
 *
 * Migrations are files NNNN_name.sql, numbered from 1 without gaps, applied in
 * order, each in one transaction. The table `migration` keeps version, name
 * and SHA-256 of each: a file that was changed after it was applied, or a
 * database with a version this program does not know, is refused untouched. */
#ifndef OV_DB_MIGRATE_H
#define OV_DB_MIGRATE_H

#include "core/db/db.h"

/* FOLDER holds the files, FILE names the database in messages. CREATE allows a
 * database without any migration; without APPLY (a database opened to read)
 * one that lacks some is refused. *VERSION is the version afterwards.
 * DATA_MISSING, STORE_NEWER, STORE_SCHEMA, or what the database says. */
int migrate(struct db *db, const char *folder, const char *file, bool create, bool apply,
	    int64_t now, int64_t *version, struct error *err);

#endif
