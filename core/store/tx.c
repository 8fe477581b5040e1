/* Write transactions: records in and out, as command handlers see them. */
#include "core/store/tx.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/store/local.h"
#include "core/store/search_index.h"
#include "core/store/search_line.h"

enum { ALL_MAX = 10000, NOTES_BACK = 16 };

int tx_begin(struct tx *tx, struct local *local, struct arena *arena, bool assess,
	     struct error *err)
{
	*tx = (struct tx){
		.local = local, .db = local->db, .arena = arena,
		.actor = &local->store.actor, .assess = assess,
		.now = local_now(local), .today = local_today(local),
	};
	return db_begin(local->db, DB_WRITE, err);
}

int tx_begin_bulk(struct tx *tx, struct local *local, struct arena *arena, bool assess,
		  struct error *err)
{
	struct error ignored = ERROR_INIT;
	int rc = db_bulk(local->db, true, err);

	if (rc == 0)
		rc = tx_begin(tx, local, arena, assess, err);
	if (rc == 0)
		tx->bulk = true;
	else
		db_bulk(local->db, false, &ignored);
	return rc;
}

static void bulk_end(struct tx *tx)
{
	struct error ignored = ERROR_INIT; /* setting flags does not fail */

	if (tx->bulk)
		db_bulk(tx->db, false, &ignored);
	tx->bulk = false;
}

int tx_commit(struct tx *tx, struct error *err)
{
	int rc = tx_flush(tx, err);

	if (rc < 0 || tx->assess) {
		tx_rollback(tx);
		return rc;
	}
	rc = db_commit(tx->db, err);
	bulk_end(tx);
	return rc;
}

void tx_rollback(struct tx *tx)
{
	db_rollback(tx->db);
	tx->note_count = 0;
	search_unmark(tx);
	bulk_end(tx);
}

/* --- the change feed --- */

void tx_note(struct tx *tx, enum kind kind, int64_t first, int64_t last)
{
	size_t back = tx->note_count < NOTES_BACK ? tx->note_count : NOTES_BACK;

	for (size_t i = 1; i <= back; i++) {
		struct change_note *note = &tx->notes[tx->note_count - i];

		if (note->kind != kind)
			continue;
		if (first >= note->first && last <= note->last)
			return;
		if (first == note->last + 1) {
			note->last = last;
			return;
		}
	}
	if (tx->note_count == tx->note_room) {
		size_t room = tx->note_room ? tx->note_room * 2 : 16;
		struct change_note *grown = arena_array(tx->arena, room, sizeof *grown);

		if (tx->note_count)
			memcpy(grown, tx->notes, tx->note_count * sizeof *grown);
		tx->notes = grown;
		tx->note_room = room;
	}
	tx->notes[tx->note_count++] = (struct change_note){ kind, first, last };
}

int tx_flush(struct tx *tx, struct error *err)
{
	struct stmt *stmt = NULL;
	int rc = search_flush(tx, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < tx->note_count; i++) {
		const struct change_note *note = &tx->notes[i];

		rc = db_prepare(tx->db, "INSERT INTO change (kind, first_id, last_id, at) "
				"VALUES (?, ?, ?, ?)", &stmt, err);
		if (rc < 0)
			return rc;
		stmt_bind_text(stmt, 1, kind_fields(note->kind)->name);
		stmt_bind_int(stmt, 2, note->first);
		stmt_bind_int(stmt, 3, note->last);
		stmt_bind_int(stmt, 4, tx->now);
		rc = stmt_run(stmt, err);
		if (rc < 0)
			return rc;
		tx->change_seq = db_last_id(tx->db);
	}
	tx->note_count = 0;
	return 0;
}

/* --- reading --- */

int tx_get(struct tx *tx, enum kind kind, int64_t id, void **record, struct error *err)
{
	int rc = local_load(tx->local, kind, id, tx->arena, record, err);

	if (rc == 0 && !*record)
		return local_not_found(kind, id, NULL, err);
	return rc;
}

static int select_stmt(struct tx *tx, enum kind kind, const char *columns,
		       struct where *where, const char *tail, struct stmt **stmt,
		       struct error *err)
{
	struct buf sql = BUF_INIT;
	int rc;

	buf_printf(&sql, "SELECT %s FROM \"%s\" t%s%s", columns, kind_fields(kind)->name,
		   buf_cstr(&where->sql), tail);
	rc = db_prepare(tx->db, buf_cstr(&sql), stmt, err);
	buf_release(&sql);
	if (rc == 0)
		where_bind(where, *stmt, 1);
	return rc;
}

