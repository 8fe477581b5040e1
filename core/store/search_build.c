/* The whole index made anew. */
#include "core/store/search_line.h"

#include <stdlib.h>
#include <string.h>

#include "core/model/reason.h"
#include "core/store/search_group.h"
#include "core/store/search_source.h"
#include "core/store/search_table.h"
#include "core/store/search_work.h"

/* Up to so many learners all terms are gathered at once; more are gone through
 * once for each kind, so that memory stays bounded: some 50 bytes a learner for
 * lines, and a kind's terms. Blocks are filled either way. */
enum { AT_ONCE = 200000, ASK_EVERY = 4096 };

struct build {
	struct db *db;
	bool (*stop)(void *context);
	void *context;
	struct search_works works;
	struct search_groups groups;
	struct search_terms terms; /* gathered at once */
	bool at_once;
	struct arena arena; /* of the lines, when not */
	struct line {
		int64_t student_id;
		const uint8_t *bytes;
		size_t len;
	} *lines; /* by id; heap */
	size_t count, room;
};

static int asked(struct build *build, int64_t row, struct error *err)
{
	if (build->stop && row % ASK_EVERY == 0 && build->stop(build->context))
		return error_reason(err, REASON_CANCELLED, NULL);
	return 0;
}

static void line_keep(struct build *build, int64_t student_id, const uint8_t *bytes, size_t len)
{
	if (build->count == build->room) {
		build->room = build->room ? build->room * 2 : AT_ONCE;
		build->lines = mem_grow(build->lines, build->room * sizeof *build->lines);
	}
	build->lines[build->count++] = (struct line){
		student_id, arena_memdup(&build->arena, bytes, len), len };
}

static void source_add(struct build *build, struct search_source *source)
{
	uint8_t line[SEARCH_LINE_BYTES];
	struct search_subject subject = {
		.student_id = source->student_id, .student_no = source->student_no,
		.full_name = source->full_name, .mobile = source->mobile, .doc_no = source->doc_no,
		.line = line,
	};

	source->line.work_id = search_works_id(&build->works, source->plant, source->workshop,
					       source->post);
	source->line.group_id = search_groups_id(&build->groups, &source->group);
	subject.line_len = search_line_write(&source->line, line);
	if (build->at_once)
		search_terms_add(&build->terms, &subject);
	else
		line_keep(build, source->student_id, line, subject.line_len);
}

static int sources_read(struct build *build, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct stmt *stmt = NULL;
	int64_t last = 0, row = 0;
	int rc = search_source_all(build->db, 0, &stmt, err);

	while (rc == 0 && (rc = stmt_step(stmt, err)) > 0) {
		struct search_source source;

		search_source_row(stmt, &arena, &source);
		if (source.student_id != last) /* two present jobs: the first */
			source_add(build, &source);
		last = source.student_id;
		rc = asked(build, ++row, err);
		arena_clear(&arena);
	}
	if (stmt && rc == 0)
		stmt_reset(stmt);
	arena_release(&arena);
	return rc;
}

static int terms_put(struct build *build, struct search_terms *terms, struct error *err)
{
	int rc;

	search_terms_sort(terms);
	rc = search_table_put(build->db, terms, err);
	search_terms_release(terms);
	return rc;
}

/* The terms of one kind, beside the lines that are kept. */
static int kind_put(struct build *build, char kind, struct error *err)
{
	struct search_terms terms = { .arena = ARENA_INIT, .only = kind };
	const struct line *line = build->lines, *end = line + build->count;
	struct stmt *stmt = NULL;
	int64_t row = 0;
	int rc = db_prepare_many(build->db, "SELECT s.id, s.student_no, p.full_name, p.mobile, p.doc_no "
				 "FROM student s JOIN person p ON p.id = s.person_id ORDER BY s.id",
				 &stmt, err);

	while (rc == 0 && (rc = stmt_step(stmt, err)) > 0) {
		struct search_subject subject = {
			.student_id = stmt_int(stmt, 0), .student_no = stmt_text(stmt, 1),
			.full_name = stmt_text(stmt, 2), .mobile = stmt_text(stmt, 3),
			.doc_no = stmt_text(stmt, 4),
		};

		rc = asked(build, ++row, err);
		while (line < end && line->student_id < subject.student_id)
			line++;
		if (line == end || line->student_id != subject.student_id)
			continue;
		subject.line = line->bytes;
		subject.line_len = line->len;
		subject.line_stays = true;
		search_terms_add(&terms, &subject);
	}
	if (stmt && rc == 0)
		stmt_reset(stmt);
	if (rc == 0)
		rc = terms_put(build, &terms, err);
	search_terms_release(&terms);
	return rc;
}

static int index_fill(struct build *build, struct error *err)
{
	/* In the order of the keys. */
	static const char kinds[] = { SEARCH_DOC, SEARCH_NUMBER, SEARCH_NUMBER_FRONT, SEARCH_PART,
				      SEARCH_INITIALS, SEARCH_MOBILE, SEARCH_NAME, SEARCH_PINYIN };
	int rc = sources_read(build, err);

	if (rc == 0 && build->at_once)
		rc = terms_put(build, &build->terms, err);
	for (size_t i = 0; rc == 0 && !build->at_once && i < sizeof kinds; i++)
		rc = kind_put(build, kinds[i], err);
	if (rc == 0)
		rc = search_works_save(&build->works, build->db, err);
	if (rc == 0)
		rc = search_groups_save(&build->groups, build->db, err);
	return rc;
}

int search_build(struct db *db, bool (*stop)(void *context), void *context, struct error *err)
{
	struct build build = { .db = db, .stop = stop, .context = context,
			       .arena = ARENA_INIT, .terms = SEARCH_TERMS_INIT };
	int64_t learners = 0;
	int rc = search_table_clear(db, err);

	if (rc == 0)
		rc = db_number(db, "SELECT count(*) FROM student", &learners, err);
	build.at_once = learners <= AT_ONCE;
	if (rc == 0)
		rc = search_works_load(&build.works, db, err);
	if (rc == 0)
		rc = search_groups_load(&build.groups, db, err);
	if (rc == 0)
		rc = index_fill(&build, err);
	search_works_release(&build.works);
	search_groups_release(&build.groups);
	search_terms_release(&build.terms);
	arena_release(&build.arena);
	free(build.lines);
	return rc;
}
