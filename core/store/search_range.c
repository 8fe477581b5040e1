/* Ranges of the index, and which of their learners fit. */
#include "core/store/search_internal.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"

enum { RECENT_LOOK = 16 }; /* recent learners that are looked at when a window was cut */

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

static void hit_add(struct search *search, const struct hit *hit)
{
	if (search->count == search->room) {
		size_t room = search->room ? search->room * 2 : 128;
		struct hit *grown = arena_array(search->arena, room, sizeof *grown);

		if (search->count)
			memcpy(grown, search->hits, search->count * sizeof *grown);
		search->hits = grown;
		search->room = room;
	}
	search->hits[search->count++] = *hit;
}

int line_look_up(struct search *search, int64_t student_id, const uint8_t **line, size_t *len,
		 struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(search->db, "SELECT line FROM search_line WHERE student_id = ?",
			    &stmt, err);

	*line = NULL;
	if (rc < 0)
		return rc;
	search->looked++;
	stmt_bind_int(stmt, 1, student_id);
	rc = stmt_step(stmt, err);
	if (rc > 0) {
		const void *bytes = stmt_blob(stmt, 0, len);

		*line = bytes ? arena_memdup(search->arena, bytes, *len) : NULL;
	}
	if (rc >= 0)
		stmt_reset(stmt);
	return rc < 0 ? rc : *line != NULL;
}

/* --- lines of many --- */

struct wanted {
	struct hit **hits;
	size_t count, at; /* hits before AT were asked for */
};

static int wanted_row(void *context, int64_t row, struct db_value *values, struct error *err)
{
	struct wanted *wanted = context;

	(void)err;
	if (row == 0)
		wanted->at = 0;
	while (wanted->at < wanted->count && wanted->hits[wanted->at]->line)
		wanted->at++;
	if (wanted->at == wanted->count)
		return 0;
	values[0] = (struct db_value){ .type = DB_INT, .number = wanted->hits[wanted->at]->student_id };
	values[1] = (struct db_value){ .type = DB_INT, .number = (int64_t)wanted->at++ };
	return 1;
}

int lines_look_up(struct search *search, struct hit **hits, size_t count, struct error *err)
{
	struct wanted wanted = { .hits = hits, .count = count };
	struct stmt *stmt;
	int rc = db_rows_prepare(search->db, "SELECT r.c1, l.line FROM " DB_ROWS " r "
				 "CROSS JOIN search_line l ON l.student_id = r.c0",
				 wanted_row, &wanted, &stmt, err);

	if (rc < 0)
		return rc;
	while ((rc = stmt_step(stmt, err)) > 0) {
		struct hit *hit = hits[stmt_int(stmt, 0)];
		const void *line = stmt_blob(stmt, 1, &hit->line_len);

		if (line)
			hit->line = arena_memdup(search->arena, line, hit->line_len);
	}
	if (rc == 0)
		stmt_reset(stmt);
	return rc;
}

/* --- what only the line can say --- */

static bool needs_line(const struct search *search)
{
	return search->query.word_count > 0 || *search->query.year ||
	       (search->query.kinds & QUERY_PINYIN && *search->query.han);
}

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

static bool line_fits(const struct search *search, const struct search_line *line)
{
	const struct search_query *query = &search->query;

	if (*query->year &&
	    line->year != (query->year[0] - '0') * 10 + (query->year[1] - '0'))
		return false;
	if (query->kinds & QUERY_PINYIN && !han_fits(query->han, line))
		return false;
	for (size_t i = 0; i < query->word_count; i++)
		if (!search_narrow_fits(&search->narrow[i], line, search->work))
			return false;
	return true;
}

/* --- terms --- */

static bool no_vowel(const char *letters)
{
	return !letters[strcspn(letters, "aeiouv")];
}

/* Does the term fit, and how well? */
static bool term_fits(const struct range *range, const char *term, struct hit *hit)
{
	const char *syllables;
	enum pinyin_rank rank;

	hit->matched = range->matched;
	hit->rank = strcmp(term, range->prefix) == 0 ? range->exact : range->rank;
	if (!range->pinyin)
		return true;
	syllables = strchr(term, ' ');
	if (!syllables)
		return false;
	if (range->sounds)
		return pinyin_sounds(range->pinyin, syllables + 1);
	/* Initials alone, all of them: nothing else is to be found out. */
	if (range->prefix[strlen(range->prefix) - 1] == ' ' && no_vowel(range->pinyin))
		rank = PINYIN_INITIALS;
	else
		rank = pinyin_match(range->pinyin, syllables + 1);
	hit->matched = rank == PINYIN_INITIALS ? MATCH_INITIALS : MATCH_PINYIN;
	hit->rank = rank == PINYIN_FULL ? RANK_EXACT : rank == PINYIN_INITIALS ? RANK_INITIALS :
		    rank == PINYIN_MIXED ? RANK_START : RANK_PART;
	return rank != PINYIN_NONE;
}

