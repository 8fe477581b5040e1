/* The sessions of a vector and their dated meetings. */
#include "core/codec/conflicts_names.h"

#include "core/base/i18n.h"

#include <string.h>

enum { SEATS_MAX = 1000000000, SESSIONS_MAX = 20000 };

/* Where one occurrence is changed: what a series can't say by itself. */
struct change {
	bool has_room, has_teachers;
	int room;
	struct conflict_ints teachers;
};

struct meetings {
	struct conflict_meeting *item;
	size_t count, room;
};

static struct conflict_meeting *meeting_add(struct meetings *list, struct arena *arena)
{
	if (list->count == list->room) {
		struct conflict_meeting *old = list->item;

		list->room = list->room ? list->room * 2 : 64;
		list->item = arena_array(arena, list->room, sizeof *list->item);
		if (list->count)
			memcpy(list->item, old, list->count * sizeof *old);
	}
	return &list->item[list->count++];
}

/* A room's number, -1 for null: online. */
static int room_number(struct trial_reader *trial, json_t *object)
{
	const char *code = json_opt_text(trial->reader, object, "room");
	int room;

	if (!code)
		return -1;
	room = names_find(&trial->rooms, code);
	if (room < 0)
		json_reader_fail(trial->reader, "room", N_("names something that is not defined"));
	return room;
}

static void every_read(struct trial_reader *trial, json_t *object, struct occurrence_series *series)
{
	struct json_reader *reader = trial->reader;
	json_t *every = json_opt_object(reader, object, "every");

	if (!every)
		return;
	json_enter(reader, "every");
	series->every = true;
	series->weekday = (int)json_get_int(reader, every, "weekday", 0, 6);
	series->every_from = json_get_date(reader, every, "from");
	series->every_until = json_get_date(reader, every, "until");
	json_leave(reader);
}

static void moved_read(struct trial_reader *trial, json_t *object,
		       struct occurrence_series *series, struct change **out)
{
	struct json_reader *reader = trial->reader;
	json_t *moved = json_opt_object(reader, object, "moved"), *value;
	size_t size = json_object_size(moved), count = 0;
	struct occurrence_change *changes = arena_array(reader->arena, size, sizeof *changes);
	struct change *more = arena_array(reader->arena, size, sizeof *more);
	const char *date;

	json_enter(reader, "moved");
	json_object_foreach(moved, date, value) {
		struct occurrence_change *change = &changes[count];

		json_enter(reader, arena_strdup(reader->arena, date));
		if (!json_is_object(value))
			json_reader_fail(reader, NULL, N_("an object is expected"));
		if (!date_parse(date, &change->original))
			json_reader_fail(reader, NULL, N_("a date like 2015-09-10 is expected"));
		change->date = json_opt_date(reader, value, "date");
		change->from = clock_opt(reader, value, "from", false);
		change->to = clock_opt(reader, value, "to", true);
		more[count].has_room = json_object_get(value, "room") != NULL;
		more[count].room = room_number(trial, value);
		more[count].has_teachers = json_object_get(value, "teachers") != NULL;
		more[count].teachers = numbers_read(reader, value, "teachers", &trial->teachers, false);
		json_leave(reader);
		count++;
	}
	json_leave(reader);
	series->changes = changes;
	series->change_count = count;
	*out = more;
}

static void series_read(struct trial_reader *trial, json_t *object,
			struct occurrence_series *series, struct change **changes)
{
	struct json_reader *reader = trial->reader;

	series->from = clock_opt(reader, object, "from", false);
	series->to = clock_opt(reader, object, "to", true);
	if (series->from == OV_NULL)
		json_reader_fail(reader, "from", N_("is missing"));
	if (series->to == OV_NULL)
		json_reader_fail(reader, "to", N_("is missing"));
	series->dates = json_opt_dates(reader, object, "dates", &series->date_count);
	series->except = json_opt_dates(reader, object, "except", &series->except_count);
	every_read(trial, object, series);
	moved_read(trial, object, series, changes);
}

static void uses_read(struct trial_reader *trial, json_t *object, struct conflict_session *session)
{
	struct json_reader *reader = trial->reader;
	json_t *pool = json_opt_object(reader, object, "pool"), *value;
	struct conflict_use *uses = arena_array(reader->arena, json_object_size(pool), sizeof *uses);
	const char *item;

	json_enter(reader, "pool");
	json_object_foreach(pool, item, value) {
		struct conflict_use *use = &uses[session->use_count++];

		use->item = names_find(&trial->items, item);
		use->count = json_get_int(reader, pool, item, 0, SEATS_MAX);
		if (use->item < 0)
			json_reader_fail(reader, arena_strdup(reader->arena, item),
					 N_("names something that is not defined"));
	}
	json_leave(reader);
	session->uses = uses;
}

static void session_read(struct trial_reader *trial, json_t *object,
			 struct conflict_session *session)
{
	struct json_reader *reader = trial->reader;
	const char *course = json_opt_text(reader, object, "course");

