/* The sources that claim lines offer: found, or entered as HELD. */
#include "core/store/commands/claim_source.h"

#include <string.h>

#include "core/base/text.h"
#include "core/store/commands/claim_lines.h"

char *certificate_number(const char *text, struct arena *arena)
{
	char *out = text_trim(text_ascii_width(text, arena), arena), *to = out;

	for (const char *from = out; *from; from++)
		if (*from != ' ' && *from != '\t')
			*to++ = *from >= 'a' && *from <= 'z' ? (char)(*from - 'a' + 'A') : *from;
	*to = '\0';
	return out;
}

static int needed(struct error *err, const char *field, const char *label)
{
	return error_reason(err, REASON_FIELD_REQUIRED, "field", field, "label", label, NULL);
}

/* The one certificate of this type that the person holds, when no number was
 * given. */
static int certificate_only(struct tx *tx, int64_t person_id, const struct certificate_type *type,
			    struct certificate **out, struct error *err)
{
	const struct filter filters[] = {
		FILTER_INT("person_id", person_id), FILTER_INT("type_id", type->id),
	};
	struct record_list list;

	if (tx_find_all(tx, KIND_CERTIFICATE, filters, 2, 0, &list, err) < 0)
		return err->code;
	if (list.count != 1)
		return needed(err, "no", _("Certificate number"));
	*out = list.items[0];
	return 0;
}

static int certificate_enter(struct tx *tx, int64_t person_id, const struct certificate_type *type,
			     const struct claim_source *from, const char *number,
			     struct certificate **out, struct error *err)
{
	struct certificate *certificate = record_new(tx->arena, &certificate_fields);

	if (from->issued == OV_NULL)
		return needed(err, "issued", _("Issued"));
	if (type->has_level == 1 && from->level == OV_NULL)
		return needed(err, "level", _("Skill level"));
	certificate->person_id = person_id;
	certificate->type_id = type->id;
	certificate->cert_no = number;
	certificate->level = type->has_level == 1 ? from->level : OV_NULL;
	certificate->mark = from->mark;
	certificate->issued_on = from->issued;
	certificate->expires_on = from->expires;
	if (from->expires == OV_NULL && type->validity_months != OV_NULL)
		certificate->expires_on = date_add_months(from->issued, (int)type->validity_months) - 1;
	certificate->state = CERT_HELD;
	*out = certificate;
	return tx_insert(tx, KIND_CERTIFICATE, certificate, err);
}

static int certificate_find(struct tx *tx, int64_t person_id, const struct certificate_type *type,
			    const struct claim_source *from, struct certificate **out,
			    struct error *err)
{
	struct filter filters[] = {
		FILTER_INT("type_id", type->id), FILTER_TEXT("cert_no", NULL),
	};
	const char *number;

	if (!from->no)
		return certificate_only(tx, person_id, type, out, err);
	number = certificate_number(from->no, tx->arena);
	if (!*number)
		return needed(err, "no", _("Certificate number"));
	filters[1].text = number;
	if (tx_find_one(tx, KIND_CERTIFICATE, filters, 2, (void **)out, err) < 0)
		return err->code;
	if (!*out)
		return certificate_enter(tx, person_id, type, from, number, out, err);
	if ((*out)->person_id != person_id) /* I6 */
		return error_reason(err, REASON_FIELD_UNIQUE, "field", "no",
				    "label", _("Certificate number"), NULL);
	return 0;
}

static bool agrees(int64_t given, int64_t held)
{
	return given == OV_NULL || given == held;
}

static bool result_agrees(const struct prior_result *result, const struct claim_source *from)
{
	return agrees(from->mark, result->mark) && agrees(from->credits, result->credit_centi) &&
	       agrees(from->hours, result->hours) && agrees(from->issued, result->dated_on) &&
	       agrees(from->expires, result->expires_on);
}

static int result_find(struct tx *tx, int64_t person_id, enum source_kind kind,
		       const struct claim_source *from, struct prior_result **out,
		       struct error *err)
{
	const struct filter filters[] = {
		FILTER_INT("person_id", person_id), FILTER_INT("source_kind", kind),
		FILTER_TEXT("code", from->source),
	};
	struct prior_result *result;
	struct record_list list;

