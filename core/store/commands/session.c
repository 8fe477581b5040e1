/* Meetings of cohorts: planned, moved, cancelled, held. DOMAIN.md 2.13;
 * conflicts: scheduling/CONFLICTS.md by core/store/session_conflicts.h. */
#include <string.h>

#include "core/base/text.h"
#include "core/model/reason.h"
#include "core/store/commands/cohort_args.h"
#include "core/store/commands/handlers.h"
#include "core/store/commands/session_rules.h"
#include "core/store/session_conflicts.h"
#include "core/store/session_input.h"

enum { OVERRIDE_CHARS = 4 };

static int state_refuse(const struct session *session, struct error *err)
{
	return error_reason(err, REASON_SESSION_STATE, "state",
			    enum_label(&session_state_enum, session->state), NULL);
}

bool session_is_open(const struct session *session)
{
	return session->state == SESSION_PLANNED || session->state == SESSION_PUBLISHED ||
	       session->state == SESSION_MOVED;
}

/* The kinds of the hard conflicts, each once: "ROOM_OVERLAP, HOLIDAY". */
static const char *kinds_text(struct tx *tx, const struct bundle *bundle)
{
	const struct record_list *list = bundle_list(bundle, &conflict_fields);
	const char *text = "";

	for (size_t i = 0; i < list->count; i++) {
		const struct conflict *conflict = list->items[i];

		if (conflict->hard == 1 && !strstr(text, conflict->kind))
			text = arena_printf(tx->arena, "%s%s%s", text, *text ? ", " : "",
					    conflict->kind);
	}
	return text;
}

/* The kinds that are overridden, each followed by a blank. */
static const char *kinds_words(struct tx *tx, const struct bundle *bundle)
{
	const struct record_list *list = bundle_list(bundle, &conflict_fields);
	const char *text = "";

	for (size_t i = 0; i < list->count; i++) {
		struct conflict *conflict = list->items[i];
		const char *word = arena_printf(tx->arena, "%s ", conflict->kind);

		if (conflict->hard != 1)
			continue;
		if (!strstr(text, word))
			text = arena_printf(tx->arena, "%s%s", text, word);
		conflict->overridden = 1;
		conflict->override_by = tx->actor->login;
		conflict->override_reason = tx->reason;
	}
	return text;
}

/* Every hard conflict but SAFETY_RATIO may be overridden by a named person with
 * a reason. Both stay with the meeting, and the conflict is still shown, counted
 * apart. STANDING: kinds that were overridden before stay so. */
static int conflicts_judge(struct tx *tx, struct session *session, const int64_t *cohort_ids,
			   size_t cohort_count, const char *reason, bool standing,
			   struct outcome *outcome, struct error *err)
{
	const struct meeting_draft draft = { session, cohort_ids, cohort_count };
	const char *given = reason ? text_trim(reason, tx->arena) : NULL;
	struct conflict_counts counts;

	if (!standing) {
		session->override_reason = session->override_kinds = NULL;
		session->override_by = OV_NULL;
	}
	if (session_conflicts(tx, &draft, &outcome->records, &counts, err) < 0)
		return err->code;
	if (counts.hard == counts.overridden)
		return 0;
	if (counts.fixed || !given || utf8_count(given) < OVERRIDE_CHARS)
		return error_reason(err, REASON_CONFLICTS, "field", "override_reason", "count",
				    arena_printf(tx->arena, "%lld",
						 (long long)(counts.hard - counts.overridden)),
				    "kinds", kinds_text(tx, &outcome->records), NULL);
	session->override_reason = tx->reason = given;
	session->override_by = tx->actor->user_id;
	session->override_kinds = kinds_words(tx, &outcome->records);
	tx->audit_detail = arena_printf(tx->arena, "overridden: %.180s",
					kinds_text(tx, &outcome->records));
	return 0;
}

static int room_check(struct tx *tx, const struct session *session, struct error *err)
{
	struct room *room;

	if (session->room_id == OV_NULL || session->mode != MODE_PRACTICE)
		return 0;
	if (tx_get(tx, KIND_ROOM, session->room_id, (void **)&room, err) < 0)
		return err->code;
	return room->kind == ROOM_BASE ? 0 :
	       error_reason(err, REASON_FIELD_REFERENCE, "field", "room_id", "label",
			    _("Room"), NULL);
}

