/* nearest.h: which known word a mistyped one was meant to be. */
#ifndef OV_BASE_NEAREST_H
#define OV_BASE_NEAREST_H

#include <stddef.h>

/* The index of the word of known[0…count) with the fewest letters to insert,
 * drop, change or swap, without regard to case (ASCII); the first of equals.
 * COUNT when there is none at all. Words longer than 63 bytes are compared by
 * their beginning. */
size_t nearest_word(const char *word, const char *const *known, size_t count);

#endif
