/* search_real_test.c: real surnames and given names. Each person is found by
 * every reading of the name, surnames by the reading that surnames have, and
 * nobody is found who should not be: compared with reading all of them. The
 * names are the list named below, which is not ours and not copied. */
#include "tests/unit/import_fixture.h"
#include "tests/unit/shared.h"

#include "core/base/pinyin.h"
#include "core/store/search.h"

enum { PEOPLE = 4000, SURNAMES_MAX = 2000, GIVEN_MAX = 3000, QUESTIONS = 400 };

struct given {
	char han[8], letters[16];
};

static struct {
	char surname[SURNAMES_MAX][16];
	char initial[SURNAMES_MAX];
	size_t surnames;
	struct given given[GIVEN_MAX];
	size_t givens;
	char name[PEOPLE][40];
	size_t first[PEOPLE], last[PEOPLE]; /* places in surname and given */
	int64_t id[PEOPLE];
} real;

static uint64_t chance;

static size_t pick(size_t below)
{
	chance = chance * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(chance >> 33) % below;
}

/* "xiao3" → "xiao", "lü4" or "lv4" → "lv" */
static void plain(const char *from, size_t len, char out[16])
{
	size_t to = 0;

	for (size_t i = 0; i < len && to < 15; i++) {
		if (!strncmp(from + i, "ü", 2)) {
			out[to++] = 'v';
			i++;
		} else if (from[i] >= 'a' && from[i] <= 'z') {
			out[to++] = from[i];
		}
	}
	out[to] = '\0';
}

static void lists_read(void)
{
	char path[512], *text, *save = NULL;
	size_t len;

	assert_true(shared_path("data/names/familyname.csv", path, sizeof path));
	text = shared_read(path, &len);
	strtok_r(text, "\r\n", &save);
	for (char *line; (line = strtok_r(NULL, "\r\n", &save)) && real.surnames < SURNAMES_MAX;) {
		size_t bytes = strcspn(line, ","), at = bytes;

		at += at < strlen(line) ? 1 + strcspn(line + at + 1, ",") : 0;
		if (bytes >= sizeof real.surname[0] || line[at] != ',')
			continue;
		snprintf(real.surname[real.surnames], sizeof real.surname[0], "%.*s", (int)bytes, line);
		real.initial[real.surnames++] = line[at + 1];
	}
	free(text);
	assert_true(shared_path("data/names/givenname.csv", path, sizeof path));
	text = shared_read(path, &len);
	strtok_r(text, "\r\n", &save);
	for (char *line; (line = strtok_r(NULL, "\r\n", &save)) && real.givens < GIVEN_MAX;) {
		struct given *given = &real.given[real.givens];
		size_t bytes = strcspn(line, ",");

		if (bytes >= sizeof given->han || !line[bytes])
			continue;
		snprintf(given->han, sizeof given->han, "%.*s", (int)bytes, line);
		plain(line + bytes + 1, strcspn(line + bytes + 1, ","), given->letters);
		real.givens += given->letters[0] != '\0';
	}
	free(text);
	assert_true(real.surnames > 1500);
	assert_true(real.givens > 2000);
}

static int people_open(void **state)
{
	static struct import_row rows[PEOPLE];
	struct centre *c;
	struct page page;
	char path[512];

	*state = NULL;
	if (!shared_path("data/names/familyname.csv", path, sizeof path) ||
	    !shared_path("data/names/givenname.csv", path, sizeof path))
		return 0; /* each test says so: people_need() */
	real.surnames = real.givens = 0;
	lists_read();
	centre_open(state);
	c = *state;
	chance = 7;
	for (size_t i = 0; i < PEOPLE; i++) {
		size_t surname = i < real.surnames ? i : pick(real.surnames < 200 ? real.surnames : 200);
		size_t middle = pick(real.givens), last = pick(real.givens);

		real.first[i] = surname;
		real.last[i] = last;
		snprintf(real.name[i], sizeof real.name[i], "%s%s%s", real.surname[surname],
			 i % 3 ? real.given[middle].han : "", real.given[last].han);
		rows[i] = (struct import_row){
			.student_no = arena_printf(&c->arena, "17101064%05zu", i + 1),
			.full_name = real.name[i], .doc_kind = "OTHER",
			.doc_no = arena_printf(&c->arena, "R-%zu", i), .programme = "P-ZK-LOG" };
	}
	if (rows_import(c, rows, PEOPLE, false, false) < 0)
		fail_msg("%s", c->err.message);
	for (size_t i = 0; i < PEOPLE; i++) {
		assert_int_equal(store_search(c->store, rows[i].student_no, 1, &c->arena, &page, &c->err), 0);
		assert_int_equal(page.count, 1);
		real.id[i] = ((struct student_hit *)page.records[0])->id;
	}
	return 0;
}

