#include "tui/app.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "core/model/reason.h"
#include "tui/app_internal.h"
#include "tui/draft.h"
#include "tui/language.h"


/* --- start and end --- */

static void keymap_start(struct app *app)
{
	struct error err = ERROR_INIT;
	const char *dirs[] = { app->options.data_dir, app->options.system_dir,
			       app->options.user_dir };
	struct arena arena = ARENA_INIT;
	size_t i;

	keymap_init(&app->keymap);
	for (i = 0; i < sizeof dirs / sizeof dirs[0]; i++) {
		/* The program's own folder has its data in data/. */
		if (dirs[i] && keymap_load(&app->keymap,
					   arena_printf(&arena, i ? "%s/keys.ini"
								  : "%s/data/keys.ini", dirs[i]),
					   &err))
			app_say_error(app, &err);
	}
	arena_release(&arena);
}

static void start_views(struct app *app)
{
	const struct tui_views *views = app->options.views;

	if (views->login)
		stack_push(app, STACK_LOGIN, views->login, NULL, 0, 0);
	else
		app_show_pane(app, PANE_LOOKUP);
	drafts_announce(app);
}

struct app *app_new(const struct tui_options *options, struct error *err)
{
	struct term_options term = { .in = options->in, .out = options->out,
				     .type = options->term, .escdelay = options->escdelay };
	struct app *app = mem_alloc(sizeof *app);

	app->options = *options;
	app->signals = options->in ? -1 : term_signals_open();
	buf_init(&app->paste, PASTE_MAX);
	buf_init(&app->kept, DRAFT_FILE_MAX);
	text_set_ambiguous(options->ambiguous_wide);
	app_set_language(app, options->language);
	app->typed_at = clock_monotonic_ms();
	theme_init(&app->theme);
	if (term_start(&term, err) || worker_new(&options->source, &app->worker, err)) {
		app_free(app);
		return NULL;
	}
	settings_start(app);
	keymap_start(app);
	app->frame = canvas_frame_new(&app->theme);
	app->current = STACK_LOGIN;
	app->dirty = true;
	/* The frame stands before the store is asked anything. */
	app_draw(app);
	start_views(app);
	return app;
}

void app_free(struct app *app)
{
	if (!app)
		return;
	stack_close_all(app);
	worker_free(app->worker);
	term_stop();
	term_signals_close(app->signals);
	canvas_frame_free(app->frame);
	buf_release(&app->paste);
	draft_forget(&app->kept);
	arena_release(&app->settings_arena);
	explicit_bzero(app, sizeof *app);
	free(app);
}

int tui_main(const struct tui_options *options, struct error *err)
{
	struct app *app = app_new(options, err);

	if (!app)
		return err->code;
	while (app_turn(app, -1))
		continue;
	app_free(app);
	return 0;
}

/* --- events --- */

static void paste_end(struct app *app)
{
	struct view *top = app_top(app);

	app->pasting = false;
	if (app->paste.overflow)
		app_say(app, THEME_WARNING, _("The pasted text was too long and was ignored"));
	else if (top && top->class->paste)
		top->class->paste(top, buf_cstr(&app->paste));
	buf_clear(&app->paste);
	app->paste.overflow = false;
	app->dirty = true;
}

static void paste_key(struct app *app, key_press key)
{
	if (key == K_PASTE_END)
		paste_end(app);
	else if (key == K_ENTER)
		buf_char(&app->paste, '\n');
	else if (key_is_text(key) || key == K_TAB)
		utf8_add(&app->paste, key);
}

/* A digit that nothing else takes counts what the next key does: 3j. */
static bool count_take(struct app *app, key_press key)
{
	if (key < '0' || key > '9' || (key == '0' && !app->count) || app->count > 9999)
		return false;
	app->count = app->count * 10 + (long)(key - '0');
	return true;
}

void key_handle(struct app *app, key_press key)
{
	struct view *top = app_top(app);
	enum action_id id;
	bool typing, used = false;

	if (!top)
		return;
	if (!app->prefix && key_is_prefix(key)) {
		app->prefix = true;
		return;
	}
	if (key == K_ESC && !app->prefix && line_stop(app))
		return;
	typing = top->class->typing && top->class->typing(top);
	if (!typing)
		key = key_narrow(key & KM_MASK) | (key & ~(key_press)KM_MASK);
	if (app->prefix)
		key |= KM_PREFIX;
	app->prefix = false;
	if (app->said[0]) {
		app->said[0] = '\0';
		app->dirty = true;
	}
	if (typing && !(key & KM_PREFIX) && top->class->key && top->class->key(top, key)) {
		app->dirty = true;
		return;
	}
	id = action_lookup(app, top, key);
	if (id != ACTION_REPAINT)
		app->repainted = false;
	app->key = key;
	if (id != ACTION_COUNT) {
		action_get(id)->handler(app, top);
		app->dirty = used = true;
	} else if (!typing && top->class->key && !(key & KM_PREFIX)) {
		used = top->class->key(top, key);
		app->dirty |= used;
	}
	if (used || !count_take(app, key))
		app->count = 0;
}

