#include "core/store/admin.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/i18n.h"
#include "core/db/db_file.h"
#include "core/db/db_url.h"
#include "core/model/print.h"
#include "core/model/reason.h"
#include "core/store/command.h"
#include "core/store/ledger_key.h"
#include "core/store/ledger_pages.h"

static const char *path_of(const char *url)
{
	return !strncmp(url, "trace+", 6) ? path_of(url + 6) :
	       !strncmp(url, "sqlite:", 7) && url[7] ? url + 7 : NULL;
}

/* The URL of a database on a server, NULL for others. */
static const char *server_of(const char *url)
{
	return !strncmp(url, "trace+", 6) ? server_of(url + 6) : db_url_is_server(url) ? url : NULL;
}

static int no_file(const char *url, struct error *err)
{
	return error_reason(err, REASON_STORE_URL, "url", url, NULL);
}

static int may(struct store *store, enum permission permission, struct local **local,
	       struct error *err)
{
	*local = local_of(store);
	if (!*local)
		return error_reason(err, REASON_STORE_REMOTE, NULL);
	return store->actor.user_id ? local_may(&store->actor, permission, err) : 0;
}

/* --- making --- */

/* A file that store_create() began and nobody closed may be made anew. */
static int make_room(const char *path, struct error *err)
{
	enum db_file what;
	struct db *db;
	int64_t unfinished = 0;
	int rc = db_file_look(path, &what, err);

	if (rc < 0 || what == DB_FILE_MISSING || what == DB_FILE_EMPTY)
		return rc;
	rc = what == DB_FILE_SQLITE ? db_open(path, 0, 0, &db, err) : -1;
	if (rc == 0) {
		if (db_number(db, "SELECT count(*) FROM sqlite_schema", &unfinished, err) < 0)
			unfinished = 1;
		else if (unfinished == 0)
			unfinished = 1;
		else if (db_number(db, "SELECT count(*) FROM meta WHERE key = 'unfinished'",
				   &unfinished, err) < 0)
			unfinished = 0;
		if (unfinished && db_settle(db, err) < 0)
			unfinished = 0; /* somebody is making it right now */
		db_close(db);
	}
	error_clear(err);
	if (!unfinished)
		return error_reason(err, REASON_STORE_EXISTS, "file", path, NULL);
	db_file_remove(path);
	return 0;
}

/* The same on a server: what stands in the database is emptied when its making was
 * broken off and nobody is at it. */
static int make_server_room(const char *url, struct error *err)
{
	struct db *db;
	bool made = false;
	int64_t unfinished = 0;
	int rc = db_open(url, DB_SERVER | DB_CREATE, 0, &db, err);

	if (rc < 0)
		return rc;
	rc = db_has_table(db, "meta", &made, err);
	if (rc == 0 && made)
		rc = db_number(db, "SELECT count(*) FROM meta WHERE key = 'unfinished'", &unfinished, err);
	if (rc == 0 && made && !unfinished)
		rc = error_reason(err, REASON_STORE_EXISTS, "file", db_name(db), NULL);
	if (rc == 0 && made)
		rc = db_clear(db, err);
	db_close(db);
	return rc;
}

int store_create(const char *url, const struct store_options *options,
		 struct store **out, struct error *err)
{
	struct store_options create = *options;
	const char *path = path_of(url);
	struct local *local;
	int rc = path ? make_room(path, err) : server_of(url) ? make_server_room(server_of(url), err) : 0;

	*out = NULL;
	create.create = true;
	if (rc == 0)
		rc = store_open(url, &create, out, err);
	local = rc == 0 ? local_of(*out) : NULL;
	if (!local)
		return rc;
	rc = local_meta_set(local, "unfinished", "1", err);
	if (rc < 0) {
		store_close(*out);
		*out = NULL;
		store_remove(url);
		return rc;
	}
	local->unfinished = true;
	return 0;
}

