#include "tui/views/feed_view.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/codec/qr.h"
#include "tui/action.h"
#include "tui/views/command_view.h"
#include "tui/views/undo.h"

enum { URL_BYTES = 301, QUIET_LEAST = 2, BESIDE_LEAST = 26, GAP = 2, TEXT_ROWS = 3 };

struct feed_options {
	const char *url, *about;
	int64_t expires_on;
	bool personal;
};

struct feed_view {
	struct view view;
	char url[URL_BYTES]; /* "" once it is put away */
	char about[96];
	int64_t expires_on;
	bool personal;
	struct arena arena; /* of the code */
	struct qr qr;       /* side 0: none */
};

static void feed_start(struct view *view, const void *arg)
{
	struct feed_view *self = (struct feed_view *)view;
	const struct feed_options *options = arg;
	struct error ignored = ERROR_INIT;

	arena_init(&self->arena);
	snprintf(self->url, sizeof self->url, "%s", options->url);
	snprintf(self->about, sizeof self->about, "%s", options->about);
	self->expires_on = options->expires_on;
	self->personal = options->personal;
	if (qr_make(self->url, QR_LOW, &self->qr, &self->arena, &ignored) < 0)
		self->qr.side = 0;
	app_wake(view, FEED_SHOWN_S * 1000);
}

static void feed_mask(struct view *view)
{
	struct feed_view *self = (struct feed_view *)view;

	explicit_bzero(self->url, sizeof self->url);
	if (self->qr.side)
		explicit_bzero((bool *)(uintptr_t)self->qr.dark,
			       (size_t)self->qr.side * (size_t)self->qr.side * sizeof *self->qr.dark);
	self->qr.side = 0;
	app_wake(view, 0);
}

static void feed_close(struct view *view)
{
	feed_mask(view);
	arena_release(&((struct feed_view *)view)->arena);
}

static const char *feed_copy(struct view *view, struct arena *arena, const char **why)
{
	const struct feed_view *self = (struct feed_view *)view;

	if (self->personal) {
		*why = _("The address of a person's timetable isn't copied: scan the code, or print it");
		return NULL;
	}
	return *self->url ? arena_strdup(arena, self->url) : NULL;
}

/* --- drawing --- */

/* A small screen costs the code part of its quiet zone; scanners read it with half
 * of it. False when there is no room at all, or when blocks are two cells wide. */
static bool code_fits(struct qr *qr, const struct rect *area)
{
	if (!qr->side || text_width("█") != 1)
		return false;
	for (qr->quiet = QR_QUIET; qr->quiet >= QUIET_LEAST; qr->quiet--)
		if (qr_lines(qr, QR_HALF_BLOCKS) <= area->rows &&
		    qr_cells(qr, QR_HALF_BLOCKS) + GAP + BESIDE_LEAST <= area->cols)
			return true;
	return false;
}

static void code_draw(const struct qr *qr, const struct canvas *canvas)
{
	const bool inverted = canvas_code_inverted(canvas);

	for (int n = 0; n < qr_lines(qr, QR_HALF_BLOCKS); n++) {
		struct buf line = BUF_INIT;

		qr_line(qr, QR_HALF_BLOCKS, inverted, n, &line);
		canvas_put(canvas, n, 0, THEME_CODE, buf_cstr(&line));
		buf_release(&line);
	}
}

/* An address has no blanks: it is broken where the line ends. */
static int address_draw(const char *url, const struct canvas *canvas, int row)
{
	while (*url) {
		size_t fits = text_cut(url, canvas->area.cols, NULL);

		if (!fits)
			break;
		canvas_printf(canvas, row++, 0, THEME_VALUE, "%.*s", (int)fits, url);
		url += fits;
	}
	return row;
}

