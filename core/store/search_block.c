#include "core/store/search_block.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/store/search_index.h"
#include "core/store/search_varint.h"

enum { NUMBER_TERM = 1, NUMBER_PACKED = 2, NAME_AGAIN = 4, STATUS_SHIFT = 3, SHARED_MAX = 255,
       NAME_BYTES = 240 };

size_t search_key(const char *term, size_t term_len, int64_t student_id,
		  char key[SEARCH_KEY_BYTES])
{
	memcpy(key, term, term_len);
	key[term_len] = '\0';
	for (int i = 0; i < 8; i++)
		key[term_len + 1 + (size_t)i] = (char)((uint64_t)student_id >> (56 - 8 * i));
	return term_len + 9;
}

int search_key_compare(const char *a, size_t a_len, const char *b, size_t b_len)
{
	const size_t common = a_len < b_len ? a_len : b_len;
	const int order = common ? memcmp(a, b, common) : 0;

	return order ? order : (a_len > b_len) - (a_len < b_len);
}

uint64_t search_key_head(const char *key, size_t len)
{
	uint64_t head = 0;

	for (size_t i = 0; i < 8; i++)
		head = head << 8 | (i < len ? (unsigned char)key[i] : 0u);
	return head;
}

/* --- reading --- */

void search_reader_init(struct search_reader *reader, const uint8_t *bytes, size_t len)
{
	reader->at = reader->start = bytes;
	reader->end = bytes + len;
	reader->damaged = false;
	reader->term[0] = '\0';
	memset(&reader->entry, 0, sizeof reader->entry);
	reader->entry.term = reader->term;
}

/* What a term of an entry shares with the one before it, which has BEFORE bytes, and how
 * many more there are. */
static const uint8_t *term_head(const uint8_t *at, const uint8_t *end, size_t before,
				size_t *shared, size_t *more)
{
	uint64_t number;

	if (at == end)
		return NULL;
	*shared = *at++;
	at = search_varint_take(at, end, &number);
	if (!at || *shared > before || number > (size_t)(end - at) ||
	    *shared + number >= SEARCH_TERM_BYTES)
		return NULL;
	*more = number;
	return at;
}

static const uint8_t *term_take(struct search_reader *reader, const uint8_t *at)
{
	size_t shared, more;

	at = term_head(at, reader->end, reader->entry.term_len, &shared, &more);
	if (!at)
		return NULL;
	for (size_t i = 0; i < more; i++) /* a few */
		reader->term[shared + i] = (char)at[i];
	reader->entry.term_len = shared + more;
	reader->term[shared + more] = '\0';
	return at + more;
}

static const uint8_t *number_take(struct search_entry *entry, const uint8_t *at,
				  const uint8_t *end, unsigned flags)
{
	struct search_line *line = &entry->line;

	if (flags & NUMBER_TERM) {
		if (!entry->term_len)
			return NULL;
		line->form = entry->term[0] == SEARCH_NUMBER ? SEARCH_FORM_REVERSED : SEARCH_FORM_TEXT;
		line->number = entry->term + 1;
		line->number_len = entry->term_len - 1;
		return line->number_len < SEARCH_NUMBER_TEXT ? at : NULL;
	}
	line->form = flags & NUMBER_PACKED ? SEARCH_FORM_PACKED : SEARCH_FORM_TEXT;
	if (flags & NUMBER_PACKED)
		line->number_len = SEARCH_NUMBER_PACKED;
	else if (at == end || *at >= SEARCH_NUMBER_TEXT)
		return NULL;
	else
		line->number_len = *at++;
	if (line->number_len > (size_t)(end - at))
		return NULL;
	line->number = (const char *)at;
	return at + line->number_len;
}

/* Where the name stands; NAME and LEN are those of the entry before, NULL for none. */
static const uint8_t *name_take(const uint8_t *at, const uint8_t *end, unsigned flags,
				const char **name, size_t *len)
{
	if (flags & NAME_AGAIN)
		return *name ? at : NULL;
	if (at == end || *at > end - at - 1)
		return NULL;
	*len = *at++;
	*name = (const char *)at;
	return at + *len;
}

/* What stands between the term and the name. */
static const uint8_t *rest_take(struct search_entry *entry, const uint8_t *at, const uint8_t *end,
				unsigned *flags)
{
	struct search_line *line = &entry->line;
	uint64_t id, group, pattern, work, claims, earned;

	at = search_varint_take(at, end, &id);
	if (!at || at == end)
		return NULL;
	*flags = *at++;
	at = search_varint_take(at, end, &group);
	at = search_varint_take(at, end, &pattern);
	at = search_varint_take(at, end, &work);
	at = search_varint_take(at, end, &claims);
	at = search_varint_take(at, end, &earned);
	if (!at)
		return NULL;
	entry->student_id = (int64_t)id;
	line->status = *flags >> STATUS_SHIFT;
	line->group_id = (int64_t)group;
	line->pattern_id = (int64_t)pattern;
	line->work_id = (int64_t)work;
	line->open_claims = (int64_t)claims;
	line->earned_centi = search_varint_signed(earned);
	return number_take(entry, at, end, *flags);
}

