#include "tests/screen/fake_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/store/command.h"

struct fake {
	struct store store;
	struct fake_world *world;
};

enum { MONDAY = 20507 }; /* 2026-02-23, the week of the tests */

static const struct student_hit hits[] = {
	{ 1, "1500110417001", "王小明", "MECH-Z", "机械制造与自动化", "GC1501", "北京一工厂", STUDENT_ACTIVE, MATCH_INITIALS, OV_NULL, OV_NULL, 4300, 7600, 2, NULL },
	{ 2, "1500110981120", "王晓敏", "ACCT-Z", "会计学", "GC1502", "北京二工厂", STUDENT_ACTIVE, MATCH_INITIALS, OV_NULL, OV_NULL, 2400, 7600, 0, NULL },
	{ 3, "1500117740021", "吴雪梅", "AUTO-Z", "汽车检测与维修技术", "GC1501", "株洲工厂", STUDENT_ACTIVE, MATCH_INITIALS, OV_NULL, OV_NULL, 7100, 7600, 0, NULL },
	{ 4, "1500114410932", "王向明", "MECH-Z", "机械制造与自动化", "GC1501", NULL, STUDENT_LEAVE, MATCH_INITIALS, OV_NULL, OV_NULL, 3100, 7600, 0, NULL },
	{ 5, "1500111180233", "Wang Xiaoming-Alexandrovna", "MECH-Z", "机械制造与自动化", "GC1502", "广州工厂", STUDENT_ACTIVE, MATCH_INITIALS, OV_NULL, OV_NULL, OV_NULL, OV_NULL, 1, NULL },
	{ 6, "1500113090815", "阿依古丽·买买提明", "AUTO-Z", "汽车检测与维修技术", "GC1503", "株洲工厂", STUDENT_GRADUATED, MATCH_INITIALS, OV_NULL, OV_NULL, 7600, 7600, 0, NULL },
};

static const struct person person1 = {
	.id = 11, .rev = 2, .full_name = "王小明", .name_pinyin = "wang xiao ming", .doc_kind = DOC_CITIZEN_ID,
	.doc_no = "4201**********3317", .birth_date = OV_NULL, .sex = SEX_M, .mobile = "138****2210",
	.consent_on = OV_NULL, .merged_into = OV_NULL };
static const struct student student1 = {
	.id = 1, .rev = 3, .person_id = 11, .student_no = "1500110417001", .programme_id = 1, .curriculum_id = 1,
	.branch_id = 1, .centre_id = 2, .registered_on = 16500, .status = STUDENT_ACTIVE, .status_since = 16500,
	.cohort_id = 1, .entry_level = ENTRY_VOCATIONAL, .graduated_on = OV_NULL };
static const struct programme programmes[] = {
	{ .id = 1, .rev = 1, .code = "MECH-Z", .name = "机械制造与自动化" },
	{ .id = 2, .rev = 1, .code = "ACCT-Z", .name = "会计学" },
};
static const struct curriculum curriculum1 = { .id = 1, .rev = 1, .version = "2015", .min_total_centi = 7600 };
static const struct cohort cohorts[] = {
	{ .id = 1, .rev = 1, .programme_id = 1, .code = "GC1501", .name = "北京一工厂机械班", .intake = "2015S", .capacity = 50 },
	{ .id = 2, .rev = 1, .programme_id = 2, .code = "GC1502", .name = "北京二工厂会计班", .intake = "2015S", .capacity = 40 },
	{ .id = 3, .rev = 1, .programme_id = 1, .code = "GC1503", .name = "株洲工厂汽修班", .intake = "2015A", .capacity = 45 },
};
static const struct employment work1 = {
	.id = 5, .rev = 1, .person_id = 11, .employer = "北京汽车", .plant = "北京一工厂", .post = "焊工",
	.shift_pattern_id = 1, .team_offset = 2, .valid_from = 16000, .valid_to = OV_NULL };
static const struct shift_pattern pattern1 = {
	.id = 1, .rev = 1, .code = "4T-12H", .kind = SHIFT_CYCLE, .cycle = "DDNNRRRR", .anchor_on = 16436,
	.d_start = 480, .d_len = 720, .e_start = 960, .e_len = 480, .n_start = 1200, .n_len = 720 };
