/* Ranges of the index, and which of their learners fit. */
#include "core/store/search_internal.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"

enum { RECENT_LOOK = 16 }; /* recent learners that are looked at when a window was cut */

static char *text_put(char *to, const char *text)
{
	while (*text)
		*to++ = *text++;
	*to = '\0';
	return to;
}

const char *search_join(struct arena *arena, const char *a, const char *b, const char *c)
{
	char *text = arena_alloc(arena, strlen(a) + strlen(b) + strlen(c) + 1);

	text_put(text_put(text_put(text, a), b), c);
	return text;
}

static size_t recent_place(const struct search *search, int64_t student_id)
{
	if (search->recent)
		for (size_t i = 0; i < search->recent->count; i++)
			if (search->recent->ids[i] == student_id)
				return i;
	return SEARCH_RECENT;
}

static bool in_scope(const struct search *search, int64_t branch, int64_t centre)
{
	int64_t scope = search->actor->branch_id;

	return search->actor->system || scope == OV_NULL || scope == branch || scope == centre;
}

/* Room for one more hit, which counts when search->count grows. */
static struct hit *hit_room(struct search *search)
{
	if (search->count == search->room) {
		size_t room = search->room * 2;
		struct hit *grown = arena_array(search->arena, room, sizeof *grown);

		memcpy(grown, search->hits, search->count * sizeof *grown);
		search->hits = grown;
		search->room = room;
	}
	return &search->hits[search->count];
}

static void hit_add(struct search *search, const struct hit *hit)
{
	*hit_room(search) = *hit;
	search->count++;
}

static const char *number_of(struct search *search, int64_t student_id, struct error *err)
{
	const char *number = NULL;
	struct stmt *stmt;

	if (db_prepare(search->db, "SELECT student_no FROM student WHERE id = ?", &stmt, err) < 0)
		return NULL;
	stmt_bind_int(stmt, 1, student_id);
	if (stmt_step(stmt, err) > 0)
		number = arena_strdup(search->arena, stmt_text(stmt, 0));
	if (!err->code)
		stmt_reset(stmt);
	return number;
}

int line_look_up(struct search *search, int64_t student_id, struct search_line *line,
		 struct error *err)
{
	struct search_scan scan;
	const char *number = number_of(search, student_id, err);
	int rc;

	if (!number)
		return err->code;
	search->looked++;
	search_scan_begin(&scan, search_names_blocks(search->names),
			  search_term(SEARCH_NUMBER_FRONT, number, search->arena), true);
	while ((rc = search_scan_next(&scan, err)) > 0)
		if (scan.entry.student_id == student_id)
			break;
	if (rc > 0)
		*line = scan.entry.line;
	return rc;
}

/* --- what only the line can say --- */

/* The name begins with the Han characters that were typed before letters. */
static bool han_fits(const char *han, const struct search_line *line)
{
	size_t at = 0;

	for (const char *c = han; *c; c++, at++) {
		while (at < line->name_len && line->full_name[at] == ' ')
			at++;
		if (at >= line->name_len || line->full_name[at] != *c)
			return false;
	}
	return true;
}

/* What can be told without the line's group. */
static bool line_fits(const struct search *search, const struct search_line *line)
{
	const struct search_query *query = search->query;

	if (query->kinds & QUERY_PINYIN && !han_fits(query->han, line))
		return false;
	for (size_t i = 0; i < query->word_count; i++)
		if (!search_narrow_fits(search->narrow[i], search->names, search->db, line, search->work))
			return false;
	return true;
}

static bool group_fits(const struct search *search, const struct search_group *group)
{
	const char *year = search->query->year;

	if (*year && group->year != (year[0] - '0') * 10 + (year[1] - '0'))
		return false;
	return in_scope(search, group->branch_id, group->centre_id);
}

/* --- terms --- */

static bool no_vowel(const char *letters)
{
	return !letters[strcspn(letters, "aeiouv")];
}

/* Initials alone, all of them: nothing else is to be found out. */
static bool initials_alone(const struct range *range)
{
	const size_t len = strlen(range->prefix);

	return range->pinyin && !range->sounds && len && range->prefix[len - 1] == ' ' &&
	       no_vowel(range->pinyin);
}

