#include "core/store/search_names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/pinyin.h"
#include "core/base/text.h"
#include "core/store/search_table.h"

enum { ID_MAX = 4000000 }; /* a number beyond is looked up and not kept */

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

struct search_names {
	struct known_group *groups; /* by id; heap; they never change */
	size_t group_room;
	struct arena arena;
	struct search_name *rows[NAMED_COUNT]; /* by id; heap */
	size_t room[NAMED_COUNT];
	int64_t seq;           /* of the last change that was looked at */
	enum { DIGITS_UNKNOWN, DIGITS_NONE, DIGITS_SOME } digits;
};

struct search_names *search_names_new(void)
{
	struct search_names *names = mem_alloc(sizeof *names);

	arena_init(&names->arena);
	names->seq = OV_NULL;
	return names;
}

static void forget(struct search_names *names)
{
	for (int kind = 0; kind < NAMED_COUNT; kind++) {
		free(names->rows[kind]);
		names->rows[kind] = NULL;
		names->room[kind] = 0;
	}
	arena_clear(&names->arena);
}

void search_names_free(struct search_names *names)
{
	if (!names)
		return;
	forget(names);
	free(names->groups);
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
		free(names->groups);
		names->groups = NULL;
		names->group_room = 0;
	}
	if (rc > 0)
		forget(names);
	names->digits = DIGITS_UNKNOWN;
	names->seq = seq;
	return 0;
}

int search_names_check(struct search_names *names, struct db *db, struct stmt **look,
		       struct error *err)
{
	int64_t seq = 0;
	int rc = db_look_at(db, seq_sql, look, &seq, err);

	if (rc == 0 && seq != names->seq)
		rc = seq_check(names, db, seq, err);
	if (rc < 0 && *look) {
		stmt_reset(*look);
		*look = NULL;
	}
	return rc;
}

/* Names stand in the order of their bytes: the first one says it. */
int search_names_digits(struct search_names *names, struct db *db, struct error *err)
{
	static const char prefix[] = { SEARCH_NAME, '\0' };
	struct arena arena = ARENA_INIT;
	struct search_scan scan;
	int rc = 0;

	if (names->digits == DIGITS_UNKNOWN) {
		rc = search_scan_begin(&scan, db, prefix, false, &arena, err);
		if (rc == 0)
			rc = search_scan_next(&scan, err);
		if (rc >= 0)
			names->digits = rc > 0 && (unsigned char)scan.reader.entry.term[1] <= '9' ?
					DIGITS_SOME : DIGITS_NONE;
		search_scan_end(&scan);
		arena_release(&arena);
	}
	return rc < 0 ? rc : names->digits == DIGITS_SOME;
}

/* The place of an id, NULL when it is none. */
static struct search_name *place(struct search_names *names, enum search_named kind, int64_t id)
{
	size_t room = names->room[kind];

	if (id <= 0 || id > ID_MAX)
		return NULL;
	if ((size_t)id >= room) {
		while (room <= (size_t)id)
			room = room ? room * 2 : 64;
		names->rows[kind] = mem_grow(names->rows[kind], room * sizeof **names->rows);
		memset(names->rows[kind] + names->room[kind], 0,
		       (room - names->room[kind]) * sizeof **names->rows);
		names->room[kind] = room;
	}
	return &names->rows[kind][id];
}

static void row_keep(struct search_names *names, enum search_named kind, struct stmt *stmt)
{
	struct search_name *row = place(names, kind, stmt_int(stmt, 0));

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
	struct search_name *row = place(names, kind, id);
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
	const struct search_name *row;

	if (id > 0 && (size_t)id < names->room[kind]) {
		row = &names->rows[kind][id];
		if (row->known)
			return row->there ? row : NULL;
	}
	return look_up(names, db, kind, id);
}

/* --- groups --- */

static struct known_group *group_place(struct search_names *names, int64_t id)
{
	size_t room = names->group_room;

	if (id <= 0 || id > ID_MAX)
		return NULL;
	if ((size_t)id >= room) {
		while (room <= (size_t)id)
			room = room ? room * 2 : 64;
		names->groups = mem_grow(names->groups, room * sizeof *names->groups);
		memset(names->groups + names->group_room, 0,
		       (room - names->group_room) * sizeof *names->groups);
		names->group_room = room;
	}
	return &names->groups[id];
}

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
	struct known_group *place = group_place(names, id);
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
	if (id > 0 && (size_t)id < names->group_room && names->groups[id].known)
		return &names->groups[id].group;
	return group_look_up(names, db, id);
}

/* --- words --- */

/* The texts, their initials and their pinyin, with a control between them
 * that nobody types. */
static const char *hay_make(struct search_names *names, const struct search_name *row)
{
	struct buf hay = BUF_INIT;
	struct name_readings readings;
	const char *made;

	for (int i = 0; i < 3; i++) {
		struct arena scratch = ARENA_INIT;

		if (row->text[i] && *row->text[i]) {
			buf_printf(&hay, "%s\x01", text_fold(row->text[i], &scratch));
			name_read(row->text[i], &readings);
			for (size_t r = 0; r < readings.count; r++) {
				buf_printf(&hay, "%s\x01", readings.reading[r].initials);
				for (const char *c = readings.reading[r].syllables; *c; c++)
					if (*c != ' ')
						buf_add(&hay, c, 1);
				buf_printf(&hay, "\x01");
			}
		}
		arena_release(&scratch);
	}
	made = arena_strdup(&names->arena, buf_cstr(&hay));
	buf_release(&hay);
	return made;
}

static bool fits(struct search_narrow *narrow, struct search_names *names, struct db *db,
		 enum search_named kind, int64_t id)
{
	struct search_name *row;
	size_t at = (size_t)id % SEARCH_NARROW_ROOM;

	if (id <= 0 || id > ID_MAX)
		return false;
	if (narrow->known[kind][at].id == (uint32_t)id)
		return narrow->known[kind][at].fits;
	narrow->known[kind][at].id = (uint32_t)id;
	narrow->known[kind][at].fits = false;
	if (!search_names_get(names, db, kind, id))
		return false;
	row = &names->rows[kind][id];
	if (!row->hay)
		row->hay = hay_make(names, row);
	return narrow->known[kind][at].fits = strstr(row->hay, narrow->word) != NULL;
}

bool search_narrow_fits(struct search_narrow *narrow, struct search_names *names, struct db *db,
			const struct search_line *line, const struct search_group *group,
			bool work)
{
	return (work && (fits(narrow, names, db, NAMED_WORK, line->work_id) ||
			 fits(narrow, names, db, NAMED_PATTERN, line->pattern_id))) ||
	       fits(narrow, names, db, NAMED_PROGRAMME, group->programme_id) ||
	       fits(narrow, names, db, NAMED_COHORT, group->cohort_id);
}
