#include "tui/views/piece_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/file_look.h"
#include "core/store/evidence.h"
#include "tui/action.h"
#include "tui/views/dialog_view.h"
#include "tui/views/lines.h"

enum { CHANNEL_SAVE = 1, TAG_PATH = 1, SHOWN_MAX = 256 << 10, HEAD_ROWS = 4, SAVED_ROWS = 2 };

struct piece_view {
	struct view view;
	char *bytes; /* NULL once they are put away */
	size_t len;
	struct arena arena;  /* of all below */
	const char *claim_no, *file_name, *saved;
	int64_t line_no;
	char hash[HASH_HEX];
	struct file_look look;
	char *text;          /* the file when it is a text, else NULL */
	struct lines lines;  /* the same, folded at `cols` cells */
	int cols;
};

static void piece_start(struct view *view, const void *arg)
{
	struct piece_view *self = (struct piece_view *)view;
	const struct piece_options *options = arg;

	arena_init(&self->arena);
	lines_init(&self->lines);
	self->bytes = mem_alloc(options->len);
	memcpy(self->bytes, options->bytes, options->len);
	self->len = options->len;
	self->claim_no = arena_strdup(&self->arena, options->claim_no);
	self->file_name = arena_strdup(&self->arena, options->file_name);
	self->line_no = options->line_no;
	hash_hex(options->sha256, self->hash);
	self->look = file_look(self->bytes, self->len);
	/* A PDF or PostScript may hold letters alone and is no text to read. */
	if (!strcmp(self->look.ending, ".txt"))
		self->text = file_text(self->bytes, self->len, &self->arena);
	app_wake(view, EVIDENCE_OPEN_S * 1000);
}

/* Gone from memory, too. */
static void piece_mask(struct view *view)
{
	struct piece_view *self = (struct piece_view *)view;

	if (!self->bytes)
		return;
	explicit_bzero(self->bytes, self->len);
	free(self->bytes);
	self->bytes = NULL;
	if (self->text)
		explicit_bzero(self->text, strlen(self->text));
	for (size_t i = 0; i < self->lines.count; i++)
		explicit_bzero((char *)(uintptr_t)self->lines.line[i].text,
			       strlen(self->lines.line[i].text));
	self->text = NULL;
	self->cols = 0;
	lines_clear(&self->lines);
	app_wake(view, 0);
}

static void piece_close(struct view *view)
{
	struct piece_view *self = (struct piece_view *)view;

	piece_mask(view);
	lines_release(&self->lines);
	arena_release(&self->arena);
}

/* --- the text --- */

/* One line of the file, which may be long, over as many rows as it needs. */
static void line_fold(struct lines *lines, const char *line, int cols)
{
	do {
		const size_t fits = text_cut(line, cols, NULL);
		const size_t len = fits ? fits : text_next(line, 0);

		lines_add(lines, ' ', THEME_DIALOG, "%.*s", (int)len, line);
		line += len;
	} while (*line);
}

static void text_fold_lines(struct piece_view *self, int cols)
{
	struct arena arena = ARENA_INIT;
	const char *at = self->text;
	const char *end = at + strlen(at), *shown = end;

	if (end - at > SHOWN_MAX) /* whole characters */
		shown = at + text_prev(at, SHOWN_MAX);
	lines_clear(&self->lines);
	while (at < shown) {
		const char *stop = memchr(at, '\n', (size_t)(shown - at));
		const size_t len = (size_t)((stop ? stop : shown) - at);
		char *line = arena_strndup(&arena, at, len);

		for (char *c = line; *c; c++)
			if (*c == '\t' || *c == '\r' || *c == '\f')
				*c = ' ';
		line_fold(&self->lines, text_sanitise(line, &arena), cols);
		at += len + (stop != NULL);
		explicit_bzero(line, len);
	}
	if (at < end)
		lines_add(&self->lines, '!', THEME_WARNING,
			  _("%zu bytes more are not shown: save the file to read them"),
			  (size_t)(end - at));
	arena_release(&arena);
	self->cols = cols;
}

/* --- saving --- */

struct save_job {
	const char *path;
	struct buf bytes;
};

static int save_run(struct job *job, struct store *store)
{
	struct save_job *ask = job->question;

	(void)store;
	return evidence_write(ask->path, &ask->bytes, &job->error);
}

static void save_done(struct job *job, struct view *view)
{
	struct piece_view *self = (struct piece_view *)view;
	struct save_job *ask = job->question;

	explicit_bzero(ask->bytes.bytes, ask->bytes.len);
	if (job->result) {
		message_error(view, N_("Save the file"), &job->error);
		return;
	}
	self->saved = arena_strdup(&self->arena, ask->path);
}

