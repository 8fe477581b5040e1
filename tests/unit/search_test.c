#include "tests/unit/import_fixture.h"

#include "core/base/pinyin.h"
#include "core/store/search.h"

struct learner {
	const char *number, *name, *doc, *mobile;
};

/* Students of the tests; documents are of regions that no person has. */
static const struct learner learners[] = {
	{ "1510106400001", "曾小明", "110100199001010019", "13800001234" },
	{ "1510106400002", "王小明", "110100199202290029", "13800005678" },
	{ "1510106400003", "王伟", "320100198512311184", NULL },
	{ "1510106400004", "单雄信", "11010519491231002X", NULL },
	{ "1510106400005", "尉迟恭", "11010019700101001X", NULL },
	{ "1510106400006", "吕布", "110100197001010028", NULL },
	{ "1610106400001", "王晓梅", "110100197001010036", NULL },
	{ "1511006450012", "王小军", "110100197001010044", "13900001234" },
	{ "1510106400042", "Ann Mary O'Brien", NULL, NULL },
	{ "1510106400043", "阿依古丽·买买提", "110100197001010052", NULL },
};
enum { LEARNERS = sizeof learners / sizeof learners[0] };

static int school_open(void **state)
{
	struct import_row rows[LEARNERS];
	struct centre *c;

	centre_open(state);
	c = *state;
	for (size_t i = 0; i < LEARNERS; i++)
		rows[i] = (struct import_row){
			.employer = i == 1 ? "北汽" : NULL, .plant = i == 1 ? "顺义工厂" : NULL,
			.workshop = i == 1 ? "焊装车间" : NULL,
			.student_no = learners[i].number, .full_name = learners[i].name,
			.doc_no = learners[i].doc ? learners[i].doc : "P1234567",
			.doc_kind = learners[i].doc ? NULL : "PASSPORT",
			.mobile = learners[i].mobile, .programme = i == 6 ? "P-ZK-LOG" : "P-ZK-AUTO",
			.cohort = i == 6 ? "2015S-02" : NULL,
		};
	if (rows_import(c, rows, LEARNERS, false, false) < 0)
		fail_msg("%s %s", c->err.message, codes_of(c, 1));
	return 0;
}

/* The names found, in order, separated by a slash. */
static const char *found(struct centre *c, const char *text)
{
	const char *names = "";
	struct page page;

	if (store_search(c->store, text, 0, &c->arena, &page, &c->err) < 0)
		fail_msg("%s: %s", text, c->err.message);
	assert_ptr_equal(page.table, &student_hit_fields);
	for (size_t i = 0; i < page.count; i++)
		names = arena_printf(&c->arena, "%s%s%s", names, i ? "/" : "",
				     ((struct student_hit *)page.records[i])->full_name);
	return names;
}

struct try {
	const char *typed, *found;
};

