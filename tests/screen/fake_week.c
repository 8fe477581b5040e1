/* What the fake store knows of a week: places, the roll, load, make-ups, and of
 * terms and drafts of their timetables. */
#include "tests/screen/fake_store.h"

#include "core/base/text.h"

enum { MONDAY = 20507 }; /* 2026-02-23, the week of the tests */

#define PUT(REC, RECORD) bundle_add(bundle, &REC##_fields, (void *)(RECORD))
#define PUT_ALL(REC, ROWS) \
	for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) \
		PUT(REC, &ROWS[i])

const struct session_slot fake_twin = { 65, 1, MONDAY + 4, 480, 580, "ZY-11", "机械制造技术", "陈志远", "A1-201", "北京一工厂", "GC1501", MODE_CLASSROOM, SESSION_PUBLISHED, 0, 5, 3, 61, OV_NULL };
/* Rooms and teachers by the ids of `slots`. */
static const struct room room5 = { .id = 5, .rev = 1, .code = "A1-201", .name = "北京一工厂 教室 201",
				   .kind = ROOM_CLASSROOM, .site = "北京一工厂", .capacity = 60 };
static const struct teacher teacher3 = { .id = 3, .rev = 1, .person_id = 30, .max_day_min = 360 };
static const struct person teacher_person = { .id = 30, .rev = 1, .full_name = "陈志远" };
static const struct teacher_wish wishes[] = {
	{ .id = 1, .rev = 1, .teacher_id = 3, .weekday = WEEKDAY_FRI, .start_min = 1080, .end_min = 1440, .wish = WISH_UNWANTED, .removed_on = OV_NULL },
	{ .id = 2, .rev = 1, .teacher_id = 3, .weekday = WEEKDAY_MON, .start_min = 480, .end_min = 720, .wish = WISH_WANTED, .removed_on = OV_NULL },
	{ .id = 4, .rev = 1, .teacher_id = 3, .weekday = WEEKDAY_WED, .start_min = 1020, .end_min = 1260, .wish = WISH_WANTED, .removed_on = OV_NULL },
};
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

