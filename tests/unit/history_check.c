#include "tests/unit/shared.h"

#include "tests/unit/history_check.h"

#include "core/base/hash.h"

/* What each claim has in the ledger; who is behind a login; who did what. */
static const char views[] =
	"CREATE TEMP VIEW party AS SELECT id, coalesce(person_id, -id) AS p FROM main.user;"
	"CREATE TEMP VIEW booked AS SELECT e.*, a.kind AS account, a.student_id, l.claim_id,"
	" l.source_kind, l.source_ref, s.programme_id FROM ledger_entry e JOIN account a"
	" ON a.id = e.account_id JOIN student s ON s.id = a.student_id"
	" LEFT JOIN claim_line l ON l.id = e.claim_line;"
	"CREATE TEMP VIEW step AS SELECT v.seq, v.object_id AS claim_id, v.action, v.detail, u.p,"
	" c.student_id FROM audit_event v JOIN party u ON u.id = v.user_id JOIN credit_claim c"
	" ON c.id = v.object_id WHERE v.object_kind = 'credit_claim' AND v.action LIKE 'claim.%'"
	" AND v.user_id <> 1;"
	"CREATE TEMP VIEW rule_text AS SELECT r.id, json_array(r.rule_code, r.version, r.kind,"
	" r.source_class, r.target_module, r.need_count, r.min_level, r.min_mark, r.min_ratio_bp,"
	" r.amount_centi, r.hours_per_credit, r.step_centi, r.rule_max_centi, r.max_age_years,"
	" r.specificity, r.priority, r.effective_from, r.basis, r.entered_by,"
	" (SELECT group_concat(source) FROM rule_source x WHERE x.rule_id = r.id),"
	" (SELECT group_concat(course_id) FROM rule_target x WHERE x.rule_id = r.id)) AS text"
	" FROM transfer_rule r;"
	"CREATE TEMP TABLE kept_entry AS SELECT * FROM ledger_entry;"
	"CREATE TEMP TABLE kept_event AS SELECT * FROM audit_event;"
	"CREATE TEMP TABLE kept_student AS SELECT id, curriculum_id FROM student;"
	"CREATE TEMP TABLE used_rule (id INTEGER PRIMARY KEY, text TEXT);"
	"CREATE TEMP TABLE closed (student_id INTEGER PRIMARY KEY, seq INTEGER);"
	/* The same records of one learner, for a check at each step. */
	"CREATE TEMP TABLE near (student_id INTEGER);"
	"INSERT INTO near VALUES (0);"
	"CREATE TEMP VIEW near_claim AS SELECT * FROM credit_claim WHERE student_id ="
	" (SELECT student_id FROM near);"
	"CREATE TEMP VIEW near_line AS SELECT * FROM claim_line WHERE claim_id IN (SELECT id FROM near_claim);"
	"CREATE TEMP VIEW near_entry AS SELECT * FROM ledger_entry WHERE account_id IN (SELECT id FROM"
	" account WHERE student_id = (SELECT student_id FROM near));"
	"CREATE TEMP VIEW near_booked AS SELECT e.*, a.kind AS account, a.student_id, l.claim_id,"
	" l.source_kind, l.source_ref, s.programme_id FROM account a JOIN ledger_entry e"
	" ON a.id = e.account_id JOIN student s ON s.id = a.student_id LEFT JOIN claim_line l"
	" ON l.id = e.claim_line WHERE a.student_id = (SELECT student_id FROM near);"
	"CREATE TEMP TABLE near_step (seq, claim_id, action, detail, p, student_id);"
	"CREATE INDEX temp.near_step_by_claim ON near_step (claim_id);";
/* Kept for the check: five questions look at it, each from several sides. */
static const char near_steps[] =
	"DELETE FROM near_step;"
	"INSERT INTO near_step SELECT v.seq, v.object_id, v.action, v.detail, coalesce(u.person_id, -u.id),"
	" c.student_id FROM near_claim c CROSS JOIN audit_event v ON v.object_kind = 'credit_claim' AND"
	" v.object_id = c.id CROSS JOIN main.user u ON u.id = v.user_id WHERE v.action LIKE 'claim.%'"
	" AND v.user_id <> 1;";

