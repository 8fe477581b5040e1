/* C-x s: what this person wants of the screen; core of it in settings.h. It is
 * a small file on this machine: nothing waits for it. */
#include <string.h>

#include "tui/action.h"
#include "tui/settings.h"
#include "tui/views/form_part.h"

struct settings_view {
	struct view view;
	struct form_part part;
	struct error error;
};

static void settings_start(struct view *view, const void *arg)
{
	struct settings_view *self = (struct settings_view *)view;
	struct settings now;

	(void)arg;
	app_settings_now(view->app, &now);
	form_init(&self->part.form, &settings_fields, &now);
}

static void settings_close(struct view *view)
{
	form_part_release(&((struct settings_view *)view)->part);
}

static void settings_keep(struct view *view)
{
	struct settings_view *self = (struct settings_view *)view;
	struct app *app = view->app;
	struct view_answer answer = { .ok = true };
	struct arena arena = ARENA_INIT;
	struct settings *made;

	error_clear(&self->error);
	if (form_read(&self->part.form, clock_today(app_clock(app)), &arena, (void **)&made) == 0) {
		if (app_settings_take(app, made, &self->error) < 0) {
			form_problem(&self->part.form, &self->error);
		} else {
			app_say(app, THEME_OK, _("Kept for the next time, too"));
			app_answer(view, &answer);
		}
	}
	arena_release(&arena);
}

static void settings_draw(struct view *view, const struct canvas *canvas)
{
	struct settings_view *self = (struct settings_view *)view;
	struct rect all = canvas_area(canvas), inner;
	const int fields = form_rows(&self->part.form);
	struct canvas box, part;

	box = canvas_box(canvas, rect_centre(all, fields + 5, all.cols > 84 ? 80 : all.cols - 4),
			 _("My settings"));
	inner = canvas_area(&box);
	part = canvas_sub(&box, rect_take_top(&inner, fields > inner.rows - 1 ? inner.rows - 1
									      : fields));
	form_draw(&self->part.form, &part, true);
	canvas_put(&box, box.area.rows - 1, 0, THEME_KEY, _("C-s: keep them   Esc: leave it"));
}

static struct form_part *settings_form(struct view *view)
{
	return &((struct settings_view *)view)->part;
}

static void settings_answer(struct view *view, int tag, const struct view_answer *answer)
{
	form_part_answer(view, tag, answer);
}

static const struct view_class settings_class = {
	.name = "settings", .contexts = CTX_DIALOG | CTX_FORM, .overlay = true,
	.size = sizeof(struct settings_view),
	.open = settings_start, .close = settings_close, .draw = settings_draw,
	.key = form_part_key, .typing = form_part_typing, .paste = form_part_paste,
	.form = settings_form, .save = settings_keep, .answer = settings_answer,
};

void settings_open(struct app *app, struct view *view)
{
	app_ask(view, 0, &settings_class, NULL);
	(void)app;
}
