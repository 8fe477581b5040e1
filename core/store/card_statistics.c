/* D8: the figures of a period, each from one question to the records. */
#include "core/store/card_print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"

enum { WHOLE_BP = 10000, MINUTES = 60 };

/* Each asks for item, count, credits; ?1 and ?2 are the days, ?3 and ?4 their
 * instants, ?5 the branch or centre (null: all). */
#define IN_SCOPE "(?5 IS NULL OR s.branch_id = ?5 OR s.centre_id = ?5)"
#define CLAIM_STEP(STEP) \
	"SELECT '" STEP "', count(*), NULL FROM audit_event e JOIN credit_claim c" \
	" ON c.id = e.object_id JOIN student s ON s.id = c.student_id" \
	" WHERE e.object_kind = 'credit_claim' AND e.at >= ?3 AND e.at < ?4" \
	" AND e.detail LIKE '%>" STEP "' AND " IN_SCOPE

static const struct figure {
	const char *section; /* untranslated */
	const struct enum_table *codes; /* of the item; NULL: as it is */
	const char *sql;
	bool credits;
} figures[] = {
	{ N_("Learners by standing"), &student_status_enum,
	  "SELECT s.status, count(*), NULL FROM student s WHERE " IN_SCOPE " GROUP BY 1 ORDER BY 1",
	  false },
	{ N_("Learners by programme"), NULL,
	  "SELECT g.code || ' ' || g.name, count(*), NULL FROM student s JOIN programme g"
	  " ON g.id = s.programme_id WHERE " IN_SCOPE " GROUP BY 1 ORDER BY 1", false },
	{ N_("Learners by plant"), NULL,
	  "SELECT coalesce(e.plant, '—'), count(*), NULL FROM student s LEFT JOIN employment e"
	  " ON e.person_id = s.person_id AND e.valid_to IS NULL WHERE " IN_SCOPE
	  " GROUP BY 1 ORDER BY 2 DESC, 1", false },
	{ N_("Claims in the period"), &claim_state_enum, CLAIM_STEP("SUBMITTED"), false },
	{ N_("Claims in the period"), &claim_state_enum, CLAIM_STEP("SECOND_OK"), false },
	{ N_("Claims in the period"), &claim_state_enum, CLAIM_STEP("POSTED"), false },
	{ N_("Claims in the period"), &claim_state_enum, CLAIM_STEP("REJECTED"), false },
	{ N_("Claims in the period"), &claim_state_enum, CLAIM_STEP("REVOKED"), false },
	{ N_("Claims by state now"), &claim_state_enum,
	  "SELECT c.state, count(*), NULL FROM credit_claim c JOIN student s ON s.id = c.student_id"
	  " WHERE " IN_SCOPE " GROUP BY 1 ORDER BY 1", false },
	{ N_("Credits booked in the period"), NULL,
	  "SELECT CASE a.kind WHEN 'TRANSFER' THEN coalesce(l.source_class, '—') ELSE a.kind END,"
	  " count(*), sum(l.amount_centi) FROM ledger_entry l JOIN account a ON a.id = l.account_id"
	  " JOIN student s ON s.id = a.student_id WHERE l.booked_on >= ?1 AND l.booked_on < ?2 AND "
	  IN_SCOPE " GROUP BY 1 ORDER BY 1", true },
	{ N_("Meetings in the period"), &session_state_enum,
	  "SELECT x.state, count(*), NULL FROM session x WHERE x.on_date >= ?1 AND x.on_date < ?2"
	  " AND (?5 IS NULL OR EXISTS (SELECT 1 FROM session_cohort j JOIN cohort h"
	  " ON h.id = j.cohort_id JOIN branch b ON b.id = h.centre_id WHERE j.session_id = x.id"
	  " AND (b.id = ?5 OR b.parent_id = ?5))) GROUP BY 1 ORDER BY 1", false },
	{ N_("Attendance"), &attendance_mark_enum,
	  "SELECT a.mark, count(*), NULL FROM attendance a JOIN session x ON x.id = a.session_id"
	  " JOIN student s ON s.id = a.student_id WHERE x.on_date >= ?1 AND x.on_date < ?2 AND "
	  IN_SCOPE " GROUP BY 1 ORDER BY 1", false },
};

struct days {
	char from[DATE_TEXT], to[DATE_TEXT];
};

static void bind(struct card *card, struct stmt *stmt, const struct days *days)
{
	const int64_t offset = card->tx->local->clock.utc_offset;

	stmt_bind_text(stmt, 1, days->from);
	stmt_bind_text(stmt, 2, days->to);
	stmt_bind_int(stmt, 3, card->from * DAY_SECONDS - offset);
	stmt_bind_int(stmt, 4, card->to * DAY_SECONDS - offset);
	stmt_bind_int(stmt, 5, card->tx->actor->system ? OV_NULL : card->tx->actor->branch_id);
}

static struct statistic *statistic_add(struct card *card, const char *section, const char *item,
				       int64_t count)
{
	struct statistic *row = record_new(card->tx->arena, &statistic_fields);

	row->section = _(section);
	row->item = item;
	row->count = count;
	bundle_add(card->bundle, &statistic_fields, row);
	return row;
}

