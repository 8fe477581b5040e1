/* import_fixture.h: a small centre in memory for the tests of search, import
 * and export: two branches, two programmes, two cohorts, one shift pattern. */
#ifndef OV_TESTS_IMPORT_FIXTURE_H
#define OV_TESTS_IMPORT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/hash.h"
#include "core/model/import_row.h"
#include "core/model/reason.h"
#include "core/store/command.h"
#include "core/store/commands/import_args.h"
#include "core/store/local.h"
#include "core/store/store.h"
#include "core/store/tx.h"

#define TODAY date_from_civil(2026, 3, 1)

struct centre {
	struct store *store;
	struct arena arena;
	struct error err;
	struct outcome outcome;
	int64_t north, south; /* centres of branches 101 and 110 */
};

static inline void *fixture_add(struct centre *c, struct tx *tx, enum kind kind, void *record)
{
	if (tx_insert(tx, kind, record, &c->err) < 0)
		fail_msg("%s: %s", kind_fields(kind)->name, c->err.message);
	return record;
}

static inline int64_t fixture_branch(struct centre *c, struct tx *tx, const char *code,
				     enum branch_kind kind, int64_t parent)
{
	struct branch *branch = record_new(&c->arena, &branch_fields);

	branch->code = code;
	branch->name = code;
	branch->kind = kind;
	branch->parent_id = parent;
	fixture_add(c, tx, KIND_BRANCH, branch);
	return branch->id;
}

static inline void fixture_programme(struct centre *c, struct tx *tx, const char *code,
				     const char *name, int64_t level, int64_t cap, int64_t centre,
				     const char *cohort_code, const char *cohort_name)
{
	struct programme *p = record_new(&c->arena, &programme_fields);
	struct curriculum *u = record_new(&c->arena, &curriculum_fields);
	struct cohort *k = record_new(&c->arena, &cohort_fields);

	p->code = code;
	p->name = name;
	p->kind = PROGRAMME_DEGREE;
	p->level = level;
	p->training_model = TRAINING_WORK_STUDY;
	p->two_cert_required = 1;
	p->min_months = 30;
	p->max_months = 96;
	p->cap_profile = cap;
	fixture_add(c, tx, KIND_PROGRAMME, p);
	u->programme_id = p->id;
	u->version = "2015S";
	u->min_total_centi = 7600;
	u->effective_from = date_from_civil(2014, 12, 1);
	u->state = CURRICULUM_PUBLISHED;
	fixture_add(c, tx, KIND_CURRICULUM, u);
	k->code = cohort_code;
	k->name = cohort_name;
	k->programme_id = p->id;
	k->curriculum_id = u->id;
	k->centre_id = centre;
	k->intake = "2015S";
	k->capacity = 40;
	k->shift_tolerance = 10;
	fixture_add(c, tx, KIND_COHORT, k);
}

static inline void fixture_fill(struct centre *c, struct tx *tx)
{
	struct cap_profile *cap = record_new(&c->arena, &cap_profile_fields);
	struct shift_pattern *s = record_new(&c->arena, &shift_pattern_fields);
	int64_t a = fixture_branch(c, tx, "101", BRANCH_BRANCH, OV_NULL);
	int64_t b = fixture_branch(c, tx, "110", BRANCH_BRANCH, OV_NULL);

	c->north = fixture_branch(c, tx, "001", BRANCH_CENTRE, a);
	c->south = fixture_branch(c, tx, "002", BRANCH_CENTRE, b);
	cap->code = "CAP-A";
	cap->version = 1;
	cap->overall_bp = 4000;
	cap->partial_module_credit = 0;
	cap->effective_from = date_from_civil(2014, 12, 1);
	fixture_add(c, tx, KIND_CAP_PROFILE, cap);
	fixture_programme(c, tx, "P-ZK-AUTO", "汽车制造与装配技术", LEVEL_ZHUANKE, cap->id,
			  c->north, "2015S-01", "汽车一班");
	fixture_programme(c, tx, "P-ZK-LOG", "现代物流管理", LEVEL_ZHUANKE, cap->id,
			  c->north, "2015S-02", "物流一班");
	s->code = "ROT-6";
	s->kind = SHIFT_CYCLE;
	s->cycle = "DDNNRR";
	s->anchor_on = date_from_civil(2015, 9, 1);
	s->d_start = 480;
	s->d_len = 480;
	s->e_start = 960;
	s->e_len = 480;
	s->n_start = 1200;
	s->n_len = 720;
	s->buffer_min = 60;
	s->rest_after_n_min = 480;
	fixture_add(c, tx, KIND_SHIFT_PATTERN, s);
}

