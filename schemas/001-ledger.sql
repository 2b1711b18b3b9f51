-- SPDX-License-Identifier: MPL-2.0
-- Schema version 1, with the other files of this number. Frozen once released: what comes later has the next number.
--
-- Two clocks. Every fact carries the date it holds for (holds_on, valid_from, ...) and, through act_id, the
-- moment and the actor that recorded it. A question "as known then" is a limit on act_id.
--
-- Nothing is ever changed or removed. Each table refuses UPDATE and DELETE by trigger, and INSERT of a key that
-- is there already, since INSERT OR REPLACE would walk past the first two. The triggers bind every program that
-- opens the file; `tilslut verify` finds what a program with triggers dropped has done.
--
-- Amounts are integers of minor units (øre), |amount| <= 10^15 - 1. Dates are ISO 8601 texts. Fractions are texts
-- `numerator/denominator` in lowest terms.

-- What was done, by whom, when: one row per command that recorded anything.
CREATE TABLE act (
    id          INTEGER PRIMARY KEY REFERENCES act_seal (act_id) DEFERRABLE INITIALLY DEFERRED, -- from 1 without gaps
    recorded_at TEXT NOT NULL CHECK (recorded_at GLOB '????-??-??T??:??:??Z'), -- UTC
    actor       TEXT NOT NULL CHECK (length(actor) BETWEEN 1 AND 100),         -- a record of responsibility, no login
    command     TEXT NOT NULL                  -- what was asked for, in words
) STRICT;

-- The chain of acts: each seal carries the hash of everything that its act recorded, in all tables, and of the seal
-- before it (src/store/act_seal.c gives the bytes). Columns that a later version adds must be NULL in older rows.
CREATE TABLE act_seal (
    act_id   INTEGER PRIMARY KEY REFERENCES act (id),
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    contents TEXT NOT NULL,                    -- a line for each table: its name, how many rows, their digest
    hash     BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- The one row that says what this file is.
CREATE TABLE ledger_file (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    currency     TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), -- ISO 4217
    minor_digits INTEGER NOT NULL CHECK (minor_digits = 2),
    owner_code   TEXT NOT NULL,                -- the party that keeps the ledger
    act_id       INTEGER NOT NULL REFERENCES act (id)
) STRICT;

-- The identity of a public body or association. What is known of it lies in party_version.
CREATE TABLE party (
    code   TEXT PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 40), -- 0751
    act_id INTEGER NOT NULL REFERENCES act (id)
) STRICT, WITHOUT ROWID;

