/* What is done to the meetings of the week: added, moved, exchanged, cancelled,
 * published, held. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/commands/cohort_args.h"
#include "tui/views/command_job.h"
#include "tui/views/command_view.h"
#include "tui/views/dialog_view.h"
#include "tui/views/feed_view.h"
#include "tui/views/list_view.h"
#include "tui/views/place_view.h"
#include "tui/views/roll_view.h"
#include "tui/views/student_draw.h"
#include "tui/views/week_internal.h"
#include "tui/views/wish_view.h"

/* --- adding, changing, cancelling --- */

void week_add(struct app *app, struct view *view)
{
	struct week_view *self = (struct week_view *)view;
	char id[24], date[DATE_TEXT], start[16] = "";
	struct command_preset presets[] = {
		{ .name = "on_date", .text = date },
		{ .name = "start_min", .text = start },
		{ .name = "cohort_id", .text = id, .shown = self->name, .fixed = true },
	};
	struct command_options options = { .about = self->name, .rev = OV_NULL, .presets = presets,
					   .preset_count = week_of_cohort(self) && self->id ? 3 : 2 };
	struct arena arena = ARENA_INIT;

	(void)app;
	snprintf(id, sizeof id, "%lld", (long long)self->id);
	date_format(self->monday + self->day, date);
	if (self->grid.rows)
		snprintf(start, sizeof start, "%s",
			 minutes_text(self->grid.start[self->row], &arena));
	command_open(view, WEEK_TAG_CHANGED, "session.create", &options);
	arena_release(&arena);
}

static void change(struct view *view, const char *name)
{
	struct week_view *self = (struct week_view *)view;
	const struct session_slot *slot = week_slot_here(self);
	struct arena arena = ARENA_INIT;
	char date[DATE_TEXT];
	struct command_preset presets[] = {
		{ .name = "on_date", .text = date_format(slot->on_date, date) },
		{ .name = "start_min", .text = minutes_text(slot->start_min, &arena) },
		{ .name = "end_min", .text = minutes_text(slot->end_min, &arena) },
	};
	struct command_options options = { .target = slot->id, .rev = slot->rev,
					   .about = slot_text(slot, &arena), .presets = presets,
					   .preset_count = 3 };

	command_open(view, WEEK_TAG_CHANGED, name, &options);
	arena_release(&arena);
}

void week_move(struct app *app, struct view *view)
{
	app_push(app, &place_class, week_slot_here((struct week_view *)view));
}

void week_edit(struct app *app, struct view *view)
{
	(void)app;
	change(view, "session.move");
}

void week_cancel(struct app *app, struct view *view)
{
	(void)app;
	change(view, "session.cancel");
}

void week_roll(struct app *app, struct view *view)
{
	const struct session_slot *slot = week_slot_here((struct week_view *)view);
	struct arena arena = ARENA_INIT;
	struct thing_options options = { .id = slot->id, .name = slot_text(slot, &arena) };

	app_push(app, &roll_class, &options);
	arena_release(&arena);
}

/* --- exchanging two --- */

bool week_has_picked(struct app *app, struct view *view)
{
	(void)app;
	return ((struct week_view *)view)->exchange_id != 0;
}

void week_drop(struct app *app, struct view *view)
{
	(void)app;
	((struct week_view *)view)->exchange_id = 0;
}

static void exchange_done(struct job *job, struct view *view)
{
	struct week_view *self = (struct week_view *)view;
	struct command_job *ask = job->question;
	const struct session_exchange_args *args = ask->command.args;
	char text[48];

	if (job->result) {
		job->error.code = job->result;
		app_say_error(view->app, &job->error);
		return;
	}
	snprintf(text, sizeof text, "other_id=%lld\n", (long long)args->other_id);
	app_set_undo(view->app, "session.exchange", ask->command.target, ask->outcome.rev,
		     self->exchange_about);
	app_set_undo_args(view->app, text);
	app_say(view->app, THEME_OK, _("Exchanged; u puts both back"));
	self->exchange_id = 0;
	week_reload(view);
}

static void exchange_submit(struct week_view *self, const struct session_slot *other)
{
	const struct command_def *def = command_find("session.exchange");
	struct arena arena = ARENA_INIT;
	struct command_options options = { .target = self->exchange_id, .rev = self->exchange_rev };
	struct session_exchange_args *args;
	struct command command;
	struct job *job;

	if (!command_permitted(self->view.app, def)) {
		command_open(&self->view, 0, "session.exchange", &options); /* says so */
		return;
	}
	command_init(&command, def, &arena);
	command.target = self->exchange_id;
	command.expected_rev = self->exchange_rev;
	args = command.args;
	args->other_id = other->id;
	job = command_job(&command, args, true);
	job->channel = WEEK_CHANNEL_CHANGE;
	job->done = exchange_done;
	app_submit(&self->view, job);
	arena_release(&arena);
}

void week_exchange(struct app *app, struct view *view)
{
	struct week_view *self = (struct week_view *)view;
	const struct session_slot *slot = week_slot_here(self);
	struct arena arena = ARENA_INIT;

	if (self->exchange_id && self->exchange_id != slot->id) {
		exchange_submit(self, slot);
	} else if (self->exchange_id) {
		self->exchange_id = 0;
	} else {
		self->exchange_id = slot->id;
		self->exchange_rev = slot->rev;
		snprintf(self->exchange_about, sizeof self->exchange_about, "%.90s",
			 slot->course ? slot->course : "");
		app_say(app, THEME_WAITING, _("Exchange with: go to the other meeting, x again; Esc drops it"));
	}
	arena_release(&arena);
}

/* --- publishing the week --- */

