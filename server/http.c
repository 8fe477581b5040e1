#include "server/http.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <microhttpd.h>

#include "core/model/reason.h"
#include "server/accept.h"
#include "server/compress.h"
#include "server/conn.h"
#include "server/language.h"
#include "server/log.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/tls.h"

enum {
	MEMORY = 16 << 10,      /* for the headers of a connection; then 431 */
	BODY_RATE = 1024,       /* bytes a second that are the least */
	DRAIN_MS = 10000,       /* for answers that somebody reads slowly */
	KEEP_MS = 75000, HEADER_MS = 20000, BODY_MS = 30000
};

struct http {
	struct service *service;
	struct http_options options;
	struct MHD_Daemon *daemon;
	struct acceptor *acceptor; /* NULL: drained */
	struct conns *conns;
	_Atomic int64_t active;  /* requests under way */
	atomic_bool draining;    /* somebody waits on idle */
	pthread_mutex_t lock;
	pthread_cond_t idle;
	pthread_key_t spare; /* a thread's exchange for its next request */
};

enum wait_state { RUNNING, SUSPENDED, WOKEN };

/* What is asked of nearly every request: found while the headers are counted. */
static const char *const asked[] = { "Authorization", "Accept-Encoding", "Accept-Language",
				     "If-None-Match" };
enum { ASKED = sizeof asked / sizeof asked[0] };

struct header_count {
	size_t bytes, lengths, codings;
	bool done;
	const char *values[ASKED];
};

/* One request and its connection. */
struct exchange {
	struct request request; /* first */
	struct http *http;
	struct conn *conn;
	struct MHD_Connection *connection;
	_Atomic int wait; /* enum wait_state */
	struct header_count count;
	bool begun;   /* the service knows it */
	bool refused; /* the answer was ready before the body */
	int64_t body_began;
	size_t body_bytes;
};

/* --- connections --- */

static void connected(struct http *http, struct MHD_Connection *connection, void **context)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);

	if (http->options.tls) {
		const union MHD_ConnectionInfo *tls =
			MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);

		if (tls && tls->tls_session)
			tls_begin(http->options.tls, tls->tls_session);
	}
	*context = conn_new(http->conns, info ? info->connect_fd : -1, http->options.header_ms);
	atomic_fetch_add(&http->service->counters.connections, 1);
}

static void disconnected(struct http *http, struct conn *conn)
{
	conn_free(http->conns, conn);
	atomic_fetch_sub(&http->service->counters.connections, 1);
}

static void on_connection(void *context, struct MHD_Connection *connection,
			  void **socket_context, enum MHD_ConnectionNotificationCode code)
{
	if (code == MHD_CONNECTION_NOTIFY_STARTED)
		connected(context, connection, socket_context);
	else if (*socket_context)
		disconnected(context, *socket_context);
}

static struct conn *conn_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info ? info->socket_context : NULL;
}

/* The first line of a request is here. */
static void *on_uri(void *context, const char *uri, struct MHD_Connection *connection)
{
	struct conn *conn = conn_of(connection);
	struct http *http = context;

	if (conn) {
		conn->url_bytes = strlen(uri);
		conn_limit(conn, http->options.header_ms);
	}
	return NULL;
}

/* --- from MHD to struct request --- */

static const char *header(const struct request *request, const char *name)
{
	const struct exchange *exchange = (const struct exchange *)request;

	for (size_t i = 0; exchange->count.done && i < ASKED; i++)
		if (!strcmp(asked[i], name))
			return exchange->count.values[i];
	return MHD_lookup_connection_value(request->context, MHD_HEADER_KIND, name);
}

/* Escapes are taken apart by request.c, which also sees what is broken. */
static size_t leave_escaped(void *context, struct MHD_Connection *connection, char *text)
{
	(void)context;
	(void)connection;
	return strlen(text);
}

