#include "server/conn.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "core/base/arena.h"
#include "core/base/civil.h"
#include "server/linger.h"

struct conns {
	pthread_t sweeper;
	pthread_mutex_t lock;
	pthread_cond_t changed; /* the first connection, or the end */
	struct conn *first;
	struct lingering *lingering;
	bool stopping;
};

static void shut(struct conn *conn)
{
	shutdown(conn->fd, SHUT_RDWR);
	atomic_store(&conn->deadline, INT64_MAX);
}

static void *sweep(void *context)
{
	struct conns *conns = context;
	struct timespec at;

	pthread_mutex_lock(&conns->lock);
	while (!conns->stopping) {
		int64_t now = clock_monotonic_ms();

		for (struct conn *conn = conns->first; conn; conn = conn->next)
			if (atomic_load(&conn->deadline) < now)
				shut(conn);
		if (!conns->first) {
			pthread_cond_wait(&conns->changed, &conns->lock);
			continue;
		}
		clock_gettime(CLOCK_REALTIME, &at);
		at.tv_sec++;
		pthread_cond_timedwait(&conns->changed, &conns->lock, &at);
	}
	pthread_mutex_unlock(&conns->lock);
	return NULL;
}

struct conns *conns_new(void)
{
	struct conns *conns = mem_alloc(sizeof *conns);

	pthread_mutex_init(&conns->lock, NULL);
	pthread_cond_init(&conns->changed, NULL);
	conns->lingering = lingering_new();
	if (conns->lingering && pthread_create(&conns->sweeper, NULL, sweep, conns) == 0)
		return conns;
	lingering_free(conns->lingering);
	pthread_mutex_destroy(&conns->lock);
	pthread_cond_destroy(&conns->changed);
	free(conns);
	return NULL;
}

void conns_free(struct conns *conns)
{
	if (!conns)
		return;
	pthread_mutex_lock(&conns->lock);
	conns->stopping = true;
	pthread_cond_signal(&conns->changed);
	pthread_mutex_unlock(&conns->lock);
	pthread_join(conns->sweeper, NULL);
	lingering_free(conns->lingering);
	pthread_mutex_destroy(&conns->lock);
	pthread_cond_destroy(&conns->changed);
	free(conns);
}

struct conn *conn_new(struct conns *conns, int fd, int64_t ms)
{
	struct conn *conn = mem_alloc(sizeof *conn);

	conn->fd = fd;
	conn_limit(conn, ms);
	pthread_mutex_lock(&conns->lock);
	conn->next = conns->first;
	conn->back = &conns->first;
	if (conn->next)
		conn->next->back = &conn->next;
	else
		pthread_cond_signal(&conns->changed);
	conns->first = conn;
	pthread_mutex_unlock(&conns->lock);
	return conn;
}

void conn_free(struct conns *conns, struct conn *conn)
{
	if (conn->refused)
		lingering_keep(conns->lingering, conn->fd);
	pthread_mutex_lock(&conns->lock);
	*conn->back = conn->next;
	if (conn->next)
		conn->next->back = conn->back;
	pthread_mutex_unlock(&conns->lock);
	free(conn);
}

void conn_limit(struct conn *conn, int64_t ms)
{
	if (conn)
		atomic_store(&conn->deadline, ms == INT64_MAX ? ms : clock_coarse_ms() + ms);
}

void conns_cut(struct conns *conns)
{
	pthread_mutex_lock(&conns->lock);
	for (struct conn *conn = conns->first; conn; conn = conn->next)
		if (atomic_load(&conn->deadline) != INT64_MAX)
			shut(conn);
	pthread_mutex_unlock(&conns->lock);
}
