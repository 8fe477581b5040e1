/* Prints the tables of all stored kinds as SQL, from the field tables. A
 * migration that makes a new kind is begun by pasting from it; schema_test
 * then holds the two together. */
#include <stdio.h>
#include <string.h>

#include "core/model/kind.h"

static const char *sql_type(const struct field *field)
{
	switch (field->type) {
	case FT_TEXT:
	case FT_ENUM:
	case FT_DATE:
		return "TEXT";
	case FT_HASH:
		return "BLOB";
	default:
		return "INTEGER";
	}
}

static const char *quoted(const char *name)
{
	return strcmp(name, "user") ? name : "\"user\"";
}

static void print_field(const struct field *field)
{
	printf(",\n\t%s %s", field->name, sql_type(field));
	if (field->flags & REQ)
		printf(" NOT NULL");
	if (field->flags & UNIQ)
		printf(" UNIQUE");
	if (field->type == FT_ENUM) {
		printf("\n\t\tCHECK (");
		for (size_t i = 0; i < field->enums->count; i++)
			printf("%s%s = '%s'", i ? " OR " : "", field->name,
			       field->enums->values[i].code);
		printf(")");
	} else if (field->type == FT_BOOL) {
		printf(" CHECK (%s IN (0, 1))", field->name);
	} else if (field->type == FT_HASH) {
		printf(" CHECK (length(%s) = 32)", field->name);
	} else if (field->type == FT_REF) {
		printf(" REFERENCES %s (id)", quoted(kind_fields((enum kind)field->ref)->name));
	}
}

int main(void)
{
	for (int k = 1; k < KIND_STORED_END; k++) {
		const struct field_table *table = kind_fields((enum kind)k);

		printf("CREATE TABLE %s (\n\tid INTEGER PRIMARY KEY CHECK (id > 0),\n"
		       "\trev INTEGER NOT NULL CHECK (rev > 0),\n\tcreated_at INTEGER NOT NULL,\n"
		       "\tcreated_by INTEGER NOT NULL REFERENCES \"user\" (id)",
		       quoted(table->name));
		for (size_t i = 0; i < table->count; i++)
			print_field(&table->fields[i]);
		printf("\n) STRICT;\n\n");
	}
	return 0;
}
