/* hasher.h: Argon2id on threads of its own. A check takes a tenth of a second
 * and 64 MiB; only a few wait, the rest is told to come back. */
#ifndef OV_SERVER_HASHER_H
#define OV_SERVER_HASHER_H

#include <stdbool.h>

#include "core/base/password.h"

struct hasher;

struct hash_job {
	struct hash_job *next;
	const char *secret;   /* to compare with; NULL takes the same time and says no */
	const char *password;
	const char *wanted;   /* a new password to hash once the old one is right, or NULL */
	const char *origin;   /* the address it comes from */
	/* Asked on the hasher's thread right before, because much may have been learnt
	 * while the job waited; NULL is yes. After a no only DONE is called. */
	bool (*may)(struct hash_job *job);
	bool right;
	char hash[PASSWORD_TEXT]; /* of WANTED; "" when there was no memory */
	void (*done)(struct hash_job *job); /* on the hasher's thread */
	void *context;
};

struct hasher *hasher_start(int threads);
void hasher_stop(struct hasher *hasher); /* does what is queued first; NULL is fine */
/* False: the queue is full, or half of it is of this origin. Who floods it from
 * one address keeps nobody out who comes from another. */
bool hasher_post(struct hasher *hasher, struct hash_job *job);

#endif
