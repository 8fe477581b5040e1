/* get, find and changes of the local store. */
#include "core/store/claim_queues.h"
#include "core/store/claim_rows.h"
#include "core/store/ledger_rows.h"
#include "core/store/local.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"

enum { LIMIT_DEFAULT = 50 };

static int get_record(struct local *local, enum kind kind, int64_t id,
		      struct arena *arena, void **record, struct error *err)
{
	bool inside = false;
	int rc = local_may_read(local, kind, err);

	if (rc < 0)
		return rc;
	if (!kind_stored(kind))
		return error_reason(err, REASON_KIND_UNKNOWN, "name", kind_fields(kind)->name, NULL);
	rc = local_load(local, kind, id, arena, record, err);
	if (rc == 0 && *record)
		rc = local_in_scope(local, kind, id, &inside, arena, err);
	if (rc < 0)
		return rc;
	if (!inside) {
		*record = NULL;
		return local_not_found(kind, id, NULL, err);
	}
	record_mask(kind_fields(kind), *record, &local->store.actor, arena);
	return 0;
}

int local_get(struct store *store, enum kind kind, int64_t id,
	      struct arena *arena, void **record, struct error *err)
{
	struct local *local = (struct local *)store;
	int rc;

	*record = NULL;
	local_enter(local);
	rc = get_record(local, kind, id, arena, record, err);
	local_leave(local);
	return rc;
}

/* --- cursors: EPOCH.MARK.VALUE.ID, value "n" for null --- */

static uint64_t mix(uint64_t hash, const void *bytes, size_t len) /* FNV-1a */
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ p[i]) * 1099511628211u;
	return hash;
}

uint64_t cursor_query_mark(const struct query *query)
{
	uint64_t hash = mix(1469598103934665603u, &query->kind, sizeof query->kind);

	hash = mix(hash, &query->descending, sizeof query->descending);
	if (query->order)
		hash = mix(hash, query->order, strlen(query->order) + 1);
	for (size_t i = 0; i < query->filter_count; i++) {
		const struct filter *filter = &query->filters[i];

		hash = mix(hash, filter->field, strlen(filter->field) + 1);
		hash = mix(hash, &filter->op, sizeof filter->op);
		hash = mix(hash, &filter->number, sizeof filter->number);
		if (filter->text)
			hash = mix(hash, filter->text, strlen(filter->text) + 1);
	}
	return hash;
}

const char *cursor_write(const struct local *local, uint64_t mark, struct cursor at,
			 struct arena *arena)
{
	if (at.value == OV_NULL)
		return arena_printf(arena, "%s.%016" PRIx64 ".n.%" PRId64, local->epoch, mark, at.id);
	return arena_printf(arena, "%s.%016" PRIx64 ".%" PRId64 ".%" PRId64, local->epoch, mark,
			    at.value, at.id);
}

static bool number_part(const char **text, char end, int64_t *value)
{
	char *after;
	size_t len = strspn(*text, "-0123456789");

	if (len == 0 || len > 19 || (*text)[len] != end)
		return false;
	*value = strtoll(*text, &after, 10);
	if (after != *text + len)
		return false;
	*text = after + (end != '\0');
	return true;
}

int cursor_read(const struct local *local, uint64_t mark, const char *text,
		struct cursor *at, struct error *err)
{
	char head[64];
	int len = snprintf(head, sizeof head, "%s.%016" PRIx64 ".", local->epoch, mark);

	if (!strncmp(text, head, (size_t)len)) {
		text += len;
		at->value = OV_NULL;
		if (!strncmp(text, "n.", 2))
			text += 2;
		else if (!number_part(&text, '.', &at->value))
			text = "";
		if (number_part(&text, '\0', &at->id))
			return 0;
	}
	return error_reason(err, REASON_CURSOR_BAD, NULL);
}

/* --- find --- */

/* A field whose values the actor sees as they are, or in part. */
static int visible(const struct local *local, const struct field *field, bool whole,
		   struct error *err)
{
	enum grant grant = field_grant(field, &local->store.actor);
	bool in_clear = grant == GRANT_FULL || (grant == GRANT_MASKED && !field_is_text(field) &&
						field->mask == MASK_ALL);

	if (in_clear || (!whole && grant == GRANT_MASKED))
		return 0;
	return error_reason(err, REASON_PERM_DENIED, "action", _(field->label), NULL);
}

/* Nobody learns by filters or order what he may not see: an exact value of a
 * masked field may be asked for, a range or an order tells too much. */
static int query_check(const struct local *local, const struct query *query,
		       struct error *err)
{
	const struct field_table *table = kind_fields(query->kind);
	const struct field *order = query->order ? local_field(table, query->order) : NULL;