void store_remove(const char *url)
{
	struct error ignored = ERROR_INIT;
	struct db *db;

	if (path_of(url))
		db_file_remove(path_of(url));
	else if (server_of(url) && db_open(server_of(url), DB_SERVER, 0, &db, &ignored) == 0) {
		db_clear(db, &ignored);
		db_close(db);
	}
}

/* --- reading all of it --- */

struct stopper {
	struct store *store;
	int64_t asked;
};

static bool stop(void *context)
{
	struct stopper *stopper = context;

	stopper->asked++;
	return stopper->store->progress && stopper->asked % 64 == 0 &&
	       stopper->store->progress(stopper->store->progress_context, stopper->asked, 0);
}

static int check_all(struct local *local, struct store *store, struct error *err)
{
	struct stopper stopper = { .store = store };
	int rc;

	local_enter(local);
	db_on_progress(local->db, stop, &stopper);
	rc = db_check(local->db, err);
	db_on_progress(local->db, NULL, NULL);
	local_leave(local);
	return rc;
}

int store_check(struct store *store, struct error *err)
{
	struct local *local;
	int rc = may(store, PERM_ADMIN, &local, err);

	return rc < 0 ? rc : check_all(local, store, err);
}

/* The trail holds reasons that are masked on the way, so it is walked where it is. */
static int remote_trail(struct store *store, struct ledger_mark *mark,
			struct chain_result *result, struct error *err)
{
	struct card_request request = { .kind = KIND_CHAIN_CHECK, .from = OV_NULL, .to = OV_NULL };
	struct arena arena = ARENA_INIT;
	const struct chain_check *check;
	struct bundle bundle;
	int rc;

	request.key = mark && !mark->found ? arena_printf(&arena, "audit:%" PRId64, mark->seq) : "audit";
	rc = store_card(store, &request, &arena, &bundle, err);
	check = rc == 0 ? bundle_first(&bundle, &chain_check_fields) : NULL;
	if (check) {
		*result = (struct chain_result){ .ok = check->whole == 1, .count = check->rows,
						 .broken = check->broken };
		snprintf(result->why, sizeof result->why, "%s", check->why ? check->why : "");
	} else if (rc == 0) {
		rc = error_reason(err, REASON_STORE_REMOTE, NULL);
	}
	if (check && mark && check->hash) {
		mark->found = true;
		memcpy(mark->hash, check->hash, HASH_BYTES);
	}
	arena_release(&arena);
	return rc;
}

/* Through a server the ledger is verified here, by what it tells. */
static int remote_verify(struct store *store, enum chain chain, struct ledger_mark *mark,
			 struct chain_result *result, struct error *err)
{
	if (store->actor.user_id && local_may(&store->actor, PERM_AUDIT, err) < 0)
		return err->code;
	return chain == CHAIN_LEDGER ? ledger_pages_verify(store, mark, result, err) :
	       remote_trail(store, mark, result, err);
}

int store_verify(struct store *store, enum chain chain, struct chain_result *result,
		 struct error *err)
{
	struct local *local;
	int rc;

	if (!local_of(store))
		return remote_verify(store, chain, NULL, result, err);
	rc = may(store, PERM_AUDIT, &local, err);
	if (rc < 0)
		return rc;
	local->store.progress = store->progress;
	local->store.progress_context = store->progress_context;
	return chain_verify(local, chain, result, err);
}

/* The centre's key as the server says it. */
static int remote_key(struct store *store, char own[CHECKPOINT_KEY_TEXT], struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct outcome outcome = { .id = 0 };
	const struct ledger_proof *proof;
	struct command command;
	int rc;

	bundle_init(&outcome.records, &arena);
	command_init(&command, command_find("ledger.key"), &arena);
	rc = store_execute(store, &command, 1, &arena, &outcome, NULL, err);
	proof = rc == 0 ? bundle_first(&outcome.records, &ledger_proof_fields) : NULL;
	snprintf(own, CHECKPOINT_KEY_TEXT, "%s", proof && proof->public_key ? proof->public_key : "");
	arena_release(&arena);
	return rc;
}