/* The shape of a meeting is checked before its conflicts are looked for. */
static int shape_check(struct tx *tx, const struct session *session, struct outcome *outcome,
		       struct error *err)
{
	if (record_check(&session_fields, session, tx->today, &outcome->problems) < 0) {
		*err = outcome->problems.item[0];
		return err->code;
	}
	return room_check(tx, session, err);
}

static int cohorts_given(struct tx *tx, const struct session_create_args *args, int64_t **ids,
			 size_t *count, struct error *err)
{
	size_t more = args->more_cohorts ? args->more_cohorts->count : 0;

	*ids = arena_array(tx->arena, more + 1, sizeof **ids);
	(*ids)[0] = args->cohort_id;
	*count = 1;
	for (size_t i = 0; i < more; i++) {
		const struct session_cohort_item *item = args->more_cohorts->items[i];
		bool there = false;

		for (size_t k = 0; k < *count; k++)
			there = there || (*ids)[k] == item->cohort_id;
		if (!there)
			(*ids)[(*count)++] = item->cohort_id;
	}
	for (size_t i = 0; i < *count; i++) {
		struct cohort *cohort;

		if (tx_get(tx, KIND_COHORT, (*ids)[i], (void **)&cohort, err) < 0)
			return err->code;
	}
	return 0;
}

int session_make(struct tx *tx, const struct session_create_args *args, struct session **out,
		 struct outcome *outcome, struct error *err)
{
	struct session *session = record_new(tx->arena, &session_fields);
	int64_t *ids;
	size_t count;

	*out = session;
	session->course_id = args->course_id;
	session->teacher_id = args->teacher_id;
	session->on_date = args->on_date;
	session->start_min = args->start_min;
	session->end_min = args->end_min;
	session->room_id = args->room_id;
	session->join_url = args->join_url;
	session->exam = args->exam;
	session->assistant_id = args->assistant_id;
	session->online_seats = args->online_seats;
	session->mode = args->mode != OV_NULL ? args->mode :
			args->room_id == OV_NULL && args->join_url ? MODE_ONLINE : MODE_CLASSROOM;
	session->state = SESSION_PLANNED;
	if (cohorts_given(tx, args, &ids, &count, err) < 0 ||
	    shape_check(tx, session, outcome, err) < 0 ||
	    conflicts_judge(tx, session, ids, count, args->override_reason, false, outcome, err) < 0 ||
	    tx_insert(tx, KIND_SESSION, session, err) < 0)
		return err->code;
	for (size_t i = 0; i < count; i++) {
		struct session_cohort *row = record_new(tx->arena, &session_cohort_fields);

		row->session_id = session->id;
		row->cohort_id = ids[i];
		if (tx_insert(tx, KIND_SESSION_COHORT, row, err) < 0)
			return err->code;
	}
	bundle_add(&outcome->records, &session_fields, session);
	return 0;
}

int command_session_create(struct tx *tx, const struct command *command,
			   struct outcome *outcome, struct error *err)
{
	struct session *session;

	if (session_make(tx, command->args, &session, outcome, err) < 0)
		return err->code;
	outcome->id = session->id;
	return 0;
}

static int session_load(struct tx *tx, const struct command *command, struct session **out,
			int64_t **ids, size_t *count, struct error *err)
{
	if (tx_get(tx, KIND_SESSION, command->target, (void **)out, err) < 0)
		return err->code;
	return session_cohort_ids(tx, command->target, ids, count, err);
}

static int session_write(struct tx *tx, struct session *session, struct outcome *outcome,
			 struct error *err)
{
	if (tx_update(tx, KIND_SESSION, session, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &session_fields, session);
	return 0;
}

/* Writes a meeting that is changed when its conflicts are none, or overridden. */
static int session_judge_write(struct tx *tx, struct session *session, const int64_t *ids,
			       size_t count, const char *reason, bool standing, struct outcome *outcome,
			       struct error *err)
{
	if (conflicts_judge(tx, session, ids, count, reason, standing, outcome, err) < 0)
		return err->code;
	return session_write(tx, session, outcome, err);
}

/* A published meeting that moves is MOVED until it is published again: the
 * learners have to be told. */
int command_session_move(struct tx *tx, const struct command *command,
			 struct outcome *outcome, struct error *err)
{
	const struct session_move_args *args = command->args;
	struct session *session;
	int64_t *ids;
	size_t count;