static const struct module_credit modules[] = {
	{ "GB", "公共基础课", 1500, 1300, 0, 900 },
	{ "ZJ", "专业基础课", 2400, 1700, 500, 1200 },
	{ "ZY", "专业课", 2500, 1000, 200, 1000 },
	{ "SJ", "综合实践", 1200, 300, 0, 0 },
	{ "", "合计", 7600, 4300, 700, OV_NULL },
};
static const struct claim_row rows[] = {
	{ 21, "C-2026-0000021", 4, "1500110417001", "王小明", "MECH-Z", CLAIM_VERIFIED, "SK-W3", 1, 800, OV_NULL, 20500, 20520, 0 },
	{ 22, "C-2026-0000022", 2, "1500117740021", "吴雪梅", "AUTO-Z", CLAIM_VERIFIED, "OU-1102", 2, 300, OV_NULL, 20480, 20490, 1 },
	{ 23, "C-2026-0000023", 3, "1500110981120", "王晓敏", "ACCT-Z", CLAIM_VERIFIED, "MC-77", 1, 150, OV_NULL, 20505, 20525, 0 },
};
static const struct credit_claim claim1 = {
	.id = 21, .rev = 4, .claim_no = "C-2026-0000021", .student_id = 1, .state = CLAIM_VERIFIED, .submitted_on = 20500,
	.submitted_by = 2, .accepted_by = 3, .verified_by = 4, .first_by = OV_NULL, .expert_by = OV_NULL,
	.second_by = OV_NULL, .posted_by = OV_NULL, .revoke_by = OV_NULL, .deadline_on = 20520,
	.notice_from = OV_NULL, .objected_on = OV_NULL, .notice_end_on = OV_NULL, .refused_in = OV_NULL,
	.requested_centi = 800, .proposed_centi = 800, .granted_centi = OV_NULL };
static const struct claim_line line1 = {
	.id = 31, .rev = 1, .claim_id = 21, .line_no = 1, .source_kind = SOURCE_CERTIFICATE, .source_ref = 7,
	.source_code = "SK-W3", .rule_ref = 1, .proposed_centi = 800, .granted_centi = OV_NULL, .code = "GR_FULL",
	.opinion_centi = OV_NULL, .opinion_course = OV_NULL, .opinion_class = OV_NULL, .removed_on = OV_NULL };
static const struct line_source source1 = {
	1, SOURCE_CERTIFICATE, "SK-W3", "焊工三级职业资格证书", "**********0412", 3, 8700, OV_NULL, 16251, OV_NULL, "VERIFIED" };
static const struct claim_line line2 = {
	.id = 32, .rev = 1, .claim_id = 21, .line_no = 2, .source_kind = SOURCE_COURSE, .source_ref = 8,
	.source_code = "EXT-CAD", .rule_ref = 2, .proposed_centi = 0, .granted_centi = OV_NULL, .code = "SCORE_LOW",
	.opinion_centi = OV_NULL, .opinion_course = OV_NULL, .opinion_class = OV_NULL, .removed_on = OV_NULL };
static const struct line_source source2 = {
	2, SOURCE_COURSE, "EXT-CAD", "计算机制图", NULL, OV_NULL, 5900, OV_NULL, 18251, OV_NULL, "VERIFIED" };
