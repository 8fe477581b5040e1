/* A copy of everything held on a person, for the person (PIPL; DOMAIN.md 7, D9).
 *
 * Each record's field table says what there is, so a field that is added later
 * is in the copy as well. The copy is in clear, which makes it a reveal: the
 * trail has user, reason and person. */
#include "core/store/commands/handlers.h"

#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/store/card_print.h"
#include "core/store/commands/person_args.h"

struct copy {
	struct tx *tx;
	struct bundle *bundle;
	struct error *err;
};

/* How people name the record a reference points at. */
static const char *key_text(const struct copy *copy, const struct field *field, int64_t id)
{
	static const char *const keys[] = { "code", "student_no", "claim_no", "login",
					    "rule_code", "version", "full_name" };
	struct error ignored = ERROR_INIT;
	void *record;

	if (tx_get(copy->tx, (enum kind)field->ref, id, &record, &ignored) == 0)
		for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
			const struct field *key = field_find(kind_fields((enum kind)field->ref),
							     keys[i]);

			if (key && key->type == FT_TEXT && !field_is_null(key, record))
				return field_text(key, record);
		}
	return arena_printf(copy->tx->arena, "%lld", (long long)id);
}

static void value_add(struct copy *copy, const char *entity, const char *name, const char *value)
{
	struct copy_field *row = record_new(copy->tx->arena, &copy_field_fields);

	row->entity = entity;
	row->field = name;
	row->value = value;
	bundle_add(copy->bundle, &copy_field_fields, row);
}

static void record_add(struct copy *copy, const struct field_table *table, const void *record)
{
	const char *entity = arena_printf(copy->tx->arena, "%s %lld", _(table->label),
					  (long long)((const struct record_head *)record)->id);
	char text[2048];

	for (size_t i = 0; i < table->count; i++) {
		const struct field *field = &table->fields[i];
		const char *value;

		if (field->flags & SECRET || field->type == FT_HASH || field->type == FT_LIST ||
		    field_is_null(field, record))
			continue;
		value = field->type == FT_REF ? key_text(copy, field, field_int(field, record)) :
			arena_strdup(copy->tx->arena, field_show(field, record, text, sizeof text));
		value_add(copy, entity, _(field->label), value);
	}
}

static int list_add(struct copy *copy, enum kind kind, const char *field, int64_t id,
		    struct record_list *list)
{
	const struct filter filters[] = { FILTER_INT(field, id) };

	if (tx_find_all(copy->tx, kind, filters, 1, 0, list, copy->err) < 0)
		return copy->err->code;
	for (size_t i = 0; i < list->count; i++)
		record_add(copy, kind_fields(kind), list->items[i]);
	return 0;
}

static int claim_add(struct copy *copy, int64_t claim_id)
{
	struct record_list lines, ignored;

	if (list_add(copy, KIND_CLAIM_LINE, "claim_id", claim_id, &lines) < 0)
		return copy->err->code;
	for (size_t i = 0; i < lines.count; i++)
		if (list_add(copy, KIND_EVIDENCE, "line_id",
			     ((struct claim_line *)lines.items[i])->id, &ignored) < 0)
			return copy->err->code;
	return list_add(copy, KIND_CLAIM_EXPLANATION, "claim_id", claim_id, &ignored);
}

static int student_add(struct copy *copy, int64_t student_id)
{
	struct record_list list, entries;

	if (list_add(copy, KIND_ENROLMENT, "student_id", student_id, &list) < 0 ||
	    list_add(copy, KIND_COURSE_RESULT, "student_id", student_id, &list) < 0 ||
	    list_add(copy, KIND_ATTENDANCE, "student_id", student_id, &list) < 0 ||
	    list_add(copy, KIND_CALENDAR_FEED, "student_id", student_id, &list) < 0 ||
	    list_add(copy, KIND_ACCOUNT, "student_id", student_id, &list) < 0)
		return copy->err->code;
	for (size_t i = 0; i < list.count; i++)
		if (list_add(copy, KIND_LEDGER_ENTRY, "account_id",
			     ((struct account *)list.items[i])->id, &entries) < 0)
			return copy->err->code;
	if (list_add(copy, KIND_CREDIT_CLAIM, "student_id", student_id, &list) < 0)
		return copy->err->code;
	for (size_t i = 0; i < list.count; i++)
		if (claim_add(copy, ((struct credit_claim *)list.items[i])->id) < 0)
			return copy->err->code;
	return 0;
}

/* Who saw values in clear, and when; this copy is not in its own list. */
static const char seen_sql[] =
	"SELECT e.at, u.login, e.action, e.detail, e.reason FROM audit_event e"
	" JOIN \"user\" u ON u.id = e.user_id WHERE e.object_kind = 'person' AND e.object_id = ?"
	" AND e.action IN ('pii.reveal', 'person.copy') ORDER BY e.id";

static int seen_add(struct copy *copy, int64_t person_id)
{
	struct arena *arena = copy->tx->arena;
	char at[INSTANT_TEXT];
	struct stmt *stmt;
	int step;

	if (db_prepare(copy->tx->db, seen_sql, &stmt, copy->err) < 0)
		return copy->err->code;
	stmt_bind_int(stmt, 1, person_id);
	while ((step = stmt_step(stmt, copy->err)) > 0) {
		const char *detail = stmt_text(stmt, 3), *reason = stmt_text(stmt, 4);

		instant_format(stmt_int(stmt, 0), at);
		value_add(copy, _("Seen in clear"), arena_strdup(arena, at),
			  arena_printf(arena, "%s, %s %s: %s", stmt_text(stmt, 1), stmt_text(stmt, 2),
				       detail ? detail : "", reason ? reason : ""));
	}
	stmt_reset(stmt);
	return step < 0 ? copy->err->code : 0;
}

int command_person_copy(struct tx *tx, const struct command *command, struct outcome *outcome,
			struct error *err)
{
	struct copy copy = { .tx = tx, .bundle = &outcome->records, .err = err };
	struct card card = { .tx = tx, .bundle = &outcome->records };
	struct record_list list, ignored;
	void *person;

	if (tx_get(tx, KIND_PERSON, command->target, &person, err) < 0)
		return err->code;
	record_add(&copy, &person_fields, person);
	if (list_add(&copy, KIND_EMPLOYMENT, "person_id", command->target, &ignored) < 0 ||
	    list_add(&copy, KIND_CERTIFICATE, "person_id", command->target, &ignored) < 0 ||
	    list_add(&copy, KIND_PRIOR_RESULT, "person_id", command->target, &ignored) < 0 ||
	    list_add(&copy, KIND_STUDENT, "person_id", command->target, &list) < 0)
		return err->code;
	for (size_t i = 0; i < list.count; i++)
		if (student_add(&copy, ((struct student *)list.items[i])->id) < 0)
			return err->code;
	if (seen_add(&copy, command->target) < 0)
		return err->code;
	tx->audit_detail = "D9";
	return print_head_add(&card, list.count ? ((struct student *)list.items[0])->centre_id : 0,
			      err);
}
