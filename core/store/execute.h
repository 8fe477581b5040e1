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

/* The same for one of several commands that are done or refused together: what a
 * refused one has written already, the caller takes back. */
int execute_part(struct tx *tx, const struct command *command, bool keyed,
		 struct outcome *outcome, struct error *err);

/* What is asked for, HASH_BYTES in the arena, so that a key can't be used for
 * something else. The server makes it on the thread that read the request, since
 * all commands wait for the one that writes. SECRET: struct local's. */
const void *command_hash(const uint8_t *secret, const struct command *command,
			 struct arena *arena);

#endif