static inline void act_as(struct centre *c, enum role role, int64_t branch)
{
	struct actor actor = { .user_id = 1, .person_id = OV_NULL, .branch_id = branch,
			       .roles = 1u << role, .login = "tester" };

	local_act_as(c->store, &actor);
}

static inline int centre_open(void **state)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct centre *c = calloc(1, sizeof *c);
	struct tx tx;

	arena_init(&c->arena);
	options.clock.fixed_today = TODAY;
	options.clock.fixed_now = TODAY * DAY_SECONDS;
	if (store_open("memory:", &options, &c->store, &c->err) < 0)
		fail_msg("%s", c->err.message);
	local_act_as(c->store, &system_actor);
	if (tx_begin(&tx, local_of(c->store), &c->arena, false, &c->err) < 0)
		fail_msg("%s", c->err.message);
	fixture_fill(c, &tx);
	if (tx_commit(&tx, &c->err) < 0)
		fail_msg("%s", c->err.message);
	act_as(c, ROLE_REGISTRAR, OV_NULL);
	*state = c;
	return 0;
}

static inline int centre_close(void **state)
{
	struct centre *c = *state;

	store_close(c->store);
	arena_release(&c->arena);
	free(c);
	return 0;
}

/* --- rows --- */

static inline struct import_row row_good(void)
{
	return (struct import_row){
		.student_no = "1510106400001", .full_name = "曾小明", .sex = "男",
		.doc_no = "110100199001010019", .mobile = "13800001234",
		.programme = "P-ZK-AUTO", .cohort = "2015S-01", .intake = "2015春",
		.level = "专科", .employer = "北京汽车", .plant = "顺义工厂", .post = "焊工",
		.shift = "ROT-6", .team = "2", .employee_no = "E1"
	};
}

/* Runs student.import; the counts stand in c->outcome. */
static inline int rows_import(struct centre *c, struct import_row *rows, size_t count,
			      bool partial, bool dry_run)
{
	void **items = arena_array(&c->arena, count, sizeof *items);
	struct record_list *list = arena_alloc(&c->arena, sizeof *list);
	struct student_import_args *args;
	struct command command;
	uint8_t hash[HASH_BYTES];

	for (size_t i = 0; i < count; i++)
		items[i] = &rows[i];
	*list = (struct record_list){ &import_row_fields, count, items };
	command_init(&command, command_find("student.import"), &c->arena);
	args = command.args;
	args->rows = list;
	hash_sha256(command.key, sizeof command.key, hash);
	args->sha256 = arena_memdup(&c->arena, hash, sizeof hash);
	args->source = "test.csv";
	args->partial = partial;
	args->reason = "a test of the import";
	error_clear(&c->err);
	return dry_run ? store_assess(c->store, &command, &c->arena, &c->outcome, &c->err) :
			 store_execute(c->store, &command, 1, &c->arena, &c->outcome, NULL, &c->err);
}

static inline const struct import_count *counts(const struct centre *c)
{
	return bundle_first(&c->outcome.records, &import_count_fields);
}

/* "CODE CODE" of all findings of a row, "" for none. */
static inline const char *codes_of(struct centre *c, int64_t row)
{
	const struct record_list *list = bundle_list(&c->outcome.records, &import_finding_fields);
	const char *text = "";

	for (size_t i = 0; i < list->count; i++) {
		const struct import_finding *f = list->items[i];

		if (f->row == row)
			text = arena_printf(&c->arena, "%s%s%s", text, *text ? " " : "", f->code);
	}
	return text;
}

#endif
