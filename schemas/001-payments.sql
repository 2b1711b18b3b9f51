-- SPDX-License-Identifier: MPL-2.0
-- Payments: where members pay, what the bank says, what became of each line, refunds and reminders.

-- The bank account and creditor number that the ledger's owner is paid by, from a date on; the latest valid_from wins,
-- then the latest recorded.
CREATE TABLE payee (
    id           INTEGER PRIMARY KEY,
    valid_from   TEXT NOT NULL CHECK (valid_from GLOB '????-??-??'),
    registration TEXT NOT NULL CHECK (registration = '' OR registration GLOB '[0-9][0-9][0-9][0-9]'), -- of the bank
    account      TEXT NOT NULL CHECK (length(account) <= 10 AND account NOT GLOB '*[^0-9]'),
    iban         TEXT NOT NULL CHECK (length(iban) <= 34),
    creditor     TEXT NOT NULL CHECK (creditor = '' OR (length(creditor) = 8 AND creditor NOT GLOB '*[^0-9]')), -- FIK
    decision_id  INTEGER REFERENCES decision (id),
    evidence     TEXT NOT NULL,                -- where it is documented, when it was not decided
    act_id       INTEGER NOT NULL REFERENCES act (id),
    CHECK ((registration = '') = (account = '')),
    CHECK (decision_id IS NOT NULL OR length(evidence) > 0)
) STRICT;
CREATE INDEX payee_by_date ON payee (valid_from, id);
CREATE INDEX payee_of_act ON payee (act_id);

CREATE TRIGGER payee_no_update BEFORE UPDATE ON payee BEGIN SELECT RAISE(ABORT, 'payee is append-only'); END;
CREATE TRIGGER payee_no_delete BEFORE DELETE ON payee BEGIN SELECT RAISE(ABORT, 'payee is append-only'); END;
CREATE TRIGGER payee_no_replace BEFORE INSERT ON payee
    WHEN EXISTS (SELECT 1 FROM payee WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'payee is append-only'); END;
