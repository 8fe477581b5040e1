/* student_draw.h: what the desk sees of a learner, from a STUDENT card. */
#ifndef OV_TUI_VIEWS_STUDENT_DRAW_H
#define OV_TUI_VIEWS_STUDENT_DRAW_H

#include "tui/canvas.h"
#include "tui/views/card_job.h"

/* Values shown in clear for a while, or NULL for the masked ones. */
struct revealed_values {
	const char *doc_no, *mobile, *birth_date;
};

/* Name, document, phone; programme; credits with a bar; work and shift; next
 * meetings; warnings. Returns the rows used, at most those of the canvas. */
int student_summary_draw(const struct card *card, const struct revealed_values *clear,
			 int64_t today, const struct canvas *canvas);
/* Rows it would like. */
enum { STUDENT_SUMMARY_ROWS = 7 };

/* Name, number, document and phone in one row, from column COL on. */
void person_draw(const struct card *card, const struct revealed_values *clear,
		 const struct canvas *canvas, int row, int col);
/* A label and its value; returns the column behind them. */
int pair_draw(const struct canvas *canvas, int row, int col, const char *label,
	      enum theme_role role, const char *value);
/* A field as people read it, "-" when it is empty or withheld. */
const char *field_shown(const struct field_table *table, const void *record, const char *name,
			struct arena *arena);
/* The sum of the modules: the row with code "", or all rows added up. */
struct module_credit credit_total(const struct card *card);
/* The letter of a team's shift on DAY and when it works, 'R' for rest; 0 when
 * the pattern has no letters or the team isn't known. */
char shift_day(const struct employment *work, const struct shift_pattern *pattern, int64_t day,
	       int64_t *from, int64_t *to);

/* One line of the credits of a module, with its bar. */
void module_credit_draw(const struct module_credit *module, const struct canvas *canvas,
			int row);
/* "Mon 11-23 15:40-17:15 Course, room, teacher" */
const char *slot_text(const struct session_slot *slot, struct arena *arena);
/* "Mon" of an ISO weekday, translated. */
const char *weekday_name(int weekday);
/* "118.00/160.00" without needless zeros: "118/160". */
const char *credits_text(int64_t have, int64_t whole, struct arena *arena);
const char *credit_text(int64_t centi, struct arena *arena);
const char *minutes_text(int64_t minutes, struct arena *arena); /* "08:30" */

#endif