	if (query->limit < 0 || query->limit > STORE_LIMIT_MAX ||
	    query->filter_count > STORE_FILTERS_MAX)
		return error_reason(err, REASON_USAGE, "what",
				    _("At most 500 records and 12 conditions"), NULL);
	if (query->order && (!order || order->type == FT_TEXT || order->type == FT_HASH ||
			     order->type == FT_ENUM || order->type == FT_LIST))
		return error_reason(err, REASON_FIELD_UNKNOWN, "name", query->order, NULL);
	if (order && visible(local, order, true, err) < 0)
		return err->code;
	for (size_t i = 0; i < query->filter_count; i++) {
		const struct filter *filter = &query->filters[i];
		const struct field *field = local_field(table, filter->field);

		if (!field)
			return error_reason(err, REASON_FIELD_UNKNOWN, "name", filter->field, NULL);
		if (visible(local, field, filter->op != FILTER_EQ, err) < 0)
			return err->code;
	}
	return 0;
}

/* Everything behind the cursor in the order of the page; nulls come first,
 * last when descending. */
static void where_after(struct where *where, const struct query *query,
			const struct field *order, struct cursor at)
{
	const char *sign = query->descending ? "<" : ">";
	const char *name = order ? order->name : NULL;
	char *text;

	if (!order) {
		text = arena_printf(where->arena, "t.id %s ?", sign);
		where_add(where, text, "i", at.id);
	} else if (at.value == OV_NULL) {
		text = query->descending ?
		       arena_printf(where->arena, "t.\"%s\" IS NULL AND t.id < ?", name) :
		       arena_printf(where->arena, "(t.\"%s\" IS NOT NULL OR t.id > ?)", name);
		where_add(where, text, "i", at.id);
	} else {
		text = arena_printf(where->arena, query->descending ?
			"((t.\"%s\", t.id) < (?, ?) OR t.\"%s\" IS NULL)" :
			"(t.\"%s\", t.id) > (?, ?)", name, name);
		if (order->type == FT_DATE)
			where_add(where, text, "ti", date_format(at.value,
				  arena_alloc(where->arena, DATE_TEXT)), at.id);
		else
			where_add(where, text, "ii", at.value, at.id);
	}
}

/* A page has one row more than asked for when there is a next one. */
static int read_page(struct local *local, const struct query *query, struct where *where,
		     const struct field *order, uint64_t mark, struct arena *arena,
		     struct page *page, struct error *err)
{
	size_t limit = query->limit ? (size_t)query->limit : LIMIT_DEFAULT;
	const char *down = query->descending ? " DESC" : "";
	struct stmt *stmt;
	int rc = db_prepare(local->db, arena_printf(arena,
		"SELECT %s FROM \"%s\" t%s ORDER BY %s%s%s%st.id%s LIMIT ?",
		local_sql(local, query->kind)->columns, page->table->name, buf_cstr(&where->sql),
		order ? "t.\"" : "", order ? order->name : "", order ? "\"" : "",
		order ? (query->descending ? " DESC NULLS LAST, " : " NULLS FIRST, ") : "", down), &stmt,
		err);

	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, where_bind(where, stmt, 1), (int64_t)limit + 1);
	page->records = arena_array(arena, limit, sizeof *page->records);
	while ((rc = stmt_step(stmt, err)) > 0) {
		if (page->count == limit) {
			const void *last = page->records[limit - 1];
			struct cursor at = { order ? field_int(order, last) : OV_NULL,
					     ((const struct record_head *)last)->id };

			page->next = cursor_write(local, mark, at, arena);
			break;
		}
		page->records[page->count++] = local_row(page->table, stmt, 0, arena);
	}
	if (rc >= 0)
		stmt_reset(stmt);
	return rc < 0 ? rc : 0;
}

static int find_page(struct local *local, const struct query *query,
		     struct arena *arena, struct page *page, struct error *err)
{
	uint64_t mark = cursor_query_mark(query);
	const struct field *order;
	struct where where;
	struct cursor at;
	int rc = local_may_read(local, query->kind, err);

