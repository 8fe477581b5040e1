/* Commands: begin → permission → key → rev → rules and writes → one audit
 * event → stored reply → commit. assess runs the same and rolls back. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/base/text.h"
#include "core/codec/json_write.h"
#include "core/model/import_row.h"
#include "core/model/reason.h"
#include "core/store/execute.h"
#include "core/store/local.h"

enum { REASON_MIN = 4, REPLY_MAX = 1 << 20 };

struct call {
	struct local *local;
	struct tx tx;
	const struct command *command;
	struct outcome *outcome;
	const void *request_hash; /* HASH_BYTES */
	bool keyless; /* no key is looked up or kept */
	struct error *err;
};

/* --- before the handler --- */

static bool key_good(const char *key)
{
	return strlen(key) == ULID_TEXT - 1 &&
	       strspn(key, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") == ULID_TEXT - 1;
}

/* F9: what the actor may do is read again where it is used, so that a role
 * taken away or a closed login counts at once. */
static int actor_again(struct local *local, struct arena *arena, struct error *err)
{
	struct actor actor = local->store.actor;
	int64_t state;
	int rc;

	if (actor.user_id == 0)
		return error_reason(err, REASON_LOGIN_NEEDED, NULL);
	if (actor.system || local->pinned)
		return 0;
	rc = local_actor(local, NULL, &actor, &state, NULL, arena, err);
	if (rc < 0)
		return rc;
	if (state != USER_ACTIVE)
		return error_reason(err, REASON_LOGIN_CLOSED, NULL);
	local->store.actor = actor;
	return 0;
}

static int permission_check(const struct call *call)
{
	const struct command_def *def = call->command->def;
	const struct actor *actor = call->tx.actor;
	enum grant grant = permission_grant(actor, def->permission);
	const struct field *field = field_find(def->args, "reason");
	const char *reason = field && call->command->args ?
			     field_text(field, call->command->args) : NULL;
	char least[8];

	if (grant == GRANT_NONE || (def->flags & CMD_SYSTEM && !actor->system))
		return error_reason(call->err, REASON_PERM_DENIED, "action", _(def->title), NULL);
	if (!(def->flags & CMD_REASON) && grant != GRANT_REASON)
		return 0;
	if (reason && utf8_count(reason) >= REASON_MIN)
		return 0;
	if (actor->system && !(def->flags & CMD_REASON))
		return 0;
	snprintf(least, sizeof least, "%d", REASON_MIN);
	return error_reason(call->err, REASON_REASON_NEEDED, "min", least, "field", "reason", NULL);
}

/* Keyed, because the request may hold a number that is guessed easily. */
const void *command_hash(const uint8_t *secret, const struct command *command,
			 struct arena *arena)
{
	const struct command_def *def = command->def;
	unsigned flags = JSON_WITH_SECRETS | (def->flags & CMD_BULK ? JSON_WITHOUT_LISTS : 0);
	uint8_t hash[HASH_BYTES];
	struct buf text = BUF_INIT;

	buf_text(&text, "{\"args\":");
	json_write_canonical(&text, def->args, command->args, flags);
	buf_text(&text, ",\"command\":\"");
	buf_text(&text, def->name);
	buf_text(&text, "\",\"rev\":");
	buf_int(&text, command->expected_rev);
	buf_text(&text, ",\"target\":");
	buf_int(&text, command->target);
	buf_char(&text, '}');
	hash_keyed(secret, buf_cstr(&text), text.len, hash);
	buf_release(&text);
	return arena_memdup(arena, hash, HASH_BYTES);
}

static int first_answer(struct call *call, struct stmt *stmt)
{
	const char *text = stmt_text(stmt, 2);
	json_t *json;
	int rc = json_parse(text, strlen(text), "command_key", &json, call->err);

	if (rc == 0)
		rc = json_outcome_read(json, call->tx.arena, call->outcome, call->err);
	json_decref(json);
	call->outcome->repeated = true;
	return rc;
}

/* *found: the key was used for the same request before, and this is the answer. */
static int key_look_up(struct call *call, bool *found)
{
	struct stmt *stmt;
	size_t len;
	const void *hash;
	int rc;

	*found = false;
	if (call->command->def->flags & CMD_READ)
		return 0;
	rc = db_prepare(call->tx.db, "SELECT user_id, request_hash, reply FROM command_key "
			"WHERE key = ?", &stmt, call->err);
	if (rc < 0)
		return rc;
	stmt_bind_text(stmt, 1, call->command->key);
	rc = stmt_step(stmt, call->err);
	if (rc < 0)
		return rc;
	if (rc > 0) {
		hash = stmt_blob(stmt, 1, &len);
		*found = stmt_int(stmt, 0) == call->tx.actor->user_id && len == HASH_BYTES &&
			 !memcmp(hash, call->request_hash, HASH_BYTES);
		rc = *found ? first_answer(call, stmt) :
		     error_reason(call->err, REASON_KEY_REUSED, NULL);
	}
	stmt_reset(stmt);
	return rc;
}

/* What is kept of an answer. The address of a feed is a secret: shown once, never
 * kept. Of a very long tale what was done stays. */
static void reply_write(struct buf *out, const struct outcome *outcome)
{
	struct bundle kept = { .count = 0 };

	for (size_t l = 0; l < outcome->records.count; l++)
		if (outcome->records.lists[l].table != &feed_link_fields)
			kept.lists[kept.count++] = outcome->records.lists[l];
	json_write_outcome(out, outcome, &kept);
	if (out->len <= REPLY_MAX)
		return;
	buf_clear(out);
	kept.count = 0;
	json_write_outcome(out, outcome, &kept);
}

static int key_store(struct call *call)
{
	struct buf reply = BUF_INIT;
	struct stmt *stmt;
	int rc = db_prepare(call->tx.db, "INSERT INTO command_key (key, user_id, request_hash, reply, at) "
			    "VALUES (?, ?, ?, ?, ?)", &stmt, call->err);

	if (rc < 0)
		return rc;
	reply_write(&reply, call->outcome);
	stmt_bind_text(stmt, 1, call->command->key);
	stmt_bind_int(stmt, 2, call->tx.actor->user_id);
	stmt_bind_blob(stmt, 3, call->request_hash, HASH_BYTES);
	stmt_bind_text(stmt, 4, buf_cstr(&reply));
	stmt_bind_int(stmt, 5, call->tx.now);
	rc = stmt_run(stmt, call->err);
	buf_release(&reply);
	return rc;
}

/* The target as it is now, in the actor's scope and at the rev he saw. */
static int target_check(struct call *call)
{
	const struct command *command = call->command;
	enum kind kind = command->def->target;
	struct record_head *head;
	bool inside = true;
	char rev[24];
	void *record;
	int rc;

	if (kind == KIND_NONE || command->def->flags & CMD_NEW)
		return 0;
	rc = local_load(call->local, kind, command->target, call->tx.arena, &record, call->err);
	if (rc == 0 && record)
		rc = local_in_scope(call->local, kind, command->target, &inside,
				    call->tx.arena, call->err);
	if (rc < 0)
		return rc;
	if (!record || !inside)
		return local_not_found(kind, command->target, NULL, call->err);
	head = record;
	if (!(command->def->flags & CMD_OWN_REV) && command->expected_rev != OV_NULL &&
	    command->expected_rev != head->rev) {
		snprintf(rev, sizeof rev, "%" PRId64, head->rev);
		rc = error_reason(call->err, REASON_SM_STALE, "rev", rev, NULL);
		call->err->current_rev = head->rev;
		return rc;
	}
	json_record_hash(kind_fields(kind), record, call->tx.before_hash);
	call->tx.has_before = true;
	return 0;
}

/* The items of a list are checked like the arguments themselves; the problem
 * names the list, its place says which item. A bulk command judges its rows
 * one by one. */
static void items_check(struct call *call, const struct field *field, struct problems *problems)
{
	const struct record_list *list = field_list(field, call->command->args);

	for (size_t i = 0; list && i < list->count; i++) {
		size_t before = problems->count;

		record_check(field->items, list->items[i], call->tx.today, problems);
		for (size_t k = before; k < problems->count; k++) {
			struct error *problem = &problems->item[k];

			snprintf(problem->field, sizeof problem->field, "%s", field->name);
			snprintf(problem->place, sizeof problem->place, "%zu", i + 1);
		}
	}
}

static int args_check(struct call *call)
{
	const struct command_def *def = call->command->def;
	struct problems *problems = &call->outcome->problems;

	record_check(def->args, call->command->args, call->tx.today, problems);
	for (size_t i = 0; i < def->args->count && !(def->flags & CMD_BULK); i++)
		if (def->args->fields[i].type == FT_LIST)
			items_check(call, &def->args->fields[i], problems);
	if (!problems->count)
		return 0;
	*call->err = problems->item[0];
	return call->err->code;
}

/* --- after the handler --- */

/* The one event of this command, with the object's hash as it is now. CHANGED: the
 * record of the command's target, as it is now, or NULL. */
static int audit(struct call *call, void *changed)
{
	struct tx *tx = &call->tx;
	const struct command_def *def = call->command->def;
	struct audit_event *event = record_new(tx->arena, &audit_event_fields);
	const struct field *reason = field_find(def->args, "reason");
	uint8_t after[HASH_BYTES];
	void *object = NULL;
	int rc = 0;

	if (changed && tx->object_kind == def->target && tx->object_id == call->outcome->id)
		object = changed;
	else if (tx->object_kind != KIND_NONE && tx->object_id > 0)
		rc = local_load(tx->local, tx->object_kind, tx->object_id, tx->arena, &object,
				call->err);
	if (rc < 0)
		return rc;
	event->action = def->name;
	if (object) {
		json_record_hash(kind_fields(tx->object_kind), object, after);
		event->object_kind = kind_fields(tx->object_kind)->name;
		event->object_id = tx->object_id;
		event->after_hash = after;
	}
	event->before_hash = tx->has_before ? tx->before_hash : NULL;
	event->detail = tx->audit_detail;
	event->reason = tx->reason ? tx->reason :
			reason ? field_text(reason, call->command->args) : NULL;
	return tx_audit_append(tx, event, call->err);
}

/* What was made or changed, as it is now, and its rev. */
static int outcome_rev(struct call *call, void **record)
{
	enum kind kind = call->command->def->target;
	int rc;

	*record = NULL;
	if (kind == KIND_NONE || call->outcome->id == 0)
		return 0;
	rc = tx_get(&call->tx, kind, call->outcome->id, record, call->err);
	if (rc == 0)
		call->outcome->rev = ((struct record_head *)*record)->rev;
	return rc;
}

/* A revealed value, and the rows of an export, are asked for in clear, with a
 * reason that the trail keeps. */
static bool list_in_clear(const struct record_list *list)
{
	return list->table == &revealed_fields || list->table == &import_row_fields ||
	       list->table == &copy_field_fields || list->table == &feed_link_fields;
}

static void mask_outcome(struct bundle *bundle, const struct actor *actor)
{
	for (size_t l = 0; l < bundle->count; l++)
		for (size_t i = 0; i < bundle->lists[l].count; i++)
			if (!list_in_clear(&bundle->lists[l]))
				record_mask(bundle->lists[l].table, bundle->lists[l].items[i],
					    actor, bundle->arena);
}

/* I23: no clear text leaves the store unless the event that names user, reason
 * and object is on the disk: not from a preview, not when something failed. */
static void withhold_clear(struct outcome *outcomes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t l = 0; l < outcomes[i].records.count; l++)
			if (list_in_clear(&outcomes[i].records.lists[l]))
				outcomes[i].records.lists[l].count = 0;
}

