/* rules_file.h: a trial of rules on cases, without a database.
 *
 * Formats overpass-vectors/1 (CLI.md, "rules test") and overpass-conflicts/1
 * (CONFLICTS.md). A file that can't be read is refused as a whole, with file
 * and line; a case whose answer differs is told to the sink and counted. */
#ifndef OV_CODEC_RULES_FILE_H
#define OV_CODEC_RULES_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"

/* Texts live until the sink returns. */
struct rules_case {
	const char *id, *kind;
	bool passed;
	const char *expected, *got; /* compact JSON of the members that `expect` names */
	const char *explanation;    /* the whole answer as a JSON object */
};

struct rules_test_sink {
	void (*on_case)(void *user, const struct rules_case *result);
	void *user;
};

struct rules_test_totals {
	size_t passed, failed;
};

/* FILE is the name for messages. Returns 0 when every case was run, whatever
 * came out, or OV_EINPUT. */
int rules_test_run(const char *text, size_t len, const char *file,
		   const struct rules_test_sink *sink, struct rules_test_totals *totals,
		   struct error *err);

#endif
