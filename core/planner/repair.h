/* repair.h: makes a timetable consistent; the solver's own. */
#ifndef OV_PLANNER_REPAIR_H
#define OV_PLANNER_REPAIR_H

#include "core/planner/tables.h"

/* Takes out unlocked events, those that are in most others' way first, until no
 * two that exclude each other are left but locked ones; then puts back what
 * finds a place after all. HURRY asked for: only as many places are tried as take
 * some 50 ms. */
void repair_clashes(const struct tables *tables, struct place *places,
		    const struct stop *hurry);

#endif
