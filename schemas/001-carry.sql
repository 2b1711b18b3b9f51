-- SPDX-License-Identifier: MPL-2.0
-- Schema version 1: what becomes of the result of a product's year.

-- The result of a year, as it was when it was drafted to be carried: to the pot of the next year, to the reserve, or to
-- the members. It is posted when another person approves it.
CREATE TABLE carry (
    id           INTEGER PRIMARY KEY,
    product_code TEXT NOT NULL REFERENCES product (code),
    year         INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 9999),
    destination  TEXT NOT NULL CHECK (destination IN ('next', 'reserve', 'members')),
    key          TEXT NOT NULL,                -- by which members share it; '' by what each was charged in the year
    figures_on   TEXT NOT NULL CHECK (figures_on = '' OR figures_on GLOB '????-??-??'), -- that the key counts
    amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0 AND abs(amount_minor) <= 999999999999999), -- surplus +
    decision_id  INTEGER NOT NULL REFERENCES decision (id),
    act_id       INTEGER NOT NULL REFERENCES act (id),
    CHECK (key = '' OR destination = 'members'),
    CHECK ((key = '') = (figures_on = ''))
) STRICT;
CREATE INDEX carry_of_product ON carry (product_code, year);
CREATE INDEX carry_of_act ON carry (act_id);

-- What each member has of it, where it goes to the members.
CREATE TABLE carry_share (
    carry_id     INTEGER NOT NULL REFERENCES carry (id),
    party_code   TEXT NOT NULL REFERENCES party (code),
    weight_minor INTEGER NOT NULL CHECK (weight_minor BETWEEN 0 AND 999999999999999), -- what it was charged in the year;
                                               -- 0 where a key shares it
    working      TEXT NOT NULL CHECK (length(working) > 0),
    amount_minor INTEGER NOT NULL CHECK (abs(amount_minor) <= 999999999999999), -- credited +, charged -
    PRIMARY KEY (carry_id, party_code)
) STRICT, WITHOUT ROWID;

CREATE TABLE carry_end (
    carry_id INTEGER PRIMARY KEY REFERENCES carry (id),
    outcome  TEXT NOT NULL CHECK (outcome IN ('approved', 'discarded')),
    entry_id INTEGER UNIQUE REFERENCES entry (id),
    act_id   INTEGER NOT NULL REFERENCES act (id),
    CHECK ((outcome = 'approved') = (entry_id IS NOT NULL))
) STRICT;
CREATE INDEX carry_end_of_act ON carry_end (act_id);

-- Above the guards, since a guard is to speak first: SQLite asks the last trigger first.
CREATE TRIGGER carry_end_by_another BEFORE INSERT ON carry_end
    WHEN NEW.outcome = 'approved' AND 1 = (
        SELECT count(DISTINCT replace(replace(replace(lower(replace(actor, ' ', '')), 'Æ', 'æ'), 'Ø', 'ø'), 'Å', 'å'))
        FROM act WHERE id IN (NEW.act_id, (SELECT act_id FROM carry WHERE id = NEW.carry_id)))
    BEGIN SELECT RAISE(ABORT, 'a result is carried by somebody else than who drafted it'); END;

CREATE TRIGGER carry_end_once BEFORE INSERT ON carry_end
    WHEN NEW.outcome = 'approved' AND EXISTS (
        SELECT 1 FROM carry AS c JOIN carry AS o ON o.product_code = c.product_code AND o.year = c.year AND o.id <> c.id
        JOIN carry_end AS e ON e.carry_id = o.id WHERE c.id = NEW.carry_id AND e.outcome = 'approved')
    BEGIN SELECT RAISE(ABORT, 'the result of a year is carried once'); END;

CREATE TRIGGER carry_share_of_its_act BEFORE INSERT ON carry_share
    WHEN (SELECT act_id FROM carry WHERE id = NEW.carry_id) <> (SELECT max(id) FROM act)
    BEGIN SELECT RAISE(ABORT, 'a carry takes no line after it was drafted'); END;

CREATE TRIGGER carry_no_update BEFORE UPDATE ON carry BEGIN SELECT RAISE(ABORT, 'carry is append-only'); END;
CREATE TRIGGER carry_no_delete BEFORE DELETE ON carry BEGIN SELECT RAISE(ABORT, 'carry is append-only'); END;
CREATE TRIGGER carry_no_replace BEFORE INSERT ON carry
    WHEN EXISTS (SELECT 1 FROM carry WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'carry is append-only'); END;

CREATE TRIGGER carry_share_no_update BEFORE UPDATE ON carry_share BEGIN SELECT RAISE(ABORT, 'carry_share is append-only'); END;
CREATE TRIGGER carry_share_no_delete BEFORE DELETE ON carry_share BEGIN SELECT RAISE(ABORT, 'carry_share is append-only'); END;
CREATE TRIGGER carry_share_no_replace BEFORE INSERT ON carry_share
    WHEN EXISTS (SELECT 1 FROM carry_share WHERE carry_id = NEW.carry_id AND party_code = NEW.party_code)
    BEGIN SELECT RAISE(ABORT, 'carry_share is append-only'); END;

CREATE TRIGGER carry_end_no_update BEFORE UPDATE ON carry_end BEGIN SELECT RAISE(ABORT, 'carry_end is append-only'); END;
CREATE TRIGGER carry_end_no_delete BEFORE DELETE ON carry_end BEGIN SELECT RAISE(ABORT, 'carry_end is append-only'); END;
CREATE TRIGGER carry_end_no_replace BEFORE INSERT ON carry_end
    WHEN EXISTS (SELECT 1 FROM carry_end WHERE carry_id = NEW.carry_id) OR EXISTS (SELECT 1 FROM carry_end WHERE entry_id = NEW.entry_id)
    BEGIN SELECT RAISE(ABORT, 'carry_end is append-only'); END;
