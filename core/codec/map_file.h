/* map_file.h: a map as it is held; map.c and map_file.c only. */
#ifndef OV_CODEC_MAP_FILE_H
#define OV_CODEC_MAP_FILE_H

#include "core/codec/map.h"

#define MAP_NONE SIZE_MAX /* no column */

struct map_table {
	const char *name;
	const char **from, **to;
	size_t count;
};

/* A piece of a template: plain text, or a column when it has a key. */
struct map_piece {
	const char *text; /* the text, or the column's name */
	const char *key;
	const struct map_table *table;
	size_t column; /* after map_bind() */
};

/* Where the value of a field comes from: a template, else a column, and the
 * constant when that is empty. */
struct map_source {
	const struct field *field;
	const char **names, **keys; /* headers, as written and as compared */
	size_t name_count;
	struct map_piece *pieces;
	size_t piece_count;
	const char *constant;
	const struct map_table *values;
	size_t column; /* after map_bind() */
};

struct map {
	struct arena arena;
	const struct field_table *table;
	const char *name, *institution;
	struct map_source *sources; /* one for each field */
	size_t source_count;
	struct map_table *tables;
	size_t table_count;
	const char **skip; /* keys of columns that are known and not taken */
	size_t skip_count;
	char **columns;    /* keys of the header, after map_bind() */
	bool *used;
	size_t column_count;
	const char **ignored;
	size_t ignored_count;
};

char *map_header_key(const char *text, size_t len, struct arena *arena);

#endif
