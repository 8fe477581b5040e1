/* Users: logins, roles, passwords, conflicts of interest. DOMAIN.md 2.16, 7. */
#include <string.h>

#include "core/base/password.h"
#include "core/base/text.h"
#include "core/model/reason.h"
#include "core/store/commands/handlers.h"
#include "core/store/commands/staff_args.h"
#include "core/store/local.h"
#include "core/store/tx.h"

enum { PASSWORD_CHARS = 8 };

FIELD_TABLE(role_item, ROLE_ITEM_FIELDS, "role_items", N_("role"), false, NULL);
FIELD_TABLE(rule_source_item, RULE_SOURCE_ITEM_FIELDS, "rule_source_items", N_("source"),
	    false, NULL);
FIELD_TABLE(rule_target_item, RULE_TARGET_ITEM_FIELDS, "rule_target_items", N_("course"),
	    false, NULL);
FIELD_TABLE(rule_programme_item, RULE_PROGRAMME_ITEM_FIELDS, "rule_programme_items",
	    N_("programme"), false, NULL);

#define ARGS_TABLE(REC, LIST) FIELD_TABLE(REC, LIST, #REC, "", false, NULL);
STAFF_ARGS(ARGS_TABLE)

/* [a-z][a-z0-9._-]{1,31} */
static bool login_good(const char *login)
{
	size_t len = strlen(login);

	return len >= 2 && len <= 32 && *login >= 'a' && *login <= 'z' &&
	       strspn(login, "abcdefghijklmnopqrstuvwxyz0123456789._-") == len;
}

static int secret_set(struct tx *tx, struct user *user, const char *password, struct error *err)
{
	char secret[PASSWORD_TEXT];

	if (utf8_count(password) < PASSWORD_CHARS)
		return error_reason(err, REASON_PASSWORD_SHORT, "field", "password", NULL);
	if (!password_hash(password, tx->local->demo ? PASSWORD_DEMO : PASSWORD_REAL, secret))
		return error_reason(err, REASON_BUG, "what", "password_hash", NULL);
	user->secret = arena_strdup(tx->arena, secret);
	return 0;
}

static unsigned roles_given(const struct record_list *list)
{
	unsigned set = 0;

	for (size_t i = 0; list && i < list->count; i++)
		set |= 1u << ((struct role_item *)list->items[i])->role;
	return set;
}