static const struct try tries[] = {
	/* numbers: whole, beginning, tail, with typing errors of width and blanks */
	{ "1510106400002", "王小明" },
	{ "15-101-064-00002", "王小明" },
	{ "１５１０１０６４００００２", "王小明" },
	{ "16101", "王晓梅" },
	{ "50012", "王小军" },
	{ "00042", "Ann Mary O'Brien" },
	/* Han names: whole, beginning */
	{ "王小明", "王小明" },
	{ "王小", "王小军/王小明" },
	{ "尉迟", "尉迟恭" },
	{ "阿依", "阿依古丽·买买提" },
	{ "赵", "" },
	/* a part of a Han name; blanks and dots of any kind */
	{ "小明", "曾小明/王小明" },
	{ "雄信", "单雄信" },
	{ "买买提", "阿依古丽·买买提" },
	{ "阿依古丽买买提", "阿依古丽·买买提" },
	{ "阿依古丽•买", "阿依古丽·买买提" },
	{ "古丽·买", "阿依古丽·买买提" },
	/* tones, as numbers and as marks */
	{ "wang2 xiao3ming2", "王小明" },
	{ "wáng xiǎo míng", "王小明" },
	{ "lǚbù", "吕布" },
	/* said as in the south: offered when the exact reading finds little */
	{ "zheng xiao ming", "曾小明" },
	{ "sanxiongxin", "单雄信" },
	{ "shan xiong xing", "单雄信" },
	{ "wan wei", "王伟" },
	{ "nvbu", "吕布" },
	{ "nubu", "吕布" },
	{ "zhen", "曾小明" },
	/* a word behind narrows: class, plant, programme, shift; also by its sound */
	{ "wxm 2015s-02", "王晓梅" },
	{ "王 s-02", "王晓梅" },
	{ "wang 焊装", "王小明" },
	{ "wang hz", "王小明" },
	{ "wang hanzhuang", "王小明" },
	{ "王小 焊装车间", "王小明" },
	{ "0002 焊装", "王小明" },
	{ "wang 2015s-02 焊装", "" },
	{ "w 涂装", "" },
	/* full pinyin, with and without blanks, in any case and width */
	{ "wangxiaoming", "王小明" },
	{ "wang xiao ming", "王小明" },
	{ "ＷａｎｇＷｅｉ", "王伟" },
	{ "WANGW", "王伟" },
	/* surname readings, and the ordinary one as well */
	{ "zengxm", "曾小明" },
	{ "ceng xiao", "曾小明" },
	{ "shanxx", "单雄信" },
	{ "danxx", "单雄信" },
	{ "yuchigong", "尉迟恭" },
	/* ü however it is typed */
	{ "lvbu", "吕布" },
	{ "lubu", "吕布" },
	{ "lyubu", "吕布" },
	{ "lübu", "吕布" },
	/* initials and mixed */
	{ "zxm", "曾小明" },
	{ "ww", "王伟" },
	{ "wxm", "王晓梅/王小明" },
	{ "wxming", "王小明" },
	{ "wangxm", "王晓梅/王小明" },
	{ "w xiao mei", "王晓梅" },
	{ "wxm16", "王晓梅" },
	{ "王xm", "王晓梅/王小明" },
	/* Latin names by each word */
	{ "ann", "Ann Mary O'Brien" },
	{ "mary o", "Ann Mary O'Brien" },
	{ "o'brien", "Ann Mary O'Brien" },
	/* tails of phones and documents */
	{ "1234", "曾小明/王小军" },
	{ "13800005678", "王小明" },
	{ "002X", "单雄信" },
	{ "002x", "单雄信" },
	{ "1184", "王伟" },
	{ "110100199001010019", "曾小明" },
	/* nothing to search for */
	{ "", "" },
	{ "   ", "" },
	{ "%", "" },
	{ "\xff\xfe", "" },
	{ "'; DROP TABLE student; --", "" },
};

static void what_is_typed(void **state)
{
	struct centre *c = *state;

	for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
		const char *names = found(c, tries[i].typed);

		if (strcmp(names, tries[i].found) != 0)
			fail_msg("\"%s\" finds %s, not %s", tries[i].typed, names, tries[i].found);
	}
}

static struct student_hit *first_hit(struct centre *c, const char *text, size_t *count)
{
	struct page page;

	assert_int_equal(store_search(c->store, text, 0, &c->arena, &page, &c->err), 0);
	*count = page.count;
	return page.count ? page.records[0] : NULL;
}

static void how_it_matched(void **state)
{
	static const struct {
		const char *typed;
		enum match matched;
	} cases[] = {
		{ "1510106400003", MATCH_NUMBER }, { "1610106400001", MATCH_NUMBER }, { "151010640", MATCH_NUMBER },
		{ "50012", MATCH_NUMBER_TAIL }, { "王伟", MATCH_NAME },
		{ "wangwei", MATCH_PINYIN }, { "ww", MATCH_INITIALS },
		{ "5678", MATCH_MOBILE }, { "1184", MATCH_DOC },
	};
	struct centre *c = *state;
	size_t count;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_int_equal(first_hit(c, cases[i].typed, &count)->matched, cases[i].matched);
}

/* What to point at in a list: characters of the name or the number. */
static void where_it_matched(void **state)
{
	static const struct {
		const char *typed;
		int64_t at, len;
	} cases[] = {
		{ "1510106400003", 0, 13 }, { "161", 0, 3 }, { "50012", 8, 5 },
		{ "王伟", 0, 2 }, { "雄信", 1, 2 }, { "买买", 5, 2 }, { "古丽买", 2, 4 },
		{ "wangwei", 0, 2 }, { "ww", 0, 2 }, { "yuchi", 0, 2 }, { "wxming", 0, 3 },
		{ "wang x", 0, 2 }, { "5678", OV_NULL, OV_NULL }, { "ann", OV_NULL, OV_NULL },
	};
	struct centre *c = *state;
	size_t count;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct student_hit *hit = first_hit(c, cases[i].typed, &count);

		assert_non_null(hit);
		if (hit->match_at != cases[i].at || hit->match_len != cases[i].len)
			fail_msg("\"%s\": %lld, %lld", cases[i].typed, (long long)hit->match_at,
				 (long long)hit->match_len);
	}
}

