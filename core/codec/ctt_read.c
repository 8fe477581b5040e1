#include "core/codec/ctt.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/codec/ctt_words.h"
#include "core/model/reason.h"

enum section { HEADER, COURSES, ROOMS, CURRICULA, UNAVAILABILITY, SECTION_COUNT };

static const char *const section_names[SECTION_COUNT] = {
	[COURSES] = "COURSES", [ROOMS] = "ROOMS", [CURRICULA] = "CURRICULA",
	[UNAVAILABILITY] = "UNAVAILABILITY_CONSTRAINTS",
};

enum head { HEAD_NAME, HEAD_COURSES, HEAD_ROOMS, HEAD_DAYS, HEAD_PERIODS, HEAD_CURRICULA,
	    HEAD_CONSTRAINTS, HEAD_COUNT };

static const struct {
	const char *key;
	int32_t most;
} heads[HEAD_COUNT] = {
	[HEAD_NAME] = { "NAME", 0 },
	[HEAD_COURSES] = { "COURSES", CTT_COURSES_MAX },
	[HEAD_ROOMS] = { "ROOMS", CTT_ROOMS_MAX },
	[HEAD_DAYS] = { "DAYS", CTT_PERIODS_MAX },
	[HEAD_PERIODS] = { "PERIODS_PER_DAY", CTT_PERIODS_MAX },
	[HEAD_CURRICULA] = { "CURRICULA", CTT_CURRICULA_MAX },
	[HEAD_CONSTRAINTS] = { "CONSTRAINTS", INT32_MAX },
};

struct reading {
	struct ctt *ctt;
	struct ctt_words words;
	struct arena *arena;
	struct error *err;
	enum section section;
	bool seen[SECTION_COUNT], given[HEAD_COUNT], ended;
	int32_t head[HEAD_COUNT];
	int32_t count[SECTION_COUNT]; /* lines so far */
	struct ctt_names courses, rooms, curricula, teachers;
	int32_t *marks; /* [course] the last curriculum that named it, from 1 */
	int64_t lectures, memberships;
};

static int bad(struct reading *r, const char *why)
{
	return ctt_words_bad(&r->words, r->err, why);
}

/* A bad line that has to do with one word or number of it. */
static int bad_with(struct reading *r, const char *format, const char *what)
{
	char why[256];

	(void)snprintf(why, sizeof why, format, what);
	return bad(r, why);
}

static char *text_of(struct reading *r, size_t word)
{
	return arena_strndup(r->arena, r->words.items[word].text, r->words.items[word].len);
}

/* The WORDth of the line as a number in 0 … most. */
static int number_at(struct reading *r, size_t word, int32_t most, int32_t *number)
{
	char range[64];
	int64_t value;

	if (!ctt_word_number(&r->words.items[word], &value))
		return bad_with(r, _("\"%s\" is not a whole number"), text_of(r, word));
	if (value < 0 || value > most) {
		(void)snprintf(range, sizeof range, _("%lld is not in 0…%d"), (long long)value, most);
		return bad(r, range);
	}
	*number = (int32_t)value;
	return 0;
}

static bool name_is_plain(struct reading *r, size_t word)
{
	return !memchr(r->words.items[word].text, '\0', r->words.items[word].len);
}

/* ---- header ---- */

static int check_head(struct reading *r)
{
	for (int i = HEAD_COURSES; i < HEAD_COUNT; i++)
		if (!r->given[i])
			return bad_with(r, _("the header has no line \"%s\""), heads[i].key);
	if ((int64_t)r->head[HEAD_DAYS] * r->head[HEAD_PERIODS] > CTT_PERIODS_MAX)
		return bad(r, _("more periods than can be planned"));
	r->ctt->days = r->head[HEAD_DAYS];
	r->ctt->periods = r->head[HEAD_PERIODS];
	return 0;
}

static bool same_key(const struct ctt_word *word, size_t len, const char *key)
{
	if (strlen(key) != len)
		return false;
	for (size_t i = 0; i < len; i++) {
		char c = word->text[i];

		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (c != key[i])
			return false;
	}
	return true;
}

