-- Who is logged in at the server. A token is kept as a keyed hash only. A row
-- stays for a while after its end: the device that had it is known, and is not
-- slowed by strangers who guess at the same account.

CREATE TABLE auth_session (
	id INTEGER PRIMARY KEY CHECK (id > 0),
	token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
	user_id INTEGER NOT NULL REFERENCES "user" (id),
	-- keyed hash of the account's secret: a changed password ends its tokens
	secret_mark BLOB NOT NULL CHECK (length(secret_mark) = 32),
	created_at INTEGER NOT NULL,
	seen_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	ended_at INTEGER
) STRICT;
CREATE INDEX auth_session_by_user ON auth_session (user_id);
CREATE INDEX auth_session_by_expiry ON auth_session (expires_at);
