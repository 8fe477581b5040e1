/* sqlite:PATH */
#include "tests/contract/suite.h"

#include "core/base/hash.h"
#include "core/store/admin.h"
#include "tests/contract/fixture.h"
#include "tests/contract/scratch.h"

/* Made once, then copied: a database on a disk costs some fsyncs. */
static bool make_template(void)
{
	struct store_options options = SUITE_OPTIONS_INIT;
	struct error err = ERROR_INIT;
	struct store *store;
	int rc = store_create(scratch_url("sqlite:", "made.db"), &options, &store, &err);

	if (rc == 0) {
		rc = fixture_make(store, &err);
		store_close(store);
	}
	if (rc == 0)
		rc = store_open(scratch_url("sqlite:", "made.db"), &options, &store, &err);
	if (rc == 0) {
		rc = store_backup(store, scratch_path("template.db"), &(struct evidence_tally){ 0 }, &err);
		store_close(store);
	}
	if (rc < 0)
		print_error("%s\n", err.message);
	return rc == 0;
}

static struct store *open_sqlite(void)
{
	static int number;
	struct store_options options = SUITE_OPTIONS_INIT;
	struct error err = ERROR_INIT;
	struct store *store;
	char name[32];

	snprintf(name, sizeof name, "%d.db", number++);
	if (store_restore(scratch_url("sqlite:", name), scratch_path("template.db"), &err) < 0 ||
	    store_open(scratch_url("sqlite:", name), &options, &store, &err) < 0) {
		print_error("%s\n", err.message);
		return NULL;
	}
	return store;
}

int main(void)
{
	const struct suite suite = { .name = "sqlite:", .open = open_sqlite, .close = store_close };
	int failed;

	if (hash_setup() < 0)
		return 1;
	scratch_make();
	failed = make_template() ? suite_run(&suite) : 1;
	scratch_remove();
	return failed;
}
