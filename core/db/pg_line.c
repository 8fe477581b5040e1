#include "core/db/pg_line.h"

#include <dlfcn.h>
#include <libpq-fe.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/i18n.h"
#include "core/model/reason.h"

enum {
	ASK_MS = 50, /* between two questions of db_on_progress() */
	VERSION_LEAST = 130000
};

/* --- the library, by name ---
 *
 * Loaded when the first such store is opened: what it brings along (Kerberos, LDAP,
 * OpenSSL) would more than double the time in which the program starts. */

#define PQ_CALLS(X) \
	X(PQcancel) X(PQclear) X(PQcmdStatus) X(PQcmdTuples) X(PQconnectdbParams) X(PQconninfoFree) \
	X(PQconninfoParse) X(PQconsumeInput) X(PQenterPipelineMode) X(PQerrorMessage) \
	X(PQexitPipelineMode) X(PQfinish) X(PQfreeCancel) X(PQftype) X(PQgetCancel) X(PQgetResult) \
	X(PQgetisnull) X(PQgetlength) X(PQgetvalue) X(PQisBusy) X(PQnfields) X(PQntuples) \
	X(PQparameterStatus) X(PQpipelineSync) X(PQputCopyData) X(PQputCopyEnd) X(PQresultErrorField) \
	X(PQresultErrorMessage) X(PQresultStatus) X(PQsendPrepare) X(PQsendQuery) X(PQsendQueryParams) \
	X(PQsendQueryPrepared) X(PQserverVersion) X(PQsetNoticeReceiver) X(PQsocket) X(PQstatus) \
	X(PQtransactionStatus)

static struct {
#define MEMBER(name) __typeof__(&name) name;
	PQ_CALLS(MEMBER)
#undef MEMBER
	char missing[64]; /* what could not be loaded; "" when all is there */
} pq;

static pthread_once_t pq_once = PTHREAD_ONCE_INIT;

static void pq_load(void)
{
	static const char name[] = "libpq.so.5";
	void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);

	if (!library) {
		snprintf(pq.missing, sizeof pq.missing, "%s", name);
		return;
	}
#define LOAD(name) \
	pq.name = (__typeof__(&name))dlsym(library, #name); \
	if (!pq.name) \
		snprintf(pq.missing, sizeof pq.missing, "libpq.so.5: %s", #name);
	PQ_CALLS(LOAD)
#undef LOAD
}

void pg_line_init(struct pg_line *line, struct db *db, const char *url)
{
	line->db = db;
	line->url = mem_strdup(url);
	line->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

void pg_line_release(struct pg_line *line)
{
	if (line->conn)
		pq.PQfinish(line->conn);
	close(line->wake);
	free(line->url);
}

bool pg_line_broken(const struct pg_line *line)
{
	return !line->conn || pq.PQstatus(line->conn) != CONNECTION_OK;
}

bool pg_line_within(const struct pg_line *line)
{
	return pq.PQtransactionStatus(line->conn) == PQTRANS_INTRANS;
}

void pg_line_wake(struct pg_line *line)
{
	static const uint64_t one = 1;

	if (write(line->wake, &one, sizeof one) < 0)
		return; /* it is awake already */
}

void pg_line_forget(struct pg_line *line)
{
	uint64_t count;

	while (read(line->wake, &count, sizeof count) > 0)
		;
}

/* --- waiting --- */

static void cancel(struct pg_line *line)
{
	PGcancel *order = pq.PQgetCancel(line->conn);
	char why[128];

	if (order)
		pq.PQcancel(order, why, sizeof why);
	pq.PQfreeCancel(order);
}

/* Until the next result can be taken without waiting. */
static void wait(struct pg_line *line)
{
	struct db *db = line->db;

	while (pq.PQisBusy(line->conn)) {
		bool held = atomic_load(&db->held), stop;
		/* A cancel that comes between two steps of the server is lost: asked again. */
		bool ask = !held && (db->stop || atomic_load(&db->interrupted));
		struct pollfd fds[] = {
			{ .fd = pq.PQsocket(line->conn), .events = POLLIN },
			{ .fd = held ? -1 : line->wake, .events = POLLIN },
		};

		poll(fds, 2, ask ? ASK_MS : -1);
		stop = fds[1].revents & POLLIN;
		if (stop)
			pg_line_forget(line);
		if (stop || (ask && (atomic_load(&db->interrupted) ||
				     (db->stop && db->stop(db->stop_context)))))
			cancel(line);
		if (fds[0].revents && !pq.PQconsumeInput(line->conn))
			return;
	}
}

static PGresult *next_result(struct pg_line *line)
{
	wait(line);
	return pq.PQgetResult(line->conn);
}

static bool good(const PGresult *result)
{
	ExecStatusType status = pq.PQresultStatus(result);

	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
	       status == PGRES_COPY_IN || status == PGRES_EMPTY_QUERY;
}

static int fail(struct pg_line *line, const PGresult *result, struct error *err)
{
	const char *state = result ? pq.PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;

	if (!state || pg_line_broken(line))
		return postgres_offline(line->db, result && *pq.PQresultErrorMessage(result) ?
					pq.PQresultErrorMessage(result) : pq.PQerrorMessage(line->conn), err);
	return postgres_error(line->db, state, pq.PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY),
			      pq.PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL), err);
}

