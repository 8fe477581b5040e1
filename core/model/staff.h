/* staff.h: users and what they did; branches; messages to other systems;
 * imports. DOMAIN.md 2.16, 7.3. */
#ifndef OV_MODEL_STAFF_H
#define OV_MODEL_STAFF_H

#include "core/model/field.h"
#include "core/model/permission.h"

enum user_state { USER_ACTIVE, USER_LOCKED, USER_CLOSED };
enum branch_kind { BRANCH_BRANCH, BRANCH_CENTRE };
enum outbox_kind { OUTBOX_RESULT_OUT, OUTBOX_GRANT_OUT, OUTBOX_ROSTER_OUT, OUTBOX_NOTICE_OUT };
enum outbox_state { OUTBOX_PENDING, OUTBOX_SENT, OUTBOX_CONFIRMED, OUTBOX_FAILED };

extern const struct enum_table user_state_enum, branch_kind_enum,
	outbox_kind_enum, outbox_state_enum;

/* SQL table "user"; id 1 is the system itself and can't log in. */
#define USER_FIELDS(F, REC) \
	F(REC, FT_TEXT, login, .max = 32, .flags = REQ | UNIQ, .pii = P1, .label = N_("Login"), .width = 14) \
	F(REC, FT_REF, person_id, .ref = KIND_PERSON, .pii = P1, .label = N_("Person")) \
	F(REC, FT_REF, branch_id, .ref = KIND_BRANCH, .pii = P1, .label = N_("Scope"), .help = N_("Empty: all branches")) \
	F(REC, FT_TEXT, secret, .max = 200, .flags = SECRET | SYSTEM, .pii = P3, .label = N_("Password")) \
	F(REC, FT_ENUM, state, .flags = REQ, .pii = P1, .enums = &user_state_enum, .label = N_("State"), .width = 8)

#define USER_ROLE_FIELDS(F, REC) \
	F(REC, FT_REF, user_id, .ref = KIND_USER, .flags = REQ | INDEXED, .pii = P1, .label = N_("User")) \
	F(REC, FT_ENUM, role, .flags = REQ, .pii = P1, .enums = &role_enum, .label = N_("Role"), .width = 14) \
	F(REC, FT_DATE, removed_on, .flags = SYSTEM, .pii = P1, .label = N_("Removed"))

/* F8: a member of staff and a learner who is a relative, or himself. */
#define USER_CONFLICT_FIELDS(F, REC) \
	F(REC, FT_REF, user_id, .ref = KIND_USER, .flags = REQ | INDEXED, .pii = P1, .label = N_("User")) \
	F(REC, FT_REF, person_id, .ref = KIND_PERSON, .flags = REQ, .pii = P1, .label = N_("Person")) \
	F(REC, FT_DATE, removed_on, .flags = SYSTEM, .pii = P1, .label = N_("Removed"))

/* id = seq. Chained like the ledger (core/store/chain.h). */
#define AUDIT_EVENT_FIELDS(F, REC) \
	F(REC, FT_INT, seq, .flags = REQ | UNIQ | SYSTEM, .label = N_("No."), .width = 9) \
	F(REC, FT_INSTANT, at, .flags = REQ, .label = N_("When"), .width = 16) \
	F(REC, FT_REF, user_id, .ref = KIND_USER, .flags = REQ, .pii = P1, .label = N_("Who")) \
	F(REC, FT_TEXT, action, .max = 32, .flags = REQ, .label = N_("Action"), .width = 18) \
	F(REC, FT_TEXT, object_kind, .max = 24, .label = N_("Kind"), .width = 12) \
	F(REC, FT_INT, object_id, .label = N_("Id"), .width = 8) \
	F(REC, FT_TEXT, detail, .max = 200, .label = N_("Detail"), .width = 24) \
	F(REC, FT_TEXT, reason, .max = 200, .pii = P2, .label = N_("Reason"), .width = 24) \
	F(REC, FT_HASH, before_hash, .label = N_("Hash before")) \
	F(REC, FT_HASH, after_hash, .label = N_("Hash after")) \
	F(REC, FT_HASH, prev_hash, .flags = REQ, .label = N_("Previous hash")) \
	F(REC, FT_HASH, hash, .flags = REQ, .label = N_("Hash"))