static int run_handler(struct call *call)
{
	const struct command_def *def = call->command->def;
	struct tx *tx = &call->tx;
	void *changed;
	int rc;

	tx->audit_detail = tx->reason = NULL;
	tx->object_kind = KIND_NONE;
	tx->object_id = 0;
	tx->problems = &call->outcome->problems;
	call->outcome->id = def->flags & CMD_NEW ? 0 : call->command->target;
	rc = def->run(tx, call->command, call->outcome, call->err);
	if (rc < 0)
		return rc;
	if (tx->object_kind == KIND_NONE)
		tx->object_kind = def->target;
	if (tx->object_id == 0)
		tx->object_id = call->outcome->id;
	rc = outcome_rev(call, &changed);
	if (rc == 0)
		rc = audit(call, changed);
	if (rc == 0)
		rc = tx_flush(tx, call->err);
	if (rc < 0)
		return rc;
	call->outcome->seq = tx->assess ? 0 : tx->change_seq;
	mask_outcome(&call->outcome->records, tx->actor);
	return tx->assess || call->keyless || def->flags & CMD_READ ? 0 : key_store(call);
}

static int run_one(struct call *call)
{
	bool found = false;
	int rc;

	outcomes_init(call->outcome, 1);
	bundle_init(&call->outcome->records, call->tx.arena);
	call->tx.has_before = false;
	rc = permission_check(call);
	if (rc == 0 && !call->tx.assess && !call->keyless) {
		call->request_hash = call->command->hash ? call->command->hash :
				     command_hash(call->local->secret, call->command, call->tx.arena);
		rc = key_look_up(call, &found);
	}
	if (rc < 0 || found)
		return rc;
	rc = args_check(call);
	if (rc == 0)
		rc = target_check(call);
	return rc < 0 ? rc : run_handler(call);
}

