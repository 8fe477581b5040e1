#include "core/codec/rules_case.h"

#include "core/model/person.h"
#include "core/rules/composite.h"
#include "core/rules/graduation.h"

#include <string.h>

json_t *json_text_or_null(const char *text)
{
	return text ? json_string(text) : json_null();
}

json_t *json_int_or_null(int64_t value)
{
	return value == OV_NULL ? json_null() : json_integer(value);
}

const struct fixture_programme *case_programme(struct json_reader *reader,
					       const struct rules_fixture *fixture,
					       json_t *object)
{
	const char *code = json_get_text(reader, object, "programme");
	const struct fixture_programme *programme = fixture_programme_find(fixture, code);

	if (!programme)
		json_reader_fail(reader, "programme", N_("is not in the fixture"));
	return programme;
}

const struct credit_caps *case_caps(struct json_reader *reader,
				    const struct rules_fixture *fixture, json_t *object)
{
	const char *code = json_get_text(reader, object, "cap_profile");
	const struct fixture_cap *cap = fixture_cap_find(fixture, code);

	if (!cap)
		json_reader_fail(reader, "cap_profile", N_("is not in the fixture"));
	return cap ? &cap->caps : NULL;
}

bool case_student_active(struct json_reader *reader, json_t *object)
{
	if (!json_object_get(object, "student_status"))
		return true;
	return json_get_enum(reader, object, "student_status", &student_status_enum) ==
	       STUDENT_ACTIVE;
}

/* --- graduation --- */

static void certificates_read(struct json_reader *reader, json_t *object, struct grad_input *input)
{
	json_t *list = json_opt_list(reader, object, "certificates"), *item;
	struct grad_certificate *held = arena_array(reader->arena, json_array_size(list), sizeof *held);
	size_t i;

	json_enter(reader, "certificates");
	json_array_foreach(list, i, item) {
		json_enter_item(reader, i);
		if (!json_is_object(item))
			json_reader_fail(reader, NULL, N_("an object is expected"));
		held[i].category = (enum cert_category)
			json_get_enum(reader, item, "category", &cert_category_enum);
		held[i].verified = json_opt_bool(reader, item, "verified", true);
		held[i].revoked = json_opt_bool(reader, item, "revoked", false);
		held[i].expires_on = json_opt_date(reader, item, "expires_on");
		json_leave(reader);
	}
	json_leave(reader);
	input->certificates = held;
	input->certificate_count = json_array_size(list);
}

static void grad_modules_read(struct json_reader *reader, json_t *object,
			      const struct fixture_programme *programme, struct grad_input *input)
{
	json_t *credits = json_get_object(reader, object, "credits_by_module"), *value;
	struct grad_module *modules = arena_array(reader->arena, programme->module_count,
						  sizeof *modules);
	const char *key;

	json_enter(reader, "credits_by_module");
	for (size_t i = 0; i < programme->module_count; i++)
		modules[i] = (struct grad_module){
			programme->modules[i].code, programme->modules[i].min_centi,
			json_opt_int(reader, credits, programme->modules[i].code, 0,
				     CREDIT_AMOUNT_MAX, 0),
		};
	json_object_foreach(credits, key, value) {
		bool known = false;

		for (size_t i = 0; i < programme->module_count; i++)
			known = known || !strcmp(modules[i].code, key);
		if (!known)
			json_reader_fail(reader, key, N_("is no module of the programme"));
	}
	json_leave(reader);
	input->modules = modules;
	input->module_count = programme->module_count;
}

static json_t *run_graduation(struct json_reader *reader, const struct rules_fixture *fixture,
			      json_t *object)
{
	const struct fixture_programme *programme = case_programme(reader, fixture, object);
	const struct credit_caps *caps = case_caps(reader, fixture, object);
	struct grad_input input = { .counted_centi = OV_NULL };
	struct grad_result result;
	json_t *codes;

	input.student_active = case_student_active(reader, object);
	input.registered_on = json_get_date(reader, object, "registered_on");
	input.checked_on = json_get_date(reader, object, "checked_on");
	input.transferred_centi = json_opt_int(reader, object, "transferred_centi", 0,
					       CREDIT_AMOUNT_MAX, 0);
	input.open_claims = json_opt_int(reader, object, "open_claims", 0, INT32_MAX, 0);
	certificates_read(reader, object, &input);
	if (json_reader_failed(reader))
		return NULL;
	grad_modules_read(reader, object, programme, &input);
	if (json_reader_failed(reader))
		return NULL;
	input.overall_bp = caps->overall_bp;
	input.min_total_centi = programme->min_total_centi;
	input.min_months = programme->min_months;
	input.max_months = programme->max_months;
	input.certificate_needed = programme->two_cert_required;
	graduation_check(&input, reader->arena, &result);
	codes = json_array();
	for (size_t i = 0; i < result.count; i++)
		json_array_append_new(codes, json_string(result.findings[i].text));
	return json_pack("{s:o, s:b}", "codes", codes, "passed", (int)result.passed);
}

