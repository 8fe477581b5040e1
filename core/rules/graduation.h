/* graduation.h: may this learner graduate, and if not, everything that is
 * missing. DOMAIN.md 6. Pure; amounts in hundredths of a credit. */
#ifndef OV_RULES_GRADUATION_H
#define OV_RULES_GRADUATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/civil.h"
#include "core/model/reason.h"
#include "core/model/rule.h"

struct grad_module {
	const char *code;
	int64_t min_centi;
	int64_t counted_centi; /* EARNED + TRANSFER of this module */
};

struct grad_certificate {
	enum cert_category category;
	bool verified, revoked;
	int64_t expires_on; /* last valid day, OV_NULL: none */
};

struct grad_input {
	bool student_active;
	int64_t registered_on, checked_on;
	int64_t min_months, max_months; /* OV_NULL: not limited */
	int64_t leave_days; /* added to the study period when leave stops the clock, else 0 */
	int64_t min_total_centi; /* also the base of the cap */
	const struct grad_module *modules; /* in the order of the curriculum */
	size_t module_count;
	int64_t counted_centi; /* EARNED + TRANSFER in all; OV_NULL: the modules' sum */
	int64_t transferred_centi; /* the part of it that was transferred */
	int64_t overall_bp; /* OV_NULL: no overall cap */
	bool certificate_needed; /* two_cert_required */
	const struct grad_certificate *certificates;
	size_t certificate_count;
	int64_t open_claims;
};

struct grad_finding {
	enum reason code;
	const char *module;  /* GD_MODULE_SHORT */
	int64_t amount_centi; /* missing or excess */
	int64_t date;         /* GD_TOO_EARLY, GD_EXPIRED */
	int64_t count;        /* GD_OPEN_CLAIM */
	const char *text;     /* "GD_MODULE_SHORT(M5,4.00)" */
};

struct grad_result {
	bool passed;
	struct grad_finding *findings; /* GD_OK alone when passed */
	size_t count;
};

/* Fills RESULT, in ARENA. Can't fail. */
void graduation_check(const struct grad_input *input, struct arena *arena,
		      struct grad_result *result);

/* The part of the check that a certificate answers (routes, cards). */
bool graduation_certificate_serves(const struct grad_certificate *certificate, int64_t day);

#endif
