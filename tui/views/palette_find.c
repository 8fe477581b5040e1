#include "tui/views/palette_find.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/base/text.h"
#include "core/model/kind.h"
#include "tui/fuzzy.h"

enum {
	COHORTS_MAX = 5000, CLAIMS_MAX = 200, PAGE = 500,
	TEXT_LEAST = 2, /* one letter stands for a tenth of everything */
	CLAIM_DIGITS = 4, LEARNERS_CLAIMS = 3
};

/* --- the world --- */

static int cohorts_read(struct job *job, struct store *store, struct palette_world *world)
{
	struct query query = { .kind = KIND_COHORT, .limit = PAGE, .descending = true };
	struct page page;
	size_t i;

	world->cohorts = arena_array(&job->arena, COHORTS_MAX, sizeof *world->cohorts);
	do {
		if (store_find(store, &query, &job->arena, &page, &job->error) < 0)
			return job->error.code;
		for (i = 0; i < page.count && world->cohort_count < COHORTS_MAX; i++)
			world->cohorts[world->cohort_count++] = page.records[i];
		query.cursor = page.next;
	} while (page.next && world->cohort_count < COHORTS_MAX);
	return 0;
}

static int claims_read(struct job *job, struct store *store, struct palette_world *world)
{
	const struct filter mine = { .field = "mine", .op = FILTER_EQ, .number = 1 };
	struct query query = { .kind = KIND_CLAIM_ROW, .filters = &mine, .filter_count = 1,
			       .limit = CLAIMS_MAX };
	struct page page;
	size_t i;

	if (store_find(store, &query, &job->arena, &page, &job->error) < 0)
		return job->error.code;
	world->claims = arena_array(&job->arena, page.count, sizeof *world->claims);
	for (i = 0; i < page.count; i++)
		world->claims[world->claim_count++] = page.records[i];
	return 0;
}

/* What may not be read is not there; a cancel is one. */
static int allowed(struct job *job, int rc)
{
	if (rc != OV_ECANCELLED)
		error_clear(&job->error);
	return rc == OV_ECANCELLED ? rc : 0;
}

static int world_run(struct job *job, struct store *store)
{
	struct palette_world *world = job->answer;
	int rc = allowed(job, cohorts_read(job, store, world));

	return rc ? rc : allowed(job, claims_read(job, store, world));
}

struct job *palette_world_job(void)
{
	struct job *job = job_new(1);

	job->answer = arena_alloc(&job->arena, sizeof(struct palette_world));
	memset(job->answer, 0, sizeof(struct palette_world));
	job->run = world_run;
	return job;
}

/* --- looking for a text --- */

struct find_job {
	const char *text;
	struct palette_world world;
};

static void add(struct palette_answer *answer, enum found_kind kind, int64_t id,
		const char *name, const char *shown)
{
	size_t i, count = 0;

	for (i = 0; i < answer->count; i++) {
		if (answer->item[i].kind == kind && answer->item[i].id == id)
			return;
		count += answer->item[i].kind == kind;
	}
	if (count < FOUND_EACH)
		answer->item[answer->count++] = (struct found){ kind, id, name, shown };
}

static void claim_add(struct job *job, const struct claim_row *row)
{
	add(job->answer, FOUND_CLAIM, row->id, row->claim_no,
	    arena_printf(&job->arena, "%s  %s  %s", row->claim_no ? row->claim_no : _("Draft"),
			 row->full_name ? row->full_name : "",
			 enum_label(&claim_state_enum, row->state)));
}

static int learners_find(struct job *job, struct store *store, struct page *page)
{
	const struct find_job *ask = job->question;
	size_t i;
	int rc = store_search(store, ask->text, FOUND_EACH, &job->arena, page, &job->error);

	if (rc) {
		page->count = 0;
		return allowed(job, rc);
	}
	for (i = 0; i < page->count; i++) {
		const struct student_hit *hit = page->records[i];

		add(job->answer, FOUND_LEARNER, hit->id, hit->full_name,
		    arena_printf(&job->arena, "%s  %s  %s  %s",
				 hit->full_name ? hit->full_name : "", hit->student_no,
				 hit->cohort ? hit->cohort : "", hit->plant ? hit->plant : ""));
	}
	return 0;
}

struct ranked {
	int score;
	const struct cohort *cohort;
};

