/* Leaving the desk: what is in clear is masked, the screen is locked by key or
 * after some minutes without one. Everything stays as it was, drafts too, below
 * the login; the same person gets it back by the password. */
#include <signal.h>

#include "tui/app_internal.h"

static void mask_all(struct app *app)
{
	struct view *view;
	int i;

	for (i = 0; i < STACKS; i++) {
		for (view = app->stack[i]; view; view = view->below) {
			if (view->class->mask)
				view->class->mask(view);
		}
	}
}

void app_suspend(struct app *app, struct view *view)
{
	(void)view;
	mask_all(app);
	if (app->signals < 0)
		return;
	worker_rest(app->worker);
	term_suspend();
	app->dirty = true;
}

void app_lock(struct app *app)
{
	struct view *login = app->stack[STACK_LOGIN];

	if (app->current == STACK_LOGIN || !login)
		return;
	mask_all(app);
	/* A message may name somebody; so may one that comes while it is locked. */
	app->said[0] = '\0';
	app->locked = true;
	app->current = STACK_LOGIN;
	app->dirty = true;
	if (login->class->resume)
		login->class->resume(login);
}

void app_unlock(struct app *app)
{
	struct view *top;

	/* A help opened while the password was being looked at would lie over the
	 * login when it is needed again. */
	while ((top = app->stack[STACK_LOGIN]) && top->below)
		app_close(top);
	app->locked = false;
	app->typed_at = clock_monotonic_ms();
}

void lock_now(struct app *app, struct view *view)
{
	(void)view;
	app_lock(app);
}

/* Milliseconds until the screen locks itself, -1 for never. */
int lock_wait(const struct app *app)
{
	int64_t left;

	if (!app->lock_seconds || app->current == STACK_LOGIN || !app->actor.user_id)
		return -1;
	left = app->typed_at + app->lock_seconds * 1000LL - clock_monotonic_ms();
	return left > 0 ? (int)left : 0;
}

void lock_check(struct app *app)
{
	if (lock_wait(app) == 0)
		app_lock(app);
}
