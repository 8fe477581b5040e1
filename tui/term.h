/* term.h: the terminal itself: set up, read, suspended, restored.
 *
 * There is one at a time, as with ncurses. Every way out of the program that
 * runs C code restores it (term_stop() is also registered with atexit). */
#ifndef OV_TUI_TERM_H
#define OV_TUI_TERM_H

#include <stdbool.h>
#include <stdio.h>

#include "core/base/error.h"
#include "tui/key.h"

struct term_options {
	FILE *in, *out;   /* NULL: standard input and output, which must be a terminal */
	const char *type; /* NULL: $TERM */
	int escdelay;     /* ms; 0: $ESCDELAY, else 25 */
};

/* Refuses, with a reason and a next step, a locale that isn't UTF-8, output
 * that is no terminal, and a TERM that is unset, unknown or can't place the
 * cursor. setlocale() was called before. */
int term_start(const struct term_options *options, struct error *err);
void term_stop(void);

int term_fd(void);
/* The next key that is there already; K_NONE when there is none. */
key_press term_read(void);
/* The window's size may have changed; K_RESIZE follows if it did (true). */
bool term_resized(void);
/* Gives the terminal back, stops the process as the shell's job control
 * wants, and takes the terminal again when it goes on. */
void term_suspend(void);
/* The next frame repaints every cell. */
void term_repaint(void);
/* Puts TEXT into the terminal's clipboard (OSC 52); false where none is known. */
bool term_copy(const char *text);
void term_size(int *rows, int *cols);

/* A descriptor that tells of signals the loop handles (HUP TERM INT QUIT TSTP
 * CONT WINCH), which it blocks in the calling thread. -1 when there is none. */
int term_signals_open(void);
int term_signals_read(int fd); /* a signal's number, 0 when there is none */
void term_signals_close(int fd);

#endif
