/* Ctrl-P: every action of the view below, every command that needs no selected
 * thing, and learners, cohorts and claims, found by name, number or pinyin. */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/action.h"
#include "tui/edit.h"
#include "tui/fuzzy.h"
#include "tui/recent.h"
#include "tui/table.h"
#include "tui/views/command_view.h"
#include "tui/views/help_view.h"
#include "tui/views/palette_find.h"
#include "tui/views/views.h"

enum {
	CHANNEL_WORLD = 1, CHANNEL_FIND,
	COMMANDS_FIRST = 6 /* shown when there is something else, too */
};

struct palette_view {
	struct view view;
	struct edit edit;
	struct table table;
	/* Entries: actions by their id, then commands by ACTION_COUNT + index. */
	size_t *ranked;
	int *score;
	size_t ranked_count;
	/* Rows: entries, and FOUND_FROM + index of what was found. */
	size_t *shown;
	struct arena world_arena, found_arena;
	struct palette_world world;
	struct palette_answer found;
	bool finding, enter_waits;
};

enum { COLUMN_HELP, COLUMN_NAME, COLUMN_KEYS, COLUMNS };
enum { FOUND_FROM = 1 << 20 };

static const struct table_column columns[COLUMNS] = {
	{ "", { .min = 20, .want = 36, .grow = 1, .keep = 3 }, TEXT_LEFT },
	{ "", { .min = 10, .want = 20, .keep = 1 }, TEXT_LEFT },
	{ "", { .min = 8, .want = 12, .keep = 2 }, TEXT_LEFT },
};

static const char *const kind_names[FOUND_KINDS] = {
	[FOUND_LEARNER] = N_("Learner"), [FOUND_COHORT] = N_("Cohort"),
	[FOUND_CLAIM] = N_("Credit claim"),
};

extern const struct view_class palette_class;

struct entry {
	const char *name, *help, *keys;
};

static struct entry entry_at(const struct palette_view *self, size_t at, struct arena *arena)
{
	const struct command_def *def;

	if (at < ACTION_COUNT) {
		const struct action *action = action_get((enum action_id)at);

		return (struct entry){ action->name, action->help,
				       arena ? action_keys(self->view.app, (enum action_id)at, arena)
					     : "" };
	}
	def = command_at(at - ACTION_COUNT);
	return (struct entry){ def->name, def->title, "" };
}

static void palette_cell(const void *context, size_t row, size_t column, struct arena *arena,
			 struct cell *cell)
{
	const struct palette_view *self = context;
	struct entry entry;

	cell->role = THEME_DIALOG;
	if (self->shown[row] >= FOUND_FROM) {
		const struct found *found = &self->found.item[self->shown[row] - FOUND_FROM];

		cell->text = column == COLUMN_HELP ? found->shown :
			     column == COLUMN_NAME ? _(kind_names[found->kind]) : "";
		cell->role = column == COLUMN_HELP ? THEME_DIALOG : THEME_HEADING;
		return;
	}
	entry = entry_at(self, self->shown[row], arena);
	if (column == COLUMN_HELP) {
		cell->text = _(entry.help);
	} else if (column == COLUMN_NAME) {
		cell->text = entry.name;
		cell->role = THEME_MUTED;
	} else {
		cell->text = entry.keys;
		cell->role = THEME_KEY;
	}
}

static bool offered(const struct palette_view *self, size_t at)
{
	const struct command_def *def;

	if (!self->view.below)
		return false;
	if (at < ACTION_COUNT)
		return at != ACTION_PALETTE && *action_get((enum action_id)at)->help &&
		       action_offered(self->view.app, self->view.below, (enum action_id)at);
	/* Not from a dialog, and never from the locked screen. */
	if (!(self->view.below->class->contexts & CTX_PANE))
		return false;
	/* A command that changes a record needs one: the views offer those. */
	def = command_at(at - ACTION_COUNT);
	return !(def->flags & (CMD_SYSTEM | CMD_NO_FORM | CMD_BULK)) &&
	       (def->flags & CMD_NEW || def->target == KIND_NONE) &&
	       command_permitted(self->view.app, def);
}

