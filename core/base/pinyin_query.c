#include "core/base/pinyin.h"

#include "core/base/arena.h"
#include "core/base/pinyin_table.h"
#include "core/base/text.h"

#include <stdint.h>
#include <string.h>

enum { TYPED_MAX = 63, SYLLABLES_MAX = 32, STEPS_MAX = 4000 };

/* The letter without the mark of its tone; 0 for a mark that stands alone. */
static uint32_t untoned(uint32_t cp)
{
	static const struct {
		uint32_t from;
		char letter;
	} marks[] = {
		{ 0x101, 'a' }, { 0xe1, 'a' }, { 0x1ce, 'a' }, { 0xe0, 'a' }, { 0x113, 'e' },
		{ 0xe9, 'e' }, { 0x11b, 'e' }, { 0xe8, 'e' }, { 0x12b, 'i' }, { 0xed, 'i' },
		{ 0x1d0, 'i' }, { 0xec, 'i' }, { 0x14d, 'o' }, { 0xf3, 'o' }, { 0x1d2, 'o' },
		{ 0xf2, 'o' }, { 0x16b, 'u' }, { 0xfa, 'u' }, { 0x1d4, 'u' }, { 0xf9, 'u' },
		{ 0xfc, 'v' }, { 0x1d6, 'v' }, { 0x1d8, 'v' }, { 0x1da, 'v' }, { 0x1dc, 'v' },
		{ 0x144, 'n' }, { 0x148, 'n' }, { 0x1f9, 'n' },
		{ 0x300, 0 }, { 0x301, 0 }, { 0x304, 0 }, { 0x30c, 0 },
	};

	for (size_t i = 0; cp >= 0x80 && i < sizeof marks / sizeof marks[0]; i++)
		if (marks[i].from == cp)
			return (uint32_t)marks[i].letter;
	return cp;
}

bool pinyin_typed(const char *text, char out[64])
{
	struct arena arena = ARENA_INIT;
	const char *fold = text_fold(text, &arena);
	size_t len = strlen(fold), at = 0, used = 0;
	bool good = true, letter = false;

	while (at < len && good) {
		uint32_t cp;

		at += utf8_decode(fold + at, len - at, &cp);
		cp = untoned(cp);
		if (!cp)
			continue;
		/* The number of a tone stands behind a letter. */
		if (cp >= '1' && cp <= '5' && used && out[used - 1] != ' ')
			cp = ' ';
		if (cp == '\'' || cp == 0x2019)
			cp = ' ';
		if (cp == ' ' && (!used || out[used - 1] == ' '))
			continue;
		good = (cp == ' ' || (cp >= 'a' && cp <= 'z')) && used < TYPED_MAX;
		letter = letter || cp != ' ';
		if (good)
			out[used++] = (char)cp;
	}
	if (used && out[used - 1] == ' ')
		used--;
	out[used] = '\0';
	arena_release(&arena);
	return good && letter;
}

/* The end of the longest common beginning of what is typed and a syllable. */
static size_t common(const char *typed, const char *syllable, size_t len)
{
	size_t n = 0;

	while (n < len && (typed[n] == syllable[n] || (syllable[n] == 'v' && typed[n] == 'u')))
		n++;
	return n;
}

/* Ways a piece covered its syllable so far; both may hold ("e"). */
enum { ALL_FULL = 1, ALL_INITIAL = 2, WAYS = 4 };

/* Up to which letters the syllables so far may reach: a bit for each place, one set for
 * each way. */
struct reach {
	uint64_t at[WAYS];
};

static bool is_initial(const char *syllable, size_t len)
{
	return len == 1 || (len == 2 && syllable[1] == 'h' &&
			    (syllable[0] == 'z' || syllable[0] == 'c' || syllable[0] == 's'));
}

/* From place I to place TO. A blank between syllables is behind the one before it. */
static void spread(const struct reach *from, struct reach *next, const char *typed, size_t i,
		   size_t to, unsigned keep)
{
	const uint64_t place = (uint64_t)1 << (typed[to] == ' ' ? to + 1 : to);

	for (unsigned way = 0; way < WAYS; way++)
		if (from->at[way] >> i & 1)
			next->at[way & keep] |= place;
}

static void pieces_from(const struct reach *from, struct reach *next, const char *typed, size_t i,
			const char *syllable, size_t len)
{
	/* lyu for lv: what passports write. */
	const size_t alias = len >= 2 && syllable[1] == 'v' && typed[i] == syllable[0] &&
			     typed[i + 1] == 'y' ? 2 : 0;
	size_t most = common(typed + i, syllable, len);

	for (size_t piece = 1; piece <= most; piece++)
		spread(from, next, typed, i, i + piece, (piece == len ? ALL_FULL : 0u) |
		       (is_initial(syllable, piece) ? ALL_INITIAL : 0u));
	if (alias) {
		most = common(typed + i + alias, syllable + 1, len - 1);
		for (size_t piece = 0; piece <= most; piece++)
			spread(from, next, typed, i, i + piece + alias,
			       piece == len - 1 ? ALL_FULL : 0u);
	}
}

/* How all of the letters were covered. */
static enum pinyin_rank rank_of(const struct reach *reach, uint64_t end)
{
	if ((reach->at[ALL_FULL] | reach->at[ALL_FULL | ALL_INITIAL]) & end)
		return PINYIN_FULL;
	if (reach->at[ALL_INITIAL] & end)
		return PINYIN_INITIALS;
	return reach->at[0] & end ? PINYIN_MIXED : PINYIN_NONE;
}

