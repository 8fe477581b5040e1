/* permission.h: who may do what. One table, DOMAIN.md 7.2; the same for the
 * local store, the server and the screens. Four-eyes constraints (7.3) are in
 * rules/workflow.h, since they depend on the claim. */
#ifndef OV_MODEL_PERMISSION_H
#define OV_MODEL_PERMISSION_H

#include <stdbool.h>
#include <stdint.h>

#include "core/model/field.h"

enum role {
	ROLE_VIEWER, ROLE_FRONT_DESK, ROLE_VERIFIER, ROLE_REVIEWER1, ROLE_EXPERT,
	ROLE_REVIEWER2, ROLE_LEDGER_KEEPER, ROLE_REGISTRAR, ROLE_SCHEDULER,
	ROLE_AUDITOR, ROLE_ADMIN,
	ROLE_COUNT
};

extern const struct enum_table role_enum; /* codes "viewer" …; in the order above */

enum permission {
#define P(name, code, matrix, label) PERM_##name,
#include "core/model/permission_list.h"
#undef P
	PERM_COUNT
};

enum grant {
	GRANT_NONE,   /* "-" */
	GRANT_MASKED, /* "M": the value is seen masked */
	GRANT_REASON, /* "R": allowed, a reason is asked and logged */
	GRANT_FULL    /* "Y" */
};

/* Who acts. `roles` is a bit set, 1 << enum role. */
struct actor {
	int64_t user_id;   /* 0: nobody is logged in */
	int64_t person_id; /* OV_NULL when the user is tied to no person */
	int64_t branch_id; /* scope; OV_NULL sees all branches */
	unsigned roles;
	bool system;       /* the program itself: time limits, demo worlds */
	char login[33];
};

/* The best grant of any of the actor's roles; the system has GRANT_FULL. */
enum grant permission_grant(const struct actor *actor, enum permission permission);
enum grant role_grant(enum role role, enum permission permission);
bool permission_has(const struct actor *actor, enum permission permission);
const char *permission_code(enum permission permission);  /* stable, "claim_verify" */
const char *permission_label(enum permission permission); /* untranslated */

/* F7: pairs of roles nobody may hold together. */
bool roles_forbidden(unsigned roles);

#endif
