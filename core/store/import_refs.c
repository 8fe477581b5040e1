/* What the rows of a student file refer to: programmes, cohorts, shifts … */
#include "core/store/import_internal.h"

enum { REFS_MAX = 1000000 };

static int list_load(struct tx *tx, enum kind kind, struct record_list *list, struct error *err)
{
	return tx_find_all(tx, kind, NULL, 0, REFS_MAX, list, err);
}

static void name_put(struct text_map *map, const char *name, int64_t value)
{
	int64_t *there = text_map_get(map, name);

	if (there)
		*there = REF_AMBIGUOUS;
	else
		text_map_put(map, name, value);
}

static void maps_fill(struct import_refs *refs)
{
	for (size_t i = 0; i < refs->programmes.count; i++) {
		const struct programme *programme = refs->programmes.items[i];

		text_map_put(&refs->programme_codes, programme->code, (int64_t)i);
		name_put(&refs->programme_names, programme->name, (int64_t)i);
	}
	for (size_t i = 0; i < refs->cohorts.count; i++) {
		const struct cohort *cohort = refs->cohorts.items[i];

		text_map_put(&refs->cohort_codes, cohort->code, (int64_t)i);
		name_put(&refs->cohort_names, cohort->name, (int64_t)i);
	}
	for (size_t i = 0; i < refs->shifts.count; i++)
		text_map_put(&refs->shift_codes,
			     ((const struct shift_pattern *)refs->shifts.items[i])->code, (int64_t)i);
	for (size_t i = 0; i < refs->branches.count; i++) {
		const struct branch *branch = refs->branches.items[i];

		name_put(branch->kind == BRANCH_BRANCH ? &refs->branch_codes : &refs->centre_codes,
			 branch->code, (int64_t)i);
	}
}

int import_refs_load(struct import_refs *refs, struct tx *tx, struct error *err)
{
	int rc;

	*refs = (struct import_refs){ .programmes = { .count = 0 } };
	rc = list_load(tx, KIND_PROGRAMME, &refs->programmes, err);
	if (rc == 0)
		rc = list_load(tx, KIND_CURRICULUM, &refs->curricula, err);
	if (rc == 0)
		rc = list_load(tx, KIND_COHORT, &refs->cohorts, err);
	if (rc == 0)
		rc = list_load(tx, KIND_SHIFT_PATTERN, &refs->shifts, err);
	if (rc == 0)
		rc = list_load(tx, KIND_BRANCH, &refs->branches, err);
	if (rc == 0)
		maps_fill(refs);
	return rc;
}

void import_refs_release(struct import_refs *refs)
{
	text_map_release(&refs->programme_codes);
	text_map_release(&refs->programme_names);
	text_map_release(&refs->cohort_codes);
	text_map_release(&refs->cohort_names);
	text_map_release(&refs->shift_codes);
	text_map_release(&refs->branch_codes);
	text_map_release(&refs->centre_codes);
}

static void *lookup(const struct record_list *list, const struct text_map *codes,
		    const struct text_map *names, const char *text)
{
	const int64_t *at = text_map_get(codes, text);

	if (!at && names)
		at = text_map_get(names, text);
	return at && *at != REF_AMBIGUOUS ? list->items[*at] : NULL;
}

const struct programme *import_programme(const struct import_refs *refs, const char *text)
{
	return lookup(&refs->programmes, &refs->programme_codes, &refs->programme_names, text);
}

const struct cohort *import_cohort(const struct import_refs *refs, const char *text)
{
	return lookup(&refs->cohorts, &refs->cohort_codes, &refs->cohort_names, text);
}

const struct shift_pattern *import_shift(const struct import_refs *refs, const char *code)
{
	return lookup(&refs->shifts, &refs->shift_codes, NULL, code);
}

const struct branch *import_branch(const struct import_refs *refs, enum branch_kind kind,
				   const char *code)
{
	return lookup(&refs->branches,
		      kind == BRANCH_BRANCH ? &refs->branch_codes : &refs->centre_codes, NULL, code);
}

const struct branch *import_default_centre(const struct import_refs *refs, int64_t branch_id,
					   const struct actor *actor)
{
	const struct branch *first = NULL;

	for (size_t i = 0; i < refs->branches.count; i++) {
		const struct branch *centre = refs->branches.items[i];

		if (centre->kind != BRANCH_CENTRE || centre->parent_id != branch_id)
			continue;
		if (centre->id == actor->branch_id)
			return centre;
		if (!first)
			first = centre;
	}
	return first;
}

const struct curriculum *import_curriculum(const struct import_refs *refs, int64_t programme_id,
					   int64_t on_day)
{
	const struct curriculum *in_force = NULL, *earliest = NULL;

	for (size_t i = 0; i < refs->curricula.count; i++) {
		const struct curriculum *c = refs->curricula.items[i];

		if (c->programme_id != programme_id || c->state == CURRICULUM_DRAFT)
			continue;
		if (!earliest || c->effective_from < earliest->effective_from)
			earliest = c;
		if (c->effective_from <= on_day &&
		    (c->effective_to == OV_NULL || on_day < c->effective_to) &&
		    (!in_force || c->effective_from > in_force->effective_from))
			in_force = c;
	}
	if (in_force)
		return in_force;
	return earliest && on_day < earliest->effective_from ? earliest : NULL;
}
