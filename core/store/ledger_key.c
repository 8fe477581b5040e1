#include "core/store/ledger_key.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/i18n.h"
#include "core/db/db_file.h"
#include "core/model/reason.h"
#include "core/store/local.h"

enum { KEY_FILE_BYTES = 2 * SIGN_SEED };

static const char meta_key[] = "ledger_key";

/* --- the file --- */

static int key_path(const struct local *local, char path[PATH_MAX], struct error *err)
{
	if (snprintf(path, PATH_MAX, "%s.key", local->file) < PATH_MAX)
		return 0;
	return error_reason(err, REASON_SIGN_KEY_BAD, "file", local->file, "why",
			    strerror(ENAMETOOLONG), NULL);
}

static int file_bad(const char *path, const char *why, struct error *err)
{
	return error_reason(err, REASON_SIGN_KEY_BAD, "file", path, "why", why, NULL);
}

static int nibble(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool seed_parse(const char *text, uint8_t seed[SIGN_SEED])
{
	for (size_t i = 0; i < SIGN_SEED; i++) {
		int high = nibble(text[2 * i]), low = nibble(text[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		seed[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

/* What is open must be a plain file that nobody else can read or change. */
static int file_read(int fd, const char *path, uint8_t seed[SIGN_SEED], struct error *err)
{
	char text[KEY_FILE_BYTES + 2];
	struct stat st;
	ssize_t len;

	if (fstat(fd, &st) < 0)
		return file_bad(path, strerror(errno), err);
	if (!S_ISREG(st.st_mode))
		return file_bad(path, _("it is no plain file"), err);
	if (st.st_mode & 077 || (st.st_uid != geteuid() && st.st_uid != 0))
		return file_bad(path, _("others can read or change it"), err);
	len = read(fd, text, sizeof text);
	if (len < 0)
		return file_bad(path, strerror(errno), err);
	if (len < KEY_FILE_BYTES || len > KEY_FILE_BYTES + 1 ||
	    (len > KEY_FILE_BYTES && text[KEY_FILE_BYTES] != '\n') || !seed_parse(text, seed))
		return file_bad(path, _("it holds something else"), err);
	return 0;
}

/* *there is false when the file is missing. */
static int seed_load(const char *path, uint8_t seed[SIGN_SEED], bool *there, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	int rc;

	*there = fd >= 0 || errno != ENOENT;
	if (fd < 0)
		return *there ? file_bad(path, strerror(errno), err) : 0;
	rc = file_read(fd, path, seed, err);
	close(fd);
	return rc;
}

static int seed_write(const char *path, const uint8_t seed[SIGN_SEED], struct error *err)
{
	char name[PATH_MAX + 16], text[HASH_HEX];
	bool written;
	int fd;

	_Static_assert((int)SIGN_SEED == (int)HASH_BYTES, "a seed is written as a hash is");
	snprintf(name, sizeof name, "%s.%ld", path, (long)getpid());
	unlink(name);
	fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return file_bad(path, strerror(errno), err);
	hash_hex(seed, text);
	text[KEY_FILE_BYTES] = '\n'; /* in the place of its NUL */
	written = write(fd, text, KEY_FILE_BYTES + 1) == KEY_FILE_BYTES + 1 && fsync(fd) == 0;
	if (!written)
		file_bad(path, strerror(errno), err);
	close(fd);
	if (written && db_file_place(name, path, false, err) == 0)
		return 0;
	unlink(name);
	return err->code;
}

/* --- the pair --- */

/* Everybody's: a demo world's documents are to be equal and worthless. */
static void demo_key(struct sign_key *key)
{
	static const char name[] = "Overpass demo key: proves nothing";
	uint8_t seed[SIGN_SEED];

	hash_sha256(name, sizeof name - 1, seed);
	sign_key_init(key, seed);
}

int ledger_public_key(struct local *local, char text[CHECKPOINT_KEY_TEXT], struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct sign_key key;
	const char *known = NULL;
	int rc = 0;

	*text = '\0';
	if (local->demo) {
		demo_key(&key);
		checkpoint_key_text(key.public_key, text);
	} else {
		rc = local_meta(local, meta_key, &arena, &known, err);
		if (rc == 0 && known)
			snprintf(text, CHECKPOINT_KEY_TEXT, "%s", known);
	}
	arena_release(&arena);
	return rc;
}

/* The database knows no key yet. A file that lies there is taken: of a
 * checkpoint whose commit failed, or of this centre's database before. */
static int pair_make(struct tx *tx, const char *path, bool there, uint8_t seed[SIGN_SEED],
		     struct sign_key *key, struct error *err)
{
	char text[CHECKPOINT_KEY_TEXT];

	if (!there) {
		random_bytes(seed, SIGN_SEED);
		if (seed_write(path, seed, err) < 0)
			return err->code;
	}
	sign_key_init(key, seed);
	return local_meta_set(tx->local, meta_key, checkpoint_key_text(key->public_key, text), err);
}

/* *made: there is a key now; not so when assessing before the first one. */
static int pair_load(struct tx *tx, struct sign_key *key, bool *made, struct error *err)
{
	char path[PATH_MAX], known[CHECKPOINT_KEY_TEXT], text[CHECKPOINT_KEY_TEXT];
	uint8_t seed[SIGN_SEED];
	bool there = false;
	int rc = 0;

	*made = true;
	if (tx->local->demo) {
		demo_key(key);
		return 0;
	}
	if (key_path(tx->local, path, err) < 0 || ledger_public_key(tx->local, known, err) < 0 ||
	    seed_load(path, seed, &there, err) < 0)
		return err->code;
	*made = *known || !tx->assess;
	if (!*made)
		return 0;
	if (!*known)
		rc = pair_make(tx, path, there, seed, key, err);
	else if (!there)
		rc = error_reason(err, REASON_SIGN_KEY_MISSING, "file", path, NULL);
	else
		sign_key_init(key, seed);
	if (rc == 0 && *known && strcmp(checkpoint_key_text(key->public_key, text), known) != 0)
		rc = error_reason(err, REASON_SIGN_KEY_MISSING, "file", path, NULL);
	return rc;
}

/* --- statements --- */

int ledger_row_mark(struct local *local, enum chain chain, int64_t seq, bool *found,
		    uint8_t hash[HASH_BYTES], uint8_t seal[HASH_BYTES], struct error *err)
{
	struct stmt *stmt;
	const void *bytes;
	size_t len;
	int rc;

	memset(hash, 0, HASH_BYTES);
	memset(seal, 0, HASH_BYTES);
	*found = seq == 0;
	if (seq == 0)
		return 0;
	rc = db_prepare(local->db, chain == CHAIN_LEDGER ?
			"SELECT hash, seal FROM ledger_entry WHERE id = ?" :
			"SELECT hash, NULL FROM audit_event WHERE id = ?", &stmt, err);
	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, seq);
	rc = stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	*found = rc > 0;
	if (rc > 0 && (bytes = stmt_blob(stmt, 0, &len)) != NULL && len == HASH_BYTES)
		memcpy(hash, bytes, len);
	if (rc > 0 && (bytes = stmt_blob(stmt, 1, &len)) != NULL && len == HASH_BYTES)
		memcpy(seal, bytes, len);
	stmt_reset(stmt);
	return 0;
}

/* The branch that is part of no other. */
static int centre_code(struct tx *tx, char code[CHECKPOINT_CENTRE], struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(tx->db, "SELECT code FROM branch WHERE parent_id IS NULL ORDER BY id LIMIT 1",
			    &stmt, err);

	if (rc < 0 || (rc = stmt_step(stmt, err)) < 0)
		return rc;
	snprintf(code, CHECKPOINT_CENTRE, "%s", rc > 0 && stmt_text(stmt, 0) ?
		 stmt_text(stmt, 0) : "OV");
	stmt_reset(stmt);
	return 0;
}

int ledger_checkpoint(struct tx *tx, enum chain chain, const char *subject,
		      char text[CHECKPOINT_TEXT], char public_key[CHECKPOINT_KEY_TEXT],
		      struct error *err)
{
	struct checkpoint checkpoint = {
		.chain = chain == CHAIN_LEDGER ? CHECKPOINT_LEDGER : CHECKPOINT_AUDIT,
		.day = tx->today,
	};
	struct sign_key key;
	bool made = false, found;
	int rc = db_number(tx->db, chain == CHAIN_LEDGER ? "SELECT max(id) FROM ledger_entry" :
			   "SELECT max(id) FROM audit_event", &checkpoint.seq, err);

	*text = '\0';
	if (checkpoint.seq == OV_NULL)
		checkpoint.seq = 0;
	snprintf(checkpoint.subject, sizeof checkpoint.subject, "%s", subject);
	if (rc < 0 || centre_code(tx, checkpoint.centre, err) < 0 ||
	    ledger_row_mark(tx->local, chain, checkpoint.seq, &found, checkpoint.hash,
			    checkpoint.seal, err) < 0 ||
	    pair_load(tx, &key, &made, err) < 0)
		return err->code;
	if (public_key)
		*public_key = '\0';
	if (!made)
		return 0;
	if (public_key)
		checkpoint_key_text(key.public_key, public_key);
	rc = checkpoint_text(&checkpoint, &key, text, err);
	sign_key_release(&key);
	return rc;
}
