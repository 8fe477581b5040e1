/* `overpass` without a noun: the terminal application. */
#include "cli/application.h"

#include <string.h>

#include "cli/password.h"
#include "core/config/paths.h"
#include "core/db/db_url.h"
#include "tui/tui.h"

static int open_store(void *context, struct store **store, struct error *err)
{
	const struct cli *cli = context;
	struct store_options options = STORE_OPTIONS_INIT;

	options.clock = cli->clock;
	options.rests = true; /* the worker says when */
	options.ca_file = cli_ca_file(cli);
	options.planner_file = option_text(cli->options, OPT_PLANNER_FILE);
	options.public_url = option_text(cli->options, OPT_SERVER_PUBLIC_URL);
	options.evidence_dir = option_text(cli->options, OPT_STORE_EVIDENCE);
	return store_open(cli->store_url, &options, store, err);
}

/* What the title bar calls the store: the file's name, or the URL. */
static const char *store_name(const struct cli *cli, struct arena *arena)
{
	const char *path = cli_store_path(cli->store_url);
	const char *slash = path ? strrchr(path, '/') : NULL;

	return slash ? slash + 1 : path ? path : db_url_shown(cli->store_url, arena);
}

static const char *folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_strndup(arena, path, (size_t)(slash - path)) : ".";
}

/* By flag or environment: for this run, whatever a person has settled. */
static bool given(const struct options *config, enum option option)
{
	return config->value[option].source >= OPTION_ENVIRONMENT;
}

/* The finer of the two options counts where it is set. */
static int lock_seconds(const struct options *config)
{
	int seconds = (int)option_number(config, OPT_UI_LOCK_SECONDS);

	return seconds ? seconds : (int)option_number(config, OPT_UI_LOCK_MINUTES) * 60;
}

int application_run(struct cli *cli)
{
	static const enum cursor_style styles[] = { CURSOR_MARKER, CURSOR_BAR, CURSOR_AUTO };
	const struct options *config = cli->options;
	char password[PASSWORD_BYTES] = "";
	struct tui_options options = {
		.source = { open_store, store_cancel, store_close, cli, store_rest },
		.login = *cli->login ? cli->login : NULL,
		.password = cli->password_file ? password : NULL,
		.store_name = store_name(cli, &cli->arena),
		.theme = option_text(config, OPT_UI_THEME),
		.language = option_is(config, OPT_UI_LANGUAGE, "auto") ? NULL :
			option_text(config, OPT_UI_LANGUAGE),
		.data_dir = path_program_data(&cli->arena),
		.user_dir = path_config_home(&cli->arena),
		.system_dir = folder_of(&cli->arena, path_system_config(&cli->arena)),
		.planner_file = option_text(config, OPT_PLANNER_FILE),
		.state_dir = path_state_home(&cli->arena),
		.cursor = styles[option_number(config, OPT_UI_CURSOR)],
		.escdelay = (int)option_number(config, OPT_UI_ESCDELAY),
		.reveal_seconds = (int)option_number(config, OPT_UI_REVEAL_SECONDS),
		.lock_seconds = lock_seconds(config),
		.theme_given = given(config, OPT_UI_THEME),
		.language_given = given(config, OPT_UI_LANGUAGE),
		.cursor_given = given(config, OPT_UI_CURSOR),
		.may_copy = option_is(config, OPT_UI_COPY, "on"),
		.ambiguous_wide = option_is(config, OPT_UI_AMBIGUOUS, "wide"),
		.clock = cli->clock,
		.views = &overpass_views,
	};
	int rc = 0;

	if (cli->password_file)
		rc = password_read(cli->password_file, cli->login, password, &cli->err);
	if (!rc)
		rc = tui_main(&options, &cli->err);
	password_forget(password);
	return rc;
}
