/* The overpass itself: what a learner holds, which rule turns it into what,
 * what is then still missing, and the shortest ways to graduation; and what
 * would be if the learner also held something else. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/model/reason.h"
#include "tui/action.h"
#include "tui/views/card_job.h"
#include "tui/views/dialog_view.h"
#include "tui/views/lines.h"
#include "tui/views/student_draw.h"
#include "tui/views/views.h"

enum { CHANNEL_ROUTE = 1, TAG_ASSUME = 1, HEAD_ROWS = 2, WAYS_MAX = 9 };

struct route_view {
	struct view view;
	struct card card;
	struct lines lines;
	size_t way[WAYS_MAX]; /* the line at which each way begins */
	size_t ways;
	int64_t id;
	char number[16], name[128];
	char assumed[256]; /* as struct card_request wants it */
};

/* --- the text --- */

static const char *level_text(int64_t level, struct arena *arena)
{
	return level == OV_NULL ? "" : arena_printf(arena, " %s %d", _("level"), (int)level);
}

static void held_add(struct lines *lines, const struct held_source *held)
{
	struct arena *arena = &lines->arena;
	enum reason reason = reason_find(held->result ? held->result : "");
	bool pays = held->granted_centi > 0;
	char text[400];
	const char *what = arena_printf(arena, "%s %s%s", held->code ? held->code : "",
					held->name ? held->name : "",
					level_text(held->level, arena));

	if (held->rule && pays)
		lines_add(lines, held->assumed == 1 ? '?' : ' ',
			  held->assumed == 1 ? THEME_WAITING : THEME_OK, "%s -> %s -> %s = %s",
			  text_padded(what, 34, arena), held->rule,
			  held->targets ? held->targets : "",
			  credit_text(held->granted_centi, arena));
	else
		lines_add(lines, held->assumed == 1 ? '?' : ' ', THEME_MUTED, "%s -> %s%s%s",
			  text_padded(what, 34, arena),
			  reason == REASON_NONE ? held->result ? held->result : "" :
				  reason_format(reason, text, sizeof text, NULL),
			  held->claim_no ? "  " : "", held->claim_no ? held->claim_no : "");
}

static void gap_add(struct lines *lines, const struct module_gap *gap)
{
	struct arena *arena = &lines->arena;
	bool sum = !gap->code || !*gap->code;
	const char *name = arena_printf(arena, "%s %s", sum ? "" : gap->code,
					gap->name ? gap->name : "");
	bool helps = gap->then_missing_centi < gap->missing_centi;

	lines_add(lines, ' ', sum ? THEME_HEADING : gap->missing_centi > 0 ? THEME_TEXT : THEME_OK,
		  "%s %s", text_padded(name, 20, arena),
		  arena_printf(arena, helps ? _("%s of %s, missing %s -> %s")
					    : _("%s of %s, missing %s"),
			       credit_text(gap->counted_centi, arena),
			       credit_text(gap->min_centi, arena),
			       credit_text(gap->missing_centi, arena),
			       credit_text(gap->then_missing_centi, arena)));
}

static void step_add(struct lines *lines, const struct way_step *step)
{
	struct arena *arena = &lines->arena;
	const char *what = arena_printf(arena, "%s %s%s", step->code ? step->code : "",
					step->name ? step->name : "",
					level_text(step->level, arena));

	if (step->hours != OV_NULL && step->kind == STEP_OPEN)
		what = arena_printf(arena, "%s %d %s", what, (int)step->hours, _("hours"));
	lines_add(lines, ' ', step->kind == STEP_CLAIM || step->kind == STEP_WAIT ? THEME_OK
								    : THEME_TEXT,
		  "%6s  %s %s %s%s%s", credit_text(step->credit_centi, arena),
		  text_padded(enum_label(&way_step_kind_enum, step->kind), 18, arena),
		  text_padded(what, 28, arena), step->rule ? step->rule : "",
		  step->targets && *step->targets ? " -> " : "",
		  step->targets ? step->targets : "");
}

