/* field.h: what a record is made of.
 *
 * A record is a struct whose members are all 8-byte slots: int64_t for every
 * number, enum, day, instant, reference and flag (OV_NULL is null), a
 * const char * for text and a const uint8_t * for a 32-byte hash (NULL is
 * null). Texts live in the arena the record was read into.
 *
 * One row of an X-macro list defines a field once. The list makes the struct's
 * members (FIELD_MEMBER) and the field table's rows (FIELD_ROW):
 *
 *	#define TERM_FIELDS(F, REC) \
 *		F(REC, FT_TEXT, code, .max = 5, .flags = REQ | UNIQ, .label = N_("Term"), .width = 5) \
 *		F(REC, FT_DATE, starts_on, .flags = REQ, .label = N_("First day"))
 *	struct term { RECORD_HEAD TERM_FIELDS(FIELD_MEMBER, term) };
 *
 * From the table come SQL columns and binding, JSON, CSV headers, forms,
 * table columns, masking and the API document. */
#ifndef OV_MODEL_FIELD_H
#define OV_MODEL_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/civil.h"
#include "core/base/error.h"
#include "core/base/i18n.h"

enum field_type {
	FT_INT,     /* a plain integer in [min, max] */
	FT_CENTI,   /* hundredths of a credit, shown as 8.00 */
	FT_MARK,    /* hundredths of a mark, 0…10000, shown as 72.50 */
	FT_BP,      /* basis points, shown as 35.00 % */
	FT_MINUTES, /* minutes of the day, shown as 08:30 */
	FT_BOOL,
	FT_DATE,
	FT_INSTANT,
	FT_ENUM,    /* index into .enums; text in SQL and JSON */
	FT_REF,     /* id of a record of kind .ref */
	FT_TEXT,    /* at most .max characters (code points) */
	FT_HASH,    /* 32 bytes; hex in JSON */
	FT_LIST     /* in arguments only: a struct record_list of .items */
};

#define CTYPE_FT_INT int64_t
#define CTYPE_FT_CENTI int64_t
#define CTYPE_FT_MARK int64_t
#define CTYPE_FT_BP int64_t
#define CTYPE_FT_MINUTES int64_t
#define CTYPE_FT_BOOL int64_t
#define CTYPE_FT_DATE int64_t
#define CTYPE_FT_INSTANT int64_t
#define CTYPE_FT_ENUM int64_t
#define CTYPE_FT_REF int64_t
#define CTYPE_FT_TEXT const char *
#define CTYPE_FT_HASH const uint8_t *
#define CTYPE_FT_LIST struct record_list *

enum field_flag {
	REQ = 1 << 0,      /* not null */
	UNIQ = 1 << 1,     /* unique in the table */
	INDEXED = 1 << 2,  /* find() may filter and order by it quickly */
	SYSTEM = 1 << 3,   /* set by commands, never typed by a person */
	SECRET = 1 << 4,   /* never leaves the store */
	MULTILINE = 1 << 5, /* a form gives it several rows */
	ATTACH = 1 << 6    /* a person says a file's path here; its bytes go along (evidence.h) */
};

/* Classes of personal information, DOMAIN.md "Conventions". */
enum pii { P0, P1, P2, P3 };

/* How a masked value is shown (DOMAIN.md 3.2). */
enum mask_form { MASK_ALL, MASK_CITIZEN_ID, MASK_MOBILE, MASK_DATE };

struct enum_value {
	const char *code, *label;
};

struct enum_table {
	const char *name;
	const struct enum_value *values;
	size_t count;
};

int64_t enum_find(const struct enum_table *table, const char *code); /* OV_NULL */
int64_t enum_find_len(const struct enum_table *table, const char *code, size_t len);
const char *enum_code(const struct enum_table *table, int64_t value); /* "" for null */
const char *enum_label(const struct enum_table *table, int64_t value); /* translated */

struct field_table;

struct field {
	const char *name; /* DOMAIN.md's; SQL column, JSON member */
	const char *member; /* the name as JSON writes it behind another: ,"name": */
	enum field_type type;
	size_t offset;
	unsigned flags;
	enum pii pii;
	enum mask_form mask;
	int64_t min, max; /* range of a number when they differ; max: characters of a text */
	const struct enum_table *enums;
	int ref;          /* enum kind, for FT_REF */
	const struct field_table *items; /* for FT_LIST */
	const char *label; /* untranslated */
	const char *help;  /* one line under the form's field, untranslated, or NULL */
	int width;         /* cells in a table column; 0: by type */
};

struct problems;

struct field_table {
	const char *name;   /* "student": SQL table, JSON kind */
	const char *plural; /* "students": route and list */
	const char *label;  /* untranslated */
	size_t size;        /* of the struct */
	const struct field *fields;
	size_t count;
	bool head;          /* the struct begins with RECORD_HEAD */
	/* Checks what one field cannot say alone; adds to the list. May be NULL. */
	void (*check)(const void *record, int64_t today, struct problems *list);
};

