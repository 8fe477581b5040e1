#include "core/model/permission.h"

#include "core/base/i18n.h"

static const struct enum_value roles[] = {
	{ "viewer", N_("viewer") },
	{ "front_desk", N_("front desk") },
	{ "verifier", N_("verifier") },
	{ "reviewer1", N_("first reviewer") },
	{ "expert", N_("expert") },
	{ "reviewer2", N_("second reviewer") },
	{ "ledger_keeper", N_("ledger keeper") },
	{ "registrar", N_("registrar") },
	{ "scheduler", N_("scheduler") },
	{ "auditor", N_("auditor") },
	{ "admin", N_("administrator") },
};

const struct enum_table role_enum = { "role", roles, ROLE_COUNT };

static const struct {
	const char *code, *matrix, *label;
} permissions[PERM_COUNT] = {
#define P(name, perm, roles_matrix, text) [PERM_##name] = { perm, roles_matrix, text },
#include "core/model/permission_list.h"
#undef P
};

enum grant role_grant(enum role role, enum permission permission)
{
	switch (permissions[permission].matrix[role]) {
	case 'Y':
		return GRANT_FULL;
	case 'R':
		return GRANT_REASON;
	case 'M':
		return GRANT_MASKED;
	default:
		return GRANT_NONE;
	}
}

enum grant permission_grant(const struct actor *actor, enum permission permission)
{
	enum grant best = GRANT_NONE;

	if (actor->system)
		return GRANT_FULL;
	for (unsigned left = actor->roles & ((1u << ROLE_COUNT) - 1); left; left &= left - 1) {
		const enum grant grant = role_grant((enum role)__builtin_ctz(left), permission);

		if (grant > best)
			best = grant;
	}
	return best;
}

bool permission_has(const struct actor *actor, enum permission permission)
{
	return permission_grant(actor, permission) != GRANT_NONE;
}

const char *permission_code(enum permission permission)
{
	return permissions[permission].code;
}

const char *permission_label(enum permission permission)
{
	return permissions[permission].label;
}

/* Every permission of the auditor is to read or to consent, so "any role
 * that writes" is each of these. */
static const unsigned writing_roles =
	1u << ROLE_FRONT_DESK | 1u << ROLE_VERIFIER | 1u << ROLE_REVIEWER1 |
	1u << ROLE_EXPERT | 1u << ROLE_REVIEWER2 | 1u << ROLE_LEDGER_KEEPER |
	1u << ROLE_REGISTRAR | 1u << ROLE_SCHEDULER | 1u << ROLE_ADMIN;

bool roles_forbidden(unsigned set)
{
	unsigned desk = 1u << ROLE_FRONT_DESK | 1u << ROLE_VERIFIER;

	if (set & 1u << ROLE_ADMIN && set != 1u << ROLE_ADMIN)
		return true;
	if (set & 1u << ROLE_AUDITOR && set & writing_roles)
		return true;
	return (set & desk) && (set & 1u << ROLE_REVIEWER2);
}
