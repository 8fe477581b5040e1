/* execute.h: commands inside a transaction that is already open. Internal to
 * core/store and the server, which commit many together. */
#ifndef OV_STORE_EXECUTE_H
#define OV_STORE_EXECUTE_H

#include "core/store/tx.h"

/* Runs one command for TX->actor at TX->now, as execute would, but neither
 * begins nor commits. A command that is refused leaves nothing behind and the
 * transaction goes on. KEYED: the answer is kept under the command's key. */
int execute_within(struct tx *tx, const struct command *command, bool keyed,
		   struct outcome *outcome, struct error *err);

#endif
