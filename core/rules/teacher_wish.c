#include "core/rules/teacher_wish.h"

static bool is_against(const struct conflict_wishes *wishes, int64_t weekday, int64_t minute)
{
	bool wants = false, wanted = false;

	for (size_t i = 0; i < wishes->count; i++) {
		const struct conflict_wish *wish = &wishes->item[i];
		const bool here = wish->weekday == weekday && minute >= wish->from && minute < wish->to;

		if (here && !wish->wanted)
			return true;
		wants = wants || wish->wanted;
		wanted = wanted || (here && wish->wanted);
	}
	return wants && !wanted;
}

/* Up to which minute of the day nothing changes. */
static int64_t same_until(const struct conflict_wishes *wishes, int64_t weekday, int64_t minute)
{
	int64_t until = DAY_MINUTES;

	for (size_t i = 0; i < wishes->count; i++) {
		const struct conflict_wish *wish = &wishes->item[i];
		const int64_t edges[] = { wish->from, wish->to };

		for (int k = 0; k < 2; k++)
			if (wish->weekday == weekday && edges[k] > minute && edges[k] < until)
				until = edges[k];
	}
	return until;
}

int64_t wishes_against(const struct conflict_wishes *wishes, struct conflict_span time)
{
	int64_t sum = 0, next;

	for (int64_t at = time.start; wishes->count && at < time.end; at = next) {
		const int64_t date = conflict_date(at), weekday = date_weekday(date);
		const int64_t midnight = conflict_minute(date, 0);

		next = midnight + same_until(wishes, weekday, at - midnight);
		if (next > time.end)
			next = time.end;
		if (is_against(wishes, weekday, at - midnight))
			sum += next - at;
	}
	return sum;
}
