#include "tui/views/evidence_view.h"

#include <stdio.h>
#include <string.h>

#include "core/model/reason.h"
#include "core/store/evidence.h"
#include "tui/action.h"
#include "tui/views/claim_text.h"
#include "tui/views/command_job.h"
#include "tui/views/command_view.h"
#include "tui/views/dialog_view.h"
#include "tui/views/piece_view.h"

enum { CHANNEL_CHECK = 1, CHANNEL_CARD, CHANNEL_FILE, TAG_FORM = 1, TAG_REASON, TAG_PIECE };

struct evidence_view {
	struct view view;
	struct card card;
	struct table table;
	int64_t id; /* of the claim */
	bool changed;
	bool fetching;      /* a file is on its way */
	int64_t wanted;     /* the piece whose reason is asked for */
	bool add_wished;    /* typed ahead of the card */
};

static const struct table_column columns[] = {
	{ "", { .min = 3, .want = 3, .keep = 9 }, TEXT_LEFT },
	{ N_("Line"), { .min = 4, .want = 4, .keep = 8 }, TEXT_RIGHT },
	{ N_("Evidence"), { .min = 10, .want = 16, .grow = 1, .keep = 7 }, TEXT_LEFT },
	{ N_("File"), { .min = 8, .want = 16, .grow = 1, .keep = 5 }, TEXT_LEFT },
	{ N_("Bytes"), { .min = 8, .want = 8, .keep = 2 }, TEXT_RIGHT },
	{ N_("SHA-256"), { .min = 8, .want = 8, .keep = 3 }, TEXT_LEFT },
	{ N_("Checked"), { .min = 11, .want = 12, .keep = 6 }, TEXT_LEFT },
};

static bool is_open(const struct evidence *piece)
{
	return piece->checked == CHECK_OPEN || piece->checked == OV_NULL;
}

const struct evidence *evidence_open(const struct card *card)
{
	const struct record_list *list = CARD_LIST(card, evidence);
	size_t i;

	for (i = 0; i < list->count; i++) {
		if (is_open(list->items[i]))
			return list->items[i];
	}
	return NULL;
}

static int64_t line_no_of(const struct card *card, const struct evidence *piece)
{
	const struct record_list *list = CARD_LIST(card, claim_line);
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct claim_line *line = list->items[i];

		if (line->id == piece->line_id)
			return line->line_no;
	}
	return 1;
}

struct job *evidence_check_job(const struct card *card, const struct evidence *piece,
			       enum evidence_check result)
{
	const struct credit_claim *claim = CARD_FIRST(card, credit_claim);
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct command command;
	struct job *job;

	command_init(&command, command_find("claim.evidence_check"), &arena);
	command.target = claim->id;
	command.expected_rev = claim->rev;
	field_set_int(field_find(command.def->args, "line_no"), command.args,
		      line_no_of(card, piece));
	field_set_int(field_find(command.def->args, "evidence_id"), command.args, piece->id);
	command_set(&command, "result", enum_code(&evidence_check_enum, result), &arena, &err);
	job = command_job(&command, command.args, true);
	arena_release(&arena);
	return job;
}

/* --- the dialog --- */

static const struct evidence *piece_at(const struct evidence_view *self, size_t row)
{
	const struct record_list *list = CARD_LIST(&self->card, evidence);

	return row < list->count ? list->items[row] : NULL;
}

static void evidence_cell(const void *context, size_t row, size_t column, struct arena *arena,
			  struct cell *cell)
{
	const struct evidence_view *self = context;
	const struct evidence *piece = piece_at(self, row);
	char hash[HASH_HEX];

	cell->role = is_open(piece) ? THEME_WAITING : THEME_DIALOG;
	switch (column) {
	case 0: cell->text = arena_printf(arena, "[%s]", evidence_mark(piece)); break;
	case 1: cell->text = arena_printf(arena, "%d", (int)line_no_of(&self->card, piece)); break;
	case 2: cell->text = enum_label(&evidence_kind_enum, piece->kind); break;
	case 3: cell->text = piece->file_name ? piece->file_name : "-"; break;
	case 4:
		cell->text = piece->size_bytes == OV_NULL
			? "-" : arena_printf(arena, "%lld", (long long)piece->size_bytes);
		break;
	case 5:
		cell->text = piece->sha256
			? arena_strndup(arena, hash_hex(piece->sha256, hash), 8) : "-";
		break;
	default:
		cell->text = enum_label(&evidence_check_enum,
					is_open(piece) ? CHECK_OPEN : piece->checked);
	}
}

