/* import_internal.h: what the steps of the command student.import share.
 *
 * DOMAIN.md 9.1 and 9.4. Everything is one transaction: all rows, or with
 * `partial` all good ones. Rows go in lots through three steps: each row alone,
 * the rows against each other and against what is here, the writes. A second
 * thread decides the next lot and gathers its search terms while one is
 * written, and sorts them all while the last one is. */
#ifndef OV_STORE_IMPORT_INTERNAL_H
#define OV_STORE_IMPORT_INTERNAL_H

#include "core/base/text_map.h"
#include "core/model/import_row.h"
#include "core/model/kind.h"
#include "core/model/reason.h"
#include "core/rules/identifier.h"
#include "core/store/search_group.h"
#include "core/store/search_index.h"
#include "core/store/search_work.h"
#include "core/store/tx.h"

struct institution;

/* Makes what the institution's learners need and is not here (import_institution.c). */
int import_institution(struct tx *tx, const struct institution *institution, struct error *err);

/* --- what rows refer to (import_refs.c) --- */

enum { REF_AMBIGUOUS = -1 }; /* a name that several records have */

struct import_refs {
	struct record_list programmes, curricula, cohorts, shifts, branches;
	/* to the place in the list */
	struct text_map programme_codes, programme_names, cohort_codes, cohort_names;
	struct text_map shift_codes, branch_codes, centre_codes;
};

int import_refs_load(struct import_refs *refs, struct tx *tx, struct error *err);
void import_refs_release(struct import_refs *refs);
/* By code, else by unique name; NULL when unknown or not unique. */
const struct programme *import_programme(const struct import_refs *refs, const char *text);
const struct cohort *import_cohort(const struct import_refs *refs, const char *text);
const struct shift_pattern *import_shift(const struct import_refs *refs, const char *code);
const struct branch *import_branch(const struct import_refs *refs, enum branch_kind kind,
				   const char *code);
/* The centre of a branch that takes whoever names none; NULL when it has none. */
const struct branch *import_default_centre(const struct import_refs *refs, int64_t branch_id,
					   const struct actor *actor);
/* The published curriculum in force on a day; before the first one, that. */
const struct curriculum *import_curriculum(const struct import_refs *refs, int64_t programme_id,
					   int64_t on_day);

/* --- findings --- */

struct import_note {
	int64_t row; /* from 0 */
	enum reason reason;
	const char *field, *message;
};

struct import_notes {
	struct import_note *items;
	size_t count, room;
	struct arena *arena;
};

void import_note_add(struct import_notes *notes, int64_t row, const struct error *err);
/* Name, value pairs as error_reason(); FIELD's label is put in as {label}. */
void import_note(struct import_notes *notes, int64_t row, enum reason reason, const char *field,
		 ...) __attribute__((sentinel));

/* --- one row (import_prepare.c) --- */

/* A row with everything worked out that needs no other row and no learner. */
struct import_item {
	const char *student_no, *full_name, *doc_no, *mobile, *email;
	const char *employer, *plant, *workshop, *post, *employee_no;
	const char *name_pinyin, *name_initials;
	bool one_reading; /* the name sounds in no other way */
	int64_t doc_kind, sex, birth_date;
	int64_t programme_id, curriculum_id, cohort_id, branch_id, centre_id, registered_on;
	int64_t shift_pattern_id, team_offset;
	bool refused;
};

struct import_context {
	const struct import_refs *refs;
	const struct number_plan *plan;
	const struct actor *actor;
	int64_t today;
};

void import_prepare(const struct import_context *context, const struct import_row *row,
		    int64_t index, struct import_item *item, struct arena *arena,
		    struct import_notes *notes);

/* --- all rows (import_resolve.c) --- */

struct import_list {
	void **items; /* heap */
	size_t count, room;
};

/* What one lot of rows does to the database. Nobody changes these records
 * later: the first row that is about somebody decides. */
struct import_lot {
	struct import_list persons, learners, jobs; /* new, in the order of ids */
	struct import_list changed_persons, changed_learners, changed_jobs;
	struct import_list closed_jobs; /* end today; written before new ones */
	int64_t first_person; /* ids from here on are of this file's new persons */
};

/* Somebody a row is about, as he will be after it. */
struct import_person {
	struct person *record;
	struct employment *job;     /* his present one, or NULL */
	struct employment *old_job; /* the present one of the database that a new one follows */
	bool fresh, job_fresh;      /* made by this file */
	bool changed, job_changed;  /* and not yet in a lot, as are the next two */
	bool job_made, listed;
	bool one_reading;           /* of a fresh one's name: name_pinyin is all of it */
	bool taken;                 /* a row of this file has said its values */
};

struct import_learner {
	struct student *record;
	size_t person;  /* in persons */
	int64_t row;    /* of this file, -1: of the database only */
	bool fresh;
};

struct import_state {
	struct tx *tx;
	struct arena arena; /* of the thread that decides; the writer has tx->arena */
	bool quiet;         /* it may not show progress */
	const struct import_refs *refs;
	const struct import_item *items;
	size_t item_count;
	struct import_notes *notes;
	struct import_person *persons;
	size_t person_count, person_room;
	struct import_learner *learners;
	size_t learner_count, learner_room;
	struct text_map by_number, by_doc, by_job; /* to learners, persons, persons */
	struct text_map by_id;                     /* persons of the database, by id as text */
	struct import_list dirty;                  /* persons of the present lot */
	struct import_lot *lot;
	bool all_loaded; /* the database is small: everything is in the maps */
	struct import_count counts;
	int64_t next_person, next_student, next_job;
	int64_t first_person; /* next_person at the start */
};

/* Decides rows [from, to), which are prepared; nothing is written. LOT gets
 * what is to be written. After import_load(). */
int import_resolve(struct import_state *state, size_t from, size_t to, struct import_lot *lot,
		   struct error *err);
void import_list_add(struct import_list *list, void *item);
void import_lot_release(struct import_lot *lot);
void import_state_release(struct import_state *state);

/* The learner with a number, the person with a document: what the maps have,
 * else the database (import_find.c). *index is SIZE_MAX when there is none. */
int import_load(struct import_state *state, struct error *err);
int import_find_learner(struct import_state *state, const char *student_no, size_t *index,
			struct error *err);
int import_find_person(struct import_state *state, int64_t doc_kind, const char *doc_no,
		       size_t *index, struct error *err);
/* Whose present job has this number at this employer? */
int import_find_job(struct import_state *state, const char *employer, const char *employee_no,
		    size_t *index, struct error *err);
size_t import_person_add(struct import_state *state, struct person *record);
size_t import_learner_add(struct import_state *state, struct student *record, size_t person);
void import_job_known(struct import_state *state, size_t person);

/* --- the writes (import_write.c) --- */
int import_write(struct tx *tx, const struct import_lot *lot, struct error *err);

/* The search index of the new learners, gathered beside the writes. */
struct import_index {
	struct search_terms terms;
	struct search_works works;
	struct search_groups groups;
};

/* Adds the new learners from place FROM on. */
void import_terms(const struct import_state *state, size_t from, struct import_index *index);
int import_index_write(struct import_index *index, struct db *db, struct error *err);
void import_index_release(struct import_index *index);

/* Stops when the person asked to: OV_ECANCELLED. */
int import_progress(struct tx *tx, int64_t done, int64_t total, struct error *err);

#endif
