/* rules_case.h: one case of an overpass-vectors/1 file. Only the files of
 * rules_file include it. */
#ifndef OV_CODEC_RULES_CASE_H
#define OV_CODEC_RULES_CASE_H

#include "core/codec/rules_fixture.h"

/* Runs the case the reader stands in. Returns the whole answer as a new JSON
 * object, or NULL with the reader's error filled. */
json_t *rules_case_run(struct json_reader *reader, const struct rules_fixture *fixture,
		       json_t *object);

/* rules_case_credit.c */
json_t *rules_case_credit(struct json_reader *reader, const struct rules_fixture *fixture,
			  json_t *object);

/* Shared: text or null, integer or null for OV_NULL. */
json_t *json_text_or_null(const char *text);
json_t *json_int_or_null(int64_t value);

const struct fixture_programme *case_programme(struct json_reader *reader,
					       const struct rules_fixture *fixture,
					       json_t *object);
const struct credit_caps *case_caps(struct json_reader *reader,
				    const struct rules_fixture *fixture, json_t *object);
/* Member student_status, absent: ACTIVE. */
bool case_student_active(struct json_reader *reader, json_t *object);

#endif
