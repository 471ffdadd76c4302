"""Limits on how often something may be done, counted in PostgreSQL so that all workers count together."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone


def hit(scope: str, key: str, limit: int, period: timedelta = timedelta(hours=1)) -> bool:
    """Count one use of `scope` by `key`; say whether it is still within `limit` for the current `period`.

    One statement, atomic: two requests at once are two. Windows are fixed and start at whole multiples of `period`.
    """
    seconds = int(period.total_seconds())
    window = int(timezone.now().timestamp()) // seconds * seconds
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO portal_throttlecount AS seen (scope, key, window_start, count)
            VALUES (%s, %s, to_timestamp(%s), 1)
            ON CONFLICT (scope, key, window_start) DO UPDATE SET count = seen.count + 1
            RETURNING count
            """,
            [scope, key, window],
        )
        return cursor.fetchone()[0] <= limit
