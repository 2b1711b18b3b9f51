-- SPDX-License-Identifier: MPL-2.0
-- Schema version 1: the settlement (afregning) of what members paid on account for a line of the terms.

-- Beside a run of the kind 'settlement': what its line cost in the year, which takes the place of the line's budget. The latest
-- that is approved counts for every run of the year that is drafted after it.
CREATE TABLE run_settlement (
    run_id       INTEGER PRIMARY KEY REFERENCES run (id),
    accounts     TEXT NOT NULL CHECK (length(accounts) > 0), -- of the costs, with a comma between
    actual_minor INTEGER NOT NULL CHECK (actual_minor BETWEEN 0 AND 999999999999999), -- that they came to
    decision_id  INTEGER NOT NULL REFERENCES decision (id),
    act_id       INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX run_settlement_of_act ON run_settlement (act_id);

-- Above the guards, since a guard is to speak first: SQLite asks the last trigger first.
CREATE TRIGGER run_settlement_of_draft BEFORE INSERT ON run_settlement
    WHEN (SELECT act_id FROM run WHERE id = NEW.run_id AND kind = 'settlement') IS NOT (SELECT max(id) FROM act)
    BEGIN SELECT RAISE(ABORT, 'a settlement is drafted with its run'); END;

CREATE TRIGGER run_settlement_no_update BEFORE UPDATE ON run_settlement BEGIN SELECT RAISE(ABORT, 'run_settlement is append-only'); END;
CREATE TRIGGER run_settlement_no_delete BEFORE DELETE ON run_settlement BEGIN SELECT RAISE(ABORT, 'run_settlement is append-only'); END;
CREATE TRIGGER run_settlement_no_replace BEFORE INSERT ON run_settlement
    WHEN EXISTS (SELECT 1 FROM run_settlement WHERE run_id = NEW.run_id)
    BEGIN SELECT RAISE(ABORT, 'run_settlement is append-only'); END;
