-- SPDX-License-Identifier: MPL-2.0
-- Schema version 1, continued: who may draft and who may approve, for a product or for the whole ledger.
--
-- A record of responsibility in a local file, and no login: who holds the file can say to be anybody. What the rows
-- prove is who answered for what, by whose leave.

-- A person takes a role. As long as a product has none, and the ledger neither, everybody may do everything.
CREATE TABLE role_grant (
    id           INTEGER PRIMARY KEY,
    person       TEXT NOT NULL CHECK (length(person) BETWEEN 1 AND 100), -- as in act.actor; letters' case and spaces
                                               -- count for nothing
    role         TEXT NOT NULL CHECK (role IN ('drafter', 'approver-internal', 'approver-external', 'reader', 'auditor')),
    product_code TEXT REFERENCES product (code), -- NULL: of the whole ledger
    valid_from   TEXT NOT NULL CHECK (valid_from GLOB '????-??-??'),
    decision_id  INTEGER REFERENCES decision (id),
    evidence     TEXT NOT NULL,                -- where it is documented, when it was not decided
    act_id       INTEGER NOT NULL REFERENCES act (id),
    CHECK (decision_id IS NOT NULL OR length(evidence) > 0)
) STRICT;
CREATE INDEX role_grant_of_act ON role_grant (act_id);

