/* overpassd: settings, signals, start and end. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/base/hash.h"
#include "core/base/i18n.h"
#include "core/config/paths.h"
#include "core/config/planner.h"
#include "core/model/reason.h"
#include "core/store/feed_token.h"
#include "server/admin.h"
#include "server/http.h"
#include "server/language.h"
#include "server/listen.h"
#include "server/log.h"
#include "server/manual.h"
#include "server/setting.h"
#include "server/tls.h"

#include "config.h"

enum { PASSWORD_LINE = 1024 };

struct program {
	struct settings settings;
	struct arena arena;
	const char *config;     /* file, NULL: none */
	const char *init_admin; /* login */
	struct ov_clock clock;
	struct service *service;
	struct http *http;
	struct tls *tls;
	struct error err;
	bool help, version, manual;
};

static int usage(struct program *program, const char *what)
{
	return error_reason(&program->err, REASON_USAGE, "what", what, NULL);
}

/* --- command line --- */

static void print_help(void)
{
	printf("%s\n\n", _("overpassd: the Overpass server"));
	printf("%s\n\n", _("overpassd --store URL [OPTIONS]"));
	for (int i = 0; i < SETTING_COUNT; i++) {
		const struct setting_def *def = setting_def((enum setting)i);
		char flag[64];
		int len = snprintf(flag, sizeof flag, "--%s %s", def->key, def->argument);

		for (int k = 2; k < len && flag[k] != ' '; k++)
			if (flag[k] == '_')
				flag[k] = '-';
		printf("  %-30s %s (%s)\n", flag, _(def->help), *def->value ? def->value : "-");
	}
	printf("  %-30s %s\n", "--config FILE", _("settings as key = value below [server]"));
	printf("  %-30s %s\n", "--init-admin LOGIN",
	       _("make the first administrator; the password is read from standard input"));
	printf("  %-30s %s\n", "--today DATE, --now INSTANT", _("the time it is; demo worlds only"));
	printf("  %-30s\n  %-30s\n", "--help", "--version");
}

static int read_clock(struct program *program, const char *flag, const char *value)
{
	bool good = !strcmp(flag, "--now") ? instant_parse(value, &program->clock.fixed_now) :
		    date_parse(value, &program->clock.fixed_today);

	return good ? 0 : usage(program, arena_printf(&program->arena, "%s %s", flag, value));
}

static int read_flag(struct program *program, const char *flag, const char *value)
{
	enum setting setting = setting_flag(flag);

	if (!value)
		return usage(program, arena_printf(&program->arena, "%s", flag));
	if (!strcmp(flag, "--config"))
		program->config = value;
	else if (!strcmp(flag, "--init-admin"))
		program->init_admin = value;
	else if (!strcmp(flag, "--today") || !strcmp(flag, "--now"))
		return read_clock(program, flag, value);
	else if (setting != SETTING_COUNT)
		program->settings.flag[setting] = value;
	else
		return usage(program, arena_printf(&program->arena, "%s", flag));
	return 0;
}

static int read_arguments(struct program *program, int argc, char **argv)
{
	int rc = 0;

	for (int i = 1; rc == 0 && i < argc; i++) {
		char *equals = strchr(argv[i], '=');

		program->help = program->help || !strcmp(argv[i], "--help");
		program->version = program->version || !strcmp(argv[i], "--version");
		program->manual = program->manual || !strcmp(argv[i], "--print-man");
		if (program->help || program->version || program->manual)
			return 0;
		if (!strcmp(argv[i], "--behind-proxy")) { /* needs no value */
			program->settings.flag[SET_BEHIND_PROXY] = "yes";
		} else if (equals) {
			const char *flag = arena_strndup(&program->arena, argv[i],
							 (size_t)(equals - argv[i]));

			rc = read_flag(program, flag, equals + 1);
		} else {
			rc = read_flag(program, argv[i], i + 1 < argc ? argv[i + 1] : NULL);
			i++;
		}
	}
	return rc;
}

static const char *config_file(struct program *program)
{
	const char *usual = OV_SYSCONFDIR "/overpass/overpassd.ini";

	if (program->config)
		return program->config;
	return access(usual, R_OK) == 0 ? usual : NULL;
}

/* A file that can't be read is told at the start, not when somebody plans. */
static int check_planner(struct program *program)
{
	struct planner_options planner;

	return planner_options_load(program->settings.value[SET_PLANNER], &planner, &program->err);
}