/* Takes in what the line says: 1 it fits, 0 it does not. */
static int hit_line(struct search *search, struct hit *hit, const uint8_t *bytes, size_t len,
		    struct error *err)
{
	struct search_line line;
	int rc;

	if (!bytes) {
		rc = line_look_up(search, hit->student_id, &bytes, &len, err);
		if (rc <= 0)
			return rc;
		hit->line = bytes;
		hit->line_len = len;
	}
	if (!search_line_peek(bytes, len, &line) ||
	    !in_scope(search, line.branch_id, line.centre_id))
		return 0;
	if (needs_line(search) &&
	    (!search_line_read(bytes, len, &line) || !line_fits(search, &line)))
		return 0;
	hit->own = search->actor->branch_id == line.branch_id ||
		   search->actor->branch_id == line.centre_id;
	hit->active = line.status == STUDENT_ACTIVE;
	if (!hit->line) {
		hit->line = arena_memdup(search->arena, bytes, len);
		hit->line_len = len;
	}
	return 1;
}

/* The row that STMT stands on: term, id, place, line. 1: it was kept. */
static int range_row(struct search *search, const struct range *range, struct stmt *stmt,
		     struct error *err)
{
	struct hit hit = { .student_id = stmt_int(stmt, 1) };
	int64_t place = stmt_int(stmt, 2), branch, centre;
	const uint8_t *bytes;
	const char *term;
	size_t len;
	int rc;

	/* As bytes: for a text the database would make a copy of its own. */
	term = stmt_blob(stmt, 0, &len);
	if (!term || !len)
		return 0;
	term = arena_strndup(search->arena, term + 1, len - 1);
	if (!term_fits(range, term, &hit))
		return 0;
	bytes = stmt_blob(stmt, 3, &len);
	if (bytes || place == OV_NULL || needs_line(search)) {
		rc = hit_line(search, &hit, bytes, len, err);
		if (rc <= 0)
			return rc;
	} else {
		search_place_read(place, &branch, &centre, &hit.active);
		if (!in_scope(search, branch, centre))
			return 0;
		hit.own = search->actor->branch_id == branch || search->actor->branch_id == centre;
	}
	hit.recent = recent_place(search, hit.student_id);
	hit.order = term;
	hit_add(search, &hit);
	return 1;
}

int range_read(struct search *search, const struct range *range, struct error *err)
{
	/* Past every text that begins with the prefix; valid UTF-8, so that any
	 * engine takes it. */
	const char *from = arena_printf(search->arena, "%c%s", (char)range->kind, range->prefix);
	const char *end = arena_printf(search->arena, "%s%s", from,
				       range->whole ? "\x01" : "\xf4\x8f\xbf\xbf");
	size_t kept = 0;
	struct stmt *stmt;
	int rc = db_prepare(search->db, "SELECT term, student_id, place, line FROM search_term "
			    "WHERE term >= ? AND term < ? ORDER BY term, student_id", &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_text(stmt, 1, from);
	stmt_bind_text(stmt, 2, end);
	while (search->scanned < SCAN_MAX && search->looked < LOOK_MAX) {
		if (kept == search->window) {
			search->cut = true;
			break;
		}
		rc = stmt_step(stmt, err);
		if (rc <= 0)
			break;
		search->scanned++;
		rc = range_row(search, range, stmt, err);
		if (rc < 0)
			break;
		kept += (size_t)rc;
	}
	stmt_reset(stmt);
	return rc < 0 ? rc : 0;
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
		rc = hit_line(search, &hit, NULL, 0, err);
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
		int rc = hit_line(search, &hit, NULL, 0, err);

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
	const struct search_query *query = &search->query;
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
			if (term_fits(&range, hit->order, hit))
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
		struct search_line line;
		int rc = hit_line(search, &hit, NULL, 0, err);

		if (rc < 0)
			return rc;
		if (rc > 0 && search_line_read(hit.line, hit.line_len, &line) &&
		    recent_fits(search, &line, &hit))
			hit_add(search, &hit);
	}
	return 0;
}
