/* Files of evidence: what is taken in, how it is kept, who gets it back. */
#include "tests/unit/shared.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/store/admin.h"
#include "core/store/commands/claim_args.h"
#include "core/store/evidence.h"
#include "tests/contract/scratch.h"
#include "tests/unit/claim_world.h"

static const char post[] = "T-POST,no=K1,level=4,issued=2015-06-01,evidence=COPY";
static struct error err;
static struct buf bytes;

static int setup(void **state)
{
	static struct world world;

	scratch_make();
	memset(&world, 0, sizeof world);
	world_open(&world);
	error_clear(&err);
	*state = &world;
	return 0;
}

static int teardown(void **state)
{
	buf_release(&bytes);
	world_close(*state);
	scratch_remove();
	return 0;
}

/* A file of that name with TEXT in it. */
static const char *file_make(const char *name, const char *text)
{
	const char *path = scratch_path(name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_not_equal(fputs(text, file), EOF);
	assert_int_equal(fclose(file), 0);
	return path;
}

static const char *file_sized(const char *name, off_t size)
{
	const char *path = file_make(name, "");

	assert_int_equal(truncate(path, size), 0);
	return path;
}

static void backdate(const char *path, int64_t seconds)
{
	struct timespec times[2] = { { .tv_sec = time(NULL) - seconds }, { .tv_sec = time(NULL) - seconds } };

	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static const char *kept_path(const char *folder, const uint8_t sha256[HASH_BYTES])
{
	static char path[600];
	char hex[HASH_HEX];

	hash_hex(sha256, hex);
	snprintf(path, sizeof path, "%s/%.2s/%s", folder, hex, hex + 2);
	return path;
}

#define assert_reason(code, expected) do { \
	assert_true((code) < 0); \
	assert_string_equal(reason_code(err.reason), expected); \
	error_clear(&err); \
} while (0)

/* --- what is taken in --- */

static void only_whole_files_are_read(void **state)
{
	(void)state;
	assert_reason(evidence_read(scratch_path("not-there"), &bytes, &err), "FILE_OPEN");
	assert_reason(evidence_read(scratch_path(""), &bytes, &err), "EVIDENCE_NOT_FILE");
	assert_int_equal(mkfifo(scratch_path("pipe"), 0600), 0);
	assert_reason(evidence_read(scratch_path("pipe"), &bytes, &err), "EVIDENCE_NOT_FILE");
	assert_reason(evidence_read("/dev/zero", &bytes, &err), "EVIDENCE_NOT_FILE");
	assert_reason(evidence_read(file_make("empty", ""), &bytes, &err), "EVIDENCE_EMPTY");
	assert_reason(evidence_read(file_sized("large", EVIDENCE_MAX + 1), &bytes, &err),
		      "EVIDENCE_LARGE");
	assert_null(bytes.bytes);
	assert_int_equal(symlink("nowhere", scratch_path("dangling")), 0);
	assert_reason(evidence_read(scratch_path("dangling"), &bytes, &err), "FILE_OPEN");
	if (geteuid() != 0) { /* root reads everything */
		assert_int_equal(chmod(file_make("closed", "x"), 0), 0);
		assert_reason(evidence_read(scratch_path("closed"), &bytes, &err), "FILE_OPEN");
	}
	file_make("scan.pdf", "a scan");
	assert_int_equal(symlink("scan.pdf", scratch_path("link")), 0);
	assert_int_equal(evidence_read(scratch_path("link"), &bytes, &err), 0);
	assert_int_equal(bytes.len, 6);
	buf_release(&bytes);
	assert_int_equal(evidence_read(file_sized("largest", EVIDENCE_MAX), &bytes, &err), 0);
	assert_int_equal(bytes.len, EVIDENCE_MAX);
}

static void names_show_as_they_are(void **state)
{
	struct world *w = *state;
	const char *name;
	char longest[4 * EVIDENCE_NAME_MAX] = "";

	assert_int_equal(evidence_name("/a/b/扫描 1.pdf", &w->arena, &name, &err), 0);
	assert_string_equal(name, "扫描 1.pdf");
	assert_reason(evidence_name("/a/b\n.pdf", &w->arena, &name, &err), "EVIDENCE_NAME");
	assert_reason(evidence_name("/a/\033[31m.pdf", &w->arena, &name, &err), "EVIDENCE_NAME");
	assert_reason(evidence_name("\xc2\x9b.pdf", &w->arena, &name, &err), "EVIDENCE_NAME");
	assert_reason(evidence_name("a\xe2\x80\xae""fdp.exe", &w->arena, &name, &err), "EVIDENCE_NAME");
	assert_reason(evidence_name("a\xe2\x81\xa6""b", &w->arena, &name, &err), "EVIDENCE_NAME");
	assert_reason(evidence_name("a\xff""b", &w->arena, &name, &err), "EVIDENCE_NAME");
	assert_reason(evidence_name("folder/", &w->arena, &name, &err), "EVIDENCE_NAME");
	for (size_t i = 0; i < EVIDENCE_NAME_MAX; i++)
		memcpy(longest + 3 * i, "名", 4);
	assert_int_equal(evidence_name(longest, &w->arena, &name, &err), 0);
	memcpy(longest + 3 * (size_t)EVIDENCE_NAME_MAX, "x", 2);
	assert_reason(evidence_name(longest, &w->arena, &name, &err), "EVIDENCE_NAME");
}

static void nothing_is_overwritten(void **state)
{
	const char *path = file_make("there.pdf", "old");

	(void)state;
	assert_int_equal(evidence_read(path, &bytes, &err), 0);
	assert_reason(evidence_write(path, &bytes, &err), "FILE_EXISTS");
	assert_reason(evidence_write(scratch_path("no/such/folder"), &bytes, &err), "FILE_WRITE");
	assert_int_equal(evidence_write(scratch_path("new.pdf"), &bytes, &err), 0);
	buf_release(&bytes);
	assert_int_equal(evidence_read(scratch_path("new.pdf"), &bytes, &err), 0);
	assert_string_equal(bytes.bytes, "old");
}

/* --- how it is kept --- */

static void kept_under_its_hash(void **state)
{
	static const struct evidence_place place = { "SQ202603-00001", 7 };
	const char *folder = scratch_path("x.evidence");
	uint8_t first[HASH_BYTES] = { 0 }, again[HASH_BYTES];
	struct stat st;

	(void)state;
	assert_reason(evidence_keep(folder, "", 0, first, &err), "EVIDENCE_EMPTY");
	assert_reason(evidence_take(folder, first, &place, &bytes, &err), "EVIDENCE_MISSING");
	assert_int_equal(evidence_keep(folder, "a scan", 6, first, &err), 0);
	assert_int_equal(stat(folder, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_int_equal(stat(kept_path(folder, first), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(evidence_size(folder, first), 6);
	/* The same once more is the same file, as young as if it were new. */
	backdate(kept_path(folder, first), 5 * EVIDENCE_UNUSED_S);
	assert_int_equal(evidence_keep(folder, "a scan", 6, again, &err), 0);
	assert_memory_equal(first, again, HASH_BYTES);
	assert_int_equal(stat(kept_path(folder, first), &st), 0);
	assert_true(st.st_mtime > time(NULL) - EVIDENCE_UNUSED_S);
	assert_int_equal(evidence_take(folder, first, &place, &bytes, &err), 0);
	assert_string_equal(bytes.bytes, "a scan");
}

static void a_changed_file_is_not_handed_out(void **state)
{
	static const struct evidence_place place = { "SQ202603-00001", 7 };
	const char *folder = scratch_path("x.evidence");
	uint8_t sha256[HASH_BYTES];
	FILE *file;

	(void)state;
	assert_int_equal(evidence_keep(folder, "a scan", 6, sha256, &err), 0);
	file = fopen(kept_path(folder, sha256), "w");
	assert_non_null(file);
	fputs("a scam", file);
	fclose(file);
	assert_true(evidence_take(folder, sha256, &place, &bytes, &err) < 0);
	assert_null(bytes.bytes);
	assert_non_null(strstr(err.message, "SQ202603-00001"));
	assert_non_null(strstr(err.message, "line 7"));
	assert_reason(err.code, "EVIDENCE_CHANGED");
	assert_int_equal(truncate(kept_path(folder, sha256), 0), 0);
	assert_reason(evidence_take(folder, sha256, &place, &bytes, &err), "EVIDENCE_CHANGED");
	/* Whoever still has the file mends it. */
	assert_int_equal(evidence_keep(folder, "a scan", 6, sha256, &err), 0);
	assert_int_equal(evidence_take(folder, sha256, &place, &bytes, &err), 0);
	buf_release(&bytes);
	assert_int_equal(unlink(kept_path(folder, sha256)), 0);
	assert_true(evidence_take(folder, sha256, &place, &bytes, &err) < 0);
	assert_non_null(strstr(err.message, "SQ202603-00001"));
	assert_reason(err.code, "EVIDENCE_MISSING");
}

static int count_one(void *context, const struct evidence_found *found)
{
	int *counts = context;

	counts[found->half]++;
	return 0;
}

static void what_a_crash_leaves_is_cleaned(void **state)
{
	const char *folder = scratch_path("x.evidence");
	int counts[2] = { 0, 0 };
	uint8_t sha256[HASH_BYTES];

	(void)state;
	assert_int_equal(evidence_keep(folder, "one", 3, sha256, &err), 0);
	backdate(file_make("x.evidence/.new-old", "on"), EVIDENCE_HALF_S + 60);
	file_make("x.evidence/.new-young", "tw"); /* somebody may be at it */
	assert_int_equal(evidence_keep(folder, "two", 3, sha256, &err), 0);
	assert_int_not_equal(access(scratch_path("x.evidence/.new-old"), F_OK), 0);
	assert_int_equal(evidence_walk(folder, count_one, counts, &err), 0);
	assert_int_equal(counts[0], 2);
	assert_int_equal(counts[1], 1);
	evidence_remove(folder);
	assert_int_not_equal(access(folder, F_OK), 0);
	assert_int_equal(evidence_walk(folder, count_one, counts, &err), 0);
}

/* --- with claims --- */

/* Adds the file at PATH to line 1 of a claim, as form and command line do. */
static int add_file(struct world *w, int64_t claim, const char *path, bool assess)
{
	struct command command;
	int rc;

	error_clear(&w->err);
	command_init(&command, command_find("claim.evidence_add"), &w->arena);
	command.target = claim;
	command.expected_rev = OV_NULL;
	assert_int_equal(command_set(&command, "line_no", "1", &w->arena, &w->err), 0);
	assert_int_equal(command_set(&command, "evidence", "COPY", &w->arena, &w->err), 0);
	assert_int_equal(command_set(&command, "file", path, &w->arena, &w->err), 0);
	rc = evidence_attach(w->store, &command, assess, &w->arena, &w->err);
	if (rc < 0)
		return rc;
	return assess ? store_assess(w->store, &command, &w->arena, &w->outcome, &w->err) :
	       store_execute(w->store, &command, 1, &w->arena, &w->outcome, NULL, &w->err);
}

static const struct evidence *last_file(struct world *w)
{
	struct record_list list;

	world_find(w, KIND_EVIDENCE, NULL, 0, &list);
	for (size_t i = list.count; i-- > 0;)
		if (((struct evidence *)list.items[i])->sha256)
			return list.items[i];
	return NULL;
}

static bool advised(const struct world *w, const char *code)
{
	const struct record_list *list = bundle_list(&w->outcome.records, &advice_fields);

	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(((struct advice *)list->items[i])->code, code))
			return true;
	return false;
}

static void a_file_is_added_by_its_path(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[0], post);
	const char *path = file_make("scan.pdf", "a scan");
	const struct evidence *piece;
	char folder[300];

	world_as(w, "front_desk.1");
	/* The preview reads it, and keeps nothing. */
	assert_done(w, add_file(w, id, path, true));
	assert_null(w->local->evidence);
	assert_null(last_file(w));
	assert_done(w, add_file(w, id, path, false));
	piece = last_file(w);
	assert_non_null(piece);
	assert_string_equal(piece->file_name, "scan.pdf");
	assert_int_equal(piece->size_bytes, 6);
	assert_int_equal(evidence_size(w->local->evidence, piece->sha256), 6);
	assert_refused(w, add_file(w, id, scratch_path("none.pdf"), false), "FILE_OPEN");
	assert_refused(w, add_file(w, id, file_make("empty.pdf", ""), false), "EVIDENCE_EMPTY");
	assert_refused(w, add_file(w, id, file_make("a\xe2\x80\xae""b", "x"), false), "EVIDENCE_NAME");
	world_as(w, "viewer.1");
	assert_refused(w, add_file(w, id, path, false), "PERM_DENIED");
	/* A store in memory takes its folder along. */
	snprintf(folder, sizeof folder, "%s", w->local->evidence);
	assert_int_equal(access(folder, F_OK), 0);
	world_close(w);
	assert_int_not_equal(access(folder, F_OK), 0);
	memset(w, 0, sizeof *w);
	world_open(w);
}

static void a_hash_without_its_bytes_is_refused(void **state)
{
	static const char hash[] = "00000000000000000000000000000000"
				   "000000000000000000000000000000ff";
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[0], post);

	world_as(w, "front_desk.1");
	assert_refused(w, world_run(w, "claim.evidence_add", id, "line_no", "1", "evidence", "COPY",
				    "file", "scan.pdf", "sha256", hash, NULL), "EVIDENCE_NOT_SENT");
	assert_null(last_file(w));
}

static void the_same_file_of_another_learner_warns(void **state)
{
	struct world *w = *state;
	int64_t one = world_claim(w, w->students[0], post);
	int64_t other = world_claim(w, w->students[1],
				    "T-POST,no=K2,level=4,issued=2015-06-01,evidence=COPY");

	world_as(w, "front_desk.1");
	assert_done(w, add_file(w, one, file_make("a.pdf", "the same"), false));
	assert_false(advised(w, "EVIDENCE_TWIN"));
	assert_done(w, add_file(w, one, file_make("b.pdf", "the same"), false)); /* his own */
	assert_false(advised(w, "EVIDENCE_TWIN"));
	assert_done(w, add_file(w, other, file_make("c.pdf", "another"), false));
	assert_false(advised(w, "EVIDENCE_TWIN"));
	assert_done(w, add_file(w, other, file_make("d.pdf", "the same"), true));
	assert_true(advised(w, "EVIDENCE_TWIN"));
	assert_done(w, add_file(w, other, scratch_path("d.pdf"), false));
	assert_true(advised(w, "EVIDENCE_TWIN"));
}

static void a_claim_made_with_that_file_warns_too(void **state)
{
	struct world *w = *state;
	int64_t one = world_claim(w, w->students[0], post);
	const struct evidence *piece;
	char hex[HASH_HEX];

	world_as(w, "front_desk.1");
	assert_done(w, add_file(w, one, file_make("a.pdf", "the same"), false));
	piece = last_file(w);
	world_line(w, &claim_source_fields, arena_printf(&w->arena,
		"T-POST,no=K7,level=4,issued=2015-06-01,evidence=COPY,file=b.pdf,sha256=%s",
		hash_hex(piece->sha256, hex)));
	assert_done(w, world_run(w, "claim.create", 0, "student_id",
				 arena_printf(&w->arena, "%lld", (long long)w->students[1]), NULL));
	assert_true(advised(w, "EVIDENCE_TWIN"));
}

/* Lines that come, or stay, by an edit. */
static void a_claim_edited_with_that_file_warns_too(void **state)
{
	struct world *w = *state;
	int64_t one = world_claim(w, w->students[0], post), other;
	const struct evidence *piece;
	char hex[HASH_HEX];

	world_as(w, "front_desk.1");
	assert_done(w, add_file(w, one, file_make("a.pdf", "the same"), false));
	piece = last_file(w);
	world_line(w, &claim_source_fields, "T-POST,no=K7,level=4,issued=2015-06-01,evidence=COPY");
	assert_done(w, world_run(w, "claim.create", 0, "student_id",
				 arena_printf(&w->arena, "%lld", (long long)w->students[1]), NULL));
	other = w->outcome.id;
	world_line(w, &claim_source_fields, "T-POST,no=K7,level=4,issued=2015-06-01,evidence=COPY");
	assert_done(w, world_run(w, "claim.edit", other, NULL));
	assert_false(advised(w, "EVIDENCE_TWIN"));
	world_line(w, &claim_source_fields, arena_printf(&w->arena,
		"T-SAFE,no=S7,issued=2015-06-01,evidence=COPY,file=b.pdf,sha256=%s",
		hash_hex(piece->sha256, hex)));
	assert_done(w, world_run(w, "claim.edit", other, NULL));
	assert_true(advised(w, "EVIDENCE_TWIN"));
}

/* I23 */
static void only_who_gave_a_reason_gets_it(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[0], post);
	uint8_t sha256[HASH_BYTES];

	world_as(w, "front_desk.1");
	assert_done(w, add_file(w, id, file_make("scan.pdf", "a scan"), false));
	memcpy(sha256, last_file(w)->sha256, HASH_BYTES);
	world_as(w, "verifier.1");
	assert_refused(w, store_evidence_get(w->store, sha256, &bytes, &w->err), "EVIDENCE_UNASKED");
	assert_null(bytes.bytes);
	assert_refused(w, world_run(w, "claim.evidence_open", id, "line_no", "1", NULL), "REASON_NEEDED");
	assert_refused(w, world_run(w, "claim.evidence_open", id, "line_no", "2", "reason",
				    "Compare", NULL), "NOT_FOUND");
	assert_refused(w, store_evidence_get(w->store, sha256, &bytes, &w->err), "EVIDENCE_UNASKED");
	assert_done(w, world_run(w, "claim.evidence_open", id, "line_no", "1", "reason",
				 "Compare with the original", NULL));
	assert_done(w, store_evidence_get(w->store, sha256, &bytes, &w->err));
	assert_string_equal(bytes.bytes, "a scan");
	buf_release(&bytes);
	/* It opened for him alone, for ten minutes. */
	world_as(w, "reviewer1.1");
	assert_refused(w, store_evidence_get(w->store, sha256, &bytes, &w->err), "EVIDENCE_UNASKED");
	world_as(w, "viewer.1");
	assert_refused(w, world_run(w, "claim.evidence_open", id, "line_no", "1", "reason", "Curious",
				    NULL), "PERM_DENIED");
	assert_refused(w, store_evidence_get(w->store, sha256, &bytes, &w->err), "PERM_DENIED");
	world_as(w, "verifier.1");
	w->local->clock.fixed_now = local_now(w->local) + EVIDENCE_OPEN_S + 1;
	assert_refused(w, store_evidence_get(w->store, sha256, &bytes, &w->err), "EVIDENCE_UNASKED");
	sha256[0] ^= 1;
	assert_refused(w, store_evidence_get(w->store, sha256, &bytes, &w->err), "NOT_FOUND");
}

static void another_branch_sees_none(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[0], post);
	struct actor actor;
	uint8_t sha256[HASH_BYTES];

	world_as(w, "front_desk.1");
	assert_done(w, add_file(w, id, file_make("scan.pdf", "a scan"), false));
	memcpy(sha256, last_file(w)->sha256, HASH_BYTES);
	world_as(w, "verifier.1");
	assert_done(w, world_run(w, "claim.evidence_open", id, "line_no", "1", "reason", "Compare", NULL));
	actor = w->store->actor;
	actor.branch_id = 999999;
	local_act_as(w->store, &actor);
	assert_refused(w, store_evidence_get(w->store, sha256, &bytes, &w->err), "NOT_FOUND");
}

