#include "core/store/search_block.h"

#include <string.h>

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

/* The term, from what it shares with the one before. */
static const uint8_t *term_take(struct search_reader *reader, const uint8_t *at)
{
	size_t shared;
	uint64_t more;

	if (at == reader->end)
		return NULL;
	shared = *at++;
	at = search_varint_take(at, reader->end, &more);
	if (!at || shared > reader->entry.term_len || more > (size_t)(reader->end - at) ||
	    shared + more >= SEARCH_TERM_BYTES)
		return NULL;
	for (size_t i = 0; i < more; i++) /* a few */
		reader->term[shared + i] = (char)at[i];
	reader->entry.term_len = shared + more;
	reader->term[shared + more] = '\0';
	return at + more;
}

static const uint8_t *number_take(struct search_reader *reader, const uint8_t *at, unsigned flags)
{
	struct search_line *line = &reader->entry.line;

	if (flags & NUMBER_TERM) {
		if (!reader->entry.term_len)
			return NULL;
		line->form = reader->term[0] == SEARCH_NUMBER ? SEARCH_FORM_REVERSED : SEARCH_FORM_TEXT;
		line->number = reader->term + 1;
		line->number_len = reader->entry.term_len - 1;
		return line->number_len < SEARCH_NUMBER_TEXT ? at : NULL;
	}
	line->form = flags & NUMBER_PACKED ? SEARCH_FORM_PACKED : SEARCH_FORM_TEXT;
	if (flags & NUMBER_PACKED)
		line->number_len = SEARCH_NUMBER_PACKED;
	else if (at == reader->end || *at >= SEARCH_NUMBER_TEXT)
		return NULL;
	else
		line->number_len = *at++;
	if (line->number_len > (size_t)(reader->end - at))
		return NULL;
	line->number = (const char *)at;
	return at + line->number_len;
}

static const uint8_t *name_take(struct search_reader *reader, const uint8_t *at, unsigned flags)
{
	struct search_line *line = &reader->entry.line;

	if (flags & NAME_AGAIN)
		return line->full_name ? at : NULL;
	if (at == reader->end || *at > reader->end - at - 1)
		return NULL;
	line->name_len = *at++;
	line->full_name = (const char *)at;
	return at + line->name_len;
}

static const uint8_t *entry_take(struct search_reader *reader, const uint8_t *at)
{
	struct search_line *line = &reader->entry.line;
	const uint8_t *end = reader->end;
	uint64_t id, group, pattern, work, claims, earned;
	unsigned flags;

	at = term_take(reader, at);
	if (!at)
		return NULL;
	at = search_varint_take(at, end, &id);
	if (!at || at == end)
		return NULL;
	flags = *at++;
	at = search_varint_take(at, end, &group);
	at = search_varint_take(at, end, &pattern);
	at = search_varint_take(at, end, &work);
	at = search_varint_take(at, end, &claims);
	at = search_varint_take(at, end, &earned);
	if (!at)
		return NULL;
	reader->entry.student_id = (int64_t)id;
	line->status = flags >> STATUS_SHIFT;
	line->group_id = (int64_t)group;
	line->pattern_id = (int64_t)pattern;
	line->work_id = (int64_t)work;
	line->open_claims = (int64_t)claims;
	line->earned_centi = search_varint_signed(earned);
	at = number_take(reader, at, flags);
	return at ? name_take(reader, at, flags) : NULL;
}

bool search_reader_next(struct search_reader *reader)
{
	const uint8_t *at;

	if (reader->at == reader->end || reader->damaged)
		return false;
	reader->start = reader->at;
	at = entry_take(reader, reader->at);
	reader->damaged = !at;
	if (at)
		reader->at = at;
	return at != NULL;
}

/* --- seeking --- */

/* Behind a number of seven bits a byte. */
static const uint8_t *varint_pass(const uint8_t *at, const uint8_t *end)
{
	while (at < end && *at >= 0x80)
		at++;
	return at < end ? at + 1 : NULL;
}

/* What follows the term of an entry, but for the name when it has one. */
static const uint8_t *rest_pass(struct search_reader *reader, const uint8_t *at)
{
	const uint8_t *end = reader->end;
	unsigned flags;
	size_t len;

	at = varint_pass(at, end);
	if (!at || at == end)
		return NULL;
	flags = *at++;
	for (int numbers = 0; at && numbers < 5; numbers++)
		at = varint_pass(at, end);
	if (!at)
		return NULL;
	if (!(flags & NUMBER_TERM)) {
		if (at == end)
			return NULL;
		len = flags & NUMBER_PACKED ? SEARCH_NUMBER_PACKED : 1 + (size_t)*at;
		if (len > (size_t)(end - at))
			return NULL;
		at += len;
	}
	return name_take(reader, at, flags);
}

void search_reader_seek(struct search_reader *reader, const char *prefix, size_t len)
{
	size_t match = 0; /* bytes that the last term and the prefix share */

	while (match < len && match < reader->entry.term_len && reader->term[match] == prefix[match])
		match++;
	while (reader->at < reader->end) {
		const uint8_t *at = reader->at;
		size_t shared = *at++, same = match;
		uint64_t more;

		if (shared < match)
			return; /* greater at the first byte it does not share */
		at = search_varint_take(at, reader->end, &more);
		if (!at || more > (size_t)(reader->end - at) || shared > reader->entry.term_len ||
		    shared + more >= SEARCH_TERM_BYTES)
			break;
		if (shared == match) {
			size_t i = 0;

			while (i < more && same < len && at[i] == (uint8_t)prefix[same]) {
				i++;
				same++;
			}
			if (same == len || (i < more && at[i] > (uint8_t)prefix[same]))
				return;
		}
		for (size_t i = 0; i < more; i++)
			reader->term[shared + i] = (char)at[i];
		at = rest_pass(reader, at + more);
		if (!at)
			break;
		reader->entry.term_len = shared + more;
		match = same;
		reader->at = at;
	}
	reader->damaged = reader->at < reader->end;
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
