/* A transfer rule: what it asks, what it gives, on which document it rests. */
#include <stdio.h>

#include "tui/action.h"
#include "tui/views/card_job.h"
#include "tui/views/claim_sum.h"
#include "tui/views/lines.h"
#include "tui/views/student_draw.h"
#include "tui/views/views.h"

struct rule_view {
	struct view view;
	struct card card;
	struct lines lines;
	int64_t id;
	char name[64];
};

/* A condition of the rule, left out when it has none. */
static void condition(struct lines *lines, const struct field_table *table, const void *record,
		      const char *name)
{
	const struct field *field = field_find(table, name);
	char text[256];

	if (field && !field_is_null(field, record))
		lines_add(lines, ' ', THEME_TEXT, "%s %s",
			  text_padded(_(field->label), 22, &lines->arena), field_show(field, record, text, sizeof text));
}

static void conditions_add(struct lines *lines, const struct transfer_rule *rule)
{
	static const char *const names[] = {
		"need_count", "min_level", "min_mark", "min_ratio_bp", "max_age_years",
		"hours_per_credit", "step_centi", "rule_max_centi", "amount_centi", "target_module",
		"specificity", "priority",
	};
	size_t i;

	lines_heading(lines, _("Conditions"));
	for (i = 0; i < sizeof names / sizeof names[0]; i++)
		condition(lines, &transfer_rule_fields, rule, names[i]);
}

static void sources_add(const struct card *card, struct lines *lines)
{
	const struct record_list *sources = CARD_LIST(card, rule_source);
	const struct record_list *courses = CARD_LIST(card, course);
	const struct record_list *programmes = CARD_LIST(card, programme);
	size_t i;

	lines_heading(lines, _("From"));
	for (i = 0; i < sources->count; i++)
		lines_add(lines, ' ', THEME_VALUE, "%s",
			  ((const struct rule_source *)sources->items[i])->source);
	lines_heading(lines, _("To"));
	for (i = 0; i < courses->count; i++) {
		const struct course *course = courses->items[i];

		lines_add(lines, ' ', THEME_VALUE, "%-10s %s  %s", course->code,
			  credit_text(course->credit_centi, &lines->arena), course->name);
	}
	lines_heading(lines, _("Programmes"));
	for (i = 0; i < programmes->count; i++) {
		const struct programme *programme = programmes->items[i];

		lines_add(lines, ' ', THEME_TEXT, "%-12s %s", programme->code, programme->name);
	}
}

static void rule_text(struct rule_view *self)
{
	const struct transfer_rule *rule = CARD_FIRST(&self->card, transfer_rule);
	char from[DATE_TEXT], to[DATE_TEXT];

	lines_clear(&self->lines);
	if (!rule)
		return;
	lines_add(&self->lines, ' ', THEME_HEADING, "%s", rule_title(rule, &self->lines.arena));
	lines_add(&self->lines, rule->state == RULE_ACTIVE ? ' ' : '!',
		  rule->state == RULE_ACTIVE ? THEME_OK : THEME_WARNING, "%s  %s .. %s",
		  enum_label(&rule_state_enum, rule->state), date_format(rule->effective_from, from),
		  date_format(rule->effective_to, to));
	lines_add(&self->lines, ' ', THEME_TEXT, "%s: %s", _("Basis"), rule->basis);
	conditions_add(&self->lines, rule);
	sources_add(&self->card, &self->lines);
}

static void rule_done(struct job *job, struct view *view)
{
	struct rule_view *self = (struct rule_view *)view;

	card_take(&self->card, job);
	rule_text(self);
}

static void rule_resume(struct view *view)
{
	struct rule_view *self = (struct rule_view *)view;
	struct card_request request = { .kind = KIND_TRANSFER_RULE, .id = self->id,
					.from = OV_NULL, .to = OV_NULL };
	struct job *job = card_job(&request);

	job->channel = 1;
	job->done = rule_done;
	app_submit(view, job);
}

static void rule_open(struct view *view, const void *arg)
{
	struct rule_view *self = (struct rule_view *)view;
	const struct thing_options *options = arg;

	self->id = options->id;
	snprintf(self->name, sizeof self->name, "%.60s", options->name ? options->name : "");
	bundle_init(&self->card.bundle, &self->card.arena);
	lines_init(&self->lines);
}

static void rule_close(struct view *view)
{
	struct rule_view *self = (struct rule_view *)view;

	lines_release(&self->lines);
	card_release(&self->card);
}

static void rule_draw(struct view *view, const struct canvas *canvas)
{
	struct rule_view *self = (struct rule_view *)view;

	if (self->card.error.code)
		canvas_put(canvas, 0, 1, THEME_REFUSED, self->card.error.message);
	else
		lines_draw(&self->lines, canvas, view->app, true);
}

static struct table *rule_list(struct view *view)
{
	return &((struct rule_view *)view)->lines.table;
}

static const char *rule_status(struct view *view, struct arena *arena)
{
	return arena_strdup(arena, ((struct rule_view *)view)->name);
}

const struct view_class rule_class = {
	.name = "rule", .title = N_("Transfer rule"), .contexts = CTX_PANE | CTX_LIST,
	.size = sizeof(struct rule_view),
	.open = rule_open, .close = rule_close, .draw = rule_draw, .list = rule_list,
	.resume = rule_resume, .status = rule_status,
};
