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

-- How a bank writes its tables (CSV): the profile as it was given, verbatim. The latest version counts.
CREATE TABLE bank_profile (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    version INTEGER NOT NULL CHECK (version >= 1),
    content TEXT NOT NULL,
    act_id  INTEGER NOT NULL REFERENCES act (id),
    UNIQUE (name, version)
) STRICT;
CREATE INDEX bank_profile_of_act ON bank_profile (act_id);

-- A statement of the bank: what it says of the account between two days. The balances are NULL where it states none.
CREATE TABLE bank_statement (
    id            INTEGER PRIMARY KEY,
    account       TEXT NOT NULL CHECK (length(account) > 0), -- the payee's: IBAN, or registration and account number
    identity      TEXT NOT NULL CHECK (length(identity) > 0), -- the bank's own, or its first and last day
    format        TEXT NOT NULL CHECK (format IN ('camt.053.001.02', 'camt.053.001.08', 'csv')),
    profile_id    INTEGER REFERENCES bank_profile (id),       -- of a table
    file_name     TEXT NOT NULL,
    first_on      TEXT NOT NULL CHECK (first_on GLOB '????-??-??'),
    last_on       TEXT NOT NULL CHECK (last_on GLOB '????-??-??'),
    opening_minor INTEGER CHECK (abs(opening_minor) <= 999999999999999),
    closing_minor INTEGER CHECK (abs(closing_minor) <= 999999999999999),
    digest        BLOB NOT NULL CHECK (length(digest) = 32),  -- of all that it says
    act_id        INTEGER NOT NULL REFERENCES act (id),
    UNIQUE (account, identity),
    CHECK ((opening_minor IS NULL) = (closing_minor IS NULL)),
    CHECK ((format = 'csv') = (profile_id IS NOT NULL))
) STRICT;
CREATE INDEX bank_statement_of_act ON bank_statement (act_id);

-- One transaction of a statement, as the bank tells it.
CREATE TABLE bank_line (
    id             INTEGER PRIMARY KEY,
    statement_id   INTEGER NOT NULL REFERENCES bank_statement (id),
    seq            INTEGER NOT NULL CHECK (seq >= 1),
    booked_on      TEXT NOT NULL CHECK (booked_on GLOB '????-??-??'),
    amount_minor   INTEGER NOT NULL CHECK (amount_minor <> 0 AND abs(amount_minor) <= 999999999999999), -- received +
    is_reversal    INTEGER NOT NULL CHECK (is_reversal IN (0, 1)),
    reference      TEXT NOT NULL,              -- the payment reference, '' where there is none, and so on
    text           TEXT NOT NULL,
    payer          TEXT NOT NULL,
    payer_account  TEXT NOT NULL,
    payer_cvr      TEXT NOT NULL,
    bank_reference TEXT NOT NULL,
    act_id         INTEGER NOT NULL REFERENCES act (id),
    UNIQUE (statement_id, seq)
) STRICT;
CREATE INDEX bank_line_by_reference ON bank_line (bank_reference, booked_on) WHERE bank_reference <> '';
CREATE INDEX bank_line_of_act ON bank_line (act_id);

-- What became of a line: the one entry that it is in the ledger. A line is used once, and so is an entry.
CREATE TABLE bank_match (
    line_id    INTEGER PRIMARY KEY REFERENCES bank_line (id),
    entry_id   INTEGER NOT NULL UNIQUE REFERENCES entry (id),
    how        TEXT NOT NULL CHECK (how IN ('reference', 'person', 'recorded', 'cost', 'aside')), -- recorded: by hand
    party_code TEXT REFERENCES party (code),   -- NULL for what is set aside or paid to a supplier
    reason     TEXT NOT NULL,                  -- of what is set aside
    act_id     INTEGER NOT NULL REFERENCES act (id),
    CHECK ((how IN ('cost', 'aside')) = (party_code IS NULL)),
    CHECK (how <> 'aside' OR length(reason) > 0)
) STRICT;
CREATE INDEX bank_match_of_party ON bank_match (party_code);
CREATE INDEX bank_match_of_act ON bank_match (act_id);

-- Above the guards, since a guard is to speak first: SQLite asks the last trigger first.
CREATE TRIGGER bank_match_of_its_amount BEFORE INSERT ON bank_match
    WHEN (SELECT amount_minor FROM bank_line WHERE id = NEW.line_id) IS NOT
         (SELECT sum(amount_minor) FROM posting WHERE entry_id = NEW.entry_id AND account_code = '20000')
    BEGIN SELECT RAISE(ABORT, 'a line of the bank is the amount of its entry'); END;

CREATE TRIGGER bank_profile_no_update BEFORE UPDATE ON bank_profile BEGIN SELECT RAISE(ABORT, 'bank_profile is append-only'); END;
CREATE TRIGGER bank_profile_no_delete BEFORE DELETE ON bank_profile BEGIN SELECT RAISE(ABORT, 'bank_profile is append-only'); END;
CREATE TRIGGER bank_profile_no_replace BEFORE INSERT ON bank_profile
    WHEN EXISTS (SELECT 1 FROM bank_profile WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM bank_profile WHERE name = NEW.name AND version = NEW.version)
    BEGIN SELECT RAISE(ABORT, 'bank_profile is append-only'); END;
CREATE TRIGGER bank_statement_no_update BEFORE UPDATE ON bank_statement BEGIN SELECT RAISE(ABORT, 'bank_statement is append-only'); END;
CREATE TRIGGER bank_statement_no_delete BEFORE DELETE ON bank_statement BEGIN SELECT RAISE(ABORT, 'bank_statement is append-only'); END;
CREATE TRIGGER bank_statement_no_replace BEFORE INSERT ON bank_statement
    WHEN EXISTS (SELECT 1 FROM bank_statement WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM bank_statement WHERE account = NEW.account AND identity = NEW.identity)
    BEGIN SELECT RAISE(ABORT, 'bank_statement is append-only'); END;
