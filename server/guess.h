/* guess.h: wrong passwords slow down whoever guesses, and nobody else.
 *
 * Failures are counted for the account, for the address and for the pair of
 * both. The more there were, the longer a guesser waits for the next try, up
 * to half a minute; but the wait is always the guesser's own, measured from
 * his last try. So strangers who guess at an account from a hundred addresses
 * wait a hundred times, and the colleague whose account it is waits once, then
 * gets in. A device that was logged in before (it still has the old token) is
 * a guesser of its own, whose wait strangers don't lengthen.
 * Source: DESIGN 8; OWASP's "device cookies". */
#ifndef OV_SERVER_GUESS_H
#define OV_SERVER_GUESS_H

#include <stdbool.h>
#include <stdint.h>

struct guesses;

struct guesses *guesses_new(void);
void guesses_free(struct guesses *guesses);

/* May this one try now? 0, or the milliseconds to wait. DEVICE is the id of an
 * earlier session of the account on this device, 0 for none. */
int64_t guess_wait(struct guesses *guesses, const char *login, const char *address,
		   int64_t device, int64_t now_ms);
void guess_wrong(struct guesses *guesses, const char *login, const char *address,
		 int64_t device, int64_t now_ms);
void guess_right(struct guesses *guesses, const char *login, const char *address,
		 int64_t device);

#endif
