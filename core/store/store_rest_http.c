#include "core/store/store_rest_http.h"

#include <ctype.h>
#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

#include "core/base/arena.h"
#include "core/base/civil.h"
#include "core/base/i18n.h"
#include "core/model/reason.h"

enum {
	CONNECT_S = 20,        /* name, TCP and TLS on a line with a second there and back */
	TICK_MS = 100,         /* how often `waiting` is asked */
	GRACE_MS = 15000,      /* for an answer to what was sent, after a cancel */
	INSIST_MS = 5000,      /* a cancel that much after the first one means it */
	STRAY_MS = 3000,       /* for a cancelled exchange to free the connection */
	ANSWER_MAX = 64 << 20,
	ZIP_FROM = 1000        /* bytes of a body that are worth compressing */
};

/* --- the library, by name --- */

#define CURL_CALLS(X) \
	X(curl_global_init) X(curl_easy_init) X(curl_easy_cleanup) X(curl_easy_setopt) \
	X(curl_easy_getinfo) X(curl_easy_strerror) X(curl_slist_append) \
	X(curl_slist_free_all) X(curl_multi_init) X(curl_multi_cleanup) \
	X(curl_multi_setopt) X(curl_multi_add_handle) X(curl_multi_remove_handle) \
	X(curl_multi_perform) X(curl_multi_poll) X(curl_multi_wakeup) \
	X(curl_multi_info_read) X(curl_share_init) X(curl_share_setopt) \
	X(curl_share_cleanup) X(curl_version_info)

#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt
#undef curl_share_setopt

static struct {
#define MEMBER(name) __typeof__(&name) name;
	CURL_CALLS(MEMBER)
#undef MEMBER
	char missing[64]; /* what could not be loaded; "" when all is there */
	const char *coding; /* of answers: zstd where this libcurl reads it, a few per cent less */
} curl;

static pthread_once_t curl_once = PTHREAD_ONCE_INIT;

static void curl_load(void)
{
	static const char name[] = "libcurl.so.4";
	void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);

	if (!library) {
		snprintf(curl.missing, sizeof curl.missing, "%s", name);
		return;
	}
