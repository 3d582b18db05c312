"""The whole statements that fill what a quarterly report counts, after those of items (registry/bench/fill.py).

Case number c came of an item: led by the unit that received it, with the unit that gave it, on the day it was
written. What became of delivery n, and what agencies state of the cases they led, follows from c and n alone.
Quarter 0 is the one reported, 1 the one before it, 2 the same of the last year.
"""

WRITTEN = """
    (ARRAY['2024-04-01 00:00+07', '2024-01-01 00:00+07', '2023-04-01 00:00+07']::timestamptz[])
    [1 + (n - 1) / {made}] + ((n - 1) % {made} + 0.5) / {made} * interval '90 days'"""
"""When item n was written: one after the other within the ninety days of its quarter, released an hour later."""

TO_ANOTHER = """(floor(256 * b * b * b)::int
    + CASE WHEN floor(256 * a * a * a) = floor(256 * b * b * b) THEN 1 ELSE 0 END) % 256"""
"""The recipient by chance, or the next unit where that would be the giver."""

CASES = (
    """
    CREATE TEMPORARY TABLE made_case ON COMMIT DROP AS
    WITH few AS (SELECT array_agg(id ORDER BY code) AS ids FROM agencies_unit WHERE code LIKE '%-X')
    SELECT c, c / {cases} AS quarter, md5('case' || c)::uuid AS id, n, item.id AS item, item.recipient AS lead,
           item.unit AS coordinator, CASE WHEN c % 4 = 0 THEN few.ids[1 + c / 4 % 4] END AS co_lead,
           item.status = 'released' AS used, (item.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS opened_on,
           CASE WHEN c % 10 < 6 THEN 'case' WHEN c % 10 < 9 THEN 'special_case' ELSE 'prosecuted_case' END AS measure
      FROM few, generate_series(0, 3 * {cases} - 1) AS c
      JOIN made item ON item.n = c / {cases} * {made} + 1 + 5 * (c % {cases})
    """,
    """
    INSERT INTO cases_jointcase
        (id, reference, kind, title, summary, opened_on, status, result, area_id, deviation_reason, arrests, unit_id,
         author_id, created_at, updated_at, revision, synthetic, routes, border_types, transport, concealment,
         from_countries, through_countries, to_countries, lessons)
    SELECT made_case.id, 'CASE-BENCH-' || c, replace(measure, 'special_case', 'case_file'),
           'Vụ việc giả lập số ' || c, '', opened_on, 'open', '', area.area_id, '',
           CASE WHEN c % 5 <> 0 THEN c % 4 END, lead, '{author}', opened_on, opened_on, 1, true,
           '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', ''
      FROM made_case
      JOIN agencies_unit unit ON unit.id = lead
      JOIN agencies_arealead area ON area.agency_id = unit.agency_id AND area.valid_from <= opened_on
       AND coalesce(area.valid_to > opened_on, true)
    """,
    """
    INSERT INTO cases_participation (id, case_id, unit_id, role, valid_from, confirmed_at, confirmed_by_id, synthetic)
    SELECT md5(role || c)::uuid, id, unit, role, opened_on, opened_on, '{head}'::uuid, true
      FROM made_case,
           LATERAL (VALUES ('lead', lead), ('coordinator', coordinator), ('co_lead', co_lead)) AS part(role, unit)
     WHERE unit IS NOT NULL AND (role <> 'co_lead' OR unit <> coordinator)
    """,
    """
    CREATE TEMPORARY TABLE made_lot ON COMMIT DROP AS
    SELECT md5('mass' || c)::uuid AS id, c, made_case.id AS case_id, opened_on, 'kg' AS measure,
           0.125 * (1 + c % 97) AS value,
           (ARRAY['heroin', 'meth_crystal', 'ketamine', 'cannabis_herb', 'cocaine', 'mdma'])[1 + c % 6] AS drug,
           CASE WHEN c % 6 = 1 THEN (ARRAY['over', 'exact', 'nearly'])[1 + c / 6 % 3]
                WHEN c % 30 = 2 THEN 'about' ELSE 'exact' END AS word
      FROM made_case
    UNION ALL
    SELECT md5('tablets' || c)::uuid, c, made_case.id, opened_on, 'tablet', 1 + c % 499,
           (ARRAY['meth_tablet', 'mdma'])[1 + c / 2 % 2], 'exact'
      FROM made_case WHERE c % 2 = 0
    UNION ALL
    SELECT md5('unweighed' || c)::uuid, c, made_case.id, opened_on, NULL, NULL, 'other_solid', 'exact'
      FROM made_case WHERE c % 20 = 0
    """,
    """
    INSERT INTO cases_seizurelot
        (id, case_id, substance_id, raw_text, weighed, value, unit_id, comparator, normalised_value, seized_on,
         created_at, synthetic)
    SELECT made_lot.id, case_id, substance.id, coalesce(value || ' ' || measure, 'chưa cân'), value IS NOT NULL, value,
           unit.id, word, value * unit.factor, opened_on, opened_on, true
      FROM made_lot
      JOIN reference_substance substance ON substance.code = drug
      LEFT JOIN reference_unitofmeasure unit ON unit.code = measure
    """,
)
"""Cases with who takes part, and what was seized: six substances by weight, two by the tablet, some not weighed."""

