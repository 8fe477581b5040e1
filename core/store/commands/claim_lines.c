#include "core/store/commands/claim_lines.h"

#include <string.h>

#include "core/model/reason.h"
#include "core/store/commands/claim_outcome.h"
#include "core/store/commands/claim_source.h"
#include "core/store/evidence.h"

enum { LINES_MAX = 99 };

/* A hash stands for bytes that are here, and their size is what it is. A preview
 * is asked for before the file is sent. */
static int file_there(struct tx *tx, const uint8_t sha256[HASH_BYTES], int64_t *bytes,
		      struct error *err)
{
	const char *folder = tx->assess ? NULL : local_evidence_folder(tx->local, err);
	int64_t there;

	if (tx->assess)
		return 0;
	if (!folder)
		return err->code;
	there = evidence_size(folder, sha256);
	if (there < 0)
		return error_reason(err, REASON_EVIDENCE_NOT_SENT, "field", "sha256", NULL);
	*bytes = there;
	return 0;
}

static int evidence_insert(struct tx *tx, int64_t line_id, const struct evidence *values,
			   struct error *err)
{
	struct evidence *evidence = record_new(tx->arena, &evidence_fields);
	int64_t bytes = values->size_bytes;

	if (values->file_name && !evidence_name_good(values->file_name))
		return error_reason(err, REASON_EVIDENCE_NAME, "field", "file", NULL);
	if (values->sha256 && file_there(tx, values->sha256, &bytes, err) < 0)
		return err->code;
	evidence->line_id = line_id;
	evidence->kind = values->kind;
	evidence->file_name = values->file_name;
	evidence->size_bytes = bytes;
	evidence->sha256 = values->sha256;
	evidence->checked = CHECK_OPEN;
	return tx_insert(tx, KIND_EVIDENCE, evidence, err);
}

static int evidence_of_source(struct tx *tx, int64_t line_id, const struct claim_source *from,
			      struct error *err)
{
	const struct evidence values = {
		.kind = from->evidence, .file_name = from->file, .size_bytes = from->size,
		.sha256 = from->sha256,
	};

	return from->evidence == OV_NULL ? 0 : evidence_insert(tx, line_id, &values, err);
}

static bool same_source(const struct claim_line *a, const struct claim_line *b)
{
	return a->source_kind == b->source_kind && a->source_ref == b->source_ref;
}

/* The old line with this source that no new line has taken yet. */
static struct claim_line *line_keep(struct claim_case *cc, const struct claim_line *wanted,
				    bool *taken)
{
	for (size_t i = 0; i < cc->line_count; i++)
		if (!taken[i] && same_source(cc->lines[i].line, wanted)) {
			taken[i] = true;
			return cc->lines[i].line;
		}
	return NULL;
}

static int line_put(struct tx *tx, struct claim_case *cc, int64_t line_no,
		    const struct claim_source *from, bool *taken, struct error *err)
{
	struct claim_line *line = record_new(tx->arena, &claim_line_fields), *old;

	if (claim_source_resolve(tx, cc->student->person_id, from, line, err) < 0)
		return err->code;
	old = line_keep(cc, line, taken);
	if (!old) {
		line->claim_id = cc->claim->id;
		line->line_no = line_no;
		if (tx_insert(tx, KIND_CLAIM_LINE, line, err) < 0)
			return err->code;
		return evidence_of_source(tx, line->id, from, err);
	}
	if (old->line_no != line_no) {
		old->line_no = line_no;
		if (tx_update(tx, KIND_CLAIM_LINE, old, err) < 0)
			return err->code;
	}
	return evidence_of_source(tx, old->id, from, err);
}

int claim_lines_set(struct tx *tx, struct claim_case *cc, const struct record_list *list,
		    struct error *err)
{
	size_t count = list ? list->count : 0;
	bool *taken = arena_array(tx->arena, cc->line_count + 1, sizeof *taken);

	if (count > LINES_MAX)
		return error_reason(err, REASON_FIELD_RANGE, "field", "lines", "label", _("Lines"),
				    "min", "1", "max", "99", NULL);
	for (size_t i = 0; i < count; i++)
		if (line_put(tx, cc, (int64_t)i + 1, list->items[i], taken, err) < 0)
			return err->code;
	for (size_t i = 0; i < cc->line_count; i++) {
		if (taken[i])
			continue;
		cc->lines[i].line->removed_on = tx->today;
		if (tx_update(tx, KIND_CLAIM_LINE, cc->lines[i].line, err) < 0)
			return err->code;
	}
	return claim_case_lines(tx, cc, err);
}

int claim_evidence_add(struct tx *tx, struct claim_case *cc, int64_t line_no,
		       const struct evidence *values, struct error *err)
{
	struct case_line *line = claim_case_line(cc, line_no);

	if (!line)
		return error_reason(err, REASON_NOT_FOUND, "field", "line_no",
				    "what", _("Line"), "key",
				    arena_printf(tx->arena, "%lld", (long long)line_no), NULL);
	if (evidence_insert(tx, line->line->id, values, err) < 0)
		return err->code;
	return claim_case_lines(tx, cc, err);
}

int claim_evidence_twins(struct tx *tx, int64_t student_id, const uint8_t sha256[HASH_BYTES],
			 int64_t *count, struct error *err)
{
	struct stmt *stmt;
	int step;

	if (db_prepare(tx->db, "SELECT count(DISTINCT c.id) FROM evidence e"
		       " JOIN claim_line l ON l.id = e.line_id"
		       " JOIN credit_claim c ON c.id = l.claim_id"
		       " WHERE e.sha256 = ? AND c.student_id <> ?", &stmt, err) < 0)
		return err->code;
	stmt_bind_blob(stmt, 1, sha256, HASH_BYTES);
	stmt_bind_int(stmt, 2, student_id);
	step = stmt_step(stmt, err);
	*count = step > 0 ? stmt_int(stmt, 0) : 0;
	stmt_reset(stmt);
	return step < 0 ? err->code : 0;
}

int claim_twins_advise(struct tx *tx, const struct claim_case *cc, struct bundle *bundle,
		       struct error *err)
{
	for (size_t i = 0; i < cc->line_count; i++) {
		const struct case_line *line = &cc->lines[i];
		int64_t twins = 0;

		for (size_t k = 0; k < line->evidence.count && !twins; k++) {
			const struct evidence *evidence = line->evidence.items[k];

			if (evidence->sha256 &&
			    claim_evidence_twins(tx, cc->student->id, evidence->sha256, &twins, err) < 0)
				return err->code;
		}
		if (twins > 0)
			advice_add(tx, bundle, REASON_EVIDENCE_TWIN, "line",
				   arena_printf(tx->arena, "%lld", (long long)line->line->line_no));
	}
	return 0;
}
