#include "core/rules/workflow_guard.h"

#include <inttypes.h>
#include <stdio.h>

int64_t claim_party(int64_t person_id, int64_t user_id)
{
	if (person_id != OV_NULL && person_id > 0)
		return person_id;
	/* Below zero, so that a login never looks like a person. */
	return user_id == OV_NULL || user_id <= 0 ? 0 : -user_id;
}

bool claim_needs_expert(int64_t proposed_centi, int64_t lines_without_rule)
{
	return lines_without_rule > 0 || proposed_centi >= CLAIM_EXPERT_CENTI;
}

bool claim_overdue(enum claim_state state, int64_t deadline_on, int64_t today)
{
	bool marks = state == CLAIM_SUBMITTED || state == CLAIM_ACCEPTED ||
		     state == CLAIM_EXPERT || state == CLAIM_OBJECTED;

	return marks && deadline_on != OV_NULL && today > deadline_on;
}

static bool row_from(const struct claim_transition *row, int64_t state)
{
	return state == OV_NULL ? row->from == 0 : (row->from >> state & 1u) != 0;
}

const struct claim_transition *claim_transition_find(int64_t state, enum claim_event event)
{
	for (size_t i = 0; i < claim_transition_count; i++)
		if (claim_transitions[i].event == event && row_from(&claim_transitions[i], state))
			return &claim_transitions[i];
	return NULL;
}

/* Everything one judgement looks at. */
struct judge {
	const struct claim_facts *facts;
	const struct actor *actor;
	int64_t party; /* of the actor, 0 for the system */
	struct error *err;
};

static bool among(const struct claim_parties *parties, int64_t party)
{
	for (size_t i = 0; party != 0 && i < parties->count; i++)
		if (parties->party[i] == party)
			return true;
	return false;
}

static bool is_party(const struct judge *judge, int64_t party)
{
	return judge->party != 0 && judge->party == party;
}

static bool is_preparer(const struct judge *judge)
{
	const struct claim_facts *facts = judge->facts;

	return is_party(judge, facts->created) || is_party(judge, facts->submitted) ||
	       is_party(judge, facts->accepted) || is_party(judge, facts->verified) ||
	       among(&facts->prepared, judge->party);
}

static bool is_reviewer(const struct judge *judge)
{
	const struct claim_facts *facts = judge->facts;

	return is_party(judge, facts->first) || is_party(judge, facts->expert) ||
	       is_party(judge, facts->second);
}

static int refuse_line(const struct judge *judge, enum reason reason, int64_t line_no)
{
	const struct claim_facts *facts = judge->facts;
	char line[24], granted[24], now[24], cap[200];

	snprintf(line, sizeof line, "%" PRId64, line_no);
	return error_reason(judge->err, reason, "line", line, "claim",
			    facts->busy_claim_no ? facts->busy_claim_no : "",
			    "granted", centi_format(facts->over_granted, granted),
			    "now", centi_format(facts->over_now, now),
			    "cap", facts->over_cap == REASON_NONE ? "" :
				   reason_format(facts->over_cap, cap, sizeof cap, NULL), NULL);
}

static int refuse_unless(const struct judge *judge, bool good, enum reason reason)
{
	return good ? 0 : error_reason(judge->err, reason, NULL);
}

static int refuse_date(const struct judge *judge, enum reason reason)
{
	char deadline[DATE_TEXT];

	return error_reason(judge->err, reason, "deadline",
			    date_format(judge->facts->deadline_on, deadline), NULL);
}

