/* Who works here? Opens the store and logs in; with a login from the command
 * line it asks nothing. */
#include <string.h>

#include "core/store/store.h"
#include "tui/action.h"
#include "tui/edit.h"
#include "tui/views/views.h"

struct login_view {
	struct view view;
	struct edit login, password;
	bool at_password, asking, locked;
	bool demo; /* its accounts need no password */
	struct error error;
};

struct login_job {
	const char *login, *password;
	struct actor actor;
	struct store_status status;
};

/* Claims that wait for this person. */
struct waits {
	int64_t count, overdue;
};

/* What waits for this role; nothing where it may not be read. */
static int waits_run(struct job *job, struct store *store)
{
	struct waits *waits = job->question;
	struct query query = { .kind = KIND_CLAIM_QUEUE };
	struct page page;
	size_t i;
	int rc = store_find(store, &query, &job->arena, &page, &job->error);

	for (i = 0; !rc && i < page.count; i++) {
		const struct claim_queue *queue = page.records[i];

		waits->count += queue->mine;
		waits->overdue += queue->overdue < queue->mine ? queue->overdue : queue->mine;
	}
	return rc;
}

/* One line below, gone with the next key. */
static void waits_done(struct job *job, struct view *view)
{
	const struct waits *waits = job->question;
	struct app *app = view->app;
	char key[KEY_NAME_MAX];

	if (job->result || !waits->count)
		return;
	key_label(app_keymap(app)->key[ACTION_GO_CLAIMS][0], key);
	app_say_also(app, THEME_WAITING, waits->overdue
		? arena_printf(&job->arena, _("Claims that wait for you: %lld, overdue: %lld. %s shows them"),
			       (long long)waits->count, (long long)waits->overdue, key)
		: arena_printf(&job->arena, _("Claims that wait for you: %lld. %s shows them"),
			       (long long)waits->count, key));
}

/* After the first screen, so that nobody waits for it. */
static void greet(struct view *view)
{
	struct job *job = job_new(sizeof(struct waits));

	job->run = waits_run;
	job->done = waits_done;
	job->channel = 2;
	app_submit(view, job);
}

static int login_run(struct job *job, struct store *store)
{
	struct login_job *ask = job->question;
	int rc = store_login(store, ask->login, ask->password, &job->error);

	if (rc)
		return rc;
	ask->actor = store->actor;
	return store_status(store, &job->arena, &ask->status, &job->error);
}

static void login_done(struct job *job, struct view *view)
{
	struct login_view *self = (struct login_view *)view;
	struct login_job *ask = job->question;
	struct app *app = view->app;
	bool first = !app_actor(app)->user_id;
	const char *where;

	self->asking = false;
	self->error = job->error;
	self->error.code = job->result;
	if (job->result) {
		/* What was typed may be wrong; it is typed again. */
		edit_set(&self->password, "");
		return;
	}
	self->demo = ask->status.demo;
	app_unlock(app);
	app_set_actor(app, &ask->actor, ask->actor.login);
	edit_set(&self->password, ""); /* asked for once, kept nowhere */
	where = ask->status.demo && ask->status.link == LINK_LOCAL ? _("demo") :
		ask->status.where;
	app_set_where(app, where ? where : "");
	app_show_pane(app, app_pane(app));
	if (first)
		greet(view);
}

static void login_ask(struct login_view *self)
{
	struct job *job = job_new(sizeof(struct login_job));
	struct login_job *ask = job->question;

	ask->login = arena_strdup(&job->arena, self->login.text);
	ask->password = self->password.len ? arena_strdup(&job->arena, self->password.text) : NULL;
	/* What a session remembers doesn't open a locked screen. */
	if (self->locked && !self->demo && !ask->password)
		ask->password = "";
	job->run = login_run;
	job->done = login_done;
	job->channel = 1;
	self->asking = true;
	error_clear(&self->error);
	app_submit(&self->view, job);
}

static void login_open(struct view *view, const void *arg)
{
	struct login_view *self = (struct login_view *)view;
	const struct tui_options *options = app_options(view->app);

	(void)arg;
	edit_init(&self->login, 32);
	edit_init(&self->password, 200);
	self->password.hidden = true;
	if (!options->login)
		return;
	edit_set(&self->login, options->login);
	edit_set(&self->password, options->password ? options->password : "");
	self->at_password = true;
	login_ask(self);
}

