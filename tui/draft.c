#include "tui/draft.h"

#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/base/text.h"
#include "core/model/reason.h"

static const char head[] = "overpass-draft 1";

void draft_put(struct buf *out, const char *key, const char *value)
{
	buf_text(out, key);
	buf_char(out, '=');
	for (; *value; value++) {
		if (*value == '\n')
			buf_text(out, "\\n");
		else if (*value == '\\')
			buf_text(out, "\\\\");
		else
			buf_char(out, *value);
	}
	buf_char(out, '\n');
}

void draft_head(struct buf *out, const char *view)
{
	buf_printf(out, "%s\nview=%s\n", head, view);
}

void draft_forget(struct buf *text)
{
	if (text->bytes)
		explicit_bzero(text->bytes, text->cap);
	buf_release(text);
	buf_init(text, DRAFT_FILE_MAX);
}

const char *draft_get(const struct draft *draft, const char *key)
{
	size_t i;

	for (i = 0; i < draft->count; i++) {
		if (strcmp(draft->key[i], key) == 0)
			return draft->value[i];
	}
	return NULL;
}

static void unescape(char *value)
{
	char *to = value;

	for (; *value; value++) {
		if (*value == '\\' && value[1])
			*to++ = *++value == 'n' ? '\n' : *value;
		else
			*to++ = *value;
	}
	*to = '\0';
}

static int bad(struct error *err, int line)
{
	char number[16];

	snprintf(number, sizeof number, "%d", line);
	return error_reason(err, REASON_FILE_BAD, "file", _("draft"), "line", number, "why",
			    _("this is not a draft of Overpass"), NULL);
}

int draft_parse(const char *text, size_t len, struct arena *arena, struct draft *draft,
		struct error *err)
{
	char *at, *end;
	int line = 0;

	memset(draft, 0, sizeof *draft);
	if (len > DRAFT_FILE_MAX || memchr(text, '\0', len) || !utf8_valid(text, len))
		return bad(err, 0);
	for (at = arena_strndup(arena, text, len); *at; at = end + 1) {
		char *equals;

		line++;
		end = strchr(at, '\n');
		if (!end)
			return bad(err, line); /* cut off in writing */
		*end = '\0';
		if (line == 1) {
			if (strcmp(at, head) != 0)
				return bad(err, line);
			continue;
		}
		equals = strchr(at, '=');
		if (!equals || draft->count == DRAFT_VALUES_MAX)
			return bad(err, line);
		*equals = '\0';
		unescape(equals + 1);
		if (line == 2 && strcmp(at, "view") == 0) {
			draft->view = equals + 1;
			continue;
		}
		draft->key[draft->count] = at;
		draft->value[draft->count++] = equals + 1;
	}
	return draft->view ? 0 : bad(err, line);
}