/* The four columns every stored record begins with. */
#define RECORD_HEAD int64_t id, rev, created_at, created_by;
struct record_head {
	RECORD_HEAD
};

#define FIELD_MEMBER(REC, TYPE, NAME, ...) CTYPE_##TYPE NAME;
#define FIELD_ROW(REC, TYPE, NAME, ...) \
	{ .name = #NAME, .member = ",\"" #NAME "\":", .type = TYPE, \
	  .offset = offsetof(struct REC, NAME), __VA_ARGS__ },

/* Defines `REC_fields`. CHECK may be NULL. */
#define FIELD_TABLE(REC, LIST, PLURAL, LABEL, HEAD, CHECK) \
	static const struct field REC##_field_rows[] = { LIST(FIELD_ROW, REC) }; \
	const struct field_table REC##_fields = { \
		.name = #REC, .plural = PLURAL, .label = LABEL, \
		.size = sizeof(struct REC), .fields = REC##_field_rows, \
		.count = sizeof REC##_field_rows / sizeof REC##_field_rows[0], \
		.head = HEAD, .check = CHECK }

/* A list of records of one shape, in an arena. */
struct record_list {
	const struct field_table *table;
	size_t count;
	void **items;
};

const struct field *field_find(const struct field_table *table, const char *name);

static inline bool field_is_text(const struct field *field)
{
	return field->type == FT_TEXT;
}

/* Slots of a record. int slots are every type but TEXT, HASH and LIST. Inline, since
 * reading and writing a record is little else. */
static inline int64_t field_int(const struct field *field, const void *record)
{
	int64_t value;

	memcpy(&value, (const char *)record + field->offset, sizeof value);
	return value;
}

static inline void field_set_int(const struct field *field, void *record, int64_t value)
{
	memcpy((char *)record + field->offset, &value, sizeof value);
}

static inline void *field_pointer(const struct field *field, const void *record)
{
	void *value;

	memcpy(&value, (const char *)record + field->offset, sizeof value);
	return value;
}

static inline void field_set_pointer(const struct field *field, void *record, const void *value)
{
	memcpy((char *)record + field->offset, &value, sizeof value);
}

static inline const char *field_text(const struct field *field, const void *record)
{
	return field_pointer(field, record);
}

static inline void field_set_text(const struct field *field, void *record, const char *text)
{
	field_set_pointer(field, record, text);
}

static inline const uint8_t *field_hash(const struct field *field, const void *record)
{
	return field_pointer(field, record);
}

static inline void field_set_hash(const struct field *field, void *record, const uint8_t *hash)
{
	field_set_pointer(field, record, hash);
}

static inline struct record_list *field_list(const struct field *field, const void *record)
{
	return field_pointer(field, record);
}

static inline void field_set_list(const struct field *field, void *record, struct record_list *list)
{
	field_set_pointer(field, record, list);
}

static inline bool field_is_pointer(const struct field *field)
{
	return field->type == FT_TEXT || field->type == FT_HASH || field->type == FT_LIST;
}

static inline bool field_is_null(const struct field *field, const void *record)
{
	return field_is_pointer(field) ? !field_pointer(field, record) :
	       field_int(field, record) == OV_NULL;
}

/* A record with every slot null, in the arena. */
void *record_new(struct arena *arena, const struct field_table *table);
/* A deep copy into ARENA. */
void *record_copy(struct arena *arena, const struct field_table *table, const void *record);
bool record_equal(const struct field_table *table, const void *a, const void *b);

/* The value as a person types and reads it: 8.00, 2015-09-10, 08:30, an enum's
 * code, an id. Empty text is null. The parse copies texts to ARENA and checks
 * type, range and length; the error names the field. Full-width digits and
 * blanks at the ends are forgiven. */
int field_parse(const struct field *field, const char *text, void *record,
		struct arena *arena, struct error *err);
/* Writes at most size bytes with the NUL, cut at a character; returns out. */
char *field_format(const struct field *field, const void *record, char *out, size_t size);
/* The same for people: enum labels translated, 是/否 for flags. */
char *field_show(const struct field *field, const void *record, char *out, size_t size);

/* Every rule a field table can say: required, length, range, enum member,
 * UTF-8, control characters; then table->check. Adds to LIST and returns 0 or
 * the code of the first problem. SYSTEM fields may be null. */
int record_check(const struct field_table *table, const void *record,
		 int64_t today, struct problems *list);

/* Helpers for amounts: "8.00" of hundredths, at least 24 bytes of room. */
char *centi_format(int64_t centi, char out[24]);
/* Reads 7, 7.5, 7.50, -3.00; false for more than two decimals or rubbish. */
bool centi_parse(const char *text, int64_t *centi);

/* The masked form of a text (NULL gives NULL), in ARENA. DOMAIN.md 3.2. */
char *mask_text(enum mask_form form, const char *text, struct arena *arena);

#endif
