/* Terms and calendar days. DOMAIN.md 2.15. */
#include "core/store/commands/calendar_args.h"

#include <string.h>

#include "core/base/i18n.h"
#include "core/model/kind.h"
#include "core/model/reason.h"
#include "core/store/command.h"
#include "core/store/commands/handlers.h"
#include "core/store/tx.h"

FIELD_TABLE(term_create_args, TERM_CREATE_ARGS, "term_create_args", N_("term"), false, NULL);
FIELD_TABLE(term_edit_args, TERM_EDIT_ARGS, "term_edit_args", N_("term"), false, NULL);
FIELD_TABLE(calendar_set_args, CALENDAR_SET_ARGS, "calendar_set_args", N_("calendar day"),
	    false, NULL);

/* "2026S" or "2026A" */
static bool term_code_good(const char *code)
{
	return strlen(code) == 5 && strspn(code, "0123456789") == 4 &&
	       (code[4] == 'S' || code[4] == 'A');
}

/* Both days are part of a term, so terms that share one overlap. */
static int term_overlap_check(struct tx *tx, const struct term *term, struct error *err)
{
	const struct filter filters[] = {
		{ .field = "starts_on", .op = FILTER_LE, .number = term->ends_on },
		{ .field = "ends_on", .op = FILTER_GE, .number = term->starts_on },
		{ .field = "id", .op = FILTER_NE, .number = term->id },
	};
	struct term *other;
	int rc = tx_find_one(tx, KIND_TERM, filters, 3, (void **)&other, err);

	if (rc < 0 || !other)
		return rc;
	return error_reason(err, REASON_FIELD_DATES, "field", "starts_on", "label",
			    _("First day"), "other", other->code, NULL);
}

int command_term_create(struct tx *tx, const struct command *command,
			struct outcome *outcome, struct error *err)
{
	const struct term_create_args *args = command->args;
	struct term *term = record_new(tx->arena, &term_fields);
	int rc;

	term->code = args->code;
	term->starts_on = args->starts_on;
	term->ends_on = args->ends_on;
	if (!term_code_good(term->code))
		return error_reason(err, REASON_FIELD_TYPE, "field", "code", "label", _("Term"),
				    "expected", _("a year and S or A, like 2026S"), NULL);
	rc = term_overlap_check(tx, term, err);
	if (rc == 0)
		rc = tx_insert(tx, KIND_TERM, term, err);
	if (rc < 0)
		return rc;
	outcome->id = term->id;
	bundle_add(&outcome->records, &term_fields, term);
	return 0;
}

int command_term_edit(struct tx *tx, const struct command *command,
		      struct outcome *outcome, struct error *err)
{
	const struct term_edit_args *args = command->args;
	struct term *term;
	int rc = tx_get(tx, KIND_TERM, command->target, (void **)&term, err);

	if (rc < 0)
		return rc;
	if (args->starts_on != OV_NULL)
		term->starts_on = args->starts_on;
	if (args->ends_on != OV_NULL)
		term->ends_on = args->ends_on;
	rc = term_overlap_check(tx, term, err);
	if (rc == 0)
		rc = tx_update(tx, KIND_TERM, term, err);
	if (rc == 0)
		bundle_add(&outcome->records, &term_fields, term);
	return rc;
}

/* A day has one meaning: setting it again replaces it. */
int command_calendar_set(struct tx *tx, const struct command *command,
			 struct outcome *outcome, struct error *err)
{
	const struct calendar_set_args *args = command->args;
	const struct filter same_day = FILTER_INT("on_date", args->on_date);
	struct calendar_day *day;
	int rc = tx_find_one(tx, KIND_CALENDAR_DAY, &same_day, 1, (void **)&day, err);

	if (rc < 0)
		return rc;
	if ((args->kind == DAY_SWAPPED_WORKDAY) != (args->acts_as != OV_NULL))
		return error_reason(err, REASON_FIELD_REQUIRED, "field", "acts_as", "label",
				    _("Acts as weekday"), NULL);
	if (!day)
		day = record_new(tx->arena, &calendar_day_fields);
	day->on_date = args->on_date;
	day->kind = args->kind;
	day->acts_as = args->acts_as;
	day->name = args->name;
	rc = day->id ? tx_update(tx, KIND_CALENDAR_DAY, day, err) :
		       tx_insert(tx, KIND_CALENDAR_DAY, day, err);
	if (rc < 0)
		return rc;
	outcome->id = day->id;
	bundle_add(&outcome->records, &calendar_day_fields, day);
	return 0;
}
