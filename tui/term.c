#include "tui/term.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <term.h>
#include <unistd.h>

#include "core/base/sign.h"
#include "core/model/reason.h"

enum { COPY_MAX = 300 };

static struct {
	SCREEN *screen;
	WINDOW *keys; /* a pad: reading from it never refreshes */
	FILE *out;
	int fd;
	key_press held; /* came together with an Esc before it */
	bool paste, copy, registered;
} term;

static int locale_check(struct error *err)
{
	if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
		return 0;
	return error_reason(err, REASON_TERM_LOCALE, "locale", setlocale(LC_CTYPE, NULL), NULL);
}

/* newterm() would print and exit by itself for some of these. */
static int type_check(const char *type, int fd, struct error *err)
{
	int found = 0;
	const char *move;

	if (!type || !*type)
		return error_reason(err, REASON_TERM_UNKNOWN, "term", "", NULL);
	if (setupterm(type, fd, &found) != OK || found != 1)
		return error_reason(err, REASON_TERM_UNKNOWN, "term", type, NULL);
	move = tigetstr("cup");
	if (!move || move == (char *)-1)
		return error_reason(err, REASON_TERM_WEAK, "term", type, NULL);
	del_curterm(cur_term);
	return 0;
}

/* Past stdio, as ncurses writes too: on a line that dropped nothing is left
 * behind that would fail at exit. */
static void send(const char *sequence)
{
	ssize_t sent = write(fileno(term.out), sequence, strlen(sequence));

	(void)sent;
}

static bool knows_paste(const char *type)
{
	static const char *const families[] = { "xterm", "tmux", "screen", "rxvt", "foot",
						"alacritty", "kitty", "putty", "vte" };
	size_t i;

	for (i = 0; i < sizeof families / sizeof families[0]; i++) {
		if (strncmp(type, families[i], strlen(families[i])) == 0)
			return true;
	}
	return false;
}

static bool knows_copy(const char *type)
{
	static const char *const families[] = { "xterm", "tmux", "foot", "alacritty", "kitty",
						"st-", "wezterm", "contour", "ghostty" };
	size_t i;

	for (i = 0; i < sizeof families / sizeof families[0]; i++) {
		if (strncmp(type, families[i], strlen(families[i])) == 0)
			return true;
	}
	return false;
}

/* Keys that terminals send and terminfo doesn't know. */
static void keys_define(void)
{
	static const char *const putty[] = { "\033[11~", "\033[12~", "\033[13~", "\033[14~" };
	/* Arrows in the mode the terminal wasn't asked for: some never change it,
	 * and a multiplexer may have missed that it did. */
	static const struct {
		char letter;
		int key;
	} moves[] = { { 'A', KEY_UP }, { 'B', KEY_DOWN }, { 'C', KEY_RIGHT }, { 'D', KEY_LEFT },
		      { 'H', KEY_HOME }, { 'F', KEY_END } };
	size_t i;

	for (i = 0; i < 4; i++)
		define_key(putty[i], KEY_F((int)i + 1));
	for (i = 0; i < sizeof moves / sizeof moves[0]; i++) {
		const char csi[] = { '\033', '[', moves[i].letter, 0 };
		const char ss3[] = { '\033', 'O', moves[i].letter, 0 };

		define_key(csi, moves[i].key);
		define_key(ss3, moves[i].key);
	}
	define_key("\033[200~", KEY_MAX - 1);
	define_key("\033[201~", KEY_MAX - 2);
}

/* Many entries say with every attribute which character set is in use, which
 * we never leave: three bytes each time. ncurses offers no other way to change
 * an entry that is loaded than the text tigetstr() gives of it; the texts only
 * become shorter. Any other entry stays as it is. */
static void attributes_shorten(void)
{
	static const struct {
		const char *off, *part;
	} known[] = {
		{ "\033(B\033[m", "%?%p9%t\033(0%e\033(B%;" }, /* xterm and its like */
		{ "\033[m\017", "%?%p9%t\016%e\017%;" },      /* screen, tmux, linux */
	};
	char *off = tigetstr("sgr0"), *set = tigetstr("sgr"), *at;
	size_t i;

	if (!off || off == (char *)-1 || !set || set == (char *)-1)
		return;
	for (i = 0; i < sizeof known / sizeof known[0]; i++) {
		at = strcmp(off, known[i].off) == 0 ? strstr(set, known[i].part) : NULL;
		if (!at)
			continue;
		memmove(at, at + strlen(known[i].part), strlen(at + strlen(known[i].part)) + 1);
		memcpy(off, "\033[m", sizeof "\033[m");
	}
}

static void escdelay_set(int wanted)
{
	const char *set = getenv("ESCDELAY");

	if (wanted > 0)
		set_escdelay(wanted);
	else if (!set || !*set)
		set_escdelay(25); /* the default second makes Esc feel dead */
}

int term_start(const struct term_options *options, struct error *err)
{
	FILE *in = options->in ? options->in : stdin;
	FILE *out = options->out ? options->out : stdout;
	const char *type = options->type ? options->type : getenv("TERM");
	int rc;

	if (!options->out && (!isatty(fileno(in)) || !isatty(fileno(out))))
		return error_reason(err, REASON_TERM_NONE, NULL);
	rc = type_check(type, fileno(out), err);
	if (!rc)
		rc = locale_check(err);
	if (rc)
		return rc;
	escdelay_set(options->escdelay);
	term.screen = newterm(type, out, in);
	if (!term.screen)
		return error_reason(err, REASON_TERM_UNKNOWN, "term", type, NULL);
	term.out = out;
	term.fd = fileno(in);
	raw();
	noecho();
	nonl();
	typeahead(-1); /* we drain input ourselves: frames stay whole */
	term.keys = newpad(1, 1);
	keypad(term.keys, TRUE);
	nodelay(term.keys, TRUE);
	keys_define();
	attributes_shorten();
	term.paste = knows_paste(type);
	term.copy = knows_copy(type);
	if (term.paste)
		send("\033[?2004h");
	if (!term.registered)
		atexit(term_stop);
	term.registered = true;
	return 0;
}

