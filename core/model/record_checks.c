#include "core/model/record_checks.h"

#include "core/model/kind.h"
#include "core/model/reason.h"

#include <string.h>

/* LATER must lie after EARLIER; nulls are fine. */
static void dates_check(int64_t earlier, int64_t later, bool same_allowed,
			const char *field, const char *label, const char *other,
			struct problems *list)
{
	if (earlier == OV_NULL || later == OV_NULL)
		return;
	if (later > earlier || (same_allowed && later == earlier))
		return;
	error_reason(problems_add(list), REASON_FIELD_DATES, "field", field,
		     "label", label, "other", other, NULL);
}

static bool mobile_ok(const char *text)
{
	return strlen(text) == 11 && text[0] == '1' && text[1] >= '3' &&
	       strspn(text, "0123456789") == 11;
}

static bool email_ok(const char *text)
{
	const char *at = strchr(text, '@');

	return at && at != text && at[1] && !strchr(at + 1, '@') && !strpbrk(text, " \t");
}

/* Not empty, no control characters (record_check saw to that), and no blank
 * at either end. */
static bool name_ok(const char *text)
{
	size_t len = strlen(text);

	return len > 0 && text[0] != ' ' && text[len - 1] != ' ';
}

void person_check(const void *record, int64_t today, struct problems *list)
{
	const struct person *p = record;

	if (p->full_name && !name_ok(p->full_name))
		error_reason(problems_add(list), REASON_NAME_BAD, "field", "full_name", NULL);
	if (p->mobile && !mobile_ok(p->mobile))
		error_reason(problems_add(list), REASON_MOBILE_BAD, "field", "mobile", NULL);
	if (p->email && !email_ok(p->email))
		error_reason(problems_add(list), REASON_EMAIL_BAD, "field", "email", NULL);
	if (p->birth_date != OV_NULL && p->birth_date > today)
		error_reason(problems_add(list), REASON_FIELD_DATES, "field", "birth_date",
			     "label", _("Today"), "other", _("Born"), NULL);
}

void student_check(const void *record, int64_t today, struct problems *list)
{
	const struct student *s = record;

	(void)today;
	dates_check(s->registered_on, s->status_since, true, "status_since",
		    _("Since"), _("Registered"), list);
	if ((s->status == STUDENT_GRADUATED) != (s->graduated_on != OV_NULL))
		error_reason(problems_add(list), REASON_FIELD_REQUIRED, "field",
			     "graduated_on", "label", _("Graduated"), NULL);
}

/* Start and length of a letter's shift; no length for a day off. */
static void shift_of(const struct shift_pattern *p, char letter, int64_t *start, int64_t *len)
{
	*start = letter == 'D' ? p->d_start : letter == 'E' ? p->e_start : p->n_start;
	*len = letter == 'D' ? p->d_len : letter == 'E' ? p->e_len : letter == 'N' ? p->n_len : 0;
}

/* Nobody works two shifts at once: one that runs over midnight ends before the
 * next day's begins. In a weekday pattern all days of a week have one letter,
 * and no shift is as long as a day. */
void shift_pattern_check(const void *record, int64_t today, struct problems *list)
{
	const struct shift_pattern *p = record;
	size_t len = p->cycle ? strlen(p->cycle) : 0;

	(void)today;
	if (len && strspn(p->cycle, "DENR") != len) {
		error_reason(problems_add(list), REASON_FIELD_TYPE, "field", "cycle", "label", _("Cycle"),
			     "expected", _("Letters D, E, N and R, one for each day"), NULL);
		return;
	}
	for (size_t i = 0; i < len && p->kind == SHIFT_CYCLE; i++) {
		const char first[2] = { p->cycle[i], 0 }, second[2] = { p->cycle[(i + 1) % len], 0 };
		int64_t start, minutes, next_start, next_minutes;

		shift_of(p, first[0], &start, &minutes);
		shift_of(p, second[0], &next_start, &next_minutes);
		if (minutes > 0 && next_minutes > 0 && start + minutes > next_start + DAY_MINUTES) {
			error_reason(problems_add(list), REASON_PATTERN_OVERLAP, "field", "cycle", "first",
				     first, "second", second, NULL);
			return;
		}
	}
}

void employment_check(const void *record, int64_t today, struct problems *list)
{
	const struct employment *e = record;

	(void)today;
	dates_check(e->valid_from, e->valid_to, false, "valid_to", _("To"), _("From"), list);
	if (e->shift_pattern_id != OV_NULL && e->team_offset == OV_NULL)
		error_reason(problems_add(list), REASON_FIELD_REQUIRED, "field",
			     "team_offset", "label", _("Shift team"), NULL);
}

/* Opening hours are a pair and shorter than a day: those of two days don't meet. */
void room_check(const void *record, int64_t today, struct problems *list)
{
	const struct room *r = record;
	const bool from = r->open_from != OV_NULL, to = r->open_to != OV_NULL;

	(void)today;
	if (from != to)
		error_reason(problems_add(list), REASON_FIELD_REQUIRED, "field",
			     from ? "open_to" : "open_from", "label", from ? _("Closes") : _("Opens"),
			     NULL);
	else if (from && (r->open_to <= r->open_from || r->open_to > r->open_from + DAY_MINUTES))
		error_reason(problems_add(list), REASON_FIELD_RANGE, "field", "open_to", "label",
			     _("Closes"), "min", _("Opens"), "max", _("Opens + 24 h"), NULL);
}

void session_check(const void *record, int64_t today, struct problems *list)
{
	const struct session *s = record;

	(void)today;
	if (s->start_min != OV_NULL && s->end_min != OV_NULL &&
	    (s->end_min <= s->start_min || s->end_min > s->start_min + 720))
		error_reason(problems_add(list), REASON_FIELD_RANGE, "field", "end_min",
			     "label", _("End"), "min", _("Start"), "max", _("Start + 12 h"), NULL);
	if (s->mode != OV_NULL && s->mode != MODE_ONLINE && s->room_id == OV_NULL)
		error_reason(problems_add(list), REASON_FIELD_REQUIRED, "field", "room_id",
			     "label", _("Room"), NULL);
	if (s->assistant_id != OV_NULL && s->assistant_id == s->teacher_id)
		error_reason(problems_add(list), REASON_ASSISTANT_SAME, "field", "assistant_id", NULL);
}

void programme_check(const void *record, int64_t today, struct problems *list)
{
	const struct programme *p = record;

	(void)today;
	if ((p->kind == PROGRAMME_NON_DEGREE) != (p->level == OV_NULL))
		error_reason(problems_add(list), REASON_FIELD_REQUIRED, "field", "level",
			     "label", _("Level"), NULL);
	dates_check(p->min_months, p->max_months, false, "max_months",
		    _("Most months"), _("Least months"), list);
}

void curriculum_check(const void *record, int64_t today, struct problems *list)
{
	const struct curriculum *c = record;

	(void)today;
	dates_check(c->effective_from, c->effective_to, false, "effective_to",
		    _("To"), _("From"), list);
}

void term_check(const void *record, int64_t today, struct problems *list)
{
	const struct term *t = record;

	(void)today;
	dates_check(t->starts_on, t->ends_on, false, "ends_on", _("Last day"),
		    _("First day"), list);
}

void certificate_check(const void *record, int64_t today, struct problems *list)
{
	const struct certificate *c = record;

	dates_check(c->issued_on, c->expires_on, true, "expires_on", _("Expires"),
		    _("Issued"), list);
	dates_check(c->issued_on, today, true, "issued_on", _("Today"), _("Issued"), list);
}
