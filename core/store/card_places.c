/* Where a meeting could stand instead, and where a learner who missed it could
 * come to. Both ask the conflict engine, about the same input as a command
 * that moves the meeting does: an offer that is free is not refused. */
#include <stdlib.h>
#include <string.h>

#include "core/model/reason.h"
#include "core/rules/conflict_index.h"
#include "core/store/card_print.h"
#include "core/store/card_timetable.h"
#include "core/store/commands/session_rules.h"
#include "core/store/session_conflicts.h"
#include "core/store/session_members.h"

enum {
	HALF_HOUR = 30, HALF_HOURS = 48, DAYS_MAX = 31, PROPOSALS = 3,
	ROOMS_TRIED = 6, MAKEUP_DAYS = 56
};

/* What a place costs beside others; only the order counts. */
enum { COST_SOFT = 10000, COST_CONFLICT = 100, COST_ROOM = 60, COST_DAY = 24 };

struct places {
	struct card *card;
	struct session_input si;
	struct session draft; /* the meeting, where it is being tried */
	const struct session *now; /* where it stands */
	struct conflict_index *index;
	struct room *rooms[ROOMS_TRIED]; /* others that could do */
	int room_index[ROOMS_TRIED];
	size_t room_count;
	const struct planner_options *planner;
};

/* What a try found: the finding worth telling, how many, and whether all that
 * is hard is about the room. */
struct trial {
	const struct conflict_finding *worst;
	size_t count;
	enum place_verdict verdict;
	bool room_only;
};

static bool about_room(enum conflict_kind kind)
{
	return kind == CONFLICT_ROOM_OVERLAP || kind == CONFLICT_ROOM_CLOSED ||
	       kind == CONFLICT_CAPACITY || kind == CONFLICT_EQUIPMENT ||
	       kind == CONFLICT_SAFETY_RATIO;
}

static struct trial trial_judge(const struct places *places, const struct conflict_list *list)
{
	struct trial trial = { .verdict = PLACE_FREE, .room_only = true };

	for (size_t i = 0; i < list->count; i++) {
		const struct conflict_finding *found = &list->item[i];
		const int other = found->b < 0 ? -1 : found->a == 0 ? found->b : found->a;
		const bool hard = !conflict_is_soft(found->kind) &&
			!(other > 0 && session_overrides(places->si.refs[other].session, found->kind));

		trial.count++;
		if (hard && trial.verdict != PLACE_IMPOSSIBLE) {
			trial.verdict = PLACE_IMPOSSIBLE;
			trial.worst = found;
		} else if (trial.verdict == PLACE_FREE) {
			trial.verdict = PLACE_POSSIBLE;
			trial.worst = found;
		}
		trial.room_only = trial.room_only && (!hard || about_room(found->kind));
	}
	return trial;
}

static struct trial place_try(struct places *places, int64_t date, int64_t start, int room,
			      struct conflict_list *list)
{
	const struct conflict_meeting *meeting = conflict_index_meeting(places->index, 0);
	const int64_t length = places->now->end_min - places->now->start_min;
	const struct conflict_span time = { conflict_minute(date, start),
					    conflict_minute(date, start + length) };

	places->draft.on_date = date;
	places->draft.start_min = start;
	places->draft.end_min = start + length;
	conflict_index_place(places->index, 0, time, room, meeting->teachers);
	conflict_index_check(places->index, 0, places->card->tx->arena, list);
	return trial_judge(places, list);
}

static int offer_new(struct places *places, const struct trial *trial, struct place_offer **out,
		     struct error *err)
{
	struct place_offer *offer = record_new(places->card->tx->arena, &place_offer_fields);
	struct conflict *words;

	offer->rank = 0;
	offer->on_date = places->draft.on_date;
	offer->start_min = places->draft.start_min;
	offer->end_min = places->draft.end_min;
	offer->room_id = places->draft.room_id;
	offer->verdict = trial->verdict;
	offer->conflicts = (int64_t)trial->count;
	if (trial->worst) {
		if (conflict_record(&places->si, trial->worst, 0, &words, err) < 0)
			return err->code;
		offer->kind = words->kind;
		offer->message = words->message;
		offer->next = words->next;
	}
	bundle_add(places->card->bundle, &place_offer_fields, offer);
	*out = offer;
	return 0;
}

/* --- other rooms --- */

static int64_t members_of(const struct places *places)
{
	const struct conflict_ints *cohorts = &places->si.input.sessions[0].cohorts;
	int64_t members = 0;

	for (size_t i = 0; i < cohorts->count; i++)
		members += (int64_t)places->si.groups[cohorts->item[i]].count;
	return members;
}

/* Rooms of the same kind at the same site, no larger than need be; with what
 * takes place in them. */