void term_stop(void)
{
	if (!term.screen)
		return;
	if (term.paste)
		send("\033[?2004l");
	endwin();
	delwin(term.keys);
	delscreen(term.screen);
	memset(&term, 0, offsetof(__typeof__(term), registered));
}

int term_fd(void)
{
	return term.fd;
}

void term_size(int *rows, int *cols)
{
	*rows = getmaxy(stdscr);
	*cols = getmaxx(stdscr);
}

static key_press function_key(wint_t code)
{
	static const struct {
		wint_t code;
		key_press key;
	} map[] = {
		{ KEY_UP, K_UP }, { KEY_DOWN, K_DOWN }, { KEY_LEFT, K_LEFT },
		{ KEY_RIGHT, K_RIGHT }, { KEY_HOME, K_HOME }, { KEY_END, K_END },
		{ KEY_PPAGE, K_PGUP }, { KEY_NPAGE, K_PGDN }, { KEY_BTAB, K_BACKTAB },
		{ KEY_BACKSPACE, K_BACKSPACE }, { KEY_DC, K_DELETE }, { KEY_IC, K_INSERT },
		{ KEY_ENTER, K_ENTER }, { KEY_RESIZE, K_RESIZE }, { KEY_A1, K_HOME },
		{ KEY_C1, K_END }, { KEY_FIND, K_HOME }, { KEY_SELECT, K_END },
		{ KEY_MAX - 1, K_PASTE_BEGIN }, { KEY_MAX - 2, K_PASTE_END },
	};
	size_t i;

	if (code > KEY_F0 && code <= KEY_F(12))
		return (key_press)(K_F0 + (int)(code - KEY_F0));
	for (i = 0; i < sizeof map / sizeof map[0]; i++) {
		if (map[i].code == code)
			return map[i].key;
	}
	return K_NONE;
}

static key_press read_one(void)
{
	wint_t code = 0;

	for (;;) {
		switch (wget_wch(term.keys, &code)) {
		case KEY_CODE_YES:
			if (function_key(code) == K_NONE)
				continue;
			return function_key(code);
		case OK:
			if (code == '\n')
				return K_ENTER;
			if (code == 127 || code == 8)
				return K_BACKSPACE;
			if (code == 0)
				continue;
			return (key_press)code;
		default:
			return K_NONE;
		}
	}
}

key_press term_read(void)
{
	key_press key = term.held ? term.held : read_one(), next;

	term.held = K_NONE;
	if (key != K_ESC)
		return key;
	next = read_one();
	/* Bytes right behind Esc, in the same reading: that is Alt. */
	if (key_is_text(next) || next == K_ENTER || next == K_BACKSPACE)
		return next | KM_ALT;
	/* On a slow line two keys come together; neither is lost. Esc Esc is one. */
	term.held = next == K_ESC ? K_NONE : next;
	return K_ESC;
}

bool term_resized(void)
{
	struct winsize size;

	if (ioctl(fileno(term.out), TIOCGWINSZ, &size) != 0 || !size.ws_row || !size.ws_col ||
	    !is_term_resized(size.ws_row, size.ws_col))
		return false;
	resizeterm(size.ws_row, size.ws_col);
	return true;
}

void term_repaint(void)
{
	clearok(curscr, TRUE);
}

bool term_copy(const char *text)
{
	char sequence[COPY_MAX * 4 / 3 + 32] = "\033]52;c;", *at;
	size_t len = strlen(text), head = strlen(sequence);

	if (!term.copy || !len || len > COPY_MAX)
		return false;
	base64_write(text, len, sequence + head);
	/* The alphabet and the padding that terminals read. */
	for (at = sequence + head; *at; at++)
		*at = (char)(*at == '-' ? '+' : *at == '_' ? '/' : *at);
	while ((at - sequence - (ptrdiff_t)head) % 4)
		*at++ = '=';
	*at++ = '\a';
	*at = '\0';
	send(sequence);
	return true;
}

void term_suspend(void)
{
	struct sigaction dfl = { .sa_handler = SIG_DFL }, before;
	sigset_t stop, mask;

	if (term.paste)
		send("\033[?2004l");
	endwin();
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	sigaction(SIGTSTP, &dfl, &before);
	kill(getpid(), SIGTSTP);
	pthread_sigmask(SIG_UNBLOCK, &stop, &mask); /* here the process stands still */
	pthread_sigmask(SIG_SETMASK, &mask, NULL);
	sigaction(SIGTSTP, &before, NULL);
	if (term.paste)
		send("\033[?2004h");
	term_resized();
	term_repaint();
}

int term_signals_open(void)
{
	static const int list[] = { SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH };
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	sigset_t set;
	size_t i;

	sigemptyset(&set);
	for (i = 0; i < sizeof list / sizeof list[0]; i++)
		sigaddset(&set, list[i]);
	sigaction(SIGPIPE, &ignore, NULL);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int term_signals_read(int fd)
{
	struct signalfd_siginfo info;

	if (fd < 0 || read(fd, &info, sizeof info) != (ssize_t)sizeof info)
		return 0;
	return (int)info.ssi_signo;
}

void term_signals_close(int fd)
{
	if (fd >= 0)
		close(fd);
}