static const uint8_t file_hash[HASH_BYTES] = { 0x5e, 0xed, 0x10, 0x0d };
static const struct evidence evidences[] = {
	{ .id = 41, .rev = 1, .line_id = 31, .kind = EVIDENCE_ORIGINAL_SEEN, .checked = CHECK_OK },
	{ .id = 42, .rev = 1, .line_id = 31, .kind = EVIDENCE_COPY, .file_name = "scan.pdf", .size_bytes = 48211, .sha256 = file_hash, .checked = CHECK_OK },
	{ .id = 43, .rev = 1, .line_id = 32, .kind = EVIDENCE_COPY, .file_name = "成绩单.jpg", .size_bytes = 190422, .checked = CHECK_OPEN },
};
static const struct claim_explanation explanations[] = {
	{ .id = 51, .claim_id = 21, .position = 1, .line_no = 1, .rule = "R-003@1", .code = "GR_PARTIAL", .granted_centi = 700, .need = "10.00", .have = "7.00", .detail = "ZY-11:OK ZY-12:OK SJ-01:CAP_PROGRAMME" },
	{ .id = 52, .claim_id = 21, .position = 2, .line_no = 2, .rule = "R-009@1", .code = "SCORE_LOW", .granted_centi = 0, .need = "60.00", .have = "59.00" },
};
static const struct transfer_rule rules[] = {
	{ .id = 1, .rev = 1, .rule_code = "R-003", .version = 1, .kind = RULE_TC, .source_class = CLASS_S4,
	  .need_count = OV_NULL, .min_level = 4, .min_mark = OV_NULL, .min_ratio_bp = OV_NULL, .amount_centi = OV_NULL,
	  .hours_per_credit = OV_NULL, .step_centi = OV_NULL, .rule_max_centi = OV_NULL, .max_age_years = 5,
	  .specificity = 1, .priority = 20, .effective_from = 16436, .effective_to = OV_NULL, .state = RULE_ACTIVE,
	  .basis = "京开校〔2015〕17号", .entered_by = 5, .released_by = 7 },
	{ .id = 2, .rev = 1, .rule_code = "R-009", .version = 1, .kind = RULE_CC, .source_class = CLASS_S2,
	  .need_count = OV_NULL, .min_level = OV_NULL, .min_mark = 6000, .min_ratio_bp = 8000, .amount_centi = OV_NULL,
	  .hours_per_credit = OV_NULL, .step_centi = OV_NULL, .rule_max_centi = OV_NULL, .max_age_years = OV_NULL,
	  .specificity = 0, .priority = 0, .effective_from = 16436, .effective_to = OV_NULL, .state = RULE_ACTIVE,
	  .basis = "京开校〔2015〕18号", .entered_by = 5, .released_by = 7 },
};
static const struct rule_source rule_sources[] = {
	{ .id = 1, .rev = 1, .rule_id = 1, .position = 1, .source = "SK-W3" },
};
static const struct rule_target targets[] = {
	{ .id = 1, .rev = 1, .rule_id = 1, .position = 1, .course_id = 1 },
	{ .id = 2, .rev = 1, .rule_id = 1, .position = 2, .course_id = 2 },
	{ .id = 3, .rev = 1, .rule_id = 1, .position = 3, .course_id = 3 },
};
static const struct course courses[] = {
	{ .id = 1, .rev = 1, .code = "ZY-11", .name = "机械制造技术", .credit_centi = 400, .hours = 72 },
	{ .id = 2, .rev = 1, .code = "ZY-12", .name = "焊接工艺", .credit_centi = 300, .hours = 54 },
	{ .id = 3, .rev = 1, .code = "SJ-01", .name = "焊接实训", .credit_centi = 300, .hours = 60 },
};
static const struct student_route route1 = { "1500110417001", "MECH-Z", 7600, 4300, 3300, 5200, 2400, NULL };
static const struct held_source helds[] = {
	{ SOURCE_CERTIFICATE, "SK-W3", "焊工三级", 3, "VERIFIED", 0, "C-2026-0000021", NULL, "SOURCE_USED", NULL, 0 },
	{ SOURCE_CERTIFICATE, "SK-F2", "叉车证书", 4, "HELD", 0, NULL, "R-010@1", "GR_FULL", "GB-03 GB-04", 500 },
	{ SOURCE_CERTIFICATE, "T-MAINT", "维修工证书", 3, NULL, 1, NULL, "R-009@1", "GR_FULL", "ZY", 400 },
};
static const struct module_gap gaps[] = {
	{ "GB", "公共基础课", 1500, 1300, 200, 1500, 0 },
	{ "ZJ", "专业基础课", 2400, 1700, 700, 1700, 700 },
	{ "ZY", "专业课", 2500, 1000, 1500, 1400, 1100 },
	{ "SJ", "综合实践", 1200, 300, 900, 300, 900 },
	{ "", "合计", 7600, 4300, 3300, 5200, 2400 },
};
static const struct graduation_way ways[] = {
	{ 1, WAY_BY_HELD, 3, 1, 2400, 900, 0, 1, 1 },
	{ 2, WAY_BY_STUDY, 4, 2, 2000, 1300, 0, 1, 0 },
};
static const struct way_step way_steps[] = {
	{ 1, 1, STEP_CLAIM, "SK-F2", "叉车证书", 4, OV_NULL, OV_NULL, "R-010@1", "GB", "GB-03 GB-04", 500 },
	{ 1, 2, STEP_EARN, "T-MAINT", "维修工证书", 3, OV_NULL, OV_NULL, "R-009@1", "ZY", "ZY", 400 },
	{ 1, 3, STEP_STUDY, "ZY-21", "焊接结构", OV_NULL, OV_NULL, OV_NULL, NULL, "ZY", NULL, 500 },
	{ 2, 1, STEP_OPEN, "OPEN-*", NULL, OV_NULL, OV_NULL, 72, "R-007@1", "GB", "GB", 400 },
};
static const struct notice_row notices[] = {
	{ "机械制造与自动化", "王**", "*7001", "焊工三级", "ZY-11, ZY-12", 700, 20510, 20517 },
	{ "会计学", "王**", "*1120", "OPEN-AI", "GB", 150, 20511, 20518 },
};
static const struct graduation_row graduations[] = {
	{ "GD_OK", "1500117740021", "吴雪梅", "AUTO-Z", 7600, 0, "", "SK-M3" },
	{ "not yet", "1500110417001", "王小明", "MECH-Z", 4300, 3300, "GD_CREDITS_SHORT GD_OPEN_CLAIM", NULL },
};
static const struct account accounts[] = {
	{ .id = 1, .rev = 1, .student_id = 1, .kind = ACCOUNT_EARNED },
	{ .id = 2, .rev = 1, .student_id = 1, .kind = ACCOUNT_TRANSFER },
};
static const struct statement statements[] = {
	{ 11, 20100, ACCOUNT_EARNED, ENTRY_RESULT, 1300, 1300, "GB", "GB-01", NULL, OV_NULL },
	{ 12, 20200, ACCOUNT_EARNED, ENTRY_RESULT, 2300, 3600, "ZJ", "ZJ-05", NULL, OV_NULL },
	{ 41, 20470, ACCOUNT_TRANSFER, ENTRY_GRANT, 700, 700, "ZY", "ZY-11", "C-2026-0000021", OV_NULL },
	{ 42, 20480, ACCOUNT_TRANSFER, ENTRY_GRANT, 300, 1000, "SJ", "SJ-01", "C-2026-0000020", OV_NULL },
	{ 43, 20490, ACCOUNT_TRANSFER, ENTRY_REVERSAL, -300, 700, "SJ", "SJ-01", "C-2026-0000020", 42 },
};
static const struct ledger_row entries[] = {
	{ 43, 20490, 1, "1500110417001", "王小明", ACCOUNT_TRANSFER, ENTRY_REVERSAL, -300, "SJ", "SJ-01", 20, "C-2026-0000020", 42, "auditor.1", "d26d0753", 1 },
	{ 42, 20480, 1, "1500110417001", "王小明", ACCOUNT_TRANSFER, ENTRY_GRANT, 300, "SJ", "SJ-01", 20, "C-2026-0000020", OV_NULL, "ledger_keeper.1", "5608b291", 0 },
	{ 41, 20470, 1, "1500110417001", "王小明", ACCOUNT_TRANSFER, ENTRY_GRANT, 700, "ZY", "ZY-11", 21, "C-2026-0000021", OV_NULL, "ledger_keeper.1", "7ac6efd9", 1 },
	{ 12, 20200, 3, "1500117740021", "吴雪梅", ACCOUNT_EARNED, ENTRY_RESULT, 2300, "ZJ", "ZJ-05", OV_NULL, NULL, OV_NULL, "registrar.1", "dba5b2b1", 1 },
};
static const struct advice advices[] = {
	{ "SM_PARTIAL", "Line 1 is granted in part: the unpaid part is lost" },
};
static const struct cap_room rooms[] = {
	{ "CAP_PROGRAMME", "", 2660, 1800, 700, 160 },
	{ "CAP_SOURCE", "S4", 3800, 1200, 700, 1900 },
	{ "CAP_MODULE", "ZY", OV_NULL, 200, 700, OV_NULL },
};
static const struct claim_queue queues[] = {
	{ CLAIM_SUBMITTED, 12, 0, 2, 20480, 20510 },
	{ CLAIM_ACCEPTED, 5, 0, 0, 20490, 20520 },
	{ CLAIM_VERIFIED, 3, 3, 1, 20480, 20490 },
	{ CLAIM_FIRST_OK, 2, 0, 0, 20480, OV_NULL },
	{ CLAIM_OBJECTED, 1, 1, 1, 20480, 20500 },
};
static const struct claim_option options[] = {
	{ EVENT_PASS_FIRST, 1, "", "" },
	{ EVENT_ASK_EXPERT, 0, "SM_NO_EXPERT", "The claim needs no expert" },
	{ EVENT_RETURN, 1, "", "" },
	{ EVENT_REJECT, 1, "", "" },
	{ EVENT_POST, 0, "SM_NO_TRANSITION", "" },
};
static const struct claim_step steps[] = {
	{ 1771200000, "claim.create", "front_desk.1", "1 line", NULL },
	{ 1771203600, "claim.submit", "front_desk.1", NULL, NULL },
	{ 1771300000, "claim.verify", "verifier.1", "8.00", NULL },
};
static const struct session_slot slots[] = {
	{ 61, 1, MONDAY + 1, 1140, 1240, "ZY-11", "机械制造技术", "陈志远", "A1-201", "北京一工厂", "GC1501", MODE_CLASSROOM, SESSION_PUBLISHED, 0, 5, 3, 61, OV_NULL },
	{ 62, 1, MONDAY + 3, 1140, 1240, "GB-02", "高等数学", "赵敏", "B1-105", "北京一工厂", "GC1501", MODE_CLASSROOM, SESSION_PUBLISHED, 1, 6, 4, OV_NULL, 1 },
	{ 63, 1, MONDAY + 6, 540, 720, "SJ-01", "焊接实训", "林海", "L2", "株洲工厂", "GC1501", MODE_PRACTICE, SESSION_PLANNED, 0, 7, 5, OV_NULL, OV_NULL },
	{ 64, 1, MONDAY + 6, 1140, 1240, "ZJ-05", "工程制图", "黄伟", NULL, NULL, "GC1501", MODE_ONLINE, SESSION_PUBLISHED, 0, OV_NULL, 6, OV_NULL, OV_NULL },
};
static const struct conflict conflicts[] = {
	{ "SHIFT_CLASH", 1, "GC1501", 62, OV_NULL, 14, 42, "14 of 42 learners work then (team 2)",
	  "Choose another time", OV_NULL, NULL, NULL },
};
static const struct member_clash clashes[] = {
	{ 1, 1, "SHIFT_CLASH" },
	{ 4, 3, "SHIFT_CLASH REST_SHORT" },
};
static const struct calendar_day days[] = {
	{ .id = 71, .on_date = MONDAY + 5, .kind = DAY_SWAPPED_WORKDAY, .acts_as = 5, .name = "调休" },
};
static const struct term term1 = { .id = 1, .code = "2026S", .starts_on = MONDAY - 7, .ends_on = MONDAY + 120 };
static const struct graduation_finding findings[] = {
	{ "GD_CREDITS_SHORT", NULL, 3300, OV_NULL, OV_NULL, "33.00 credits are missing" },
};

