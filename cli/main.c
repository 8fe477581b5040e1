/* overpass: the command line, and the door to the terminal application. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/application.h"
#include "cli/cli.h"
#include "cli/help.h"
#include "cli/locale.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/verb.h"
#include "core/base/hash.h"
#include "core/base/i18n.h"
#include "core/config/paths.h"
#include "core/model/reason.h"

/* Messages come in the language of --lang before anything else is known, so
 * that a wrong option is told of in it too. */
static void set_language(struct cli *cli, int argc, char **argv)
{
	const char *language = getenv("OVERPASS_UI_LANGUAGE");

	locale_start();
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--lang") && i + 1 < argc)
			language = argv[i + 1];
		else if (!strncmp(argv[i], "--lang=", 7))
			language = argv[i] + 7;
		else if (!strcmp(argv[i], "--json"))
			cli->json = true; /* errors of the options are JSON too */
	}
	if (language && strcmp(language, "auto") != 0)
		setenv("LANGUAGE", language, 1);
	bindtextdomain("overpass", path_locale(&cli->arena));
	bind_textdomain_codeset("overpass", "UTF-8");
	textdomain("overpass");
}

/* The language of the configuration file, when nothing stronger was said. */
static void language_from_options(const struct cli *cli)
{
	if (option_is(cli->options, OPT_UI_LANGUAGE, "auto"))
		return;
	setenv("LANGUAGE", option_text(cli->options, OPT_UI_LANGUAGE), 1);
	textdomain("overpass"); /* makes gettext look again */
}

static int run_verb(struct cli *cli)
{
	const struct verb *verb = cli->verb;
	/* What a command needs, its handler says, with the field's name. */
	const struct opt *missing = verb->command ? NULL : args_missing(&cli->args, &verb->opts);
	int rc = 0;

	if (cli->args.word_count < verb->min)
		return usage_error(&cli->err, _("%s is missing"), verb->words);
	if (cli->args.word_count > verb->max)
		return usage_error(&cli->err, _("One word too many: \"%.60s\""),
				   cli->args.words[verb->max]);
	if (missing)
		return usage_error(&cli->err, _("--%s is needed"), missing->name);
	if (!(verb->flags & VERB_NO_STORE)) {
		rc = cli_open(cli);
		progress_start(cli);
	}
	if (!rc)
		rc = verb->run(cli);
	progress_stop();
	return rc;
}

static int run_application(struct cli *cli)
{
	if (!locale_is_utf8())
		return error_reason(&cli->err, REASON_TERM_LOCALE, "locale", locale_asked(), NULL);
	return application_run(cli);
}

/* Sorts the words: noun and verb first, since they say which options there
 * are. */
static int parse(struct cli *cli, const struct verb_list *list, int argc, char **argv,
		 const char **noun)
{
	const char *words[2];
	struct opt_list lists[2];
	size_t used, count = args_first_words(argc, argv, &global_options, words, 2);
	int rc = verb_find(list, words, count, &cli->verb, noun, &used, &cli->err);

	if (rc)
		return rc;
	lists[0] = cli->verb ? cli->verb->opts : (struct opt_list){ NULL, 0 };
	lists[1] = global_options;
	rc = args_parse(&cli->args, argc, argv, lists, 2, &cli->arena, &cli->err);
	if (!rc) {
		cli->args.words += used;
		cli->args.word_count -= used;
	}
	return rc;
}

static int run(struct cli *cli, int argc, char **argv)
{
	struct verb_list list;
	const char *noun, *page;
	int rc;

	verb_list_build(&list, &cli->arena);
	rc = parse(cli, &list, argc, argv, &noun);
	if (rc)
		return rc;
	page = args_text(&cli->args, "print-man");
	if (page)
		return manual_print(&list, page, &cli->err);
	if (args_has(&cli->args, "version")) {
		puts(PACKAGE_STRING);
		return 0;
	}
	if (args_has(&cli->args, "help")) {
		if (cli->verb)
			help_verb(cli->verb);
		else if (noun)
			help_noun(&list, noun);
		else
			help_all(&list);
		return 0;
	}
	if (noun && !cli->verb)
		return usage_error(&cli->err, _("\"%s\" needs a verb; see: overpass %s --help"),
				   noun, noun);
	rc = cli_configure(cli);
	if (rc)
		return rc;
	language_from_options(cli);
	return cli->verb ? run_verb(cli) : run_application(cli);
}

int main(int argc, char **argv)
{
	struct cli cli = { .clock = CLOCK_INIT };
	struct options options;
	int rc;

	arena_init(&cli.arena);
	set_language(&cli, argc, argv);
	options_init(&options);
	cli.options = &options;
	if (hash_setup())
		rc = error_reason(&cli.err, REASON_BUG, "what",
				  _("the machine has no source of randomness"), NULL);
	else
		rc = run(&cli, argc, argv);
	if (fflush(stdout) || ferror(stdout)) {
		const int why = errno;

		if (!rc)
			rc = error_reason(&cli.err, REASON_FILE_WRITE, "file",
					  _("standard output"), "why", strerror(why), NULL);
	}
	if (rc)
		output_error(&cli);
	cli_release(&cli);
	return error_exit_status(rc);
}
