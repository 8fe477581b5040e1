#include "core/db/db_url.h"

#include <string.h>

#include "core/base/buf.h"

bool db_url_is_server(const char *text)
{
	return !strncmp(text, "postgres://", 11) || !strncmp(text, "postgresql://", 13);
}

/* user:password@ → user@. A password with a slash or an at sign that nobody
 * wrote as %2F or %40 is one, too: what stands before the last @ is not a host. */
static const char *user_put(const char *from, const char *end, struct buf *out)
{
	const char *at = NULL;

	for (const char *p = from; p < end; p++)
		if (*p == '@')
			at = p;
	if (!at)
		return from;
	buf_add(out, from, strcspn(from, ":@"));
	buf_char(out, '@');
	return at + 1;
}

static bool is_secret(const char *name, size_t len)
{
	static const char tail[] = "password"; /* sslpassword, too */

	return len >= sizeof tail - 1 && !memcmp(name + len - (sizeof tail - 1), tail, sizeof tail - 1);
}

static void query_put(const char *query, struct buf *out)
{
	char sign = '?';

	while (*query) {
		size_t len = strcspn(++query, "&"), name = strcspn(query, "=&");

		if (!is_secret(query, name)) {
			buf_char(out, sign);
			buf_add(out, query, len);
			sign = '&';
		}
		query += len;
	}
}

const char *db_url_shown(const char *url, struct arena *arena)
{
	struct buf out = BUF_INIT;
	const char *from, *end, *shown;

	if (!strncmp(url, "trace+", 6))
		return arena_printf(arena, "trace+%s", db_url_shown(url + 6, arena));
	if (!db_url_is_server(url))
		return url;
	from = strstr(url, "://") + 3;
	buf_add(&out, url, (size_t)(from - url));
	end = from + strcspn(from, "?");
	from = user_put(from, end, &out);
	buf_add(&out, from, (size_t)(end - from));
	query_put(end, &out);
	shown = arena_strdup(arena, buf_cstr(&out));
	buf_release(&out);
	return shown;
}
