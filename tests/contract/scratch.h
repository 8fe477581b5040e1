/* scratch.h: a folder of its own for tests that need files, below $TMPDIR. */
#ifndef OV_TESTS_CONTRACT_SCRATCH_H
#define OV_TESTS_CONTRACT_SCRATCH_H

#include <stddef.h>

void scratch_make(void);
void scratch_remove(void); /* with everything in it */
/* The path of a file in it, in one of a few static rooms. */
const char *scratch_path(const char *name);
const char *scratch_url(const char *prefix, const char *name); /* prefix + path */

#endif