/* --- the folder as a whole --- */

static void rows_and_files_are_held_together(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[0], post);
	uint8_t unused[HASH_BYTES], young[HASH_BYTES], named[HASH_BYTES];
	const struct audit_event *event;
	struct record_list events;
	struct evidence_tally tally;
	const char *folder;

	local_act_as(w->store, &system_actor);
	assert_done(w, store_evidence_check(w->store, &tally, &w->err));
	assert_done(w, store_evidence_purge(w->store, &tally, &w->err));
	assert_int_equal(tally.kept + tally.missing + tally.changed + tally.unused + tally.half, 0);
	world_as(w, "front_desk.1");
	assert_done(w, add_file(w, id, file_make("scan.pdf", "a scan"), false));
	memcpy(named, last_file(w)->sha256, HASH_BYTES);
	assert_done(w, store_evidence_put(w->store, "given up", 8, unused, &w->err));
	assert_done(w, store_evidence_put(w->store, "coming", 6, young, &w->err));
	folder = w->local->evidence;
	backdate(kept_path(folder, unused), EVIDENCE_UNUSED_S + 60);
	backdate(kept_path(folder, named), EVIDENCE_UNUSED_S + 60);
	assert_refused(w, store_evidence_check(w->store, &tally, &w->err), "PERM_DENIED");
	assert_refused(w, store_evidence_purge(w->store, &tally, &w->err), "PERM_DENIED");
	world_as(w, "admin.1");
	assert_done(w, store_evidence_check(w->store, &tally, &w->err));
	assert_int_equal(tally.kept, 1);
	assert_int_equal(tally.bytes, 6);
	assert_int_equal(tally.unused, 2);
	assert_done(w, store_evidence_purge(w->store, &tally, &w->err));
	assert_int_equal(tally.unused, 1);
	assert_int_equal(tally.unused_bytes, 8);
	world_find(w, KIND_AUDIT_EVENT, NULL, 0, &events);
	event = events.items[events.count - 1];
	assert_string_equal(event->action, "evidence.purge");
	assert_string_equal(event->detail, "files=1 bytes=8 unfinished=0");
	assert_int_equal(event->user_id, w->store->actor.user_id);
	assert_int_equal(evidence_size(folder, unused), -1);
	assert_int_equal(evidence_size(folder, young), 6);
	assert_int_equal(evidence_size(folder, named), 6);
	assert_int_equal(truncate(kept_path(folder, named), 3), 0);
	assert_done(w, store_evidence_check(w->store, &tally, &w->err));
	assert_int_equal(tally.changed, 1);
	assert_int_equal(tally.line_no, 1);
	assert_int_equal(unlink(kept_path(folder, named)), 0);
	assert_done(w, store_evidence_check(w->store, &tally, &w->err));
	assert_int_equal(tally.missing, 1);
	assert_true(tally.first_missing);
}

