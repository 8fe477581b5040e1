#include "core/store/graduation_input.h"

#include <stdio.h>

#include "core/store/claim_input.h"

static int certificates_load(struct tx *tx, int64_t person_id, struct grad_input *input,
			     struct error *err)
{
	const struct filter of_person[] = { FILTER_INT("person_id", person_id) };
	struct grad_certificate *out;
	struct record_list list;

	if (tx_find_all(tx, KIND_CERTIFICATE, of_person, 1, 0, &list, err) < 0)
		return err->code;
	out = arena_array(tx->arena, list.count, sizeof *out);
	for (size_t i = 0; i < list.count; i++) {
		const struct certificate *certificate = list.items[i];
		struct certificate_type *type;

		if (tx_get(tx, KIND_CERTIFICATE_TYPE, certificate->type_id, (void **)&type, err) < 0)
			return err->code;
		out[i] = (struct grad_certificate){
			.category = (enum cert_category)type->category,
			.verified = certificate->state == CERT_VERIFIED,
			.revoked = certificate->state == CERT_REVOKED ||
				   certificate->state == CERT_FALSE,
			.expires_on = certificate->expires_on,
		};
	}
	input->certificates = out;
	input->certificate_count = list.count;
	return 0;
}

static int claims_count(struct tx *tx, int64_t student_id, int64_t *open, struct error *err)
{
	const struct filter of_student[] = { FILTER_INT("student_id", student_id) };
	struct record_list list;

	*open = 0;
	if (tx_find_all(tx, KIND_CREDIT_CLAIM, of_student, 1, 0, &list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count; i++)
		*open += claim_state_open((enum claim_state)
					  ((struct credit_claim *)list.items[i])->state);
	return 0;
}

static void modules_fill(struct tx *tx, const struct student_sums *sums, struct grad_input *input)
{
	struct grad_module *modules = arena_array(tx->arena, sums->modules.count, sizeof *modules);

	for (size_t i = 0; i < sums->modules.count; i++) {
		const struct module_sum *sum = &sums->by_module[i];

		modules[i] = (struct grad_module){
			sum->module->code, sum->module->min_centi,
			sum->earned_centi + sum->transferred_centi };
	}
	input->modules = modules;
	input->module_count = sums->modules.count;
}

int graduation_input_build(struct tx *tx, const struct student *student,
			   const struct student_sums *sums, struct grad_input *input,
			   struct error *err)
{
	struct curriculum *curriculum;
	struct programme *programme;
	struct cap_profile *caps;

	*input = (struct grad_input){
		.student_active = student->status == STUDENT_ACTIVE,
		.registered_on = student->registered_on, .checked_on = tx->today,
		.counted_centi = sums->earned_centi + sums->transferred_centi,
		.transferred_centi = sums->transferred_centi,
	};
	if (tx_get(tx, KIND_PROGRAMME, student->programme_id, (void **)&programme, err) < 0 ||
	    tx_get(tx, KIND_CURRICULUM, student->curriculum_id, (void **)&curriculum, err) < 0 ||
	    tx_get(tx, KIND_CAP_PROFILE, programme->cap_profile, (void **)&caps, err) < 0 ||
	    certificates_load(tx, student->person_id, input, err) < 0 ||
	    claims_count(tx, student->id, &input->open_claims, err) < 0)
		return err->code;
	input->min_months = programme->kind == PROGRAMME_DEGREE ? programme->min_months : OV_NULL;
	input->max_months = programme->max_months;
	input->min_total_centi = curriculum->min_total_centi;
	input->overall_bp = caps->overall_bp;
	input->certificate_needed = programme->two_cert_required == 1;
	modules_fill(tx, sums, input);
	return 0;
}

int graduation_run(struct tx *tx, const struct student *student,
		   const struct student_sums *sums, struct grad_result *result,
		   struct error *err)
{
	struct grad_input input;

	if (graduation_input_build(tx, student, sums, &input, err) < 0)
		return err->code;
	graduation_check(&input, tx->arena, result);
	return 0;
}

static const char *finding_message(struct tx *tx, const struct grad_finding *finding)
{
	char text[512], amount[24], date[DATE_TEXT], count[24];

	snprintf(count, sizeof count, "%lld", (long long)finding->count);
	centi_format(finding->amount_centi == OV_NULL ? 0 : finding->amount_centi, amount);
	return arena_strdup(tx->arena, reason_format(
		finding->code, text, sizeof text, "missing", amount, "excess", amount,
		"module", finding->module ? finding->module : "",
		"date", date_format(finding->date, date), "count", count, NULL));
}

void graduation_findings_add(struct tx *tx, const struct grad_result *result,
			     struct bundle *bundle)
{
	for (size_t i = 0; i < result->count; i++) {
		const struct grad_finding *from = &result->findings[i];
		struct graduation_finding *to = record_new(tx->arena, &graduation_finding_fields);

		to->code = reason_code((int)from->code);
		to->module_code = from->module;
		to->amount_centi = from->amount_centi;
		to->date = from->date;
		to->count = from->count;
		to->message = finding_message(tx, from);
		bundle_add(bundle, &graduation_finding_fields, to);
	}
}
