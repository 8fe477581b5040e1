/* Other keys from a keys.ini; its language is in action.h. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/config/ini.h"
#include "core/model/reason.h"
#include "tui/action.h"

/* The contexts that views have together (grep "contexts =" tui/views). */
static const unsigned together[] = {
	CTX_PANE | CTX_LIST | CTX_LOOKUP, CTX_PANE | CTX_LIST | CTX_CARD,
	CTX_PANE | CTX_LIST | CTX_COHORTS, CTX_PANE | CTX_LIST | CTX_WEEK,
	CTX_PANE | CTX_LIST | CTX_CLAIMS | CTX_CLAIM, CTX_PANE | CTX_LIST | CTX_ACCOUNT,
	CTX_PANE | CTX_LIST | CTX_LEDGER, CTX_PANE | CTX_LIST | CTX_ROUTE,
	CTX_PANE | CTX_LIST | CTX_ROLL, CTX_PANE | CTX_LIST | CTX_WISHES,
	CTX_DIALOG | CTX_CONFIRM, CTX_DIALOG | CTX_DECIDE, CTX_DIALOG | CTX_FORM,
	CTX_DIALOG | CTX_LIST, CTX_LIST | CTX_ROWS, CTX_LIST | CTX_EVIDENCE, CTX_BATCH, CTX_FIND,
};

/* Is there a view in which both could be meant? */
static bool meet(enum action_id a, enum action_id b)
{
	unsigned one = action_get(a)->contexts, two = action_get(b)->contexts;
	size_t i;

	if ((one | two) & CTX_APP)
		return true;
	for (i = 0; i < sizeof together / sizeof together[0]; i++) {
		if (one & together[i] && two & together[i])
			return true;
	}
	return false;
}

static bool in_map(const struct keymap *map, enum action_id id, key_press key)
{
	int i;

	for (i = 0; i < ACTION_KEYS_MAX; i++) {
		if (map->key[id][i] == key)
			return true;
	}
	return false;
}

/* The action whose key the file gives to ID, ACTION_COUNT when all is well. What
 * the program's own table shares on purpose is no conflict. */
static enum action_id conflict_of(const struct keymap *made, const struct keymap *own,
				  enum action_id id, key_press *key)
{
	int i, other;

	for (i = 0; i < ACTION_KEYS_MAX && made->key[id][i]; i++) {
		*key = made->key[id][i];
		for (other = 0; other < ACTION_COUNT; other++) {
			enum action_id o = (enum action_id)other;

			if (o != id && in_map(made, o, *key) && meet(id, o) &&
			    !(in_map(own, id, *key) && in_map(own, o, *key)))
				return o;
		}
	}
	return ACTION_COUNT;
}

/* Refused at load, naming both rows: a key that does two things does neither. */
static int conflicts_check(const struct keymap *made, const struct ini *ini, struct error *err)
{
	struct keymap own;
	size_t i;

	keymap_init(&own);
	for (i = 0; i < ini->count; i++) {
		enum action_id id = action_find(ini->entries[i].key), other;
		char name[KEY_NAME_MAX], expected[160];
		key_press key = K_NONE;

		other = conflict_of(made, &own, id, &key);
		if (other == ACTION_COUNT)
			continue;
		snprintf(expected, sizeof expected, _("without %s, which %s has there, too"),
			 key_label(key, name), action_get(other)->name);
		return ini_value_error(ini, &ini->entries[i], expected, err);
	}
	return 0;
}

int keymap_load(struct keymap *map, const char *path, struct error *err)
{
	struct keymap made = *map;
	struct ini ini;
	size_t i;
	int rc;

	if (access(path, F_OK) != 0)
		return 0; /* nobody has to have one */
	rc = ini_load(path, &ini, err);
	if (rc)
		return rc;
	for (i = 0; i < ini.count && !rc; i++) {
		const struct ini_entry *entry = &ini.entries[i];
		enum action_id id = action_find(entry->key);
		const char *known[ACTION_COUNT];
		int k;

		for (k = 0; k < ACTION_COUNT; k++)
			known[k] = action_get((enum action_id)k)->name;
		if (id == ACTION_COUNT || strcmp(entry->section, "keys") != 0)
			rc = ini_key_error(&ini, entry, entry->key, known, ACTION_COUNT, err);
		else if (keymap_set(&made, id, entry->value, err))
			rc = ini_value_error(&ini, entry,
					     _("up to nine key names such as F6, C-p, M-1 or a"), err);
	}
	if (!rc)
		rc = conflicts_check(&made, &ini, err);
	ini_release(&ini);
	if (!rc)
		*map = made;
	return rc;
}