/* Why a second word let this one through, as a person reads it. */
static void what_narrowed(void **state)
{
	static const struct {
		const char *typed, *by;
	} cases[] = {
		{ "wang 焊装", "焊装车间" }, { "wang hanzhuang", "焊装车间" },
		{ "wang hz", "焊装车间" }, { "wxm", NULL }, { "wang xiao ming", NULL },
	};
	struct centre *c = *state;
	size_t count;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct student_hit *hit = first_hit(c, cases[i].typed, &count);

		assert_non_null(hit);
		if (cases[i].by && hit->narrowed_by)
			assert_string_equal(hit->narrowed_by, cases[i].by);
		else
			assert_true(!cases[i].by && !hit->narrowed_by);
	}
}

/* "#3 #1": these, in this order; for recent and pinned ones. */
static void by_ids(void **state)
{
	struct centre *c = *state;
	size_t count;
	int64_t a = first_hit(c, "王伟", &count)->id, b = first_hit(c, "吕布", &count)->id;

	assert_string_equal(found(c, arena_printf(&c->arena, "#%lld #%lld", (long long)a, (long long)b)),
			    "王伟/吕布");
	assert_string_equal(found(c, arena_printf(&c->arena, "#%lld #999 #%lld", (long long)b,
						  (long long)a)), "吕布/王伟");
	assert_string_equal(found(c, "#"), "");
	assert_string_equal(found(c, "#0 #x"), "");
	assert_string_equal(found(c, "#99999999999999999999999"), "");
}

/* Pastes, controls, floods of marks: an answer, and soon. */
static void hostile(void **state)
{
	struct centre *c = *state;
	struct buf text = BUF_INIT;

	for (int i = 0; i < 200000; i++)
		buf_text(&text, "王 \xcc\x81\xe2\x80\xae");
	assert_string_equal(found(c, buf_cstr(&text)), "");
	buf_clear(&text);
	for (int i = 0; i < 10000; i++)
		buf_text(&text, i % 2 ? "a" : "n ");
	found(c, buf_cstr(&text));
	buf_clear(&text);
	for (int i = 0; i < 10000; i++)
		buf_char(&text, '7');
	assert_string_equal(found(c, buf_cstr(&text)), "");
	assert_string_equal(found(c, "王\x1b[2J"), "");
	assert_string_equal(found(c, "\xed\xa0\x80\xff w"), "");
	buf_release(&text);
}

/* Heteronyms by each reading, characters beyond the BMP, two of one name that only
 * plant, class and number tell apart, and each thing that may narrow. */
static void more_names(void **state)
{
	static const struct try more[] = {
		{ "lile", "李乐" }, { "liyue", "李乐" }, { "ly", "李乐" }, { "li yue", "李乐" },
		{ "zhangzhong", "章重" }, { "zhangchong", "章重" }, { "zhangch", "章重" }, { "zc", "章重" },
		{ "章𠮷", "章𠮷𬱖" }, { "𠮷", "章𠮷𬱖" }, { "𬱖", "章𠮷𬱖" }, { "zhangdi", "章𠮷𬱖" }, { "zd", "章𠮷𬱖" },
		{ "伟强", "丁伟强/丁伟强" }, { "dwq", "丁伟强/丁伟强" }, { "dwq 顺义", "丁伟强" },
		{ "dwq 2015s-02", "丁伟强" }, { "dwq 2015s-02 顺义", "" }, { "dwq p-zk-log", "丁伟强" },
		{ "丁伟强 rot-6", "丁伟强" }, { "dwq ROT-6", "丁伟强" }, { "ＤＷＱ　ｒｏｔ－６", "丁伟强" },
	};
	struct import_row rows[] = {
		{ .student_no = "1510106400101", .full_name = "李乐", .doc_kind = "OTHER", .doc_no = "M-1",
		  .programme = "P-ZK-AUTO" },
		{ .student_no = "1510106400102", .full_name = "章重", .doc_kind = "OTHER", .doc_no = "M-2",
		  .programme = "P-ZK-AUTO" },
		{ .student_no = "1510106400103", .full_name = "章𠮷𬱖", .doc_kind = "OTHER",
		  .doc_no = "M-3", .programme = "P-ZK-AUTO" },
		{ .student_no = "1510106400104", .full_name = "丁伟强", .doc_kind = "OTHER",
		  .doc_no = "M-4", .programme = "P-ZK-AUTO", .employer = "北汽", .plant = "顺义工厂",
		  .shift = "ROT-6", .team = "1" },
		{ .student_no = "1610106400105", .full_name = "丁伟强", .doc_kind = "OTHER",
		  .doc_no = "M-5", .programme = "P-ZK-LOG", .cohort = "2015S-02" },
	};
	struct centre *c = *state;
	const struct student_hit *a, *b;
	struct page page;

	if (rows_import(c, rows, sizeof rows / sizeof rows[0], false, false) < 0)
		fail_msg("%s %s", c->err.message, codes_of(c, 1));
	for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
		const char *names = found(c, more[i].typed);

		if (strcmp(names, more[i].found) != 0)
			fail_msg("\"%s\" finds %s, not %s", more[i].typed, names, more[i].found);
	}
	assert_int_equal(store_search(c->store, "丁伟强", 0, &c->arena, &page, &c->err), 0);
	assert_int_equal(page.count, 2);
	a = page.records[0];
	b = page.records[1];
	assert_string_not_equal(a->student_no, b->student_no);
	assert_string_equal(a->plant ? a->plant : b->plant, "顺义工厂");
	assert_string_equal(a->cohort ? a->cohort : b->cohort, "2015S-02");
	assert_true(!a->plant != !b->plant && !a->cohort != !b->cohort);
}

