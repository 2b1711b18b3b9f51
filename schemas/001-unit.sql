-- SPDX-License-Identifier: MPL-2.0
-- Schema version 1, continued: the units of a party, each with its invoice address. An EAN number belongs to the invoice
-- address and not to the party; the party's own is that of its default unit, whose code is ''.
-- Rows hold from a date on; the latest date wins, then the latest recorded. '' in a reference: there is none.

CREATE TABLE unit (
    id               INTEGER PRIMARY KEY,
    party_code       TEXT NOT NULL REFERENCES party (code),
    code             TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 40), -- digitalisering
    name             TEXT NOT NULL CHECK (length(name) > 0),
    ean              TEXT NOT NULL CHECK (ean = '' OR length(ean) = 13), -- '': the party's own
    order_reference  TEXT NOT NULL,            -- the order or requisition that invoices name
    person_reference TEXT NOT NULL,            -- a role or code of the buyer's, never a name
    account_string   TEXT NOT NULL,            -- of the buyer's accounts (kontostreng)
    valid_from       TEXT NOT NULL CHECK (valid_from GLOB '????-??-??'),
    valid_until      TEXT NOT NULL CHECK (valid_until = '' OR valid_until GLOB '????-??-??'), -- the last day; '': open
    act_id           INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX unit_of_party ON unit (party_code, code, valid_from, id);
CREATE INDEX unit_of_act ON unit (act_id);

-- What a unit wants on the invoices of one product, or of one of its lines.
CREATE TABLE unit_reference (
    id              INTEGER PRIMARY KEY,
    party_code      TEXT NOT NULL REFERENCES party (code),
    unit_code       TEXT NOT NULL,             -- '' for the party itself
    product_code    TEXT NOT NULL REFERENCES product (code),
    line_id         TEXT NOT NULL,             -- '' for all lines of the product
    order_reference TEXT NOT NULL,             -- '': that of all lines, or else the unit's
    account_string  TEXT NOT NULL,             -- likewise
    valid_from      TEXT NOT NULL CHECK (valid_from GLOB '????-??-??'),
    act_id          INTEGER NOT NULL REFERENCES act (id),
    CHECK (order_reference <> '' OR account_string <> '')
) STRICT;
CREATE INDEX unit_reference_of_unit ON unit_reference (party_code, unit_code, product_code, line_id, valid_from, id);
CREATE INDEX unit_reference_of_act ON unit_reference (act_id);

-- Which unit of a member is invoiced for a product.
CREATE TABLE unit_invoiced (
    id           INTEGER PRIMARY KEY,
    product_code TEXT NOT NULL REFERENCES product (code),
    party_code   TEXT NOT NULL REFERENCES party (code),
    unit_code    TEXT NOT NULL,                -- '' for the party itself
    valid_from   TEXT NOT NULL CHECK (valid_from GLOB '????-??-??'),
    act_id       INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX unit_invoiced_of_member ON unit_invoiced (product_code, party_code, valid_from, id);
CREATE INDEX unit_invoiced_of_act ON unit_invoiced (act_id);

CREATE TRIGGER unit_no_update BEFORE UPDATE ON unit BEGIN SELECT RAISE(ABORT, 'unit is append-only'); END;
CREATE TRIGGER unit_no_delete BEFORE DELETE ON unit BEGIN SELECT RAISE(ABORT, 'unit is append-only'); END;
CREATE TRIGGER unit_no_replace BEFORE INSERT ON unit
    WHEN EXISTS (SELECT 1 FROM unit WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'unit is append-only'); END;

CREATE TRIGGER unit_reference_no_update BEFORE UPDATE ON unit_reference BEGIN SELECT RAISE(ABORT, 'unit_reference is append-only'); END;
CREATE TRIGGER unit_reference_no_delete BEFORE DELETE ON unit_reference BEGIN SELECT RAISE(ABORT, 'unit_reference is append-only'); END;
CREATE TRIGGER unit_reference_no_replace BEFORE INSERT ON unit_reference
    WHEN EXISTS (SELECT 1 FROM unit_reference WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'unit_reference is append-only'); END;

CREATE TRIGGER unit_invoiced_no_update BEFORE UPDATE ON unit_invoiced BEGIN SELECT RAISE(ABORT, 'unit_invoiced is append-only'); END;
CREATE TRIGGER unit_invoiced_no_delete BEFORE DELETE ON unit_invoiced BEGIN SELECT RAISE(ABORT, 'unit_invoiced is append-only'); END;
CREATE TRIGGER unit_invoiced_no_replace BEFORE INSERT ON unit_invoiced
    WHEN EXISTS (SELECT 1 FROM unit_invoiced WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'unit_invoiced is append-only'); END;
