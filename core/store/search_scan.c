#include "core/store/search_scan.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/store/search_table.h"

/* A block, in one piece of memory. */
struct search_piece {
	const char *first, *next; /* keys: its own, that of the block behind it */
	size_t first_len, next_len; /* next_len 0: it is the last one */
	const uint8_t *bytes, *end;
	const char *texts; /* its terms, each with a NUL */
	const struct search_slot *slots;
	size_t count;
};

struct search_kept {
	uint64_t head; /* of the key: search_key_head() */
	uint64_t used; /* the last question that needed it */
	struct search_piece *piece;
	size_t room;   /* bytes of the piece's memory */
};

void search_blocks_init(struct search_blocks *blocks, struct db *db)
{
	*blocks = (struct search_blocks){ .db = db, .most = SEARCH_BLOCKS };
}

static void pieces_free(struct search_blocks *blocks)
{
	for (size_t i = 0; i < blocks->count; i++)
		free(blocks->items[i].piece);
	blocks->count = 0;
}

void search_blocks_release(struct search_blocks *blocks)
{
	pieces_free(blocks);
	free(blocks->items);
	search_apart_release(&blocks->apart);
	*blocks = (struct search_blocks){ .db = blocks->db, .most = blocks->most };
}

void search_blocks_turn(struct search_blocks *blocks, const struct db_state *state)
{
	if (!state || !blocks->known || memcmp(state, &blocks->state, sizeof *state) != 0 ||
	    blocks->count > 2 * blocks->most) /* after a question that needed so many */
		pieces_free(blocks);
	blocks->known = state != NULL;
	if (state)
		blocks->state = *state;
	blocks->turn++;
}

/* --- one block --- */

static void *put(char **to, const void *from, size_t len)
{
	void *at = *to;

	if (len)
		memcpy(at, from, len);
	*to += len;
	return at;
}

/* Takes the one that was not used for longest out of those that are kept, for its memory;
 * none when there is room for more, or all are in use. */
static struct search_kept piece_drop(struct search_blocks *blocks)
{
	struct search_kept oldest = { .used = blocks->turn };
	size_t at = 0;

	for (size_t i = 0; blocks->count >= blocks->most && i < blocks->count; i++)
		if (blocks->items[i].used < oldest.used)
			oldest = blocks->items[at = i];
	if (oldest.piece)
		memmove(blocks->items + at, blocks->items + at + 1,
			(--blocks->count - at) * sizeof *blocks->items);
	return oldest;
}

/* Key, bytes and the next one's key of the present row, and what was taken apart. */
static struct search_kept piece_make(struct search_blocks *blocks, struct stmt *stmt)
{
	const struct search_apart *apart = &blocks->apart;
	struct search_kept kept = piece_drop(blocks);
	size_t first_len, len, next_len;
	const void *first = stmt_blob(stmt, BLOCK_ROW_KEY, &first_len), *bytes = stmt_blob(stmt, BLOCK_ROW_BYTES, &len);
	const void *next = stmt_blob(stmt, BLOCK_ROW_NEXT, &next_len);
	const size_t slots = apart->count * sizeof apart->slots[0];
	const size_t room = sizeof *kept.piece + slots + apart->texts_len + len + first_len + next_len;
	struct search_piece *piece;
	char *to;

	if (kept.room < room) {
		kept.room = room + room / 8;
		kept.piece = mem_grow(kept.piece, kept.room);
	}
	piece = kept.piece;
	to = (char *)(piece + 1);
	piece->count = apart->count;
	piece->slots = put(&to, apart->slots, slots);
	piece->texts = put(&to, apart->texts, apart->texts_len);
	piece->bytes = put(&to, bytes, len);
	piece->end = piece->bytes + len;
	piece->first = put(&to, first, first_len);
	piece->first_len = first_len;
	piece->next = put(&to, next, next_len);
	piece->next_len = next_len;
	return kept;
}

static int piece_read(struct search_blocks *blocks, const char *key, size_t len,
		      struct search_kept *kept, struct error *err)
{
	size_t bytes_len;
	const uint8_t *bytes;
	struct stmt *stmt;
	int rc = search_block_row(blocks->db, key, len, &stmt, err);

	if (rc < 0)
		return rc;
	bytes = stmt_blob(stmt, BLOCK_ROW_BYTES, &bytes_len);
	if (search_block_apart(bytes, bytes_len, &blocks->apart))
		*kept = piece_make(blocks, stmt);
	else
		rc = search_damaged(err);
	stmt_reset(stmt);
	return rc;
}

