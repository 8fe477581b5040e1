/* The real program on a real terminal line: pty.h. With OV_PTY_SERVER set, the
 * same desk far away: the database is behind overpassd. */
#include "config.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "tests/contract/daemon.h"
#include "tests/pty/pty.h"
#include "tests/screen/cmocka.h"

static struct {
	struct arena arena;
	const char *program, *dir, *store, *state;
	struct daemon server;
} world;

/* The same database behind a server, when that is what is asked for. */
static bool serve(void)
{
	if (!getenv("OV_PTY_SERVER"))
		return true;
	if (!daemon_start(&world.server, world.store + strlen("sqlite:"), NULL, NULL))
		return false;
	world.store = world.server.url;
	return true;
}

static int world_make(void **state)
{
	const char *build = getenv("OV_BUILDDIR"), *tmp = getenv("TMPDIR");
	char *dir = arena_printf(&world.arena, "%s/overpass-pty-XXXXXX", tmp ? tmp : "/tmp");
	const char *argv[] = { NULL, "--store", NULL, "init", "--demo", "--students", "2000", NULL };

	(void)state;
	if (!mkdtemp(dir))
		return 1;
	world.dir = dir;
	world.program = arena_printf(&world.arena, "%s/overpass", build ? build : ".");
	world.store = arena_printf(&world.arena, "sqlite:%s/demo.db", dir);
	world.state = arena_printf(&world.arena, "%s/state/overpass", dir);
	setenv("XDG_STATE_HOME", arena_printf(&world.arena, "%s/state", dir), 1);
	setenv("XDG_CONFIG_HOME", arena_printf(&world.arena, "%s/config", dir), 1);
	setenv("XDG_DATA_HOME", arena_printf(&world.arena, "%s/data", dir), 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("LANGUAGE", "en", 1);
	setenv("TERM", "xterm-256color", 1);
	argv[0] = world.program;
	argv[2] = world.store;
	return pty_run(argv) || !serve();
}

static int world_remove(void **state)
{
	const char *argv[] = { "/bin/rm", "-rf", "--", world.dir, NULL };
	int rc;

	(void)state;
	daemon_stop(&world.server);
	rc = pty_run(argv);
	arena_release(&world.arena);
	return rc;
}

static struct pty *start_with(const char *login, const char *const *env)
{
	const char *argv[] = { world.program, "--store", world.store, "--as", login, NULL };
	struct pty_options options = { .rows = 24, .cols = 80, .argv = argv, .env = env };

	return pty_start(&options);
}

static struct pty *start(const char *login)
{
	struct pty *pty = start_with(login, NULL);

	pty_wait(pty, "Lookup");
	return pty;
}

static void finds_and_shows_a_learner(void **state)
{
	struct pty *pty = start("front_desk.1");

	(void)state;
	pty_send(pty, "1");
	pty_wait(pty, "found");
	pty_wait(pty, "Programme");
	pty_send(pty, "\r");
	pty_wait(pty, "Learner");
	pty_wait(pty, "1 Card");
	pty_send(pty, "c");
	pty_wait(pty, "[3 Credits]");
	pty_send(pty, "\033[21~"); /* F10: back to the lookup */
	pty_wait(pty, "found");
	pty_send(pty, "\033[21~");
	assert_int_equal(pty_wait_exit(pty), 0);
	pty_close(pty);
}

/* p on a card: a PDF in the home folder is one key away. A second one of the
 * same name is refused, and the form stays. */
/* Four learners of one name: the wrong one is opened, Esc undoes it, the list
 * is as it was, and the next one is one row further. */
static void the_wrong_one_is_undone_by_a_key(void **state)
{
	/* As they are ranked: who studies first, then by number. */
	static const char *const numbers[] = { "1910106450006", "2110106400020", "2510106400049",
					       "1711006450003" };
	enum { FIRST = 4 /* below title, field, rule, heading */ };
	struct pty *pty = start("front_desk.1");

	(void)state;
	pty_send(pty, "王万鹏");
	pty_wait(pty, " 4 found");
	for (int i = 0; i < 4; i++)
		pty_wait_row(pty, numbers[i], FIRST + i);
	pty_send(pty, "\033[B");
	pty_wait(pty, "> 2110106400020");
	/* Twice: what the first Esc asked again was answered before the second card. */
	for (int i = 0; i < 2; i++) {
		pty_send(pty, "\r");
		pty_wait(pty, "1 Card]");
		pty_wait(pty, numbers[1]);
		pty_send(pty, "\033");
		pty_wait(pty, " 4 found");
		pty_wait(pty, "> 2110106400020");
	}
	for (int i = 0; i < 4; i++)
		pty_wait_row(pty, numbers[i], FIRST + i);
	pty_send(pty, "\033[B");
	pty_wait(pty, "> 2510106400049");
	pty_send(pty, "\r");
	pty_wait(pty, "1 Card]");
	pty_wait(pty, numbers[2]);
	pty_wait_gone(pty, numbers[1]);
	pty_close(pty);
}

static void prints_a_document(void **state)
{
	char home[] = "/tmp/ovXXXXXX"; /* short: the message has the path in it */
	const char *env[] = { NULL, NULL };
	char head[5] = "", *path;
	struct pty *pty;
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(home));
	env[0] = arena_printf(&world.arena, "HOME=%s", home);
	pty = start_with("front_desk.1", env);
	pty_wait(pty, "Lookup");
	pty_send(pty, "1510100100001");
	pty_wait(pty, "1 found");
	pty_wait(pty, "Programme");
	pty_send(pty, "\r");
	pty_wait(pty, "1 Card]");
	pty_wait(pty, "1510100100001  ");
	pty_send(pty, "p");
	pty_wait(pty, "What to print");
	pty_wait(pty, "Transcript");
	pty_send(pty, "\023"); /* C-s */
	pty_wait(pty, "Written: ");
	pty_wait_gone(pty, "What to print");
	path = arena_printf(&world.arena, "%s/transcript-1510100100001.pdf", home);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_int_equal(fread(head, 1, 4, file), 4);
	assert_string_equal(head, "%PDF");
	fclose(file);
	pty_send(pty, "p");
	pty_wait(pty, "What to print");
	pty_send(pty, "\023");
	pty_wait(pty, "exists already");
	pty_send(pty, "\033");
	pty_wait_gone(pty, "What to print");
	pty_close(pty);
	unlink(path);
	rmdir(home);
}

