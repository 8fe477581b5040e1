/* map_test.c: columns of a file become fields. */
#include "tests/unit/shared.h"

#include "core/codec/map.h"
#include "core/config/institution.h"
#include "core/model/import_row.h"
#include "core/model/reason.h"

static void temp_write(char *path, const char *text, size_t len)
{
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, len), (ssize_t)len);
	close(fd);
}

static int load_text(const char *text, struct map **map, struct error *err)
{
	char path[] = "/tmp/ov-map-XXXXXX";
	int rc;

	temp_write(path, text, strlen(text));
	rc = map_load(path, &import_row_fields, map, err);
	unlink(path);
	return rc;
}

/* Binds the map to the first line of a CSV text and reads the second. */
static int row_read(struct map *map, const char *csv, struct arena *arena,
		    struct import_row *row, struct error *err)
{
	char path[] = "/tmp/ov-map-XXXXXX";
	struct csv_reader *reader;
	struct csv_record record;
	int rc;

	temp_write(path, csv, strlen(csv));
	assert_int_equal(csv_open(path, CSV_AUTO, 0, &reader, err), 0);
	assert_int_equal(csv_next(reader, &record, err), 1);
	rc = map_bind(map, &record, "t.csv", err);
	if (!rc && csv_next(reader, &record, err) == 1)
		map_row(map, &record, arena, row);
	csv_close(reader);
	unlink(path);
	return rc;
}

static void headers_of_people_are_known(void **state)
{
	static const char *const files[] = {
		"学号,姓名,身份证号,专业,班次\n1,王,2,P,ROT-6\n",
		"专业名称, 班次 ,证件号码,姓名★,学生编号\nP,ROT-6,2,王,1\n",
		"Student_No,Full Name,CITIZEN ID,ｐｒｏｇｒａｍ,Shift-Pattern\n 1 ,　王\xc2\xa0,'2,\"P\",\tROT-6\n",
		"\xef\xbb\xbf\"学号\",\"姓名\",\"身份证号码\",\"专业\",\"班次\"\n\"1\",\"王\",\"2\",\"P\",\"ROT-6\"\n",
	};
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		struct error err = ERROR_INIT;
		struct import_row row;
		struct map *map;

		assert_int_equal(map_load(NULL, &import_row_fields, &map, &err), 0);
		if (row_read(map, files[i], &arena, &row, &err))
			fail_msg("%zu: %s", i, err.message);
		assert_string_equal(row.student_no, "1");
		assert_string_equal(row.full_name, "王");
		assert_string_equal(row.doc_no, "2");
		assert_string_equal(row.programme, "P");
		assert_string_equal(row.shift, "ROT-6");
		assert_null(row.mobile);
		assert_int_equal(map_ignored_count(map), 0);
		assert_true(map_has(map, "shift"));
		assert_false(map_has(map, "mobile"));
		map_free(map);
	}
	arena_release(&arena);
}

static void the_export_header_is_the_standard(void **state)
{
	static const char *const want[][2] = {
		{ "student_no", "学号" }, { "full_name", "姓名" }, { "sex", "性别" },
		{ "doc_no", "身份证号" }, { "mobile", "手机号" }, { "programme", "专业" },
		{ "cohort", "班级" }, { "intake", "入学批次" }, { "level", "层次" },
		{ "employer", "工作单位" }, { "plant", "所在工厂" }, { "post", "岗位" },
		{ "shift", "班次" }, { "team", "班组" }, { "employee_no", "工号" }, { "remark", "备注" },
	};
	struct error err = ERROR_INIT;
	struct map *map;

	(void)state;
	assert_int_equal(map_load(NULL, &import_row_fields, &map, &err), 0);
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
		assert_string_equal(map_header(map, want[i][0]), want[i][1]);
	/* Every field can come from a file. */
	for (size_t i = 0; i < import_row_fields.count; i++)
		assert_non_null(map_header(map, import_row_fields.fields[i].name));
	map_free(map);
}

