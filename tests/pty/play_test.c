/* Plays a script of keys as several people, each a real program on a real
 * terminal line of 80x24, and counts the keys of what has a budget.
 *
 *	as LOGIN DAY WORDS   a person sits down; WORDS say what for
 *	type TEXT            each character is a key
 *	key NAME…            keys by name
 *	wait TEXT            until it is on the screen
 *	gone TEXT            until it is not
 *	count MAX WHAT … counted   the keys between are at most MAX
 *	cli WORDS            somebody else does it, from the command line
 *	quit                 the person leaves (C-q)
 *	spoil                somebody changes each file of evidence in its folder
 *
 * $NAME in a line stands for what world_make() found in the demo world; counts
 * may lie in one another.
 *
 * With OV_CAST=FILE the recording is written there, as docs/claim-life.cast. */
#include "config.h"

#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/pinyin.h"
#include "core/base/text.h"
#include "tests/contract/daemon.h"
#include "tests/pty/cast.h"
#include "tests/pty/pty.h"
#include "tests/screen/cmocka.h"

enum { ROWS = 24, COLS = 80, COUNTS = 3, VARIABLES = 8, WORDS = 24 };

static struct {
	struct arena arena;
	const char *program, *dir, *store;
	bool served; /* the store is a server's: the day is its own */
	struct pty *pty;
	struct cast *cast;
	int keys;
	struct {
		int from, most;
		const char *what;
	} count[COUNTS];
	size_t counts; /* under way */
	struct {
		const char *name, *value;
	} variable[VARIABLES];
	size_t variables;
} play;

static void run(const char *const *argv)
{
	assert_int_equal(pty_run(argv), 0);
}

/* --- what the scripts are about, whatever the demo world is --- */

/* Takes the next word off *REST; NULL when there is none. */
static char *word(char **rest)
{
	char *found = *rest;

	if (!found || !*found)
		return NULL;
	*rest = found + strcspn(found, " ");
	if (**rest)
		*(*rest)++ = '\0';
	return found;
}

/* The program on the world with WORDS, which have blanks between them. */
static const char *const *argv_make(const char *words)
{
	const char **argv = arena_array(&play.arena, WORDS, sizeof *argv);
	char *rest = arena_strdup(&play.arena, words);
	size_t count = 0;

	argv[count++] = play.program;
	argv[count++] = "--store";
	argv[count++] = play.store;
	while (count < WORDS - 1 && (argv[count] = word(&rest)) != NULL)
		count++;
	return argv;
}

