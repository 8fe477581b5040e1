/* People: who they are, where they work, and one value in clear. DOMAIN.md
 * 2.1, 2.3, 7. */
#include <string.h>

#include "core/base/pinyin.h"
#include "core/base/text.h"
#include "core/rules/identifier.h"
#include "core/store/commands/claim_outcome.h"
#include "core/store/commands/handlers.h"
#include "core/store/commands/person_args.h"
#include "core/store/tx.h"

#define ARGS_TABLE(REC, LIST) FIELD_TABLE(REC, LIST, #REC, "", false, NULL);
PERSON_ARGS(ARGS_TABLE)

/* The first reading stands in the record; search indexes all of them. */
static void name_set(struct tx *tx, struct person *person, const char *name)
{
	struct name_readings readings;

	person->full_name = text_trim(name, tx->arena);
	name_read(person->full_name, &readings);
	person->name_pinyin = person->name_initials = NULL;
	if (!readings.count)
		return;
	person->name_pinyin = arena_strdup(tx->arena, readings.reading[0].syllables);
	person->name_initials = arena_strdup(tx->arena, readings.reading[0].initials);
}

/* A citizen ID says birth date and sex; what was typed must agree with it. */
static int citizen_set(struct tx *tx, struct person *person, const char *text,
		       struct outcome *outcome, struct error *err)
{
	struct citizen_id id;
	enum sex sex;

	if (citizen_id_parse(text, tx->today, &id, err) < 0) {
		if (err->reason == REASON_ID_OLD15)
			advice_add(tx, &outcome->records, REASON_ID_OLD15, "proposal", id.proposal);
		memcpy(err->field, "doc_no", sizeof "doc_no");
		return err->code;
	}
	sex = id.sex == 'M' ? SEX_M : SEX_F;
	if (person->sex != OV_NULL && person->sex != SEX_U && person->sex != (int64_t)sex)
		return error_reason(err, REASON_IM_SEX, "field", "sex", NULL);
	person->doc_no = arena_strdup(tx->arena, id.text);
	person->birth_date = id.birth_date;
	person->sex = sex;
	if (citizen_id_age_odd(id.birth_date, tx->today))
		advice_add(tx, &outcome->records, REASON_ID_AGE, "field", "doc_no");
	return 0;
}

static int document_set(struct tx *tx, struct person *person, const char *text,
			struct outcome *outcome, struct error *err)
{
	if (person->doc_kind == DOC_CITIZEN_ID)
		return citizen_set(tx, person, text, outcome, err);
	person->doc_no = text_normalise_id(text, tx->arena);
	if (!*person->doc_no)
		person->doc_no = NULL;
	return 0;
}

static int mobile_set(struct tx *tx, struct person *person, const char *text, struct error *err)
{
	char mobile[MOBILE_LEN + 1];

	if (mobile_parse(text, mobile, err) < 0) {
		memcpy(err->field, "mobile", sizeof "mobile");
		return err->code;
	}
	person->mobile = arena_strdup(tx->arena, mobile);
	return 0;
}

/* Everything but the name; create and edit have these fields in common. */
static int values_set(struct tx *tx, struct person *person,
		      const struct person_edit_args *args, struct outcome *outcome,
		      struct error *err)
{
	if (args->doc_kind != OV_NULL)
		person->doc_kind = args->doc_kind;
	if (args->birth_date != OV_NULL)
		person->birth_date = args->birth_date;
	if (args->sex != OV_NULL)
		person->sex = args->sex;
	if (args->email)
		person->email = text_trim(args->email, tx->arena);
	if (args->consent_on != OV_NULL)
		person->consent_on = args->consent_on;
	if (args->mobile && mobile_set(tx, person, args->mobile, err) < 0)
		return err->code;
	if (args->doc_no && document_set(tx, person, args->doc_no, outcome, err) < 0)
		return err->code;
	if ((person->doc_no || person->birth_date != OV_NULL) && person->consent_on == OV_NULL)
		return error_reason(err, REASON_CONSENT_NEEDED, "field", "consent_on", NULL);
	return 0;
}

int command_person_create(struct tx *tx, const struct command *command,
			  struct outcome *outcome, struct error *err)
{
	const struct person_create_args *args = command->args;
	const struct person_edit_args values = {
		.doc_kind = args->doc_kind, .doc_no = args->doc_no,
		.birth_date = args->birth_date, .sex = args->sex, .mobile = args->mobile,
		.email = args->email, .consent_on = args->consent_on,
	};
	struct person *person = record_new(tx->arena, &person_fields);

