-- SPDX-License-Identifier: MPL-2.0
-- Versions of terms: who has signed a later one.

-- A member's new signature, on a version adopted after the one that its agreement was signed under.
CREATE TABLE terms_signature (
    id            INTEGER PRIMARY KEY,
    membership_id INTEGER NOT NULL REFERENCES membership (id),
    terms_id      INTEGER NOT NULL REFERENCES terms (id),
    signed_on     TEXT NOT NULL CHECK (signed_on GLOB '????-??-??'),
    evidence      TEXT NOT NULL CHECK (length(evidence) > 0), -- where the signed document is
    act_id        INTEGER NOT NULL REFERENCES act (id),
    UNIQUE (membership_id, terms_id)
) STRICT;
CREATE INDEX terms_signature_of_act ON terms_signature (act_id);

CREATE TRIGGER terms_signature_no_update BEFORE UPDATE ON terms_signature BEGIN SELECT RAISE(ABORT, 'terms_signature is append-only'); END;
CREATE TRIGGER terms_signature_no_delete BEFORE DELETE ON terms_signature BEGIN SELECT RAISE(ABORT, 'terms_signature is append-only'); END;
CREATE TRIGGER terms_signature_no_replace BEFORE INSERT ON terms_signature
    WHEN EXISTS (SELECT 1 FROM terms_signature WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM terms_signature WHERE membership_id = NEW.membership_id AND terms_id = NEW.terms_id)
    BEGIN SELECT RAISE(ABORT, 'terms_signature is append-only'); END;
CREATE TRIGGER terms_signature_of_product BEFORE INSERT ON terms_signature
    WHEN (SELECT product_code FROM membership WHERE id = NEW.membership_id) IS NOT (SELECT product_code FROM terms WHERE id = NEW.terms_id)
    BEGIN SELECT RAISE(ABORT, 'a member signs the terms of its own product'); END;
