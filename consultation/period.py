"""How long a draft is on display: 公示期, at least 30 days (城乡规划法 26), counted as 民法典 201 and 203 count."""

import calendar
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.refusal import Refusal

DAYS = 30
CONTACT_MONTHS = 24
SATURDAY = 5


def earliest_last_day(first: date) -> date:
    """Return the earliest lawful last day of a display that begins on `first`.

    The day of the beginning isn't counted (民法典 201), and a period that would end on a weekend ends on the next
    working day (203). Weekends that are worked and public holidays change from year to year by decree; the authority
    that opens the display knows them.
    """
    last = first + timedelta(days=DAYS)
    while last.weekday() >= SATURDAY:
        last += timedelta(days=1)
    return last


def last_day_refusal(first: date, last: date) -> Refusal | None:
    """Say whether a display from `first` to `last`, both days included, is too short, and what would do.

    A last day on a weekend is not refused, as long as the 30 days are full: some weekends are working days.
    """
    if (last - first).days >= DAYS:
        return None
    message = _("From %(first)s to %(last)s is shorter than %(days)s full days. The earliest last day is %(earliest)s.")
    values = {"first": first, "last": last, "days": DAYS, "earliest": earliest_last_day(first)}
    return Refusal("period-too-short", message % values, status=400, field="closes")


def beginning(day: date) -> datetime:
    """Return 0:00 of `day` in the portal's zone (Asia/Shanghai)."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end(day: date) -> datetime:
    """Return 24:00 of `day` in the portal's zone, which is the moment at which no more comments are taken."""
    return beginning(day + timedelta(days=1))


def contacts_purged_on(last: date) -> date:
    """Return the day on which contact data go at the latest: 24 months after the last day (个人信息保护法 19)."""
    years, month = divmod(last.month - 1 + CONTACT_MONTHS, 12)
    year = last.year + years
    return date(year, month + 1, min(last.day, calendar.monthrange(year, month + 1)[1]))
