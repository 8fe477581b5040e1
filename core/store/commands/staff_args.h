/* staff_args.h: what the commands on users and on transfer rules are given. */
#ifndef OV_STORE_COMMANDS_STAFF_ARGS_H
#define OV_STORE_COMMANDS_STAFF_ARGS_H

#include "core/model/kind.h"

#define ROLE_ITEM_FIELDS(F, REC) \
	F(REC, FT_ENUM, role, .flags = REQ, .enums = &role_enum, .label = N_("Role"), .width = 14)

#define USER_CREATE_FIELDS(F, REC) \
	F(REC, FT_TEXT, login, .max = 32, .flags = REQ, .label = N_("Login"), .width = 14) \
	F(REC, FT_REF, person_id, .ref = KIND_PERSON, .label = N_("Person"), .help = N_("Four-eyes compares persons; without one, the login itself")) \
	F(REC, FT_REF, branch_id, .ref = KIND_BRANCH, .label = N_("Scope"), .help = N_("Empty: all branches")) \
	F(REC, FT_LIST, roles, .items = &role_item_fields, .label = N_("Roles")) \
	F(REC, FT_TEXT, password, .max = 128, .flags = SECRET, .pii = P3, .label = N_("Password"), .width = 20)

#define USER_ROLES_FIELDS(F, REC) \
	F(REC, FT_LIST, roles, .items = &role_item_fields, .label = N_("Roles"), .help = N_("All roles the user shall have"))

#define USER_PASSWORD_FIELDS(F, REC) \
	F(REC, FT_TEXT, password, .max = 128, .flags = REQ | SECRET, .pii = P3, .label = N_("Password"), .width = 20)

#define USER_CONFLICT_ADD_FIELDS(F, REC) \
	F(REC, FT_REF, person_id, .ref = KIND_PERSON, .flags = REQ, .label = N_("Person"))

#define RULE_SOURCE_ITEM_FIELDS(F, REC) \
	F(REC, FT_TEXT, source, .max = 20, .flags = REQ, .label = N_("Source"), .help = N_("A code; a final * stands for any ending"), .width = 12)
#define RULE_TARGET_ITEM_FIELDS(F, REC) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .flags = REQ, .label = N_("Course"))
#define RULE_PROGRAMME_ITEM_FIELDS(F, REC) \
	F(REC, FT_REF, programme_id, .ref = KIND_PROGRAMME, .flags = REQ, .label = N_("Programme"))

#define RULE_ENTER_FIELDS(F, REC) \
	F(REC, FT_TEXT, rule_code, .max = 12, .flags = REQ, .label = N_("Rule"), .help = N_("R- and digits; a code that is there gets its next version"), .width = 8) \
	F(REC, FT_ENUM, kind, .flags = REQ, .enums = &rule_kind_enum, .label = N_("Kind"), .width = 4) \
	F(REC, FT_ENUM, source_class, .flags = REQ, .enums = &source_class_enum, .label = N_("Source class"), .width = 4) \
	F(REC, FT_LIST, programmes, .items = &rule_programme_item_fields, .flags = REQ, .label = N_("Programmes")) \
	F(REC, FT_LIST, sources, .items = &rule_source_item_fields, .flags = REQ, .label = N_("Sources")) \
	F(REC, FT_LIST, targets, .items = &rule_target_item_fields, .label = N_("Targets")) \
	F(REC, FT_TEXT, target_module, .max = 8, .label = N_("Module"), .width = 6) \
	F(REC, FT_INT, need_count, .min = 1, .max = 99, .label = N_("Sources needed"), .width = 4) \
	F(REC, FT_INT, min_level, .min = 1, .max = 5, .label = N_("Level at least"), .width = 4) \
	F(REC, FT_MARK, min_mark, .min = 0, .max = 10000, .label = N_("Least mark"), .width = 6) \
	F(REC, FT_BP, min_ratio_bp, .min = 0, .max = 10000, .label = N_("Least credit ratio"), .width = 8) \
	F(REC, FT_CENTI, amount_centi, .min = 1, .max = 100000, .label = N_("Credits"), .width = 6) \
	F(REC, FT_INT, hours_per_credit, .min = 1, .max = 1000, .label = N_("Hours for a credit"), .width = 4) \
	F(REC, FT_CENTI, step_centi, .min = 1, .max = 100000, .label = N_("Step"), .width = 6) \
	F(REC, FT_CENTI, rule_max_centi, .min = 1, .max = 100000, .label = N_("Ceiling of the rule"), .width = 6) \
	F(REC, FT_INT, max_age_years, .min = 0, .max = 99, .label = N_("Oldest, years"), .width = 4) \
	F(REC, FT_INT, specificity, .min = 0, .max = 2, .label = N_("Specificity"), .width = 3) \
	F(REC, FT_INT, priority, .min = -9999, .max = 9999, .label = N_("Priority"), .width = 4) \
	F(REC, FT_DATE, effective_from, .flags = REQ, .label = N_("From"), .width = 10) \
	F(REC, FT_DATE, effective_to, .label = N_("To"), .width = 10) \
	F(REC, FT_TEXT, basis, .max = 200, .flags = REQ, .label = N_("Basis"), .width = 20)

#define STAFF_ITEMS(X) \
	X(role_item, ROLE_ITEM_FIELDS) \
	X(rule_source_item, RULE_SOURCE_ITEM_FIELDS) \
	X(rule_target_item, RULE_TARGET_ITEM_FIELDS) \
	X(rule_programme_item, RULE_PROGRAMME_ITEM_FIELDS)

#define STAFF_ARGS(X) \
	X(user_create_args, USER_CREATE_FIELDS) \
	X(user_roles_args, USER_ROLES_FIELDS) \
	X(user_password_args, USER_PASSWORD_FIELDS) \
	X(user_conflict_args, USER_CONFLICT_ADD_FIELDS) \
	X(rule_enter_args, RULE_ENTER_FIELDS)

#define ARGS_STRUCT(REC, LIST) \
	struct REC { LIST(FIELD_MEMBER, REC) }; \
	extern const struct field_table REC##_fields;
STAFF_ITEMS(ARGS_STRUCT)
STAFF_ARGS(ARGS_STRUCT)
#undef ARGS_STRUCT

#endif