	if (session_load(tx, command, &session, &ids, &count, err) < 0)
		return err->code;
	if (!session_is_open(session))
		return state_refuse(session, err);
	/* A new start alone keeps the length. */
	if (args->start_min != OV_NULL && args->end_min == OV_NULL)
		session->end_min += args->start_min - session->start_min;
	if (args->on_date != OV_NULL)
		session->on_date = args->on_date;
	if (args->start_min != OV_NULL)
		session->start_min = args->start_min;
	if (args->end_min != OV_NULL)
		session->end_min = args->end_min;
	if (args->room_id != OV_NULL)
		session->room_id = args->room_id;
	if (args->teacher_id != OV_NULL)
		session->teacher_id = args->teacher_id;
	if (session->state == SESSION_PUBLISHED)
		session->state = SESSION_MOVED;
	if (shape_check(tx, session, outcome, err) < 0)
		return err->code;
	return session_judge_write(tx, session, ids, count, args->override_reason, false, outcome, err);
}

/* No seats online are no number, so that an old meeting and a new one say it alike. */
int command_session_edit(struct tx *tx, const struct command *command, struct outcome *outcome,
			 struct error *err)
{
	const struct session_edit_args *args = command->args;
	struct session *session;
	int64_t *ids;
	size_t count;

	if (session_load(tx, command, &session, &ids, &count, err) < 0)
		return err->code;
	if (!session_is_open(session))
		return state_refuse(session, err);
	if (args->exam != OV_NULL)
		session->exam = args->exam;
	if (args->alone == 1)
		session->assistant_id = OV_NULL;
	else if (args->assistant_id != OV_NULL)
		session->assistant_id = args->assistant_id;
	if (args->online_seats != OV_NULL)
		session->online_seats = args->online_seats ? args->online_seats : OV_NULL;
	if (shape_check(tx, session, outcome, err) < 0)
		return err->code;
	return session_judge_write(tx, session, ids, count, args->override_reason, true, outcome, err);
}

static void time_take(struct session *session, int64_t on_date, int64_t start_min)
{
	session->end_min += start_min - session->start_min;
	session->on_date = on_date;
	session->start_min = start_min;
	if (session->state == SESSION_PUBLISHED)
		session->state = SESSION_MOVED;
}

/* The conflicts of one of two exchanged meetings; the other is where it shall be. */
static int exchanged_judge(struct tx *tx, struct session *session, const char *reason,
			   struct outcome *outcome, struct error *err)
{
	int64_t *ids;
	size_t count;

	return session_cohort_ids(tx, session->id, &ids, &count, err) < 0 ? err->code :
	       conflicts_judge(tx, session, ids, count, reason, false, outcome, err);
}

/* Each would be in the other's way, so both are put down before either is asked
 * about. */
int command_session_exchange(struct tx *tx, const struct command *command,
			     struct outcome *outcome, struct error *err)
{
	const struct session_exchange_args *args = command->args;
	struct session *one, *other, before;

	if (tx_get(tx, KIND_SESSION, command->target, (void **)&one, err) < 0 ||
	    tx_get(tx, KIND_SESSION, args->other_id, (void **)&other, err) < 0)
		return err->code;
	if (!session_is_open(one) || !session_is_open(other) || one->id == other->id)
		return state_refuse(session_is_open(one) ? other : one, err);
	before = *one;
	time_take(one, other->on_date, other->start_min);
	time_take(other, before.on_date, before.start_min);
	if (shape_check(tx, one, outcome, err) < 0 || shape_check(tx, other, outcome, err) < 0 ||
	    tx_update(tx, KIND_SESSION, other, err) < 0 ||
	    exchanged_judge(tx, one, args->override_reason, outcome, err) < 0 ||
	    session_write(tx, one, outcome, err) < 0 ||
	    exchanged_judge(tx, other, args->override_reason, outcome, err) < 0)
		return err->code;
	tx->audit_detail = arena_printf(tx->arena, "with session %lld", (long long)other->id);
	/* What was overridden has to be noted with the other one too. */
	if (other->override_kinds)
		return session_write(tx, other, outcome, err);
	bundle_add(&outcome->records, &session_fields, other);
	return 0;
}

int command_session_cancel(struct tx *tx, const struct command *command,
			   struct outcome *outcome, struct error *err)
{
	struct session *session;

