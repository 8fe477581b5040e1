/* The local store: opening, who acts, status and cancelling. */
#include "core/store/local.h"
#include "core/store/evidence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/base/password.h"
#include "core/config/paths.h"
#include "core/db/db_url.h"
#include "core/db/migrate.h"
#include "core/model/reason.h"
#include "core/store/search_line.h"
#include "core/store/trace.h"

enum { BUSY_MS = 5000 };

const struct actor system_actor = {
	.user_id = 1, .person_id = OV_NULL, .branch_id = OV_NULL, .system = true,
	.login = "system",
};

static const struct actor nobody = { .person_id = OV_NULL, .branch_id = OV_NULL };

/* --- small things every part uses --- */

int64_t local_now(const struct local *local)
{
	return clock_now(&local->clock);
}

int64_t local_today(const struct local *local)
{
	return clock_today(&local->clock);
}

void local_enter_search(struct local *local)
{
	pthread_mutex_lock(&local->lock);
	db_resume(local->db);
	local->in_call = true;
	atomic_store(&local->cancelled, false);
	pthread_mutex_unlock(&local->lock);
}

void local_enter(struct local *local)
{
	search_names_rest(local->names);
	local_enter_search(local);
}

void local_leave(struct local *local)
{
	pthread_mutex_lock(&local->lock);
	local->in_call = false;
	db_resume(local->db);
	pthread_mutex_unlock(&local->lock);
}

static void local_cancel(struct store *store)
{
	struct local *local = (struct local *)store;

	pthread_mutex_lock(&local->lock);
	if (local->in_call) {
		atomic_store(&local->cancelled, true);
		db_interrupt(local->db);
	}
	pthread_mutex_unlock(&local->lock);
}

int local_may(const struct actor *actor, enum permission permission, struct error *err)
{
	if (actor->user_id == 0)
		return error_reason(err, REASON_LOGIN_NEEDED, NULL);
	if (!permission_has(actor, permission))
		return error_reason(err, REASON_PERM_DENIED, "action",
				    _(permission_label(permission)), NULL);
	return 0;
}

int local_may_read(const struct local *local, enum kind kind, struct error *err)
{
	if (kind <= KIND_NONE || kind >= KIND_COUNT)
		return error_reason(err, REASON_KIND_UNKNOWN, "name", "", NULL);
	return local_may(&local->store.actor, kind_permission(kind), err);
}

int local_meta(struct local *local, const char *key, struct arena *arena,
	       const char **value, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(local->db, "SELECT value FROM meta WHERE key = ?", &stmt, err);

	*value = NULL;
	if (rc < 0)
		return rc;
	stmt_bind_text(stmt, 1, key);
	rc = stmt_step(stmt, err);
	if (rc > 0)
		*value = arena_strdup(arena, stmt_text(stmt, 0));
	if (rc >= 0)
		stmt_reset(stmt);
	return rc < 0 ? rc : 0;
}

