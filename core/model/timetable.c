#include "core/model/timetable.h"

static const struct enum_value place_verdict_values[] = {
	{ "FREE", N_("free") },
	{ "POSSIBLE", N_("possible") },
	{ "IMPOSSIBLE", N_("impossible") },
};
const struct enum_table place_verdict_enum = { "place_verdict", place_verdict_values, 3 };

#define TIMETABLE_TABLE(REC, LIST, PLURAL, LABEL) \
	FIELD_TABLE(REC, LIST, PLURAL, LABEL, false, NULL);
TIMETABLES(TIMETABLE_TABLE)
