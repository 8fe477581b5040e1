/* command_list.h: rows of the command table; see command.h. No include guard:
 * it is included once for each use.
 *
 * C(token, name, title, help, args, permission, target, flags, undo)
 *
 * The handler is command_TOKEN() in commands/, the arguments are the field
 * table ARGS_fields. docs/add-a-command.md shows one being added. */

/* --- calendar --- */
C(term_create, "term.create", N_("New term"),
  N_("Adds a teaching term."),
  term_create_args, CALENDAR, TERM, CMD_NEW, NULL)
C(term_edit, "term.edit", N_("Edit term"),
  N_("Changes the first or the last day of a term."),
  term_edit_args, CALENDAR, TERM, 0, "term.edit")
C(calendar_set, "calendar.set", N_("Set calendar day"),
  N_("Says what a day is: holiday, swapped workday, closed or exam day."),
  calendar_set_args, CALENDAR, CALENDAR_DAY, CMD_NEW, NULL)
