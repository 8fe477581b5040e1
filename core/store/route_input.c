#include "core/store/route_input.h"

#include <string.h>

#include "core/base/i18n.h"
#include "core/store/claim_input.h"
#include "core/store/commands/claim_args.h"
#include "core/store/graduation_input.h"
#include "core/store/local.h"

struct loader {
	struct tx *tx;
	struct route_case *rc;
	struct record_list claims; /* struct credit_claim of the learner */
	struct credit_line *lines;
	bool *waiting, *proving, *required;
	struct route_past *past;
	size_t count, past_count;
	struct grad_module *modules;
	const char **done;
};

/* --- what is held --- */

/* The open claim that reserves the source, if any. */
static int waiting_find(struct loader *ld, enum source_kind kind, int64_t ref,
			const char **claim_no, struct error *err)
{
	*claim_no = NULL;
	for (size_t i = 0; i < ld->claims.count && !*claim_no; i++) {
		const struct credit_claim *claim = ld->claims.items[i];
		const struct filter filters[] = {
			FILTER_INT("claim_id", claim->id), FILTER_INT("removed_on", OV_NULL),
			FILTER_INT("source_kind", kind), FILTER_INT("source_ref", ref),
		};
		struct claim_line *line;

		if (claim->state == CLAIM_DRAFT ||
		    !claim_state_open((enum claim_state)claim->state))
			continue;
		if (tx_find_one(ld->tx, KIND_CLAIM_LINE, filters, 4, (void **)&line, err) < 0)
			return err->code;
		if (line)
			*claim_no = claim->claim_no;
	}
	return 0;
}

/* Has it paid in this programme? */
static int spent_find(struct loader *ld, enum source_kind kind, int64_t ref,
		      struct source_use **use, struct error *err)
{
	const struct filter filters[] = {
		FILTER_INT("source_kind", kind), FILTER_INT("source_ref", ref),
		FILTER_INT("programme_id", ld->rc->programme->id),
		FILTER_INT("released_on", OV_NULL),
	};

	return tx_find_one(ld->tx, KIND_SOURCE_USE, filters, 4, (void **)use, err);
}

static int spent_add(struct loader *ld, const struct credit_line *line,
		     const struct route_origin *origin, const struct source_use *use,
		     struct error *err)
{
	struct held_source *row = record_new(ld->tx->arena, &held_source_fields);
	struct credit_claim *claim;

	if (tx_get(ld->tx, KIND_CREDIT_CLAIM, use->claim_id, (void **)&claim, err) < 0)
		return err->code;
	row->source_kind = origin->kind;
	row->code = line->source;
	row->name = origin->name;
	row->level = line->level;
	row->state = origin->state;
	row->assumed = 0;
	row->claim_no = claim->claim_no;
	row->result = reason_code(REASON_SOURCE_USED);
	row->granted_centi = 0;
	ld->rc->spent[ld->rc->spent_count++] = row;
	ld->past[ld->past_count++] = (struct route_past){ line->source, line->level };
	return 0;
}

static void line_add(struct loader *ld, const struct credit_line *line,
		     const struct route_origin *origin, bool proving)
{
	size_t at = ld->count++;

	ld->lines[at] = *line;
	ld->lines[at].line_no = (int64_t)at + 1;
	ld->lines[at].verified = true;
	ld->lines[at].opinion = (struct credit_opinion){ .centi = OV_NULL };
	ld->waiting[at] = origin->claim_no != NULL;
	ld->proving[at] = proving;
	ld->rc->origins[at] = *origin;
}

static int source_add(struct loader *ld, int64_t ref, const struct credit_line *line,
		      struct route_origin *origin, bool proving, struct error *err)
{
	struct source_use *use;

	if (spent_find(ld, origin->kind, ref, &use, err) < 0)
		return err->code;
	if (use)
		return spent_add(ld, line, origin, use, err);
	if (waiting_find(ld, origin->kind, ref, &origin->claim_no, err) < 0)
		return err->code;
	line_add(ld, line, origin, proving);
	return 0;
}

static bool proves(const struct certificate_type *type, int64_t expires_on, int64_t today)
{
	return (type->category == CERT_VQ || type->category == CERT_PS) &&
	       (expires_on == OV_NULL || expires_on >= today);
}

static int certificate_add(struct loader *ld, const struct certificate *held, struct error *err)
{
	struct certificate_type *type;
	struct credit_line line = {
		.source_id = arena_printf(ld->tx->arena, "CERTIFICATE:%lld", (long long)held->id),
		.level = held->level, .mark = held->mark, .credit_centi = OV_NULL,
		.hours = OV_NULL, .dated_on = held->issued_on, .expires_on = held->expires_on,
	};
	struct route_origin origin = {
		.kind = SOURCE_CERTIFICATE, .state = enum_code(&cert_state_enum, held->state),
	};

	if (held->state != CERT_HELD && held->state != CERT_VERIFIED)
		return 0;
	if (tx_get(ld->tx, KIND_CERTIFICATE_TYPE, held->type_id, (void **)&type, err) < 0)
		return err->code;
	line.source = type->code;
	origin.name = type->name;
	return source_add(ld, held->id, &line, &origin,
			  proves(type, held->expires_on, ld->tx->today), err);
}

