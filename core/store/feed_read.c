#include "core/store/feed_read.h"

#include <inttypes.h>

#include "core/base/i18n.h"
#include "core/codec/ics.h"
#include "core/store/feed_token.h"

enum { DAYS_BACK = 28, DAYS_AHEAD = 183, REFRESH_HOURS = 4 };

bool feed_student_stays(const struct student *student)
{
	return student->status == STUDENT_ACTIVE || student->status == STUDENT_LEAVE;
}

static int id_of(struct local *local, const char *token, int64_t *id, struct error *err)
{
	uint8_t hash[HASH_BYTES];
	struct stmt *stmt;
	int step;

	*id = 0;
	if (!feed_token_good(token))
		return 0;
	feed_token_hash(local->secret, token, hash);
	if (db_prepare(local->db, "SELECT id FROM calendar_feed WHERE token_hash = ?", &stmt, err) < 0)
		return err->code;
	stmt_bind_blob(stmt, 1, hash, sizeof hash);
	step = stmt_step(stmt, err);
	if (step < 0)
		return step;
	if (step > 0)
		*id = stmt_int(stmt, 0);
	stmt_reset(stmt);
	return 0;
}

int feed_find(struct local *local, const char *token, struct arena *arena,
	      enum feed_found *found, struct calendar_feed **feed, struct error *err)
{
	struct student *student = NULL;
	int64_t id;

	*found = FEED_STRANGE;
	*feed = NULL;
	if (id_of(local, token, &id, err) < 0)
		return err->code;
	if (!id)
		return 0;
	if (local_load(local, KIND_CALENDAR_FEED, id, arena, (void **)feed, err) < 0)
		return err->code;
	*found = FEED_OVER;
	if (!*feed || (*feed)->revoked_on != OV_NULL || (*feed)->expires_on <= local_today(local))
		return 0;
	if ((*feed)->student_id != OV_NULL &&
	    local_load(local, KIND_STUDENT, (*feed)->student_id, arena, (void **)&student, err) < 0)
		return err->code;
	if (!student || feed_student_stays(student))
		*found = FEED_OPEN;
	return 0;
}

/* Whose meetings, as a card's key; and what the calendar is called: a code that
 * hangs on a door or a notice board, never anything of a person. */
static int subject_of(struct local *local, const struct calendar_feed *feed, struct arena *arena,
		      const char **key, const char **name, struct error *err)
{
	void *record = NULL;

	*name = _("Timetable");
	if (feed->teacher_id != OV_NULL) {
		*key = arena_printf(arena, "teacher:%" PRId64, feed->teacher_id);
		return 0;
	}
	if (feed->student_id != OV_NULL) {
		if (local_load(local, KIND_STUDENT, feed->student_id, arena, &record, err) < 0)
			return err->code;
		*key = arena_printf(arena, "student:%s", ((struct student *)record)->student_no);
		return 0;
	}
	if (feed->cohort_id != OV_NULL) {
		if (local_load(local, KIND_COHORT, feed->cohort_id, arena, &record, err) < 0)
			return err->code;
		*name = ((struct cohort *)record)->code;
		*key = arena_printf(arena, "cohort:%s", *name);
		return 0;
	}
	if (local_load(local, KIND_ROOM, feed->room_id, arena, &record, err) < 0)
		return err->code;
	*name = ((struct room *)record)->code;
	*key = arena_printf(arena, "room:%s", *name);
	return 0;
}

int feed_calendar(struct local *local, const struct calendar_feed *feed, struct arena *arena,
		  struct buf *out, struct error *err)
{
	struct card_request request = { .kind = KIND_CALENDAR_EVENT,
					.from = local_today(local) - DAYS_BACK,
					.to = local_today(local) + DAYS_AHEAD };
	const char *name;
	struct bundle bundle;

	local_act_as(&local->store, &system_actor);
	if (subject_of(local, feed, arena, &request.key, &name, err) < 0 ||
	    store_card(&local->store, &request, arena, &bundle, err) < 0)
		return err->code;
	ics_calendar(out, name, local->clock.utc_offset, REFRESH_HOURS,
		     bundle_list(&bundle, &calendar_event_fields));
	return 0;
}

int feed_note_use(struct tx *tx, int64_t id, struct error *err)
{
	struct calendar_feed *feed;

	if (tx_get(tx, KIND_CALENDAR_FEED, id, (void **)&feed, err) < 0)
		return err->code;
	if (feed->used_on != OV_NULL && feed->used_on >= tx->today)
		return 0;
	feed->used_on = tx->today;
	return tx_update(tx, KIND_CALENDAR_FEED, feed, err);
}
