-- SPDX-License-Identifier: MPL-2.0
-- Schema version 1: the year of the ledger. Budgets, and periods that are closed.

-- The budget of a product's year, as it was decided. It is never changed: the next one is a new version, which counts.
CREATE TABLE product_budget (
    id           INTEGER PRIMARY KEY,
    product_code TEXT NOT NULL REFERENCES product (code),
    year         INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 9999),
    version      INTEGER NOT NULL CHECK (version >= 1),
    basis        TEXT NOT NULL CHECK (length(basis) > 0), -- the file it was read from; the budget and index values
    decision_id  INTEGER NOT NULL REFERENCES decision (id),
    act_id       INTEGER NOT NULL REFERENCES act (id),
    UNIQUE (product_code, year, version)
) STRICT;
CREATE INDEX product_budget_of_act ON product_budget (act_id);

-- What a budget gives an account, quarter by quarter; incomes and costs are positive.
CREATE TABLE product_budget_line (
    budget_id    INTEGER NOT NULL REFERENCES product_budget (id),
    account_code TEXT NOT NULL REFERENCES account (code),
    q1_minor     INTEGER NOT NULL CHECK (abs(q1_minor) <= 999999999999999),
    q2_minor     INTEGER NOT NULL CHECK (abs(q2_minor) <= 999999999999999),
    q3_minor     INTEGER NOT NULL CHECK (abs(q3_minor) <= 999999999999999),
    q4_minor     INTEGER NOT NULL CHECK (abs(q4_minor) <= 999999999999999),
    working      TEXT NOT NULL,                -- how it came about; '' where it stands in the file
    PRIMARY KEY (budget_id, account_code)
) STRICT, WITHOUT ROWID;

-- A quarter or a year that was closed. While a close stands, the ledger takes no entry dated up to its last day. Closes
-- stand on one another: the last one is reopened first.
CREATE TABLE period_close (
    id          INTEGER PRIMARY KEY,
    first_on    TEXT NOT NULL CHECK (first_on GLOB '????-??-??'),
    last_on     TEXT NOT NULL CHECK (last_on GLOB '????-??-??' AND last_on > first_on),
    entries     INTEGER NOT NULL CHECK (entries >= 0), -- dated within it when it was closed
    debit_minor INTEGER NOT NULL CHECK (debit_minor >= 0), -- that these come to; their credit is the same
    later_entry INTEGER NOT NULL CHECK (later_entry >= 1), -- the first entry dated later, also if it was to come
    decision_id INTEGER REFERENCES decision (id), -- NULL where nobody had to decide
    act_id      INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX period_close_by_date ON period_close (last_on, id);
CREATE INDEX period_close_of_act ON period_close (act_id);

-- What a close keeps, so that nobody adds up all that lies before it: what each account comes to on its last day.
CREATE TABLE period_balance (
    close_id     INTEGER NOT NULL REFERENCES period_close (id),
    account_code TEXT NOT NULL REFERENCES account (code),
    debit_minor  INTEGER NOT NULL CHECK (debit_minor >= 0),
    credit_minor INTEGER NOT NULL CHECK (credit_minor >= 0),
    PRIMARY KEY (close_id, account_code)
) STRICT, WITHOUT ROWID;

-- And the entries on the accounts of members that something is left of: what is settled between entries that name each
-- other by their reference, or by reversal, is taken off, where all of them fell due by the last day.
CREATE TABLE period_item (
    close_id   INTEGER NOT NULL REFERENCES period_close (id),
    party_code TEXT NOT NULL REFERENCES party (code),
    entry_id   INTEGER NOT NULL REFERENCES entry (id),
    left_minor INTEGER NOT NULL CHECK (left_minor <> 0 AND abs(left_minor) <= 999999999999999), -- of its amount, of the same sign
    PRIMARY KEY (close_id, party_code, entry_id)
) STRICT, WITHOUT ROWID;

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

CREATE TRIGGER period_balance_of_its_act BEFORE INSERT ON period_balance
    WHEN (SELECT act_id FROM period_close WHERE id = NEW.close_id) <> (SELECT max(id) FROM act)
    BEGIN SELECT RAISE(ABORT, 'a close keeps nothing after it was made'); END;

CREATE TRIGGER period_item_of_its_act BEFORE INSERT ON period_item
    WHEN (SELECT act_id FROM period_close WHERE id = NEW.close_id) <> (SELECT max(id) FROM act)
    BEGIN SELECT RAISE(ABORT, 'a close keeps nothing after it was made'); END;

CREATE TRIGGER period_balance_no_update BEFORE UPDATE ON period_balance BEGIN SELECT RAISE(ABORT, 'period_balance is append-only'); END;
CREATE TRIGGER period_balance_no_delete BEFORE DELETE ON period_balance BEGIN SELECT RAISE(ABORT, 'period_balance is append-only'); END;
CREATE TRIGGER period_balance_no_replace BEFORE INSERT ON period_balance
    WHEN EXISTS (SELECT 1 FROM period_balance WHERE close_id = NEW.close_id AND account_code = NEW.account_code)
    BEGIN SELECT RAISE(ABORT, 'period_balance is append-only'); END;

CREATE TRIGGER period_item_no_update BEFORE UPDATE ON period_item BEGIN SELECT RAISE(ABORT, 'period_item is append-only'); END;
CREATE TRIGGER period_item_no_delete BEFORE DELETE ON period_item BEGIN SELECT RAISE(ABORT, 'period_item is append-only'); END;
CREATE TRIGGER period_item_no_replace BEFORE INSERT ON period_item
    WHEN EXISTS (SELECT 1 FROM period_item WHERE close_id = NEW.close_id AND party_code = NEW.party_code AND entry_id = NEW.entry_id)
    BEGIN SELECT RAISE(ABORT, 'period_item is append-only'); END;

CREATE TRIGGER product_budget_line_of_its_act BEFORE INSERT ON product_budget_line
    WHEN (SELECT act_id FROM product_budget WHERE id = NEW.budget_id) <> (SELECT max(id) FROM act)
    BEGIN SELECT RAISE(ABORT, 'a budget takes no line after it was decided'); END;

CREATE TRIGGER product_budget_no_update BEFORE UPDATE ON product_budget BEGIN SELECT RAISE(ABORT, 'product_budget is append-only'); END;
CREATE TRIGGER product_budget_no_delete BEFORE DELETE ON product_budget BEGIN SELECT RAISE(ABORT, 'product_budget is append-only'); END;
CREATE TRIGGER product_budget_no_replace BEFORE INSERT ON product_budget
    WHEN EXISTS (SELECT 1 FROM product_budget WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM product_budget WHERE product_code = NEW.product_code AND year = NEW.year AND version = NEW.version)
    BEGIN SELECT RAISE(ABORT, 'product_budget is append-only'); END;

CREATE TRIGGER product_budget_line_no_update BEFORE UPDATE ON product_budget_line BEGIN SELECT RAISE(ABORT, 'product_budget_line is append-only'); END;
CREATE TRIGGER product_budget_line_no_delete BEFORE DELETE ON product_budget_line BEGIN SELECT RAISE(ABORT, 'product_budget_line is append-only'); END;
CREATE TRIGGER product_budget_line_no_replace BEFORE INSERT ON product_budget_line
    WHEN EXISTS (SELECT 1 FROM product_budget_line WHERE budget_id = NEW.budget_id AND account_code = NEW.account_code)
    BEGIN SELECT RAISE(ABORT, 'product_budget_line is append-only'); END;
