#include "core/store/search_names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/id_table.h"
#include "core/base/pinyin.h"
#include "core/base/text.h"
#include "core/store/search_index.h"

enum {
	WORDS_KEPT = 4,   /* as many as one search may have, and one more */
	FIT_GROUP = NAMED_COUNT, FIT_COUNT
};

/* id, three texts, a number; "%s" is the condition */
static const char *const one_sql[NAMED_COUNT] = {
	"SELECT id, code, name, NULL, NULL FROM programme WHERE id = ?",
	"SELECT id, NULL, NULL, NULL, min_total_centi FROM curriculum WHERE id = ?",
	"SELECT id, code, name, NULL, NULL FROM cohort WHERE id = ?",
	"SELECT id, code, NULL, NULL, NULL FROM shift_pattern WHERE id = ?",
	"SELECT id, plant, workshop, post, NULL FROM search_work WHERE id = ?",
};
/* Kinds whose change makes the names stale; work places never change. */
static const char seq_sql[] = "SELECT max(seq) FROM change";
static const char changed_sql[] =
	"SELECT 1 FROM change WHERE seq > ? AND kind IN "
	"('programme', 'curriculum', 'cohort', 'shift_pattern') LIMIT 1";

struct known_group {
	struct search_group group;
	bool known, there;
};

/* FIT_SOME: in the first of the name's texts; a greater one: in one behind it. */
enum fit { FIT_UNKNOWN, FIT_NONE, FIT_SOME };

struct search_narrow {
	char *word;    /* heap; NULL: none */
	uint64_t used; /* the last search it was asked for in */
	struct id_table names[FIT_COUNT]; /* enum fit as a byte; FIT_GROUP: programme or cohort of a group */
};

struct search_names {
	struct search_narrow words[WORDS_KEPT];
	uint64_t searches;
	struct id_table groups; /* struct known_group; they never change */
	struct arena arena;
	struct id_table rows[NAMED_COUNT]; /* struct search_name */
	int64_t seq;           /* of the last change that was looked at */
	enum { DIGITS_UNKNOWN, DIGITS_NONE, DIGITS_SOME } digits;
	struct search_blocks blocks;
	bool keeps;
	struct stmt *kept;     /* the state of the last search, which stands */
};

struct search_names *search_names_new(void)
{
	struct search_names *names = mem_alloc(sizeof *names);

	arena_init(&names->arena);
	search_blocks_init(&names->blocks, NULL);
	for (int kind = 0; kind < NAMED_COUNT; kind++)
		id_table_init(&names->rows[kind], sizeof(struct search_name));
	id_table_init(&names->groups, sizeof(struct known_group));
	names->seq = OV_NULL;
	return names;
}

static void word_forget(struct search_narrow *narrow)
{
	for (int kind = 0; kind < FIT_COUNT; kind++)
		id_table_clear(&narrow->names[kind]);
	free(narrow->word);
	*narrow = (struct search_narrow){ .word = NULL };
}

static void forget(struct search_names *names)
{
	for (int i = 0; i < WORDS_KEPT; i++)
		word_forget(&names->words[i]);
	for (int kind = 0; kind < NAMED_COUNT; kind++)
		id_table_clear(&names->rows[kind]);
	arena_clear(&names->arena);
}

void search_names_free(struct search_names *names)
{
	if (!names)
		return;
	forget(names);
	search_names_rest(names);
	search_blocks_release(&names->blocks);
	id_table_clear(&names->groups);
	arena_release(&names->arena);
	free(names);
}

/* Was one of the names written since? 1, 0 or an error. */
static int names_changed(struct search_names *names, struct db *db, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(db, changed_sql, &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, names->seq);
	rc = stmt_step(stmt, err);
	if (rc >= 0)
		stmt_reset(stmt);
	return rc;
}

static int seq_check(struct search_names *names, struct db *db, int64_t seq, struct error *err)
{
	int rc;

	if (names->seq != OV_NULL && seq != OV_NULL && seq > names->seq) {
		rc = names_changed(names, db, err);
		if (rc < 0)
			return rc;
	} else {
		rc = 1; /* never asked, or another database */
		id_table_clear(&names->groups);
	}
	if (rc > 0)
		forget(names);
	names->digits = DIGITS_UNKNOWN;
	names->seq = seq;
	return 0;
}

void search_names_keep(struct search_names *names)
{
	names->keeps = true;
	names->blocks.most = SEARCH_BLOCKS_DESK;
}

bool search_names_kept(const struct search_names *names)
{
	return names->kept != NULL;
}

void search_names_rest(struct search_names *names)
{
	if (names->kept)
		stmt_reset(names->kept);
	names->kept = NULL;
}

struct search_blocks *search_names_blocks(struct search_names *names)
{
	return &names->blocks;
}

int search_names_check(struct search_names *names, struct db *db, struct stmt **look,
		       struct error *err)
{
	struct db_state state;
	bool within, known;
	int64_t seq = 0;
	int rc;

