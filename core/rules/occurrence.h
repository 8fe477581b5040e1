/* occurrence.h: from a series of meetings to its dated occurrences.
 * CONFLICTS.md, "Occurrences" and the fields of a session. Clocks are minutes
 * of the day; an end that is not after its start lies on the next day. */
#ifndef OV_RULES_OCCURRENCE_H
#define OV_RULES_OCCURRENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/civil.h"
#include "core/rules/conflict.h"

/* The change of one occurrence; OV_NULL: as in the series. */
struct occurrence_change {
	int64_t original; /* date it changes */
	int64_t date, from, to;
};

struct occurrence_series {
	int64_t from, to; /* clocks: 0…1439, end up to 1440 */
	const int64_t *dates;
	size_t date_count;
	bool every;
	int weekday; /* 0 Monday … 6 Sunday */
	int64_t every_from, every_until; /* both inclusive */
	const int64_t *except; /* original dates that don't take place; wins */
	size_t except_count;
	const struct occurrence_change *changes;
	size_t change_count;
};

struct occurrence {
	int64_t original;
	struct conflict_span time; /* as it takes place now */
	int change; /* index of its change, -1 */
};

struct occurrence_list {
	struct occurrence *item; /* by original date */
	size_t count;
};

enum { OCCURRENCE_LIMIT = 20000 };

enum occurrence_fault {
	OCCURRENCE_FINE, OCCURRENCE_EMPTY, /* equal clocks */
	OCCURRENCE_TWICE,                  /* one date twice */
	OCCURRENCE_MANY                    /* more than OCCURRENCE_LIMIT */
};

/* [from, to) of DATE in minutes. Equal clocks give an empty interval, which
 * is refused everywhere; 24:00 is not 00:00. */
struct conflict_span clock_span(int64_t date, int64_t from, int64_t to);

/* Fills LIST, in ARENA. */
enum occurrence_fault occurrence_expand(const struct occurrence_series *series,
					struct arena *arena, struct occurrence_list *list);

#endif
