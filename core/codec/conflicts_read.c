/* Everything of a vector but its sessions. */
#include "core/codec/conflicts_names.h"

#include "core/base/i18n.h"

#include <stdlib.h>
#include <string.h>

enum { AMOUNT_MAX = 1000000000, MINUTES_MAX = 100000000 };

static int date_order(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static const int64_t *dates_sorted(struct json_reader *reader, json_t *object, const char *key,
				   size_t *count)
{
	int64_t *dates = json_opt_dates(reader, object, key, count);

	if (*count)
		qsort(dates, *count, sizeof *dates, date_order);
	return dates;
}

static void calendar_read(struct trial_reader *trial)
{
	struct json_reader *reader = trial->reader;
	struct conflict_calendar *calendar = &trial->trial->input.calendar;
	json_t *object = section_enter(trial, "calendar"), *list, *item;
	int64_t *years;
	size_t i;

	if (!json_is_object(object)) {
		json_reader_fail(reader, NULL, N_("an object is expected"));
		section_leave(trial);
		return;
	}
	list = json_get_list(reader, object, "years");
	years = arena_array(reader->arena, json_array_size(list), sizeof *years);
	json_array_foreach(list, i, item) {
		if (!json_is_integer(item))
			json_reader_fail(reader, "years", N_("an integer is expected"));
		years[i] = json_integer_value(item);
	}
	calendar->year_count = json_array_size(list);
	if (calendar->year_count)
		qsort(years, calendar->year_count, sizeof *years, date_order);
	calendar->years = years;
	calendar->holidays = dates_sorted(reader, object, "holidays", &calendar->holiday_count);
	calendar->swapped = dates_sorted(reader, object, "swapped_workdays",
					 &calendar->swapped_count);
	section_leave(trial);
}

/* Enters a section of name → object pairs; calls READ for each, standing in
 * it. Numbers of NAMES and the array agree. */
static void *section_read(struct trial_reader *trial, const char *key, struct names *names,
			  size_t size, size_t *count,
			  void (*read)(struct trial_reader *, json_t *, void *))
{
	struct json_reader *reader = trial->reader;
	json_t *object = section_enter(trial, key), *value;
	const char *name;
	char *items;

	*count = 0;
	if (object && !json_is_object(object)) {
		json_reader_fail(reader, NULL, N_("an object is expected"));
		object = NULL;
	}
	items = arena_array(reader->arena, json_object_size(object), size);
	json_object_foreach(object, name, value) {
		int number = names_add(names, name);

		json_enter(reader, arena_strdup(reader->arena, name));
		read(trial, value, items + (size_t)number * size);
		json_leave(reader);
		(*count)++;
	}
	section_leave(trial);
	return items;
}

static bool object_here(struct json_reader *reader, json_t *value)
{
	if (json_is_object(value))
		return true;
	json_reader_fail(reader, NULL, N_("an object is expected"));
	return false;
}

/* Letters as indexes of shifts; a letter without a shift is a day off. */
static struct conflict_ints letters_read(struct json_reader *reader, json_t *object,
					 const char *key, const struct names *shifts)
{
	size_t count;
	const char **letters = json_opt_texts(reader, object, key, &count);
	int *slots = arena_array(reader->arena, count, sizeof *slots);

	for (size_t i = 0; i < count; i++)
		slots[i] = names_find(shifts, letters[i]);
	return (struct conflict_ints){ slots, count };
}

/* The shifts worked on every working day: those there are. */
static struct conflict_ints worked(struct conflict_ints slots, struct arena *arena)
{
	int *kept = arena_array(arena, slots.count, sizeof *kept);
	size_t count = 0;

	for (size_t i = 0; i < slots.count; i++)
		if (slots.item[i] >= 0)
			kept[count++] = slots.item[i];
	return (struct conflict_ints){ kept, count };
}

static void pattern_shifts_read(struct json_reader *reader, json_t *object,
				struct conflict_pattern *pattern, struct names *letters)
{
	json_t *shifts = json_get_object(reader, object, "shifts"), *value;
	struct conflict_shift *items = arena_array(reader->arena, json_object_size(shifts),
						   sizeof *items);
	const char *letter;

	json_enter(reader, "shifts");
	json_object_foreach(shifts, letter, value) {
		json_enter(reader, arena_strdup(reader->arena, letter));
		items[names_add(letters, letter)] = clock_pair(reader, value);
		json_leave(reader);
	}
	json_leave(reader);
	pattern->shifts = items;
	pattern->shift_count = json_object_size(shifts);
}

static void pattern_read(struct trial_reader *trial, json_t *object, void *out)
{
	struct conflict_pattern *pattern = out;
	struct json_reader *reader = trial->reader;
	struct names letters;
	const char *kind;

	if (!object_here(reader, object))
		return;
	names_init(&letters);
	kind = json_get_text(reader, object, "kind");
	pattern_shifts_read(reader, object, pattern, &letters);
	pattern->weekday = !strcmp(kind, "weekday");
	if (pattern->weekday) {
		pattern->slots = letters_read(reader, object, "weeks", &letters);
		pattern->on = worked(letters_read(reader, object, "on", &letters), reader->arena);
	} else if (!strcmp(kind, "cycle")) {
		pattern->anchor = json_get_date(reader, object, "anchor");
		pattern->slots = letters_read(reader, object, "cycle", &letters);
		if (!pattern->slots.count)
			json_reader_fail(reader, "cycle", N_("is missing"));
	} else {
		json_reader_fail(reader, "kind", N_("must be cycle or weekday"));
	}
	names_release(&letters);
}

static void room_read(struct trial_reader *trial, json_t *object, void *out)
{
	struct conflict_room *room = out;
	struct json_reader *reader = trial->reader;
	json_t *open;

	if (!object_here(reader, object))
		return;
	room->capacity = json_get_int(reader, object, "cap", 0, AMOUNT_MAX);
	room->site = names_add(&trial->sites, json_get_text(reader, object, "site"));
	room->has = numbers_read(reader, object, "has", &trial->features, true);
	open = json_opt_list(reader, object, "open");
	room->has_hours = open != NULL;
	if (open) {
		json_enter(reader, "open");
		room->open = clock_pair(reader, open);
		json_leave(reader);
	}
	room->closed = spans_read(reader, object, "closed");
	room->ratio = json_opt_int(reader, object, "ratio", 0, AMOUNT_MAX, OV_NULL);
	room->min_staff = json_opt_int(reader, object, "min_staff", 0, AMOUNT_MAX, 0);
	room->stations = json_opt_int(reader, object, "stations", 0, AMOUNT_MAX, OV_NULL);
	room->setup = json_opt_int(reader, object, "setup", 0, MINUTES_MAX, 0);
	room->clear = json_opt_int(reader, object, "clear", 0, MINUTES_MAX, 0);
}

static void teacher_read(struct trial_reader *trial, json_t *object, void *out)
{
	struct conflict_teacher *teacher = out;
	struct json_reader *reader = trial->reader;
	struct conflict_certificate *certs;
	const char *feature;
	json_t *held, *value;

	if (!object_here(reader, object))
		return;
	held = json_opt_object(reader, object, "certs");
	certs = arena_array(reader->arena, json_object_size(held), sizeof *certs);
	json_enter(reader, "certs");
	json_object_foreach(held, feature, value) {
		certs[teacher->certificate_count].feature = names_add(&trial->features, feature);
		certs[teacher->certificate_count++].last_day = json_get_date(reader, held, feature);
	}
	json_leave(reader);
	teacher->certificates = certs;
	teacher->away = spans_read(reader, object, "away");
	teacher->max_day_min = OV_NULL;
}

struct student_work {
	int pattern;
	int64_t offset;
};

static void student_read(struct trial_reader *trial, json_t *object, void *out)
{
	struct student_work *work = out;
	struct json_reader *reader = trial->reader;
	const char *pattern;

	work->pattern = -1;
	if (!object_here(reader, object))
		return;
	pattern = json_opt_text(reader, object, "pattern");
	work->offset = json_opt_int(reader, object, "offset", -AMOUNT_MAX, AMOUNT_MAX, 0);
	if (!pattern)
		return;
	work->pattern = names_find(&trial->patterns, pattern);
	if (work->pattern < 0)
		json_reader_fail(reader, "pattern", N_("names something that is not defined"));
}

static void cohort_read(struct trial_reader *trial, json_t *list, void *out)
{
	struct conflict_cohort *cohort = out;
	struct json_reader *reader = trial->reader;
	int *students = arena_array(reader->arena, json_array_size(list), sizeof *students);
	json_t *item;
	size_t i;

	if (!json_is_array(list)) {
		json_reader_fail(reader, NULL, N_("a list is expected"));
		return;
	}
	json_array_foreach(list, i, item) {
		if (!json_is_string(item)) {
			json_reader_fail(reader, NULL, N_("a text is expected"));
			return;
		}
		students[i] = names_add(&trial->students, json_string_value(item));
	}
	cohort->students = (struct conflict_ints){ students, json_array_size(list) };
}

/* All that are listed or member of a cohort; who is not listed works no
 * shifts. */
static void students_finish(struct trial_reader *trial, const struct student_work *listed,
			    size_t listed_count)
{
	struct conflict_input *input = &trial->trial->input;
	size_t count = names_count(&trial->students);
	struct conflict_student *students = arena_array(trial->reader->arena, count, sizeof *students);
	const char **names = arena_array(trial->reader->arena, count, sizeof *names);
	const char *name;
	json_t *number;

	for (size_t i = 0; i < count; i++) {
		students[i].pattern = i < listed_count ? listed[i].pattern : -1;
		students[i].offset = i < listed_count ? listed[i].offset : 0;
	}
	json_object_foreach(trial->students.index, name, number)
		names[json_integer_value(number)] = arena_strdup(trial->reader->arena, name);
	input->students = students;
	input->student_count = count;
	trial->trial->students = names;
}

static void travel_read(struct trial_reader *trial)
{
	struct json_reader *reader = trial->reader;
	json_t *object = section_enter(trial, "travel"), *value;
	struct conflict_travel *travel;
	const char *key;
	size_t count = 0;

	if (object && !object_here(reader, object))
		object = NULL;
	travel = arena_array(reader->arena, json_object_size(object), sizeof *travel);
	json_object_foreach(object, key, value) {
		const char *bar = strchr(key, '|');

		if (!bar) {
			json_reader_fail(reader, NULL, N_("two sites with | between them are expected"));
			break;
		}
		travel[count].site_a = names_add(&trial->sites,
			arena_strndup(reader->arena, key, (size_t)(bar - key)));
		travel[count].site_b = names_add(&trial->sites, bar + 1);
		travel[count++].minutes = json_get_int(reader, object, key, 0, MINUTES_MAX);
	}
	section_leave(trial);
	trial->trial->input.travel = travel;
	trial->trial->input.travel_count = count;
}

static void pools_read(struct trial_reader *trial)
{
	struct json_reader *reader = trial->reader;
	json_t *object = section_enter(trial, "pools"), *value;
	int64_t *stock;
	const char *item;

	if (object && !object_here(reader, object))
		object = NULL;
	stock = arena_array(reader->arena, json_object_size(object), sizeof *stock);
	json_object_foreach(object, item, value)
		stock[names_add(&trial->items, item)] = json_get_int(reader, object, item, 0, AMOUNT_MAX);
	section_leave(trial);
	trial->trial->input.pool_stock = stock;
	trial->trial->input.pool_count = json_object_size(object);
}

static void policy_read(struct trial_reader *trial)
{
	struct json_reader *reader = trial->reader;
	struct conflict_policy *policy = &trial->trial->input.policy;
	json_t *object = section_enter(trial, "policy");
	const struct {
		const char *key;
		int64_t *value;
	} rows[] = {
		{ "commute", &policy->commute }, { "rest_night", &policy->rest_night },
		{ "rest_soft", &policy->rest_soft }, { "shift_tolerance", &policy->shift_tolerance },
		{ "exam_gap", &policy->exam_gap }, { "exams_per_day", &policy->exams_per_day },
		{ "site_gap_min", &policy->site_gap_min }, { "max_day_min", &policy->max_day_min },
		{ "max_week_min", &policy->max_week_min },
	};

	conflict_policy_init(policy);
	if (object && object_here(reader, object)) {
		policy->holiday_teaching = json_opt_bool(reader, object, "holiday_teaching", false);
		for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
			*rows[i].value = json_opt_int(reader, object, rows[i].key, 0, MINUTES_MAX,
						      *rows[i].value);
	}
	section_leave(trial);
}

void trial_read_things(struct trial_reader *trial)
{
	struct conflict_input *input = &trial->trial->input;
	struct student_work *work;
	size_t listed;

	calendar_read(trial);
	policy_read(trial);
	input->patterns = section_read(trial, "shift_patterns", &trial->patterns,
		sizeof *input->patterns, &input->pattern_count, pattern_read);
	input->rooms = section_read(trial, "rooms", &trial->rooms, sizeof *input->rooms,
				    &input->room_count, room_read);
	input->teachers = section_read(trial, "teachers", &trial->teachers,
		sizeof *input->teachers, &input->teacher_count, teacher_read);
	work = section_read(trial, "students", &trial->students, sizeof *work, &listed,
			    student_read);
	input->cohorts = section_read(trial, "cohorts", &trial->cohorts, sizeof *input->cohorts,
				      &input->cohort_count, cohort_read);
	students_finish(trial, work, listed);
	travel_read(trial);
	pools_read(trial);
}
