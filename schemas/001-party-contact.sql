-- SPDX-License-Identifier: MPL-2.0
-- Schema version 1, continued: contacts, which are personal data. What is sealed names no person: it is a role and a
-- commitment, a digest over who it is and a secret salt. Who it is lies in contact_person with the salt, the one table
-- that nothing is sealed of and that a row can leave: within an act that records the erasure, and before it is sealed.
-- Without the salt nobody can try out whom the digest stands for.

CREATE TABLE contact (
    id         INTEGER PRIMARY KEY,
    party_code TEXT NOT NULL REFERENCES party (code),
    unit_code  TEXT NOT NULL,                  -- '' for the party itself
    role       TEXT NOT NULL CHECK (length(role) > 0), -- økonomi, it-chef
    digest     BLOB NOT NULL CHECK (length(digest) = 32), -- of the row of contact_person (src/agreement/contact.c)
    act_id     INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX contact_of_party ON contact (party_code, id);
CREATE INDEX contact_of_act ON contact (act_id);

CREATE TABLE contact_person (
    contact_id INTEGER PRIMARY KEY REFERENCES contact (id),
    name       TEXT NOT NULL CHECK (length(name) > 0),
    email      TEXT NOT NULL,
    phone      TEXT NOT NULL,
    salt       BLOB NOT NULL CHECK (length(salt) = 32) -- random
) STRICT;

-- The end of a contact: why, and through the act by whom and when.
CREATE TABLE contact_erasure (
    contact_id INTEGER PRIMARY KEY REFERENCES contact (id),
    reason     TEXT NOT NULL CHECK (length(reason) > 0), -- names no person
    act_id     INTEGER NOT NULL REFERENCES act (id)
) STRICT;
CREATE INDEX contact_erasure_of_act ON contact_erasure (act_id);

CREATE TRIGGER contact_no_update BEFORE UPDATE ON contact BEGIN SELECT RAISE(ABORT, 'contact is append-only'); END;
CREATE TRIGGER contact_no_delete BEFORE DELETE ON contact BEGIN SELECT RAISE(ABORT, 'contact is append-only'); END;
CREATE TRIGGER contact_no_replace BEFORE INSERT ON contact
    WHEN EXISTS (SELECT 1 FROM contact WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'contact is append-only'); END;

CREATE TRIGGER contact_erasure_no_update BEFORE UPDATE ON contact_erasure BEGIN SELECT RAISE(ABORT, 'contact_erasure is append-only'); END;
CREATE TRIGGER contact_erasure_no_delete BEFORE DELETE ON contact_erasure BEGIN SELECT RAISE(ABORT, 'contact_erasure is append-only'); END;
CREATE TRIGGER contact_erasure_no_replace BEFORE INSERT ON contact_erasure
    WHEN EXISTS (SELECT 1 FROM contact_erasure WHERE contact_id = NEW.contact_id)
    BEGIN SELECT RAISE(ABORT, 'contact_erasure is append-only'); END;

CREATE TRIGGER contact_person_no_update BEFORE UPDATE ON contact_person BEGIN SELECT RAISE(ABORT, 'contact_person is append-only'); END;
CREATE TRIGGER contact_person_no_delete BEFORE DELETE ON contact_person
    WHEN NOT EXISTS (SELECT 1 FROM contact_erasure e WHERE e.contact_id = OLD.contact_id AND
                         NOT EXISTS (SELECT 1 FROM act_seal WHERE act_id = e.act_id))
    BEGIN SELECT RAISE(ABORT, 'contact_person is append-only'); END;
CREATE TRIGGER contact_person_no_replace BEFORE INSERT ON contact_person
    WHEN EXISTS (SELECT 1 FROM contact_person WHERE contact_id = NEW.contact_id) OR EXISTS (SELECT 1 FROM contact_erasure WHERE contact_id = NEW.contact_id)
    BEGIN SELECT RAISE(ABORT, 'contact_person is append-only'); END;
