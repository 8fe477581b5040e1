#include "server/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/i18n.h"
#include "core/config/ini.h"
#include "core/model/reason.h"

enum { FIRST_FD = 3 /* sd_listen_fds(3) */, BACKLOG = 1024 };

static int failed(const char *address, const char *why, struct error *err)
{
	return error_reason(err, REASON_SERVER_LISTEN, "address", address, "why", why, NULL);
}

/* Can only this machine reach it? */
static bool is_local(int socket)
{
	struct sockaddr_storage address = { 0 };
	socklen_t len = sizeof address;

	if (getsockname(socket, (struct sockaddr *)&address, &len) < 0)
		return false;
	if (address.ss_family == AF_UNIX)
		return true;
	if (address.ss_family == AF_INET)
		return ntohl(((struct sockaddr_in *)&address)->sin_addr.s_addr) >> 24 == 127;
	return address.ss_family == AF_INET6 &&
	       IN6_IS_ADDR_LOOPBACK(&((struct sockaddr_in6 *)&address)->sin6_addr);
}

/* The variables are ours only when they name this process. */
static bool handed_over(void)
{
	const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
	int64_t value;

	return pid && count && ini_number(pid, 1, INT32_MAX, &value) && value == getpid() &&
	       ini_number(count, 1, 1, &value);
}

static int bind_one(const struct addrinfo *info)
{
	int yes = 1;
	int fd = socket(info->ai_family, info->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (bind(fd, info->ai_addr, info->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	close(fd);
	return -1;
}

static int bind_address(const char *address, int *out, struct error *err)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
					.ai_flags = AI_PASSIVE | AI_NUMERICSERV };
	const char *colon = strrchr(address, ':');
	struct addrinfo *list;
	char host[256];
	size_t len = colon ? (size_t)(colon - address) : 0;
	int rc;

	if (!colon || len >= sizeof host || !colon[1])
		return failed(address, "HOST:PORT", err);
	if (len > 1 && address[0] == '[' && address[len - 1] == ']')
		snprintf(host, sizeof host, "%.*s", (int)len - 2, address + 1);
	else
		snprintf(host, sizeof host, "%.*s", (int)len, address);
	rc = getaddrinfo(*host ? host : NULL, colon + 1, &hints, &list);
	if (rc)
		return failed(address, gai_strerror(rc), err);
	errno = 0;
	*out = -1;
	for (const struct addrinfo *info = list; info && *out < 0; info = info->ai_next)
		*out = bind_one(info);
	rc = errno;
	freeaddrinfo(list);
	return *out < 0 ? failed(address, strerror(rc), err) : 0;
}

/* The service may be given a pipe by a mistake in its unit. */
static int take_over(int *out, struct error *err)
{
	socklen_t len = sizeof(int);
	int listens = 0;

	unsetenv("LISTEN_FDS");
	unsetenv("LISTEN_PID");
	if (getsockopt(FIRST_FD, SOL_SOCKET, SO_ACCEPTCONN, &listens, &len) < 0 || !listens)
		return failed("LISTEN_FDS", _("descriptor 3 is no socket that listens"), err);
	fcntl(FIRST_FD, F_SETFD, FD_CLOEXEC);
	*out = FIRST_FD;
	return 0;
}

int listen_open(const char *address, int *out, bool *local, struct error *err)
{
	int rc;

	if (handed_over()) {
		rc = take_over(out, err);
	} else {
		rc = bind_address(address, out, err);
	}
	if (rc == 0)
		*local = is_local(*out);
	return rc;
}

void listen_address(int socket, char *out, size_t size)
{
	struct sockaddr_storage address = { 0 };
	socklen_t len = sizeof address;
	char host[64] = "", port[16] = "";

	getsockname(socket, (struct sockaddr *)&address, &len);
	getnameinfo((struct sockaddr *)&address, len, host, sizeof host, port, sizeof port,
		    NI_NUMERICHOST | NI_NUMERICSERV);
	snprintf(out, size, strchr(host, ':') ? "[%s]:%s" : "%s:%s", host, port);
}

void listen_notify(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	socklen_t len;
	int fd;

	if (!path || (*path != '/' && *path != '@') || strlen(path) >= sizeof address.sun_path)
		return;
	memcpy(address.sun_path, path, strlen(path));
	if (*path == '@')
		address.sun_path[0] = '\0';
	len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path));
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	sendto(fd, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&address, len);
	close(fd);
}
