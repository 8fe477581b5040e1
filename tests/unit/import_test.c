#include "tests/unit/import_fixture.h"

#include "core/codec/student_file.h"
#include "core/rules/import_value.h"
#include "tests/unit/shared.h"

#define COUNTS(c, R, C, U, S, X) do { \
	const struct import_count *n_ = counts(c); \
	assert_non_null(n_); \
	assert_int_equal(n_->read, R); \
	assert_int_equal(n_->created, C); \
	assert_int_equal(n_->updated, U); \
	assert_int_equal(n_->unchanged, S); \
	assert_int_equal(n_->refused, X); \
} while (0)

static int64_t count_all(struct centre *c, const char *table)
{
	struct stmt *stmt;
	int64_t n;

	if (db_prepare(local_of(c->store)->db,
		       arena_printf(&c->arena, "SELECT count(*) FROM \"%s\"", table), &stmt, &c->err) < 0)
		fail_msg("%s", c->err.message);
	assert_int_equal(stmt_step(stmt, &c->err), 1);
	n = stmt_int(stmt, 0);
	stmt_reset(stmt);
	return n;
}

static void one_row(void **state)
{
	struct centre *c = *state;
	struct import_row row = row_good();

	assert_int_equal(rows_import(c, &row, 1, false, true), 0);
	COUNTS(c, 1, 1, 0, 0, 0);
	assert_int_equal(count_all(c, "student"), 0);
	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
	COUNTS(c, 1, 1, 0, 0, 0);
	assert_int_equal(count_all(c, "student"), 1);
	assert_int_equal(count_all(c, "import_batch"), 1);
	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
	COUNTS(c, 1, 0, 0, 1, 0);
	assert_int_equal(count_all(c, "employment"), 1);
	assert_int_equal(count_all(c, "audit_event"), 2);
}

struct bad_row {
	const char *field, *value, *codes;
};

/* One wrong value in a row that is good otherwise. */
static const struct bad_row bad_rows[] = {
	{ "student_no", NULL, "FIELD_REQUIRED" },
	{ "student_no", "15101064A0001", "SN_CHAR" },
	{ "student_no", "151010640001", "SN_LEN" },
	{ "student_no", "0910106400001", "SN_YEAR" },
	{ "student_no", "1590006400001", "SN_BRANCH" },
	{ "student_no", "1510199900001", "SN_TYPE" },
	{ "student_no", "1510106400000", "SN_SERIAL" },
	{ "student_no", "1.51011E+12", "CSV_DIGITS_LOST" },
	{ "full_name", NULL, "FIELD_REQUIRED" },
	{ "full_name", "　 ", "FIELD_REQUIRED" },
	{ "full_name", "曾\a小明", "FIELD_CONTROL" },
	{ "full_name", "曾\xff小明", "FIELD_UTF8" },
	{ "full_name", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
		       "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一", "FIELD_LENGTH" },
	{ "sex", "女", "IM_SEX" },
	{ "sex", "x", "FIELD_CHOICE" },
	{ "doc_no", NULL, "FIELD_REQUIRED" },
	{ "doc_no", "110100900101001", "ID_OLD15" },
	{ "doc_no", "11010019900101", "ID_LEN" },
	{ "doc_no", "1101001990010100O1", "ID_CHAR" },
	{ "doc_no", "990100199001010039", "ID_REGION" },
	{ "doc_no", "11010019910229003X", "ID_DATE" },
	{ "doc_no", "110100209912310035", "ID_FUTURE" },
	{ "doc_no", "110100199001010010", "ID_CHECK" },
	{ "doc_no", "110100199001020000", "CSV_DIGITS_LOST" },
	{ "doc_no", "1.101E+17", "CSV_DIGITS_LOST" },
	{ "doc_kind", "PAPER", "FIELD_CHOICE" },
	{ "mobile", "12800001234", "MOBILE_BAD" },
	{ "mobile", "1.38E+10", "CSV_DIGITS_LOST" },
	{ "email", "a@b@c", "EMAIL_BAD" },
	{ "programme", NULL, "FIELD_REQUIRED" },
	{ "programme", "P-NONE", "IM_PROGRAMME" },
	{ "cohort", "2099", "IM_COHORT" },
	{ "intake", "2015秋", "IM_INTAKE" },
	{ "intake", "2016春", "IM_INTAKE" },
	{ "intake", "soon", "IM_INTAKE" },
	{ "level", "本科", "IM_LEVEL" },
	{ "level", "高中", "IM_LEVEL" },
	{ "registered_on", "2014-01-01", "IM_INTAKE" },
	{ "registered_on", "spring", "FIELD_TYPE" },
	{ "centre", "999", "FIELD_REFERENCE" },
	{ "shift", "ROT-7", "IM_SHIFT" },
	{ "shift", NULL, "IM_SHIFT" },
	{ "team", "6", "IM_SHIFT" },
	{ "team", NULL, "IM_SHIFT" },
	{ "team", "甲", "IM_SHIFT" },
	{ "employer", NULL, "FIELD_REQUIRED" },
};

