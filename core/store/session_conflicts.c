#include "core/store/session_conflicts.h"

#include <stdio.h>
#include <string.h>

#include "core/store/session_input.h"

enum { DAYS_AROUND = 2 }; /* a shift of the day before, an exam of the day after */

static int tolerance_set(struct session_input *si, const int64_t *cohort_ids, size_t count,
			 struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		struct cohort *cohort;

		if (tx_get(si->tx, KIND_COHORT, cohort_ids[i], (void **)&cohort, err) < 0)
			return err->code;
		if (cohort->shift_tolerance < si->tolerance)
			si->tolerance = cohort->shift_tolerance;
	}
	return 0;
}

/* "2026-03-04 08:30 C101": the other meeting, as a clerk would name it. */
static int meeting_text(struct session_input *si, int index, const char **out, struct error *err)
{
	const struct session *session = si->refs[index].session;
	struct course *course;
	char day[DATE_TEXT];

	if (tx_get(si->tx, KIND_COURSE, session->course_id, (void **)&course, err) < 0)
		return err->code;
	*out = arena_printf(si->tx->arena, "%s %02d:%02d %s", date_format(session->on_date, day),
			    (int)(session->start_min / 60), (int)(session->start_min % 60),
			    course->code);
	return 0;
}

static int room_text(struct session_input *si, const struct session *session, const char **out,
		     struct error *err)
{
	struct room *room;

	*out = NULL;
	if (session->room_id == OV_NULL)
		return 0;
	if (tx_get(si->tx, KIND_ROOM, session->room_id, (void **)&room, err) < 0)
		return err->code;
	*out = room->code;
	return 0;
}

static bool is_about_room(enum conflict_kind kind)
{
	return kind == CONFLICT_CAPACITY || kind == CONFLICT_ROOM_CLOSED ||
	       kind == CONFLICT_EQUIPMENT || kind == CONFLICT_SAFETY_RATIO;
}

static int finding_add(struct session_input *si, const struct conflict_finding *from, int asked,
		       struct bundle *bundle, struct error *err)
{
	struct conflict *to = record_new(si->tx->arena, &conflict_fields);
	int other = from->b < 0 ? -1 : from->a == asked ? from->b : from->a;
	const struct session *session = si->refs[asked].session;
	const char *label = enum_label(&conflict_kind_enum, from->kind);

	to->kind = enum_code(&conflict_kind_enum, from->kind);
	to->hard = !conflict_is_soft(from->kind);
	to->session_id = session->id > 0 ? session->id : OV_NULL;
	to->other_id = other >= 0 ? si->refs[other].session->id : OV_NULL;
	if (from->students.count) {
		to->count = from->count;
		to->of = from->of;
	}
	if (other >= 0) {
		if (meeting_text(si, other, &to->what, err) < 0)
			return err->code;
	} else if (is_about_room(from->kind) && room_text(si, session, &to->what, err) < 0) {
		return err->code;
	}
	if (from->students.count && from->of > 0)
		label = arena_printf(si->tx->arena, _("%s (%lld of %lld learners)"), label,
				     (long long)from->count, (long long)from->of);
	to->message = to->what ? arena_printf(si->tx->arena, "%s: %s", label, to->what) : label;
	bundle_add(bundle, &conflict_fields, to);
	return 0;
}

int session_conflicts(struct tx *tx, const struct meeting_draft *draft, struct bundle *bundle,
		      int64_t *hard, int64_t *fixed, struct error *err)
{
	int64_t from = draft->session->on_date - DAYS_AROUND;
	int64_t to = draft->session->on_date + DAYS_AROUND;
	struct conflict_list list;
	struct session_input si;

	*hard = *fixed = 0;
	session_input_init(&si, tx);
	if (tolerance_set(&si, draft->cohort_ids, draft->cohort_count, err) < 0 ||
	    session_input_add(&si, draft->session, draft->cohort_ids, draft->cohort_count, err) < 0 ||
	    session_input_around(&si, from, to, err) < 0 ||
	    session_input_build(&si, from, to, err) < 0)
		return err->code;
	conflict_find(&si.input, 0, tx->arena, &list);
	for (size_t i = 0; i < list.count; i++) {
		if (finding_add(&si, &list.item[i], 0, bundle, err) < 0)
			return err->code;
		if (conflict_is_soft(list.item[i].kind))
			continue;
		++*hard;
		*fixed += !conflict_may_override(list.item[i].kind);
	}
	return 0;
}

static void slot_count(struct bundle *bundle, int64_t session_id)
{
	const struct record_list *slots = bundle_list(bundle, &session_slot_fields);

	for (size_t i = 0; i < slots->count; i++) {
		struct session_slot *slot = slots->items[i];

		if (slot->id == session_id)
			slot->conflicts++;
	}
}

int cohort_conflicts(struct tx *tx, int64_t cohort_id, int64_t from, int64_t to,
		     struct bundle *bundle, struct error *err)
{
	const struct record_list *slots = bundle_list(bundle, &session_slot_fields);
	struct conflict_list list;
	struct session_input si;
	int asked;

	session_input_init(&si, tx);
	if (tolerance_set(&si, &cohort_id, 1, err) < 0)
		return err->code;
	for (size_t i = 0; i < slots->count; i++) {
		const struct session_slot *slot = slots->items[i];
		struct session *session;

		if (slot->state == SESSION_CANCELLED || slot->state == SESSION_HELD)
			continue;
		if (tx_get(tx, KIND_SESSION, slot->id, (void **)&session, err) < 0 ||
		    session_input_add(&si, session, NULL, 0, err) < 0)
			return err->code;
	}
	asked = (int)si.ref_count;
	if (!asked)
		return 0;
	if (session_input_around(&si, from - DAYS_AROUND, to + DAYS_AROUND, err) < 0 ||
	    session_input_build(&si, from - DAYS_AROUND, to + DAYS_AROUND, err) < 0)
		return err->code;
	conflict_find(&si.input, CONFLICT_ALL, tx->arena, &list);
	for (size_t i = 0; i < list.count; i++) {
		const struct conflict_finding *found = &list.item[i];
		int own = found->a < asked ? found->a : found->b;

		if (own < 0 || own >= asked)
			continue;
		if (finding_add(&si, found, own, bundle, err) < 0)
			return err->code;
		slot_count(bundle, si.refs[own].session->id);
		if (found->b >= 0 && found->b < asked && found->b != own)
			slot_count(bundle, si.refs[found->b].session->id);
	}
	return 0;
}
