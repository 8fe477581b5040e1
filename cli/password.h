/* password.h: a password from a file, from standard input or from the
 * terminal. It is never an argument: those are seen by everybody. */
#ifndef OV_CLI_PASSWORD_H
#define OV_CLI_PASSWORD_H

#include "core/base/error.h"

enum { PASSWORD_BYTES = 1024 };

/* The first line of FILE, "-" being standard input; FILE NULL asks at the
 * terminal, and is LOGIN_NEEDED without one. */
int password_read(const char *file, const char *login, char out[PASSWORD_BYTES],
		  struct error *err);
void password_forget(char password[PASSWORD_BYTES]);

#endif
