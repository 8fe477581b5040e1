-- The first schema: every stored kind of core/model/kind.h as a table of its
-- name, with the fields as columns (DOMAIN.md 2), then what the store itself
-- needs. tests/unit/schema_test.c holds the tables and the field tables together.
--
-- Enums, days (YYYY-MM-DD) and texts are TEXT; instants are UTC seconds;
-- amounts and marks are hundredths; hashes are 32 bytes. Nothing is deleted.
-- seq is id where a table has both.
--
-- Enums are checked by = and OR, the usual value first: SQLite builds a table in
-- memory for IN, which cost an import of learners a third of its inserts.

-- People and staff. id 1 of "user" is the program itself.

CREATE TABLE branch (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	parent_id INTEGER REFERENCES branch (id),
	kind TEXT NOT NULL
		CHECK (kind = 'BRANCH' OR kind = 'CENTRE')
) STRICT;
CREATE UNIQUE INDEX branch_by_code ON branch (code, kind);
CREATE INDEX branch_by_parent ON branch (parent_id);

CREATE TABLE person (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	full_name TEXT NOT NULL,
	name_pinyin TEXT,
	name_initials TEXT,
	doc_kind TEXT NOT NULL
		CHECK (doc_kind = 'CITIZEN_ID' OR doc_kind = 'PASSPORT' OR doc_kind = 'HMT_PERMIT' OR
			doc_kind = 'OTHER'),
	doc_no TEXT,
	birth_date TEXT,
	sex TEXT
		CHECK (sex = 'M' OR sex = 'F' OR sex = 'U'),
	mobile TEXT,
	email TEXT,
	consent_on TEXT,
	merged_into INTEGER REFERENCES person (id),
	CHECK (merged_into <> id)
) STRICT;
CREATE UNIQUE INDEX person_by_doc_kind ON person (doc_kind, doc_no) WHERE doc_no IS NOT NULL;

CREATE TABLE "user" (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	login TEXT NOT NULL UNIQUE,
	person_id INTEGER REFERENCES person (id),
	branch_id INTEGER REFERENCES branch (id),
	secret TEXT,
	state TEXT NOT NULL
		CHECK (state = 'ACTIVE' OR state = 'LOCKED' OR state = 'CLOSED')
) STRICT;
CREATE INDEX user_by_person ON "user" (person_id);

CREATE TABLE user_role (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	user_id INTEGER NOT NULL REFERENCES "user" (id),
	role TEXT NOT NULL
		CHECK (role = 'viewer' OR role = 'front_desk' OR role = 'verifier' OR
			role = 'reviewer1' OR role = 'expert' OR role = 'reviewer2' OR
			role = 'ledger_keeper' OR role = 'registrar' OR role = 'scheduler' OR
			role = 'auditor' OR role = 'admin'),
	removed_on TEXT
) STRICT;
CREATE UNIQUE INDEX user_role_by_user ON user_role (user_id, role) WHERE removed_on IS NULL;
CREATE INDEX user_role_by_user_all ON user_role (user_id);

CREATE TABLE user_conflict (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	user_id INTEGER NOT NULL REFERENCES "user" (id),
	person_id INTEGER NOT NULL REFERENCES person (id),
	removed_on TEXT
) STRICT;
CREATE UNIQUE INDEX user_conflict_by_user ON user_conflict (user_id, person_id) WHERE removed_on IS NULL;
CREATE INDEX user_conflict_by_user_all ON user_conflict (user_id);

CREATE TABLE shift_pattern (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	code TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL
		CHECK (kind = 'CYCLE' OR kind = 'WEEKDAY'),
	cycle TEXT NOT NULL,
	anchor_on TEXT NOT NULL,
	d_start INTEGER NOT NULL,
	d_len INTEGER NOT NULL,
	e_start INTEGER NOT NULL,
	e_len INTEGER NOT NULL,
	n_start INTEGER NOT NULL,
	n_len INTEGER NOT NULL,
	buffer_min INTEGER NOT NULL,
	rest_after_n_min INTEGER NOT NULL
) STRICT;

