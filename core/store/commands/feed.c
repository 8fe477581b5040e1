/* Calendar feeds: made, revoked. The answer has the address once; what is kept
 * is a keyed hash, in the record, and nothing in the stored reply (execute.c). */
#include "core/store/commands/feed_args.h"

#include "core/model/reason.h"
#include "core/store/commands/claim_case.h"
#include "core/store/commands/handlers.h"
#include "core/store/feed_read.h"
#include "core/store/feed_token.h"
#include "core/store/local.h"

FIELD_TABLE(feed_create_args, FEED_CREATE_ARGS, "feed_create_args", "", false, NULL);

/* A year: long enough for a phone to be left alone, short enough that what was
 * forgotten ends by itself. A learner's ends sooner when the learner leaves. */
enum { FEED_DAYS = 366 };

static int student_check(struct tx *tx, int64_t id, struct error *err)
{
	struct student *student;

	if (tx_get(tx, KIND_STUDENT, id, (void **)&student, err) < 0)
		return err->code;
	if (!student_in_scope(tx->actor, student))
		return local_not_found(KIND_STUDENT, id, NULL, err);
	return feed_student_stays(student) ? 0 :
	       error_reason(err, REASON_FEED_LEFT, "field", "student_id", NULL);
}

static int plain_check(struct tx *tx, enum kind kind, int64_t id, struct error *err)
{
	bool inside = false;
	void *record;

	if (tx_get(tx, kind, id, &record, err) < 0 ||
	    local_in_scope(tx->local, kind, id, &inside, tx->arena, err) < 0)
		return err->code;
	return inside ? 0 : local_not_found(kind, id, NULL, err);
}

/* One of the four is named, is there and is the actor's to see. */
static int subject_check(struct tx *tx, const struct feed_create_args *args, struct error *err)
{
	int named = (args->student_id != OV_NULL) + (args->cohort_id != OV_NULL) +
		    (args->teacher_id != OV_NULL) + (args->room_id != OV_NULL);

	if (named != 1)
		return error_reason(err, REASON_FEED_SUBJECT, "field", "student_id", NULL);
	if (args->student_id != OV_NULL) {
		tx->audit_detail = student_fields.name;
		return student_check(tx, args->student_id, err);
	}
	if (args->cohort_id != OV_NULL) {
		tx->audit_detail = cohort_fields.name;
		return plain_check(tx, KIND_COHORT, args->cohort_id, err);
	}
	if (args->teacher_id != OV_NULL) {
		tx->audit_detail = teacher_fields.name;
		return plain_check(tx, KIND_TEACHER, args->teacher_id, err);
	}
	tx->audit_detail = room_fields.name;
	return plain_check(tx, KIND_ROOM, args->room_id, err);
}

int command_feed_create(struct tx *tx, const struct command *command, struct outcome *outcome,
			struct error *err)
{
	const struct feed_create_args *args = command->args;
	struct calendar_feed *feed = record_new(tx->arena, &calendar_feed_fields);
	struct feed_link *link = record_new(tx->arena, &feed_link_fields);
	char token[FEED_TOKEN_TEXT];
	uint8_t hash[HASH_BYTES];

	if (subject_check(tx, args, err) < 0)
		return err->code;
	if (!feed_base_good(tx->local->public_url))
		return error_reason(err, REASON_FEED_NO_SERVER, NULL);
	feed_token_new(token);
	feed_token_hash(tx->local->secret, token, hash);
	feed->student_id = args->student_id;
	feed->cohort_id = args->cohort_id;
	feed->teacher_id = args->teacher_id;
	feed->room_id = args->room_id;
	feed->token_hash = hash;
	feed->expires_on = tx->today + FEED_DAYS;
	if (tx_insert(tx, KIND_CALENDAR_FEED, feed, err) < 0)
		return err->code;
	outcome->id = feed->id;
	feed->token_hash = NULL; /* HASH ends with this function; it is never shown */
	link->url = feed_url(tx->local->public_url, token, tx->arena);
	link->expires_on = feed->expires_on;
	bundle_add(&outcome->records, &calendar_feed_fields, feed);
	bundle_add(&outcome->records, &feed_link_fields, link);
	return 0;
}

int command_feed_revoke(struct tx *tx, const struct command *command, struct outcome *outcome,
			struct error *err)
{
	struct calendar_feed *feed;

	if (tx_get(tx, KIND_CALENDAR_FEED, command->target, (void **)&feed, err) < 0)
		return err->code;
	if (feed->revoked_on != OV_NULL)
		return error_reason(err, REASON_FEED_ENDED, NULL);
	feed->revoked_on = tx->today;
	if (tx_update(tx, KIND_CALENDAR_FEED, feed, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &calendar_feed_fields, feed);
	return 0;
}
