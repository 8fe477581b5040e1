#include "core/store/session_conflicts.h"

#include <stdio.h>
#include <string.h>

#include "core/model/reason.h"
#include "core/rules/conflict_soft.h"
#include "core/store/local.h"

bool session_overrides(const struct session *session, enum conflict_kind kind)
{
	const char *code = enum_code(&conflict_kind_enum, kind);
	size_t len = strlen(code);

	for (const char *at = session->override_kinds; at && (at = strstr(at, code)); at += len)
		if ((at == session->override_kinds || at[-1] == ' ') && (at[len] == ' ' || !at[len]))
			return true;
	return false;
}

/* "2026-03-04 08:30 C101 26AZ0001": a meeting, as a clerk would name it. */
static int meeting_text(struct session_input *si, int index, const char **out, struct error *err)
{
	const struct meeting_ref *ref = &si->refs[index];
	struct course *course;
	struct cohort *cohort = NULL;
	char day[DATE_TEXT];

	if (tx_get(si->tx, KIND_COURSE, ref->session->course_id, (void **)&course, err) < 0 ||
	    (ref->cohort_count &&
	     tx_get(si->tx, KIND_COHORT, ref->cohort_ids[0], (void **)&cohort, err) < 0))
		return err->code;
	*out = arena_printf(si->tx->arena, "%s %02d:%02d %s %s%s",
			    date_format(ref->session->on_date, day),
			    (int)(ref->session->start_min / 60), (int)(ref->session->start_min % 60),
			    course->code, cohort ? cohort->code : "",
			    ref->cohort_count > 1 ? "+" : "");
	return 0;
}

static int room_text(struct session_input *si, const struct session *session, const char **out,
		     struct error *err)
{
	struct room *room;

	*out = "";
	if (session->room_id == OV_NULL)
		return 0;
	if (tx_get(si->tx, KIND_ROOM, session->room_id, (void **)&room, err) < 0)
		return err->code;
	*out = room->code;
	return 0;
}

static bool is_about_room(enum conflict_kind kind)
{
	return kind == CONFLICT_ROOM_OVERLAP || kind == CONFLICT_CAPACITY ||
	       kind == CONFLICT_ROOM_CLOSED || kind == CONFLICT_EQUIPMENT ||
	       kind == CONFLICT_SAFETY_RATIO || kind == CONFLICT_ROOM_OVERSIZE;
}

/* The reason row of a kind has its code behind CF_. */
static enum reason kind_reason(enum conflict_kind kind)
{
	char code[40];

	snprintf(code, sizeof code, "CF_%s", enum_code(&conflict_kind_enum, kind));
	return reason_find(code);
}

static int override_add(struct session_input *si, const struct session *session,
			struct conflict *to, struct error *err)
{
	struct user *user;

	to->overridden = 1;
	to->override_reason = session->override_reason;
	if (session->override_by == OV_NULL)
		return 0;
	if (tx_get(si->tx, KIND_USER, session->override_by, (void **)&user, err) < 0)
		return err->code;
	to->override_by = user->login;
	return 0;
}

/* What a conflict about equipment or a portable item is about, else "". */
static const char *item_text(const struct session_input *si, const struct conflict_finding *from)
{
	if (from->kind == CONFLICT_EQUIPMENT)
		return si->items[from->subject];
	return from->kind == CONFLICT_POOL_EXCEEDED ? si->pools[from->subject]->name : "";
}

/* A portable item is short for all who use it then: whoever overrode it for one
 * of them let it stand. */
static const struct session *pool_overridden(const struct session_input *si,
					     const struct conflict_finding *from)
{
	const struct conflict_input *in = &si->input;
	const int64_t start = in->meetings[from->a].time.start;

	for (size_t i = 0; i < si->ref_count; i++)
		if (in->meetings[i].time.start <= start && start < in->meetings[i].time.end &&
		    session_overrides(si->refs[i].session, CONFLICT_POOL_EXCEEDED))
			for (size_t u = 0; u < in->sessions[i].use_count; u++)
				if (in->sessions[i].uses[u].item == from->subject)
					return si->refs[i].session;
	return NULL;
}

