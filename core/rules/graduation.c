#include "core/rules/graduation.h"

#include "core/base/buf.h"
#include "core/model/field.h"
#include "core/rules/credit.h"

struct check {
	const struct grad_input *input;
	struct arena *arena;
	struct grad_result *result;
};

static struct grad_finding *finding_add(struct check *check, enum reason code)
{
	struct grad_finding *finding = &check->result->findings[check->result->count++];

	*finding = (struct grad_finding){
		.code = code, .amount_centi = OV_NULL, .date = OV_NULL, .count = OV_NULL,
		.text = reason_code(code),
	};
	return finding;
}

static void finding_amount(struct check *check, enum reason code, const char *module,
			   int64_t centi)
{
	struct grad_finding *finding = finding_add(check, code);
	char text[24];

	finding->module = module;
	finding->amount_centi = centi;
	finding->text = arena_printf(check->arena, "%s(%s%s%s)", reason_code(code),
		module ? module : "", module ? "," : "", centi_format(centi, text));
}

static void finding_date(struct check *check, enum reason code, int64_t date)
{
	struct grad_finding *finding = finding_add(check, code);
	char text[DATE_TEXT];

	finding->date = date;
	finding->text = arena_printf(check->arena, "%s(%s)", reason_code(code),
				     date_format(date, text));
}

static void check_credits(struct check *check)
{
	const struct grad_input *in = check->input;
	int64_t counted = in->counted_centi, cap = credit_cap(in->min_total_centi, in->overall_bp);

	if (counted == OV_NULL) {
		counted = 0;
		for (size_t i = 0; i < in->module_count; i++)
			counted += in->modules[i].counted_centi;
	}
	if (counted < in->min_total_centi)
		finding_amount(check, REASON_GD_CREDITS_SHORT, NULL, in->min_total_centi - counted);
	for (size_t i = 0; i < in->module_count; i++) {
		const struct grad_module *module = &in->modules[i];

		if (module->counted_centi < module->min_centi)
			finding_amount(check, REASON_GD_MODULE_SHORT, module->code,
				       module->min_centi - module->counted_centi);
	}
	if (cap != OV_NULL && in->transferred_centi > cap)
		finding_amount(check, REASON_GD_OVER_CAP, NULL, in->transferred_centi - cap);
}

bool graduation_certificate_serves(const struct grad_certificate *certificate, int64_t day)
{
	return (certificate->category == CERT_VQ || certificate->category == CERT_PS) &&
	       certificate->verified && !certificate->revoked &&
	       (certificate->expires_on == OV_NULL || certificate->expires_on >= day);
}

static void check_certificate(struct check *check)
{
	const struct grad_input *in = check->input;

	if (!in->certificate_needed)
		return;
	for (size_t i = 0; i < in->certificate_count; i++)
		if (graduation_certificate_serves(&in->certificates[i], in->checked_on))
			return;
	finding_add(check, REASON_GD_NO_CERT);
}

static void check_duration(struct check *check)
{
	const struct grad_input *in = check->input;

	if (in->min_months != OV_NULL) {
		int64_t first = date_add_months(in->registered_on, (int)in->min_months);

		if (in->checked_on < first)
			finding_date(check, REASON_GD_TOO_EARLY, first);
	}
	if (in->max_months != OV_NULL) {
		int64_t past = date_add_months(in->registered_on, (int)in->max_months) +
			       in->leave_days;

		if (in->checked_on >= past)
			finding_date(check, REASON_GD_EXPIRED, past);
	}
}

void graduation_check(const struct grad_input *input, struct arena *arena,
		      struct grad_result *result)
{
	struct check check = { input, arena, result };

	/* At most one finding for each module and each of the other seven tests. */
	result->findings = arena_array(arena, input->module_count + 8, sizeof *result->findings);
	result->count = 0;
	if (!input->student_active)
		finding_add(&check, REASON_GD_STATUS);
	check_credits(&check);
	check_certificate(&check);
	check_duration(&check);
	if (input->open_claims > 0) {
		struct grad_finding *finding = finding_add(&check, REASON_GD_OPEN_CLAIM);

		finding->count = input->open_claims;
		finding->text = arena_printf(arena, "%s(%lld)", finding->text,
					     (long long)input->open_claims);
	}
	result->passed = result->count == 0;
	if (result->passed)
		finding_add(&check, REASON_GD_OK);
}
