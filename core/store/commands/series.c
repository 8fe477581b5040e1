/* Recurring meetings, locks and twins. Every occurrence is a session of its
 * own, so that one can be moved or cancelled without the others. CONFLICTS.md,
 * "Occurrences". */
#include <string.h>

#include "core/model/reason.h"
#include "core/rules/occurrence.h"
#include "core/store/commands/handlers.h"
#include "core/store/commands/planning_args.h"
#include "core/store/commands/session_rules.h"
#include "core/store/tx.h"

/* Five years of weekly meetings fit; a series of days of each week of a
 * century is a mistake in the year. */
enum { SERIES_MAX = 270 };

static const char *number_text(struct tx *tx, int64_t number)
{
	return arena_printf(tx->arena, "%lld", (long long)number);
}

static bool excepted(const struct session_repeat_args *args, int64_t date)
{
	for (size_t i = 0; args->excepts && i < args->excepts->count; i++)
		if (((struct session_repeat_item *)args->excepts->items[i])->on_date == date)
			return true;
	return false;
}

static int holiday_check(struct tx *tx, int64_t date, bool *holiday, struct error *err)
{
	const struct filter that_day[] = { FILTER_INT("on_date", date) };
	struct calendar_day *day;

	if (tx_find_one(tx, KIND_CALENDAR_DAY, that_day, 1, (void **)&day, err) < 0)
		return err->code;
	*holiday = day && (day->kind == DAY_HOLIDAY || day->kind == DAY_CLOSED);
	return 0;
}

static int dates_make(struct tx *tx, const struct session_repeat_args *args, int64_t **dates,
		      size_t *count, struct error *err)
{
	int64_t every = args->every_weeks == OV_NULL ? 1 : args->every_weeks;
	int64_t all = args->until_on < args->on_date ? 0 :
		      (args->until_on - args->on_date) / (7 * every) + 1;

	*count = 0;
	if (all > SERIES_MAX)
		return error_reason(err, REASON_SERIES_LONG, "field", "until_on", "count",
				    number_text(tx, all), "max", number_text(tx, SERIES_MAX), NULL);
	*dates = arena_array(tx->arena, (size_t)all + 1, sizeof **dates);
	for (int64_t i = 0; i < all; i++) {
		int64_t date = args->on_date + i * 7 * every;
		bool holiday = false;

		if (args->skip_holidays == 1 && holiday_check(tx, date, &holiday, err) < 0)
			return err->code;
		if (!holiday && !excepted(args, date))
			(*dates)[(*count)++] = date;
	}
	return *count ? 0 : error_reason(err, REASON_SERIES_EMPTY, "field", "until_on", NULL);
}

static int series_add(struct tx *tx, const struct session_repeat_args *args,
		      struct session_series **out, struct error *err)
{
	struct session_series *series = record_new(tx->arena, &session_series_fields);

	*out = series;
	series->first_on = args->on_date;
	series->until_on = args->until_on;
	series->every_weeks = args->every_weeks == OV_NULL ? 1 : args->every_weeks;
	series->start_min = args->start_min;
	series->end_min = args->end_min;
	return tx_insert(tx, KIND_SESSION_SERIES, series, err);
}

/* The arguments of session.create for one day of the series. */
static void create_fill(const struct session_repeat_args *args, int64_t date,
			struct session_create_args *create)
{
	*create = (struct session_create_args){
		.cohort_id = args->cohort_id, .course_id = args->course_id,
		.teacher_id = args->teacher_id, .on_date = date, .start_min = args->start_min,
		.end_min = args->end_min, .mode = args->mode, .room_id = args->room_id,
		.join_url = args->join_url, .more_cohorts = args->more_cohorts,
		.exam = args->exam, .assistant_id = args->assistant_id,
		.online_seats = args->online_seats, .override_reason = args->override_reason,
	};
}

int command_session_repeat(struct tx *tx, const struct command *command, struct outcome *outcome,
			   struct error *err)
{
	const struct session_repeat_args *args = command->args;
	struct session_series *series;
	int64_t *dates, first = 0;
	size_t count;

	if (dates_make(tx, args, &dates, &count, err) < 0 || series_add(tx, args, &series, err) < 0)
		return err->code;
	for (size_t i = 0; i < count; i++) {
		struct session_create_args create;
		struct session *session;

		create_fill(args, dates[i], &create);
		if (session_make(tx, &create, &session, outcome, err) < 0)
			return err->code;
		session->series_id = series->id;
		session->original_on = dates[i];
		if (tx_update(tx, KIND_SESSION, session, err) < 0)
			return err->code;
		if (!first)
			first = session->id;
	}
	outcome->id = first;
	tx->audit_detail = arena_printf(tx->arena, "%zu meetings", count);
	bundle_add(&outcome->records, &session_series_fields, series);
	return 0;
}

static int session_store(struct tx *tx, struct session *session, struct outcome *outcome,
			 struct error *err)
{
	if (tx_update(tx, KIND_SESSION, session, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &session_fields, session);
	return 0;
}

int command_session_lock(struct tx *tx, const struct command *command, struct outcome *outcome,
			 struct error *err)
{
	const struct session_lock_args *args = command->args;
	struct session *session;

	if (tx_get(tx, KIND_SESSION, command->target, (void **)&session, err) < 0)
		return err->code;
	if (args->lock_time != OV_NULL)
		session->lock_time = args->lock_time;
	if (args->lock_room != OV_NULL)
		session->lock_room = args->lock_room;
	return session_store(tx, session, outcome, err);
}

/* Twins name the first of them, never one that names another itself. */
int command_session_twin(struct tx *tx, const struct command *command, struct outcome *outcome,
			 struct error *err)
{
	const struct session_twin_args *args = command->args;
	struct session *session, *first = NULL;

	if (tx_get(tx, KIND_SESSION, command->target, (void **)&session, err) < 0 ||
	    (args->twin_id != OV_NULL &&
	     tx_get(tx, KIND_SESSION, args->twin_id, (void **)&first, err) < 0))
		return err->code;
	if (first && first->twin_id != OV_NULL &&
	    tx_get(tx, KIND_SESSION, first->twin_id, (void **)&first, err) < 0)
		return err->code;
	if (first && (first->id == session->id || first->course_id != session->course_id))
		return error_reason(err, REASON_FIELD_REFERENCE, "field", "twin_id", "label",
				    _("Twin of"), NULL);
	session->twin_id = first ? first->id : OV_NULL;
	return session_store(tx, session, outcome, err);
}