static const struct term terms[] = {
	{ .id = 2, .rev = 1, .code = "2026A", .starts_on = MONDAY + 189, .ends_on = MONDAY + 310 },
	{ .id = 1, .rev = 1, .code = "2026S", .starts_on = MONDAY - 7, .ends_on = MONDAY + 120 },
};
static const struct plan_draft drafts[] = {
	{ .id = 3, .rev = 1, .term_id = 2, .name = "少变动", .state = PLAN_DRAFT, .seed = 7,
	  .cpu_ms = 15000, .kept = 1, .from_on = MONDAY + 189, .to_on = MONDAY + 310, .cohorts = 3,
	  .sessions = 148, .unplaced = 2, .conflicts = 0, .cost = 12840, .learners = 122,
	  .learners_clear = 121, .changes = 9, .published_at = OV_NULL,
	  .history = "-1,-1,40210,31000,22840,17800,14400,13100,12900,12840",
	  .costs = "9200,640,1740,0,200,1000,0,0,30,30" },
	{ .id = 2, .rev = 3, .term_id = 2, .name = "autumn, quiet evenings", .state = PLAN_PUBLISHED,
	  .seed = 1, .cpu_ms = 60000, .kept = 0, .from_on = MONDAY + 189, .to_on = MONDAY + 310,
	  .cohorts = 3, .sessions = 148, .unplaced = 0, .conflicts = 1, .cost = 8690, .learners = 122,
	  .learners_clear = 120, .changes = 61, .published_at = 1771300000,
	  .history = "-1,30210,20000,12840,9800,8990,8720,8690", .costs = "6100,640,1300,0,350,0,40,60,110,90" },
	{ .id = 1, .rev = 2, .term_id = 2, .state = PLAN_DISCARDED, .seed = 1, .cpu_ms = 900,
	  .kept = 0, .from_on = MONDAY + 189, .to_on = MONDAY + 310, .cohorts = 3, .sessions = 148,
	  .unplaced = 11, .conflicts = 4, .cost = 40110, .learners = 122, .learners_clear = 96,
	  .changes = 70, .published_at = OV_NULL },
};
static const struct session_slot planned[] = {
	{ 701, 1, MONDAY + 190, 1140, 1260, "ZY-11", "机械制造技术", "陈志远", "A1-201", "北京一工厂", "GC1501", MODE_CLASSROOM, SESSION_PLANNED, 0, 5, 3, OV_NULL, OV_NULL },
	{ 702, 1, MONDAY + 192, 1140, 1260, "GB-02", "高等数学", "赵敏", "B1-105", "北京一工厂", "GC1501", MODE_CLASSROOM, SESSION_PLANNED, 1, 6, 4, OV_NULL, OV_NULL },
	{ 703, 1, MONDAY + 195, 540, 660, "SJ-01", "焊接实训", "林海", "L2", "株洲工厂", "GC1502", MODE_PRACTICE, SESSION_PLANNED, 0, 7, 5, OV_NULL, OV_NULL },
};
static const struct session_slot planned_else[] = {
	{ 601, 1, MONDAY + 190, 1140, 1260, "ZY-11", "机械制造技术", "陈志远", "A1-204", "北京一工厂", "GC1501", MODE_CLASSROOM, SESSION_PLANNED, 0, 8, 3, OV_NULL, OV_NULL },
	{ 602, 1, MONDAY + 194, 1140, 1260, "GB-02", "高等数学", "赵敏", "B1-105", "北京一工厂", "GC1501", MODE_CLASSROOM, SESSION_PLANNED, 1, 6, 4, OV_NULL, OV_NULL },
	{ 603, 1, MONDAY + 195, 540, 660, "SJ-01", "焊接实训", "林海", "L2", "株洲工厂", "GC1502", MODE_PRACTICE, SESSION_PLANNED, 0, 7, 5, OV_NULL, OV_NULL },
};
static const struct plan_blocker blockers[] = {
	{ .id = 1, .plan_id = 3, .cohort_id = 1, .course_id = 3, .lesson = 4, .kind = "SHIFT_CLASH", .what = "4T-12H", .least = 1, .gain = 12, .others = 1 },
	{ .id = 2, .plan_id = 3, .cohort_id = 1, .course_id = 3, .lesson = 4, .kind = "ROOM_OVERLAP", .what = "L2", .least = 0, .gain = 3, .others = 1 },
};
static const struct plan_clash clashes[] = {
	{ .id = 1, .plan_id = 3, .student_id = 1, .meeting_id = 702, .kind = "SHIFT_CLASH", .makeup_id = 703 },
	{ .id = 2, .plan_id = 2, .student_id = 1, .meeting_id = 602, .kind = "REST_SHORT", .makeup_id = OV_NULL },
};
static const struct cohort planned_cohort = { .id = 1, .rev = 1, .code = "GC1501" };
static const struct course planned_course = { .id = 3, .rev = 1, .code = "SJ-01" };
static const struct student clashed = { .id = 1, .rev = 1, .student_no = "1500110417001" };

static void draft_fill(int64_t id, struct bundle *bundle)
{
	const bool first = id == 3;

	PUT(plan_draft, first ? &drafts[0] : &drafts[1]);
	PUT(term, &terms[0]);
	PUT(cohort, &planned_cohort);
	PUT(course, &planned_course);
	PUT(student, &clashed);
	PUT(plan_clash, first ? &clashes[0] : &clashes[1]);
	for (size_t i = 0; i < 3; i++)
		PUT(session_slot, first ? &planned[i] : &planned_else[i]);
	for (size_t i = 0; first && i < 2; i++)
		PUT(plan_blocker, &blockers[i]);
}

void fake_week_find(enum kind kind, struct arena *arena, struct page *page)
{
	const char *records = kind == KIND_TERM ? (const char *)terms : (const char *)drafts;
	const size_t size = kind_fields(kind)->size;

	*page = (struct page){ .table = kind_fields(kind) };
	if (kind == KIND_TERM)
		page->count = sizeof terms / sizeof terms[0];
	else if (kind == KIND_PLAN_DRAFT)
		page->count = sizeof drafts / sizeof drafts[0];
	page->records = arena_array(arena, page->count + 1, sizeof *page->records);
	for (size_t i = 0; i < page->count; i++)
		page->records[i] = arena_memdup(arena, records + i * size, size);
}