#define BRANCH_FIELDS(F, REC) \
	F(REC, FT_TEXT, code, .max = 3, .flags = REQ, .label = N_("Code"), .width = 4) \
	F(REC, FT_TEXT, name, .max = 60, .flags = REQ, .label = N_("Title"), .width = 20) \
	F(REC, FT_REF, parent_id, .ref = KIND_BRANCH, .label = N_("Part of")) \
	F(REC, FT_ENUM, kind, .flags = REQ, .enums = &branch_kind_enum, .label = N_("Kind"), .width = 8)

#define OUTBOX_FIELDS(F, REC) \
	F(REC, FT_INT, seq, .flags = REQ | UNIQ | SYSTEM, .label = N_("No."), .width = 8) \
	F(REC, FT_ENUM, kind, .flags = REQ, .enums = &outbox_kind_enum, .label = N_("Kind"), .width = 10) \
	F(REC, FT_TEXT, payload, .max = 65536, .flags = REQ, .pii = P3, .label = N_("Payload")) \
	F(REC, FT_HASH, sha256, .flags = REQ, .label = N_("SHA-256")) \
	F(REC, FT_ENUM, state, .flags = REQ, .enums = &outbox_state_enum, .label = N_("State"), .width = 9) \
	F(REC, FT_INT, tries, .flags = REQ, .min = 0, .max = 100000, .label = N_("Tries"), .width = 4) \
	F(REC, FT_INSTANT, next_at, .label = N_("Next try"), .width = 16) \
	F(REC, FT_TEXT, dedup_key, .max = 64, .flags = REQ | UNIQ, .label = N_("Key"), .width = 26)

/* One import of one file: counts, and the fingerprint of what was read. */
#define IMPORT_BATCH_FIELDS(F, REC) \
	F(REC, FT_TEXT, noun, .max = 24, .flags = REQ, .label = N_("Import of"), .width = 10) \
	F(REC, FT_TEXT, source, .max = 120, .label = N_("File"), .width = 20) \
	F(REC, FT_HASH, sha256, .label = N_("SHA-256")) \
	F(REC, FT_INT, read, .flags = REQ, .label = N_("Read"), .width = 7) \
	F(REC, FT_INT, created, .flags = REQ, .label = N_("Created"), .width = 7) \
	F(REC, FT_INT, updated, .flags = REQ, .label = N_("Updated"), .width = 7) \
	F(REC, FT_INT, unchanged, .flags = REQ, .label = N_("Unchanged"), .width = 7) \
	F(REC, FT_INT, refused, .flags = REQ, .label = N_("Refused"), .width = 7)

struct user { RECORD_HEAD USER_FIELDS(FIELD_MEMBER, user) };
struct user_role { RECORD_HEAD USER_ROLE_FIELDS(FIELD_MEMBER, user_role) };
struct user_conflict { RECORD_HEAD USER_CONFLICT_FIELDS(FIELD_MEMBER, user_conflict) };
struct audit_event { RECORD_HEAD AUDIT_EVENT_FIELDS(FIELD_MEMBER, audit_event) };
struct branch { RECORD_HEAD BRANCH_FIELDS(FIELD_MEMBER, branch) };
struct outbox { RECORD_HEAD OUTBOX_FIELDS(FIELD_MEMBER, outbox) };
struct import_batch { RECORD_HEAD IMPORT_BATCH_FIELDS(FIELD_MEMBER, import_batch) };

extern const struct field_table user_fields, user_role_fields,
	user_conflict_fields, audit_event_fields, branch_fields, outbox_fields,
	import_batch_fields;

#endif