static void card_done(struct job *job, struct view *view)
{
	struct evidence_view *self = (struct evidence_view *)view;

	card_take(&self->card, job);
	table_set_count(&self->table, CARD_LIST(&self->card, evidence)->count);
	if (self->add_wished && !job->result && app_top(view->app) == view)
		evidence_add(view->app, view);
	self->add_wished = false;
}

static void card_ask(struct view *view)
{
	struct evidence_view *self = (struct evidence_view *)view;
	struct card_request request = { .kind = KIND_CREDIT_CLAIM, .id = self->id,
					.from = OV_NULL, .to = OV_NULL };
	struct job *job = card_job(&request);

	job->channel = CHANNEL_CARD;
	job->done = card_done;
	app_submit(view, job);
}

static void evidence_start(struct view *view, const void *arg)
{
	struct evidence_view *self = (struct evidence_view *)view;
	const struct evidence_options *options = arg;

	bundle_init(&self->card.bundle, &self->card.arena);
	self->id = CARD_FIRST(options->card, credit_claim)->id;
	self->table = (struct table){ .columns = columns,
				      .column_count = sizeof columns / sizeof columns[0],
				      .cell = evidence_cell, .context = self };
	card_ask(view);
}

static void evidence_close(struct view *view)
{
	card_release(&((struct evidence_view *)view)->card);
}

static void check_done(struct job *job, struct view *view)
{
	struct evidence_view *self = (struct evidence_view *)view;

	if (job->result) {
		app_say_error(view->app, &job->error);
	} else {
		self->changed = true;
		app_say(view->app, THEME_OK, _("Noted"));
		table_move(&self->table, 1);
	}
	card_ask(view);
}

void evidence_seen(struct app *app, struct view *view)
{
	struct evidence_view *self = (struct evidence_view *)view;
	const struct evidence *piece = piece_at(self, self->table.selected);
	struct job *job;

	(void)app;
	if (!piece)
		return;
	job = evidence_check_job(&self->card, piece, CHECK_OK);
	job->channel = CHANNEL_CHECK;
	job->done = check_done;
	app_submit(view, job);
}

/* What isn't simply in order gets the form, where the reason is written. */
static void check_form(struct view *view, enum evidence_check result)
{
	struct evidence_view *self = (struct evidence_view *)view;
	const struct evidence *piece = piece_at(self, self->table.selected);
	const struct credit_claim *claim = CARD_FIRST(&self->card, credit_claim);
	char line[24], id[24];
	struct command_preset presets[] = {
		{ .name = "line_no", .text = line, .fixed = true },
		{ .name = "evidence_id", .text = id, .fixed = true },
		{ .name = "result", .text = enum_code(&evidence_check_enum, result) },
	};
	struct command_options options = { .presets = presets, .preset_count = 3 };

	if (!piece || !claim)
		return;
	snprintf(line, sizeof line, "%lld", (long long)line_no_of(&self->card, piece));
	snprintf(id, sizeof id, "%lld", (long long)piece->id);
	presets[1].shown = enum_label(&evidence_kind_enum, piece->kind);
	options.target = claim->id;
	options.rev = claim->rev;
	options.seen = claim;
	options.about = claim->claim_no;
	command_open(view, TAG_FORM, "claim.evidence_check", &options);
}

void evidence_strike(struct app *app, struct view *view)
{
	(void)app;
	check_form(view, CHECK_STRUCK);
}

void evidence_false(struct app *app, struct view *view)
{
	(void)app;
	check_form(view, CHECK_FALSE);
}

/* --- the file of a piece --- */