static void way_add(struct route_view *self, const struct graduation_way *way)
{
	const struct record_list *steps = CARD_LIST(&self->card, way_step);
	struct lines *lines = &self->lines;
	struct arena *arena = &lines->arena;
	size_t i;

	lines_add(lines, ' ', THEME_TEXT, "%s", "");
	if (self->ways < WAYS_MAX)
		self->way[self->ways++] = lines->count;
	lines_add(lines, ' ', THEME_HEADING, "%s",
		  arena_printf(arena, _("Way %d: %s (%d steps, %d new, study %s)"),
			       (int)way->number, enum_label(&way_aim_enum, way->aim),
			       (int)way->steps, (int)way->fresh,
			       credit_text(way->study_centi, arena)));
	if (way->unmet_centi > 0)
		lines_add(lines, '!', THEME_WARNING, _("This way doesn't lead there: %s short, modules and total together"),
			  credit_text(way->unmet_centi, arena));
	if (way->exact != 1)
		lines_add(lines, '?', THEME_MUTED, "%s",
			  _("The search stopped at its bound: there may be a shorter way"));
	for (i = 0; i < steps->count; i++) {
		const struct way_step *step = steps->items[i];

		if (step->way == way->number)
			step_add(lines, step);
	}
}

static void route_text(struct route_view *self)
{
	const struct record_list *held = CARD_LIST(&self->card, held_source);
	const struct record_list *gaps = CARD_LIST(&self->card, module_gap);
	const struct record_list *ways = CARD_LIST(&self->card, graduation_way);
	const struct record_list *findings = CARD_LIST(&self->card, graduation_finding);
	struct lines *lines = &self->lines;
	size_t i;

	lines_clear(lines);
	self->ways = 0;
	lines_add(lines, ' ', THEME_HEADING, "%s", _("What is held -> rule -> what it becomes"));
	for (i = 0; i < held->count; i++)
		held_add(lines, held->items[i]);
	if (!held->count)
		lines_add(lines, ' ', THEME_MUTED, "%s",
			  _("Nothing is held that could count; i: what if"));
	lines_heading(lines, _("What is missing -> and with what is held"));
	for (i = 0; i < gaps->count; i++)
		gap_add(lines, gaps->items[i]);
	for (i = 0; i < findings->count; i++) {
		const struct graduation_finding *finding = findings->items[i];

		/* The amounts stand above, module by module. */
		if (finding->code && strstr(finding->code, "SHORT"))
			continue;
		lines_add(lines, ' ', THEME_WARNING, "%s",
			  finding->message ? finding->message : finding->code);
	}
	for (i = 0; i < ways->count; i++)
		way_add(self, ways->items[i]);
}

/* --- asking --- */

static void route_done(struct job *job, struct view *view)
{
	struct route_view *self = (struct route_view *)view;
	const struct person *person;
	const struct student *student;

	/* What was supposed is unknown: said, and what stood stays. */
	if (job->result && job->result != OV_ECANCELLED && self->card.id && self->assumed[0]) {
		app_say_error(view->app, &job->error);
		self->assumed[0] = '\0';
		return;
	}
	card_take(&self->card, job);
	person = self->card.error.code ? NULL : CARD_FIRST(&self->card, person);
	student = self->card.error.code ? NULL : CARD_FIRST(&self->card, student);
	if (person && person->full_name)
		snprintf(self->name, sizeof self->name, "%.120s", person->full_name);
	if (student)
		self->id = self->card.id = student->id;
	route_text(self);
}

static void route_resume(struct view *view)
{
	struct route_view *self = (struct route_view *)view;
	struct card_request request = { .kind = KIND_STUDENT_ROUTE, .id = self->id,
					.key = self->number, .from = OV_NULL, .to = OV_NULL,
					.assume = self->assumed[0] ? self->assumed : NULL };
	struct job *job = card_job(&request);

	job->channel = CHANNEL_ROUTE;
	job->done = route_done;
	app_submit(view, job);
}

static void route_open(struct view *view, const void *arg)
{
	struct route_view *self = (struct route_view *)view;
	const struct thing_options *options = arg;

	self->id = options->id;
	snprintf(self->number, sizeof self->number, "%.15s", options->key ? options->key : "");
	snprintf(self->name, sizeof self->name, "%.120s", options->name ? options->name : "");
	bundle_init(&self->card.bundle, &self->card.arena);
	lines_init(&self->lines);
}

static void route_close(struct view *view)
{
	struct route_view *self = (struct route_view *)view;

	lines_release(&self->lines);
	card_release(&self->card);
}

/* --- drawing --- */

