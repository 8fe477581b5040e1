/* search_line.h: what a list shows of a learner, in some twenty bytes.
 *
 * A search ends with fifty learners, each of whom would cost eight look-ups
 * (person, programme, cohort, job, ledger, claims …). So all of it that can be
 * shown or asked for stands beside each of his terms (search_block.h): a search
 * reads nothing else. What many learners share is a number there: branch, centre,
 * programme, curriculum, cohort and year are one group, plant, workshop and post
 * one work place (search_work.h), looked up in search_names.h.
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
#define SEARCH_VERSION "4"

enum { SEARCH_LINE_BYTES = 512, SEARCH_NUMBER_TEXT = 56, SEARCH_NUMBER_PACKED = 6 };

/* What learners share; 0: none. */
struct search_group {
	int64_t branch_id, centre_id, programme_id, curriculum_id, cohort_id;
	int64_t year; /* two digits of the intake year */
};

/* How the student number of a line is written. */
enum search_form {
	SEARCH_FORM_TEXT,    /* its bytes */
	SEARCH_FORM_REVERSED, /* its bytes backwards */
	SEARCH_FORM_PACKED   /* thirteen digits as six bytes */
};

/* Neither number nor name is ended by a NUL. */
struct search_line {
	int64_t group_id, pattern_id, work_id; /* 0: none */
	int64_t status;                        /* enum student_status */
	int64_t earned_centi, open_claims;
	const char *number;
	size_t number_len; /* bytes at number */
	enum search_form form;
	const char *full_name;
	size_t name_len;
};

/* The line by itself: bytes, at most SEARCH_LINE_BYTES. */
size_t search_line_write(const struct search_line *line, uint8_t out[SEARCH_LINE_BYTES]);
/* False for bytes that are no line. Number and name point into BYTES. */
bool search_line_read(const uint8_t *bytes, size_t len, struct search_line *line);

/* The number as it is typed, with its NUL; returns its length. */
size_t search_line_number(const struct search_line *line, char out[SEARCH_NUMBER_TEXT]);
/* NUMBER in the shorter form; a packed one stands in PACKED. */
void search_line_number_set(struct search_line *line, const char *number,
			    uint8_t packed[SEARCH_NUMBER_PACKED]);

/* --- keeping them right --- */

/* The record of KIND was made or changed: its learners' lines are written at
 * the next search_flush(). TOUCHED: terms of theirs were removed, too. */
int search_mark(struct tx *tx, enum kind kind, const void *record, bool touched,
		struct error *err);
int search_flush(struct tx *tx, struct error *err);
void search_unmark(struct tx *tx); /* forgets the marks: the write was undone */

/* Makes the whole index anew: terms and lines, groups and work places. For demo
 * worlds, new versions of the index and restored files. STOP (may be NULL) is
 * asked now and then; true ends it with OV_ECANCELLED. */
int search_build(struct db *db, bool (*stop)(void *context), void *context, struct error *err);

#endif
