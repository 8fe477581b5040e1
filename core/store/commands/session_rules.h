/* session_rules.h: what the commands on meetings share. Internal to commands. */
#ifndef OV_STORE_COMMANDS_SESSION_RULES_H
#define OV_STORE_COMMANDS_SESSION_RULES_H

#include "core/store/commands/cohort_args.h"
#include "core/store/tx.h"

/* Checks and inserts a meeting with its cohorts; conflicts as in
 * session.create. */
int session_make(struct tx *tx, const struct session_create_args *args, struct session **out,
		 struct outcome *outcome, struct error *err);
/* What may be moved, published or cancelled. */
bool session_is_open(const struct session *session);

#endif
