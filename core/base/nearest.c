#include "core/base/nearest.h"

#include <ctype.h>
#include <string.h>

enum { WORD_MAX = 63 };

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static int lower(char c)
{
	return tolower((unsigned char)c);
}

/* Optimal string alignment distance, with the last three rows kept. */
static unsigned distance(const char *a, const char *b)
{
	unsigned rows[3][WORD_MAX + 1];
	size_t n = strnlen(a, WORD_MAX), m = strnlen(b, WORD_MAX);

	for (size_t j = 0; j <= m; j++)
		rows[0][j] = (unsigned)j;
	for (size_t i = 1; i <= n; i++) {
		unsigned *row = rows[i % 3], *up = rows[(i + 2) % 3], *up2 = rows[(i + 1) % 3];

		row[0] = (unsigned)i;
		for (size_t j = 1; j <= m; j++) {
			unsigned change = up[j - 1] + (lower(a[i - 1]) != lower(b[j - 1]));

			row[j] = least(change, least(up[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
			    lower(a[i - 2]) == lower(b[j - 1]))
				row[j] = least(row[j], up2[j - 2] + 1);
		}
	}
	return rows[n % 3][m];
}

size_t nearest_word(const char *word, const char *const *known, size_t count)
{
	size_t best = count;
	unsigned best_distance = 2 * WORD_MAX;

	for (size_t i = 0; i < count; i++) {
		unsigned d = distance(word, known[i]);

		if (d < best_distance) {
			best = i;
			best_distance = d;
		}
	}
	return best;
}