static enum MHD_Result count_header(void *context, enum MHD_ValueKind kind, const char *name,
				    const char *value)
{
	struct header_count *count = context;
	char first = (char)(*name | 0x20);

	(void)kind;
	count->bytes += strlen(name) + (value ? strlen(value) : 0) + 4;
	count->lengths += first == 'c' && !strcasecmp(name, "Content-Length");
	count->codings += first == 't' && !strcasecmp(name, "Transfer-Encoding");
	for (size_t i = 0; i < ASKED; i++)
		if (first == (*asked[i] | 0x20) && !count->values[i] && !strcasecmp(name, asked[i]))
			count->values[i] = value;
	return MHD_YES;
}

struct param_reader {
	struct request *request;
	bool broken;
};

static enum MHD_Result read_param(void *context, enum MHD_ValueKind kind, const char *name,
				  const char *value)
{
	struct param_reader *reader = context;
	struct request *request = reader->request;
	struct param *param = &request->params[request->param_count];

	(void)kind;
	if (request->param_count == PARAMS_MAX) {
		request->params_overflow = true;
		return MHD_NO;
	}
	param->name = percent_decode(&request->arena, name, strlen(name), false);
	param->value = value ? percent_decode(&request->arena, value, strlen(value), false) : "";
	if (!param->name || !param->value) {
		reader->broken = true;
		return MHD_NO;
	}
	request->param_count++;
	return MHD_YES;
}

static bool loopback(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET)
		return ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr) >> 24 == 127;
	return address->sa_family == AF_INET6 &&
	       IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)address)->sin6_addr);
}

static void address_text(const struct sockaddr *address, char *text, socklen_t size)
{
	if (address->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)address)->sin_addr, text, size);
	else if (address->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)address)->sin6_addr, text, size);
}

static void read_peer(struct exchange *exchange)
{
	struct request *request = &exchange->request;
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *address = info ? info->client_addr : NULL;
	const char *forwarded = exchange->http->options.behind_proxy ?
				header(request, "X-Forwarded-For") : NULL, *last;

	request->secure = exchange->http->options.tls || (address && loopback(address));
	if (forwarded) {
		last = strrchr(forwarded, ',');
		last = last ? last + 1 : forwarded;
		snprintf(request->peer, sizeof request->peer, "%s", last + strspn(last, " "));
	} else if (address && exchange->conn) {
		if (!*exchange->conn->peer)
			address_text(address, exchange->conn->peer, sizeof exchange->conn->peer);
		memcpy(request->peer, exchange->conn->peer, sizeof request->peer);
	}
}

/* With several lengths, or a length beside chunks, proxies and servers disagree
 * about where a request ends (request smuggling). */
static bool framed(const struct header_count *count)
{
	return count->lengths <= 1 && count->codings <= 1 && !(count->lengths && count->codings);
}

static void wake(struct request *request)
{
	struct exchange *exchange = (struct exchange *)request;
	struct MHD_Connection *connection = exchange->connection;

	/* Resumed by whoever comes second: this one, or the one that suspends. */
	if (atomic_exchange(&exchange->wait, WOKEN) == SUSPENDED)
		MHD_resume_connection(connection);
}

static void count_active(struct http *http, bool more)
{
	if (more) {
		atomic_fetch_add(&http->active, 1);
	} else if (atomic_fetch_sub(&http->active, 1) == 1 && atomic_load(&http->draining)) {
		pthread_mutex_lock(&http->lock);
		pthread_cond_signal(&http->idle);
		pthread_mutex_unlock(&http->lock);
	}
}

/* Each thread keeps one that was finished: most requests take no memory anew. */
static struct exchange *exchange_take(struct http *http)
{
	struct exchange *spare = pthread_getspecific(http->spare);
	struct arena arena;

	if (!spare)
		return mem_alloc(sizeof *spare);
	pthread_setspecific(http->spare, NULL);
	arena = spare->request.arena;
	memset(spare, 0, sizeof *spare);
	spare->request.arena = arena;
	return spare;
}

