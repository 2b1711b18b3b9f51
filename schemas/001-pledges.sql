-- SPDX-License-Identifier: MPL-2.0
-- Pledges (tilsagn): projects that members commit to fund, before and without a duty to use the product.

-- A project of a product. Its code is also the tag that `waived for` and rebates of the terms name.
CREATE TABLE project (
    code            TEXT PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 40), -- funded-3.0
    product_code    TEXT NOT NULL REFERENCES product (code),
    target_minor    INTEGER NOT NULL CHECK (target_minor BETWEEN threshold_minor AND 999999999999999),
    threshold_minor INTEGER NOT NULL CHECK (threshold_minor > 0), -- from which on it is carried out
    deadline        TEXT NOT NULL CHECK (deadline GLOB '????-??-??'), -- the last day for pledges
    decision_id     INTEGER NOT NULL REFERENCES decision (id),
    act_id          INTEGER NOT NULL REFERENCES act (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX project_of_act ON project (act_id);

-- What a party pledges; the latest recorded counts, and 0 withdraws it.
CREATE TABLE pledge (
    id           INTEGER PRIMARY KEY,
    project_code TEXT NOT NULL REFERENCES project (code),
    party_code   TEXT NOT NULL REFERENCES party (code),
    amount_minor INTEGER NOT NULL CHECK (amount_minor BETWEEN 0 AND 999999999999999),
    pledged_on   TEXT NOT NULL CHECK (pledged_on GLOB '????-??-??'),
    evidence     TEXT NOT NULL CHECK (length(evidence) > 0), -- where it is documented
    act_id       INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX pledge_of_project ON pledge (project_code, party_code, id);
CREATE INDEX pledge_of_party ON pledge (party_code, id);
CREATE INDEX pledge_of_act ON pledge (act_id);

-- The decision to carry a project out: from then on its pledges bind.
CREATE TABLE project_funding (
    project_code TEXT PRIMARY KEY REFERENCES project (code),
    decision_id  INTEGER NOT NULL REFERENCES decision (id),
    act_id       INTEGER NOT NULL REFERENCES act (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX project_funding_of_act ON project_funding (act_id);

CREATE TRIGGER project_no_update BEFORE UPDATE ON project BEGIN SELECT RAISE(ABORT, 'project is append-only'); END;
CREATE TRIGGER project_no_delete BEFORE DELETE ON project BEGIN SELECT RAISE(ABORT, 'project is append-only'); END;
CREATE TRIGGER project_no_replace BEFORE INSERT ON project
    WHEN EXISTS (SELECT 1 FROM project WHERE code = NEW.code)
    BEGIN SELECT RAISE(ABORT, 'project is append-only'); END;

CREATE TRIGGER pledge_no_update BEFORE UPDATE ON pledge BEGIN SELECT RAISE(ABORT, 'pledge is append-only'); END;
CREATE TRIGGER pledge_no_delete BEFORE DELETE ON pledge BEGIN SELECT RAISE(ABORT, 'pledge is append-only'); END;
CREATE TRIGGER pledge_no_replace BEFORE INSERT ON pledge
    WHEN EXISTS (SELECT 1 FROM pledge WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'pledge is append-only'); END;

CREATE TRIGGER project_funding_no_update BEFORE UPDATE ON project_funding BEGIN SELECT RAISE(ABORT, 'project_funding is append-only'); END;
CREATE TRIGGER project_funding_no_delete BEFORE DELETE ON project_funding BEGIN SELECT RAISE(ABORT, 'project_funding is append-only'); END;
CREATE TRIGGER project_funding_no_replace BEFORE INSERT ON project_funding
    WHEN EXISTS (SELECT 1 FROM project_funding WHERE project_code = NEW.project_code)
    BEGIN SELECT RAISE(ABORT, 'project_funding is append-only'); END;

-- Rules that hold whoever writes.

CREATE TRIGGER pledge_before_funding BEFORE INSERT ON pledge
    WHEN EXISTS (SELECT 1 FROM project_funding WHERE project_code = NEW.project_code)
        AND NOT EXISTS (SELECT 1 FROM pledge WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the pledges of a funded project bind'); END;

CREATE TRIGGER project_funding_from_threshold BEFORE INSERT ON project_funding
    WHEN (SELECT coalesce(sum(amount_minor), 0) FROM pledge WHERE id IN (
            SELECT max(id) FROM pledge WHERE project_code = NEW.project_code GROUP BY party_code)) <
         (SELECT threshold_minor FROM project WHERE code = NEW.project_code)
    BEGIN SELECT RAISE(ABORT, 'a project is funded from its threshold on'); END;