static int people_close(void **state)
{
	return *state ? centre_close(state) : 0;
}

static struct centre *people_need(void **state)
{
	if (!*state) {
		print_message("skipped: the lists of names are missing\n");
		skip();
	}
	return *state;
}

static void ask(struct centre *c, const char *typed, struct page *page)
{
	assert_int_equal(store_search(c->store, typed, SEARCH_LIMIT_MAX, &c->arena, page, &c->err), 0);
}

static bool finds(struct centre *c, const char *typed, int64_t id)
{
	struct page page;

	ask(c, typed, &page);
	for (size_t i = 0; i < page.count; i++)
		if (((struct student_hit *)page.records[i])->id == id)
			return true;
	return false;
}

static void solid(const char *syllables, char out[PINYIN_TEXT])
{
	size_t to = 0;

	for (; *syllables; syllables++)
		if (*syllables != ' ')
			out[to++] = *syllables;
	out[to] = '\0';
}

/* By initials, by full pinyin solid and spaced, by the name and by its part. */
static void every_reading_finds(void **state)
{
	struct centre *c = people_need(state);
	size_t missed = 0;

	for (size_t i = 0; i < PEOPLE; i += 3) {
		struct name_readings readings;
		char typed[PINYIN_TEXT];

		name_read(real.name[i], &readings);
		assert_true(readings.count > 0);
		for (size_t r = 0; r < readings.count; r++) {
			solid(readings.reading[r].syllables, typed);
			missed += !finds(c, typed, real.id[i]);
			missed += !finds(c, readings.reading[r].syllables, real.id[i]);
			missed += !finds(c, readings.reading[r].initials, real.id[i]);
		}
		missed += !finds(c, real.name[i], real.id[i]);
		missed += !finds(c, real.given[real.last[i]].han, real.id[i]);
		arena_clear(&c->arena);
	}
	assert_int_equal(missed, 0);
}

/* What the list itself says: the initial of the surname, the given name as it
 * is read there. A character it reads as nobody's name is read may differ. */
static void as_the_list_reads(void **state)
{
	struct centre *c = people_need(state);
	size_t asked = 0, missed = 0;

	for (size_t i = 0; i < PEOPLE; i += 3) { /* these have one given character */
		char typed[32];

		snprintf(typed, sizeof typed, "%c%s", real.initial[real.first[i]],
			 real.given[real.last[i]].letters);
		if (strlen(real.surname[real.first[i]]) > 3)
			continue; /* two characters: the list has only the first's initial */
		asked++;
		if (!finds(c, typed, real.id[i]) && missed++ < 10)
			print_message("%s does not find %s\n", typed, real.name[i]);
		arena_clear(&c->arena);
	}
	assert_true(asked > 1000);
	print_message("%zu of %zu are read otherwise than the list says\n", missed, asked);
	assert_true(missed * 50 <= asked);
}

static bool should_find(const char *typed, const char *name)
{
	struct name_readings readings;

	name_read(name, &readings);
	for (size_t r = 0; r < readings.count; r++)
		if (pinyin_match(typed, readings.reading[r].syllables) != PINYIN_NONE)
			return true;
	return false;
}

