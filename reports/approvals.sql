-- SPDX-License-Identifier: MPL-2.0
-- who drafted and who approved what; :product for one product
-- amounts: total
SELECT 'run ' || r.id AS what, r.product_code AS product, r.kind AS kind, r.year AS year,
       printf('%s%d.%02d', iif(x.minor < 0, '-', ''), abs(x.minor) / 100, abs(x.minor) % 100) AS total,
       a.actor AS drafted_by, a.recorded_at AS drafted_at, coalesce(n.outcome, 'draft') AS state,
       b.actor AS ended_by, b.recorded_at AS ended_at
FROM run r
JOIN act a ON a.id = r.act_id
JOIN (SELECT r.id AS run_id, coalesce(sum(l.net_minor + l.vat_minor), 0) AS minor
      FROM run r LEFT JOIN run_line l ON l.run_id = r.id GROUP BY r.id) x ON x.run_id = r.id
LEFT JOIN run_end n ON n.run_id = r.id
LEFT JOIN act b ON b.id = n.act_id
WHERE :product IS NULL OR r.product_code = :product
UNION ALL
SELECT 'refund ' || f.id, NULL, 'refund', substr(f.holds_on, 1, 4),
       printf('%d.%02d', f.amount_minor / 100, f.amount_minor % 100),
       a.actor, a.recorded_at, coalesce(n.outcome, 'draft'), b.actor, b.recorded_at
FROM refund f
JOIN act a ON a.id = f.act_id
LEFT JOIN refund_end n ON n.refund_id = f.id
LEFT JOIN act b ON b.id = n.act_id
WHERE :product IS NULL
ORDER BY 7, 1;
