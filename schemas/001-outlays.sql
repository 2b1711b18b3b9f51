-- SPDX-License-Identifier: MPL-2.0
-- Schema version 1: outlays (udlæg), which a member pays for a product, and their repayment when the money comes.

-- What a member paid a third party for a product. Once somebody else approves it, it is a cost of the product and owed
-- to the member.
CREATE TABLE outlay (
    voucher_id   INTEGER PRIMARY KEY REFERENCES voucher (id),
    product_code TEXT NOT NULL REFERENCES product (code),
    party_code   TEXT NOT NULL REFERENCES party (code), -- who paid
    account_code TEXT NOT NULL REFERENCES account (code), -- of the cost
    project_code TEXT REFERENCES project (code), -- whose pledges are to repay it; NULL for none
    paid_on      TEXT NOT NULL CHECK (paid_on GLOB '????-??-??'),
    text         TEXT NOT NULL CHECK (length(text) > 0),
    evidence     TEXT NOT NULL CHECK (length(evidence) > 0), -- the receipt
    amount_minor INTEGER NOT NULL CHECK (amount_minor BETWEEN 1 AND 999999999999999), -- without the VAT that the member
                                               -- recovers itself
    act_id       INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX outlay_of_party ON outlay (party_code, evidence);
CREATE INDEX outlay_of_act ON outlay (act_id);

-- A part of an outlay, or all of it, on its way back to the member.
CREATE TABLE repayment (
    voucher_id   INTEGER PRIMARY KEY REFERENCES voucher (id),
    outlay_id    INTEGER NOT NULL REFERENCES outlay (voucher_id),
    amount_minor INTEGER NOT NULL CHECK (amount_minor BETWEEN 1 AND 999999999999999),
    act_id       INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX repayment_of_outlay ON repayment (outlay_id);
CREATE INDEX repayment_of_act ON repayment (act_id);

-- Rules that hold whoever writes; above the guards, since a guard is to speak first.

CREATE TRIGGER repayment_of_approved_outlay BEFORE INSERT ON repayment
    WHEN NOT EXISTS (SELECT 1 FROM voucher_end WHERE voucher_id = NEW.outlay_id AND outcome = 'approved')
    BEGIN SELECT RAISE(ABORT, 'an outlay is repaid once it is approved'); END;

-- Drafts count, so that two of them cannot be approved for the same money.
CREATE TRIGGER repayment_within_outlay BEFORE INSERT ON repayment
    WHEN NEW.amount_minor > (SELECT amount_minor FROM outlay WHERE voucher_id = NEW.outlay_id) - coalesce(
        (SELECT sum(r.amount_minor) FROM repayment AS r WHERE r.outlay_id = NEW.outlay_id
             AND r.voucher_id <> NEW.voucher_id AND NOT EXISTS (
             SELECT 1 FROM voucher_end AS e WHERE e.voucher_id = r.voucher_id AND e.outcome = 'rejected')), 0)
    BEGIN SELECT RAISE(ABORT, 'an outlay is not repaid beyond its amount'); END;

CREATE TRIGGER outlay_no_update BEFORE UPDATE ON outlay BEGIN SELECT RAISE(ABORT, 'outlay is append-only'); END;
CREATE TRIGGER outlay_no_delete BEFORE DELETE ON outlay BEGIN SELECT RAISE(ABORT, 'outlay is append-only'); END;
CREATE TRIGGER outlay_no_replace BEFORE INSERT ON outlay
    WHEN EXISTS (SELECT 1 FROM outlay WHERE voucher_id = NEW.voucher_id)
    BEGIN SELECT RAISE(ABORT, 'outlay is append-only'); END;

CREATE TRIGGER repayment_no_update BEFORE UPDATE ON repayment BEGIN SELECT RAISE(ABORT, 'repayment is append-only'); END;
CREATE TRIGGER repayment_no_delete BEFORE DELETE ON repayment BEGIN SELECT RAISE(ABORT, 'repayment is append-only'); END;
CREATE TRIGGER repayment_no_replace BEFORE INSERT ON repayment
    WHEN EXISTS (SELECT 1 FROM repayment WHERE voucher_id = NEW.voucher_id)
    BEGIN SELECT RAISE(ABORT, 'repayment is append-only'); END;