static void claims_open(struct pty *pty)
{
	pty_send(pty, "\033OS"); /* F4 */
	pty_wait(pty, "[Mine");
	pty_send(pty, "f");
	pty_wait(pty, "Claims in which state?");
	pty_send(pty, "submitted\r");
	pty_wait(pty, "[Submitted");
	pty_wait(pty, "State Submitted"); /* the list, and the claim below it, are the new ones */
	pty_send(pty, "\r");
	pty_wait(pty, "Credit claim");
	pty_wait(pty, "What can be done now"); /* the heading may be cut by a long address */
}

static void decides_a_claim(void **state)
{
	struct pty *pty = start("front_desk.1");

	(void)state;
	claims_open(pty);
	pty_send(pty, "a");
	pty_wait(pty, "What it does");
	pty_send(pty, "\023"); /* C-s */
	pty_wait(pty, "Done: ");
	pty_close(pty);
}

static void two_desks_see_both_versions(void **state)
{
	struct pty *a = start("front_desk.1"), *b = start("front_desk.2");

	(void)state;
	claims_open(a);
	claims_open(b);
	pty_send(a, "a");
	pty_wait(a, "What it does");
	pty_send(a, "\023");
	pty_wait(a, "Done: ");
	pty_send(b, "r");
	pty_wait(b, "What it does");
	pty_send(b, "not legible\023");
	pty_wait(b, "Somebody changed this meanwhile");
	pty_wait(b, "As it is now");
	pty_wait(b, "Changed by front_desk.1, ");
	pty_wait(b, "Submitted                Accepted");
	pty_send(b, "\033");
	pty_wait_gone(b, "As it is now");
	pty_send(b, "\033");
	pty_wait_gone(b, "What it does");
	pty_close(a);
	pty_close(b);
}

static void survives_every_size(void **state)
{
	static const struct {
		int rows, cols;
		const char *shows;
	} table[] = {
		{ 5, 20, "60x18 needed" }, { 24, 80, "Lookup" }, { 1, 1, NULL },
		{ 50, 200, "Lookup" },     { 3, 10, NULL },      { 18, 60, "Lookup" },
	};
	struct pty *pty = start("viewer.1");
	size_t i;

	(void)state;
	pty_send(pty, "1");
	pty_wait(pty, "found");
	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		pty_resize(pty, table[i].rows, table[i].cols);
		if (table[i].shows)
			pty_wait(pty, table[i].shows);
	}
	pty_close(pty);
}

