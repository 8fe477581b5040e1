/* text.h: UTF-8, cells and normal forms.
 *
 * Every text of the program is UTF-8 that ends in a NUL. What comes from
 * outside may not be valid: an invalid sequence counts and shows as U+FFFD,
 * one for each maximal part of a sequence (as the WHATWG decoder does), and is
 * never fatal. Functions that answer a new text put it in the caller's arena.
 *
 * Cells: 0 for combining marks and format characters, 2 for wide and full
 * width (East Asian Width W and F), 1 otherwise. What must not reach a
 * terminal (controls, bidi overrides, unassigned code points) counts as the
 * one cell of what text_sanitise() shows in its place. The widths agree with
 * the C library's wcwidth(), which ncursesw uses, for all that is drawn;
 * characters of ambiguous width (A) follow text_set_ambiguous().
 * Sources: Unicode Standard Annexes 11 (width) and 15 (normal forms), by ICU. */
#ifndef OV_BASE_TEXT_H
#define OV_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/buf.h"

/* --- UTF-8 (text_utf8.c) --- */

enum { UTF8_MAX = 4, UTF8_BAD = 0xfffd };

/* Reads one code point of len bytes; returns how many bytes it took (0 only
 * when len is 0). Invalid bytes give UTF8_BAD. */
size_t utf8_decode(const char *text, size_t len, uint32_t *cp);
/* Writes the code point, returns the bytes written (1…4). Surrogates and
 * values past U+10FFFF become U+FFFD. */
size_t utf8_encode(uint32_t cp, char out[UTF8_MAX]);
bool utf8_valid(const char *text, size_t len);
/* Offset of the first invalid byte, len when there is none. */
size_t utf8_invalid_at(const char *text, size_t len);
size_t utf8_count(const char *text); /* code points */
void utf8_add(struct buf *out, uint32_t cp);
/* Bytes of the first `count` code points, or the length of a shorter text. */
size_t utf8_prefix(const char *text, size_t count);

/* --- cells (text_width.c) --- */

enum text_align { TEXT_LEFT, TEXT_RIGHT, TEXT_CENTRE };

/* How wide the terminal draws ambiguous characters; narrow at the start. Set
 * once at start-up, before any thread draws. */
void text_set_ambiguous(bool wide);
int text_cp_width(uint32_t cp); /* 0, 1 or 2 */
int text_width(const char *text);
int text_width_len(const char *text, size_t len);

/* Bytes of the longest beginning that fits into `cells` without splitting a
 * wide character or tearing marks off their base; *used (may be NULL) gets
 * its cells, which is cells - 1 when a wide character did not fit. */
size_t text_cut(const char *text, int cells, int *used);

/* The next or previous place a cursor may stand: a base character with its
 * marks is one step. next(end) is end, prev(0) is 0. */
size_t text_next(const char *text, size_t at);
size_t text_prev(const char *text, size_t at);

/* A text a terminal can be given: invalid bytes, controls and overrides are
 * replaced by a visible sign of one cell. A line feed is a control too. */
char *text_sanitise(const char *text, struct arena *arena);

/* Exactly `cells` cells: sanitised, cut with … when too long, padded with
 * blanks. The first adds to a buffer, the second answers a new text. */
void text_fit(struct buf *out, const char *text, int cells, enum text_align align);
char *text_fit_arena(const char *text, int cells, enum text_align align, struct arena *arena);

/* --- normal forms (text_norm.c) --- */

char *text_nfkc(const char *text, struct arena *arena);
/* NFKC_Casefold: what two texts have in common however they were typed. */
char *text_fold(const char *text, struct arena *arena);
/* DOMAIN.md 3.1: NFKC, then U+0020, U+0009 and U+002D dropped, nothing else. */
char *text_normalise_id(const char *text, struct arena *arena);
/* Without white space (of Unicode, and U+FEFF) at both ends. */
char *text_trim(const char *text, struct arena *arena);
/* Full-width ASCII (U+FF01…FF5E) and U+3000 as ASCII; nothing else changes. */
char *text_ascii_width(const char *text, struct arena *arena);
/* Does it hold a C0 or C1 control, DEL, or a line or paragraph separator? */
bool text_has_control(const char *text);

#endif
