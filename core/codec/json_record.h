/* json_record.h: records ⇄ JSON by the field tables.
 *
 * Members are the fields' names: amounts and marks are integers in hundredths,
 * minutes are integers, days "2015-09-10", instants "2015-09-10T08:30:00Z",
 * enums their codes, flags true and false, hashes hexadecimal, null explicit.
 * A stored record begins with id, rev, created_at, created_by. SECRET fields
 * are never written. A bundle is an object of lists by the kinds' names.
 *
 * Reading is strict: an unknown member, a member twice, a wrong type, a NUL or
 * half a surrogate pair is refused, and so is a document nested deeper than
 * JSON_DEPTH. Ranges and required fields are record_check()'s. */
#ifndef OV_CODEC_JSON_RECORD_H
#define OV_CODEC_JSON_RECORD_H

#include <jansson.h>

#include "core/model/kind.h"
#include "core/store/store.h"

enum { JSON_DEPTH = 16 };

enum json_flag {
	JSON_WITH_SECRETS = 1 << 0, /* for hashing only */
	JSON_WITHOUT_LISTS = 1 << 1
};

json_t *json_record(const struct field_table *table, const void *record, unsigned flags);
json_t *json_list(const struct record_list *list);
json_t *json_bundle(const struct bundle *bundle);
json_t *json_page(const struct page *page); /* {"items":[…],"next":…} */

/* One document. FILE_BAD with the line; WHAT names it in the message. */
int json_parse(const char *bytes, size_t len, const char *what, json_t **out,
	       struct error *err);
/* A new record of TABLE; members that are not there are null. */
int json_record_read(const json_t *json, const struct field_table *table,
		     struct arena *arena, void **record, struct error *err);
int json_bundle_read(const json_t *json, struct arena *arena, struct bundle *bundle,
		     struct error *err);
int json_outcome_read(const json_t *json, struct arena *arena, struct outcome *outcome,
		      struct error *err);

/* Canonical text: members sorted, no blanks, UTF-8. */
char *json_canonical(const json_t *json, struct arena *arena);

#endif