#define LOAD(name) \
	curl.name = (__typeof__(&name))dlsym(library, #name); \
	if (!curl.name) \
		snprintf(curl.missing, sizeof curl.missing, "libcurl.so.4: %s", #name);
	CURL_CALLS(LOAD)
#undef LOAD
	if (!*curl.missing && curl.curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		snprintf(curl.missing, sizeof curl.missing, "%s", name);
	if (!*curl.missing)
		curl.coding = curl.curl_version_info(CURLVERSION_NOW)->features & CURL_VERSION_ZSTD ?
			      "zstd" : "gzip";
}

/* --- one exchange --- */

struct exchange {
	struct http *http;
	CURL *easy;
	struct curl_slist *headers;
	char *url;
	unsigned char *upload; /* the body as it is sent */
	struct buf body;
	char etag[40];
	char why[CURL_ERROR_SIZE];
	bool begun;     /* it changes something and was sent before */
	bool sent;      /* the connection stands, the request goes out */
	bool too_large;
	bool done;
	CURLcode code;
};

struct http {
	char *base, *ca_file;
	bool loopback;
	CURLM *multi;
	CURLSH *share; /* TLS sessions and addresses, for both exchanges */
	struct exchange *stray; /* cancelled, not yet ended */
	int64_t stray_since;
	bool connected;
	pthread_mutex_t lock; /* over these: */
	bool inside;          /* between enter and leave */
	int64_t cancelled_at; /* since enter; 0: not */
	bool insisted;        /* and again, later */
};

static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
	struct exchange *exchange = context;

	buf_add(&exchange->body, bytes, size * count);
	exchange->too_large |= exchange->body.overflow;
	return exchange->body.overflow ? 0 : size * count;
}

static size_t take_header(char *line, size_t size, size_t count, void *context)
{
	static const char name[] = "etag:";
	struct exchange *exchange = context;
	size_t len = size * count, at = 0, out = 0;

	while (at < len && at < sizeof name - 1 && tolower((unsigned char)line[at]) == name[at])
		at++;
	if (at < sizeof name - 1)
		return len;
	for (; at < len && out < sizeof exchange->etag - 1; at++)
		if (line[at] > ' ' && line[at] != '"')
			exchange->etag[out++] = line[at];
	exchange->etag[out] = '\0';
	return len;
}

/* BEGUN: something was sent that may have been done. */
static bool cancelled(struct http *http, bool begun)
{
	bool yes;

	pthread_mutex_lock(&http->lock);
	yes = http->cancelled_at && (!begun || http->insisted ||
	      clock_monotonic_ms() - http->cancelled_at >= GRACE_MS);
	pthread_mutex_unlock(&http->lock);
	return yes;
}

/* The last moment before a byte of the request leaves: what was cancelled by
 * then is not sent at all. */
/* NOLINTNEXTLINE(readability-non-const-parameter): the type is curl's */
static int about_to_send(void *context, char *to, char *from, int to_port, int from_port)
{
	struct exchange *exchange = context;

	(void)to, (void)from, (void)to_port, (void)from_port;
	if (!exchange->sent && cancelled(exchange->http, exchange->begun))
		return CURL_PREREQFUNC_ABORT;
	exchange->sent = true;
	return CURL_PREREQFUNC_OK;
}

static void exchange_free(struct exchange *exchange)
{
	if (!exchange)
		return;
	if (exchange->easy) {
		curl.curl_multi_remove_handle(exchange->http->multi, exchange->easy);
		curl.curl_easy_cleanup(exchange->easy);
	}
	curl.curl_slist_free_all(exchange->headers);
	buf_release(&exchange->body);
	free(exchange->upload);
	free(exchange->url);
	free(exchange);
}

static void header(struct exchange *exchange, const char *name, const char *value)
{
	struct buf line = BUF_INIT;

	buf_printf(&line, "%s%s", name, value);
	exchange->headers = curl.curl_slist_append(exchange->headers, buf_cstr(&line));
	if (line.len)
		explicit_bzero(line.bytes, line.len); /* it may be the token */
	buf_release(&line);
}

/* gzip of the body when that is smaller; its length. */
static size_t zip(const char *body, size_t len, unsigned char **out)
{
	z_stream stream = { .next_in = (z_const Bytef *)(uintptr_t)body };
	size_t room, size = 0;

	if (len < ZIP_FROM || len > UINT32_MAX / 2)
		return 0;
	if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		return 0;
	room = deflateBound(&stream, (uLong)len);
	*out = mem_alloc(room);
	stream.avail_in = (uInt)len;
	stream.next_out = *out;
	stream.avail_out = (uInt)room;
	if (deflate(&stream, Z_FINISH) == Z_STREAM_END && stream.total_out < len)
		size = stream.total_out;
	deflateEnd(&stream);
	if (!size) {
		free(*out);
		*out = NULL;
	}
	return size;
}

static void set_body(struct exchange *exchange, const struct http_request *request)
{
	size_t len = request->type ? 0 : zip(request->body, request->len, &exchange->upload);

	header(exchange, "Content-Type: ", request->type ? request->type : "application/json");
	if (len) {
		header(exchange, "Content-Encoding: ", "gzip");
	} else {
		len = request->len;
		exchange->upload = mem_alloc(len + 1);
		memcpy(exchange->upload, request->body, len);
	}
	header(exchange, "Expect:", ""); /* no extra round trip to ask first */
	curl.curl_easy_setopt(exchange->easy, CURLOPT_POST, 1L);
	curl.curl_easy_setopt(exchange->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)len);
	curl.curl_easy_setopt(exchange->easy, CURLOPT_POSTFIELDS, exchange->upload);
}

static void set_headers(struct exchange *exchange, const struct http_request *request)
{
	char quoted[64];

	header(exchange, "Accept:", ""); /* everything here is JSON, or a file */
	if (strcmp(request->language, "en") != 0)
		header(exchange, "Accept-Language: ", request->language);
	if (*request->token)
		header(exchange, "Authorization: Bearer ", request->token);
	if (request->etag) {
		snprintf(quoted, sizeof quoted, "\"%s\"", request->etag);
		header(exchange, "If-None-Match: ", quoted);
	}
	if (request->body)
		set_body(exchange, request);
	curl.curl_easy_setopt(exchange->easy, CURLOPT_HTTPHEADER, exchange->headers);
}

static void set_connection(const struct http *http, CURL *easy, const struct http_request *request)
{
	curl.curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl.curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
	curl.curl_easy_setopt(easy, CURLOPT_SHARE, http->share);
	curl.curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl.curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl.curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl.curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
	curl.curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, 30L);
	curl.curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, 600L);
	curl.curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
	curl.curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl.curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)request->silence_s);
	if (http->ca_file)
		curl.curl_easy_setopt(easy, CURLOPT_CAINFO, http->ca_file);
	if (http->loopback)
		curl.curl_easy_setopt(easy, CURLOPT_PROXY, "");
}

static struct exchange *exchange_new(struct http *http, const struct http_request *request)
{
	struct exchange *exchange = mem_alloc(sizeof *exchange);
	size_t size = strlen(http->base) + strlen(request->path) + 1;
	CURL *easy = curl.curl_easy_init();

