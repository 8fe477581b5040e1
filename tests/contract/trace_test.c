/* trace+sqlite:PATH: the same answers, and a line for each call. */
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

	options.trace_file = scratch_path("trace.log");
	snprintf(name, sizeof name, "%d.db", number++);
	if (store_restore(scratch_url("sqlite:", name), scratch_path("template.db"), &err) < 0 ||
	    store_open(scratch_url("trace+sqlite:", name), &options, &store, &err) < 0) {
		print_error("%s\n", err.message);
		return NULL;
	}
	return store;
}

/* Nothing that was typed or read may stand in the trace. */
static int trace_is_clean(void)
{
	static const char *const never[] = { "overpass", "Learner", "1510106400007", "2026S", "139000" };
	size_t len;
	char *text = shared_read(scratch_path("trace.log"), &len);
	int bad = !strstr(text, "execute term.create") || !strstr(text, "find student") ||
		  !strstr(text, "LOGIN_FAILED");

	for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
		if (strstr(text, never[i])) {
			print_error("the trace holds %s\n", never[i]);
			bad = 1;
		}
	free(text);
	return bad;
}

int main(void)
{
	const struct suite suite = { .name = "trace+sqlite:", .open = open_sqlite, .close = store_close };
	int failed;

	if (hash_setup() < 0)
		return 1;
	scratch_make();
	failed = make_template() ? suite_run(&suite) + trace_is_clean() : 1;
	scratch_remove();
	return failed;
}
