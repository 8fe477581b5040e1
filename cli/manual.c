/* The manual pages as roff (man macros), from the tables. Lines of text that
 * begin with a dot or a quote are guarded; hyphens of options are \-. */
#include "cli/help.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/i18n.h"
#include "core/base/roff.h"
#include "core/config/option.h"

static void put(const char *text)
{
	roff_text(stdout, text);
}

static void put_sentence(const char *text)
{
	char first[2] = { (char)toupper((unsigned char)*text), '\0' };

	put(first);
	if (*text)
		put(text + 1);
	puts(*text && text[strlen(text) - 1] == '.' ? "" : ".");
}

static void section(const char *title)
{
	printf(".SH %s\n", title);
}

static void put_options(const struct opt_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct opt *opt = &list->items[i];

		if (opt->flags & OPT_HIDDEN)
			continue;
		printf(".TP\n\\fB\\-\\-");
		put(opt->name);
		printf("\\fR");
		if (opt->value) {
			printf(" \\fI");
			put(opt->value);
			printf("\\fR");
		}
		putchar('\n');
		put_sentence(opt->help && *opt->help ? opt->help : opt->name);
	}
}

static void put_verb(const struct verb *verb)
{
	printf(".SS ");
	if (verb->noun) {
		put(verb->noun);
		putchar(' ');
	}
	put(verb->name);
	if (*verb->words) {
		putchar(' ');
		put(verb->words);
	}
	putchar('\n');
	put_sentence(verb->help);
	if (verb->command) {
		printf("Permission: ");
		put_sentence(permission_label(verb->command->permission));
	}
	put_options(&verb->opts);
}

static const struct {
	const char *status, *meaning;
} statuses[] = {
	{ "0", "Done" },
	{ "1", "Not found, or an empty answer where one was asked for by name" },
	{ "2", "Wrong usage" },
	{ "3", "Refused by a rule or a permission" },
	{ "4", "Somebody changed the record meanwhile" },
	{ "5", "A bad input file" },
	{ "6", "Storage or network failed" },
	{ "7", "Offline; queued" },
	{ "130", "Interrupted" },
};

static void overpass_1(const struct verb_list *list)
{
	puts(".TH OVERPASS 1 2026-11-24 Overpass\n.SH NAME\noverpass \\- credits, cohorts and look\\-up for a learning centre");
	section("SYNOPSIS");
	puts(".B overpass\n[\\fIGLOBAL\\fR] [\\fINOUN VERB\\fR [\\fIARGS\\fR]]");
	section("DESCRIPTION");
	puts("Overpass is used at the counter of a learning centre: to find a learner, to look at a\n"
	     "cohort's week and to decide on credit claims. Without a noun the terminal application\n"
	     "opens; F1 shows its keys. With noun and verb one thing is done and its answer written\n"
	     "to standard output, as text or, with \\fB\\-\\-json\\fR, as one JSON document. Everything\n"
	     "else is written to standard error.\n.PP\n"
	     "Each verb that changes something names who acts (\\fB\\-\\-as\\fR), obeys the same rules\n"
	     "and permissions as the terminal application and leaves one event in the audit trail.");
	section("GLOBAL OPTIONS");
	put_options(&global_options);
	section("COMMANDS");
	for (size_t i = 0; i < list->count; i++)
		if (!(list->items[i]->flags & VERB_HIDDEN))
			put_verb(list->items[i]);
	section("EXIT STATUS");
	for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
		printf(".TP\n.B %s\n", statuses[i].status);
		put_sentence(statuses[i].meaning);
	}
	section("FILES");
	puts(".TP\n.I ~/.local/share/overpass/overpass.db\nThe database, when no other is named.\n"
	     ".TP\n.I ~/.config/overpass/overpass.ini\nThe configuration; see \\fBoverpass.ini\\fR(5).");
	section("EXAMPLES");
	puts(".nf\noverpass \\-\\-store sqlite:demo.db init \\-\\-demo\n"
	     "overpass \\-\\-store sqlite:demo.db \\-\\-as front_desk.1 student find zhang\n"
	     "overpass \\-\\-store sqlite:demo.db \\-\\-as auditor.1 audit verify\n.fi");
	section("SEE ALSO");
	puts("\\fBoverpass.ini\\fR(5)");
}

static void overpass_ini_5(void)
{
	const char *last = "";

	puts(".TH OVERPASS.INI 5 2026-11-24 Overpass\n.SH NAME\noverpass.ini \\- configuration of overpass");
	section("DESCRIPTION");
	puts("An INI file in UTF\\-8. Values are taken from these places, a later one wins: what is\n"
	     "built in, the system's file, the user's file, the environment, the command line.\n"
	     "\\fBoverpass config\\fR shows each value and where it came from. An unknown key is an\n"
	     "error that names the nearest known one.");
	section("OPTIONS");
	for (int o = 0; o < OPT_COUNT; o++) {
		const struct option_def *def = option_def((enum option)o);
		const size_t len = strcspn(def->name, ".");
		char variable[64];

		if (strncmp(last, def->name, len + 1) != 0)
			printf(".SS [%.*s]\n", (int)len, def->name);
		last = def->name;
		printf(".TP\n.B %s\n", def->name + len + 1);
		put_sentence(def->help);
		if (def->type == OPTION_CHOICE)
			printf("One of: %s.\n", def->choices);
		if (def->type == OPTION_NUMBER)
			printf("From %lld to %lld.\n", (long long)def->min, (long long)def->max);
		if (*def->value) {
			printf("Built in: ");
			put(def->value);
			puts(".");
		}
		printf("Environment: %s.\n", option_variable((enum option)o, variable,
							     sizeof variable));
		if (*def->flag) {
			printf("Command line: ");
			put(def->flag);
			puts(".");
		}
	}
	section("FILES");
	puts(".TP\n.I /etc/overpass/overpass.ini\nThe system's file.\n"
	     ".TP\n.I ~/.config/overpass/overpass.ini\nThe user's file.");
	section("EXAMPLE");
	puts(".nf\n[store]\nurl = sqlite:/srv/overpass/centre.db\n\n[ui]\ntheme = night\nlanguage = zh_CN\n.fi");
	section("SEE ALSO");
	puts("\\fBoverpass\\fR(1)");
}

int manual_print(const struct verb_list *list, const char *name, struct error *err)
{
	if (!strcmp(name, "overpass.1"))
		overpass_1(list);
	else if (!strcmp(name, "overpass.ini.5"))
		overpass_ini_5();
	else
		return usage_error(err, _("There is no manual page \"%.40s\""), name);
	return 0;
}
