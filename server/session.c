#include "server/session.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "core/model/reason.h"
#include "server/service.h"

enum { SEEN_STEP = 60, KEEP_SECONDS = 30 * DAY_SECONDS };

int64_t session_now(void)
{
	return (int64_t)time(NULL);
}

void session_token_new(char text[TOKEN_TEXT])
{
	random_letters(text, TOKEN_TEXT - 1);
}

void session_hash(const struct request *request, const char *text, uint8_t hash[HASH_BYTES])
{
	hash_keyed(request->service->secret, text, strlen(text), hash);
}

/* The token of "Bearer …"; NULL when there is none, or it is none. */
static const char *token_of(const struct request *request)
{
	const char *header = request_header(request, "Authorization");

	if (!header || strncasecmp(header, "Bearer ", 7) != 0)
		return NULL;
	header += 7 + strspn(header + 7, " ");
	return strlen(header) == TOKEN_TEXT - 1 ? header : NULL;
}

/* --- reading --- */

struct seen_job {
	struct write_job job; /* first */
	struct arena arena;
	int64_t session_id, now;
};

static int seen_run(struct tx *tx, struct write_job *job, struct error *err)
{
	struct seen_job *seen = (struct seen_job *)job;
	struct stmt *stmt;
	int rc = db_prepare(tx->db, "UPDATE auth_session SET seen_at = ? WHERE id = ? AND seen_at < ?",
			    &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, seen->now);
	stmt_bind_int(stmt, 2, seen->session_id);
	stmt_bind_int(stmt, 3, seen->now);
	rc = stmt_run(stmt, err);
	return rc < 0 ? rc : session_purge(tx, seen->now, err);
}

static void seen_done(struct write_job *job)
{
	struct seen_job *seen = (struct seen_job *)job;

	arena_release(&seen->arena);
	free(seen);
}

/* Once a minute at most, and nobody waits for it. */
static void note_seen(struct request *request, int64_t session_id, int64_t now)
{
	struct seen_job *seen = mem_alloc(sizeof *seen);

	seen->job.actor = system_actor;
	seen->job.arena = &seen->arena;
	seen->job.run = seen_run;
	seen->job.done = seen_done;
	seen->session_id = session_id;
	seen->now = now;
	if (!writer_post(request->service->writer, &seen->job))
		free(seen);
}

/* Fits the clock, and is noted as seen. */
static int known_good(struct request *request, const struct session_known *known,
		      struct error *err)
{
	int64_t now = session_now();

	if (now >= known->expires || now - known->seen >= request->service->options.idle_seconds)
		return error_reason(err, REASON_LOGIN_NEEDED, NULL);
	request->session_id = known->session_id;
	request->actor = known->actor;
	if (now - known->seen >= SEEN_STEP)
		note_seen(request, known->session_id, now);
	return 0;
}

static int read_session(struct request *request, struct local *local, struct stmt *stmt,
			struct session_known *known, struct error *err)
{
	int64_t state = USER_CLOSED;
	bool ended = stmt_int(stmt, 4) != OV_NULL;
	uint8_t mark[HASH_BYTES], want[HASH_BYTES];
	const char *secret = NULL;
	size_t len;
	const void *blob = stmt_blob(stmt, 5, &len);
	int rc;

	if (ended || !blob || len != sizeof mark)
		return error_reason(err, REASON_LOGIN_NEEDED, NULL);
	memcpy(mark, blob, sizeof mark);
	*known = (struct session_known){
		.session_id = stmt_int(stmt, 0), .seen = stmt_int(stmt, 2),
		.expires = stmt_int(stmt, 3), .actor = { .user_id = stmt_int(stmt, 1) },
	};
	rc = local_actor(local, NULL, &known->actor, &state, &secret, &request->arena, err);
	if (rc < 0)
		return rc;
	session_hash(request, secret ? secret : "", want);
	if (state != USER_ACTIVE || memcmp(mark, want, sizeof mark) != 0)
		return error_reason(err, REASON_LOGIN_NEEDED, NULL);
	known->known = true;
	return 0;
}

static int look_up(struct request *request, struct local *local, const char *token,
		   struct session_known *known, struct error *err)
{
	uint8_t hash[HASH_BYTES];
	struct stmt *stmt;
	int rc = db_prepare(local->db, "SELECT id, user_id, seen_at, expires_at, ended_at, secret_mark "
			    "FROM auth_session WHERE token_hash = ?", &stmt, err);

	if (rc < 0)
		return rc;
	session_hash(request, token, hash);
	stmt_bind_blob(stmt, 1, hash, HASH_BYTES);
	rc = stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	rc = rc > 0 ? read_session(request, local, stmt, known, err) :
	     error_reason(err, REASON_LOGIN_NEEDED, NULL);
	stmt_reset(stmt);
	return rc;
}

