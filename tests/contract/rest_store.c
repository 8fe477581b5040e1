#include "tests/contract/rest_store.h"

#include "tests/unit/shared.h"

#include "core/store/admin.h"
#include "tests/contract/fixture.h"
#include "tests/contract/scratch.h"

bool rest_template(void)
{
	struct store_options options = STORE_OPTIONS_INIT;
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

const char *rest_copy(int number)
{
	struct error err = ERROR_INIT;
	char name[32];

	snprintf(name, sizeof name, "%d.db", number);
	if (store_restore(scratch_url("sqlite:", name), scratch_path("template.db"), &err) < 0)
		print_error("%s\n", err.message);
	return scratch_path(name);
}

struct store *rest_client(const char *url)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct error err = ERROR_INIT;
	struct store *store;

	options.state_dir = scratch_path("state");
	options.ca_file = strncmp(url, "https:", 6) ? NULL : getenv("OV_REST_CA");
	if (!options.ca_file && !strncmp(url, "https:", 6))
		options.ca_file = scratch_path("ca.pem");
	if (store_open(url, &options, &store, &err) < 0)
		print_error("%s\n", err.message);
	return store;
}

int rest_skip(const char *why)
{
	printf("1..0 # SKIP %s\n", why);
	return 77;
}
