-- SPDX-License-Identifier: MPL-2.0
-- Schema version 1: the association's own share, which products pay to the shared secretariat by a decided rate.

-- What a product pays from a year on; the latest valid_from wins, then the latest recorded. A rate of 0 % ends it.
CREATE TABLE common_share_rate (
    id                  INTEGER PRIMARY KEY,
    product_code        TEXT NOT NULL REFERENCES product (code), -- that pays
    to_product          TEXT NOT NULL REFERENCES product (code), -- the secretariat's
    valid_from          TEXT NOT NULL CHECK (valid_from GLOB '????-01-01'), -- shares are of whole years
    percent_numerator   INTEGER NOT NULL CHECK (percent_numerator BETWEEN 0 AND percent_denominator), -- of the income,
                                               -- as a ratio: 1/10
    percent_denominator INTEGER NOT NULL CHECK (percent_denominator >= 1),
    per_member_minor    INTEGER NOT NULL CHECK (per_member_minor BETWEEN 0 AND 999999999999999), -- a year; 0: by percent
    cost_account        TEXT NOT NULL REFERENCES account (code), -- of the product
    income_account      TEXT NOT NULL REFERENCES account (code), -- of the secretariat
    decision_id         INTEGER NOT NULL REFERENCES decision (id),
    act_id              INTEGER NOT NULL REFERENCES act (id),
    CHECK (product_code <> to_product),
    CHECK (per_member_minor = 0 OR percent_numerator = 0)
) STRICT;
CREATE INDEX common_share_rate_of_product ON common_share_rate (product_code, valid_from, id);
CREATE INDEX common_share_rate_of_act ON common_share_rate (act_id);

-- What is to be booked of a year's share: what it comes to, less what is booked. It is posted when another person
-- approves it.
CREATE TABLE common_share (
    id             INTEGER PRIMARY KEY,
    product_code   TEXT NOT NULL REFERENCES product (code),
    year           INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 9999),
    rate_id        INTEGER NOT NULL REFERENCES common_share_rate (id),
    income_minor   INTEGER NOT NULL CHECK (abs(income_minor) <= 999999999999999), -- of the product in the year
    members        INTEGER NOT NULL CHECK (members >= 0), -- whose membership runs on a day of the year
    entitled_minor INTEGER NOT NULL CHECK (entitled_minor BETWEEN 0 AND 999999999999999), -- what the year's comes to
    booked_minor   INTEGER NOT NULL CHECK (booked_minor BETWEEN 0 AND 999999999999999), -- of it before
    act_id         INTEGER NOT NULL REFERENCES act (id),
    CHECK (entitled_minor <> booked_minor)
) STRICT;
CREATE INDEX common_share_of_product ON common_share (product_code, year);
CREATE INDEX common_share_of_act ON common_share (act_id);

CREATE TABLE common_share_end (
    share_id INTEGER PRIMARY KEY REFERENCES common_share (id),
    outcome  TEXT NOT NULL CHECK (outcome IN ('approved', 'discarded')),
    entry_id INTEGER UNIQUE REFERENCES entry (id),
    act_id   INTEGER NOT NULL REFERENCES act (id),
    CHECK ((outcome = 'approved') = (entry_id IS NOT NULL))
) STRICT;
CREATE INDEX common_share_end_of_act ON common_share_end (act_id);

-- Rules that hold whoever writes; above the guards, since a guard is to speak first.

CREATE TRIGGER common_share_end_by_another BEFORE INSERT ON common_share_end
    WHEN NEW.outcome = 'approved' AND 1 = (
        SELECT count(DISTINCT replace(replace(replace(lower(replace(actor, ' ', '')), 'Æ', 'æ'), 'Ø', 'ø'), 'Å', 'å'))
        FROM act WHERE id IN (NEW.act_id, (SELECT act_id FROM common_share WHERE id = NEW.share_id)))
    BEGIN SELECT RAISE(ABORT, 'a share is booked by somebody else than who drafted it'); END;

-- Each stands on those that are booked, so that no part of a year's is booked twice.
CREATE TRIGGER common_share_end_once BEFORE INSERT ON common_share_end
    WHEN NEW.outcome = 'approved' AND (SELECT booked_minor FROM common_share WHERE id = NEW.share_id) IS NOT (
        SELECT coalesce(sum(o.entitled_minor - o.booked_minor), 0) FROM common_share AS s JOIN common_share AS o
        ON o.product_code = s.product_code AND o.year = s.year JOIN common_share_end AS e ON e.share_id = o.id
        WHERE s.id = NEW.share_id AND e.outcome = 'approved')
    BEGIN SELECT RAISE(ABORT, 'a share is booked on top of what is booked'); END;

CREATE TRIGGER common_share_rate_no_update BEFORE UPDATE ON common_share_rate BEGIN SELECT RAISE(ABORT, 'common_share_rate is append-only'); END;
CREATE TRIGGER common_share_rate_no_delete BEFORE DELETE ON common_share_rate BEGIN SELECT RAISE(ABORT, 'common_share_rate is append-only'); END;
CREATE TRIGGER common_share_rate_no_replace BEFORE INSERT ON common_share_rate
    WHEN EXISTS (SELECT 1 FROM common_share_rate WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'common_share_rate is append-only'); END;

CREATE TRIGGER common_share_no_update BEFORE UPDATE ON common_share BEGIN SELECT RAISE(ABORT, 'common_share is append-only'); END;
CREATE TRIGGER common_share_no_delete BEFORE DELETE ON common_share BEGIN SELECT RAISE(ABORT, 'common_share is append-only'); END;
CREATE TRIGGER common_share_no_replace BEFORE INSERT ON common_share
    WHEN EXISTS (SELECT 1 FROM common_share WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'common_share is append-only'); END;

CREATE TRIGGER common_share_end_no_update BEFORE UPDATE ON common_share_end BEGIN SELECT RAISE(ABORT, 'common_share_end is append-only'); END;
CREATE TRIGGER common_share_end_no_delete BEFORE DELETE ON common_share_end BEGIN SELECT RAISE(ABORT, 'common_share_end is append-only'); END;
CREATE TRIGGER common_share_end_no_replace BEFORE INSERT ON common_share_end
    WHEN EXISTS (SELECT 1 FROM common_share_end WHERE share_id = NEW.share_id) OR EXISTS (SELECT 1 FROM common_share_end WHERE entry_id = NEW.entry_id)
    BEGIN SELECT RAISE(ABORT, 'common_share_end is append-only'); END;
