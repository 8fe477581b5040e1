#include "tests/contract/daemon.h"

#include "tests/unit/shared.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

extern char **environ;

enum { PATH = 512, ARGUMENTS = 24 };

static char program[PATH], slowlink[PATH];

const char *daemon_missing(void)
{
	const char *build = getenv("OV_BUILDDIR");

	snprintf(program, sizeof program, "%s/overpassd", build ? build : ".");
	return access(program, X_OK) == 0 ? NULL : "overpassd is not built";
}

const char *slowlink_missing(void)
{
	if (!shared_path("tools/slowlink.py", slowlink, sizeof slowlink))
		return "../shared/tools/slowlink.py is missing";
	return NULL;
}

/* Runs it with its output in a pipe. */
static bool start(struct daemon *daemon, const char *const *arguments)
{
	posix_spawn_file_actions_t actions;
	int fds[2], rc;

	if (pipe(fds) < 0)
		return false;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fds[1], STDOUT_FILENO);
	posix_spawn_file_actions_addclose(&actions, fds[0]);
	posix_spawn_file_actions_addclose(&actions, fds[1]);
	rc = posix_spawnp(&daemon->pid, arguments[0], &actions, NULL,
			  (char *const *)(uintptr_t)arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(fds[1]);
	daemon->out = fds[0];
	return rc == 0;
}

/* The first line it prints, once it listens. */
static bool first_line(const struct daemon *daemon, char *line, size_t size)
{
	size_t len = 0;
	ssize_t got;

	while (len < size - 1 && (got = read(daemon->out, line + len, 1)) == 1)
		if (line[len++] == '\n')
			break;
	line[len] = '\0';
	return len > 0 && line[len - 1] == '\n';
}

bool daemon_start(struct daemon *daemon, const char *file, const char *certificate,
		  const char *key)
{
	/* A proxy in between has to know the server's address beforehand. */
	const char *listen_at = getenv("OV_REST_LISTEN"), *log = getenv("OV_REST_LOG");
	char store[PATH + 8], line[256];
	const char *arguments[ARGUMENTS] = {
		program, "--store", store, "--listen", listen_at ? listen_at : "127.0.0.1:0",
		"--log", log ? log : "errors", "--per-address", "0", NULL
	};

	if (daemon_missing())
		return false;
	snprintf(store, sizeof store, "sqlite:%s", file);
	if (certificate) {
		arguments[9] = "--certificate";
		arguments[10] = certificate;
		arguments[11] = "--key";
		arguments[12] = key;
	}
	if (!start(daemon, arguments) || !first_line(daemon, line, sizeof line))
		return false;
	return sscanf(line, "%95[^\n]", daemon->url) == 1 && strstr(daemon->url, "://");
}

/* A port that nobody had a moment ago. */
static unsigned free_port(void)
{
	struct sockaddr_in name = { .sin_family = AF_INET };
	socklen_t len = sizeof name;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (struct sockaddr *)&name, sizeof name) < 0 ||
	    getsockname(fd, (struct sockaddr *)&name, &len) < 0)
		abort();
	close(fd);
	return ntohs(name.sin_port);
}

bool slowlink_start(struct daemon *link, const struct daemon *upstream,
		    const char *const *arguments)
{
	const char *host = strstr(upstream->url, "://") + 3;
	char port[16], line[256];
	const char *all[ARGUMENTS] = {
		"python3", slowlink, "--listen", port, "--upstream", host
	};
	unsigned number = free_port();

	if (slowlink_missing())
		return false;
	for (size_t i = 0; arguments[i] && i + 7 < ARGUMENTS; i++)
		all[i + 6] = arguments[i];
	snprintf(port, sizeof port, "%u", number);
	snprintf(link->url, sizeof link->url, "%.*s127.0.0.1:%u", (int)(host - upstream->url),
		 upstream->url, number);
	return start(link, all) && first_line(link, line, sizeof line);
}

int daemon_stop(struct daemon *daemon)
{
	int status = 0;

	if (daemon->pid <= 0)
		return -1;
	kill(daemon->pid, SIGTERM);
	waitpid(daemon->pid, &status, 0);
	close(daemon->out);
	daemon->pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