-- Names and numbers of a party from a date on; the latest valid_from wins, then the latest recorded.
CREATE TABLE party_version (
    id            INTEGER PRIMARY KEY,
    party_code    TEXT NOT NULL REFERENCES party (code),
    valid_from    TEXT NOT NULL CHECK (valid_from GLOB '????-??-??'),
    name          TEXT NOT NULL CHECK (length(name) > 0),
    official_name TEXT NOT NULL CHECK (length(official_name) > 0),
    kind          TEXT NOT NULL CHECK (kind IN ('municipality', 'region', 'state', 'association', 'other')),
    region        TEXT NOT NULL,               -- '' where there is none
    cvr           TEXT NOT NULL CHECK (cvr = '' OR cvr GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
    ean           TEXT NOT NULL CHECK (ean = '' OR length(ean) = 13),
    address       TEXT NOT NULL,               -- lines separated by ', '
    act_id        INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX party_version_of_party ON party_version (party_code, valid_from, id);
CREATE INDEX party_version_of_act ON party_version (act_id);

-- Whether a party is a member of the association, from a date on.
CREATE TABLE association (
    id         INTEGER PRIMARY KEY,
    party_code TEXT NOT NULL REFERENCES party (code),
    valid_from TEXT NOT NULL CHECK (valid_from GLOB '????-??-??'),
    is_member  INTEGER NOT NULL CHECK (is_member IN (0, 1)),
    act_id     INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX association_of_party ON association (party_code, valid_from, id);
CREATE INDEX association_of_act ON association (act_id);

-- A figure is always (member, measure, date, value, source). A correction is a new row; the latest counts.
CREATE TABLE figure (
    id          INTEGER PRIMARY KEY,
    party_code  TEXT NOT NULL REFERENCES party (code),
    measure     TEXT NOT NULL CHECK (length(measure) > 0),
    holds_on    TEXT NOT NULL CHECK (holds_on GLOB '????-??-??'),
    numerator   INTEGER NOT NULL CHECK (numerator >= 0),
    denominator INTEGER NOT NULL CHECK (denominator > 0),
    source      TEXT NOT NULL CHECK (length(source) > 0),
    act_id      INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX figure_of_party ON figure (party_code, measure, holds_on, id);
CREATE INDEX figure_of_act ON figure (act_id);

-- Values of an index that prices follow (PL-regulering). Publishers revise earlier values: the latest recorded counts.
CREATE TABLE index_value (
    id           INTEGER PRIMARY KEY,
    name         TEXT NOT NULL CHECK (length(name) > 0),
    holds_on     TEXT NOT NULL CHECK (holds_on GLOB '????-??-??'),
    numerator    INTEGER NOT NULL CHECK (numerator > 0),
    denominator  INTEGER NOT NULL CHECK (denominator > 0),
    published_on TEXT NOT NULL CHECK (published_on GLOB '????-??-??'),
    source       TEXT NOT NULL CHECK (length(source) > 0),
    act_id       INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX index_value_by_name ON index_value (name, holds_on, id);

-- Who decided, when, and where it is minuted.
CREATE TABLE decision (
    id         INTEGER PRIMARY KEY,
    body       TEXT NOT NULL CHECK (length(body) > 0),      -- styregruppe, bestyrelse, generalforsamling
    decided_on TEXT NOT NULL CHECK (decided_on GLOB '????-??-??'),
    reference  TEXT NOT NULL CHECK (length(reference) > 0), -- pkt. 4
    act_id     INTEGER NOT NULL REFERENCES act (id),
    UNIQUE (body, decided_on, reference)
) STRICT;

CREATE TABLE product (
    code   TEXT PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 40),
    name   TEXT NOT NULL CHECK (length(name) > 0),
    psp    TEXT NOT NULL CHECK (psp GLOB 'XG-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
    level  INTEGER NOT NULL CHECK (level BETWEEN 1 AND 3),
    act_id INTEGER NOT NULL REFERENCES act (id),
    UNIQUE (psp)
) STRICT, WITHOUT ROWID;

-- Terms as adopted, verbatim. Every price, key and budget line has its decision through this row.
CREATE TABLE terms (
    id           INTEGER PRIMARY KEY,
    product_code TEXT NOT NULL REFERENCES product (code),
    version      INTEGER NOT NULL CHECK (version >= 1),
    valid_from   TEXT NOT NULL CHECK (valid_from GLOB '????-??-??'),
    content      TEXT NOT NULL,
    sha256       BLOB NOT NULL CHECK (length(sha256) = 32),
    decision_id  INTEGER NOT NULL REFERENCES decision (id),
    act_id       INTEGER NOT NULL REFERENCES act (id),
    UNIQUE (product_code, version)
) STRICT;

-- One member's agreement for one product. Its life is told by its events.
CREATE TABLE membership (
    id           INTEGER PRIMARY KEY,
    product_code TEXT NOT NULL REFERENCES product (code),
    party_code   TEXT NOT NULL REFERENCES party (code),
    act_id       INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX membership_of_product ON membership (product_code, party_code);
CREATE INDEX membership_of_act ON membership (act_id);

CREATE TABLE membership_event (
    id            INTEGER PRIMARY KEY,
    membership_id INTEGER NOT NULL REFERENCES membership (id),
    event         TEXT NOT NULL CHECK (event IN ('drafted', 'sent', 'signed', 'countersigned', 'withdrawn', 'begins',
                      'option taken', 'option dropped', 'waiver', 'class by hand', 'class frozen', 'group joined',
                      'group left', 'passive', 'active', 'notice', 'notice withdrawn', 'handed over', 'taken over')),
    holds_on      TEXT NOT NULL CHECK (holds_on GLOB '????-??-??'), -- 'handed over': the first day in other hands
    holds_until   TEXT NOT NULL CHECK (holds_until = '' OR holds_until GLOB '????-??-??'), -- the last day, of a frozen
                                               -- class, or of a membership under notice
    detail        TEXT NOT NULL,               -- the option, the waiver's tag, the class, the group; who signed; the
                                               -- notice period; who took it over, or whose it was
    evidence      TEXT NOT NULL,               -- where it is documented, or why
    act_id        INTEGER NOT NULL REFERENCES act (id),
    CHECK (event IN ('drafted', 'sent', 'signed', 'countersigned', 'withdrawn', 'begins', 'passive', 'active',
               'notice withdrawn') OR length(detail) > 0),
    CHECK (event NOT IN ('waiver', 'class by hand', 'class frozen', 'withdrawn', 'notice withdrawn', 'handed over',
               'taken over') OR length(evidence) > 0),
    CHECK ((event IN ('class frozen', 'notice')) = (holds_until <> ''))
) STRICT;
CREATE INDEX membership_event_of_membership ON membership_event (membership_id, id);
CREATE INDEX membership_event_of_act ON membership_event (act_id);

-- A billing run: a draft, until run_end says what became of it.
CREATE TABLE run (
    id           INTEGER PRIMARY KEY,
    product_code TEXT NOT NULL REFERENCES product (code),
    terms_id     INTEGER NOT NULL REFERENCES terms (id),
    year         INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 9999),
    kind         TEXT NOT NULL CHECK (kind IN ('period', 'one-off', 'pledges', 'credit', 'settlement')),
    period_first TEXT NOT NULL CHECK (period_first GLOB '????-??-??'), -- what it bills; '-01-01' of the year to period_last
    period_last  TEXT NOT NULL CHECK (period_last GLOB '????-??-??'),  -- is what members owe in all after it
    members      TEXT NOT NULL,                -- codes with a comma between: it bills these only; '' for everybody
    lines        TEXT NOT NULL,                -- the lines of the terms it bills only; '' for all; the project
                                               -- whose pledges it calls in
    left_out     TEXT NOT NULL,                -- lines whose price is not yet known, left out on purpose
    corrects     TEXT REFERENCES invoice (number), -- the invoice that a credit note credits
    reason       TEXT NOT NULL,                -- of a credit note
    evidence     TEXT NOT NULL,                -- where a credit note was decided or is documented
    digest       BLOB NOT NULL CHECK (length(digest) = 32), -- of its lines, with their whole working
    act_id       INTEGER NOT NULL REFERENCES act (id),
    CHECK ((kind = 'credit') = (corrects IS NOT NULL)),
    CHECK (kind <> 'credit' OR (length(reason) > 0 AND length(evidence) > 0)),
    CHECK (kind NOT IN ('one-off', 'pledges', 'settlement') OR length(lines) > 0)
) STRICT;
CREATE INDEX run_of_product ON run (product_code, year);
CREATE INDEX run_that_corrects ON run (corrects) WHERE corrects IS NOT NULL;

-- What one member is charged for one line, with the working.
CREATE TABLE run_line (
    run_id         INTEGER NOT NULL REFERENCES run (id),
    seq            INTEGER NOT NULL CHECK (seq >= 1),
    party_code     TEXT NOT NULL REFERENCES party (code),
    line_id        TEXT NOT NULL,
    part           TEXT NOT NULL CHECK (part IN ('share', 'billed', 'credit')), -- what the member owes for the year up to
                                               -- the end of the run; less what is billed of it already; what is credited
    account_code   TEXT NOT NULL REFERENCES account (code),
    order_reference TEXT NOT NULL,             -- the order that it is invoiced by, where the member's lines have several
    period_first   TEXT NOT NULL CHECK (period_first GLOB '????-??-??'),
    period_last    TEXT NOT NULL CHECK (period_last GLOB '????-??-??'),
    measure        TEXT NOT NULL,              -- '' where no figure was needed, and so on
    measure_date   TEXT NOT NULL,
    measure_value  TEXT NOT NULL,
    measure_source TEXT NOT NULL,
    size_class     TEXT NOT NULL,
    price_minor    INTEGER NOT NULL,           -- 0 for budgeted lines
    markup         TEXT NOT NULL,
    waived         TEXT NOT NULL,
    key            TEXT NOT NULL,              -- canonical key of a budgeted line
    budget_minor   INTEGER NOT NULL,           -- what the key shares out, in the line's period; 0 for priced lines
    weight         TEXT NOT NULL,
    weight_sum     TEXT NOT NULL,
    share          TEXT NOT NULL,
    exact_minor    TEXT NOT NULL,              -- fraction of minor units before rounding
    time           TEXT NOT NULL,              -- the part of the year that counts
    carried_in     TEXT NOT NULL,              -- fraction of minor units left by the rounding of earlier periods
    carried_out    TEXT NOT NULL,              -- and left for later ones
    working        TEXT NOT NULL,
    gross_minor    INTEGER NOT NULL CHECK (abs(gross_minor) <= 999999999999999), -- without what reduces it
    reduced_minor  INTEGER NOT NULL CHECK (abs(reduced_minor) <= 999999999999999), -- what passive membership, rebates
                                               -- and waivers take off
    reduced_for    TEXT NOT NULL,              -- passive, rebate TAG, waiver TAG, with a comma between
    net_minor      INTEGER NOT NULL CHECK (abs(net_minor) <= 999999999999999),
    vat_code       TEXT NOT NULL,
    vat_rate       TEXT NOT NULL,
    vat_reason     TEXT NOT NULL,
    vat_minor      INTEGER NOT NULL CHECK (abs(vat_minor) <= 999999999999999),
    CHECK (gross_minor - reduced_minor = net_minor),
    CHECK ((reduced_minor = 0) = (reduced_for = '')),
    PRIMARY KEY (run_id, seq),
    UNIQUE (run_id, party_code, line_id, part, period_first, account_code, vat_code, vat_rate, vat_reason)
) STRICT, WITHOUT ROWID;

-- The end of a draft: approved by somebody else than its author, or discarded.
CREATE TABLE run_end (
    run_id  INTEGER PRIMARY KEY REFERENCES run (id),
    outcome TEXT NOT NULL CHECK (outcome IN ('approved', 'discarded')),
    act_id  INTEGER NOT NULL REFERENCES act (id)
) STRICT;

-- The chart of accounts (kontoplan).
CREATE TABLE account (
    code    TEXT PRIMARY KEY CHECK (code GLOB '[0-9][0-9][0-9][0-9][0-9]'),
    name_da TEXT NOT NULL,
    name_en TEXT NOT NULL,
    type    TEXT NOT NULL CHECK (type IN ('asset', 'liability', 'equity', 'income', 'expense')),
    act_id  INTEGER NOT NULL REFERENCES act (id)
) STRICT, WITHOUT ROWID;

-- Double entry. The deferred reference to seal makes COMMIT fail for an entry without a seal, and a seal is only
-- admitted over at least two postings that sum to zero.
CREATE TABLE entry (
    id          INTEGER PRIMARY KEY REFERENCES seal (entry_id) DEFERRABLE INITIALLY DEFERRED, -- without gaps
    kind        TEXT NOT NULL CHECK (kind IN ('charge', 'payment', 'credit', 'correction', 'cost', 'transfer')),
    holds_on    TEXT NOT NULL CHECK (holds_on GLOB '????-??-??'),  -- the accounting date
    due_on      TEXT NOT NULL CHECK (due_on = '' OR due_on GLOB '????-??-??'),
    reference   TEXT NOT NULL,                 -- betalings-ID
    text        TEXT NOT NULL,
    run_id      INTEGER REFERENCES run (id),
    evidence    BLOB NOT NULL CHECK (length(evidence) IN (0, 32)), -- digest of what it rests on, such as a run
    reverses_id INTEGER REFERENCES entry (id), -- the entry that this one corrects
    act_id      INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX entry_by_date ON entry (holds_on, id);
CREATE INDEX entry_of_run ON entry (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX entry_of_act ON entry (act_id);

CREATE TABLE posting (
    entry_id     INTEGER NOT NULL REFERENCES entry (id),
    seq          INTEGER NOT NULL CHECK (seq >= 1),
    account_code TEXT NOT NULL REFERENCES account (code),
    party_code   TEXT REFERENCES party (code),
    product_code TEXT REFERENCES product (code),
    line_id      TEXT NOT NULL,                -- of the terms, or ''
    amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0 AND abs(amount_minor) <= 999999999999999), -- debit +, credit -
    key          TEXT NOT NULL UNIQUE CHECK (length(key) > 0), -- idempotency key: the same fact is never posted twice
    PRIMARY KEY (entry_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX posting_of_party ON posting (party_code, account_code, entry_id, amount_minor) WHERE party_code IS NOT NULL;
CREATE INDEX posting_of_product ON posting (product_code, account_code, entry_id, amount_minor) WHERE product_code IS NOT NULL;

-- The chain: each seal carries the hash of its entry and of the seal before it (src/ledger/README.md gives the bytes).
CREATE TABLE seal (
    entry_id INTEGER PRIMARY KEY REFERENCES entry (id),
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    hash     BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- What was issued, as it was issued.
CREATE TABLE document (
    id             INTEGER PRIMARY KEY,
    kind           TEXT NOT NULL CHECK (kind IN ('agreement', 'statement', 'pricelist', 'pledge', 'notice', 'letter',
                       'reminder', 'invoice', 'credit note')),
    number         TEXT NOT NULL,
    version        INTEGER NOT NULL CHECK (version >= 1),
    product_code   TEXT REFERENCES product (code),
    party_code     TEXT NOT NULL REFERENCES party (code), -- whom it concerns; the owner for a price list
    year           INTEGER NOT NULL,
    issued_on      TEXT NOT NULL CHECK (issued_on GLOB '????-??-??'),
    file_name      TEXT NOT NULL,
    content_digest BLOB NOT NULL CHECK (length(content_digest) = 32), -- of what it says, without number, version and date
    head           BLOB NOT NULL CHECK (length(head) = 32),           -- of the chain when it was issued
    head_entry     INTEGER NOT NULL,
    sha256         BLOB NOT NULL CHECK (length(sha256) = 32),         -- of content
    content        BLOB NOT NULL,
    act_id         INTEGER NOT NULL REFERENCES act (id),
    UNIQUE (number, version)
) STRICT;
CREATE INDEX document_of_act ON document (act_id);

-- ---------------------------------------------------------------------------------------------------------------
-- Nothing is changed, removed or replaced.

CREATE TRIGGER act_no_update BEFORE UPDATE ON act BEGIN SELECT RAISE(ABORT, 'act is append-only'); END;
CREATE TRIGGER act_no_delete BEFORE DELETE ON act BEGIN SELECT RAISE(ABORT, 'act is append-only'); END;
CREATE TRIGGER act_in_order BEFORE INSERT ON act
    WHEN NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM act) BEGIN SELECT RAISE(ABORT, 'acts are numbered without gaps'); END;

CREATE TRIGGER act_seal_no_update BEFORE UPDATE ON act_seal BEGIN SELECT RAISE(ABORT, 'act_seal is append-only'); END;
CREATE TRIGGER act_seal_no_delete BEFORE DELETE ON act_seal BEGIN SELECT RAISE(ABORT, 'act_seal is append-only'); END;
CREATE TRIGGER act_seal_in_order BEFORE INSERT ON act_seal
    WHEN NEW.act_id <= (SELECT coalesce(max(act_id), 0) FROM act_seal) BEGIN SELECT RAISE(ABORT, 'act_seal is append-only'); END;

CREATE TRIGGER ledger_file_no_update BEFORE UPDATE ON ledger_file BEGIN SELECT RAISE(ABORT, 'ledger_file is append-only'); END;
CREATE TRIGGER ledger_file_no_delete BEFORE DELETE ON ledger_file BEGIN SELECT RAISE(ABORT, 'ledger_file is append-only'); END;
CREATE TRIGGER ledger_file_no_replace BEFORE INSERT ON ledger_file
    WHEN EXISTS (SELECT 1 FROM ledger_file WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'ledger_file is append-only'); END;

CREATE TRIGGER party_no_update BEFORE UPDATE ON party BEGIN SELECT RAISE(ABORT, 'party is append-only'); END;
CREATE TRIGGER party_no_delete BEFORE DELETE ON party BEGIN SELECT RAISE(ABORT, 'party is append-only'); END;
CREATE TRIGGER party_no_replace BEFORE INSERT ON party
    WHEN EXISTS (SELECT 1 FROM party WHERE code = NEW.code)
    BEGIN SELECT RAISE(ABORT, 'party is append-only'); END;

CREATE TRIGGER party_version_no_update BEFORE UPDATE ON party_version BEGIN SELECT RAISE(ABORT, 'party_version is append-only'); END;
CREATE TRIGGER party_version_no_delete BEFORE DELETE ON party_version BEGIN SELECT RAISE(ABORT, 'party_version is append-only'); END;
CREATE TRIGGER party_version_no_replace BEFORE INSERT ON party_version
    WHEN EXISTS (SELECT 1 FROM party_version WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'party_version is append-only'); END;

CREATE TRIGGER association_no_update BEFORE UPDATE ON association BEGIN SELECT RAISE(ABORT, 'association is append-only'); END;
CREATE TRIGGER association_no_delete BEFORE DELETE ON association BEGIN SELECT RAISE(ABORT, 'association is append-only'); END;
CREATE TRIGGER association_no_replace BEFORE INSERT ON association
    WHEN EXISTS (SELECT 1 FROM association WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'association is append-only'); END;

CREATE TRIGGER figure_no_update BEFORE UPDATE ON figure BEGIN SELECT RAISE(ABORT, 'figure is append-only'); END;
CREATE TRIGGER figure_no_delete BEFORE DELETE ON figure BEGIN SELECT RAISE(ABORT, 'figure is append-only'); END;
CREATE TRIGGER figure_no_replace BEFORE INSERT ON figure
    WHEN EXISTS (SELECT 1 FROM figure WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'figure is append-only'); END;

CREATE TRIGGER index_value_no_update BEFORE UPDATE ON index_value BEGIN SELECT RAISE(ABORT, 'index_value is append-only'); END;
CREATE TRIGGER index_value_no_delete BEFORE DELETE ON index_value BEGIN SELECT RAISE(ABORT, 'index_value is append-only'); END;
CREATE TRIGGER index_value_no_replace BEFORE INSERT ON index_value
    WHEN EXISTS (SELECT 1 FROM index_value WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'index_value is append-only'); END;

CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END;
CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END;
CREATE TRIGGER decision_no_replace BEFORE INSERT ON decision
    WHEN EXISTS (SELECT 1 FROM decision WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM decision WHERE body = NEW.body AND decided_on = NEW.decided_on AND reference = NEW.reference)
    BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END;

CREATE TRIGGER product_no_update BEFORE UPDATE ON product BEGIN SELECT RAISE(ABORT, 'product is append-only'); END;
CREATE TRIGGER product_no_delete BEFORE DELETE ON product BEGIN SELECT RAISE(ABORT, 'product is append-only'); END;
CREATE TRIGGER product_no_replace BEFORE INSERT ON product
    WHEN EXISTS (SELECT 1 FROM product WHERE code = NEW.code) OR EXISTS (SELECT 1 FROM product WHERE psp = NEW.psp)
    BEGIN SELECT RAISE(ABORT, 'product is append-only'); END;

CREATE TRIGGER terms_no_update BEFORE UPDATE ON terms BEGIN SELECT RAISE(ABORT, 'terms is append-only'); END;
CREATE TRIGGER terms_no_delete BEFORE DELETE ON terms BEGIN SELECT RAISE(ABORT, 'terms is append-only'); END;
CREATE TRIGGER terms_no_replace BEFORE INSERT ON terms
    WHEN EXISTS (SELECT 1 FROM terms WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM terms WHERE product_code = NEW.product_code AND version = NEW.version)
    BEGIN SELECT RAISE(ABORT, 'terms is append-only'); END;

CREATE TRIGGER membership_no_update BEFORE UPDATE ON membership BEGIN SELECT RAISE(ABORT, 'membership is append-only'); END;
CREATE TRIGGER membership_no_delete BEFORE DELETE ON membership BEGIN SELECT RAISE(ABORT, 'membership is append-only'); END;
CREATE TRIGGER membership_no_replace BEFORE INSERT ON membership
    WHEN EXISTS (SELECT 1 FROM membership WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'membership is append-only'); END;

CREATE TRIGGER membership_event_no_update BEFORE UPDATE ON membership_event BEGIN SELECT RAISE(ABORT, 'membership_event is append-only'); END;
CREATE TRIGGER membership_event_no_delete BEFORE DELETE ON membership_event BEGIN SELECT RAISE(ABORT, 'membership_event is append-only'); END;
CREATE TRIGGER membership_event_no_replace BEFORE INSERT ON membership_event
    WHEN EXISTS (SELECT 1 FROM membership_event WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'membership_event is append-only'); END;

CREATE TRIGGER run_no_update BEFORE UPDATE ON run BEGIN SELECT RAISE(ABORT, 'run is append-only'); END;
CREATE TRIGGER run_no_delete BEFORE DELETE ON run BEGIN SELECT RAISE(ABORT, 'run is append-only'); END;
CREATE TRIGGER run_no_replace BEFORE INSERT ON run
    WHEN EXISTS (SELECT 1 FROM run WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'run is append-only'); END;

CREATE TRIGGER run_line_no_update BEFORE UPDATE ON run_line BEGIN SELECT RAISE(ABORT, 'run_line is append-only'); END;
CREATE TRIGGER run_line_no_delete BEFORE DELETE ON run_line BEGIN SELECT RAISE(ABORT, 'run_line is append-only'); END;
CREATE TRIGGER run_line_no_replace BEFORE INSERT ON run_line
    WHEN EXISTS (SELECT 1 FROM run_line WHERE run_id = NEW.run_id AND seq = NEW.seq) OR EXISTS (SELECT 1 FROM run_line WHERE run_id = NEW.run_id AND party_code = NEW.party_code AND line_id = NEW.line_id AND part = NEW.part AND period_first = NEW.period_first AND account_code = NEW.account_code AND vat_code = NEW.vat_code AND vat_rate = NEW.vat_rate AND vat_reason = NEW.vat_reason)
    BEGIN SELECT RAISE(ABORT, 'run_line is append-only'); END;

CREATE TRIGGER run_end_no_update BEFORE UPDATE ON run_end BEGIN SELECT RAISE(ABORT, 'run_end is append-only'); END;
CREATE TRIGGER run_end_no_delete BEFORE DELETE ON run_end BEGIN SELECT RAISE(ABORT, 'run_end is append-only'); END;
CREATE TRIGGER run_end_no_replace BEFORE INSERT ON run_end
    WHEN EXISTS (SELECT 1 FROM run_end WHERE run_id = NEW.run_id)
    BEGIN SELECT RAISE(ABORT, 'run_end is append-only'); END;

CREATE TRIGGER account_no_update BEFORE UPDATE ON account BEGIN SELECT RAISE(ABORT, 'account is append-only'); END;
CREATE TRIGGER account_no_delete BEFORE DELETE ON account BEGIN SELECT RAISE(ABORT, 'account is append-only'); END;
CREATE TRIGGER account_no_replace BEFORE INSERT ON account
    WHEN EXISTS (SELECT 1 FROM account WHERE code = NEW.code)
    BEGIN SELECT RAISE(ABORT, 'account is append-only'); END;

CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;

CREATE TRIGGER posting_no_update BEFORE UPDATE ON posting BEGIN SELECT RAISE(ABORT, 'posting is append-only'); END;
CREATE TRIGGER posting_no_delete BEFORE DELETE ON posting BEGIN SELECT RAISE(ABORT, 'posting is append-only'); END;
CREATE TRIGGER posting_no_replace BEFORE INSERT ON posting
    WHEN EXISTS (SELECT 1 FROM posting WHERE entry_id = NEW.entry_id AND seq = NEW.seq) OR EXISTS (SELECT 1 FROM posting WHERE key = NEW.key)
    BEGIN SELECT RAISE(ABORT, 'posting is append-only'); END;

CREATE TRIGGER seal_no_update BEFORE UPDATE ON seal BEGIN SELECT RAISE(ABORT, 'seal is append-only'); END;
CREATE TRIGGER seal_no_delete BEFORE DELETE ON seal BEGIN SELECT RAISE(ABORT, 'seal is append-only'); END;
CREATE TRIGGER seal_no_replace BEFORE INSERT ON seal
    WHEN EXISTS (SELECT 1 FROM seal WHERE entry_id = NEW.entry_id)
    BEGIN SELECT RAISE(ABORT, 'seal is append-only'); END;

CREATE TRIGGER document_no_update BEFORE UPDATE ON document BEGIN SELECT RAISE(ABORT, 'document is append-only'); END;
CREATE TRIGGER document_no_delete BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'document is append-only'); END;
CREATE TRIGGER document_no_replace BEFORE INSERT ON document
    WHEN EXISTS (SELECT 1 FROM document WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM document WHERE number = NEW.number AND version = NEW.version)
    BEGIN SELECT RAISE(ABORT, 'document is append-only'); END;
CREATE TRIGGER entry_in_order BEFORE INSERT ON entry
    WHEN NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM entry)
    BEGIN SELECT RAISE(ABORT, 'entries are numbered without gaps'); END;

-- Rules that hold whoever writes.

CREATE TRIGGER posting_not_sealed BEFORE INSERT ON posting
    WHEN EXISTS (SELECT 1 FROM seal WHERE entry_id = NEW.entry_id)
    BEGIN SELECT RAISE(ABORT, 'a sealed entry takes no posting'); END;

CREATE TRIGGER seal_balanced BEFORE INSERT ON seal
    WHEN (SELECT count(*) < 2 OR sum(amount_minor) <> 0 FROM posting WHERE entry_id = NEW.entry_id)
    BEGIN SELECT RAISE(ABORT, 'an entry needs two postings or more that sum to zero'); END;

CREATE TRIGGER seal_chained BEFORE INSERT ON seal
    WHEN NEW.previous <> coalesce((SELECT hash FROM seal ORDER BY entry_id DESC LIMIT 1), zeroblob(32))
    BEGIN SELECT RAISE(ABORT, 'a seal must carry the hash of the seal before it'); END;

CREATE TRIGGER act_seal_chained BEFORE INSERT ON act_seal
    WHEN NEW.previous <> coalesce((SELECT hash FROM act_seal ORDER BY act_id DESC LIMIT 1), zeroblob(32))
    BEGIN SELECT RAISE(ABORT, 'a seal must carry the hash of the seal before it'); END;

CREATE TRIGGER run_end_by_another BEFORE INSERT ON run_end
    WHEN NEW.outcome = 'approved' AND 1 = (
        SELECT count(DISTINCT replace(replace(replace(lower(replace(actor, ' ', '')), 'Æ', 'æ'), 'Ø', 'ø'), 'Å', 'å'))
        FROM act WHERE id IN (NEW.act_id, (SELECT act_id FROM run WHERE id = NEW.run_id)))
    BEGIN SELECT RAISE(ABORT, 'a run is approved by somebody else than its author'); END;
