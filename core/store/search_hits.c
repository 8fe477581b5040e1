#include "core/store/search_hits.h"

#include <string.h>

#include "core/base/text.h"
#include "core/store/search_internal.h"

void search_hit_style(const struct actor *actor, struct search_hit_style *style)
{
	*style = (struct search_hit_style){
		.actor = actor,
		.account = permission_has(actor, PERM_ACCOUNT),
		.claims = permission_has(actor, PERM_CLAIM_READ),
	};
	for (size_t i = 0; !style->mask && i < student_hit_fields.count; i++)
		style->mask =
			      field_grant(&student_hit_fields.fields[i], actor) != GRANT_FULL;
}

static const char *text_put(char **to, const char *text, size_t len)
{
	char *copy = *to;

	memcpy(copy, text, len);
	copy[len] = '\0';
	*to += len + 1;
	return copy;
}

/* A text of the name, once for all records of a page that lie near one another. */
static const char *name_text(struct search_hit_style *style, enum search_named kind, int64_t id,
			     int which, const struct search_name *name, struct arena *arena)
{
	uint32_t key = (uint32_t)id * 16 + (uint32_t)kind * 2 + (uint32_t)which + 1;
	struct search_hit_copy *copy = &style->copies[(key ^ key >> 4) % SEARCH_HIT_COPIES];

	if (!name || !name->text[which])
		return NULL;
	if (copy->key != key)
		*copy = (struct search_hit_copy){ key, arena_strdup(arena, name->text[which]) };
	return copy->text;
}

/* The record with the learner's own texts, in one piece. */
static struct student_hit *hit_new(struct arena *arena, const struct search_line *line)
{
	char student_no[SEARCH_NUMBER_TEXT];
	size_t number = search_line_number(line, student_no);
	struct student_hit *hit = arena_alloc(arena, sizeof *hit + number + line->name_len + 2);
	char *to = (char *)(hit + 1);

	hit->student_no = text_put(&to, student_no, number);
	hit->full_name = text_put(&to, line->full_name, line->name_len);
	hit->match_at = hit->match_len = OV_NULL;
	return hit;
}

struct student_hit *search_hit_make(struct search_names *names, struct db *db,
				    struct search_hit_style *style,
				    const struct search_line *line, struct arena *arena)
{
	const struct search_group *group = search_names_group(names, db, line->group_id);
	const struct search_name *programme, *curriculum, *cohort, *work;
	struct student_hit *hit;

	if (!group)
		return NULL;
	programme = search_names_get(names, db, NAMED_PROGRAMME, group->programme_id);
	curriculum = search_names_get(names, db, NAMED_CURRICULUM, group->curriculum_id);
	cohort = search_names_get(names, db, NAMED_COHORT, group->cohort_id);
	work = search_names_get(names, db, NAMED_WORK, line->work_id);
	hit = hit_new(arena, line);
	hit->programme = name_text(style, NAMED_PROGRAMME, group->programme_id, 0, programme, arena);
	hit->programme_name = name_text(style, NAMED_PROGRAMME, group->programme_id, 1, programme,
					arena);
	hit->cohort = name_text(style, NAMED_COHORT, group->cohort_id, 0, cohort, arena);
	if (work && *work->text[0])
		hit->plant = name_text(style, NAMED_WORK, line->work_id, 0, work, arena);
	hit->status = line->status;
	hit->min_total_centi = curriculum ? curriculum->number : OV_NULL;
	hit->earned_centi = style->account ? line->earned_centi : OV_NULL;
	hit->open_claims = style->claims ? line->open_claims : OV_NULL;
	if (style->mask)
		record_mask(&student_hit_fields, hit, style->actor, arena);
	return hit;
}

/* --- what of it was typed --- */

/* Characters of the name up to which the Han characters, or the syllables,
 * numbered FROM to TO go: blanks and dots between them do not count. */
static void name_where(const char *name, size_t from, size_t to, int64_t *at, int64_t *len)
{
	size_t bytes = strlen(name), seen = 0, place = 0, begin = 0, end = 0;

	for (size_t i = 0; i < bytes && seen < to; place++) {
		uint32_t cp;

		i += utf8_decode(name + i, bytes - i, &cp);
		if (cp == ' ' || cp == 0xb7)
			continue;
		if (seen == from)
			begin = place;
		seen++;
		end = place + 1;
	}
	if (seen == to && to > from) {
		*at = (int64_t)begin;
		*len = (int64_t)(end - begin);
	}
}

/* Characters of the first bytes of a text that is UTF-8. */
static int64_t chars_of(const char *text, size_t bytes)
{
	int64_t count = 0;

	for (size_t i = 0; i < bytes; i++)
		count += ((unsigned char)text[i] & 0xc0) != 0x80;
	return count;
}

static void han_where(const char *han, const char *name, int64_t *at, int64_t *len)
{
	struct arena arena = ARENA_INIT;
	char *solid, *to;
	const char *found = strstr(name, han);

	if (found) { /* nearly always: no blanks and dots between */
		*at = chars_of(name, (size_t)(found - name));
		*len = chars_of(han, strlen(han));
		return;
	}
	solid = to = arena_strdup(&arena, name);
	for (const char *c = solid; *c; c++)
		if (!strncmp(c, "\xc2\xb7", 2))
			c++;
		else if (*c != ' ')
			*to++ = *c;
	*to = '\0';
	found = strstr(solid, han);
	if (found) {
		size_t from;

		solid[found - solid] = '\0';
		from = utf8_count(solid);
		name_where(name, from, from + utf8_count(han), at, len);
	}
	arena_release(&arena);
}

/* ORDER is the term that was found: of initials, it has the syllables. */
static void pinyin_where(const char *letters, const char *order, const char *name,
			 int64_t *at, int64_t *len)
{
	const char *syllables = strchr(order, ' ');
	char solid[64];
	size_t to = 0;

	if (!name_surname_bytes(name))
		return; /* Latin words are not syllables: nothing to point at */
	if (syllables) {
		name_where(name, 0, pinyin_covered(letters, syllables + 1), at, len);
		return;
	}
	for (const char *c = letters; *c && to + 1 < sizeof solid; c++)
		if (*c != ' ')
			solid[to++] = *c;
	solid[to] = '\0';
	name_where(name, 0, name_covered(name, solid), at, len);
}

void hit_where(const struct search_query *query, const struct hit *hit,
	       struct student_hit *record)
{
	const char *name = record->full_name ? record->full_name : "";
	size_t typed = strlen(query->digits);
	size_t have = record->student_no ? strlen(record->student_no) : 0;

	switch (hit->matched) {
	case MATCH_NUMBER:
	case MATCH_NUMBER_TAIL:
		if (!typed || typed > have)
			return;
		record->match_at = hit->matched == MATCH_NUMBER ? 0 : (int64_t)(have - typed);
		record->match_len = (int64_t)typed;
		return;
	case MATCH_NAME:
		if (*query->han)
			han_where(query->han, name, &record->match_at, &record->match_len);
		return;
	case MATCH_INITIALS: /* all of the name */
		if (name_surname_bytes(name)) {
			record->match_at = 0;
			record->match_len = (int64_t)utf8_count(name);
		}
		return;
	case MATCH_PINYIN:
		pinyin_where(query->letters, hit->order, name, &record->match_at,
			     &record->match_len);
		return;
	default:
		return;
	}
}