/* Makes the user's roles exactly SET; F7. */
static int roles_set(struct tx *tx, int64_t user_id, unsigned set, struct error *err)
{
	const struct filter held[] = {
		FILTER_INT("user_id", user_id), FILTER_INT("removed_on", OV_NULL),
	};
	struct record_list list;

	if (roles_forbidden(set))
		return error_reason(err, REASON_ROLES_FORBIDDEN, "field", "roles", NULL);
	if (tx_find_all(tx, KIND_USER_ROLE, held, 2, 0, &list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count; i++) {
		struct user_role *row = list.items[i];

		if (set >> row->role & 1u) {
			set &= ~(1u << row->role);
			continue;
		}
		row->removed_on = tx->today;
		if (tx_update(tx, KIND_USER_ROLE, row, err) < 0)
			return err->code;
	}
	for (int role = 0; role < ROLE_COUNT; role++) {
		struct user_role *row;

		if (!(set >> role & 1u))
			continue;
		row = record_new(tx->arena, &user_role_fields);
		row->user_id = user_id;
		row->role = role;
		if (tx_insert(tx, KIND_USER_ROLE, row, err) < 0)
			return err->code;
	}
	return 0;
}

int command_user_create(struct tx *tx, const struct command *command,
			struct outcome *outcome, struct error *err)
{
	const struct user_create_args *args = command->args;
	struct user *user = record_new(tx->arena, &user_fields);

	if (!login_good(args->login))
		return error_reason(err, REASON_LOGIN_BAD, "field", "login", NULL);
	user->login = args->login;
	user->person_id = args->person_id;
	user->branch_id = args->branch_id;
	user->state = USER_ACTIVE;
	if ((args->password && secret_set(tx, user, args->password, err) < 0) ||
	    tx_insert(tx, KIND_USER, user, err) < 0 ||
	    roles_set(tx, user->id, roles_given(args->roles), err) < 0)
		return err->code;
	outcome->id = user->id;
	bundle_add(&outcome->records, &user_fields, user);
	return 0;
}

static int user_write(struct tx *tx, struct user *user, struct outcome *outcome,
		      struct error *err)
{
	if (tx_update(tx, KIND_USER, user, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &user_fields, user);
	return 0;
}

int command_user_roles(struct tx *tx, const struct command *command,
		       struct outcome *outcome, struct error *err)
{
	const struct user_roles_args *args = command->args;
	struct user *user;

	if (tx_get(tx, KIND_USER, command->target, (void **)&user, err) < 0 ||
	    roles_set(tx, user->id, roles_given(args->roles), err) < 0)
		return err->code;
	return user_write(tx, user, outcome, err);
}

static int state_set(struct tx *tx, const struct command *command, enum user_state state,
		     struct outcome *outcome, struct error *err)
{
	struct user *user;

	if (tx_get(tx, KIND_USER, command->target, (void **)&user, err) < 0)
		return err->code;
	if (user->state == USER_CLOSED) /* a login is never used again */
		return error_reason(err, REASON_LOGIN_CLOSED, NULL);
	tx->audit_detail = arena_printf(tx->arena, "%s>%s", enum_code(&user_state_enum, user->state),
					enum_code(&user_state_enum, state));
	user->state = state;
	return user_write(tx, user, outcome, err);
}

int command_user_lock(struct tx *tx, const struct command *command,
		      struct outcome *outcome, struct error *err)
{
	return state_set(tx, command, USER_LOCKED, outcome, err);
}

int command_user_unlock(struct tx *tx, const struct command *command,
			struct outcome *outcome, struct error *err)
{
	return state_set(tx, command, USER_ACTIVE, outcome, err);
}

int command_user_close(struct tx *tx, const struct command *command,
		       struct outcome *outcome, struct error *err)
{
	return state_set(tx, command, USER_CLOSED, outcome, err);
}

int command_user_password(struct tx *tx, const struct command *command,
			  struct outcome *outcome, struct error *err)
{
	const struct user_password_args *args = command->args;
	struct user *user;

	if (tx_get(tx, KIND_USER, command->target, (void **)&user, err) < 0 ||
	    secret_set(tx, user, args->password, err) < 0)
		return err->code;
	return user_write(tx, user, outcome, err);
}

/* F8: recorded, so that neither takes part in the other's claims. */
int command_user_conflict_add(struct tx *tx, const struct command *command,
			      struct outcome *outcome, struct error *err)
{
	const struct user_conflict_args *args = command->args;
	struct user_conflict *row = record_new(tx->arena, &user_conflict_fields);

	row->user_id = command->target;
	row->person_id = args->person_id;
	if (tx_insert(tx, KIND_USER_CONFLICT, row, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &user_conflict_fields, row);
	return 0;
}

int command_user_conflict_remove(struct tx *tx, const struct command *command,
				 struct outcome *outcome, struct error *err)
{
	const struct user_conflict_args *args = command->args;
	const struct filter recorded[] = {
		FILTER_INT("user_id", command->target), FILTER_INT("person_id", args->person_id),
		FILTER_INT("removed_on", OV_NULL),
	};
	struct user_conflict *row;

	if (tx_find_one(tx, KIND_USER_CONFLICT, recorded, 3, (void **)&row, err) < 0)
		return err->code;
	if (!row)
		return local_not_found(KIND_USER_CONFLICT, args->person_id, NULL, err);
	row->removed_on = tx->today;
	if (tx_update(tx, KIND_USER_CONFLICT, row, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &user_conflict_fields, row);
	return 0;
}
