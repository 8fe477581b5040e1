#include "tui/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/draft.h"

static bool in_form(const struct field *field)
{
	return !(field->flags & (SYSTEM | SECRET)) && field->type != FT_HASH &&
	       strcmp(field->name, "unused") != 0;
}

static bool chosen(const struct field *field)
{
	return field->type == FT_ENUM || field->type == FT_BOOL;
}

static size_t field_max(const struct field *field)
{
	if (field->type == FT_TEXT && field->max > 0 && field->max < 4000)
		return (size_t)field->max + 1; /* one more, so that too long shows */
	return field->type == FT_TEXT ? 4000 : 40;
}

void form_init(struct form *form, const struct field_table *table, const void *record)
{
	char text[4096];
	size_t i;

	memset(form, 0, sizeof *form);
	form->table = table;
	form->lines = mem_alloc(table->count * sizeof *form->lines);
	for (i = 0; i < table->count; i++) {
		const struct field *field = &table->fields[i];
		struct form_line *line = &form->lines[form->count];

		if (!in_form(field))
			continue;
		line->field = field;
		edit_init(&line->edit, field_max(field));
		line->edit.multiline = (field->flags & MULTILINE) != 0;
		line->list.table = field->items;
		if (record && field->type == FT_LIST && field_list(field, record))
			form_set_list(line, field_list(field, record));
		else if (record && !field_is_null(field, record))
			edit_set(&line->edit, field_format(field, record, text, sizeof text));
		form->count++;
	}
	explicit_bzero(text, sizeof text);
}

void form_release(struct form *form)
{
	size_t i;

	for (i = 0; i < form->count; i++) {
		edit_release(&form->lines[i].edit);
		arena_release(&form->lines[i].list_arena);
	}
	free(form->lines);
	memset(form, 0, sizeof *form);
}

struct form_line *form_find(struct form *form, const char *name)
{
	size_t i;

	for (i = 0; i < form->count; i++) {
		if (strcmp(form->lines[i].field->name, name) == 0)
			return &form->lines[i];
	}
	return NULL;
}

void form_set(struct form *form, const char *name, const char *text)
{
	struct form_line *line = form_find(form, name);

	if (line)
		edit_set(&line->edit, text);
}

void form_set_ref(struct form *form, const char *name, int64_t id, const char *shown)
{
	struct form_line *line = form_find(form, name);
	char text[24];

	if (!line)
		return;
	snprintf(text, sizeof text, "%lld", (long long)id);
	edit_set(&line->edit, text);
	snprintf(line->shown, sizeof line->shown, "%s", shown ? shown : "");
}

void form_set_list(struct form_line *line, const struct record_list *rows)
{
	struct arena made = ARENA_INIT;
	void **items = arena_array(&made, rows->count, sizeof *items);
	size_t i;

	for (i = 0; i < rows->count; i++)
		items[i] = record_copy(&made, line->field->items, rows->items[i]);
	line->list.count = rows->count;
	line->list.items = items;
	arena_release(&line->list_arena);
	line->list_arena = made;
}

void form_fix(struct form *form, const char *name)
{
	struct form_line *line = form_find(form, name);

	if (line)
		line->fixed = true;
}

/* --- choosing --- */

static size_t choice_count(const struct field *field)
{
	return field->type == FT_BOOL ? 2 : field->enums->count;
}

static const char *choice_code(const struct field *field, size_t i)
{
	if (field->type == FT_BOOL)
		return i ? "0" : "1"; /* yes first: it is what one blank asks for */
	return field->enums->values[i].code;
}

static const char *choice_label(const struct field *field, size_t i)
{
	if (field->type == FT_BOOL)
		return i ? _("no") : _("yes");
	return enum_label(field->enums, (int64_t)i);
}

/* Index of the choice taken, choice_count() when none is. */
static size_t choice_now(const struct form_line *line)
{
	size_t i, count = choice_count(line->field);

	for (i = 0; i < count; i++) {
		if (strcmp(choice_code(line->field, i), line->edit.text) == 0)
			break;
	}
	return i;
}

