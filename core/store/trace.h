/* trace.h: a store that writes down every call of another one and passes it
 * on: trace+URL. One line a call: slot, kind, what was asked for by number
 * only, the result and the time. Never a value somebody typed. */
#ifndef OV_STORE_TRACE_H
#define OV_STORE_TRACE_H

#include "core/store/store.h"

/* Takes INNER over, also when it fails. Writes to options->trace_file, or to
 * standard error. */
int trace_open(struct store *inner, const struct store_options *options,
	       struct store **out, struct error *err);
/* The store that is traced; NULL for any other store. */
struct store *trace_inner(const struct store *store);

#endif