/* --- the short kinds --- */

static json_t *run_composite(struct json_reader *reader, const struct rules_fixture *fixture,
			     json_t *object)
{
	int64_t formative = json_opt_int(reader, object, "formative", 0, MARK_MAX, OV_NULL);
	int64_t final = json_opt_int(reader, object, "final", 0, MARK_MAX, OV_NULL);
	int64_t weight = json_get_int(reader, object, "formative_bp", 0, 10000), mark;
	enum reason code;

	(void)fixture;
	if (json_reader_failed(reader))
		return NULL;
	code = composite_mark(formative, final, weight, &mark);
	if (code != REASON_MK_OK)
		return json_pack("{s:s}", "code", reason_code((int)code));
	return json_pack("{s:s, s:I, s:b}", "code", reason_code((int)code),
			 "composite", (json_int_t)mark, "passed", (int)composite_passed(mark));
}

static json_t *run_shift(struct json_reader *reader, const struct rules_fixture *fixture,
			 json_t *object)
{
	enum { LAST_START = 1439, LAST_END = 2880, OFFSET_MAX = 10000 };
	const char *code = json_get_text(reader, object, "pattern");
	const struct fixture_pattern *pattern = fixture_pattern_find(fixture, code);
	int64_t day = json_get_date(reader, object, "day");
	int64_t offset = json_opt_int(reader, object, "team_offset", -OFFSET_MAX, OFFSET_MAX, 0);
	int64_t start = json_get_int(reader, object, "start_min", 0, LAST_START);
	int64_t end = json_get_int(reader, object, "end_min", 1, LAST_END);
	char slot[2] = "", letter, text[16];
	enum shift_answer answer;

	if (!pattern)
		json_reader_fail(reader, "pattern", N_("is not in the fixture"));
	else if (end <= start)
		json_reader_fail(reader, "end_min", N_("must be after start_min"));
	if (json_reader_failed(reader) || !pattern)
		return NULL;
	slot[0] = shift_slot(&pattern->cycle, day, offset);
	answer = shift_question(&pattern->cycle, day, offset, start, end, &letter);
	return json_pack("{s:s, s:s}", "slot", slot,
			 "result", shift_answer_text(answer, letter, text));
}

static json_t *run_citizen_id(struct json_reader *reader, const struct rules_fixture *fixture,
			      json_t *object)
{
	const char *input = json_get_text(reader, object, "input");
	struct error err = ERROR_INIT;
	struct citizen_id id;
	char date[DATE_TEXT], decoded[32];

	if (fixture->today == OV_NULL)
		json_reader_fail(reader, NULL, N_("the fixture has no member \"today\""));
	if (json_reader_failed(reader))
		return NULL;
	if (citizen_id_parse(input, fixture->today, &id, &err) < 0)
		return json_pack("{s:s, s:n, s:o}", "code", reason_code(err.reason), "decoded",
				 "proposal", json_text_or_null(*id.proposal ? id.proposal : NULL));
	snprintf(decoded, sizeof decoded, "%s %c", date_format(id.birth_date, date), id.sex);
	return json_pack("{s:s, s:s}", "code", "ID_OK", "decoded", decoded);
}

static json_t *run_student_no(struct json_reader *reader, const struct rules_fixture *fixture,
			      json_t *object)
{
	const char *input = json_get_text(reader, object, "input");
	struct student_number number;
	struct error err = ERROR_INIT;
	char decoded[64];

	if (fixture->today == OV_NULL)
		json_reader_fail(reader, NULL, N_("the fixture has no member \"today\""));
	if (json_reader_failed(reader))
		return NULL;
	if (student_number_parse(&fixture->plan, input, fixture->today, &number, &err) < 0)
		return json_pack("{s:s, s:n}", "code", reason_code(err.reason), "decoded");
	return json_pack("{s:s, s:s, s:s}", "code", "SN_OK",
		"decoded", student_number_decoded(&number, decoded, sizeof decoded),
		"display", number.display);
}

json_t *rules_case_run(struct json_reader *reader, const struct rules_fixture *fixture,
		       json_t *object)
{
	static const struct {
		const char *kind;
		json_t *(*run)(struct json_reader *, const struct rules_fixture *, json_t *);
	} kinds[] = {
		{ "credit", rules_case_credit },
		{ "graduation", run_graduation },
		{ "composite", run_composite },
		{ "shift", run_shift },
		{ "citizen_id", run_citizen_id },
		{ "student_no", run_student_no },
	};
	const char *kind = json_get_text(reader, object, "kind");

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (!strcmp(kinds[i].kind, kind))
			return kinds[i].run(reader, fixture, object);
	json_reader_fail(reader, "kind", N_("is none of the kinds of case there are"));
	return NULL;
}