static int result_add(struct loader *ld, const struct prior_result *held, struct error *err)
{
	struct credit_line line = {
		.source = held->code,
		.source_id = arena_printf(ld->tx->arena, "%s:%lld",
			enum_code(&source_kind_enum, held->source_kind), (long long)held->id),
		.level = OV_NULL, .mark = held->mark, .credit_centi = held->credit_centi,
		.hours = held->hours, .dated_on = held->dated_on, .expires_on = held->expires_on,
	};
	struct route_origin origin = {
		.kind = (enum source_kind)held->source_kind, .name = held->name,
		.state = enum_code(&cert_state_enum, held->state),
	};

	if (held->state != CERT_HELD && held->state != CERT_VERIFIED)
		return 0;
	return source_add(ld, held->id, &line, &origin, false, err);
}

static int held_load(struct loader *ld, size_t more, struct error *err)
{
	const struct filter of_person[] = { FILTER_INT("person_id", ld->rc->student->person_id) };
	const struct filter of_student[] = { FILTER_INT("student_id", ld->rc->student->id) };
	struct arena *arena = ld->tx->arena;
	struct record_list certificates, results;
	size_t room;

	if (tx_find_all(ld->tx, KIND_CERTIFICATE, of_person, 1, 0, &certificates, err) < 0 ||
	    tx_find_all(ld->tx, KIND_PRIOR_RESULT, of_person, 1, 0, &results, err) < 0 ||
	    tx_find_all(ld->tx, KIND_CREDIT_CLAIM, of_student, 1, 0, &ld->claims, err) < 0)
		return err->code;
	room = certificates.count + results.count + more + 1;
	ld->lines = arena_array(arena, room, sizeof *ld->lines);
	ld->waiting = arena_array(arena, room, sizeof *ld->waiting);
	ld->proving = arena_array(arena, room, sizeof *ld->proving);
	ld->past = arena_array(arena, room, sizeof *ld->past);
	ld->rc->origins = arena_array(arena, room, sizeof *ld->rc->origins);
	ld->rc->spent = arena_array(arena, room, sizeof *ld->rc->spent);
	for (size_t i = 0; i < certificates.count; i++)
		if (certificate_add(ld, certificates.items[i], err) < 0)
			return err->code;
	for (size_t i = 0; i < results.count; i++)
		if (result_add(ld, results.items[i], err) < 0)
			return err->code;
	return 0;
}

/* --- what could be earned, what is compulsory --- */

static int types_load(struct loader *ld, struct error *err)
{
	struct record_list list;
	struct route_type *types;

	if (tx_find_all(ld->tx, KIND_CERTIFICATE_TYPE, NULL, 0, 0, &list, err) < 0)
		return err->code;
	types = arena_array(ld->tx->arena, list.count, sizeof *types);
	for (size_t i = 0; i < list.count; i++) {
		const struct certificate_type *type = list.items[i];

		types[i] = (struct route_type){ type->code, type->name,
						(enum cert_category)type->category };
	}
	ld->rc->input.types = types;
	ld->rc->input.type_count = list.count;
	return 0;
}