	if (rc < 0)
		return rc;
	if (query->kind == KIND_CLAIM_ROW)
		return claim_rows_find(local, query, arena, page, err);
	if (query->kind == KIND_CLAIM_QUEUE)
		return claim_queues_find(local, query, arena, page, err);
	if (query->kind == KIND_LEDGER_ROW)
		return ledger_rows_find(local, query, arena, page, err);
	if (!kind_stored(query->kind))
		return error_reason(err, REASON_KIND_UNKNOWN, "name",
				    kind_fields(query->kind)->name, NULL);
	rc = query_check(local, query, err);
	if (rc < 0)
		return rc;
	page->table = kind_fields(query->kind);
	order = query->order && strcmp(query->order, "id") != 0 ?
		local_field(page->table, query->order) : NULL;
	where_init(&where, arena);
	rc = where_filters(&where, page->table, query->filters, query->filter_count, err);
	where_scope(&where, query->kind, &local->store.actor);
	if (rc == 0 && query->cursor) {
		rc = cursor_read(local, mark, query->cursor, &at, err);
		if (rc == 0)
			where_after(&where, query, order, at);
	}
	if (rc == 0)
		rc = read_page(local, query, &where, order, mark, arena, page, err);
	where_release(&where);
	for (size_t i = 0; rc == 0 && i < page->count; i++)
		record_mask(page->table, page->records[i], &local->store.actor, arena);
	return rc;
}

int local_find(struct store *store, const struct query *query,
	       struct arena *arena, struct page *page, struct error *err)
{
	struct local *local = (struct local *)store;
	int rc;

	memset(page, 0, sizeof *page);
	local_enter(local);
	rc = find_page(local, query, arena, page, err);
	local_leave(local);
	if (rc < 0)
		memset(page, 0, sizeof *page);
	return rc;
}

/* --- search --- */

int local_search(struct store *store, const char *text, int limit,
		 struct arena *arena, struct page *page, struct error *err)
{
	struct local *local = (struct local *)store;
	/* The server's, of its request. */
	bool within = db_stands(local->db) && !search_names_kept(local->names);
	int rc;

	memset(page, 0, sizeof *page);
	local_enter_search(local);
	rc = local_may_read(local, KIND_STUDENT_HIT, err);
	if (rc == 0)
		rc = search_students(local->db, local->names, &store->actor, &local->recent,
				     text, limit, arena, page, err);
	if (rc < 0) {
		search_names_rest(local->names);
		if (!within) /* statements that are open still */
			db_rollback(local->db);
	}
	local_leave(local);
	/* A state that stands would hand the cancel on to the next question. */
	if (atomic_load(&local->cancelled))
		search_names_rest(local->names);
	return rc;
}

/* --- changes --- */

static int last_seq(struct local *local, int64_t *seq, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(local->db, "SELECT max(seq) FROM change", &stmt, err);

	if (rc < 0 || (rc = stmt_step(stmt, err)) < 0)
		return rc;
	*seq = stmt_int(stmt, 0);
	if (*seq == OV_NULL)
		*seq = 0;
	stmt_reset(stmt);
	return 0;
}

static int read_changes(struct local *local, int64_t after, size_t limit,
			struct arena *arena, struct page *page, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(local->db, "SELECT seq, kind, first_id, last_id, at FROM change "
			    "WHERE seq > ? ORDER BY seq LIMIT ?", &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, after);
	stmt_bind_int(stmt, 2, (int64_t)limit);
	page->records = arena_array(arena, limit, sizeof *page->records);
	while ((rc = stmt_step(stmt, err)) > 0)
		page->records[page->count++] = local_row(page->table, stmt, 0, arena);
	if (rc == 0)
		stmt_reset(stmt);
	return rc;
}

/* A cursor past the end is one of a database that has lost something. */
static int changes_page(struct local *local, const char *cursor, int limit,
			struct arena *arena, struct page *page, struct error *err)
{
	static const uint64_t mark = KIND_CHANGE;
	struct cursor at = { OV_NULL, 0 };
	int64_t last = 0;
	int rc = local_may_read(local, KIND_CHANGE, err);

	if (rc == 0 && (limit < 0 || limit > STORE_CHANGES_MAX))
		rc = error_reason(err, REASON_USAGE, "what", _("At most 1000 changes"), NULL);
	if (rc == 0 && cursor)
		rc = cursor_read(local, mark, cursor, &at, err);
	if (rc == 0)
		rc = last_seq(local, &last, err);
	if (rc == 0 && (at.id > last || at.id < 0))
		rc = error_reason(err, REASON_CURSOR_BAD, NULL);
	if (rc < 0)
		return rc;
	page->table = &change_fields;
	rc = read_changes(local, at.id, limit ? (size_t)limit : LIMIT_DEFAULT, arena, page, err);
	if (rc < 0)
		return rc;
	if (page->count)
		at.id = ((const struct change *)page->records[page->count - 1])->seq;
	page->next = cursor_write(local, mark, at, arena);
	return 0;
}

int local_changes(struct store *store, const char *cursor, int limit,
		  struct arena *arena, struct page *page, struct error *err)
{
	struct local *local = (struct local *)store;
	int rc;

	memset(page, 0, sizeof *page);
	local_enter(local);
	rc = changes_page(local, cursor, limit, arena, page, err);
	local_leave(local);
	if (rc < 0)
		memset(page, 0, sizeof *page);
	return rc;
}
