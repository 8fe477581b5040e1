/* json_reader.h: reading JSON that somebody else wrote.
 *
 * The text is parsed once (jansson: depth limited, duplicate members refused);
 * after that each getter checks presence, type and range, and the first that
 * fails fills the reader's error with file, line and what is wrong. Later
 * getters then answer harmless values, so that a caller reads a whole object
 * and asks json_reader_failed() once.
 *
 * jansson keeps no lines. A value's line is found again by walking the text
 * along the value's path, which is only done to tell a failure. */
#ifndef OV_CODEC_JSON_READER_H
#define OV_CODEC_JSON_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "core/base/arena.h"
#include "core/base/error.h"

enum { JSON_DEPTH = 32 };

/* A step of a path: a member of an object, or an item of a list. */
struct json_step {
	const char *key; /* NULL: an item */
	size_t index;
};

struct json_reader {
	const char *text, *file;
	size_t len;
	json_t *root;
	struct json_step path[JSON_DEPTH]; /* of the object being read */
	size_t depth;
	struct arena *arena;  /* texts are copied here */
	struct arena scratch; /* for the caller: what need not outlive one item */
	struct error *err;
};

/* Returns 0, or OV_EINPUT with file and line in ERR. */
int json_reader_open(struct json_reader *reader, const char *text, size_t len,
		     const char *file, struct arena *arena, struct error *err);
void json_reader_close(struct json_reader *reader); /* and frees the scratch */
bool json_reader_failed(const struct json_reader *reader);
/* Forgets a failure: the caller has dealt with it. */
void json_reader_forgive(struct json_reader *reader);

/* WHY is untranslated, marked with N_(). KEY NULL: the object itself. */
int json_reader_fail(struct json_reader *reader, const char *key, const char *why);

/* Into an object's member or a list's item, and out again. */
void json_enter(struct json_reader *reader, const char *key);
void json_enter_item(struct json_reader *reader, size_t index);
void json_leave(struct json_reader *reader);

/* Members of OBJECT. The "opt" getters answer the default for null or absent,
 * the others fail. */
json_t *json_get_object(struct json_reader *reader, json_t *object, const char *key);
json_t *json_opt_object(struct json_reader *reader, json_t *object, const char *key);
json_t *json_get_list(struct json_reader *reader, json_t *object, const char *key);
json_t *json_opt_list(struct json_reader *reader, json_t *object, const char *key);
const char *json_get_text(struct json_reader *reader, json_t *object, const char *key);
const char *json_opt_text(struct json_reader *reader, json_t *object, const char *key);
int64_t json_get_int(struct json_reader *reader, json_t *object, const char *key,
		     int64_t min, int64_t max);
int64_t json_opt_int(struct json_reader *reader, json_t *object, const char *key,
		     int64_t min, int64_t max, int64_t fallback);
bool json_opt_bool(struct json_reader *reader, json_t *object, const char *key, bool fallback);
int64_t json_get_date(struct json_reader *reader, json_t *object, const char *key);
int64_t json_opt_date(struct json_reader *reader, json_t *object, const char *key);
/* A list of texts, or of dates; absent and null are the empty list. */
const char **json_opt_texts(struct json_reader *reader, json_t *object, const char *key,
			    size_t *count);
int64_t *json_opt_dates(struct json_reader *reader, json_t *object, const char *key,
			size_t *count);

/* The line (from 1) where the value at the end of PATH begins; the text is
 * valid JSON. Answers the deepest place that could be found. */
size_t json_line(const char *text, size_t len, const struct json_step *path, size_t depth);

#endif