#define OPEN "('SUBMITTED', 'ACCEPTED', 'VERIFIED', 'FIRST_OK', 'EXPERT', 'SECOND_OK', 'NOTICE'," \
	"'APPROVED', 'RETURNED', 'APPEALED', 'OBJECTED')"
#define CAP(bp) "u.min_total_centi * p." bp " / 10000"
/* HELD again after it had paid: called false in a later claim, whose appeal was
 * allowed (T27). */
#define NOT_RETRIED "NOT EXISTS (SELECT 1 FROM step t JOIN claim_line o ON o.claim_id = t.claim_id" \
	" WHERE t.action = 'claim.allow' AND o.source_kind = b.source_kind AND o.source_ref = b.source_ref)"
#define OF_STUDENT " FROM booked b JOIN student s ON s.id = b.student_id JOIN curriculum u" \
	" ON u.id = s.curriculum_id JOIN programme g ON g.id = s.programme_id" \
	" JOIN cap_profile p ON p.id = g.cap_profile WHERE b.account = 'TRANSFER' "

/* Each finds what breaks the invariant: the first column of the first row is
 * told. `near`: it speaks of each learner alone. */
static const struct {
	const char *name, *sql;
	bool near;
} invariants[] = {
	{ "I1", "SELECT seq FROM (SELECT seq, sum(amount_centi) OVER (PARTITION BY account_id"
		" ORDER BY seq) AS s FROM ledger_entry) WHERE s < 0", true },
	{ "I2 ledger", "SELECT seq FROM (SELECT * FROM kept_entry EXCEPT SELECT * FROM ledger_entry)", false },
	{ "I2 trail", "SELECT seq FROM (SELECT * FROM kept_event EXCEPT SELECT * FROM audit_event)", false },
	{ "I3", "SELECT reverses_seq FROM ledger_entry WHERE reverses_seq IS NOT NULL GROUP BY 1"
		" HAVING count(*) > 1 UNION ALL SELECT a.seq FROM ledger_entry a JOIN ledger_entry b"
		" ON b.seq = a.reverses_seq WHERE b.kind = 'REVERSAL' OR b.amount_centi <> -a.amount_centi"
		" OR b.account_id <> a.account_id OR b.seq >= a.seq", true },
	{ "I4", "SELECT c.id FROM credit_claim c LEFT JOIN (SELECT claim_id, count(*) AS n,"
		" sum(iif(account = 'TRANSFER', amount_centi, 0)) AS s, sum(amount_centi) AS t FROM booked"
		" WHERE claim_id IS NOT NULL GROUP BY 1) x ON x.claim_id = c.id WHERE CASE c.state"
		" WHEN 'POSTED' THEN coalesce(x.s, 0) IS NOT c.granted_centi"
		" WHEN 'REVOKED' THEN coalesce(x.s, 0) <> 0 OR coalesce(x.t, 0) <> 0"
		" ELSE x.n IS NOT NULL END", true },
	{ "I5", "SELECT source_ref FROM (SELECT source_kind, source_ref, programme_id, claim_id,"
		" sum(amount_centi) AS net FROM booked WHERE claim_id IS NOT NULL AND account = 'TRANSFER'"
		" GROUP BY 1, 2, 3, 4 HAVING net > 0) GROUP BY source_kind, source_ref, programme_id"
		" HAVING count(*) > 1", true },
	{ "I6", "SELECT min(id) FROM certificate GROUP BY type_id, cert_no HAVING count(*) > 1", false },
	{ "I6 form", "SELECT id FROM certificate WHERE cert_no <> upper(cert_no) OR cert_no GLOB '* *'", false },
	{ "I7", "SELECT b.student_id FROM booked b JOIN course k ON k.id = b.course_id"
		" GROUP BY b.student_id, b.course_id HAVING sum(b.amount_centi) NOT IN (0, min(k.credit_centi))", true },
	{ "I8 overall", "SELECT s.id" OF_STUDENT "GROUP BY s.id HAVING sum(b.amount_centi) > " CAP("overall_bp"), true },
	{ "I8 class", "SELECT s.id" OF_STUDENT "GROUP BY s.id, b.source_class HAVING sum(b.amount_centi) >"
		" CASE b.source_class WHEN 'S1' THEN " CAP("s1_bp") " WHEN 'S2' THEN " CAP("s2_bp")
		" WHEN 'S3' THEN " CAP("s3_bp") " WHEN 'S4' THEN " CAP("s4_bp") " END", true },
	{ "I8 module", "SELECT s.id FROM booked b JOIN student s ON s.id = b.student_id JOIN"
		" curriculum_module m ON m.curriculum_id = s.curriculum_id AND m.code = b.module_code"
		" WHERE b.account = 'TRANSFER' GROUP BY s.id, m.id HAVING sum(b.amount_centi) >"
		" min(m.transfer_max_centi)", true },
	{ "I9", "SELECT l.id FROM claim_line l JOIN credit_claim c ON c.id = l.claim_id JOIN transfer_rule r"
		" ON r.id = l.rule_ref WHERE l.proposed_centi > 0 AND l.removed_on IS NULL AND (r.effective_from > c.submitted_on"
		" OR r.effective_to <= c.submitted_on)", true },
	{ "I10", "SELECT u.id FROM used_rule u JOIN rule_text r ON r.id = u.id WHERE r.text <> u.text", false },
	{ "I11", "SELECT c.id FROM credit_claim c LEFT JOIN party a ON a.id = c.first_by LEFT JOIN party b"
		" ON b.id = c.expert_by LEFT JOIN party d ON d.id = c.second_by LEFT JOIN party e"
		" ON e.id = c.posted_by WHERE a.p = b.p OR a.p = d.p OR b.p = d.p OR d.p = e.p", true },
	{ "I11 F1", "SELECT c.id FROM credit_claim c JOIN party d ON d.id IN (c.first_by, c.expert_by,"
		" c.second_by) JOIN step t ON t.claim_id = c.id AND t.p = d.p WHERE t.action IN"
		" ('claim.create', 'claim.submit', 'claim.resubmit', 'claim.accept', 'claim.verify')", true },
	{ "I12", "SELECT r.id FROM transfer_rule r JOIN party a ON a.id = r.entered_by JOIN party b"
		" ON b.id = r.released_by WHERE a.p = b.p", false },
	{ "I12 released", "SELECT id FROM transfer_rule WHERE state = 'ACTIVE' AND released_by IS NULL", false },
	{ "I13", "SELECT a.id FROM credit_claim a JOIN credit_claim b ON b.student_id = a.student_id"
		" AND b.id < a.id JOIN claim_line x ON x.claim_id = a.id AND x.removed_on IS NULL"
		" JOIN claim_line y ON y.claim_id = b.id AND y.removed_on IS NULL AND y.source_kind ="
		" x.source_kind AND y.source_ref = x.source_ref WHERE a.state IN " OPEN " AND b.state IN " OPEN, true },
	{ "I16", "SELECT b.seq FROM booked b JOIN credit_claim c ON c.id = b.claim_id JOIN certificate x"
		" ON x.id = b.source_ref WHERE b.source_kind = 'CERTIFICATE' AND c.state = 'POSTED' AND"
		" ((x.state = 'HELD' AND " NOT_RETRIED ") OR x.expires_on < c.submitted_on)", true },
	{ "I16 course", "SELECT b.seq FROM booked b JOIN credit_claim c ON c.id = b.claim_id JOIN"
		" prior_result x ON x.id = b.source_ref WHERE b.source_kind <> 'CERTIFICATE' AND"
		" c.state = 'POSTED' AND ((x.state = 'HELD' AND " NOT_RETRIED ") OR x.expires_on <"
		" c.submitted_on)", true },
	{ "I17", "SELECT id FROM claim_line WHERE granted_centi > proposed_centi OR granted_centi < 0"
		" OR proposed_centi < 0 UNION ALL SELECT id FROM credit_claim WHERE granted_centi >"
		" proposed_centi OR granted_centi < 0", true },
	{ "I17 sum", "SELECT c.id FROM credit_claim c WHERE c.state = 'POSTED' AND c.granted_centi <> (SELECT"
		" sum(l.granted_centi) FROM claim_line l WHERE l.claim_id = c.id AND l.removed_on IS NULL)", true },
	{ "I17 whole", "SELECT b.seq FROM booked b JOIN course k ON k.id = b.course_id WHERE"
		" abs(b.amount_centi) <> k.credit_centi", true },
	{ "I18", "SELECT student_id FROM (SELECT student_id, sum(iif(account = 'POOL', amount_centi, 0)) AS"
		" pool, sum(iif(account = 'TRANSFER', amount_centi, 0)) AS paid, sum(iif(account ="
		" 'TRANSFER' AND module_code = 'M4', amount_centi, 0)) AS m4, max(iif(account = 'POOL', seq,"
		" 0)) AS last FROM booked GROUP BY 1) x JOIN ledger_entry e ON e.seq = x.last WHERE"
		" e.kind <> 'REVERSAL' AND pool >= 50 AND paid <= 2660 - 50 AND m4 <= 1200 - 50 AND"
		" m4 <= 600 - 50", true },
	{ "I19", "SELECT k.id FROM kept_student k JOIN student s ON s.id = k.id WHERE s.curriculum_id <>"
		" k.curriculum_id", false },
	{ "I20", "SELECT e.seq FROM closed c JOIN account a ON a.student_id = c.student_id JOIN ledger_entry e"
		" ON e.account_id = a.id WHERE e.seq > c.seq", true },
	{ "I24", "SELECT c.id FROM credit_claim c WHERE (SELECT count(*) FROM outbox o WHERE o.dedup_key ="
		" 'grant:' || c.claim_no || ':post') <> (c.state IN ('POSTED', 'REVOKED')) OR (SELECT count(*)"
		" FROM outbox o WHERE o.dedup_key = 'grant:' || c.claim_no || ':revoke') <> (c.state = 'REVOKED')", true },
	{ "I25", "SELECT min(id) FROM student GROUP BY student_no HAVING count(*) > 1 UNION ALL SELECT min(id)"
		" FROM person WHERE doc_no IS NOT NULL GROUP BY doc_kind, doc_no HAVING count(*) > 1", false },
	{ "I26", "SELECT max(id) FROM credit_claim GROUP BY substr(claim_no, 3, 6) HAVING"
		" max(CAST(substr(claim_no, 9) AS INTEGER)) <> count(*)", false },
	{ "I26 seq", "SELECT 1 WHERE (SELECT max(seq) <> count(*) FROM ledger_entry) OR (SELECT max(seq) <>"
		" count(*) FROM audit_event) OR (SELECT max(seq) <> count(*) FROM outbox)", false },
	{ "F5", "SELECT a.claim_id FROM step a JOIN step b ON b.claim_id = a.claim_id AND b.seq > a.seq"
		" WHERE a.action = 'claim.revoke' AND b.action = 'claim.revoke' AND a.p = b.p UNION ALL"
		" SELECT c.id FROM credit_claim c JOIN party d ON d.id = c.second_by JOIN step t ON"
		" t.claim_id = c.id AND t.p = d.p AND t.action = 'claim.revoke'", true },
	{ "F8", "SELECT t.seq FROM step t JOIN student s ON s.id = t.student_id WHERE t.p = s.person_id"
		" UNION ALL SELECT t.seq FROM step t JOIN student s ON s.id = t.student_id JOIN user_conflict c"
		" ON c.person_id = s.person_id JOIN party u ON u.id = c.user_id WHERE u.p = t.p", true },
	{ "F10", "SELECT z.seq FROM step x JOIN step y ON y.claim_id = x.claim_id AND y.seq > x.seq JOIN step z"
		" ON z.claim_id = y.claim_id AND z.seq > y.seq AND z.p = x.p WHERE x.detail LIKE '%>REJECTED%'"
		" AND y.action = 'claim.allow' AND z.action IN ('claim.verify', 'claim.pass_first',"
		" 'claim.ask_expert', 'claim.opine', 'claim.pass_second', 'claim.reject', 'claim.reject_false',"
		" 'claim.send_back', 'claim.dismiss', 'claim.uphold', 'claim.allow', 'claim.deny')", true },
	{ "T20 T27", "SELECT z.seq FROM step x JOIN step z ON z.claim_id = x.claim_id AND z.seq > x.seq AND"
		" z.p = x.p WHERE z.action IN ('claim.allow', 'claim.deny')", true },
};

