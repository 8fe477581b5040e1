#define _GNU_SOURCE /* F_DUPFD_CLOEXEC, MSG_TRUNC of TCP */
#include "server/linger.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/civil.h"

enum {
	SOCKETS_MAX = 64,
	LOOK_MS = 10,     /* between two looks, while there is one */
	SILENT_MS = 5000, /* without a byte: the client waits for something else */
	WHOLE_MS = 30000,
	PIECE = 1 << 20, PIECES_MAX = 16 /* at a look: the others have their turn */
};

struct left {
	int fd;
	int64_t quiet, whole; /* monotonic ms at which it is closed */
};

struct lingering {
	pthread_t reader;
	pthread_mutex_t lock;
	pthread_cond_t changed; /* the first socket, or the end */
	struct left sockets[SOCKETS_MAX];
	size_t count;
	bool stopping;
};

/* False: it is to be closed. */
static bool read_away(struct left *left, int64_t now)
{
	ssize_t got = 1;

	/* MSG_TRUNC: TCP drops the bytes without copying them. */
	for (int i = 0; i < PIECES_MAX && got > 0; i++) {
		got = recv(left->fd, NULL, PIECE, MSG_DONTWAIT | MSG_TRUNC);
		if (got > 0)
			left->quiet = now + SILENT_MS;
	}
	if (got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR))
		return false;
	return now < left->quiet && now < left->whole;
}

static void look(struct lingering *lingering)
{
	int64_t now = clock_monotonic_ms();

	for (size_t i = 0; i < lingering->count;) {
		if (read_away(&lingering->sockets[i], now)) {
			i++;
			continue;
		}
		close(lingering->sockets[i].fd);
		lingering->sockets[i] = lingering->sockets[--lingering->count];
	}
}

static void *work(void *context)
{
	struct lingering *lingering = context;
	struct timespec pause = { 0, LOOK_MS * 1000000 };

	pthread_mutex_lock(&lingering->lock);
	while (!lingering->stopping) {
		if (!lingering->count) {
			pthread_cond_wait(&lingering->changed, &lingering->lock);
			continue;
		}
		look(lingering);
		pthread_mutex_unlock(&lingering->lock);
		nanosleep(&pause, NULL);
		pthread_mutex_lock(&lingering->lock);
	}
	pthread_mutex_unlock(&lingering->lock);
	return NULL;
}

struct lingering *lingering_new(void)
{
	struct lingering *lingering = mem_alloc(sizeof *lingering);

	pthread_mutex_init(&lingering->lock, NULL);
	pthread_cond_init(&lingering->changed, NULL);
	if (pthread_create(&lingering->reader, NULL, work, lingering) == 0)
		return lingering;
	pthread_mutex_destroy(&lingering->lock);
	pthread_cond_destroy(&lingering->changed);
	free(lingering);
	return NULL;
}

void lingering_free(struct lingering *lingering)
{
	if (!lingering)
		return;
	pthread_mutex_lock(&lingering->lock);
	lingering->stopping = true;
	pthread_cond_signal(&lingering->changed);
	pthread_mutex_unlock(&lingering->lock);
	pthread_join(lingering->reader, NULL);
	for (size_t i = 0; i < lingering->count; i++)
		close(lingering->sockets[i].fd);
	pthread_mutex_destroy(&lingering->lock);
	pthread_cond_destroy(&lingering->changed);
	free(lingering);
}

void lingering_keep(struct lingering *lingering, int fd)
{
	int64_t now = clock_monotonic_ms();
	int copy = -1;

	pthread_mutex_lock(&lingering->lock);
	if (lingering->count < SOCKETS_MAX)
		copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (copy >= 0) {
		shutdown(copy, SHUT_WR);
		lingering->sockets[lingering->count++] = (struct left){ copy, now + SILENT_MS, now + WHOLE_MS };
		pthread_cond_signal(&lingering->changed);
	}
	pthread_mutex_unlock(&lingering->lock);
}
