/* fuzz_rules.c: any bytes as a file of transfer rules, assessed in a demo world:
 * every row is entered or refused with a reason, and nothing is changed. */
#include "core/codec/student_file.h"
#include "core/model/file_rows.h"
#include "core/model/reason.h"
#include "core/store/demo_world.h"
#include "core/store/local.h"
#include "tests/fuzz/fuzz.h"

#include <unistd.h>

static struct store *world(void)
{
	static struct store *store;
	struct store_options options = STORE_OPTIONS_INIT;
	struct error err = ERROR_INIT;

	if (store)
		return store;
	PROMISE(store_open("memory:", &options, &store, &err) == 0);
	PROMISE(demo_create(store, 0, 1, &err) == 0);
	PROMISE(store_login(store, "registrar.1", NULL, &err) == 0);
	return store;
}

static int64_t rules_count(struct store *store)
{
	const struct query query = { .kind = KIND_TRANSFER_RULE, .limit = 500 };
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct page page;
	int64_t count;

	PROMISE(store_find(store, &query, &arena, &page, &err) == 0);
	count = (int64_t)page.count;
	arena_release(&arena);
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct import_noun noun = { "rule.import", &rule_row_fields, "rule" };
	struct student_import import = { .noun = &noun, .dry_run = true };
	char path[] = "/tmp/ov-fuzz-XXXXXX";
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct store *store = world();
	int64_t before = rules_count(store);
	int fd = mkstemp(path), rc;

	PROMISE(fd >= 0);
	PROMISE(write(fd, data, size) == (ssize_t)size);
	close(fd);
	rc = student_file_import(store, path, &import, &arena, &err);
	PROMISE(rc == 0 || (err.code == rc && err.reason && err.message[0]));
	PROMISE(rc == 0 || rc == OV_EINPUT || rc == OV_EREFUSED);
	PROMISE(import.counts.read == import.counts.created + import.counts.unchanged +
		import.counts.updated + import.counts.refused || rc == OV_EINPUT);
	PROMISE(rules_count(store) == before);
	unlink(path);
	arena_release(&arena);
	return 0;
}