enum pinyin_rank pinyin_match(const char *typed, const char *syllables)
{
	const size_t n = strlen(typed);
	const uint64_t end = n <= TYPED_MAX ? (uint64_t)1 << n : 0;
	struct reach reach = { .at = { [ALL_FULL | ALL_INITIAL] = 1 } };
	enum pinyin_rank rank = PINYIN_NONE, whole;

	if (!n || !end || typed[0] != syllables[0])
		return PINYIN_NONE;
	for (size_t count = 0; *syllables && count < SYLLABLES_MAX; count++) {
		struct reach next = { .at = { 0 } };
		uint64_t left = (reach.at[0] | reach.at[1] | reach.at[2] | reach.at[3]) & (end - 1);
		size_t len = 0;

		while (syllables[len] && syllables[len] != ' ')
			len++;
		if (rank_of(&reach, end) != PINYIN_NONE)
			rank = PINYIN_START; /* there is a syllable more */
		if (!left)
			return rank;
		for (; left; left &= left - 1)
			pieces_from(&reach, &next, typed, (size_t)__builtin_ctzll(left), syllables, len);
		reach = next;
		syllables += len + (syllables[len] == ' ');
	}
	whole = rank_of(&reach, end);
	return whole != PINYIN_NONE ? whole : rank;
}

struct choices {
	const char *typed;
	size_t n, max, count, steps;
	char (*out)[INITIALS_TEXT];
	struct pinyin_cut *cuts;
	uint8_t closed[TYPED_MAX]; /* bit N: N letters from here are a syllable, no other begins so */
	uint8_t longest[TYPED_MAX]; /* longest beginning of a syllable from here */
	uint8_t least[TYPED_MAX + 1]; /* fewest pieces from here; UINT8_MAX: none */
	char path[INITIALS_TEXT];
	uint8_t first; /* letters of the first piece */
};

static void choice_add(struct choices *c, size_t depth, bool full)
{
	size_t i = 0;

	c->path[depth] = '\0';
	while (i < c->count && strcmp(c->out[i], c->path) != 0)
		i++;
	if (c->cuts && i == c->count)
		c->cuts[i] = (struct pinyin_cut){ full, c->first };
	else if (c->cuts)
		c->cuts[i] = (struct pinyin_cut){ full && c->cuts[i].full,
			c->first < c->cuts[i].letters ? c->first : c->cuts[i].letters };
	if (i == c->count)
		memcpy(c->out[c->count++], c->path, depth + 1);
}

/* lyu, nyu: written lv and nv. */
static bool is_lyu(const char *typed)
{
	return (*typed == 'l' || *typed == 'n') && typed[1] == 'y';
}

/* All ways to cut typed[i…] into exactly `left` pieces, long pieces first. FULL: those
 * before are whole syllables. */
static void choices_from(struct choices *c, size_t i, size_t depth, size_t left, bool full)
{
	if (c->typed[i] == ' ')
		i++;
	if (c->count == c->max || c->steps++ > STEPS_MAX)
		return;
	if (i == c->n) {
		if (!left)
			choice_add(c, depth, full);
		return;
	}
	if (!left || c->least[i] > left)
		return;
	c->path[depth] = c->typed[i];
	for (size_t piece = c->longest[i]; piece > 0; piece--) {
		bool lyu = piece > 1 && is_lyu(c->typed + i);

		if (depth == 0)
			c->first = lyu ? 1 : (uint8_t)piece;
		choices_from(c, i + piece, depth + 1, left - 1, full && !lyu &&
			     (i + piece == c->n || (c->closed[i] >> piece & 1)));
	}
}

/* Not all cuts into so many pieces were seen: there may be one of another kind. */
static void cuts_unsure(struct choices *c, size_t pieces)
{
	for (size_t i = 0; c->cuts && i < c->count; i++)
		if (strlen(c->out[i]) == pieces)
			c->cuts[i] = (struct pinyin_cut){ false, 1 };
}

size_t pinyin_initials(const char *typed, char out[][INITIALS_TEXT], struct pinyin_cut *cuts,
		       size_t max)
{
	struct choices c = { .typed = typed, .n = strlen(typed), .max = max, .out = out,
			     .cuts = cuts };

	if (!c.n || c.n > TYPED_MAX)
		return 0;
	for (size_t i = 0; i < c.n; i++) {
		size_t room = strcspn(typed + i, " ");
		size_t len = 0;
		int is;

		while (len < room && len < 7 && (is = pinyin_is_prefix(typed + i, len + 1)) > 0) {
			len++;
			c.closed[i] |= (uint8_t)((is == 2) << len);
		}
		c.longest[i] = (uint8_t)len;
	}
	for (size_t i = c.n; i-- > 0;) {
		c.least[i] = typed[i] == ' ' ? c.least[i + 1] : UINT8_MAX;
		for (size_t piece = 1; piece <= c.longest[i]; piece++)
			if (c.least[i + piece] < c.least[i])
				c.least[i] = (uint8_t)(c.least[i + piece] + 1);
	}
	if (c.least[0] == UINT8_MAX)
		return 0;
	for (size_t pieces = c.least[0]; pieces < INITIALS_TEXT && pieces <= c.n &&
	     c.count < max && c.steps <= STEPS_MAX; pieces++) {
		choices_from(&c, 0, 0, pieces, true);
		if (c.count == max || c.steps > STEPS_MAX)
			cuts_unsure(&c, pieces);
	}
	return c.count;
}
