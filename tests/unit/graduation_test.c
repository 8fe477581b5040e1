/* The graduation check: GD-01…14 of DOMAIN.md 6 and our own edges. */
#include "tests/unit/shared.h"

#include "core/rules/graduation.h"

static int64_t day(const char *text)
{
	int64_t date = OV_NULL;

	if (text)
		assert_true(date_parse(text, &date));
	return date;
}

#define ZK 1200, 2000, 2400, 800, 1200
#define BK 800, 1500, 2800, 800, 1200
#define CERT(c) { { CERT_##c, true, false, OV_NULL } }, 1

static const struct vector {
	const char *id;
	bool benke;
	const char *registered, *checked;
	int64_t credits[5], transferred;
	struct grad_certificate certs[2];
	size_t cert_count;
	int64_t open_claims;
	bool leave;
	const char *expires;
	const char *found[6];
} vectors[] = {
	{ "GD-01", false, "2015-03-01", "2017-09-01", { ZK }, 2660, CERT(VQ), .found = { "GD_OK" } },
	{ "GD-02", false, "2015-03-01", "2017-08-31", { ZK }, 800, CERT(VQ),
	  .found = { "GD_TOO_EARLY(2017-09-01)" } },
	{ "GD-03", false, "2015-03-01", "2023-02-28", { ZK }, 0, CERT(VQ), .found = { "GD_OK" } },
	{ "GD-04", false, "2015-03-01", "2023-03-01", { ZK }, 0, CERT(VQ),
	  .found = { "GD_EXPIRED(2023-03-01)" } },
	{ "GD-05", false, "2015-03-01", "2018-01-10", { ZK }, 0, .found = { "GD_NO_CERT" } },
	{ "GD-06", false, "2015-03-01", "2018-01-10", { ZK }, 0, CERT(TR), .found = { "GD_NO_CERT" } },
	{ "GD-07", false, "2015-03-01", "2018-01-10", { ZK }, 0, CERT(PS), .found = { "GD_OK" } },
	{ "GD-08", false, "2015-03-01", "2018-01-10", { ZK }, 0, CERT(VQ), .expires = "2018-01-09",
	  .found = { "GD_NO_CERT" } },
	{ "GD-09", false, "2015-03-01", "2018-01-10", { 1200, 2000, 2400, 1200, 800 }, 0, CERT(VQ),
	  .found = { "GD_MODULE_SHORT(M5,4.00)" } },
	{ "GD-10", false, "2015-03-01", "2018-01-10", { 1200, 2000, 2400, 750, 1200 }, 0, CERT(VQ),
	  .found = { "GD_CREDITS_SHORT(0.50)", "GD_MODULE_SHORT(M4,0.50)" } },
	{ "GD-11", false, "2015-03-01", "2018-01-10", { ZK }, 2661, CERT(VQ),
	  .found = { "GD_OVER_CAP(0.01)" } },
	{ "GD-12", false, "2015-03-01", "2018-01-10", { ZK }, 0, CERT(VQ), 2,
	  .found = { "GD_OPEN_CLAIM(2)" } },
	{ "GD-13", false, "2015-03-01", "2018-01-10", { ZK }, 0,
	  { { CERT_VQ, false, false, OV_NULL } }, 1, .leave = true,
	  .found = { "GD_STATUS", "GD_NO_CERT" } },
	{ "GD-14", true, "2015-08-31", "2018-02-28", { BK }, 2485, CERT(VQ), .found = { "GD_OK" } },
	/* Our own. */
	{ "last valid day", false, "2015-03-01", "2018-01-10", { ZK }, 0, CERT(VQ),
	  .expires = "2018-01-10", .found = { "GD_OK" } },
	{ "a hundredth", false, "2015-03-01", "2018-01-10", { 1200, 2000, 2400, 799, 1201 }, 0, CERT(VQ),
	  .found = { "GD_MODULE_SHORT(M4,0.01)" } },
	{ "revoked", false, "2015-03-01", "2018-01-10", { ZK }, 0,
	  { { CERT_VQ, true, true, OV_NULL } }, 1, .found = { "GD_NO_CERT" } },
	{ "micro and a post-skill one", false, "2015-03-01", "2018-01-10", { ZK }, 0,
	  { { CERT_MC, true, false, OV_NULL }, { CERT_PS, true, false, OV_NULL } }, 2,
	  .found = { "GD_OK" } },
	{ "everything", false, "2015-03-01", "2015-03-01", { 0, 2000, 2400, 800, 1200 }, 5000,
	  .open_claims = 1, .leave = true, .found = { "GD_STATUS", "GD_CREDITS_SHORT(12.00)",
	  "GD_MODULE_SHORT(M1,12.00)", "GD_OVER_CAP(23.40)", "GD_NO_CERT",
	  "GD_TOO_EARLY(2017-09-01)" } },
};

