#include "core/model/claim_reason.h"

#include <string.h>

#include "core/base/i18n.h"

#define ON(event) (1u << EVENT_##event)

static const struct claim_reason rows[] = {
	/* Sent back to be completed. */
	{ "EVIDENCE_MISSING", ON(RETURN), N_("A piece of evidence is missing") },
	{ "EVIDENCE_UNREADABLE", ON(RETURN), N_("A copy can't be read") },
	{ "ORIGINAL_NEEDED", ON(RETURN), N_("The original has to be shown") },
	{ "NUMBER_WRONG", ON(RETURN), N_("The certificate number is wrong or incomplete") },
	{ "NAME_DIFFERS", ON(RETURN), N_("The name differs from the identity document") },
	{ "DATE_WRONG", ON(RETURN), N_("A day on the certificate differs from the claim") },
	{ "LEVEL_UNCLEAR", ON(RETURN), N_("Level, mark or hours can't be told from the evidence") },
	{ "SOURCE_WRONG", ON(RETURN), N_("The evidence belongs to another source") },
	/* Refused. */
	{ "FALSE_DOCUMENT", ON(REJECT_FALSE) | ON(REVOKE) | ON(UPHOLD), N_("The document is false") },
	{ "ISSUER_DENIES", ON(REJECT_FALSE) | ON(REVOKE) | ON(UPHOLD), N_("The issuer doesn't know the certificate") },
	{ "NOT_EQUIVALENT", ON(REJECT) | ON(UPHOLD), N_("Content or level doesn't match the course") },
	{ "NO_RULE", ON(REJECT), N_("No published rule covers the source") },
	{ "CERT_EXPIRED", ON(REJECT), N_("The certificate had expired on the day of submission") },
	{ "USED_BEFORE", ON(REJECT) | ON(UPHOLD) | ON(REVOKE), N_("The source has been used before") },
	{ "CAP_REACHED", ON(REJECT) | ON(SEND_BACK), N_("A cap leaves no room") },
	/* Back to the first review. */
	{ "CALCULATION_CHANGED", ON(SEND_BACK), N_("The calculation gives another amount now") },
	{ "EVIDENCE_DOUBTFUL", ON(SEND_BACK) | ON(OBJECT), N_("The evidence is doubtful") },
	{ "RULE_DOUBTFUL", ON(SEND_BACK) | ON(OBJECT), N_("The rule doesn't seem to fit the source") },
	{ "OTHER_PERSON", ON(OBJECT) | ON(UPHOLD), N_("The result is another person's") },
	/* Objections and appeals. */
	{ "UNFOUNDED", ON(DISMISS), N_("The objection is unfounded: the evidence was checked again") },
	{ "ANONYMOUS", ON(DISMISS), N_("The objection is anonymous and gives no facts") },
	{ "NOTHING_NEW", ON(DENY), N_("The appeal brings nothing new") },
	{ "RULE_CLEAR", ON(DENY), N_("The rule leaves no choice") },
	{ "LEARNER_WISH", ON(REVOKE) | ON(WITHDRAW), N_("At the learner's wish") },
	{ "POSTED_WRONGLY", ON(REVOKE), N_("The amount was posted by mistake") },
};

size_t claim_reasons(enum claim_event event,
		     const struct claim_reason *out[CLAIM_REASONS_MAX])
{
	size_t count = 0;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0] && count < CLAIM_REASONS_MAX; i++)
		if (rows[i].events >> event & 1u)
			out[count++] = &rows[i];
	return count;
}

const struct claim_reason *claim_reason_find(const char *code)
{
	for (size_t i = 0; code && i < sizeof rows / sizeof rows[0]; i++)
		if (!strcmp(rows[i].code, code))
			return &rows[i];
	return NULL;
}
