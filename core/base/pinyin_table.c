#include "core/base/pinyin_table.h"

#include "core/base/arena.h"
#include "core/base/text.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* The tables laid out for look-up: the number of the ordinary syllable plus
 * one for each character of the two blocks that hold nearly all, the few
 * others in a sorted list. */
enum { BLOCK_FROM = 0x3400, BLOCK_TO = 0xa000, OTHERS_MAX = 512, SPECIALS_MAX = 512 };

struct other {
	uint32_t cp;
	uint16_t syllable;
};

struct special {
	uint32_t cp;
	const char *readings[HAN_READINGS_MAX];
	size_t count;
};

struct special_list {
	struct special item[SPECIALS_MAX];
	size_t count;
};

/* Both characters of a surname of two, as one number. */
struct compound {
	uint64_t pair;
	const struct pinyin_special *row;
};

static struct compound compounds[SPECIALS_MAX];
static size_t compound_count;
static uint16_t block[BLOCK_TO - BLOCK_FROM];
static struct other others[OTHERS_MAX];
static size_t other_count;
static struct special_list polyphones, surnames;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static int by_cp(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static uint64_t pair_of(const char *name)
{
	size_t len = strnlen(name, 2 * UTF8_MAX), at;
	uint32_t first = 0, second = 0;

	at = utf8_decode(name, len, &first);
	utf8_decode(name + at, len - at, &second);
	return (uint64_t)first << 32 | second;
}

static int by_pair(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static void compounds_lay_out(void)
{
	for (size_t i = 0; i < pinyin_compound_count && i < SPECIALS_MAX; i++)
		compounds[compound_count++] = (struct compound){
			pair_of(pinyin_compounds[i].han), &pinyin_compounds[i] };
	qsort(compounds, compound_count, sizeof compounds[0], by_pair);
}

static void rows_lay_out(void)
{
	for (size_t row = 0; row < pinyin_row_count; row++) {
		const char *text = pinyin_rows[row].chars;
		size_t len = strlen(text), at = 0;

		while (at < len) {
			uint32_t cp;

			at += utf8_decode(text + at, len - at, &cp);
			if (cp >= BLOCK_FROM && cp < BLOCK_TO)
				block[cp - BLOCK_FROM] = (uint16_t)(row + 1);
			else if (other_count < OTHERS_MAX)
				others[other_count++] = (struct other){ cp, (uint16_t)(row + 1) };
		}
	}
	qsort(others, other_count, sizeof others[0], by_cp);
}

/* The one copy of a syllable: rows are in the order of their syllables. */
static const char *syllable_find(const char *text, size_t len)
{
	size_t low = 0, high = pinyin_row_count;

	while (low < high) {
		size_t mid = (low + high) / 2;
		const char *have = pinyin_rows[mid].syllable;
		int order = strncmp(have, text, len);

		if (!order && !have[len])
			return have;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static size_t readings_split(const char *text, const char *out[HAN_READINGS_MAX])
{
	size_t count = 0;

	while (*text && count < HAN_READINGS_MAX) {
		size_t len = strcspn(text, " ");
		const char *have = syllable_find(text, len);

		if (have)
			out[count++] = have;
		text += len + (text[len] == ' ');
	}
	return count;
}

static void specials_lay_out(struct special_list *list, const struct pinyin_special *rows,
			     size_t count)
{
	for (size_t i = 0; i < count && i < SPECIALS_MAX; i++) {
		struct special *item = &list->item[list->count++];

		utf8_decode(rows[i].han, strlen(rows[i].han), &item->cp);
		item->count = readings_split(rows[i].readings, item->readings);
	}
	qsort(list->item, list->count, sizeof list->item[0], by_cp);
}

static void lay_out(void)
{
	rows_lay_out();
	compounds_lay_out();
	specials_lay_out(&polyphones, pinyin_polyphones, pinyin_polyphone_count);
	specials_lay_out(&surnames, pinyin_surnames, pinyin_surname_count);
}

static size_t special_find(const struct special_list *list, uint32_t cp,
			   const char *out[HAN_READINGS_MAX])
{
	const struct special *item = bsearch(&cp, list->item, list->count,
					     sizeof list->item[0], by_cp);

	if (!item)
		return 0;
	memcpy(out, item->readings, item->count * sizeof item->readings[0]);
	return item->count;
}

size_t pinyin_char_readings(uint32_t cp, const char *out[HAN_READINGS_MAX])
{
	const struct other *other;
	size_t count, row = 0;

	pthread_once(&once, lay_out);
	count = special_find(&polyphones, cp, out);
	if (count)
		return count;
	if (cp >= BLOCK_FROM && cp < BLOCK_TO) {
		row = block[cp - BLOCK_FROM];
	} else {
		other = bsearch(&cp, others, other_count, sizeof others[0], by_cp);
		row = other ? other->syllable : 0;
	}
	if (!row)
		return 0;
	out[0] = pinyin_rows[row - 1].syllable;
	return 1;
}

size_t pinyin_surname_readings(uint32_t cp, const char *out[HAN_READINGS_MAX])
{
	pthread_once(&once, lay_out);
	return special_find(&surnames, cp, out);
}

const struct pinyin_special *pinyin_compound(const char *name)
{
	const struct compound *found;
	uint64_t pair = pair_of(name);

	pthread_once(&once, lay_out);
	found = bsearch(&pair, compounds, compound_count, sizeof compounds[0], by_pair);
	return found ? found->row : NULL;
}

int pinyin_is_prefix(const char *text, size_t len)
{
	/* Ways to type syllables with ü that no row has. */
	static const char *const typed[] = { "lyu", "nyu", "lyue", "nyue", "lue", "nue" };
	size_t low = 0, high = pinyin_row_count;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (strncmp(pinyin_rows[mid].syllable, text, len) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (low < pinyin_row_count && !strncmp(pinyin_rows[low].syllable, text, len))
		return !pinyin_rows[low].syllable[len] && (low + 1 == pinyin_row_count ||
		       strncmp(pinyin_rows[low + 1].syllable, text, len) != 0) ? 2 : 1;
	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++)
		if (!strncmp(typed[i], text, len))
			return 1;
	return 0;
}
