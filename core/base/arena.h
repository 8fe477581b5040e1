/* arena.h: memory that is freed together.
 *
 * Records and pages of records live in the arena they were read into; nobody
 * frees a single text. Memory comes zeroed. When the machine has no memory
 * left the program stops at once (abort): on Linux that is the only honest
 * answer, and the database loses nothing by it. */
#ifndef OV_BASE_ARENA_H
#define OV_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *head;
	size_t used_total; /* bytes handed out since init or the last clear */
};

#define ARENA_INIT { .head = NULL }

void arena_init(struct arena *arena);
void arena_release(struct arena *arena); /* frees all; the arena may be used again */
void arena_clear(struct arena *arena);   /* forgets all, keeps one block for reuse */

/* All memory of FROM belongs to ARENA from now on; FROM is empty. */
void arena_adopt(struct arena *arena, struct arena *from);

void *arena_alloc(struct arena *arena, size_t size); /* zeroed, aligned for any type */
void *arena_raw(struct arena *arena, size_t size);   /* not zeroed: for what is large, and begun by its owner */
void *arena_array(struct arena *arena, size_t count, size_t size);
char *arena_strdup(struct arena *arena, const char *text); /* NULL gives NULL */
char *arena_strndup(struct arena *arena, const char *text, size_t len);
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void *arena_memdup(struct arena *arena, const void *bytes, size_t size);

/* Plain heap, for what outlives any arena: never NULL, free() frees it. */
void *mem_alloc(size_t size); /* zeroed */
void *mem_grow(void *old, size_t size);
char *mem_strdup(const char *text);

#endif