static void missing_and_unknown_columns_are_named(void **state)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct import_row row;
	struct map *map;

	(void)state;
	assert_int_equal(map_load(NULL, &import_row_fields, &map, &err), 0);
	assert_int_equal(row_read(map, "学号,姓名,专业\n1,2,3\n", &arena, &row, &err), OV_EINPUT);
	assert_int_equal(err.reason, REASON_CSV_HEADER);
	assert_non_null(strstr(err.message, "身份证号"));
	map_free(map);
	assert_int_equal(map_load("student", &import_row_fields, &map, &err), 0);
	assert_int_equal(row_read(map, "学号,血型,姓名,专业,身份证号,,星座\n1,,2,3,4,,\n", &arena, &row, &err), 0);
	assert_int_equal(map_ignored_count(map), 2);
	assert_string_equal(map_ignored(map, 0), "血型");
	assert_string_equal(map_ignored(map, 1), "星座");
	map_free(map);
	arena_release(&arena);
}

#define MAP "[columns]\nstudent_no=a\nprogramme=b\nfull_name=a\ndoc_no=c\n"

static void maps_shape_values(void **state)
{
	static const struct {
		const char *map, *csv, *field, *want;
	} rows[] = {
		{ MAP "[constants]\nbranch=OU\n", "a,b,c\n1,2,3\n", "branch", "OU" },
		{ MAP "branch=d\n[constants]\nbranch=OU\n", "a,b,c,d\n1,2,3,\n", "branch", "OU" },
		{ MAP "branch=d\n[constants]\nbranch=OU\n", "a,b,c,d\n1,2,3,4\n", "branch", "4" },
		{ MAP, "a,b,c\n1,2,3\n", "full_name", "1" },
		{ MAP "[templates]\nremark=x {a}-{b}!\n", "a,b,c\n1,2,3\n", "remark", "x 1-2!" },
		{ MAP "[templates]\nremark=x {a}-{b}!\n", "a,b,c\n1,,3\n", "remark", NULL },
		{ MAP "[templates]\nremark={b|t}\n[table t]\n2=two\n", "a,b,c\n1,2,3\n", "remark", "two" },
		{ MAP "[templates]\nremark={b|t}\n[table t]\n3=two\n", "a,b,c\n1,2,3\n", "remark", "2" },
		{ MAP "[templates]\nremark={b|t}\n[table t]\n*=any\n", "a,b,c\n1,2,3\n", "remark", "any" },
		{ MAP "sex=d\n[values sex]\n1=M\n2=F\n", "a,b,c,d\n1,2,3,2\n", "sex", "F" },
		{ MAP "sex=d\n[values sex]\n1=M\n2=F\n", "a,b,c,d\n1,2,3,9\n", "sex", "9" },
		{ MAP "sex=d\n[values sex]\n1=M\n0=\n", "a,b,c,d\n1,2,3,0\n", "sex", NULL },
		{ MAP "sex = x | d\n", "a,b,c,d\n1,2,3,0\n", "sex", "0" },
	};
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct field *field = field_find(&import_row_fields, rows[i].field);
		struct error err = ERROR_INIT;
		struct import_row row;
		struct map *map;

		if (load_text(rows[i].map, &map, &err) || row_read(map, rows[i].csv, &arena, &row, &err))
			fail_msg("%zu: %s", i, err.message);
		if (rows[i].want)
			assert_string_equal(field_text(field, &row), rows[i].want);
		else
			assert_null(field_text(field, &row));
		map_free(map);
	}
	arena_release(&arena);
}

