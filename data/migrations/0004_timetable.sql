-- The timetable: exceptions of a person from the shift pattern, versions of the
-- holiday calendar, series, drafts; locks, twins and overrides of a meeting.

CREATE TABLE shift_exception (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	person_id INTEGER NOT NULL REFERENCES person (id),
	kind TEXT NOT NULL
		CHECK (kind = 'LEAVE' OR kind = 'SWAP' OR kind = 'OVERTIME'),
	off_on TEXT,
	work_on TEXT,
	start_min INTEGER,
	end_min INTEGER,
	note TEXT,
	withdrawn_on TEXT
) STRICT;
CREATE INDEX shift_exception_by_person ON shift_exception (person_id);

CREATE TABLE calendar_version (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	year INTEGER NOT NULL,
	version TEXT NOT NULL UNIQUE,
	source TEXT NOT NULL,
	published_on TEXT,
	state TEXT NOT NULL
		CHECK (state = 'CURRENT' OR state = 'SUPERSEDED' OR state = 'REVOKED')
) STRICT;
CREATE INDEX calendar_version_by_year ON calendar_version (year);
-- one version of a year is in force
CREATE UNIQUE INDEX calendar_version_current ON calendar_version (year) WHERE state = 'CURRENT';

CREATE TABLE calendar_version_day (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	version_id INTEGER NOT NULL REFERENCES calendar_version (id),
	on_date TEXT NOT NULL,
	kind TEXT NOT NULL
		CHECK (kind = 'HOLIDAY' OR kind = 'SWAPPED_WORKDAY' OR kind = 'CLOSED' OR kind = 'EXAM'),
	name TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX calendar_version_day_by_version ON calendar_version_day (version_id, on_date);

CREATE TABLE session_series (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	first_on TEXT NOT NULL,
	until_on TEXT NOT NULL,
	every_weeks INTEGER NOT NULL,
	start_min INTEGER NOT NULL,
	end_min INTEGER NOT NULL
) STRICT;

CREATE TABLE plan_draft (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	term_id INTEGER NOT NULL REFERENCES term (id),
	name TEXT,
	state TEXT NOT NULL
		CHECK (state = 'DRAFT' OR state = 'PUBLISHED' OR state = 'UNDONE' OR state = 'DISCARDED'),
	seed INTEGER NOT NULL,
	cpu_ms INTEGER NOT NULL,
	kept INTEGER NOT NULL CHECK (kept IN (0, 1)),
	from_on TEXT NOT NULL,
	to_on TEXT NOT NULL,
	cohorts INTEGER NOT NULL,
	sessions INTEGER NOT NULL,
	unplaced INTEGER NOT NULL,
	conflicts INTEGER NOT NULL,
	cost INTEGER NOT NULL,
	learners INTEGER NOT NULL,
	learners_clear INTEGER NOT NULL,
	changes INTEGER NOT NULL,
	history TEXT,
	published_at INTEGER
) STRICT;
CREATE INDEX plan_draft_by_term ON plan_draft (term_id);

ALTER TABLE session ADD COLUMN override_by INTEGER REFERENCES "user" (id);
ALTER TABLE session ADD COLUMN override_kinds TEXT;
ALTER TABLE session ADD COLUMN lock_time INTEGER CHECK (lock_time IN (0, 1));
ALTER TABLE session ADD COLUMN lock_room INTEGER CHECK (lock_room IN (0, 1));
ALTER TABLE session ADD COLUMN series_id INTEGER REFERENCES session_series (id);
ALTER TABLE session ADD COLUMN original_on TEXT;
ALTER TABLE session ADD COLUMN twin_id INTEGER REFERENCES session (id);
ALTER TABLE session ADD COLUMN plan_id INTEGER REFERENCES plan_draft (id);
CREATE INDEX session_by_series ON session (series_id);
CREATE INDEX session_by_twin ON session (twin_id);
CREATE INDEX session_by_plan ON session (plan_id);

CREATE TABLE plan_session (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	plan_id INTEGER NOT NULL REFERENCES plan_draft (id),
	state TEXT NOT NULL
		CHECK (state = 'PLACED' OR state = 'UNPLACED' OR state = 'FIXED'),
	session_id INTEGER REFERENCES session (id),
	cohort_id INTEGER NOT NULL REFERENCES cohort (id),
	course_id INTEGER NOT NULL REFERENCES course (id),
	teacher_id INTEGER NOT NULL REFERENCES teacher (id),
	mode TEXT NOT NULL
		CHECK (mode = 'CLASSROOM' OR mode = 'ONLINE' OR mode = 'PRACTICE'),
	room_id INTEGER REFERENCES room (id),
	on_date TEXT,
	start_min INTEGER,
	end_min INTEGER,
	lesson INTEGER NOT NULL,
	twin_no INTEGER,
	was_on TEXT,
	was_start_min INTEGER,
	was_end_min INTEGER,
	was_room_id INTEGER REFERENCES room (id),
	was_state TEXT
		CHECK (was_state = 'PLANNED' OR was_state = 'PUBLISHED' OR was_state = 'HELD' OR was_state = 'CANCELLED' OR was_state = 'MOVED'),
	made_rev INTEGER
) STRICT;
CREATE INDEX plan_session_by_plan ON plan_session (plan_id, on_date);

CREATE TABLE plan_blocker (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	plan_id INTEGER NOT NULL REFERENCES plan_draft (id),
	cohort_id INTEGER NOT NULL REFERENCES cohort (id),
	course_id INTEGER NOT NULL REFERENCES course (id),
	lesson INTEGER NOT NULL,
	kind TEXT NOT NULL,
	what TEXT,
	least INTEGER NOT NULL CHECK (least IN (0, 1)),
	gain INTEGER NOT NULL,
	others INTEGER NOT NULL
) STRICT;
CREATE INDEX plan_blocker_by_plan ON plan_blocker (plan_id);

CREATE TABLE plan_clash (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	plan_id INTEGER NOT NULL REFERENCES plan_draft (id),
	student_id INTEGER NOT NULL REFERENCES student (id),
	meeting_id INTEGER NOT NULL REFERENCES plan_session (id),
	kind TEXT NOT NULL,
	makeup_id INTEGER REFERENCES plan_session (id)
) STRICT;
CREATE INDEX plan_clash_by_plan ON plan_clash (plan_id);

-- What was loaded before versions were kept is the version in force.
INSERT INTO calendar_version (rev, created_at, created_by, year, version, source, state)
SELECT 1, CAST(strftime('%s', 'now') AS INTEGER), 1, CAST(substr(on_date, 1, 4) AS INTEGER),
	substr(on_date, 1, 4) || '-0', '（版本记录启用前载入）', 'CURRENT'
FROM calendar_day WHERE kind = 'HOLIDAY' OR kind = 'SWAPPED_WORKDAY' GROUP BY substr(on_date, 1, 4);
INSERT INTO calendar_version_day (rev, created_at, created_by, version_id, on_date, kind, name)
SELECT 1, v.created_at, 1, v.id, d.on_date, d.kind, d.name
FROM calendar_day d JOIN calendar_version v ON v.year = CAST(substr(d.on_date, 1, 4) AS INTEGER)
WHERE d.kind = 'HOLIDAY' OR d.kind = 'SWAPPED_WORKDAY';
