/* Claims of a demo world: made by the real command handlers, day by day, by
 * the staff whose work it is. One script for each state a claim can be in. */
#include "core/store/demo_parts.h"

#include "core/model/reason.h"
#include "core/store/command.h"
#include "core/store/commands/claim_args.h"
#include "core/store/execute.h"
#include "core/store/local.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS_MAX = 12, CLAIM_DAYS = 120 };

struct step {
	const char *event, *login; /* login NULL: the system */
	int day; /* after the claim's first */
};

struct script {
	enum claim_state state; /* where it ends */
	unsigned share;         /* of 1000 claims */
	int age_from, age_to;   /* days between its first day and WORLD_DAY */
	bool expert;            /* offers a source without rule */
	struct step steps[STEPS_MAX];
};

#define DESK { "claim.create", "front_desk.1", 0 }
#define HANDED_IN DESK, { "claim.submit", "front_desk.1", 0 }
#define TAKEN_ON HANDED_IN, { "claim.accept", "front_desk.2", 1 }
#define CHECKED TAKEN_ON, { "claim.verify", "verifier.1", 2 }
#define PASSED CHECKED, { "claim.pass_first", "reviewer1.1", 4 }
#define PASSED_TWICE PASSED, { "claim.pass_second", "reviewer2.1", 6 }
#define LISTED PASSED_TWICE, { "claim.publish", "ledger_keeper.1", 7 }
#define CLOSED LISTED, { "claim.close", NULL, 23 }
#define BOOKED CLOSED, { "claim.post", "ledger_keeper.1", 24 }

static const struct script scripts[] = {
	{ CLAIM_POSTED, 430, 28, 118, false, { BOOKED } },
	{ CLAIM_SUBMITTED, 90, 0, 4, false, { HANDED_IN } },
	{ CLAIM_ACCEPTED, 70, 2, 12, false, { TAKEN_ON } },
	{ CLAIM_VERIFIED, 80, 3, 10, false, { CHECKED } },
	{ CLAIM_FIRST_OK, 50, 5, 12, false, { PASSED } },
	{ CLAIM_EXPERT, 30, 6, 30, true, { CHECKED, { "claim.ask_expert", "reviewer1.1", 4 } } },
	{ CLAIM_SECOND_OK, 30, 7, 12, false, { PASSED_TWICE } },
	{ CLAIM_NOTICE, 40, 8, 13, false, { LISTED } },
	{ CLAIM_APPROVED, 20, 24, 27, false, { CLOSED } },
	{ CLAIM_RETURNED, 30, 3, 24, false, { HANDED_IN, { "claim.return", "front_desk.2", 2 } } },
	{ CLAIM_REJECTED, 30, 20, 110, false, { CHECKED, { "claim.reject", "reviewer1.1", 4 } } },
	{ CLAIM_APPEALED, 10, 10, 16, false,
	  { CHECKED, { "claim.reject", "reviewer1.1", 4 }, { "claim.appeal", "front_desk.1", 8 } } },
	{ CLAIM_OBJECTED, 10, 10, 14, false, { LISTED, { "claim.object", "front_desk.1", 9 } } },
	{ CLAIM_WITHDRAWN, 20, 5, 100, false, { TAKEN_ON, { "claim.withdraw", "front_desk.1", 3 } } },
	{ CLAIM_REVOKED, 10, 40, 118, false,
	  { BOOKED, { "claim.revoke", "reviewer2.2", 30 }, { "claim.revoke", "auditor.1", 31 } } },
	{ CLAIM_LAPSED, 10, 60, 118, false,
	  { HANDED_IN, { "claim.return", "front_desk.2", 1 }, { "claim.lapse", NULL, 40 } } },
	{ CLAIM_DRAFT, 40, 0, 60, false, { DESK } },
};

enum { SCRIPTS = sizeof scripts / sizeof scripts[0] };

/* One thing that will happen to one claim. */
struct happening {
	int64_t day;
	int32_t claim, step;
};

struct play {
	struct world *w;
	int64_t claims;
	struct demo_play_claim {
		int64_t id, student; /* id 0: not yet made, -1: given up */
		int64_t first;
		uint8_t script;
	} *claim;
	struct happening *happening;
	size_t happenings;
	bool *taken; /* learners with a claim */
	struct arena arena;
};

static int script_pick(const struct play *p, int64_t claim)
{
	unsigned at = (unsigned)demo_pick(p->w, STREAM_CLAIM_STATE, (uint64_t)claim, 1000);

	if (claim < SCRIPTS) /* every state is there in the smallest world */
		return (int)claim;
	for (int i = 0; i < SCRIPTS; i++) {
		if (at < scripts[i].share)
			return i;
		at -= scripts[i].share;
	}
	return 0;
}

/* An active learner at the beginning of his studies, so that the courses his
 * sources stand for are still to be done. Each has one claim at most; they are
 * spread over all intakes. */
