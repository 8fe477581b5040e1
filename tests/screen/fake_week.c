/* What the fake store knows of a week: places, the roll, load, make-ups. */
#include "tests/screen/fake_store.h"

enum { MONDAY = 20507 }; /* 2026-02-23, the week of the tests */

#define PUT(REC, RECORD) bundle_add(bundle, &REC##_fields, (void *)(RECORD))
#define PUT_ALL(REC, ROWS) \
	for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) \
		PUT(REC, &ROWS[i])

/* Rooms and teachers by the ids of `slots`. */
static const struct room room5 = { .id = 5, .rev = 1, .code = "A1-201", .name = "北京一工厂 教室 201",
				   .kind = ROOM_CLASSROOM, .site = "北京一工厂", .capacity = 60 };
static const struct roll_line roll[] = {
	{ 1, "1500110417001", "王小明", "GC1501", "D", OV_NULL, OV_NULL, ATTEND_PRESENT, 0 },
	{ 4, "1500114410932", "王向明", "GC1501", "N", OV_NULL, OV_NULL, ATTEND_ABSENT, 3 },
	{ 3, "1500117740021", "吴雪梅", "GC1501", "R", OV_NULL, OV_NULL, ATTEND_LATE, 0 },
	{ 5, "1500121180233", "Wang Xiaoming-Alexandrovna", "GC1502", NULL, OV_NULL, OV_NULL, OV_NULL, 1 },
};
static const struct week_load loads[] = {
	{ 5, "A1-201", "北京一工厂 教室 201", 14, 1680, "045045075575045575570" },
	{ 6, "B1-105", "北京一工厂 教室 105", 1, 100, "000000000009000000000" },
	{ 7, "L2", "焊接实训室", 0, 0, "000000000000000000000" },
};
static const struct makeup_offer makeups[] = {
	{ 91, MONDAY + 8, 1140, 1240, "机械制造技术", "GC1503", "陈志远", "A1-202", 12, 1 },
	{ 92, MONDAY + 11, 540, 640, "机械制造技术", "GC1504", "林海", NULL, OV_NULL, 0 },
};
/* The week of the meeting 61: at work until 17:00, the room taken on Thursday
 * evening, late evenings with a warning. */
static void offers_fill(int64_t monday, struct arena *arena, struct bundle *bundle)
{
	for (int64_t day = 0; day < 7; day++)
		for (int64_t start = 0; start < 1440; start += 30) {
			struct place_offer *offer = arena_alloc(arena, sizeof *offer);

			*offer = (struct place_offer){ .on_date = monday + day, .start_min = start,
						       .end_min = start + 100, .room_id = 5,
						       .room = "A1-201", .verdict = PLACE_FREE };
			if (start < 1020 && day < 5) {
				offer->verdict = PLACE_IMPOSSIBLE;
				offer->conflicts = 2;
				offer->kind = "SHIFT_CLASH";
				offer->message = "14 of 42 learners of GC1501 work then";
			} else if (day == 3 && start < 1300) {
				offer->verdict = PLACE_IMPOSSIBLE;
				offer->conflicts = 1;
				offer->kind = "ROOM_OVERLAP";
				offer->message = "A1-201 is taken by GC1502 at that time";
			} else if (start > 1230) {
				offer->verdict = PLACE_POSSIBLE;
				offer->conflicts = 1;
				offer->kind = "LATE_END";
				offer->message = "It ends after the last bus";
			}
			if (start == 1140 && day != 3)
				offer->rank = day == 0 ? 1 : day == 2 ? 2 : day == 4 ? 3 : 0;
			bundle_add(bundle, &place_offer_fields, offer);
		}
}

int fake_week_card(const struct card_request *request, struct arena *arena, struct bundle *bundle)
{
	switch (request->kind) {
	case KIND_SESSION_SLOT:
		PUT(room, &room5);
		return 0;
	case KIND_PLACE_OFFER:
		offers_fill(request->from, arena, bundle);
		return 0;
	case KIND_ROLL_LINE:
		PUT_ALL(roll_line, roll);
		return 0;
	case KIND_WEEK_LOAD:
		PUT_ALL(week_load, loads);
		return 0;
	default:
		PUT_ALL(makeup_offer, makeups);
		return 0;
	}
}