/* DOMAIN.md 4, read off its table. */
static const struct {
	const char *from, *event, *to;
} paths[] = {
	{ "", "create", "DRAFT" }, { "DRAFT", "edit", "DRAFT" }, { "DRAFT", "submit", "SUBMITTED" },
	{ "SUBMITTED", "accept", "ACCEPTED" }, { "SUBMITTED", "return", "RETURNED" },
	{ "ACCEPTED", "verify", "VERIFIED" }, { "ACCEPTED", "return", "RETURNED" },
	{ "ACCEPTED", "reject_false", "REJECTED" }, { "VERIFIED", "pass_first", "FIRST_OK" },
	{ "VERIFIED", "ask_expert", "EXPERT" }, { "VERIFIED", "return", "RETURNED" },
	{ "VERIFIED", "reject", "REJECTED" }, { "EXPERT", "opine", "FIRST_OK" },
	{ "EXPERT", "reject", "REJECTED" }, { "FIRST_OK", "pass_second", "SECOND_OK" },
	{ "FIRST_OK", "send_back", "VERIFIED" }, { "FIRST_OK", "reject", "REJECTED" },
	{ "SECOND_OK", "publish", "NOTICE" }, { "NOTICE", "object", "OBJECTED" },
	{ "OBJECTED", "dismiss", "NOTICE" }, { "OBJECTED", "uphold", "REJECTED" },
	{ "NOTICE", "close", "APPROVED" }, { "APPROVED", "post", "POSTED" },
	{ "RETURNED", "resubmit", "SUBMITTED" }, { "RETURNED", "lapse", "LAPSED" },
	{ "DRAFT", "lapse", "LAPSED" }, { "REJECTED", "appeal", "APPEALED" },
	{ "APPEALED", "allow", "VERIFIED" }, { "APPEALED", "allow", "ACCEPTED" },
	{ "APPEALED", "deny", "REJECTED" }, { "DRAFT", "withdraw", "WITHDRAWN" },
	{ "SUBMITTED", "withdraw", "WITHDRAWN" }, { "ACCEPTED", "withdraw", "WITHDRAWN" },
	{ "VERIFIED", "withdraw", "WITHDRAWN" }, { "RETURNED", "withdraw", "WITHDRAWN" },
	{ "POSTED", "revoke", "POSTED" }, { "POSTED", "revoke", "REVOKED" },
};