CREATE TABLE employment (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	person_id INTEGER NOT NULL REFERENCES person (id),
	employer TEXT NOT NULL,
	plant TEXT,
	workshop TEXT,
	post TEXT,
	employee_no TEXT,
	shift_pattern_id INTEGER REFERENCES shift_pattern (id),
	team_offset INTEGER,
	valid_from TEXT NOT NULL,
	valid_to TEXT,
	CHECK (valid_from < valid_to)
) STRICT;
CREATE INDEX employment_by_person ON employment (person_id, valid_from);
CREATE UNIQUE INDEX employment_current ON employment (person_id) WHERE valid_to IS NULL;
CREATE UNIQUE INDEX employment_by_employer ON employment (employer, employee_no) WHERE employee_no IS NOT NULL AND valid_to IS NULL;

-- What is studied.

CREATE TABLE cap_profile (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	code TEXT NOT NULL,
	version INTEGER NOT NULL,
	overall_bp INTEGER,
	s1_bp INTEGER,
	s2_bp INTEGER,
	s3_bp INTEGER,
	s4_bp INTEGER,
	partial_module_credit INTEGER NOT NULL CHECK (partial_module_credit IN (0, 1)),
	effective_from TEXT NOT NULL,
	effective_to TEXT
) STRICT;
CREATE UNIQUE INDEX cap_profile_by_code ON cap_profile (code, version);

CREATE TABLE programme (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	code TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	kind TEXT NOT NULL
		CHECK (kind = 'DEGREE' OR kind = 'NON_DEGREE'),
	level TEXT
		CHECK (level = 'ZHUANKE' OR level = 'BENKE_TOPUP' OR level = 'BENKE'),
	training_model TEXT NOT NULL
		CHECK (training_model = 'WORK_STUDY' OR training_model = 'ONLINE_BLEND' OR
			training_model = 'APPRENTICE' OR training_model = 'FULL_ONLINE'),
	two_cert_required INTEGER NOT NULL CHECK (two_cert_required IN (0, 1)),
	min_months INTEGER NOT NULL,
	max_months INTEGER NOT NULL,
	cap_profile INTEGER NOT NULL REFERENCES cap_profile (id)
) STRICT;

CREATE TABLE curriculum (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	programme_id INTEGER NOT NULL REFERENCES programme (id),
	version TEXT NOT NULL,
	min_total_centi INTEGER NOT NULL,
	effective_from TEXT NOT NULL,
	effective_to TEXT,
	state TEXT NOT NULL
		CHECK (state = 'DRAFT' OR state = 'PUBLISHED' OR state = 'RETIRED')
) STRICT;
CREATE UNIQUE INDEX curriculum_by_programme ON curriculum (programme_id, version);

CREATE TABLE curriculum_module (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	curriculum_id INTEGER NOT NULL REFERENCES curriculum (id),
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	min_centi INTEGER NOT NULL,
	transfer_max_centi INTEGER
) STRICT;
CREATE UNIQUE INDEX curriculum_module_by_curriculum ON curriculum_module (curriculum_id, code);

CREATE TABLE course (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	code TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	name_en TEXT,
	credit_centi INTEGER NOT NULL,
	hours INTEGER NOT NULL,
	kind TEXT NOT NULL
		CHECK (kind = 'REGULAR' OR kind = 'OPEN' OR kind = 'PRACTICE' OR kind = 'THESIS'),
	formative_bp INTEGER NOT NULL,
	owner TEXT
) STRICT;

CREATE TABLE curriculum_course (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	curriculum_id INTEGER NOT NULL REFERENCES curriculum (id),
	module_id INTEGER NOT NULL REFERENCES curriculum_module (id),
	course_id INTEGER NOT NULL REFERENCES course (id),
	required INTEGER NOT NULL CHECK (required IN (0, 1)),
	term_no INTEGER
) STRICT;
CREATE UNIQUE INDEX curriculum_course_by_curriculum ON curriculum_course (curriculum_id, course_id);

