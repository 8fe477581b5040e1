#define _GNU_SOURCE /* accept4(2) */
#include "server/accept.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "core/base/arena.h"

enum { PAUSE_MS = 50 /* while the process has no descriptor left */ };

struct acceptor {
	pthread_t thread;
	int socket, stop; /* stop: an eventfd */
	void (*take)(void *context, int fd, const struct sockaddr *address, socklen_t len);
	void *context;
};

/* False once it is to end. */
static bool wait_for(const struct acceptor *acceptor, bool pause)
{
	struct pollfd fds[2] = {
		{ .fd = acceptor->stop, .events = POLLIN },
		{ .fd = acceptor->socket, .events = POLLIN },
	};

	while (poll(fds, pause ? 1 : 2, pause ? PAUSE_MS : -1) < 0 && errno == EINTR)
		;
	return !fds[0].revents;
}

static void *work(void *context)
{
	struct acceptor *acceptor = context;
	bool pause = false;

	while (wait_for(acceptor, pause)) {
		struct sockaddr_storage address = { 0 };
		socklen_t len = sizeof address;
		int fd = accept4(acceptor->socket, (struct sockaddr *)&address, &len,
				 SOCK_NONBLOCK | SOCK_CLOEXEC);

		/* What isn't accepted stays in the kernel's queue meanwhile. */
		pause = fd < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS ||
				   errno == ENOMEM);
		if (fd >= 0)
			acceptor->take(acceptor->context, fd, (struct sockaddr *)&address, len);
	}
	return NULL;
}

struct acceptor *acceptor_start(int socket,
				void (*take)(void *context, int fd,
					     const struct sockaddr *address, socklen_t len),
				void *context)
{
	struct acceptor *acceptor = mem_alloc(sizeof *acceptor);
	int flags = fcntl(socket, F_GETFL);

	*acceptor = (struct acceptor){ .socket = socket, .take = take, .context = context };
	acceptor->stop = eventfd(0, EFD_CLOEXEC);
	/* Who connects may be gone before accept(): a socket from outside blocks. */
	if (acceptor->stop >= 0 && flags >= 0 && fcntl(socket, F_SETFL, flags | O_NONBLOCK) == 0 &&
	    pthread_create(&acceptor->thread, NULL, work, acceptor) == 0)
		return acceptor;
	if (acceptor->stop >= 0)
		close(acceptor->stop);
	free(acceptor);
	return NULL;
}

void acceptor_stop(struct acceptor *acceptor)
{
	const uint64_t one = 1;

	if (!acceptor)
		return;
	while (write(acceptor->stop, &one, sizeof one) < 0 && errno == EINTR)
		;
	pthread_join(acceptor->thread, NULL);
	close(acceptor->stop);
	close(acceptor->socket);
	free(acceptor);
}