/* --- slots of the store --- */

static void put(struct bundle *bundle, const struct field_table *table, const void *record)
{
	bundle_add(bundle, table, arena_memdup(bundle->arena, record, table->size));
}

#define PUT(rec, record) put(bundle, &rec##_fields, record)
#define PUT_ALL(rec, array) \
	for (size_t i_ = 0; i_ < sizeof array / sizeof array[0]; i_++) \
		PUT(rec, &array[i_])

static void page_fill(struct page *page, const struct field_table *table, const void *records,
		      size_t count, struct arena *arena)
{
	size_t i;

	page->table = table;
	page->count = count;
	page->next = NULL;
	page->records = arena_array(arena, count, sizeof *page->records);
	for (i = 0; i < count; i++)
		page->records[i] = arena_memdup(arena, (const char *)records + i * table->size,
						table->size);
}

static void fake_close(struct store *store)
{
	free(store);
}

static int fake_login(struct store *store, const char *login, const char *password,
		      struct error *err)
{
	size_t len = strcspn(login, ".");
	char role[32];
	int64_t found;

	/* Without a password a session that is kept may be taken up again. */
	if (((struct fake *)store)->world->secured && password && strcmp(password, "geheim") != 0)
		return error_reason(err, REASON_LOGIN_FAILED, NULL);
	snprintf(role, sizeof role, "%.*s", (int)(len < 31 ? len : 31), login);
	found = enum_find(&role_enum, role);
	if (found == OV_NULL)
		return error_reason(err, REASON_LOGIN_FAILED, NULL);
	store->actor = (struct actor){ .user_id = 2 + found, .person_id = 90, .branch_id = OV_NULL,
				       .roles = 1u << found };
	snprintf(store->actor.login, sizeof store->actor.login, "%s", login);
	return 0;
}