	if (!easy)
		abort(); /* no memory: as arena.h says */
	exchange->http = http;
	exchange->easy = easy;
	exchange->begun = request->begun;
	buf_init(&exchange->body, ANSWER_MAX);
	exchange->url = mem_alloc(size);
	snprintf(exchange->url, size, "%s%s", http->base, request->path);
	curl.curl_easy_setopt(easy, CURLOPT_URL, exchange->url);
	curl.curl_easy_setopt(easy, CURLOPT_PRIVATE, exchange);
	curl.curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, exchange->why);
	curl.curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	curl.curl_easy_setopt(easy, CURLOPT_WRITEDATA, exchange);
	curl.curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	curl.curl_easy_setopt(easy, CURLOPT_HEADERDATA, exchange);
	curl.curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, about_to_send);
	curl.curl_easy_setopt(easy, CURLOPT_PREREQDATA, exchange);
	curl.curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, curl.coding);
	set_connection(http, easy, request);
	set_headers(exchange, request);
	return exchange;
}

/* --- driving --- */

/* Marks what has ended. */
static void reap(struct http *http)
{
	struct exchange *exchange = NULL;
	CURLMsg *message;
	int left;

	while ((message = curl.curl_multi_info_read(http->multi, &left)) != NULL) {
		if (message->msg != CURLMSG_DONE)
			continue;
		curl.curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &exchange);
		exchange->done = true;
		exchange->code = message->data.result;
	}
}

static void drive(struct http *http)
{
	int running;

	curl.curl_multi_perform(http->multi, &running);
	reap(http);
	if (http->stray && (http->stray->done ||
			    clock_monotonic_ms() - http->stray_since > STRAY_MS)) {
		exchange_free(http->stray);
		http->stray = NULL;
	}
}

static void pause_ms(struct http *http, int64_t ms)
{
	curl.curl_multi_poll(http->multi, NULL, 0, (int)ms, NULL);
}

static bool asked_to_stop(const struct exchange *exchange, const struct http_request *request,
			  int64_t waited_ms)
{
	curl_off_t sent = 0;

	if (!request->waiting)
		return false;
	curl.curl_easy_getinfo(exchange->easy, CURLINFO_SIZE_UPLOAD_T, &sent);
	return request->waiting(request->context, waited_ms, sent, (int64_t)request->len);
}

/* True when the exchange is to be given up although it has not ended. */
static bool give_up(struct http *http, const struct exchange *exchange,
		    const struct http_request *request, int64_t started)
{
	if (asked_to_stop(exchange, request, clock_monotonic_ms() - started))
		http_cancel(http);
	return cancelled(http, exchange->begun || (exchange->sent && request->steadfast));
}

/* Keeps the connection for what comes next, when it is only an answer that
 * nobody waits for. */
static void leave_behind(struct http *http, struct exchange *exchange,
			 const struct http_request *request)
{
	if (!exchange->sent || request->steadfast || http->stray) {
		exchange_free(exchange);
		return;
	}
	http->stray = exchange;
	http->stray_since = clock_monotonic_ms();
}

/* What happens often is said in the person's language; the rest, mostly TLS,
 * in the library's words, which are what one searches for. */
static const char *why(const struct exchange *exchange)
{
	switch (exchange->code) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
		return _("nobody knows that name");
	case CURLE_COULDNT_CONNECT:
		return _("nobody answers there");
	case CURLE_OPERATION_TIMEDOUT:
		return _("it is silent");
	case CURLE_GOT_NOTHING:
	case CURLE_PARTIAL_FILE:
	case CURLE_RECV_ERROR:
	case CURLE_SEND_ERROR:
		return _("the connection broke");
	default:
		return *exchange->why ? exchange->why :
					curl.curl_easy_strerror(exchange->code);
	}
}

static enum http_result failed(struct http *http, const struct exchange *exchange)
{
	http->connected = false;
	switch (exchange->code) {
	case CURLE_ABORTED_BY_CALLBACK:
		return HTTP_CANCELLED; /* about_to_send(): nothing went out */
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
		return HTTP_REFUSED;
	case CURLE_WRITE_ERROR:
		return exchange->too_large ? HTTP_TOO_LARGE : HTTP_LOST;
	default:
		return exchange->sent ? HTTP_LOST : HTTP_UNREACHED;
	}
}

static enum http_result ended(struct http *http, struct exchange *exchange,
			      struct http_answer *answer)
{
	curl_off_t retry = -1, sent_at = 0, first_at = 0;
	long status = 0;