	if (tx_find_all(tx, KIND_PRIOR_RESULT, filters, 3, 0, &list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count; i++) {
		*out = list.items[i];
		if (result_agrees(*out, from))
			return 0;
	}
	result = record_new(tx->arena, &prior_result_fields);
	result->person_id = person_id;
	result->source_kind = kind;
	result->code = from->source;
	result->name = from->name;
	result->issuer = from->issuer;
	result->mark = from->mark;
	result->credit_centi = from->credits;
	result->hours = from->hours;
	result->dated_on = from->issued;
	result->expires_on = from->expires;
	result->state = CERT_HELD;
	*out = result;
	return tx_insert(tx, KIND_PRIOR_RESULT, result, err);
}

/* What a code stands for, when the form does not say. */
static int kind_guess(struct tx *tx, const char *code, enum source_kind *kind, struct error *err)
{
	const struct filter by_code[] = { FILTER_TEXT("code", code) };
	struct course *course;

	if (tx_find_one(tx, KIND_COURSE, by_code, 1, (void **)&course, err) < 0)
		return err->code;
	*kind = (course && course->kind == COURSE_OPEN) || !strncmp(code, "OPEN-", 5) ?
		SOURCE_OPEN_COURSE : SOURCE_COURSE;
	return 0;
}

int claim_source_resolve(struct tx *tx, int64_t person_id, const struct claim_source *from,
			 struct claim_line *line, struct error *err)
{
	const struct filter by_code[] = { FILTER_TEXT("code", from->source) };
	enum source_kind kind = (enum source_kind)from->kind;
	struct certificate_type *type = NULL;
	struct certificate *certificate = NULL;
	struct prior_result *result = NULL;

	if (!from->source)
		return needed(err, "source", _("Code"));
	line->source_code = from->source;
	if ((from->kind == OV_NULL || from->kind == SOURCE_CERTIFICATE) &&
	    tx_find_one(tx, KIND_CERTIFICATE_TYPE, by_code, 1, (void **)&type, err) < 0)
		return err->code;
	if (type) {
		if (certificate_find(tx, person_id, type, from, &certificate, err) < 0)
			return err->code;
		line->source_kind = SOURCE_CERTIFICATE;
		line->source_ref = certificate->id;
		return 0;
	}
	if (from->kind == SOURCE_CERTIFICATE)
		return error_reason(err, REASON_NOT_FOUND, "field", "source",
				    "what", _("certificate type"), "key", from->source, NULL);
	if (from->kind == OV_NULL && kind_guess(tx, from->source, &kind, err) < 0)
		return err->code;
	if (result_find(tx, person_id, kind, from, &result, err) < 0)
		return err->code;
	line->source_kind = kind;
	line->source_ref = result->id;
	return 0;
}

static int state_set(struct tx *tx, struct case_line *line, enum cert_state state,
		     struct error *err)
{
	bool verified = state == CERT_VERIFIED;
	int64_t by = verified ? tx->actor->user_id : OV_NULL;
	int64_t on = verified ? tx->today : OV_NULL;

	if (line->certificate) {
		if (line->certificate->state == state)
			return 0;
		line->certificate->state = state;
		line->certificate->verified_by = by;
		line->certificate->verified_on = on;
		return tx_update(tx, KIND_CERTIFICATE, line->certificate, err);
	}
	if (line->result->state == state)
		return 0;
	line->result->state = state;
	line->result->verified_by = by;
	line->result->verified_on = on;
	return tx_update(tx, KIND_PRIOR_RESULT, line->result, err);
}

static int64_t source_state(const struct case_line *line)
{
	return line->certificate ? line->certificate->state : line->result->state;
}

int claim_sources_verify(struct tx *tx, struct claim_case *cc, struct error *err)
{
	for (size_t i = 0; i < cc->line_count; i++) {
		/* What was found false or revoked once is not healed by a copy. */
		if (source_state(&cc->lines[i]) == CERT_HELD && case_line_proved(&cc->lines[i]) &&
		    state_set(tx, &cc->lines[i], CERT_VERIFIED, err) < 0)
			return err->code;
	}
	return 0;
}

static bool line_false(const struct case_line *line)
{
	for (size_t i = 0; i < line->evidence.count; i++)
		if (((struct evidence *)line->evidence.items[i])->checked == CHECK_FALSE)
			return true;
	return false;
}

int claim_sources_false(struct tx *tx, struct claim_case *cc, struct error *err)
{
	for (size_t i = 0; i < cc->line_count; i++)
		if (line_false(&cc->lines[i]) && state_set(tx, &cc->lines[i], CERT_FALSE, err) < 0)
			return err->code;
	return 0;
}

int claim_sources_hold(struct tx *tx, struct claim_case *cc, struct error *err)
{
	for (size_t i = 0; i < cc->line_count; i++) {
		struct case_line *line = &cc->lines[i];

		if (!line_false(line))
			continue;
		for (size_t k = 0; k < line->evidence.count; k++) {
			struct evidence *evidence = line->evidence.items[k];

			if (evidence->checked != CHECK_FALSE)
				continue;
			evidence->checked = CHECK_OPEN;
			evidence->checked_by = OV_NULL;
			if (tx_update(tx, KIND_EVIDENCE, evidence, err) < 0)
				return err->code;
		}
		if (source_state(line) == CERT_FALSE && state_set(tx, line, CERT_HELD, err) < 0)
			return err->code;
	}
	return 0;
}
