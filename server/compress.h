/* compress.h: gzip and zstd of answers, gzip of requests. */
#ifndef OV_SERVER_COMPRESS_H
#define OV_SERVER_COMPRESS_H

#include "core/base/buf.h"

enum { COMPRESS_FROM = 150 }; /* bytes; below, it costs more than it saves */

/* Compresses BODY in place by what Accept-Encoding (may be NULL) allows.
 * Returns the Content-Encoding, or NULL when the body was left alone. */
const char *compress_body(struct buf *body, const char *accept);
/* Inflates gzip in place. 0; -1 for what is no gzip; 1 for more than LIMIT. */
int gunzip_body(struct buf *body, size_t limit);

#endif
