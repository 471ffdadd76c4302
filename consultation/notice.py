"""The public notice (公示公告): what it says, made from the consultation, so that it can't say anything else.

Structure: title, basis, what is on display, when, where, how to comment, what happens with comments, hearing,
attachments, who and when. 城乡规划法 26 asks for at least 30 days.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from consultation.models import Consultation, Notice
from consultation.period import DAYS
from portal import audit
from portal.models import User

# 公示期 ends at 24:00 of its last day, which the database stores as 0:00 of the next.
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Period:
    """The days of the display, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Return its length as the law counts it: the first day is not counted (民法典 201)."""
        return (self.last - self.first).days

    @property
    def is_lawful(self) -> bool:
        """Say whether it is long enough."""
        return self.days >= DAYS


def period_of(consultation: Consultation) -> Period:
    """Return the first and the last day of a consultation, in the portal's zone."""
    return Period(localdate(consultation.opens_at), localdate(consultation.closes_at - _MOMENT))


def closes_at_midnight(consultation: Consultation) -> bool:
    """Say whether comments are taken until 24:00 of the last day."""
    closes = localtime(consultation.closes_at)
    return (closes.hour, closes.minute, closes.second) == (0, 0, 0)


def basis(notice: Notice) -> str:
    """Return the sentence on the legal basis: the authority's own, or else ours."""
    return notice.basis or _(
        "Under article 26 of the Urban and Rural Planning Law, articles 18 and 19 of the Land Administration Law, the "
        "Opinions of the CPC Central Committee and the State Council on establishing and supervising the territorial "
        "spatial planning system (Zhongfa [2019] No. 18) and the requirements of province and city"
    )


def lines(text: str) -> list[str]:
    """Return the lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def save(notice: Notice, *, by: User, changed: list[str]) -> None:
    """Save what an administrator wrote, with an audit event that names the changed parts."""
    with transaction.atomic():
        notice.save()
        consultation = notice.consultation
        data = {"changed": sorted(changed)}
        audit.record("notice.changed", actor=by, subject=consultation, plan_id=consultation.plan_id, data=data)


def of(consultation: Consultation) -> Notice:
    """Return the notice's own data, or an empty one where there are none. One query, none if it came along."""
    try:
        return consultation.notice
    except Notice.DoesNotExist:
        return Notice(consultation=consultation)
