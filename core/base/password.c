#include "core/base/password.h"

#include <sodium.h>
#include <string.h>

_Static_assert(PASSWORD_TEXT >= crypto_pwhash_STRBYTES, "a hash fits");

bool password_hash(const char *password, enum password_cost cost, char out[PASSWORD_TEXT])
{
	bool real = cost == PASSWORD_REAL;

	return crypto_pwhash_str(out, password, strlen(password),
				 real ? crypto_pwhash_OPSLIMIT_INTERACTIVE : crypto_pwhash_OPSLIMIT_MIN,
				 real ? crypto_pwhash_MEMLIMIT_INTERACTIVE : crypto_pwhash_MEMLIMIT_MIN) == 0;
}

bool password_verify(const char *hash, const char *password)
{
	char dummy[PASSWORD_TEXT];

	if (hash)
		return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
	password_hash(password, PASSWORD_REAL, dummy);
	return false;
}