static int fake_get(struct store *store, enum kind kind, int64_t id, struct arena *arena,
		    void **record, struct error *err)
{
	(void)store;
	(void)err;
	(void)id;
	if (kind == KIND_CREDIT_CLAIM) {
		struct credit_claim *newer = arena_memdup(arena, &claim1, sizeof claim1);

		newer->rev = 5;
		newer->state = CLAIM_RETURNED;
		*record = newer;
		return 0;
	}
	return error_reason(err, REASON_NOT_FOUND, "kind", "", "key", "", NULL);
}

static int fake_find(struct store *store, const struct query *query, struct arena *arena,
		     struct page *page, struct error *err)
{
	bool all = query->filter_count == 0;

	(void)store;
	(void)err;
	if (query->kind == KIND_CLAIM_ROW)
		page_fill(page, &claim_row_fields, rows,
			  all || strcmp(query->filters[0].field, "mine") == 0 ||
			  query->filters[0].number == CLAIM_VERIFIED ? 3 : 0, arena);
	else if (query->kind == KIND_LEDGER_ROW)
		page_fill(page, &ledger_row_fields, entries, sizeof entries / sizeof entries[0], arena);
	else if (query->kind == KIND_CLAIM_QUEUE)
		page_fill(page, &claim_queue_fields, queues, sizeof queues / sizeof queues[0], arena);
	else if (query->kind == KIND_COHORT)
		page_fill(page, &cohort_fields, cohorts, 3, arena);
	else if (query->kind == KIND_PROGRAMME)
		page_fill(page, &programme_fields, programmes, 2, arena);
	else
		fake_week_find(query->kind, arena, page);
	return 0;
}

