/* Confirmation, message and prompt. */
#include "tui/views/dialog_view.h"

#include <string.h>

#include "tui/action.h"
#include "tui/edit.h"

void dialog_close(struct app *app, struct view *view)
{
	struct view_answer no = { .ok = false };

	(void)app;
	app_keep_draft(view);
	app_answer(view, &no);
}

/* Width of a dialog for a text, and the rows the text needs in it. */
static struct rect dialog_area(const struct canvas *canvas, const char *text, int more)
{
	struct rect all = canvas_area(canvas);
	int cols = all.cols > 70 ? 70 : all.cols - 4;
	int rows = text_width(text) / (cols - 8) + 1;
	const char *at;

	for (at = text; (at = strchr(at, '\n')) != NULL; at++)
		rows++;
	return rect_centre(all, rows + more, cols);
}

/* --- confirmation and message --- */

struct text_view {
	struct view view;
	struct arena arena;
	const char *title, *text;
};

static void text_open(struct view *view, const void *arg)
{
	struct text_view *self = (struct text_view *)view;
	const struct confirm_options *options = arg;

	arena_init(&self->arena);
	self->title = arena_strdup(&self->arena, options->title);
	self->text = arena_strdup(&self->arena, options->text);
}

static void text_close(struct view *view)
{
	arena_release(&((struct text_view *)view)->arena);
}

static void confirm_draw(struct view *view, const struct canvas *canvas)
{
	struct text_view *self = (struct text_view *)view;
	const char *text = _(self->text);
	struct canvas box = canvas_box(canvas, dialog_area(canvas, text, 4), _(self->title));
	int row = canvas_wrap(&box, 0, 0, box.area.cols, box.area.rows - 1, THEME_DIALOG, text);

	canvas_put(&box, row + 1, 0, THEME_KEY, _("y: yes   n: no"));
	canvas_cursor(&box, row + 1, 0);
}

static void message_draw(struct view *view, const struct canvas *canvas)
{
	struct text_view *self = (struct text_view *)view;
	const char *text = _(self->text);
	struct canvas box = canvas_box(canvas, dialog_area(canvas, text, 2), _(self->title));

	canvas_wrap(&box, 0, 0, box.area.cols, box.area.rows, THEME_DIALOG, text);
	canvas_cursor(&box, 0, 0);
}

static bool message_key(struct view *view, key_press key)
{
	struct view_answer seen = { .ok = true };

	if (key != K_ENTER)
		return false;
	app_answer(view, &seen);
	return true;
}

void confirm_yes(struct app *app, struct view *view)
{
	struct view_answer yes = { .ok = true };

	if (view->class == &leave_class)
		app_save_and_quit(app);
	else
		app_answer(view, &yes);
}

const struct view_class confirm_class = {
	.name = "confirm", .contexts = CTX_DIALOG | CTX_CONFIRM, .overlay = true,
	.size = sizeof(struct text_view),
	.open = text_open, .close = text_close, .draw = confirm_draw,
};

const struct view_class leave_class = {
	.name = "leave", .contexts = CTX_DIALOG | CTX_CONFIRM, .overlay = true,
	.size = sizeof(struct text_view),
	.open = text_open, .close = text_close, .draw = confirm_draw,
};

const struct view_class message_class = {
	.name = "message", .contexts = CTX_DIALOG, .overlay = true,
	.size = sizeof(struct text_view),
	.open = text_open, .close = text_close, .draw = message_draw, .key = message_key,
};

void message_error(struct view *opener, const char *title, const struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct message_options options = {
		.title = title, .text = arena_printf(&arena, "%s\n%s", err->message, err->next),
	};

	if (app_top(opener->app) == opener)
		app_ask(opener, 0, &message_class, &options);
	else
		app_say_error(opener->app, err);
	arena_release(&arena);
}

/* --- prompt --- */

struct prompt_view {
	struct view view;
	struct arena arena;
	struct prompt_options options;
	struct edit edit;
	bool short_text; /* Enter came too early */
};

static void prompt_open(struct view *view, const void *arg)
{
	struct prompt_view *self = (struct prompt_view *)view;
	const struct prompt_options *options = arg;
	const char **choices;
	size_t i;

	arena_init(&self->arena);
	self->options = *options;
	self->options.title = arena_strdup(&self->arena, options->title);
	self->options.label = arena_strdup(&self->arena, options->label);
	choices = arena_array(&self->arena, options->choice_count, sizeof *choices);
	for (i = 0; i < options->choice_count; i++)
		choices[i] = arena_strdup(&self->arena, options->choices[i]);
	self->options.choices = choices;
	edit_init(&self->edit, 500);
	self->edit.hidden = options->hidden;
	if (options->text)
		edit_set(&self->edit, options->text);
	self->options.text = NULL;
}

static void prompt_close(struct view *view)
{
	struct prompt_view *self = (struct prompt_view *)view;

	edit_release(&self->edit);
	arena_release(&self->arena);
}

static void prompt_draw(struct view *view, const struct canvas *canvas)
{
	struct prompt_view *self = (struct prompt_view *)view;
	const struct prompt_options *o = &self->options;
	int rows = 7 + (o->choice_count ? (int)o->choice_count + 1 : 0), row = 2;
	struct rect all = canvas_area(canvas);
	/* At the top: an input method's window would hide the bottom. */
	struct rect area = rect_centre(all, rows, all.cols > 72 ? 72 : all.cols - 2);
	struct canvas box;
	size_t i;

	area.row = all.rows > rows + 2 ? 2 : 0;
	box = canvas_box(canvas, area, _(o->title));
	canvas_put(&box, 0, 0, THEME_LABEL, _(o->label));
	edit_draw(&self->edit, &box, 1, 0, box.area.cols, THEME_FIELD, true);
	for (i = 0; i < o->choice_count && i < 9; i++)
		canvas_printf(&box, ++row, 0, THEME_DIALOG, "%zu  %s", i + 1, _(o->choices[i]));
	if (self->short_text)
		canvas_printf(&box, row + 1, 0, THEME_REFUSED,
			      _("At least %zu characters are needed"), o->min);
	canvas_put(&box, box.area.rows - 1, 0, THEME_MUTED, _("Enter: go on   Esc: leave it"));
}

static bool prompt_key(struct view *view, key_press key)
{
	struct prompt_view *self = (struct prompt_view *)view;
	struct view_answer answer = { .ok = true, .text = self->edit.text };

	if (key == K_ENTER) {
		self->short_text = utf8_count(self->edit.text) < self->options.min;
		if (!self->short_text)
			app_answer(view, &answer);
		return true;
	}
	if (self->edit.len == 0 && key >= '1' && key < '1' + self->options.choice_count) {
		edit_set(&self->edit, _(self->options.choices[key - '1']));
		return true;
	}
	return edit_key(&self->edit, key);
}

static bool prompt_typing(const struct view *view)
{
	(void)view;
	return true;
}

static void prompt_paste(struct view *view, const char *text)
{
	edit_paste(&((struct prompt_view *)view)->edit, text);
}

const struct view_class prompt_class = {
	.name = "prompt", .contexts = CTX_DIALOG, .overlay = true, .takes_scan = true,
	.size = sizeof(struct prompt_view),
	.open = prompt_open, .close = prompt_close, .draw = prompt_draw, .key = prompt_key,
	.typing = prompt_typing, .paste = prompt_paste,
};
