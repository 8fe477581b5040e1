#include "core/store/id_map.h"

static size_t slot_of(const struct id_map *map, int64_t id)
{
	uint64_t hash = (uint64_t)id * UINT64_C(0x9e3779b97f4a7c15);
	size_t at = (size_t)(hash >> 20) & (map->room - 1);

	while (map->slots[at].id && map->slots[at].id != id)
		at = (at + 1) & (map->room - 1);
	return at;
}

int id_map_find(const struct id_map *map, int64_t id)
{
	size_t at;

	if (!map->room)
		return -1;
	at = slot_of(map, id);
	return map->slots[at].id ? map->slots[at].index : -1;
}

static void grow(struct id_map *map)
{
	struct id_map old = *map;

	map->room = old.room ? old.room * 2 : 64;
	map->slots = arena_array(map->arena, map->room, sizeof *map->slots);
	for (size_t i = 0; i < old.room; i++)
		if (old.slots[i].id)
			map->slots[slot_of(map, old.slots[i].id)] = old.slots[i];
}

void id_map_add(struct id_map *map, int64_t id, int index)
{
	size_t at;

	if (map->count * 2 >= map->room)
		grow(map);
	at = slot_of(map, id);
	map->slots[at].id = id;
	map->slots[at].index = index;
	map->count++;
}
