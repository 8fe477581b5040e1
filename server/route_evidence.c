/* Files of evidence: raw bytes in and out. Who may, what is refused and what is
 * checked, the local store decides (core/store/evidence.h); a file that waits for
 * its command is no record, so nothing goes through the writer. */
#include "server/routes.h"

#include <string.h>

#include "core/base/i18n.h"
#include "core/store/store.h"
#include "server/problem.h"
#include "server/service.h"

int route_evidence_put(struct request *request)
{
	struct error err = ERROR_INIT;
	struct store *store = service_store(request, &err);
	uint8_t sha256[HASH_BYTES];
	char hex[HASH_HEX];
	int rc = store ? store_evidence_put(store, request->body.bytes, request->body.len, sha256,
					    &err) : err.code;

	if (rc < 0)
		return respond_error(request, &err);
	return respond_json(request, 200, json_pack("{s:s,s:I}", "sha256", hash_hex(sha256, hex),
						    "bytes", (json_int_t)request->body.len));
}

static bool hash_read(const char *text, uint8_t sha256[HASH_BYTES])
{
	static const char digits[] = "0123456789abcdef";

	if (strlen(text) != HASH_HEX - 1 || strspn(text, digits) != HASH_HEX - 1)
		return false;
	for (size_t i = 0; i < HASH_BYTES; i++)
		sha256[i] = (uint8_t)((strchr(digits, text[2 * i]) - digits) << 4 |
				      (strchr(digits, text[2 * i + 1]) - digits));
	return true;
}

int route_evidence_get(struct request *request)
{
	struct error err = ERROR_INIT;
	struct store *store = service_store(request, &err);
	uint8_t sha256[HASH_BYTES];
	struct buf bytes;
	int rc = store ? 0 : err.code;

	buf_init(&bytes, 0);
	if (rc == 0 && !hash_read(request->segments[2], sha256))
		rc = route_bad(&err, _("a SHA-256 is 64 digits 0–9 and a–f"), "sha256");
	if (rc == 0)
		rc = store_evidence_get(store, sha256, &bytes, &err);
	if (rc < 0)
		return respond_error(request, &err);
	response_header(request, "Cache-Control", "no-store");
	response_header(request, "X-Content-Type-Options", "nosniff");
	buf_release(&request->response.body);
	request->response.body = bytes;
	request->response.status = 200;
	request->response.kind = BODY_BYTES;
	return REQUEST_DONE;
}