static int64_t learner_pick(struct play *p, int64_t claim)
{
	const struct world *w = p->w;
	int64_t from = claim * (w->students / p->claims);

	from += (int64_t)demo_pick(w, STREAM_CLAIM, (uint64_t)claim,
				   (uint64_t)(w->students / p->claims));
	for (int64_t i = 0; i < w->students; i++) {
		int64_t s = (from + i) % w->students;
		const struct demo_student *d = &w->student[s];

		if (d->status == STUDENT_ACTIVE && !p->taken[s] &&
		    d->courses < (d->programme == DEMO_MECH ? 1 : 3)) {
			p->taken[s] = true;
			return s;
		}
	}
	return -1;
}

static int happening_order(const void *a, const void *b)
{
	const struct happening *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->claim != y->claim)
		return x->claim < y->claim ? -1 : 1;
	return x->step - y->step;
}

static void play_plan(struct play *p)
{
	struct world *w = p->w;

	p->taken = arena_array(w->arena, (size_t)w->students, sizeof *p->taken);
	p->claim = arena_array(w->arena, (size_t)p->claims + 1, sizeof *p->claim);
	p->happening = arena_array(w->arena, (size_t)p->claims * STEPS_MAX + 1, sizeof *p->happening);
	for (int64_t c = 0; c < p->claims; c++) {
		const struct script *script = &scripts[script_pick(p, c)];
		int64_t span = script->age_to - script->age_from + 1;

		p->claim[c].student = learner_pick(p, c);
		p->claim[c].script = (uint8_t)(script - scripts);
		p->claim[c].first = w->today - script->age_from -
			(int64_t)demo_pick(w, STREAM_CLAIM_DAY, (uint64_t)c, (uint64_t)span);
		if (p->claim[c].student < 0)
			continue;
		for (int i = 0; i < STEPS_MAX && script->steps[i].event; i++) {
			struct happening *h = &p->happening[p->happenings++];

			h->day = p->claim[c].first + script->steps[i].day;
			h->claim = (int32_t)c;
			h->step = i;
		}
	}
	qsort(p->happening, p->happenings, sizeof *p->happening, happening_order);
}

/* What the learner offers, by programme; values as a clerk would type them. */
static const char *const offers[DEMO_PROGRAMMES][6] = {
	{ "T-WELD,no=WELD-%lld,level=3,issued=2019-05-20", "T-SAFE,no=SAFE-%lld,issued=2024-03-11",
	  "EXT-CAD,mark=78.50,credits=3.60,issued=2021-06-30,kind=COURSE",
	  "T-WELD,no=WELD-%lld,level=4,issued=2020-09-01",
	  "OPEN-AI,mark=81.00,hours=36,issued=2026-04-12,kind=OPEN_COURSE",
	  "EXT-CAD,mark=66.00,credits=4.00,issued=2023-01-12,kind=COURSE" },
	{ "T-POST,no=POST-%lld,level=4,issued=2021-08-19", "T-SAFE,no=SAFE-%lld,issued=2025-06-02",
	  "T-POST,no=POST-%lld,level=3,issued=2018-11-05",
	  "OPEN-LOG,mark=74.00,hours=54,issued=2026-05-20,kind=OPEN_COURSE",
	  "T-POST,no=POST-%lld,level=2,issued=2022-04-21",
	  "OPEN-LOG,mark=88.00,hours=27,issued=2026-03-15,kind=OPEN_COURSE" },
	{ "SELF-MECH,mark=71.00,credits=4.00,issued=2021-10-20,kind=COURSE",
	  "SELF-MECH,mark=66.50,credits=3.50,issued=2022-10-18,kind=COURSE",
	  "SELF-MECH,mark=88.00,credits=4.00,issued=2023-04-16,kind=COURSE",
	  "SELF-MECH,mark=62.00,credits=4.00,issued=2020-10-17,kind=COURSE",
	  "SELF-MECH,mark=75.00,credits=5.00,issued=2022-04-17,kind=COURSE",
	  "SELF-MECH,mark=90.00,credits=4.00,issued=2024-10-26,kind=COURSE" },
};

static int line_parse(struct play *p, const char *text, void *line, struct error *err)
{
	char *copy = arena_strdup(&p->arena, text), *at = copy;
	const char *name = "source";
	int rc = 0;

	while (at && rc == 0) {
		char *comma = strchr(at, ',');
		const struct field *field;

		if (comma)
			*comma = '\0';
		field = field_find(&claim_source_fields, name);
		rc = field_parse(field, at, line, &p->arena, err);
		at = comma ? comma + 1 : NULL;
		if (at) {
			char *equals = strchr(at, '=');

			*equals = '\0';
			name = at;
			at = equals + 1;
		}
	}
	return rc;
}

