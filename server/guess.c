#include "server/guess.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/hash.h"

/* Failures that cost nothing; the time after which they are forgotten. */
enum {
	SLOTS = 8192, PROBE = 8, FREE_PAIR = 3, FREE_ACCOUNT = 20, FREE_ADDRESS = 30,
	STEP_MS = 1000, WAIT_MAX_MS = 30000, FORGET_MS = 15 * 60 * 1000
};

/* A counter under the keyed hash of what it counts: names are not kept. */
struct slot {
	uint64_t key; /* 0: empty */
	int64_t last_ms;    /* last failure */
	int64_t not_before; /* of a pair */
	int failures;
};

struct guesses {
	pthread_mutex_t lock;
	uint8_t secret[HASH_BYTES];
	struct slot slots[SLOTS];
};

struct guesses *guesses_new(void)
{
	struct guesses *guesses = mem_alloc(sizeof *guesses);

	pthread_mutex_init(&guesses->lock, NULL);
	random_bytes(guesses->secret, sizeof guesses->secret);
	return guesses;
}

void guesses_free(struct guesses *guesses)
{
	if (guesses)
		pthread_mutex_destroy(&guesses->lock);
	free(guesses);
}

static uint64_t key_of(const struct guesses *guesses, char kind, const char *a, const char *b)
{
	char text[256];
	uint8_t hash[HASH_BYTES];
	uint64_t key;
	int len = snprintf(text, sizeof text, "%c%s\n%s", kind, a, b);

	hash_keyed(guesses->secret, text, len < (int)sizeof text ? (size_t)len : sizeof text - 1, hash);
	memcpy(&key, hash, sizeof key);
	return key | 1;
}

/* The slot of a key. With MAKE the one that is longest unused gives way. */
static struct slot *slot_of(struct guesses *guesses, uint64_t key, bool make, int64_t now_ms)
{
	struct slot *oldest = NULL;

	for (size_t i = 0; i < PROBE; i++) {
		struct slot *slot = &guesses->slots[(key / 2 + i) % SLOTS];

		if (slot->key == key) {
			if (now_ms - slot->last_ms > FORGET_MS)
				slot->failures = 0;
			return slot;
		}
		if (!oldest || slot->key == 0 || slot->last_ms < oldest->last_ms)
			oldest = slot;
	}
	if (!make)
		return NULL;
	*oldest = (struct slot){ .key = key, .last_ms = now_ms };
	return oldest;
}

struct keys {
	uint64_t pair, account, address;
};

static struct keys keys_of(const struct guesses *guesses, const char *login,
			   const char *address, int64_t device)
{
	char number[24];

	snprintf(number, sizeof number, "%lld", (long long)device);
	return (struct keys){
		.pair = key_of(guesses, device ? 'd' : 'p', login, device ? number : address),
		.account = key_of(guesses, 'l', login, ""),
		.address = key_of(guesses, 'a', "", address),
	};
}

static int64_t doubled(int failures, int unpunished)
{
	int over = failures - unpunished;

	if (over < 0)
		return 0;
	return over > 5 ? WAIT_MAX_MS : (int64_t)STEP_MS << over;
}

static int failures_of(struct guesses *guesses, uint64_t key, int64_t now_ms)
{
	struct slot *slot = slot_of(guesses, key, false, now_ms);

	return slot ? slot->failures : 0;
}

int64_t guess_wait(struct guesses *guesses, const char *login, const char *address,
		   int64_t device, int64_t now_ms)
{
	struct keys keys = keys_of(guesses, login, address, device);
	struct slot *pair;
	int64_t wait = 0, around = 0, other;

	pthread_mutex_lock(&guesses->lock);
	pair = slot_of(guesses, keys.pair, false, now_ms);
	if (!device) {
		around = doubled(failures_of(guesses, keys.account, now_ms), FREE_ACCOUNT);
		other = doubled(failures_of(guesses, keys.address, now_ms), FREE_ADDRESS);
		around = other > around ? other : around;
	}
	if (pair && pair->not_before > now_ms) {
		wait = pair->not_before - now_ms;
	} else if (around && (!pair || pair->not_before == 0)) {
		/* The first try of a stranger, while somebody is guessing. */
		pair = slot_of(guesses, keys.pair, true, now_ms);
		pair->last_ms = now_ms;
		pair->not_before = now_ms + around;
		wait = around;
	}
	pthread_mutex_unlock(&guesses->lock);
	return wait;
}

void guess_wrong(struct guesses *guesses, const char *login, const char *address,
		 int64_t device, int64_t now_ms)
{
	struct keys keys = keys_of(guesses, login, address, device);
	const uint64_t all[] = { keys.account, keys.address, keys.pair };
	const int unpunished[] = { FREE_ACCOUNT, FREE_ADDRESS, FREE_PAIR };
	int64_t wait = 0;

	pthread_mutex_lock(&guesses->lock);
	for (size_t i = 0; i < 3; i++) {
		struct slot *slot = slot_of(guesses, all[i], true, now_ms);
		int64_t own;

		if (slot->failures < 1000)
			slot->failures++;
		slot->last_ms = now_ms;
		own = device && i < 2 ? 0 : doubled(slot->failures, unpunished[i]);
		wait = own > wait ? own : wait;
		if (i == 2)
			slot->not_before = wait ? now_ms + wait : 0;
	}
	pthread_mutex_unlock(&guesses->lock);
}

void guess_right(struct guesses *guesses, const char *login, const char *address,
		 int64_t device)
{
	struct keys keys = keys_of(guesses, login, address, device);
	struct slot *slot;

	pthread_mutex_lock(&guesses->lock);
	slot = slot_of(guesses, keys.pair, false, 0);
	if (slot) {
		slot->failures = 0;
		slot->not_before = 0;
	}
	pthread_mutex_unlock(&guesses->lock);
}