static int by_score(const void *a, const void *b)
{
	return ((const struct ranked *)b)->score - ((const struct ranked *)a)->score;
}

static void cohorts_find(struct job *job)
{
	const struct find_job *ask = job->question;
	struct ranked *list = arena_array(&job->arena, ask->world.cohort_count, sizeof *list);
	size_t i, count = 0;

	for (i = 0; i < ask->world.cohort_count; i++) {
		const struct cohort *c = ask->world.cohorts[i];
		int code = fuzzy_score(ask->text, c->code), name = fuzzy_score(ask->text, c->name);

		/* A few letters are in any name somewhere; those that stand
		 * together or begin its words were meant. */
		code = code > name ? code : name;
		if (code && fuzzy_close(ask->text, code))
			list[count++] = (struct ranked){ code, c };
	}
	qsort(list, count, sizeof *list, by_score);
	for (i = 0; i < count && i < FOUND_EACH; i++)
		add(job->answer, FOUND_COHORT, list[i].cohort->id, list[i].cohort->code,
		    arena_printf(&job->arena, "%s  %s", list[i].cohort->code,
				 list[i].cohort->name));
}

/* Claims of one number, of a learner that was found, and those that wait for
 * this person by a part of their number or by the learner's name. */
static int claims_filter(struct job *job, struct store *store, const struct filter *filter)
{
	struct query query = { .kind = KIND_CLAIM_ROW, .filters = filter, .filter_count = 1,
			       .limit = FOUND_EACH };
	struct page page;
	size_t i;
	int rc = store_find(store, &query, &job->arena, &page, &job->error);

	if (rc)
		return allowed(job, rc);
	for (i = 0; i < page.count; i++)
		claim_add(job, page.records[i]);
	return 0;
}

static int claims_find(struct job *job, struct store *store, const struct page *learners)
{
	const struct find_job *ask = job->question;
	size_t i, len = strlen(ask->text);
	struct filter filter = { .field = "claim_no", .op = FILTER_EQ, .text = ask->text };
	int rc = len > CLAIM_DIGITS * 2 ? claims_filter(job, store, &filter) : 0;

	for (i = 0; i < ask->world.claim_count; i++) {
		const struct claim_row *row = ask->world.claims[i];
		int score = row->full_name ? fuzzy_score(ask->text, row->full_name) : 0;

		if ((len >= CLAIM_DIGITS && row->claim_no && strstr(row->claim_no, ask->text)) ||
		    (score && fuzzy_close(ask->text, score)))
			claim_add(job, row);
	}
	for (i = 0; !rc && i < learners->count && i < LEARNERS_CLAIMS; i++) {
		const struct student_hit *hit = learners->records[i];

		filter = (struct filter){ .field = "student_id", .op = FILTER_EQ, .number = hit->id };
		if (hit->open_claims > 0)
			rc = claims_filter(job, store, &filter);
	}
	return rc;
}

static int find_run(struct job *job, struct store *store)
{
	const struct find_job *ask = job->question;
	struct page learners = { .count = 0 };
	int rc;

	if (utf8_count(ask->text) < TEXT_LEAST)
		return 0;
	rc = learners_find(job, store, &learners);
	if (rc)
		return rc;
	cohorts_find(job);
	return claims_find(job, store, &learners);
}

struct job *palette_find_job(const char *text, const struct palette_world *world)
{
	struct job *job = job_new(sizeof(struct find_job));
	struct find_job *ask = job->question;
	struct arena *arena = &job->arena;
	size_t i;

	ask->text = arena_strdup(arena, text);
	ask->world = *world;
	/* The view may close, and its arena go, while the worker reads. */
	ask->world.cohorts = arena_array(arena, world->cohort_count, sizeof *ask->world.cohorts);
	for (i = 0; i < world->cohort_count; i++)
		ask->world.cohorts[i] = record_copy(arena, &cohort_fields, world->cohorts[i]);
	ask->world.claims = arena_array(arena, world->claim_count, sizeof *ask->world.claims);
	for (i = 0; i < world->claim_count; i++)
		ask->world.claims[i] = record_copy(arena, &claim_row_fields, world->claims[i]);
	job->answer = arena_alloc(arena, sizeof(struct palette_answer));
	memset(job->answer, 0, sizeof(struct palette_answer));
	job->run = find_run;
	return job;
}