	if (exchange->code != CURLE_OK) {
		snprintf(answer->why, sizeof answer->why, "%.150s", why(exchange));
		return failed(http, exchange);
	}
	http->connected = true;
	curl.curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &status);
	curl.curl_easy_getinfo(exchange->easy, CURLINFO_RETRY_AFTER, &retry);
	curl.curl_easy_getinfo(exchange->easy, CURLINFO_PRETRANSFER_TIME_T, &sent_at);
	curl.curl_easy_getinfo(exchange->easy, CURLINFO_STARTTRANSFER_TIME_T, &first_at);
	answer->status = (int)status;
	answer->retry_after_s = retry > 0 ? retry : -1;
	answer->round_trip_ms = first_at > sent_at ? (first_at - sent_at) / 1000 : 0;
	snprintf(answer->etag, sizeof answer->etag, "%s", exchange->etag);
	answer->body = exchange->body;
	buf_init(&exchange->body, ANSWER_MAX);
	return HTTP_DONE;
}

static enum http_result run(struct http *http, const struct http_request *request,
			    struct http_answer *answer)
{
	int64_t started = clock_monotonic_ms();
	struct exchange *exchange = exchange_new(http, request);
	enum http_result result;

	curl.curl_multi_add_handle(http->multi, exchange->easy);
	for (;;) {
		drive(http);
		if (exchange->done)
			break;
		if (give_up(http, exchange, request, started)) {
			result = exchange->sent && request->steadfast ? HTTP_LOST : HTTP_CANCELLED;
			leave_behind(http, exchange, request);
			return result;
		}
		pause_ms(http, TICK_MS);
	}
	result = ended(http, exchange, answer);
	exchange_free(exchange);
	return result;
}

/* Writing to a connection that the other side has closed raises SIGPIPE in
 * some TLS libraries; this thread takes the error instead. */
enum http_result http_call(struct http *http, const struct http_request *request,
			   struct http_answer *answer)
{
	const struct timespec at_once = { 0, 0 };
	enum http_result result;
	sigset_t pipe, before, waiting;
	bool pending;

	memset(answer, 0, sizeof *answer);
	answer->retry_after_s = -1;
	if (cancelled(http, request->begun))
		return HTTP_CANCELLED;
	sigemptyset(&pipe);
	sigaddset(&pipe, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe, &before);
	sigpending(&waiting);
	pending = sigismember(&waiting, SIGPIPE);
	result = run(http, request, answer);
	if (!pending)
		while (sigtimedwait(&pipe, NULL, &at_once) == SIGPIPE)
			;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return result;
}

void http_answer_release(struct http_answer *answer)
{
	buf_release(&answer->body);
}

void http_enter(struct http *http)
{
	pthread_mutex_lock(&http->lock);
	http->inside = true;
	http->cancelled_at = 0;
	http->insisted = false;
	pthread_mutex_unlock(&http->lock);
}

void http_leave(struct http *http)
{
	pthread_mutex_lock(&http->lock);
	http->inside = false;
	pthread_mutex_unlock(&http->lock);
}

bool http_wait(struct http *http, int64_t ms, bool begun)
{
	int64_t until = clock_monotonic_ms() + ms, left;

	while (!cancelled(http, begun) && (left = until - clock_monotonic_ms()) > 0) {
		drive(http);
		pause_ms(http, left < TICK_MS ? left : TICK_MS);
	}
	return cancelled(http, begun);
}

void http_cancel(struct http *http)
{
	int64_t now = clock_monotonic_ms();

	pthread_mutex_lock(&http->lock);
	if (http->inside) {
		http->insisted |= http->cancelled_at && now - http->cancelled_at > INSIST_MS;
		if (!http->cancelled_at)
			http->cancelled_at = now;
		curl.curl_multi_wakeup(http->multi);
	}
	pthread_mutex_unlock(&http->lock);
}

bool http_connected(const struct http *http)
{
	return http->connected;
}

/* --- opening --- */

int http_new(const struct http_options *options, struct http **out, struct error *err)
{
	struct http *http;

	*out = NULL;
	pthread_once(&curl_once, curl_load);
	if (*curl.missing)
		return error_reason(err, REASON_DATA_MISSING, "file", curl.missing, NULL);
	http = mem_alloc(sizeof *http);
	http->base = mem_strdup(options->base);
	http->ca_file = options->ca_file ? mem_strdup(options->ca_file) : NULL;
	http->loopback = options->loopback;
	pthread_mutex_init(&http->lock, NULL);
	http->multi = curl.curl_multi_init();
	http->share = curl.curl_share_init();
	if (!http->multi || !http->share)
		abort(); /* no memory: as arena.h says */
	curl.curl_multi_setopt(http->multi, CURLMOPT_MAX_HOST_CONNECTIONS, 1L);
	curl.curl_multi_setopt(http->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX);
	curl.curl_share_setopt(http->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
	curl.curl_share_setopt(http->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
	*out = http;
	return 0;
}

void http_free(struct http *http)
{
	if (!http)
		return;
	exchange_free(http->stray);
	curl.curl_multi_cleanup(http->multi);
	curl.curl_share_cleanup(http->share);
	pthread_mutex_destroy(&http->lock);
	free(http->ca_file);
	free(http->base);
	free(http);
}