static void sql(struct world *world, const char *text)
{
	struct error err = ERROR_INIT;

	if (db_exec(world->local->db, text, &err) < 0)
		fail_msg("%s: %s", text, err.message);
}

void history_check_begin(struct world *world)
{
	sql(world, views);
}

static void invariant_holds(struct world *world, size_t i, const char *text, uint64_t seed)
{
	struct error err = ERROR_INIT;
	struct stmt *stmt;
	int rc = db_prepare(world->local->db, text, &stmt, &err);

	if (rc < 0 || (rc = stmt_step(stmt, &err)) < 0)
		fail_msg("%s: %s", invariants[i].name, err.message);
	if (rc > 0)
		fail_msg("%s is broken at %lld (seed %llu)", invariants[i].name,
			 (long long)stmt_int(stmt, 0), (unsigned long long)seed);
	stmt_reset(stmt);
}

/* The question asked of one learner's records: other names for the tables. A
 * column after a dot and a word in quotes keep theirs. */
static char *near_text(const char *text)
{
	static const struct {
		const char *all, *near;
	} names[] = {
		{ "credit_claim", "near_claim" }, { "claim_line", "near_line" },
		{ "ledger_entry", "near_entry" }, { "booked", "near_booked" }, { "step", "near_step" },
	};
	struct buf out = BUF_INIT;

	for (size_t at = 0, len; text[at]; at += len) {
		const char *put = NULL;

		len = strspn(text + at, "abcdefghijklmnopqrstuvwxyz_");
		for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
			if (len == strlen(names[i].all) && !strncmp(text + at, names[i].all, len) &&
			    (at == 0 || !strchr(".'", text[at - 1])))
				put = names[i].near;
		len = len ? len : 1;
		buf_add(&out, put ? put : text + at, put ? strlen(put) : len);
	}
	return out.bytes;
}