static void every_code(void **state)
{
	struct centre *c = *state;

	for (size_t i = 0; i < sizeof bad_rows / sizeof bad_rows[0]; i++) {
		struct import_row row = row_good();

		field_set_text(field_find(&import_row_fields, bad_rows[i].field), &row, bad_rows[i].value);
		assert_int_equal(rows_import(c, &row, 1, false, false), OV_EREFUSED);
		assert_int_equal(c->err.reason, REASON_IM_REFUSED);
		if (strcmp(codes_of(c, 1), bad_rows[i].codes) != 0)
			fail_msg("%s = %s gives %s, not %s", bad_rows[i].field,
				 bad_rows[i].value ? bad_rows[i].value : "(none)", codes_of(c, 1),
				 bad_rows[i].codes);
		COUNTS(c, 1, 0, 0, 0, 1);
	}
	assert_int_equal(count_all(c, "student"), 0);
	assert_int_equal(count_all(c, "person"), 0);
	assert_int_equal(count_all(c, "audit_event"), 0);
}

static void forgiving(void **state)
{
	struct centre *c = *state;
	struct import_row rows[4] = { row_good(), row_good(), row_good(), row_good() };

	rows[0].student_no = "１５-101 064-00001";
	rows[0].doc_no = " １１０１００１９９００１０１００１９ ";
	rows[0].mobile = "+86 138 0000 1234";
	rows[0].programme = "汽车制造与装配技术";
	rows[0].cohort = "汽车一班";
	rows[0].intake = "2015-03";
	rows[0].full_name = " 曾小明　";
	rows[1] = (struct import_row){ .student_no = "1510106450001", .full_name = "Ann O'Brien",
				       .doc_kind = "PASSPORT", .doc_no = "P-1234", .programme = "P-ZK-LOG" };
	rows[2] = (struct import_row){ .student_no = "1511006400007", .full_name = "阿依古丽·买买提",
				       .doc_no = "320100198512311184", .programme = "P-ZK-LOG",
				       .registered_on = "2015年9月10日" };
	assert_int_equal(rows_import(c, rows, 3, false, false), 0);
	COUNTS(c, 3, 3, 0, 0, 0);
	rows[0] = row_good();
	assert_int_equal(rows_import(c, rows, 3, false, false), 0);
	COUNTS(c, 3, 0, 0, 3, 0);
}

static void updates(void **state)
{
	struct centre *c = *state;
	struct import_row row = row_good();

	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
	row.mobile = "13900001234";
	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
	COUNTS(c, 1, 0, 1, 0, 0);
	row.cohort = "2015S-02";
	row.full_name = "曾晓明";
	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
	COUNTS(c, 1, 0, 1, 0, 0);
	/* Another plant closes the row of the first and begins one. */
	row.plant = "株洲工厂";
	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
	COUNTS(c, 1, 0, 1, 0, 0);
	assert_int_equal(count_all(c, "employment"), 2);
	/* On the same day it is corrected. */
	row.post = "质检员";
	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
	assert_int_equal(count_all(c, "employment"), 2);
	/* What a row does not say stays. */
	row.mobile = row.cohort = row.plant = row.post = row.employer = NULL;
	row.shift = row.team = row.employee_no = NULL;
	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
	COUNTS(c, 1, 0, 0, 1, 0);
	row.programme = "P-ZK-LOG";
	assert_int_equal(rows_import(c, &row, 1, false, false), OV_EREFUSED);
	assert_string_equal(codes_of(c, 1), "IM_PROGRAMME_CHANGE");
}