/* A hundred learners, for scrolling. */
static void many_fill(struct page *page, struct arena *arena)
{
	struct student_hit *many = arena_array(arena, 100, sizeof *many);
	size_t i;

	for (i = 0; i < 100; i++) {
		many[i] = hits[i % 6];
		many[i].id = (int64_t)i + 1;
		many[i].student_no = arena_printf(arena, "15001104%05zu", i * 37);
	}
	page_fill(page, &student_hit_fields, many, 100, arena);
}

/* A second word, found in the workshop of one and in the programme of another. */
static void narrowed_fill(struct page *page, struct arena *arena)
{
	struct student_hit found[2] = { hits[0], hits[1] };

	found[0].narrowed_by = "焊装车间";
	found[1].narrowed_by = "汽车焊装工艺";
	page_fill(page, &student_hit_fields, found, 2, arena);
}

static int fake_search(struct store *store, const char *text, int limit, struct arena *arena,
		       struct page *page, struct error *err)
{
	struct fake_world *world = ((struct fake *)store)->world;

	(void)limit;
	(void)err;
	world->searches++;
	snprintf(world->last_text, sizeof world->last_text, "%s", text);
	if (strncmp(text, "many", 4) == 0)
		many_fill(page, arena);
	else if (strcmp(text, "wxm 焊装") == 0)
		narrowed_fill(page, arena);
	else
		page_fill(page, &student_hit_fields, hits, strcmp(text, "zzz") == 0 ? 0 : 6, arena);
	return 0;
}