/* --- those that are kept --- */

/* How many of the kept ones begin at the key or before it. */
static size_t place_of(const struct search_blocks *blocks, const char *key, size_t len)
{
	const uint64_t head = search_key_head(key, len);
	size_t low = 0, high = blocks->count;

	while (low < high) {
		const size_t mid = (low + high) / 2;
		const struct search_kept *kept = &blocks->items[mid];

		if (kept->head < head || (kept->head == head &&
		    search_key_compare(kept->piece->first, kept->piece->first_len, key, len) <= 0))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static struct search_kept *piece_keep(struct search_blocks *blocks, struct search_kept *kept)
{
	const size_t place = place_of(blocks, kept->piece->first, kept->piece->first_len);

	if (blocks->count == blocks->room) {
		blocks->room = blocks->room ? blocks->room * 2 : 16;
		blocks->items = mem_grow(blocks->items, blocks->room * sizeof *blocks->items);
	}
	memmove(blocks->items + place + 1, blocks->items + place,
		(blocks->count - place) * sizeof *blocks->items);
	blocks->items[place] = *kept;
	blocks->items[place].head = search_key_head(kept->piece->first, kept->piece->first_len);
	blocks->count++;
	return &blocks->items[place];
}

/* The block that KEY belongs to. */
static int piece_find(struct search_blocks *blocks, const char *key, size_t len,
		      const struct search_piece **out, struct error *err)
{
	const size_t place = place_of(blocks, key, len);
	struct search_kept *kept = place ? &blocks->items[place - 1] : NULL, read;
	int rc = 0;

	*out = NULL;
	if (!kept || (kept->piece->next_len && search_key_compare(key, len, kept->piece->next,
								  kept->piece->next_len) >= 0)) {
		rc = piece_read(blocks, key, len, &read, err);
		if (rc < 0)
			return rc;
		kept = piece_keep(blocks, &read);
	}
	kept->used = blocks->turn;
	*out = kept->piece;
	return 0;
}

/* --- walking --- */

void search_scan_begin(struct search_scan *scan, struct search_blocks *blocks,
		       const char *prefix, bool whole)
{
	scan->blocks = blocks;
	scan->piece = NULL;
	scan->at = 0;
	scan->prefix = scan->from = prefix;
	scan->prefix_len = strlen(prefix);
	scan->whole = whole;
}

void search_scan_from(struct search_scan *scan, const char *from)
{
	scan->from = from;
}

/* The first entry of the block that isn't less than TERM. */
static size_t slot_find(const struct search_piece *piece, const char *term)
{
	size_t low = 0, high = piece->count;

	while (low < high) {
		const size_t mid = (low + high) / 2;

		if (strcmp(piece->texts + piece->slots[mid].term, term) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Does the block behind the present one begin behind all that may fit? */
static bool next_beyond(const struct search_scan *scan)
{
	const struct search_piece *piece = scan->piece;
	const size_t len = scan->prefix_len;
	const int order = len ? memcmp(piece->next, scan->prefix, piece->next_len < len ?
				       piece->next_len : len) : 0;

	return order > 0 || (order == 0 && scan->whole && piece->next_len > len && piece->next[len]);
}

static int piece_reach(struct search_scan *scan, struct error *err)
{
	int rc = 0;

	if (scan->from) {
		rc = piece_find(scan->blocks, scan->from, strlen(scan->from), &scan->piece, err);
		if (rc == 0)
			scan->at = slot_find(scan->piece, scan->from);
		scan->from = NULL;
	}
	while (rc == 0 && scan->piece && scan->at == scan->piece->count) {
		if (!scan->piece->next_len || next_beyond(scan))
			return 0;
		rc = piece_find(scan->blocks, scan->piece->next, scan->piece->next_len, &scan->piece,
				err);
		scan->at = 0;
	}
	return rc < 0 ? rc : scan->piece != NULL;
}

int search_scan_next(struct search_scan *scan, struct error *err)
{
	const struct search_piece *piece;
	const struct search_slot *slot;
	int rc = piece_reach(scan, err);

	if (rc <= 0)
		return rc;
	piece = scan->piece;
	slot = &piece->slots[scan->at];
	if (strncmp(piece->texts + slot->term, scan->prefix, scan->prefix_len) != 0 ||
	    (scan->whole && slot->term_len > scan->prefix_len))
		return 0;
	scan->at++;
	return search_slot_entry(slot, piece->texts, piece->bytes, piece->end, &scan->entry) ?
	       1 : search_damaged(err);
}
