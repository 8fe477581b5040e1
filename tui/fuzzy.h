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
/* Do the letters behind a score stand together, or begin words? */
bool fuzzy_close(const char *typed, int score);

#endif
