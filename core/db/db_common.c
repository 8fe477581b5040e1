/* What the engines share: made of prepare and step alone. */
#include "core/db/db.h"


int stmt_run(struct stmt *stmt, struct error *err)
{
	int rc;

	do
		rc = stmt_step(stmt, err);
	while (rc > 0);
	if (rc == 0)
		stmt_reset(stmt);
	return rc;
}

int db_number(struct db *db, const char *sql, int64_t *value, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(db, sql, &stmt, err);

	if (rc < 0)
		return rc;
	rc = stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	*value = rc > 0 ? stmt_int(stmt, 0) : 0;
	stmt_reset(stmt);
	return 0;
}

int db_run(struct db *db, const char *sql, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(db, sql, &stmt, err);

	return rc < 0 ? rc : stmt_run(stmt, err);
}
