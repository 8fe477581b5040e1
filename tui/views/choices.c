#include "tui/views/choices.h"

#include <string.h>

#include "core/store/store.h"

struct choices_question {
	enum kind kind;
	const char *typed;
};

static const char *text_of(const struct field_table *table, const void *record, const char *name)
{
	const struct field *field = field_find(table, name);

	return field && field->type == FT_TEXT ? field_text(field, record) : NULL;
}

const char *record_name(const struct field_table *table, const void *record,
			struct arena *arena)
{
	static const char *const codes[] = { "code", "student_no", "claim_no", "login" };
	static const char *const names[] = { "name", "full_name", "title" };
	const char *code = NULL, *name = NULL;
	size_t i;

	for (i = 0; i < sizeof codes / sizeof codes[0] && !code; i++)
		code = text_of(table, record, codes[i]);
	for (i = 0; i < sizeof names / sizeof names[0] && !name; i++)
		name = text_of(table, record, names[i]);
	if (code && name)
		return arena_printf(arena, "%s  %s", code, name);
	if (code || name)
		return arena_strdup(arena, code ? code : name);
	return arena_printf(arena, "%s %lld", _(table->label),
			    (long long)((const struct record_head *)record)->id);
}

/* A record that has no name of its own but belongs to a person. */
static const char *choice_name(struct store *store, const struct field_table *table,
			       const void *record, struct arena *arena)
{
	const struct field *person = field_find(table, "person_id");
	struct error err = ERROR_INIT;
	void *who;

	if (person && !text_of(table, record, "name") && !text_of(table, record, "full_name") &&
	    !field_is_null(person, record) &&
	    store_get(store, KIND_PERSON, field_int(person, record), arena, &who, &err) == 0)
		return ((struct person *)who)->full_name;
	return record_name(table, record, arena);
}

static int choices_run(struct job *job, struct store *store)
{
	struct choices_question *ask = job->question;
	struct choices *made = arena_alloc(&job->arena, sizeof *made);
	struct query query = { .kind = ask->kind, .limit = CHOICES_MAX };
	struct page page = { .count = 0 };
	size_t i;
	int rc;

	if (ask->typed)
		rc = store_search(store, ask->typed, 50, &job->arena, &page, &job->error);
	else
		rc = store_find(store, &query, &job->arena, &page, &job->error);
	if (rc)
		return rc;
	made->count = page.count;
	made->id = arena_array(&job->arena, page.count, sizeof *made->id);
	made->text = arena_array(&job->arena, page.count, sizeof *made->text);
	for (i = 0; i < page.count; i++) {
		const struct field *id = field_find(page.table, "id");

		made->id[i] = id ? field_int(id, page.records[i])
				 : ((struct record_head *)page.records[i])->id;
		made->text[i] = choice_name(store, page.table, page.records[i], &job->arena);
	}
	job->answer = made;
	return 0;
}

struct job *choices_job(enum kind kind, const char *typed)
{
	struct job *job = job_new(sizeof(struct choices_question));
	struct choices_question *ask = job->question;

	ask->kind = kind;
	ask->typed = arena_strdup(&job->arena, typed);
	job->run = choices_run;
	return job;
}

void choices_take(struct choices *choices, struct job *job)
{
	struct choices *made = job->answer;

	arena_release(&choices->arena);
	choices->count = made->count;
	choices->id = made->id;
	choices->text = made->text;
	job_keep(job, &choices->arena);
}

void choices_release(struct choices *choices)
{
	arena_release(&choices->arena);
	memset(choices, 0, sizeof *choices);
}
