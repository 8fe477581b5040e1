#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/password.h"
#include "cli/verb.h"
#include "core/base/i18n.h"
#include "core/config/paths.h"
#include "core/model/reason.h"

static const struct opt global_opts[] = {
	{ "store", "URL", N_("The store: sqlite:PATH, memory:, postgres://USER@HOST/DB, https://HOST, or trace+ before one of them"), OPT_LAST },
	{ "config", "FILE", N_("One INI file instead of the usual ones"), OPT_FILE | OPT_LAST },
	{ "as", "LOGIN", N_("Who acts"), OPT_LAST },
	{ "password-file", "FILE", N_("Holds the password; - reads it from standard input"), OPT_FILE | OPT_LAST },
	{ "json", NULL, N_("JSON on standard output"), 0 },
	{ "lang", "zh_CN|en", N_("Language of messages"), OPT_LAST },
	{ "theme", "NAME", N_("Theme of the terminal application"), OPT_LAST },
	{ "today", "DATE", N_("The day it is; in demo and memory databases only"), OPT_LAST },
	{ "now", "INSTANT", N_("The moment it is; in demo and memory databases only"), OPT_LAST },
	{ "quiet", NULL, N_("No progress and no remarks"), 0 },
	{ "no-progress", NULL, N_("No progress"), 0 },
	{ "help", NULL, N_("This help; also behind a noun or a verb"), 0 },
	{ "version", NULL, N_("Version of the program"), 0 },
	{ "print-man", "PAGE", N_("Print a manual page: overpass.1 or overpass.ini.5"), OPT_HIDDEN },
};
const struct opt_list global_options = OPT_LIST(global_opts);

/* Options of the configuration that have a flag are set by it. */
static int set_options(struct cli *cli)
{
	for (size_t i = 0; i < cli->args.given_count; i++) {
		const struct given *given = &cli->args.given[i];
		char flag[48];
		enum option option;
		int rc;

		if (!given->text)
			continue;
		snprintf(flag, sizeof flag, "--%s", given->opt->name);
		option = option_find_flag(flag);
		if (option == OPT_COUNT)
			continue;
		rc = option_set(cli->options, option, given->text, OPTION_COMMAND_LINE,
				arena_strdup(&cli->arena, flag), &cli->err);
		if (rc)
			return rc;
	}
	return 0;
}

static int set_clock(struct cli *cli)
{
	const char *now = args_text(&cli->args, "now");
	int rc = args_date(&cli->args, "today", &cli->clock.fixed_today, &cli->err);

	if (!rc && now && !instant_parse(now, &cli->clock.fixed_now))
		rc = usage_error(&cli->err,
				 _("--now must be a moment like 2026-03-01T08:30:00Z"));
	/* A day alone is its noon, so that both agree. */
	if (!rc && !now && cli->clock.fixed_today != OV_NULL)
		cli->clock.fixed_now = cli->clock.fixed_today * DAY_SECONDS + DAY_SECONDS / 2 -
			cli->clock.utc_offset;
	return rc;
}

static const char *default_store(struct arena *arena)
{
	return arena_printf(arena, "sqlite:%s",
			    path_join(arena, path_data_home(arena), "overpass.db"));
}

int cli_configure(struct cli *cli)
{
	int rc;

	cli->json = args_has(&cli->args, "json");
	cli->quiet = args_has(&cli->args, "quiet");
	cli->no_progress = cli->quiet || args_has(&cli->args, "no-progress");
	cli->password_file = args_text(&cli->args, "password-file");
	rc = options_load(cli->options, args_text(&cli->args, "config"), &cli->err);
	if (!rc)
		rc = set_options(cli);
	if (rc)
		return rc;
	cli->clock.utc_offset = (int)option_number(cli->options, OPT_CENTRE_UTC_OFFSET);
	cli->store_url = option_text(cli->options, OPT_STORE_URL);
	if (!*cli->store_url)
		cli->store_url = default_store(&cli->arena);
	cli->login = option_text(cli->options, OPT_STORE_LOGIN);
	return set_clock(cli);
}

const char *cli_store_path(const char *url)
{
	while (!strncmp(url, "trace+", 6))
		url += 6;
	return strncmp(url, "sqlite:", 7) ? NULL : url + 7;
}

const char *cli_ca_file(const struct cli *cli)
{
	const char *file = option_text(cli->options, OPT_STORE_CA_FILE);

	return *file ? file : NULL;
}

/* A demo world, and a server that still knows the session of before, need no
 * password. */
static int log_in_as(struct cli *cli, const char *login)
{
	char password[PASSWORD_BYTES] = "";
	int rc;

	if (!cli->password_file) {
		rc = store_login(cli->store, login, NULL, &cli->err);
		if (!rc || (cli->err.reason != REASON_LOGIN_FAILED &&
			    cli->err.reason != REASON_LOGIN_NEEDED))
			return rc;
		error_clear(&cli->err);
	}
	rc = password_read(cli->password_file, login, password, &cli->err);
	if (!rc)
		rc = store_login(cli->store, login, password, &cli->err);
	password_forget(password);
	return rc;
}

/* Who acts: the login of --as or the configuration; in a demo world the verb's
 * own, since everybody there has the same password. */
static int log_in(struct cli *cli)
{
	const char *login = cli->login;
	struct store_status status;
	int rc = store_status(cli->store, &cli->arena, &status, &cli->err);

	if (rc)
		return rc;
	if (!*login && status.demo && cli->verb->demo_login) {
		login = cli->verb->demo_login;
		if (!cli->quiet && !cli->json && isatty(STDERR_FILENO))
			fprintf(stderr, _("Demo world: acting as %s (choose with --as)\n"), login);
	}
	if (!*login)
		return error_reason(&cli->err, REASON_LOGIN_NEEDED, NULL);
	return log_in_as(cli, login);
}

int cli_open(struct cli *cli)
{
	struct store_options options = STORE_OPTIONS_INIT;
	int rc;

	options.clock = cli->clock;
	options.ca_file = cli_ca_file(cli);
	options.planner_file = option_text(cli->options, OPT_PLANNER_FILE);
	options.public_url = option_text(cli->options, OPT_SERVER_PUBLIC_URL);
	options.evidence_dir = option_text(cli->options, OPT_STORE_EVIDENCE);
	rc = store_open(cli->store_url, &options, &cli->store, &cli->err);
	if (!rc && (*cli->login || !(cli->verb->flags & VERB_ANYBODY)))
		rc = log_in(cli);
	return rc;
}

void cli_release(struct cli *cli)
{
	store_close(cli->store);
	cli->store = NULL;
	if (cli->options)
		options_release(cli->options);
	arena_release(&cli->arena);
}
