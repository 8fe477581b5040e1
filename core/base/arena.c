#include "core/base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_MIN = 8192, BLOCK_LARGE = 128 << 10 };

struct arena_block {
	struct arena_block *next;
	size_t size, used;
	bool clean; /* all bytes behind `used` are zero */
	alignas(max_align_t) unsigned char bytes[];
};

void *mem_alloc(size_t size)
{
	void *p = calloc(1, size ? size : 1);

	if (!p)
		abort();
	return p;
}

void *mem_grow(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);

	if (!p)
		abort();
	return p;
}

char *mem_strdup(const char *text)
{
	size_t len = strlen(text) + 1;

	return memcpy(mem_alloc(len), text, len);
}

void arena_init(struct arena *arena)
{
	arena->head = NULL;
	arena->used_total = 0;
}

void arena_release(struct arena *arena)
{
	struct arena_block *block = arena->head;

	while (block) {
		struct arena_block *next = block->next;

		free(block);
		block = next;
	}
	arena_init(arena);
}

void arena_clear(struct arena *arena)
{
	struct arena_block *keep = arena->head;

	if (!keep)
		return;
	arena->head = keep->next;
	arena_release(arena);
	keep->next = NULL;
	keep->clean = false;
	keep->used = 0;
	arena->head = keep;
}

/* Small blocks come and go with scratch arenas and are zeroed as far as they
 * are used; large ones come zeroed from the system for nothing. */
static struct arena_block *block_new(size_t size)
{
	bool clean = size > BLOCK_LARGE;
	struct arena_block *block = clean ? calloc(1, sizeof *block + size) :
					    malloc(sizeof *block + size);

	if (!block)
		abort();
	block->size = size;
	block->used = 0;
	block->clean = clean;
	return block;
}

void arena_adopt(struct arena *arena, struct arena *from)
{
	struct arena_block **last = &from->head;

	while (*last)
		last = &(*last)->next;
	*last = arena->head;
	arena->head = from->head;
	arena->used_total += from->used_total;
	arena_init(from);
}

/* ZERO: unless whoever asked writes all of it. */
static void *room_take(struct arena *arena, size_t size, bool zero)
{
	const size_t align = alignof(max_align_t);
	struct arena_block *block = arena->head;
	void *p;

	if (size > SIZE_MAX / 2)
		abort();
	size = (size + align - 1) & ~(align - 1);
	if (!block || block->size - block->used < size) {
		size_t want = size > BLOCK_MIN ? size : BLOCK_MIN;

		if (block && block->size < (1u << 20) && want < block->size * 2)
			want = block->size * 2;
		block = block_new(want);
		block->next = arena->head;
		arena->head = block;
	}
	p = block->bytes + block->used;
	if (zero && !block->clean)
		memset(p, 0, size);
	block->used += size;
	arena->used_total += size;
	return p;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	return room_take(arena, size, true);
}

void *arena_raw(struct arena *arena, size_t size)
{
	return room_take(arena, size, false);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / 2 / size)
		abort();
	return arena_alloc(arena, count * size);
}

void *arena_memdup(struct arena *arena, const void *bytes, size_t size)
{
	void *p = room_take(arena, size, false);

	if (size)
		memcpy(p, bytes, size);
	return p;
}

char *arena_strndup(struct arena *arena, const char *text, size_t len)
{
	char *copy = room_take(arena, len + 1, false);

	if (len)
		memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return text ? arena_strndup(arena, text, strlen(text)) : NULL;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args, again;
	char *text;
	int len;

	va_start(args, format);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0)
		abort();
	text = room_take(arena, (size_t)len + 1, false);
	vsnprintf(text, (size_t)len + 1, format, again);
	va_end(again);
	return text;
}
