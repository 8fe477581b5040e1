/* rules_compare.h: telling a case's answer from what was expected. Only the
 * files of rules_file include it. */
#ifndef OV_CODEC_RULES_COMPARE_H
#define OV_CODEC_RULES_COMPARE_H

#include <stdbool.h>

#include <jansson.h>

#include "core/codec/rules_file.h"

/* Does GOT have every member that EXPECT names, with the same value? Lists are
 * as long and agree item by item. */
bool rules_expected(json_t *expect, json_t *got);

/* Tells the sink and counts. EXPECT and GOT may be any JSON; ANSWER is what
 * the explanation shows. */
void rules_case_tell(const struct rules_test_sink *sink, struct rules_test_totals *totals,
		     const char *id, const char *kind, bool passed, json_t *expect,
		     json_t *got, json_t *answer);

#endif