void history_check_learner(struct world *world, int64_t student, uint64_t seed)
{
	static char *texts[sizeof invariants / sizeof invariants[0]];
	char text[80];

	snprintf(text, sizeof text, "UPDATE near SET student_id = %lld", (long long)student);
	sql(world, text);
	sql(world, near_steps);
	for (size_t i = 0; i < sizeof invariants / sizeof invariants[0]; i++) {
		if (!invariants[i].near)
			continue;
		if (!texts[i])
			texts[i] = near_text(invariants[i].sql);
		invariant_holds(world, i, texts[i], seed);
	}
}

void history_check(struct world *world, uint64_t seed)
{
	sql(world, "INSERT OR IGNORE INTO used_rule SELECT id, text FROM rule_text WHERE id IN"
	    " (SELECT rule_ref FROM claim_line)");
	for (size_t i = 0; i < sizeof invariants / sizeof invariants[0]; i++)
		invariant_holds(world, i, invariants[i].sql, seed);
	sql(world, "INSERT INTO kept_entry SELECT * FROM ledger_entry WHERE seq >"
	    " (SELECT coalesce(max(seq), 0) FROM kept_entry);"
	    "INSERT INTO kept_event SELECT * FROM audit_event WHERE seq >"
	    " (SELECT coalesce(max(seq), 0) FROM kept_event);");
}

