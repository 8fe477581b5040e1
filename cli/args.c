#include "cli/args.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/civil.h"
#include "core/base/i18n.h"
#include "core/model/reason.h"

int usage_error(struct error *err, const char *format, ...)
{
	char text[sizeof err->message];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	return error_reason(err, REASON_USAGE, "what", text, NULL);
}

static char fold(char c)
{
	return c == '_' ? '-' : c;
}

bool name_same(const char *a, const char *b)
{
	while (*a && fold(*a) == fold(*b)) {
		a++;
		b++;
	}
	return !*a && !*b;
}

enum { NAME_LONGEST = 40 };

/* Edit distance in which a swap of neighbours counts as one mistake. */
static size_t name_distance(const char *a, const char *b)
{
	size_t rows[3][NAME_LONGEST + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2];
	const size_t na = strlen(a), nb = strlen(b);

	if (na > NAME_LONGEST || nb > NAME_LONGEST)
		return NAME_LONGEST;
	for (size_t j = 0; j <= nb; j++)
		above[j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t *spare = before;

		row[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			const bool same = fold(a[i - 1]) == fold(b[j - 1]);
			size_t best = above[j - 1] + (same ? 0 : 1);

			if (above[j] + 1 < best)
				best = above[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			row[j] = best;
		}
		before = above;
		above = row;
		row = spare;
	}
	return above[nb];
}

const char *name_nearest(const char *name, const char *(*next)(void *context), void *context)
{
	const size_t len = strlen(name);
	size_t best = len / 2 + 1;
	const char *found = NULL, *candidate;

	if (len > NAME_LONGEST)
		return NULL;
	while ((candidate = next(context))) {
		size_t distance = name_distance(name, candidate);

		/* A beginning is as good as one mistake: --lim for --limit. */
		if (len >= 2 && !strncmp(name, candidate, len) && distance > 1)
			distance = 1;
		if (distance < best) {
			best = distance;
			found = candidate;
		}
	}
	return found;
}

struct opt_walk {
	const struct opt_list *lists;
	size_t list_count, list, item;
};

static const char *opt_walk_next(void *context)
{
	struct opt_walk *walk = context;

	for (; walk->list < walk->list_count; walk->list++, walk->item = 0)
		while (walk->item < walk->lists[walk->list].count) {
			const struct opt *opt = &walk->lists[walk->list].items[walk->item++];

			if (!(opt->flags & OPT_HIDDEN))
				return opt->name;
		}
	return NULL;
}

/* The option of NAME, which ends at LEN. */
static const struct opt *opt_find(const struct opt_list *lists, size_t list_count,
				  const char *name, size_t len)
{
	for (size_t l = 0; l < list_count; l++)
		for (size_t i = 0; i < lists[l].count; i++) {
			const char *known = lists[l].items[i].name;
			size_t at = 0;

			while (at < len && known[at] && fold(known[at]) == fold(name[at]))
				at++;
			if (at == len && !known[at])
				return &lists[l].items[i];
		}
	return NULL;
}

static int unknown_option(const char *word, const struct opt_list *lists, size_t list_count,
			  struct error *err)
{
	struct opt_walk walk = { .lists = lists, .list_count = list_count };
	char name[NAME_LONGEST + 1];
	const char *near;

	snprintf(name, sizeof name, "%.*s", (int)strcspn(word + 2, "="), word + 2);
	near = word[1] == '-' ? name_nearest(name, opt_walk_next, &walk) : NULL;
	if (near)
		return usage_error(err, _("Unknown option \"--%s\"; did you mean \"--%s\"?"),
				   name, near);
	return usage_error(err, _("Unknown option \"%.40s\""), word);
}

static const struct given *given_find(const struct args *args, const char *name)
{
	for (size_t i = args->given_count; i > 0; i--)
		if (name_same(args->given[i - 1].opt->name, name))
			return &args->given[i - 1];
	return NULL;
}

/* Takes the option at argv[*at], and its value. */
static int take_option(struct args *args, int argc, char **argv, int *at,
		       const struct opt_list *lists, size_t list_count, struct error *err)
{
	const char *word = argv[*at];
	const char *equals = strchr(word, '=');
	const size_t len = equals ? (size_t)(equals - word) - 2 : strlen(word) - 2;
	const struct opt *opt = NULL;
	struct given *given = &args->given[args->given_count];

	if (word[1] == '-')
		opt = opt_find(lists, list_count, word + 2, len);
	else if (!strcmp(word, "-h"))
		opt = opt_find(lists, list_count, "help", 4);
	if (!opt)
		return unknown_option(word, lists, list_count, err);
	if (!(opt->flags & (OPT_MANY | OPT_LAST)) && opt->value && given_find(args, opt->name))
		return usage_error(err, _("The option --%s is given twice"), opt->name);
	given->opt = opt;
	if (opt->value && equals)
		given->text = equals + 1;
	else if (opt->value && *at + 1 < argc)
		given->text = argv[++*at];
	else if (opt->value)
		return usage_error(err, _("The option --%s needs a value: %s"), opt->name,
				   opt->value);
	else if (equals)
		return usage_error(err, _("The option --%s takes no value"), opt->name);
	args->given_count++;
	return 0;
}

int args_parse(struct args *args, int argc, char **argv, const struct opt_list *lists,
	       size_t list_count, struct arena *arena, struct error *err)
{
	bool options = true;

	memset(args, 0, sizeof *args);
	args->words = arena_array(arena, (size_t)argc + 1, sizeof *args->words);
	args->given = arena_array(arena, (size_t)argc + 1, sizeof *args->given);
	for (int i = 1; i < argc; i++) {
		const char *word = argv[i];

		if (options && !strcmp(word, "--")) {
			options = false;
		} else if (options && word[0] == '-' && word[1]) {
			int rc = take_option(args, argc, argv, &i, lists, list_count, err);

			if (rc)
				return rc;
		} else {
			args->words[args->word_count++] = word;
		}
	}
	return 0;
}

size_t args_first_words(int argc, char **argv, const struct opt_list *known,
			const char **words, size_t most)
{
	size_t count = 0;

	for (int i = 1; i < argc && count < most; i++) {
		const char *word = argv[i];

		if (!strcmp(word, "--"))
			continue;
		if (word[0] == '-' && word[1]) {
			const struct opt *opt = word[1] == '-' && !strchr(word, '=') ?
				opt_find(known, 1, word + 2, strlen(word) - 2) : NULL;

			if (opt && opt->value)
				i++;
			continue;
		}
		words[count++] = word;
	}
	return count;
}

const struct opt *args_missing(const struct args *args, const struct opt_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].flags & OPT_REQUIRED && !given_find(args, list->items[i].name))
			return &list->items[i];
	return NULL;
}

bool args_has(const struct args *args, const char *name)
{
	return given_find(args, name) != NULL;
}

const char *args_text(const struct args *args, const char *name)
{
	const struct given *given = given_find(args, name);

	return given ? given->text : NULL;
}

const char *args_or_empty(const struct args *args, const char *name)
{
	const char *text = args_text(args, name);

	return text ? text : "";
}

int args_int(const struct args *args, const char *name, int64_t min, int64_t max,
	     int64_t fallback, int64_t *value, struct error *err)
{
	const char *text = args_text(args, name);
	char *end;
	long long number;

	*value = fallback;
	if (!text)
		return 0;
	errno = 0;
	number = strtoll(text, &end, 10);
	if (errno || end == text || *end || number < min || number > max)
		return usage_error(err, _("--%s must be a whole number from %lld to %lld"), name,
				   (long long)min, (long long)max);
	*value = number;
	return 0;
}

int args_date(const struct args *args, const char *name, int64_t *value, struct error *err)
{
	const char *text = args_text(args, name);

	*value = OV_NULL;
	if (!text || date_parse(text, value))
		return 0;
	return usage_error(err, _("--%s must be a day like 2026-03-01"), name);
}
