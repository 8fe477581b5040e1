/* session.h: tokens. 258 random bits, of which the database keeps a keyed hash;
 * they end by logout, by a changed password, unused, and at a fixed time. */
#ifndef OV_SERVER_SESSION_H
#define OV_SERVER_SESSION_H

#include "core/store/tx.h"
#include "server/request.h"

enum { TOKEN_TEXT = 44 }; /* base64url, and NUL */

void session_token_new(char text[TOKEN_TEXT]);
/* Keyed hash of a token's text, or of an account's secret. */
void session_hash(const struct request *request, const char *text, uint8_t hash[HASH_BYTES]);

enum { MEMO_SLOTS = 64 };

/* Sessions that were found and good in one version of the database: until
 * anybody commits anything they are as good as looked up. Of one reader. A token is
 * known again by a short hash under a key of this memo: the keyed hash that the
 * database has is made when it is asked, and the token itself is not kept. */
struct session_memo {
	int64_t version;
	bool keyed;
	uint8_t key[SHORT_HASH_BYTES];
	struct session_known {
		bool known;
		uint8_t mark[SHORT_HASH_BYTES];
		int64_t session_id, seen, expires;
		struct actor actor;
	} slots[MEMO_SLOTS];
};

/* Who asks: fills actor and session_id. LOGIN_NEEDED. */
int session_find(struct request *request, struct error *err);
/* An earlier session of this account on this device: its id, 0 for none. */
int64_t session_device(struct request *request, int64_t user_id);

/* Inside a write transaction. */
int session_add(struct tx *tx, int64_t user_id, const uint8_t token_hash[HASH_BYTES],
		const uint8_t mark[HASH_BYTES], int64_t now, int64_t expires_at, struct error *err);
int session_end(struct tx *tx, int64_t session_id, int64_t now, struct error *err);
/* All of an account but one (0: all). */
int session_end_all(struct tx *tx, int64_t user_id, int64_t but, int64_t now, struct error *err);
/* This session survives the new secret. */
int session_mark(struct tx *tx, int64_t session_id, const uint8_t mark[HASH_BYTES],
		 struct error *err);
/* Forgets what ended long ago. */
int session_purge(struct tx *tx, int64_t now, struct error *err);

/* The real time: sessions of a demo world end too, whatever its clock says. */
int64_t session_now(void);

#endif
