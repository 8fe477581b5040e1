/* The facts that the state machine looks at, from the records of a claim. */
#include "core/store/commands/claim_case.h"

#include <stdio.h>
#include <string.h>

#include "core/store/claim_input.h"

/* The person behind a login; 0 for nobody. */
static int party_of(struct tx *tx, int64_t user_id, int64_t *party, struct error *err)
{
	struct user *user;

	*party = 0;
	if (user_id == OV_NULL || user_id <= 0)
		return 0;
	if (tx_get(tx, KIND_USER, user_id, (void **)&user, err) < 0)
		return err->code;
	*party = claim_party(user->person_id, user_id);
	return 0;
}

struct party_set {
	int64_t *party;
	size_t count, room;
};

static int set_add(struct tx *tx, struct party_set *set, int64_t user_id, struct error *err)
{
	int64_t party;

	if (party_of(tx, user_id, &party, err) < 0)
		return err->code;
	for (size_t i = 0; i < set->count; i++)
		if (set->party[i] == party)
			return 0;
	if (party != 0 && set->count < set->room)
		set->party[set->count++] = party;
	return 0;
}

static void set_init(struct tx *tx, struct party_set *set, size_t room)
{
	set->party = arena_array(tx->arena, room + 1, sizeof *set->party);
	set->count = 0;
	set->room = room;
}

/* Actions by which somebody becomes a preparer (DOMAIN.md 4). */
static bool prepares(const char *action)
{
	static const char *const actions[] = {
		"claim.create", "claim.submit", "claim.resubmit", "claim.accept", "claim.verify",
	};

	for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
		if (!strcmp(action, actions[i]))
			return true;
	return false;
}

static bool changes_claim(const struct audit_event *event)
{
	return !strncmp(event->action, "claim.", 6);
}

/* The trail keeps whom the claim's own columns have forgotten. */
static int facts_of_trail(struct tx *tx, struct claim_case *cc, struct error *err)
{
	struct party_set took_part, prepared;

	set_init(tx, &took_part, cc->trail.count);
	set_init(tx, &prepared, cc->trail.count);
	for (size_t i = 0; i < cc->trail.count; i++) {
		const struct audit_event *event = cc->trail.items[i];

		if (!changes_claim(event))
			continue;
		if (set_add(tx, &took_part, event->user_id, err) < 0)
			return err->code;
		if (prepares(event->action) && set_add(tx, &prepared, event->user_id, err) < 0)
			return err->code;
	}
	cc->facts.took_part = (struct claim_parties){ took_part.party, took_part.count };
	cc->facts.prepared = (struct claim_parties){ prepared.party, prepared.count };
	return 0;
}

static int facts_of_interest(struct tx *tx, struct claim_case *cc, struct error *err)
{
	const struct filter recorded[] = {
		FILTER_INT("person_id", cc->student->person_id), FILTER_INT("removed_on", OV_NULL),
	};
	struct record_list conflicts;
	struct party_set set;

	if (tx_find_all(tx, KIND_USER_CONFLICT, recorded, 2, 0, &conflicts, err) < 0)
		return err->code;
	set_init(tx, &set, conflicts.count + 1);
	set.party[set.count++] = cc->student->person_id;
	for (size_t i = 0; i < conflicts.count; i++) {
		const struct user_conflict *conflict = conflicts.items[i];

		if (set_add(tx, &set, conflict->user_id, err) < 0)
			return err->code;
	}
	cc->facts.interested = (struct claim_parties){ set.party, set.count };
	return 0;
}

static int facts_of_excluded(struct tx *tx, struct claim_case *cc, struct error *err)
{
	const struct filter of_claim[] = { FILTER_INT("claim_id", cc->claim->id) };
	struct record_list list;
	struct party_set set;

	if (tx_find_all(tx, KIND_CLAIM_EXCLUDED, of_claim, 1, 0, &list, err) < 0)
		return err->code;
	set_init(tx, &set, list.count);
	for (size_t i = 0; i < list.count; i++) {
		const struct claim_excluded *excluded = list.items[i];

		if (set_add(tx, &set, excluded->user_id, err) < 0)
			return err->code;
	}
	cc->facts.excluded = (struct claim_parties){ set.party, set.count };
	return 0;
}

