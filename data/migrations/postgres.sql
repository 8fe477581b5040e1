-- What the migrations and the program take for granted and PostgreSQL has not.
-- Run before each migration that is applied.

-- The number of a row that comes without one: the greatest, and one more, as in
-- SQLite, so that numbers have no gaps. Two who insert wait for each other.
CREATE OR REPLACE FUNCTION overpass_next_number() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	number bigint;
BEGIN
	PERFORM pg_advisory_xact_lock(1331056723, hashtext(TG_TABLE_SCHEMA::text));
	EXECUTE format('SELECT coalesce(max(%I), 0) + 1 FROM %I.%I', TG_ARGV[0], TG_TABLE_SCHEMA,
		TG_TABLE_NAME) INTO number;
	IF TG_ARGV[0] = 'id' THEN
		NEW.id := number;
	ELSIF TG_ARGV[0] = 'seq' THEN
		NEW.seq := number;
	END IF;
	RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION hex(bytes bytea) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT upper(encode(bytes, 'hex'))
$$;