static bool choice_key(struct form_line *line, key_press key)
{
	size_t count = choice_count(line->field), now = choice_now(line), i;

	if (key == K_RIGHT || key == ' ') {
		edit_set(&line->edit, choice_code(line->field, now + 1 < count ? now + 1 : 0));
	} else if (key == K_LEFT) {
		edit_set(&line->edit, choice_code(line->field, now > 0 && now < count ? now - 1
										  : count - 1));
	} else if (key == K_BACKSPACE || key == K_DELETE) {
		edit_set(&line->edit, "");
	} else if (line->field->type == FT_BOOL && (key == 'y' || key == 'n')) {
		edit_set(&line->edit, choice_code(line->field, key == 'n'));
	} else if (key_is_text(key)) {
		for (i = 1; i <= count; i++) {
			size_t at = (now + i) % count;
			char first = choice_code(line->field, at)[0];

			if ((key_press)first == key || (key_press)(first | 0x20) == key) {
				edit_set(&line->edit, choice_code(line->field, at));
				break;
			}
		}
	} else {
		return false;
	}
	return true;
}

/* --- checking --- */

static void problem_set(struct form_line *line, const struct error *err)
{
	size_t len = utf8_prefix(err->message, sizeof line->problem / UTF8_MAX - 1);

	memcpy(line->problem, err->message, len);
	line->problem[len] = '\0';
}

static int line_check(struct form *form, struct form_line *line, void *record, struct arena *arena)
{
	struct error err = ERROR_INIT;
	int rc;

	(void)form;
	line->problem[0] = '\0';
	if (line->field->type == FT_LIST) {
		field_set_list(line->field, record, line->list.count ? &line->list : NULL);
		return 0;
	}
	rc = field_parse(line->field, line->edit.text, record, arena, &err);
	if (rc)
		problem_set(line, &err);
	return rc;
}

void form_go(struct form *form, int by)
{
	struct arena arena = ARENA_INIT;
	size_t steps;

	if (!form->count)
		return;
	line_check(form, &form->lines[form->focus], record_new(&arena, form->table), &arena);
	arena_release(&arena);
	for (steps = 0; steps < form->count; steps++) {
		form->focus = (form->focus + form->count + (size_t)(by < 0 ? -1 : 1)) % form->count;
		if (!form->lines[form->focus].fixed)
			return;
	}
}

bool form_key(struct form *form, key_press key)
{
	struct form_line *line;
	bool used;

	if (!form->count)
		return false;
	line = &form->lines[form->focus];
	if (key == K_ENTER) {
		form_go(form, 1);
		return true;
	}
	if (line->fixed || line->field->type == FT_LIST)
		return false;
	used = chosen(line->field) ? choice_key(line, key) : edit_key(&line->edit, key);
	if (used) {
		form->touched = true;
		line->shown[0] = '\0';
	}
	return used;
}

void form_problem(struct form *form, const struct error *err)
{
	struct form_line *line = err->field[0] ? form_find(form, err->field) : NULL;

	if (line)
		problem_set(line, err);
	else
		snprintf(form->general, sizeof form->general, "%.190s", err->message);
}

static void focus_first_problem(struct form *form)
{
	size_t i;

	for (i = 0; i < form->count; i++) {
		if (form->lines[i].problem[0]) {
			form->focus = i;
			return;
		}
	}
}

int form_read(struct form *form, int64_t today, struct arena *arena, void **record)
{
	struct problems problems = { .count = 0 };
	void *made = record_new(arena, form->table);
	size_t i;
	int rc = 0;

	form->general[0] = '\0';
	for (i = 0; i < form->count; i++) {
		int bad = line_check(form, &form->lines[i], made, arena);

		rc = rc ? rc : bad;
	}
	if (record_check(form->table, made, today, &problems)) {
		for (i = 0; i < problems.count; i++) {
			struct form_line *line = form_find(form, problems.item[i].field);

			/* What was typed wrong stays the first complaint. */
			if (line && line->problem[0])
				continue;
			form_problem(form, &problems.item[i]);
			rc = rc ? rc : problems.item[i].code;
		}
	}
	focus_first_problem(form);
	*record = rc ? NULL : made;
	return rc;
}

