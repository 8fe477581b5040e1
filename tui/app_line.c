/* The line to the store in the title bar. A local store says its name and
 * nothing else; a server says how it answers and, when it lets somebody wait,
 * for what and how long, and that Esc stops it. */
#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "tui/app_internal.h"

enum { PATIENCE_MS = 400 /* a shorter wait is no news */ };

static int64_t waited(const struct worker_look *look)
{
	return look->busy && look->link != LINK_LOCAL ? clock_monotonic_ms() - look->since_ms : 0;
}

static const char *waiting_text(const struct worker_look *look, const char *where,
				struct arena *arena)
{
	long long seconds = (waited(look) + 500) / 1000;

	if (look->link == LINK_CONNECTING)
		return arena_printf(arena, _("connecting %s, %lld s, Esc stops"), where, seconds);
	return arena_printf(arena, _("waiting for %s, %lld s, Esc stops"), where, seconds);
}

static const char *link_text(const struct worker_look *look, const char *where,
			     struct arena *arena, enum theme_role *role)
{
	long long ms = look->round_trip_ms;

	*role = look->link == LINK_ONLINE ? THEME_TITLE : THEME_WARNING;
	switch (look->link) {
	case LINK_CONNECTING: return arena_printf(arena, _("connecting %s"), where);
	case LINK_ONLINE: return arena_printf(arena, _("online %s %lld ms"), where, ms);
	case LINK_SLOW: return arena_printf(arena, _("slow %s %lld ms"), where, ms);
	case LINK_OFFLINE: return arena_printf(arena, _("offline %s"), where);
	case LINK_REFUSED: return arena_printf(arena, _("refused %s"), where);
	case LINK_VERSION: return arena_printf(arena, _("other version %s"), where);
	default:
		*role = THEME_TITLE;
		return where;
	}
}

const char *line_text(struct app *app, struct arena *arena, enum theme_role *role)
{
	const char *where = app->where;
	struct worker_look look;

	worker_look(app->worker, &look);
	if (!*where && look.link != LINK_LOCAL)
		where = app->options.store_name ? app->options.store_name : "";
	if (waited(&look) < PATIENCE_MS)
		return link_text(&look, where, arena, role);
	*role = THEME_WAITING;
	return waiting_text(&look, where, arena);
}

int line_wait(struct app *app)
{
	struct worker_look look;
	int64_t ms;

	worker_look(app->worker, &look);
	if (!look.busy || (look.open && look.link == LINK_LOCAL))
		return -1;
	ms = clock_monotonic_ms() - look.since_ms;
	if (ms < PATIENCE_MS)
		return (int)(PATIENCE_MS - ms);
	return (int)(1000 - (ms + 500) % 1000); /* when the seconds change */
}

bool line_stop(struct app *app)
{
	const struct view *top = app_top(app);
	struct worker_look look;

	worker_look(app->worker, &look);
	if (waited(&look) < PATIENCE_MS)
		return false;
	if (top && top->serial == look.owner && top->class->stop && top->class->stop(app_top(app)))
		return true;
	/* A help or a list on top is closed, unless it is the one that waits. */
	if (top && top->class->overlay && top->serial != look.owner)
		return false;
	worker_stop(app->worker);
	app_say(app, THEME_WARNING, _("Stopping; what was sent already may still be done"));
	return true;
}

void line_check(struct app *app, const struct error *err)
{
	if (err->reason != REASON_LOGIN_NEEDED || app->current == STACK_LOGIN ||
	    !app->options.views->login)
		return;
	app->current = STACK_LOGIN;
	app_say_error(app, err);
}