static void suspends_and_comes_back(void **state)
{
	struct pty *pty = start("viewer.1");

	(void)state;
	pty_send(pty, "1");
	pty_wait(pty, "found");
	pty_send(pty, "\032"); /* C-z */
	pty_wait_stopped(pty);
	pty_wait_gone(pty, "found"); /* the shell's screen is back */
	pty_signal(pty, SIGCONT);
	pty_wait(pty, "found");
	pty_send(pty, "\025");
	pty_wait(pty, "number, name, pinyin");
	pty_close(pty);
}

static size_t drafts_count(void)
{
	DIR *dir = opendir(world.state);
	struct dirent *entry;
	size_t count = 0;

	while (dir && (entry = readdir(dir)) != NULL)
		count += strstr(entry->d_name, ".draft") != NULL;
	if (dir)
		closedir(dir);
	return count;
}

static void hang_up_keeps_the_draft(void **state)
{
	struct pty *pty = start("front_desk.1");

	(void)state;
	claims_open(pty);
	pty_send(pty, "r");
	pty_wait(pty, "What it does");
	pty_send(pty, "the scan is not legible");
	pty_wait(pty, "not legible");
	pty_hang_up(pty);
	assert_int_equal(pty_wait_exit(pty), 0);
	assert_int_equal(drafts_count(), 1);
	pty_close(pty);
	/* It is offered at the next start, and has what was typed. */
	pty = start("front_desk.1");
	pty_wait(pty, "Kept drafts of unsaved work: 1");
	pty_send(pty, "\030d"); /* C-x d */
	pty_wait(pty, "the scan is not legible");
	pty_signal(pty, SIGTERM);
	assert_int_equal(pty_wait_exit(pty), 0);
	pty_close(pty);
}

static void ends_with(const char *const *env, int status, const char *text)
{
	struct pty *pty = start_with("viewer.1", env);

	pty_wait(pty, text);
	assert_int_equal(pty_wait_exit(pty), status);
	pty_close(pty);
}

static void wrong_terminals_are_refused(void **state)
{
	static const char *const none[] = { "TERM", NULL }, *const empty[] = { "TERM=", NULL },
		*const wrong[] = { "TERM=nonsense-9", NULL }, *const dumb[] = { "TERM=dumb", NULL };

	(void)state;
	ends_with(none, 2, "terminal type");
	ends_with(empty, 2, "terminal type");
	ends_with(wrong, 2, "nonsense-9");
	ends_with(dumb, 2, "place the cursor");
}

static void wrong_locale_is_refused(void **state)
{
	static const char *const posix[] = { "LC_ALL=C", NULL },
		*const absent[] = { "LC_ALL=zz_ZZ.ISO-8859-1", NULL };

	(void)state;
	ends_with(posix, 2, "is not UTF-8");
	ends_with(absent, 2, "is not UTF-8");
}

static void no_terminal_is_refused(void **state)
{
	const char *argv[] = { world.program, "--store", world.store, NULL };

	(void)state;
	assert_int_equal(pty_run(argv), 2);
}

static void a_missing_database_is_told(void **state)
{
	const char *argv[] = { world.program, "--store", "sqlite:/nonexistent/x.db", "--as",
			       "viewer.1", NULL };
	struct pty_options options = { .rows = 24, .cols = 80, .argv = argv };
	struct pty *pty = pty_start(&options);

	(void)state;
	pty_wait(pty, "There is no database");
	pty_close(pty);
}

static void speaks_chinese(void **state)
{
	static const char *const zh[] = { "LANGUAGE=zh_CN", NULL };
	struct pty *pty = start_with("viewer.1", zh);

	(void)state;
	pty_wait(pty, "学员查询");
	pty_send(pty, "\033[20~"); /* F9 */
	pty_wait(pty, "Lookup");
	pty_close(pty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_and_shows_a_learner),
		cmocka_unit_test(the_wrong_one_is_undone_by_a_key),
		cmocka_unit_test(prints_a_document),
		cmocka_unit_test(decides_a_claim),
		cmocka_unit_test(two_desks_see_both_versions), cmocka_unit_test(survives_every_size),
		cmocka_unit_test(suspends_and_comes_back),
		cmocka_unit_test(hang_up_keeps_the_draft),
		cmocka_unit_test(wrong_terminals_are_refused),
		cmocka_unit_test(wrong_locale_is_refused), cmocka_unit_test(no_terminal_is_refused),
		cmocka_unit_test(a_missing_database_is_told), cmocka_unit_test(speaks_chinese),
	};

	return cmocka_run_group_tests(tests, world_make, world_remove);
}
