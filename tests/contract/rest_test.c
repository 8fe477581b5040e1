/* https://HOST[:PORT]: the suite, with a real server on loopback. With
 * OV_REST_LINE=poor it runs behind a line that breaks every connection after
 * some thousand bytes and swallows every third answer of those; with
 * OV_REST_LINE=slow at 64 kbit/s, 600 ms there and back, with stalls and resets. With
 * OV_REST_VIA=URL the client speaks to that proxy, which passes on to
 * OV_REST_LISTEN=ADDRESS:PORT, where the server then is. */
#include "tests/contract/suite.h"

#include "core/base/hash.h"
#include "tests/contract/rest_store.h"
#include "tests/contract/scratch.h"

static const char *const poor[] = {
	"--kbps", "8000", "--rtt-ms", "2", "--drop-every", "0", "--reset-after", "6000",
	"--lose-reply", "3", NULL
};

static const char *const slow[] = {
	"--kbps", "64", "--rtt-ms", "600", "--drop-every", "100", "--reset-after", "20000",
	"--lose-reply", "5", NULL
};

static struct daemon server, line;
static const char *const *the_line; /* NULL: none in between */

static struct store *open_rest(void)
{
	static int number;
	const struct daemon *peer = &server;
	const char *via = getenv("OV_REST_VIA");

	if (!daemon_start(&server, rest_copy(number++), NULL, NULL))
		return NULL;
	if (the_line) {
		if (!slowlink_start(&line, &server, the_line))
			return NULL;
		peer = &line;
	}
	return rest_client(via ? via : peer->url);
}

static void close_rest(struct store *store)
{
	store_close(store);
	daemon_stop(&line);
	assert_int_equal(daemon_stop(&server), 0);
}

int main(void)
{
	const struct suite suite = { .name = "rest", .open = open_rest, .close = close_rest };
	const char *kind = getenv("OV_REST_LINE");
	int failed;

	if (kind)
		the_line = !strcmp(kind, "slow") ? slow : poor;
	if (hash_setup() < 0)
		return 1;
	if (daemon_missing())
		return rest_skip(daemon_missing());
	if (the_line && slowlink_missing())
		return rest_skip(slowlink_missing());
	scratch_make();
	failed = rest_template() ? suite_run(&suite) : 1;
	scratch_remove();
	return failed;
}