static int facts_of_people(struct tx *tx, struct claim_case *cc, struct error *err)
{
	struct claim_facts *facts = &cc->facts;
	const struct credit_claim *claim = cc->claim;
	const struct {
		int64_t user;
		int64_t *party;
	} rows[] = {
		{ claim->created_by, &facts->created }, { claim->submitted_by, &facts->submitted },
		{ claim->accepted_by, &facts->accepted }, { claim->verified_by, &facts->verified },
		{ claim->first_by, &facts->first }, { claim->expert_by, &facts->expert },
		{ claim->second_by, &facts->second }, { claim->revoke_by, &facts->revoke_asked },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (party_of(tx, rows[i].user, rows[i].party, err) < 0)
			return err->code;
	if (facts_of_trail(tx, cc, err) < 0)
		return err->code;
	return facts_of_excluded(tx, cc, err);
}

static bool same_source(const struct claim_line *a, const struct claim_line *b)
{
	return a->source_kind == b->source_kind && a->source_ref == b->source_ref;
}

/* A claim reserves its sources from its submission to its end (T3, I13). */
static bool reserves(const struct credit_claim *claim)
{
	return claim->state != CLAIM_DRAFT && claim_state_open((enum claim_state)claim->state);
}

/* Is a source of ours reserved by OTHER? */
static int facts_busy_in(struct tx *tx, struct claim_case *cc, const struct credit_claim *other,
			 struct error *err)
{
	const struct filter filters[] = {
		FILTER_INT("claim_id", other->id), FILTER_INT("removed_on", OV_NULL),
	};
	struct record_list lines;

	if (tx_find_all(tx, KIND_CLAIM_LINE, filters, 2, 0, &lines, err) < 0)
		return err->code;
	for (size_t i = 0; i < cc->line_count; i++)
		for (size_t k = 0; k < lines.count; k++)
			if (same_source(cc->lines[i].line, lines.items[k]) &&
			    (!cc->facts.line_busy ||
			     cc->lines[i].line->line_no < cc->facts.line_busy)) {
				cc->facts.line_busy = cc->lines[i].line->line_no;
				cc->facts.busy_claim_no = other->claim_no;
			}
	return 0;
}

static int facts_of_busy(struct tx *tx, struct claim_case *cc, struct error *err)
{
	const struct filter of_student[] = { FILTER_INT("student_id", cc->student->id) };
	struct record_list claims;

	if (tx_find_all(tx, KIND_CREDIT_CLAIM, of_student, 1, 0, &claims, err) < 0)
		return err->code;
	for (size_t i = 0; i < claims.count; i++) {
		const struct credit_claim *other = claims.items[i];

		if (other->id == cc->claim->id || !reserves(other))
			continue;
		if (facts_busy_in(tx, cc, other, err) < 0)
			return err->code;
	}
	/* The same source twice in one claim is a reservation against itself. */
	for (size_t i = 0; i < cc->line_count && !cc->facts.line_busy; i++)
		for (size_t k = 0; k < i; k++)
			if (same_source(cc->lines[i].line, cc->lines[k].line)) {
				cc->facts.line_busy = cc->lines[i].line->line_no;
				cc->facts.busy_claim_no = cc->claim->claim_no;
			}
	return 0;
}

static void facts_of_lines(struct claim_case *cc)
{
	struct claim_facts *facts = &cc->facts;

	facts->line_count = (int64_t)cc->line_count;
	for (size_t i = 0; i < cc->line_count; i++) {
		const struct case_line *line = &cc->lines[i];
		int64_t no = line->line->line_no;
		bool ruleless = line->line->code && !strcmp(line->line->code, "NO_RULE");

		if (!line->evidence.count && !facts->line_no_evidence)
			facts->line_no_evidence = no;
		for (size_t k = 0; k < line->evidence.count; k++) {
			const struct evidence *evidence = line->evidence.items[k];

			if (evidence->checked == CHECK_OPEN && !facts->line_unchecked)
				facts->line_unchecked = no;
		}
		if (!ruleless)
			continue;
		facts->lines_without_rule++;
		if (line->line->opinion_centi == OV_NULL && !facts->line_no_opinion)
			facts->line_no_opinion = no;
	}
}

int claim_case_facts(struct tx *tx, struct claim_case *cc, struct error *err)
{
	struct claim_facts *facts = &cc->facts;
	const struct credit_claim *claim = cc->claim;

	memset(facts, 0, sizeof *facts);
	facts->today = tx->today;
	facts->student_active = cc->student->status == STUDENT_ACTIVE;
	facts->student_graduated = cc->student->status == STUDENT_GRADUATED;
	facts->state = facts->rev = facts->expected_rev = facts->deadline_on = OV_NULL;
	facts->objected_on = facts->notice_end_on = OV_NULL;
	if (facts_of_interest(tx, cc, err) < 0)
		return err->code;
	if (!claim)
		return 0;
	facts->state = claim->state;
	facts->rev = claim->rev;
	facts->deadline_on = claim->deadline_on;
	facts->proposed_centi = claim->proposed_centi == OV_NULL ? 0 : claim->proposed_centi;
	facts->appeal_count = claim->appeal_count == OV_NULL ? 0 : claim->appeal_count;
	facts->refused_as_false = claim->refused_in == CLAIM_ACCEPTED;
	facts->objected_on = claim->objected_on;
	facts->notice_end_on = claim->notice_end_on;
	facts_of_lines(cc);
	if (facts_of_people(tx, cc, err) < 0)
		return err->code;
	return facts_of_busy(tx, cc, err);
}

static bool text_same(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

/* Does the calculation say the same as the stored explanation? The details of
 * pools and rooms may differ while the amounts are the same; those of courses
 * say which of them are paid. */
static bool explanation_same(struct tx *tx, const struct claim_case *cc)
{
	const struct credit_result *result = &cc->result;

	if (result->record_count != cc->explanations.count)
		return false;
	for (size_t i = 0; i < result->record_count; i++) {
		const struct claim_explanation *old = cc->explanations.items[i];
		const struct credit_record *now = &result->records[i];

		if (old->line_no != now->line_no || old->granted_centi != now->granted_centi ||
		    !text_same(old->code, reason_code(now->code)) ||
		    !text_same(old->rule, credit_rule_name(now->rule, tx->arena)))
			return false;
		if (now->detail && strchr(now->detail, ':') && !text_same(old->detail, now->detail))
			return false;
	}
	return true;
}

/* The cap that cuts a line down, REASON_NONE when none does. */
static enum reason capped(const struct claim_case *cc, int64_t line_no)
{
	for (size_t i = 0; i < cc->result.record_count; i++) {
		const struct credit_record *record = &cc->result.records[i];
		const char *cap = strstr(record->detail ? record->detail : "", "CAP_");
		char code[24] = "";

		if (record->line_no != line_no)
			continue;
		if (!strncmp(reason_code(record->code), "CAP_", 4))
			return record->code;
		if (!cap)
			continue;
		snprintf(code, sizeof code, "%.*s", (int)strspn(cap, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_"),
			 cap);
		return reason_find(code);
	}
	return REASON_NONE;
}

int claim_case_recalculate(struct tx *tx, struct claim_case *cc, enum claim_event event,
			   struct error *err)
{
	struct claim_facts *facts = &cc->facts;
	bool posting = event == EVENT_POST;

	if (claim_case_calculate(tx, cc, posting ? CALCULATE_POSTING : CALCULATE_NOW, err) < 0)
		return err->code;
	facts->recalculated_centi = cc->result.granted_centi;
	facts->recalculated_same = explanation_same(tx, cc);
	if (!posting)
		return 0;
	for (size_t i = 0; i < cc->line_count; i++) {
		const struct claim_line *line = cc->lines[i].line;
		const struct credit_line_result *now = &cc->result.lines[i];
		int64_t granted = line->granted_centi == OV_NULL ? 0 : line->granted_centi;

		if (now->code == REASON_SOURCE_USED && !text_same(line->code, "SOURCE_USED")) {
			if (!facts->line_spent)
				facts->line_spent = line->line_no;
		} else if (now->granted_centi != granted && !facts->line_over_cap &&
			   capped(cc, line->line_no) != REASON_NONE) {
			facts->line_over_cap = line->line_no;
			facts->over_cap = capped(cc, line->line_no);
			facts->over_granted = granted;
			facts->over_now = now->granted_centi;
		}
	}
	return 0;
}
