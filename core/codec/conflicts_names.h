/* conflicts_names.h: numbers for names, and the small forms of values, while
 * an overpass-conflicts/1 file is read. Only its readers include it. */
#ifndef OV_CODEC_CONFLICTS_NAMES_H
#define OV_CODEC_CONFLICTS_NAMES_H

#include "core/codec/conflicts_file.h"
#include "core/rules/occurrence.h"

/* Names of one kind, numbered from 0 in the order they came. */
struct names {
	json_t *index;
};

void names_init(struct names *names);
void names_release(struct names *names);
int names_find(const struct names *names, const char *name); /* -1 */
int names_add(struct names *names, const char *name); /* the old number when known */
size_t names_count(const struct names *names);

/* What the readers of one vector share. */
struct trial_reader {
	struct json_reader *reader;
	json_t *common, *vector;
	struct conflicts_trial *trial;
	struct names patterns, rooms, teachers, students, cohorts, sessions;
	struct names sites, features, items, courses;
};

/* The key from the vector, else from common; the reader enters it. NULL when
 * absent. Call section_leave() in any case. */
json_t *section_enter(struct trial_reader *trial, const char *key);
void section_leave(struct trial_reader *trial);

/* "08:30" of LEN bytes as minutes; 24:00 only when LAST. -1 when it is none. */
int clock_parse(const char *text, bool last);
int64_t clock_opt(struct json_reader *reader, json_t *object, const char *key, bool last);
/* A pair [from, to] with its rule for the next day. */
struct conflict_shift clock_pair(struct json_reader *reader, json_t *list);
/* A list of spans [date, clock, date, clock]. */
struct conflict_spans spans_read(struct json_reader *reader, json_t *object, const char *key);
/* A list of names as numbers: each added when UNKNOWN_FINE, else it must be
 * there. */
struct conflict_ints numbers_read(struct json_reader *reader, json_t *object, const char *key,
				  struct names *names, bool unknown_fine);

/* conflicts_read.c, conflicts_session.c */
void trial_read_things(struct trial_reader *trial);
void trial_read_sessions(struct trial_reader *trial);

#endif