/* --- drawing --- */

int form_rows(const struct form *form)
{
	size_t i;
	int rows = (int)form->count + 1;

	for (i = 0; i < form->count; i++)
		rows += form->lines[i].problem[0] ? 1 : 0;
	return rows + (form->general[0] ? 1 : 0);
}

static int label_cells(const struct form *form, int cols)
{
	int most = 8;
	size_t i;

	for (i = 0; i < form->count; i++) {
		const struct field *field = form->lines[i].field;
		int width = text_width(_(field->label ? field->label : field->name));

		if (width > most)
			most = width;
	}
	return most + 2 > cols / 3 ? cols / 3 : most + 2;
}

static void choice_draw(struct form_line *line, const struct canvas *canvas, int row, int col,
			int cells, enum theme_role role, bool focus)
{
	size_t now = choice_now(line);
	const char *label = now < choice_count(line->field) ? choice_label(line->field, now) : "-";

	canvas_put(canvas, row, col, THEME_MUTED, "<");
	canvas_fit(canvas, row, col + 2, cells > 24 ? 20 : cells - 4, role, TEXT_LEFT, label);
	canvas_put(canvas, row, col + (cells > 24 ? 23 : cells - 1), THEME_MUTED, ">");
	if (focus)
		canvas_cursor(canvas, row, col + 2);
}

static void list_draw(struct form_line *line, const struct canvas *canvas, int row, int col,
		      int cells, bool focus)
{
	canvas_fit(canvas, row, col, cells, THEME_FIELD, TEXT_LEFT,
		   arena_printf(canvas_arena(canvas), _("%zu rows"), line->list.count));
	if (focus)
		canvas_cursor(canvas, row, col);
}

static int line_draw(struct form *form, size_t at, const struct canvas *canvas, int row,
		     int label, bool focus)
{
	struct form_line *line = &form->lines[at];
	const struct field *field = line->field;
	enum theme_role role = line->problem[0] ? THEME_FIELD_BAD : THEME_FIELD;
	int col = label + 4, cells = canvas->area.cols - col;
	bool here = focus && at == form->focus;

	if (at == form->focus)
		canvas_put(canvas, row, 0, THEME_MARKER, ">");
	if (line->problem[0])
		canvas_put(canvas, row, 1, THEME_REFUSED, "!");
	canvas_fit(canvas, row, 2, label, THEME_LABEL, TEXT_LEFT,
		   _(field->label ? field->label : field->name));
	canvas_put(canvas, row, 2 + label, THEME_LABEL, field->flags & REQ ? "*" : " ");
	if (line->fixed)
		canvas_fit(canvas, row, col, cells, THEME_VALUE, TEXT_LEFT,
			   line->shown[0] ? line->shown : line->edit.text);
	else if (field->type == FT_LIST)
		list_draw(line, canvas, row, col, cells, here);
	else if (chosen(field))
		choice_draw(line, canvas, row, col, cells, role, here);
	else if (line->shown[0] && !here)
		canvas_fit(canvas, row, col, cells, role, TEXT_LEFT, line->shown);
	else
		edit_draw(&line->edit, canvas, row, col, cells > 40 && field_max(field) <= 40
			  ? 40 : cells, role, here);
	if (here && line->shown[0] && !line->fixed)
		canvas_put(canvas, row, col + text_width(line->edit.text) + 2, THEME_MUTED,
			   line->shown);
	if (!line->problem[0])
		return 1;
	canvas_fit(canvas, row + 1, col, cells, THEME_REFUSED, TEXT_LEFT, line->problem);
	return 2;
}

