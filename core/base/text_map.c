#include "core/base/text_map.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"

enum { ROOM_MIN = 64 };

static uint64_t hash_of(const char *key) /* FNV-1a, with its weak low bits mixed */
{
	uint64_t hash = 1469598103934665603u;

	for (; *key; key++)
		hash = (hash ^ (unsigned char)*key) * 1099511628211u;
	return hash ^ hash >> 29;
}

/* The slot of a key, or the free one where it belongs. */
static struct text_map_slot *slot_of(const struct text_map *map, const char *key, uint64_t hash)
{
	size_t at = (size_t)hash & (map->room - 1);

	while (map->slots[at].key &&
	       (map->slots[at].hash != hash || strcmp(map->slots[at].key, key) != 0))
		at = (at + 1) & (map->room - 1);
	return &map->slots[at];
}

static void grow(struct text_map *map, size_t room)
{
	struct text_map bigger = { .room = room, .count = map->count };

	bigger.slots = mem_alloc(bigger.room * sizeof *bigger.slots);
	for (size_t i = 0; i < map->room; i++)
		if (map->slots[i].key)
			*slot_of(&bigger, map->slots[i].key, map->slots[i].hash) = map->slots[i];
	free(map->slots);
	*map = bigger;
}

void text_map_release(struct text_map *map)
{
	free(map->slots);
	*map = (struct text_map)TEXT_MAP_INIT;
}

void text_map_reserve(struct text_map *map, size_t count)
{
	size_t room = map->room ? map->room : ROOM_MIN;

	while (room * 2 < count * 3 + 3)
		room *= 2;
	if (room > map->room)
		grow(map, room);
}

int64_t *text_map_get(const struct text_map *map, const char *key)
{
	struct text_map_slot *slot;

	if (!map->count)
		return NULL;
	slot = slot_of(map, key, hash_of(key));
	return slot->key ? &slot->value : NULL;
}

bool text_map_put(struct text_map *map, const char *key, int64_t value)
{
	uint64_t hash = hash_of(key);
	struct text_map_slot *slot;
	bool fresh;

	if (map->count * 3 >= map->room * 2)
		grow(map, map->room ? map->room * 2 : ROOM_MIN);
	slot = slot_of(map, key, hash);
	fresh = !slot->key;
	map->count += fresh;
	*slot = (struct text_map_slot){ .key = fresh ? key : slot->key, .hash = hash,
					.value = value };
	return fresh;
}
