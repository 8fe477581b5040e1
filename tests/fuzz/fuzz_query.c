/* fuzz_query.c: any bytes as a name, and as what is typed into the search. */
#include "core/base/search_query.h"
#include "core/base/text.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void letters_check(const char *text, const char *more)
{
	for (; *text; text++)
		PROMISE((*text >= 'a' && *text <= 'z') || strchr(more, *text));
}

static void name_check(const char *name)
{
	struct name_readings readings;

	name_read(name, &readings);
	PROMISE(readings.count <= NAME_READINGS_MAX);
	for (size_t i = 0; i < readings.count; i++) {
		const struct name_reading *r = &readings.reading[i];
		char typed[64];

		letters_check(r->syllables, " ");
		letters_check(r->initials, "");
		PROMISE(*r->syllables && *r->initials);
		/* A name is found by itself. */
		if (pinyin_typed(r->syllables, typed)) {
			PROMISE(pinyin_match(typed, r->syllables) == PINYIN_FULL);
		}
		if (pinyin_typed(r->initials, typed))
			PROMISE(pinyin_match(typed, r->syllables) >= PINYIN_MIXED);
	}
	PROMISE(name_surname_bytes(name) <= strlen(name));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = ARENA_INIT;
	char *text = arena_strndup(&arena, (const char *)data, size);
	struct search_query query;

	name_check(text);
	search_query_parse(text, &arena, &query);
	PROMISE(query.initials_count <= INITIALS_CHOICES);
	letters_check(query.letters, " ");
	for (size_t i = 0; i < query.initials_count; i++) {
		PROMISE(*query.initials[i]);
		letters_check(query.initials[i], "");
	}
	PROMISE(!(query.kinds & QUERY_PINYIN) || (query.initials_count && *query.letters));
	PROMISE(!(query.kinds & QUERY_HAN) || *query.han);
	PROMISE(!(query.kinds & (QUERY_DIGITS | QUERY_DOC_TAIL)) || *query.digits);
	if (query.kinds & QUERY_PINYIN)
		pinyin_match(query.letters, "wang xiao ming");
	arena_release(&arena);
	return 0;
}