/* Does the term fit, and how well? ALONE: initials_alone(). */
static bool term_fits(const struct range *range, bool alone, const char *term, struct hit *hit)
{
	const char *syllables = term;
	enum pinyin_rank rank;

	hit->matched = range->matched;
	if (!range->pinyin) {
		hit->rank = range->rank == range->exact || strcmp(term, range->prefix) != 0 ?
			    range->rank : range->exact;
		return true;
	}
	while (!alone && *syllables && *syllables != ' ') /* a few letters: initials */
		syllables++;
	if (!alone && !*syllables)
		return false;
	if (range->sounds) {
		hit->rank = range->rank;
		return pinyin_sounds(range->pinyin, syllables + 1);
	}
	if (alone)
		rank = PINYIN_INITIALS;
	else
		rank = pinyin_match(range->pinyin, syllables + 1);
	hit->matched = rank == PINYIN_INITIALS ? MATCH_INITIALS : MATCH_PINYIN;
	hit->rank = rank == PINYIN_FULL ? RANK_EXACT : rank == PINYIN_INITIALS ? RANK_INITIALS :
		    rank == PINYIN_MIXED ? RANK_START : RANK_PART;
	return rank != PINYIN_NONE;
}

/* Takes in what the hit's line says: does it fit? */
static bool hit_line(struct search *search, struct hit *hit)
{
	const struct search_line *line = &hit->line;
	const struct search_group *group;

	if (!line_fits(search, line))
		return false;
	group = search_names_group(search->names, search->db, line->group_id);
	if (!group || !group_fits(search, group))
		return false;
	hit->own = search->actor->branch_id == group->branch_id ||
		   search->actor->branch_id == group->centre_id;
	hit->active = line->status == STUDENT_ACTIVE;
	return true;
}

/* The same with a line that has to be looked up: 1 it fits, 0 it does not. */
static int hit_look_up(struct search *search, struct hit *hit, struct error *err)
{
	int rc = line_look_up(search, hit->student_id, &hit->line, err);

	return rc > 0 ? hit_line(search, hit) : rc;
}

/* Keeps the entry when it fits. */
static bool range_entry(struct search *search, const struct range *range, bool alone,
			const struct search_entry *entry)
{
	struct hit *hit = hit_room(search);

	if (!term_fits(range, alone, entry->term + 1, hit))
		return false;
	hit->line = entry->line;
	if (!hit_line(search, hit))
		return false;
	hit->student_id = entry->student_id;
	hit->recent = recent_place(search, hit->student_id);
	hit->order = entry->term + 1;
	search->count++;
	return true;
}

/* A range that is read, so far up to SHARE learners of it. */
struct walk {
	const struct range *range;
	struct search_scan scan;
	size_t kept, share;
	bool begun, more, alone; /* alone: initials_alone() */
	size_t first_len;
	const char *first, *longer; /* of initials, see struct range: "wxm wang", "wxm!" */
};

static int walk_on(struct search *search, struct walk *walk, struct error *err)
{
	const struct range *range = walk->range;
	int rc = 0;

	if (!walk->begun) {
		const char *prefix = search_term(range->kind, range->prefix, search->arena);

		search_scan_begin(&walk->scan, search_names_blocks(search->names), prefix,
				  range->whole);
		walk->begun = true;
		walk->alone = initials_alone(range);
		if (range->first) {
			walk->first = search_join(search->arena, prefix, " ", range->first);
			walk->first_len = strlen(walk->first);
			walk->longer = search_join(search->arena, prefix, "!", "");
			search_scan_from(&walk->scan, walk->first);
		}
	}
	walk->more = false;
	while (rc >= 0 && search->scanned < SCAN_MAX) {
		if (walk->kept >= walk->share) {
			walk->more = true;
			break;
		}
		rc = search_scan_next(&walk->scan, err);
		if (rc <= 0)
			break;
		search->scanned++;
		if (walk->first && strncmp(walk->scan.entry.term, walk->first,
					   walk->first_len) != 0) {
			walk->first = NULL; /* the others of as many syllables are passed by */
			if (strcmp(walk->scan.entry.term, walk->longer) < 0) {
				search_scan_from(&walk->scan, walk->longer);
				continue;
			}
		}
		walk->kept += range_entry(search, range, walk->alone, &walk->scan.entry);
	}
	return rc < 0 ? rc : 0;
}

