/* id_map.h: from ids of records to small indexes, in an arena. Ids are above 0;
 * a pair of ids makes one by id_pair(). */
#ifndef OV_STORE_ID_MAP_H
#define OV_STORE_ID_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"

struct id_map {
	struct arena *arena; /* not owned */
	struct {
		int64_t id; /* 0: empty */
		int index;
	} *slots;
	size_t room, count;
};

static inline void id_map_init(struct id_map *map, struct arena *arena)
{
	*map = (struct id_map){ .arena = arena };
}

/* The index of an id, -1 when it is not there. */
int id_map_find(const struct id_map *map, int64_t id);
/* The id is not there yet. */
void id_map_add(struct id_map *map, int64_t id, int index);

/* One key of two ids; B may be 0. */
static inline int64_t id_pair(int64_t a, int64_t b)
{
	return a * INT64_C(0x100000000) + b;
}

#endif
