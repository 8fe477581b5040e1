/* text_map.h: texts to numbers, in memory. Keys are kept, not copied. */
#ifndef OV_BASE_TEXT_MAP_H
#define OV_BASE_TEXT_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text_map_slot {
	const char *key; /* NULL: free */
	uint64_t hash;
	int64_t value;
};

struct text_map {
	struct text_map_slot *slots;
	size_t count, room; /* room is a power of two */
};

#define TEXT_MAP_INIT { .slots = NULL }

void text_map_release(struct text_map *map);
/* Makes room for COUNT keys at once. */
void text_map_reserve(struct text_map *map, size_t count);
/* The value of a key, for reading and changing; NULL when it isn't there.
 * Valid until the next put. Reading from several threads is fine. */
int64_t *text_map_get(const struct text_map *map, const char *key);
/* Sets a value; true when the key was not there before. */
bool text_map_put(struct text_map *map, const char *key, int64_t value);

#endif