static void text_draw(const struct feed_view *self, const struct canvas *canvas, bool coded)
{
	const int cols = canvas->area.cols;
	struct arena *arena = canvas_arena(canvas);
	char day[DATE_TEXT];
	int row = 0;

	row += canvas_wrap(canvas, row, 0, cols, TEXT_ROWS, THEME_HEADING, self->about) + 1;
	if (!*self->url) {
		canvas_wrap(canvas, row, 0, cols, TEXT_ROWS, THEME_WARNING,
			    _("The address was put away; make another feed"));
		canvas_cursor(canvas, row, 0);
		return;
	}
	canvas_cursor(canvas, row, 0);
	row = address_draw(self->url, canvas, row) + 1;
	row += canvas_wrap(canvas, row, 0, cols, TEXT_ROWS, THEME_LABEL,
			   arena_printf(arena, _("Ends on %s"), date_format(self->expires_on, day)));
	row += canvas_wrap(canvas, row, 0, cols, TEXT_ROWS + 2, THEME_WARNING,
			   _("Whoever has this address reads the timetable without a login. It is shown only now.")) + 1;
	if (!coded)
		row += canvas_wrap(canvas, row, 0, cols, TEXT_ROWS, THEME_MUTED,
				   _("The screen is too small for a QR code")) + 1;
	canvas_wrap(canvas, row, 0, cols, TEXT_ROWS, THEME_KEY, _("Esc: done"));
}

static void feed_draw(struct view *view, const struct canvas *canvas)
{
	struct feed_view *self = (struct feed_view *)view;
	struct rect area = canvas_area(canvas);
	const bool coded = code_fits(&self->qr, &area);
	struct canvas part;

	canvas_clear(canvas, THEME_TEXT);
	if (coded) {
		const int cells = qr_cells(&self->qr, QR_HALF_BLOCKS);

		part = canvas_sub(canvas, rect_take_left(&area, cells));
		code_draw(&self->qr, &part);
	}
	rect_take_left(&area, coded ? GAP : 1);
	rect_take_top(&area, 1);
	part = canvas_sub(canvas, area);
	text_draw(self, &part, coded);
}

const struct view_class feed_class = {
	.name = "feed", .title = N_("Calendar feed"), .contexts = CTX_DIALOG, .overlay = true,
	.size = sizeof(struct feed_view),
	.open = feed_start, .close = feed_close, .draw = feed_draw,
	.wake = feed_mask, .mask = feed_mask, .copy = feed_copy,
};

/* --- making one --- */

bool feed_may(struct app *app, struct view *view)
{
	(void)view;
	return permission_has(app_actor(app), PERM_FEED);
}

void feed_ask(struct view *opener, const char *field, int64_t id, const char *about)
{
	static const char *const fields[] = { "student_id", "cohort_id", "teacher_id", "room_id" };
	enum { SUBJECTS = sizeof fields / sizeof fields[0] };
	struct command_preset presets[SUBJECTS];
	struct command_options options = { .about = about, .presets = presets,
					   .preset_count = SUBJECTS, .rev = OV_NULL };
	char number[24];

	snprintf(number, sizeof number, "%" PRId64, id);
	for (size_t i = 0; i < SUBJECTS; i++) {
		const bool named = !strcmp(fields[i], field);

		presets[i] = (struct command_preset){ .name = fields[i], .text = named ? number : "",
						      .shown = named ? about : NULL, .fixed = true };
	}
	command_open(opener, 0, "feed.create", &options);
}

void feed_show(struct app *app, const struct command *command, const struct outcome *outcome,
	       const char *about)
{
	const struct feed_link *link = bundle_first(&outcome->records, &feed_link_fields);
	const struct calendar_feed *feed = bundle_first(&outcome->records, &calendar_feed_fields);
	struct feed_options options = { .about = about };

	if (link && feed) {
		options.url = link->url;
		options.expires_on = link->expires_on;
		options.personal = feed->student_id != OV_NULL || feed->teacher_id != OV_NULL;
		app_push(app, &feed_class, &options);
	} else if (outcome->repeated && !strcmp(command->def->name, "feed.create")) {
		app_say(app, THEME_WARNING,
			_("The address was shown once and is kept nowhere: make another feed"));
	}
}
