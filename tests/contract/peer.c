#include "tests/contract/peer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/arena.h"

enum { CONNECTIONS = 16 };

struct taken {
	char *text;
	size_t len;
};

struct peer {
	int listener, wake[2];
	char url[64];
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	const struct peer_step *script;
	size_t steps, at;
	struct taken taken[PEER_REQUESTS];
	size_t count, connections;
	int held[CONNECTIONS];
	size_t held_count;
	const struct peer_step *held_step[CONNECTIONS];
};

struct line {
	int fd;
	char *bytes;
	size_t len;
};

static void send_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL);

		if (sent <= 0)
			return;
		bytes += sent;
		len -= (size_t)sent;
	}
}

static void answer(int fd, const struct peer_step *step)
{
	const char *body = step->body ? step->body : "";
	char head[1024];
	int len = snprintf(head, sizeof head,
			   "HTTP/1.1 %d Status\r\nContent-Type: application/json\r\n%s"
			   "%s%zu\r\n\r\n", step->status ? step->status : 200,
			   step->headers ? step->headers : "",
			   step->status == 204 || step->status == 304 ? "X-Length: " : "Content-Length: ",
			   strlen(body));

	send_all(fd, head, (size_t)len);
	send_all(fd, body, strlen(body));
}

static void reset(int fd)
{
	const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

	setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
	close(fd);
}

/* Answers one request; false when the connection is over. */
static bool act(struct peer *peer, int fd, const char *text, size_t len)
{
	const struct peer_step *step;

	pthread_mutex_lock(&peer->lock);
	step = &peer->script[peer->at < peer->steps ? peer->at : peer->steps - 1];
	peer->at++;
	if (peer->count < PEER_REQUESTS) {
		peer->taken[peer->count].text = mem_alloc(len + 1);
		memcpy(peer->taken[peer->count].text, text, len);
		peer->taken[peer->count++].len = len;
	}
	if (step->act == PEER_HOLD) {
		peer->held[peer->held_count] = fd;
		peer->held_step[peer->held_count++] = step;
	}
	pthread_cond_broadcast(&peer->changed);
	pthread_mutex_unlock(&peer->lock);
	switch (step->act) {
	case PEER_ANSWER:
		answer(fd, step);
		return true;
	case PEER_RAW:
		send_all(fd, step->body, strlen(step->body));
		close(fd);
		return false;
	case PEER_LOSE:
		reset(fd);
		return false;
	default:
		return true;
	}
}

/* The length of the whole request at the start of the bytes, 0 while some of
 * it is missing. */
static size_t request_len(const char *bytes, size_t len)
{
	const char *end = strstr(bytes, "\r\n\r\n");
	size_t body = 0;

	if (!end)
		return 0;
	for (const char *at = bytes; at < end; at = strstr(at, "\r\n") + 2)
		if (!strncasecmp(at, "content-length:", 15))
			body = strtoul(at + 15, NULL, 10);
	body += (size_t)(end + 4 - bytes);
	return len >= body ? body : 0;
}

static bool take(struct peer *peer, struct line *line)
{
	ssize_t got = recv(line->fd, line->bytes + line->len, PEER_TEXT - 1 - line->len, 0);
	size_t len;

	if (got <= 0) {
		close(line->fd);
		return false;
	}
	line->len += (size_t)got;
	line->bytes[line->len] = '\0';
	while ((len = request_len(line->bytes, line->len)) > 0) {
		if (!act(peer, line->fd, line->bytes, len))
			return false;
		memmove(line->bytes, line->bytes + len, line->len - len);
		line->len -= len;
		line->bytes[line->len] = '\0';
	}
	return true;
}