/* I14 */
static void trail_is_a_path(struct world *world, int64_t claim, uint64_t seed)
{
	struct error err = ERROR_INIT;
	struct stmt *stmt;
	char state[16] = "", step[80];

	assert_int_equal(db_prepare(world->local->db, "SELECT substr(action, 7), detail FROM audit_event"
		" WHERE object_kind = 'credit_claim' AND object_id = ? AND action LIKE 'claim.%' AND action"
		" NOT LIKE 'claim.evidence%' ORDER BY seq", &stmt, &err), 0);
	stmt_bind_int(stmt, 1, claim);
	while (stmt_step(stmt, &err) > 0) {
		const char *event = stmt_text(stmt, 0), *detail = stmt_text(stmt, 1), *to;
		bool known = false;

		to = detail ? strchr(detail, '>') : NULL;
		assert_non_null(to);
		for (size_t i = 0; i < sizeof paths / sizeof paths[0] && !known; i++) {
			size_t len = strlen(paths[i].to);

			known = !strcmp(paths[i].from, state) && !strcmp(paths[i].event, event) &&
				!strncmp(to + 1, paths[i].to, len) && (!to[len + 1] || to[len + 1] == ' ');
			if (known)
				snprintf(state, sizeof state, "%s", paths[i].to);
		}
		if (!known) {
			snprintf(step, sizeof step, "%s %s %s", state, event, detail);
			fail_msg("I14: claim %lld: %s (seed %llu)", (long long)claim, step,
				 (unsigned long long)seed);
		}
	}
	stmt_reset(stmt);
	assert_string_equal(state, enum_code(&claim_state_enum, world_state(world, claim)));
}

