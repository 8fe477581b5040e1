#include "tui/views/print_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/report/report.h"
#include "tui/action.h"
#include "tui/views/form_part.h"

enum { CHANNEL_WRITE = 1, DOCUMENTS_MAX = 16, COPIES_MAX = 99 };

/* What the form holds. `document` counts among those offered. */
#define PRINT_FORM_FIELDS(F, REC) \
	F(REC, FT_ENUM, document, .flags = REQ, .label = N_("What to print"), .width = 40) \
	F(REC, FT_ENUM, format, .flags = REQ, .enums = &format_enum, .label = N_("Form"), .width = 8) \
	F(REC, FT_TEXT, file, .max = 400, .flags = REQ, .label = N_("File"), .help = N_("A folder with / behind it, or a file; none is overwritten"), .width = 50) \
	F(REC, FT_DATE, from, .label = N_("First day"), .help = N_("Empty: the document's own days"), .width = 10) \
	F(REC, FT_DATE, to, .label = N_("Day after the last day"), .width = 10)
struct print_form { PRINT_FORM_FIELDS(FIELD_MEMBER, print_form) };

static const struct enum_value format_values[REPORT_FORMATS] = {
	[REPORT_AS_TEXT] = { "text", N_("text") }, [REPORT_AS_CSV] = { "csv", N_("table (CSV)") },
	[REPORT_AS_PDF] = { "pdf", N_("PDF") },
};
static const struct enum_table format_enum = { "report_format", format_values, REPORT_FORMATS };
static const struct field print_form_rows[] = { PRINT_FORM_FIELDS(FIELD_ROW, print_form) };
enum { PRINT_FIELDS = sizeof print_form_rows / sizeof print_form_rows[0] };

struct print_view {
	struct view view;
	struct form_part part;
	struct arena arena;
	char key[64];
	bool writing;
	/* The table of this form: its documents are those the person may have. */
	const struct report_def *defs[DOCUMENTS_MAX];
	struct enum_value names[DOCUMENTS_MAX];
	struct enum_table documents;
	struct field fields[PRINT_FIELDS];
	struct field_table table;
};

struct print_options {
	enum kind about;
	const char *key;
};

static size_t offered(struct app *app, enum kind about, const struct report_def **defs)
{
	size_t count = 0;

	for (size_t i = 0; i < report_count && count < DOCUMENTS_MAX; i++)
		if (report_defs[i].about == about &&
		    permission_has(app_actor(app), report_defs[i].permission))
			defs[count++] = &report_defs[i];
	return count;
}

static void print_start(struct view *view, const void *arg)
{
	struct print_view *self = (struct print_view *)view;
	const struct print_options *options = arg;
	const char *home = getenv("HOME");
	char folder[400];

	arena_init(&self->arena);
	snprintf(self->key, sizeof self->key, "%s", options->key);
	self->documents = (struct enum_table){
		"document", self->names, offered(view->app, options->about, self->defs),
	};
	for (size_t i = 0; i < self->documents.count; i++)
		self->names[i] = (struct enum_value){ self->defs[i]->name, self->defs[i]->title };
	memcpy(self->fields, print_form_rows, sizeof self->fields);
	self->fields[0].enums = &self->documents;
	self->table = (struct field_table){
		.name = "print_form", .plural = "print_forms", .label = "",
		.size = sizeof(struct print_form), .fields = self->fields, .count = PRINT_FIELDS,
	};
	snprintf(folder, sizeof folder, "%s/", home && *home ? home : ".");
	form_init(&self->part.form, &self->table, NULL);
	form_set(&self->part.form, "document", self->names[0].code);
	form_set(&self->part.form, "format", format_values[REPORT_AS_PDF].code);
	form_set(&self->part.form, "file", folder);
}

static void print_close(struct view *view)
{
	struct print_view *self = (struct print_view *)view;

	form_part_release(&self->part);
	arena_release(&self->arena);
}