static void exchange_free(void *pointer)
{
	struct exchange *exchange = pointer;

	request_release(&exchange->request);
	free(exchange);
}

static struct exchange *exchange_new(struct http *http, struct MHD_Connection *connection,
				     const char *url, const char *method)
{
	struct exchange *exchange = exchange_take(http);
	struct request *request = &exchange->request;

	request_init(request, http->service);
	exchange->http = http;
	exchange->connection = connection;
	exchange->conn = conn_of(connection);
	request->context = connection;
	request->header = header;
	request->wake = wake;
	request->method_name = !strcmp(method, "GET") || !strcmp(method, "HEAD") ? "GET" :
			       !strcmp(method, "POST") ? "POST" : "other";
	request->method = !strcmp(request->method_name, "GET") ? METHOD_GET :
			  !strcmp(method, "POST") ? METHOD_POST : METHOD_OTHER;
	request->path = arena_strdup(&request->arena, url);
	request->url_bytes = exchange->conn ? exchange->conn->url_bytes : 0;
	count_active(http, true);
	return exchange;
}

static void count_headers(struct exchange *exchange)
{
	MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, count_header,
				  &exchange->count);
	exchange->count.done = true;
	exchange->request.header_bytes = exchange->count.bytes;
}

/* REQUEST_WAIT: the service may see them. */
static int read_headers(struct exchange *exchange)
{
	struct request *request = &exchange->request;
	struct param_reader reader = { request, false };
	struct error err = ERROR_INIT;

	MHD_get_connection_values(exchange->connection, MHD_GET_ARGUMENT_KIND, read_param, &reader);
	read_peer(exchange);
	if (!reader.broken && framed(&exchange->count))
		return REQUEST_WAIT;
	request->language = language_accepted(header(request, "Accept-Language"));
	language_use(request->language);
	route_bad(&err, reader.broken ? "%" : "Content-Length", NULL);
	atomic_fetch_add(&request->service->counters.requests, 1);
	return respond_error(request, &err);
}

/* --- answers --- */

static void add_headers(const struct exchange *exchange, struct MHD_Response *response,
			const char *coding)
{
	const struct request *request = &exchange->request;
	const struct response *answer = &request->response;

	if (body_type(answer->kind))
		MHD_add_response_header(response, "Content-Type", body_type(answer->kind));
	if (coding)
		MHD_add_response_header(response, "Content-Encoding", coding);
	if (answer->kind == BODY_JSON || answer->kind == BODY_PROBLEM ||
	    answer->kind == BODY_CALENDAR) {
		MHD_add_response_header(response, "Vary", answer->spoken ?
					"Accept-Encoding, Accept-Language" : "Accept-Encoding");
		if (answer->spoken)
			MHD_add_response_header(response, "Content-Language",
						language_tag(request->language));
	}
	MHD_add_response_header(response, "X-Request-Id", request->id);
	for (size_t i = 0; i < answer->header_count; i++)
		MHD_add_response_header(response, answer->headers[i].name, answer->headers[i].value);
	if (exchange->refused || atomic_load(&request->service->stopping))
		MHD_add_response_header(response, "Connection", "close");
}

static enum MHD_Result answer(struct exchange *exchange)
{
	struct request *request = &exchange->request;
	struct buf *body = &request->response.body;
	struct counters *counters = &request->service->counters;
	/* A scan is compressed already. */
	const char *coding = request->response.kind == BODY_BYTES ? NULL :
			     compress_body(body, header(request, "Accept-Encoding"));
	struct MHD_Response *response;
	enum MHD_Result rc;

