-- When a teacher would like to teach, and when not. The planner and the conflict
-- engine ask this.

CREATE TABLE teacher_wish (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	rev INTEGER NOT NULL CHECK (rev > 0),
	created_at INTEGER NOT NULL,
	created_by INTEGER NOT NULL REFERENCES "user" (id),
	teacher_id INTEGER NOT NULL REFERENCES teacher (id),
	weekday TEXT NOT NULL
		CHECK (weekday = 'MON' OR weekday = 'TUE' OR weekday = 'WED' OR weekday = 'THU'
			OR weekday = 'FRI' OR weekday = 'SAT' OR weekday = 'SUN'),
	start_min INTEGER NOT NULL,
	end_min INTEGER NOT NULL CHECK (end_min > start_min),
	wish TEXT NOT NULL CHECK (wish = 'WANTED' OR wish = 'UNWANTED'),
	removed_on TEXT
) STRICT;
CREATE INDEX teacher_wish_by_teacher ON teacher_wish (teacher_id);
