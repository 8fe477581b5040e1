#include "core/model/kind.h"

#include "core/model/reason.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const struct field_table *table;
	enum permission permission;
} kinds[KIND_COUNT] = {
#define KIND_ROW(UPPER, lower, perm) [KIND_##UPPER] = { &lower##_fields, PERM_##perm },
	STORED_KINDS(KIND_ROW)
	DERIVED_KINDS(KIND_ROW)
#undef KIND_ROW
};

const struct field_table *kind_fields(enum kind kind)
{
	return kinds[kind].table;
}

enum permission kind_permission(enum kind kind)
{
	return kinds[kind].permission;
}

bool kind_stored(enum kind kind)
{
	return kind > KIND_NONE && kind < KIND_STORED_END;
}

bool kind_found(enum kind kind)
{
	return kind_stored(kind) || kind == KIND_CLAIM_ROW || kind == KIND_CLAIM_QUEUE ||
	       kind == KIND_LEDGER_ROW;
}

const struct field_table *kind_conditions(enum kind kind)
{
	return kind == KIND_CLAIM_ROW ? &claim_condition_fields : NULL;
}

const struct field *kind_condition(enum kind kind, const char *name)
{
	const struct field_table *table = kind_conditions(kind);

	return table ? field_find(table, name) : NULL;
}

/* Names and plurals in order, since each request of the server asks for one. */
static struct word {
	const char *text;
	enum kind kind;
} words[2 * KIND_COUNT];

static int compare_words(const void *a, const void *b)
{
	return strcmp(((const struct word *)a)->text, ((const struct word *)b)->text);
}

static size_t word_count;

static void sort_words(void)
{
	for (int k = 1; k < KIND_COUNT; k++) {
		words[word_count++] = (struct word){ kinds[k].table->name, (enum kind)k };
		if (strcmp(kinds[k].table->name, kinds[k].table->plural) != 0)
			words[word_count++] = (struct word){ kinds[k].table->plural, (enum kind)k };
	}
	qsort(words, word_count, sizeof *words, compare_words);
}

enum kind kind_find(const char *name)
{
	static pthread_once_t sorted = PTHREAD_ONCE_INIT;
	const struct word wanted = { name, KIND_NONE }, *found;

	pthread_once(&sorted, sort_words);
	found = bsearch(&wanted, words, word_count, sizeof *words, compare_words);
	return found ? found->kind : KIND_NONE;
}

enum kind kind_of(const struct field_table *table)
{
	for (int k = 1; k < KIND_COUNT; k++)
		if (kinds[k].table == table)
			return (enum kind)k;
	return KIND_NONE;
}

void bundle_init(struct bundle *bundle, struct arena *arena)
{
	memset(bundle, 0, sizeof *bundle);
	bundle->arena = arena;
}

static struct record_list *list_of(struct bundle *bundle, const struct field_table *table)
{
	const size_t most = sizeof bundle->lists / sizeof bundle->lists[0];

	for (size_t i = 0; i < bundle->count; i++)
		if (bundle->lists[i].table == table)
			return &bundle->lists[i];
	if (bundle->count == most)
		return NULL;
	bundle->lists[bundle->count].table = table;
	return &bundle->lists[bundle->count++];
}

void bundle_add(struct bundle *bundle, const struct field_table *table, void *record)
{
	struct record_list *list = list_of(bundle, table);

	if (!list)
		return;
	/* Room doubles at each power of two, from 4 on. */
	if (list->count == 0 || (list->count >= 4 && !(list->count & (list->count - 1)))) {
		void **grown = arena_array(bundle->arena,
					   list->count ? list->count * 2 : 4, sizeof *grown);

		if (list->count)
			memcpy(grown, list->items, list->count * sizeof *grown);
		list->items = grown;
	}
	list->items[list->count++] = record;
}

const struct record_list *bundle_list(const struct bundle *bundle,
				      const struct field_table *table)
{
	static const struct record_list none;

	for (size_t i = 0; i < bundle->count; i++)
		if (bundle->lists[i].table == table)
			return &bundle->lists[i];
	return &none;
}

void *bundle_first(const struct bundle *bundle, const struct field_table *table)
{
	const struct record_list *list = bundle_list(bundle, table);

	return list->count ? list->items[0] : NULL;
}

static void field_clear(const struct field *field, void *record)
{
	switch (field->type) {
	case FT_TEXT:
		field_set_text(field, record, NULL);
		break;
	case FT_HASH:
		field_set_hash(field, record, NULL);
		break;
	case FT_LIST:
		break;
	default:
		field_set_int(field, record, OV_NULL);
	}
}

enum grant field_grant(const struct field *field, const struct actor *actor)
{
	if (field->flags & SECRET)
		return GRANT_NONE;
	if (actor->system)
		return GRANT_FULL;
	if (field->pii == P2)
		return permission_grant(actor, PERM_SEE_P2);
	if (field->pii == P3)
		return permission_grant(actor, PERM_SEE_P3);
	return GRANT_FULL;
}

void record_mask(const struct field_table *table, void *record,
		 const struct actor *actor, struct arena *arena)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct field *field = &table->fields[i];
		enum grant grant = field_grant(field, actor);

		if (grant == GRANT_FULL)
			continue;
		if (grant == GRANT_MASKED && field->type == FT_TEXT)
			field_set_text(field, record,
				       mask_text(field->mask, field_text(field, record), arena));
		else if (grant == GRANT_MASKED && field->mask == MASK_ALL)
			continue; /* numbers of a masked class: marks, teams; a role with M sees them */
		else
			field_clear(field, record);
	}
}

void bundle_mask(struct bundle *bundle, const struct actor *actor)
{
	for (size_t l = 0; l < bundle->count; l++)
		for (size_t i = 0; i < bundle->lists[l].count; i++)
			record_mask(bundle->lists[l].table, bundle->lists[l].items[i],
				    actor, bundle->arena);
}