	*look = NULL;
	names->searches++;
	names->blocks.db = db;
	if (names->kept && db_look_state(db, &state)) {
		search_blocks_turn(&names->blocks, &state);
		return 0;
	}
	search_names_rest(names);
	within = db_stands(db); /* in somebody's state, who ends it */
	rc = db_look_at(db, seq_sql, look, &seq, err);
	/* What a transaction wrote isn't in the log yet. */
	known = rc == 0 && !db_in_transaction(db) && db_look_state(db, &state);
	search_blocks_turn(&names->blocks, known ? &state : NULL);
	if (rc == 0 && seq != names->seq)
		rc = seq_check(names, db, seq, err);
	if (*look && rc < 0)
		stmt_reset(*look);
	else if (names->keeps && !within)
		names->kept = *look;
	if (rc < 0 || names->kept)
		*look = NULL;
	return rc;
}

/* Names stand in the order of their bytes: the first one says it. */
int search_names_digits(struct search_names *names, struct error *err)
{
	static const char prefix[] = { SEARCH_NAME, '\0' };
	struct search_scan scan;
	int rc = 0;

	if (names->digits == DIGITS_UNKNOWN) {
		search_scan_begin(&scan, &names->blocks, prefix, false);
		rc = search_scan_next(&scan, err);
		if (rc >= 0)
			names->digits = rc > 0 && (unsigned char)scan.entry.term[1] <= '9' ?
					DIGITS_SOME : DIGITS_NONE;
	}
	return rc < 0 ? rc : names->digits == DIGITS_SOME;
}

static void row_keep(struct search_names *names, enum search_named kind, struct stmt *stmt)
{
	struct search_name *row = id_table_make(&names->rows[kind], stmt_int(stmt, 0));

	if (!row || row->there)
		return;
	row->known = row->there = true;
	for (int i = 0; i < 3; i++)
		row->text[i] = arena_strdup(&names->arena, stmt_text(stmt, i + 1));
	row->number = stmt_int(stmt, 4);
}

static const struct search_name *look_up(struct search_names *names, struct db *db,
					 enum search_named kind, int64_t id)
{
	struct search_name *row = id_table_make(&names->rows[kind], id);
	struct error ignored = ERROR_INIT;
	struct stmt *stmt;
	int rc;

	if (!row)
		return NULL;
	if (db_prepare(db, one_sql[kind], &stmt, &ignored) < 0)
		return NULL;
	stmt_bind_int(stmt, 1, id);
	rc = stmt_step(stmt, &ignored);
	if (rc > 0)
		row_keep(names, kind, stmt);
	if (rc >= 0)
		stmt_reset(stmt);
	if (rc == 0)
		row->known = true;
	return row->there ? row : NULL;
}

const struct search_name *search_names_get(struct search_names *names, struct db *db,
					   enum search_named kind, int64_t id)
{
	const struct search_name *row = id_table_find(&names->rows[kind], id);

	if (row && row->known)
		return row->there ? row : NULL;
	return id > 0 ? look_up(names, db, kind, id) : NULL;
}

/* --- groups --- */

static void group_row(struct stmt *stmt, struct known_group *place)
{
	place->group = (struct search_group){
		.branch_id = stmt_int(stmt, 0), .centre_id = stmt_int(stmt, 1),
		.programme_id = stmt_int(stmt, 2), .curriculum_id = stmt_int(stmt, 3),
		.cohort_id = stmt_int(stmt, 4), .year = stmt_int(stmt, 5),
	};
	place->known = place->there = true;
}

static const struct search_group *group_look_up(struct search_names *names, struct db *db,
						int64_t id)
{
	struct known_group *place = id_table_make(&names->groups, id);
	struct error ignored = ERROR_INIT;
	struct stmt *stmt;
	int rc;

	if (!place || db_prepare(db, "SELECT branch_id, centre_id, programme_id, curriculum_id, "
				 "cohort_id, year FROM search_group WHERE id = ?", &stmt, &ignored) < 0)
		return NULL;
	stmt_bind_int(stmt, 1, id);
	rc = stmt_step(stmt, &ignored);
	if (rc > 0)
		group_row(stmt, place);
	if (rc >= 0)
		stmt_reset(stmt);
	return place->there ? &place->group : NULL;
}

const struct search_group *search_names_group(struct search_names *names, struct db *db,
					      int64_t id)
{
	const struct known_group *known = id_table_find(&names->groups, id);

	return known && known->known ? &known->group : group_look_up(names, db, id);
}

/* --- words --- */

/* One text, its initials and its pinyin, with a control behind each that nobody types. */
static void hay_put(struct buf *hay, const char *text)
{
	struct arena scratch = ARENA_INIT;
	struct name_readings readings;

	buf_printf(hay, "%s\x01", text_fold(text, &scratch));
	name_read(text, &readings);
	for (size_t r = 0; r < readings.count; r++) {
		buf_printf(hay, "%s\x01", readings.reading[r].initials);
		for (const char *c = readings.reading[r].syllables; *c; c++)
			if (*c != ' ')
				buf_add(hay, c, 1);
		buf_printf(hay, "\x01");
	}
	arena_release(&scratch);
}

