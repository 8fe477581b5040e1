/* `overpass doctor`: is everything here that the program needs? Each check says
 * ok, a note (works, but not as well as it could) or bad, and what to do. */
#include "cli/verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/evidence_words.h"
#include "cli/locale.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "core/base/i18n.h"
#include "core/config/paths.h"
#include "core/model/reason.h"
#include "core/store/admin.h"

enum verdict { FINE, NOTE, BAD };

struct doctor {
	struct cli *cli;
	json_t *checks;
	int rc; /* of the first bad check */
};

static void say(struct doctor *doctor, const char *name, enum verdict verdict,
		const char *detail, const char *next)
{
	static const char *const words[] = { "ok", "note", "bad" };
	/* shown to people */
	const char *const shown[] = { _("ok"), _("note"), _("bad") };

	json_array_append_new(doctor->checks, json_pack("{s:s, s:s, s:o, s:s?}", "name", name,
		"state", words[verdict], "detail", output_text(detail), "next",
		*next ? next : NULL));
	if (doctor->cli->json)
		return;
	printf("%-14s %-5s %s\n", name, shown[verdict], detail);
	if (*next)
		printf("%-14s       %s\n", "", next);
}

static void say_error(struct doctor *doctor, const char *name, const struct error *err)
{
	say(doctor, name, BAD, err->message, err->next);
	if (!doctor->rc)
		doctor->rc = err->code;
}

static void check_terminal(struct doctor *doctor)
{
	const char *term = getenv("TERM");
	struct winsize size = { .ws_row = 0 };
	char detail[160];

	if (!term || !*term) {
		say(doctor, "terminal", NOTE, _("TERM is not set"),
		    _("Set TERM, for example to xterm-256color"));
		return;
	}
	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || !size.ws_col) {
		snprintf(detail, sizeof detail, "TERM=%.60s", term);
		say(doctor, "terminal", FINE, detail, "");
		return;
	}
	snprintf(detail, sizeof detail, "TERM=%.60s, %d × %d", term, size.ws_col, size.ws_row);
	if (size.ws_col < 60 || size.ws_row < 18)
		say(doctor, "terminal", NOTE, detail, _("Make the window 60 × 18 or larger"));
	else
		say(doctor, "terminal", FINE, detail, "");
}

static void check_locale(struct doctor *doctor)
{
	say(doctor, "locale", locale_is_utf8() ? FINE : NOTE, locale_asked(),
	    locale_is_utf8() ? "" : _("Set LANG to zh_CN.UTF-8 or C.UTF-8"));
}

static void check_translations(struct doctor *doctor)
{
	struct arena *arena = &doctor->cli->arena;
	const char *file = path_join(arena, path_locale(arena),
				     "zh_CN/LC_MESSAGES/overpass.mo");

	if (access(file, R_OK))
		say(doctor, "translations", NOTE, file, _("Install Overpass again"));
	else
		say(doctor, "translations", FINE, file, "");
}

static void check_data(struct doctor *doctor)
{
	static const char *const needed[] = { "data/migrations/0001_initial.sql",
					      "data/institutions/ouc.ini", "themes/day.ini" };
	struct arena *arena = &doctor->cli->arena;
	struct error err = ERROR_INIT;

	for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
		if (!path_program_file(arena, needed[i], &err)) {
			say_error(doctor, "data", &err);
			return;
		}
	say(doctor, "data", FINE, path_program_data(arena), "");
}

static void check_clock(struct doctor *doctor)
{
	char text[INSTANT_TEXT];
	const int64_t now = clock_now(&doctor->cli->clock);
	const bool sane = now > date_from_civil(2026, 1, 1) * DAY_SECONDS;

	say(doctor, "clock", sane ? FINE : BAD, instant_format(now, text),
	    sane ? "" : _("Set the clock: deadlines are counted by it"));
	if (!sane && !doctor->rc)
		doctor->rc = OV_EREFUSED;
}

/* Over a line the files are not here. */
static void check_evidence(struct doctor *doctor)
{
	struct evidence_tally tally;
	struct error err = ERROR_INIT, fault = ERROR_INIT;
	char text[EVIDENCE_WORDS];
	int rc;

	progress_start(doctor->cli);
	rc = store_evidence_check(doctor->cli->store, &tally, &err);
	progress_stop();
	if (rc && err.reason == REASON_STORE_REMOTE)
		return;
	if (rc)
		say_error(doctor, "evidence", &err);
	else if (evidence_fault(&tally, &fault))
		say_error(doctor, "evidence", &fault);
	else
		say(doctor, "evidence", tally.unused || tally.half ? NOTE : FINE,
		    evidence_words(&tally, text), tally.unused || tally.half ?
		    _("overpass evidence purge removes what is older than a day") : "");
}

static void check_store(struct doctor *doctor)
{
	struct cli *cli = doctor->cli;
	struct store_options options = STORE_OPTIONS_INIT;
	struct store_status status;
	struct error err = ERROR_INIT;
	char detail[400];
	int rc;

	options.clock = cli->clock;
	options.ca_file = cli_ca_file(cli);
	options.planner_file = option_text(cli->options, OPT_PLANNER_FILE);
	rc = store_open(cli->store_url, &options, &cli->store, &err);
	if (!rc)
		rc = store_status(cli->store, &cli->arena, &status, &err);
	if (rc) {
		say_error(doctor, "database", &err);
		return;
	}
	snprintf(detail, sizeof detail, "%.300s%s", status.where ? status.where : cli->store_url,
		 status.demo ? _(" (a demo world)") : "");
	say(doctor, "database", FINE, detail, "");
	snprintf(detail, sizeof detail, "%lld", (long long)status.schema);
	say(doctor, "schema", FINE, detail, "");
	progress_start(cli);
	rc = store_check(cli->store, &err);
	progress_stop();
	if (rc)
		say_error(doctor, "integrity", &err);
	else
		say(doctor, "integrity", FINE, _("every page and index was read"), "");
	check_evidence(doctor);
}

int doctor_run(struct cli *cli)
{
	struct doctor doctor = { .cli = cli, .checks = json_array() };

	check_terminal(&doctor);
	check_locale(&doctor);
	check_translations(&doctor);
	say(&doctor, "configuration", FINE, *args_or_empty(&cli->args, "config") ?
	    args_text(&cli->args, "config") : path_config_home(&cli->arena), "");
	check_data(&doctor);
	check_clock(&doctor);
	check_store(&doctor);
	if (cli->json)
		output_json(json_pack("{s:b, s:o}", "ok", doctor.rc == 0, "checks",
				      doctor.checks));
	else
		json_decref(doctor.checks);
	return doctor.rc;
}
