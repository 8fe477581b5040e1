#include <string.h>

#include "core/base/text.h"

#include "tui/views/hit_rows.h"
#include "tui/views/student_draw.h"

enum {
	COL_NO, COL_NAME, COL_PROGRAMME, COL_COHORT, COL_PLANT, COL_CREDITS, COL_STATUS,
	COL_CLAIMS, COL_NARROWED, COLUMNS
};

static const struct table_column columns[COLUMNS] = {
	{ N_("Number"), { .min = 13, .want = 13, .keep = 9 }, TEXT_LEFT },
	{ N_("Name"), { .min = 12, .want = 16, .grow = 1, .keep = 10 }, TEXT_LEFT },
	{ N_("Programme"), { .min = 22, .want = 22, .grow = 2, .keep = 2 }, TEXT_LEFT },
	{ N_("Cohort"), { .min = 10, .want = 16, .grow = 1, .keep = 5 }, TEXT_LEFT },
	{ N_("Plant"), { .min = 10, .want = 14, .grow = 2, .keep = 1 }, TEXT_LEFT },
	{ N_("Credits"), { .min = 7, .want = 7, .keep = 4 }, TEXT_RIGHT },
	{ N_("Standing"), { .min = 8, .want = 9, .keep = 7 }, TEXT_LEFT },
	{ N_("Open"), { .min = 4, .want = 4, .keep = 3 }, TEXT_RIGHT },
	{ N_("Narrowed by"), { .min = 12, .want = 16, .grow = 1, .keep = 6 }, TEXT_LEFT },
};

const struct student_hit *hit_at(const struct page *hits, size_t row)
{
	return row < hits->count ? hits->records[row] : NULL;
}

static void match_mark(const struct student_hit *hit, struct cell *cell)
{
	if (hit->match_at == OV_NULL || hit->match_len == OV_NULL || hit->match_at < 0 ||
	    hit->match_len < 1)
		return;
	cell->match_at = (size_t)hit->match_at;
	cell->match_len = (size_t)hit->match_len;
}

/* The last word where it stands literally in the cell; by its pinyin there is nothing
 * to point at. */
static void narrowed_mark(const char *typed, struct cell *cell)
{
	const char *word = typed ? strrchr(typed, ' ') : NULL;
	const char *found = word && word[1] && cell->text ? strstr(cell->text, word + 1) : NULL;

	if (!found)
		return;
	cell->match_at = utf8_count(cell->text) - utf8_count(found);
	cell->match_len = utf8_count(word + 1);
}

static void hit_cell(const void *context, size_t row, size_t column, struct arena *arena,
			struct cell *cell)
{
	const struct student_hit *hit = hit_at(((const struct hit_list *)context)->hits, row);

	switch (column) {
	case COL_NO:
		cell->text = hit->student_no;
		if (hit->matched == MATCH_NUMBER || hit->matched == MATCH_NUMBER_TAIL)
			match_mark(hit, cell);
		break;
	case COL_NAME:
		cell->text = hit->full_name;
		if (hit->matched == MATCH_NAME || hit->matched == MATCH_PINYIN ||
		    hit->matched == MATCH_INITIALS || hit->matched == MATCH_SOUND)
			match_mark(hit, cell);
		break;
	case COL_PROGRAMME: cell->text = hit->programme_name ? hit->programme_name
							     : hit->programme; break;
	case COL_COHORT: cell->text = hit->cohort; break;
	case COL_PLANT: cell->text = hit->plant; break;
	case COL_CREDITS:
		if (hit->earned_centi != OV_NULL)
			cell->text = credit_text(hit->earned_centi, arena);
		break;
	case COL_STATUS:
		cell->text = enum_label(&student_status_enum, hit->status);
		cell->role = hit->status == STUDENT_ACTIVE ? THEME_TEXT : THEME_WARNING;
		break;
	case COL_NARROWED:
		cell->text = hit->narrowed_by;
		narrowed_mark(((const struct hit_list *)context)->typed->text, cell);
		break;
	default:
		if (hit->open_claims > 0) {
			cell->text = arena_printf(arena, "%d", (int)hit->open_claims);
			cell->role = THEME_WAITING;
		}
	}
}

void hit_table_init(struct table *table, const struct hit_list *list)
{
	*table = (struct table){ .columns = columns, .column_count = COL_NARROWED,
				 .cell = hit_cell, .context = list };
}

void hit_table_fit(struct table *table, const struct page *hits)
{
	const struct student_hit *first = hit_at(hits, 0);

	table->column_count = first && first->narrowed_by ? COLUMNS : COL_NARROWED;
}

void hits_order_keep(const struct page *before, struct page *now)
{
	size_t placed = 0;

	for (size_t i = 0; i < before->count; i++) {
		const struct student_hit *stood = before->records[i];
		size_t at = placed;

		while (at < now->count && ((struct student_hit *)now->records[at])->id != stood->id)
			at++;
		if (at == now->count)
			continue;
		void *hit = now->records[at];

		memmove(now->records + placed + 1, now->records + placed,
			(at - placed) * sizeof *now->records);
		now->records[placed++] = hit;
	}
}