void form_draw(struct form *form, const struct canvas *canvas, bool focus)
{
	int rows = canvas->area.rows - 1, label = label_cells(form, canvas->area.cols), row = 0;
	const struct field *field;
	int room = rows;
	size_t at;

	/* A problem takes a row of its own, below its field. */
	for (at = 0; at < form->count; at++)
		room -= form->lines[at].problem[0] ? 1 : 0;
	form->top = layout_scroll(form->top, form->focus, form->count, room > 1 ? room : 1);
	for (at = form->top; at < form->count && row < rows; at++)
		row += line_draw(form, at, canvas, row, label, focus);
	field = form->count ? form->lines[form->focus].field : NULL;
	if (form->general[0])
		canvas_fit(canvas, rows, 2, canvas->area.cols - 2, THEME_REFUSED, TEXT_LEFT,
			   form->general);
	else if (field && field->help)
		canvas_fit(canvas, rows, 2, canvas->area.cols - 2, THEME_MUTED, TEXT_LEFT,
			   _(field->help));
}

/* --- drafts --- */

static void rows_draft(const struct form_line *line, struct buf *out)
{
	const struct field_table *items = line->field->items;
	char key[128], text[4096];
	size_t row, i;

	for (row = 0; row < line->list.count; row++) {
		for (i = 0; i < items->count; i++) {
			const struct field *field = &items->fields[i];

			if (field->type == FT_LIST || field->type == FT_HASH ||
			    field_is_null(field, line->list.items[row]))
				continue;
			snprintf(key, sizeof key, "%s.%zu.%s", line->field->name, row, field->name);
			draft_put(out, key,
				  field_format(field, line->list.items[row], text, sizeof text));
		}
	}
	explicit_bzero(text, sizeof text);
}

void form_draft(const struct form *form, struct buf *out)
{
	size_t i;

	for (i = 0; form->touched && i < form->count; i++) {
		const struct form_line *line = &form->lines[i];

		if (line->field->type == FT_LIST)
			rows_draft(line, out);
		else if (line->edit.len && !line->fixed)
			draft_put(out, line->field->name, line->edit.text);
	}
}

/* A row's value "lines.0.source": rows come in order, as they were written. */
static void row_undraft(struct form_line *line, const char *rest, const char *value,
			struct arena *arena, struct record_list *rows)
{
	char *end;
	unsigned long row = strtoul(rest, &end, 10);
	const struct field *field = *end == '.' ? field_find(line->field->items, end + 1) : NULL;
	struct error err = ERROR_INIT;

	if (!field || field->type == FT_LIST || field->type == FT_HASH || row > rows->count ||
	    row >= DRAFT_VALUES_MAX)
		return;
	if (row == rows->count)
		rows->items[rows->count++] = record_new(arena, line->field->items);
	if (field_parse(field, value, rows->items[row], arena, &err))
		return; /* this value was not one before either: it stays empty */
}

void form_undraft(struct form *form, const struct draft *draft)
{
	struct arena arena = ARENA_INIT;
	size_t i, k;

	for (i = 0; i < form->count; i++) {
		struct form_line *line = &form->lines[i];
		size_t len = strlen(line->field->name);
		struct record_list rows = { .table = line->field->items, .count = 0 };

		if (line->field->type != FT_LIST) {
			const char *value = draft_get(draft, line->field->name);

			if (value)
				edit_set(&line->edit, value);
			continue;
		}
		rows.items = arena_array(&arena, DRAFT_VALUES_MAX, sizeof *rows.items);
		for (k = 0; k < draft->count; k++) {
			if (strncmp(draft->key[k], line->field->name, len) == 0 &&
			    draft->key[k][len] == '.')
				row_undraft(line, draft->key[k] + len + 1, draft->value[k], &arena,
					    &rows);
		}
		form_set_list(line, &rows);
	}
	form->touched = true;
	arena_release(&arena);
}
