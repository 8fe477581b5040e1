#include "core/store/local_note.h"

#include "core/store/tx.h"

int local_note(struct local *local, const char *action, const char *detail, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct audit_event *event;
	struct tx tx;
	int rc = tx_begin(&tx, local, &arena, false, err);

	if (rc == 0) {
		if (tx.actor->user_id == 0)
			tx.actor = &system_actor;
		event = record_new(&arena, &audit_event_fields);
		event->action = action;
		event->detail = detail;
		rc = tx_audit_append(&tx, event, err);
		if (rc == 0)
			rc = tx_commit(&tx, err);
		else
			tx_rollback(&tx);
	}
	arena_release(&arena);
	return rc;
}