/* --- writing --- */

struct print_job {
	struct report_request request;
	const char *path;
};

/* A folder gets a name from the document; a name gets its ending. */
static const char *path_of(const struct print_view *self, const struct print_form *form,
			   struct arena *arena)
{
	static const char *const endings[REPORT_FORMATS] = { ".txt", ".csv", ".pdf" };
	const size_t len = strlen(form->file);
	const char *ending = endings[form->format];

	if (form->file[len - 1] == '/')
		return arena_printf(arena, "%s%s-%s%s", form->file,
				    self->defs[form->document]->name, self->key, ending);
	if (len > strlen(ending) && !strcmp(form->file + len - strlen(ending), ending))
		return form->file;
	return arena_printf(arena, "%s%s", form->file, ending);
}

static int print_run(struct job *job, struct store *store)
{
	static const struct doc_options options = { .columns = 0 };
	const struct print_job *ask = job->question;
	struct document doc;
	int rc = report_make(store, &ask->request, &job->arena, &doc, &job->error);

	return rc ? rc : report_write_file(&doc, ask->request.format, &options, ask->path, false,
					   &job->error);
}

static void print_done(struct job *job, struct view *view)
{
	struct print_view *self = (struct print_view *)view;
	const struct print_job *ask = job->question;
	struct view_answer answer = { .ok = true };

	self->writing = false;
	if (job->result) {
		app_say_error(view->app, &job->error);
		return;
	}
	app_say(view->app, THEME_OK, arena_printf(&job->arena, _("Written: %s"), ask->path));
	app_answer(view, &answer);
}

static void print_save(struct view *view)
{
	struct print_view *self = (struct print_view *)view;
	const struct ov_clock *clock = app_clock(view->app);
	struct job *job = job_new(sizeof(struct print_job));
	struct print_job *ask = job->question;
	struct print_form *form;

	if (self->writing || form_read(&self->part.form, clock_today(clock), &job->arena,
				       (void **)&form) < 0) {
		job_free(job);
		return;
	}
	ask->path = path_of(self, form, &job->arena);
	ask->request = (struct report_request){
		.def = self->defs[form->document], .format = (enum report_format)form->format,
		.key = arena_strdup(&job->arena, self->key), .from = form->from, .to = form->to,
		.today = clock_today(clock), .utc_offset = clock->utc_offset,
	};
	if (ask->request.def->flags & REPORT_REASON)
		ask->request.reason = _("the learner asked for a copy");
	job->run = print_run;
	job->done = print_done;
	job->channel = CHANNEL_WRITE;
	self->writing = true;
	app_submit(view, job);
}

static struct form_part *print_form_of(struct view *view)
{
	return &((struct print_view *)view)->part;
}

static void print_answer(struct view *view, int tag, const struct view_answer *answer)
{
	form_part_answer(view, tag, answer);
}

static void print_draw(struct view *view, const struct canvas *canvas)
{
	struct print_view *self = (struct print_view *)view;
	struct rect all = canvas_area(canvas), inner;
	const int fields = form_rows(&self->part.form);
	struct canvas box, part;

	box = canvas_box(canvas, rect_centre(all, fields + 5, all.cols > 84 ? 80 : all.cols - 4),
			 arena_printf(canvas_arena(canvas), "%s %s", _("Print"), self->key));
	inner = canvas_area(&box);
	part = canvas_sub(&box, rect_take_top(&inner, fields > inner.rows - 1 ? inner.rows - 1 :
					      fields));
	form_draw(&self->part.form, &part, true);
	canvas_put(&box, box.area.rows - 1, 0, THEME_KEY,
		   self->writing ? _("Writing") : _("C-s: write the file   Esc: leave it"));
}

static const struct view_class print_class = {
	.name = "print", .contexts = CTX_DIALOG | CTX_FORM, .overlay = true,
	.size = sizeof(struct print_view),
	.open = print_start, .close = print_close, .draw = print_draw,
	.key = form_part_key, .typing = form_part_typing, .paste = form_part_paste,
	.form = print_form_of, .save = print_save, .answer = print_answer,
};

