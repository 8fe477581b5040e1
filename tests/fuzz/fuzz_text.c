/* fuzz_text.c: any bytes as text for the screen and for comparing. */
#include "core/base/text.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void cells_check(const char *text, struct arena *arena)
{
	int whole = text_width(text);

	for (int cells = 0; cells < 20; cells += 3) {
		int used;
		size_t len = text_cut(text, cells, &used);

		PROMISE(used <= cells && text_width_len(text, len) == used);
		PROMISE(text_width(text_fit_arena(text, cells, TEXT_RIGHT, arena)) == cells);
	}
	PROMISE(text_cut(text, whole, NULL) == strlen(text));
	for (size_t at = 0; at < strlen(text);) {
		size_t next = text_next(text, at);

		PROMISE(next > at && text_prev(text, next) == at);
		at = next;
		if (at > 64)
			break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = ARENA_INIT;
	char *text = arena_strndup(&arena, (const char *)data, size);
	const char *clean = text_sanitise(text, &arena);
	const char *nfkc = text_nfkc(text, &arena);
	const char *fold = text_fold(text, &arena);

	for (int wide = 0; wide < 2; wide++) {
		text_set_ambiguous(wide);
		cells_check(text, &arena);
		PROMISE(text_width(clean) == text_width(text));
	}
	PROMISE(utf8_valid(clean, strlen(clean)) && !text_has_control(clean));
	PROMISE(utf8_prefix(text, utf8_count(text)) == strlen(text));
	PROMISE(!strcmp(text_nfkc(nfkc, &arena), nfkc));
	PROMISE(!strcmp(text_fold(fold, &arena), fold));
	PROMISE(!strpbrk(text_normalise_id(text, &arena), " \t-"));
	text_trim(text, &arena);
	text_ascii_width(text, &arena);
	arena_release(&arena);
	return 0;
}