static void login_close(struct view *view)
{
	struct login_view *self = (struct login_view *)view;

	edit_release(&self->login);
	edit_release(&self->password);
}

/* The screen was locked: the same person is asked for the password again. */
static void login_resume(struct view *view)
{
	struct login_view *self = (struct login_view *)view;

	if (!app_actor(view->app)->user_id)
		return;
	edit_set(&self->password, "");
	self->at_password = true;
	self->locked = true;
}

/* Locked, in a world without passwords, and nobody else is logging in. */
static bool any_key_opens(const struct login_view *self)
{
	return self->locked && self->demo && self->at_password && !self->asking && !self->error.code;
}

static void login_draw(struct view *view, const struct canvas *canvas)
{
	struct login_view *self = (struct login_view *)view;
	struct rect area = rect_centre(canvas_area(canvas), 11, 56);
	struct canvas box;
	/* Nothing was asked of the person: what comes next needs no dialog. */
	bool plain = self->asking && !self->locked && app_options(view->app)->login;
	const char *name = app_options(view->app)->store_name;

	if (plain) {
		canvas_put(canvas, 0, 1, THEME_WAITING, _("Opening the database"));
		return;
	}
	area.row = area.row > 3 ? 3 : area.row;
	box = canvas_box(canvas, area, _("Who works here?"));
	canvas_put(&box, 0, 0, THEME_MUTED, name ? name : "");
	canvas_put(&box, 2, 0, THEME_LABEL, _("Login"));
	edit_draw(&self->login, &box, 2, 12, 32, THEME_FIELD, !self->at_password);
	canvas_put(&box, 4, 0, THEME_LABEL, _("Password"));
	edit_draw(&self->password, &box, 4, 12, 32, THEME_FIELD, self->at_password);
	if (self->asking)
		canvas_put(&box, 6, 0, THEME_WAITING, _("Opening the database"));
	else if (self->error.code)
		canvas_wrap(&box, 6, 0, box.area.cols, 3, THEME_REFUSED, self->error.message);
	else if (any_key_opens(self))
		canvas_wrap(&box, 6, 0, box.area.cols, 3, THEME_TEXT,
			    _("Locked. The logins of a demo world have no password: any key goes on. "
			      "Tab: somebody else"));
	else if (self->locked)
		canvas_wrap(&box, 6, 0, box.area.cols, 3, THEME_MUTED,
			    _("Locked; nothing is lost. The password and Enter: go on   "
			      "Tab: somebody else"));
	else
		canvas_put(&box, 6, 0, THEME_MUTED,
			   _("Enter: go on   Tab: the other field   C-q: quit"));
}

static bool login_key(struct view *view, key_press key)
{
	struct login_view *self = (struct login_view *)view;

	if (self->asking)
		return key_is_text(key);
	if (any_key_opens(self) && key != K_TAB && key != K_BACKTAB && key != K_CTRL('q') &&
	    key != K_CTRL('l') && key != K_CTRL('z')) {
		login_ask(self);
		return true;
	}
	if (key == K_TAB || key == K_BACKTAB || key == K_UP || key == K_DOWN) {
		self->at_password = !self->at_password;
		return true;
	}
	if (key == K_ENTER) {
		if (!self->at_password)
			self->at_password = true;
		else if (self->login.len)
			login_ask(self);
		return true;
	}
	return edit_key(self->at_password ? &self->password : &self->login, key);
}

static bool login_typing(const struct view *view)
{
	(void)view;
	return true;
}

static void login_paste(struct view *view, const char *text)
{
	struct login_view *self = (struct login_view *)view;

	edit_paste(self->at_password ? &self->password : &self->login, text);
}

const struct view_class login_class = {
	.name = "login", .title = "", .size = sizeof(struct login_view),
	.open = login_open, .close = login_close, .draw = login_draw, .key = login_key,
	.typing = login_typing, .paste = login_paste, .resume = login_resume,
};
