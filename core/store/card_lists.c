/* The lists documents are made of: public notice, roll, graduation, caps, the
 * audit extract. Every amount comes from student_sums.h or the ledger (I27). */
#include "core/store/card_print.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/base/text.h"
#include "core/model/reason.h"
#include "core/rules/shift.h"
#include "core/store/graduation_input.h"

enum { PROGRESS_EVERY = 64 };

/* --- public notice --- */

/* The first character, an asterisk for each of the others (DOMAIN.md 3.2). */
static const char *name_masked(const char *name, struct arena *arena)
{
	struct buf out = BUF_INIT;
	const char *masked;

	buf_add(&out, name, utf8_prefix(name, 1));
	for (size_t i = 1; i < utf8_count(name); i++)
		buf_char(&out, '*');
	masked = arena_strdup(arena, buf_cstr(&out));
	buf_release(&out);
	return masked;
}

/* "L301:OK L302:TARGET_DONE" is stored; what counts is shown: "L301". */
static const char *target_of(const char *detail, const char *module, struct arena *arena)
{
	struct buf out = BUF_INIT;
	const char *target;

	for (const char *word = detail ? detail : ""; *word;) {
		const size_t len = strcspn(word, " ");
		const char *colon = memchr(word, ':', len);

		if (colon && !strncmp(colon, ":OK", 3)) {
			buf_text(&out, out.len ? ", " : "");
			buf_add(&out, word, (size_t)(colon - word));
		}
		word += len + strspn(word + len, " ");
	}
	target = out.len ? arena_strdup(arena, buf_cstr(&out)) : module;
	buf_release(&out);
	return target;
}

static const char notice_sql[] =
	"SELECT g.code || ' ' || g.name, p.full_name, s.student_no, coalesce("
	" (SELECT y.name FROM certificate x JOIN certificate_type y ON y.id = x.type_id"
	"  WHERE l.source_kind = 'CERTIFICATE' AND x.id = l.source_ref),"
	" (SELECT x.name FROM prior_result x WHERE l.source_kind <> 'CERTIFICATE'"
	"  AND x.id = l.source_ref), l.source_code),"
	" (SELECT e.detail FROM claim_explanation e WHERE e.claim_id = t.id"
	"  AND e.superseded = 0 AND e.line_no = l.line_no ORDER BY e.position DESC LIMIT 1),"
	" coalesce(r.target_module, l.opinion_module), l.granted_centi, t.notice_from, t.deadline_on"
	" FROM credit_claim t JOIN claim_line l ON l.claim_id = t.id AND l.removed_on IS NULL"
	" JOIN student s ON s.id = t.student_id JOIN person p ON p.id = s.person_id"
	" JOIN programme g ON g.id = s.programme_id"
	" LEFT JOIN transfer_rule r ON r.id = l.rule_ref";

static struct notice_row *notice_read(struct stmt *stmt, struct arena *arena)
{
	enum { TAIL = 4 };
	struct notice_row *row = record_new(arena, &notice_row_fields);
	const char *number = stmt_text(stmt, 2);
	const size_t len = strlen(number);
	int64_t day;

	row->programme = arena_strdup(arena, stmt_text(stmt, 0));
	row->name = name_masked(stmt_text(stmt, 1), arena);
	row->number = arena_printf(arena, "*%s", number + (len > TAIL ? len - TAIL : 0));
	row->source = arena_strdup(arena, stmt_text(stmt, 3));
	row->target = target_of(stmt_text(stmt, 4), arena_strdup(arena, stmt_text(stmt, 5)), arena);
	row->granted_centi = stmt_int(stmt, 6);
	if (stmt_text(stmt, 7) && date_parse(stmt_text(stmt, 7), &day))
		row->notice_from = day;
	if (stmt_text(stmt, 8) && date_parse(stmt_text(stmt, 8), &day))
		row->notice_to = day;
	return row;
}

int card_notice(struct card *card, struct error *err)
{
	struct tx *tx = card->tx;
	struct where where;
	struct stmt *stmt;
	int step = 0;

	if (card_no_subject(card, KIND_NOTICE_ROW, err) < 0)
		return err->code;
	where_init(&where, tx->arena);
	where_scope(&where, KIND_CREDIT_CLAIM, tx->actor);
	where_add(&where, "t.state = ?", "t", "NOTICE");
	where_add(&where, "l.granted_centi > ?", "i", INT64_C(0));
	if (db_prepare(tx->db, arena_printf(tx->arena, "%s%s ORDER BY g.code, s.student_no, t.id, "
					    "l.line_no", notice_sql, buf_cstr(&where.sql)),
		       &stmt, err) == 0) {
		where_bind(&where, stmt, 1);
		while ((step = stmt_step(stmt, err)) > 0)
			bundle_add(card->bundle, &notice_row_fields, notice_read(stmt, tx->arena));
		stmt_reset(stmt);
	}
	where_release(&where);
	return err->code < 0 ? err->code : step;
}

