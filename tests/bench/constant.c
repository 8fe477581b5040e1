/* constant.c: the floor of the server benchmark: libmicrohttpd as overpassd
 * uses it, with two threads, that answers every request with what it was given
 * on standard input. Prints its address; SIGTERM ends it. */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <microhttpd.h>

enum { THREADS = 2, MEMORY = 24 << 10 };

static char body[16384];
static size_t body_len;

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
				  const char *url, const char *method, const char *version,
				  const char *bytes, size_t *len, void **state)
{
	struct MHD_Response *response;
	enum MHD_Result rc;

	(void)context, (void)url, (void)method, (void)version, (void)bytes, (void)len;
	if (!*state) { /* answered at the second call, else the connection ends */
		*state = body;
		return MHD_YES;
	}
	response = MHD_create_response_from_buffer(body_len, body, MHD_RESPMEM_PERSISTENT);
	MHD_add_response_header(response, "Content-Type", "application/json");
	rc = MHD_queue_response(connection, 200, response);
	MHD_destroy_response(response);
	return rc;
}

int main(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	struct MHD_Daemon *daemon;
	sigset_t signals;
	int number;

	body_len = fread(body, 1, sizeof body, stdin);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, on_request, NULL,
				  MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
				  MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS,
				  MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY, MHD_OPTION_END);
	if (!daemon)
		return 1;
	printf("http://127.0.0.1:%d\n",
	       (int)MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
	fflush(stdout);
	sigwait(&signals, &number);
	MHD_stop_daemon(daemon);
	return 0;
}