CREATE TABLE term (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	code TEXT NOT NULL UNIQUE,
	starts_on TEXT NOT NULL,
	ends_on TEXT NOT NULL,
	CHECK (starts_on < ends_on)
) STRICT;

CREATE TABLE calendar_day (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	on_date TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL
		CHECK (kind = 'HOLIDAY' OR kind = 'SWAPPED_WORKDAY' OR kind = 'CLOSED' OR kind = 'EXAM'),
	acts_as INTEGER,
	name TEXT NOT NULL
) STRICT;

-- Learners, groups and meetings.

CREATE TABLE room (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	code TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	kind TEXT NOT NULL
		CHECK (kind = 'CLASSROOM' OR kind = 'LAB' OR kind = 'BASE'),
	site TEXT NOT NULL,
	capacity INTEGER NOT NULL,
	base_owner TEXT,
	safety_rank INTEGER
) STRICT;

CREATE TABLE teacher (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	person_id INTEGER NOT NULL REFERENCES person (id),
	kind TEXT NOT NULL
		CHECK (kind = 'FULL_TIME' OR kind = 'PART_TIME' OR kind = 'MENTOR'),
	max_day_min INTEGER NOT NULL
) STRICT;
CREATE INDEX teacher_by_person ON teacher (person_id);

CREATE TABLE teacher_away (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	teacher_id INTEGER NOT NULL REFERENCES teacher (id),
	on_date TEXT NOT NULL,
	start_min INTEGER NOT NULL,
	end_min INTEGER NOT NULL
) STRICT;
CREATE INDEX teacher_away_by_teacher ON teacher_away (teacher_id, on_date);

CREATE TABLE cohort (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	code TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	programme_id INTEGER NOT NULL REFERENCES programme (id),
	curriculum_id INTEGER NOT NULL REFERENCES curriculum (id),
	centre_id INTEGER NOT NULL REFERENCES branch (id),
	intake TEXT NOT NULL,
	tutor_id INTEGER REFERENCES teacher (id),
	capacity INTEGER NOT NULL,
	shift_tolerance INTEGER NOT NULL
) STRICT;
CREATE INDEX cohort_by_programme ON cohort (programme_id);
CREATE INDEX cohort_by_centre ON cohort (centre_id);

CREATE TABLE student (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	person_id INTEGER NOT NULL REFERENCES person (id),
	student_no TEXT NOT NULL UNIQUE,
	programme_id INTEGER NOT NULL REFERENCES programme (id),
	curriculum_id INTEGER NOT NULL REFERENCES curriculum (id),
	branch_id INTEGER NOT NULL REFERENCES branch (id),
	centre_id INTEGER NOT NULL REFERENCES branch (id),
	registered_on TEXT NOT NULL,
	status TEXT NOT NULL
		CHECK (status = 'ACTIVE' OR status = 'LEAVE' OR status = 'WITHDRAWN' OR
			status = 'GRADUATED' OR status = 'EXPIRED'),
	status_since TEXT NOT NULL,
	cohort_id INTEGER REFERENCES cohort (id),
	entry_level TEXT
		CHECK (entry_level = 'JUNIOR' OR entry_level = 'SENIOR' OR
			entry_level = 'VOCATIONAL' OR entry_level = 'ZHUANKE' OR entry_level = 'BENKE'),
	graduated_on TEXT
) STRICT;
CREATE INDEX student_by_person ON student (person_id);
CREATE INDEX student_by_cohort ON student (cohort_id);