/* I15, by bytes made here. No text of these histories needs a quote. */
static void chain_hashes(struct world *world, const char *text, uint64_t seed)
{
	uint8_t prev[HASH_BYTES] = { 0 };
	struct error err = ERROR_INIT;
	struct stmt *stmt;
	size_t len;

	assert_int_equal(db_prepare(world->local->db, text, &stmt, &err), 0);
	while (stmt_step(stmt, &err) > 0) {
		const char *row = stmt_text(stmt, 0);
		const void *hash = stmt_blob(stmt, 1, &len);
		uint8_t sum[HASH_BYTES];

		hash_chain(prev, row, strlen(row), sum);
		if (len != HASH_BYTES || memcmp(sum, hash, HASH_BYTES) != 0)
			fail_msg("I15: %s (seed %llu)", row, (unsigned long long)seed);
		memcpy(prev, sum, HASH_BYTES);
	}
	stmt_reset(stmt);
}

/* I27: what the account's card says is what the ledger holds. */
static void totals_agree(struct world *world, int64_t student, uint64_t seed)
{
	struct card_request request = { .kind = KIND_ACCOUNT, .id = student };
	const struct record_list *modules;
	struct bundle card;
	int64_t shown = 0, held = 0;
	char text[200];

	world_as(world, "registrar.1");
	bundle_init(&card, &world->arena);
	assert_done(world, store_card(world->store, &request, &world->arena, &card, &world->err));
	modules = bundle_list(&card, &module_credit_fields);
	for (size_t i = 0; i < modules->count; i++) {
		const struct module_credit *module = modules->items[i];

		if (module->code && *module->code)
			continue;
		shown = module->earned_centi; /* the transferred ones among them */
	}
	snprintf(text, sizeof text, "SELECT coalesce(sum(amount_centi), 0) FROM booked WHERE account <> 'POOL'"
		 " AND student_id = %lld", (long long)student);
	assert_int_equal(db_number(world->local->db, text, &held, &world->err), 0);
	if (shown != held)
		fail_msg("I27: learner %lld: %lld shown, %lld held (seed %llu)", (long long)student,
			 (long long)shown, (long long)held, (unsigned long long)seed);
}

void history_check_all(struct world *world, uint64_t seed)
{
	int64_t claims = 0;

	history_check(world, seed);
	assert_int_equal(db_number(world->local->db, "SELECT coalesce(max(id), 0) FROM credit_claim",
				   &claims, &world->err), 0);
	for (int64_t claim = 1; claim <= claims; claim++)
		trail_is_a_path(world, claim, seed);
	chain_hashes(world, "SELECT e.seq || ',' || e.account_id || ',' || e.kind || ',' ||"
		     " e.amount_centi || ',' || coalesce(e.module_code, '') || ',' ||"
		     " coalesce(e.course_id, '') || ',' || coalesce(l.claim_id, '') || ',' ||"
		     " coalesce(e.claim_line, '') || ',' || coalesce(e.reverses_seq, '') || ',' ||"
		     " e.booked_on || char(10), e.hash FROM ledger_entry e LEFT JOIN claim_line l"
		     " ON l.id = e.claim_line ORDER BY e.seq", seed);
	chain_hashes(world, "SELECT seq || ',' || at || ',' || user_id || ',' || action || ',' ||"
		     " coalesce(object_kind, '') || ',' || coalesce(object_id, '') || ',' ||"
		     " coalesce(detail, '') || ',' || coalesce(reason, '') || ',' ||"
		     " lower(coalesce(hex(before_hash), '')) || ',' || lower(coalesce(hex(after_hash), ''))"
		     " || char(10), hash FROM audit_event ORDER BY seq", seed);
	for (size_t i = 0; i < world->learners; i++)
		totals_agree(world, world->students[i], seed);
}