int tx_find_all(struct tx *tx, enum kind kind, const struct filter *filters,
		size_t count, int limit, struct record_list *list, struct error *err)
{
	const struct field_table *table = kind_fields(kind);
	size_t most = limit > 0 ? (size_t)limit : ALL_MAX, room = 0;
	struct where where;
	struct stmt *stmt = NULL;
	int rc;

	*list = (struct record_list){ .table = table };
	where_init(&where, tx->arena);
	rc = where_filters(&where, table, filters, count, err);
	if (rc == 0)
		rc = select_stmt(tx, kind, local_sql(tx->local, kind)->columns, &where,
				 " ORDER BY t.id", &stmt, err);
	if (rc < 0) {
		where_release(&where);
		return rc;
	}
	while (list->count < most && (rc = stmt_step(stmt, err)) > 0) {
		if (list->count == room) {
			void **items = arena_array(tx->arena, room ? room * 2 : 8, sizeof *items);

			if (room)
				memcpy(items, list->items, room * sizeof *items);
			room = room ? room * 2 : 8;
			list->items = items;
		}
		list->items[list->count++] = local_row(table, stmt, 0, tx->arena);
	}
	if (rc >= 0)
		stmt_reset(stmt);
	where_release(&where);
	return rc < 0 ? rc : 0;
}

int tx_find_one(struct tx *tx, enum kind kind, const struct filter *filters,
		size_t count, void **record, struct error *err)
{
	struct record_list list;
	int rc = tx_find_all(tx, kind, filters, count, 1, &list, err);

	*record = rc == 0 && list.count ? list.items[0] : NULL;
	return rc;
}

int tx_by_text(struct tx *tx, enum kind kind, const char *field, const char *text,
	       void **record, struct error *err)
{
	struct filter filter = FILTER_TEXT(field, text);
	int rc = tx_find_one(tx, kind, &filter, 1, record, err);

	if (rc == 0 && !*record)
		return local_not_found(kind, 0, text, err);
	return rc;
}

int tx_count(struct tx *tx, enum kind kind, const struct filter *filters,
	     size_t count, int64_t *result, struct error *err)
{
	struct where where;
	struct stmt *stmt = NULL;
	int rc;

	*result = 0;
	where_init(&where, tx->arena);
	rc = where_filters(&where, kind_fields(kind), filters, count, err);
	if (rc == 0)
		rc = select_stmt(tx, kind, "count(*)", &where, "", &stmt, err);
	if (rc == 0)
		rc = stmt_step(stmt, err);
	if (rc > 0) {
		*result = stmt_int(stmt, 0);
		stmt_reset(stmt);
	}
	where_release(&where);
	return rc < 0 ? rc : 0;
}

/* --- writing --- */

/* The database says which column; people are told its label. A broken
 * reference it doesn't even say, so they are tried one by one. */
static int name_field(struct tx *tx, const struct field_table *table, const void *record,
		      struct error *err)
{
	const struct field *field = NULL;
	int reason = err->reason;

	if (reason == REASON_FIELD_UNIQUE)
		field = local_field(table, err->field);
	for (size_t i = 0; reason == REASON_FIELD_REFERENCE && i < table->count; i++) {
		const struct field *ref = &table->fields[i];
		struct error unused = ERROR_INIT;
		void *there = NULL;

		if (ref->type != FT_REF || field_is_null(ref, record))
			continue;
		if (local_load(tx->local, (enum kind)ref->ref, field_int(ref, record),
			       tx->arena, &there, &unused) == 0 && !there)
			field = ref;
	}
	if (field)
		return error_reason(err, (enum reason)reason, "field", field->name,
				    "label", _(field->label), NULL);
	return err->code;
}

static int check(struct tx *tx, const struct field_table *table, const void *record,
		 struct error *err)
{
	struct problems own, *list = tx->problems;
	size_t before;

	if (!list) {
		own.count = 0; /* its slots are cleared as they are taken: they are large */
		list = &own;
	}
	before = list->count;
	if (record_check(table, record, tx->today, list) == 0)
		return 0;
	*err = list->item[before < PROBLEMS_MAX ? before : PROBLEMS_MAX - 1];
	return err->code;
}

int tx_insert(struct tx *tx, enum kind kind, void *record, struct error *err)
{
	const struct field_table *table = kind_fields(kind);
	struct record_head *head = record;
	struct stmt *stmt = NULL;
	int rc = check(tx, table, record, err);

	if (rc == 0)
		rc = db_prepare(tx->db, local_sql(tx->local, kind)->insert, &stmt, err);
	if (rc < 0)
		return rc;
	head->rev = 1;
	head->created_at = tx->now;
	head->created_by = tx->actor->user_id;
	stmt_bind_int(stmt, 1, head->id > 0 ? head->id : OV_NULL);
	stmt_bind_int(stmt, 2, head->rev);
	stmt_bind_int(stmt, 3, head->created_at);
	stmt_bind_int(stmt, 4, head->created_by);
	for (size_t i = 0; i < table->count; i++)
		local_bind(stmt, (int)i + 5, &table->fields[i], record, tx->arena);
	rc = stmt_run(stmt, err);
	if (rc < 0)
		return name_field(tx, table, record, err);
	head->id = db_last_id(tx->db);
	tx_note(tx, kind, head->id, head->id);
	return search_touch(tx, kind, NULL, record, err);
}