/* The last result of what was sent, or the first that is an error. */
static int collect(struct pg_line *line, bool sent, PGresult **answer, struct error *err)
{
	PGresult *kept = NULL, *result;
	int rc;

	while (sent && (result = next_result(line)) != NULL) {
		bool copies = pq.PQresultStatus(result) == PGRES_COPY_IN;

		if (kept && !good(kept)) {
			pq.PQclear(result);
		} else {
			pq.PQclear(kept);
			kept = result;
		}
		if (copies)
			break;
	}
	rc = kept && good(kept) ? 0 : fail(line, kept, err);
	if (answer && rc == 0)
		*answer = kept;
	else
		pq.PQclear(kept);
	return rc;
}

/* --- asking --- */

int pg_line_simple(struct pg_line *line, const char *sql, PGresult **answer, struct error *err)
{
	return collect(line, pq.PQsendQuery(line->conn, sql), answer, err);
}

void pg_line_quietly(struct pg_line *line, const char *sql)
{
	struct error ignored = ERROR_INIT;
	bool held = atomic_load(&line->db->held);

	db_hold(line->db, true);
	pg_line_simple(line, sql, NULL, &ignored);
	db_hold(line->db, held);
}

int pg_line_prepare(struct pg_line *line, const char *name, const char *sql,
		 const struct pg_values *values, struct error *err)
{
	return collect(line, pq.PQsendPrepare(line->conn, name, sql, values->count, values->types), NULL,
		       err);
}

static int send_prepared(struct pg_line *line, const char *name, const struct pg_values *values)
{
	return pq.PQsendQueryPrepared(line->conn, name, values->count, values->bytes, values->lens,
				   values->formats, 1);
}

static int send_text(struct pg_line *line, const char *sql)
{
	return pq.PQsendQueryParams(line->conn, sql, 0, NULL, NULL, NULL, NULL, 1);
}

int pg_line_run(struct pg_line *line, const char *name, const struct pg_values *values,
	     PGresult **answer, struct error *err)
{
	return collect(line, send_prepared(line, name, values), answer, err);
}

int pg_line_ask(struct pg_line *line, const char *sql, const struct pg_values *values,
	     PGresult **answer, struct error *err)
{
	static const struct pg_values none = { .count = 0 };

	values = values ? values : &none;
	return collect(line, pq.PQsendQueryParams(line->conn, sql, values->count, values->types,
					       values->bytes, values->lens, values->formats, 1), answer, err);
}

/* The results of savepoint, statement and release; each ends with a NULL, and a
 * mark comes last. */
static int saved_results(struct pg_line *line, PGresult **answer, struct error *err)
{
	bool failed = false;

	for (int part = 0; part < 4 && !pg_line_broken(line); part++) {
		PGresult *result = next_result(line);

		if (!failed && part < 3 && !(result && good(result))) {
			fail(line, result, err);
			failed = true;
		}
		if (part == 1 && !failed)
			*answer = result;
		else
			pq.PQclear(result);
		if (part < 3 && !pg_line_broken(line))
			pq.PQclear(next_result(line));
	}
	if (!failed && pg_line_broken(line))
		fail(line, NULL, err);
	return failed || pg_line_broken(line) ? err->code : 0;
}

int pg_line_run_saved(struct pg_line *line, const char *name, const struct pg_values *values,
		   PGresult **answer, struct error *err)
{
	bool sent = pq.PQenterPipelineMode(line->conn) && send_text(line, "SAVEPOINT overpass") &&
		    send_prepared(line, name, values) && send_text(line, "RELEASE overpass") &&
		    pq.PQpipelineSync(line->conn);
	int rc;

	*answer = NULL;
	rc = sent ? saved_results(line, answer, err) : fail(line, NULL, err);
	pq.PQexitPipelineMode(line->conn);
	if (rc == 0)
		return 0;
	pq.PQclear(*answer);
	*answer = NULL;
	if (!pg_line_broken(line))
		pg_line_quietly(line, "ROLLBACK TO overpass; RELEASE overpass");
	return rc;
}