static int key_of(struct store *store, const char *key, uint8_t public_key[SIGN_PUBLIC],
		  struct error *err)
{
	struct local *local = local_of(store);
	char own[CHECKPOINT_KEY_TEXT];

	if (!key && (local ? ledger_public_key(local, own, err) : remote_key(store, own, err)) < 0)
		return err->code;
	if (!key && !*own)
		return error_reason(err, REASON_SIGN_KEY_NONE, NULL);
	return checkpoint_key_parse(key ? key : own, public_key, err);
}

static void compare(enum chain chain, const struct checkpoint *checkpoint,
		    const struct ledger_mark *mark, struct chain_result *result)
{
	char day[DATE_TEXT];

	if (mark->found && !memcmp(mark->hash, checkpoint->hash, HASH_BYTES) &&
	    (chain == CHAIN_AUDIT || !memcmp(mark->seal, checkpoint->seal, HASH_BYTES)))
		return;
	result->ok = false;
	result->broken = mark->found ? checkpoint->seq : result->count + 1;
	snprintf(result->why, sizeof result->why, mark->found ?
		 _("it is not the row of the checkpoint of %s") :
		 _("it is missing, and the checkpoint of %s has it"),
		 date_format(checkpoint->day, day));
}

int store_verify_checkpoint(struct store *store, enum chain chain, const char *text,
			    const char *key, struct chain_result *result, struct error *err)
{
	struct local *local = local_of(store);
	uint8_t public_key[SIGN_PUBLIC];
	struct checkpoint checkpoint;
	struct ledger_mark mark = { .found = false };
	int rc;

	if ((local && may(store, PERM_AUDIT, &local, err) < 0) ||
	    key_of(store, key, public_key, err) < 0 ||
	    checkpoint_verify(text, public_key, &checkpoint, err) < 0)
		return err->code;
	if ((checkpoint.chain == CHECKPOINT_LEDGER) != (chain == CHAIN_LEDGER))
		return error_reason(err, REASON_CHECKPOINT_BAD, "why", _("the chain"), NULL);
	mark.seq = checkpoint.seq;
	if (mark.seq == 0) /* an empty chain: zero bytes */
		mark.found = true;
	rc = local ? store_verify(store, chain, result, err) :
	     remote_verify(store, chain, &mark, result, err);
	if (rc == 0 && result->ok && local)
		rc = ledger_row_mark(local, chain, mark.seq, &mark.found, mark.hash, mark.seal, err);
	if (rc == 0 && result->ok)
		compare(chain, &checkpoint, &mark, result);
	return rc;
}

/* The rows are copied first: each file they name was on the disk before them. */
int store_backup(struct store *store, const char *file, struct evidence_tally *tally,
		 struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct local *local;
	int rc = may(store, PERM_ADMIN, &local, err);

	memset(tally, 0, sizeof *tally);
	if (rc < 0)
		return rc;
	local->store.progress = store->progress;
	local->store.progress_context = store->progress_context;
	local_enter(local);
	rc = db_backup(local->db, file, store->progress, store->progress_context, err);
	local_leave(local);
	if (rc == 0)
		rc = evidence_back_up(local, arena_printf(&arena, "%s.evidence", file), tally, err);
	arena_release(&arena);
	return rc;
}

/* --- bringing back --- */

static int chain_good(struct local *local, enum chain chain, struct error *err)
{
	struct chain_result result;
	char seq[24];
	int rc = chain_verify(local, chain, &result, err);

	if (rc < 0 || result.ok)
		return rc;
	snprintf(seq, sizeof seq, "%" PRId64, result.broken);
	return error_reason(err, REASON_CHAIN_BROKEN, "chain",
			    chain == CHAIN_LEDGER ? _("ledger") : _("audit"),
			    "seq", seq, "why", result.why, NULL);
}