static int rooms_add(struct places *places, int64_t from, int64_t to, struct error *err)
{
	struct tx *tx = places->card->tx;
	struct room *own;
	struct record_list all, busy;

	if (places->now->room_id == OV_NULL)
		return 0;
	if (tx_get(tx, KIND_ROOM, places->now->room_id, (void **)&own, err) < 0)
		return err->code;
	if (tx_find_all(tx, KIND_ROOM, (const struct filter[]){
			FILTER_INT("kind", own->kind) }, 1, 0, &all, err) < 0)
		return err->code;
	for (size_t i = 0; i < all.count && places->room_count < ROOMS_TRIED; i++) {
		struct room *room = all.items[i];

		if (room->id == own->id || strcmp(room->site, own->site) != 0 ||
		    room->capacity * 2 < own->capacity)
			continue;
		if (tx_find_all(tx, KIND_SESSION, (const struct filter[]){
				FILTER_INT("room_id", room->id),
				{ .field = "on_date", .op = FILTER_GE, .number = from },
				{ .field = "on_date", .op = FILTER_LE, .number = to } }, 3, 0, &busy, err) < 0)
			return err->code;
		for (size_t k = 0; k < busy.count; k++) {
			const struct session *session = busy.items[k];

			if (session->state != SESSION_CANCELLED &&
			    session_input_add(&places->si, session, NULL, 0, err) < 0)
				return err->code;
		}
		if (session_room(&places->si, room->id, &places->room_index[places->room_count], err) < 0)
			return err->code;
		places->rooms[places->room_count++] = room;
	}
	return 0;
}

/* --- each half-hour --- */

static const char *room_code(struct places *places, int64_t room_id, struct error *err)
{
	struct room *room;

	if (room_id == OV_NULL)
		return NULL;
	return tx_get(places->card->tx, KIND_ROOM, room_id, (void **)&room, err) < 0 ? NULL :
	       room->code;
}

/* The first of the other rooms in which the meeting could take place then. */
static int other_room(struct places *places, int64_t date, int64_t start, int64_t members,
		      struct error *err)
{
	const int64_t online = places->now->online_seats == OV_NULL ? 0 : places->now->online_seats;
	struct place_offer *offer;
	struct conflict_list list;

	for (size_t i = 0; i < places->room_count; i++) {
		struct trial trial;

		if (places->rooms[i]->capacity + online < members)
			continue;
		places->draft.room_id = places->rooms[i]->id;
		trial = place_try(places, date, start, places->room_index[i], &list);
		if (trial.verdict == PLACE_IMPOSSIBLE)
			continue;
		if (offer_new(places, &trial, &offer, err) < 0)
			return err->code;
		offer->room = places->rooms[i]->code;
		break;
	}
	places->draft.room_id = places->now->room_id;
	return 0;
}

static bool proposable(const struct places *places, int64_t date, int64_t start)
{
	const int64_t end = start + places->now->end_min - places->now->start_min;

	return date >= places->card->tx->today && start >= places->planner->first_min &&
	       end <= places->planner->last_min;
}

static int offers_add(struct places *places, struct error *err)
{
	const int own = conflict_index_meeting(places->index, 0)->room;
	const char *code = room_code(places, places->now->room_id, err);
	const int64_t members = members_of(places);

	for (int64_t date = places->card->from; date < places->card->to; date++) {
		for (int64_t start = 0; start < DAY_MINUTES; start += HALF_HOUR) {
			struct conflict_list list;
			struct trial trial = place_try(places, date, start, own, &list);
			struct place_offer *offer;

			if (offer_new(places, &trial, &offer, err) < 0)
				return err->code;
			offer->room = code;
			if (trial.verdict == PLACE_IMPOSSIBLE && trial.room_only &&
			    proposable(places, date, start) &&
			    other_room(places, date, start, members, err) < 0)
				return err->code;
		}
		if (card_progress(places->card, date - places->card->from,
				  places->card->to - places->card->from, err) < 0)
			return err->code;
	}
	return 0;
}

/* --- proposals --- */

static int64_t offer_cost(const struct places *places, const struct place_offer *offer)
{
	const struct session *now = places->now;

	return (offer->verdict == PLACE_POSSIBLE ? COST_SOFT : 0) +
	       offer->conflicts * COST_CONFLICT +
	       (offer->room_id != now->room_id ? COST_ROOM : 0) +
	       llabs(offer->on_date - now->on_date) * COST_DAY +
	       llabs(offer->start_min - now->start_min) / HALF_HOUR;
}

/* The best, then the best on another day: three times the same evening would
 * help nobody, nor would half an hour sooner. */