static int lines_make(struct play *p, int64_t claim, struct command *command, struct error *err)
{
	struct claim_create_args *args = command->args;
	const struct demo_play_claim *c = &p->claim[claim];
	const struct demo_student *d = &p->w->student[c->student];
	uint64_t chance = demo_mix(p->w->seed, STREAM_CLAIM, (uint64_t)claim + (UINT64_C(1) << 40));
	struct record_list *list = arena_alloc(&p->arena, sizeof *list);
	size_t lines = d->programme == DEMO_MECH || chance % 3 ? 1 : 2;
	int rc = 0;

	list->table = &claim_source_fields;
	list->items = arena_array(&p->arena, 3, sizeof *list->items);
	for (size_t i = 0; i < lines && rc == 0; i++) {
		struct claim_source *line = record_new(&p->arena, &claim_source_fields);
		char text[120];

		snprintf(text, sizeof text, offers[d->programme][(chance / 16 + i) % 6],
			 (long long)c->student + 1);
		rc = line_parse(p, text, line, err);
		line->evidence = EVIDENCE_ORIGINAL_SEEN;
		list->items[list->count++] = line;
	}
	if (rc == 0 && scripts[c->script].expert) {
		struct claim_source *line = record_new(&p->arena, &claim_source_fields);

		rc = line_parse(p, "COMP-ROBOT,mark=92.00,hours=40,issued=2025-11-08,kind=COURSE", line, err);
		line->name = "省级机器人技能竞赛";
		line->evidence = EVIDENCE_COPY;
		list->items[list->count++] = line;
	}
	args->lines = list;
	return rc;
}

static int command_make(struct play *p, const struct happening *h, const char *event,
			struct command *command, struct error *err)
{
	static const char *const words[] = {
		"材料不全，请补交原件", "成绩与登记不符", "依据不足", "学员申请", "学员要求复核",
	};
	struct demo_play_claim *c = &p->claim[h->claim];
	uint8_t random[10];
	uint64_t mix = demo_mix(p->w->seed, STREAM_CLAIM + 1000, (uint64_t)h->claim * STEPS_MAX + (uint64_t)h->step);

	command_init(command, command_find(event), &p->arena);
	memset(random, 0, sizeof random);
	memcpy(random, &mix, sizeof mix);
	ulid_make(p->w->tx->now * 1000, random, command->key);
	command->target = c->id;
	command->expected_rev = OV_NULL;
	if (!strcmp(event, "claim.create")) {
		struct claim_create_args *args = command->args;
		void *student;
		int rc = tx_get(p->w->tx, KIND_STUDENT, p->w->first_student_id + c->student,
				&student, err);

		if (rc < 0)
			return rc;
		args->student_id = ((struct student *)student)->id;
		return lines_make(p, h->claim, command, err);
	}
	if (field_find(command->def->args, "all_ok"))
		return command_set(command, "all_ok", "1", &p->arena, err);
	if (field_find(command->def->args, "reason"))
		return command_set(command, "reason", words[mix % 5], &p->arena, err);
	return 0;
}

/* One step. A refusal by a rule is life (a cap is reached, a source pays
 * nothing): the claim stays where it is. Anything else ends the making. */
static int happening_play(struct play *p, const struct happening *h, struct error *err)
{
	struct demo_play_claim *c = &p->claim[h->claim];
	const struct step *step = &scripts[c->script].steps[h->step];
	struct tx *tx = p->w->tx;
	struct outcome outcome;
	struct command command;
	struct actor actor;
	int rc = 0;

	if (c->id < 0)
		return 0;
	tx->today = h->day;
	tx->now = h->day * DAY_SECONDS + 9 * 3600 - CENTRE_OFFSET +
		(h->claim * 37 + h->step * 901) % 28800;
	tx->arena = &p->arena; /* cleared after each step: nothing of it may stay */
	tx->notes = NULL;
	tx->note_count = tx->note_room = 0;
	actor = system_actor;
	if (step->login)
		rc = local_actor(tx->local, step->login, &actor, NULL, NULL, &p->arena, err);
	if (rc == 0)
		rc = command_make(p, h, step->event, &command, err);
	if (rc < 0)
		return rc;
	tx->actor = &actor;
	rc = execute_within(tx, &command, false, &outcome, err);
	if (rc == OV_EREFUSED) {
		error_clear(err);
		c->id = -1;
		return 0;
	}
	if (rc == 0 && h->step == 0)
		c->id = outcome.id;
	return rc;
}

int demo_claims(struct world *w, struct error *err)
{
	struct play p = { .w = w, .arena = ARENA_INIT };
	int rc = tx_flush(w->tx, err);
	struct tx kept = *w->tx;

	p.claims = w->students / 10;
	if (p.claims > 1500 + w->students / 100)
		p.claims = 1500 + w->students / 100;
	play_plan(&p);
	for (size_t i = 0; i < p.happenings && rc == 0; i++) {
		rc = happening_play(&p, &p.happening[i], err);
		arena_clear(&p.arena);
		if (rc == 0 && i % 100 == 0)
			rc = demo_step(w, 500, err);
	}
	arena_release(&p.arena);
	w->tx->notes = kept.notes;
	w->tx->note_count = kept.note_count;
	w->tx->note_room = kept.note_room;
	w->tx->today = kept.today;
	w->tx->now = kept.now;
	w->tx->arena = kept.arena;
	w->tx->actor = kept.actor;
	return rc;
}
