-- The search index lies in blocks of a page, each entry with all that a list shows
-- of the learner beside it (core/store/search_block.h, search_table.h). It is made
-- anew by the program when it first opens the database.

DROP TABLE search_term;
DROP TABLE search_line;

-- Entries of the index in the order of their keys, written by what they differ in.
CREATE TABLE search_block (
	id INTEGER PRIMARY KEY,
	bytes BLOB NOT NULL
) STRICT;

-- From which key on entries stand in which block: the term, a NUL, the learner's
-- id in eight bytes. The first key is empty.
CREATE TABLE search_first (
	key BLOB NOT NULL PRIMARY KEY,
	block INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO search_block (id, bytes) VALUES (1, x'');
INSERT INTO search_first (key, block) VALUES (x'', 1);

-- What the learners of a class share, 0 for none.
CREATE TABLE search_group (
	id INTEGER PRIMARY KEY,
	branch_id INTEGER NOT NULL,
	centre_id INTEGER NOT NULL,
	programme_id INTEGER NOT NULL,
	curriculum_id INTEGER NOT NULL,
	cohort_id INTEGER NOT NULL,
	year INTEGER NOT NULL,
	UNIQUE (cohort_id, branch_id, centre_id, programme_id, curriculum_id, year)
) STRICT;

DELETE FROM meta WHERE key = 'search';
