#include "core/store/commands/claim_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/claim_input.h"
#include "core/store/local.h"

bool student_in_scope(const struct actor *actor, const struct student *student)
{
	return actor->system || actor->branch_id == OV_NULL ||
	       actor->branch_id == student->branch_id || actor->branch_id == student->centre_id;
}

static int by_line_no(const void *a, const void *b)
{
	const struct case_line *x = a, *y = b;

	return x->line->line_no < y->line->line_no ? -1 : x->line->line_no > y->line->line_no;
}

static int line_load(struct tx *tx, struct case_line *line, struct error *err)
{
	const struct filter of_line[] = { FILTER_INT("line_id", line->line->id) };

	if (line->line->source_kind != SOURCE_CERTIFICATE) {
		if (tx_get(tx, KIND_PRIOR_RESULT, line->line->source_ref,
			   (void **)&line->result, err) < 0)
			return err->code;
	} else {
		if (tx_get(tx, KIND_CERTIFICATE, line->line->source_ref,
			   (void **)&line->certificate, err) < 0 ||
		    tx_get(tx, KIND_CERTIFICATE_TYPE, line->certificate->type_id,
			   (void **)&line->type, err) < 0)
			return err->code;
	}
	return tx_find_all(tx, KIND_EVIDENCE, of_line, 1, 0, &line->evidence, err);
}

int claim_case_lines(struct tx *tx, struct claim_case *cc, struct error *err)
{
	const struct filter filters[] = {
		FILTER_INT("claim_id", cc->claim->id), FILTER_INT("removed_on", OV_NULL),
	};
	struct record_list list;

	if (tx_find_all(tx, KIND_CLAIM_LINE, filters, 2, 0, &list, err) < 0)
		return err->code;
	cc->lines = arena_array(tx->arena, list.count, sizeof *cc->lines);
	cc->line_count = list.count;
	for (size_t i = 0; i < list.count; i++) {
		memset(&cc->lines[i], 0, sizeof cc->lines[i]);
		cc->lines[i].line = list.items[i];
		if (line_load(tx, &cc->lines[i], err) < 0)
			return err->code;
	}
	if (list.count)
		qsort(cc->lines, list.count, sizeof *cc->lines, by_line_no);
	return 0;
}

static int by_date(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* The longest limit is 15 working days, the longest look back a notice. */
static int calendar_load(struct tx *tx, struct workday_calendar *calendar, struct error *err)
{
	const struct filter filters[] = {
		{ .field = "on_date", .op = FILTER_GE, .number = tx->today - 60 },
		{ .field = "on_date", .op = FILTER_LE, .number = tx->today + 120 },
	};
	struct record_list list;
	int64_t *off, *swapped;

	if (tx_find_all(tx, KIND_CALENDAR_DAY, filters, 2, 0, &list, err) < 0)
		return err->code;
	off = arena_array(tx->arena, list.count, sizeof *off);
	swapped = arena_array(tx->arena, list.count, sizeof *swapped);
	memset(calendar, 0, sizeof *calendar);
	for (size_t i = 0; i < list.count; i++) {
		const struct calendar_day *day = list.items[i];

		if (day->kind == DAY_HOLIDAY || day->kind == DAY_CLOSED)
			off[calendar->off_count++] = day->on_date;
		else if (day->kind == DAY_SWAPPED_WORKDAY)
			swapped[calendar->swapped_count++] = day->on_date;
	}
	if (calendar->off_count)
		qsort(off, calendar->off_count, sizeof *off, by_date);
	if (calendar->swapped_count)
		qsort(swapped, calendar->swapped_count, sizeof *swapped, by_date);
	calendar->off = off;
	calendar->swapped = swapped;
	return 0;
}

int claim_case_new(struct tx *tx, struct student *student, struct claim_case **out,
		   struct error *err)
{
	struct claim_case *cc = arena_alloc(tx->arena, sizeof *cc);

	cc->student = student;
	if (tx_get(tx, KIND_PROGRAMME, student->programme_id, (void **)&cc->programme, err) < 0 ||
	    tx_get(tx, KIND_CURRICULUM, student->curriculum_id, (void **)&cc->curriculum, err) < 0 ||
	    calendar_load(tx, &cc->calendar, err) < 0)
		return err->code;
	*out = cc;
	return 0;
}

static int explanation_order(const void *a, const void *b)
{
	const struct claim_explanation *x = *(void *const *)a, *y = *(void *const *)b;

	return x->position < y->position ? -1 : x->position > y->position;
}

int claim_case_load(struct tx *tx, int64_t id, struct claim_case **out, struct error *err)
{
	const struct filter in_force[] = {
		FILTER_INT("claim_id", id), FILTER_INT("superseded", 0),
	};
	const struct filter trail[] = {
		FILTER_TEXT("object_kind", "credit_claim"), FILTER_INT("object_id", id),
	};
	struct credit_claim *claim;
	struct student *student;
	struct claim_case *cc;

	if (tx_get(tx, KIND_CREDIT_CLAIM, id, (void **)&claim, err) < 0 ||
	    tx_get(tx, KIND_STUDENT, claim->student_id, (void **)&student, err) < 0)
		return err->code;
	if (!student_in_scope(tx->actor, student))
		return local_not_found(KIND_CREDIT_CLAIM, claim->id, NULL, err); /* not its number */
	if (claim_case_new(tx, student, &cc, err) < 0)
		return err->code;
	cc->claim = claim;
	if (claim_case_lines(tx, cc, err) < 0 ||
	    tx_find_all(tx, KIND_CLAIM_EXPLANATION, in_force, 2, 0, &cc->explanations, err) < 0 ||
	    tx_find_all(tx, KIND_AUDIT_EVENT, trail, 2, 0, &cc->trail, err) < 0)
		return err->code;
	if (cc->explanations.count)
		qsort(cc->explanations.items, cc->explanations.count,
		      sizeof *cc->explanations.items, explanation_order);
	*out = cc;
	return 0;
}

struct case_line *claim_case_line(const struct claim_case *cc, int64_t line_no)
{
	for (size_t i = 0; i < cc->line_count; i++)
		if (cc->lines[i].line->line_no == line_no)
			return &cc->lines[i];
	return NULL;
}

bool case_line_proved(const struct case_line *line)
{
	bool good = false;

	for (size_t i = 0; i < line->evidence.count; i++) {
		const struct evidence *evidence = line->evidence.items[i];

		if (evidence->checked == CHECK_FALSE)
			return false;
		if (evidence->checked == CHECK_OK)
			good = true;
	}
	return good;
}

int claim_case_calculate(struct tx *tx, struct claim_case *cc, enum calculate_as as,
			 struct error *err)
{
	struct credit_input input;

	if (claim_input_build(tx, cc, as, &input, err) < 0)
		return err->code;
	credit_calculate(&input, tx->arena, &cc->result);
	cc->calculated = true;
	return 0;
}
