/* The branches and programmes of an institution's file: what must be here
 * before its learners can be. What is here already is left as it is. */
#include "core/store/import_internal.h"

#include "core/base/text.h"
#include "core/config/institution.h"

enum { FIRST_YEAR = 1900 };

static int branch_ensure(struct tx *tx, const struct institution_branch *want, struct error *err)
{
	int64_t kind = enum_find(&branch_kind_enum, want->kind);
	struct filter filters[] = {
		FILTER_TEXT("code", want->code), FILTER_INT("kind", kind),
	};
	struct filter parent_filter = FILTER_TEXT("code", want->parent);
	struct branch *branch;
	void *there, *parent = NULL;
	int rc = tx_find_one(tx, KIND_BRANCH, filters, 2, &there, err);

	if (rc == 0 && !there && want->parent)
		rc = tx_find_one(tx, KIND_BRANCH, &parent_filter, 1, &parent, err);
	if (rc < 0 || there)
		return rc;
	branch = record_new(tx->arena, &branch_fields);
	branch->code = arena_strdup(tx->arena, want->code);
	branch->name = arena_strdup(tx->arena, want->name);
	branch->kind = kind;
	branch->parent_id = parent ? ((struct branch *)parent)->id : OV_NULL;
	return tx_insert(tx, KIND_BRANCH, branch, err);
}

/* Programmes that nothing is transferred into need a cap profile all the same:
 * any will do, and one without transfer is made where there is none. */
static int cap_ensure(struct tx *tx, const char *code, int64_t *id, struct error *err)
{
	struct cap_profile *profile;
	void *there;
	int rc = tx_find_one(tx, KIND_CAP_PROFILE, NULL, 0, &there, err);

	if (rc < 0)
		return rc;
	if (!there) {
		profile = record_new(tx->arena, &cap_profile_fields);
		profile->code = arena_strndup(tx->arena, code, utf8_prefix(code, 12));
		profile->version = 1;
		profile->overall_bp = 0;
		profile->partial_module_credit = 0;
		profile->effective_from = date_from_civil(FIRST_YEAR, 1, 1);
		rc = tx_insert(tx, KIND_CAP_PROFILE, profile, err);
		there = profile;
	}
	*id = ((struct cap_profile *)there)->id;
	return rc;
}

static int curriculum_make(struct tx *tx, int64_t programme_id, int64_t min_total,
			   struct error *err)
{
	struct curriculum *curriculum = record_new(tx->arena, &curriculum_fields);

	curriculum->programme_id = programme_id;
	curriculum->version = "1";
	curriculum->min_total_centi = min_total;
	curriculum->effective_from = date_from_civil(FIRST_YEAR, 1, 1);
	curriculum->state = CURRICULUM_PUBLISHED;
	return tx_insert(tx, KIND_CURRICULUM, curriculum, err);
}

static int programme_ensure(struct tx *tx, const char *institution,
			    const struct institution_programme *want, struct error *err)
{
	struct filter filter = FILTER_TEXT("code", want->code);
	struct programme *programme;
	void *there;
	int rc = tx_find_one(tx, KIND_PROGRAMME, &filter, 1, &there, err);

	if (rc < 0 || there)
		return rc;
	programme = record_new(tx->arena, &programme_fields);
	rc = cap_ensure(tx, institution, &programme->cap_profile, err);
	if (rc < 0)
		return rc;
	programme->code = arena_strdup(tx->arena, want->code);
	programme->name = arena_strdup(tx->arena, want->name);
	programme->kind = enum_find(&programme_kind_enum, want->kind);
	programme->level = want->level ? enum_find(&programme_level_enum, want->level) : OV_NULL;
	programme->training_model = enum_find(&training_model_enum, want->training_model);
	programme->two_cert_required = 0;
	programme->min_months = want->min_months;
	programme->max_months = want->max_months;
	rc = tx_insert(tx, KIND_PROGRAMME, programme, err);
	if (rc == 0)
		rc = curriculum_make(tx, programme->id, want->min_total_centi, err);
	return rc;
}

int import_institution(struct tx *tx, const struct institution *institution, struct error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < institution->branch_count; i++)
		rc = branch_ensure(tx, &institution->branches[i], err);
	for (size_t i = 0; rc == 0 && i < institution->programme_count; i++)
		rc = programme_ensure(tx, institution->code, &institution->programmes[i], err);
	return rc;
}