bool search_reader_next(struct search_reader *reader)
{
	const uint8_t *at;
	unsigned flags = 0;

	if (reader->at == reader->end || reader->damaged)
		return false;
	reader->start = reader->at;
	at = term_take(reader, reader->at);
	if (at)
		at = rest_take(&reader->entry, at, reader->end, &flags);
	if (at)
		at = name_take(at, reader->end, flags, &reader->entry.line.full_name,
			       &reader->entry.line.name_len);
	reader->damaged = !at;
	if (at)
		reader->at = at;
	return at != NULL;
}

/* Behind a number of seven bits a byte. */
static const uint8_t *varint_pass(const uint8_t *at, const uint8_t *end)
{
	while (at < end && *at >= 0x80)
		at++;
	return at < end ? at + 1 : NULL;
}

enum { STEP = 16 };

/* A bit for each of the next STEP bytes: it ends a number. */
static unsigned ends_of(const uint8_t *at)
{
	uint64_t words[2];
	unsigned ends = 0;

	memcpy(words, at, sizeof words);
	for (int i = 1; i >= 0; i--) /* the first byte is the lowest of a word */
		ends = ends << 8 | (unsigned)((~le64toh(words[i]) & 0x8080808080808080u) *
					      0x0002040810204081u >> 56);
	return ends;
}

/* Past the id and the five numbers behind the flags, byte by byte. */
static const uint8_t *numbers_walk(const uint8_t *at, const uint8_t *end, unsigned *flags)
{
	at = varint_pass(at, end);
	if (!at || at == end)
		return NULL;
	*flags = *at++;
	for (int numbers = 0; at && numbers < 5; numbers++)
		at = varint_pass(at, end);
	return at;
}

/* The same at one go, as nearly always: which byte ends a number can't be guessed. */
static const uint8_t *numbers_pass(const uint8_t *at, const uint8_t *end, unsigned *flags)
{
	unsigned ends, id;

	if (end - at < STEP)
		return numbers_walk(at, end, flags);
	ends = ends_of(at);
	id = ends ? (unsigned)__builtin_ctz(ends) : STEP;
	if (id + 1 >= STEP)
		return numbers_walk(at, end, flags);
	*flags = at[id + 1];
	ends &= ~0u << (id + 2);
	for (int numbers = 0; numbers < 4; numbers++)
		ends &= ends - 1;
	return ends ? at + __builtin_ctz(ends) + 1 : numbers_walk(at, end, flags);
}

/* What stands between the term and the name, unread. */
static const uint8_t *rest_pass(const uint8_t *at, const uint8_t *end, unsigned *flags)
{
	size_t len;

	at = numbers_pass(at, end, flags);
	if (!at || *flags & NUMBER_TERM)
		return at;
	if (at == end)
		return NULL;
	len = *flags & NUMBER_PACKED ? SEARCH_NUMBER_PACKED : 1 + (size_t)*at;
	return len <= (size_t)(end - at) ? at + len : NULL;
}

/* --- taking apart --- */

void search_apart_release(struct search_apart *apart)
{
	free(apart->texts);
	free(apart->slots);
	*apart = (struct search_apart)SEARCH_APART_INIT;
}

enum { CHUNK = 8 };

/* A few bytes, and up to CHUNK more: most terms are done in one or two steps. */
static void chunks_copy(char *to, const void *from, size_t len)
{
	for (size_t i = 0; i < len; i += CHUNK)
		memcpy(to + i, (const char *)from + i, CHUNK);
}

/* Room for one more entry with the longest of terms, and a chunk. */
static char *apart_room(struct search_apart *apart)
{
	if (apart->count == apart->room) {
		apart->room = apart->room ? apart->room * 2 : 256;
		apart->slots = mem_grow(apart->slots, apart->room * sizeof *apart->slots);
	}
	if (apart->texts_room - apart->texts_len < SEARCH_TERM_BYTES + CHUNK) {
		apart->texts_room = (apart->texts_room + SEARCH_TERM_BYTES + CHUNK) * 2;
		apart->texts = mem_grow(apart->texts, apart->texts_room);
	}
	return apart->texts + apart->texts_len;
}

bool search_block_apart(const uint8_t *bytes, size_t len, struct search_apart *apart)
{
	const uint8_t *at = bytes, *end = bytes + len;
	struct search_slot slot = { .term = 0 };
	const char *name = NULL;
	size_t shared, more, name_len = 0;
	unsigned flags;

	apart->count = apart->texts_len = 0;
	if (len > UINT16_MAX)
		return false;
	while (at < end) {
		char *term = apart_room(apart);

		at = term_head(at, end, slot.term_len, &shared, &more);
		if (!at)
			return false;
		chunks_copy(term, apart->texts + slot.term, shared);
		if (more + CHUNK <= (size_t)(end - at))
			chunks_copy(term + shared, at, more);
		else
			memcpy(term + shared, at, more);
		slot.term = (uint32_t)apart->texts_len;
		slot.term_len = (uint16_t)(shared + more);
		term[slot.term_len] = '\0';
		apart->texts_len += slot.term_len + 1u;
		at += more;
		slot.rest = (uint16_t)(at - bytes);
		at = rest_pass(at, end, &flags);
		if (at)
			at = name_take(at, end, flags, &name, &name_len);
		if (!at)
			return false;
		slot.name = (uint16_t)((const uint8_t *)name - bytes);
		slot.name_len = (uint8_t)name_len;
		apart->slots[apart->count++] = slot;
	}
	return true;
}