static void clashes(void **state)
{
	struct centre *c = *state;
	struct import_row rows[6];

	for (size_t i = 0; i < 6; i++)
		rows[i] = row_good();
	rows[1].doc_no = "110100199202290029"; /* the number again, another person */
	rows[1].sex = NULL;
	rows[2].student_no = "1510106400002";  /* a second registration */
	rows[3].student_no = "1510106400003";  /* of somebody of another name */
	rows[3].full_name = "王伟";
	rows[4].student_no = "1510106400004";  /* another person with his number at work */
	rows[4].doc_no = "320100198512311184";
	rows[4].sex = NULL;
	rows[5].mobile = "13900001234";        /* the first row once more, differently */
	assert_int_equal(rows_import(c, rows, 6, true, false), 0);
	assert_string_equal(codes_of(c, 1), "");
	assert_string_equal(codes_of(c, 2), "IM_DUPLICATE");
	assert_string_equal(codes_of(c, 3), "IM_SECOND");
	assert_string_equal(codes_of(c, 4), "IM_PERSON");
	assert_string_equal(codes_of(c, 5), "FIELD_UNIQUE");
	assert_string_equal(codes_of(c, 6), "IM_DUPLICATE");
	COUNTS(c, 6, 2, 0, 0, 4);
	assert_int_equal(count_all(c, "person"), 1);
	assert_int_equal(count_all(c, "student"), 2);
	assert_int_equal(rows_import(c, &rows[1], 1, true, false), 0);
	assert_string_equal(codes_of(c, 1), "IM_CLASH");
	/* The same row twice in a file is said once. */
	rows[1] = rows[0];
	assert_int_equal(rows_import(c, rows, 2, false, false), 0);
	COUNTS(c, 2, 0, 0, 2, 0);
}

static void kept_values(void **state)
{
	struct centre *c = *state;
	struct import_row rows[2] = { row_good(), row_good() };

	rows[1].student_no = "1510106400002";
	rows[1].mobile = "13900001234";
	for (int i = 0; i < 2; i++) {
		assert_int_equal(rows_import(c, rows, 2, false, false), 0);
		assert_string_equal(codes_of(c, 2), i ? "IM_KEPT" : "IM_SECOND IM_KEPT");
	}
	COUNTS(c, 2, 0, 0, 2, 0); /* the second time changes nothing */
}

static void odd_age(void **state)
{
	struct centre *c = *state;
	struct import_row row = row_good();

	row.doc_no = "440524188001010014";
	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
	assert_string_equal(codes_of(c, 1), "ID_AGE");
}

static void rights(void **state)
{
	struct centre *c = *state;
	struct import_row row = row_good();

	act_as(c, ROLE_FRONT_DESK, OV_NULL);
	assert_int_equal(rows_import(c, &row, 1, false, false), OV_EREFUSED);
	assert_int_equal(c->err.reason, REASON_PERM_DENIED);
	act_as(c, ROLE_REGISTRAR, c->south);
	assert_int_equal(rows_import(c, &row, 1, false, false), OV_EREFUSED);
	assert_string_equal(codes_of(c, 1), "SCOPE_DENIED");
	act_as(c, ROLE_REGISTRAR, c->north);
	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
}

static bool stop_at_once(void *context, int64_t done, int64_t total)
{
	(void)done;
	(void)total;
	++*(int *)context;
	return true;
}

static void cancelled(void **state)
{
	struct centre *c = *state;
	struct import_row row = row_good();
	int calls = 0;

	store_set_progress(c->store, stop_at_once, &calls);
	assert_int_equal(rows_import(c, &row, 1, false, false), OV_ECANCELLED);
	assert_int_equal(calls, 1);
	store_set_progress(c->store, NULL, NULL);
	assert_int_equal(count_all(c, "person"), 0);
	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
}

