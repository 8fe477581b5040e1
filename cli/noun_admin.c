/* The database as a whole: made, copied, brought back. */
#include "cli/verb.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/output.h"
#include "cli/progress.h"
#include "core/base/i18n.h"
#include "core/config/paths.h"
#include "core/model/reason.h"

static void say_file(const struct cli *cli, const char *done, const char *file)
{
	if (cli->json)
		output_json(json_pack("{s:s}", "file", file));
	else if (!cli->quiet)
		printf("%s %s\n", done, file);
}

/* A database that was made but could not be filled is no database. */
static void remove_database(const char *path, struct arena *arena)
{
	unlink(path);
	unlink(arena_printf(arena, "%s-wal", path));
	unlink(arena_printf(arena, "%s-shm", path));
}

int init_run(struct cli *cli)
{
	const char *path = cli_store_path(cli->store_url);
	struct store_options options = STORE_OPTIONS_INIT;
	int rc = 0;

	if (path && !access(path, F_OK))
		return error_reason(&cli->err, REASON_STORE_EXISTS, "file", path, NULL);
	if (!args_has(&cli->args, "store"))
		rc = path_make_folder(path_data_home(&cli->arena), &cli->err);
	options.create = true;
	if (!rc)
		rc = store_open(cli->store_url, &options, &cli->store, &cli->err);
	store_close(cli->store);
	cli->store = NULL;
	if (rc && path)
		remove_database(path, &cli->arena);
	if (!rc)
		say_file(cli, _("Created:"), path ? path : cli->store_url);
	return rc;
}
