#include "core/store/evidence.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/model/reason.h"

const char *local_evidence_folder(struct local *local, struct error *err)
{
	const char *root = getenv("TMPDIR");
	char *path;

	if (local->evidence)
		return local->evidence;
	path = arena_printf(&local->texts, "%s/overpass-evidence-XXXXXX",
			    root && *root ? root : "/tmp");
	if (!mkdtemp(path)) {
		error_reason(err, REASON_FILE_WRITE, "file", path, "why", strerror(errno), NULL);
		return NULL;
	}
	local->evidence = path;
	return path;
}

int local_evidence_put(struct store *store, const void *bytes, size_t len,
		       uint8_t sha256[HASH_BYTES], struct error *err)
{
	struct local *local = (struct local *)store;
	const char *folder;

	if (local_may(&store->actor, PERM_CLAIM_EDIT, err) < 0)
		return err->code;
	folder = local_evidence_folder(local, err);
	return folder ? evidence_keep(folder, bytes, len, sha256, err) : err->code;
}

/* Which claim of the actor's scope has the file, and has he asked for it? The
 * one that he asked for last comes first. */
static const char by_hash[] =
	"SELECT c.claim_no, l.line_no, (SELECT max(a.id) FROM audit_event a"
	" WHERE a.object_kind = 'credit_claim' AND a.object_id = c.id"
	" AND a.action = 'claim.evidence_open' AND a.detail = 'line ' || l.line_no"
	" AND a.user_id = ?2 AND a.at >= ?3)"
	" FROM evidence t JOIN claim_line l ON l.id = t.line_id"
	" JOIN credit_claim c ON c.id = l.claim_id JOIN student s ON s.id = c.student_id"
	" WHERE t.sha256 = ?1 AND (?4 IS NULL OR s.branch_id = ?4 OR s.centre_id = ?4)"
	" ORDER BY 3 DESC NULLS LAST, t.id LIMIT 1";

/* 1: PLACE has it, *asked tells the rest; 0: no claim he sees. */
static int place_find(struct local *local, const uint8_t sha256[HASH_BYTES],
		      struct evidence_place *place, bool *asked, struct arena *arena,
		      struct error *err)
{
	const struct actor *actor = &local->store.actor;
	struct stmt *stmt;
	int rc;

	if (db_prepare(local->db, by_hash, &stmt, err) < 0)
		return err->code;
	stmt_bind_blob(stmt, 1, sha256, HASH_BYTES);
	stmt_bind_int(stmt, 2, actor->user_id);
	stmt_bind_int(stmt, 3, local_now(local) - EVIDENCE_OPEN_S);
	stmt_bind_int(stmt, 4, actor->system ? OV_NULL : actor->branch_id);
	rc = stmt_step(stmt, err);
	if (rc > 0) {
		place->claim_no = arena_strdup(arena, stmt_text(stmt, 0));
		place->line_no = stmt_int(stmt, 1);
		*asked = stmt_int(stmt, 2) != OV_NULL;
	}
	if (rc >= 0)
		stmt_reset(stmt);
	return rc;
}

static int get(struct local *local, const uint8_t sha256[HASH_BYTES], struct buf *bytes,
	       struct arena *arena, struct error *err)
{
	struct evidence_place place = { .claim_no = "" };
	char hex[HASH_HEX];
	const char *folder;
	bool asked = false;
	int rc = place_find(local, sha256, &place, &asked, arena, err);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return local_not_found(KIND_EVIDENCE, 0, hash_hex(sha256, hex), err);
	if (!asked)
		return error_reason(err, REASON_EVIDENCE_UNASKED, "claim", place.claim_no, NULL);
	folder = local_evidence_folder(local, err);
	return folder ? evidence_take(folder, sha256, &place, bytes, err) : err->code;
}

int local_evidence_get(struct store *store, const uint8_t sha256[HASH_BYTES],
		       struct buf *bytes, struct error *err)
{
	struct local *local = (struct local *)store;
	struct arena arena = ARENA_INIT;
	int rc;

	buf_init(bytes, EVIDENCE_MAX);
	if (local_may(&store->actor, PERM_REVEAL, err) < 0)
		return err->code;
	local_enter(local);
	rc = get(local, sha256, bytes, &arena, err);
	local_leave(local);
	arena_release(&arena);
	return rc;
}

/* --- a form's file --- */

/* What one record of arguments says of a file. */
struct attachment {
	const struct field *file, *size, *hash;
	void *record;
	const char *name;
	struct buf bytes;
};

enum { ATTACHED_MAX = 100 };

/* The file that TABLE's RECORD names and that has no hash yet; false: none. */
static bool attachment_of(const struct field_table *table, void *record, struct attachment *out)
{
	*out = (struct attachment){ .record = record };
	for (size_t i = 0; i < table->count; i++)
		if (table->fields[i].flags & ATTACH)
			out->file = &table->fields[i];
	out->size = field_find(table, "size");
	out->hash = field_find(table, "sha256");
	return out->file && out->size && out->hash && field_text(out->file, record) &&
	       !field_hash(out->hash, record);
}

/* One after the other, so that a claim of 99 lines doesn't hold 2 GB. */
static int attach_one(struct store *store, struct attachment *a, bool send, struct arena *arena,
		      struct error *err)
{
	uint8_t sha256[HASH_BYTES];
	int rc;

	if (evidence_name(field_text(a->file, a->record), arena, &a->name, err) < 0 ||
	    evidence_read(field_text(a->file, a->record), &a->bytes, err) < 0)
		return err->code;
	hash_sha256(a->bytes.bytes, a->bytes.len, sha256);
	rc = send ? store_evidence_put(store, a->bytes.bytes, a->bytes.len, sha256, err) : 0;
	if (rc == 0) {
		field_set_text(a->file, a->record, a->name);
		field_set_int(a->size, a->record, (int64_t)a->bytes.len);
		field_set_hash(a->hash, a->record, arena_memdup(arena, sha256, HASH_BYTES));
	}
	buf_release(&a->bytes);
	return rc;
}

static size_t attachments(struct command *command, struct attachment *all)
{
	const struct field_table *table = command->def->args;
	size_t count = attachment_of(table, command->args, &all[0]);

	for (size_t i = 0; i < table->count; i++) {
		const struct record_list *list = table->fields[i].type == FT_LIST ?
			field_list(&table->fields[i], command->args) : NULL;

		for (size_t k = 0; list && k < list->count && count < ATTACHED_MAX; k++)
			count += attachment_of(table->fields[i].items, list->items[k], &all[count]);
	}
	return count;
}

int evidence_attach(struct store *store, struct command *command, bool assess,
		    struct arena *arena, struct error *err)
{
	struct attachment *all;
	struct error first;
	size_t count;

	if (!command->args)
		return 0;
	all = arena_array(arena, ATTACHED_MAX, sizeof *all);
	count = attachments(command, all);
	/* Whether all can be read is known before the first one is sent. */
	for (size_t i = 0; i < count && !assess && count > 1; i++) {
		first = (struct error)ERROR_INIT;
		if (evidence_read(field_text(all[i].file, all[i].record), &all[i].bytes, &first) < 0) {
			*err = first;
			return err->code;
		}
		buf_release(&all[i].bytes);
	}
	for (size_t i = 0; i < count; i++)
		if (attach_one(store, &all[i], !assess, arena, err) < 0)
			return err->code;
	return 0;
}