/* Who may not see a value does not find by it either. */
static void rights(void **state)
{
	struct centre *c = *state;
	struct page page;
	size_t count;

	act_as(c, ROLE_VIEWER, OV_NULL); /* P2 masked, no P3 */
	assert_string_equal(found(c, "5678"), "王小明");
	assert_null(first_hit(c, "wang 焊装", &count)->narrowed_by);
	assert_string_equal(found(c, "1184"), "");
	assert_string_equal(found(c, "110100199001010019"), "");
	act_as(c, ROLE_VERIFIER, OV_NULL); /* P3 masked */
	assert_string_equal(found(c, "1184"), "王伟");
	act_as(c, ROLE_SCHEDULER, OV_NULL); /* no account */
	assert_int_equal(first_hit(c, "王伟", &count)->earned_centi, OV_NULL);
	act_as(c, ROLE_ADMIN, OV_NULL);
	assert_int_equal(store_search(c->store, "王", 0, &c->arena, &page, &c->err), OV_EREFUSED);
	act_as(c, ROLE_EXPERT, OV_NULL);
	assert_int_equal(store_search(c->store, "王", 0, &c->arena, &page, &c->err), OV_EREFUSED);
	act_as(c, ROLE_FRONT_DESK, c->south); /* sees only the own centre */
	assert_string_equal(found(c, "王"), "王小军");
	assert_string_equal(found(c, "wxm"), "");
	assert_string_equal(found(c, "1510106400001"), "");
}

/* Exact first, then lately opened, then active, then by name. */
static void ranking(void **state)
{
	struct centre *c = *state;
	struct local *local = local_of(c->store);
	struct student *student;
	struct tx tx;
	size_t count;
	int64_t id = first_hit(c, "王晓梅", &count)->id;

	assert_string_equal(found(c, "王"), "王伟/王小军/王小明/王晓梅");
	search_recent_add(&local->recent, c->store->actor.user_id, id);
	assert_string_equal(found(c, "王"), "王晓梅/王伟/王小军/王小明");
	assert_string_equal(found(c, "王伟"), "王伟");
	id = first_hit(c, "王伟", &count)->id;
	assert_int_equal(tx_begin(&tx, local, &c->arena, false, &c->err), 0);
	assert_int_equal(tx_get(&tx, KIND_STUDENT, id, (void **)&student, &c->err), 0);
	student->status = STUDENT_WITHDRAWN;
	assert_int_equal(tx_update(&tx, KIND_STUDENT, student, &c->err), 0);
	assert_int_equal(tx_commit(&tx, &c->err), 0);
	assert_string_equal(found(c, "王"), "王晓梅/王小军/王小明/王伟");
	/* What fits in whole stands before what only begins so. */
	assert_string_equal(found(c, "wangwei"), "王伟");
}

/* The index follows what is written. */
static void touched(void **state)
{
	struct centre *c = *state;
	struct import_row row = { .student_no = "1510106400003", .full_name = "汪伟",
				  .doc_no = "320100198512311184", .mobile = "13600009999",
				  .programme = "P-ZK-AUTO" };

	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
	assert_string_equal(found(c, "王伟"), "");
	assert_string_equal(found(c, "汪伟"), "汪伟");
	assert_string_equal(found(c, "9999"), "汪伟");
	assert_string_equal(found(c, "1510106400003"), "汪伟");
	/* A second registration is found beside the first. */
	row.student_no = "1610106400009";
	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
	assert_string_equal(found(c, "汪伟"), "汪伟/汪伟");
}

/* Nobody's name begins with a digit, until somebody's does: also when another search
 * has found out the former. */