/* Nobody else: the found are those whom reading all names finds. */
static void nobody_else(void **state)
{
	struct centre *c = people_need(state);
	size_t compared = 0;

	for (size_t q = 0; q < QUESTIONS; q++) {
		size_t who = pick(PEOPLE), expected = 0, got = 0;
		struct name_readings readings;
		struct page page;
		char typed[PINYIN_TEXT];

		name_read(real.name[who], &readings);
		if (q % 2)
			snprintf(typed, sizeof typed, "%s", readings.reading[0].initials);
		else
			solid(readings.reading[0].syllables, typed);
		ask(c, typed, &page);
		for (size_t i = 0; i < page.count; i++) {
			const struct student_hit *hit = page.records[i];

			if (hit->matched == MATCH_SOUND)
				continue;
			got++;
			if (!should_find(typed, hit->full_name))
				fail_msg("%s finds %s", typed, hit->full_name);
		}
		for (size_t i = 0; i < PEOPLE; i++)
			expected += should_find(typed, real.name[i]);
		if (page.count < SEARCH_LIMIT_MAX / 2) {
			if (expected != got)
				fail_msg("%s finds %zu of %zu", typed, got, expected);
			compared++;
		}
		arena_clear(&c->arena);
	}
	assert_true(compared > QUESTIONS / 2);
}

/* Surnames that sound otherwise than the word. Facts: common use, Xiandai
 * Hanyu Cidian. */
static void special_surnames(void **state)
{
	static const char *const table[][2] = {
		{ "单", "shan" }, { "仇", "qiu" }, { "解", "xie" }, { "查", "zha" }, { "曾", "zeng" },
		{ "盖", "ge" }, { "任", "ren" }, { "朴", "piao" }, { "区", "ou" }, { "华", "hua" },
		{ "缪", "miao" }, { "乐", "yue" }, { "员", "yun" }, { "翟", "zhai" }, { "覃", "qin" },
		{ "覃", "tan" }, { "冼", "xian" }, { "逄", "pang" }, { "郗", "xi" }, { "郗", "chi" },
		{ "宓", "mi" }, { "谌", "chen" }, { "谌", "shen" }, { "那", "na" }, { "牟", "mou" },
		{ "牟", "mu" }, { "祭", "zhai" }, { "折", "she" }, { "黑", "he" }, { "秘", "bi" },
		{ "种", "chong" }, { "繁", "po" }, { "逯", "lu" }, { "佴", "nai" }, { "仉", "zhang" },
		{ "亓", "qi" }, { "訾", "zi" }, { "昝", "zan" }, { "过", "guo" }, { "能", "nai" },
		{ "召", "shao" }, { "句", "gou" }, { "洗", "xian" }, { "沈", "shen" }, { "贾", "jia" },
		{ "石", "shi" }, { "车", "che" }, { "薄", "bo" }, { "褚", "chu" }, { "卜", "bu" },
		{ "尉迟", "yuchi" }, { "万俟", "moqi" }, { "长孙", "zhangsun" }, { "澹台", "tantai" },
		{ "令狐", "linghu" }, { "皇甫", "huangfu" }, { "单于", "chanyu" }, { "欧阳", "ouyang" },
		{ "呼延", "huyan" }, { "夏侯", "xiahou" }, { "宰父", "zaifu" }, { "鲜于", "xianyu" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct name_readings readings;
		char name[32], want[40], have[PINYIN_TEXT];
		bool found = false;

		snprintf(name, sizeof name, "%s明", table[i][0]);
		snprintf(want, sizeof want, "%sming", table[i][1]);
		name_read(name, &readings);
		for (size_t r = 0; r < readings.count; r++) {
			solid(readings.reading[r].syllables, have);
			found = found || !strcmp(have, want);
		}
		if (!found)
			fail_msg("%s is not read %s", table[i][0], table[i][1]);
	}
}

static int setup(void **state)
{
	(void)state;
	return hash_setup();
}

#define AMONG_PEOPLE(test) cmocka_unit_test_setup_teardown(test, people_open, people_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(special_surnames), AMONG_PEOPLE(every_reading_finds),
		AMONG_PEOPLE(as_the_list_reads), AMONG_PEOPLE(nobody_else),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