static void head_draw(struct route_view *self, const struct canvas *canvas)
{
	const struct student_route *route = CARD_FIRST(&self->card, student_route);
	struct arena *arena = canvas_arena(canvas);
	int col = 1;

	col += canvas_put(canvas, 0, col, THEME_HEADING, self->name) + 2;
	if (!route)
		return;
	col += canvas_put(canvas, 0, col, THEME_VALUE, route->student_no ? route->student_no : "") + 2;
	col += canvas_put(canvas, 0, col, THEME_VALUE, route->programme ? route->programme : "") + 2;
	if (self->assumed[0])
		canvas_put(canvas, 0, col, THEME_WAITING,
			   arena_printf(arena, "? %s: %s", _("if"), self->assumed));
	col = 1;
	col += canvas_put(canvas, 1, col, THEME_VALUE,
			  arena_printf(arena, _("%s of %s, missing %s"),
				       credit_text(route->counted_centi, arena),
				       credit_text(route->min_total_centi, arena),
				       credit_text(route->missing_centi, arena))) + 2;
	canvas_put(canvas, 1, col, THEME_OK,
		   arena_printf(arena, _("-> with what is held %s, missing %s"),
				credit_text(route->then_centi, arena),
				credit_text(route->then_missing_centi, arena)));
}

static void route_draw(struct view *view, const struct canvas *canvas)
{
	struct route_view *self = (struct route_view *)view;
	struct rect area = canvas_area(canvas);
	struct canvas part = canvas_sub(canvas, rect_take_top(&area, HEAD_ROWS));

	if (self->card.error.code) {
		canvas_wrap(canvas, 0, 1, area.cols - 2, 3, THEME_REFUSED,
			    self->card.error.message);
		return;
	}
	head_draw(self, &part);
	part = canvas_sub(canvas, rect_take_top(&area, 1));
	canvas_rule(&part, 0, NULL);
	part = canvas_sub(canvas, area);
	lines_draw(&self->lines, &part, view->app, true);
}

/* --- what if --- */

void route_assume(struct app *app, struct view *view)
{
	static const struct prompt_options prompt = {
		.title = N_("What if the learner also had"),
		.label = N_("Certificate and level (T-WELD 3), result or course; nothing: as it is"),
	};

	(void)app;
	app_ask(view, TAG_ASSUME, &prompt_class, &prompt);
}

/* "T-WELD 3" is "T-WELD,level=3"; what has a "=" is taken as it stands. */
static const char *assumption(const char *typed, struct arena *arena)
{
	size_t code = strcspn(typed, " ,");
	const char *rest = typed + code + strspn(typed + code, " ,");

	if (!*rest || strchr(typed, '='))
		return arena_strdup(arena, typed);
	return arena_printf(arena, "%.*s,level=%s", (int)code, typed, rest);
}

static void route_answer(struct view *view, int tag, const struct view_answer *answer)
{
	struct route_view *self = (struct route_view *)view;
	struct arena arena = ARENA_INIT;

	if (tag == TAG_ASSUME && answer->ok) {
		if (!*answer->text)
			self->assumed[0] = '\0';
		else
			snprintf(self->assumed + strlen(self->assumed),
				 sizeof self->assumed - strlen(self->assumed), "%s%.80s",
				 self->assumed[0] ? ";" : "", assumption(answer->text, &arena));
		route_resume(view);
	}
	arena_release(&arena);
}

/* 1 to 9 go to that way, 0 to the top. */
static bool route_key(struct view *view, key_press key)
{
	struct route_view *self = (struct route_view *)view;

	if (key < '0' || key > '9' || (key > '0' && (size_t)(key - '0') > self->ways))
		return false;
	table_select(&self->lines.table, key == '0' ? 0 : self->way[key - '1']);
	self->lines.table.top = self->lines.table.selected;
	return true;
}

static struct table *route_list(struct view *view)
{
	return &((struct route_view *)view)->lines.table;
}

static const char *route_status(struct view *view, struct arena *arena)
{
	return arena_strdup(arena, ((struct route_view *)view)->name);
}

const struct view_class route_class = {
	.name = "route", .title = N_("Route to graduation"),
	.contexts = CTX_PANE | CTX_LIST | CTX_ROUTE, .size = sizeof(struct route_view),
	.open = route_open, .close = route_close, .draw = route_draw, .key = route_key,
	.list = route_list, .answer = route_answer, .resume = route_resume,
	.status = route_status,
};

bool route_may(struct app *app, struct view *view)
{
	(void)view;
	return permission_has(app_actor(app), kind_permission(KIND_STUDENT_ROUTE));
}
