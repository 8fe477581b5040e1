/* cast.h: a recording of a terminal in asciinema's format, version 2. Time is
 * the script's, not the clock's: the same script gives the same recording. */
#ifndef OV_TESTS_PTY_CAST_H
#define OV_TESTS_PTY_CAST_H

#include <stddef.h>

struct cast;

/* PATH NULL: nothing is written, and all calls do nothing. */
struct cast *cast_open(const char *path, int rows, int cols, const char *title);
void cast_close(struct cast *cast);
void cast_wait(struct cast *cast, double seconds); /* script time passes */
/* What the program sent; characters may be split between two calls. */
void cast_output(struct cast *cast, const char *bytes, size_t len);
void cast_marker(struct cast *cast, const char *text);

#endif
