/* shared.h: where a test finds the data that the project did not write.
 *
 * $OV_SHARED, else ../shared beside the source tree. A test whose file is
 * missing says so and is skipped. */
#ifndef OV_TESTS_SHARED_H
#define OV_TESTS_SHARED_H

#include <setjmp.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* The path of a file under shared, in OUT; false when it is not there. */
static inline bool shared_path(const char *name, char *out, size_t size)
{
	const char *shared = getenv("OV_SHARED");
	const char *src = getenv("OV_SRCDIR");

	if (shared)
		snprintf(out, size, "%s/%s", shared, name);
	else
		snprintf(out, size, "%s/../shared/%s", src ? src : ".", name);
	return access(out, R_OK) == 0;
}

/* The same, or the test is skipped with the reason. */
static inline void shared_need(const char *name, char *out, size_t size)
{
	if (!shared_path(name, out, size)) {
		print_message("skipped: %s is missing\n", out);
		skip();
	}
}

/* A whole file with a NUL behind it, on the heap. */
static inline char *shared_read(const char *path, size_t *len)
{
	FILE *file = fopen(path, "rb");
	size_t room = 1 << 16, got;
	char *bytes = malloc(room + 1);

	assert_non_null(file);
	assert_non_null(bytes);
	*len = 0;
	while ((got = fread(bytes + *len, 1, room - *len, file)) > 0) {
		*len += got;
		if (*len == room) {
			room *= 2;
			bytes = realloc(bytes, room + 1);
			assert_non_null(bytes);
		}
	}
	fclose(file);
	bytes[*len] = '\0';
	return bytes;
}

#endif