int pg_line_copy(struct pg_line *line, const char *sql, const char *bytes, size_t len,
	      struct error *err)
{
	int rc = pg_line_simple(line, sql, NULL, err);

	if (rc < 0)
		return rc;
	if (pq.PQputCopyData(line->conn, bytes, (int)len) != 1 || pq.PQputCopyEnd(line->conn, NULL) != 1)
		return fail(line, NULL, err);
	return collect(line, true, NULL, err);
}

/* --- connecting --- */

static void notice(void *context, const PGresult *result)
{
	(void)context, (void)result;
}

static int unfit(struct pg_line *line, const char *why, struct error *err)
{
	return error_reason(err, REASON_STORE_SCHEMA, "file", line->db->path, "why", why, NULL);
}

static int settings(struct pg_line *line, struct error *err)
{
	const char *encoding = pq.PQparameterStatus(line->conn, "server_encoding");
	char sql[400];

	if (pq.PQserverVersion(line->conn) < VERSION_LEAST)
		return unfit(line, _("PostgreSQL 13 or later is needed"), err);
	if (!encoding || strcmp(encoding, "UTF8") != 0)
		return unfit(line, _("its encoding is not UTF-8"), err);
	snprintf(sql, sizeof sql, "SET lock_timeout = %lld; SET jit = off; "
		 "SET client_min_messages = error; SET standard_conforming_strings = on; "
		 "SELECT set_config('synchronous_commit', 'on', false) "
		 "WHERE current_setting('synchronous_commit') IN ('off', 'local')",
		 (long long)(line->db->busy_ms > 0 ? line->db->busy_ms : 1));
	return pg_line_simple(line, sql, NULL, err);
}

/* The words of what is wrong with a URL may hold its password: they are not told. */
static bool url_good(const char *url)
{
	PQconninfoOption *options = pq.PQconninfoParse(url, NULL);

	pq.PQconninfoFree(options);
	return options != NULL;
}

/* What stands before dbname may be said otherwise by the URL, what stands behind
 * may not. */
int pg_line_open(struct pg_line *line, struct error *err)
{
	static const char *const names[] = {
		"connect_timeout", "keepalives_idle", "keepalives_interval", "keepalives_count",
		"tcp_user_timeout", "fallback_application_name", "dbname", "client_encoding", NULL };
	const char *const values[] = { "10", "30", "10", "3", "60000", "overpass", line->url, "UTF8",
				       NULL };

	pthread_once(&pq_once, pq_load);
	if (*pq.missing)
		return error_reason(err, REASON_DATA_MISSING, "file", pq.missing, NULL);
	if (!url_good(line->url))
		return error_reason(err, REASON_STORE_URL, "url", line->db->path, NULL);
	if (line->conn)
		pq.PQfinish(line->conn);
	line->conn = pq.PQconnectdbParams(names, values, 1);
	line->number++;
	if (pg_line_broken(line))
		return fail(line, NULL, err);
	pq.PQsetNoticeReceiver(line->conn, notice, NULL);
	return settings(line, err);
}

/* --- answers --- */

void pg_answer_free(PGresult *answer)
{
	if (answer)
		pq.PQclear(answer);
}

int pg_answer_rows(const PGresult *answer)
{
	return pq.PQntuples(answer);
}

int pg_answer_columns(const PGresult *answer)
{
	return pq.PQnfields(answer);
}

int64_t pg_answer_changed(PGresult *answer)
{
	return strtoll(pq.PQcmdTuples(answer), NULL, 10);
}

unsigned pg_answer_type(const PGresult *answer, int column)
{
	return pq.PQftype(answer, column);
}

const char *pg_answer_value(const PGresult *answer, int row, int column, size_t *len)
{
	if (pq.PQgetisnull(answer, row, column)) {
		*len = 0;
		return NULL;
	}
	*len = (size_t)pq.PQgetlength(answer, row, column);
	return pq.PQgetvalue(answer, row, column);
}

bool pg_answer_is(PGresult *answer, const char *done)
{
	return !strcmp(pq.PQcmdStatus(answer), done);
}
