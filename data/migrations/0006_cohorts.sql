-- Who waits for a seat in a full cohort, in the order of their ids; and which
-- learners and meetings went from one cohort to another when cohorts were split
-- or merged, so that it can be taken back.

CREATE TABLE cohort_wait (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	cohort_id INTEGER NOT NULL REFERENCES cohort (id),
	student_id INTEGER NOT NULL REFERENCES student (id),
	state TEXT NOT NULL
		CHECK (state = 'WAITING' OR state = 'OFFERED' OR state = 'PLACED' OR state = 'LEFT'),
	offered_on TEXT
) STRICT;
CREATE INDEX cohort_wait_by_cohort ON cohort_wait (cohort_id, state);
CREATE INDEX cohort_wait_by_student ON cohort_wait (student_id);

CREATE TABLE cohort_change (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	from_id INTEGER NOT NULL REFERENCES cohort (id),
	to_id INTEGER NOT NULL REFERENCES cohort (id),
	student_id INTEGER REFERENCES student (id),
	session_id INTEGER REFERENCES session (id),
	on_date TEXT NOT NULL,
	undone_on TEXT,
	CHECK ((student_id IS NULL) <> (session_id IS NULL))
) STRICT;
CREATE INDEX cohort_change_by_to ON cohort_change (to_id, from_id);
CREATE INDEX cohort_change_by_from ON cohort_change (from_id);
