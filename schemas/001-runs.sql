-- SPDX-License-Identifier: MPL-2.0
-- Schema version 1: invoices and credit notes, and what a run draws from accounts.

-- The invoice or credit note (faktura, kreditnota) that a member gets of an approved run: one for each entry that the
-- run posts to the member. Numbers run without gaps in the series of a year.
CREATE TABLE invoice (
    number     TEXT PRIMARY KEY,               -- 2026-0001
    series     INTEGER NOT NULL CHECK (series BETWEEN 1900 AND 9999), -- the year of its date
    seq        INTEGER NOT NULL CHECK (seq >= 1),
    run_id     INTEGER NOT NULL REFERENCES run (id),
    party_code TEXT NOT NULL REFERENCES party (code),
    entry_id   INTEGER NOT NULL REFERENCES entry (id),
    kind       TEXT NOT NULL CHECK (kind IN ('invoice', 'credit note')),
    order_reference TEXT NOT NULL,             -- of its lines, where the member's lines have several
    corrects   TEXT REFERENCES invoice (number), -- the invoice that a credit note corrects
    act_id     INTEGER NOT NULL REFERENCES act (id),
    UNIQUE (series, seq),
    UNIQUE (entry_id),
    CHECK (number = printf('%04d-%04d', series, seq)),
    CHECK (kind = 'credit note' OR corrects IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX invoice_of_act ON invoice (act_id);
CREATE INDEX invoice_of_party ON invoice (party_code, number);
CREATE INDEX invoice_of_run ON invoice (run_id, party_code);

-- A first share of a budget that an account bears and no member: what a run draws from it.
CREATE TABLE run_account (
    run_id         INTEGER NOT NULL REFERENCES run (id),
    seq            INTEGER NOT NULL CHECK (seq >= 1),
    line_id        TEXT NOT NULL,
    account_code   TEXT NOT NULL REFERENCES account (code), -- that bears it
    income_code    TEXT NOT NULL REFERENCES account (code), -- of the line
    working        TEXT NOT NULL,
    entitled_minor INTEGER NOT NULL CHECK (abs(entitled_minor) <= 999999999999999), -- for the year up to the run's end
    net_minor      INTEGER NOT NULL CHECK (abs(net_minor) <= 999999999999999), -- what of it was not drawn before
    PRIMARY KEY (run_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER invoice_no_update BEFORE UPDATE ON invoice BEGIN SELECT RAISE(ABORT, 'invoice is append-only'); END;
CREATE TRIGGER invoice_no_delete BEFORE DELETE ON invoice BEGIN SELECT RAISE(ABORT, 'invoice is append-only'); END;
CREATE TRIGGER invoice_no_replace BEFORE INSERT ON invoice
    WHEN EXISTS (SELECT 1 FROM invoice WHERE number = NEW.number) OR EXISTS (SELECT 1 FROM invoice WHERE series = NEW.series AND seq = NEW.seq) OR EXISTS (SELECT 1 FROM invoice WHERE entry_id = NEW.entry_id)
    BEGIN SELECT RAISE(ABORT, 'invoice is append-only'); END;
CREATE TRIGGER invoice_in_order BEFORE INSERT ON invoice
    WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM invoice WHERE series = NEW.series)
    BEGIN SELECT RAISE(ABORT, 'invoices are numbered without gaps'); END;
CREATE TRIGGER invoice_of_its_entry BEFORE INSERT ON invoice
    WHEN NOT EXISTS (SELECT 1 FROM entry WHERE id = NEW.entry_id AND run_id = NEW.run_id
                         AND substr(holds_on, 1, 4) = printf('%04d', NEW.series))
    BEGIN SELECT RAISE(ABORT, 'an invoice is of an entry of its run and year'); END;

CREATE TRIGGER run_account_no_update BEFORE UPDATE ON run_account BEGIN SELECT RAISE(ABORT, 'run_account is append-only'); END;
CREATE TRIGGER run_account_no_delete BEFORE DELETE ON run_account BEGIN SELECT RAISE(ABORT, 'run_account is append-only'); END;
CREATE TRIGGER run_account_no_replace BEFORE INSERT ON run_account
    WHEN EXISTS (SELECT 1 FROM run_account WHERE run_id = NEW.run_id AND seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'run_account is append-only'); END;

-- A run is drafted whole, approved or discarded once, and posted when it is approved; no step is skipped.
CREATE TRIGGER run_line_of_draft BEFORE INSERT ON run_line
    WHEN (SELECT act_id FROM run WHERE id = NEW.run_id) <> (SELECT max(id) FROM act)
    BEGIN SELECT RAISE(ABORT, 'a run takes no line after it was drafted'); END;
CREATE TRIGGER run_account_of_draft BEFORE INSERT ON run_account
    WHEN (SELECT act_id FROM run WHERE id = NEW.run_id) <> (SELECT max(id) FROM act)
    BEGIN SELECT RAISE(ABORT, 'a run takes no line after it was drafted'); END;
CREATE TRIGGER entry_of_approved_run BEFORE INSERT ON entry
    WHEN NEW.run_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM run_end WHERE run_id = NEW.run_id
                                                    AND outcome = 'approved' AND act_id = NEW.act_id)
    BEGIN SELECT RAISE(ABORT, 'a run is posted when it is approved, and then only'); END;
