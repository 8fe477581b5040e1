/* institution.h: an institution file (data/institutions): the number plan of
 * the student numbers, and the branches and programmes that a database of that
 * institution needs before its students can be imported.
 *
 *	[institution]  code, name, name_en
 *	[number]       parts (names in order), separator, first_year, autumn_serial
 *	[part NAME]    kind year|branch|type|serial|digits|code, length 3 or 1-7,
 *	               codes separated by blanks
 *	[types]        learner type = name
 *	[branch CODE]  name, kind BRANCH|CENTRE, parent
 *	[programme CODE]  name and the fields of struct institution_programme
 *
 * Unknown sections and keys are refused, as is a plan that number_plan_check()
 * refuses. */
#ifndef OV_CONFIG_INSTITUTION_H
#define OV_CONFIG_INSTITUTION_H

#include "core/base/arena.h"
#include "core/base/error.h"
#include "core/rules/identifier.h"

struct institution_branch {
	const char *code, *name;
	const char *kind;   /* BRANCH or CENTRE */
	const char *parent; /* the code of another branch, NULL for none */
};

struct institution_type {
	const char *code, *name;
};

struct institution_programme {
	const char *code, *name;
	const char *kind, *level, *training_model; /* enum codes; level may be NULL */
	int64_t min_total_centi; /* of its curriculum */
	int64_t min_months, max_months;
};

struct institution {
	const char *code, *name, *name_en;
	struct number_plan plan;
	struct institution_type *types;
	size_t type_count;
	struct institution_branch *branches;
	size_t branch_count;
	struct institution_programme *programmes;
	size_t programme_count;
	struct arena arena; /* holds all of it */
};

/* NAME is a name of data/institutions ("ouc") or the path of a file. 0, or the
 * error of the file (OV_EINPUT, OV_EUSAGE, OV_ESTORAGE); then nothing is held. */
int institution_load(const char *name, struct institution *institution, struct error *err);
void institution_release(struct institution *institution);

#endif
