#include "core/store/card.h"

#include <string.h>

#include "core/model/reason.h"
#include "core/store/card_print.h"
#include "core/store/card_timetable.h"
#include "core/store/claim_rows.h"

bool card_may(const struct card *card, enum permission permission)
{
	return permission_has(card->tx->actor, permission);
}

int card_subject(struct card *card, enum kind kind, const char *field, const char *key,
		 void **record, struct error *err)
{
	int64_t id = card->request->id;
	bool inside;

	if (id > 0) {
		if (tx_get(card->tx, kind, id, record, err) < 0)
			return err->code;
	} else if (!key) {
		return local_not_found(kind, 0, "", err);
	} else if (tx_by_text(card->tx, kind, field, key, record, err) < 0) {
		return err->code;
	}
	if (local_in_scope(card->tx->local, kind, ((struct record_head *)*record)->id, &inside,
			   card->tx->arena, err) < 0)
		return err->code;
	return inside ? 0 : local_not_found(kind, id, id > 0 ? NULL : key, err);
}

int card_add(struct card *card, enum kind kind, int64_t id, struct error *err)
{
	void *record;

	if (id == OV_NULL || id <= 0)
		return 0;
	if (local_load(card->tx->local, kind, id, card->tx->arena, &record, err) < 0)
		return err->code;
	if (record)
		bundle_add(card->bundle, kind_fields(kind), record);
	return 0;
}

int card_add_once(struct card *card, enum kind kind, int64_t id, struct error *err)
{
	const struct record_list *list = bundle_list(card->bundle, kind_fields(kind));

	for (size_t i = 0; i < list->count; i++)
		if (((struct record_head *)list->items[i])->id == id)
			return 0;
	return card_add(card, kind, id, err);
}

int card_add_learner(struct card *card, struct student *student, struct error *err)
{
	bundle_add(card->bundle, &student_fields, student);
	return card_add(card, KIND_PERSON, student->person_id, err);
}

int card_add_claims(struct card *card, int64_t student_id, struct error *err)
{
	const struct filter of_student[] = { FILTER_INT("student_id", student_id) };
	struct tx *tx = card->tx;
	struct record_list list;

	if (!card_may(card, PERM_CLAIM_READ))
		return 0;
	if (tx_find_all(tx, KIND_CREDIT_CLAIM, of_student, 1, 0, &list, err) < 0)
		return err->code;
	for (size_t i = list.count; i-- > 0;) {
		const struct credit_claim *claim = list.items[i];
		struct claim_row *row;

		if (claim_row_load(tx->db, claim->id, tx->actor, tx->today, tx->arena, &row,
				   err) < 0)
			return err->code;
		bundle_add(card->bundle, &claim_row_fields, row);
	}
	return 0;
}

static const struct {
	enum kind kind;
	int (*read)(struct card *card, struct error *err);
	bool print; /* a document is made of it: with a print_head */
} cards[] = {
	{ KIND_STUDENT, card_student, false },
	{ KIND_CREDIT_CLAIM, card_claim, true },
	{ KIND_COHORT, card_cohort, true },
	{ KIND_ACCOUNT, card_account, true },
	{ KIND_TRANSFER_RULE, card_rule, false },
	{ KIND_TRANSCRIPT_ROW, card_transcript, true },
	{ KIND_RECEIPT_SEAL, card_receipt, true },
	{ KIND_NOTICE_ROW, card_notice, true },
	{ KIND_ROLL_MARK, card_roll, true },
	{ KIND_STATISTIC, card_statistics, true },
	{ KIND_GRADUATION_ROW, card_graduation, true },
	{ KIND_CAP_ROW, card_caps, true },
	{ KIND_AUDIT_LINE, card_audit, true },
	{ KIND_STUDENT_ROUTE, card_route, false },
	{ KIND_TERM, card_term, false },
	{ KIND_PLAN_DRAFT, card_plan, false },
	{ KIND_CONFLICT, card_conflicts, false },
	{ KIND_SESSION_SLOT, card_timetable, true },
	{ KIND_CALENDAR_EVENT, card_calendar, false },
	{ KIND_WEEK_LOAD, card_load, false },
	{ KIND_PLACE_OFFER, card_places, false },
	{ KIND_MAKEUP_OFFER, card_makeup, false },
	{ KIND_ROLL_LINE, card_roll_call, false },
	{ KIND_WAITING_LINE, card_waiting, false },
	{ KIND_CHAIN_CHECK, card_chain, false },
};

bool store_has_card(enum kind kind)
{
	for (size_t i = 0; i < sizeof cards / sizeof cards[0]; i++)
		if (cards[i].kind == kind)
			return true;
	return false;
}

static int card_read(struct card *card, struct error *err)
{
	for (size_t i = 0; i < sizeof cards / sizeof cards[0]; i++)
		if (cards[i].kind == card->request->kind)
			return cards[i].read(card, err) < 0 ? err->code :
			       cards[i].print ? print_head_add(card, card->centre_id, err) : 0;
	return error_reason(err, REASON_KIND_UNKNOWN, "name",
			    kind_fields(card->request->kind)->name, NULL);
}

int local_card(struct store *store, const struct card_request *request,
	       struct arena *arena, struct bundle *bundle, struct error *err)
{
	struct local *local = (struct local *)store;
	struct tx tx = {
		.local = local, .db = local->db, .arena = arena, .actor = &store->actor,
		.now = local_now(local), .today = local_today(local), .assess = true,
	};
	struct card card = { .tx = &tx, .request = request, .bundle = bundle };
	bool looks = db_stands(local->db); /* the server's, of its request */
	int result;

	bundle_init(bundle, arena);
	if (request->kind <= KIND_NONE || request->kind >= KIND_COUNT)
		return error_reason(err, REASON_KIND_UNKNOWN, "name", "", NULL);
	if (local_may_read(local, request->kind, err) < 0)
		return err->code;
	card.from = request->from != OV_NULL ? request->from :
		    tx.today - date_weekday(tx.today) + 1;
	card.to = request->to != OV_NULL ? request->to : card.from + 7;
	/* One snapshot for the whole card, whoever writes meanwhile. */
	local_enter(local);
	result = looks ? 0 : db_begin(local->db, DB_READ, err);
	if (result == 0)
		result = card_read(&card, err);
	if (!looks)
		db_rollback(local->db);
	local_leave(local);
	if (result == 0)
		bundle_mask(bundle, tx.actor);
	return result;
}
