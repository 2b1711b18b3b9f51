-- SPDX-License-Identifier: MPL-2.0
-- decisions and what rests on them
SELECT d.body AS body, d.decided_on AS date, d.reference AS reference, x.what AS rests_on_it, a.recorded_at AS recorded,
       a.actor AS recorded_by
FROM decision d
LEFT JOIN (
    SELECT decision_id, act_id, 1 AS sort, id AS n, 'terms of ' || product_code || ', version ' || version AS what FROM terms
    UNION ALL SELECT decision_id, act_id, 2, id, 'level ' || level || ' of ' || product_code FROM product_level
    UNION ALL SELECT decision_id, act_id, 3, id, 'payment to account ' || trim(registration || ' ' || account) FROM payee
    UNION ALL SELECT decision_id, act_id, 4, 0, 'project ' || code FROM project
    UNION ALL SELECT decision_id, act_id, 5, 0, 'funding of ' || project_code FROM project_funding
    UNION ALL SELECT decision_id, act_id, 6, id, 'budget of ' || product_code || ' for ' || year || ', version ' || version
    FROM product_budget
    UNION ALL SELECT decision_id, act_id, 7, id, 'close of ' || first_on || ' to ' || last_on FROM period_close
    UNION ALL SELECT r.decision_id, r.act_id, 8, r.id, 'reopening of ' || c.first_on || ' to ' || c.last_on
    FROM period_reopen r JOIN period_close c ON c.id = r.close_id
    UNION ALL SELECT decision_id, act_id, 9, id, 'an hour is ' || printf('%d.%02d', rate_minor / 100, rate_minor % 100)
                                                 || ' in ' || year FROM hour_rate
    UNION ALL SELECT decision_id, act_id, 10, id, 'result of ' || product_code || ' for ' || year || ' to ' || destination
    FROM carry
    UNION ALL SELECT decision_id, act_id, 11, id, 'share of ' || product_code || ' to ' || to_product || ' from '
                                                  || valid_from FROM common_share_rate
    UNION ALL SELECT s.decision_id, s.act_id, 12, s.run_id, 'settlement of line ' || r.lines || ', run ' || s.run_id
    FROM run_settlement s JOIN run r ON r.id = s.run_id
    UNION ALL SELECT decision_id, act_id, 13, id, 'reminder fee of ' || printf('%d.%02d', amount_minor / 100,
                                                  amount_minor % 100) || ' from ' || valid_from FROM reminder_fee
) x ON x.decision_id = d.id
LEFT JOIN act a ON a.id = x.act_id
ORDER BY d.decided_on, d.id, x.sort, x.n, x.what;
