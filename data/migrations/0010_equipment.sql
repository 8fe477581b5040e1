-- What rooms have and when they are closed, what courses need, and which teachers
-- hold a certificate for it. The planner and the conflict engine ask these.

CREATE TABLE room_feature (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	room_id INTEGER NOT NULL REFERENCES room (id),
	item TEXT NOT NULL,
	removed_on TEXT
) STRICT;
CREATE INDEX room_feature_by_room ON room_feature (room_id);

CREATE TABLE room_closure (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	room_id INTEGER NOT NULL REFERENCES room (id),
	on_date TEXT NOT NULL,
	start_min INTEGER NOT NULL,
	until_on TEXT NOT NULL,
	end_min INTEGER NOT NULL,
	note TEXT,
	removed_on TEXT
) STRICT;
CREATE INDEX room_closure_by_room ON room_closure (room_id);

CREATE TABLE course_need (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	course_id INTEGER NOT NULL REFERENCES course (id),
	item TEXT NOT NULL,
	certified INTEGER NOT NULL CHECK (certified = 0 OR certified = 1),
	removed_on TEXT
) STRICT;
CREATE INDEX course_need_by_course ON course_need (course_id);

CREATE TABLE teacher_certificate (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	teacher_id INTEGER NOT NULL REFERENCES teacher (id),
	item TEXT NOT NULL,
	last_on TEXT,
	removed_on TEXT
) STRICT;
CREATE INDEX teacher_certificate_by_teacher ON teacher_certificate (teacher_id);