/* The slot of the memo for the token with this mark, empty when the database has changed. */
static struct session_known *memo_slot(struct session_memo *memo, int64_t version,
				       const uint8_t mark[SHORT_HASH_BYTES])
{
	struct session_known *slot = &memo->slots[mark[0] % MEMO_SLOTS];

	if (version != memo->version)
		for (size_t i = 0; i < MEMO_SLOTS; i++)
			memo->slots[i].known = false;
	memo->version = version;
	if (memcmp(slot->mark, mark, SHORT_HASH_BYTES) != 0)
		slot->known = false;
	return slot;
}

static struct session_memo *memo_of(struct request *request, int64_t *version)
{
	struct session_memo *memo = service_memo(request->service, version);

	if (!memo->keyed)
		random_bytes(memo->key, sizeof memo->key);
	memo->keyed = true;
	return memo;
}

int session_find(struct request *request, struct error *err)
{
	struct local *local = service_reader(request->service, err);
	const char *token = token_of(request);
	uint8_t mark[SHORT_HASH_BYTES];
	struct session_known *known;
	struct session_memo *memo;
	int64_t version;
	int rc = 0;

	if (!local)
		return err->code;
	if (!token)
		return error_reason(err, REASON_LOGIN_NEEDED, NULL);
	memo = memo_of(request, &version);
	hash_short(memo->key, token, TOKEN_TEXT - 1, mark);
	known = memo_slot(memo, version, mark);
	if (!known->known)
		rc = look_up(request, local, token, known, err);
	if (rc < 0)
		return rc;
	memcpy(known->mark, mark, sizeof known->mark);
	return known_good(request, known, err);
}

int64_t session_device(struct request *request, int64_t user_id)
{
	struct error err = ERROR_INIT;
	struct local *local = service_reader(request->service, &err);
	const char *token = token_of(request);
	uint8_t hash[HASH_BYTES];
	struct stmt *stmt;
	int64_t id = 0;

	if (!local || !token ||
	    db_prepare(local->db, "SELECT id FROM auth_session WHERE token_hash = ? AND user_id = ?",
		       &stmt, &err) < 0)
		return 0;
	session_hash(request, token, hash);
	stmt_bind_blob(stmt, 1, hash, sizeof hash);
	stmt_bind_int(stmt, 2, user_id);
	if (stmt_step(stmt, &err) > 0)
		id = stmt_int(stmt, 0);
	stmt_reset(stmt);
	return id;
}

/* --- writing --- */

int session_add(struct tx *tx, int64_t user_id, const uint8_t token_hash[HASH_BYTES],
		const uint8_t mark[HASH_BYTES], int64_t now, int64_t expires_at, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(tx->db, "INSERT INTO auth_session (token_hash, user_id, secret_mark, "
			    "created_at, seen_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)", &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_blob(stmt, 1, token_hash, HASH_BYTES);
	stmt_bind_int(stmt, 2, user_id);
	stmt_bind_blob(stmt, 3, mark, HASH_BYTES);
	stmt_bind_int(stmt, 4, now);
	stmt_bind_int(stmt, 5, now);
	stmt_bind_int(stmt, 6, expires_at);
	return stmt_run(stmt, err);
}

int session_end(struct tx *tx, int64_t session_id, int64_t now, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(tx->db, "UPDATE auth_session SET ended_at = ? WHERE id = ? "
			    "AND ended_at IS NULL", &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, now);
	stmt_bind_int(stmt, 2, session_id);
	return stmt_run(stmt, err);
}

int session_end_all(struct tx *tx, int64_t user_id, int64_t but, int64_t now, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(tx->db, "UPDATE auth_session SET ended_at = ? WHERE user_id = ? "
			    "AND id <> ? AND ended_at IS NULL", &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, now);
	stmt_bind_int(stmt, 2, user_id);
	stmt_bind_int(stmt, 3, but);
	return stmt_run(stmt, err);
}

int session_mark(struct tx *tx, int64_t session_id, const uint8_t mark[HASH_BYTES],
		 struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(tx->db, "UPDATE auth_session SET secret_mark = ? WHERE id = ?", &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_blob(stmt, 1, mark, HASH_BYTES);
	stmt_bind_int(stmt, 2, session_id);
	return stmt_run(stmt, err);
}

int session_purge(struct tx *tx, int64_t now, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(tx->db, "DELETE FROM auth_session WHERE expires_at < ?", &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, now - KEEP_SECONDS);
	return stmt_run(stmt, err);
}
