-- SPDX-License-Identifier: MPL-2.0
-- open items (åbne poster): what is left of each payment reference; :party for one member
-- amounts: charged settled open
-- A payment without the reference of an invoice is a row of its own. `tilslut list open` sets those off, oldest first.
SELECT x.party AS party, (SELECT v.name FROM party_version v WHERE v.party_code = x.party
                          ORDER BY v.valid_from DESC, v.id DESC LIMIT 1) AS name,
       x.reference AS reference, min(nullif(x.number, '')) AS document, min(nullif(x.due_on, '')) AS due,
       printf('%d.%02d', sum(max(x.minor, 0)) / 100, sum(max(x.minor, 0)) % 100) AS charged,
       printf('%d.%02d', sum(max(-x.minor, 0)) / 100, sum(max(-x.minor, 0)) % 100) AS settled,
       printf('%s%d.%02d', iif(sum(x.minor) < 0, '-', ''), abs(sum(x.minor)) / 100, abs(sum(x.minor)) % 100) AS open
FROM (SELECT p.party_code AS party, coalesce(r.reference, e.reference) AS reference, p.amount_minor AS minor,
             iif(i.kind = 'invoice', i.number, '') AS number, e.due_on
      FROM posting p
      JOIN seal s ON s.entry_id = p.entry_id
      JOIN entry e ON e.id = p.entry_id
      LEFT JOIN entry r ON r.id = e.reverses_id
      LEFT JOIN invoice i ON i.entry_id = e.id
      WHERE p.account_code = '10000' AND p.party_code IS NOT NULL
        AND (:party IS NULL OR p.party_code = :party)) x
GROUP BY x.party, x.reference
HAVING sum(x.minor) <> 0
ORDER BY x.party, x.reference;
