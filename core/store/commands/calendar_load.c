/* Versions of the holiday calendar. A notice may be amended during the year: the
 * earlier version is kept, and the meetings on days whose type changed are told.
 * CONFLICTS.md, "Calendar versions". */
#include <stdio.h>
#include <string.h>

#include "core/model/reason.h"
#include "core/store/commands/handlers.h"
#include "core/store/commands/planning_args.h"
#include "core/store/tx.h"

static int day_text(struct error *err, enum reason reason, int64_t day, const char *first_name,
		    const char *first, const char *second_name, const char *second)
{
	char text[DATE_TEXT];

	return error_reason(err, reason, "field", "days", "day", date_format(day, text), first_name,
			    first, second_name, second, NULL);
}

static int days_check(const struct calendar_load_args *args, struct error *err)
{
	char year[24];

	snprintf(year, sizeof year, "%lld", (long long)args->year);
	for (size_t i = 0; i < args->days->count; i++) {
		const struct calendar_day_item *day = args->days->items[i];

		if (date_to_civil(day->on_date).year != args->year)
			return day_text(err, REASON_CALENDAR_YEAR, day->on_date, "year", year, "x", "");
		for (size_t k = 0; k < i; k++) {
			const struct calendar_day_item *other = args->days->items[k];

			if (other->on_date == day->on_date)
				return day_text(err, REASON_CALENDAR_TWICE, day->on_date, "first",
						enum_label(&day_kind_enum, other->kind), "second",
						enum_label(&day_kind_enum, day->kind));
		}
	}
	return 0;
}

/* The version of the year that is in force, or NULL. */
static int current_find(struct tx *tx, int64_t year, struct calendar_version **out,
			struct error *err)
{
	const struct filter in_force[] = {
		FILTER_INT("year", year), FILTER_INT("state", CALENDAR_CURRENT),
	};

	return tx_find_one(tx, KIND_CALENDAR_VERSION, in_force, 2, (void **)out, err);
}

static int version_add(struct tx *tx, const struct calendar_load_args *args,
		       struct calendar_version **out, struct error *err)
{
	struct calendar_version *current, *version = record_new(tx->arena, &calendar_version_fields);
	const struct filter same[] = { FILTER_TEXT("version", args->version) };

	*out = version;
	if (tx_find_one(tx, KIND_CALENDAR_VERSION, same, 1, (void **)&current, err) < 0)
		return err->code;
	if (current)
		return error_reason(err, REASON_CALENDAR_OLD, "field", "version", "version",
				    args->version, NULL);
	if (current_find(tx, args->year, &current, err) < 0)
		return err->code;
	if (current) {
		current->state = CALENDAR_SUPERSEDED;
		if (tx_update(tx, KIND_CALENDAR_VERSION, current, err) < 0)
			return err->code;
	}
	version->year = args->year;
	version->version = args->version;
	version->source = args->source;
	version->published_on = args->published_on;
	version->state = CALENDAR_CURRENT;
	return tx_insert(tx, KIND_CALENDAR_VERSION, version, err);
}

/* The meetings of a day whose type changed, or the day alone. */
static int change_add(struct tx *tx, int64_t on_date, int64_t was, int64_t now, const char *name,
		      struct bundle *bundle, struct error *err)
{
	char text[DATE_TEXT];
	struct stmt *stmt;
	size_t count = 0;
	int step;

	if (db_prepare(tx->db, "SELECT x.id, x.start_min, k.code, (SELECT group_concat(q.code, ' ')"
		       " FROM (SELECT h.code FROM session_cohort j JOIN cohort h ON h.id = j.cohort_id"
		       " WHERE j.session_id = x.id ORDER BY j.cohort_id) q) FROM session x JOIN course k ON k.id = x.course_id"
		       " WHERE x.on_date = ? AND x.state <> 'CANCELLED' AND x.state <> 'HELD'"
		       " ORDER BY x.start_min, x.id", &stmt, err) < 0)
		return err->code;
	stmt_bind_text(stmt, 1, date_format(on_date, text));
	while ((step = stmt_step(stmt, err)) > 0 || count == 0) {
		struct day_change *change = record_new(tx->arena, &day_change_fields);

		change->on_date = on_date;
		change->was = was;
		change->now = now;
		change->name = name;
		if (step > 0) {
			change->session_id = stmt_int(stmt, 0);
			change->start_min = stmt_int(stmt, 1);
			change->course = arena_strdup(tx->arena, stmt_text(stmt, 2));
			change->cohorts = arena_strdup(tx->arena, stmt_text(stmt, 3));
		}
		bundle_add(bundle, &day_change_fields, change);
		count++;
		if (step <= 0)
			break;
	}
	stmt_reset(stmt);
	return step < 0 ? err->code : 0;
}