static int load_settings(struct program *program)
{
	struct settings *settings = &program->settings;
	int rc = settings_read(settings, config_file(program), &program->err);

	if (rc == 0 && !*settings->value[SET_STORE])
		rc = usage(program, _("--store URL is needed: sqlite:PATH or postgres://USER@HOST/DB"));
	if (rc == 0 && !*settings->value[SET_CERTIFICATE] != !*settings->value[SET_KEY])
		rc = usage(program, _("certificate and key go together"));
	if (rc == 0 && *settings->value[SET_PUBLIC_URL] &&
	    !feed_base_good(settings->value[SET_PUBLIC_URL]))
		rc = usage(program, _("public_url begins with https:// or http:// and a host"));
	if (rc == 0)
		rc = check_planner(program);
	if (rc < 0)
		return rc;
	log_set(setting_is(settings, SET_LOG, "none") ? LOG_NONE :
		setting_is(settings, SET_LOG, "errors") ? LOG_ERRORS : LOG_ALL);
	program->clock.utc_offset = (int)setting_number(settings, SET_UTC_OFFSET);
	return 0;
}

/* --- the first administrator --- */

static int init_admin(struct program *program)
{
	struct store_options options = STORE_OPTIONS_INIT;
	char password[PASSWORD_LINE];
	struct store *store;
	int rc;

	if (isatty(STDIN_FILENO))
		fprintf(stderr, "%s", _("Password (it is shown as you type; better give it by a pipe): "));
	if (!fgets(password, sizeof password, stdin))
		password[0] = '\0';
	password[strcspn(password, "\r\n")] = '\0';
	rc = store_open(program->settings.value[SET_STORE], &options, &store, &program->err);
	if (rc == 0) {
		rc = admin_init(store, program->init_admin, password, &program->err);
		store_close(store);
	}
	explicit_bzero(password, sizeof password);
	return rc;
}

/* --- the server --- */

static void raise_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

/* What links begin with. An address for every interface names none: the
 * machine's name stands for it. */
static const char *public_url(struct program *program, const char *address)
{
	const struct settings *settings = &program->settings;
	const char *scheme = *settings->value[SET_CERTIFICATE] ? "https" : "http";
	const char *port = strrchr(address, ':');
	char host[256] = "";

	if (*settings->value[SET_PUBLIC_URL])
		return arena_strdup(&program->arena, settings->value[SET_PUBLIC_URL]);
	if (port && (!strncmp(address, "[::]:", 5) || !strncmp(address, "0.0.0.0:", 8)) &&
	    gethostname(host, sizeof host - 1) == 0 && *host)
		return arena_printf(&program->arena, "%s://%s%s", scheme, host, port);
	return arena_printf(&program->arena, "%s://%s", scheme, address);
}

static int start_service(struct program *program, const char *address)
{
	const struct settings *settings = &program->settings;
	struct service_options options = SERVICE_OPTIONS_INIT;

	options.url = settings->value[SET_STORE];
	options.store.clock = program->clock;
	options.store.planner_file = settings->value[SET_PLANNER];
	options.store.public_url = public_url(program, address);
	options.store.evidence_dir = settings->value[SET_EVIDENCE];
	options.idle_seconds = setting_number(settings, SET_IDLE_MINUTES) * 60;
	options.session_seconds = setting_number(settings, SET_SESSION_HOURS) * 3600;
	options.body_max = (size_t)setting_number(settings, SET_BODY_MAX);
	options.allow_plain = setting_is(settings, SET_BEHIND_PROXY, "yes");
	return service_start(&options, &program->service, &program->err);
}

static int start_http(struct program *program, int socket)
{
	const struct settings *settings = &program->settings;
	const struct http_options options = {
		.socket = socket,
		.threads = (int)setting_number(settings, SET_THREADS),
		.connections = (unsigned)setting_number(settings, SET_CONNECTIONS),
		.per_address = (unsigned)setting_number(settings, SET_PER_ADDRESS),
		.behind_proxy = setting_is(settings, SET_BEHIND_PROXY, "yes"),
		.tls = program->tls,
		.keep_ms = setting_number(settings, SET_KEEP_SECONDS) * 1000,
		.header_ms = setting_number(settings, SET_HEADER_SECONDS) * 1000,
		.body_ms = setting_number(settings, SET_BODY_SECONDS) * 1000,
	};

	return http_start(program->service, &options, &program->http, &program->err);
}