-- The end of it.
CREATE TABLE role_end (
    grant_id    INTEGER PRIMARY KEY REFERENCES role_grant (id),
    valid_until TEXT NOT NULL CHECK (valid_until GLOB '????-??-??'), -- the last day; the one before its first: it never was
    evidence    TEXT NOT NULL CHECK (length(evidence) > 0),
    act_id      INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX role_end_of_act ON role_end (act_id);

-- Who must have approved a run before it is posted; the product's own rule before that of all, then the latest.
CREATE TABLE role_rule (
    id           INTEGER PRIMARY KEY,
    product_code TEXT REFERENCES product (code), -- NULL: of all
    approvers    TEXT NOT NULL CHECK (approvers IN ('any', 'internal', 'external', 'internal+external')),
    above_minor  INTEGER CHECK (above_minor BETWEEN 0 AND 999999999999999), -- only runs that move more; NULL: all of them
    valid_from   TEXT NOT NULL CHECK (valid_from GLOB '????-??-??'),
    decision_id  INTEGER NOT NULL REFERENCES decision (id),
    act_id       INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX role_rule_of_act ON role_rule (act_id);

-- The approvals of a run where there are roles. It is posted with the last that the rule asks for.
CREATE TABLE run_approval (
    id       INTEGER PRIMARY KEY,
    run_id   INTEGER NOT NULL REFERENCES run (id),
    role     TEXT NOT NULL CHECK (role IN ('approver-internal', 'approver-external')),
    grant_id INTEGER NOT NULL REFERENCES role_grant (id),
    act_id   INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX run_approval_of_run ON run_approval (run_id);
CREATE INDEX run_approval_of_act ON run_approval (act_id);

-- Under which role an act was done, for each product that it touched and has roles.
CREATE TABLE act_role (
    id           INTEGER PRIMARY KEY,
    duty         TEXT NOT NULL CHECK (duty IN ('draft', 'approve', 'draft or approve', 'give roles')),
    product_code TEXT REFERENCES product (code), -- NULL: what belongs to no product
    grant_id     INTEGER NOT NULL REFERENCES role_grant (id),
    act_id       INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX act_role_of_act ON act_role (act_id);

CREATE TRIGGER run_approval_by_another BEFORE INSERT ON run_approval
    WHEN EXISTS (
        SELECT 1 FROM act mine JOIN act theirs ON theirs.id = (SELECT act_id FROM run WHERE id = NEW.run_id)
            OR theirs.id IN (SELECT act_id FROM run_approval WHERE run_id = NEW.run_id)
        WHERE mine.id = NEW.act_id
            AND replace(replace(replace(lower(replace(mine.actor, ' ', '')), 'Æ', 'æ'), 'Ø', 'ø'), 'Å', 'å') =
                replace(replace(replace(lower(replace(theirs.actor, ' ', '')), 'Æ', 'æ'), 'Ø', 'ø'), 'Å', 'å'))
    BEGIN SELECT RAISE(ABORT, 'each approval of a run is somebody else''s'); END;

CREATE TRIGGER run_approval_of_draft BEFORE INSERT ON run_approval
    WHEN EXISTS (SELECT 1 FROM run_end WHERE run_id = NEW.run_id)
    BEGIN SELECT RAISE(ABORT, 'a run that has ended takes no approval'); END;

CREATE TRIGGER run_end_by_all BEFORE INSERT ON run_end
    WHEN NEW.outcome = 'approved' AND EXISTS (
        SELECT 1
        FROM (SELECT approvers, above_minor FROM role_rule
              WHERE (product_code IS NULL OR product_code = (SELECT product_code FROM run WHERE id = NEW.run_id))
                  AND valid_from <= (SELECT substr(recorded_at, 1, 10) FROM act WHERE id = NEW.act_id)
              ORDER BY product_code IS NULL, valid_from DESC, id DESC LIMIT 1) rule
        JOIN (SELECT 'internal' AS side UNION ALL SELECT 'external') asked ON instr(rule.approvers, asked.side) > 0
        WHERE (rule.above_minor IS NULL OR rule.above_minor < (
                SELECT coalesce(sum(abs(moved)), 0) FROM (
                    SELECT sum(net_minor + vat_minor) AS moved FROM run_line WHERE run_id = NEW.run_id GROUP BY party_code)))
            AND NOT EXISTS (SELECT 1 FROM run_approval
                            WHERE run_id = NEW.run_id AND role = 'approver-' || asked.side))
    BEGIN SELECT RAISE(ABORT, 'a run is approved by all that the rule of its product asks for'); END;

CREATE TRIGGER role_grant_no_update BEFORE UPDATE ON role_grant BEGIN SELECT RAISE(ABORT, 'role_grant is append-only'); END;
CREATE TRIGGER role_grant_no_delete BEFORE DELETE ON role_grant BEGIN SELECT RAISE(ABORT, 'role_grant is append-only'); END;
CREATE TRIGGER role_grant_no_replace BEFORE INSERT ON role_grant
    WHEN EXISTS (SELECT 1 FROM role_grant WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'role_grant is append-only'); END;
CREATE TRIGGER role_rule_no_update BEFORE UPDATE ON role_rule BEGIN SELECT RAISE(ABORT, 'role_rule is append-only'); END;
CREATE TRIGGER role_rule_no_delete BEFORE DELETE ON role_rule BEGIN SELECT RAISE(ABORT, 'role_rule is append-only'); END;
CREATE TRIGGER role_rule_no_replace BEFORE INSERT ON role_rule
    WHEN EXISTS (SELECT 1 FROM role_rule WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'role_rule is append-only'); END;
CREATE TRIGGER act_role_no_update BEFORE UPDATE ON act_role BEGIN SELECT RAISE(ABORT, 'act_role is append-only'); END;
CREATE TRIGGER act_role_no_delete BEFORE DELETE ON act_role BEGIN SELECT RAISE(ABORT, 'act_role is append-only'); END;
CREATE TRIGGER act_role_no_replace BEFORE INSERT ON act_role
    WHEN EXISTS (SELECT 1 FROM act_role WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'act_role is append-only'); END;
CREATE TRIGGER role_end_no_update BEFORE UPDATE ON role_end BEGIN SELECT RAISE(ABORT, 'role_end is append-only'); END;
CREATE TRIGGER role_end_no_delete BEFORE DELETE ON role_end BEGIN SELECT RAISE(ABORT, 'role_end is append-only'); END;
CREATE TRIGGER role_end_no_replace BEFORE INSERT ON role_end
    WHEN EXISTS (SELECT 1 FROM role_end WHERE grant_id = NEW.grant_id)
    BEGIN SELECT RAISE(ABORT, 'role_end is append-only'); END;
CREATE TRIGGER run_approval_no_update BEFORE UPDATE ON run_approval BEGIN SELECT RAISE(ABORT, 'run_approval is append-only'); END;
CREATE TRIGGER run_approval_no_delete BEFORE DELETE ON run_approval BEGIN SELECT RAISE(ABORT, 'run_approval is append-only'); END;
CREATE TRIGGER run_approval_no_replace BEFORE INSERT ON run_approval
    WHEN EXISTS (SELECT 1 FROM run_approval WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'run_approval is append-only'); END;
