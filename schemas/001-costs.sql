-- SPDX-License-Identifier: MPL-2.0
-- Costs and work in kind: what is registered by one person and approved by another before it is posted.

-- A voucher (bilag): something registered that counts for nothing until somebody else approves it.
CREATE TABLE voucher (
    id     INTEGER PRIMARY KEY,                -- from 1 without gaps, over all kinds
    kind   TEXT NOT NULL CHECK (kind IN ('cost', 'hours', 'balancing', 'outlay', 'repayment')),
    act_id INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX voucher_of_act ON voucher (act_id);

-- What became of it; what has no row here is a draft.
CREATE TABLE voucher_end (
    voucher_id INTEGER PRIMARY KEY REFERENCES voucher (id),
    outcome    TEXT NOT NULL CHECK (outcome IN ('approved', 'rejected')),
    holds_on   TEXT NOT NULL CHECK (holds_on = '' OR holds_on GLOB '????-??-??'), -- accounting date, when approved
    reason     TEXT NOT NULL,                  -- of a rejection
    act_id     INTEGER NOT NULL REFERENCES act (id),
    CHECK ((outcome = 'rejected') = (length(reason) > 0)),
    CHECK ((outcome = 'approved') = (length(holds_on) > 0))
) STRICT;
CREATE INDEX voucher_end_of_act ON voucher_end (act_id);

-- What a supplier charges an hour, by role, from a date on; the latest valid_from wins, then the latest recorded.
CREATE TABLE supplier_rate (
    id          INTEGER PRIMARY KEY,
    cvr         TEXT NOT NULL CHECK (cvr GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
    role        TEXT NOT NULL CHECK (length(role) > 0), -- udvikler, projektleder
    valid_from  TEXT NOT NULL CHECK (valid_from GLOB '????-??-??'),
    rate_minor  INTEGER NOT NULL CHECK (rate_minor BETWEEN 1 AND 999999999999999), -- an hour, without VAT
    evidence    TEXT NOT NULL CHECK (length(evidence) > 0), -- the agreement, or the decision
    act_id      INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX supplier_rate_by_role ON supplier_rate (cvr, role, valid_from, id);
CREATE INDEX supplier_rate_of_act ON supplier_rate (act_id);

-- A line of a supplier's invoice or credit note, on one product and cost account.
CREATE TABLE cost (
    voucher_id       INTEGER PRIMARY KEY REFERENCES voucher (id),
    product_code     TEXT NOT NULL REFERENCES product (code),
    account_code     TEXT NOT NULL REFERENCES account (code),
    cvr              TEXT NOT NULL CHECK (cvr GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'), -- of the supplier
    supplier_name    TEXT NOT NULL CHECK (length(supplier_name) > 0),
    invoice          TEXT NOT NULL CHECK (length(invoice) > 0), -- the supplier's own number
    invoice_line     INTEGER NOT NULL CHECK (invoice_line >= 1), -- where one invoice is spread over several costs
    invoiced_on      TEXT NOT NULL CHECK (invoiced_on GLOB '????-??-??'),
    due_on           TEXT NOT NULL CHECK (due_on = '' OR due_on GLOB '????-??-??'),
    period_first     TEXT NOT NULL CHECK (period_first GLOB '????-??-??'), -- when what it pays for is delivered
    period_last      TEXT NOT NULL CHECK (period_last GLOB '????-??-??'),
    issue            TEXT NOT NULL,            -- reference of the task in the product's tracker
    text             TEXT NOT NULL CHECK (length(text) > 0),
    net_minor        INTEGER NOT NULL CHECK (net_minor <> 0 AND abs(net_minor) <= 999999999999999), -- below 0: a credit
    vat_minor        INTEGER NOT NULL CHECK (abs(vat_minor) <= 999999999999999),
    vat_code         TEXT NOT NULL CHECK (vat_code IN ('none', 'deducted', 'borne')), -- borne: it is a part of the cost
    vat_reason       TEXT NOT NULL,
    corrects_id      INTEGER REFERENCES cost (voucher_id), -- the cost that a supplier's credit note takes back
    rate_id          INTEGER REFERENCES supplier_rate (id), -- of hours
    hour_numerator   INTEGER NOT NULL CHECK (hour_numerator >= 0),
    hour_denominator INTEGER NOT NULL CHECK (hour_denominator >= 1),
    working          TEXT NOT NULL,            -- how hours became an amount
    act_id           INTEGER NOT NULL REFERENCES act (id),
    CHECK (period_first <= period_last),
    CHECK ((vat_code = 'none') = (vat_minor = 0) AND (vat_code = 'none') = (vat_reason = '')),
    CHECK ((rate_id IS NULL) = (hour_numerator = 0) AND (rate_id IS NULL) = (working = '')),
    CHECK ((corrects_id IS NULL) = (net_minor > 0))
) STRICT;
CREATE INDEX cost_of_invoice ON cost (cvr, invoice, invoice_line);
CREATE INDEX cost_of_product ON cost (product_code, voucher_id);
CREATE INDEX cost_that_corrects ON cost (corrects_id) WHERE corrects_id IS NOT NULL;
CREATE INDEX cost_of_act ON cost (act_id);

-- What an hour in kind is worth in a year, as decided; the latest recorded counts.
CREATE TABLE hour_rate (
    id          INTEGER PRIMARY KEY,
    year        INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 9999),
    rate_minor  INTEGER NOT NULL CHECK (rate_minor BETWEEN 1 AND 999999999999999),
    decision_id INTEGER NOT NULL REFERENCES decision (id),
    act_id      INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX hour_rate_of_act ON hour_rate (act_id);

-- Hours in kind (frikøb): what a member's employees worked for a product, or for the association.
CREATE TABLE hours (
    voucher_id       INTEGER PRIMARY KEY REFERENCES voucher (id),
    party_code       TEXT NOT NULL REFERENCES party (code),
    product_code     TEXT REFERENCES product (code), -- NULL: for the association
    period_first     TEXT NOT NULL CHECK (period_first GLOB '????-??-??'), -- of one year
    period_last      TEXT NOT NULL CHECK (period_last GLOB '????-??-??'),
    hour_numerator   INTEGER NOT NULL CHECK (hour_numerator > 0),
    hour_denominator INTEGER NOT NULL CHECK (hour_denominator > 0),
    evidence         TEXT NOT NULL CHECK (length(evidence) > 0),
    act_id           INTEGER NOT NULL REFERENCES act (id),
    CHECK (period_first <= period_last AND substr(period_first, 1, 4) = substr(period_last, 1, 4))
) STRICT;
CREATE INDEX hours_of_party ON hours (party_code, period_first);
CREATE INDEX hours_of_act ON hours (act_id);

-- The balancing (udligning) of a year's hours: each member's fair share by a key against what it put in.
CREATE TABLE balancing (
    voucher_id   INTEGER PRIMARY KEY REFERENCES voucher (id),
    year         INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 9999),
    product_code TEXT REFERENCES product (code), -- whose hours, between its members; NULL: all that no product balances
                                               -- apart, between the members of the association
    key          TEXT NOT NULL CHECK (length(key) > 0),
    figures_on   TEXT NOT NULL CHECK (figures_on GLOB '????-??-??'), -- the date of the figures that the key counts
    rate_id      INTEGER NOT NULL REFERENCES hour_rate (id),
    act_id       INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX balancing_of_act ON balancing (act_id);

CREATE TABLE balancing_line (
    voucher_id       INTEGER NOT NULL REFERENCES balancing (voucher_id),
    seq              INTEGER NOT NULL CHECK (seq >= 1),
    party_code       TEXT NOT NULL REFERENCES party (code),
    hour_numerator   INTEGER NOT NULL CHECK (hour_numerator >= 0),
    hour_denominator INTEGER NOT NULL CHECK (hour_denominator > 0),
    put_in_minor     INTEGER NOT NULL CHECK (put_in_minor BETWEEN 0 AND 999999999999999),
    fair_minor       INTEGER NOT NULL CHECK (fair_minor BETWEEN 0 AND 999999999999999),
    PRIMARY KEY (voucher_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER voucher_no_update BEFORE UPDATE ON voucher BEGIN SELECT RAISE(ABORT, 'voucher is append-only'); END;
CREATE TRIGGER voucher_no_delete BEFORE DELETE ON voucher BEGIN SELECT RAISE(ABORT, 'voucher is append-only'); END;
CREATE TRIGGER voucher_in_order BEFORE INSERT ON voucher
    WHEN NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM voucher)
    BEGIN SELECT RAISE(ABORT, 'vouchers are numbered without gaps'); END;

CREATE TRIGGER voucher_end_no_update BEFORE UPDATE ON voucher_end BEGIN SELECT RAISE(ABORT, 'voucher_end is append-only'); END;
CREATE TRIGGER voucher_end_no_delete BEFORE DELETE ON voucher_end BEGIN SELECT RAISE(ABORT, 'voucher_end is append-only'); END;
CREATE TRIGGER voucher_end_no_replace BEFORE INSERT ON voucher_end
    WHEN EXISTS (SELECT 1 FROM voucher_end WHERE voucher_id = NEW.voucher_id)
    BEGIN SELECT RAISE(ABORT, 'voucher_end is append-only'); END;

CREATE TRIGGER supplier_rate_no_update BEFORE UPDATE ON supplier_rate BEGIN SELECT RAISE(ABORT, 'supplier_rate is append-only'); END;
CREATE TRIGGER supplier_rate_no_delete BEFORE DELETE ON supplier_rate BEGIN SELECT RAISE(ABORT, 'supplier_rate is append-only'); END;
CREATE TRIGGER supplier_rate_no_replace BEFORE INSERT ON supplier_rate
    WHEN EXISTS (SELECT 1 FROM supplier_rate WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'supplier_rate is append-only'); END;

CREATE TRIGGER cost_no_update BEFORE UPDATE ON cost BEGIN SELECT RAISE(ABORT, 'cost is append-only'); END;
CREATE TRIGGER cost_no_delete BEFORE DELETE ON cost BEGIN SELECT RAISE(ABORT, 'cost is append-only'); END;
CREATE TRIGGER cost_no_replace BEFORE INSERT ON cost
    WHEN EXISTS (SELECT 1 FROM cost WHERE voucher_id = NEW.voucher_id)
    BEGIN SELECT RAISE(ABORT, 'cost is append-only'); END;

CREATE TRIGGER hour_rate_no_update BEFORE UPDATE ON hour_rate BEGIN SELECT RAISE(ABORT, 'hour_rate is append-only'); END;
CREATE TRIGGER hour_rate_no_delete BEFORE DELETE ON hour_rate BEGIN SELECT RAISE(ABORT, 'hour_rate is append-only'); END;
CREATE TRIGGER hour_rate_no_replace BEFORE INSERT ON hour_rate
    WHEN EXISTS (SELECT 1 FROM hour_rate WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'hour_rate is append-only'); END;

CREATE TRIGGER hours_no_update BEFORE UPDATE ON hours BEGIN SELECT RAISE(ABORT, 'hours is append-only'); END;
CREATE TRIGGER hours_no_delete BEFORE DELETE ON hours BEGIN SELECT RAISE(ABORT, 'hours is append-only'); END;
CREATE TRIGGER hours_no_replace BEFORE INSERT ON hours
    WHEN EXISTS (SELECT 1 FROM hours WHERE voucher_id = NEW.voucher_id)
    BEGIN SELECT RAISE(ABORT, 'hours is append-only'); END;

CREATE TRIGGER balancing_no_update BEFORE UPDATE ON balancing BEGIN SELECT RAISE(ABORT, 'balancing is append-only'); END;
CREATE TRIGGER balancing_no_delete BEFORE DELETE ON balancing BEGIN SELECT RAISE(ABORT, 'balancing is append-only'); END;
CREATE TRIGGER balancing_no_replace BEFORE INSERT ON balancing
    WHEN EXISTS (SELECT 1 FROM balancing WHERE voucher_id = NEW.voucher_id)
    BEGIN SELECT RAISE(ABORT, 'balancing is append-only'); END;

CREATE TRIGGER balancing_line_no_update BEFORE UPDATE ON balancing_line BEGIN SELECT RAISE(ABORT, 'balancing_line is append-only'); END;
CREATE TRIGGER balancing_line_no_delete BEFORE DELETE ON balancing_line BEGIN SELECT RAISE(ABORT, 'balancing_line is append-only'); END;
CREATE TRIGGER balancing_line_no_replace BEFORE INSERT ON balancing_line
    WHEN EXISTS (SELECT 1 FROM balancing_line WHERE voucher_id = NEW.voucher_id AND seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'balancing_line is append-only'); END;

-- Rules that hold whoever writes.

CREATE TRIGGER voucher_end_by_another BEFORE INSERT ON voucher_end
    WHEN NEW.outcome = 'approved' AND 1 = (
        SELECT count(DISTINCT replace(replace(replace(lower(replace(actor, ' ', '')), 'Æ', 'æ'), 'Ø', 'ø'), 'Å', 'å'))
        FROM act WHERE id IN (NEW.act_id, (SELECT act_id FROM voucher WHERE id = NEW.voucher_id)))
    BEGIN SELECT RAISE(ABORT, 'a voucher is approved by somebody else than its author'); END;

CREATE TRIGGER cost_once BEFORE INSERT ON cost
    WHEN EXISTS (SELECT 1 FROM cost c WHERE c.cvr = NEW.cvr AND c.invoice = NEW.invoice
        AND c.invoice_line = NEW.invoice_line AND c.voucher_id <> NEW.voucher_id AND NOT EXISTS (
            SELECT 1 FROM voucher_end e WHERE e.voucher_id = c.voucher_id AND e.outcome = 'rejected'))
    BEGIN SELECT RAISE(ABORT, 'a supplier''s invoice is registered once'); END;

CREATE TRIGGER balancing_once BEFORE INSERT ON balancing
    WHEN EXISTS (SELECT 1 FROM balancing b WHERE b.year = NEW.year AND b.voucher_id <> NEW.voucher_id
        AND (b.product_code IS NULL OR b.product_code IS NEW.product_code) AND NOT EXISTS (
        SELECT 1 FROM voucher_end e WHERE e.voucher_id = b.voucher_id AND e.outcome = 'rejected'))
    BEGIN SELECT RAISE(ABORT, 'the hours of a year are balanced once'); END;

CREATE TRIGGER balancing_line_in_time BEFORE INSERT ON balancing_line
    WHEN EXISTS (SELECT 1 FROM voucher_end WHERE voucher_id = NEW.voucher_id)
    BEGIN SELECT RAISE(ABORT, 'a balancing takes no line after it was drafted'); END;