static void key_count(struct app *app, key_press key)
{
	int64_t now = clock_monotonic_ms();

	app->repeats = key == app->typed && now - app->typed_at < HELD_GAP_MS ? app->repeats + 1 : 0;
	app->typed = key;
	app->typed_at = now;
}

static bool keys_handle(struct app *app)
{
	bool any = false;
	key_press key;

	/* All that was typed ahead, then one frame. */
	while (!app->quit && (key = term_read()) != K_NONE) {
		any = true;
		key_count(app, key);
		if (key == K_RESIZE)
			app->dirty = true;
		else if (app->pasting)
			paste_key(app, key);
		else if (key == K_PASTE_BEGIN)
			app->pasting = true;
		else if (key != K_PASTE_END && !scan_take(app, key))
			key_handle(app, key);
		stack_sweep(app);
	}
	return any;
}

static void jobs_handle(struct app *app)
{
	struct job *job;

	while ((job = worker_take(app->worker)) != NULL) {
		struct view *owner = stack_find(app, job->owner);

		if (owner && !job->superseded && job->done) {
			job->done(job, owner);
			app->dirty = true;
			if (job->result)
				line_check(app, &job->error);
		}
		job_free(job);
		stack_sweep(app);
	}
}

static void hang_up(struct app *app)
{
	app->hung_up = true;
	app->quit = true;
	drafts_save(app);
}

static void signals_handle(struct app *app)
{
	int number;

	while ((number = term_signals_read(app->signals)) != 0) {
		switch (number) {
		case SIGWINCH:
			/* There and back before we looked: the terminal has
			 * forgotten what didn't fit meanwhile. */
			if (!term_resized())
				term_repaint();
			app->dirty = true;
			break;
		case SIGCONT:
			term_resized();
			term_repaint();
			app->dirty = true;
			break;
		case SIGTSTP:
			app_suspend(app, NULL);
			break;
		default:
			hang_up(app);
			break;
		}
	}
}

static int wake_wait(struct app *app)
{
	int64_t now = clock_monotonic_ms(), first = 0;
	struct view *view;
	int i, wait;

	for (i = 0; i < STACKS; i++) {
		for (view = app->stack[i]; view; view = view->below) {
			if (view->wake_at && (!first || view->wake_at < first))
				first = view->wake_at;
		}
	}
	wait = app_clock_wait(app);
	if (line_wait(app) >= 0 && (wait < 0 || line_wait(app) < wait))
		wait = line_wait(app);
	if (lock_wait(app) >= 0 && (wait < 0 || lock_wait(app) < wait))
		wait = lock_wait(app);
	if (first) {
		int until = first > now ? (int)(first - now) : 0;

		wait = wait < 0 || until < wait ? until : wait;
	}
	return wait;
}

static void wakes_handle(struct app *app)
{
	int64_t now = clock_monotonic_ms();
	struct view *view;
	int i;

	for (i = 0; i < STACKS; i++) {
		for (view = app->stack[i]; view; view = view->below) {
			if (!view->wake_at || view->wake_at > now)
				continue;
			view->wake_at = 0;
			app->dirty = true;
			if (view->class->wake)
				view->class->wake(view);
		}
	}
	lock_check(app);
	stack_sweep(app);
}

/* Input that never gives a key means that the line is gone. */
static bool line_dropped(struct app *app, short events, bool keys)
{
	if (keys || !(events & (POLLIN | POLLHUP | POLLERR | POLLNVAL)))
		app->silent = 0;
	else if (events & (POLLHUP | POLLERR | POLLNVAL) || ++app->silent > 50)
		return true;
	return false;
}

/* Milliseconds until the next frame may be painted: two at once (a key and
 * its answer), then few, so that a burst of keys costs a handful of frames.
 * While a key is held nobody reads the rows that pass, a page of them in each
 * frame: five frames a second, and one as soon as it is let go. */
static int frame_wait(const struct app *app)
{
	int64_t now = clock_monotonic_ms();
	int64_t next = app->painted_before + (app->low_bandwidth ? FRAMES_SLOW_MS : FRAMES_MS);

	if (app->repeats >= HELD_KEYS && now - app->typed_at < HELD_GAP_MS && !app->low_bandwidth) {
		next = app->painted_at + HELD_MS;
		if (next > app->typed_at + HELD_GAP_MS)
			next = app->typed_at + HELD_GAP_MS;
	}
	return next <= now ? 0 : (int)(next - now);
}

bool app_turn(struct app *app, int timeout_ms)
{
	struct pollfd fds[3] = { { .fd = term_fd(), .events = POLLIN },
				 { .fd = worker_fd(app->worker), .events = POLLIN },
				 { .fd = app->signals, .events = POLLIN } };
	int wait = wake_wait(app), hold = frame_wait(app);
	bool keys;

	if (timeout_ms >= 0 && (wait < 0 || timeout_ms < wait))
		wait = timeout_ms;
	if (app->dirty && (wait < 0 || hold < wait))
		wait = hold;
	if (poll(fds, 3, wait) < 0 && errno != EINTR)
		hang_up(app);
	if (timeout_ms < 0 && (fds[0].revents | fds[1].revents | fds[2].revents) == 0)
		app->dirty = true; /* the day may have changed */
	signals_handle(app);
	keys = keys_handle(app);
	if (line_dropped(app, fds[0].revents, keys))
		hang_up(app);
	jobs_handle(app);
	wakes_handle(app);
	if (!app->quit && app->dirty && frame_wait(app) == 0) {
		app_draw(app);
		app->painted_before = app->painted_at;
		app->painted_at = clock_monotonic_ms();
	}
	return !app->quit;
}