/* Fetches a file. With a reason the claim's trail names it first; without one
 * the store hands it out only if that was done within ten minutes. */
struct file_job {
	struct command command;
	bool ask;
	struct evidence piece; /* as the card has it, name masked perhaps */
	int64_t line_no;
	const char *claim_no;
	char *bytes;
	size_t len;
};

static int file_ask(struct job *job, struct store *store)
{
	struct file_job *ask = job->question;
	struct outcome outcome = { .id = 0 };

	bundle_init(&outcome.records, &job->arena);
	return store_execute(store, &ask->command, 1, &job->arena, &outcome, NULL, &job->error);
}

static int file_run(struct job *job, struct store *store)
{
	struct file_job *ask = job->question;
	struct buf bytes = BUF_INIT;
	int rc = ask->ask ? file_ask(job, store) : 0;

	if (rc == 0)
		rc = store_evidence_get(store, ask->piece.sha256, &bytes, &job->error);
	if (rc == 0) {
		ask->bytes = arena_memdup(&job->arena, bytes.bytes, bytes.len);
		ask->len = bytes.len;
		explicit_bzero(bytes.bytes, bytes.len);
	}
	buf_release(&bytes);
	return rc;
}

static void reason_ask(struct view *view, int64_t piece)
{
	static const char *const reasons[] = {
		N_("Compare it with the original"), N_("Review of the claim"),
		N_("The learner asked about it"),
	};
	static const struct prompt_options prompt = {
		.title = N_("Open evidence"), .min = 4, .choices = reasons, .choice_count = 3,
		.label = N_("Why must you see this file? The trail keeps it"),
	};

	((struct evidence_view *)view)->wanted = piece;
	app_ask(view, TAG_REASON, &prompt_class, &prompt);
}

static void file_done(struct job *job, struct view *view)
{
	struct evidence_view *self = (struct evidence_view *)view;
	struct file_job *ask = job->question;
	struct piece_options options = {
		.claim_no = ask->claim_no, .line_no = ask->line_no, .bytes = ask->bytes,
		.len = ask->len, .file_name = ask->piece.file_name ? ask->piece.file_name : "-",
	};

	self->fetching = false;
	if (job->result && job->error.reason == REASON_EVIDENCE_UNASKED && !ask->ask) {
		if (app_top(view->app) == view)
			reason_ask(view, ask->piece.id);
		return;
	}
	if (job->result) {
		message_error(view, N_("Open evidence"), &job->error);
		return;
	}
	memcpy(options.sha256, ask->piece.sha256, HASH_BYTES);
	if (app_top(view->app) == view)
		app_ask(view, TAG_PIECE, &piece_class, &options);
	explicit_bzero(ask->bytes, ask->len);
}

static const struct evidence *piece_by_id(const struct evidence_view *self, int64_t id)
{
	const struct record_list *list = CARD_LIST(&self->card, evidence);

	for (size_t i = 0; i < list->count; i++) {
		const struct evidence *piece = list->items[i];

		if (piece->id == id)
			return piece;
	}
	return NULL;
}

/* REASON NULL: it may have been said before. */
static void file_fetch(struct view *view, const struct evidence *piece, const char *reason)
{
	struct evidence_view *self = (struct evidence_view *)view;
	const struct credit_claim *claim = CARD_FIRST(&self->card, credit_claim);
	struct job *job = job_new(sizeof(struct file_job));
	struct file_job *ask = job->question;

	ask->piece = *piece;
	ask->piece.file_name = arena_strdup(&job->arena, piece->file_name);
	ask->piece.sha256 = arena_memdup(&job->arena, piece->sha256, HASH_BYTES);
	ask->line_no = line_no_of(&self->card, piece);
	ask->claim_no = arena_strdup(&job->arena, claim->claim_no);
	ask->ask = reason != NULL;
	if (reason) {
		command_init(&ask->command, command_find("claim.evidence_open"), &job->arena);
		ask->command.target = claim->id;
		field_set_int(field_find(ask->command.def->args, "line_no"), ask->command.args,
			      ask->line_no);
		field_set_text(field_find(ask->command.def->args, "reason"), ask->command.args,
			       arena_strdup(&job->arena, reason));
	}
	job->run = file_run;
	job->done = file_done;
	job->channel = CHANNEL_FILE;
	self->fetching = true;
	app_submit(view, job);
}

