/* map.h: which column of a file is which field.
 *
 * A map file (data/maps) describes files of one shape:
 *
 *	[map]            name; institution (its number plan holds for the file);
 *	                 ignore = columns that are known and not taken
 *	[columns]        field = header | other header | …
 *	[constants]      field = value
 *	[templates]      field = text with {column} or {column|table}
 *	[values FIELD]   value in the file = value of the field; "*" for any other
 *	[table NAME]     the same, for templates
 *
 * Headers are compared without regard to case, width, blanks, _ - * and ★.
 * A template over an empty column gives nothing. A value that a table does not
 * have stays as it is, so that the check of the field can name it.
 *
 * A map is for one field table, of texts only (struct import_row). */
#ifndef OV_CODEC_MAP_H
#define OV_CODEC_MAP_H

#include "core/base/arena.h"
#include "core/base/error.h"
#include "core/codec/csv.h"
#include "core/model/field.h"

struct map;

/* Reads a map; PATH NULL is data/maps/student.ini. A name without / and . is
 * one of data/maps. 0, or the file's error (OV_EUSAGE, OV_EINPUT, OV_ESTORAGE). */
int map_load(const char *path, const struct field_table *table, struct map **map,
	     struct error *err);
void map_free(struct map *map); /* NULL is allowed */

/* Finds the columns in a header. CSV_HEADER (OV_EINPUT) when the column of a
 * required field or of a template is missing; FILE is for the message. */
int map_bind(struct map *map, const struct csv_record *header, const char *file,
	     struct error *err);
/* Headers that the map does not know, after map_bind(). */
size_t map_ignored_count(const struct map *map);
const char *map_ignored(const struct map *map, size_t index);
/* Was a column found for the field, or does the map make it up? */
bool map_has(const struct map *map, const char *field);

/* Fills ROW, a struct of the table, from a record with as many fields as the
 * header. Texts are in the arena, constants in the map; without blanks at their
 * ends; empty is NULL. */
void map_row(const struct map *map, const struct csv_record *record, struct arena *arena,
	     void *row);

const char *map_name(const struct map *map);
const char *map_institution(const struct map *map); /* NULL when it names none */
/* The first header of a field, as an export writes it; NULL for none. */
const char *map_header(const struct map *map, const char *field);

#endif