/* The meeting with which somebody overrode the conflict; NULL: nobody did. */
static const struct session *let_stand(const struct session_input *si,
				       const struct conflict_finding *from,
				       const struct session *first, const struct session *second)
{
	if (session_overrides(first, from->kind))
		return first;
	if (second && session_overrides(second, from->kind))
		return second;
	return from->kind == CONFLICT_POOL_EXCEEDED ? pool_overridden(si, from) : NULL;
}

static int words_add(struct session_input *si, const struct conflict_finding *from, int asked,
		     int other, struct conflict *to, struct error *err)
{
	const struct session *session = si->refs[asked].session;
	const char *a, *b = "", *room;
	struct error words = ERROR_INIT;

	if (meeting_text(si, asked, &a, err) < 0 ||
	    (other >= 0 && meeting_text(si, other, &b, err) < 0) ||
	    room_text(si, session, &room, err) < 0)
		return err->code;
	to->what = other >= 0 ? b : is_about_room(from->kind) ? room : NULL;
	error_reason(&words, kind_reason(from->kind), "a", a, "b", b, "room", room, "count",
		     arena_printf(si->tx->arena, "%lld", (long long)from->count), "of",
		     arena_printf(si->tx->arena, "%lld", (long long)from->of), "item",
		     item_text(si, from), NULL);
	to->message = arena_strdup(si->tx->arena, words.message);
	to->next = words.next[0] ? arena_strdup(si->tx->arena, words.next) : NULL;
	return 0;
}

int conflict_record(struct session_input *si, const struct conflict_finding *from, int asked,
		    struct conflict **out, struct error *err)
{
	struct conflict *to = record_new(si->tx->arena, &conflict_fields);
	int other = from->b < 0 ? -1 : from->a == asked ? from->b : from->a;
	const struct session *session = si->refs[asked].session;
	const struct session *second = other >= 0 ? si->refs[other].session : NULL;
	const struct session *let = let_stand(si, from, session, second);

	*out = to;
	to->kind = enum_code(&conflict_kind_enum, from->kind);
	to->hard = !conflict_is_soft(from->kind);
	to->session_id = session->id > 0 ? session->id : OV_NULL;
	to->other_id = second ? second->id : OV_NULL;
	to->overridden = 0;
	if (from->students.count || from->of > 0) {
		to->count = from->count;
		to->of = from->of;
	}
	if (let && override_add(si, let, to, err) < 0)
		return err->code;
	return words_add(si, from, asked, other, to, err);
}

static int finding_add(struct session_input *si, const struct conflict_finding *from, int asked,
		       struct bundle *bundle, struct conflict **out, struct error *err)
{
	if (conflict_record(si, from, asked, out, err) < 0)
		return err->code;
	bundle_add(bundle, &conflict_fields, *out);
	return 0;
}

/* A portable item may be short at the starts of several meetings: told once. */
static bool told_before(const struct conflict_list *list, size_t at)
{
	return list->item[at].kind == CONFLICT_POOL_EXCEEDED && at > 0 &&
	       list->item[at - 1].kind == CONFLICT_POOL_EXCEEDED;
}

int session_conflicts(struct tx *tx, const struct meeting_draft *draft, struct bundle *bundle,
		      struct conflict_counts *counts, struct error *err)
{
	struct conflict_list list;
	struct session_input si;
	int64_t days, from, to;

