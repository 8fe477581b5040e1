/* The completion of bash: the words of the tables in one case statement. It
 * needs nothing but bash, asks no database and so never waits. */
#include "cli/help.h"

#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"

static void print_names(const struct opt_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (!(list->items[i].flags & OPT_HIDDEN))
			printf(" --%s", list->items[i].name);
}

/* The options among those of a list that have (or have no) value, as a pattern. */
static void print_pattern(const struct verb_list *list, unsigned flag, bool any_value)
{
	printf("--config|--password-file");
	for (size_t v = 0; v < list->count; v++) {
		const struct opt_list *opts = &list->items[v]->opts;

		for (size_t i = 0; i < opts->count; i++)
			if (opts->items[i].value && (any_value || opts->items[i].flags & flag))
				printf("|--%s", opts->items[i].name);
	}
	for (size_t i = 0; any_value && i < global_options.count; i++)
		if (global_options.items[i].value)
			printf("|--%s", global_options.items[i].name);
}

static void print_first_words(const struct verb_list *list)
{
	const char *last = NULL;

	for (size_t i = 0; i < list->count; i++) {
		const struct verb *verb = list->items[i];

		if (verb->noun && last && !strcmp(last, verb->noun))
			continue;
		printf(" %s", verb->noun ? verb->noun : verb->name);
		last = verb->noun;
	}
}

static void print_second_words(const struct verb_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const char *noun = list->items[i]->noun;

		if (!noun || (i && list->items[i - 1]->noun &&
			      !strcmp(list->items[i - 1]->noun, noun)))
			continue;
		printf("\t\t%s) words=\"", noun);
		for (size_t v = i; v < list->count && !strcmp(list->items[v]->noun, noun); v++)
			if (!(list->items[v]->flags & VERB_HIDDEN))
				printf("%s%s", v > i ? " " : "", list->items[v]->name);
		printf("\" ;;\n");
	}
}

static void print_options_of_verbs(const struct verb_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct verb *verb = list->items[i];

		printf("\t\"%s%s%s\") words=\"", verb->noun ? verb->noun : "",
		       verb->noun ? " " : "", verb->name);
		print_names(&verb->opts);
		printf("\"%s ;;\n", verb->flags & VERB_FILE ? " files=1" : "");
	}
}

void completion_print(const struct verb_list *list)
{
	printf("# bash completion of overpass, printed by: overpass completion bash\n"
	       "_overpass() {\n"
	       "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
	       "\tlocal i noun= verb= words= files= global=\"");
	print_names(&global_options);
	printf("\"\n\tCOMPREPLY=()\n\tcase $prev in\n\t");
	print_pattern(list, OPT_FILE, false);
	printf(")\n\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
	       "\t\treturn ;;\n\tesac\n"
	       "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	       "\t\tcase ${COMP_WORDS[i]} in\n\t\t");
	print_pattern(list, 0, true);
	printf(") ((i++)) ;;\n"
	       "\t\t-*) ;;\n"
	       "\t\t*) if [ -z \"$noun\" ]; then noun=${COMP_WORDS[i]}\n"
	       "\t\t\telif [ -z \"$verb\" ]; then verb=${COMP_WORDS[i]}; fi ;;\n"
	       "\t\tesac\n\tdone\n"
	       "\tif [ -z \"$noun\" ]; then\n\t\twords=\"");
	print_first_words(list);
	printf("\"\n\telif [ -z \"$verb\" ]; then\n\t\tcase $noun in\n");
	print_second_words(list);
	printf("\t\tesac\n\tfi\n"
	       "\tcase \"$noun${verb:+ $verb}\" in\n");
	print_options_of_verbs(list);
	printf("\tesac\n"
	       "\tcase $cur in\n"
	       "\t-*) mapfile -t COMPREPLY < <(compgen -W \"$words $global\" -- \"$cur\") ;;\n"
	       "\t*) if [ -n \"$files\" ]; then mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
	       "\t\telse mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\"); fi ;;\n"
	       "\tesac\n}\ncomplete -o filenames -F _overpass overpass\n");
}

int completion_run(struct cli *cli)
{
	struct verb_list list;

	if (strcmp(cli_word(cli, 0), "bash") != 0)
		return usage_error(&cli->err, _("There is a completion for bash only, not for \"%.40s\""),
				   cli_word(cli, 0));
	verb_list_build(&list, &cli->arena);
	completion_print(&list);
	return 0;
}
