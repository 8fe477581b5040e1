-- As 0003_append_only.sql, with PostgreSQL's triggers, which refuse TRUNCATE too.
-- Whoever owns the database can drop them; that it was done shows in the chain.

ALTER TABLE ledger_entry ADD COLUMN seal bytea CHECK (length(seal) = 32);
INSERT INTO meta (key, value)
SELECT 'unsealed', max(id)::text FROM ledger_entry HAVING max(id) > 0;

CREATE OR REPLACE FUNCTION overpass_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION USING ERRCODE = 'OV001', MESSAGE = TG_TABLE_NAME;
END $$;

CREATE OR REPLACE FUNCTION overpass_ledger_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.id <> coalesce((SELECT max(id) FROM ledger_entry), 0) + 1 OR NEW.seal IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'OV001', MESSAGE = TG_TABLE_NAME;
	END IF;
	RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION overpass_audit_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.id <> coalesce((SELECT max(id) FROM audit_event), 0) + 1 THEN
		RAISE EXCEPTION USING ERRCODE = 'OV001', MESSAGE = TG_TABLE_NAME;
	END IF;
	RETURN NEW;
END $$;

CREATE TRIGGER ledger_entry_stays BEFORE UPDATE ON ledger_entry
	FOR EACH ROW EXECUTE FUNCTION overpass_append_only();
CREATE TRIGGER ledger_entry_kept BEFORE DELETE ON ledger_entry
	FOR EACH ROW EXECUTE FUNCTION overpass_append_only();
CREATE TRIGGER ledger_entry_whole BEFORE TRUNCATE ON ledger_entry
	FOR EACH STATEMENT EXECUTE FUNCTION overpass_append_only();
CREATE TRIGGER ledger_entry_next BEFORE INSERT ON ledger_entry
	FOR EACH ROW EXECUTE FUNCTION overpass_ledger_next();

CREATE TRIGGER audit_event_stays BEFORE UPDATE ON audit_event
	FOR EACH ROW EXECUTE FUNCTION overpass_append_only();
CREATE TRIGGER audit_event_kept BEFORE DELETE ON audit_event
	FOR EACH ROW EXECUTE FUNCTION overpass_append_only();
CREATE TRIGGER audit_event_whole BEFORE TRUNCATE ON audit_event
	FOR EACH STATEMENT EXECUTE FUNCTION overpass_append_only();
CREATE TRIGGER audit_event_next BEFORE INSERT ON audit_event
	FOR EACH ROW EXECUTE FUNCTION overpass_audit_next();
