/* Who works here, and what this person wants of the screen. */
#include <stdio.h>
#include <string.h>

#include "tui/app_internal.h"
#include "tui/draft.h"

/* --- settings --- */

void app_settings_now(const struct app *app, struct settings *out)
{
	*out = (struct settings){
		.theme = app->theme.name,
		.language = enum_find(&settings_language_enum, app->language),
		.cursor = app->cursor,
		.pane = app->settings.pane == OV_NULL ? PANE_LOOKUP : app->settings.pane,
		.lock_minutes = (app->lock_seconds + 59) / 60,
	};
}

static int apply(struct app *app, struct error *err)
{
	const struct tui_options *options = &app->options;
	const struct settings *mine = &app->settings;
	const char *theme = options->theme ? options->theme : "night";
	const char *language = options->language;
	int most = options->lock_seconds;

	if (mine->theme && !options->theme_given)
		theme = mine->theme;
	if (mine->language != OV_NULL && !options->language_given)
		language = enum_code(&settings_language_enum, mine->language);
	app->cursor = mine->cursor == OV_NULL || options->cursor_given
			      ? options->cursor : (enum cursor_style)mine->cursor;
	/* The centre's limit may be made shorter, not longer. */
	app->lock_seconds = mine->lock_minutes == OV_NULL ? most : (int)mine->lock_minutes * 60;
	if (most && (!app->lock_seconds || app->lock_seconds > most))
		app->lock_seconds = most;
	app_set_language(app, language);
	return strcmp(theme, app->theme.name) == 0 ? 0 : app_set_theme(app, theme, err);
}

static void settings_forget(struct app *app)
{
	arena_release(&app->settings_arena);
	app->settings = *(struct settings *)record_new(&app->settings_arena, &settings_fields);
}

void settings_start(struct app *app)
{
	struct error err = ERROR_INIT;

	settings_forget(app);
	if (apply(app, &err))
		app_say_error(app, &err);
}

/* A person's own, or what the program was started with. */
static void settings_of(struct app *app, const char *login)
{
	struct error err = ERROR_INIT;

	settings_forget(app);
	if (settings_load(app->options.user_dir, login, &app->settings_arena, &app->settings, &err) ||
	    apply(app, &err))
		app_say_error(app, &err);
}

int app_settings_take(struct app *app, const struct settings *settings, struct error *err)
{
	struct settings before = app->settings;
	int rc;

	app->settings = *(struct settings *)record_copy(&app->settings_arena, &settings_fields, settings);
	rc = apply(app, err);
	if (!rc)
		rc = settings_save(app->options.user_dir, app->actor.login, settings, err);
	if (rc)
		app->settings = before;
	return rc;
}

/* --- the person --- */

const struct actor *app_actor(const struct app *app)
{
	return &app->actor;
}

struct recent *app_recent(struct app *app)
{
	return &app->recent;
}

void app_set_actor(struct app *app, const struct actor *actor, const char *name)
{
	bool other = app->actor.user_id != actor->user_id;
	int stack;

	/* Another person starts with nothing on the screen. */
	if (app->actor.user_id && other) {
		for (stack = 0; stack < STACKS; stack++) {
			if (stack != STACK_LOGIN)
				stack_close(app, stack);
		}
		draft_forget(&app->kept);
		app_set_undo(app, NULL, 0, OV_NULL, NULL);
	}
	if (other || !app->recent.path[0])
		recent_load(&app->recent, app->options.state_dir, app->options.store_name,
			    actor->login);
	app->actor = *actor;
	snprintf(app->actor_name, sizeof app->actor_name, "%s", name ? name : "");
	if (other) {
		settings_of(app, actor->login);
		app->pane = app->settings.pane == OV_NULL ? PANE_LOOKUP
							  : (enum pane)app->settings.pane;
	}
	app->dirty = true;
}