	exchange->body_bytes = body->len;
	atomic_fetch_add(&counters->by_class[request->response.status / 100 % 6], 1);
	atomic_fetch_add(&counters->bytes_out, body->len);
	conn_limit(exchange->conn, exchange->http->options.body_ms +
		   (int64_t)body->len * 1000 / BODY_RATE);
	response = MHD_create_response_from_buffer(body->len, body->len ? body->bytes : NULL,
						   body->len ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
	if (!response)
		return MHD_NO;
	if (body->len)
		buf_init(body, 0); /* the response has its bytes */
	add_headers(exchange, response, coding);
	rc = MHD_queue_response(exchange->connection, (unsigned)request->response.status, response);
	MHD_destroy_response(response);
	return rc;
}

/* --- the access handler --- */

static enum MHD_Result take_body(struct exchange *exchange, const char *bytes, size_t len)
{
	buf_add(&exchange->request.body, bytes, len);
	exchange->body_bytes += len;
	conn_limit(exchange->conn, exchange->body_began - clock_coarse_ms() +
		   exchange->http->options.body_ms +
		   (int64_t)exchange->body_bytes * 1000 / BODY_RATE);
	return MHD_YES;
}

/* STEP: service_handle(), or service_request() for what has no body. */
static enum MHD_Result handle(struct exchange *exchange, int (*step)(struct request *request))
{
	atomic_store(&exchange->wait, RUNNING);
	if (step(&exchange->request) == REQUEST_DONE)
		return answer(exchange);
	conn_limit(exchange->conn, INT64_MAX);
	MHD_suspend_connection(exchange->connection);
	if (atomic_exchange(&exchange->wait, SUSPENDED) == WOKEN)
		MHD_resume_connection(exchange->connection);
	return MHD_YES;
}

/* An answer that is given now is the connection's last, because a body may
 * follow. So what has none is left for the second call, which comes at once. */
static enum MHD_Result on_headers(struct exchange *exchange)
{
	struct request *request = &exchange->request;

	exchange->body_began = clock_coarse_ms();
	conn_limit(exchange->conn, exchange->http->options.body_ms);
	count_headers(exchange);
	if (request->method == METHOD_GET && !exchange->count.lengths && !exchange->count.codings)
		return MHD_YES;
	exchange->begun = true;
	if (read_headers(exchange) == REQUEST_WAIT && service_begin(request) == REQUEST_WAIT)
		return MHD_YES;
	exchange->refused = true; /* the body that comes is not taken */
	if (exchange->conn)
		exchange->conn->refused = true;
	return answer(exchange);
}

/* Begun and answered from one state of the database. */
static enum MHD_Result on_all(struct exchange *exchange)
{
	exchange->begun = true;
	if (read_headers(exchange) == REQUEST_WAIT)
		return handle(exchange, service_request);
	return answer(exchange);
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
				  const char *url, const char *method, const char *version,
				  const char *bytes, size_t *len, void **state)
{
	struct exchange *exchange = *state;

	(void)version;
	if (!exchange) {
		*state = exchange = exchange_new(context, connection, url, method);
		return on_headers(exchange);
	}
	if (*len) {
		size_t got = *len;

		*len = 0;
		return take_body(exchange, bytes, got);
	}
	return exchange->begun ? handle(exchange, service_handle) : on_all(exchange);
}

static void on_completed(void *context, struct MHD_Connection *connection, void **state,
			 enum MHD_RequestTerminationCode code)
{
	struct exchange *exchange = *state;
	struct http *http = context;

	(void)connection;
	(void)code;
	if (!exchange)
		return;
	*state = NULL;
	conn_limit(exchange->conn, http->options.keep_ms);
	log_request(&exchange->request, exchange->body_bytes);
	request_finish(&exchange->request);
	if (pthread_getspecific(http->spare) || pthread_setspecific(http->spare, exchange))
		exchange_free(exchange);
	count_active(http, false);
}

/* --- start and stop --- */

static void no_log(void *context, const char *format, va_list args)
{
	(void)context;
	(void)format;
	(void)args;
}

static struct MHD_Daemon *start_daemon(struct http *http)
{
	const struct http_options *options = &http->options;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME |
			 MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ERROR_LOG;
	struct MHD_OptionItem tls[3] = { { MHD_OPTION_END, 0, NULL } };

