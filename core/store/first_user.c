#include "core/store/first_user.h"

#include "core/model/reason.h"
#include "core/store/command.h"
#include "core/store/local.h"

static struct record_list *admin_role(const struct field_table *items, struct arena *arena)
{
	struct record_list *roles = arena_alloc(arena, sizeof *roles);
	void *role = record_new(arena, items);

	field_set_int(field_find(items, "role"), role, ROLE_ADMIN);
	roles->table = items;
	roles->count = 1;
	roles->items = arena_array(arena, 1, sizeof *roles->items);
	roles->items[0] = role;
	return roles;
}

int store_first_user(struct store *store, const char *login, const char *password,
		     struct error *err)
{
	const struct command_def *def = command_find("user.create");
	const struct field *roles = field_find(def->args, "roles");
	struct outcome outcome = { .id = 0 };
	struct arena arena = ARENA_INIT;
	struct command command;
	int rc;

	local_act_as(store, &system_actor);
	command_init(&command, def, &arena);
	bundle_init(&outcome.records, &arena);
	field_set_list(roles, command.args, admin_role(roles->items, &arena));
	rc = command_set(&command, "login", login, &arena, err);
	if (!rc)
		rc = command_set(&command, "password", password, &arena, err);
	if (!rc)
		rc = store_execute(store, &command, 1, &arena, &outcome, NULL, err);
	arena_release(&arena);
	return rc;
}