static void proposals_rank(struct places *places)
{
	const struct record_list *list = bundle_list(places->card->bundle, &place_offer_fields);
	const struct session *now = places->now;

	for (int64_t rank = 1; rank <= PROPOSALS; rank++) {
		struct place_offer *best = NULL;

		for (size_t i = 0; i < list->count; i++) {
			struct place_offer *offer = list->items[i];
			bool seen = offer->rank > 0 || offer->verdict == PLACE_IMPOSSIBLE ||
				    !proposable(places, offer->on_date, offer->start_min) ||
				    (offer->on_date == now->on_date && offer->start_min < now->end_min &&
				     now->start_min < offer->end_min);

			for (size_t k = 0; !seen && k < list->count; k++) {
				const struct place_offer *other = list->items[k];

				seen = other->rank > 0 && other->on_date == offer->on_date;
			}
			if (!seen && (!best || offer_cost(places, offer) < offer_cost(places, best)))
				best = offer;
		}
		if (!best)
			return;
		best->rank = rank;
	}
}

static int places_input(struct places *places, struct error *err)
{
	struct card *card = places->card;
	int64_t days, from, to, *ids;
	size_t count;

	if (session_days_around(card->tx, &days, err) < 0)
		return err->code;
	from = card->from - days;
	to = card->to + days;
	session_input_init(&places->si, card->tx);
	if (local_planner(card->tx->local, &places->planner, err) < 0 ||
	    session_cohort_ids(card->tx, places->now->id, &ids, &count, err) < 0 ||
	    session_input_add(&places->si, &places->draft, ids, count, err) < 0 ||
	    session_input_around(&places->si, from, to, err) < 0 ||
	    rooms_add(places, from, to, err) < 0)
		return err->code;
	return session_input_build(&places->si, from, to, err);
}

int card_places(struct card *card, struct error *err)
{
	struct places places = { .card = card };
	struct session *session;
	int rc;

	if (card_subject(card, KIND_SESSION, NULL, NULL, (void **)&session, err) < 0)
		return err->code;
	if (!session_is_open(session))
		return error_reason(err, REASON_SESSION_STATE, "state",
				    enum_label(&session_state_enum, session->state), NULL);
	if (card->to > card->from + DAYS_MAX)
		card->to = card->from + DAYS_MAX;
	places.now = session;
	places.draft = *session;
	/* What was overridden here need not be there. */
	places.draft.override_kinds = NULL;
	if (places_input(&places, err) < 0)
		return err->code;
	places.index = conflict_index_new(&places.si.input);
	rc = offers_add(&places, err);
	conflict_index_free(places.index);
	if (rc < 0)
		return rc;
	proposals_rank(&places);
	return card_add_days(card, err);
}

/* --- make-up --- */

struct makeup {
	struct card *card;
	struct session *missed;
	struct student *student;
	struct session_input si;
	int who; /* index of the learner */
	size_t own; /* the first so many meetings are the learner's */
};

static int makeup_subject(struct makeup *makeup, struct error *err)
{
	const char *key = card_key(makeup->card), *colon = key ? strchr(key, ':') : NULL;
	struct timetable_subject subject;
	struct card_request request = { .kind = KIND_SESSION };
	struct card by_id = *makeup->card;

	if (colon && *key >= '1' && strspn(key, "0123456789") == (size_t)(colon - key) &&
	    colon - key < 19)
		request.id = strtoll(key, NULL, 10);
	if (request.id <= 0)
		return error_reason(err, REASON_MAKEUP_KEY, "key",
				    arena_printf(makeup->card->tx->arena, "%.60s", key ? key : ""), NULL);
	by_id.request = &request;
	if (card_subject(&by_id, KIND_SESSION, NULL, NULL, (void **)&makeup->missed, err) < 0 ||
	    timetable_subject_find(makeup->card, arena_printf(makeup->card->tx->arena, "student:%s",
							      colon + 1), &subject, err) < 0)
		return err->code;
	makeup->student = subject.record;
	return 0;
}

/* The learner's own meetings of the time, so that nothing is offered on top of
 * them; the one that was missed comes first. */
static int makeup_own(struct makeup *makeup, struct error *err)
{
	const struct record_list *slots;
	struct card scratch = *makeup->card;
	struct bundle own;

	bundle_init(&own, makeup->card->tx->arena);
	scratch.bundle = &own;
	session_input_init(&makeup->si, makeup->card->tx);
	if (session_input_add(&makeup->si, makeup->missed, NULL, 0, err) < 0 ||
	    timetable_slots_add(&scratch, AXIS_STUDENT, makeup->student->id, err) < 0)
		return err->code;
	slots = bundle_list(&own, &session_slot_fields);
	for (size_t i = 0; i < slots->count; i++) {
		const struct session_slot *slot = slots->items[i];
		struct session *session;

		if (slot->state == SESSION_CANCELLED)
			continue;
		if (tx_get(makeup->card->tx, KIND_SESSION, slot->id, (void **)&session, err) < 0 ||
		    session_input_add(&makeup->si, session, NULL, 0, err) < 0)
			return err->code;
	}
	makeup->own = makeup->si.ref_count;
	return 0;
}

