/* The waiting list of a full cohort, and cohorts that are split and merged.
 * DOMAIN.md 2.12 gives a cohort its capacity; who comes first is first. */
#include "core/store/commands/cohort_waiting.h"

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/store/commands/cohort_args.h"
#include "core/store/commands/cohort_room.h"
#include "core/store/commands/handlers.h"
#include "core/store/commands/session_rules.h"
#include "core/store/local.h"

static int offered_count(struct tx *tx, int64_t cohort_id, int64_t but, int64_t *count,
			 struct error *err)
{
	struct record_list list;

	if (tx_find_all(tx, KIND_COHORT_WAIT, (const struct filter[]){
			FILTER_INT("cohort_id", cohort_id), FILTER_INT("state", WAIT_OFFERED) }, 2, 0,
			&list, err) < 0)
		return err->code;
	*count = 0;
	for (size_t i = 0; i < list.count; i++)
		*count += ((struct cohort_wait *)list.items[i])->student_id != but;
	return 0;
}

int cohort_seats_free(struct tx *tx, const struct cohort *cohort, int64_t student_id,
		      int64_t *free, struct error *err)
{
	int64_t members = 0, offered = 0;

	if (tx_count(tx, KIND_STUDENT, (const struct filter[]){
			FILTER_INT("cohort_id", cohort->id) }, 1, &members, err) < 0 ||
	    offered_count(tx, cohort->id, student_id, &offered, err) < 0)
		return err->code;
	*free = cohort->capacity - members - offered;
	return 0;
}

/* The learner's place on the list, NULL when there is none. */
static int wait_find(struct tx *tx, int64_t cohort_id, int64_t student_id,
		     struct cohort_wait **out, struct error *err)
{
	struct record_list list;

	*out = NULL;
	if (tx_find_all(tx, KIND_COHORT_WAIT, (const struct filter[]){
			FILTER_INT("cohort_id", cohort_id), FILTER_INT("student_id", student_id) }, 2, 0,
			&list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count; i++) {
		struct cohort_wait *row = list.items[i];

		if (row->state == WAIT_WAITING || row->state == WAIT_OFFERED)
			*out = row;
	}
	return 0;
}

static int offer_tell(struct tx *tx, const struct cohort_wait *row, struct outcome *outcome,
		      struct error *err)
{
	struct advice *advice = record_new(tx->arena, &advice_fields);
	struct student *student;