static int fake_card(struct store *store, const struct card_request *request,
		     struct arena *arena, struct bundle *bundle, struct error *err)
{
	(void)arena;
	((struct fake *)store)->world->cards++;
	switch (request->kind) {
	case KIND_STUDENT:
		PUT(student, &student1);
		PUT(person, &person1);
		PUT(programme, &programmes[0]);
		PUT(curriculum, &curriculum1);
		PUT(cohort, &cohorts[0]);
		PUT(employment, &work1);
		PUT(shift_pattern, &pattern1);
		PUT_ALL(module_credit, modules);
		PUT_ALL(claim_row, rows);
		PUT_ALL(session_slot, slots);
		PUT_ALL(graduation_finding, findings);
		return 0;
	case KIND_CREDIT_CLAIM:
		PUT(credit_claim, &claim1);
		PUT(claim_row, &rows[0]);
		PUT(student, &student1);
		PUT(person, &person1);
		PUT(claim_line, &line1);
		PUT(claim_line, &line2);
		PUT(line_source, &source1);
		PUT(line_source, &source2);
		PUT_ALL(transfer_rule, rules);
		PUT_ALL(rule_target, targets);
		PUT_ALL(course, courses);
		PUT_ALL(cap_room, rooms);
		PUT_ALL(evidence, evidences);
		PUT_ALL(claim_explanation, explanations);
		PUT_ALL(claim_option, options);
		PUT_ALL(claim_step, steps);
		PUT_ALL(module_credit, modules);
		return 0;
	case KIND_STUDENT_ROUTE:
		if (request->assume && strcmp(request->assume, "T-MAINT,level=3") != 0)
			return error_reason(err, REASON_NOT_FOUND, "what", "code", "key",
					    request->assume, NULL);
		PUT(student, &student1);
		PUT(person, &person1);
		PUT(student_route, &route1);
		for (size_t i = 0; i < (request->assume ? 3 : 2); i++)
			PUT(held_source, &helds[i]);
		PUT_ALL(module_gap, gaps);
		PUT_ALL(graduation_way, ways);
		PUT_ALL(way_step, way_steps);
		PUT_ALL(graduation_finding, findings);
		return 0;
	case KIND_NOTICE_ROW:
		PUT_ALL(notice_row, notices);
		return 0;
	case KIND_GRADUATION_ROW:
		PUT_ALL(graduation_row, graduations);
		return 0;
	case KIND_ACCOUNT:
		PUT(student, &student1);
		PUT(person, &person1);
		PUT_ALL(account, accounts);
		PUT_ALL(statement, statements);
		PUT_ALL(module_credit, modules);
		return 0;
	case KIND_TRANSFER_RULE:
		PUT(transfer_rule, &rules[0]);
		PUT_ALL(rule_source, rule_sources);
		PUT_ALL(rule_target, targets);
		PUT_ALL(course, courses);
		PUT(programme, &programmes[0]);
		return 0;
	case KIND_COHORT:
		PUT(cohort, &cohorts[0]);
		PUT(term, &term1);
		PUT_ALL(student_hit, hits);
		PUT_ALL(session_slot, slots);
		PUT(session_slot, &fake_twin);
		PUT_ALL(calendar_day, days);
		PUT_ALL(conflict, conflicts);
		PUT_ALL(member_clash, clashes);
		fake_week_swell(((struct fake *)store)->world, bundle);
		return 0;
	case KIND_ROLL_LINE:
		PUT(session_slot, &slots[0]);
		return fake_week_card(request, arena, bundle);
	case KIND_SESSION_SLOT:
		PUT_ALL(session_slot, slots);
		/* fall through */
	case KIND_PLACE_OFFER:
		PUT_ALL(calendar_day, days);
		/* fall through */
	case KIND_WEEK_LOAD:
	case KIND_MAKEUP_OFFER:
	case KIND_PLAN_DRAFT:
	case KIND_TERM:
		return fake_week_card(request, arena, bundle);
	default:
		return error_reason(err, REASON_NOT_FOUND, "kind", "", "key", "", NULL);
	}
}

static void outcome_fill(const struct command *command, struct outcome *outcome)
{
	struct bundle *bundle = &outcome->records;

	if (strncmp(command->def->name, "session.", 8) == 0)
		PUT(conflict, &conflicts[0]);
	else if (strncmp(command->def->name, "claim.", 6) == 0) {
		struct claim_row after = rows[0];

		after.state = strcmp(command->def->name, "claim.pass_first") == 0 ? CLAIM_FIRST_OK
										 : CLAIM_RETURNED;
		after.deadline_on = after.state == CLAIM_RETURNED ? 20543 : OV_NULL;
		PUT(claim_row, &after);
		PUT(advice, &advices[0]);
		PUT_ALL(claim_explanation, explanations);
	}
	if (command->def->permission == PERM_REVEAL) {
		static const struct revealed clear[] = { { "doc_no", "420111199001013317" },
							 { "mobile", "13800002210" } };

		PUT_ALL(revealed, clear);
	}
}