/* An examination makes up for nothing. */
static int makeup_others(struct makeup *makeup, struct error *err)
{
	const struct filter filters[] = {
		FILTER_INT("course_id", makeup->missed->course_id),
		{ .field = "on_date", .op = FILTER_GE, .number = makeup->card->from },
		{ .field = "on_date", .op = FILTER_LT, .number = makeup->card->to },
	};
	struct record_list list;

	if (tx_find_all(makeup->card->tx, KIND_SESSION, filters, 3, 0, &list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count; i++)
		if (session_is_open(list.items[i]) &&
		    ((struct session *)list.items[i])->exam != 1 &&
		    session_input_add(&makeup->si, list.items[i], NULL, 0, err) < 0)
			return err->code;
	return 0;
}

static int64_t seats_left(const struct makeup *makeup, size_t index)
{
	const struct session_input *si = &makeup->si;
	const struct conflict_ints *cohorts = &si->input.sessions[index].cohorts;
	const int room = si->input.meetings[index].room;
	int64_t members = 0;

	if (room < 0)
		return OV_NULL;
	for (size_t i = 0; i < cohorts->count; i++)
		members += (int64_t)si->groups[cohorts->item[i]].count;
	return si->rooms[room].capacity + si->input.sessions[index].online_seats - members;
}

static bool makeup_fits(const struct makeup *makeup, size_t index)
{
	const struct conflict_input *input = &makeup->si.input;
	const struct conflict_span time = input->meetings[index].time;

	if (!conflict_student_free(input, makeup->who, time) || seats_left(makeup, index) == 0 ||
	    (seats_left(makeup, index) < 0 && seats_left(makeup, index) != OV_NULL))
		return false;
	for (size_t i = 1; i < makeup->own; i++)
		if (span_overlap(input->meetings[i].time, time))
			return false;
	return true;
}

static int makeup_offer_add(struct makeup *makeup, size_t index, bool twin, struct error *err)
{
	struct makeup_offer *offer = record_new(makeup->card->tx->arena, &makeup_offer_fields);
	struct bundle slot;
	struct card scratch = *makeup->card;
	const struct record_list *list;

	bundle_init(&slot, makeup->card->tx->arena);
	scratch.bundle = &slot;
	if (timetable_slot_add(&scratch, makeup->si.refs[index].session->id, err) < 0)
		return err->code;
	list = bundle_list(&slot, &session_slot_fields);
	for (size_t i = 0; i < list->count; i++) {
		const struct session_slot *from = list->items[i];

		offer->session_id = from->id;
		offer->on_date = from->on_date;
		offer->start_min = from->start_min;
		offer->end_min = from->end_min;
		offer->course = from->course;
		offer->cohorts = from->cohorts;
		offer->teacher = from->teacher;
		offer->room = from->room;
		offer->seats = seats_left(makeup, index);
		offer->twin = twin;
		bundle_add(makeup->card->bundle, &makeup_offer_fields, offer);
	}
	return 0;
}

/* Twins of the lesson first, then as they come. */
static int makeup_order(const void *a, const void *b)
{
	const struct makeup_offer *x = *(void *const *)a, *y = *(void *const *)b;

	if (x->twin != y->twin)
		return x->twin ? -1 : 1;
	if (x->on_date != y->on_date)
		return x->on_date < y->on_date ? -1 : 1;
	if (x->start_min != y->start_min)
		return x->start_min < y->start_min ? -1 : 1;
	return x->session_id < y->session_id ? -1 : x->session_id > y->session_id;
}

int card_makeup(struct card *card, struct error *err)
{
	struct makeup makeup = { .card = card };
	const struct record_list *offers;
	int64_t lesson;

	if (card->request->from == OV_NULL)
		card->from = card->tx->today;
	if (card->request->to == OV_NULL)
		card->to = card->from + MAKEUP_DAYS;
	if (makeup_subject(&makeup, err) < 0 || makeup_own(&makeup, err) < 0 ||
	    makeup_others(&makeup, err) < 0 ||
	    session_input_build(&makeup.si, card->from, card->to, err) < 0)
		return err->code;
	makeup.who = id_map_find(&makeup.si.student_map, makeup.student->id);
	if (makeup.who < 0)
		return error_reason(err, REASON_MAKEUP_MEMBER, NULL);
	lesson = makeup.si.refs[0].twin;
	for (size_t i = makeup.own; i < makeup.si.ref_count; i++)
		if (makeup_fits(&makeup, i) &&
		    makeup_offer_add(&makeup, i, makeup.si.refs[i].twin == lesson, err) < 0)
			return err->code;
	offers = bundle_list(card->bundle, &makeup_offer_fields);
	if (offers->count)
		qsort(offers->items, offers->count, sizeof *offers->items, makeup_order);
	return 0;
}