static void intakes(void **state)
{
	static const struct {
		const char *text;
		int64_t year;
		char season;
	} good[] = {
		{ "2015春", 2015, 'S' }, { "2015秋季", 2015, 'A' }, { "2015-03", 2015, 'S' },
		{ "2015/9", 2015, 'A' }, { "201509", 2015, 'A' }, { "２０１５年春季", 2015, 'S' },
		{ "2015s", 2015, 'S' }, { "2016-01", 2015, 'A' }, { "2015年9月", 2015, 'A' },
		{ "2015-09-01", 2015, 'A' },
	};
	static const char *const bad[] = { "", "2015", "2015冬", "15春", "2015-13", "2015-00", "春2015", "2015-02-30" };
	int64_t year;
	char season;

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		assert_true(import_intake(good[i].text, &year, &season));
		assert_int_equal(year, good[i].year);
		assert_int_equal(season, good[i].season);
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(import_intake(bad[i], &year, &season));
}

/* --- files --- */

static char folder[] = "/tmp/ov_import_XXXXXX";

static const char *in_folder(struct centre *c, const char *name)
{
	return arena_printf(&c->arena, "%s/%s", folder, name);
}

static const char *file_make(struct centre *c, const char *name, const char *text)
{
	const char *path = in_folder(c, name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
	return path;
}

static const char *file_text(struct centre *c, const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = arena_alloc(&c->arena, 65536);

	assert_non_null(file);
	text[fread(text, 1, 65535, file)] = '\0';
	fclose(file);
	return text;
}

static const char student_csv[] =
	"\xef\xbb\xbf姓名,学号,身份证号码,专业,联系电话,爱好\r\n"
	"曾小明,'1510106400001,110100199001010019,P-ZK-AUTO,13800001234,\"a,b\"\r\n"
	"\"解\n放\",1510106400002,320100198512311184,P-ZK-AUTO,,\r\n"
	"王伟,1510106400003,110100199202290029,P-NONE,,\r\n"
	"王伟,1510106400003,110100199202290029\r\n"
	"Li Si,1510106400004,11010519491231002X,P-ZK-LOG,13800001235,x\r\n";

static void file_rejects(void **state)
{
	struct centre *c = *state;
	const char *path = file_make(c, "a.csv", student_csv);
	const char *rejects = in_folder(c, "rejects.csv");
	struct student_import import = { .partial = true, .rejects = rejects };

	assert_int_equal(student_file_import(c->store, path, &import, &c->arena, &c->err), 0);
	assert_int_equal(import.counts.read, 5);
	assert_int_equal(import.counts.created, 2);
	assert_int_equal(import.counts.refused, 3);
	assert_int_equal(import.ignored_count, 1);
	assert_string_equal(import.ignored[0], "爱好");
	assert_string_equal(file_text(c, rejects),
		"\xef\xbb\xbf姓名,学号,身份证号码,专业,联系电话,爱好,codes\r\n"
		"\"解\n放\",1510106400002,320100198512311184,P-ZK-AUTO,,,FIELD_CONTROL\r\n"
		"王伟,1510106400003,110100199202290029,P-NONE,,,IM_PROGRAMME\r\n"
		"王伟,1510106400003,110100199202290029,CSV_COLUMNS\r\n");
	/* A file that is there is left alone, and a whole file is all or nothing. */
	import = (struct student_import){ .rejects = rejects };
	assert_int_equal(student_file_import(c->store, path, &import, &c->arena, &c->err), OV_EINPUT);
	assert_int_equal(c->err.reason, REASON_CSV_COLUMNS);
	assert_int_equal(count_all(c, "student"), 2);
}

static void file_export(void **state)
{
	struct centre *c = *state;
	struct import_row row = row_good();
	const char *path = in_folder(c, "out.csv");
	const char *where[] = { "programme=P-ZK-AUTO" }, *bad[] = { "hobby=1" };
	struct student_export export = { .where = where, .where_count = 1 };
	struct student_import import = { .dry_run = true };

	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
	assert_int_equal(student_file_export(c->store, path, &export, &c->arena, &c->err), OV_EREFUSED);
	assert_int_equal(c->err.reason, REASON_REASON_NEEDED);
	export.reason = "list for the plant";
	assert_int_equal(student_file_export(c->store, path, &export, &c->arena, &c->err), 0);
	assert_int_equal(export.written, 1);
	assert_non_null(strstr(file_text(c, path), "110100199001010019"));
	assert_int_equal(student_file_export(c->store, path, &export, &c->arena, &c->err), OV_EREFUSED);
	assert_int_equal(c->err.reason, REASON_FILE_EXISTS);
	/* It comes back as it went. */
	assert_int_equal(student_file_import(c->store, path, &import, &c->arena, &c->err), 0);
	assert_int_equal(import.counts.unchanged, 1);
	export.where = bad;
	assert_int_equal(student_file_export(c->store, in_folder(c, "b"), &export, &c->arena, &c->err), OV_EUSAGE);
	where[0] = "status=LEAVE";
	export.where = where;
	assert_int_equal(student_file_export(c->store, in_folder(c, "none.csv"), &export, &c->arena, &c->err), 0);
	assert_int_equal(export.written, 0);
}

/* The whole roster of a real university. */
static void oulad(void **state)
{
	struct centre *c = *state;
	struct student_import import = { .map = "oulad", .dry_run = true };
	char path[4096];

	shared_need("data/oulad/studentInfo.csv", path, sizeof path);
	for (int i = 0; i < 2; i++) {
		if (student_file_import(c->store, path, &import, &c->arena, &c->err) < 0)
			fail_msg("%s %s", c->err.message, import.findings.count ?
				 ((struct import_finding *)import.findings.items[0])->message : "");
		assert_int_equal(import.counts.read, 32593);
		assert_int_equal(import.counts.created, 32593);
		assert_int_equal(count_all(c, "student"), i ? 32593 : 0);
		import.dry_run = false;
	}
	assert_int_equal(count_all(c, "person"), 28785);
	assert_int_equal(count_all(c, "import_batch"), 1);
	assert_int_equal(count_all(c, "audit_event"), 1);
	import = (struct student_import){ .map = "oulad" };
	assert_int_equal(student_file_import(c->store, path, &import, &c->arena, &c->err), 0);
	assert_int_equal(import.counts.unchanged, 32593);
}

/* Rows of random bytes: an answer each time, and nothing half done. */
static void rubbish(void **state)
{
	struct centre *c = *state;
	struct rng rng;

	rng_seed(&rng, 7);
	for (int round = 0; round < 300; round++) {
		struct import_row row = row_good();
		int64_t persons = count_all(c, "person");
		int rc;

		for (size_t i = 0; i < import_row_fields.count; i++) {
			char bytes[24];
			size_t len = (size_t)rng_below(&rng, sizeof bytes);

			if (rng_below(&rng, 3) != 0)
				continue;
			for (size_t k = 0; k < len; k++)
				bytes[k] = (char)(1 + rng_below(&rng, 255));
			field_set_text(&import_row_fields.fields[i], &row,
				       arena_strndup(&c->arena, bytes, len));
		}
		rc = rows_import(c, &row, 1, false, false);
		assert_true(rc == 0 || rc == OV_EREFUSED);
		assert_true(rc == 0 || count_all(c, "person") == persons);
	}
}

#define IN_CENTRE(test) cmocka_unit_test_setup_teardown(test, centre_open, centre_close)

static int folder_make(void **state)
{
	(void)state;
	return hash_setup() < 0 || !mkdtemp(folder);
}

static int folder_remove(void **state)
{
	static const char *const names[] = { "a.csv", "rejects.csv", "out.csv", "none.csv" };
	char path[128];

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		unlink(path);
	}
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_CENTRE(one_row), IN_CENTRE(every_code), IN_CENTRE(forgiving), IN_CENTRE(updates),
		IN_CENTRE(clashes), IN_CENTRE(kept_values), IN_CENTRE(odd_age), IN_CENTRE(rights),
		IN_CENTRE(cancelled), cmocka_unit_test(intakes), IN_CENTRE(file_rejects),
		IN_CENTRE(file_export), IN_CENTRE(oulad), IN_CENTRE(rubbish),
	};

	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
