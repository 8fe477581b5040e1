-- A learner's line stands beside his initials, his terms carry their kind, and
-- what many share is a number (core/store/search_line.h, search_index.h). All of
-- it is made anew by the program when it first opens the database.

DROP TABLE search_term;

-- term: the kind, then what is typed. place: branch, centre and standing in
-- one number; line: all that a list shows, for initials; NULL when it has to be
-- looked up in search_line.
CREATE TABLE search_term (
	term TEXT NOT NULL,
	student_id INTEGER NOT NULL,
	place INTEGER,
	line BLOB,
	PRIMARY KEY (term, student_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_line (
	student_id INTEGER PRIMARY KEY,
	line BLOB NOT NULL
) STRICT;

-- Plant, workshop and post, '' for none: a few hundred for all learners.
CREATE TABLE search_work (
	id INTEGER PRIMARY KEY,
	plant TEXT NOT NULL,
	workshop TEXT NOT NULL,
	post TEXT NOT NULL,
	UNIQUE (plant, workshop, post)
) STRICT;

DELETE FROM meta WHERE key = 'search';
