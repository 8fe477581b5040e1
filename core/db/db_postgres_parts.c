/* The part of the PostgreSQL engine that is made of prepare and step alone. */
#include "core/db/db_postgres.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/i18n.h"
#include "core/model/reason.h"

enum { ALONE_TRIES = 10, ALONE_PAUSE_MS = 100 };

int postgres_has_table(struct db *db, const char *name, bool *there, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(db, "SELECT to_regclass(quote_ident(?)) IS NOT NULL", &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_text(stmt, 1, name);
	rc = stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	*there = stmt_int(stmt, 0) == 1;
	stmt_reset(stmt);
	return 0;
}

int postgres_ours(struct db *db, unsigned flags, struct error *err)
{
	bool ours = false, numbered = false;
	int64_t tables = 0;
	int rc = postgres_has_table(db, "migration", &ours, err);

	if (rc == 0 && ours)
		rc = postgres_has_table(db, "change", &numbered, err);
	if (rc == 0 && !ours)
		rc = db_number(db, "SELECT count(*) FROM pg_class WHERE relkind IN "
			       "('r', 'p', 'v', 'm', 'f') AND relnamespace = "
			       "(SELECT oid FROM pg_namespace WHERE nspname = current_schema())",
			       &tables, err);
	if (rc < 0 || (ours && numbered))
		return rc;
	if (ours || tables > 0)
		return error_reason(err, REASON_STORE_NOT_OURS, "file", db->path, NULL);
	if (!(flags & DB_CREATE))
		return error_reason(err, REASON_STORE_MISSING, "file", db->path, NULL);
	return 0;
}

int postgres_number_column(struct db *db, const char *table, char column[64], struct error *err)
{
	struct stmt *stmt;
	const char *name;
	int rc = db_prepare(db, "SELECT a.attname FROM pg_index i JOIN pg_attribute a"
			    " ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]"
			    " WHERE i.indrelid = to_regclass(?) AND i.indisprimary"
			    " AND i.indnatts = 1 AND a.atttypid = 20", &stmt, err);

	*column = '\0';
	if (rc < 0)
		return rc;
	stmt_bind_text(stmt, 1, table);
	rc = stmt_step(stmt, err);
	name = rc > 0 ? stmt_text(stmt, 0) : NULL;
	if (name)
		snprintf(column, 64, "%s", name);
	if (rc >= 0)
		stmt_reset(stmt);
	return rc < 0 ? rc : 0;
}

/* A program that died is with the server for a moment still. */
static int alone(struct db *db, struct error *err)
{
	int64_t others = 1;
	int rc = 0;

	for (int tries = 0; rc == 0 && others && tries < ALONE_TRIES; tries++) {
		if (tries > 0)
			poll(NULL, 0, ALONE_PAUSE_MS);
		rc = db_number(db, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'overpass'"
			       " AND datname = current_database() AND pid <> pg_backend_pid()", &others, err);
	}
	return rc == 0 && others ? error_reason(err, REASON_STORE_LOCKED, NULL) : rc;
}

int postgres_clear(struct db *db, struct error *err)
{
	int rc = alone(db, err);

	return rc < 0 ? rc : db_exec(db, "DO $$ DECLARE t record; BEGIN"
		" FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
		" LOOP EXECUTE format('DROP TABLE %I CASCADE', t.tablename); END LOOP; END $$", err);
}

int postgres_backup(struct db *db, const char *path, db_progress *progress, void *context,
		    struct error *err)
{
	(void)path, (void)progress, (void)context;
	return error_reason(err, REASON_STORE_BACKUP, "file", db->path, NULL);
}

/* --- reading all of it --- */

static int damaged(const char *why, struct error *err)
{
	return error_reason(err, REASON_STORE_DAMAGED, "why", why, NULL);
}

/* Whoever owns the tables can put these off, and nothing else would show it. */
static int triggers_check(struct db *db, struct error *err)
{
	int64_t count = 0;
	int rc = db_number(db, "SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
			   " WHERE c.oid IN (to_regclass('ledger_entry'), to_regclass('audit_event'))"
			   " AND t.tgenabled IN ('O', 'A') AND t.tgname IN (c.relname || '_stays',"
			   " c.relname || '_kept', c.relname || '_whole', c.relname || '_next')",
			   &count, err);

	if (rc == 0 && count != 8)
		rc = damaged(_("the triggers that keep the ledger and the trail are off"), err);
	return rc;
}

/* What reads each row of each table, then what finds a reference to nothing: name,
 * and a statement that answers 0 when all is well. */
static const char checks_sql[] =
	"SELECT c.relname, format('SELECT count(t::text) * 0 FROM %s t', c.oid::regclass)"
	" FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace ="
	" (SELECT oid FROM pg_namespace WHERE nspname = current_schema())"
	" UNION ALL SELECT k.conname, format('SELECT count(*) FROM %s c WHERE c.%I IS NOT NULL"
	" AND NOT EXISTS (SELECT 1 FROM %s p WHERE p.%I = c.%I)', k.conrelid::regclass, a.attname,"
	" k.confrelid::regclass, b.attname, a.attname)"
	" FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]"
	" JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]"
	" WHERE k.contype = 'f' AND k.connamespace ="
	" (SELECT oid FROM pg_namespace WHERE nspname = current_schema())";

int postgres_check(struct db *db, struct error *err)
{
	struct stmt *stmt = NULL;
	int rc = triggers_check(db, err);

	if (rc == 0)
		rc = db_prepare(db, checks_sql, &stmt, err);
	while (rc == 0 && (rc = stmt_step(stmt, err)) > 0) {
		int64_t bad = 0;

		rc = db_number(db, stmt_text(stmt, 1), &bad, err);
		if (rc == 0 && bad)
			rc = damaged(stmt_text(stmt, 0), err);
		if (rc < 0)
			stmt_reset(stmt);
	}
	if (rc == 0 && stmt)
		stmt_reset(stmt);
	return rc;
}