RECEIPTS = (
    """
    CREATE TEMPORARY TABLE became ON COMMIT DROP AS
    SELECT made.n, md5('delivery' || made.n)::uuid AS id, made.at, made.status, coalesce(used, false) AS used,
           CASE WHEN used THEN 0 ELSE made.n / 3 % 10 END AS fate
      FROM made LEFT JOIN made_case ON made_case.n = made.n WHERE made.status <> 'draft'
    """,
    """
    UPDATE information_delivery delivery
       SET status = CASE WHEN became.status = 'recalled' THEN 'recalled' WHEN used THEN 'used'
                         WHEN fate <= 4 THEN 'evaluated' WHEN fate = 8 THEN 'opened' WHEN fate = 7 THEN 'delivered'
                         ELSE 'acknowledged' END,
           opened_at = at + interval '65 minutes', opened_by_id = '{author}',
           acknowledged_at = seen, acknowledged_by_id = CASE WHEN seen IS NOT NULL THEN '{author}'::uuid END,
           used_at = CASE WHEN used THEN at + interval '4 days' END
      FROM (SELECT *, CASE WHEN status = 'recalled' AND fate < 4 THEN at + interval '90 minutes'
                           WHEN status = 'recalled' OR fate IN (7, 8) THEN NULL
                           WHEN fate = 6 THEN at + (80 + n % 40) * interval '1 hour'
                           ELSE at + (2 + n % 70) * interval '1 hour' END AS seen FROM became) became
     WHERE delivery.id = became.id AND (became.status = 'recalled' OR fate <> 7)
    """,
    """
    INSERT INTO information_evaluation
        (id, delivery_id, usefulness, source_grade, information_grade, note, evaluated_by_id, evaluated_at, synthetic)
    SELECT md5('evaluation' || n)::uuid, id,
           CASE WHEN used THEN 'contributed'
                ELSE (ARRAY['known', 'new_line', 'contributed', 'not_useful', 'known'])[1 + n % 5] END,
           'B', '2', '', '{author}', at + interval '3 days', true
      FROM became WHERE status = 'released' AND fate <= 4
    """,
    """
    INSERT INTO cases_caseitem (id, case_id, item_id, delivery_id, unit_id, linked_by_id, linked_at, synthetic)
    SELECT md5('link' || c)::uuid, made_case.id, item, became.id, lead, '{author}', at + interval '4 days', true
      FROM made_case JOIN became ON became.n = made_case.n WHERE made_case.used
    """,
)
"""What became of deliveries: of ten, six acknowledged in time and one late, five of them evaluated, one opened."""

