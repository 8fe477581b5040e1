#include "cli/verb.h"

#include <string.h>

#include "core/base/i18n.h"

/* The noun under which a command's name falls, "rules" for "rule.enter". */
static const char *command_noun(const struct command_def *def, struct arena *arena)
{
	const size_t len = strcspn(def->name, ".");

	for (size_t i = 0; i < noun_row_count; i++)
		if (strlen(noun_rows[i].prefix) == len &&
		    !strncmp(noun_rows[i].prefix, def->name, len))
			return noun_rows[i].name;
	return arena_strndup(arena, def->name, len);
}

static bool is_verb(const struct verb *verb, const char *noun, const char *name)
{
	if (!verb->noun || !noun)
		return verb->noun == noun && name_same(verb->name, name);
	return name_same(verb->noun, noun) && name_same(verb->name, name);
}

static bool has_row(const struct command_def *def, const char *noun)
{
	for (size_t i = 0; i < verb_row_count; i++) {
		const char *stands_for = verb_rows[i].stands_for;

		if (is_verb(&verb_rows[i], noun, strchr(def->name, '.') + 1) ||
		    (stands_for && !strcmp(stands_for, def->name)))
			return true;
	}
	return false;
}

static struct verb *derive(const struct command_def *def, const char *noun, struct arena *arena)
{
	struct verb *verb = arena_alloc(arena, sizeof *verb);

	verb->noun = noun;
	verb->name = strchr(def->name, '.') + 1;
	verb->words = verb_command_target(def);
	verb->min = verb->max = *verb->words ? 1 : 0;
	verb->help = def->help;
	verb->run = verb_command_run;
	verb->flags = (def->flags & CMD_BULK ? VERB_PROGRESS : 0u) |
		(def->flags & CMD_SYSTEM ? VERB_HIDDEN : 0u);
	verb->command = def;
	verb->opts = verb_command_options(def, arena);
	return verb;
}

void verb_list_build(struct verb_list *list, struct arena *arena)
{
	const size_t commands = command_count();
	const struct verb **all = arena_array(arena, verb_row_count + commands, sizeof *all);
	size_t count = 0;

	for (size_t i = 0; i < verb_row_count; i++)
		all[count++] = &verb_rows[i];
	for (size_t i = 0; i < commands; i++) {
		const struct command_def *def = command_at(i);
		const char *noun = command_noun(def, arena);

		if (!has_row(def, noun))
			all[count++] = derive(def, noun, arena);
	}
	list->items = arena_array(arena, count, sizeof *list->items);
	list->count = 0;
	for (size_t i = 0; i < count; i++) {
		const char *noun = all[i] ? all[i]->noun : NULL;

		/* What stands alone, or all of a noun where it comes first. */
		for (size_t v = i; v < (noun ? count : i + 1); v++)
			if (all[v] && (v == i || (all[v]->noun && !strcmp(all[v]->noun, noun)))) {
				list->items[list->count++] = all[v];
				all[v] = NULL;
			}
	}
}

struct verb_walk {
	const struct verb_list *list;
	const char *noun; /* NULL: words that may stand first */
	size_t at;
};

static const char *verb_walk_next(void *context)
{
	struct verb_walk *walk = context;

	while (walk->at < walk->list->count) {
		const struct verb *verb = walk->list->items[walk->at++];

		if (!walk->noun)
			return verb->noun ? verb->noun : verb->name;
		if (verb->noun && name_same(verb->noun, walk->noun))
			return verb->name;
	}
	return NULL;
}

static int unknown_word(const struct verb_list *list, const char *noun, const char *word,
			struct error *err)
{
	struct verb_walk walk = { .list = list, .noun = noun };
	const char *near = name_nearest(word, verb_walk_next, &walk);

	if (noun && near)
		return usage_error(err, _("\"%s\" has no \"%.40s\"; did you mean \"%s\"?"), noun,
				   word, near);
	if (noun)
		return usage_error(err, _("\"%s\" has no \"%.40s\""), noun, word);
	if (near)
		return usage_error(err, _("There is no \"%.40s\"; did you mean \"%s\"?"), word, near);
	return usage_error(err, _("There is no \"%.40s\""), word);
}

int verb_find(const struct verb_list *list, const char *const *words, size_t count,
	      const struct verb **verb, const char **noun, size_t *used, struct error *err)
{
	*verb = NULL;
	*noun = NULL;
	*used = 0;
	if (count == 0)
		return 0;
	for (size_t i = 0; i < list->count; i++) {
		const struct verb *item = list->items[i];

		if (is_verb(item, NULL, words[0])) {
			*verb = item;
			*used = 1;
			return 0;
		}
		if (item->noun && name_same(item->noun, words[0]))
			*noun = item->noun;
		if (count > 1 && item->noun && is_verb(item, words[0], words[1])) {
			*verb = item;
			*used = 2;
			return 0;
		}
	}
	if (!*noun)
		return unknown_word(list, NULL, words[0], err);
	*used = 1;
	return count > 1 ? unknown_word(list, *noun, words[1], err) : 0;
}
