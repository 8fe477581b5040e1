#include "tui/views/card_cells.h"

#include "core/base/i18n.h"
#include "core/model/kind.h"
#include "tui/views/student_draw.h"

const struct table_column claim_columns[CLAIM_COLUMNS] = {
	{ N_("Claim"), { .min = 14, .want = 14, .keep = 9 }, TEXT_LEFT },
	{ N_("State"), { .min = 10, .want = 14, .keep = 8 }, TEXT_LEFT },
	{ N_("Source"), { .min = 10, .want = 16, .grow = 1, .keep = 6 }, TEXT_LEFT },
	{ N_("Proposed"), { .min = 8, .want = 8, .keep = 5 }, TEXT_RIGHT },
	{ N_("Granted"), { .min = 7, .want = 8, .keep = 4 }, TEXT_RIGHT },
	{ N_("Submitted"), { .min = 10, .want = 10, .keep = 3 }, TEXT_LEFT },
	{ N_("Deadline"), { .min = 10, .want = 10, .keep = 2 }, TEXT_LEFT },
};

const struct table_column line_columns[1] = {
	{ "", { .min = 20, .want = 60, .grow = 1 }, TEXT_LEFT },
};

void claim_cell(const struct claim_row *claim, size_t column, struct arena *arena,
		struct cell *cell)
{
	char date[DATE_TEXT];

	switch (column) {
	case 0: cell->text = claim->claim_no; break;
	case 1:
		cell->text = enum_label(&claim_state_enum, claim->state);
		cell->role = claim->state != OV_NULL &&
			     claim_state_open((enum claim_state)claim->state) ? THEME_WAITING
									       : THEME_TEXT;
		break;
	case 2: cell->text = claim->source; break;
	case 3: cell->text = credit_text(claim->proposed_centi, arena); break;
	case 4: cell->text = credit_text(claim->granted_centi, arena); break;
	case 5: cell->text = arena_strdup(arena, date_format(claim->submitted_on, date)); break;
	default: cell->text = arena_strdup(arena, date_format(claim->deadline_on, date));
	}
}

const char *module_line(const struct module_credit *m, struct arena *arena)
{
	int64_t have = m->earned_centi == OV_NULL ? 0 : m->earned_centi;

	return arena_printf(arena, _("%s of %s, transferred %s of at most %s"),
			    credit_text(have, arena), credit_text(m->min_centi, arena),
			    credit_text(m->transferred_centi, arena),
			    credit_text(m->transfer_max_centi, arena));
}

const char *certificate_line(const struct card *card, const struct certificate *c,
			     struct arena *arena)
{
	const struct record_list *types = CARD_LIST(card, certificate_type);
	const char *name = "";
	char issued[DATE_TEXT], expires[DATE_TEXT];
	size_t i;

	for (i = 0; i < types->count; i++) {
		const struct certificate_type *type = types->items[i];

		if (type->id == c->type_id)
			name = type->name ? type->name : type->code;
	}
	date_format(c->issued_on, issued);
	date_format(c->expires_on, expires);
	return arena_printf(arena, "%s  %s  %s  %s%s", name,
			    enum_label(&cert_state_enum, c->state), issued,
			    *expires ? _("valid until ") : "", expires);
}
