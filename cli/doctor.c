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
#include "tui/tui.h"

enum verdict { FINE, NOTE, BAD };
enum { SLOW_MS = 35 /* above what Esc waits: 60 ms with its own 25 */ };

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

static void check_type(struct doctor *doctor, const struct term_probe *probe)
{
	struct winsize size = { .ws_row = 0 };
	char detail[160];

	if (!*probe->type) {
		say(doctor, "terminal", NOTE, _("TERM is not set"),
		    _("Set TERM, for example to xterm-256color"));
		return;
	}
	snprintf(detail, sizeof detail, "TERM=%.60s", probe->type);
	if (!probe->known) {
		say(doctor, "terminal", NOTE, detail,
		    _("Nothing is known of this terminal here: set TERM to one that is, for example "
		      "xterm-256color, or install its description (ncurses-term)"));
		return;
	}
	if (!probe->moves) {
		say(doctor, "terminal", NOTE, detail,
		    _("It can't place the cursor, so the application won't open; the command line "
		      "works. Set TERM to what the terminal is, for example xterm-256color"));
		return;
	}
	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || !size.ws_col) {
		say(doctor, "terminal", FINE, detail, "");
		return;
	}
	snprintf(detail, sizeof detail, "TERM=%.60s, %d × %d", probe->type, size.ws_col, size.ws_row);
	if (size.ws_col < 60 || size.ws_row < 18)
		say(doctor, "terminal", NOTE, detail, _("Make the window 60 × 18 or larger"));
	else
		say(doctor, "terminal", FINE, detail, "");
}

/* Two characters that take two cells each. */
static void check_width(struct doctor *doctor, const struct term_probe *probe)
{
	char detail[160];

	if (!probe->terminal) {
		say(doctor, "width", NOTE, _("not measured: there is no terminal here"),
		    _("Run it in the terminal that is to be used"));
		return;
	}
	if (!probe->moves)
		return;
	if (!probe->answered) {
		snprintf(detail, sizeof detail, _("the terminal didn't say within %d ms how wide 测试 is"),
			 PROBE_MS);
		say(doctor, "width", NOTE, detail,
		    _("Look whether Chinese stands straight in the lists; on a slow line raise "
		      "ui.escdelay to 100"));
		return;
	}
	snprintf(detail, sizeof detail, _("测试 takes %d cells of %d"), probe->cells, PROBE_CELLS);
	say(doctor, "width", probe->cells == PROBE_CELLS ? FINE : NOTE, detail,
	    probe->cells == PROBE_CELLS ? "" :
	    _("Set the terminal (and tmux or screen in it, with -u) to UTF-8 and choose a font with "
	      "Chinese; else lists will not stand straight"));
}

static void check_colours(struct doctor *doctor, const struct term_probe *probe)
{
	const char *no_color = getenv("NO_COLOR");
	char detail[160];

	if (!probe->known)
		return;
	if (no_color && *no_color)
		say(doctor, "colours", FINE, _("switched off by NO_COLOR"), "");
	else if (probe->colors < 8)
		say(doctor, "colours", NOTE, _("none: bold and reverse say everything"),
		    _("If it shows colours, set TERM to its name with -256color"));
	else {
		snprintf(detail, sizeof detail, "%d", probe->colors);
		say(doctor, "colours", probe->colors < 256 ? NOTE : FINE, detail, probe->colors < 256 ?
		    _("Themes are drawn with the nearest colours; most terminals know 256: "
		      "TERM=xterm-256color") : "");
	}
}

static const char *key_name(char key)
{
	return key == 127 ? "^?" : key == 8 ? "^H" : "?";
}

/* What can be known without a person pressing them. */
static void check_keys(struct doctor *doctor, const struct term_probe *probe)
{
	const long long escdelay = option_number(doctor->cli->options, OPT_UI_ESCDELAY);
	char detail[200];

	if (!probe->terminal || !probe->known)
		return;
	snprintf(detail, sizeof detail, _("Backspace %s, described as %s; Esc waits %lld ms; the line "
					  "answers in %lld ms"),
		 key_name(probe->erase), key_name(probe->described), escdelay,
		 (long long)probe->answer_ms);
	if (probe->answered && probe->answer_ms > escdelay + SLOW_MS)
		say(doctor, "keys", NOTE, detail, _("The line is slow: arrows may arrive as Esc and "
						    "letters. Set ui.escdelay to 100"));
	else if (!probe->function_keys)
		say(doctor, "keys", NOTE, detail, _("This terminal's F-keys are not known: use the "
						    "letters beside them (? help, L T A panes, q leave)"));
	else if (probe->erase && probe->described && probe->erase != probe->described)
		say(doctor, "keys", NOTE, detail, _("Both work here; for other programs run: stty erase "
						    "with the Backspace key"));
	else
		say(doctor, "keys", FINE, detail, "");
}

static void check_terminal(struct doctor *doctor)
{
	struct term_probe probe;

	term_probe(&probe);
	check_type(doctor, &probe);
	check_width(doctor, &probe);
	check_colours(doctor, &probe);
	check_keys(doctor, &probe);
}

static void check_locale(struct doctor *doctor)
{
	say(doctor, "locale", locale_is_utf8() ? FINE : NOTE, locale_asked(),
	    locale_is_utf8() ? "" : _("The application needs UTF-8: set LANG to zh_CN.UTF-8 or C.UTF-8"));
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
	options.evidence_dir = option_text(cli->options, OPT_STORE_EVIDENCE);
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