static int required_load(struct loader *ld, struct error *err)
{
	const struct filter of_plan[] = { FILTER_INT("curriculum_id", ld->rc->curriculum->id) };
	const struct credit_input *credit = &ld->rc->input.credit;
	struct record_list list;

	ld->required = arena_array(ld->tx->arena, credit->course_count + 1, sizeof *ld->required);
	if (tx_find_all(ld->tx, KIND_CURRICULUM_COURSE, of_plan, 1, 0, &list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count && i < credit->course_count; i++)
		ld->required[i] = ((struct curriculum_course *)list.items[i])->required == 1;
	ld->rc->input.required = ld->required;
	return 0;
}

/* --- what is supposed --- */

static const struct credit_course *course_of(const struct credit_input *credit, const char *code)
{
	for (size_t i = 0; i < credit->course_count; i++)
		if (!strcmp(credit->courses[i].code, code))
			return &credit->courses[i];
	return NULL;
}

static bool done_has(const struct credit_input *credit, const char *code)
{
	for (size_t i = 0; i < credit->done.count; i++)
		if (!strcmp(credit->done.item[i], code))
			return true;
	return false;
}

static void course_assume(struct loader *ld, const struct credit_course *course)
{
	struct route_input *input = &ld->rc->input;

	if (done_has(&input->credit, course->code))
		return;
	ld->done[input->credit.done.count] = course->code;
	input->credit.done = (struct credit_texts){ ld->done, input->credit.done.count + 1 };
	input->graduation.counted_centi += course->credit_centi;
	for (size_t i = 0; i < input->graduation.module_count; i++)
		if (course->module && !strcmp(ld->modules[i].code, course->module))
			ld->modules[i].counted_centi += course->credit_centi;
}

static int source_assume(struct loader *ld, const struct claim_source *source, struct error *err)
{
	const struct credit_course *course = course_of(&ld->rc->input.credit, source->source);
	const struct filter by_code[] = { FILTER_TEXT("code", source->source) };
	struct certificate_type *type;
	struct route_origin origin = { .kind = SOURCE_COURSE, .assumed = true };
	struct credit_line line = {
		.source = source->source,
		.source_id = arena_printf(ld->tx->arena, "IF:%zu", ld->count),
		.level = source->level, .mark = source->mark, .credit_centi = source->credits,
		.hours = source->hours, .dated_on = ld->tx->today, .expires_on = OV_NULL,
	};
	bool known = false;

	if (tx_find_one(ld->tx, KIND_CERTIFICATE_TYPE, by_code, 1, (void **)&type, err) < 0)
		return err->code;
	if (course && !type) {
		course_assume(ld, course);
		return 0;
	}
	for (size_t i = 0; i < ld->rc->input.credit.rule_count && !known; i++)
		known = credit_rule_covers(&ld->rc->input.credit.rules[i], source->source);
	if (!type && !known)
		return error_reason(err, REASON_NOT_FOUND, "what", _("source"), "key",
				    source->source, "field", "assume", NULL);
	if (type) {
		origin.kind = SOURCE_CERTIFICATE;
		origin.name = type->name;
	} else if (source->hours != OV_NULL) {
		origin.kind = SOURCE_OPEN_COURSE;
	}
	line_add(ld, &line, &origin, type && proves(type, OV_NULL, ld->tx->today));
	return 0;
}

/* A supposed certificate is as good as verified: also for the check as it stands. */
static int assume_all(struct loader *ld, const struct record_list *list, struct error *err)
{
	struct credit_input *credit = &ld->rc->input.credit;

	ld->done = arena_array(ld->tx->arena, credit->done.count + list->count + 1,
			       sizeof *ld->done);
	if (credit->done.count)
		memcpy(ld->done, credit->done.item, credit->done.count * sizeof *ld->done);
	ld->modules = arena_memdup(ld->tx->arena, ld->rc->input.graduation.modules,
				   (ld->rc->input.graduation.module_count + 1) *
				   sizeof *ld->modules);
	ld->rc->input.graduation.modules = ld->modules;
	for (size_t i = 0; i < list->count; i++)
		if (source_assume(ld, list->items[i], err) < 0)
			return err->code;
	return 0;
}

static bool stopped(void *context)
{
	struct error err = ERROR_INIT;
	struct tx *tx = context;
	struct stmt *stmt;
	int step;

	if (tx->local->store.progress && tx->local->store.progress(
			tx->local->store.progress_context, 0, 0))
		return true;
	/* A call that was cancelled lets no statement run any more. */
	if (db_prepare(tx->db, "SELECT 1", &stmt, &err) < 0)
		return true;
	step = stmt_step(stmt, &err);
	stmt_reset(stmt);
	return step < 0;
}

int route_case_load(struct tx *tx, const struct student *student, const char *assume,
		    struct route_case *rc, struct error *err)
{
	struct loader ld = { .tx = tx, .rc = rc };
	struct record_list supposed;

	memset(rc, 0, sizeof *rc);
	rc->student = student;
	if (route_assume_parse(assume, tx->arena, &supposed, err) < 0 ||
	    tx_get(tx, KIND_PROGRAMME, student->programme_id, (void **)&rc->programme, err) < 0 ||
	    tx_get(tx, KIND_CURRICULUM, student->curriculum_id, (void **)&rc->curriculum, err) < 0 ||
	    student_sums_load(tx, student, &rc->sums, err) < 0 ||
	    graduation_input_build(tx, student, &rc->sums, &rc->graduation, err) < 0 ||
	    student_input_build(tx, student, rc->programme, rc->curriculum, tx->today,
				OV_NULL, &rc->input.credit, err) < 0 ||
	    held_load(&ld, supposed.count, err) < 0 || types_load(&ld, err) < 0 ||
	    required_load(&ld, err) < 0)
		return err->code;
	/* The way is looked for as if the learner were active again: that a
	 * standing is in the way is a finding of the check. */
	rc->input.credit.student_active = true;
	rc->input.graduation = rc->graduation;
	if (assume_all(&ld, &supposed, err) < 0)
		return err->code;
	rc->input.credit.lines = ld.lines;
	rc->input.credit.line_count = ld.count;
	rc->input.waiting = ld.waiting;
	rc->input.proving = ld.proving;
	rc->input.past = ld.past;
	rc->input.past_count = ld.past_count;
	rc->input.stopped = stopped;
	rc->input.context = tx;
	return 0;
}
