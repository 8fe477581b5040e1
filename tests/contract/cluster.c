#include "tests/contract/cluster.h"

#include <fcntl.h>
#include <glob.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/db/db.h"

enum { ROOMS = 8, ROOM = 256, START_TRIES = 300, PAUSE_MS = 100 };

static char folder[64], data[96], programs[200];
static const struct passwd *owner; /* of the server, when that can't be root */
static pid_t server;

const char *cluster_url(const char *database)
{
	static char rooms[ROOMS][ROOM];
	static int next;
	char *room = rooms[next++ % ROOMS];

	snprintf(room, ROOM, "postgres://overpass:hush@/%s?host=%s", database, folder);
	return room;
}

/* A server refuses to run as root. */
static bool become_owner(void)
{
	return geteuid() != 0 || (initgroups(owner->pw_name, owner->pw_gid) == 0 &&
				  setgid(owner->pw_gid) == 0 && setuid(owner->pw_uid) == 0);
}

static pid_t start(const char *const argv[])
{
	char path[300], log[128];
	pid_t pid = fork();
	int fd;

	if (pid != 0)
		return pid;
	snprintf(path, sizeof path, "%s/%s", programs, argv[0]);
	snprintf(log, sizeof log, "%s/log", folder);
	if (!become_owner() || chdir(folder) < 0)
		_exit(127);
	fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
	dup2(fd, 1);
	dup2(fd, 2);
	setpgid(0, 0); /* a Ctrl-C of the test is not the server's */
	unsetenv("LC_ALL");
	execv(path, (char *const *)argv);
	_exit(127);
}

static bool run(const char *const argv[])
{
	int status = 1;
	pid_t pid = start(argv);

	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

static struct db *connect_to(const char *database, struct error *err)
{
	struct db *db = NULL;

	error_clear(err);
	return db_open(cluster_url(database), DB_SERVER | DB_CREATE, 10000, &db, err) == 0 ? db : NULL;
}

bool cluster_start(void)
{
	const char *const argv[] = { "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=",
				     "-c", "fsync=off", "-c", "max_connections=40", NULL };
	struct error err = ERROR_INIT;
	struct db *db = NULL;

	server = start(argv);
	for (int tries = 0; !db && tries < START_TRIES && waitpid(server, NULL, WNOHANG) == 0; tries++) {
		poll(NULL, 0, PAUSE_MS);
		db = connect_to("postgres", &err);
	}
	if (!db)
		fprintf(stderr, "%s\n", err.message);
	db_close(db);
	return db != NULL;
}

static void end(int signal)
{
	if (server > 0) {
		kill(server, signal);
		waitpid(server, NULL, 0);
	}
	server = 0;
}

void cluster_kill(void)
{
	kill(-server, SIGKILL);
	end(SIGKILL);
}

void cluster_stop(void)
{
	pid_t pid;

	end(SIGQUIT);
	pid = *folder ? fork() : -1;
	if (pid == 0) {
		execl("/bin/rm", "rm", "-rf", folder, (char *)NULL);
		_exit(127);
	}
	if (pid > 0)
		waitpid(pid, NULL, 0);
	*folder = '\0';
}

/* The newest that the distribution has, or what is in the path. */
static bool programs_find(void)
{
	glob_t found;
	const char *path = getenv("PATH");

	if (glob("/usr/lib/postgresql/*/bin/initdb", GLOB_ERR, NULL, &found) == 0) {
		const char *last = found.gl_pathv[found.gl_pathc - 1];

		snprintf(programs, sizeof programs, "%.*s", (int)(strrchr(last, '/') - last), last);
		globfree(&found);
		return true;
	}
	while (path && *path) {
		size_t len = strcspn(path, ":");
		char program[300];

		snprintf(programs, sizeof programs, "%.*s", (int)len, path);
		snprintf(program, sizeof program, "%s/initdb", programs);
		if (access(program, X_OK) == 0)
			return true;
		path += len + (path[len] == ':');
	}
	return false;
}

/* Below /tmp: the path of a socket may have a hundred bytes only, and the server's
 * user must come to it. */
static bool folder_make(void)
{
	snprintf(folder, sizeof folder, "/tmp/overpass-pg-XXXXXX");
	if (!mkdtemp(folder) || (owner && chown(folder, owner->pw_uid, owner->pw_gid) < 0))
		return false;
	snprintf(data, sizeof data, "%s/data", folder);
	return true;
}

const char *cluster_missing(void)
{
	const char *const argv[] = { "initdb", "-D", data, "-U", "overpass", "-A", "trust", "-E", "UTF8",
				     "--locale=C", "-N", NULL };

#ifndef HAVE_LIBPQ
	return "built without libpq";
#endif
	if (!programs_find())
		return "no PostgreSQL server is installed";
	if (geteuid() == 0) {
		owner = getpwnam("postgres");
		if (!owner)
			owner = getpwnam("nobody");
		if (!owner)
			return "a PostgreSQL server doesn't run as root";
	}
	if (!folder_make() || !run(argv) || !cluster_start()) {
		cluster_stop();
		return "the PostgreSQL server didn't start";
	}
	return NULL;
}

bool cluster_sql(const char *database, const char *sql)
{
	struct error err = ERROR_INIT;
	struct db *db = connect_to(database, &err);
	int rc = db ? db_exec(db, sql, &err) : err.code;

	if (rc < 0)
		fprintf(stderr, "%s: %s\n", sql, err.message);
	db_close(db);
	return rc == 0;
}

bool cluster_database(const char *name, const char *like)
{
	char sql[200];

	snprintf(sql, sizeof sql, "CREATE DATABASE \"%s\" TEMPLATE \"%s\" STRATEGY file_copy", name,
		 like ? like : "template0");
	return cluster_sql("postgres", sql);
}
