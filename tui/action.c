#include "tui/action.h"

#include <string.h>

#include "core/base/text.h"
#include "core/model/reason.h"

static const struct action actions[ACTION_COUNT] = {
#define A(id, name_, keys_, contexts_, bar_, help_, when_, handler_) \
	[ACTION_##id] = { name_, keys_, contexts_, bar_, help_, when_, handler_ },
#include "tui/action_list.h"
#undef A
};

const struct action *action_get(enum action_id id)
{
	return &actions[id];
}

enum action_id action_find(const char *name)
{
	int id;

	for (id = 0; id < ACTION_COUNT; id++) {
		if (strcmp(actions[id].name, name) == 0)
			break;
	}
	return (enum action_id)id;
}

int keymap_set(struct keymap *map, enum action_id id, const char *keys, struct error *err)
{
	key_press list[ACTION_KEYS_MAX] = { 0 };
	size_t count = 0;

	while (*keys) {
		size_t len;

		keys += strspn(keys, " \t");
		len = strcspn(keys, ",");
		if (len == 0 && *keys == ',')
			len = 1; /* the comma key itself */
		while (len > 1 && keys[len - 1] == ' ')
			len--;
		if (len && (count == ACTION_KEYS_MAX || !key_parse(keys, len, &list[count])))
			return error_reason(err, REASON_OPTION_VALUE, "key", actions[id].name,
					    "expected", _("up to nine key names such as F6, C-p, M-1 or a"),
					    NULL);
		count += len ? 1 : 0;
		keys += len;
		keys += strspn(keys, " \t");
		keys += *keys == ',' ? 1 : 0;
	}
	memcpy(map->key[id], list, sizeof list);
	return 0;
}

void keymap_init(struct keymap *map)
{
	struct error err = ERROR_INIT;
	int id;

	memset(map, 0, sizeof *map);
	for (id = 0; id < ACTION_COUNT; id++)
		keymap_set(map, (enum action_id)id, actions[id].keys, &err);
}

bool key_is_prefix(key_press key)
{
	return key == K_CTRL('x');
}

static bool has_key(const struct keymap *map, int id, key_press key)
{
	int i;

	for (i = 0; i < ACTION_KEYS_MAX && map->key[id][i]; i++) {
		if (map->key[id][i] == key)
			return true;
	}
	return false;
}

bool action_offered(struct app *app, struct view *view, enum action_id id)
{
	const struct action *action = &actions[id];

	if (!(action->contexts & (view->class->contexts | CTX_APP)))
		return false;
	return !action->when || action->when(app, view);
}

enum action_id action_lookup(struct app *app, struct view *view, key_press key)
{
	const struct keymap *map = app_keymap(app);
	int id;

	for (id = 0; id < ACTION_COUNT; id++) {
		if (has_key(map, id, key) && action_offered(app, view, (enum action_id)id))
			return (enum action_id)id;
	}
	return ACTION_COUNT;
}
