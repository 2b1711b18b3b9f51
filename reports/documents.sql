-- SPDX-License-Identifier: MPL-2.0
-- documents as they were issued; :party, :product and :year for one
SELECT d.number AS number, d.version AS version, d.kind AS kind, d.product_code AS product, d.party_code AS party,
       d.year AS year, d.issued_on AS issued, d.file_name AS file, a.actor AS issued_by,
       lower(hex(d.sha256)) AS sha256
FROM document d
JOIN act a ON a.id = d.act_id
WHERE (:party IS NULL OR d.party_code = :party)
  AND (:product IS NULL OR d.product_code = :product)
  AND (:year IS NULL OR substr(d.issued_on, 1, 4) = :year)
ORDER BY d.id;