static void bad_maps_are_refused(void **state)
{
	static const struct {
		const char *text;
		enum reason reason;
	} rows[] = {
		{ "[columns]\nstudent=a\n", REASON_INI_KEY },
		{ "[column]\nstudent_no=a\n", REASON_INI_KEY },
		{ "[map]\nnam=a\n", REASON_INI_KEY },
		{ "[templates]\nremark={a\n", REASON_INI_VALUE },
		{ "[templates]\nremark={}\n", REASON_INI_VALUE },
		{ "[templates]\nremark=a}b\n", REASON_INI_VALUE },
		{ "[templates]\nremark={a|none}\n", REASON_MAP_BAD },
		{ "[values nothing]\na=b\n", REASON_MAP_BAD },
		{ "rubbish\n", REASON_INI_LINE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct error err = ERROR_INIT;
		struct map *map;

		assert_true(load_text(rows[i].text, &map, &err) < 0);
		assert_null(map);
		if (err.reason != (int)rows[i].reason)
			fail_msg("%zu: %s", i, err.message);
	}
}

static void a_template_needs_its_columns(void **state)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct import_row row;
	struct map *map;

	(void)state;
	assert_int_equal(load_text(MAP "[templates]\nremark={nothere}\n", &map, &err), 0);
	assert_int_equal(row_read(map, "a,b,c\n1,2,3\n", &arena, &row, &err), OV_EINPUT);
	assert_int_equal(err.reason, REASON_CSV_HEADER);
	assert_non_null(strstr(err.message, "nothere"));
	map_free(map);
	arena_release(&arena);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static size_t distinct(const char **texts, size_t count)
{
	size_t n = count > 0;

	qsort(texts, count, sizeof *texts, by_text);
	for (size_t i = 1; i < count; i++)
		n += strcmp(texts[i - 1], texts[i]) != 0;
	return n;
}

static void oulad_is_taken_whole(void **state)
{
	enum { ROWS = 32593, PEOPLE = 28785 };
	const char **numbers = malloc((ROWS + 1) * sizeof *numbers);
	const char **people = malloc((ROWS + 1) * sizeof *people);
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct institution inst;
	struct csv_reader *reader;
	struct csv_record record;
	struct map *map;
	char path[512];
	size_t n = 0;

	(void)state;
	assert_non_null(numbers);
	assert_non_null(people);
	shared_need("data/oulad/studentInfo.csv", path, sizeof path);
	assert_int_equal(map_load("oulad", &import_row_fields, &map, &err), 0);
	assert_int_equal(institution_load(map_institution(map), &inst, &err), 0);
	assert_int_equal(csv_open(path, CSV_AUTO, 0, &reader, &err), 0);
	assert_int_equal(csv_next(reader, &record, &err), 1);
	assert_int_equal(map_bind(map, &record, path, &err), 0);
	assert_int_equal(map_ignored_count(map), 0);
	while (csv_next(reader, &record, &err) == 1 && n < ROWS + 1) {
		struct student_number number;
		struct import_row row;

		map_row(map, &record, &arena, &row);
		if (student_number_parse(&inst.plan, row.student_no, 20500, &number, &err))
			fail_msg("row %zu: %s", n, err.message);
		assert_string_equal(row.doc_kind, "OTHER");
		assert_int_equal(strlen(row.registered_on), 10);
		assert_int_equal(strlen(row.programme), 3);
		assert_int_equal(strlen(row.sex), 1);
		numbers[n] = row.student_no;
		people[n++] = row.doc_no;
	}
	assert_int_equal(err.code, 0);
	assert_int_equal(n, ROWS);
	assert_int_equal(distinct(numbers, n), ROWS);
	assert_int_equal(distinct(people, n), PEOPLE);
	csv_close(reader);
	map_free(map);
	institution_release(&inst);
	arena_release(&arena);
	free(numbers);
	free(people);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_of_people_are_known),
		cmocka_unit_test(the_export_header_is_the_standard),
		cmocka_unit_test(missing_and_unknown_columns_are_named),
		cmocka_unit_test(maps_shape_values),
		cmocka_unit_test(bad_maps_are_refused),
		cmocka_unit_test(a_template_needs_its_columns),
		cmocka_unit_test(oulad_is_taken_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