bool search_slot_entry(const struct search_slot *slot, const char *texts, const uint8_t *bytes,
		       const uint8_t *end, struct search_entry *entry)
{
	unsigned flags;

	entry->term = texts + slot->term;
	entry->term_len = slot->term_len;
	entry->line.full_name = (const char *)bytes + slot->name;
	entry->line.name_len = slot->name_len;
	return rest_take(entry, bytes + slot->rest, end, &flags) != NULL;
}

/* --- writing --- */

void search_writer_init(struct search_writer *writer, size_t limit)
{
	writer->used = 0;
	writer->limit = limit < SEARCH_BLOCK_BYTES ? limit : SEARCH_BLOCK_BYTES;
	writer->term_len = writer->name_len = 0;
	writer->name = NULL;
}

static bool number_is_term(const struct search_entry *entry)
{
	char number[SEARCH_NUMBER_TEXT];
	size_t len;

	if (entry->line.number == entry->term + 1)
		return true;
	if (entry->term[0] != SEARCH_NUMBER && entry->term[0] != SEARCH_NUMBER_FRONT)
		return false;
	len = search_line_number(&entry->line, number);
	if (len != entry->term_len - 1)
		return false;
	for (size_t i = 0; i < len; i++)
		if (number[i] != entry->term[1 + (entry->term[0] == SEARCH_NUMBER ? len - 1 - i : i)])
			return false;
	return true;
}

static uint8_t *entry_put(const struct search_writer *writer, const struct search_entry *entry,
			  uint8_t *to)
{
	const struct search_line *line = &entry->line;
	size_t shared = 0, most = writer->term_len < entry->term_len ? writer->term_len : entry->term_len;
	bool is_term = number_is_term(entry);
	bool again = writer->used && writer->name && writer->name_len == line->name_len &&
		     !memcmp(writer->name, line->full_name, line->name_len);

	while (writer->used && shared < most && shared < SHARED_MAX &&
	       writer->term[shared] == entry->term[shared])
		shared++;
	*to++ = (uint8_t)shared;
	to = search_varint_put(to, entry->term_len - shared);
	memcpy(to, entry->term + shared, entry->term_len - shared);
	to += entry->term_len - shared;
	to = search_varint_put(to, (uint64_t)entry->student_id);
	*to++ = (uint8_t)((unsigned)line->status << STATUS_SHIFT | (again ? NAME_AGAIN : 0u) |
			  (is_term ? NUMBER_TERM : line->form == SEARCH_FORM_PACKED ? NUMBER_PACKED : 0u));
	to = search_varint_put(to, (uint64_t)line->group_id);
	to = search_varint_put(to, (uint64_t)line->pattern_id);
	to = search_varint_put(to, (uint64_t)line->work_id);
	to = search_varint_put(to, (uint64_t)line->open_claims);
	to = search_varint_put(to, search_varint_unsigned(line->earned_centi));
	if (!is_term && line->form == SEARCH_FORM_PACKED) {
		memcpy(to, line->number, SEARCH_NUMBER_PACKED);
		to += SEARCH_NUMBER_PACKED;
	} else if (!is_term) {
		char number[SEARCH_NUMBER_TEXT];
		size_t len = search_line_number(line, number);

		*to++ = (uint8_t)len;
		memcpy(to, number, len);
		to += len;
	}
	if (!again) {
		*to++ = (uint8_t)line->name_len;
		memcpy(to, line->full_name, line->name_len);
		to += line->name_len;
	}
	return to;
}

/* The entry is the last one now. */
static void last_set(struct search_writer *writer, const struct search_entry *entry)
{
	if (!writer->used)
		writer->key_len = search_key(entry->term, entry->term_len, entry->student_id,
					     writer->key);
	memcpy(writer->term, entry->term, entry->term_len);
	writer->term_len = entry->term_len;
	writer->name = entry->line.full_name;
	writer->name_len = entry->line.name_len;
}

bool search_writer_add(struct search_writer *writer, const struct search_entry *entry)
{
	uint8_t put[SEARCH_ENTRY_BYTES];
	size_t len = (size_t)(entry_put(writer, entry, put) - put);

	if (writer->used && writer->used + len > writer->limit)
		return false;
	memcpy(writer->bytes + writer->used, put, len);
	last_set(writer, entry);
	writer->used += len;
	return true;
}

bool search_writer_copy(struct search_writer *writer, const struct search_reader *reader)
{
	size_t len = (size_t)(reader->at - reader->start);

	if (!writer->used || writer->used + len > writer->limit)
		return false;
	memcpy(writer->bytes + writer->used, reader->start, len);
	last_set(writer, &reader->entry);
	writer->used += len;
	return true;
}
