/* Lines of text that begin with a dot or a quote are guarded; hyphens are \-. */
#include "server/manual.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/base/roff.h"
#include "server/routes.h"
#include "server/setting.h"

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
	puts(*text && strchr(".?", text[strlen(text) - 1]) ? "" : ".");
}

static void section(const char *title)
{
	printf(".SH %s\n", title);
}

static void put_settings(void)
{
	for (int i = 0; i < SETTING_COUNT; i++) {
		const struct setting_def *def = setting_def((enum setting)i);
		char flag[64];

		snprintf(flag, sizeof flag, "--%s", def->key);
		for (char *c = flag; *c; c++)
			*c = *c == '_' ? '-' : *c;
		printf(".TP\n\\fB");
		put(flag);
		printf("\\fR \\fI");
		put(def->argument);
		printf("\\fR, in the file \\fB");
		put(def->key);
		puts("\\fR");
		put_sentence(_(def->help));
		if (*def->value) {
			printf("Built in: ");
			put(def->value);
			puts(".");
		}
	}
	puts(".TP\n\\fB\\-\\-config\\fR \\fIFILE\\fR\nThe settings as key = value below [server], instead of the usual file.");
	puts(".TP\n\\fB\\-\\-init\\-admin\\fR \\fILOGIN\\fR\nMake the first administrator; the password is read from standard\n"
	     "input. Refused once the database has one.");
	puts(".TP\n\\fB\\-\\-today\\fR \\fIDATE\\fR, \\fB\\-\\-now\\fR \\fIINSTANT\\fR\nThe time it is; demo worlds only.");
	puts(".TP\n\\fB\\-\\-help\\fR, \\fB\\-\\-version\\fR\nSay so and end.");
}

static void put_routes(void)
{
	for (size_t i = 0; i < route_count(); i++) {
		const struct route *route = route_at(i);

		printf(".TP\n.B %s ", route->method == METHOD_GET ? "GET" : "POST");
		put(route->path);
		putchar('\n');
		put_sentence(_(route->title));
	}
}

void manual_print(void)
{
	puts(".TH OVERPASSD 8 2026-11-28 Overpass\n.SH NAME\n"
	     "overpassd \\- the Overpass server");
	section("SYNOPSIS");
	puts(".B overpassd\n\\fB\\-\\-store\\fR \\fIURL\\fR [\\fIOPTIONS\\fR]");
	section("DESCRIPTION");
	puts("overpassd serves the database of a learning centre over HTTP, to \\fBoverpass\\fR(1) at\n"
	     "other desks (\\fB\\-\\-store https://\\fR\\fIHOST\\fR) and to other systems. Rules, permissions\n"
	     "and branch scopes are those of the program on this machine.\n.PP\n"
	     "It prints its address on standard output once it takes requests, and logs to standard\n"
	     "error: a JSON object a line, without names, numbers or tokens. Without a certificate it\n"
	     "answers this machine only.");
	section("OPTIONS");
	puts("A value on the command line wins over the file, the file over what is built in.");
	put_settings();
	section("SIGNALS");
	puts(".TP\n.BR SIGTERM \", \" SIGINT\nTakes no more requests, finishes those that are under way, sends their\n"
	     "answers and ends with status 0.\n"
	     ".TP\n.B SIGHUP\nReads the file and the certificate anew. Log, lifetimes of logins and certificate\n"
	     "change at once, the others with the next start. What is wrong is logged, and the old stays.");
	section("SOCKET ACTIVATION");
	puts("With one socket in \\fBLISTEN_FDS\\fR, as \\fBsystemd.socket\\fR(5) gives it, \\fBlisten\\fR is not\n"
	     "looked at. \\fBNOTIFY_SOCKET\\fR is told when it is ready, reloading and stopping.");
	section("ROUTES");
	put_routes();
	section("EXIT STATUS");
	puts("0 after SIGTERM, 2 for a wrong option, 5 for a wrong file, 6 when the database or the\n"
	     "address can't be used.");
	section("FILES");
	puts(".TP\n.I " OV_SYSCONFDIR "/overpass/overpassd.ini\nThe settings, when no other file is named.");
	section("EXAMPLES");
	puts(".nf\noverpassd \\-\\-store sqlite:demo.db\n"
	     "overpassd \\-\\-store sqlite:/var/lib/overpass/overpass.db \\e\n"
	     "    \\-\\-listen [::]:8443 \\-\\-certificate chain.pem \\-\\-key key.pem\n.fi");
	section("SEE ALSO");
	puts("\\fBoverpass\\fR(1), \\fBsystemd.socket\\fR(5)");
}