/* What the program prints. */
static const char *asked(const char *words)
{
	const char *const *argv = argv_make(words);
	struct buf text = BUF_INIT;
	int out[2], status = 0;
	const char *answer;
	char part[4096];
	ssize_t len;
	pid_t pid;

	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		dup2(out[1], 1);
		execv(argv[0], (char *const *)argv);
		_exit(127);
	}
	close(out[1]);
	while ((len = read(out[0], part, sizeof part)) > 0)
		buf_add(&text, part, (size_t)len);
	close(out[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	answer = arena_strdup(&play.arena, buf_cstr(&text));
	buf_release(&text);
	return answer;
}

static void variable_set(const char *name, const char *value)
{
	assert_true(play.variables < VARIABLES);
	play.variable[play.variables].name = name;
	play.variable[play.variables++].value = value;
}

/* The text of "NAME":"…" in one object of a JSON answer. */
static const char *member(const char *object, const char *name)
{
	const char *at = strstr(object, arena_printf(&play.arena, "\"%s\":\"", name));

	assert_non_null(at);
	at = strchr(at, ':') + 2;
	return arena_strndup(&play.arena, at, strcspn(at, "\""));
}

/* Does the search for TEXT find this one learner first? */
static bool found_first(const char *text, const char *no)
{
	const char *answer = asked(arena_printf(&play.arena, "--as front_desk.1 --json student find %s",
						text));

	return strstr(answer, "student_no") && strcmp(member(answer, "student_no"), no) == 0;
}

/* A verified claim of a learner whose three initials find him first, another
 * one, and an accepted one. */
static void claims_choose(void)
{
	const char *at = asked("--as reviewer1.1 --json claim list --limit 500");
	const char *first = NULL, *other = NULL, *accepted = NULL;

	while ((at = strstr(at, "{\"id\":")) != NULL && !(first && other && accepted)) {
		const char *object = arena_strndup(&play.arena, at, strcspn(at, "}"));
		const char *state = member(object, "state"), *no = member(object, "student_no");
		struct name_readings readings;

		at++;
		name_read(member(object, "full_name"), &readings);
		if (strcmp(state, "VERIFIED") == 0 && !first && readings.count &&
		    strlen(readings.reading[0].initials) == 3 &&
		    found_first(readings.reading[0].initials, no)) {
			first = member(object, "claim_no");
			variable_set("$INITIALS",
				     arena_strdup(&play.arena, readings.reading[0].initials));
			variable_set("$NAME", member(object, "full_name"));
			variable_set("$NO", no);
			variable_set("$TAIL", no + strlen(no) - 4);
		} else if (strcmp(state, "VERIFIED") == 0 && !other) {
			other = member(object, "claim_no");
		} else if (strcmp(state, "ACCEPTED") == 0 && !accepted) {
			accepted = member(object, "claim_no");
		}
	}
	assert_true(first && other && accepted);
	variable_set("$CLAIM", first);
	variable_set("$RETURNED", other);
	variable_set("$ACCEPTED", accepted);
}

/* A world of as many learners as the test asks for, and the four people: two of them hold several roles (DOMAIN.md 7.3, F7). */
static int world_make(void **state)
{
	const char *build = getenv("OV_BUILDDIR"), *tmp = getenv("TMPDIR");
	char *dir = arena_printf(&play.arena, "%s/overpass-play-XXXXXX", tmp ? tmp : "/tmp");
	const char *students = *state ? *state : "300";

	if (!mkdtemp(dir))
		return 1;
	play.dir = dir;
	play.variables = 0;
	variable_set("$DIR", dir);
	play.program = arena_printf(&play.arena, "%s/overpass", build ? build : ".");
	play.store = arena_printf(&play.arena, "sqlite:%s/demo.db", dir);
	setenv("XDG_STATE_HOME", arena_printf(&play.arena, "%s/state", dir), 1);
	setenv("XDG_CONFIG_HOME", arena_printf(&play.arena, "%s/config", dir), 1);
	setenv("XDG_DATA_HOME", arena_printf(&play.arena, "%s/data", dir), 1);
	setenv("HOME", dir, 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("LANGUAGE", "en", 1);
	setenv("TERM", "xterm-256color", 1);
	run((const char *[]){ play.program, "--store", play.store, "init", "--demo", "--students",
			      students, NULL });
	run((const char *[]){ play.program, "--store", play.store, "--as", "admin.1", "user",
			      "roles", "front_desk.1", "--role", "front_desk", "--role", "verifier",
			      NULL });
	run((const char *[]){ play.program, "--store", play.store, "--as", "admin.1", "user",
			      "roles", "reviewer1.1", "--role", "reviewer1", "--role", "reviewer2",
			      "--role", "ledger_keeper", NULL });
	return 0;
}

static int desk_make(void **state)
{
	int rc = world_make(state);

	if (!rc)
		claims_choose();
	return rc;
}

static int world_remove(void **state)
{
	(void)state;
	run((const char *[]){ "/bin/rm", "-rf", "--", play.dir, NULL });
	return 0;
}

/* --- the words of the script --- */

static void output(void *context, const char *bytes, size_t len)
{
	cast_output(context, bytes, len);
}

static void sits_down(char *rest)
{
	char *login = word(&rest), *day = word(&rest), *words = rest;
	const char *argv[] = { play.program, "--store", play.store, "--as", login,
			       play.served ? NULL : "--today", day, NULL };
	struct pty_options options = { .rows = ROWS, .cols = COLS, .argv = argv };

	cast_wait(play.cast, 1.5);
	cast_marker(play.cast, words);
	play.pty = pty_start(&options);
	pty_tap(play.pty, output, play.cast);
	pty_wait(play.pty, "Lookup");
	cast_wait(play.cast, 1.0);
}

static void leaves(void)
{
	cast_wait(play.cast, 2.0);
	pty_send(play.pty, "\021"); /* C-q */
	assert_int_equal(pty_wait_exit(play.pty), 0);
	pty_close(play.pty);
	play.pty = NULL;
}

static void keys(char *rest)
{
	static const struct {
		const char *name, *bytes;
	} named[] = {
		{ "Enter", "\r" }, { "Esc", "\033" }, { "Tab", "\t" }, { "Space", " " },
		{ "Up", "\033OA" }, { "Down", "\033OB" }, { "Right", "\033OC" }, { "Left", "\033OD" },
		{ "Backspace", "\177" }, { "End", "\033OF" }, { "F2", "\033OQ" }, { "F3", "\033OR" }, { "F4", "\033OS" }, { "C-s", "\023" },
		{ "C-u", "\025" }, { "M-z", "\033z" }, { "M-1", "\0331" }, { "M-n", "\033n" },
	};
	char *name;
	size_t i;

	while ((name = word(&rest)) != NULL) {
		const char *bytes = name;

		for (i = 0; i < sizeof named / sizeof named[0]; i++)
			if (!strcmp(named[i].name, name))
				bytes = named[i].bytes;
		cast_wait(play.cast, 0.4);
		pty_send(play.pty, bytes);
		play.keys++;
	}
}

static void types(const char *text)
{
	while (*text) {
		size_t len = utf8_prefix(text, 1);

		cast_wait(play.cast, 0.1);
		pty_send(play.pty, arena_strndup(&play.arena, text, len));
		play.keys++;
		text += len;
	}
}

static void waits(const char *text)
{
	pty_wait(play.pty, text);
	cast_wait(play.cast, 0.3);
}

static void counts(char *rest)
{
	char *what;

	assert_true(play.counts < COUNTS);
	play.count[play.counts].most = (int)strtol(rest, &what, 10);
	play.count[play.counts].what = arena_strdup(&play.arena, what + 1);
	play.count[play.counts++].from = play.keys;
}

static void counted(void)
{
	int used;

	assert_true(play.counts > 0);
	play.counts--;
	used = play.keys - play.count[play.counts].from;
	print_message("# %s: %d keys, at most %d\n", play.count[play.counts].what, used,
		      play.count[play.counts].most);
	assert_true(used <= play.count[play.counts].most);
}

/* The line with its variables replaced. */
static char *line_fill(const char *line)
{
	struct buf text = BUF_INIT;
	char *filled;
	size_t i;

	while (*line) {
		for (i = 0; i < play.variables; i++) {
			size_t len = strlen(play.variable[i].name);

			if (strncmp(line, play.variable[i].name, len) == 0) {
				buf_printf(&text, "%s", play.variable[i].value);
				line += len;
				break;
			}
		}
		if (i == play.variables)
			buf_char(&text, *line++);
	}
	filled = arena_strdup(&play.arena, buf_cstr(&text));
	buf_release(&text);
	return filled;
}

/* One byte of each file of evidence becomes another. */
static void spoil(void)
{
	const char *pattern = arena_printf(&play.arena, "%s/demo.db.evidence/*/*", play.dir);
	glob_t files;

	assert_int_equal(glob(pattern, 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++) {
		FILE *file = fopen(files.gl_pathv[i], "r+b");

		assert_non_null(file);
		fputc('#', file);
		fclose(file);
	}
	globfree(&files);
}

static void line_play(char *line)
{
	char *rest = strchr(line, ' ');

	if (rest)
		*rest++ = '\0';
	if (!strcmp(line, "as"))
		sits_down(rest);
	else if (!strcmp(line, "type"))
		types(rest);
	else if (!strcmp(line, "key"))
		keys(rest);
	else if (!strcmp(line, "wait"))
		waits(rest);
	else if (!strcmp(line, "gone"))
		pty_wait_gone(play.pty, rest);
	else if (!strcmp(line, "count"))
		counts(rest);
	else if (!strcmp(line, "counted"))
		counted();
	else if (!strcmp(line, "cli"))
		run(argv_make(rest)); /* another desk does it meanwhile */
	else if (!strcmp(line, "spoil"))
		spoil();
	else if (!strcmp(line, "quit"))
		leaves();
	else
		fail_msg("the script has no word \"%s\"", line);
}

static void script_play(const char *name, const char *cast)
{
	const char *root = getenv("OV_SRCDIR");
	FILE *script = fopen(arena_printf(&play.arena, "%s/tests/pty/%s", root ? root : ".", name),
			     "r");
	char line[512];

	assert_non_null(script);
	play.cast = cast_open(cast, ROWS, COLS, "Overpass: the life of a credit claim");
	while (fgets(line, sizeof line, script)) {
		line[strcspn(line, "\n")] = '\0';
		if (*line && *line != '#')
			line_play(line_fill(line));
	}
	fclose(script);
	assert_null(play.pty);
	cast_close(play.cast);
	play.cast = NULL;
}

static void four_people_take_a_claim_to_its_end(void **state)
{
	(void)state;
	script_play("claim_life.keys", getenv("OV_CAST"));
}

static void a_refusal_is_appealed_a_result_objected_to(void **state)
{
	(void)state;
	script_play("claim_contest.keys", NULL);
}

static void the_desk_keeps_its_budgets(void **state)
{
	(void)state;
	script_play("desk_budgets.keys", NULL);
}

static void file_put(const char *name, const char *text)
{
	FILE *file = fopen(arena_printf(&play.arena, "%s/%s", play.dir, name), "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void copy_is(const char *text)
{
	FILE *file = fopen(arena_printf(&play.arena, "%s/copy.txt", play.dir), "r");
	char line[64] = "";

	assert_non_null(file);
	assert_non_null(fgets(line, sizeof line, file));
	assert_string_equal(line, text);
	fclose(file);
}

static void a_file_is_added_read_and_saved(void **state)
{
	(void)state;
	file_put("scan.txt", "Welding, mark 85\n");
	script_play("evidence.keys", NULL);
	copy_is("Welding, mark 85\n");
}

static void the_same_through_a_server(void **state)
{
	struct daemon daemon;

	(void)state;
	if (daemon_missing()) {
		print_message("skipped: %s\n", daemon_missing());
		skip();
	}
	assert_true(daemon_start(&daemon, arena_printf(&play.arena, "%s/demo.db", play.dir), NULL,
				 NULL));
	file_put("scan.txt", "Welding, mark 85\n");
	play.store = daemon.url;
	play.served = true;
	script_play("evidence.keys", NULL);
	play.served = false;
	copy_is("Welding, mark 85\n");
	assert_int_equal(daemon_stop(&daemon), 0);
}

static void a_meeting_is_moved_by_three_keys(void **state)
{
	(void)state;
	script_play("timetable.keys", NULL);
}

static void a_draft_is_stopped_published_and_taken_back(void **state)
{
	(void)state;
	script_play("plan.keys", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(four_people_take_a_claim_to_its_end, world_make,
						world_remove),
		cmocka_unit_test_setup_teardown(a_refusal_is_appealed_a_result_objected_to,
						world_make, world_remove),
		cmocka_unit_test_setup_teardown(the_desk_keeps_its_budgets, desk_make, world_remove),
		cmocka_unit_test_setup_teardown(a_file_is_added_read_and_saved, world_make,
						world_remove),
		cmocka_unit_test_setup_teardown(the_same_through_a_server, world_make,
						world_remove),
		cmocka_unit_test_setup_teardown(a_meeting_is_moved_by_three_keys, world_make,
						world_remove),
		cmocka_unit_test_prestate_setup_teardown(a_draft_is_stopped_published_and_taken_back,
							 world_make, world_remove,
							 (void *)"2000"),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