static void *serve(void *context)
{
	struct peer *peer = context;
	struct line lines[CONNECTIONS];
	struct pollfd fds[CONNECTIONS + 2] = {
		{ .fd = peer->wake[0], .events = POLLIN }, { .fd = peer->listener, .events = POLLIN }
	};
	size_t count = 0;

	for (;;) {
		for (size_t i = 0; i < count; i++)
			fds[i + 2] = (struct pollfd){ .fd = lines[i].fd, .events = POLLIN };
		if (poll(fds, count + 2, -1) < 0 && errno != EINTR)
			break;
		if (fds[0].revents)
			break;
		for (size_t i = count; i-- > 0;)
			if (fds[i + 2].revents && !take(peer, &lines[i])) {
				free(lines[i].bytes);
				lines[i] = lines[--count];
			}
		if (fds[1].revents && count < CONNECTIONS) {
			lines[count] = (struct line){ accept(peer->listener, NULL, NULL),
						      mem_alloc(PEER_TEXT), 0 };
			count++;
			pthread_mutex_lock(&peer->lock);
			peer->connections++;
			pthread_mutex_unlock(&peer->lock);
		}
	}
	while (count > 0) {
		close(lines[--count].fd);
		free(lines[count].bytes);
	}
	return NULL;
}

struct peer *peer_new(const struct peer_step *script, size_t count)
{
	struct sockaddr_in name = { .sin_family = AF_INET };
	struct peer *peer = mem_alloc(sizeof *peer);
	socklen_t len = sizeof name;

	name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	peer->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (peer->listener < 0 || pipe(peer->wake) < 0 ||
	    bind(peer->listener, (struct sockaddr *)&name, sizeof name) < 0 ||
	    listen(peer->listener, CONNECTIONS) < 0 ||
	    getsockname(peer->listener, (struct sockaddr *)&name, &len) < 0)
		abort();
	snprintf(peer->url, sizeof peer->url, "http://127.0.0.1:%u", ntohs(name.sin_port));
	peer->script = script;
	peer->steps = count;
	pthread_mutex_init(&peer->lock, NULL);
	pthread_cond_init(&peer->changed, NULL);
	if (pthread_create(&peer->thread, NULL, serve, peer) != 0)
		abort();
	return peer;
}

static void forget(struct peer *peer)
{
	for (size_t i = 0; i < peer->count; i++)
		free(peer->taken[i].text);
	peer->count = 0;
}

void peer_free(struct peer *peer)
{
	if (write(peer->wake[1], "x", 1) != 1)
		abort();
	pthread_join(peer->thread, NULL);
	close(peer->listener);
	close(peer->wake[0]);
	close(peer->wake[1]);
	forget(peer);
	pthread_cond_destroy(&peer->changed);
	pthread_mutex_destroy(&peer->lock);
	free(peer);
}

const char *peer_url(const struct peer *peer)
{
	return peer->url;
}

void peer_script(struct peer *peer, const struct peer_step *script, size_t count)
{
	pthread_mutex_lock(&peer->lock);
	forget(peer);
	peer->script = script;
	peer->steps = count;
	peer->at = 0;
	pthread_mutex_unlock(&peer->lock);
}

size_t peer_count(struct peer *peer, size_t at_least)
{
	size_t count;

	pthread_mutex_lock(&peer->lock);
	while (peer->count < at_least)
		pthread_cond_wait(&peer->changed, &peer->lock);
	count = peer->count;
	pthread_mutex_unlock(&peer->lock);
	return count;
}

size_t peer_connections(struct peer *peer)
{
	size_t count;

	pthread_mutex_lock(&peer->lock);
	count = peer->connections;
	pthread_mutex_unlock(&peer->lock);
	return count;
}

const char *peer_request(struct peer *peer, size_t index, size_t *len)
{
	const char *text;

	peer_count(peer, index + 1);
	pthread_mutex_lock(&peer->lock);
	text = peer->taken[index].text;
	if (len)
		*len = peer->taken[index].len;
	pthread_mutex_unlock(&peer->lock);
	return text;
}

void peer_release(struct peer *peer)
{
	pthread_mutex_lock(&peer->lock);
	for (size_t i = 0; i < peer->held_count; i++)
		answer(peer->held[i], peer->held_step[i]);
	peer->held_count = 0;
	pthread_mutex_unlock(&peer->lock);
}