static int refused(const struct fake_world *world, struct error *err)
{
	enum reason reason = world->refuse_as ? (enum reason)world->refuse_as : REASON_SM_FOUR_EYES;

	if (reason == REASON_SM_NO_TRANSITION)
		return error_reason(err, reason, "event", "-", "state", "-", NULL);
	if (reason == REASON_SM_FOUR_EYES)
		return error_reason(err, reason, "part", _("verified the evidence"), NULL);
	return error_reason(err, reason, "line", "1", "claim", "CL202603000017", "deadline",
			    "2026-03-09", "now", "4.00", "proposed", "10.00", "granted", "7.00",
			    "lines", "1", "cap", _("The programme's cap is reached"), NULL);
}

static int fake_assess(struct store *store, const struct command *command, struct arena *arena,
		       struct outcome *outcome, struct error *err)
{
	struct fake_world *world = ((struct fake *)store)->world;

	bundle_init(&outcome->records, arena);
	world->assessed++;
	outcome_fill(command, outcome);
	if (world->refuse)
		return refused(world, err);
	return 0;
}

static int fake_execute(struct store *store, const struct command *commands, size_t count,
			struct arena *arena, struct outcome *outcomes, size_t *failed,
			struct error *err)
{
	struct fake_world *world = ((struct fake *)store)->world;

	(void)count;
	if (failed)
		*failed = 0;
	bundle_init(&outcomes->records, arena);
	snprintf(world->last_command, sizeof world->last_command, "%s", commands->def->name);
	if (world->conflict_once) {
		world->conflict_once = false;
		err->current_rev = 5;
		return error_reason(err, REASON_SM_STALE, "rev", "5", NULL);
	}
	if (world->refuse)
		return refused(world, err);
	world->executed++;
	outcome_fill(commands, outcomes);
	if (strcmp(commands->def->name, "feed.create") == 0)
		fake_week_feed(world, commands->args, outcomes);
	return 0;
}

static int fake_changes(struct store *store, const char *cursor, int limit,
			struct arena *arena, struct page *page, struct error *err)
{
	(void)store;
	(void)cursor;
	(void)limit;
	(void)err;
	page_fill(page, &change_fields, NULL, 0, arena);
	return 0;
}

static int fake_status(struct store *store, struct arena *arena, struct store_status *status,
		       struct error *err)
{
	(void)arena;
	(void)err;
	*status = (struct store_status){ .link = LINK_LOCAL, .where = "demo.db",
					 .demo = !((struct fake *)store)->world->secured };
	return 0;
}

static void fake_cancel(struct store *store)
{
	(void)store;
}

/* One file comes out, after it was asked for. */
static int fake_evidence_put(struct store *store, const void *bytes, size_t len,
			     uint8_t sha256[HASH_BYTES], struct error *err)
{
	(void)store;
	(void)err;
	hash_sha256(bytes, len, sha256);
	return 0;
}

static int fake_evidence_get(struct store *store, const uint8_t sha256[HASH_BYTES],
			     struct buf *bytes, struct error *err)
{
	const struct fake_world *world = ((struct fake *)store)->world;

	(void)sha256;
	buf_init(bytes, 0);
	if (world->file_refused)
		return error_reason(err, (enum reason)world->file_refused, "claim", claim1.claim_no,
				    "line", "1", NULL);
	if (strcmp(world->last_command, "claim.evidence_open") != 0)
		return error_reason(err, REASON_EVIDENCE_UNASKED, "claim", claim1.claim_no, NULL);
	buf_text(bytes, world->file ? world->file : "%PDF-1.7\n");
	return 0;
}

static const struct store_ops fake_ops = {
	.name = "fake", .close = fake_close, .login = fake_login, .get = fake_get,
	.find = fake_find, .search = fake_search, .card = fake_card, .assess = fake_assess,
	.execute = fake_execute, .changes = fake_changes, .status = fake_status,
	.evidence_put = fake_evidence_put, .evidence_get = fake_evidence_get,
	.cancel = fake_cancel,
};

static int fake_open(void *context, struct store **store, struct error *err)
{
	struct fake *fake = mem_alloc(sizeof *fake);

	(void)err;
	fake->store.ops = &fake_ops;
	fake->world = context;
	*store = &fake->store;
	return 0;
}

struct store_source fake_source(struct fake_world *world)
{
	return (struct store_source){ .open = fake_open, .cancel = fake_cancel,
				      .close = fake_close, .context = world };
}
