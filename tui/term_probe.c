#include "tui/term_probe.h"

#include <curses.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/civil.h"

enum { ANSWER_MAX = 64 };

static void described(struct term_probe *out)
{
	int found = 0;
	const char *text;

	if (!*out->type || setupterm(out->type, STDOUT_FILENO, &found) != OK || found != 1)
		return;
	out->known = true;
	text = tigetstr("cup");
	out->moves = text && text != (char *)-1;
	out->colors = tigetnum("colors");
	text = tigetstr("kf1");
	out->function_keys = text && text != (char *)-1;
	text = tigetstr("kbs");
	if (text && text != (char *)-1 && text[0] && !text[1])
		out->described = text[0];
	del_curterm(cur_term);
}

/* ESC [ row ; column R, whatever was typed before it. */
static bool column_find(const char *text, int *col)
{
	const char *at;
	char *end;
	long row, column;

	for (at = strstr(text, "\033["); at; at = strstr(at + 2, "\033[")) {
		row = strtol(at + 2, &end, 10);
		if (row < 1 || *end != ';')
			continue;
		column = strtol(end + 1, &end, 10);
		if (*end != 'R' || column < 1 || column > 10000)
			continue;
		*col = (int)column;
		return true;
	}
	return false;
}

static void send(const char *text)
{
	ssize_t sent = write(STDOUT_FILENO, text, strlen(text));

	(void)sent;
}

static void ask(struct term_probe *out)
{
	struct pollfd fd = { .fd = STDIN_FILENO, .events = POLLIN };
	int64_t start = clock_monotonic_ms(), left = PROBE_MS;
	char text[ANSWER_MAX + 1] = "";
	size_t len = 0;
	int col = 0;

	send("\r\xe6\xb5\x8b\xe8\xaf\x95\033[6n");
	while (left > 0 && len < ANSWER_MAX && poll(&fd, 1, (int)left) > 0) {
		ssize_t got = read(STDIN_FILENO, text + len, ANSWER_MAX - len);

		if (got <= 0)
			break;
		len += (size_t)got;
		text[len] = '\0';
		if (column_find(text, &col)) {
			out->answered = true;
			out->cells = col - 1;
			out->answer_ms = clock_monotonic_ms() - start;
			break;
		}
		left = start + PROBE_MS - clock_monotonic_ms();
	}
	send("\r\033[K");
}

void term_probe(struct term_probe *out)
{
	const char *type = getenv("TERM");
	struct termios before, raw;

	memset(out, 0, sizeof *out);
	out->type = type ? type : "";
	out->colors = -1;
	out->terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	described(out);
	if (!out->terminal || tcgetattr(STDIN_FILENO, &before) != 0)
		return;
	out->erase = (char)before.c_cc[VERASE];
	/* A dumb terminal would print the question; one behind us would stop us. */
	if (!out->moves || tcgetpgrp(STDIN_FILENO) != getpgrp())
		return;
	raw = before;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	raw.c_cc[VMIN] = 0;
	raw.c_cc[VTIME] = 0;
	if (tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) != 0)
		return;
	fflush(stdout);
	ask(out);
	tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
}
