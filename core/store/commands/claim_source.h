/* claim_source.h: from what a learner offers to a record of the store. */
#ifndef OV_STORE_COMMANDS_CLAIM_SOURCE_H
#define OV_STORE_COMMANDS_CLAIM_SOURCE_H

#include "core/store/commands/claim_args.h"
#include "core/store/tx.h"

/* Finds or enters the source for PERSON_ID and fills source_kind, source_ref
 * and source_code of LINE. Another person's certificate is FIELD_UNIQUE (I6). */
int claim_source_resolve(struct tx *tx, int64_t person_id, const struct claim_source *from,
			 struct claim_line *line, struct error *err);

#endif