static void a_backup_takes_the_files_along(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[0], post);
	uint8_t named[HASH_BYTES], lost[HASH_BYTES];
	struct evidence_tally tally;

	world_as(w, "front_desk.1");
	assert_done(w, add_file(w, id, file_make("scan.pdf", "a scan"), false));
	memcpy(named, last_file(w)->sha256, HASH_BYTES);
	assert_done(w, add_file(w, id, file_make("lost.pdf", "lost"), false));
	memcpy(lost, last_file(w)->sha256, HASH_BYTES);
	assert_int_equal(unlink(kept_path(w->local->evidence, lost)), 0);
	local_act_as(w->store, &system_actor);
	assert_done(w, store_backup(w->store, scratch_path("copy.db"), &tally, &w->err));
	assert_int_equal(tally.kept, 1);
	assert_int_equal(tally.missing, 1);
	assert_int_equal(evidence_size(scratch_path("copy.db.evidence"), named), 6);
	assert_done(w, store_restore(scratch_url("sqlite:", "new.db"), scratch_path("copy.db"), &w->err));
	assert_int_equal(evidence_size(scratch_path("new.db.evidence"), named), 6);
	assert_int_equal(evidence_size(scratch_path("new.db.evidence"), lost), -1);
}

#define T(NAME) cmocka_unit_test_setup_teardown(NAME, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(only_whole_files_are_read), T(names_show_as_they_are), T(nothing_is_overwritten),
		T(kept_under_its_hash), T(a_changed_file_is_not_handed_out),
		T(what_a_crash_leaves_is_cleaned), T(a_file_is_added_by_its_path),
		T(a_hash_without_its_bytes_is_refused), T(the_same_file_of_another_learner_warns),
		T(a_claim_made_with_that_file_warns_too),
		T(a_claim_edited_with_that_file_warns_too),
		T(only_who_gave_a_reason_gets_it), T(another_branch_sees_none),
		T(rows_and_files_are_held_together), T(a_backup_takes_the_files_along),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