static size_t key_length(const struct ctt_word *word)
{
	size_t len = word->len;

	while (len && word->text[len - 1] == ':')
		len--;
	return len;
}

static int read_head(struct reading *r)
{
	const struct ctt_word *word = &r->words.items[0];

	for (int i = 0; i < HEAD_COUNT; i++) {
		if (!same_key(word, key_length(word), heads[i].key))
			continue;
		if (r->given[i])
			return bad_with(r, _("the header says \"%s\" twice"), heads[i].key);
		r->given[i] = true;
		if (i == HEAD_NAME) {
			r->ctt->name = r->words.count > 1 && name_is_plain(r, 1) ? text_of(r, 1) : "";
			return 0;
		}
		if (r->words.count != 2)
			return bad_with(r, _("\"%s\" needs one number"), heads[i].key);
		return number_at(r, 1, heads[i].most, &r->head[i]);
	}
	return bad_with(r, _("\"%s\" is no line of the header and no section"), text_of(r, 0));
}

/* ---- sections ---- */

static void start_names(struct reading *r, struct ctt_names *names, int32_t count)
{
	names->items = arena_array(r->arena, (size_t)count, sizeof *names->items);
	names->count = 0;
}

static void add_name(struct reading *r, struct ctt_names *names, size_t word, int32_t index)
{
	names->items[names->count].word = r->words.items[word];
	names->items[names->count++].index = index;
}

static int check_twice(struct reading *r, struct ctt_names *names)
{
	int32_t twice;

	if (ctt_names_sort(names, &twice))
		return 0;
	for (size_t i = 0; i < names->count; i++)
		if (names->items[i].index == twice)
			return bad_with(r, _("\"%s\" stands twice in this section"),
					arena_strndup(r->arena, names->items[i].word.text,
						      names->items[i].word.len));
	return 0;
}

static const enum head head_of[SECTION_COUNT] = {
	[COURSES] = HEAD_COURSES, [ROOMS] = HEAD_ROOMS, [CURRICULA] = HEAD_CURRICULA,
	[UNAVAILABILITY] = HEAD_CONSTRAINTS,
};

/* Teachers are known by their names alone; they get numbers here. */
static void number_teachers(struct reading *r)
{
	int32_t twice;

	(void)ctt_names_sort(&r->teachers, &twice);
	for (size_t i = 0; i < r->teachers.count; i++) {
		const struct ctt_name *name = &r->teachers.items[i];
		const bool same = i && name->word.len == name[-1].word.len &&
			!memcmp(name->word.text, name[-1].word.text, name->word.len);

		r->ctt->teacher_count += !same;
		r->ctt->courses[name->index].teacher = r->ctt->teacher_count - 1;
	}
}

static int end_section(struct reading *r)
{
	struct ctt_names *names[SECTION_COUNT] = { [COURSES] = &r->courses, [ROOMS] = &r->rooms,
						   [CURRICULA] = &r->curricula };
	char why[160];
	const int32_t want = r->head[head_of[r->section]], have = r->count[r->section];

	if (r->section == HEADER)
		return check_head(r);
	if (have != want) {
		(void)snprintf(why, sizeof why, _("%s has %d lines, the header says %d"),
			       section_names[r->section], have, want);
		return bad(r, why);
	}
	if (r->section == COURSES)
		number_teachers(r);
	return names[r->section] ? check_twice(r, names[r->section]) : 0;
}