	person->doc_kind = DOC_OTHER;
	name_set(tx, person, args->full_name);
	if (values_set(tx, person, &values, outcome, err) < 0 ||
	    tx_insert(tx, KIND_PERSON, person, err) < 0)
		return err->code;
	outcome->id = person->id;
	bundle_add(&outcome->records, &person_fields, person);
	return 0;
}

int command_person_edit(struct tx *tx, const struct command *command,
			struct outcome *outcome, struct error *err)
{
	const struct person_edit_args *args = command->args;
	struct person *person;

	if (tx_get(tx, KIND_PERSON, command->target, (void **)&person, err) < 0)
		return err->code;
	if (args->full_name)
		name_set(tx, person, args->full_name);
	/* A new document stands on its own: the old one's values go with it. */
	if (args->doc_no && person->doc_kind == DOC_CITIZEN_ID && args->sex == OV_NULL)
		person->sex = OV_NULL;
	if (values_set(tx, person, args, outcome, err) < 0 ||
	    tx_update(tx, KIND_PERSON, person, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &person_fields, person);
	return 0;
}

static int employment_close(struct tx *tx, int64_t person_id, int64_t on, struct error *err)
{
	const struct filter current[] = {
		FILTER_INT("person_id", person_id), FILTER_INT("valid_to", OV_NULL),
	};
	struct employment *old;

	if (tx_find_one(tx, KIND_EMPLOYMENT, current, 2, (void **)&old, err) < 0)
		return err->code;
	if (!old)
		return 0;
	old->valid_to = on;
	return tx_update(tx, KIND_EMPLOYMENT, old, err);
}

static int team_check(struct tx *tx, const struct employment *row, struct error *err)
{
	struct shift_pattern *pattern;

	if (row->shift_pattern_id == OV_NULL)
		return 0;
	if (tx_get(tx, KIND_SHIFT_PATTERN, row->shift_pattern_id, (void **)&pattern, err) < 0)
		return err->code;
	if (row->team_offset == OV_NULL || row->team_offset >= (int64_t)strlen(pattern->cycle))
		return error_reason(err, REASON_IM_SHIFT, "field", "team_offset", NULL);
	return 0;
}

/* The present employment ends where the new one begins. */
int command_person_employ(struct tx *tx, const struct command *command,
			  struct outcome *outcome, struct error *err)
{
	const struct employment_set_args *args = command->args;
	struct employment *row = record_new(tx->arena, &employment_fields);

	row->person_id = command->target;
	row->employer = args->employer;
	row->plant = args->plant;
	row->workshop = args->workshop;
	row->post = args->post;
	row->employee_no = args->employee_no;
	row->shift_pattern_id = args->shift_pattern_id;
	row->team_offset = args->team_offset;
	row->valid_from = args->valid_from != OV_NULL ? args->valid_from : tx->today;
	if (team_check(tx, row, err) < 0 ||
	    employment_close(tx, command->target, row->valid_from, err) < 0 ||
	    tx_insert(tx, KIND_EMPLOYMENT, row, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &employment_fields, row);
	return 0;
}

/* What may be revealed: personal values that are shown masked. */
static const struct field *reveal_field(const char *name)
{
	const struct field *field = field_find(&person_fields, name);

	return field && (field->pii == P2 || field->pii == P3) && !(field->flags & SECRET) ?
	       field : NULL;
}

/* I23: the trail names user, reason, person and field, not the value. */
int command_pii_reveal(struct tx *tx, const struct command *command,
		       struct outcome *outcome, struct error *err)
{
	const struct pii_reveal_args *args = command->args;
	const struct field *field = reveal_field(args->field);
	struct revealed *revealed;
	char value[512];
	void *person;

	if (!field)
		return error_reason(err, REASON_FIELD_UNKNOWN, "name", args->field,
				    "field", "field", NULL);
	if (tx_get(tx, KIND_PERSON, command->target, &person, err) < 0)
		return err->code;
	revealed = record_new(tx->arena, &revealed_fields);
	revealed->field = field->name;
	revealed->value = arena_strdup(tx->arena, field_format(field, person, value, sizeof value));
	bundle_add(&outcome->records, &revealed_fields, revealed);
	tx->audit_detail = field->name;
	return 0;
}
