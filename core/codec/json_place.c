/* Where in a JSON text a value stands. The text has been parsed before, so it
 * is known to be valid; still nothing here reads past its end. */
#include "core/codec/json_reader.h"

#include <string.h>

struct walk {
	const char *at, *end;
};

static void skip_blanks(struct walk *walk)
{
	while (walk->at < walk->end && strchr(" \t\r\n", *walk->at) && *walk->at)
		walk->at++;
}

/* Past a string whose opening quote is at walk->at. */
static void skip_string(struct walk *walk)
{
	walk->at++;
	while (walk->at < walk->end && *walk->at != '"')
		walk->at += *walk->at == '\\' && walk->at + 1 < walk->end ? 2 : 1;
	if (walk->at < walk->end)
		walk->at++;
}

/* Past any value: brackets are counted, strings leapt over. */
static void skip_value(struct walk *walk)
{
	size_t depth = 0;

	skip_blanks(walk);
	while (walk->at < walk->end) {
		char c = *walk->at;

		if (c == '"') {
			skip_string(walk);
			if (!depth)
				return;
			continue;
		}
		if (!depth && (c == ',' || c == '}' || c == ']'))
			return;
		if (c == '{' || c == '[')
			depth++;
		walk->at++;
		if ((c == '}' || c == ']') && --depth == 0)
			return;
	}
}

static bool key_is(const char *from, const char *to, const char *key)
{
	/* Keys with escapes are never asked for: ours are plain words, and a
	 * stranger's odd key only costs the exact line. */
	size_t len = strlen(key);

	return (size_t)(to - from) == len + 2 && !memcmp(from + 1, key, len);
}

/* From the opening bracket at walk->at to the value of a step. */
static bool descend(struct walk *walk, const struct json_step *step)
{
	size_t index = 0;

	if (walk->at >= walk->end || *walk->at != (step->key ? '{' : '['))
		return false;
	walk->at++;
	for (;;) {
		const char *key;

		skip_blanks(walk);
		if (walk->at >= walk->end || *walk->at == '}' || *walk->at == ']')
			return false;
		key = walk->at;
		if (step->key) {
			bool wanted;

			skip_string(walk);
			wanted = key_is(key, walk->at, step->key);
			skip_blanks(walk);
			walk->at += walk->at < walk->end; /* the colon */
			skip_blanks(walk);
			if (wanted)
				return true;
		} else if (index++ == step->index) {
			return true;
		}
		skip_value(walk);
		skip_blanks(walk);
		if (walk->at < walk->end && *walk->at == ',')
			walk->at++;
	}
}

size_t json_line(const char *text, size_t len, const struct json_step *path, size_t depth)
{
	struct walk walk = { text, text + len };
	const char *place;
	size_t line = 1;

	skip_blanks(&walk);
	place = walk.at;
	for (size_t i = 0; i < depth && descend(&walk, &path[i]); i++)
		place = walk.at;
	for (const char *c = text; c < place; c++)
		line += *c == '\n';
	return line;
}
