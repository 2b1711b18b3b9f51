-- SPDX-License-Identifier: MPL-2.0
-- members' accounts (kontoudtog): what each owes after each entry; :party for one member
-- amounts: amount balance
SELECT x.party AS party, x.name AS name, x.holds_on AS date, x.id AS entry, x.kind AS kind, x.text AS text,
       x.number AS document, x.reference AS reference, x.due_on AS due,
       printf('%s%d.%02d', iif(x.minor < 0, '-', ''), abs(x.minor) / 100, abs(x.minor) % 100) AS amount,
       printf('%s%d.%02d', iif(x.owed < 0, '-', ''), abs(x.owed) / 100, abs(x.owed) % 100) AS balance
FROM (SELECT p.party_code AS party, e.holds_on, e.id, e.kind, e.text, i.number, e.reference, e.due_on,
             (SELECT v.name FROM party_version v WHERE v.party_code = p.party_code
              ORDER BY v.valid_from DESC, v.id DESC LIMIT 1) AS name,
             sum(p.amount_minor) AS minor,
             sum(sum(p.amount_minor)) OVER (PARTITION BY p.party_code ORDER BY e.holds_on, e.id) AS owed
      FROM posting p
      JOIN seal s ON s.entry_id = p.entry_id
      JOIN entry e ON e.id = p.entry_id
      LEFT JOIN invoice i ON i.entry_id = e.id
      WHERE p.account_code = '10000' AND p.party_code IS NOT NULL
        AND (:party IS NULL OR p.party_code = :party)
      GROUP BY p.party_code, e.id) x
ORDER BY x.party, x.holds_on, x.id;
