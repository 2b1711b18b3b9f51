-- SPDX-License-Identifier: MPL-2.0
-- Schema version 1, continued: what goes to the finance systems of members.

-- How a receiver wants the lines that it books: the profile as it was given, verbatim, with where it was agreed. The
-- latest version counts.
CREATE TABLE finance_profile (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    version  INTEGER NOT NULL CHECK (version >= 1),
    content  TEXT NOT NULL,
    evidence TEXT NOT NULL CHECK (length(evidence) > 0), -- where it was agreed with the receiver
    act_id   INTEGER NOT NULL REFERENCES act (id),
    UNIQUE (name, version)
) STRICT;
CREATE INDEX finance_profile_of_act ON finance_profile (act_id);

CREATE TRIGGER finance_profile_no_update BEFORE UPDATE ON finance_profile BEGIN SELECT RAISE(ABORT, 'finance_profile is append-only'); END;
CREATE TRIGGER finance_profile_no_delete BEFORE DELETE ON finance_profile BEGIN SELECT RAISE(ABORT, 'finance_profile is append-only'); END;
CREATE TRIGGER finance_profile_no_replace BEFORE INSERT ON finance_profile
    WHEN EXISTS (SELECT 1 FROM finance_profile WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM finance_profile WHERE name = NEW.name AND version = NEW.version)
    BEGIN SELECT RAISE(ABORT, 'finance_profile is append-only'); END;