CREATE TRIGGER bank_line_no_update BEFORE UPDATE ON bank_line BEGIN SELECT RAISE(ABORT, 'bank_line is append-only'); END;
CREATE TRIGGER bank_line_no_delete BEFORE DELETE ON bank_line BEGIN SELECT RAISE(ABORT, 'bank_line is append-only'); END;
CREATE TRIGGER bank_line_no_replace BEFORE INSERT ON bank_line
    WHEN EXISTS (SELECT 1 FROM bank_line WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM bank_line WHERE statement_id = NEW.statement_id AND seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'bank_line is append-only'); END;
CREATE TRIGGER bank_match_no_update BEFORE UPDATE ON bank_match BEGIN SELECT RAISE(ABORT, 'bank_match is append-only'); END;
CREATE TRIGGER bank_match_no_delete BEFORE DELETE ON bank_match BEGIN SELECT RAISE(ABORT, 'bank_match is append-only'); END;
CREATE TRIGGER bank_match_no_replace BEFORE INSERT ON bank_match
    WHEN EXISTS (SELECT 1 FROM bank_match WHERE line_id = NEW.line_id) OR EXISTS (SELECT 1 FROM bank_match WHERE entry_id = NEW.entry_id)
    BEGIN SELECT RAISE(ABORT, 'bank_match is append-only'); END;

-- Money to be sent back to a member: drafted, until refund_end says what became of it.
CREATE TABLE refund (
    id           INTEGER PRIMARY KEY,
    party_code   TEXT NOT NULL REFERENCES party (code),
    amount_minor INTEGER NOT NULL CHECK (amount_minor BETWEEN 1 AND 999999999999999),
    holds_on     TEXT NOT NULL CHECK (holds_on GLOB '????-??-??'),
    reason       TEXT NOT NULL CHECK (length(reason) > 0),
    act_id       INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX refund_of_act ON refund (act_id);

CREATE TABLE refund_end (
    refund_id INTEGER PRIMARY KEY REFERENCES refund (id),
    outcome   TEXT NOT NULL CHECK (outcome IN ('approved', 'discarded')),
    entry_id  INTEGER UNIQUE REFERENCES entry (id),
    act_id    INTEGER NOT NULL REFERENCES act (id),
    CHECK ((outcome = 'approved') = (entry_id IS NOT NULL))
) STRICT;
CREATE INDEX refund_end_of_act ON refund_end (act_id);

-- The items that a reminder listed.
CREATE TABLE reminder_item (
    document_id INTEGER NOT NULL REFERENCES document (id),
    entry_id    INTEGER NOT NULL REFERENCES entry (id),
    open_minor  INTEGER NOT NULL CHECK (open_minor BETWEEN 1 AND 999999999999999),
    reminded_on TEXT NOT NULL CHECK (reminded_on GLOB '????-??-??'),
    act_id      INTEGER NOT NULL REFERENCES act (id),
    PRIMARY KEY (document_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reminder_item_of_entry ON reminder_item (entry_id, reminded_on);
CREATE INDEX reminder_item_of_act ON reminder_item (act_id);

CREATE TRIGGER refund_end_by_another BEFORE INSERT ON refund_end
    WHEN NEW.outcome = 'approved' AND 1 = (
        SELECT count(DISTINCT replace(replace(replace(lower(replace(actor, ' ', '')), 'Æ', 'æ'), 'Ø', 'ø'), 'Å', 'å'))
        FROM act WHERE id IN (NEW.act_id, (SELECT act_id FROM refund WHERE id = NEW.refund_id)))
    BEGIN SELECT RAISE(ABORT, 'a refund is approved by somebody else than its author'); END;

CREATE TRIGGER refund_no_update BEFORE UPDATE ON refund BEGIN SELECT RAISE(ABORT, 'refund is append-only'); END;
CREATE TRIGGER refund_no_delete BEFORE DELETE ON refund BEGIN SELECT RAISE(ABORT, 'refund is append-only'); END;
CREATE TRIGGER refund_no_replace BEFORE INSERT ON refund
    WHEN EXISTS (SELECT 1 FROM refund WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'refund is append-only'); END;
CREATE TRIGGER refund_end_no_update BEFORE UPDATE ON refund_end BEGIN SELECT RAISE(ABORT, 'refund_end is append-only'); END;
CREATE TRIGGER refund_end_no_delete BEFORE DELETE ON refund_end BEGIN SELECT RAISE(ABORT, 'refund_end is append-only'); END;
CREATE TRIGGER refund_end_no_replace BEFORE INSERT ON refund_end
    WHEN EXISTS (SELECT 1 FROM refund_end WHERE refund_id = NEW.refund_id) OR EXISTS (SELECT 1 FROM refund_end WHERE entry_id = NEW.entry_id)
    BEGIN SELECT RAISE(ABORT, 'refund_end is append-only'); END;
CREATE TRIGGER reminder_item_no_update BEFORE UPDATE ON reminder_item BEGIN SELECT RAISE(ABORT, 'reminder_item is append-only'); END;
CREATE TRIGGER reminder_item_no_delete BEFORE DELETE ON reminder_item BEGIN SELECT RAISE(ABORT, 'reminder_item is append-only'); END;
CREATE TRIGGER reminder_item_no_replace BEFORE INSERT ON reminder_item
    WHEN EXISTS (SELECT 1 FROM reminder_item WHERE document_id = NEW.document_id AND entry_id = NEW.entry_id)
    BEGIN SELECT RAISE(ABORT, 'reminder_item is append-only'); END;
