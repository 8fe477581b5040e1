#include "core/base/id_table.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"

void id_table_init(struct id_table *table, size_t size)
{
	*table = (struct id_table){ .size = size };
	while (size << table->bits < ID_TABLE_BYTES)
		table->bits++;
}

void *id_table_make(struct id_table *table, int64_t id)
{
	const size_t part = (size_t)id >> table->bits;

	if (id <= 0 || id > ID_TABLE_MAX)
		return NULL;
	if (part >= table->count) {
		const size_t count = part + part / 2 + 8;

		table->parts = mem_grow(table->parts, count * sizeof *table->parts);
		memset(table->parts + table->count, 0, (count - table->count) * sizeof *table->parts);
		table->count = count;
	}
	if (!table->parts[part])
		table->parts[part] = mem_alloc(table->size << table->bits);
	return id_table_find(table, id);
}

void id_table_clear(struct id_table *table)
{
	for (size_t i = 0; i < table->count; i++)
		free(table->parts[i]);
	free(table->parts);
	table->parts = NULL;
	table->count = 0;
}