int fake_week_card(const struct card_request *request, struct arena *arena, struct bundle *bundle)
{
	switch (request->kind) {
	case KIND_SESSION_SLOT:
		if (request->key && !strncmp(request->key, "teacher:", 8)) {
			PUT(teacher, &teacher3);
			PUT(person, &teacher_person);
			PUT_ALL(teacher_wish, wishes);
			return 0;
		}
		PUT(room, &room5);
		return 0;
	case KIND_PLACE_OFFER:
		offers_fill(request->from, arena, bundle);
		return 0;
	case KIND_ROLL_LINE:
		PUT_ALL(roll_line, roll);
		return 0;
	case KIND_PLAN_DRAFT:
		draft_fill(request->id, bundle);
		return 0;
	case KIND_TERM: /* nobody is enrolled */
		PUT(term, &terms[0]);
		return 0;
	case KIND_WEEK_LOAD:
		PUT_ALL(week_load, loads);
		return 0;
	default:
		PUT_ALL(makeup_offer, makeups);
		return 0;
	}
}

void fake_week_feed(const struct fake_world *world, const struct feed_create_args *args,
		    struct outcome *outcome)
{
	static struct feed_link link;
	static struct calendar_feed feed = { .id = 3, .rev = 1, .expires_on = 20873,
					     .revoked_on = OV_NULL, .used_on = OV_NULL };
	struct bundle *bundle = &outcome->records;

	link = (struct feed_link){ world->feed_url ? world->feed_url :
		"https://overpass.example.cn:8443/v1/feeds/Qm9sdHpNYWtlRmVlZHMt4x.ics", 20873 };
	feed.student_id = args->student_id;
	feed.cohort_id = args->cohort_id;
	feed.teacher_id = args->teacher_id;
	feed.room_id = args->room_id;
	PUT(calendar_feed, &feed);
	outcome->repeated = !*link.url;
	if (*link.url)
		PUT(feed_link, &link);
}

static const char *long_name(struct arena *arena, const char *begins)
{
	struct buf text = BUF_INIT;
	const char *made;

	buf_text(&text, begins);
	while (text_width(buf_cstr(&text)) < 200)
		buf_text(&text, "机械制造与自动化");
	made = arena_strdup(arena, buf_cstr(&text));
	buf_release(&text);
	return made;
}

static void names_swell(struct bundle *bundle, const struct field_table *table)
{
	struct record_list *list = (struct record_list *)(uintptr_t)bundle_list(bundle, table);

	for (size_t i = 0; i < list->count; i++) {
		list->items[i] = record_copy(bundle->arena, table, list->items[i]);
		for (size_t f = 0; f < table->count; f++) {
			const struct field *field = &table->fields[f];

			if (field->type == FT_TEXT && field_text(field, list->items[i]))
				field_set_text(field, list->items[i], long_name(bundle->arena,
					       field_text(field, list->items[i])));
		}
	}
}

void fake_week_swell(const struct fake_world *world, struct bundle *bundle)
{
	const struct record_list *list = bundle_list(bundle, &student_hit_fields);
	const struct student_hit *first = list->items[0];

	PUT(teacher, &teacher3); /* a cohort's week has those who teach it */
	for (size_t i = 0; i < world->members; i++) {
		struct student_hit *hit = record_copy(bundle->arena, &student_hit_fields, first);

		hit->id = (int64_t)i + 100;
		hit->student_no = arena_printf(bundle->arena, "15001%08zu", i + 100);
		bundle_add(bundle, &student_hit_fields, hit);
	}
	if (world->long_names) {
		names_swell(bundle, &cohort_fields);
		names_swell(bundle, &session_slot_fields);
		names_swell(bundle, &student_hit_fields);
	}
}