static int stale(struct tx *tx, enum kind kind, int64_t id, struct error *err)
{
	char rev[24];
	void *record;
	int rc = tx_get(tx, kind, id, &record, err);

	if (rc < 0)
		return rc;
	snprintf(rev, sizeof rev, "%" PRId64, ((struct record_head *)record)->rev);
	rc = error_reason(err, REASON_SM_STALE, "rev", rev, NULL);
	err->current_rev = ((struct record_head *)record)->rev;
	return rc;
}

int tx_update(struct tx *tx, enum kind kind, void *record, struct error *err)
{
	const struct field_table *table = kind_fields(kind);
	struct record_head *head = record;
	struct stmt *stmt = NULL;
	void *before = NULL; /* the index must forget what the record was */
	int rc = check(tx, table, record, err);

	if (rc == 0 && (kind == KIND_PERSON || kind == KIND_STUDENT))
		rc = tx_get(tx, kind, head->id, &before, err);
	if (rc == 0)
		rc = db_prepare(tx->db, local_sql(tx->local, kind)->update, &stmt, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < table->count; i++)
		local_bind(stmt, (int)i + 1, &table->fields[i], record, tx->arena);
	stmt_bind_int(stmt, (int)table->count + 1, head->id);
	stmt_bind_int(stmt, (int)table->count + 2, head->rev);
	rc = stmt_run(stmt, err);
	if (rc < 0)
		return name_field(tx, table, record, err);
	if (db_changed(tx->db) != 1)
		return stale(tx, kind, head->id, err);
	head->rev++;
	tx_note(tx, kind, head->id, head->id);
	return search_touch(tx, kind, before, record, err);
}

int tx_remove_day(struct tx *tx, int64_t id, struct error *err)
{
	struct stmt *stmt = NULL;
	int rc = db_prepare(tx->db, "DELETE FROM calendar_day WHERE id = ?", &stmt, err);

	if (rc == 0) {
		stmt_bind_int(stmt, 1, id);
		rc = stmt_run(stmt, err);
	}
	if (rc == 0)
		tx_note(tx, KIND_CALENDAR_DAY, id, id);
	return rc;
}

/* --- numbers and messages --- */

int tx_claim_number(struct tx *tx, char out[15], struct error *err)
{
	struct civil day = date_to_civil(tx->today);
	struct stmt *stmt = NULL;
	char month[7];
	int64_t last;
	int rc;

	snprintf(month, sizeof month, "%04u%02u", (unsigned)day.year % 10000,
		 (unsigned)day.month % 100);
	rc = db_prepare(tx->db, "INSERT INTO claim_counter (month, last) VALUES (?, 1) "
			"ON CONFLICT (month) DO UPDATE SET last = claim_counter.last + 1", &stmt, err);
	if (rc < 0)
		return rc;
	stmt_bind_text(stmt, 1, month);
	rc = stmt_run(stmt, err);
	if (rc == 0)
		rc = db_prepare(tx->db, "SELECT last FROM claim_counter WHERE month = ?", &stmt, err);
	if (rc < 0)
		return rc;
	stmt_bind_text(stmt, 1, month);
	rc = stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	last = stmt_int(stmt, 0);
	stmt_reset(stmt);
	if (last > 999999)
		return error_reason(err, REASON_BUG, "what", "claim numbers of a month", NULL);
	snprintf(out, 15, "CL%s%06u", month, (unsigned)last % 1000000);
	return 0;
}

int tx_outbox_add(struct tx *tx, enum outbox_kind kind, const char *payload,
		  const char *dedup_key, struct error *err)
{
	struct outbox *message = record_new(tx->arena, &outbox_fields);
	uint8_t hash[HASH_BYTES];
	struct stmt *stmt = NULL;
	int rc = db_prepare(tx->db, "SELECT max(id) FROM outbox", &stmt, err);

	if (rc < 0 || (rc = stmt_step(stmt, err)) < 0)
		return rc;
	message->seq = stmt_int(stmt, 0) == OV_NULL ? 1 : stmt_int(stmt, 0) + 1;
	stmt_reset(stmt);
	hash_sha256(payload, strlen(payload), hash);
	message->id = message->seq;
	message->kind = kind;
	message->payload = payload;
	message->sha256 = hash;
	message->state = OUTBOX_PENDING;
	message->tries = 0;
	message->dedup_key = dedup_key;
	return tx_insert(tx, KIND_OUTBOX, message, err);
}