CREATE TABLE enrolment (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	student_id INTEGER NOT NULL REFERENCES student (id),
	course_id INTEGER NOT NULL REFERENCES course (id),
	term_id INTEGER NOT NULL REFERENCES term (id),
	cohort_id INTEGER NOT NULL REFERENCES cohort (id),
	state TEXT NOT NULL
		CHECK (state = 'ENROLLED' OR state = 'COMPLETED' OR state = 'DROPPED' OR
			state = 'EXEMPT')
) STRICT;
CREATE UNIQUE INDEX enrolment_by_student ON enrolment (student_id, course_id, term_id) WHERE state <> 'DROPPED';
CREATE INDEX enrolment_by_student_all ON enrolment (student_id);
CREATE INDEX enrolment_by_cohort ON enrolment (cohort_id, term_id);

CREATE TABLE course_result (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	student_id INTEGER NOT NULL REFERENCES student (id),
	course_id INTEGER NOT NULL REFERENCES course (id),
	term_id INTEGER NOT NULL REFERENCES term (id),
	formative INTEGER,
	final INTEGER,
	composite INTEGER,
	outcome TEXT NOT NULL
		CHECK (outcome = 'PASS' OR outcome = 'FAIL' OR outcome = 'PENDING' OR
			outcome = 'EXEMPT'),
	result_on TEXT NOT NULL,
	replaces_id INTEGER REFERENCES course_result (id)
) STRICT;
CREATE INDEX course_result_by_student ON course_result (student_id, course_id);

CREATE TABLE session (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	course_id INTEGER NOT NULL REFERENCES course (id),
	teacher_id INTEGER NOT NULL REFERENCES teacher (id),
	mode TEXT NOT NULL
		CHECK (mode = 'CLASSROOM' OR mode = 'ONLINE' OR mode = 'PRACTICE'),
	room_id INTEGER REFERENCES room (id),
	join_url TEXT,
	on_date TEXT NOT NULL,
	start_min INTEGER NOT NULL,
	end_min INTEGER NOT NULL,
	state TEXT NOT NULL
		CHECK (state = 'PLANNED' OR state = 'PUBLISHED' OR state = 'HELD' OR
			state = 'CANCELLED' OR state = 'MOVED'),
	override_reason TEXT,
	CHECK (start_min < end_min)
) STRICT;
CREATE INDEX session_by_on_date ON session (on_date, start_min);
CREATE INDEX session_by_teacher ON session (teacher_id, on_date);
CREATE INDEX session_by_room ON session (room_id, on_date);

CREATE TABLE session_cohort (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	session_id INTEGER NOT NULL REFERENCES session (id),
	cohort_id INTEGER NOT NULL REFERENCES cohort (id)
) STRICT;
CREATE UNIQUE INDEX session_cohort_by_session ON session_cohort (session_id, cohort_id);
CREATE INDEX session_cohort_by_cohort ON session_cohort (cohort_id, session_id);

CREATE TABLE attendance (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	session_id INTEGER NOT NULL REFERENCES session (id),
	student_id INTEGER NOT NULL REFERENCES student (id),
	mark TEXT NOT NULL
		CHECK (mark = 'PRESENT' OR mark = 'LATE' OR mark = 'EXCUSED' OR mark = 'ABSENT'),
	minutes INTEGER
) STRICT;
CREATE UNIQUE INDEX attendance_by_session ON attendance (session_id, student_id);
CREATE INDEX attendance_by_student ON attendance (student_id, session_id);

-- Certificates, rules and claims.

CREATE TABLE certificate_type (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	code TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	category TEXT NOT NULL
		CHECK (category = 'VQ' OR category = 'PS' OR category = 'MC' OR category = 'TR'),
	has_level INTEGER NOT NULL CHECK (has_level IN (0, 1)),
	validity_months INTEGER,
	issuer TEXT
) STRICT;