/* --- at once, by one key --- */

struct once_job {
	struct report_request request;
	const struct report_def *defs[DOCUMENTS_MAX];
	size_t count;
	const char *folder, *path;
};

/* None is overwritten: a second copy gets a number behind its name. */
static int once_write(struct job *job, const struct document *doc, const char *name)
{
	static const struct doc_options options = { .columns = 0 };
	struct once_job *ask = job->question;
	int rc = OV_EREFUSED;

	for (int copy = 1; rc && copy <= COPIES_MAX; copy++) {
		ask->path = copy == 1
			? arena_printf(&job->arena, "%s/%s-%s.pdf", ask->folder, name, ask->request.key)
			: arena_printf(&job->arena, "%s/%s-%s-%d.pdf", ask->folder, name,
				       ask->request.key, copy);
		rc = report_write_file(doc, REPORT_AS_PDF, &options, ask->path, false, &job->error);
		if (rc && job->error.reason != REASON_FILE_EXISTS)
			break;
	}
	return rc;
}

/* The last document of the table that can be made: a decision where there is
 * one, else the receipt. */
static int once_run(struct job *job, struct store *store)
{
	struct once_job *ask = job->question;
	struct document doc;
	int rc = OV_EREFUSED;

	for (size_t i = ask->count; i-- > 0 && rc;) {
		ask->request.def = ask->defs[i];
		error_clear(&job->error);
		rc = report_make(store, &ask->request, &job->arena, &doc, &job->error);
		if (rc == 0)
			return once_write(job, &doc, ask->defs[i]->name);
		if (job->error.reason != REASON_DECISION_STATE)
			break;
	}
	return rc;
}

static void once_done(struct job *job, struct view *view)
{
	const struct once_job *ask = job->question;

	if (job->result) {
		job->error.code = job->result;
		app_say_error(view->app, &job->error);
		return;
	}
	/* The name first: a long folder may be cut. */
	app_say(view->app, THEME_OK, arena_printf(&job->arena, _("Written: %s in %s"),
						  strrchr(ask->path, '/') + 1, ask->folder));
}

void print_at_once(struct view *opener, enum kind about, const char *key)
{
	const struct ov_clock *clock = app_clock(opener->app);
	const char *home = getenv("HOME");
	struct job *job;
	struct once_job *ask;

	if (!key) {
		app_say(opener->app, THEME_WARNING, _("It has no number yet, so there is nothing to print"));
		return;
	}
	job = job_new(sizeof *ask);
	ask = job->question;
	ask->count = offered(opener->app, about, ask->defs);
	ask->folder = arena_strdup(&job->arena, home && *home ? home : ".");
	ask->request = (struct report_request){
		.format = REPORT_AS_PDF, .key = arena_strdup(&job->arena, key), .from = OV_NULL,
		.to = OV_NULL, .today = clock_today(clock), .utc_offset = clock->utc_offset,
	};
	if (!ask->count) {
		app_say(opener->app, THEME_WARNING, _("Your role may print nothing of this"));
		job_free(job);
		return;
	}
	job->run = once_run;
	job->done = once_done;
	app_say(opener->app, THEME_WAITING, _("Writing"));
	app_submit(opener, job);
}

void print_open(struct view *opener, enum kind about, const char *key)
{
	const struct print_options options = { .about = about, .key = key };
	const struct report_def *defs[DOCUMENTS_MAX];

	if (!key) {
		app_say(opener->app, THEME_WARNING, _("It has no number yet, so there is nothing to print"));
		return;
	}
	if (!offered(opener->app, about, defs)) {
		app_say(opener->app, THEME_WARNING, _("Your role may print nothing of this"));
		return;
	}
	app_ask(opener, 0, &print_class, &options);
}
