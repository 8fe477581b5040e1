/* The database as a whole: made, copied, brought back. */
#include "cli/verb.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/evidence_words.h"
#include "cli/output.h"
#include "cli/password.h"
#include "cli/progress.h"
#include "core/base/i18n.h"
#include "core/config/paths.h"
#include "core/model/reason.h"
#include "core/store/admin.h"
#include "core/store/demo_world.h"
#include "core/store/first_user.h"
#include "core/db/db_url.h"

enum { DEMO_STUDENTS = 2000 };

static void say_file(const struct cli *cli, const char *done, const char *file)
{
	if (cli->json)
		output_json(json_pack("{s:o}", "file", output_text(file)));
	else if (!cli->quiet)
		printf("%s %s\n", done, file);
}

static int make_demo(struct cli *cli)
{
	int64_t students, seed;
	int rc = args_int(&cli->args, "students", 0, DEMO_STUDENTS_MAX, DEMO_STUDENTS, &students,
			  &cli->err);

	if (!rc)
		rc = args_int(&cli->args, "seed", 0, INT64_MAX, DEMO_DEFAULT_SEED, &seed,
			      &cli->err);
	return rc ? rc : demo_create(cli->store, students, (uint64_t)seed, &cli->err);
}

static int make_admin(struct cli *cli)
{
	const char *login = args_text(&cli->args, "admin");
	char password[PASSWORD_BYTES];
	int rc = password_read(cli->password_file, login, password, &cli->err);

	if (!rc)
		rc = store_first_user(cli->store, login, password, &cli->err);
	password_forget(password);
	return rc;
}

static int check_init(struct cli *cli)
{
	const bool demo = args_has(&cli->args, "demo");

	if (!demo && (args_has(&cli->args, "students") || args_has(&cli->args, "seed")))
		return usage_error(&cli->err, _("--students and --seed go with --demo"));
	if (demo && args_has(&cli->args, "admin"))
		return usage_error(&cli->err, _("A demo world has its administrators: leave --admin out"));
	return 0;
}

int init_run(struct cli *cli)
{
	const bool demo = args_has(&cli->args, "demo");
	const char *path = cli_store_path(cli->store_url);
	struct store_options options = STORE_OPTIONS_INIT;
	int rc = check_init(cli);

	options.evidence_dir = option_text(cli->options, OPT_STORE_EVIDENCE);
	if (!rc && !args_has(&cli->args, "store"))
		rc = path_make_folder(path_data_home(&cli->arena), &cli->err);
	if (!rc)
		rc = store_create(cli->store_url, &options, &cli->store, &cli->err);
	if (rc)
		return rc;
	progress_start(cli);
	if (demo)
		rc = make_demo(cli);
	else if (args_has(&cli->args, "admin"))
		rc = make_admin(cli);
	else if (!cli->quiet)
		fprintf(stderr, "%s\n", _("Nobody can log in yet: init --admin LOGIN makes the first user"));
	progress_stop();
	store_close(cli->store);
	cli->store = NULL;
	if (rc)
		store_remove(cli->store_url);
	else
		say_file(cli, _("Created:"), path ? path : db_url_shown(cli->store_url, &cli->arena));
	return rc;
}

int backup_run(struct cli *cli)
{
	struct evidence_tally tally;
	int rc = store_backup(cli->store, cli_word(cli, 0), &tally, &cli->err);

	if (!rc)
		evidence_warn(&tally);
	if (!rc)
		say_file(cli, _("Saved to"), cli_word(cli, 0));
	return rc;
}

/* Who is named must be allowed to. A database that can't be opened can't say
 * so, and is what a restore is for. */
static int may_restore(struct cli *cli)
{
	int rc = 0;

	if (!*cli->login)
		return 0;
	if (cli_open(cli))
		rc = cli->err.code == OV_EREFUSED ? cli->err.code : 0;
	else if (!permission_has(&cli->store->actor, PERM_ADMIN))
		rc = error_reason(&cli->err, REASON_PERM_DENIED, "action",
				  _(permission_label(PERM_ADMIN)), NULL);
	store_close(cli->store);
	cli->store = NULL;
	return rc;
}

int restore_run(struct cli *cli)
{
	const char *file = cli_word(cli, 0);
	int rc = may_restore(cli);

	if (!rc && access(file, R_OK))
		rc = error_reason(&cli->err, REASON_FILE_OPEN, "file", file, "why",
				  strerror(errno), NULL);
	if (!rc)
		rc = store_restore(cli->store_url, file, &cli->err);
	if (!rc)
		say_file(cli, _("Restored:"), cli_store_path(cli->store_url));
	return rc;
}