	*counts = (struct conflict_counts){ 0, 0, 0 };
	session_input_init(&si, tx);
	if (session_days_around(tx, &days, err) < 0)
		return err->code;
	from = draft->session->on_date - days;
	to = draft->session->on_date + days;
	if (session_input_add(&si, draft->session, draft->cohort_ids, draft->cohort_count, err) < 0 ||
	    session_input_around(&si, from, to, err) < 0 ||
	    session_input_build(&si, from, to, err) < 0)
		return err->code;
	conflict_find(&si.input, 0, tx->arena, &list);
	for (size_t i = 0; i < list.count; i++) {
		struct conflict *record;

		if (told_before(&list, i))
			continue;
		if (finding_add(&si, &list.item[i], 0, bundle, &record, err) < 0)
			return err->code;
		if (!record->hard)
			continue;
		counts->hard++;
		counts->overridden += record->overridden == 1;
		counts->fixed += !conflict_may_override(list.item[i].kind);
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

/* Learners whom a finding names, each with his meetings and kinds. */
static void clashes_note(const struct session_input *si, const struct conflict_finding *found,
			 struct member_clash **of)
{
	struct arena *arena = si->tx->arena;
	const char *word = enum_code(&conflict_kind_enum, found->kind);

	for (size_t i = 0; i < found->students.count; i++) {
		struct member_clash **clash = &of[found->students.item[i]];

		if (!*clash) {
			*clash = record_new(arena, &member_clash_fields);
			(*clash)->student_id = si->student_ids[found->students.item[i]];
			(*clash)->meetings = 0;
			(*clash)->kinds = "";
		}
		(*clash)->meetings++;
		if (!strstr((*clash)->kinds, word))
			(*clash)->kinds = arena_printf(arena, "%s%s%s", (*clash)->kinds,
						       *(*clash)->kinds ? " " : "", word);
	}
}

int cohort_conflicts(struct tx *tx, bool who, int64_t from, int64_t to,
		     struct bundle *bundle, struct error *err)
{
	const struct record_list *slots = bundle_list(bundle, &session_slot_fields);
	struct conflict_list list;
	struct session_input si;
	struct member_clash **of;
	int64_t days;
	int asked;

	session_input_init(&si, tx);
	if (session_days_around(tx, &days, err) < 0)
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
	if (session_input_around(&si, from - days, to + days, err) < 0 ||
	    session_input_build(&si, from - days, to + days, err) < 0)
		return err->code;
	conflict_find(&si.input, CONFLICT_ALL, tx->arena, &list);
	session_twins_relieve(&si, &list);
	of = arena_array(tx->arena, si.input.student_count + 1, sizeof *of);
	for (size_t i = 0; i < list.count; i++) {
		const struct conflict_finding *found = &list.item[i];
		int own = found->a < asked ? found->a : found->b;
		struct conflict *record;

		if (own < 0 || own >= asked)
			continue;
		if (finding_add(&si, found, own, bundle, &record, err) < 0)
			return err->code;
		if (who)
			clashes_note(&si, found, of);
		slot_count(bundle, si.refs[own].session->id);
		if (found->b >= 0 && found->b < asked && found->b != own)
			slot_count(bundle, si.refs[found->b].session->id);
	}
	for (size_t i = 0; i < si.input.student_count; i++)
		if (of[i])
			bundle_add(bundle, &member_clash_fields, of[i]);
	return 0;
}

/* --- twins --- */

static bool about_shifts(enum conflict_kind kind)
{
	return kind == CONFLICT_SHIFT_CLASH || kind == CONFLICT_REST_SHORT;
}

/* Meetings in order of their twin number, and the findings of each. */
struct twins {
	const struct session_input *si;
	const struct conflict_list *list;
	int *next;     /* another meeting of the lesson, round and round; -1 none */
	int *findings[2]; /* by meeting: its SHIFT_CLASH, its REST_SHORT; -1 */
};

static void twins_init(struct twins *twins, const struct session_input *si,
		       const struct conflict_list *list)
{
	struct arena *arena = si->tx->arena;
	struct id_map last;

	*twins = (struct twins){ .si = si, .list = list };
	twins->next = arena_array(arena, si->ref_count, sizeof *twins->next);
	id_map_init(&last, arena);
	for (size_t i = 0; i < si->ref_count; i++) {
		int other = si->refs[i].twin ? id_map_find(&last, si->refs[i].twin) : -1;

		twins->next[i] = other >= 0 ? twins->next[other] : (int)i;
		if (other >= 0)
			twins->next[other] = (int)i;
		else if (si->refs[i].twin)
			id_map_add(&last, si->refs[i].twin, (int)i);
	}
	for (int k = 0; k < 2; k++) {
		twins->findings[k] = arena_array(arena, si->ref_count, sizeof(int));
		for (size_t i = 0; i < si->ref_count; i++)
			twins->findings[k][i] = -1;
	}
	for (size_t i = 0; i < list->count; i++)
		if (about_shifts(list->item[i].kind))
			twins->findings[list->item[i].kind == CONFLICT_REST_SHORT][list->item[i].a] =
				(int)i;
}

static bool told_of(const struct twins *twins, int meeting, int student)
{
	for (int k = 0; k < 2; k++) {
		int at = twins->findings[k][meeting];

		for (size_t i = 0; at >= 0 && i < twins->list->item[at].students.count; i++)
			if (twins->list->item[at].students.item[i] == student)
				return true;
	}
	return false;
}

static bool relieved(const struct twins *twins, int meeting, int student)
{
	for (int other = twins->next[meeting]; other != meeting; other = twins->next[other])
		if (!told_of(twins, other, student))
			return true;
	return false;
}

void session_twins_relieve(const struct session_input *si, struct conflict_list *list)
{
	struct conflict_ints *left = arena_array(si->tx->arena, list->count, sizeof *left);
	struct twins twins;
	size_t kept = 0;

	twins_init(&twins, si, list);
	for (size_t i = 0; i < list->count; i++) {
		const struct conflict_finding *found = &list->item[i];
		int *who;

		left[i] = found->students;
		if (!about_shifts(found->kind) || twins.next[found->a] == found->a)
			continue;
		who = arena_array(si->tx->arena, found->students.count, sizeof *who);
		left[i] = (struct conflict_ints){ who, 0 };
		for (size_t k = 0; k < found->students.count; k++)
			if (!relieved(&twins, found->a, found->students.item[k]))
				who[left[i].count++] = found->students.item[k];
	}
	for (size_t i = 0; i < list->count; i++) {
		struct conflict_finding found = list->item[i];

		if (about_shifts(found.kind)) {
			found.students = left[i];
			found.count = (int64_t)left[i].count;
		}
		if (found.count || !about_shifts(found.kind))
			list->item[kept++] = found;
	}
	list->count = kept;
}

/* --- a whole timetable --- */

static bool in_view(const struct session_input *si, int index, int64_t cohort_id, int64_t from,
		    int64_t to)
{
	const struct meeting_ref *ref = &si->refs[index];
	bool wanted = cohort_id == 0;

	for (size_t i = 0; i < ref->cohort_count; i++)
		wanted = wanted || ref->cohort_ids[i] == cohort_id;
	return wanted && ref->session->on_date >= from && ref->session->on_date < to;
}

static int list_add(struct session_input *si, const struct conflict_list *list, int64_t cohort_id,
		    int64_t from, int64_t to, struct bundle *bundle, struct error *err)
{
	for (size_t i = 0; i < list->count; i++) {
		int own = list->item[i].a;
		struct conflict *record;

		if (!in_view(si, own, cohort_id, from, to))
			own = list->item[i].b;
		if (own < 0 || !in_view(si, own, cohort_id, from, to))
			continue;
		if (finding_add(si, &list->item[i], own, bundle, &record, err) < 0)
			return err->code;
	}
	return 0;
}

int timetable_conflicts(struct tx *tx, int64_t cohort_id, int64_t from, int64_t to,
			struct bundle *bundle, struct error *err)
{
	const struct planner_options *planner;
	struct conflict_soft_limits limits;
	struct conflict_list list;
	struct session_input si;
	int64_t days;

	session_input_init(&si, tx);
	if (local_planner(tx->local, &planner, err) < 0 ||
	    session_days_around(tx, &days, err) < 0 ||
	    session_input_window(&si, 0, from - days, to + days, err) < 0 ||
	    session_input_build(&si, from - days, to + days, err) < 0)
		return err->code;
	conflict_find(&si.input, CONFLICT_ALL, tx->arena, &list);
	session_twins_relieve(&si, &list);
	if (list_add(&si, &list, cohort_id, from, to, bundle, err) < 0)
		return err->code;
	conflict_soft_limits_init(&limits);
	limits.late_min = planner->late_min;
	limits.changed = arena_array(tx->arena, si.ref_count, sizeof *limits.changed);
	for (size_t i = 0; i < si.ref_count; i++)
		limits.changed[i] = si.refs[i].session->state == SESSION_MOVED;
	conflict_soft_find(&si.input, &limits, tx->arena, &list);
	return list_add(&si, &list, cohort_id, from, to, bundle, err);
}
