-- What the conflicts POOL_EXCEEDED, EXAM_GAP and ORDER are judged by, and what
-- a room allows: portable items and how many a course uses, examinations, which
-- course comes after which, opening hours, set-up, work places, staff, seats online.

CREATE TABLE pool (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	code TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	stock INTEGER NOT NULL
) STRICT;

CREATE TABLE course_use (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	course_id INTEGER NOT NULL REFERENCES course (id),
	pool_id INTEGER NOT NULL REFERENCES pool (id),
	pieces INTEGER NOT NULL,
	removed_on TEXT
) STRICT;
CREATE INDEX course_use_by_course ON course_use (course_id);
CREATE INDEX course_use_by_pool ON course_use (pool_id);

CREATE TABLE course_order (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	course_id INTEGER NOT NULL REFERENCES course (id),
	after_id INTEGER NOT NULL REFERENCES course (id),
	removed_on TEXT
) STRICT;
CREATE INDEX course_order_by_course ON course_order (course_id);
CREATE INDEX course_order_by_after ON course_order (after_id);

ALTER TABLE session ADD COLUMN exam INTEGER CHECK (exam IN (0, 1));
ALTER TABLE session ADD COLUMN online_seats INTEGER;
ALTER TABLE session ADD COLUMN assistant_id INTEGER REFERENCES teacher (id);
CREATE INDEX session_by_course ON session (course_id, on_date);
CREATE INDEX session_exam ON session (course_id) WHERE exam = 1;
CREATE INDEX session_by_assistant ON session (assistant_id);

ALTER TABLE room ADD COLUMN open_from INTEGER;
ALTER TABLE room ADD COLUMN open_to INTEGER;
ALTER TABLE room ADD COLUMN setup_min INTEGER;
ALTER TABLE room ADD COLUMN clear_min INTEGER;
ALTER TABLE room ADD COLUMN stations INTEGER;
ALTER TABLE room ADD COLUMN min_staff INTEGER;
