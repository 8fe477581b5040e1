/* id_table.h: values of one size by id, for ids that are many and asked for here and
 * there: memory is taken for the neighbourhoods that are used, and a value stays where it
 * is until the table is cleared. Ids are above 0 and at most ID_TABLE_MAX. */
#ifndef OV_BASE_ID_TABLE_H
#define OV_BASE_ID_TABLE_H

#include <stddef.h>
#include <stdint.h>

enum { ID_TABLE_MAX = 4000000, ID_TABLE_BYTES = 1024 /* of a neighbourhood, at least */ };

struct id_table {
	size_t size;   /* bytes of a value */
	unsigned bits; /* a part has as many values as these say */
	void **parts;  /* NULL: none of it was asked for; heap */
	size_t count;
};

void id_table_init(struct id_table *table, size_t size);

/* The value, NULL when there is none; as it was made, or zero like its neighbours. */
static inline void *id_table_find(const struct id_table *table, int64_t id)
{
	const size_t part = (size_t)id >> table->bits;

	if (id <= 0 || part >= table->count || !table->parts[part])
		return NULL;
	return (char *)table->parts[part] + ((size_t)id & (((size_t)1 << table->bits) - 1)) * table->size;
}

/* The same; a new one is zero. NULL for a number that is no such id. */
void *id_table_make(struct id_table *table, int64_t id);
void id_table_clear(struct id_table *table);

#endif
