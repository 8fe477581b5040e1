/* fuzzy.h: does a short text typed stand for a longer one?
 *
 * For pick lists and the palette. The letters typed must come in order; Han
 * characters of the longer text also match by the first letter of their
 * pinyin ("rltc" finds 日历推迟). Letter case and full width don't matter. */
#ifndef OV_TUI_FUZZY_H
#define OV_TUI_FUZZY_H

#include <stdbool.h>

/* 0: no; more is better. An empty `typed` matches all equally. */
int fuzzy_score(const char *typed, const char *text);
enum { FUZZY_INSIDE = 1, FUZZY_BEGINS = 2 };
/* Do the letters typed stand together in the text, from its first letter on
 * (FUZZY_BEGINS), further in (FUZZY_INSIDE), or not (0)? Nothing typed: 0. */
int fuzzy_stands(const char *typed, const char *text);
/* Do the letters behind a score stand together, or begin words? */
bool fuzzy_close(const char *typed, int score);

#endif
