/* Layout is arithmetic: from 60x18 to 240x70, nothing overlaps or is lost. */
#include "core/model/cohort.h"
#include "tests/screen/cmocka.h"
#include "tui/layout.h"
#include "tui/views/week_grid.h"

static void frame_covers_the_screen(void **state)
{
	int rows, cols;

	(void)state;
	for (rows = 1; rows <= 70; rows++) {
		for (cols = 1; cols <= 240; cols += 7) {
			struct frame_layout f = frame_layout(rows, cols);

			assert_int_equal(f.too_small, rows < SCREEN_MIN_ROWS || cols < SCREEN_MIN_COLS);
			assert_int_equal(f.title.rows + f.body.rows + f.message.rows + f.bar.rows, rows);
			assert_int_equal(f.body.row, f.title.rows);
			assert_int_equal(f.message.row, f.body.row + f.body.rows);
			assert_int_equal(f.bar.row, f.message.row + f.message.rows);
			assert_int_equal(f.bar.cols, cols);
		}
	}
}

static void frame_at_known_sizes(void **state)
{
	static const struct {
		int rows, cols, body;
	} table[] = { { 18, 60, 15 }, { 24, 80, 21 }, { 50, 200, 47 }, { 70, 240, 67 } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct frame_layout f = frame_layout(table[i].rows, table[i].cols);

		assert_false(f.too_small);
		assert_int_equal(f.body.rows, table[i].body);
	}
}

static void rects_stay_inside(void **state)
{
	struct rect area = { 2, 3, 10, 20 }, r;

	(void)state;
	r = rect_take_top(&area, 4);
	assert_int_equal(r.row, 2);
	assert_int_equal(r.rows, 4);
	assert_int_equal(area.row, 6);
	r = rect_take_bottom(&area, 100);
	assert_int_equal(r.rows, 6);
	assert_true(rect_empty(area));
	area = (struct rect){ 0, 0, 5, 5 };
	r = rect_take_left(&area, -3);
	assert_int_equal(r.cols, 0);
	r = rect_take_right(&area, 2);
	assert_int_equal(r.col, 3);
	r = rect_centre((struct rect){ 1, 1, 9, 9 }, 3, 30);
	assert_int_equal(r.row, 4);
	assert_int_equal(r.col, 1);
	assert_int_equal(r.cols, 9);
}

static void columns_grow_and_drop(void **state)
{
	static const struct column_layout columns[] = {
		{ 10, 12, 0, 3 }, { 8, 8, 1, 9 }, { 10, 20, 1, 1 },
	};
	static const struct {
		int cols, width[3];
	} table[] = {
		{ 5, { 0, 0, 0 } },    { 8, { 0, 8, 0 } },     { 19, { 0, 19, 0 } },
		{ 20, { 10, 8, 0 } },  { 32, { 10, 8, 10 } },  { 34, { 12, 8, 10 } },
		{ 44, { 12, 8, 20 } }, { 64, { 12, 18, 30 } },
	};
	size_t i, c;

	(void)state;
	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		int width[COLUMNS_MAX] = { 0 };
		int used = layout_columns(columns, 3, 2, table[i].cols, width);

		assert_true(used <= table[i].cols);
		for (c = 0; c < 3; c++) {
			if (width[c] != table[i].width[c])
				fail_msg("%d cells: column %zu has %d, not %d", table[i].cols, c,
					 width[c], table[i].width[c]);
		}
	}
}

static void scroll_moves_least(void **state)
{
	static const struct {
		size_t top, selected, count;
		int rows;
		size_t expected;
	} table[] = {
		{ 0, 0, 0, 10, 0 },  { 0, 9, 100, 10, 0 },   { 0, 10, 100, 10, 1 },
		{ 5, 4, 100, 10, 4 }, { 50, 60, 100, 10, 51 }, { 95, 99, 100, 10, 90 },
		{ 7, 3, 8, 10, 0 },  { 3, 3, 9, 0, 3 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof table / sizeof table[0]; i++)
		assert_int_equal(layout_scroll(table[i].top, table[i].selected, table[i].count,
					       table[i].rows), table[i].expected);
}

static void list_and_detail_share(void **state)
{
	int rows;

	(void)state;
	for (rows = 0; rows < 70; rows++) {
		int list = layout_list_rows(rows, 6, 8);

		assert_true(list >= 0 && list <= rows);
		assert_true(rows < 6 || list >= 6);
	}
	assert_int_equal(layout_list_rows(20, 6, 8), 12);
	assert_int_equal(layout_list_rows(12, 6, 8), 6);
}

static void a_week_is_a_grid(void **state)
{
	enum { MONDAY = 20507 };
	static struct session_slot slots[] = {
		{ .id = 1, .on_date = MONDAY + 1, .start_min = 1140, .state = SESSION_PUBLISHED },
		{ .id = 2, .on_date = MONDAY + 6, .start_min = 540, .state = SESSION_MOVED },
		{ .id = 3, .on_date = MONDAY + 1, .start_min = 1140, .state = SESSION_PLANNED },
		{ .id = 4, .on_date = MONDAY + 2, .start_min = 600, .state = SESSION_CANCELLED },
		{ .id = 5, .on_date = MONDAY + 7, .start_min = 540, .state = SESSION_PLANNED },
	};
	void *items[] = { &slots[0], &slots[1], &slots[2], &slots[3], &slots[4] };
	struct record_list list = { .count = 5, .items = items };
	struct week_grid grid;
	int row = 0, day = 6;

	(void)state;
	assert_int_equal(week_monday(MONDAY + 6), MONDAY);
	assert_int_equal(week_monday(MONDAY), MONDAY);
	week_grid_make(&grid, MONDAY, &list);
	assert_int_equal(grid.rows, 2);
	assert_int_equal(grid.start[0], 540);
	assert_int_equal(grid.cell[0][6].count, 1);
	assert_int_equal(grid.cell[0][6].slot[0]->id, 2);
	assert_int_equal(grid.cell[1][1].count, 2);
	week_grid_move(&grid, &row, &day, 1, 1);
	assert_int_equal(row, 1);
	assert_int_equal(day, 6);
	week_grid_move(&grid, &row, &day, 1, -9);
	assert_int_equal(row, 1);
	assert_int_equal(day, 6);
}

static void a_full_week_loses_nothing_silently(void **state)
{
	static struct session_slot slots[40];
	void *items[40];
	struct record_list list = { .count = 40, .items = items };
	struct week_grid grid;
	size_t i;

	(void)state;
	for (i = 0; i < 40; i++) {
		slots[i] = (struct session_slot){ .id = (int64_t)i + 1, .on_date = 20507,
						  .start_min = (int64_t)(40 - i) * 30 };
		items[i] = &slots[i];
	}
	week_grid_make(&grid, 20507, &list);
	assert_int_equal(grid.rows, WEEK_ROWS_MAX);
	assert_int_equal(grid.left_out, 40 - WEEK_ROWS_MAX);
	for (i = 1; i < grid.rows; i++)
		assert_true(grid.start[i - 1] < grid.start[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frame_covers_the_screen),
		cmocka_unit_test(frame_at_known_sizes),
		cmocka_unit_test(rects_stay_inside),
		cmocka_unit_test(columns_grow_and_drop),
		cmocka_unit_test(scroll_moves_least),
		cmocka_unit_test(list_and_detail_share),
		cmocka_unit_test(a_week_is_a_grid),
		cmocka_unit_test(a_full_week_loses_nothing_silently),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
