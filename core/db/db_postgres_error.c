/* What the server says, as reasons of ours. */
#include "core/db/db_postgres.h"

#include <stdio.h>
#include <string.h>

#include "core/model/reason.h"

int postgres_offline(const struct db *db, const char *why, struct error *err)
{
	char line[200];

	snprintf(line, sizeof line, "%.*s", (int)strcspn(why ? why : "", "\r\n"), why ? why : "");
	return error_reason(err, REASON_STORE_OFFLINE, "host", db->path, "why", line, NULL);
}

/* "Key (doc_kind, doc_no)=(…) already exists." → "doc_no". The words are in the
 * server's language, the brackets are not; the values stay here. */
static void last_column(const char *detail, char column[64])
{
	const char *from = detail ? strchr(detail, '(') : NULL;
	const char *end = from ? strstr(from, ")=(") : NULL;
	const char *name = end;

	*column = '\0';
	if (!end)
		return;
	while (name > from + 1 && name[-1] != ' ')
		name--;
	if (name < end && *name == '"') {
		name++;
		end--;
	}
	if (end > name)
		snprintf(column, 64, "%.*s", (int)(end - name), name);
}

static const struct {
	const char *state; /* or the beginning of it */
	enum reason reason;
} states[] = {
	{ "57014", REASON_CANCELLED },      /* query_canceled */
	{ "55P03", REASON_STORE_LOCKED },   /* lock_not_available: busy_ms are over */
	{ "40001", REASON_STORE_LOCKED },   /* serialization_failure */
	{ "40P01", REASON_STORE_LOCKED },   /* deadlock_detected */
	{ "25006", REASON_STORE_READONLY }, /* read_only_sql_transaction: a replica */
	{ "42501", REASON_STORE_READONLY }, /* insufficient_privilege */
	{ "53100", REASON_STORE_FULL },     /* disk_full */
	{ "23503", REASON_FIELD_REFERENCE },
	{ "23505", REASON_FIELD_UNIQUE },
	{ "OV001", REASON_APPEND_ONLY },    /* our triggers; the message is the table */
	{ "XX", REASON_STORE_DAMAGED },     /* internal error, data or index corrupted */
	{ "58", REASON_STORE_IO },          /* system error */
	{ "57P", REASON_STORE_OFFLINE },    /* shutting down, starting */
	{ "08", REASON_STORE_OFFLINE },
	{ "53300", REASON_STORE_OFFLINE },  /* too many connections */
};

int postgres_error(const struct db *db, const char *state, const char *message,
		   const char *detail, struct error *err)
{
	enum reason reason = REASON_BUG;
	char column[64];

	for (size_t i = 0; state && reason == REASON_BUG && i < sizeof states / sizeof states[0]; i++)
		if (!strncmp(state, states[i].state, strlen(states[i].state)))
			reason = states[i].reason;
	switch (reason) {
	case REASON_STORE_READONLY:
		return error_reason(err, reason, "file", db->path, NULL);
	case REASON_FIELD_UNIQUE:
		last_column(detail, column);
		return error_reason(err, reason, "field", column, "label", column, NULL);
	case REASON_FIELD_REFERENCE:
		return error_reason(err, reason, "label", "", NULL);
	case REASON_APPEND_ONLY:
		return error_reason(err, reason, "table", message, NULL);
	case REASON_STORE_DAMAGED: case REASON_STORE_IO:
		return error_reason(err, reason, "why", message, NULL);
	case REASON_STORE_OFFLINE:
		return postgres_offline(db, message, err);
	case REASON_BUG:
		return error_reason(err, reason, "what", message ? message : "PostgreSQL", NULL);
	default:
		return error_reason(err, reason, NULL);
	}
}
