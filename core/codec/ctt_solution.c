#include "core/codec/ctt.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/codec/ctt_words.h"

/* ---- reading and writing ---- */

static int32_t within(int64_t number, int32_t below)
{
	return number >= 0 && number < below ? (int32_t)number : PROBLEM_NONE;
}

static int read_line(const struct ctt *ctt, const struct ctt_words *words, struct ctt_line *line,
		     struct error *err)
{
	int64_t day, period;

	if (words->count < 4)
		return ctt_words_bad(words, err, _("a line has a course, a room, a day and a period"));
	if (!ctt_word_number(&words->items[2], &day) ||
	    !ctt_word_number(&words->items[3], &period))
		return ctt_words_bad(words, err, _("day and period are whole numbers"));
	line->course = ctt_names_find(&ctt->names[0], &words->items[0]);
	line->room = ctt_names_find(&ctt->names[1], &words->items[1]);
	line->day = within(day, ctt->days);
	line->period = within(period, ctt->periods);
	return 0;
}

int ctt_solution_read(const struct ctt *ctt, const char *text, size_t len, const char *file,
		      struct ctt_solution *solution, struct arena *arena, struct error *err)
{
	struct ctt_words words = { .at = text, .end = text + len, .file = file, .arena = arena };
	size_t cap = 1;

	for (size_t i = 0; i < len; i++)
		cap += text[i] == '\n' || text[i] == '\r';
	solution->count = 0;
	solution->lines = arena_array(arena, cap, sizeof *solution->lines);
	while (ctt_words_next(&words)) {
		int rc;

		if (words.items[0].text[0] == '#')
			continue;
		rc = read_line(ctt, &words, &solution->lines[solution->count++], err);
		if (rc)
			return rc;
	}
	return 0;
}

void ctt_solution_write(const struct ctt *ctt, const struct problem *problem,
			const struct place *places, struct buf *out)
{
	for (int32_t c = 0; c < ctt->course_count; c++) {
		const struct problem_group *g = &problem->groups[c];
		int32_t missing = 0;

		for (int32_t e = g->first; e < g->first + g->count; e++) {
			if (places[e].slot < 0 || places[e].room < 0)
				missing++;
			else
				buf_printf(out, "%s %s %d %d\n", ctt->courses[c].name,
					   ctt->rooms[places[e].room].name,
					   places[e].slot / ctt->periods,
					   places[e].slot % ctt->periods);
		}
		if (missing)
			buf_printf(out, "# %s: %d of %d lectures have no place\n",
				   ctt->courses[c].name, missing, g->count);
	}
}

/* ---- counting ---- */

struct counting {
	const struct ctt *ctt;
	struct ctt_score *score;
	const struct ctt_line **good;
	size_t good_count;
	int32_t slots;
	uint8_t *held;      /* [course][slot] */
	int32_t *placed;    /* [course] */
	uint8_t *room_used; /* [course][room] */
};

static int32_t slot_of(const struct counting *c, const struct ctt_line *line)
{
	return line->day * c->ctt->periods + line->period;
}

static uint8_t *held(const struct counting *c, int32_t course, int32_t slot)
{
	return &c->held[(size_t)course * (size_t)c->slots + (size_t)slot];
}

static void sort_lines(struct counting *c, const struct ctt_solution *solution)
{
	for (size_t i = 0; i < solution->count; i++) {
		const struct ctt_line *line = &solution->lines[i];

		if (line->course < 0 || line->room < 0 || line->day < 0 || line->period < 0) {
			c->score->unknown++;
		} else if (*held(c, line->course, slot_of(c, line))) {
			c->score->repeated++;
		} else {
			*held(c, line->course, slot_of(c, line)) = 1;
			c->good[c->good_count++] = line;
			c->placed[line->course]++;
		}
	}
}

static void count_lines(struct counting *c)
{
	const struct ctt *ctt = c->ctt;
	int32_t *in_room = mem_alloc(sizeof *in_room *
				     ((size_t)ctt->room_count * (size_t)c->slots + 1));

	for (size_t i = 0; i < c->good_count; i++) {
		const struct ctt_line *line = c->good[i];
		const int32_t over = ctt->courses[line->course].students -
			ctt->rooms[line->room].seats;

		if (ctt->unavailable[(size_t)line->course * (size_t)c->slots +
				     (size_t)slot_of(c, line)])
			c->score->availability++;
		c->score->room_capacity += over > 0 ? over : 0;
		c->score->room_occ += in_room[(size_t)line->room * (size_t)c->slots +
					      (size_t)slot_of(c, line)]++ > 0;
		c->room_used[(size_t)line->course * (size_t)ctt->room_count +
			     (size_t)line->room] = 1;
	}
	free(in_room);
}

