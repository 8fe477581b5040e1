/* json_write.h: records as compact JSON, straight into a buffer.
 *
 * The bytes are those of json_record.h's trees, without making a tree: a server
 * answers a look-up several times as fast. The forms of values are described
 * there; a test compares the two for every kind. SECRET fields are never
 * written. */
#ifndef OV_CODEC_JSON_WRITE_H
#define OV_CODEC_JSON_WRITE_H

#include "core/base/buf.h"
#include "core/codec/json_record.h"

void json_write_record(struct buf *out, const struct field_table *table, const void *record);
void json_write_bundle(struct buf *out, const struct bundle *bundle);
void json_write_page(struct buf *out, const struct page *page);

#endif
