#include "cli/password.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"

void password_forget(char password[PASSWORD_BYTES])
{
	explicit_bzero(password, PASSWORD_BYTES);
}

/* Takes the line's end off; false when there is no line or it is too long. */
static bool read_line(FILE *in, char out[PASSWORD_BYTES])
{
	size_t len;

	if (!fgets(out, PASSWORD_BYTES, in))
		return false;
	len = strlen(out);
	if (len == PASSWORD_BYTES - 1 && out[len - 1] != '\n')
		return false;
	while (len && (out[len - 1] == '\n' || out[len - 1] == '\r'))
		out[--len] = '\0';
	return true;
}

static bool ask(const char *login, char out[PASSWORD_BYTES])
{
	struct termios shown, hidden;
	bool ok;

	if (tcgetattr(STDIN_FILENO, &shown))
		return false;
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	fprintf(stderr, _("Password of %s: "), login);
	fflush(stderr);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
	ok = read_line(stdin, out);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
	fputc('\n', stderr);
	return ok;
}

int password_read(const char *file, const char *login, char out[PASSWORD_BYTES],
		  struct error *err)
{
	FILE *in;
	bool ok;

	if (!file && !isatty(STDIN_FILENO)) {
		error_reason(err, REASON_LOGIN_NEEDED, NULL);
		snprintf(err->next, sizeof err->next, "%s",
			 _("Give the password with --password-file FILE"));
		return err->code;
	}
	if (!file)
		return ask(login, out) ? 0 : error_reason(err, REASON_LOGIN_FAILED, NULL);
	in = strcmp(file, "-") ? fopen(file, "re") : stdin;
	if (!in)
		return error_reason(err, REASON_FILE_OPEN, "file", file, "why", strerror(errno),
				    NULL);
	setvbuf(in, NULL, _IONBF, 0); /* no copy of it in a buffer */
	ok = read_line(in, out);
	if (in != stdin)
		fclose(in);
	return ok ? 0 : error_reason(err, REASON_FILE_BAD, "file", file, "line", "1", "why",
				     _("a password on the first line is expected"), NULL);
}
