/* args.h: the words of a command line, sorted out by a table of options.
 *
 * Long options only, `--name value` or `--name=value`, anywhere among the
 * words; `--` ends them. `_` and `-` are the same in a name. A word that is a
 * single `-` is a word. Texts are those of argv, never copied. */
#ifndef OV_CLI_ARGS_H
#define OV_CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/error.h"

enum opt_flag {
	OPT_MANY = 1 << 0,     /* may be given several times */
	OPT_HIDDEN = 1 << 1,   /* for developers: not in help and completion */
	OPT_REQUIRED = 1 << 2, /* shown without brackets; see args_missing() */
	OPT_FILE = 1 << 3,     /* the value is a file: completed as one */
	OPT_LAST = 1 << 4      /* given again it counts anew, so that an alias can be overruled */
};

struct opt {
	const char *name;  /* "limit" */
	const char *value; /* what stands for the value, "N"; NULL for a flag */
	const char *help;  /* untranslated */
	unsigned flags;
};

struct opt_list {
	const struct opt *items;
	size_t count;
};

#define OPT_LIST(ARRAY) { ARRAY, sizeof(ARRAY) / sizeof (ARRAY)[0] }

struct given {
	const struct opt *opt;
	const char *text; /* NULL for a flag */
};

struct args {
	const char **words;
	size_t word_count;
	struct given *given;
	size_t given_count;
};

/* Are two names the same, `-` and `_` being one? */
bool name_same(const char *a, const char *b);
/* The nearest of what next() answers (NULL at the end), or NULL when none is
 * near enough to be meant. */
const char *name_nearest(const char *name, const char *(*next)(void *context), void *context);

/* Sorts argv[1…] by the option lists, the first list that has a name wins. The
 * arrays live in the arena. An unknown option, a missing or a superfluous
 * value, and an option given twice are OV_EUSAGE. */
int args_parse(struct args *args, int argc, char **argv, const struct opt_list *lists,
	       size_t list_count, struct arena *arena, struct error *err);

/* The words of a command line as far as they can be told without knowing the
 * verb's options: option values that follow a blank may be among them. */
size_t args_first_words(int argc, char **argv, const struct opt_list *known,
			const char **words, size_t most);

/* The first option that is required and was not given, or NULL. */
const struct opt *args_missing(const struct args *args, const struct opt_list *list);

bool args_has(const struct args *args, const char *name);
const char *args_text(const struct args *args, const char *name); /* NULL: not given */
const char *args_or_empty(const struct args *args, const char *name);
/* A whole number in min…max, FALLBACK when not given. */
int args_int(const struct args *args, const char *name, int64_t min, int64_t max,
	     int64_t fallback, int64_t *value, struct error *err);
int args_date(const struct args *args, const char *name, int64_t *value, struct error *err);

/* OV_EUSAGE with the formatted text as its message. */
int usage_error(struct error *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
