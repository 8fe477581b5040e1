/* The members of the week's cohort: who of them the week meets at work, and
 * coming and going. */
#include <stdio.h>
#include <string.h>

#include "tui/views/command_view.h"
#include "tui/views/list_view.h"
#include "tui/views/student_draw.h"
#include "tui/views/week_internal.h"

/* --- members --- */

enum { COL_NO, COL_NAME, COL_CLASH, COL_PLANT, COL_CREDITS, COL_STATUS, COLUMNS };

static const struct table_column columns[COLUMNS] = {
	{ N_("Number"), { .min = 13, .want = 13, .keep = 9 }, TEXT_LEFT },
	{ N_("Name"), { .min = 10, .want = 14, .grow = 1, .keep = 10 }, TEXT_LEFT },
	{ N_("Clashes this week"), { .min = 17, .want = 26, .keep = 8 }, TEXT_LEFT },
	{ N_("Plant"), { .min = 10, .want = 16, .grow = 1, .keep = 4 }, TEXT_LEFT },
	{ N_("Credits"), { .min = 7, .want = 7, .keep = 5 }, TEXT_RIGHT },
	{ N_("Standing"), { .min = 8, .want = 10, .keep = 7 }, TEXT_LEFT },
};

static const struct member_clash *clash_of(const struct week_view *self, int64_t student_id)
{
	const struct record_list *list = CARD_LIST(&self->card, member_clash);

	for (size_t i = 0; i < list->count; i++) {
		const struct member_clash *clash = list->items[i];

		if (clash->student_id == student_id)
			return clash;
	}
	return NULL;
}

/* What it is for the learner, in two words. */
static const char *clash_words(const char *kind, size_t len)
{
	static const struct {
		const char *kind, *words;
	} table[] = {
		{ "SHIFT_CLASH", N_("at work") },
		{ "REST_SHORT", N_("no rest") },
		{ "STUDENT_OVERLAP", N_("two at once") },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (strlen(table[i].kind) == len && !strncmp(table[i].kind, kind, len))
			return _(table[i].words);
	return _("conflict");
}

static const char *clash_text(const struct member_clash *clash, struct arena *arena)
{
	const char *text = arena_printf(arena, "%lld:", (long long)clash->meetings);
	const char *at = clash->kinds ? clash->kinds : "";

	while (*at) {
		const size_t len = strcspn(at, " ");

		text = arena_printf(arena, "%s %s", text, clash_words(at, len));
		at += len + (at[len] == ' ');
		if (*at)
			text = arena_printf(arena, "%s,", text);
	}
	return text;
}

static char member_flag(const void *context, size_t row)
{
	const struct week_view *self = context;
	const struct student_hit *hit = CARD_LIST(&self->card, student_hit)->items[row];

	return clash_of(self, hit->id) ? '!' : 0;
}

static void member_cell(const void *context, size_t row, size_t column, struct arena *arena,
			struct cell *cell)
{
	const struct week_view *self = context;
	const struct student_hit *hit = CARD_LIST(&self->card, student_hit)->items[row];

	switch (column) {
	case COL_NO: cell->text = hit->student_no; break;
	case COL_NAME: cell->text = hit->full_name; break;
	case COL_CLASH:
		if (clash_of(self, hit->id)) {
			cell->text = clash_text(clash_of(self, hit->id), arena);
			cell->role = THEME_WARNING;
		}
		break;
	case COL_PLANT: cell->text = hit->plant; break;
	case COL_CREDITS:
		if (hit->earned_centi != OV_NULL)
			cell->text = credit_text(hit->earned_centi, arena);
		break;
	default: cell->text = enum_label(&student_status_enum, hit->status);
	}
}

void week_members_table(struct week_view *self)
{
	self->table = (struct table){ .columns = columns, .column_count = COLUMNS,
				      .cell = member_cell, .flag = member_flag, .context = self };
}

/* The week of the member under the marker. */
void week_member_week(struct app *app, struct view *view)
{
	struct week_view *self = (struct week_view *)view;
	const struct student_hit *hit =
		CARD_LIST(&self->card, student_hit)->items[self->table.selected];
	struct arena arena = ARENA_INIT;
	struct thing_options options = {
		.key = arena_printf(&arena, "student:%s", hit->student_no), .name = hit->full_name,
	};

	app_push(app, &week_class, &options);
	arena_release(&arena);
}

/* --- members come and go --- */

static void member_command(struct view *view, const char *name,
			   const struct command_preset *student)
{
	struct week_view *self = (struct week_view *)view;
	const struct cohort *cohort = CARD_FIRST(&self->card, cohort);
	struct command_options options = { .target = self->id, .seen = cohort,
					   .about = self->name, .presets = student,
					   .preset_count = student ? 1 : 0 };

	if (!cohort)
		return;
	options.rev = cohort->rev;
	command_open(view, WEEK_TAG_CHANGED, name, &options);
}

void week_member_add(struct app *app, struct view *view)
{
	(void)app;
	member_command(view, "cohort.add", NULL);
}

void week_member_remove(struct app *app, struct view *view)
{
	struct week_view *self = (struct week_view *)view;
	const struct student_hit *hit =
		CARD_LIST(&self->card, student_hit)->items[self->table.selected];
	char id[24];
	struct command_preset student = { .name = "student_id", .text = id,
					  .shown = hit->full_name, .fixed = true };

	(void)app;
	snprintf(id, sizeof id, "%lld", (long long)hit->id);
	member_command(view, "cohort.remove", &student);
}

void week_member_wait(struct app *app, struct view *view)
{
	(void)app;
	member_command(view, "cohort.wait", NULL);
}

void week_split(struct app *app, struct view *view)
{
	(void)app;
	member_command(view, "cohort.split", NULL);
}

void week_merge(struct app *app, struct view *view)
{
	(void)app;
	member_command(view, "cohort.merge", NULL);
}

void week_waiting(struct app *app, struct view *view)
{
	const struct week_view *self = (struct week_view *)view;
	struct list_options options = { .title = N_("Waiting list"), .about = self->name,
					.kind = KIND_WAITING_LINE, .key = self->name };

	app_push(app, &list_class, &options);
}
