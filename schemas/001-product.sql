-- SPDX-License-Identifier: MPL-2.0
-- Schema version 1, continued: what a product is, who decides on it, and how it meets what its level asks for.
-- Rows hold from a date on; the latest date wins, then the latest recorded.

-- A level that was decided; before the first one, the level that the product was recorded with.
CREATE TABLE product_level (
    id           INTEGER PRIMARY KEY,
    product_code TEXT NOT NULL REFERENCES product (code),
    level        INTEGER NOT NULL CHECK (level BETWEEN 1 AND 3),
    valid_from   TEXT NOT NULL CHECK (valid_from GLOB '????-??-??'),
    decision_id  INTEGER NOT NULL REFERENCES decision (id),
    act_id       INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX product_level_of_product ON product_level (product_code, valid_from, id);
CREATE INDEX product_level_of_act ON product_level (act_id);

-- What is told of a product in its agreements.
CREATE TABLE product_fact (
    id           INTEGER PRIMARY KEY,
    product_code TEXT NOT NULL REFERENCES product (code),
    fact         TEXT NOT NULL CHECK (fact IN ('purpose da', 'purpose en', 'repository', 'licence', 'document licence')),
    value        TEXT NOT NULL CHECK (length(value) > 0),
    valid_from   TEXT NOT NULL CHECK (valid_from GLOB '????-??-??'),
    act_id       INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX product_fact_of_product ON product_fact (product_code, fact, valid_from, id);
CREATE INDEX product_fact_of_act ON product_fact (act_id);

-- Follow or explain: what was said of a requirement (src/agreement/requirement.c lists them).
CREATE TABLE product_requirement (
    id           INTEGER PRIMARY KEY,
    product_code TEXT NOT NULL REFERENCES product (code),
    requirement  TEXT NOT NULL CHECK (length(requirement) > 0),
    answer       TEXT NOT NULL CHECK (answer IN ('fulfilled', 'explained', 'lapsed')),
    ground       TEXT NOT NULL CHECK (length(ground) > 0), -- the evidence, or why not
    stated_by    TEXT NOT NULL,                -- the role that explains, '' for what is fulfilled or has lapsed
    valid_from   TEXT NOT NULL CHECK (valid_from GLOB '????-??-??'),
    act_id       INTEGER NOT NULL REFERENCES act (id),
    CHECK (answer <> 'explained' OR length(stated_by) > 0)
) STRICT;
CREATE INDEX product_requirement_of_product ON product_requirement (product_code, requirement, valid_from, id);
CREATE INDEX product_requirement_of_act ON product_requirement (act_id);

-- Seats of a product's bodies: a party and the role it has there, never a person.
CREATE TABLE product_body (
    id           INTEGER PRIMARY KEY,
    product_code TEXT NOT NULL REFERENCES product (code),
    body         TEXT NOT NULL CHECK (body IN ('styregruppe', 'koordinationsgruppe')),
    party_code   TEXT NOT NULL REFERENCES party (code),
    role         TEXT NOT NULL CHECK (length(role) > 0), -- formand, medlem
    is_seated    INTEGER NOT NULL CHECK (is_seated IN (0, 1)), -- 0: the seat is given up
    valid_from   TEXT NOT NULL CHECK (valid_from GLOB '????-??-??'), -- 0: the first day without it
    act_id       INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX product_body_of_product ON product_body (product_code, body, party_code, valid_from, id);
CREATE INDEX product_body_of_act ON product_body (act_id);

-- Suppliers of a product, and whether they have signed OS2's partner agreement, as the governance sentence says.
CREATE TABLE product_supplier (
    id               INTEGER PRIMARY KEY,
    product_code     TEXT NOT NULL REFERENCES product (code),
    cvr              TEXT NOT NULL CHECK (cvr GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
    name             TEXT NOT NULL CHECK (length(name) > 0),
    partner_since    TEXT NOT NULL CHECK (partner_since = '' OR partner_since GLOB '????-??-??'), -- '': not signed
    partner_evidence TEXT NOT NULL,            -- where the partner agreement lies
    is_attached      INTEGER NOT NULL CHECK (is_attached IN (0, 1)), -- 0: attached no longer
    valid_from       TEXT NOT NULL CHECK (valid_from GLOB '????-??-??'),
    act_id           INTEGER NOT NULL REFERENCES act (id),
    CHECK ((partner_since = '') = (partner_evidence = ''))
) STRICT;
CREATE INDEX product_supplier_of_product ON product_supplier (product_code, cvr, valid_from, id);
CREATE INDEX product_supplier_of_act ON product_supplier (act_id);

CREATE TRIGGER product_level_no_update BEFORE UPDATE ON product_level BEGIN SELECT RAISE(ABORT, 'product_level is append-only'); END;
CREATE TRIGGER product_level_no_delete BEFORE DELETE ON product_level BEGIN SELECT RAISE(ABORT, 'product_level is append-only'); END;
CREATE TRIGGER product_level_no_replace BEFORE INSERT ON product_level
    WHEN EXISTS (SELECT 1 FROM product_level WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'product_level is append-only'); END;

CREATE TRIGGER product_fact_no_update BEFORE UPDATE ON product_fact BEGIN SELECT RAISE(ABORT, 'product_fact is append-only'); END;
CREATE TRIGGER product_fact_no_delete BEFORE DELETE ON product_fact BEGIN SELECT RAISE(ABORT, 'product_fact is append-only'); END;
CREATE TRIGGER product_fact_no_replace BEFORE INSERT ON product_fact
    WHEN EXISTS (SELECT 1 FROM product_fact WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'product_fact is append-only'); END;

CREATE TRIGGER product_requirement_no_update BEFORE UPDATE ON product_requirement BEGIN SELECT RAISE(ABORT, 'product_requirement is append-only'); END;
CREATE TRIGGER product_requirement_no_delete BEFORE DELETE ON product_requirement BEGIN SELECT RAISE(ABORT, 'product_requirement is append-only'); END;
CREATE TRIGGER product_requirement_no_replace BEFORE INSERT ON product_requirement
    WHEN EXISTS (SELECT 1 FROM product_requirement WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'product_requirement is append-only'); END;

CREATE TRIGGER product_body_no_update BEFORE UPDATE ON product_body BEGIN SELECT RAISE(ABORT, 'product_body is append-only'); END;
CREATE TRIGGER product_body_no_delete BEFORE DELETE ON product_body BEGIN SELECT RAISE(ABORT, 'product_body is append-only'); END;
CREATE TRIGGER product_body_no_replace BEFORE INSERT ON product_body
    WHEN EXISTS (SELECT 1 FROM product_body WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'product_body is append-only'); END;

CREATE TRIGGER product_supplier_no_update BEFORE UPDATE ON product_supplier BEGIN SELECT RAISE(ABORT, 'product_supplier is append-only'); END;
CREATE TRIGGER product_supplier_no_delete BEFORE DELETE ON product_supplier BEGIN SELECT RAISE(ABORT, 'product_supplier is append-only'); END;
CREATE TRIGGER product_supplier_no_replace BEFORE INSERT ON product_supplier
    WHEN EXISTS (SELECT 1 FROM product_supplier WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'product_supplier is append-only'); END;