static int guard_line(const struct judge *judge, enum claim_guard guard)
{
	static const struct {
		enum claim_guard guard;
		size_t member;
		enum reason reason;
	} rows[] = {
#define LINE(guard, member, reason) \
	{ GUARD_##guard, offsetof(struct claim_facts, member), REASON_##reason }
		LINE(EVIDENCE, line_no_evidence, SM_NO_EVIDENCE),
		LINE(SOURCES_FREE, line_busy, SM_SOURCE_BUSY),
		LINE(CHECKED, line_unchecked, SM_UNCHECKED),
		LINE(OPINION, line_no_opinion, SM_OPINION),
		LINE(CAPS, line_over_cap, SM_CAP_NOW),
		LINE(UNSPENT, line_spent, SM_SPENT),
#undef LINE
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const int64_t *line = (const int64_t *)
			(const void *)((const char *)judge->facts + rows[i].member);

		if (rows[i].guard == guard && *line != 0)
			return refuse_line(judge, rows[i].reason, *line);
	}
	return 0;
}

/* What the actor did in the claim before, in words that follow "You". */
static const char *part_taken(const struct judge *judge)
{
	const struct claim_facts *facts = judge->facts;
	const struct {
		bool took;
		const char *words;
	} parts[] = {
		{ is_party(judge, facts->second), N_("gave the second review") },
		{ is_party(judge, facts->first), N_("gave the first review") },
		{ is_party(judge, facts->expert), N_("gave the expert's opinion") },
		{ is_party(judge, facts->revoke_asked), N_("asked for the revocation") },
		{ is_party(judge, facts->verified), N_("verified the evidence") },
		{ is_party(judge, facts->accepted), N_("accepted the claim") },
		{ is_party(judge, facts->submitted), N_("submitted the claim") },
		{ is_party(judge, facts->created), N_("opened the claim") },
		{ among(&facts->excluded, judge->party), N_("refused the claim before the appeal") },
		{ among(&facts->prepared, judge->party), N_("prepared the claim in an earlier round") },
	};

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (parts[i].took)
			return _(parts[i].words);
	return _("took part in the claim");
}

static int guard_people(const struct judge *judge, enum claim_guard guard)
{
	const struct claim_facts *facts = judge->facts;
	bool bad = false;

	switch (guard) {
	case GUARD_EXCLUDED:
		bad = among(&facts->excluded, judge->party);
		break;
	case GUARD_PREPARED:
		bad = is_preparer(judge) || among(&facts->excluded, judge->party);
		break;
	case GUARD_FIRST:
		bad = is_party(judge, facts->first);
		break;
	case GUARD_EXPERT_BY:
		bad = is_party(judge, facts->expert);
		break;
	case GUARD_SECOND:
		bad = is_party(judge, facts->second);
		break;
	case GUARD_UNINVOLVED:
		bad = is_preparer(judge) || is_reviewer(judge) ||
		      among(&facts->excluded, judge->party);
		break;
	case GUARD_NO_PART:
		bad = is_preparer(judge) || is_reviewer(judge) ||
		      among(&facts->excluded, judge->party) ||
		      among(&facts->took_part, judge->party);
		break;
	case GUARD_TWO_PEOPLE:
		bad = is_party(judge, facts->revoke_asked);
		break;
	default:
		break;
	}
	if (!bad)
		return 0;
	return error_reason(judge->err, REASON_SM_FOUR_EYES, "part", part_taken(judge), NULL);
}

static int guard_recalculated(const struct judge *judge)
{
	const struct claim_facts *facts = judge->facts;
	char now[24], proposed[24];

	if (facts->recalculated_same && facts->recalculated_centi == facts->proposed_centi)
		return 0;
	return error_reason(judge->err, REASON_SM_RECALC,
			    "now", centi_format(facts->recalculated_centi, now),
			    "proposed", centi_format(facts->proposed_centi, proposed), NULL);
}

static int refuse_expert(const struct judge *judge, enum reason reason)
{
	char lines[24], proposed[24];

	snprintf(lines, sizeof lines, "%" PRId64, judge->facts->lines_without_rule);
	return error_reason(judge->err, reason, "lines", lines, "proposed",
			    centi_format(judge->facts->proposed_centi, proposed), NULL);
}

static int guard_test(const struct judge *judge, enum claim_guard guard)
{
	const struct claim_facts *facts = judge->facts;
	bool expert = claim_needs_expert(facts->proposed_centi, facts->lines_without_rule);

	switch (guard) {
	case GUARD_INTEREST:
		return refuse_unless(judge, !among(&facts->interested, judge->party),
				     REASON_SM_CONFLICT_OF_INTEREST);
	case GUARD_LEARNER:
		return refuse_unless(judge, facts->student_active, REASON_SM_LEARNER);
	case GUARD_LINES:
		return refuse_unless(judge, facts->line_count > 0, REASON_SM_EMPTY);
	case GUARD_REASON:
		return refuse_unless(judge, facts->reason_given, REASON_SM_REASON);
	case GUARD_POSITIVE:
		return refuse_unless(judge, facts->proposed_centi > 0, REASON_SM_ZERO);
	case GUARD_NO_EXPERT:
		return expert ? refuse_expert(judge, REASON_SM_NEEDS_EXPERT) : 0;
	case GUARD_EXPERT:
		return expert ? 0 : refuse_expert(judge, REASON_SM_NO_EXPERT);
	case GUARD_RECALCULATED:
		return guard_recalculated(judge);
	case GUARD_IN_TIME:
		return facts->deadline_on == OV_NULL || facts->today <= facts->deadline_on ?
			0 : refuse_date(judge, REASON_SM_LATE);
	case GUARD_TIME_OVER:
		return facts->deadline_on != OV_NULL && facts->today > facts->deadline_on ?
			0 : refuse_date(judge, REASON_SM_EARLY);
	case GUARD_FIRST_APPEAL:
		return refuse_unless(judge, facts->appeal_count == 0, REASON_SM_APPEALED);
	case GUARD_NOT_GRADUATED:
		return refuse_unless(judge, !facts->student_graduated, REASON_SM_GRADUATED);
	default:
		return guard_line(judge, guard) < 0 ? judge->err->code : guard_people(judge, guard);
	}
}

static bool row_permits(const struct claim_transition *row, const struct actor *actor)
{
	if (row->system_only)
		return actor->system;
	return permission_has(actor, row->permission) ||
	       (row->event == EVENT_REVOKE && permission_has(actor, PERM_REVOKE_CONSENT));
}

static bool event_permits(enum claim_event event, const struct actor *actor)
{
	for (size_t i = 0; i < claim_transition_count; i++)
		if (claim_transitions[i].event == event && row_permits(&claim_transitions[i], actor))
			return true;
	return false;
}

bool claim_event_open(int64_t state, enum claim_event event, const struct actor *actor)
{
	const struct claim_transition *row = claim_transition_find(state, event);

	return row && row_permits(row, actor);
}

static int refuse_permission(enum permission permission, struct error *err)
{
	return error_reason(err, REASON_PERM_DENIED,
			    "action", _(permission_label(permission)), NULL);
}

static int refuse_transition(int64_t state, enum claim_event event, struct error *err)
{
	return error_reason(err, REASON_SM_NO_TRANSITION,
			    "event", enum_label(&claim_event_enum, event),
			    "state", state == OV_NULL ? "-" : enum_label(&claim_state_enum, state),
			    NULL);
}

static enum permission event_permission(enum claim_event event)
{
	for (size_t i = 0; i < claim_transition_count; i++)
		if (claim_transitions[i].event == event)
			return claim_transitions[i].permission;
	return PERM_CLAIM_EDIT;
}

/* T30 in two calls: first the request, then the consent. */
static int revoke_permits(const struct claim_facts *facts, const struct actor *actor,
			  struct error *err)
{
	if (facts->revoke_asked == 0)
		return permission_has(actor, PERM_REVOKE_ASK) ?
			0 : error_reason(err, REASON_SM_CONSENT, NULL);
	return permission_has(actor, PERM_REVOKE_CONSENT) ?
		0 : refuse_permission(PERM_REVOKE_CONSENT, err);
}

static int64_t limit_date(const struct claim_transition *row, const struct claim_facts *facts,
			  const struct workday_calendar *calendar)
{
	int left;

	switch (row->limit) {
	case LIMIT_KEEP:
		return facts->deadline_on;
	case LIMIT_DAYS:
		return facts->today + row->limit_n;
	case LIMIT_WD:
		return workday_after(calendar, facts->today, row->limit_n);
	case LIMIT_NOTICE_ON:
		left = workday_count(calendar, facts->objected_on, facts->notice_end_on);
		return workday_after(calendar, facts->today, left > 1 ? left : 1);
	default:
		return OV_NULL;
	}
}

static void step_fill(const struct claim_transition *row, const struct claim_facts *facts,
		      const struct judge *judge, const struct workday_calendar *calendar,
		      struct claim_outcome *step)
{
	*step = (struct claim_outcome){
		.row = row, .to = row->to, .effects = row->effects,
		.deadline_on = limit_date(row, facts, calendar),
	};
	if (row->event == EVENT_ACCEPT && is_party(judge, facts->submitted))
		step->advice = REASON_SM_OWN_SUBMISSION;
	if (row->event == EVENT_REVOKE && facts->revoke_asked == 0) {
		step->to = CLAIM_POSTED;
		step->effects = EFFECT_ASKED;
	}
	/* After T8 nothing was verified: the way begins again where it ended. */
	if (row->event == EVENT_ALLOW && facts->refused_as_false) {
		step->to = CLAIM_ACCEPTED;
		step->effects |= EFFECT_CERT_HELD;
		step->deadline_on = workday_after(calendar, facts->today, 5);
	}
}

int claim_may(const struct claim_facts *facts, enum claim_event event,
	      const struct actor *actor, const struct workday_calendar *calendar,
	      struct claim_outcome *step, struct error *err)
{
	struct judge judge = { .facts = facts, .actor = actor, .err = err };
	const struct claim_transition *row;
	char rev[24];

	if (!actor->system)
		judge.party = claim_party(actor->person_id, actor->user_id);
	if (!event_permits(event, actor))
		return refuse_permission(event_permission(event), err);
	if (facts->expected_rev != OV_NULL && facts->expected_rev != facts->rev) {
		snprintf(rev, sizeof rev, "%" PRId64, facts->rev);
		error_reason(err, REASON_SM_STALE, "rev", rev, NULL);
		err->current_rev = facts->rev;
		return err->code;
	}
	row = claim_transition_find(facts->state, event);
	if (!row)
		return refuse_transition(facts->state, event, err);
	if (!row_permits(row, actor))
		return refuse_permission(row->permission, err);
	if (event == EVENT_REVOKE && revoke_permits(facts, actor, err) < 0)
		return err->code;
	for (const unsigned char *guard = row->guards; *guard; guard++)
		if (guard_test(&judge, (enum claim_guard)*guard) < 0)
			return err->code;
	if (step)
		step_fill(row, facts, &judge, calendar, step);
	return 0;
}