bool app_settled(struct app *app)
{
	return worker_idle(app->worker) && !app->dirty;
}

/* --- what views ask --- */

void app_submit(struct view *view, struct job *job)
{
	job->owner = view->serial;
	worker_submit(view->app->worker, job);
}

void app_cancel(struct view *view, int channel)
{
	worker_cancel(view->app->worker, view->serial, channel);
}

void app_repaint(struct app *app)
{
	app->dirty = true;
}

void app_wake(struct view *view, int ms)
{
	view->wake_at = ms > 0 ? clock_monotonic_ms() + ms : 0;
}

void app_say(struct app *app, enum theme_role role, const char *text)
{
	size_t len = utf8_prefix(text, sizeof app->said / UTF8_MAX - 1);

	if (app->locked)
		return; /* it may name somebody */
	memcpy(app->said, text, len);
	app->said[len] = '\0';
	app->said_role = role;
	app->dirty = true;
}

void app_say_also(struct app *app, enum theme_role role, const char *text)
{
	struct arena arena = ARENA_INIT;

	app_say(app, role, app->said[0] ? arena_printf(&arena, "%s  %s", app->said, text) : text);
	arena_release(&arena);
}

void app_say_error(struct app *app, const struct error *err)
{
	struct arena arena = ARENA_INIT;

	app_say(app, THEME_REFUSED, error_sentence(err, &arena));
	arena_release(&arena);
}

void app_save_and_quit(struct app *app)
{
	drafts_save(app);
	app->quit = true;
}

void app_quit(struct app *app)
{
	app->quit = true;
}

const struct tui_options *app_options(const struct app *app)
{
	return &app->options;
}

const struct keymap *app_keymap(const struct app *app)
{
	return &app->keymap;
}

const struct ov_clock *app_clock(const struct app *app)
{
	return &app->options.clock;
}

bool app_low_bandwidth(const struct app *app)
{
	return app->low_bandwidth;
}

bool app_cursor_bar(const struct app *app)
{
	return app->cursor == CURSOR_BAR && !app->low_bandwidth;
}

const char *app_theme_name(const struct app *app)
{
	return app->theme.name;
}

int app_set_theme(struct app *app, const char *name, struct error *err)
{
	struct arena arena = ARENA_INIT;
	const char *base[] = { app->options.user_dir, app->options.system_dir,
			       app->options.data_dir };
	const char *dirs[4] = { NULL }, *no_color = getenv("NO_COLOR");
	size_t i, count = 0;
	int rc;

	for (i = 0; i < sizeof base / sizeof base[0]; i++) {
		if (base[i])
			dirs[count++] = arena_printf(&arena, "%s/themes", base[i]);
	}
	rc = theme_load(&app->theme, name, dirs, err);
	arena_release(&arena);
	theme_apply(&app->theme, no_color && *no_color);
	app->dirty = true;
	return rc;
}

void app_set_language(struct app *app, const char *language)
{
	language_set(language);
	snprintf(app->language, sizeof app->language, "%s", language_get());
	app->dirty = true;
}

const char *app_language(const struct app *app)
{
	return app->language;
}

void app_set_undo(struct app *app, const char *name, int64_t target, int64_t rev,
		  const char *about)
{
	app->undo = (struct undo){ .name = name, .target = target, .rev = rev,
				   .at_ms = clock_monotonic_ms() };
	snprintf(app->undo.about, sizeof app->undo.about, "%.120s", about ? about : "");
}

void app_set_undo_args(struct app *app, const char *args)
{
	int len = snprintf(app->undo.args, sizeof app->undo.args, "%s", args);

	app->undo.ready = len >= 0 && (size_t)len < sizeof app->undo.args;
}

void app_set_undo_why(struct app *app, const char *why)
{
	app->undo.why = why;
}

const struct undo *app_undo(const struct app *app)
{
	return app->undo.name || app->undo.why ? &app->undo : NULL;
}

struct buf *app_kept_draft(struct app *app)
{
	return &app->kept;
}

void app_set_where(struct app *app, const char *where)
{
	snprintf(app->where, sizeof app->where, "%s", where);
	app->dirty = true;
}

enum pane app_pane(const struct app *app)
{
	return app->pane;
}

void app_show_pane(struct app *app, enum pane pane)
{
	app->pane = pane;
	app->current = (int)pane;
	app->dirty = true;
	if (!app->stack[pane])
		stack_push(app, (int)pane, app->options.views->pane[pane], NULL, 0, 0);
	else if (app->stack[pane]->class->resume)
		app->stack[pane]->class->resume(app->stack[pane]);
}
