/* The whole index made anew. */
#include "core/store/search_line.h"

#include <string.h>

#include "core/model/reason.h"
#include "core/store/search_index.h"
#include "core/store/search_source.h"
#include "core/store/search_work.h"

/* Up to so many learners all terms are gathered at once; more are gone through
 * once for each kind, so that memory stays bounded and every page is filled. */
enum { AT_ONCE = 200000, ASK_EVERY = 4096 };

struct build {
	struct db *db;
	bool (*stop)(void *context);
	void *context;
	int64_t count;
};

static int asked(struct build *build, int64_t row, struct error *err)
{
	if (build->stop && row % ASK_EVERY == 0 && build->stop(build->context))
		return error_reason(err, REASON_CANCELLED, NULL);
	return 0;
}

static int line_add(struct db *db, int64_t student_id, const struct search_line *line,
		    struct error *err)
{
	uint8_t bytes[SEARCH_LINE_BYTES];
	struct stmt *stmt;
	int rc = db_prepare(db, "INSERT INTO search_line (student_id, line) VALUES (?, ?)",
			    &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, student_id);
	stmt_bind_blob(stmt, 2, bytes, search_line_write(line, bytes));
	return stmt_run(stmt, err);
}

static int lines_make(struct build *build, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct search_works works;
	struct stmt *stmt = NULL;
	int64_t last = 0;
	int rc = search_works_load(&works, build->db, err);

	if (rc == 0)
		rc = search_source_all(build->db, 0, &stmt, err);
	while (rc == 0 && (rc = stmt_step(stmt, err)) > 0) {
		struct search_source source;

		search_source_row(stmt, &arena, &source);
		rc = 0;
		if (source.student_id != last) { /* two present jobs: the first */
			source.line.work_id = search_works_id(&works, source.plant,
							      source.workshop, source.post);
			rc = line_add(build->db, source.student_id, &source.line, err);
			last = source.student_id;
		}
		if (rc == 0)
			rc = asked(build, ++build->count, err);
		arena_clear(&arena);
	}
	if (stmt)
		stmt_reset(stmt);
	if (rc == 0)
		rc = search_works_save(&works, build->db, err);
	search_works_release(&works);
	arena_release(&arena);
	return rc;
}

/* The learner of the row: of student, person and line. */
static void subject_row(struct stmt *stmt, struct search_subject *subject)
{
	const char *status = stmt_text(stmt, 3);

	*subject = (struct search_subject){
		.student_id = stmt_int(stmt, 0), .branch_id = stmt_int(stmt, 1),
		.centre_id = stmt_int(stmt, 2),
		.active = status && !strcmp(status, "ACTIVE"),
		.student_no = stmt_text(stmt, 4), .full_name = stmt_text(stmt, 5),
		.mobile = stmt_text(stmt, 6), .doc_no = stmt_text(stmt, 7),
	};
	subject->line = stmt_blob(stmt, 8, &subject->line_len);
}

/* ONLY 0: the terms of all kinds. */
static int terms_make(struct build *build, char only, struct error *err)
{
	struct search_terms terms = { .arena = ARENA_INIT, .only = only };
	struct stmt *stmt = NULL;
	int64_t row = 0;
	int rc = db_prepare(build->db, "SELECT s.id, s.branch_id, s.centre_id, s.status, "
			    "s.student_no, p.full_name, p.mobile, p.doc_no, l.line "
			    "FROM student s JOIN person p ON p.id = s.person_id "
			    "JOIN search_line l ON l.student_id = s.id ORDER BY s.id", &stmt, err);

	while (rc == 0 && (rc = stmt_step(stmt, err)) > 0) {
		struct search_subject subject;

		subject_row(stmt, &subject);
		search_terms_add(&terms, &subject);
		rc = asked(build, ++row, err);
	}
	if (stmt)
		stmt_reset(stmt);
	if (rc == 0) {
		search_terms_sort(&terms);
		rc = search_terms_insert(&terms, build->db, err);
	}
	search_terms_release(&terms);
	return rc;
}

int search_build(struct db *db, bool (*stop)(void *context), void *context, struct error *err)
{
	/* In the order of the keys. */
	static const char kinds[] = { SEARCH_DOC, SEARCH_NUMBER, SEARCH_PART, SEARCH_INITIALS,
				      SEARCH_MOBILE, SEARCH_NAME, SEARCH_PINYIN };
	struct build build = { .db = db, .stop = stop, .context = context };
	int rc = db_exec(db, "DELETE FROM search_term; DELETE FROM search_line", err);

	if (rc == 0)
		rc = lines_make(&build, err);
	if (rc == 0 && build.count <= AT_ONCE)
		return terms_make(&build, 0, err);
	for (size_t i = 0; rc == 0 && i < sizeof kinds; i++)
		rc = terms_make(&build, kinds[i], err);
	return rc;
}
