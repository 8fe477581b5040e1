-- Addresses under which a calendar program reads a timetable without a login. The
-- secret part of the address is kept as a keyed hash only.

CREATE TABLE calendar_feed (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	student_id INTEGER REFERENCES student (id),
	cohort_id INTEGER REFERENCES cohort (id),
	teacher_id INTEGER REFERENCES teacher (id),
	room_id INTEGER REFERENCES room (id),
	token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
	expires_on TEXT NOT NULL,
	revoked_on TEXT,
	used_on TEXT,
	CHECK (CASE WHEN student_id IS NULL THEN 0 ELSE 1 END
		+ CASE WHEN cohort_id IS NULL THEN 0 ELSE 1 END
		+ CASE WHEN teacher_id IS NULL THEN 0 ELSE 1 END
		+ CASE WHEN room_id IS NULL THEN 0 ELSE 1 END = 1)
) STRICT;
CREATE INDEX calendar_feed_by_student ON calendar_feed (student_id);
CREATE INDEX calendar_feed_by_cohort ON calendar_feed (cohort_id);
CREATE INDEX calendar_feed_by_teacher ON calendar_feed (teacher_id);
CREATE INDEX calendar_feed_by_room ON calendar_feed (room_id);
