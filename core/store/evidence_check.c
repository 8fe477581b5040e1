/* The folder of evidence as a whole: held against the rows, cleaned, copied. */
#include "core/store/evidence.h"
#include "core/store/local_note.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/model/reason.h"

/* Every hash that a row names, in order, with the first place that names it. */
struct named {
	uint8_t sha256[HASH_BYTES];
	struct evidence_place place;
};

struct names {
	struct arena arena;
	struct named *items;
	size_t count;
};

static int names_read(struct local *local, struct names *names, struct error *err)
{
	struct stmt *stmt = NULL;
	int64_t room = 0;
	int rc = db_number(local->db, "SELECT count(DISTINCT sha256) FROM evidence", &room, err);

	arena_init(&names->arena);
	names->count = 0;
	if (rc == 0)
		rc = db_prepare(local->db, "SELECT e.sha256, c.claim_no, l.line_no"
				" FROM evidence e JOIN claim_line l ON l.id = e.line_id"
				" JOIN credit_claim c ON c.id = l.claim_id"
				" WHERE e.id IN (SELECT min(id) FROM evidence WHERE sha256 IS NOT NULL"
				" GROUP BY sha256) ORDER BY e.sha256",
				&stmt, err);
	if (rc < 0)
		return rc;
	/* A row that is added between the two is of a file that is new. */
	names->items = arena_array(&names->arena, (size_t)room + 1, sizeof *names->items);
	while (names->count < (size_t)room && (rc = stmt_step(stmt, err)) > 0) {
		struct named *named = &names->items[names->count++];
		size_t len;

		memcpy(named->sha256, stmt_blob(stmt, 0, &len), HASH_BYTES);
		named->place.claim_no = arena_strdup(&names->arena, stmt_text(stmt, 1));
		named->place.line_no = stmt_int(stmt, 2);
	}
	if (rc >= 0)
		stmt_reset(stmt);
	return rc < 0 ? rc : 0;
}

static int compare(const void *a, const void *b)
{
	return memcmp(((const struct named *)a)->sha256, ((const struct named *)b)->sha256, HASH_BYTES);
}

static bool names_have(const struct names *names, const uint8_t sha256[HASH_BYTES])
{
	struct named key = { .sha256 = { 0 } };

	memcpy(key.sha256, sha256, HASH_BYTES);
	return bsearch(&key, names->items, names->count, sizeof key, compare) != NULL;
}

static int may(struct store *store, struct local **local, struct error *err)
{
	*local = local_of(store);
	if (!*local)
		return error_reason(err, REASON_STORE_REMOTE, NULL);
	return store->actor.user_id ? local_may(&store->actor, PERM_ADMIN, err) : 0;
}

/* Reads each file that is named; TO, when there is one, gets a copy. What can't
 * be had for another reason than its own state is an error. */
static int each_named(struct local *local, const struct names *names, const char *to,
		      struct evidence_tally *tally, struct error *err)
{
	const char *folder = names->count ? local_evidence_folder(local, err) : "";
	const struct store *store = &local->store;

	for (size_t i = 0; folder && i < names->count; i++) {
		const struct named *named = &names->items[i];
		struct error one = ERROR_INIT;
		uint8_t again[HASH_BYTES];
		struct buf bytes;
		int rc;

		if (store->progress && store->progress(store->progress_context, (int64_t)i,
						       (int64_t)names->count))
			return error_reason(err, REASON_CANCELLED, NULL);
		if (evidence_take(folder, named->sha256, &named->place, &bytes, &one) < 0) {
			tally->missing += one.reason == REASON_EVIDENCE_MISSING;
			tally->changed += one.reason != REASON_EVIDENCE_MISSING;
			if (!*tally->claim_no) {
				snprintf(tally->claim_no, sizeof tally->claim_no, "%s",
					 named->place.claim_no);
				tally->line_no = named->place.line_no;
				tally->first_missing = one.reason == REASON_EVIDENCE_MISSING;
			}
			continue;
		}
		tally->kept++;
		tally->bytes += (int64_t)bytes.len;
		rc = to ? evidence_keep(to, bytes.bytes, bytes.len, again, err) : 0;
		buf_release(&bytes);
		if (rc < 0)
			return rc;
	}
	return folder ? 0 : err->code;
}

