/* https://HOST[:PORT], http:// on this machine only. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/model/reason.h"
#include "core/store/store_rest.h"

static int bad_url(const char *text, struct error *err)
{
	/* What stands before an @ may be a password: it is not repeated. */
	return error_reason(err, REASON_STORE_URL, "url", strchr(text, '@') ? "https://…@…" : text,
			    NULL);
}

static size_t host_len(const char *text)
{
	static const char name[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
	size_t len;

	if (*text != '[')
		return strspn(text, name);
	len = 1 + strspn(text + 1, "0123456789abcdefABCDEF:.");
	return len > 2 && text[len] == ']' ? len + 1 : 0;
}

/* Names that can't leave this machine. */
static bool is_loopback(const char *host, size_t len)
{
	unsigned a, b, c, d;
	char copy[64], rest;

	if (len >= sizeof copy)
		return false;
	memcpy(copy, host, len);
	copy[len] = '\0';
	if (!strcmp(copy, "localhost") || !strcmp(copy, "[::1]"))
		return true;
	return sscanf(copy, "%3u.%3u.%3u.%3u%c", &a, &b, &c, &d, &rest) == 4 && a == 127 &&
	       b < 256 && c < 256 && d < 256;
}

/* ":8443", or nothing, then the end or one slash. */
static bool port_good(const char *text, unsigned *port)
{
	unsigned value = 0;
	size_t digits = 0;

	if (*text == ':') {
		for (text++; isdigit((unsigned char)*text) && digits < 6; text++, digits++)
			value = value * 10 + (unsigned)(*text - '0');
		if (value < 1 || value > 65535)
			return false;
		*port = value;
	}
	return !*text || !strcmp(text, "/");
}

int rest_url_read(const char *text, struct rest_url *url, struct error *err)
{
	bool plain = !strncmp(text, "http://", 7);
	const char *host = text + (plain ? 7 : 8);
	unsigned usual = plain ? 80 : 443, port = usual;
	size_t len;

	if (!plain && strncmp(text, "https://", 8) != 0)
		return bad_url(text, err);
	len = host_len(host);
	if (!len || len > 255 || !port_good(host + len, &port))
		return bad_url(text, err);
	url->loopback = is_loopback(host, len);
	if (plain && !url->loopback)
		return error_reason(err, REASON_STORE_PLAIN, "url", text, NULL);
	if (port == usual)
		snprintf(url->host, sizeof url->host, "%.*s", (int)len, host);
	else
		snprintf(url->host, sizeof url->host, "%.*s:%u", (int)len, host, port);
	snprintf(url->base, sizeof url->base, "%s://%s", plain ? "http" : "https", url->host);
	return 0;
}
