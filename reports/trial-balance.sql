-- SPDX-License-Identifier: MPL-2.0
-- the trial balance (saldobalance): what the accounts come to
-- amounts: debit credit balance
SELECT c.code AS account, c.name_da AS name, c.type AS type,
       printf('%d.%02d', sum(max(p.amount_minor, 0)) / 100, sum(max(p.amount_minor, 0)) % 100) AS debit,
       printf('%d.%02d', sum(max(-p.amount_minor, 0)) / 100, sum(max(-p.amount_minor, 0)) % 100) AS credit,
       printf('%s%d.%02d', iif(sum(p.amount_minor) < 0, '-', ''), abs(sum(p.amount_minor)) / 100,
              abs(sum(p.amount_minor)) % 100) AS balance
FROM posting p
JOIN seal s ON s.entry_id = p.entry_id
JOIN account c ON c.code = p.account_code
GROUP BY c.code
ORDER BY c.code;
