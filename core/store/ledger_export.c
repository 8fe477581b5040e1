#include "core/store/ledger_export.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/i18n.h"
#include "core/db/db_file.h"
#include "core/model/reason.h"
#include "core/store/chain.h"
#include "core/store/command.h"
#include "core/store/ledger_pages.h"
#include "core/store/local.h"
#include "core/store/local_note.h"

enum { FLUSH_BYTES = 1 << 16, REPORT_EVERY = 4096 };

struct output {
	struct store *store;
	struct local *local; /* NULL: the rows are on a server */
	FILE *file;
	const char *path;
	struct buf bytes;
	int64_t written, total;
};

static int cannot(const struct output *out, struct error *err)
{
	return error_reason(err, REASON_FILE_WRITE, "file", out->path, "why", strerror(errno), NULL);
}

/* Who took it out, and how far it went. */
static int note(struct local *local, int64_t *total, struct error *err)
{
	char detail[40];

	if (db_number(local->db, "SELECT count(*) FROM ledger_entry", total, err) < 0)
		return err->code;
	snprintf(detail, sizeof detail, "entries=%lld", (long long)*total);
	return local_note(local, "ledger.export", detail, err);
}

static int flush(struct output *out, struct error *err)
{
	if (out->bytes.len && fwrite(out->bytes.bytes, 1, out->bytes.len, out->file) != out->bytes.len)
		return cannot(out, err);
	buf_clear(&out->bytes);
	return 0;
}

static void line(struct output *out, const struct ledger_entry *entry, int64_t claim)
{
	char hex[HASH_HEX] = "";

	chain_ledger_bytes(&out->bytes, entry, claim);
	if (entry->hash)
		hash_hex(entry->hash, hex);
	out->bytes.len--; /* its LF */
	buf_printf(&out->bytes, ",%s\r\n", hex);
	out->written++;
}

static int lines(struct output *out, struct error *err)
{
	struct store *store = &out->local->store;
	struct arena arena = ARENA_INIT;
	struct buf sql = BUF_INIT;
	struct stmt *stmt;
	int rc;

	buf_printf(&sql, "SELECT l.claim_id, %s FROM ledger_entry t LEFT JOIN claim_line l "
		   "ON l.id = t.claim_line ORDER BY t.id", local_sql(out->local, KIND_LEDGER_ENTRY)->columns);
	rc = db_prepare_many(out->local->db, buf_cstr(&sql), &stmt, err);
	buf_release(&sql);
	if (rc < 0)
		return rc;
	buf_printf(&out->bytes, "%s\r\n", chain_ledger_header);
	while ((rc = stmt_step(stmt, err)) > 0) {
		line(out, local_row(&ledger_entry_fields, stmt, 1, &arena), stmt_int(stmt, 0));
		arena_clear(&arena);
		if (out->bytes.len >= FLUSH_BYTES && (rc = flush(out, err)) < 0)
			break;
		if (out->written % REPORT_EVERY == 0 && store->progress &&
		    store->progress(store->progress_context, out->written, out->total)) {
			rc = error_reason(err, REASON_CANCELLED, NULL);
			break;
		}
	}
	stmt_reset(stmt);
	arena_release(&arena);
	return rc < 0 ? rc : flush(out, err);
}

static int all(struct output *out, struct error *err)
{
	int rc = db_begin(out->local->db, DB_READ, err);

	if (rc == 0)
		rc = lines(out, err);
	if (rc == 0 && fflush(out->file) != 0)
		rc = cannot(out, err);
	db_rollback(out->local->db);
	return rc;
}

/* --- through a server --- */

static int note_there(struct store *store, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct outcome outcome = { .id = 0 };
	struct command command;
	int rc;

	bundle_init(&outcome.records, &arena);
	command_init(&command, command_find("ledger.export"), &arena);
	rc = store_execute(store, &command, 1, &arena, &outcome, NULL, err);
	arena_release(&arena);
	return rc;
}

/* What is not in its place is no ledger: nobody shall take it for one. */
static int out_of_place(const struct ledger_entry *entry, int64_t expected, struct error *err)
{
	char seq[24];

	snprintf(seq, sizeof seq, "%lld", (long long)expected);
	return error_reason(err, REASON_CHAIN_BROKEN, "chain", _("ledger"), "seq", seq, "why",
			    entry->seq > expected ? _("it is missing") : _("it is not in its place"),
			    NULL);
}

static int all_there(struct output *out, struct error *err)
{
	struct ledger_pages pages = { .store = out->store };
	const struct ledger_entry *entry;
	int64_t claim;
	int rc;

	buf_printf(&out->bytes, "%s\r\n", chain_ledger_header);
	while ((rc = ledger_pages_next(&pages, &entry, &claim, err)) > 0) {
		if (entry->seq != out->written + 1) {
			rc = out_of_place(entry, out->written + 1, err);
			break;
		}
		line(out, entry, claim);
		if (out->bytes.len >= FLUSH_BYTES && (rc = flush(out, err)) < 0)
			break;
	}
	ledger_pages_release(&pages);
	if (rc == 0)
		rc = flush(out, err);
	return rc == 0 && fflush(out->file) != 0 ? cannot(out, err) : rc;
}

static int write_rows(struct output *out, struct error *err)
{
	return out->local ? all(out, err) : all_there(out, err);
}

/* Written beside its place, then given its name, which fails when it is taken. */
static int to_file(struct output *out, struct error *err)
{
	char part[PATH_MAX];
	int fd = -1, rc;

	if (snprintf(part, sizeof part, "%s.%ld.part", out->path, (long)getpid()) < PATH_MAX)
		fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	else
		errno = ENAMETOOLONG;
	out->file = fd < 0 ? NULL : fdopen(fd, "w");
	if (!out->file) {
		rc = cannot(out, err);
		if (fd >= 0)
			close(fd);
		return rc;
	}
	rc = write_rows(out, err);
	if (rc == 0 && fsync(fd) != 0)
		rc = cannot(out, err);
	fclose(out->file);
	if (rc == 0)
		rc = db_file_place(part, out->path, false, err);
	unlink(part);
	return rc;
}

int store_ledger_export(struct store *store, const char *path, int64_t *written,
			struct error *err)
{
	struct output out = { .store = store, .local = local_of(store), .path = path,
			      .file = stdout };
	const bool standard = !strcmp(path, "-");
	int rc;

	*written = 0;
	if (store->actor.user_id && local_may(&store->actor, PERM_PROVE, err) < 0)
		return err->code;
	if (!standard && access(path, F_OK) == 0) /* before it is logged as taken out */
		return error_reason(err, REASON_FILE_EXISTS, "file", path, NULL);
	if (out.local) {
		out.local->store.progress = store->progress;
		out.local->store.progress_context = store->progress_context;
		local_enter(out.local);
	}
	rc = out.local ? note(out.local, &out.total, err) : note_there(store, err);
	if (rc == 0)
		rc = standard ? write_rows(&out, err) : to_file(&out, err);
	if (out.local)
		local_leave(out.local);
	buf_release(&out.bytes);
	*written = out.written;
	return rc;
}
