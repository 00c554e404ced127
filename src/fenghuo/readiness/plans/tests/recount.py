"""Coverage counted independently: one SQL statement over units, plans and profiles, which knows nothing of Duty.

The rules are those that the package ships, written out by hand here.
"""

from collections import Counter

from django.db import connection

STATEMENT = """
WITH asked AS (
  SELECT u.record_id AS unit, r.block AS block, 'grassroots' AS kind,
         CASE WHEN u.name LIKE '%%社区%%' OR u.name LIKE '%%居委会%%' OR u.name LIKE '%%居民委员会%%' THEN 'community'
              WHEN u.name LIKE '%%村%%' THEN 'village'
              WHEN LENGTH(u.code) = 12 AND SUBSTR(u.code, 10, 3) BETWEEN '001' AND '199' THEN 'community'
              ELSE 'village' END AS who
    FROM access_unit u JOIN access_record r ON r.id = u.record_id
   WHERE u.kind = 'committee' AND u.valid_to IS NULL AND r.archived_at IS NULL
  UNION ALL
  SELECT u.record_id, r.block,
         CASE u.kind WHEN 'township' THEN 'grassroots' WHEN 'department' THEN 'department' ELSE 'unit' END, u.kind
    FROM access_unit u JOIN access_record r ON r.id = u.record_id
   WHERE u.kind IN ('township', 'department', 'school', 'institution', 'enterprise')
     AND u.valid_to IS NULL AND r.archived_at IS NULL
), ranked AS (
  SELECT a.unit, a.block, a.who,
         MIN(CASE p.state WHEN 'filed' THEN 1 WHEN 'due' THEN 2 WHEN 'drafted' THEN 3 ELSE 4 END) AS rank
    FROM asked a
    LEFT JOIN access_record d ON d.unit_id = a.unit AND d.kind = 'plan' AND d.archived_at IS NULL
    LEFT JOIN plans_plan p ON p.record_id = d.id AND p.kind = a.kind AND p.state <> 'replaced'
   GROUP BY a.unit, a.block, a.who
)
SELECT SUBSTR(block, 1, %s), who, rank, COUNT(*) FROM ranked GROUP BY 1, 2, 3
"""
STATES = {1: "filed", 2: "due", 3: "drafted", 4: "none"}

type Counts = Counter[tuple[str, str, str]]  # place, who, state


def recount(length: int) -> Counts:
    """By the first `length` signs of the place's path."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, [length])
        return Counter({(place, who, STATES[rank]): count for place, who, rank, count in cursor.fetchall()})