/* --- the roll of a cohort --- */

static const char roll_sql[] =
	"SELECT w.cycle, w.anchor_on, e.team_offset,"
	" (SELECT a.mark FROM attendance a WHERE a.session_id = ?1 AND a.student_id = ?2)"
	" FROM student s LEFT JOIN employment e ON e.person_id = s.person_id"
	" AND e.valid_to IS NULL LEFT JOIN shift_pattern w ON w.id = e.shift_pattern_id"
	" WHERE s.id = ?2";

static int roll_add(struct card *card, const struct session_slot *slot, int64_t student_id,
		    struct error *err)
{
	struct roll_mark *row = record_new(card->tx->arena, &roll_mark_fields);
	struct shift_cycle cycle = { .cycle = NULL };
	char letter[2] = "";
	struct stmt *stmt;
	int step;

	if (db_prepare(card->tx->db, roll_sql, &stmt, err) < 0)
		return err->code;
	stmt_bind_int(stmt, 1, slot->id);
	stmt_bind_int(stmt, 2, student_id);
	step = stmt_step(stmt, err);
	row->session_id = slot->id;
	row->student_id = student_id;
	if (step > 0) {
		cycle.cycle = stmt_text(stmt, 0);
		if (cycle.cycle && stmt_text(stmt, 1) &&
		    date_parse(stmt_text(stmt, 1), &cycle.anchor_on) && stmt_int(stmt, 2) != OV_NULL)
			letter[0] = shift_slot(&cycle, slot->on_date, stmt_int(stmt, 2));
		row->shift = letter[0] ? arena_strdup(card->tx->arena, letter) : NULL;
		row->mark = stmt_text(stmt, 3) ? enum_find(&attendance_mark_enum,
							   stmt_text(stmt, 3)) : OV_NULL;
		bundle_add(card->bundle, &roll_mark_fields, row);
	}
	stmt_reset(stmt);
	return step < 0 ? err->code : 0;
}

int card_roll(struct card *card, struct error *err)
{
	const struct record_list *slots, *members;

	if (card_cohort(card, err) < 0)
		return err->code;
	slots = bundle_list(card->bundle, &session_slot_fields);
	members = bundle_list(card->bundle, &student_hit_fields);
	for (size_t m = 0; m < members->count; m++)
		for (size_t s = 0; s < slots->count; s++)
			if (roll_add(card, slots->items[s],
				     ((struct student_hit *)members->items[m])->id, err) < 0)
				return err->code;
	return 0;
}

/* --- lists of learners --- */

/* Does one learner's part, in memory that is given back after it. */
typedef int each_student(struct card *card, struct tx *scratch, struct student *student,
			 struct error *err);

static int ids_read(struct card *card, const char *more, struct record_list *ids,
		    struct error *err)
{
	struct tx *tx = card->tx;
	struct cohort *cohort = NULL;
	struct where where;
	struct stmt *stmt;
	size_t room = 0;
	int step = 0;

	ids->count = 0;
	if ((card_key(card) || card->request->id > 0) &&
	    card_subject(card, KIND_COHORT, "code", card_key(card), (void **)&cohort, err) < 0)
		return err->code;
	where_init(&where, tx->arena);
	where_scope(&where, KIND_STUDENT, tx->actor);
	if (cohort)
		where_add(&where, "t.cohort_id = ?", "i", cohort->id);
	else
		where_add(&where, more, "");
	if (db_prepare(tx->db, arena_printf(tx->arena, "SELECT t.id FROM student t%s ORDER BY "
					    "t.student_no", buf_cstr(&where.sql)), &stmt, err) == 0) {
		where_bind(&where, stmt, 1);
		while ((step = stmt_step(stmt, err)) > 0) {
			if (ids->count == room) {
				room = room ? room * 2 : 256;
				ids->items = mem_grow(ids->items, room * sizeof *ids->items);
			}
			ids->items[ids->count++] = (void *)(intptr_t)stmt_int(stmt, 0);
		}
		stmt_reset(stmt);
	}
	where_release(&where);
	return err->code < 0 ? err->code : step;
}

/* Everybody of the cohort asked for, or all learners for whom MORE holds. */
static int students_each(struct card *card, const char *more, each_student *each,
			 struct error *err)
{
	struct record_list ids = { .count = 0 };
	struct arena arena = ARENA_INIT;
	struct tx scratch = *card->tx;
	struct student *student;
	int rc = ids_read(card, more, &ids, err);