/* The name says the claim and no person: CL202603000017-1.pdf. */
static const char *own_name(const struct piece_view *self, struct arena *arena)
{
	return arena_printf(arena, "%s-%lld-%.4s%s", self->claim_no, (long long)self->line_no,
			    self->hash, self->look.ending);
}

static void save_to(struct view *view, const char *path)
{
	struct piece_view *self = (struct piece_view *)view;
	struct job *job = job_new(sizeof(struct save_job));
	struct save_job *ask = job->question;
	const size_t len = strlen(path);

	ask->path = len && path[len - 1] == '/' ?
		arena_printf(&job->arena, "%s%s", path, own_name(self, &job->arena)) :
		arena_strdup(&job->arena, path);
	ask->bytes = (struct buf){ .bytes = arena_memdup(&job->arena, self->bytes, self->len),
				   .len = self->len };
	job->run = save_run;
	job->done = save_done;
	job->channel = CHANNEL_SAVE;
	app_submit(view, job);
}

bool piece_there(struct app *app, struct view *view)
{
	(void)app;
	return ((struct piece_view *)view)->bytes != NULL;
}

void piece_save(struct app *app, struct view *view)
{
	struct piece_view *self = (struct piece_view *)view;
	const char *home = getenv("HOME");
	struct arena arena = ARENA_INIT;
	struct prompt_options prompt = {
		.title = N_("Save the file"), .min = 1,
		.label = N_("Path of a new file, or of a folder with / behind it"),
		.text = arena_printf(&arena, "%s/%s", home && *home ? home : ".",
				     own_name(self, &arena)),
	};

	(void)app;
	app_ask(view, TAG_PATH, &prompt_class, &prompt);
	arena_release(&arena);
}

static void piece_answer(struct view *view, int tag, const struct view_answer *answer)
{
	if (tag == TAG_PATH && answer->ok && ((struct piece_view *)view)->bytes)
		save_to(view, answer->text);
}

/* --- drawing --- */

static void facts_draw(const struct piece_view *self, const struct canvas *canvas)
{
	canvas_printf(canvas, 0, 0, THEME_DIALOG, "%s  %s", self->file_name, _(self->look.kind));
	canvas_printf(canvas, 1, 0, THEME_DIALOG, _("%zu bytes"), self->len);
	canvas_printf(canvas, 2, 0, THEME_MUTED, "SHA-256 %s", self->hash);
	if (self->saved)
		canvas_wrap(canvas, HEAD_ROWS - 1, 0, canvas->area.cols, SAVED_ROWS, THEME_OK,
			    arena_printf(canvas_arena(canvas), _("Saved: %s"), self->saved));
}

static void piece_draw(struct view *view, const struct canvas *canvas)
{
	struct piece_view *self = (struct piece_view *)view;
	struct rect all = canvas_area(canvas), inner;
	const int cols = all.cols > 130 ? 126 : all.cols - 2;
	const int head = HEAD_ROWS + (self->saved ? SAVED_ROWS : 0);
	const int rows = self->text ? all.rows - 2 : head + 6;
	struct canvas box, part;

	box = canvas_box(canvas, rect_centre(all, rows, cols),
			 arena_printf(canvas_arena(canvas), "%s %s  %s %lld", _("Evidence"),
				      self->claim_no, _("Line"), (long long)self->line_no));
	inner = canvas_area(&box);
	part = canvas_sub(&box, rect_take_top(&inner, head));
	facts_draw(self, &part);
	part = canvas_sub(&box, rect_take_bottom(&inner, 1));
	canvas_put(&part, 0, 0, THEME_KEY, self->bytes ? _("s: save to a file   Esc: back") :
		   _("Esc: back"));
	if (!self->text) {
		canvas_wrap(&box, head, 0, box.area.cols, 2, THEME_MUTED, self->bytes ?
			    _("This file is no text: save it, and open it with a program for its kind") :
			    _("The file was put away; open it again"));
		canvas_cursor(&box, head, 0);
		return;
	}
	part = canvas_sub(&box, inner);
	if (part.area.cols - 3 != self->cols)
		text_fold_lines(self, part.area.cols - 3);
	lines_draw(&self->lines, &part, view->app, true);
}

static struct table *piece_list(struct view *view)
{
	return &((struct piece_view *)view)->lines.table;
}

const struct view_class piece_class = {
	.name = "piece", .contexts = CTX_PIECE | CTX_DIALOG | CTX_LIST, .overlay = true,
	.size = sizeof(struct piece_view),
	.open = piece_start, .close = piece_close, .draw = piece_draw, .list = piece_list,
	.answer = piece_answer, .wake = piece_mask, .mask = piece_mask,
};
