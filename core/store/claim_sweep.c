#include "core/store/claim_sweep.h"

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/store/command.h"
#include "core/store/local.h"

struct due {
	int64_t id, rev;
	bool notice;
};

/* All that is due is read before anything is written. */
static int due_read(struct local *local, struct arena *arena, struct due **out, size_t *count,
		    struct error *err)
{
	size_t room = 0;
	struct stmt *stmt;
	char day[DATE_TEXT];
	int step;

	*out = NULL;
	*count = 0;
	if (db_prepare(local->db, "SELECT id, rev, state = 'NOTICE' FROM credit_claim"
		       " WHERE state IN ('DRAFT', 'NOTICE', 'RETURNED') AND deadline_on < ?"
		       " ORDER BY id", &stmt, err) < 0)
		return err->code;
	stmt_bind_text(stmt, 1, date_format(local_today(local), day));
	while ((step = stmt_step(stmt, err)) > 0) {
		if (*count == room) {
			struct due *grown = arena_array(arena, room ? room * 2 : 64, sizeof *grown);

			for (size_t i = 0; i < *count; i++)
				grown[i] = (*out)[i];
			room = room ? room * 2 : 64;
			*out = grown;
		}
		(*out)[(*count)++] = (struct due){ stmt_int(stmt, 0), stmt_int(stmt, 1),
						   stmt_int(stmt, 2) == 1 };
	}
	stmt_reset(stmt);
	return step < 0 ? err->code : 0;
}

static int due_run(struct store *store, const struct due *due, struct claim_sweep *sweep,
		   struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct outcome outcome;
	struct command command;
	int rc;

	command_init(&command, command_find(due->notice ? "claim.close" : "claim.lapse"), &arena);
	command.target = due->id;
	command.expected_rev = due->rev;
	rc = store_execute(store, &command, 1, &arena, &outcome, NULL, err);
	if (rc == 0)
		++*(due->notice ? &sweep->closed : &sweep->lapsed);
	arena_release(&arena);
	if (rc != OV_ECONFLICT)
		return rc;
	error_clear(err);
	return 0;
}

static int sweep_run(struct store *store, struct local *local, struct claim_sweep *sweep,
		     struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct due *due;
	size_t count;
	int rc = due_read(local, &arena, &due, &count, err);

	for (size_t i = 0; rc == 0 && i < count; i++) {
		if (store->progress &&
		    store->progress(store->progress_context, (int64_t)i, (int64_t)count))
			rc = error_reason(err, REASON_CANCELLED, NULL);
		else
			rc = due_run(store, &due[i], sweep, err);
	}
	arena_release(&arena);
	return rc;
}

int claim_sweep(struct store *store, struct claim_sweep *sweep, struct error *err)
{
	struct local *local = local_of(store);
	struct actor before = store->actor;
	bool pinned;
	int rc;

	*sweep = (struct claim_sweep){ 0, 0 };
	if (!local)
		return error_reason(err, REASON_USAGE, "what",
				    _("The server keeps the time limits of its claims itself"), NULL);
	if (!permission_has(&before, PERM_CLAIM_EDIT) && !permission_has(&before, PERM_NOTICE))
		return error_reason(err, REASON_PERM_DENIED, "action",
				    _(permission_label(PERM_CLAIM_EDIT)), NULL);
	pinned = local->pinned;
	local_act_as(store, &system_actor);
	rc = sweep_run(store, local, sweep, err);
	local_act_as(store, &before);
	local->pinned = pinned;
	return rc;
}
