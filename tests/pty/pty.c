#include "config.h"

#include "tests/pty/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/civil.h"
#include "tests/screen/cmocka.h"
#include "tests/screen/vt.h"

enum { DEADLINE_MS = 20000, TICK_MS = 50 };

struct pty {
	struct vt *vt;
	pid_t leader; /* of the session, as a shell would be; our child */
	pid_t pid;    /* the program, in a process group of its own */
	int master, status;
	bool ended;
	void (*tap)(void *context, const char *bytes, size_t len);
	void *tap_context;
};

static void environment(const char *const *env)
{
	for (; env && *env; env++) {
		if (strchr(*env, '='))
			putenv(mem_strdup(*env));
		else
			unsetenv(*env);
	}
}

static void program_run(const struct pty_options *options)
{
	setpgid(0, 0);
	tcsetpgrp(0, getpid());
	signal(SIGTTOU, SIG_DFL);
	signal(SIGHUP, SIG_DFL);
	environment(options->env);
	execv(options->argv[0], (char *const *)options->argv);
	_exit(127);
}

/* Does what a shell does for its foreground job: without a session leader the
 * kernel would not let the program stop itself. */
static void leader_run(const struct pty_options *options, int tell)
{
	int status = 0;
	pid_t pid;

	signal(SIGHUP, SIG_IGN);
	signal(SIGTTOU, SIG_IGN);
	pid = fork();
	if (pid == 0)
		program_run(options);
	if (write(tell, &pid, sizeof pid) != (ssize_t)sizeof pid)
		_exit(126);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

int pty_run(const char *const *argv)
{
	pid_t pid = fork();
	int status = 0;

	assert_true(pid >= 0);
	if (pid == 0) {
		int null = open("/dev/null", O_RDWR);

		dup2(null, 0);
		dup2(null, 1);
		execv(argv[0], (char *const *)argv);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

struct pty *pty_start(const struct pty_options *options)
{
	struct winsize size = { .ws_row = (unsigned short)options->rows,
				.ws_col = (unsigned short)options->cols };
	struct pty *pty = mem_alloc(sizeof *pty);
	int tell[2];

	pty->vt = vt_new(options->rows, options->cols);
	assert_int_equal(pipe2(tell, O_CLOEXEC), 0);
	pty->leader = forkpty(&pty->master, NULL, NULL, &size);
	assert_true(pty->leader >= 0);
	if (pty->leader == 0)
		leader_run(options, tell[1]);
	close(tell[1]);
	assert_int_equal(read(tell[0], &pty->pid, sizeof pty->pid), (ssize_t)sizeof pty->pid);
	close(tell[0]);
	fcntl(pty->master, F_SETFL, O_NONBLOCK);
	return pty;
}

pid_t pty_pid(const struct pty *pty)
{
	return pty->pid;
}

enum { ANYWHERE = -2, NOWHERE = -1, PIECE = 256 };

static bool stands(struct pty *pty, const char *text, int row)
{
	const int at = vt_row_of(pty->vt, text);

	return row == ANYWHERE ? at >= 0 : at == row;
}

/* Draws what came. True when TEXT stood anywhere on the way: a test that got no
 * turn for a while reads several pictures at once, and a message that came and
 * went was there. */
static bool draw(struct pty *pty, const char *bytes, size_t len, const char *text)
{
	bool seen = false;

	while (len > 0) {
		const size_t piece = text && len > PIECE ? PIECE : len;

		vt_write(pty->vt, bytes, piece);
		seen = seen || (text && stands(pty, text, ANYWHERE));
		bytes += piece;
		len -= piece;
	}
	return seen;
}

/* Reads what is there within the time; false when the line is closed. SEEN, if
 * TEXT stood anywhere meanwhile. */
static bool pump_seeing(struct pty *pty, int ms, const char *text, bool *seen)
{
	struct pollfd fd = { .fd = pty->master, .events = POLLIN };
	char bytes[16384];
	ssize_t len;

	if (pty->master < 0) {
		poll(NULL, 0, ms);
		return false;
	}
	poll(&fd, 1, ms);
	len = read(pty->master, bytes, sizeof bytes);
	if (len > 0)
		*seen = draw(pty, bytes, (size_t)len, text);
	if (len > 0 && pty->tap)
		pty->tap(pty->tap_context, bytes, (size_t)len);
	return len > 0 || (len < 0 && (errno == EAGAIN || errno == EINTR));
}

static bool pump(struct pty *pty, int ms)
{
	bool seen;

	return pump_seeing(pty, ms, NULL, &seen);
}

void pty_tap(struct pty *pty, void (*tap)(void *context, const char *bytes, size_t len),
	     void *context)
{
	pty->tap = tap;
	pty->tap_context = context;
}

void pty_send(struct pty *pty, const char *bytes)
{
	size_t len = strlen(bytes);

	while (len > 0) {
		ssize_t sent = write(pty->master, bytes, len);

		if (sent < 0 && errno == EAGAIN) {
			pump(pty, TICK_MS);
			continue;
		}
		assert_true(sent > 0);
		bytes += sent;
		len -= (size_t)sent;
	}
}

void pty_wait_taken(struct pty *pty)
{
	int64_t end = clock_monotonic_ms() + DEADLINE_MS;
	int slave = open(ptsname(pty->master), O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	int left = 1;

	assert_true(slave >= 0);
	while (left > 0) {
		assert_int_equal(ioctl(slave, FIONREAD, &left), 0);
		assert_true(clock_monotonic_ms() < end);
		if (left > 0)
			pump(pty, 1);
	}
	close(slave);
}

void pty_resize(struct pty *pty, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	vt_resize(pty->vt, rows, cols);
	assert_int_equal(ioctl(pty->master, TIOCSWINSZ, &size), 0);
}

void pty_signal(struct pty *pty, int number)
{
	assert_int_equal(kill(pty->pid, number), 0);
}

void pty_hang_up(struct pty *pty)
{
	close(pty->master);
	pty->master = -1;
}

bool pty_shows(struct pty *pty, const char *text)
{
	return vt_shows(pty->vt, text);
}

/* Until the first row with TEXT is ROW. */
static void wait_for(struct pty *pty, const char *text, int row)
{
	int64_t end = clock_monotonic_ms() + DEADLINE_MS;

	while (!stands(pty, text, row)) {
		bool seen = false;
		bool open = pump_seeing(pty, TICK_MS, row == ANYWHERE ? text : NULL, &seen);

		if (seen || stands(pty, text, row))
			return;
		if (!open || clock_monotonic_ms() > end) {
			struct buf screen = BUF_INIT;

			vt_dump(pty->vt, &screen);
			fputs(buf_cstr(&screen), stderr);
			buf_release(&screen);
			fail_msg("\"%s\" %s", text, row == NOWHERE ? "did not go" : "did not come");
		}
	}
}

void pty_wait(struct pty *pty, const char *text)
{
	wait_for(pty, text, ANYWHERE);
}

void pty_wait_gone(struct pty *pty, const char *text)
{
	wait_for(pty, text, NOWHERE);
}

void pty_wait_row(struct pty *pty, const char *text, int row)
{
	wait_for(pty, text, row);
}

/* One look at whether it has ended. */
static void look(struct pty *pty)
{
	if (!pty->ended && waitpid(pty->leader, &pty->status, WNOHANG) == pty->leader)
		pty->ended = true;
}

/* The letter of the process's state: T is stopped. */
static char process_state(pid_t pid)
{
	char path[64], text[512] = "";
	const char *paren;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	file = fopen(path, "r");
	if (!file)
		return 0;
	text[fread(text, 1, sizeof text - 1, file)] = '\0';
	fclose(file);
	paren = strrchr(text, ')');
	return paren && paren[1] ? paren[2] : 0;
}

void pty_wait_stopped(struct pty *pty)
{
	int64_t end = clock_monotonic_ms() + DEADLINE_MS;

	while (process_state(pty->pid) != 'T') {
		pump(pty, TICK_MS);
		assert_true(clock_monotonic_ms() < end);
	}
}

int pty_wait_exit(struct pty *pty)
{
	int64_t end = clock_monotonic_ms() + DEADLINE_MS;

	while (!pty->ended) {
		if (!pump(pty, TICK_MS) && pty->master >= 0)
			poll(NULL, 0, 10);
		look(pty);
		if (clock_monotonic_ms() > end)
			fail_msg("the program did not end");
	}
	pump(pty, 0);
	return WIFEXITED(pty->status) ? WEXITSTATUS(pty->status) : 128 + WTERMSIG(pty->status);
}

void pty_close(struct pty *pty)
{
	int64_t end = clock_monotonic_ms() + 10000;

	if (pty->master >= 0)
		pty_hang_up(pty);
	if (!pty->ended)
		kill(pty->pid, SIGCONT);
	while (!pty->ended && clock_monotonic_ms() < end) {
		look(pty);
		poll(NULL, 0, 5);
	}
	if (!pty->ended) {
		kill(pty->pid, SIGKILL);
		waitpid(pty->leader, &pty->status, 0);
	}
	vt_free(pty->vt);
	free(pty);
}
