"""Limits on how often something may be done, counted in PostgreSQL so that all workers count together."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from portal.models import ThrottleCount

HOUR = timedelta(hours=1)
# What is counted per hour or day is of no use a day later, and says something about a network until it is gone.
KEPT = timedelta(days=1)


def count(scope: str, key: str, period: timedelta = HOUR) -> int:
    """Count one use of `scope` by `key` and return how many there were in the current `period`, this one included.

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
        return cursor.fetchone()[0]


def hit(scope: str, key: str, limit: int, period: timedelta = HOUR) -> bool:
    """Count one use of `scope` by `key`; say whether it is still within `limit` for the current `period`."""
    return count(scope, key, period) <= limit


def spend(scope: str, key: str, until: datetime) -> bool:
    """Use up what is good for one use until `until`; say whether this was the first use. One statement, atomic.

    It stands among the counts, in the window that begins when it expires. In a transaction that fails it is unused
    again; a second use at the same time waits for the first one's transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO portal_throttlecount (scope, key, window_start, count) VALUES (%s, %s, %s, 1) "
            "ON CONFLICT DO NOTHING",
            [scope, key, until],
        )
        return cursor.rowcount == 1


def purge(now: datetime) -> int:
    """Delete what was counted in windows that began more than a day ago; return how many rows went."""
    deleted, _rows = ThrottleCount.objects.filter(window_start__lt=now - KEPT).delete()
    return deleted
