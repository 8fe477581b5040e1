#include "core/model/plan.h"

#include <errno.h>
#include <stdlib.h>

#include "core/model/kind.h"

static const struct enum_value exception_kind_values[] = {
	{ "LEAVE", N_("leave") },
	{ "SWAP", N_("shift swapped") },
	{ "OVERTIME", N_("overtime") },
};
const struct enum_table exception_kind_enum = { "exception_kind", exception_kind_values, 3 };

static const struct enum_value calendar_state_values[] = {
	{ "CURRENT", N_("in force") },
	{ "SUPERSEDED", N_("superseded") },
	{ "REVOKED", N_("revoked") },
};
const struct enum_table calendar_state_enum = { "calendar_state", calendar_state_values, 3 };

static const struct enum_value plan_state_values[] = {
	{ "DRAFT", N_("draft") },
	{ "PUBLISHED", N_("published") },
	{ "UNDONE", N_("taken back") },
	{ "DISCARDED", N_("discarded") },
};
const struct enum_table plan_state_enum = { "plan_state", plan_state_values, 4 };

static const struct enum_value plan_session_state_values[] = {
	{ "PLACED", N_("placed") },
	{ "UNPLACED", N_("not placed") },
	{ "FIXED", N_("fixed") },
};
const struct enum_table plan_session_state_enum = { "plan_session_state",
						    plan_session_state_values, 3 };

static const struct enum_value plan_cost_values[PLAN_COSTS] = {
	[PLAN_COST_TIME] = { "TIME", N_("shifts, early and late hours") },
	[PLAN_COST_ROOM] = { "ROOM", N_("rooms too large, other sites") },
	[PLAN_COST_SPREAD] = { "SPREAD", N_("lessons crowded into few weeks") },
	[PLAN_COST_ISOLATED] = { "ISOLATED", N_("lessons alone on their day") },
	[PLAN_COST_STABILITY] = { "STABILITY", N_("changes of room") },
	[PLAN_COST_KEEP] = { "KEEP", N_("moved from the present timetable") },
	[PLAN_COST_LOAD] = { "LOAD", N_("teachers over their daily minutes") },
	[PLAN_COST_WEEK] = { "WEEK", N_("teachers over weekly minutes") },
	[PLAN_COST_FAIR] = { "FAIR", N_("lessons too many in night weeks") },
	[PLAN_COST_WISH] = { "WISH", N_("hours against teachers' wishes") },
};
const struct enum_table plan_cost_enum = { "plan_cost", plan_cost_values, PLAN_COSTS };

FIELD_TABLE(shift_exception, SHIFT_EXCEPTION_FIELDS, "shift_exceptions",
	    N_("exception from a shift"), true, NULL);
FIELD_TABLE(calendar_version, CALENDAR_VERSION_FIELDS, "calendar_versions",
	    N_("version of a calendar"), true, NULL);
FIELD_TABLE(calendar_version_day, CALENDAR_VERSION_DAY_FIELDS, "calendar_version_days",
	    N_("day of a calendar version"), true, NULL);
FIELD_TABLE(session_series, SESSION_SERIES_FIELDS, "session_series_list",
	    N_("series of meetings"), true, NULL);
FIELD_TABLE(plan_draft, PLAN_DRAFT_FIELDS, "plan_drafts",
	    N_("draft of a timetable"), true, NULL);
FIELD_TABLE(plan_session, PLAN_SESSION_FIELDS, "plan_sessions",
	    N_("meeting of a draft"), true, NULL);
FIELD_TABLE(plan_blocker, PLAN_BLOCKER_FIELDS, "plan_blockers",
	    N_("what keeps a meeting out"), true, NULL);
FIELD_TABLE(plan_clash, PLAN_CLASH_FIELDS, "plan_clashes",
	    N_("learner whom a draft meets at work"), true, NULL);
FIELD_TABLE(plan_need, PLAN_NEED_FIELDS, "plan_needs",
	    N_("course to be taught"), false, NULL);
FIELD_TABLE(plan_crew, PLAN_CREW_FIELDS, "plan_crews",
	    N_("crew of a cohort"), false, NULL);
FIELD_TABLE(plan_tie, PLAN_TIE_FIELDS, "plan_ties",
	    N_("courses with learners in common"), false, NULL);
FIELD_TABLE(day_change, DAY_CHANGE_FIELDS, "day_changes",
	    N_("changed day"), false, NULL);

size_t plan_numbers(const char *text, int64_t *numbers, size_t room)
{
	size_t count = 0;

	while (text && *text && count < room) {
		char *end;

		errno = 0;
		numbers[count] = strtoll(text, &end, 10);
		if (end == text || errno || (*end && *end != ','))
			return 0;
		count++;
		text = *end ? end + 1 : end;
	}
	return count;
}