static bool are_rivals(const struct ctt_course *a, const struct ctt_course *b)
{
	int32_t i = 0, k = 0;

	if (a->teacher == b->teacher)
		return true;
	while (i < a->curriculum_count && k < b->curriculum_count) {
		if (a->curricula[i] == b->curricula[k])
			return true;
		if (a->curricula[i] < b->curricula[k])
			i++;
		else
			k++;
	}
	return false;
}

static void count_conflicts(struct counting *c)
{
	const struct ctt *ctt = c->ctt;
	int32_t *here = mem_alloc(sizeof *here * ((size_t)ctt->course_count + 1));

	for (int32_t slot = 0; slot < c->slots; slot++) {
		int32_t count = 0;

		for (int32_t i = 0; i < ctt->course_count; i++)
			if (*held(c, i, slot))
				here[count++] = i;
		for (int32_t i = 0; i < count; i++)
			for (int32_t k = i + 1; k < count; k++)
				c->score->conflicts += are_rivals(&ctt->courses[here[i]],
								  &ctt->courses[here[k]]);
	}
	free(here);
}

static void count_course(struct counting *c, int32_t i)
{
	const struct ctt *ctt = c->ctt;
	const struct ctt_course *course = &ctt->courses[i];
	int32_t days = 0, rooms = 0;

	for (int32_t day = 0; day < ctt->days; day++)
		days += memchr(held(c, i, day * ctt->periods), 1, (size_t)ctt->periods) != NULL;
	for (int32_t room = 0; room < ctt->room_count; room++)
		rooms += c->room_used[(size_t)i * (size_t)ctt->room_count + (size_t)room];
	c->score->lectures += llabs((long long)c->placed[i] - course->lectures);
	if (days < course->min_days)
		c->score->min_days += 5 * (int64_t)(course->min_days - days);
	if (rooms > 1)
		c->score->room_stability += rooms - 1;
}

static void count_curriculum(struct counting *c, const struct ctt_curriculum *q, int32_t *busy)
{
	const int32_t periods = c->ctt->periods;

	memset(busy, 0, sizeof *busy * (size_t)c->slots);
	for (int32_t i = 0; i < q->course_count; i++)
		for (int32_t slot = 0; slot < c->slots; slot++)
			busy[slot] += *held(c, q->courses[i], slot);
	for (int32_t slot = 0; slot < c->slots; slot++)
		if (!(slot % periods && busy[slot - 1]) &&
		    !(slot % periods != periods - 1 && busy[slot + 1]))
			c->score->compactness += 2 * (int64_t)busy[slot];
}

void ctt_score(const struct ctt *ctt, const struct ctt_solution *solution,
	       struct ctt_score *score)
{
	struct counting c = { .ctt = ctt, .score = score, .slots = ctt->days * ctt->periods };
	const size_t courses = (size_t)ctt->course_count;
	int32_t *busy = mem_alloc(sizeof *busy * ((size_t)c.slots + 1));

	memset(score, 0, sizeof *score);
	c.good = mem_alloc(sizeof *c.good * (solution->count + 1));
	c.held = mem_alloc(courses * (size_t)c.slots + 1);
	c.placed = mem_alloc(sizeof *c.placed * (courses + 1));
	c.room_used = mem_alloc(courses * (size_t)ctt->room_count + 1);
	sort_lines(&c, solution);
	count_lines(&c);
	count_conflicts(&c);
	for (int32_t i = 0; i < ctt->course_count; i++)
		count_course(&c, i);
	for (int32_t q = 0; q < ctt->curriculum_count; q++)
		count_curriculum(&c, &ctt->curricula[q], busy);
	score->violations = score->lectures + score->repeated + score->conflicts +
		score->availability + score->room_occ + score->unknown;
	score->cost = score->room_capacity + score->min_days + score->compactness +
		score->room_stability;
	free(busy);
	free(c.good);
	free(c.held);
	free(c.placed);
	free(c.room_used);
}
