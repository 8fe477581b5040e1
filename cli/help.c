#include "cli/help.h"

#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/i18n.h"
#include "core/base/text.h"

const struct noun *noun_find(const char *name)
{
	for (size_t i = 0; i < noun_row_count; i++)
		if (!strcmp(noun_rows[i].name, name))
			return &noun_rows[i];
	return NULL;
}

/* Help texts are with or without a full stop; a row has none, a sentence has. */
static size_t without_stop(const char *text)
{
	static const char *const stops[] = { ".", "。" };
	const size_t len = strlen(text);

	for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++) {
		const size_t stop = strlen(stops[i]);

		if (len > stop && !strcmp(text + len - stop, stops[i]))
			return len - stop;
	}
	return len;
}

static void print_sentence(const char *text)
{
	printf("\n%.*s%s\n", (int)without_stop(text), text, _("."));
}

/* "  head    text", the text on a line of its own when the head is too long. */
static void print_row(const char *head, const char *text, int cells)
{
	int width = text_width(head);

	const int len = (int)without_stop(text);

	if (width > cells)
		printf("  %s\n  %*s  %.*s\n", head, cells, "", len, text);
	else
		printf("  %s%*s  %.*s\n", head, cells - width, "", len, text);
}

static void print_options(const struct opt_list *list, const char *title)
{
	char head[80];
	bool titled = false;

	for (size_t i = 0; i < list->count; i++) {
		const struct opt *opt = &list->items[i];

		if (opt->flags & OPT_HIDDEN)
			continue;
		if (!titled)
			printf("\n%s\n", title);
		titled = true;
		snprintf(head, sizeof head, opt->value ? "--%s %s" : "--%s", opt->name,
			 opt->value);
		print_row(head, opt->help && *opt->help ? _(opt->help) : "", 26);
	}
}

void help_usage(const struct verb *verb, struct buf *out)
{
	buf_printf(out, "overpass %s%s%s", verb->noun ? verb->noun : "", verb->noun ? " " : "",
		   verb->name);
	if (*verb->words)
		buf_printf(out, " %s", verb->words);
	for (size_t i = 0; i < verb->opts.count; i++) {
		const struct opt *opt = &verb->opts.items[i];
		const char *open = opt->flags & OPT_REQUIRED ? "" : "[";

		if (opt->flags & OPT_HIDDEN)
			continue;
		buf_printf(out, opt->value ? " %s--%s %s%s%s" : " %s--%s%s%s%s", open, opt->name,
			   opt->value ? opt->value : "", *open ? "]" : "",
			   opt->flags & OPT_MANY ? " …" : "");
	}
}

void help_verb(const struct verb *verb)
{
	struct buf usage = BUF_INIT;

	help_usage(verb, &usage);
	puts(buf_cstr(&usage));
	buf_release(&usage);
	print_sentence(_(verb->help));
	print_options(&verb->opts, _("Options:"));
	if (verb->command)
		printf("\n%s %s\n", _("Permission:"), _(permission_label(verb->command->permission)));
	printf("\n%s\n", _("Global options: overpass --help"));
}

static void print_verbs(const struct verb_list *list, const char *noun)
{
	char head[80];

	for (size_t i = 0; i < list->count; i++) {
		const struct verb *verb = list->items[i];

		if (verb->flags & VERB_HIDDEN ||
		    (noun ? !verb->noun || strcmp(verb->noun, noun) != 0 : verb->noun != NULL))
			continue;
		snprintf(head, sizeof head, "%s %s", verb->name, verb->words);
		print_row(head, _(verb->help), 26);
	}
}

void help_noun(const struct verb_list *list, const char *noun)
{
	const struct noun *row = noun_find(noun);

	printf("overpass %s %s\n", noun, _("VERB …"));
	if (row)
		print_sentence(_(row->help));
	printf("\n%s\n", _("Verbs:"));
	print_verbs(list, noun);
	printf("\n");
	printf(_("More about one: overpass %s VERB --help\n"), noun);
}

void help_all(const struct verb_list *list)
{
	puts("overpass [GLOBAL] [NOUN VERB [ARGS]]");
	printf("\n%s\n", _("Credits, cohorts and look-up for a learning centre. Without a noun the terminal application opens."));
	printf("\n%s\n", _("Commands:"));
	print_verbs(list, NULL);
	printf("\n%s\n", _("Nouns:"));
	for (size_t i = 0; i < list->count; i++) {
		const struct verb *verb = list->items[i];
		const struct noun *row;

		if (!verb->noun || (i && list->items[i - 1]->noun &&
				    !strcmp(list->items[i - 1]->noun, verb->noun)))
			continue;
		row = noun_find(verb->noun);
		print_row(verb->noun, row ? _(row->help) : "", 26);
	}
	print_options(&global_options, _("Global options:"));
	printf("\n%s\n", _("More: overpass NOUN --help, man overpass"));
}