static const char *item_name(const struct figure *figure, const char *code, struct arena *arena)
{
	const int64_t value = figure->codes ? enum_find(figure->codes, code) : OV_NULL;
	int64_t account;

	if (value != OV_NULL)
		return enum_label(figure->codes, value);
	account = figure->credits ? enum_find(&account_kind_enum, code) : OV_NULL;
	return account != OV_NULL ? enum_label(&account_kind_enum, account) :
	       arena_strdup(arena, code);
}

/* Shares are of all that is counted in the figure. */
static int figure_read(struct card *card, const struct figure *figure, const struct days *days,
		       struct error *err)
{
	struct statistic *rows[128];
	size_t count = 0;
	int64_t whole = 0;
	struct stmt *stmt;
	int step;

	if (db_prepare(card->tx->db, figure->sql, &stmt, err) < 0)
		return err->code;
	bind(card, stmt, days);
	while ((step = stmt_step(stmt, err)) > 0) {
		struct statistic *row = statistic_add(card, figure->section,
			item_name(figure, stmt_text(stmt, 0), card->tx->arena), stmt_int(stmt, 1));

		if (figure->credits)
			row->credit_centi = stmt_int(stmt, 2);
		if (count < sizeof rows / sizeof rows[0])
			rows[count++] = row;
		whole += row->count;
	}
	stmt_reset(stmt);
	for (size_t i = 0; count > 1 && whole > 0 && i < count; i++)
		rows[i]->share_bp = rows[i]->count * WHOLE_BP / whole;
	return step < 0 ? err->code : 0;
}

/* --- how long claims take --- */

static const char days_sql[] =
	"SELECT e.at, c.submitted_on FROM audit_event e JOIN credit_claim c ON c.id = e.object_id"
	" JOIN student s ON s.id = c.student_id WHERE e.object_kind = 'credit_claim'"
	" AND e.at >= ?3 AND e.at < ?4 AND (e.detail LIKE '%>POSTED' OR e.detail LIKE '%>REJECTED')"
	" AND c.submitted_on IS NOT NULL AND (?1 <= ?2) AND " IN_SCOPE;

static int int_order(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* The nearest rank: the smallest value that PART per cent do not exceed. */
static int64_t rank(const int64_t *sorted, size_t count, size_t part)
{
	return sorted[(count * part + 99) / 100 - 1];
}

static int durations_read(struct card *card, const struct days *days, struct error *err)
{
	static const char section[] = N_("Days from submission to decision");
	int64_t *took = NULL, from;
	size_t count = 0, room = 0;
	struct stmt *stmt;
	int step;

	if (db_prepare(card->tx->db, days_sql, &stmt, err) < 0)
		return err->code;
	bind(card, stmt, days);
	while ((step = stmt_step(stmt, err)) > 0) {
		if (!date_parse(stmt_text(stmt, 1), &from))
			continue;
		if (count == room) {
			room = room ? room * 2 : 64;
			took = mem_grow(took, room * sizeof *took);
		}
		took[count++] = instant_date(stmt_int(stmt, 0), card->tx->local->clock.utc_offset) -
				from;
	}
	stmt_reset(stmt);
	if (step == 0 && count) {
		qsort(took, count, sizeof *took, int_order);
		statistic_add(card, section, _("median"), rank(took, count, 50));
		statistic_add(card, section, _("90th percentile"), rank(took, count, 90));
	}
	free(took);
	return step < 0 ? err->code : 0;
}

/* --- rooms --- */

static const char rooms_sql[] =
	"SELECT r.code || ' ' || r.name, count(x.id), coalesce(sum(x.end_min - x.start_min), 0),"
	" ?1, ?2, ?3, ?4, ?5 FROM room r LEFT JOIN session x ON x.room_id = r.id"
	" AND x.on_date >= ?1 AND x.on_date < ?2 AND x.state NOT IN ('CANCELLED', 'MOVED')"
	" GROUP BY r.id ORDER BY r.code";

static int rooms_read(struct card *card, const struct days *days, struct error *err)
{
	struct stmt *stmt;
	int step;

	if (db_prepare(card->tx->db, rooms_sql, &stmt, err) < 0)
		return err->code;
	bind(card, stmt, days);
	while ((step = stmt_step(stmt, err)) > 0) {
		struct statistic *row = statistic_add(card, N_("Use of rooms"),
			arena_strdup(card->tx->arena, stmt_text(stmt, 0)), stmt_int(stmt, 1));
		const int64_t minutes = stmt_int(stmt, 2);

		row->note = arena_printf(card->tx->arena, _("%lld h %02lld min"),
					 (long long)(minutes / MINUTES),
					 (long long)(minutes % MINUTES));
	}
	stmt_reset(stmt);
	return step < 0 ? err->code : 0;
}

int card_statistics(struct card *card, struct error *err)
{
	const size_t count = sizeof figures / sizeof figures[0];
	struct days days;

	if (card_no_subject(card, KIND_STATISTIC, err) < 0)
		return err->code;
	date_format(card->from, days.from);
	date_format(card->to, days.to);
	for (size_t i = 0; i < count; i++)
		if (figure_read(card, &figures[i], &days, err) < 0 ||
		    card_progress(card, (int64_t)i + 1, (int64_t)count + 2, err) < 0)
			return err->code;
	if (durations_read(card, &days, err) < 0)
		return err->code;
	return rooms_read(card, &days, err);
}
