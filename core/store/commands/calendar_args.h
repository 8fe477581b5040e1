/* calendar_args.h: arguments of the commands on terms and calendar days. */
#ifndef OV_STORE_COMMANDS_CALENDAR_ARGS_H
#define OV_STORE_COMMANDS_CALENDAR_ARGS_H

#include "core/model/cohort.h"

#define TERM_CREATE_ARGS(F, REC) \
	F(REC, FT_TEXT, code, .max = 5, .flags = REQ, .label = N_("Term"), .help = N_("The year and S or A: 2026S"), .width = 5) \
	F(REC, FT_DATE, starts_on, .flags = REQ, .label = N_("First day"), .width = 10) \
	F(REC, FT_DATE, ends_on, .flags = REQ, .label = N_("Last day"), .width = 10)

/* What is empty stays as it is. */
#define TERM_EDIT_ARGS(F, REC) \
	F(REC, FT_DATE, starts_on, .label = N_("First day"), .width = 10) \
	F(REC, FT_DATE, ends_on, .label = N_("Last day"), .width = 10)

#define CALENDAR_SET_ARGS(F, REC) \
	F(REC, FT_DATE, on_date, .flags = REQ, .label = N_("Day"), .width = 10) \
	F(REC, FT_ENUM, kind, .flags = REQ, .enums = &day_kind_enum, .label = N_("Kind"), .width = 10) \
	F(REC, FT_INT, acts_as, .min = 1, .max = 7, .label = N_("Acts as weekday"), .help = N_("1 Monday to 7 Sunday; for a swapped workday only"), .width = 3) \
	F(REC, FT_TEXT, name, .max = 40, .flags = REQ, .label = N_("Name"), .width = 12)

struct term_create_args { TERM_CREATE_ARGS(FIELD_MEMBER, term_create_args) };
struct term_edit_args { TERM_EDIT_ARGS(FIELD_MEMBER, term_edit_args) };
struct calendar_set_args { CALENDAR_SET_ARGS(FIELD_MEMBER, calendar_set_args) };

extern const struct field_table term_create_args_fields, term_edit_args_fields,
	calendar_set_args_fields;

#endif