struct publish_job {
	struct command *commands;
	struct outcome *outcomes;
	size_t count;
};

static bool publishable(const struct session_slot *slot)
{
	return slot->state == SESSION_PLANNED || slot->state == SESSION_MOVED;
}

static size_t publishable_count(const struct week_view *self)
{
	const struct record_list *slots = CARD_LIST(&self->card, session_slot);
	size_t count = 0;

	for (size_t i = 0; i < slots->count; i++)
		count += publishable(slots->items[i]);
	return count;
}

void week_publish(struct app *app, struct view *view)
{
	struct week_view *self = (struct week_view *)view;
	struct arena arena = ARENA_INIT;
	struct confirm_options sure = {
		.title = N_("Publish the week?"),
		.text = arena_printf(&arena, _("%zu meetings of this week are planned or moved. Publishing makes "
					       "all of them known to the learners, or none when one has a "
					       "conflict."), publishable_count(self)),
	};

	if (!publishable_count(self))
		app_say(app, THEME_WARNING, _("Every meeting of this week is published"));
	else
		app_ask(view, WEEK_TAG_PUBLISH, &confirm_class, &sure);
	arena_release(&arena);
}

static int publish_run(struct job *job, struct store *store)
{
	struct publish_job *ask = job->question;
	size_t failed;

	return store_execute(store, ask->commands, ask->count, &job->arena, ask->outcomes, &failed,
			     &job->error);
}

static void publish_done(struct job *job, struct view *view)
{
	struct publish_job *ask = job->question;

	if (job->result) {
		job->error.code = job->result;
		app_say_error(view->app, &job->error);
	} else {
		app_say(view->app, THEME_OK, arena_printf(&job->arena, _("%zu meetings published"),
							  ask->count));
	}
	week_reload(view);
}

void week_publish_all(struct week_view *self)
{
	const struct record_list *slots = CARD_LIST(&self->card, session_slot);
	const struct command_def *def = command_find("session.publish");
	struct job *job = job_new(sizeof(struct publish_job));
	struct publish_job *ask = job->question;

	ask->commands = arena_array(&job->arena, slots->count, sizeof *ask->commands);
	ask->outcomes = arena_array(&job->arena, slots->count, sizeof *ask->outcomes);
	for (size_t i = 0; i < slots->count; i++) {
		const struct session_slot *slot = slots->items[i];

		if (!publishable(slot))
			continue;
		command_init(&ask->commands[ask->count], def, &job->arena);
		ask->commands[ask->count].target = slot->id;
		ask->commands[ask->count].expected_rev = slot->rev;
		bundle_init(&ask->outcomes[ask->count++].records, &job->arena);
	}
	job->run = publish_run;
	job->done = publish_done;
	job->channel = WEEK_CHANNEL_CHANGE;
	app_submit(&self->view, job);
}

/* --- the other axes --- */

static void axis_go(struct week_view *self, const char *key)
{
	const struct session_slot *slot = week_slot_here(self);

	self->seek = slot ? slot->id : 0;
	snprintf(self->key, sizeof self->key, "%.60s", key);
	snprintf(self->name, sizeof self->name, "%.60s", strchr(key, ':') + 1);
	self->id = 0;
	self->members = false;
	week_reload(&self->view);
}

/* Cohort, room, teacher of the meeting under the marker, the learner whose week
 * was looked at, and round again. */
void week_axis(struct app *app, struct view *view)
{
	struct week_view *self = (struct week_view *)view;
	const struct session_slot *slot = week_slot_here(self);
	struct arena arena = ARENA_INIT;
	const char *key = NULL;

	(void)app;
	if (strncmp(self->key, "student:", 8) == 0)
		snprintf(self->student, sizeof self->student, "%.39s", self->key);
	if (strncmp(self->key, "teacher:", 8) == 0 && *self->student)
		key = self->student;
	else if (week_of_cohort(self) && slot->room)
		key = arena_printf(&arena, "room:%s", slot->room);
	else if (week_of_cohort(self) || strncmp(self->key, "room:", 5) == 0)
		key = arena_printf(&arena, "teacher:%lld", (long long)slot->teacher_id);
	else if (slot->cohorts)
		key = arena_printf(&arena, "cohort:%.*s", (int)strcspn(slot->cohorts, " "), slot->cohorts);
	if (key)
		axis_go(self, key);
	arena_release(&arena);
}

/* A cohort's week has teachers, too: those of its meetings. */
bool week_is_teacher(struct app *app, struct view *view)
{
	const struct week_view *self = (struct week_view *)view;

	return week_is_grid(app, view) && strncmp(self->key, "teacher:", 8) == 0 &&
	       CARD_FIRST(&self->card, teacher);
}

void week_wishes(struct app *app, struct view *view)
{
	const struct week_view *self = (struct week_view *)view;
	const struct thing_options options = { .id = strtoll(self->key + 8, NULL, 10),
					       .name = self->name };

	app_push(app, &wish_class, &options);
}

/* The feed of whatever the week is of. */
void week_feed(struct app *app, struct view *view)
{
	struct week_view *self = (struct week_view *)view;
	const struct room *room = CARD_FIRST(&self->card, room);
	const struct teacher *teacher = CARD_FIRST(&self->card, teacher);
	const struct student *student = CARD_FIRST(&self->card, student);

	(void)app;
	if (week_of_cohort(self) && self->id)
		feed_ask(view, "cohort_id", self->id, self->name);
	else if (room)
		feed_ask(view, "room_id", room->id, self->name);
	else if (student)
		feed_ask(view, "student_id", student->id, self->name);
	else if (teacher)
		feed_ask(view, "teacher_id", teacher->id, self->name);
}