	if (options->tls) {
		flags |= MHD_USE_TLS;
		tls[0] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_CERT_CALLBACK2, 0,
						  tls_callback(options->tls) };
		tls[1] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_PRIORITIES, 0,
			(void *)(uintptr_t)"NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2" };
		tls[2] = (struct MHD_OptionItem){ MHD_OPTION_END, 0, NULL };
	}
	return MHD_start_daemon(flags, 0, NULL, NULL, on_request, http,
		MHD_OPTION_EXTERNAL_LOGGER, no_log, NULL,
		MHD_OPTION_THREAD_POOL_SIZE, (unsigned)options->threads,
		MHD_OPTION_CONNECTION_LIMIT, options->connections,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT, options->per_address,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY,
		MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, http,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, http,
		MHD_OPTION_URI_LOG_CALLBACK, on_uri, http,
		MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL,
		MHD_OPTION_ARRAY, tls,
		MHD_OPTION_END);
}

/* Dealt out to the threads in turn; one too many is closed. */
static void take_connection(void *context, int fd, const struct sockaddr *address, socklen_t len)
{
	struct http *http = context;

	MHD_add_connection(http->daemon, fd, address, len);
}

int http_start(struct service *service, const struct http_options *options,
	       struct http **out, struct error *err)
{
	struct http *http = mem_alloc(sizeof *http);

	*out = NULL;
	http->service = service;
	http->options = *options;
	if (!http->options.keep_ms)
		http->options.keep_ms = KEEP_MS;
	if (!http->options.header_ms)
		http->options.header_ms = HEADER_MS;
	if (!http->options.body_ms)
		http->options.body_ms = BODY_MS;
	pthread_key_create(&http->spare, exchange_free);
	http->conns = conns_new();
	http->daemon = http->conns ? start_daemon(http) : NULL;
	http->acceptor = http->daemon ? acceptor_start(options->socket, take_connection, http) : NULL;
	if (!http->acceptor) {
		if (http->daemon)
			MHD_stop_daemon(http->daemon);
		conns_free(http->conns);
		pthread_key_delete(http->spare);
		free(http);
		return error_reason(err, REASON_SERVER_LISTEN, "address", "", "why",
				    "libmicrohttpd", NULL);
	}
	pthread_mutex_init(&http->lock, NULL);
	pthread_cond_init(&http->idle, NULL);
	*out = http;
	return 0;
}

/* Waits until no request is under way; answers that nobody reads are cut off
 * after a while, but none that waits for its commit. */
static void wait_idle(struct http *http)
{
	int64_t until = clock_monotonic_ms() + DRAIN_MS;
	struct timespec at;

	pthread_mutex_lock(&http->lock);
	while (atomic_load(&http->active) > 0) {
		if (clock_monotonic_ms() > until)
			conns_cut(http->conns);
		clock_gettime(CLOCK_REALTIME, &at);
		at.tv_sec++;
		pthread_cond_timedwait(&http->idle, &http->lock, &at);
	}
	pthread_mutex_unlock(&http->lock);
}

void http_drain(struct http *http)
{
	acceptor_stop(http->acceptor);
	http->acceptor = NULL;
	service_drain(http->service);
	atomic_store(&http->draining, true);
	wait_idle(http);
	/* A connection that is kept could bring one more request while the daemon
	 * ends, and the daemon can't end while one is suspended. */
	conns_cut(http->conns);
	wait_idle(http);
}

void http_stop(struct http *http)
{
	if (!http)
		return;
	http_drain(http);
	MHD_stop_daemon(http->daemon);
	conns_free(http->conns);
	if (pthread_getspecific(http->spare)) /* the daemon's threads have freed theirs */
		exchange_free(pthread_getspecific(http->spare));
	pthread_key_delete(http->spare);
	pthread_mutex_destroy(&http->lock);
	pthread_cond_destroy(&http->idle);
	free(http);
}
