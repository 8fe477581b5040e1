/* term_probe.h: what the terminal can do, found without taking it over: for
 * `overpass doctor`. Asks the terminal where its cursor stands behind two wide
 * characters, with a time limit, and leaves the line as it was. */
#ifndef OV_TUI_TERM_PROBE_H
#define OV_TUI_TERM_PROBE_H

#include <stdbool.h>
#include <stdint.h>

enum { PROBE_CELLS = 4 /* what 测试 takes where widths are right */, PROBE_MS = 500 };

struct term_probe {
	bool terminal;    /* standard input and output are one */
	const char *type; /* $TERM, "" when unset */
	bool known, moves; /* there is a description; it can place the cursor */
	int colors;       /* -1: none */
	bool function_keys; /* the description knows F1 */
	char erase;       /* what the line says Backspace sends, 0: unknown */
	char described;   /* what the description says it sends, 0: unknown */
	bool answered;    /* it told where its cursor stands */
	int cells;        /* that 测试 took, when it answered */
	int64_t answer_ms; /* how long that took */
};

/* Never waits longer than PROBE_MS. */
void term_probe(struct term_probe *out);

#endif
