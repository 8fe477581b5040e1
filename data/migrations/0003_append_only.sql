-- The ledger and the audit trail only grow: what is written stays as it was,
-- and the next row is the next number (DOMAIN.md I2, I15, I26). Whoever has the
-- file can drop these triggers; that it was done shows in the chain.

-- seal: what the hash of an entry, made of the columns of the export, does not
-- cover (core/store/chain.h). The entries of before have none.
ALTER TABLE ledger_entry ADD COLUMN seal BLOB CHECK (length(seal) = 32);
INSERT INTO meta (key, value)
SELECT 'unsealed', max(id) FROM ledger_entry HAVING max(id) > 0;

CREATE TRIGGER ledger_entry_stays BEFORE UPDATE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger_entry'); END;
CREATE TRIGGER ledger_entry_kept BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger_entry'); END;
CREATE TRIGGER ledger_entry_next BEFORE INSERT ON ledger_entry
WHEN NEW.id <> coalesce((SELECT max(id) FROM ledger_entry), 0) + 1 OR NEW.seal IS NULL
BEGIN SELECT RAISE(ABORT, 'ledger_entry'); END;

CREATE TRIGGER audit_event_stays BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event'); END;
CREATE TRIGGER audit_event_kept BEFORE DELETE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event'); END;
CREATE TRIGGER audit_event_next BEFORE INSERT ON audit_event
WHEN NEW.id <> coalesce((SELECT max(id) FROM audit_event), 0) + 1
BEGIN SELECT RAISE(ABORT, 'audit_event'); END;