	if (!json_object_get(object, "cohorts"))
		json_reader_fail(reader, "cohorts", N_("is missing"));
	session->cohorts = numbers_read(reader, object, "cohorts", &trial->cohorts, false);
	session->online_seats = json_opt_int(reader, object, "online_seats", 0, SEATS_MAX, 0);
	session->needs = numbers_read(reader, object, "needs", &trial->features, true);
	session->needs_cert = numbers_read(reader, object, "needs_cert", &trial->features, true);
	uses_read(trial, object, session);
	session->exam = json_opt_bool(reader, object, "exam", false);
	session->course = course ? names_add(&trial->courses, course) : -1;
	session->after = numbers_read(reader, object, "after", &trial->sessions, false);
}

static void meetings_read(struct trial_reader *trial, json_t *object, int number,
			  struct meetings *list)
{
	static const char *const faults[] = {
		[OCCURRENCE_EMPTY] = N_("the two clock times are equal"),
		[OCCURRENCE_TWICE] = N_("the session has one date twice"),
		[OCCURRENCE_MANY] = N_("the list is too long"),
	};
	struct json_reader *reader = trial->reader;
	struct occurrence_series series = { .date_count = 0 };
	struct conflict_ints teachers;
	struct occurrence_list occurrences;
	enum occurrence_fault fault;
	struct change *changes;
	int room = room_number(trial, object);

	if (!json_object_get(object, "teachers"))
		json_reader_fail(reader, "teachers", N_("is missing"));
	teachers = numbers_read(reader, object, "teachers", &trial->teachers, false);
	series_read(trial, object, &series, &changes);
	if (json_reader_failed(reader))
		return;
	fault = occurrence_expand(&series, reader->arena, &occurrences);
	if (fault != OCCURRENCE_FINE) {
		json_reader_fail(reader, NULL, faults[fault]);
		return;
	}
	if (list->count + occurrences.count > OCCURRENCE_LIMIT) {
		json_reader_fail(reader, NULL, faults[OCCURRENCE_MANY]);
		return;
	}
	for (size_t i = 0; i < occurrences.count; i++) {
		const struct occurrence *occurrence = &occurrences.item[i];
		const struct change *change = occurrence->change < 0 ? NULL : &changes[occurrence->change];

		*meeting_add(list, reader->arena) = (struct conflict_meeting){
			.session = number, .time = occurrence->time,
			.room = change && change->has_room ? change->room : room,
			.teachers = change && change->has_teachers ? change->teachers : teachers,
		};
	}
}

/* Names first: a predecessor may stand further down. */
static void sessions_name(struct trial_reader *trial, json_t *list)
{
	struct json_reader *reader = trial->reader;
	const char **names = arena_array(reader->arena, json_array_size(list), sizeof *names);
	json_t *item;
	size_t i;

	json_array_foreach(list, i, item) {
		json_enter_item(reader, i);
		if (!json_is_object(item)) {
			json_reader_fail(reader, NULL, N_("an object is expected"));
		} else {
			names[i] = json_get_text(reader, item, "id");
			if (names_find(&trial->sessions, names[i]) >= 0)
				json_reader_fail(reader, "id", N_("stands here for the second time"));
			names_add(&trial->sessions, names[i]);
		}
		json_leave(reader);
		if (json_reader_failed(reader))
			break;
	}
	trial->trial->sessions = names;
}

void trial_read_sessions(struct trial_reader *trial)
{
	struct json_reader *reader = trial->reader;
	json_t *list = json_get_list(reader, trial->vector, "sessions"), *item;
	struct conflict_session *sessions;
	struct meetings meetings = { .count = 0 };
	size_t i;

	if (json_array_size(list) > SESSIONS_MAX)
		json_reader_fail(reader, "sessions", N_("the list is too long"));
	if (json_reader_failed(reader))
		return;
	sessions = arena_array(reader->arena, json_array_size(list), sizeof *sessions);
	json_enter(reader, "sessions");
	sessions_name(trial, list);
	json_array_foreach(list, i, item) {
		if (json_reader_failed(reader))
			break;
		json_enter_item(reader, i);
		session_read(trial, item, &sessions[i]);
		meetings_read(trial, item, (int)i, &meetings);
		json_leave(reader);
	}
	json_leave(reader);
	trial->trial->input.sessions = sessions;
	trial->trial->input.session_count = json_array_size(list);
	trial->trial->input.meetings = meetings.item;
	trial->trial->input.meeting_count = meetings.count;
}

int conflicts_trial_read(struct json_reader *reader, json_t *common, json_t *vector,
			 struct conflicts_trial *trial)
{
	struct trial_reader state = {
		.reader = reader, .common = common, .vector = vector, .trial = trial,
	};
	struct names *all[] = {
		&state.patterns, &state.rooms, &state.teachers, &state.students, &state.cohorts,
		&state.sessions, &state.sites, &state.features, &state.items, &state.courses,
	};

	*trial = (struct conflicts_trial){ .students = NULL };
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		names_init(all[i]);
	trial_read_things(&state);
	if (!json_reader_failed(reader))
		trial_read_sessions(&state);
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		names_release(all[i]);
	return reader->err->code;
}
