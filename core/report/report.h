/* report.h: the documents of DOMAIN.md 8, as one table.
 *
 * A row of report_list.h is the definition: code, name, title, who may, which
 * card its records come from, what it is asked about, and the function that
 * lays them out. From it come the verbs of the command line, the print form of
 * the application, the route of the API and this list for people.
 *
 * A document's records come from any store through store_card() or, where the
 * trail must say so (the copy of a person's record), store_execute(); its
 * totals are those of the records. */
#ifndef OV_REPORT_REPORT_H
#define OV_REPORT_REPORT_H

#include "core/report/document.h"
#include "core/store/store.h"

enum report_flag {
	REPORT_PERIOD = 1 << 0, /* of the days from … to */
	REPORT_WEEK = 1 << 1,   /* without days: this week */
	REPORT_MONTH = 1 << 2,  /* without days: the month before this one */
	REPORT_CSV = 1 << 3,    /* may be written as CSV */
	REPORT_WIDE = 1 << 4,   /* 132 columns, A4 across */
	REPORT_OPTIONAL = 1 << 5, /* the subject may be left out: everybody in scope */
	REPORT_REASON = 1 << 6, /* a reason is asked for and logged */
	REPORT_FEED = 1 << 7    /* may carry the code of a calendar feed */
};

enum report_format { REPORT_AS_TEXT, REPORT_AS_CSV, REPORT_AS_PDF, REPORT_FORMATS };

struct report_build;

struct report_def {
	const char *code;    /* "D1" */
	const char *name;    /* "transcript" */
	const char *title;   /* untranslated */
	const char *help;    /* untranslated, one sentence without a full stop */
	enum permission permission;
	enum kind card;      /* the card its records come from */
	enum kind about;     /* KIND_STUDENT, KIND_CREDIT_CLAIM, KIND_COHORT or KIND_NONE */
	unsigned flags;
	const char *command; /* instead of the card: a command on the person; NULL */
	int (*build)(struct report_build *b, struct error *err);
};

extern const struct report_def report_defs[];
extern const size_t report_count;

/* By name or code ("transcript", "D1", "d1"); NULL when unknown. */
const struct report_def *report_find(const char *name);
/* "NUMBER", "CLAIM", "CODE", "[CODE]" or "": what usage calls the subject. */
const char *report_words(const struct report_def *def);
/* "text", "csv", "pdf"; and their media types. */
extern const char *const report_format_names[REPORT_FORMATS];
extern const char *const report_media_types[REPORT_FORMATS];

/* What is asked for. */
struct report_request {
	const struct report_def *def;
	const char *key;    /* student number, claim number, cohort's code; NULL: none */
	int64_t from, to;   /* half-open; OV_NULL: the report's own */
	enum report_format format; /* what it will be written as: CSV is refused early */
	const char *reason; /* with REPORT_REASON */
	bool feed;          /* with REPORT_FEED: makes a feed of the subject, whose code is printed */
	int64_t today;      /* for the report's own days */
	int utc_offset;     /* of the centre, for the time of printing */
};

/* What a build function works with. */
struct report_build {
	const struct report_request *request;
	struct store *store;
	struct arena *arena;
	struct bundle bundle; /* the records */
	struct document *doc; /* head and title are there */
	int64_t from, to;
	const struct feed_link *link; /* of request->feed, else NULL */
};

/* Reads the records and makes the document, all in the arena. PERM_DENIED by
 * the row's permission, REPORT_PERIOD for days in the wrong order, whatever
 * the store says. Only the worker's thread calls it. */
int report_make(struct store *store, const struct report_request *request, struct arena *arena,
		struct document *doc, struct error *err);
int report_write(const struct document *doc, enum report_format format,
		 const struct doc_options *options, const struct doc_sink *sink,
		 struct error *err);
/* Writes a file whole or not at all: beside its place first, then renamed into
 * it. FILE_EXISTS unless OVERWRITE. */
int report_write_file(const struct document *doc, enum report_format format,
		      const struct doc_options *options, const char *path, bool overwrite,
		      struct error *err);

/* Layouts, by file. */
int report_transcript(struct report_build *b, struct error *err); /* report_learner.c */
int report_statement(struct report_build *b, struct error *err);
int report_personal(struct report_build *b, struct error *err);
int report_receipt(struct report_build *b, struct error *err); /* report_claim.c */
int report_decision(struct report_build *b, struct error *err);
int report_notice(struct report_build *b, struct error *err);
int report_timetable(struct report_build *b, struct error *err); /* report_cohort.c */
int report_week(struct report_build *b, struct error *err);
int report_attendance(struct report_build *b, struct error *err);
int report_statistics(struct report_build *b, struct error *err); /* report_office.c */
int report_graduation(struct report_build *b, struct error *err);
int report_caps(struct report_build *b, struct error *err);
int report_audit(struct report_build *b, struct error *err);

/* For the layouts: name, number, programme, curriculum of the learner. */
void report_learner_pairs(struct report_build *b);
/* "2026-03-02 – 2026-03-08", the last day included. */
const char *report_days(struct report_build *b);
const char *report_date(struct report_build *b, int64_t date);

#endif