	if (tx_get(tx, KIND_SESSION, command->target, (void **)&session, err) < 0)
		return err->code;
	if (!session_is_open(session))
		return state_refuse(session, err);
	tx->audit_detail = arena_printf(tx->arena, "%s>CANCELLED",
					enum_code(&session_state_enum, session->state));
	session->state = SESSION_CANCELLED;
	return session_write(tx, session, outcome, err);
}

int command_session_restore(struct tx *tx, const struct command *command,
			    struct outcome *outcome, struct error *err)
{
	const struct session_override_args *args = command->args;
	struct session *session;
	int64_t *ids;
	size_t count;

	if (session_load(tx, command, &session, &ids, &count, err) < 0)
		return err->code;
	if (session->state != SESSION_CANCELLED)
		return state_refuse(session, err);
	session->state = SESSION_PLANNED;
	return session_judge_write(tx, session, ids, count, args->override_reason, false, outcome, err);
}

/* I21: what is published has no conflict, or one that was overridden. */
int command_session_publish(struct tx *tx, const struct command *command,
			    struct outcome *outcome, struct error *err)
{
	const struct session_override_args *args = command->args;
	struct session *session;
	int64_t *ids;
	size_t count;

	if (session_load(tx, command, &session, &ids, &count, err) < 0)
		return err->code;
	if (session->state != SESSION_PLANNED && session->state != SESSION_MOVED)
		return state_refuse(session, err);
	session->state = SESSION_PUBLISHED;
	return session_judge_write(tx, session, ids, count, args->override_reason, true, outcome, err);
}

int command_session_hold(struct tx *tx, const struct command *command,
			 struct outcome *outcome, struct error *err)
{
	struct session *session;

	if (tx_get(tx, KIND_SESSION, command->target, (void **)&session, err) < 0)
		return err->code;
	if (!session_is_open(session) || session->on_date > tx->today)
		return state_refuse(session, err);
	session->state = SESSION_HELD;
	return session_write(tx, session, outcome, err);
}

static int mark_set(struct tx *tx, const struct session *session,
		    const struct attendance_item *item, struct outcome *outcome, struct error *err)
{
	const struct filter same[] = {
		FILTER_INT("session_id", session->id), FILTER_INT("student_id", item->student_id),
	};
	struct attendance *row;

	if (tx_find_one(tx, KIND_ATTENDANCE, same, 2, (void **)&row, err) < 0)
		return err->code;
	if (!row)
		row = record_new(tx->arena, &attendance_fields);
	row->session_id = session->id;
	row->student_id = item->student_id;
	row->mark = item->mark;
	row->minutes = item->minutes;
	if (row->minutes != OV_NULL && row->minutes > session->end_min - session->start_min)
		return error_reason(err, REASON_FIELD_RANGE, "field", "minutes", "label", _("Minutes"),
				    "min", "0", "max", arena_printf(tx->arena, "%lld", (long long)
				    (session->end_min - session->start_min)), NULL);
	if ((row->id > 0 ? tx_update(tx, KIND_ATTENDANCE, row, err) :
			   tx_insert(tx, KIND_ATTENDANCE, row, err)) < 0)
		return err->code;
	bundle_add(&outcome->records, &attendance_fields, row);
	return 0;
}

int command_session_attend(struct tx *tx, const struct command *command,
			   struct outcome *outcome, struct error *err)
{
	const struct session_attend_args *args = command->args;
	struct session *session;

	if (tx_get(tx, KIND_SESSION, command->target, (void **)&session, err) < 0)
		return err->code;
	if (session->state != SESSION_HELD)
		return state_refuse(session, err);
	for (size_t i = 0; args->marks && i < args->marks->count; i++)
		if (mark_set(tx, session, args->marks->items[i], outcome, err) < 0)
			return err->code;
	return 0;
}