static int keys_check(const struct command *commands, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		if (!key_good(commands[i].key))
			return error_reason(err, REASON_KEY_BAD, NULL);
		for (size_t k = 0; k < i; k++)
			if (!strcmp(commands[i].key, commands[k].key))
				return error_reason(err, REASON_KEY_REUSED, NULL);
	}
	return 0;
}

/* A refusal may have found several things wrong; the first is the error. */
static int run_all(struct local *local, const struct command *commands, size_t count,
		   bool assess, struct arena *arena, struct outcome *outcomes,
		   size_t *failed, struct error *err)
{
	struct call call = { .local = local, .err = err };
	int rc = assess ? 0 : keys_check(commands, count, err);
	bool bulk = count == 1 && commands[0].def->flags & CMD_BULK;

	if (rc == 0)
		rc = bulk ? tx_begin_bulk(&call.tx, local, arena, assess, err) :
			    tx_begin(&call.tx, local, arena, assess, err);
	if (rc < 0)
		return rc;
	rc = actor_again(local, arena, err);
	for (size_t i = 0; rc == 0 && i < count; i++) {
		call.command = &commands[i];
		call.outcome = &outcomes[i];
		rc = run_one(&call);
		if (rc < 0 && failed)
			*failed = i;
		if (rc < 0 && call.outcome->problems.count == 0)
			*problems_add(&call.outcome->problems) = *err;
	}
	if (rc == 0)
		rc = tx_commit(&call.tx, err);
	else
		tx_rollback(&call.tx);
	if (rc < 0 || assess)
		withhold_clear(outcomes, count);
	return rc;
}