#define TEXT_END "\x02"

static const char *hay_make(struct search_names *names, const struct search_name *row)
{
	struct buf hay = BUF_INIT;
	const char *made;

	for (int i = 0; i < 3; i++) {
		if (row->text[i] && *row->text[i])
			hay_put(&hay, row->text[i]);
		buf_text(&hay, TEXT_END);
	}
	made = arena_strdup(&names->arena, buf_cstr(&hay));
	buf_release(&hay);
	return made;
}

struct search_narrow *search_names_narrow(struct search_names *names, const char *word)
{
	struct search_narrow *oldest = &names->words[0];

	for (int i = 0; i < WORDS_KEPT; i++) {
		struct search_narrow *narrow = &names->words[i];

		if (narrow->word && !strcmp(narrow->word, word)) {
			narrow->used = names->searches;
			return narrow;
		}
		if (narrow->used < oldest->used)
			oldest = narrow;
	}
	word_forget(oldest);
	for (int kind = 0; kind < FIT_COUNT; kind++)
		id_table_init(&oldest->names[kind], 1);
	oldest->word = mem_strdup(word);
	oldest->used = names->searches;
	return oldest;
}

/* FIT_UNKNOWN for an id that is none. */
static int fit_known(const struct search_narrow *narrow, int kind, int64_t id)
{
	const uint8_t *fit = id_table_find(&narrow->names[kind], id);

	return fit ? *fit : FIT_UNKNOWN;
}

static void fit_keep(struct search_narrow *narrow, int kind, int64_t id, int fit)
{
	uint8_t *place = id_table_make(&narrow->names[kind], id);

	if (place)
		*place = (uint8_t)fit;
}

static int fit_find(const struct search_narrow *narrow, struct search_names *names, struct db *db,
		    enum search_named kind, int64_t id)
{
	struct search_name *row;
	const char *found;
	int fit = FIT_SOME;

	if (!search_names_get(names, db, kind, id))
		return FIT_NONE;
	row = id_table_find(&names->rows[kind], id);
	if (!row->hay)
		row->hay = hay_make(names, row);
	found = strstr(row->hay, narrow->word);
	for (const char *c = row->hay; found && c < found; c++)
		fit += *c == *TEXT_END;
	return found ? fit : FIT_NONE;
}

static int fits(struct search_narrow *narrow, struct search_names *names, struct db *db,
		enum search_named kind, int64_t id)
{
	int fit = fit_known(narrow, kind, id);

	if (fit != FIT_UNKNOWN)
		return fit;
	fit = fit_find(narrow, names, db, kind, id);
	fit_keep(narrow, kind, id, fit);
	return fit;
}

/* Many learners, each of another class: what their groups are isn't looked up again. */
static bool group_fits(struct search_narrow *narrow, struct search_names *names, struct db *db,
		       int64_t id)
{
	int fit = fit_known(narrow, FIT_GROUP, id);
	const struct search_group *group;

	if (fit != FIT_UNKNOWN)
		return fit == FIT_SOME;
	group = search_names_group(names, db, id);
	if (!group)
		return false;
	fit = fits(narrow, names, db, NAMED_PROGRAMME, group->programme_id) >= FIT_SOME ||
	      fits(narrow, names, db, NAMED_COHORT, group->cohort_id) >= FIT_SOME ? FIT_SOME : FIT_NONE;
	fit_keep(narrow, FIT_GROUP, id, fit);
	return fit == FIT_SOME;
}

bool search_narrow_fits(struct search_narrow *narrow, struct search_names *names, struct db *db,
			const struct search_line *line, bool work)
{
	return (work && (fits(narrow, names, db, NAMED_WORK, line->work_id) >= FIT_SOME ||
			 fits(narrow, names, db, NAMED_PATTERN, line->pattern_id) >= FIT_SOME)) ||
	       group_fits(narrow, names, db, line->group_id);
}

static const char *text_found(struct search_narrow *narrow, struct search_names *names,
			      struct db *db, enum search_named kind, int64_t id)
{
	const int fit = fits(narrow, names, db, kind, id);
	const struct search_name *row;

	if (fit < FIT_SOME)
		return NULL;
	row = search_names_get(names, db, kind, id);
	return row ? row->text[fit - FIT_SOME] : NULL;
}

const char *search_narrow_text(struct search_narrow *narrow, struct search_names *names,
			       struct db *db, const struct search_line *line,
			       const struct search_group *group, bool work)
{
	const char *text = NULL;

	if (work)
		text = text_found(narrow, names, db, NAMED_WORK, line->work_id);
	if (work && !text)
		text = text_found(narrow, names, db, NAMED_PATTERN, line->pattern_id);
	if (!text)
		text = text_found(narrow, names, db, NAMED_PROGRAMME, group->programme_id);
	return text ? text : text_found(narrow, names, db, NAMED_COHORT, group->cohort_id);
}