struct sweep {
	const struct names *names;
	struct evidence_tally *tally;
	bool remove;
};

static int sweep_one(void *context, const struct evidence_found *found)
{
	struct sweep *sweep = context;
	int64_t young = found->half ? EVIDENCE_HALF_S : EVIDENCE_UNUSED_S;

	if (!found->half && names_have(sweep->names, found->sha256))
		return 0;
	if (sweep->remove && (found->age_s <= young || unlink(found->path) < 0))
		return 0;
	if (found->half) {
		sweep->tally->half++;
	} else {
		sweep->tally->unused++;
		sweep->tally->unused_bytes += found->bytes;
	}
	return 0;
}

static int work(struct store *store, bool remove, struct evidence_tally *tally, struct error *err)
{
	struct sweep sweep = { .tally = tally, .remove = remove };
	struct names names = { .count = 0 };
	struct local *local;
	const char *folder;
	int rc;

	memset(tally, 0, sizeof *tally);
	if (may(store, &local, err) < 0)
		return err->code;
	local->store.progress = store->progress;
	local->store.progress_context = store->progress_context;
	local_enter(local);
	rc = names_read(local, &names, err);
	local_leave(local);
	sweep.names = &names;
	if (rc == 0 && !remove)
		rc = each_named(local, &names, NULL, tally, err);
	folder = rc == 0 ? local_evidence_folder(local, err) : NULL;
	if (rc == 0)
		rc = folder ? evidence_walk(folder, sweep_one, &sweep, err) : err->code;
	arena_release(&names.arena);
	return rc;
}

int store_evidence_check(struct store *store, struct evidence_tally *tally, struct error *err)
{
	return work(store, false, tally, err);
}

/* What a row names meanwhile was sent less than a day ago, so it stays. */
int store_evidence_purge(struct store *store, struct evidence_tally *tally, struct error *err)
{
	struct local *local;
	char detail[120];
	int rc = work(store, true, tally, err);

	if (rc < 0)
		return rc;
	local = local_of(store);
	snprintf(detail, sizeof detail, "files=%lld bytes=%lld unfinished=%lld",
		 (long long)tally->unused, (long long)tally->unused_bytes, (long long)tally->half);
	local_enter(local);
	rc = local_note(local, "evidence.purge", detail, err);
	local_leave(local);
	return rc;
}

/* --- copies --- */

int evidence_back_up(struct local *local, const char *to, struct evidence_tally *tally,
		     struct error *err)
{
	struct names names = { .count = 0 };
	int rc;

	memset(tally, 0, sizeof *tally);
	local_enter(local);
	rc = names_read(local, &names, err);
	local_leave(local);
	if (rc == 0)
		rc = each_named(local, &names, to, tally, err);
	arena_release(&names.arena);
	return rc;
}

struct bringing {
	const char *to;
	struct error *err;
};

/* A copy that is not what its name says is left where it is; the check after
 * the restore tells which claim misses it. */
static int bring_one(void *context, const struct evidence_found *found)
{
	struct bringing *bringing = context;
	struct error quiet = ERROR_INIT;
	uint8_t hash[HASH_BYTES];
	struct buf bytes;
	int rc = 0;

	if (found->half || evidence_read(found->path, &bytes, &quiet) < 0)
		return 0;
	hash_sha256(bytes.bytes, bytes.len, hash);
	if (!memcmp(hash, found->sha256, HASH_BYTES))
		rc = evidence_keep(bringing->to, bytes.bytes, bytes.len, hash, bringing->err);
	buf_release(&bytes);
	return rc;
}

int evidence_bring_back(const char *from, const char *to, struct error *err)
{
	struct bringing bringing = { to, err };

	return evidence_walk(from, bring_one, &bringing, err);
}
