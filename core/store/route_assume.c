/* What a learner is supposed to have besides: CODE[,name=value…][;…]. */
#include "core/store/route_input.h"

#include <string.h>

#include "core/base/i18n.h"
#include "core/store/commands/claim_args.h"

enum { ASSUME_MOST = 20, ASSUME_BYTES = 1000 };

static const char *trimmed(const char *text, size_t len, struct arena *arena)
{
	while (len && (*text == ' ' || *text == '\t'))
		text++, len--;
	while (len && (text[len - 1] == ' ' || text[len - 1] == '\t'))
		len--;
	return arena_strndup(arena, text, len);
}

/* Values that say nothing about the worth of a source are refused. */
static const struct field *value_field(const char *name)
{
	static const char *const known[] = { "level", "mark", "credits", "hours" };

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (!strcmp(known[i], name))
			return field_find(&claim_source_fields, name);
	return NULL;
}

static int one_parse(const char *text, struct claim_source *source, struct arena *arena,
		     struct error *err)
{
	const char *at = text;
	size_t len = strcspn(at, ",");

	if (field_parse(field_find(&claim_source_fields, "source"), trimmed(at, len, arena), source,
			arena, err) < 0)
		return err->code;
	if (!source->source || !*source->source)
		return error_reason(err, REASON_FIELD_REQUIRED, "field", "assume", "label",
				    _("Code"), NULL);
	for (at += len; *at == ','; at += len) {
		const struct field *field;
		const char *piece, *equals;

		at++;
		len = strcspn(at, ",");
		piece = trimmed(at, len, arena);
		equals = strchr(piece, '=');
		field = equals ? value_field(arena_strndup(arena, piece, (size_t)(equals - piece))) :
			NULL;
		if (!field)
			return error_reason(err, REASON_FIELD_UNKNOWN, "name", piece, NULL);
		if (field_parse(field, equals + 1, source, arena, err) < 0)
			return err->code;
	}
	return 0;
}

int route_assume_parse(const char *text, struct arena *arena, struct record_list *list,
		       struct error *err)
{
	*list = (struct record_list){ &claim_source_fields, 0,
				      arena_array(arena, ASSUME_MOST, sizeof *list->items) };
	if (!text)
		return 0;
	if (strlen(text) > ASSUME_BYTES)
		return error_reason(err, REASON_FIELD_LENGTH, "field", "assume", "label",
				    _("Supposed"), "max", "1000", NULL);
	while (*text) {
		size_t len = strcspn(text, ";");
		const char *piece = trimmed(text, len, arena);

		text += len + (text[len] == ';');
		if (!*piece)
			continue;
		if (list->count == ASSUME_MOST)
			return error_reason(err, REASON_FIELD_RANGE, "field", "assume", "label",
					    _("Supposed"), "min", "0", "max", "20", NULL);
		list->items[list->count] = record_new(arena, &claim_source_fields);
		if (one_parse(piece, list->items[list->count++], arena, err) < 0)
			return err->code;
	}
	return 0;
}