int execute_part(struct tx *tx, const struct command *command, bool keyed,
		 struct outcome *outcome, struct error *err)
{
	struct call call = { .local = tx->local, .tx = *tx, .command = command,
			     .outcome = outcome, .keyless = !keyed, .err = err };
	int rc = keyed ? keys_check(command, 1, err) : 0;

	if (rc == 0)
		rc = run_one(&call);
	/* The list of notes may have moved; those of a refused command go. */
	tx->notes = call.tx.notes;
	tx->note_room = call.tx.note_room;
	if (rc == 0) {
		tx->note_count = call.tx.note_count;
		tx->change_seq = call.tx.change_seq;
		tx->trail = call.tx.trail;
	}
	return rc;
}

int execute_within(struct tx *tx, const struct command *command, bool keyed,
		   struct outcome *outcome, struct error *err)
{
	int rc = db_run(tx->db, "SAVEPOINT command", err);
	struct error ignored = ERROR_INIT;

	if (rc < 0)
		return rc;
	rc = execute_part(tx, command, keyed, outcome, err);
	if (rc < 0 && db_run(tx->db, "ROLLBACK TO command", &ignored) < 0)
		*err = ignored;
	return db_run(tx->db, "RELEASE command", &ignored) < 0 && rc == 0 ? (*err = ignored).code : rc;
}

int local_assess(struct store *store, const struct command *command,
		 struct arena *arena, struct outcome *outcome, struct error *err)
{
	struct local *local = (struct local *)store;
	int rc;

	outcomes_init(outcome, 1);
	local_enter(local);
	rc = run_all(local, command, 1, true, arena, outcome, NULL, err);
	local_leave(local);
	return rc;
}

int local_execute(struct store *store, const struct command *commands, size_t count,
		  struct arena *arena, struct outcome *outcomes, size_t *failed,
		  struct error *err)
{
	struct local *local = (struct local *)store;
	int rc;

	outcomes_init(outcomes, count);
	if (failed)
		*failed = 0;
	local_enter(local);
	rc = run_all(local, commands, count, false, arena, outcomes, failed, err);
	local_leave(local);
	return rc;
}