static int start_section(struct reading *r, enum section section)
{
	int rc = end_section(r);

	if (rc)
		return rc;
	if (r->seen[section])
		return bad_with(r, _("the section %s comes twice"), section_names[section]);
	if (section > COURSES && !r->seen[section - 1])
		return bad_with(r, _("the section %s is missing before this one"),
				section_names[section - 1]);
	r->section = section;
	r->seen[section] = true;
	if (section == COURSES) {
		start_names(r, &r->courses, r->head[HEAD_COURSES]);
		start_names(r, &r->teachers, r->head[HEAD_COURSES]);
		r->ctt->courses = arena_array(r->arena, (size_t)r->head[HEAD_COURSES],
					      sizeof *r->ctt->courses);
	} else if (section == ROOMS) {
		start_names(r, &r->rooms, r->head[HEAD_ROOMS]);
		r->ctt->rooms = arena_array(r->arena, (size_t)r->head[HEAD_ROOMS],
					    sizeof *r->ctt->rooms);
	} else if (section == CURRICULA) {
		r->marks = arena_array(r->arena, (size_t)r->ctt->course_count + 1, sizeof *r->marks);
		start_names(r, &r->curricula, r->head[HEAD_CURRICULA]);
		r->ctt->curricula = arena_array(r->arena, (size_t)r->head[HEAD_CURRICULA],
						sizeof *r->ctt->curricula);
	} else {
		r->ctt->unavailable = arena_array(r->arena, (size_t)r->ctt->course_count + 1,
			(size_t)r->ctt->days * (size_t)r->ctt->periods + 1);
	}
	return 0;
}

static int read_course(struct reading *r)
{
	struct ctt_course *course = &r->ctt->courses[r->ctt->course_count];
	int rc;

	if (r->words.count != 5)
		return bad(r, _("a course has a name, a teacher and three numbers"));
	course->name = text_of(r, 0);
	rc = number_at(r, 2, CTT_LECTURES_MAX, &course->lectures);
	if (!rc)
		rc = number_at(r, 3, CTT_PERIODS_MAX, &course->min_days);
	if (!rc)
		rc = number_at(r, 4, CTT_NUMBER_MAX, &course->students);
	if (rc)
		return rc;
	r->lectures += course->lectures;
	if (r->lectures > CTT_LECTURES_MAX)
		return bad(r, _("more lectures than can be planned"));
	add_name(r, &r->courses, 0, r->ctt->course_count);
	add_name(r, &r->teachers, 1, r->ctt->course_count++);
	return 0;
}

static int read_room(struct reading *r)
{
	struct ctt_room *room = &r->ctt->rooms[r->ctt->room_count];

	if (r->words.count != 2)
		return bad(r, _("a room has a name and a number of seats"));
	room->name = text_of(r, 0);
	add_name(r, &r->rooms, 0, r->ctt->room_count++);
	return number_at(r, 1, CTT_NUMBER_MAX, &room->seats);
}

static int read_curriculum(struct reading *r)
{
	struct ctt_curriculum *q = &r->ctt->curricula[r->ctt->curriculum_count];
	int32_t count, *courses;
	int rc;

	if (r->words.count < 2)
		return bad(r, _("a curriculum has a name, a number and as many courses"));
	q->name = text_of(r, 0);
	rc = number_at(r, 1, CTT_COURSES_MAX, &count);
	if (rc)
		return rc;
	if ((size_t)count != r->words.count - 2)
		return bad(r, _("a curriculum has a name, a number and as many courses"));
	r->memberships += count;
	if (r->memberships > CTT_MEMBERSHIPS_MAX)
		return bad(r, _("more courses in the curricula than can be planned"));
	courses = arena_array(r->arena, (size_t)count + 1, sizeof *courses);
	for (int32_t i = 0; i < count; i++) {
		const int32_t c = ctt_names_find(&r->courses, &r->words.items[i + 2]);

		if (c < 0)
			return bad_with(r, _("there is no course \"%s\""), text_of(r, (size_t)i + 2));
		if (r->marks[c] != r->ctt->curriculum_count + 1)
			courses[q->course_count++] = c;
		r->marks[c] = r->ctt->curriculum_count + 1;
	}
	q->courses = courses;
	add_name(r, &r->curricula, 0, r->ctt->curriculum_count++);
	return 0;
}

