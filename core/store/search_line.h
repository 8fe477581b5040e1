/* search_line.h: what a list shows of a learner, in some thirty bytes.
 *
 * A search ends with fifty learners, each of whom would cost eight look-ups
 * (person, programme, cohort, job, ledger, claims …). So all of it that can be
 * shown or asked for stands together in one line per learner, table search_line,
 * and once more beside the terms of his initials, the ones typed most: those
 * searches read nothing else. Names that many learners share (programme, cohort,
 * work place) are ids here, and looked up in search_names.h.
 *
 * Lines follow from the records alone. Every write of a student, person, job,
 * claim or ledger entry marks its learners; tx_flush() writes their lines anew
 * in the same transaction. */
#ifndef OV_STORE_SEARCH_LINE_H
#define OV_STORE_SEARCH_LINE_H

#include "core/db/db.h"
#include "core/model/kind.h"

struct tx;

/* Of terms and lines; in the table meta. */
#define SEARCH_VERSION "3"

enum { SEARCH_LINE_BYTES = 512, SEARCH_NUMBER_TEXT = 56 };

struct search_line {
	int64_t branch_id, centre_id, programme_id, curriculum_id;
	int64_t cohort_id, pattern_id, work_id; /* 0: none */
	int64_t status;                         /* enum student_status */
	int64_t year;                           /* two digits of the intake year */
	int64_t earned_centi, open_claims;
	char student_no[SEARCH_NUMBER_TEXT];
	const char *full_name;                  /* not ended by a NUL */
	size_t name_len;
};

/* Bytes of the line, at most SEARCH_LINE_BYTES. */
size_t search_line_write(const struct search_line *line, uint8_t out[SEARCH_LINE_BYTES]);
/* False for bytes that are no line. full_name points into BYTES. */
bool search_line_read(const uint8_t *bytes, size_t len, struct search_line *line);

/* Reads branch_id, centre_id and status only: all that ranking needs. */
bool search_line_peek(const uint8_t *bytes, size_t len, struct search_line *line);

/* Branch, centre and standing in one number, for rows without a line; OV_NULL
 * when they don't fit. */
int64_t search_place(int64_t branch_id, int64_t centre_id, bool active);
void search_place_read(int64_t place, int64_t *branch_id, int64_t *centre_id, bool *active);

/* --- keeping them right --- */

/* The record of KIND was made or changed: its learners' lines are written at
 * the next search_flush(). */
int search_mark(struct tx *tx, enum kind kind, const void *record, struct error *err);
int search_flush(struct tx *tx, struct error *err);
void search_unmark(struct tx *tx); /* forgets the marks: the write was undone */

/* Makes the whole index anew: terms, lines and work places. For demo worlds,
 * new versions of the index and restored files. STOP (may be NULL) is asked
 * now and then; true ends it with OV_ECANCELLED. */
int search_build(struct db *db, bool (*stop)(void *context), void *context, struct error *err);

/* --- work places --- */

/* The id of plant, workshop and post, which may be NULL, made when it is new;
 * 0 when all are empty. */
int search_work_id(struct db *db, const char *plant, const char *workshop, const char *post,
		   int64_t *id, struct error *err);

#endif
