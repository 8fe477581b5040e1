#include "core/store/claim_rooms.h"

#include <string.h>

#include "core/store/claim_input.h"

struct rooms {
	struct tx *tx;
	struct bundle *bundle;
	const struct credit_input *input;
	const struct credit_result *result;
};

static void room_add(const struct rooms *rooms, const char *cap, const char *scope,
		     int64_t cap_centi, int64_t used, int64_t claim)
{
	struct cap_room *row = record_new(rooms->tx->arena, &cap_room_fields);

	row->cap = cap;
	row->scope = scope;
	row->cap_centi = cap_centi;
	row->used_centi = used;
	row->claim_centi = claim;
	row->room_centi = cap_centi == OV_NULL ? OV_NULL : cap_centi - used - claim;
	bundle_add(rooms->bundle, &cap_room_fields, row);
}

static int64_t granted(const struct rooms *rooms, int source_class, const char *module)
{
	int64_t sum = 0;

	for (size_t i = 0; i < rooms->result->entry_count; i++) {
		const struct credit_entry *entry = &rooms->result->entries[i];

		if (entry->kind == CREDIT_GRANT &&
		    (source_class < 0 || entry->source_class == source_class) &&
		    (!module || (entry->module && !strcmp(entry->module, module))))
			sum += entry->amount_centi;
	}
	return sum;
}

/* A rule that had to be refused for want of room is touched as well. */
static bool class_touched(const struct rooms *rooms, int source_class)
{
	for (size_t i = 0; i < rooms->result->record_count; i++) {
		const struct credit_rule *rule = rooms->result->records[i].rule;

		if (rule && rule->source_class == source_class)
			return true;
	}
	return granted(rooms, source_class, NULL) > 0;
}

static bool module_touched(const struct rooms *rooms, const char *module)
{
	for (size_t i = 0; i < rooms->result->record_count; i++) {
		const struct credit_rule *rule = rooms->result->records[i].rule;

		if (rule && rule->module && !strcmp(rule->module, module))
			return true;
	}
	return granted(rooms, -1, module) > 0;
}

static void rules_add(const struct rooms *rooms)
{
	const struct credit_rule *last = NULL;

	for (size_t i = 0; i < rooms->result->record_count; i++) {
		const struct credit_rule *rule = rooms->result->records[i].rule;
		int64_t paid = 0, adds = 0;

		if (!rule || rule->kind != RULE_OA || rule == last ||
		    rule->rule_max_centi == OV_NULL)
			continue;
		last = rule;
		for (size_t k = 0; k < rooms->input->paid_count; k++)
			if (!strcmp(rooms->input->paid[k].rule_code, rule->code))
				paid += rooms->input->paid[k].centi;
		for (size_t k = 0; k < rooms->result->entry_count; k++) {
			const struct credit_entry *entry = &rooms->result->entries[k];

			if (entry->kind == CREDIT_GRANT && entry->rule == rule)
				adds += entry->amount_centi;
		}
		room_add(rooms, "CAP_RULE", rule->code, rule->rule_max_centi, paid, adds);
	}
}

static void rooms_fill(const struct rooms *rooms)
{
	const struct credit_input *input = rooms->input;
	int64_t all = 0;

	for (int class = 0; class < CREDIT_CLASSES; class++)
		all += input->transferred_centi[class];
	room_add(rooms, "CAP_PROGRAMME", "", credit_cap(input->base_centi, input->caps.overall_bp),
		 all, granted(rooms, -1, NULL));
	for (int class = 0; class < CREDIT_CLASSES; class++)
		if (input->caps.class_bp[class] != OV_NULL && class_touched(rooms, class))
			room_add(rooms, "CAP_SOURCE", enum_code(&source_class_enum, class),
				 credit_cap(input->base_centi, input->caps.class_bp[class]),
				 input->transferred_centi[class], granted(rooms, class, NULL));
	for (size_t i = 0; i < input->module_count; i++)
		if (module_touched(rooms, input->modules[i].code))
			room_add(rooms, "CAP_MODULE", input->modules[i].code,
				 input->modules[i].transfer_max_centi,
				 input->modules[i].transferred_centi,
				 granted(rooms, -1, input->modules[i].code));
	rules_add(rooms);
}

int claim_rooms_add(struct tx *tx, const struct claim_case *cc, struct bundle *bundle,
		    struct error *err)
{
	int64_t state = cc->claim->state;
	enum calculate_as as = state == CLAIM_DRAFT || state == CLAIM_SUBMITTED ||
			       state == CLAIM_ACCEPTED || state == CLAIM_RETURNED
				       ? CALCULATE_VERIFIED : CALCULATE_NOW;
	struct rooms rooms = { .tx = tx, .bundle = bundle };
	struct credit_result result;
	struct credit_input input;

	if (!claim_state_open((enum claim_state)state))
		return 0;
	if (claim_input_build(tx, cc, as, &input, err) < 0)
		return err->code;
	credit_calculate(&input, tx->arena, &result);
	rooms.input = &input;
	rooms.result = &result;
	rooms_fill(&rooms);
	return 0;
}