static int read_unavailable(struct reading *r)
{
	struct ctt *ctt = r->ctt;
	int32_t course, day, period;
	int rc;

	if (r->words.count != 3)
		return bad(r, _("this line has a course, a day and a period"));
	course = ctt_names_find(&r->courses, &r->words.items[0]);
	if (course < 0)
		return bad_with(r, _("there is no course \"%s\""), text_of(r, 0));
	rc = number_at(r, 1, ctt->days - 1, &day);
	if (!rc)
		rc = number_at(r, 2, ctt->periods - 1, &period);
	if (!rc)
		ctt->unavailable[((size_t)course * (size_t)ctt->days + (size_t)day) *
				 (size_t)ctt->periods + (size_t)period] = 1;
	return rc;
}

static int read_line(struct reading *r)
{
	static int (*const readers[SECTION_COUNT])(struct reading *) = {
		[COURSES] = read_course, [ROOMS] = read_room, [CURRICULA] = read_curriculum,
		[UNAVAILABILITY] = read_unavailable,
	};
	const struct ctt_word *word = &r->words.items[0];

	if (r->words.count == 1 && word->len && word->text[word->len - 1] == ':')
		for (enum section s = COURSES; s < SECTION_COUNT; s++)
			if (same_key(word, key_length(word), section_names[s]))
				return start_section(r, s);
	if (r->section == HEADER)
		return read_head(r);
	for (size_t i = 0; i < r->words.count; i++)
		if (!name_is_plain(r, i))
			return bad(r, _("a NUL byte; this is not a text file, or it is damaged"));
	if (r->count[r->section]++ == r->head[head_of[r->section]])
		return bad_with(r, _("more lines in %s than the header says"),
				section_names[r->section]);
	return readers[r->section](r);
}

/* Each course's own list of curricula. */
static void list_curricula(struct reading *r)
{
	struct ctt *ctt = r->ctt;
	int32_t **lists = arena_array(r->arena, (size_t)ctt->course_count + 1, sizeof *lists);

	for (int round = 0; round < 2; round++) {
		for (int32_t c = 0; round && c < ctt->course_count; c++) {
			lists[c] = arena_array(r->arena, (size_t)ctt->courses[c].curriculum_count + 1,
					       sizeof **lists);
			ctt->courses[c].curricula = lists[c];
			ctt->courses[c].curriculum_count = 0;
		}
		for (int32_t q = 0; q < ctt->curriculum_count; q++)
			for (int32_t i = 0; i < ctt->curricula[q].course_count; i++) {
				const int32_t c = ctt->curricula[q].courses[i];
				const int32_t at = ctt->courses[c].curriculum_count++;

				if (round)
					lists[c][at] = q;
			}
	}
}

static int finish(struct reading *r)
{
	int rc;

	if (!r->ended)
		return bad(r, _("the file ends without a line \"END.\""));
	rc = end_section(r);
	if (rc)
		return rc;
	if (r->section != UNAVAILABILITY)
		return bad_with(r, _("the section %s is missing before this one"),
				section_names[UNAVAILABILITY]);
	list_curricula(r);
	r->ctt->names = arena_array(r->arena, 2, sizeof *r->ctt->names);
	r->ctt->names[0] = r->courses;
	r->ctt->names[1] = r->rooms;
	return 0;
}

int ctt_read(const char *text, size_t len, const char *file, struct ctt *ctt,
	     struct arena *arena, struct error *err)
{
	struct reading r = {
		.ctt = ctt, .arena = arena, .err = err,
		.words = { .at = text, .end = text + len, .file = file, .arena = arena },
	};
	int rc = 0;

	memset(ctt, 0, sizeof *ctt);
	ctt->name = "";
	if (len >= 3 && !memcmp(text, "\xef\xbb\xbf", 3))
		r.words.at += 3;
	while (!rc && !r.ended && ctt_words_next(&r.words)) {
		r.ended = ctt_word_is(&r.words.items[0], "END.");
		if (!r.ended)
			rc = read_line(&r);
	}
	return rc ? rc : finish(&r);
}
