/* json_write.h: records as compact JSON, straight into a buffer.
 *
 * The bytes are those of json_record.h's trees, without making a tree: a server
 * answers a look-up several times as fast. The forms of values are described
 * there; a test compares the two for every kind. SECRET fields are written by
 * json_write_canonical() alone, and only when it is told to. */
#ifndef OV_CODEC_JSON_WRITE_H
#define OV_CODEC_JSON_WRITE_H

#include "core/base/buf.h"
#include "core/codec/json_record.h"

void json_write_record(struct buf *out, const struct field_table *table, const void *record);
/* Canonical text: members by name, in lists too. What is hashed. FLAGS: enum json_flag. */
void json_write_canonical(struct buf *out, const struct field_table *table, const void *record,
			  unsigned flags);
/* SHA-256 of the canonical text of a record, without its SECRET fields. */
void json_record_hash(const struct field_table *table, const void *record,
		      uint8_t out[HASH_BYTES]);
/* What a command did, as it is answered and as it is kept under its key. RECORDS: its
 * own, or as many of them as are to be told. */
void json_write_outcome(struct buf *out, const struct outcome *outcome,
			const struct bundle *records);
void json_write_bundle(struct buf *out, const struct bundle *bundle);
void json_write_page(struct buf *out, const struct page *page);

#endif
