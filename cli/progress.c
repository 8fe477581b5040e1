#include "cli/progress.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/verb.h"
#include "core/base/i18n.h"

enum { FIRST_AFTER_MS = 300, EVERY_MS = 200, WAKE_SIGNAL = SIGUSR1 };

/* There is one call in a process, and signals belong to the process. */
static struct {
	pthread_t watcher;
	bool watching, visible, drawn;
	int64_t started_ms, drawn_ms;
	sigset_t signals, before;
	struct store *store;
	atomic_bool interrupted, stopping, answered;
	_Atomic(const char *) answer;
} state;

/* Once, by whoever sees first that a stop is asked for: the thread that waits for
 * signals, or the call when it goes on to another phase. */
static void answer_print(void)
{
	const char *answer = atomic_load(&state.answer);

	if (answer && !atomic_exchange(&state.answered, true))
		fprintf(stderr, "%s%s\n", state.visible ? "\r\033[K" : "", answer);
}

static void *watch(void *unused)
{
	int signal_number;

	(void)unused;
	while (!sigwait(&state.signals, &signal_number) && !atomic_load(&state.stopping)) {
		if (signal_number == WAKE_SIGNAL)
			continue;
		/* Who asks twice doesn't want to wait: the database forgives. */
		if (atomic_exchange(&state.interrupted, true)) {
			signal(signal_number, SIG_DFL);
			pthread_sigmask(SIG_UNBLOCK, &state.signals, NULL);
			raise(signal_number);
		}
		answer_print();
		if (state.store)
			store_cancel(state.store);
	}
	return NULL;
}

bool progress_interrupted(void)
{
	return atomic_load(&state.interrupted);
}

void progress_line(const char *text)
{
	const int64_t now = clock_monotonic_ms();

	if (!state.visible || now - state.started_ms < FIRST_AFTER_MS ||
	    now - state.drawn_ms < EVERY_MS)
		return;
	fprintf(stderr, "\r%s\033[K", text);
	fflush(stderr);
	state.drawn = true;
	state.drawn_ms = now;
}

void progress_answer(const char *text)
{
	if (progress_interrupted())
		answer_print();
	atomic_store(&state.answer, text);
	if (progress_interrupted())
		answer_print();
}

bool progress_show(void *context, int64_t done, int64_t total)
{
	char text[80];

	(void)context;
	if (total > 0)
		(void)snprintf(text, sizeof text, "%3lld %%  %lld / %lld ",
			       (long long)(done * 100 / total), (long long)done,
			       (long long)total);
	else
		(void)snprintf(text, sizeof text, "%lld ", (long long)done);
	progress_line(text);
	return progress_interrupted();
}

void progress_start(struct cli *cli)
{
	state.store = cli->store;
	state.visible = cli->verb->flags & VERB_PROGRESS && !cli->no_progress &&
		isatty(STDERR_FILENO);
	state.started_ms = clock_monotonic_ms();
	if (cli->store)
		store_set_progress(cli->store, progress_show, NULL);
	sigemptyset(&state.signals);
	sigaddset(&state.signals, SIGINT);
	sigaddset(&state.signals, SIGTERM);
	sigaddset(&state.signals, WAKE_SIGNAL);
	pthread_sigmask(SIG_BLOCK, &state.signals, &state.before);
	state.watching = !pthread_create(&state.watcher, NULL, watch, NULL);
	if (!state.watching)
		pthread_sigmask(SIG_SETMASK, &state.before, NULL);
}

void progress_stop(void)
{
	if (state.watching) {
		atomic_store(&state.stopping, true);
		pthread_kill(state.watcher, WAKE_SIGNAL);
		pthread_join(state.watcher, NULL);
		atomic_store(&state.stopping, false);
		pthread_sigmask(SIG_SETMASK, &state.before, NULL);
		state.watching = false;
	}
	if (state.drawn)
		fprintf(stderr, "\r\033[K");
	state.drawn = false;
}