static int start(struct program *program)
{
	const struct settings *settings = &program->settings;
	bool local, tls = *settings->value[SET_CERTIFICATE];
	char address[96];
	int socket = -1;
	int rc = 0;

	if (tls)
		rc = tls_open(settings->value[SET_CERTIFICATE], settings->value[SET_KEY],
			      &program->tls, &program->err);
	if (rc == 0)
		rc = listen_open(settings->value[SET_LISTEN], &socket, &local, &program->err);
	if (rc == 0 && !tls && !local && !setting_is(settings, SET_BEHIND_PROXY, "yes"))
		rc = error_reason(&program->err, REASON_SERVER_NEEDS_TLS, "address",
				  settings->value[SET_LISTEN], NULL);
	if (rc == 0)
		listen_address(socket, address, sizeof address);
	if (rc == 0)
		rc = start_service(program, address);
	if (rc == 0)
		rc = start_http(program, socket);
	if (rc < 0)
		return rc;
	log_event("listening", address);
	/* For whoever started it with port 0. */
	printf("%s://%s\n", tls ? "https" : "http", address);
	fflush(stdout);
	listen_notify("READY=1");
	return 0;
}

/* What can be changed without stopping: certificates, logging, lifetimes. */
static void reload(struct program *program)
{
	struct settings *settings = &program->settings;
	struct error *err = &program->err;

	listen_notify("RELOADING=1");
	error_clear(err);
	if (load_settings(program) == 0 && program->tls)
		tls_reload(program->tls, settings->value[SET_CERTIFICATE], settings->value[SET_KEY], err);
	if (err->code == 0) {
		program->service->options.idle_seconds = setting_number(settings, SET_IDLE_MINUTES) * 60;
		program->service->options.session_seconds =
			setting_number(settings, SET_SESSION_HOURS) * 3600;
	}
	log_event("reloaded", err->code ? err->message : NULL);
	listen_notify("READY=1");
}

static void serve(struct program *program, const sigset_t *signals)
{
	int number = 0;

	while (sigwait(signals, &number) == 0 && number == SIGHUP)
		reload(program);
	log_event("stopping", NULL);
	listen_notify("STOPPING=1");
	http_stop(program->http);
	program->http = NULL;
	log_event("stopped", NULL);
}

static int run(struct program *program, int argc, char **argv)
{
	sigset_t signals;
	int rc = read_arguments(program, argc, argv);

	if (rc < 0)
		return rc;
	if (program->help || program->version || program->manual) {
		if (program->help)
			print_help();
		else if (program->manual)
			manual_print();
		else
			puts(PACKAGE_STRING);
		return 0;
	}
	rc = load_settings(program);
	if (rc < 0)
		return rc;
	if (program->init_admin)
		return init_admin(program);
	/* Threads inherit the mask: signals come to sigwait() alone. */
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	raise_limit();
	rc = start(program);
	if (rc == 0)
		serve(program, &signals);
	return rc;
}

/* The words of the command line follow the person's own locale. */
static void speak(struct arena *arena)
{
	const char *wanted = getenv("LANGUAGE");
	bool chinese;

	if (!wanted || !*wanted)
		wanted = getenv("LC_ALL");
	if (!wanted || !*wanted)
		wanted = getenv("LC_MESSAGES");
	if (!wanted || !*wanted)
		wanted = getenv("LANG");
	chinese = wanted && !strncmp(wanted, "zh", 2);
	if (language_setup(path_locale(arena)) == 0)
		language_use(chinese ? LANGUAGE_ZH : LANGUAGE_EN);
}

int main(int argc, char **argv)
{
	struct program program = { .clock = CLOCK_INIT };
	int rc;

	speak(&program.arena);
	if (hash_setup())
		rc = error_reason(&program.err, REASON_BUG, "what",
				  _("the machine has no source of randomness"), NULL);
	else
		rc = run(&program, argc, argv);
	if (rc < 0)
		fprintf(stderr, "overpassd: %s\n%s\n", program.err.message, program.err.next);
	http_stop(program.http);
	service_stop(program.service);
	tls_close(program.tls);
	settings_release(&program.settings);
	arena_release(&program.arena);
	return error_exit_status(rc);
}
