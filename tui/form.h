/* form.h: a form made from a field table.
 *
 * Each field is checked when it is left; saving checks all and shows every
 * problem at once, beside its field. Enums and flags are chosen with Left and
 * Right (or their first letters), lists are edited in a dialog of their own
 * (views/rows_view.h), all others typed. Fields set by the system, secrets and
 * hashes are left out. */
#ifndef OV_TUI_FORM_H
#define OV_TUI_FORM_H

#include "core/model/field.h"
#include "tui/edit.h"

struct draft;

struct form_line {
	const struct field *field;
	struct edit edit;     /* typed fields; for enums the code */
	bool fixed;           /* shown, not changed */
	char shown[96];       /* of a reference: what the id stands for */
	char problem[200];    /* "" when fine */
	struct record_list list; /* rows of a list field, in list_arena */
	struct arena list_arena;
};

struct form {
	const struct field_table *table;
	struct form_line *lines;
	size_t count, focus, top;
	bool touched;         /* something was typed */
	char general[200];    /* a problem of no single field */
};

/* Texts are taken from RECORD unless it is NULL. */
void form_init(struct form *form, const struct field_table *table, const void *record);
void form_release(struct form *form);

struct form_line *form_find(struct form *form, const char *name); /* NULL */
void form_set(struct form *form, const char *name, const char *text);
/* A reference's id and what is shown for it. */
void form_set_ref(struct form *form, const char *name, int64_t id, const char *shown);
/* The rows of a list field; copied. */
void form_set_list(struct form_line *line, const struct record_list *rows);
void form_fix(struct form *form, const char *name); /* shown, not changed */

bool form_key(struct form *form, key_press key);
void form_go(struct form *form, int by); /* checks the field that is left */

/* The record, in ARENA, when all is well; otherwise the code of the first
 * problem, every problem at its line and the focus at the first. */
int form_read(struct form *form, int64_t today, struct arena *arena, void **record);
/* Puts a problem that the store found at its line. */
void form_problem(struct form *form, const struct error *err);

void form_draw(struct form *form, const struct canvas *canvas, bool focus);
/* Rows it would like. */
int form_rows(const struct form *form);

/* Unsaved work in and out; see draft.h. A list's row is "lines.0.source". */
void form_draft(const struct form *form, struct buf *out);
void form_undraft(struct form *form, const struct draft *draft);

#endif