CREATE TABLE certificate (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	person_id INTEGER NOT NULL REFERENCES person (id),
	type_id INTEGER NOT NULL REFERENCES certificate_type (id),
	cert_no TEXT NOT NULL,
	level INTEGER,
	mark INTEGER,
	issued_on TEXT NOT NULL,
	expires_on TEXT,
	state TEXT NOT NULL
		CHECK (state = 'HELD' OR state = 'VERIFIED' OR state = 'REVOKED' OR state = 'FALSE'),
	verified_by INTEGER REFERENCES "user" (id),
	verified_on TEXT
) STRICT;
CREATE UNIQUE INDEX certificate_by_type ON certificate (type_id, cert_no);
CREATE INDEX certificate_by_person ON certificate (person_id);

CREATE TABLE prior_result (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	person_id INTEGER NOT NULL REFERENCES person (id),
	source_kind TEXT NOT NULL
		CHECK (source_kind = 'COURSE' OR source_kind = 'CERTIFICATE' OR
			source_kind = 'OPEN_COURSE'),
	code TEXT NOT NULL,
	name TEXT,
	issuer TEXT,
	mark INTEGER,
	credit_centi INTEGER,
	hours INTEGER,
	dated_on TEXT,
	expires_on TEXT,
	state TEXT NOT NULL
		CHECK (state = 'HELD' OR state = 'VERIFIED' OR state = 'REVOKED' OR state = 'FALSE'),
	verified_by INTEGER REFERENCES "user" (id),
	verified_on TEXT
) STRICT;
CREATE INDEX prior_result_by_person ON prior_result (person_id);

CREATE TABLE transfer_rule (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	rule_code TEXT NOT NULL,
	version INTEGER NOT NULL,
	kind TEXT NOT NULL
		CHECK (kind = 'CC' OR kind = 'TC' OR kind = 'TX' OR kind = 'NM' OR kind = 'OA'),
	source_class TEXT NOT NULL
		CHECK (source_class = 'S1' OR source_class = 'S2' OR source_class = 'S3' OR
			source_class = 'S4'),
	target_module TEXT,
	need_count INTEGER,
	min_level INTEGER,
	min_mark INTEGER,
	min_ratio_bp INTEGER,
	amount_centi INTEGER,
	hours_per_credit INTEGER,
	step_centi INTEGER,
	rule_max_centi INTEGER,
	max_age_years INTEGER,
	specificity INTEGER NOT NULL,
	priority INTEGER NOT NULL,
	effective_from TEXT NOT NULL,
	effective_to TEXT,
	state TEXT NOT NULL
		CHECK (state = 'DRAFT' OR state = 'ACTIVE' OR state = 'SUSPENDED' OR state = 'RETIRED'),
	basis TEXT NOT NULL,
	entered_by INTEGER NOT NULL REFERENCES "user" (id),
	released_by INTEGER REFERENCES "user" (id),
	CHECK (released_by <> entered_by)
) STRICT;
CREATE UNIQUE INDEX transfer_rule_by_rule_code ON transfer_rule (rule_code, version);

CREATE TABLE rule_programme (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	rule_id INTEGER NOT NULL REFERENCES transfer_rule (id),
	programme_id INTEGER NOT NULL REFERENCES programme (id)
) STRICT;
CREATE UNIQUE INDEX rule_programme_by_rule ON rule_programme (rule_id, programme_id);
CREATE INDEX rule_programme_by_programme ON rule_programme (programme_id, rule_id);

