/* conflicts_file.h: format overpass-conflicts/1 (CONFLICTS.md, "Format of
 * vectors.json"). rules_file.h is the way in. */
#ifndef OV_CODEC_CONFLICTS_FILE_H
#define OV_CODEC_CONFLICTS_FILE_H

#include "core/codec/json_reader.h"
#include "core/codec/rules_file.h"
#include "core/rules/conflict.h"

int conflicts_file_test(struct json_reader *reader, const struct rules_test_sink *sink,
			struct rules_test_totals *totals);

/* One vector as the engine's input, with the names that its indexes stand
 * for. All of it lives in the reader's arena. */
struct conflicts_trial {
	struct conflict_input input;
	const char **students; /* by student */
	const char **sessions; /* by session */
};

/* Reads the vector the reader stands in, laid over COMMON. Returns 0, or
 * OV_EINPUT when its data must be refused. */
int conflicts_trial_read(struct json_reader *reader, json_t *common, json_t *vector,
			 struct conflicts_trial *trial);

#endif