	scratch.arena = &arena;
	for (size_t i = 0; rc == 0 && i < ids.count; i++) {
		rc = tx_get(&scratch, KIND_STUDENT, (int64_t)(intptr_t)ids.items[i],
			    (void **)&student, err);
		if (rc == 0)
			rc = each(card, &scratch, student, err);
		if (rc == 0 && i % PROGRESS_EVERY == 0)
			rc = card_progress(card, (int64_t)i, (int64_t)ids.count, err);
		arena_clear(&arena);
	}
	arena_release(&arena);
	free(ids.items);
	return rc;
}

static void list_sort(struct card *card, const struct field_table *table,
		      int (*order)(const void *a, const void *b))
{
	const struct record_list *list = bundle_list(card->bundle, table);

	if (list->count)
		qsort(list->items, list->count, sizeof *list->items, order);
}

/* --- graduation --- */

/* The certificate that serves for the two-certificates rule. */
static int certificate_used(struct tx *scratch, const struct student *student, struct arena *arena,
			    const char **text, struct error *err)
{
	const struct filter filters[] = { FILTER_INT("person_id", student->person_id) };
	struct certificate_type *type;
	struct record_list list;

	*text = NULL;
	if (tx_find_all(scratch, KIND_CERTIFICATE, filters, 1, 0, &list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count && !*text; i++) {
		const struct certificate *held = list.items[i];
		struct grad_certificate asked = {
			.verified = held->state == CERT_VERIFIED,
			.revoked = held->state == CERT_REVOKED || held->state == CERT_FALSE,
			.expires_on = held->expires_on,
		};

		if (tx_get(scratch, KIND_CERTIFICATE_TYPE, held->type_id, (void **)&type, err) < 0)
			return err->code;
		asked.category = (enum cert_category)type->category;
		if (graduation_certificate_serves(&asked, scratch->today))
			*text = arena_printf(arena, "%s %s", type->code, type->name);
	}
	return 0;
}

static void findings_text(const struct grad_result *result, struct graduation_row *row,
			  struct arena *arena)
{
	struct buf out = BUF_INIT;

	row->missing_centi = 0;
	for (size_t i = 0; i < result->count; i++) {
		const struct grad_finding *finding = &result->findings[i];

		buf_printf(&out, "%s%s", i ? " " : "", finding->text);
		if (finding->code == REASON_GD_CREDITS_SHORT)
			row->missing_centi = finding->amount_centi;
	}
	row->findings = arena_strdup(arena, buf_cstr(&out));
	buf_release(&out);
}

static int graduation_of(struct card *card, struct tx *scratch, struct student *student,
			 struct error *err)
{
	struct arena *arena = card->tx->arena;
	struct graduation_row *row = record_new(arena, &graduation_row_fields);
	struct programme *programme;
	struct grad_result result;
	struct student_sums sums;
	struct person *person;

	if (student_sums_load(scratch, student, &sums, err) < 0 ||
	    graduation_run(scratch, student, &sums, &result, err) < 0 ||
	    tx_get(scratch, KIND_PERSON, student->person_id, (void **)&person, err) < 0 ||
	    tx_get(scratch, KIND_PROGRAMME, student->programme_id, (void **)&programme, err) < 0 ||
	    certificate_used(scratch, student, arena, &row->certificate, err) < 0)
		return err->code;
	row->result = result.passed ? reason_code(REASON_GD_OK) : _("not yet");
	row->student_no = arena_strdup(arena, student->student_no);
	row->name = arena_strdup(arena, person->full_name);
	row->programme = arena_strdup(arena, programme->code);
	row->counted_centi = sums.earned_centi + sums.transferred_centi;
	findings_text(&result, row, arena);
	bundle_add(card->bundle, &graduation_row_fields, row);
	return 0;
}

/* Those who may graduate first, then by number. */
static int graduation_order(const void *a, const void *b)
{
	const struct graduation_row *x = *(void *const *)a, *y = *(void *const *)b;
	const bool ok_x = !strncmp(x->result, "GD_", 3), ok_y = !strncmp(y->result, "GD_", 3);

	return ok_x != ok_y ? ok_y - ok_x : strcmp(x->student_no, y->student_no);
}

int card_graduation(struct card *card, struct error *err)
{
	if (students_each(card, "t.status = 'ACTIVE'", graduation_of, err) < 0)
		return err->code;
	list_sort(card, &graduation_row_fields, graduation_order);
	return 0;
}

/* --- caps --- */

struct cap_of {
	const char *name;
	int64_t bp, transferred;
};

static void cap_add(struct card *card, const struct cap_row *head, const struct cap_of *cap,
		    int64_t base)
{
	enum { WHOLE_BP = 10000 };
	struct cap_row *row;

	if (cap->bp == OV_NULL)
		return;
	row = record_new(card->tx->arena, &cap_row_fields);
	*row = *head;
	row->source_class = cap->name;
	row->transferred_centi = cap->transferred;
	row->cap_centi = base * cap->bp / WHOLE_BP; /* DOMAIN.md 5.4: rounded down */
	row->room_centi = row->cap_centi - cap->transferred;
	row->room_centi = row->room_centi < 0 ? 0 : row->room_centi;
	row->share_bp = base > 0 ? cap->transferred * WHOLE_BP / base : OV_NULL;
	bundle_add(card->bundle, &cap_row_fields, row);
}

static int caps_of(struct card *card, struct tx *scratch, struct student *student,
		   struct error *err)
{
	struct arena *arena = card->tx->arena;
	struct cap_row head = { .student_no = NULL };
	struct curriculum *curriculum;
	struct programme *programme;
	struct student_sums sums;
	struct cap_profile *caps;
	struct person *person;

	if (student_sums_load(scratch, student, &sums, err) < 0 ||
	    tx_get(scratch, KIND_PERSON, student->person_id, (void **)&person, err) < 0 ||
	    tx_get(scratch, KIND_PROGRAMME, student->programme_id, (void **)&programme, err) < 0 ||
	    tx_get(scratch, KIND_CURRICULUM, student->curriculum_id, (void **)&curriculum, err) < 0 ||
	    tx_get(scratch, KIND_CAP_PROFILE, programme->cap_profile, (void **)&caps, err) < 0)
		return err->code;
	head.student_no = arena_strdup(arena, student->student_no);
	head.name = arena_strdup(arena, person->full_name);
	head.programme = arena_strdup(arena, programme->code);
	head.profile = arena_printf(arena, "%s@%" PRId64, caps->code, caps->version);
	{
		const struct cap_of list[] = {
			{ _("in all"), caps->overall_bp, sums.transferred_centi },
			{ "S1", caps->s1_bp, sums.by_class[CLASS_S1] },
			{ "S2", caps->s2_bp, sums.by_class[CLASS_S2] },
			{ "S3", caps->s3_bp, sums.by_class[CLASS_S3] },
			{ "S4", caps->s4_bp, sums.by_class[CLASS_S4] },
		};

		for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
			cap_add(card, &head, &list[i], curriculum->min_total_centi);
	}
	return 0;
}

static int cap_order(const void *a, const void *b)
{
	const struct cap_row *x = *(void *const *)a, *y = *(void *const *)b;
	int order;

	if (x->room_centi != y->room_centi)
		return x->room_centi < y->room_centi ? -1 : 1;
	order = strcmp(x->student_no, y->student_no);
	return order ? order : strcmp(x->source_class, y->source_class);
}

int card_caps(struct card *card, struct error *err)
{
	if (students_each(card, "EXISTS (SELECT 1 FROM account a WHERE a.student_id = t.id "
			  "AND a.kind = 'TRANSFER')", caps_of, err) < 0)
		return err->code;
	list_sort(card, &cap_row_fields, cap_order);
	return 0;
}

/* --- audit --- */

static const char audit_sql[] =
	"SELECT t.seq, t.at, u.login, t.action, t.object_kind, t.object_id, t.detail, t.reason,"
	" lower(substr(hex(t.hash), 1, 8)) FROM audit_event t JOIN \"user\" u ON u.id = t.user_id"
	" WHERE t.at >= ? AND t.at < ? ORDER BY t.id";

int card_audit(struct card *card, struct error *err)
{
	const int64_t offset = card->tx->local->clock.utc_offset;
	struct stmt *stmt;
	int64_t count = 0;
	int step, rc = 0;

	if (card_no_subject(card, KIND_AUDIT_LINE, err) < 0 ||
	    db_prepare(card->tx->db, audit_sql, &stmt, err) < 0)
		return err->code;
	stmt_bind_int(stmt, 1, card->from * DAY_SECONDS - offset);
	stmt_bind_int(stmt, 2, card->to * DAY_SECONDS - offset);
	while (rc == 0 && (step = stmt_step(stmt, err)) != 0) {
		if (step < 0)
			return err->code;
		bundle_add(card->bundle, &audit_line_fields,
			   local_row(&audit_line_fields, stmt, 0, card->tx->arena));
		if (++count % PROGRESS_EVERY == 0)
			rc = card_progress(card, count, 0, err);
	}
	stmt_reset(stmt);
	return rc;
}