CREATE TABLE rule_source (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	rule_id INTEGER NOT NULL REFERENCES transfer_rule (id),
	position INTEGER NOT NULL,
	source TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX rule_source_by_rule ON rule_source (rule_id, position);
CREATE INDEX rule_source_by_source ON rule_source (source, rule_id);

CREATE TABLE rule_target (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	rule_id INTEGER NOT NULL REFERENCES transfer_rule (id),
	position INTEGER NOT NULL,
	course_id INTEGER NOT NULL REFERENCES course (id)
) STRICT;
CREATE UNIQUE INDEX rule_target_by_rule ON rule_target (rule_id, position);

CREATE TABLE credit_claim (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	claim_no TEXT NOT NULL UNIQUE,
	student_id INTEGER NOT NULL REFERENCES student (id),
	state TEXT NOT NULL
		CHECK (state = 'DRAFT' OR state = 'SUBMITTED' OR state = 'ACCEPTED' OR
			state = 'VERIFIED' OR state = 'FIRST_OK' OR state = 'EXPERT' OR
			state = 'SECOND_OK' OR state = 'NOTICE' OR state = 'APPROVED' OR
			state = 'POSTED' OR state = 'RETURNED' OR state = 'REJECTED' OR
			state = 'APPEALED' OR state = 'OBJECTED' OR state = 'WITHDRAWN' OR
			state = 'REVOKED' OR state = 'LAPSED'),
	submitted_on TEXT,
	submitted_by INTEGER REFERENCES "user" (id),
	accepted_by INTEGER REFERENCES "user" (id),
	verified_by INTEGER REFERENCES "user" (id),
	first_by INTEGER REFERENCES "user" (id),
	expert_by INTEGER REFERENCES "user" (id),
	second_by INTEGER REFERENCES "user" (id),
	posted_by INTEGER REFERENCES "user" (id),
	revoke_by INTEGER REFERENCES "user" (id),
	deadline_on TEXT,
	notice_from TEXT,
	objected_on TEXT,
	notice_end_on TEXT,
	appeal_count INTEGER,
	refused_in TEXT
		CHECK (refused_in = 'DRAFT' OR refused_in = 'SUBMITTED' OR refused_in = 'ACCEPTED' OR
			refused_in = 'VERIFIED' OR refused_in = 'FIRST_OK' OR refused_in = 'EXPERT' OR
			refused_in = 'SECOND_OK' OR refused_in = 'NOTICE' OR refused_in = 'APPROVED' OR
			refused_in = 'POSTED' OR refused_in = 'RETURNED' OR refused_in = 'REJECTED' OR
			refused_in = 'APPEALED' OR refused_in = 'OBJECTED' OR
			refused_in = 'WITHDRAWN' OR refused_in = 'REVOKED' OR refused_in = 'LAPSED'),
	requested_centi INTEGER,
	proposed_centi INTEGER,
	granted_centi INTEGER,
	reason_code TEXT,
	reason_text TEXT
) STRICT;
CREATE INDEX credit_claim_by_student ON credit_claim (student_id);
CREATE INDEX credit_claim_by_state ON credit_claim (state, deadline_on);
CREATE INDEX credit_claim_by_deadline ON credit_claim (deadline_on);

CREATE TABLE claim_line (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	claim_id INTEGER NOT NULL REFERENCES credit_claim (id),
	line_no INTEGER NOT NULL,
	source_kind TEXT NOT NULL
		CHECK (source_kind = 'COURSE' OR source_kind = 'CERTIFICATE' OR
			source_kind = 'OPEN_COURSE'),
	source_ref INTEGER NOT NULL,
	source_code TEXT NOT NULL,
	rule_ref INTEGER REFERENCES transfer_rule (id),
	proposed_centi INTEGER,
	granted_centi INTEGER,
	code TEXT,
	opinion_centi INTEGER,
	opinion_course INTEGER REFERENCES course (id),
	opinion_class TEXT
		CHECK (opinion_class = 'S1' OR opinion_class = 'S2' OR opinion_class = 'S3' OR
			opinion_class = 'S4'),
	opinion_module TEXT,
	opinion_text TEXT,
	removed_on TEXT
) STRICT;
CREATE INDEX claim_line_by_claim ON claim_line (claim_id, line_no);
CREATE INDEX claim_line_by_source_kind ON claim_line (source_kind, source_ref);

CREATE TABLE evidence (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	line_id INTEGER NOT NULL REFERENCES claim_line (id),
	kind TEXT NOT NULL
		CHECK (kind = 'ORIGINAL_SEEN' OR kind = 'COPY' OR kind = 'REGISTRY_CHECK' OR
			kind = 'EMPLOYER_LETTER'),
	file_name TEXT,
	size_bytes INTEGER,
	sha256 BLOB CHECK (length(sha256) = 32),
	checked TEXT NOT NULL
		CHECK (checked = 'OPEN' OR checked = 'OK' OR checked = 'STRUCK' OR checked = 'FALSE'),
	checked_by INTEGER REFERENCES "user" (id)
) STRICT;
CREATE INDEX evidence_by_line ON evidence (line_id);
CREATE INDEX evidence_by_sha256 ON evidence (sha256);

CREATE TABLE claim_excluded (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	claim_id INTEGER NOT NULL REFERENCES credit_claim (id),
	user_id INTEGER NOT NULL REFERENCES "user" (id)
) STRICT;
CREATE UNIQUE INDEX claim_excluded_by_claim ON claim_excluded (claim_id, user_id);

CREATE TABLE claim_explanation (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	claim_id INTEGER NOT NULL REFERENCES credit_claim (id),
	position INTEGER NOT NULL,
	line_no INTEGER NOT NULL,
	rule TEXT,
	code TEXT NOT NULL,
	granted_centi INTEGER NOT NULL,
	need TEXT,
	have TEXT,
	detail TEXT,
	superseded INTEGER NOT NULL CHECK (superseded IN (0, 1))
) STRICT;
CREATE INDEX claim_explanation_by_claim ON claim_explanation (claim_id, superseded, position);

CREATE TABLE source_use (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	source_kind TEXT NOT NULL
		CHECK (source_kind = 'COURSE' OR source_kind = 'CERTIFICATE' OR
			source_kind = 'OPEN_COURSE'),
	source_ref INTEGER NOT NULL,
	programme_id INTEGER NOT NULL REFERENCES programme (id),
	student_id INTEGER NOT NULL REFERENCES student (id),
	claim_id INTEGER NOT NULL REFERENCES credit_claim (id),
	released_on TEXT
) STRICT;
CREATE UNIQUE INDEX source_use_by_source_kind ON source_use (source_kind, source_ref, programme_id) WHERE released_on IS NULL;
CREATE INDEX source_use_by_student ON source_use (student_id);
CREATE INDEX source_use_by_claim ON source_use (claim_id);

-- Append-only: the ledger and the audit trail, chained by hashes (core/store/chain.h).

CREATE TABLE account (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	student_id INTEGER NOT NULL REFERENCES student (id),
	kind TEXT NOT NULL
		CHECK (kind = 'EARNED' OR kind = 'TRANSFER' OR kind = 'POOL')
) STRICT;
CREATE UNIQUE INDEX account_by_student ON account (student_id, kind);

CREATE TABLE ledger_entry (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	seq INTEGER NOT NULL CHECK (seq = id),
	account_id INTEGER NOT NULL REFERENCES account (id),
	amount_centi INTEGER NOT NULL CHECK (amount_centi <> 0),
	kind TEXT NOT NULL
		CHECK (kind = 'RESULT' OR kind = 'GRANT' OR kind = 'POOL_IN' OR kind = 'POOL_OUT' OR
			kind = 'REVERSAL'),
	module_code TEXT,
	course_id INTEGER REFERENCES course (id),
	source_class TEXT
		CHECK (source_class = 'S1' OR source_class = 'S2' OR source_class = 'S3' OR
			source_class = 'S4'),
	claim_line INTEGER REFERENCES claim_line (id),
	result_id INTEGER REFERENCES course_result (id),
	reverses_seq INTEGER UNIQUE,
	booked_on TEXT NOT NULL,
	booked_by INTEGER NOT NULL REFERENCES "user" (id),
	prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
	hash BLOB NOT NULL CHECK (length(hash) = 32),
	CHECK ((claim_line IS NULL) <> (result_id IS NULL)),
	CHECK ((kind = 'REVERSAL') = (reverses_seq IS NOT NULL)),
	CHECK (reverses_seq < seq)
) STRICT;
CREATE INDEX ledger_entry_by_account ON ledger_entry (account_id);
CREATE INDEX ledger_entry_by_claim_line ON ledger_entry (claim_line);
CREATE INDEX ledger_entry_by_result ON ledger_entry (result_id) WHERE result_id IS NOT NULL;

CREATE TABLE audit_event (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	seq INTEGER NOT NULL CHECK (seq = id),
	at INTEGER NOT NULL,
	user_id INTEGER NOT NULL REFERENCES "user" (id),
	action TEXT NOT NULL,
	object_kind TEXT,
	object_id INTEGER,
	detail TEXT,
	reason TEXT,
	before_hash BLOB CHECK (length(before_hash) = 32),
	after_hash BLOB CHECK (length(after_hash) = 32),
	prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
	hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX audit_event_by_object_kind ON audit_event (object_kind, object_id);

-- Messages to other systems, and imports.

CREATE TABLE outbox (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	seq INTEGER NOT NULL CHECK (seq = id),
	kind TEXT NOT NULL
		CHECK (kind = 'RESULT_OUT' OR kind = 'GRANT_OUT' OR kind = 'ROSTER_OUT' OR
			kind = 'NOTICE_OUT'),
	payload TEXT NOT NULL,
	sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
	state TEXT NOT NULL
		CHECK (state = 'PENDING' OR state = 'SENT' OR state = 'CONFIRMED' OR state = 'FAILED'),
	tries INTEGER NOT NULL,
	next_at INTEGER,
	dedup_key TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, next_at);

CREATE TABLE import_batch (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	noun TEXT NOT NULL,
	source TEXT,
	sha256 BLOB CHECK (length(sha256) = 32),
	read INTEGER NOT NULL,
	created INTEGER NOT NULL,
	updated INTEGER NOT NULL,
	unchanged INTEGER NOT NULL,
	refused INTEGER NOT NULL
) STRICT;
CREATE INDEX import_batch_by_noun ON import_batch (noun, sha256);

-- What the store itself needs.

-- epoch: changes when a backup is restored, so that no old cursor is taken for
-- a new one. secret: key of the keyed hashes. demo: 1 in a demo world.
CREATE TABLE meta (
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE migration (
	version INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	checksum BLOB NOT NULL CHECK (length(checksum) = 32),
	applied_at INTEGER NOT NULL
) STRICT;

-- The change feed, in commit order: seq is taken while the writer's lock is
-- held. Records first_id to last_id of a kind were made or changed.
CREATE TABLE change (
	seq INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	first_id INTEGER NOT NULL,
	last_id INTEGER NOT NULL CHECK (last_id >= first_id),
	at INTEGER NOT NULL
) STRICT;

-- Idempotency keys with the first answer.
CREATE TABLE command_key (
	key TEXT PRIMARY KEY,
	user_id INTEGER NOT NULL REFERENCES "user" (id),
	request_hash BLOB NOT NULL CHECK (length(request_hash) = 32),
	reply TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a learner is found by (core/store/search_index.h): made from person and
-- student when they are written, and can be made again at any time.
CREATE TABLE search_term (
	kind TEXT NOT NULL,
	term TEXT NOT NULL,
	student_id INTEGER NOT NULL,
	branch_id INTEGER NOT NULL,
	centre_id INTEGER NOT NULL,
	active INTEGER NOT NULL,
	PRIMARY KEY (kind, term, student_id)
) STRICT, WITHOUT ROWID;

-- The last claim number of each month (YYYYMM): no gaps.
CREATE TABLE claim_counter (
	month TEXT PRIMARY KEY,
	last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO "user" (id, rev, created_at, created_by, login, state)
VALUES (1, 1, 0, 1, 'system', 'ACTIVE');
