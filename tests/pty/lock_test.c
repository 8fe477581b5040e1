/* The lock with passwords as they really are (Argon2id): by key and by itself, a
 * wrong password, the right one, and what was typed is still there. */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/arena.h"
#include "tests/pty/pty.h"
#include "tests/screen/cmocka.h"

static struct {
	struct arena arena;
	const char *program, *dir, *store, *root, *desk;
} world;

static const char *secret_put(const char *name, const char *text)
{
	const char *path = arena_printf(&world.arena, "%s/%s", world.dir, name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fchmod(fileno(file), 0600), 0);
	fputs(text, file);
	fclose(file);
	return path;
}

static int world_make(void **state)
{
	const char *build = getenv("OV_BUILDDIR"), *tmp = getenv("TMPDIR");
	char *dir = arena_printf(&world.arena, "%s/overpass-lock-XXXXXX", tmp ? tmp : "/tmp");

	(void)state;
	if (!mkdtemp(dir))
		return 1;
	world.dir = dir;
	world.program = arena_printf(&world.arena, "%s/overpass", build ? build : ".");
	world.store = arena_printf(&world.arena, "sqlite:%s/centre.db", dir);
	setenv("XDG_STATE_HOME", dir, 1);
	setenv("XDG_CONFIG_HOME", dir, 1);
	setenv("XDG_DATA_HOME", dir, 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("LANGUAGE", "en", 1);
	setenv("TERM", "xterm-256color", 1);
	world.root = secret_put("root", "correct horse battery\n");
	world.desk = secret_put("desk", "staple of the desk\n");
	return pty_run((const char *[]){ world.program, "--store", world.store, "--no-progress", "init",
				     "--admin", "chief", "--password-file", world.root, NULL }) ||
	       pty_run((const char *[]){ world.program, "--store", world.store, "--as", "chief",
				     "--password-file", world.root, "user", "create", "--login", "desk",
				     "--role", "front_desk", "--new-password-file", world.desk, NULL });
}

static int world_remove(void **state)
{
	(void)state;
	return pty_run((const char *[]){ "/bin/rm", "-rf", "--", world.dir, NULL });
}

static void only_the_password_opens_it(void **state)
{
	const char *argv[] = { world.program, "--store", world.store, "--as", "desk",
			       "--password-file", world.desk, NULL };
	struct pty_options options = { .rows = 24, .cols = 80, .argv = argv };
	struct pty *pty = pty_start(&options);

	(void)state;
	/* The path of the database is long: the title is whole all the same. */
	pty_wait(pty, "Overpass  Lookup");
	pty_send(pty, "wangxiaoming");
	pty_wait(pty, "wangxiaoming");
	pty_send(pty, "\030l");
	pty_wait(pty, "Locked; nothing is lost");
	pty_wait_gone(pty, "wangxiaoming");
	/* Any key opens a demo world's lock, and not this one. */
	pty_send(pty, "x\r");
	pty_wait(pty, "Login or password is wrong");
	assert_false(pty_shows(pty, "wangxiaoming"));
	pty_send(pty, "correct horse battery\r"); /* somebody else's */
	pty_wait(pty, "Opening the database");
	pty_wait(pty, "Login or password is wrong");
	pty_send(pty, "\020"); /* C-p: no way round by the palette */
	pty_send(pty, "claim");
	pty_send(pty, "\033");
	pty_wait(pty, "Who works here?");
	assert_false(pty_shows(pty, "wangxiaoming"));
	pty_send(pty, "\025staple of the desk\r"); /* C-u: what the palette left */
	pty_wait(pty, "wangxiaoming");
	pty_wait_gone(pty, "Who works here?");
	pty_send(pty, "\021"); /* C-q */
	assert_int_equal(pty_wait_exit(pty), 0);
	pty_close(pty);
}

/* Left alone in the middle of a form: what was typed is out of sight, no wrong
 * password brings it back, and the right one does, with the cursor where it stood. */
static void left_alone_it_locks_over_a_draft(void **state)
{
	const char *argv[] = { world.program, "--store", world.store, "--as", "desk",
			       "--password-file", world.desk, NULL };
	const char *const env[] = { "OVERPASS_UI_LOCK_SECONDS=3", NULL };
	struct pty_options options = { .rows = 24, .cols = 80, .argv = argv, .env = env };
	struct pty *pty = pty_start(&options);

	(void)state;
	pty_wait(pty, "Overpass  Lookup");
	/* In one burst, so that a slow machine can't lock it between two of them. */
	pty_send(pty, "\020person.create\r");
	pty_wait(pty, "New person");
	pty_send(pty, "halfwritten");
	pty_wait(pty, "halfwritten");
	/* No key from here on: it comes by itself. */
	pty_wait(pty, "Locked; nothing is lost");
	pty_wait_gone(pty, "halfwritten");
	assert_false(pty_shows(pty, "New person"));
	assert_false(pty_shows(pty, "Lookup"));
	pty_send(pty, "guessed\r");
	pty_wait(pty, "Login or password is wrong");
	assert_false(pty_shows(pty, "halfwritten"));
	pty_send(pty, "\025staple of the desk\r");
	pty_wait(pty, "halfwritten");
	pty_wait_gone(pty, "Who works here?");
	pty_send(pty, "!");
	pty_wait(pty, "halfwritten!");
	pty_signal(pty, SIGTERM);
	assert_int_equal(pty_wait_exit(pty), 0);
	pty_close(pty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_password_opens_it),
		cmocka_unit_test(left_alone_it_locks_over_a_draft),
	};

	return cmocka_run_group_tests(tests, world_make, world_remove);
}
