/* fuzz.h: what every fuzz target includes.
 *
 * A target is one function that takes any bytes and aborts when a promise of
 * the code is broken. With --enable-fuzzing it is linked with libFuzzer; else
 * with driver.c, which feeds it the seeds of tests/fuzz/seeds/NAME and a fixed
 * number of mutations of them, the same ones each time. */
#ifndef OV_TESTS_FUZZ_H
#define OV_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define PROMISE(what) \
	do { \
		if (!(what)) { \
			fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #what); \
			abort(); \
		} \
	} while (0)

#endif