int ranges_read(struct search *search, const struct range *ranges, size_t count,
		struct error *err)
{
	struct walk walks[RANGES_MAX];
	size_t left = search->window, open = count;
	int rc = 0;

	for (size_t i = 0; i < count; i++) {
		walks[i].range = &ranges[i];
		walks[i].kept = walks[i].share = 0;
		walks[i].begun = false;
		walks[i].first = NULL;
		walks[i].more = true;
	}
	while (rc == 0 && open && left) {
		size_t share = (left + open - 1) / open;

		open = 0;
		for (size_t i = 0; rc == 0 && i < count; i++) {
			size_t before = walks[i].kept;

			if (!walks[i].more)
				continue;
			walks[i].share = before + (share < left ? share : left);
			rc = walk_on(search, &walks[i], err);
			left -= walks[i].kept - before;
			open += walks[i].more;
		}
	}
	for (size_t i = 0; i < count; i++)
		search->cut = search->cut || walks[i].more;
	return rc;
}

int range_read(struct search *search, const struct range *range, struct error *err)
{
	return ranges_read(search, range, 1, err);
}

int rows_read(struct search *search, const char *sql, const char *first, const char *second,
	      enum match matched, struct error *err)
{
	size_t kept = 0;
	struct stmt *stmt;
	int rc = db_prepare(search->db, sql, &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_text(stmt, 1, first);
	stmt_bind_text(stmt, 2, second);
	while (kept < search->window && search->scanned < SCAN_MAX && search->looked < LOOK_MAX &&
	       (rc = stmt_step(stmt, err)) > 0) {
		struct hit hit = { .student_id = stmt_int(stmt, 0), .matched = matched };
		const char *text = stmt_text(stmt, 1);

		search->scanned++;
		if (!text)
			continue;
		hit.rank = strcmp(text, first) == 0 ? RANK_EXACT : RANK_START;
		hit.recent = recent_place(search, hit.student_id);
		hit.order = arena_strdup(search->arena, text);
		rc = hit_look_up(search, &hit, err);
		if (rc < 0)
			break;
		if (rc > 0)
			hit_add(search, &hit);
		kept += (size_t)rc;
	}
	stmt_reset(stmt);
	return rc < 0 ? rc : 0;
}

int ids_read(struct search *search, const int64_t *ids, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		struct hit hit = { .student_id = ids[i], .rank = RANK_EXACT,
				   .matched = MATCH_NUMBER, .recent = SEARCH_RECENT };
		int rc = hit_look_up(search, &hit, err);

		if (rc < 0)
			return rc;
		hit.own = hit.active = true; /* the order is the asker's */
		hit.order = arena_printf(search->arena, "%04zu", i);
		if (rc > 0)
			hit_add(search, &hit);
	}
	return 0;
}

/* --- lately opened --- */

static bool recent_fits(const struct search *search, const struct search_line *line,
			struct hit *hit)
{
	const struct search_query *query = search->query;
	char name[256];
	struct name_readings readings;

	snprintf(name, sizeof name, "%.*s", (int)line->name_len, line->full_name);
	if (query->kinds & QUERY_PINYIN) {
		struct range range = { .kind = SEARCH_INITIALS, .prefix = "-", .pinyin = query->letters,
				       .matched = MATCH_PINYIN };

		name_read(name, &readings);
		for (size_t i = 0; i < readings.count; i++) {
			hit->order = arena_printf(search->arena, "%s %s", readings.reading[i].initials,
						  readings.reading[i].syllables);
			if (term_fits(&range, false, hit->order, hit))
				return true;
		}
		return false;
	}
	hit->matched = MATCH_NAME;
	hit->rank = RANK_START;
	hit->order = arena_strdup(search->arena, name);
	return query->kinds & QUERY_HAN && han_fits(query->han, line);
}

int recent_read(struct search *search, struct error *err)
{
	size_t count = search->recent ? search->recent->count : 0;

	for (size_t i = 0; i < count && i < RECENT_LOOK; i++) {
		struct hit hit = { .student_id = search->recent->ids[i], .recent = i };
		int rc = hit_look_up(search, &hit, err);

		if (rc < 0)
			return rc;
		if (rc > 0 && recent_fits(search, &hit.line, &hit))
			hit_add(search, &hit);
	}
	return 0;
}
