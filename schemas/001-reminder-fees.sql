-- SPDX-License-Identifier: MPL-2.0
-- Schema version 1: fees of reminders (rykkergebyrer), where somebody decided one.

-- What a reminder costs from a day on; the latest valid_from wins, then the latest recorded. 0 ends it.
CREATE TABLE reminder_fee (
    id           INTEGER PRIMARY KEY,
    valid_from   TEXT NOT NULL CHECK (valid_from GLOB '????-??-??'),
    amount_minor INTEGER NOT NULL CHECK (amount_minor BETWEEN 0 AND 999999999999999),
    basis        TEXT NOT NULL,                -- the law or agreement that allows it, as members read it
    account_code TEXT NOT NULL REFERENCES account (code), -- of the income
    product_code TEXT REFERENCES product (code), -- whose income it is; NULL for none
    decision_id  INTEGER NOT NULL REFERENCES decision (id),
    act_id       INTEGER NOT NULL REFERENCES act (id),
    CHECK (amount_minor = 0 OR length(basis) > 0)
) STRICT;
CREATE INDEX reminder_fee_by_date ON reminder_fee (valid_from, id);
CREATE INDEX reminder_fee_of_act ON reminder_fee (act_id);

-- The fee that a reminder charged: once for a member and day, whatever the languages.
CREATE TABLE reminder_charge (
    document_id INTEGER PRIMARY KEY REFERENCES document (id),
    fee_id      INTEGER NOT NULL REFERENCES reminder_fee (id),
    entry_id    INTEGER NOT NULL UNIQUE REFERENCES entry (id),
    act_id      INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX reminder_charge_of_act ON reminder_charge (act_id);

CREATE TRIGGER reminder_fee_no_update BEFORE UPDATE ON reminder_fee BEGIN SELECT RAISE(ABORT, 'reminder_fee is append-only'); END;
CREATE TRIGGER reminder_fee_no_delete BEFORE DELETE ON reminder_fee BEGIN SELECT RAISE(ABORT, 'reminder_fee is append-only'); END;
CREATE TRIGGER reminder_fee_no_replace BEFORE INSERT ON reminder_fee
    WHEN EXISTS (SELECT 1 FROM reminder_fee WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'reminder_fee is append-only'); END;

CREATE TRIGGER reminder_charge_no_update BEFORE UPDATE ON reminder_charge BEGIN SELECT RAISE(ABORT, 'reminder_charge is append-only'); END;
CREATE TRIGGER reminder_charge_no_delete BEFORE DELETE ON reminder_charge BEGIN SELECT RAISE(ABORT, 'reminder_charge is append-only'); END;
CREATE TRIGGER reminder_charge_no_replace BEFORE INSERT ON reminder_charge
    WHEN EXISTS (SELECT 1 FROM reminder_charge WHERE document_id = NEW.document_id) OR EXISTS (SELECT 1 FROM reminder_charge WHERE entry_id = NEW.entry_id)
    BEGIN SELECT RAISE(ABORT, 'reminder_charge is append-only'); END;
