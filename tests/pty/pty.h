/* pty.h: a program on a pseudo-terminal, with a libvterm screen behind it.
 *
 * Nothing sleeps: every wait is for a text, for the end, or for silence on
 * the line, with a deadline that fails the test. */
#ifndef OV_TESTS_PTY_PTY_H
#define OV_TESTS_PTY_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct pty;

struct pty_options {
	int rows, cols;
	const char *const *argv;
	const char *const *env; /* "NAME=value", or "NAME" to unset; ended by NULL */
};

/* Runs a program without a terminal to its end; its exit status, 128 for a signal. */
int pty_run(const char *const *argv);

struct pty *pty_start(const struct pty_options *options);
void pty_close(struct pty *pty); /* hangs up, and kills what is left after 10 s */
pid_t pty_pid(const struct pty *pty);
/* Every byte the program sends is also given to TAP from now on. */
void pty_tap(struct pty *pty, void (*tap)(void *context, const char *bytes, size_t len),
	     void *context);
void pty_send(struct pty *pty, const char *bytes);
/* Until the program has read all that was sent. */
void pty_wait_taken(struct pty *pty);
void pty_resize(struct pty *pty, int rows, int cols);
void pty_signal(struct pty *pty, int number);
/* Closes our end: the line drops. */
void pty_hang_up(struct pty *pty);
/* Fails the test, showing the screen, when it doesn't come within 20 s. */
void pty_wait(struct pty *pty, const char *text);
void pty_wait_gone(struct pty *pty, const char *text);
/* Until the first row of the screen with TEXT is ROW, from 0. */
void pty_wait_row(struct pty *pty, const char *text, int row);
/* Waits for the process to stop (SIGTSTP). */
void pty_wait_stopped(struct pty *pty);
/* Waits for its end and returns its exit status, or 128 + signal. */
int pty_wait_exit(struct pty *pty);
bool pty_shows(struct pty *pty, const char *text);

#endif