void evidence_file(struct app *app, struct view *view)
{
	struct evidence_view *self = (struct evidence_view *)view;
	const struct evidence *piece = piece_at(self, self->table.selected);
	const struct command_def *def = command_find("claim.evidence_open");
	struct error err = ERROR_INIT;

	if (!piece || self->fetching)
		return;
	if (!piece->sha256) {
		app_say(app, THEME_WARNING, _("No file belongs to this piece: it was only looked at"));
	} else if (!command_permitted(app, def)) {
		error_reason(&err, REASON_PERM_DENIED, "action",
			     _(permission_label(def->permission)), NULL);
		message_error(view, N_("Open evidence"), &err);
	} else {
		file_fetch(view, piece, NULL);
	}
}

void evidence_add(struct app *app, struct view *view)
{
	struct evidence_view *self = (struct evidence_view *)view;
	const struct evidence *piece = piece_at(self, self->table.selected);
	const struct credit_claim *claim = CARD_FIRST(&self->card, credit_claim);
	char line[24];
	struct command_preset presets[] = {
		{ .name = "line_no", .text = line },
		{ .name = "evidence", .text = enum_code(&evidence_kind_enum, EVIDENCE_COPY) },
	};
	struct command_options options = { .presets = presets, .preset_count = 2 };

	(void)app;
	self->add_wished = !claim;
	if (!claim)
		return;
	snprintf(line, sizeof line, "%lld", piece ? (long long)line_no_of(&self->card, piece) : 1);
	options.target = claim->id;
	options.rev = claim->rev;
	options.seen = claim;
	options.about = claim->claim_no;
	command_open(view, TAG_FORM, "claim.evidence_add", &options);
}

void evidence_leave(struct app *app, struct view *view)
{
	struct view_answer answer = { .ok = ((struct evidence_view *)view)->changed };

	(void)app;
	app_answer(view, &answer);
}

static void evidence_answer(struct view *view, int tag, const struct view_answer *answer)
{
	struct evidence_view *self = (struct evidence_view *)view;

	if (tag == TAG_FORM && answer->ok) {
		self->changed = true;
		card_ask(view);
	}
	if (tag == TAG_REASON && answer->ok) {
		const struct evidence *piece = piece_by_id(self, self->wanted);

		if (piece && piece->sha256)
			file_fetch(view, piece, answer->text);
	}
}

static void evidence_draw(struct view *view, const struct canvas *canvas)
{
	struct evidence_view *self = (struct evidence_view *)view;
	struct rect all = canvas_area(canvas);
	int rows = (int)self->table.count + 5;
	struct canvas box, part;

	box = canvas_box(canvas, rect_centre(all, rows > all.rows - 2 ? all.rows - 2 : rows,
					     all.cols > 110 ? 106 : all.cols - 2), _("Evidence"));
	part = canvas_sub(&box, (struct rect){ 0, 0, box.area.rows - 1, box.area.cols });
	table_draw(&self->table, &part, view->app, true, true);
	if (!self->table.count) {
		canvas_put(&part, 1, 2, THEME_MUTED, self->card.id ? _("no evidence yet") : "");
		canvas_cursor(&part, 1, 0);
	}
	canvas_put(&box, box.area.rows - 1, 0, THEME_KEY,
		   ((struct evidence_view *)view)->fetching ? _("Fetching the file") :
		   _("o: original seen   x: strike out   f: false   v: open   n: add   Esc: back"));
}

static struct table *evidence_list(struct view *view)
{
	return &((struct evidence_view *)view)->table;
}

const struct view_class evidence_class = {
	.name = "evidence", .contexts = CTX_EVIDENCE | CTX_LIST, .overlay = true,
	.size = sizeof(struct evidence_view),
	.open = evidence_start, .close = evidence_close, .draw = evidence_draw,
	.list = evidence_list, .answer = evidence_answer,
};