static void digits_of_a_name(void **state)
{
	struct centre *c = *state;
	struct import_row row = { .student_no = "1510106400201", .full_name = "77 Bond", .doc_kind = "OTHER",
				  .doc_no = "M-77", .programme = "P-ZK-AUTO" };

	assert_string_equal(found(c, "77"), "");
	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
	assert_string_equal(found(c, "77"), "77 Bond");
	row.full_name = "Bond";
	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
	assert_string_equal(found(c, "77"), "");
}

/* More learners of one name than anybody reads: the limit holds, the exact
 * ones come first, and each only once. */
static void many(void **state)
{
	enum { MANY = 700 };
	static struct import_row rows[MANY];
	struct centre *c = *state;
	struct page page;

	for (int i = 0; i < MANY; i++)
		rows[i] = (struct import_row){
			.student_no = arena_printf(&c->arena, "17101064%05d", i + 1),
			.full_name = i % 2 ? "李明" : "李明远", .doc_kind = "OTHER",
			.doc_no = arena_printf(&c->arena, "T-%d", i), .programme = "P-ZK-LOG"
		};
	assert_int_equal(rows_import(c, rows, MANY, false, false), 0);
	assert_int_equal(store_search(c->store, "liming", 20, &c->arena, &page, &c->err), 0);
	assert_int_equal(page.count, 20);
	for (size_t i = 0; i < page.count; i++) {
		const struct student_hit *hit = page.records[i];

		assert_string_equal(hit->full_name, "李明");
		for (size_t k = 0; k < i; k++)
			assert_true(((struct student_hit *)page.records[k])->id != hit->id);
	}
}

/* Four digits may be the end of a number, of a mobile or of a document: each gets its
 * share of a page, and what one leaves over goes to the others. */
static void tails_share(void **state)
{
	enum { EACH = 90, FEW_DOCS = 3 };
	static struct import_row rows[2 * EACH + FEW_DOCS];
	struct centre *c = *state;
	size_t matched[MATCH_SOUND + 1] = { 0 };
	struct page page;

	for (int i = 0; i < 2 * EACH + FEW_DOCS; i++)
		rows[i] = (struct import_row){
			.student_no = i < EACH ?
				arena_printf(&c->arena, "%d101064%d0777", 15 + i / 10, i % 10) :
				arena_printf(&c->arena, "16101064%05d", 20000 + i),
			.full_name = "李明", .doc_kind = "OTHER",
			.doc_no = arena_printf(&c->arena, "T%04d%s", i, i < 2 * EACH ? "" : "0777"),
			.mobile = i >= EACH && i < 2 * EACH ?
				arena_printf(&c->arena, "1380%03d0777", i) : NULL,
			.programme = "P-ZK-LOG"
		};
	if (rows_import(c, rows, sizeof rows / sizeof rows[0], false, false) < 0)
		fail_msg("%s %s", c->err.message, codes_of(c, 1));
	assert_int_equal(store_search(c->store, "0777", 50, &c->arena, &page, &c->err), 0);
	assert_int_equal(page.count, 50);
	for (size_t i = 0; i < page.count; i++)
		matched[((struct student_hit *)page.records[i])->matched]++;
	assert_int_equal(matched[MATCH_DOC], FEW_DOCS);
	assert_true(matched[MATCH_NUMBER_TAIL] >= 15);
	assert_true(matched[MATCH_MOBILE] >= 15);
}

static void recent_list(void **state)
{
	struct search_recent recent = { .count = 0 };

	(void)state;
	for (int64_t i = 1; i <= SEARCH_RECENT + 5; i++)
		search_recent_add(&recent, 1, i);
	assert_int_equal(recent.count, SEARCH_RECENT);
	assert_int_equal(recent.ids[0], SEARCH_RECENT + 5);
	search_recent_add(&recent, 1, 20);
	assert_int_equal(recent.ids[0], 20);
	assert_int_equal(recent.ids[1], SEARCH_RECENT + 5);
	assert_int_equal(recent.count, SEARCH_RECENT);
}

static int setup(void **state)
{
	(void)state;
	return hash_setup();
}

#define IN_SCHOOL(test) cmocka_unit_test_setup_teardown(test, school_open, centre_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCHOOL(what_is_typed), IN_SCHOOL(how_it_matched), IN_SCHOOL(where_it_matched),
		IN_SCHOOL(what_narrowed),
		IN_SCHOOL(by_ids), IN_SCHOOL(hostile), IN_SCHOOL(more_names), IN_SCHOOL(rights),
		IN_SCHOOL(ranking), IN_SCHOOL(touched), IN_SCHOOL(many),
		IN_SCHOOL(digits_of_a_name), IN_SCHOOL(tails_share),
		cmocka_unit_test(recent_list),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
