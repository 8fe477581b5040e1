#include "server/admin.h"

#include <stdio.h>
#include <string.h>

#include "core/base/password.h"
#include "core/base/text.h"
#include "core/model/reason.h"
#include "core/store/local.h"
#include "core/store/tx.h"
#include "server/routes.h"

static int none_yet(struct tx *tx, struct error *err)
{
	int64_t count = 0;
	int rc = db_number(tx->db, "SELECT count(*) FROM user_role r JOIN \"user\" u ON u.id = r.user_id "
			   "WHERE r.role = 'admin' AND r.removed_on IS NULL AND u.state = 'ACTIVE'",
			   &count, err);

	if (rc == 0 && count > 0)
		return error_reason(err, REASON_ADMIN_EXISTS, NULL);
	return rc;
}

static int add(struct tx *tx, const char *login, const char *secret, struct error *err)
{
	struct user *user = record_new(tx->arena, &user_fields);
	struct user_role *role = record_new(tx->arena, &user_role_fields);
	struct audit_event *event = record_new(tx->arena, &audit_event_fields);
	int rc;

	user->login = login;
	user->secret = secret;
	user->state = USER_ACTIVE;
	rc = tx_insert(tx, KIND_USER, user, err);
	role->user_id = user->id;
	role->role = ROLE_ADMIN;
	if (rc == 0)
		rc = tx_insert(tx, KIND_USER_ROLE, role, err);
	event->action = "user.create";
	event->object_kind = user_fields.name;
	event->object_id = user->id;
	event->detail = "admin";
	return rc < 0 ? rc : tx_audit_append(tx, event, err);
}

int admin_init(struct store *store, const char *login, const char *password, struct error *err)
{
	struct local *local = local_of(store);
	struct arena arena = ARENA_INIT;
	char secret[PASSWORD_TEXT], least[8], most[8];
	size_t length = utf8_count(password);
	struct tx tx;
	int rc;

	snprintf(least, sizeof least, "%d", PASSWORD_MIN);
	snprintf(most, sizeof most, "%d", PASSWORD_MAX);
	if (length < PASSWORD_MIN || length > PASSWORD_MAX)
		return error_reason(err, REASON_PASSWORD_LENGTH, "min", least, "max", most, NULL);
	if (!password_hash(password, PASSWORD_REAL, secret))
		return error_reason(err, REASON_BUG, "what", "memory", NULL);
	local_act_as(store, &system_actor);
	local_enter(local);
	rc = tx_begin(&tx, local, &arena, false, err);
	if (rc == 0) {
		rc = none_yet(&tx, err);
		if (rc == 0)
			rc = add(&tx, login, secret, err);
		if (rc == 0)
			rc = tx_commit(&tx, err);
		else
			tx_rollback(&tx);
	}
	local_leave(local);
	arena_release(&arena);
	return rc;
}