int local_meta_set(struct local *local, const char *key, const char *value,
		   struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(local->db, "INSERT INTO meta (key, value) VALUES (?, ?) "
			    "ON CONFLICT (key) DO UPDATE SET value = excluded.value", &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_text(stmt, 1, key);
	stmt_bind_text(stmt, 2, value);
	return stmt_run(stmt, err);
}

/* --- who acts --- */

void local_act_as(struct store *store, const struct actor *actor)
{
	struct local *local = local_of(store);

	if (!local)
		return;
	local->pinned = true;
	local->store.actor = *actor;
	store->actor = *actor;
}

static int read_roles(struct local *local, struct actor *actor, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(local->db, "SELECT role FROM user_role WHERE user_id = ? "
			    "AND removed_on IS NULL", &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, actor->user_id);
	while ((rc = stmt_step(stmt, err)) > 0) {
		int64_t role = enum_find(&role_enum, stmt_text(stmt, 0));

		if (role != OV_NULL)
			actor->roles |= 1u << role;
	}
	if (rc == 0)
		stmt_reset(stmt);
	return rc;
}

int local_actor(struct local *local, const char *login, struct actor *actor,
		int64_t *state, const char **secret, struct arena *arena, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(local->db, login ?
		"SELECT id, person_id, branch_id, state, login, secret FROM \"user\" WHERE login = ?" :
		"SELECT id, person_id, branch_id, state, login, secret FROM \"user\" WHERE id = ?",
		&stmt, err);

	if (rc < 0)
		return rc;
	if (login)
		stmt_bind_text(stmt, 1, login);
	else
		stmt_bind_int(stmt, 1, actor->user_id);
	rc = stmt_step(stmt, err);
	if (rc <= 0) {
		if (rc == 0)
			stmt_reset(stmt);
		return rc < 0 ? rc : local_not_found(KIND_USER, 0, login, err);
	}
	*actor = nobody;
	actor->user_id = stmt_int(stmt, 0);
	actor->person_id = stmt_int(stmt, 1);
	actor->branch_id = stmt_int(stmt, 2);
	if (state)
		*state = enum_find(&user_state_enum, stmt_text(stmt, 3));
	snprintf(actor->login, sizeof actor->login, "%s", stmt_text(stmt, 4));
	if (secret)
		*secret = arena_strdup(arena, stmt_text(stmt, 5));
	stmt_reset(stmt);
	return read_roles(local, actor, err);
}

static int login_checked(struct local *local, const char *login, const char *password,
			 struct arena *arena, struct error *err)
{
	const char *secret = NULL;
	struct actor actor;
	int64_t state = USER_CLOSED;
	int rc = local_actor(local, login, &actor, &state, &secret, arena, err);

	if (rc < 0 && rc != OV_ENOTFOUND)
		return rc;
	if (rc < 0 || actor.user_id == system_actor.user_id || (!password && !local->demo)) {
		if (password)
			password_verify(NULL, password);
		return error_reason(err, REASON_LOGIN_FAILED, NULL);
	}
	if (password && !password_verify(secret, password))
		return error_reason(err, REASON_LOGIN_FAILED, NULL);
	if (state != USER_ACTIVE)
		return error_reason(err, REASON_LOGIN_CLOSED, NULL);
	local->store.actor = actor;
	local->pinned = false;
	return 0;
}

static int local_login(struct store *store, const char *login, const char *password,
		       struct error *err)
{
	struct local *local = (struct local *)store;
	struct arena arena = ARENA_INIT;
	int rc;

	store->actor = nobody;
	if (!login)
		return 0;
	local_enter(local);
	rc = login_checked(local, login, password, &arena, err);
	local_leave(local);
	arena_release(&arena);
	return rc;
}

static int local_status(struct store *store, struct arena *arena,
			struct store_status *status, struct error *err)
{
	struct local *local = (struct local *)store;

	(void)err;
	*status = (struct store_status){
		.link = LINK_LOCAL,
		.where = arena_strdup(arena, local->file),
		.schema = local->schema,
		.demo = local->demo,
		.epoch = arena_strdup(arena, local->epoch),
	};
	return 0;
}

/* --- opening --- */

static void local_close(struct store *store)
{
	struct local *local = (struct local *)store;
	struct error err = ERROR_INIT;

	/* When this fails, the file stays what it is: unfinished. */
	if (local->unfinished)
		db_exec(local->db, "DELETE FROM meta WHERE key = 'unfinished'", &err);
	search_names_free(local->names);
	db_close(local->db);
	if (local->memory && local->evidence)
		evidence_remove(local->evidence);
	pthread_mutex_destroy(&local->lock);
	arena_release(&local->texts);
	free(local->file);
	free(local->where);
	free(local);
}

static void local_rest(struct store *store)
{
	search_names_rest(((struct local *)store)->names);
}

static const struct store_ops local_ops = {
	.name = "local",
	.close = local_close,
	.login = local_login,
	.get = local_get,
	.find = local_find,
	.rest = local_rest,
	.search = local_search,
	.card = local_card,
	.assess = local_assess,
	.execute = local_execute,
	.changes = local_changes,
	.evidence_put = local_evidence_put,
	.evidence_get = local_evidence_get,
	.status = local_status,
	.cancel = local_cancel,
};

struct local *local_of(struct store *store)
{
	while (store && store->ops != &local_ops)
		store = trace_inner(store);
	return (struct local *)store;
}

/* epoch and secret are made once, by whoever comes first. */
static int make_identity(struct local *local, struct error *err)
{
	uint8_t secret[HASH_BYTES];
	char hex[HASH_HEX], epoch[ULID_TEXT];
	const char *present;
	int rc = db_begin(local->db, DB_WRITE, err);

	if (rc < 0)
		return rc;
	rc = local_meta(local, "epoch", &local->texts, &present, err);
	if (rc == 0 && !present) {
		random_bytes(secret, sizeof secret);
		rc = local_meta_set(local, "secret", hash_hex(secret, hex), err);
		if (rc == 0)
			rc = local_meta_set(local, "epoch", ulid_new(epoch), err);
	}
	if (rc == 0)
		return db_commit(local->db, err);
	db_rollback(local->db);
	return rc;
}

static bool hex_value(const char *text, uint8_t out[HASH_BYTES])
{
	static const char digits[] = "0123456789abcdef";

	if (!text || strlen(text) != 2 * HASH_BYTES || strspn(text, digits) != 2 * HASH_BYTES)
		return false;
	for (size_t i = 0; i < HASH_BYTES; i++)
		out[i] = (uint8_t)((strchr(digits, text[2 * i]) - digits) << 4 |
				   (strchr(digits, text[2 * i + 1]) - digits));
	return true;
}

static int read_identity(struct local *local, struct error *err)
{
	const char *epoch = NULL, *secret = NULL, *demo = NULL, *unfinished = NULL;
	int rc = local_meta(local, "epoch", &local->texts, &epoch, err);

	if (rc == 0 && !epoch) {
		rc = make_identity(local, err);
		if (rc == 0)
			rc = local_meta(local, "epoch", &local->texts, &epoch, err);
	}
	if (rc == 0)
		rc = local_meta(local, "secret", &local->texts, &secret, err);
	if (rc == 0)
		rc = local_meta(local, "demo", &local->texts, &demo, err);
	if (rc == 0)
		rc = local_meta(local, "unfinished", &local->texts, &unfinished, err);
	if (rc < 0)
		return rc;
	if (unfinished)
		return error_reason(err, REASON_STORE_SCHEMA, "file", local->file, "why",
				    _("its making was broken off"), NULL);
	if (!epoch || strlen(epoch) != ULID_TEXT - 1 || !hex_value(secret, local->secret))
		return error_reason(err, REASON_STORE_DAMAGED, "why", "meta", NULL);
	memcpy(local->epoch, epoch, ULID_TEXT);
	local->demo = local->memory || (demo && !strcmp(demo, "1"));
	return 0;
}

static int set_clock(struct local *local, const struct ov_clock *clock, struct error *err)
{
	local->clock = *clock;
	if (local->demo || (clock->fixed_now == OV_NULL && clock->fixed_today == OV_NULL))
		return 0;
	return error_reason(err, REASON_STORE_CLOCK, NULL);
}

/* An index of another version of the program is made anew, by whoever comes
 * first. A database that is only read keeps what it has. */
static int index_check(struct local *local, struct error *err)
{
	struct arena arena = ARENA_INIT;
	const char *have = NULL;
	int rc = local_meta(local, "search", &arena, &have, err);

	if (rc == 0 && (!have || strcmp(have, SEARCH_VERSION) != 0)) {
		rc = db_begin(local->db, DB_WRITE, err);
		if (rc == 0)
			rc = local_meta(local, "search", &arena, &have, err);
		if (rc == 0 && (!have || strcmp(have, SEARCH_VERSION) != 0)) {
			rc = search_build(local->db, NULL, NULL, err);
			if (rc == 0)
				rc = local_meta_set(local, "search", SEARCH_VERSION, err);
		}
		if (rc == 0)
			rc = db_commit(local->db, err);
		else if (db_in_transaction(local->db))
			db_rollback(local->db);
	}
	arena_release(&arena);
	return rc;
}

/* A file that can only be read is opened for reading: looking things up in a
 * database of which one is not the owner is fine. */
static int open_db(struct local *local, const struct store_options *options,
		   bool *writable, struct error *err)
{
	unsigned server = db_url_is_server(local->where) ? DB_SERVER : 0;
	unsigned flags = (local->memory ? DB_MEMORY : options->create ? DB_CREATE : 0) | server;
	int64_t busy_ms = options->busy_ms ? options->busy_ms : BUSY_MS;
	int rc = db_open(local->where, flags, busy_ms, &local->db, err);

	*writable = rc == 0;
	if (rc == 0 || err->reason != REASON_STORE_READONLY || flags & DB_CREATE)
		return rc;
	error_clear(err);
	return db_open(local->where, DB_READONLY | server, busy_ms, &local->db, err);
}

int local_planner(struct local *local, const struct planner_options **out, struct error *err)
{
	*out = &local->planner;
	if (!local->planner_read && planner_options_load(local->planner_file, &local->planner, err) < 0)
		return err->code;
	local->planner_read = true;
	return 0;
}

/* Beside a file; for a server, which has no place for files, where it was told, or
 * in the user's data folder. */
static int evidence_place(struct local *local, const struct store_options *options,
			  struct error *err)
{
	const char *folder = options->evidence_dir;

	if (local->memory)
		return 0;
	if (!db_is_server(local->db)) {
		local->evidence = arena_printf(&local->texts, "%s.evidence", local->file);
		return 0;
	}
	if (folder && *folder) {
		local->evidence = arena_strdup(&local->texts, folder);
		return 0;
	}
	folder = path_data_home(&local->texts);
	local->evidence = arena_printf(&local->texts, "%s/%s.evidence", folder, local->epoch);
	return path_make_folder(folder, err);
}

int local_open(const char *path, const struct store_options *options,
	       struct store **out, struct error *err)
{
	struct local *local = mem_alloc(sizeof *local);
	const char *folder;
	bool writable = false;
	int rc;

	*out = NULL;
	local->store.ops = &local_ops;
	local->store.actor = nobody;
	local->memory = !path;
	local->where = mem_strdup(path ? path : "memory:");
	local->names = search_names_new();
	if (options->rests)
		search_names_keep(local->names);
	pthread_mutex_init(&local->lock, NULL);
	arena_init(&local->texts);
	local->planner_file = arena_strdup(&local->texts, options->planner_file);
	local->public_url = arena_strdup(&local->texts, options->public_url);
	local->file = mem_strdup(db_url_shown(local->where, &local->texts));
	folder = options->data_dir ?
		 path_join(&local->texts, options->data_dir, "data/migrations") :
		 path_program_file(&local->texts, "data/migrations", err);
	rc = folder ? open_db(local, options, &writable, err) : err->code;
	if (rc == 0)
		rc = migrate(local->db, folder, local->file, options->create || local->memory,
			     writable, clock_now(&options->clock), &local->schema, err);
	if (rc == 0)
		rc = read_identity(local, err);
	if (rc == 0)
		rc = evidence_place(local, options, err);
	if (rc == 0 && writable)
		rc = index_check(local, err);
	if (rc == 0 && writable)
		rc = db_share(local->db, err);
	if (rc == 0)
		rc = set_clock(local, &options->clock, err);
	if (rc < 0) {
		local_close(&local->store);
		return rc;
	}
	*out = &local->store;
	return 0;
}