	if (tx_get(tx, KIND_STUDENT, row->student_id, (void **)&student, err) < 0)
		return err->code;
	advice->code = "COHORT_OFFER";
	advice->message = arena_printf(tx->arena, _("The free seat is offered to %s, who waited longest"),
				       student->student_no);
	bundle_add(&outcome->records, &advice_fields, advice);
	return 0;
}

int cohort_seat_offer(struct tx *tx, int64_t cohort_id, struct outcome *outcome, struct error *err)
{
	struct cohort *cohort;
	struct record_list list;
	int64_t free;

	if (tx_get(tx, KIND_COHORT, cohort_id, (void **)&cohort, err) < 0 ||
	    cohort_seats_free(tx, cohort, 0, &free, err) < 0 ||
	    tx_find_all(tx, KIND_COHORT_WAIT, (const struct filter[]){
			FILTER_INT("cohort_id", cohort_id), FILTER_INT("state", WAIT_WAITING) }, 2, 0,
			&list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count && free > 0; i++, free--) {
		struct cohort_wait *row = list.items[i];

		row->state = WAIT_OFFERED;
		row->offered_on = tx->today;
		if (tx_update(tx, KIND_COHORT_WAIT, row, err) < 0 ||
		    offer_tell(tx, row, outcome, err) < 0)
			return err->code;
	}
	return 0;
}

int cohort_wait_over(struct tx *tx, int64_t cohort_id, int64_t student_id, struct error *err)
{
	struct cohort_wait *row;

	if (wait_find(tx, cohort_id, student_id, &row, err) < 0)
		return err->code;
	if (!row)
		return 0;
	row->state = WAIT_PLACED;
	return tx_update(tx, KIND_COHORT_WAIT, row, err);
}

int command_cohort_wait(struct tx *tx, const struct command *command, struct outcome *outcome,
			struct error *err)
{
	const struct cohort_member_args *args = command->args;
	struct cohort_wait *row;
	struct student *student;
	struct cohort *cohort;
	int64_t free;

	if (cohort_student_load(tx, args->student_id, &student, err) < 0 ||
	    cohort_fit_check(tx, student, command->target, &cohort, err) < 0 ||
	    wait_find(tx, cohort->id, student->id, &row, err) < 0 ||
	    cohort_seats_free(tx, cohort, student->id, &free, err) < 0)
		return err->code;
	if (student->cohort_id == cohort->id)
		return error_reason(err, REASON_COHORT_MEMBER, "field", "student_id", NULL);
	if (row)
		return error_reason(err, REASON_COHORT_WAITING, "field", "student_id", NULL);
	if (free > 0)
		return error_reason(err, REASON_COHORT_SEATS, "field", "student_id", NULL);
	row = record_new(tx->arena, &cohort_wait_fields);
	row->cohort_id = cohort->id;
	row->student_id = student->id;
	row->state = WAIT_WAITING;
	tx->audit_detail = arena_printf(tx->arena, "student %lld", (long long)student->id);
	if (tx_insert(tx, KIND_COHORT_WAIT, row, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &cohort_wait_fields, row);
	return 0;
}

int command_cohort_unwait(struct tx *tx, const struct command *command, struct outcome *outcome,
			  struct error *err)
{
	const struct cohort_member_args *args = command->args;
	struct student *student;
	struct cohort_wait *row;

	if (cohort_student_load(tx, args->student_id, &student, err) < 0 ||
	    wait_find(tx, command->target, student->id, &row, err) < 0)
		return err->code;
	if (!row)
		return error_reason(err, REASON_COHORT_NO_WAIT, "field", "student_id", NULL);
	row->state = WAIT_LEFT;
	tx->audit_detail = arena_printf(tx->arena, "student %lld", (long long)student->id);
	if (tx_update(tx, KIND_COHORT_WAIT, row, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &cohort_wait_fields, row);
	return cohort_seat_offer(tx, command->target, outcome, err);
}

/* --- split and merged --- */

static int change_note(struct tx *tx, int64_t from_id, int64_t to_id, int64_t student_id,
		       int64_t session_id, struct error *err)
{
	struct cohort_change *row = record_new(tx->arena, &cohort_change_fields);

	row->from_id = from_id;
	row->to_id = to_id;
	row->student_id = student_id;
	row->session_id = session_id;
	row->on_date = tx->today;
	return tx_insert(tx, KIND_COHORT_CHANGE, row, err);
}

static int student_change(struct tx *tx, struct student *student, int64_t to_id,
			  struct outcome *outcome, struct error *err)
{
	const int64_t from_id = student->cohort_id;

	student->cohort_id = to_id;
	if (tx_update(tx, KIND_STUDENT, student, err) < 0 ||
	    change_note(tx, from_id, to_id, student->id, OV_NULL, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &student_fields, student);
	return 0;
}

/* The open meetings of a cohort from today on, as links. */
static int links_open(struct tx *tx, int64_t cohort_id, struct record_list *links,
		      struct error *err)
{
	struct record_list all;
	size_t kept = 0;

	if (tx_find_all(tx, KIND_SESSION_COHORT, (const struct filter[]){
			FILTER_INT("cohort_id", cohort_id) }, 1, 0, &all, err) < 0)
		return err->code;
	for (size_t i = 0; i < all.count; i++) {
		struct session *session;

		if (tx_get(tx, KIND_SESSION, ((struct session_cohort *)all.items[i])->session_id,
			   (void **)&session, err) < 0)
			return err->code;
		if (session_is_open(session) && session->on_date >= tx->today)
			all.items[kept++] = all.items[i];
	}
	all.count = kept;
	*links = all;
	return 0;
}

static int link_there(struct tx *tx, int64_t session_id, int64_t cohort_id,
		      struct session_cohort **out, struct error *err)
{
	return tx_find_one(tx, KIND_SESSION_COHORT, (const struct filter[]){
			   FILTER_INT("session_id", session_id), FILTER_INT("cohort_id", cohort_id) }, 2,
			   (void **)out, err);
}

/* The new cohort comes to the meetings that stand, so that nobody loses one
 * before they are planned anew. */
static int meetings_share(struct tx *tx, int64_t from_id, int64_t to_id, struct error *err)
{
	struct record_list links;

	if (links_open(tx, from_id, &links, err) < 0)
		return err->code;
	for (size_t i = 0; i < links.count; i++) {
		struct session_cohort *link = record_new(tx->arena, &session_cohort_fields);

		link->session_id = ((struct session_cohort *)links.items[i])->session_id;
		link->cohort_id = to_id;
		if (tx_insert(tx, KIND_SESSION_COHORT, link, err) < 0)
			return err->code;
	}
	return 0;
}

int command_cohort_split(struct tx *tx, const struct command *command, struct outcome *outcome,
			 struct error *err)
{
	const struct cohort_split_args *args = command->args;
	struct cohort *old, *made = record_new(tx->arena, &cohort_fields);

	if (tx_get(tx, KIND_COHORT, command->target, (void **)&old, err) < 0)
		return err->code;
	made->code = args->code;
	made->name = args->name ? args->name : old->name;
	made->programme_id = old->programme_id;
	made->curriculum_id = old->curriculum_id;
	made->centre_id = old->centre_id;
	made->intake = old->intake;
	made->tutor_id = args->tutor_id != OV_NULL ? args->tutor_id : old->tutor_id;
	made->capacity = args->capacity != OV_NULL ? args->capacity : old->capacity;
	made->shift_tolerance = old->shift_tolerance;
	if (tx_insert(tx, KIND_COHORT, made, err) < 0)
		return err->code;
	if (!args->members || !args->members->count)
		return error_reason(err, REASON_FIELD_REQUIRED, "field", "members", "label",
				    _("Learners"), NULL);
	if ((int64_t)args->members->count > made->capacity)
		return error_reason(err, REASON_COHORT_FULL, "field", "members", NULL);
	for (size_t i = 0; i < args->members->count; i++) {
		const struct cohort_member_item *item = args->members->items[i];
		struct student *student;

		if (cohort_student_load(tx, item->student_id, &student, err) < 0)
			return err->code;
		if (student->cohort_id != old->id)
			return error_reason(err, REASON_COHORT_NO_MEMBER, "field", "members", NULL);
		if (student_change(tx, student, made->id, outcome, err) < 0)
			return err->code;
	}
	tx->audit_detail = arena_printf(tx->arena, "into %lld, %zu learners", (long long)made->id,
					args->members->count);
	bundle_add(&outcome->records, &cohort_fields, made);
	return meetings_share(tx, old->id, made->id, err) < 0 ? err->code :
	       cohort_seat_offer(tx, old->id, outcome, err);
}

static int meetings_take(struct tx *tx, int64_t from_id, int64_t to_id, struct error *err)
{
	struct record_list links;

	if (links_open(tx, from_id, &links, err) < 0)
		return err->code;
	for (size_t i = 0; i < links.count; i++) {
		struct session_cohort *link = links.items[i], *there;

		if (link_there(tx, link->session_id, to_id, &there, err) < 0)
			return err->code;
		if (there)
			continue;
		link->cohort_id = to_id;
		if (tx_update(tx, KIND_SESSION_COHORT, link, err) < 0 ||
		    change_note(tx, from_id, to_id, OV_NULL, link->session_id, err) < 0)
			return err->code;
	}
	return 0;
}

static int pair_load(struct tx *tx, const struct command *command, struct cohort **into,
		     struct cohort **other, struct error *err)
{
	const struct cohort_merge_args *args = command->args;
	bool inside = false;

	if (tx_get(tx, KIND_COHORT, command->target, (void **)into, err) < 0 ||
	    tx_get(tx, KIND_COHORT, args->other_id, (void **)other, err) < 0 ||
	    local_in_scope(tx->local, KIND_COHORT, args->other_id, &inside, tx->arena, err) < 0)
		return err->code;
	if (!inside)
		return local_not_found(KIND_COHORT, args->other_id, NULL, err);
	if ((*into)->id == (*other)->id || (*into)->programme_id != (*other)->programme_id ||
	    (*into)->centre_id != (*other)->centre_id)
		return error_reason(err, REASON_COHORT_OTHER, "field", "other_id", NULL);
	return 0;
}

/* What was held stays with the cohort that it was held for. */
int command_cohort_merge(struct tx *tx, const struct command *command, struct outcome *outcome,
			 struct error *err)
{
	struct cohort *into, *other;
	struct record_list members;
	int64_t free;

	if (pair_load(tx, command, &into, &other, err) < 0 ||
	    cohort_seats_free(tx, into, 0, &free, err) < 0 ||
	    tx_find_all(tx, KIND_STUDENT, (const struct filter[]){
			FILTER_INT("cohort_id", other->id) }, 1, 0, &members, err) < 0)
		return err->code;
	if (!members.count)
		return error_reason(err, REASON_COHORT_NO_MEMBER, "field", "other_id", NULL);
	if ((int64_t)members.count > free)
		return error_reason(err, REASON_COHORT_FULL, "field", "other_id", NULL);
	for (size_t i = 0; i < members.count; i++)
		if (student_change(tx, members.items[i], into->id, outcome, err) < 0)
			return err->code;
	tx->audit_detail = arena_printf(tx->arena, "from %lld, %zu learners", (long long)other->id,
					members.count);
	return meetings_take(tx, other->id, into->id, err);
}

static int change_undo(struct tx *tx, struct cohort_change *row, struct outcome *outcome,
		       struct error *err)
{
	struct student *student;
	struct session_cohort *link, *there;

	row->undone_on = tx->today;
	if (tx_update(tx, KIND_COHORT_CHANGE, row, err) < 0)
		return err->code;
	if (row->student_id != OV_NULL) {
		if (tx_get(tx, KIND_STUDENT, row->student_id, (void **)&student, err) < 0)
			return err->code;
		/* Who went on to a third cohort meanwhile stays there. */
		return student->cohort_id == row->to_id ?
		       student_change(tx, student, row->from_id, outcome, err) : 0;
	}
	if (link_there(tx, row->session_id, row->to_id, &link, err) < 0 ||
	    link_there(tx, row->session_id, row->from_id, &there, err) < 0)
		return err->code;
	if (!link || there)
		return 0;
	link->cohort_id = row->from_id;
	return tx_update(tx, KIND_SESSION_COHORT, link, err);
}

int command_cohort_unmerge(struct tx *tx, const struct command *command, struct outcome *outcome,
			   struct error *err)
{
	struct cohort *into, *other;
	struct record_list rows;
	size_t undone = 0;

	if (pair_load(tx, command, &into, &other, err) < 0 ||
	    tx_find_all(tx, KIND_COHORT_CHANGE, (const struct filter[]){
			FILTER_INT("to_id", into->id), FILTER_INT("from_id", other->id) }, 2, 0, &rows,
			err) < 0)
		return err->code;
	for (size_t i = 0; i < rows.count; i++) {
		struct cohort_change *row = rows.items[i];

		if (row->undone_on != OV_NULL)
			continue;
		if (change_undo(tx, row, outcome, err) < 0)
			return err->code;
		undone++;
	}
	if (!undone)
		return error_reason(err, REASON_COHORT_NOT_MERGED, "field", "other_id", NULL);
	tx->audit_detail = arena_printf(tx->arena, "%zu changes with %lld", undone,
					(long long)other->id);
	return 0;
}