/* Opening it brings an older schema up to date. */
static int prove(const char *path, struct error *err)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct store *store;
	struct local *local;
	char epoch[ULID_TEXT];
	int rc = local_open(path, &options, &store, err);

	if (rc < 0)
		return rc;
	local = local_of(store);
	rc = check_all(local, store, err);
	if (rc == 0)
		rc = chain_good(local, CHAIN_LEDGER, err);
	if (rc == 0)
		rc = chain_good(local, CHAIN_AUDIT, err);
	if (rc == 0)
		rc = local_meta_set(local, "epoch", ulid_new(epoch), err);
	if (rc == 0)
		rc = db_settle(local->db, err);
	store_close(store);
	return rc;
}

static int copy_backup(const char *file, const char *copy, struct error *err)
{
	struct db *db;
	int rc = db_open(file, DB_READONLY, 1000, &db, err);

	if (rc < 0)
		return rc;
	rc = db_backup(db, copy, NULL, NULL, err);
	db_close(db);
	return rc;
}

/* Nobody may be at work in what is put aside; a damaged database is put aside
 * as it is, with its log. */
static int settle_old(const char *path, struct error *err)
{
	struct db *db;
	int rc = db_open(path, 0, 1000, &db, err);

	if (rc == 0) {
		rc = db_settle(db, err);
		db_close(db);
	}
	if (rc < 0 && (err->reason == REASON_STORE_DAMAGED || err->reason == REASON_STORE_IO)) {
		error_clear(err);
		rc = 0;
	}
	return rc;
}

static int put_aside(const char *path, struct error *err)
{
	static const char *const tails[] = { "", "-wal" };
	char from[PATH_MAX + 8], to[PATH_MAX + 48], time[INSTANT_TEXT];
	const struct ov_clock clock = CLOCK_INIT;

	instant_format(clock_now(&clock), time);
	for (size_t i = 0; i < 2; i++) {
		snprintf(from, sizeof from, "%s%s", path, tails[i]);
		snprintf(to, sizeof to, "%s.before-%s%s", path, time, tails[i]);
		if (link(from, to) < 0 && errno != ENOENT)
			return error_reason(err, REASON_FILE_WRITE, "file", to, "why",
					    strerror(errno), NULL);
		if (i > 0)
			unlink(from);
	}
	snprintf(from, sizeof from, "%s-shm", path);
	unlink(from);
	return 0;
}

static int evidence_back(const char *file, const char *path, struct error *err)
{
	struct arena arena = ARENA_INIT;
	int rc = evidence_bring_back(arena_printf(&arena, "%s.evidence", file),
				     arena_printf(&arena, "%s.evidence", path), err);

	arena_release(&arena);
	return rc;
}

static int server_copies(const char *url, struct error *err)
{
	struct arena arena = ARENA_INIT;

	error_reason(err, REASON_STORE_BACKUP, "file", db_url_shown(url, &arena), NULL);
	arena_release(&arena);
	return err->code;
}

int store_restore(const char *url, const char *file, struct error *err)
{
	const char *path = path_of(url);
	char copy[PATH_MAX];
	enum db_file what;
	int rc;

	if (server_of(url))
		return server_copies(url, err);
	if (!path)
		return no_file(url, err);
	if (snprintf(copy, sizeof copy, "%s.%ld.restore", path, (long)getpid()) >= (int)sizeof copy)
		return error_reason(err, REASON_FILE_WRITE, "file", path, "why",
				    strerror(ENAMETOOLONG), NULL);
	rc = db_file_look(path, &what, err);
	if (rc == 0 && what == DB_FILE_FOREIGN)
		rc = error_reason(err, REASON_STORE_NOT_OURS, "file", path, NULL);
	if (rc == 0)
		rc = copy_backup(file, copy, err);
	if (rc < 0)
		return rc;
	rc = prove(copy, err);
	if (rc == 0)
		rc = evidence_back(file, path, err);
	if (rc == 0 && what == DB_FILE_SQLITE)
		rc = settle_old(path, err);
	if (rc == 0 && what == DB_FILE_SQLITE)
		rc = put_aside(path, err);
	if (rc == 0)
		rc = db_file_place(copy, path, true, err);
	if (rc < 0)
		db_file_remove(copy);
	return rc;
}
