-- SPDX-License-Identifier: MPL-2.0
-- Schema version 1: the year of the ledger. Periods that are closed, and who had them reopened.

-- A quarter or a year that was closed. While a close stands, the ledger takes no entry dated up to its last day. Closes
-- stand on one another: the last one is reopened first.
CREATE TABLE period_close (
    id          INTEGER PRIMARY KEY,
    first_on    TEXT NOT NULL CHECK (first_on GLOB '????-??-??'),
    last_on     TEXT NOT NULL CHECK (last_on GLOB '????-??-??' AND last_on > first_on),
    entries     INTEGER NOT NULL CHECK (entries >= 0), -- dated within it when it was closed
    debit_minor INTEGER NOT NULL CHECK (debit_minor >= 0), -- that these come to; their credit is the same
    decision_id INTEGER REFERENCES decision (id), -- NULL where nobody had to decide
    act_id      INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX period_close_by_date ON period_close (last_on, id);
CREATE INDEX period_close_of_act ON period_close (act_id);

-- A proposal to reopen a closed period: it changes nothing until another person confirms it.
CREATE TABLE period_reopen (
    id          INTEGER PRIMARY KEY,
    close_id    INTEGER NOT NULL REFERENCES period_close (id),
    reason      TEXT NOT NULL CHECK (length(reason) > 0),
    decision_id INTEGER NOT NULL REFERENCES decision (id),
    act_id      INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX period_reopen_of_close ON period_reopen (close_id);
CREATE INDEX period_reopen_of_act ON period_reopen (act_id);

-- The end of a proposal.
CREATE TABLE period_reopen_end (
    reopen_id INTEGER PRIMARY KEY REFERENCES period_reopen (id),
    outcome   TEXT NOT NULL CHECK (outcome IN ('confirmed', 'dropped')),
    act_id    INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX period_reopen_end_of_act ON period_reopen_end (act_id);

-- Above the guards, since a guard is to speak first: SQLite asks the last trigger first.
CREATE TRIGGER period_reopen_end_by_another BEFORE INSERT ON period_reopen_end
    WHEN NEW.outcome = 'confirmed' AND 1 = (
        SELECT count(DISTINCT replace(replace(replace(lower(replace(actor, ' ', '')), 'Æ', 'æ'), 'Ø', 'ø'), 'Å', 'å'))
        FROM act WHERE id IN (NEW.act_id, (SELECT act_id FROM period_reopen WHERE id = NEW.reopen_id)))
    BEGIN SELECT RAISE(ABORT, 'a period is reopened by somebody else than who proposed it'); END;

CREATE TRIGGER entry_of_open_period BEFORE INSERT ON entry
    WHEN EXISTS (SELECT 1 FROM period_close AS c WHERE c.last_on >= NEW.holds_on AND NOT EXISTS (
        SELECT 1 FROM period_reopen AS r JOIN period_reopen_end AS e ON e.reopen_id = r.id
        WHERE r.close_id = c.id AND e.outcome = 'confirmed'))
    BEGIN SELECT RAISE(ABORT, 'a closed period takes no entry'); END;

CREATE TRIGGER period_close_no_update BEFORE UPDATE ON period_close BEGIN SELECT RAISE(ABORT, 'period_close is append-only'); END;
CREATE TRIGGER period_close_no_delete BEFORE DELETE ON period_close BEGIN SELECT RAISE(ABORT, 'period_close is append-only'); END;
CREATE TRIGGER period_close_no_replace BEFORE INSERT ON period_close
    WHEN EXISTS (SELECT 1 FROM period_close WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'period_close is append-only'); END;

CREATE TRIGGER period_reopen_no_update BEFORE UPDATE ON period_reopen BEGIN SELECT RAISE(ABORT, 'period_reopen is append-only'); END;
CREATE TRIGGER period_reopen_no_delete BEFORE DELETE ON period_reopen BEGIN SELECT RAISE(ABORT, 'period_reopen is append-only'); END;
CREATE TRIGGER period_reopen_no_replace BEFORE INSERT ON period_reopen
    WHEN EXISTS (SELECT 1 FROM period_reopen WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'period_reopen is append-only'); END;

CREATE TRIGGER period_reopen_end_no_update BEFORE UPDATE ON period_reopen_end BEGIN SELECT RAISE(ABORT, 'period_reopen_end is append-only'); END;
CREATE TRIGGER period_reopen_end_no_delete BEFORE DELETE ON period_reopen_end BEGIN SELECT RAISE(ABORT, 'period_reopen_end is append-only'); END;
CREATE TRIGGER period_reopen_end_no_replace BEFORE INSERT ON period_reopen_end
    WHEN EXISTS (SELECT 1 FROM period_reopen_end WHERE reopen_id = NEW.reopen_id)
    BEGIN SELECT RAISE(ABORT, 'period_reopen_end is append-only'); END;