static const struct calendar_day_item *item_of(const struct calendar_load_args *args, int64_t date)
{
	for (size_t i = 0; args && i < args->days->count; i++) {
		const struct calendar_day_item *item = args->days->items[i];

		if (item->on_date == date)
			return item;
	}
	return NULL;
}

/* Days of the year as they hold now. CLOSED and EXAM days are the centre's own:
 * a notice does not touch them. */
static int year_days(struct tx *tx, int64_t year, struct record_list *list, struct error *err)
{
	const struct filter of_year[] = {
		{ .field = "on_date", .op = FILTER_GE, .number = date_from_civil((int)year, 1, 1) },
		{ .field = "on_date", .op = FILTER_LT, .number = date_from_civil((int)year + 1, 1, 1) },
	};

	return tx_find_all(tx, KIND_CALENDAR_DAY, of_year, 2, 0, list, err);
}

static bool of_a_notice(const struct calendar_day *day)
{
	return day->kind == DAY_HOLIDAY || day->kind == DAY_SWAPPED_WORKDAY;
}

static int old_days(struct tx *tx, const struct record_list *old,
		    const struct calendar_load_args *args, struct bundle *bundle, struct error *err)
{
	for (size_t i = 0; i < old->count; i++) {
		struct calendar_day *day = old->items[i];
		const struct calendar_day_item *item = item_of(args, day->on_date);

		if (!of_a_notice(day) || (item && item->kind == day->kind))
			continue;
		if (change_add(tx, day->on_date, day->kind, item ? item->kind : OV_NULL,
			       item ? item->name : day->name, bundle, err) < 0 ||
		    tx_remove_day(tx, day->id, err) < 0)
			return err->code;
	}
	return 0;
}

static const struct calendar_day *day_of(const struct record_list *days, int64_t date)
{
	for (size_t i = 0; i < days->count; i++) {
		const struct calendar_day *day = days->items[i];

		if (day->on_date == date)
			return day;
	}
	return NULL;
}

static int new_day(struct tx *tx, const struct record_list *old, const struct calendar_day_item *item,
		   struct bundle *bundle, struct error *err)
{
	const struct calendar_day *before = day_of(old, item->on_date);
	struct calendar_day *day = record_new(tx->arena, &calendar_day_fields);

	if (before && (before->kind == item->kind || !of_a_notice(before)))
		return 0;
	/* What was another kind was told when the old days were looked at. */
	if (!before && change_add(tx, item->on_date, OV_NULL, item->kind, item->name, bundle, err) < 0)
		return err->code;
	day->on_date = item->on_date;
	day->kind = item->kind;
	day->name = item->name;
	return tx_insert(tx, KIND_CALENDAR_DAY, day, err);
}

int command_calendar_load(struct tx *tx, const struct command *command, struct outcome *outcome,
			  struct error *err)
{
	const struct calendar_load_args *args = command->args;
	struct calendar_version *version;
	struct record_list old;

	if (!args->days || !args->days->count)
		return error_reason(err, REASON_FIELD_REQUIRED, "field", "days", "label", _("Days"), NULL);
	if (days_check(args, err) < 0 || version_add(tx, args, &version, err) < 0 ||
	    year_days(tx, args->year, &old, err) < 0 ||
	    old_days(tx, &old, args, &outcome->records, err) < 0)
		return err->code;
	for (size_t i = 0; i < args->days->count; i++) {
		const struct calendar_day_item *item = args->days->items[i];
		struct calendar_version_day *day = record_new(tx->arena, &calendar_version_day_fields);

		day->version_id = version->id;
		day->on_date = item->on_date;
		day->kind = item->kind;
		day->name = item->name;
		if (tx_insert(tx, KIND_CALENDAR_VERSION_DAY, day, err) < 0 ||
		    new_day(tx, &old, item, &outcome->records, err) < 0)
			return err->code;
	}
	outcome->id = version->id;
	bundle_add(&outcome->records, &calendar_version_fields, version);
	return 0;
}

/* A version that was wrong: its year is unknown until another is loaded. */
int command_calendar_revoke(struct tx *tx, const struct command *command, struct outcome *outcome,
			    struct error *err)
{
	struct calendar_version *version;

	if (tx_get(tx, KIND_CALENDAR_VERSION, command->target, (void **)&version, err) < 0)
		return err->code;
	if (version->state != CALENDAR_CURRENT)
		return error_reason(err, REASON_CALENDAR_STATE, "version", version->version, NULL);
	version->state = CALENDAR_REVOKED;
	if (tx_update(tx, KIND_CALENDAR_VERSION, version, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &calendar_version_fields, version);
	return 0;
}