STATEMENTS = (
    """
    CREATE TEMPORARY TABLE counted ON COMMIT DROP AS
    WITH part AS (
        SELECT made_case.*, led.agency_id AS led_by, gave.agency_id AS with_agency,
               'drug_' || measure || 's' AS metric
          FROM made_case JOIN agencies_unit led ON led.id = lead
          JOIN agencies_unit gave ON gave.id = coordinator WHERE quarter = 0
    )
    SELECT led_by AS agency, metric, measure, '' AS drug, 'lead' AS role, id AS case_id, NULL::uuid AS lot_id,
           1::numeric AS amount
      FROM part WHERE c % 11 <> 0
    UNION ALL
    SELECT with_agency, metric, measure, '', 'coordinator', id, NULL, 1
      FROM part WHERE c % 5 = 1 AND with_agency <> led_by
    UNION ALL
    SELECT led_by, CASE lot.measure WHEN 'kg' THEN 'drugs_seized_mass' ELSE 'drugs_seized_tablets' END, lot.measure,
           drug, 'lead', NULL, lot.id, lot.value
      FROM part JOIN made_lot lot ON lot.c = part.c WHERE lot.measure IS NOT NULL AND part.c % 13 <> 0
    """,
    """
    INSERT INTO reports_statement
        (id, agency_id, unit_id, period_label, period_start, period_end, period_basis, number, status, reason,
         author_id, edited_by_id, created_at, confirmed_by_id, confirmed_at, revision, synthetic)
    SELECT md5('statement' || agency.code)::uuid, agency.id, unit.id, '2024-Q2', '2024-04-01', '2024-07-01', 'calendar',
           1, 'confirmed', '', '{author}', '{author}', '2024-07-02', '{head}', '2024-07-03', 1, true
      FROM agencies_agency agency JOIN agencies_unit unit ON unit.code = agency.code || '-0'
    """,
    """
    INSERT INTO reports_statementfigure
        (id, statement_id, metric_id, substance_id, role, comparator, value, unit_id, nil, missing, note)
    SELECT md5('figure' || agency.code || counted.metric || drug || role)::uuid,
           md5('statement' || agency.code)::uuid, metric.id, substance.id, role, 'exact',
           sum(amount) + CASE WHEN counted.metric = 'drug_cases' AND role = 'lead' THEN 2 ELSE 0 END, unit.id,
           false, '', ''
      FROM counted
      JOIN agencies_agency agency ON agency.id = counted.agency
      JOIN reference_metric metric ON metric.code = counted.metric
      LEFT JOIN reference_substance substance ON substance.code = drug
      JOIN reference_unitofmeasure unit ON unit.code = measure
     GROUP BY agency.code, counted.metric, drug, role, metric.id, substance.id, unit.id
    """,
    """
    INSERT INTO reports_claim (id, figure_id, case_id, lot_id, amount)
    SELECT md5('claim' || agency.code || coalesce(case_id, lot_id))::uuid,
           md5('figure' || agency.code || metric || drug || role)::uuid, case_id, lot_id, amount * unit.factor
      FROM counted
      JOIN agencies_agency agency ON agency.id = counted.agency
      JOIN reference_unitofmeasure unit ON unit.code = measure
    """,
)
"""What the four agencies confirm of the quarter, two cases too many each, and the records that they count."""

RULES: dict[str, str] = {
    "a released item shows a released version of its own": """
        SELECT count(*) FROM information_informationitem item WHERE released_at IS NOT NULL AND NOT EXISTS (
            SELECT FROM information_itemversion v
             WHERE v.id = item.current_id AND v.item_id = item.id AND v.released_at IS NOT NULL)""",
    "nobody releases what they wrote": """
        SELECT count(*) FROM information_itemversion WHERE released_by_id = edited_by_id""",
    "every released item was delivered, to another unit": """
        SELECT count(*) FROM information_informationitem item
          LEFT JOIN information_delivery delivery ON delivery.item_id = item.id
         WHERE item.released_at IS NOT NULL AND (delivery.id IS NULL OR delivery.unit_id = item.unit_id)""",
    "access follows from items and deliveries": """
        SELECT count(*) FROM information_itemaccess kept
          FULL JOIN information_access_due due USING (item_id, unit_id, at, own, delivered)
         WHERE kept.item_id IS NULL OR due.item_id IS NULL""",
    "what is evaluated or used was acknowledged": """
        SELECT count(*) FROM information_delivery delivery
          LEFT JOIN information_evaluation evaluation ON evaluation.delivery_id = delivery.id
         WHERE acknowledged_at IS NULL AND (status IN ('evaluated', 'used') OR evaluation.id IS NOT NULL)""",
    "an item is used in a case by a unit that takes part and received it": """
        SELECT count(*) FROM cases_caseitem link
          LEFT JOIN information_delivery delivery
            ON delivery.id = link.delivery_id AND delivery.item_id = link.item_id AND delivery.unit_id = link.unit_id
          LEFT JOIN cases_participation part ON part.case_id = link.case_id AND part.unit_id = link.unit_id
         WHERE delivery.id IS NULL OR part.id IS NULL""",
    "a statement is of a unit of its agency": """
        SELECT count(*) FROM reports_statement s JOIN agencies_unit u ON u.id = s.unit_id
         WHERE u.agency_id <> s.agency_id""",
    "an agency counts cases it takes part in": """
        SELECT count(*) FROM reports_claim claim
          JOIN reports_statementfigure figure ON figure.id = claim.figure_id
          JOIN reports_statement statement ON statement.id = figure.statement_id
          LEFT JOIN cases_seizurelot lot ON lot.id = claim.lot_id
         WHERE NOT EXISTS (SELECT FROM cases_participation part JOIN agencies_unit u ON u.id = part.unit_id
                            WHERE part.case_id = coalesce(claim.case_id, lot.case_id)
                              AND u.agency_id = statement.agency_id)""",
}
"""Rules that triggers and actions hold, asked after the fill: each counts the rows that break it."""
