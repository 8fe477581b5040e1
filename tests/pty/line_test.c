/* The real program on a terminal while its server lets it wait: the keys are
 * answered, the title says for whom it waits, Esc stops it. The server is one
 * of a script (peer.h). */
#include "config.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "tests/contract/peer.h"
#include "tests/pty/pty.h"
#include "tests/screen/cmocka.h"

#define SERVER \
	"\"api\":1,\"version\":\"0.1.0\",\"schema\":1,\"epoch\":\"01HZZZZZZZZZZZZZZZZZZZZZZZ\",\"demo\":true"
#define HITS "{\"items\":[{\"id\":7,\"student_no\":\"1510106400007\",\"full_name\":\"Found At Last\"," \
	"\"status\":\"ACTIVE\",\"matched\":\"name\",\"open_claims\":0}],\"next\":null}"

/* What every start asks, then what the test is about. */
static const struct peer_step script[] = {
	{ .body = "{" SERVER "}" },
	{ .body = "{\"token\":\"TOKEN\",\"user_id\":5,\"login\":\"front_desk.1\",\"person_id\":null,"
	  "\"branch_id\":null,\"roles\":[\"front_desk\"]," SERVER "}" },
	{ .body = "{\"items\":[],\"next\":null}" }, /* what waits for this role */
	{ .act = PEER_HOLD, .body = HITS },
	{ .body = HITS },
};

static struct pty *start(struct peer *peer, struct arena *arena)
{
	const char *build = getenv("OV_BUILDDIR");
	const char *argv[] = { arena_printf(arena, "%s/overpass", build ? build : "."), "--store",
			       peer_url(peer), "--as", "front_desk.1", NULL };
	struct pty_options options = { .rows = 24, .cols = 100, .argv = argv };
	struct pty *pty = pty_start(&options);

	pty_wait(pty, "Lookup");
	pty_wait(pty, "online 127.0.0.1");
	peer_count(peer, 3);
	return pty;
}

static void keys_are_answered_while_the_line_is_not(void **state)
{
	struct peer *peer = peer_new(script, sizeof script / sizeof script[0]);
	struct arena arena = ARENA_INIT;
	struct pty *pty = start(peer, &arena);

	(void)state;
	pty_send(pty, "w");
	peer_count(peer, 4);
	pty_wait(pty, "2 s, Esc stops");
	pty_send(pty, "\033OP"); /* F1: the help, meanwhile */
	pty_wait(pty, "Keys");
	pty_send(pty, "\033"); /* Esc closes it, and stops nothing */
	pty_wait_gone(pty, "Keys");
	pty_wait(pty, "1 s, Esc stops"); /* coming back, the lookup asks anew */
	pty_send(pty, "\033"); /* Esc stops that */
	pty_wait(pty, "Stopping;");
	pty_wait_gone(pty, "waiting for 127.0.0.1");
	peer_release(peer);
	pty_send(pty, "x");
	pty_wait(pty, "Found At Last");
	assert_int_equal(peer_count(peer, 5), 5);
	assert_int_equal(peer_connections(peer), 1);
	pty_close(pty);
	peer_free(peer);
	arena_release(&arena);
}

/* The token's file, and the folder. */
static void empty(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)) != NULL)
		if (*entry->d_name != '.')
			unlinkat(dirfd(dir), entry->d_name, 0);
	if (dir)
		closedir(dir);
	rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_answered_while_the_line_is_not),
	};
	char dir[] = "/tmp/overpass-line-XXXXXX";
	char made[64];
	int failed;

	if (!mkdtemp(dir))
		return 1;
	setenv("XDG_STATE_HOME", dir, 1);
	setenv("XDG_CONFIG_HOME", dir, 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("LANGUAGE", "en", 1);
	setenv("TERM", "xterm-256color", 1);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	snprintf(made, sizeof made, "%s/overpass", dir);
	empty(made);
	rmdir(dir);
	return failed;
}