static int best_score(const struct palette_view *self, size_t at)
{
	struct entry entry = entry_at(self, at, NULL);
	int name = fuzzy_score(self->edit.text, entry.name);
	int help = fuzzy_score(self->edit.text, entry.help);
	int shown = fuzzy_score(self->edit.text, _(entry.help));

	if (help > name)
		name = help;
	return shown > name ? shown : name;
}

/* Ranks what is offered in the view below; equal scores keep table order. */
static void rank(struct palette_view *self)
{
	size_t count = 0, at, i, all = ACTION_COUNT + command_count();

	for (i = 0; i < all; i++) {
		int score = offered(self, i) ? best_score(self, i) : 0;

		if (score <= 0)
			continue;
		for (at = count; at > 0 && self->score[at - 1] < score; at--) {
			self->ranked[at] = self->ranked[at - 1];
			self->score[at] = self->score[at - 1];
		}
		self->ranked[at] = i;
		self->score[at] = score;
		count++;
	}
	self->ranked_count = count;
}

/* Do the letters name a command? Then it stands first whatever else is found. */
static bool command_meant(const struct palette_view *self)
{
	return self->ranked_count && fuzzy_close(self->edit.text, self->score[0]);
}

/* Groups: commands, learners, cohorts, claims. Commands whose letters only lie
 * somewhere in them come behind what was found. */
static void lay_out(struct palette_view *self)
{
	size_t first = !self->found.count ? self->ranked_count :
		       command_meant(self) ? COMMANDS_FIRST : 0;
	size_t count = 0, i;

	for (i = 0; i < self->ranked_count && i < first; i++)
		self->shown[count++] = self->ranked[i];
	for (i = 0; i < self->found.count; i++)
		self->shown[count++] = FOUND_FROM + i;
	for (i = first; i < self->ranked_count; i++)
		self->shown[count++] = self->ranked[i];
	table_set_count(&self->table, count);
}

/* --- what is not a command --- */

static void run(struct palette_view *self);

static void found_done(struct job *job, struct view *view)
{
	struct palette_view *self = (struct palette_view *)view;

	if (job->result == OV_ECANCELLED)
		return;
	self->finding = false;
	self->found.count = 0;
	if (!job->result)
		self->found = *(const struct palette_answer *)job->answer;
	job_keep(job, &self->found_arena);
	lay_out(self);
	if (self->enter_waits && self->table.count)
		run(self);
	self->enter_waits = false;
}

static void find(struct palette_view *self)
{
	struct job *job;

	/* From a dialog nothing is opened: it would lie under it. */
	if (!self->view.below || !(self->view.below->class->contexts & CTX_PANE))
		return;
	job = palette_find_job(self->edit.text, &self->world);
	job->done = found_done;
	job->channel = CHANNEL_FIND;
	self->finding = true;
	app_submit(&self->view, job);
}

static void world_done(struct job *job, struct view *view)
{
	struct palette_view *self = (struct palette_view *)view;

	if (job->result)
		return;
	self->world = *(const struct palette_world *)job->answer;
	job_keep(job, &self->world_arena);
	if (self->edit.len)
		find(self);
}

static void palette_start(struct view *view, const void *arg)
{
	struct palette_view *self = (struct palette_view *)view;
	size_t entries = ACTION_COUNT + command_count();
	struct job *job;

	(void)arg;
	edit_init(&self->edit, 60);
	self->ranked = mem_alloc(entries * sizeof *self->ranked);
	self->score = mem_alloc(entries * sizeof *self->score);
	self->shown = mem_alloc((entries + FOUND_KINDS * FOUND_EACH) * sizeof *self->shown);
	self->table = (struct table){ .columns = columns, .column_count = COLUMNS,
				      .cell = palette_cell, .context = self };
	rank(self);
	lay_out(self);
	if (!view->below || !(view->below->class->contexts & CTX_PANE))
		return;
	job = palette_world_job();
	job->done = world_done;
	job->channel = CHANNEL_WORLD;
	app_submit(view, job);
}

