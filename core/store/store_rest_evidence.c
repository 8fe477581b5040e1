/* Files of evidence over the line: raw bytes, with progress and cancel as every
 * long call has them. The same file sent twice is one file, so a lost answer is
 * just asked for again. */
#include "core/store/store_rest.h"

#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/store/evidence_folder.h"

int rest_evidence_put(struct store *store, const void *bytes, size_t len,
		      uint8_t sha256[HASH_BYTES], struct error *err)
{
	struct rest *rest = (struct rest *)store;
	const struct buf file = { .bytes = (char *)(uintptr_t)bytes, .len = len };
	const struct rest_request request = { .path = "/v1/evidence", .file = &file, .bulk = true };
	struct rest_reply reply = { .json = NULL };
	char hex[HASH_HEX];
	const char *said;
	int rc = 0;

	hash_sha256(bytes, len, sha256);
	http_enter(rest->http);
	if (len > EVIDENCE_MAX) /* not a byte of it is worth sending */
		rc = error_reason(err, REASON_EVIDENCE_LARGE, "file", "", "field", "file", NULL);
	if (rc == 0)
		rc = rest_call(rest, &request, &reply, NULL, NULL, err);
	said = rc == 0 ? json_string_value(json_object_get(reply.json, "sha256")) : NULL;
	if (rc == 0 && (!said || strcmp(said, hash_hex(sha256, hex)) != 0))
		rc = rest_peer_error(rest, "sha256", err);
	rest_reply_release(&reply);
	http_leave(rest->http);
	return rc;
}

/* Held against the hash here as well: a line may change what it carries. */
int rest_evidence_get(struct store *store, const uint8_t sha256[HASH_BYTES],
		      struct buf *bytes, struct error *err)
{
	struct rest *rest = (struct rest *)store;
	struct rest_request request = { .raw = true, .bulk = true };
	struct rest_reply reply = { .json = NULL };
	uint8_t hash[HASH_BYTES];
	char hex[HASH_HEX], path[HASH_HEX + 16];
	int rc;

	buf_init(bytes, EVIDENCE_MAX);
	snprintf(path, sizeof path, "/v1/evidence/%s", hash_hex(sha256, hex));
	request.path = path;
	http_enter(rest->http);
	rc = rest_call(rest, &request, &reply, NULL, NULL, err);
	if (rc == 0) {
		hash_sha256(reply.text, reply.len, hash);
		if (reply.len > EVIDENCE_MAX || memcmp(hash, sha256, HASH_BYTES) != 0)
			rc = rest_peer_error(rest, _("the file is not the one that was asked for"), err);
		else
			buf_add(bytes, reply.text, reply.len);
	}
	rest_reply_release(&reply);
	http_leave(rest->http);
	return rc;
}