static void worked_vectors(void **state)
{
	static const int64_t zk[] = { ZK }, bk[] = { BK };
	static const char *const codes[] = { "M1", "M2", "M3", "M4", "M5" };

	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
		const struct vector *vector = &vectors[i];
		struct grad_certificate certs[2] = { vector->certs[0], vector->certs[1] };
		struct arena arena = ARENA_INIT;
		struct grad_module modules[5];
		struct grad_result result;
		struct grad_input input = {
			.student_active = !vector->leave, .registered_on = day(vector->registered),
			.checked_on = day(vector->checked), .min_months = 30, .max_months = 96,
			.min_total_centi = vector->benke ? 7100 : 7600, .modules = modules,
			.module_count = 5, .counted_centi = OV_NULL,
			.transferred_centi = vector->transferred, .overall_bp = 3500,
			.certificate_needed = true, .certificates = certs,
			.certificate_count = vector->cert_count, .open_claims = vector->open_claims,
		};

		for (int m = 0; m < 5; m++)
			modules[m] = (struct grad_module){
				codes[m], vector->benke ? bk[m] : zk[m], vector->credits[m] };
		if (vector->expires)
			certs[0].expires_on = day(vector->expires);
		graduation_check(&input, &arena, &result);
		for (size_t f = 0; f < 6 && vector->found[f]; f++) {
			assert_true(f < result.count);
			assert_string_equal(result.findings[f].text, vector->found[f]);
		}
		assert_int_equal(result.passed, !strcmp(vector->found[0], "GD_OK"));
		if (strcmp(vector->id, "everything") == 0) {
			assert_int_equal(result.count, 7);
			assert_string_equal(result.findings[6].text, "GD_OPEN_CLAIM(1)");
		}
		arena_release(&arena);
	}
}

/* Non-degree: no minimum, no cap, a certificate only where one is asked for;
 * leave may stop the clock. */
static void limits_that_are_not_set(void **state)
{
	struct arena arena = ARENA_INIT;
	struct grad_result result;
	struct grad_input input = {
		.student_active = true, .registered_on = day("2015-03-01"),
		.checked_on = day("2015-03-02"), .min_months = OV_NULL, .max_months = OV_NULL,
		.min_total_centi = 100, .counted_centi = 100, .transferred_centi = 100,
		.overall_bp = OV_NULL,
	};

	(void)state;
	graduation_check(&input, &arena, &result);
	assert_true(result.passed);
	input.max_months = 96;
	input.checked_on = day("2023-03-05");
	graduation_check(&input, &arena, &result);
	assert_string_equal(result.findings[0].text, "GD_EXPIRED(2023-03-01)");
	input.leave_days = 5;
	graduation_check(&input, &arena, &result);
	assert_true(result.passed);
	input.counted_centi = 99;
	graduation_check(&input, &arena, &result);
	assert_string_equal(result.findings[0].text, "GD_CREDITS_SHORT(0.01)");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(worked_vectors),
		cmocka_unit_test(limits_that_are_not_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