static void palette_close(struct view *view)
{
	struct palette_view *self = (struct palette_view *)view;

	edit_release(&self->edit);
	arena_release(&self->world_arena);
	arena_release(&self->found_arena);
	free(self->ranked);
	free(self->score);
	free(self->shown);
}

static void palette_draw(struct view *view, const struct canvas *canvas)
{
	struct palette_view *self = (struct palette_view *)view;
	struct rect all = canvas_area(canvas);
	struct rect area = rect_centre(all, all.rows - 4, all.cols - 6);
	struct canvas box, list;
	int col;

	area.row = 1;
	box = canvas_box(canvas, area, _("Commands, learners, cohorts, claims"));
	col = canvas_put(&box, 0, 0, THEME_LABEL, _("Find:")) + 1;
	edit_draw(&self->edit, &box, 0, col, box.area.cols - col, THEME_FIELD, true);
	list = canvas_sub(&box, (struct rect){ 1, 0, box.area.rows - 1, box.area.cols });
	table_draw(&self->table, &list, view->app, false, false);
}

/* The found thing goes onto the pane's stack; the text dies with the palette. */
static void found_open(struct palette_view *self, const struct found *found)
{
	static const struct view_class *const classes[FOUND_KINDS] = {
		[FOUND_LEARNER] = &card_class, [FOUND_COHORT] = &week_class,
		[FOUND_CLAIM] = &claim_class,
	};
	struct app *app = self->view.app;
	struct arena arena = ARENA_INIT;
	struct thing_options options = { .id = found->id };
	const struct view_class *class = classes[found->kind];

	options.name = found->name ? arena_strdup(&arena, found->name) : NULL;
	if (found->kind == FOUND_LEARNER)
		recent_opened(app_recent(app), found->id);
	app_close(&self->view);
	app_push(app, class, &options);
	arena_release(&arena);
}

static void run(struct palette_view *self)
{
	struct app *app = self->view.app;
	struct view *below = self->view.below;
	size_t at = self->shown[self->table.selected];
	struct command_options options = { .rev = OV_NULL };

	if (at >= FOUND_FROM) {
		found_open(self, &self->found.item[at - FOUND_FROM]);
		return;
	}
	app_close(&self->view);
	if (!below || below != app_top(app))
		return;
	if (at < ACTION_COUNT)
		action_get((enum action_id)at)->handler(app, below);
	else
		command_open(below, 0, command_at(at - ACTION_COUNT)->name, &options);
}

static bool palette_key(struct view *view, key_press key)
{
	struct palette_view *self = (struct palette_view *)view;

	if (key == K_ENTER) {
		/* What stands there may still be the answer to the letter before. */
		if (self->finding && self->table.selected == 0 && !command_meant(self))
			self->enter_waits = true;
		else if (self->table.count)
			run(self);
		return true;
	}
	if (table_key(&self->table, key))
		return true;
	if (!edit_key(&self->edit, key))
		return false;
	self->table.selected = 0;
	self->enter_waits = false;
	if (!self->edit.len)
		self->found.count = 0;
	rank(self);
	lay_out(self);
	find(self);
	return true;
}

static bool palette_typing(const struct view *view)
{
	(void)view;
	return true;
}

const struct view_class palette_class = {
	.name = "palette", .contexts = CTX_DIALOG, .overlay = true,
	.size = sizeof(struct palette_view),
	.open = palette_start, .close = palette_close, .draw = palette_draw,
	.key = palette_key, .typing = palette_typing,
};

void palette_open(struct app *app, struct view *view)
{
	if (view->class != &palette_class)
		app_push(app, &palette_class, NULL);
}
