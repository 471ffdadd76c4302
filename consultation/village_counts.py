"""How many comments are published in each village. Flat in time however many there are."""

from collections.abc import Sequence

from django.db import connection

from consultation.states import Display
from maps.models import Plan

# Beyond this a page says "1000+": exact counts of a large ledger would cost more than the page.
COUNTED = 1000


def published(plan: Plan, villages: Sequence[str]) -> dict[str, int]:
    """Return the number of published comments of each village, counted up to COUNTED. One query, index only."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT village, (SELECT count(*) FROM (
                SELECT 1 FROM consultation_comment
                WHERE plan_id = %s AND village_key = village AND display = %s LIMIT %s) AS counted)
            FROM unnest(%s::varchar[]) AS village
            """,
            [plan.pk, Display.PUBLIC, COUNTED, list(villages)],
        )
        return dict(cursor.fetchall())
