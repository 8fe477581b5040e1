/* The real program on terminals of every kind: it opens, or says what to set. A
 * name that holds escapes sends none, no size and no torn key breaks it. */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/civil.h"
#include "core/db/db.h"
#include "tests/pty/pty.h"
#include "tests/screen/cmocka.h"

enum { ESC_TRIES = 12, ESC_MS = 40, ROUNDS = 25 };

static struct {
	struct arena arena;
	const char *program, *dir, *file, *store;
} world;

static int world_make(void **state)
{
	const char *build = getenv("OV_BUILDDIR"), *tmp = getenv("TMPDIR");
	char *dir = arena_printf(&world.arena, "%s/overpass-term-XXXXXX", tmp ? tmp : "/tmp");

	(void)state;
	if (!mkdtemp(dir))
		return 1;
	world.dir = dir;
	world.program = arena_printf(&world.arena, "%s/overpass", build ? build : ".");
	world.file = arena_printf(&world.arena, "%s/demo.db", dir);
	world.store = arena_printf(&world.arena, "sqlite:%s", world.file);
	setenv("XDG_STATE_HOME", dir, 1);
	setenv("XDG_CONFIG_HOME", dir, 1);
	setenv("XDG_DATA_HOME", dir, 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("LANGUAGE", "en", 1);
	setenv("TERM", "xterm-256color", 1);
	return pty_run((const char *[]){ world.program, "--store", world.store, "init", "--demo",
				     "--students", "60", NULL });
}

static int world_remove(void **state)
{
	(void)state;
	return pty_run((const char *[]){ "/bin/rm", "-rf", "--", world.dir, NULL });
}

/* Everything the program sends. */
static void keep(void *context, const char *bytes, size_t len)
{
	buf_add(context, bytes, len);
}

static struct pty *start(const char *const *env, struct buf *sent)
{
	const char *argv[] = { world.program, "--store", world.store, "--as", "front_desk.1", NULL };
	struct pty_options options = { .rows = 24, .cols = 80, .argv = argv, .env = env };
	struct pty *pty = pty_start(&options);

	if (sent)
		pty_tap(pty, keep, sent);
	return pty;
}

static bool described(const char *type)
{
	static const char *const folders[] = { "/usr/share/terminfo", "/lib/terminfo", "/etc/terminfo" };
	struct arena arena = ARENA_INIT;
	bool found = false;
	size_t i;

	for (i = 0; i < sizeof folders / sizeof folders[0]; i++)
		found |= access(arena_printf(&arena, "%s/%c/%s", folders[i], *type, type), R_OK) == 0;
	arena_release(&arena);
	return found;
}

static void opens_on(const char *type)
{
	const char *env[] = { arena_printf(&world.arena, "TERM=%s", type), NULL };
	struct pty *pty = start(env, NULL);

	pty_wait(pty, "Lookup");
	pty_send(pty, "1");
	pty_wait(pty, " found (");
	pty_resize(pty, 1, 1);
	pty_resize(pty, 24, 80);
	pty_wait(pty, " found (");
	pty_send(pty, "\021"); /* C-q */
	assert_int_equal(pty_wait_exit(pty), 0);
	pty_close(pty);
}

static void every_terminal_opens_or_is_told(void **state)
{
	static const char *const types[] = { "vt100", "linux", "screen", "xterm", "xterm-256color",
					     "tmux", "tmux-256color", "st", "st-256color", "foot" };
	static const char *const dumb[] = { "TERM=dumb", NULL };
	struct pty *pty = start(dumb, NULL);
	size_t i;

	(void)state;
	pty_wait(pty, "place the cursor");
	assert_int_equal(pty_wait_exit(pty), 2);
	pty_close(pty);
	for (i = 0; i < sizeof types / sizeof types[0]; i++) {
		const char *env[] = { arena_printf(&world.arena, "TERM=%s", types[i]), NULL };

		if (described(types[i])) {
			opens_on(types[i]);
			continue;
		}
		/* No description here (ncurses-term and foot-terminfo have them): it says so. */
		print_message("# %s has no description on this machine\n", types[i]);
		pty = start(env, NULL);
		pty_wait(pty, types[i]);
		assert_int_equal(pty_wait_exit(pty), 2);
		pty_close(pty);
	}
}

static void no_color_sends_none(void **state)
{
	static const char *const env[] = { "NO_COLOR=1", NULL };
	struct buf sent = BUF_INIT;
	struct pty *pty = start(env, &sent);
	const char *at;

	(void)state;
	pty_wait(pty, "Lookup");
	pty_send(pty, "1");
	pty_wait(pty, " found (");
	pty_close(pty);
	/* No attribute sequence sets a colour: 3x, 4x, 9x, 10x (0, 1, 4, 7 stay). */
	for (at = strstr(buf_cstr(&sent), "\033["); at; at = strstr(at + 2, "\033[")) {
		size_t len = strspn(at + 2, "0123456789;");
		const char *number = at + 2;

		while (at[2 + len] == 'm' && number < at + 2 + len) {
			long n = strtol(number, (char **)&number, 10);

			if ((n >= 30 && n < 50 && n != 39 && n != 49) || n >= 90)
				fail_msg("a colour is set: %.*s", (int)len, at + 2);
			number += *number == ';';
		}
	}
	buf_release(&sent);
}

/* Data that somebody put into the file behind the program's back. */
static void a_hostile_name_sends_nothing(void **state)
{
	struct error err = ERROR_INIT;
	struct buf sent = BUF_INIT;
	struct db *db;
	struct pty *pty;

	(void)state;
	assert_int_equal(db_open(world.file, 0, 5000, &db, &err), 0);
	assert_int_equal(db_exec(db, "UPDATE person SET full_name = 'Mallory' || char(27) || ']0;owned' "
				     "|| char(7) || char(27) || '[2J' || char(155) || '31m' || char(8238)", &err), 0);
	db_close(db);
	pty = start(NULL, &sent);
	pty_wait(pty, "Lookup");
	pty_send(pty, "1");
	pty_wait(pty, " found (");
	pty_send(pty, "\r");
	pty_wait(pty, "Mallory");
	pty_wait(pty, "1 Card");
	pty_close(pty);
	assert_null(strstr(buf_cstr(&sent), "\033]0;"));
	assert_null(strstr(buf_cstr(&sent), "\xc2\x9b"));
	assert_null(strstr(buf_cstr(&sent), "\xe2\x80\xae"));
	buf_release(&sent);
}

static void sizes_in_a_loop(void **state)
{
	struct pty *pty = start(NULL, NULL);
	int i;

	(void)state;
	pty_wait(pty, "Lookup");
	pty_send(pty, "1");
	pty_wait(pty, " found (");
	for (i = 0; i < ROUNDS; i++) {
		pty_resize(pty, 1, 1);
		pty_send(pty, "\033OB");
		pty_resize(pty, 3 + i, 10 + 3 * i);
	}
	pty_resize(pty, 24, 80);
	pty_wait(pty, " found (");
	pty_send(pty, "\021");
	assert_int_equal(pty_wait_exit(pty), 0);
	pty_close(pty);
}

/* Esc alone is answered at once; the best of several, the others being the
 * machine's. */
static void esc_answers_at_once(void **state)
{
	struct pty *pty = start(NULL, NULL);
	int64_t best = INT64_MAX;
	int i;

	(void)state;
	pty_wait(pty, "Lookup");
	for (i = 0; i < ESC_TRIES; i++) {
		int64_t from;

		pty_send(pty, "\033OP"); /* F1 */
		pty_wait(pty, "What they do");
		from = clock_monotonic_ms();
		pty_send(pty, "\033");
		pty_wait_gone(pty, "What they do");
		if (clock_monotonic_ms() - from < best)
			best = clock_monotonic_ms() - from;
	}
	print_message("# Esc: %lld ms\n", (long long)best);
	if (!getenv("OV_SLOW"))
		assert_true(best <= ESC_MS);
	pty_close(pty);
}

/* The bytes of one key come one by one, as on a slow line: it stays one key. */
static void a_torn_key_is_one_key(void **state)
{
	static const char *const env[] = { "OVERPASS_UI_ESCDELAY=1000", NULL };
	struct pty *pty = start(env, NULL);

	(void)state;
	pty_wait(pty, "Lookup");
	pty_send(pty, "1");
	pty_wait(pty, " found (");
	pty_send(pty, "\033");
	pty_wait_taken(pty);
	pty_send(pty, "O");
	pty_wait_taken(pty);
	pty_send(pty, "P");
	pty_wait(pty, "What they do"); /* F1 */
	pty_send(pty, "\033");
	pty_wait_gone(pty, "What they do");
	/* Nothing of it was typed into the field. */
	assert_true(pty_shows(pty, " found ("));
	pty_close(pty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_terminal_opens_or_is_told), cmocka_unit_test(no_color_sends_none),
		cmocka_unit_test(sizes_in_a_loop), cmocka_unit_test(esc_answers_at_once),
		cmocka_unit_test(a_torn_key_is_one_key), cmocka_unit_test(a_hostile_name_sends_nothing),
	};

	return cmocka_run_group_tests(tests, world_make, world_remove);
}
