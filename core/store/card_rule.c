/* A transfer rule with its sources, targets and programmes. */
#include "core/store/card.h"

#include <stdlib.h>
#include <string.h>

/* "R-003" is the newest version, "R-003@1" that version. */
static int rule_subject(struct card *card, struct transfer_rule **rule, struct error *err)
{
	const char *key = card->request->key;
	const char *at = key ? strchr(key, '@') : NULL;
	struct record_list list;
	int64_t version = at ? strtol(at + 1, NULL, 10) : OV_NULL;

	if (card->request->id > 0 || !key)
		return card_subject(card, KIND_TRANSFER_RULE, "rule_code", key,
				    (void **)rule, err);
	if (tx_find_all(card->tx, KIND_TRANSFER_RULE, (const struct filter[]){
			FILTER_TEXT("rule_code", at ? arena_strndup(card->tx->arena, key,
				(size_t)(at - key)) : key) }, 1, 0, &list, err) < 0)
		return err->code;
	*rule = NULL;
	for (size_t i = 0; i < list.count; i++) {
		struct transfer_rule *found = list.items[i];

		if (version != OV_NULL ? found->version == version :
		    !*rule || found->version > (*rule)->version)
			*rule = found;
	}
	return *rule ? 0 : local_not_found(KIND_TRANSFER_RULE, 0, key, err);
}

int card_rule(struct card *card, struct error *err)
{
	struct filter of_rule[] = { FILTER_INT("rule_id", 0) };
	struct record_list sources, targets, programmes;
	struct transfer_rule *rule;
	struct tx *tx = card->tx;

	if (rule_subject(card, &rule, err) < 0)
		return err->code;
	of_rule[0].number = rule->id;
	if (tx_find_all(tx, KIND_RULE_SOURCE, of_rule, 1, 0, &sources, err) < 0 ||
	    tx_find_all(tx, KIND_RULE_TARGET, of_rule, 1, 0, &targets, err) < 0 ||
	    tx_find_all(tx, KIND_RULE_PROGRAMME, of_rule, 1, 0, &programmes, err) < 0)
		return err->code;
	bundle_add(card->bundle, &transfer_rule_fields, rule);
	for (size_t i = 0; i < sources.count; i++)
		bundle_add(card->bundle, &rule_source_fields, sources.items[i]);
	for (size_t i = 0; i < targets.count; i++) {
		const struct rule_target *target = targets.items[i];

		bundle_add(card->bundle, &rule_target_fields, targets.items[i]);
		if (card_add_once(card, KIND_COURSE, target->course_id, err) < 0)
			return err->code;
	}
	for (size_t i = 0; i < programmes.count; i++)
		if (card_add(card, KIND_PROGRAMME, ((struct rule_programme *)
			     programmes.items[i])->programme_id, err) < 0)
			return err->code;
	return 0;
}
