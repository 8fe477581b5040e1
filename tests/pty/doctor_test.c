/* `overpass doctor` on terminals that answer, answer wrongly, stay silent or
 * aren't there: each is explained, with what to set. */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "tests/pty/pty.h"
#include "tests/screen/cmocka.h"

static struct arena arena;
static const char *program;

struct answer {
	struct pty *pty;
	const char *text; /* to the question where the cursor stands; NULL: silence */
	int asked;
};

static void listen(void *context, const char *bytes, size_t len)
{
	struct answer *answer = context;

	if (!memmem(bytes, len, "\033[6n", 4))
		return;
	answer->asked++;
	if (answer->text)
		pty_send(answer->pty, answer->text);
}

/* Runs the doctor on a terminal that answers so; fails unless all of SHOWN come. */
static int look(const char *answer_text, const char *const *env, const char *const *shown)
{
	const char *argv[] = { program, "--store", "memory:", "doctor", NULL };
	struct pty_options options = { .rows = 40, .cols = 200, .argv = argv, .env = env };
	struct answer answer = { .text = answer_text };

	answer.pty = pty_start(&options);
	pty_tap(answer.pty, listen, &answer);
	for (; *shown; shown++)
		pty_wait(answer.pty, *shown);
	pty_wait_exit(answer.pty);
	pty_close(answer.pty);
	return answer.asked;
}

#define SHOWN(...) (const char *const[]){ __VA_ARGS__, NULL }

static void widths_are_measured(void **state)
{
	(void)state;
	assert_int_equal(look("\033[1;5R", NULL, SHOWN("takes 4 cells of 4", "width          ok")), 1);
	/* Half as wide, or three characters of a terminal that isn't UTF-8. */
	look("\033[1;3R", NULL, SHOWN("takes 2 cells of 4", "width          note", "UTF-8 and choose a font"));
	/* What was typed before it, and rubbish, are passed over. */
	look("x\033[A\033[9999999999;5R\033[12;5R", NULL, SHOWN("takes 4 cells of 4"));
}

static void silence_has_an_end(void **state)
{
	(void)state;
	assert_int_equal(look(NULL, NULL, SHOWN("didn't say within 500 ms")), 1);
	look("\033[5;", NULL, SHOWN("didn't say within 500 ms"));
}

static void types_are_explained(void **state)
{
	static const char *const dumb[] = { "TERM=dumb", NULL }, *const none[] = { "TERM", NULL },
		*const wrong[] = { "TERM=nonsense-9", NULL }, *const vt100[] = { "TERM=vt100", NULL },
		*const plain[] = { "NO_COLOR=1", NULL }, *const posix[] = { "LC_ALL=C", NULL };

	(void)state;
	/* Nothing is asked of what can't answer: it would only be printed. */
	assert_int_equal(look(NULL, dumb, SHOWN("can't place the cursor")), 0);
	assert_int_equal(look(NULL, none, SHOWN("TERM is not set")), 0);
	assert_int_equal(look(NULL, wrong, SHOWN("TERM=nonsense-9", "Nothing is known of this terminal")), 0);
	look("\033[1;5R", vt100, SHOWN("none: bold and reverse", "Backspace"));
	look("\033[1;5R", plain, SHOWN("switched off by NO_COLOR"));
	look("\033[1;5R", posix, SHOWN("The application needs UTF-8"));
}

/* Without a terminal it says so and looks at everything else. */
static void it_works_without_a_terminal(void **state)
{
	char text[8192] = "";
	size_t len = 0;
	ssize_t got;
	int out[2], status = 0;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		int null = open("/dev/null", O_RDONLY);

		dup2(null, 0);
		dup2(out[1], 1);
		execl(program, program, "--store", "memory:", "doctor", (char *)NULL);
		_exit(127);
	}
	close(out[1]);
	while ((got = read(out[0], text + len, sizeof text - 1 - len)) > 0)
		len += (size_t)got;
	close(out[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_non_null(strstr(text, "there is no terminal here"));
	assert_non_null(strstr(text, "clock"));
	assert_null(strchr(text, '\033'));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(widths_are_measured), cmocka_unit_test(silence_has_an_end),
		cmocka_unit_test(types_are_explained), cmocka_unit_test(it_works_without_a_terminal),
	};
	const char *build = getenv("OV_BUILDDIR");
	int failed;

	program = arena_printf(&arena, "%s/overpass", build ? build : ".");
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("LANGUAGE", "en", 1);
	setenv("TERM", "xterm-256color", 1);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_release(&arena);
	return failed;
}
