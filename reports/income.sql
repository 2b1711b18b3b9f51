-- SPDX-License-Identifier: MPL-2.0
-- income per product, PSP element and account of each year; :product and :year for one
-- amounts: income
SELECT substr(e.holds_on, 1, 4) AS year, d.code AS product, d.psp || '-' || c.code AS psp_element,
       c.code AS account, c.name_da AS name,
       printf('%s%d.%02d', iif(sum(p.amount_minor) > 0, '-', ''), abs(sum(p.amount_minor)) / 100,
              abs(sum(p.amount_minor)) % 100) AS income
FROM posting p
JOIN seal s ON s.entry_id = p.entry_id
JOIN entry e ON e.id = p.entry_id
JOIN account c ON c.code = p.account_code
JOIN product d ON d.code = p.product_code
WHERE c.type = 'income'
  AND (:product IS NULL OR d.code = :product)
  AND (:year IS NULL OR substr(e.holds_on, 1, 4) = :year)
GROUP BY substr(e.holds_on, 1, 4), d.code, c.code
ORDER BY 1, 2, 4;
