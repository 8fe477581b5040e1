/* Other keys from a keys.ini; its language is in action.h. */
#include <string.h>
#include <unistd.h>

#include "core/config/ini.h"
#include "core/model/reason.h"
#include "tui/action.h"

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
					     _("up to six key names such as F6, C-p, M-1 or a"), err);
	}
	ini_release(&ini);
	if (!rc)
		*map = made;
	return rc;
}
