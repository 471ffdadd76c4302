"""Setting up the consultation of a plan: its period by law, its topics, who organises it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from consultation import period
from consultation.models import Consultation, Topic
from consultation.topics import TOPICS
from maps.models import Plan
from portal import audit
from portal.models import User

# What may be said of the organiser; what is empty isn't shown anywhere.
ABOUT = ("organiser_zh", "organiser_en", "phone", "email", "address_zh", "address_en")


@dataclass(frozen=True)
class Opened:
    """What came of it: the consultation, and whether it is new or changed."""

    consultation: Consultation
    is_new: bool
    changed: list[str]


def open_consultation(
    plan: Plan,
    *,
    actor: User | str,
    now: datetime,
    opens: date | None = None,
    closes: date | None = None,
    about: dict[str, str] | None = None,
) -> Opened:
    """Set up the consultation of `plan`, or bring it in line with what is given; the same once more changes nothing.

    Without dates it opens now and closes at 24:00 of the earliest lawful last day. Raises a Refusal for a period that
    is too short. Topics are added, never taken away: comments stand on them.
    """
    with transaction.atomic():
        found = Consultation.objects.select_for_update().filter(plan=plan, slug=plan.slug).first()
        values = _period(found, now, opens, closes) | (about or {})
        if found is None:
            values = dict.fromkeys(("organiser_zh", "organiser_en"), "") | _titles(plan) | values
            consultation = Consultation.objects.create(plan=plan, slug=plan.slug, **values)
            changed = []
        else:
            consultation = found
            changed = [name for name, value in values.items() if getattr(found, name) != value]
            for name in changed:
                setattr(found, name, values[name])
            if changed:
                found.save(update_fields=changed)
        topics = _add_topics(consultation)
        if found is None or changed or topics:
            data = {"opens_at": consultation.opens_at.isoformat(), "closes_at": consultation.closes_at.isoformat()}
            code = "consultation.opened" if found is None else "consultation.changed"
            data |= {"changed": [name for name in changed if name.endswith("_at")], "topics_added": topics}
            audit.record(code, actor=actor, subject=consultation, plan_id=plan.pk, data=data)
        return Opened(consultation, found is None, changed)


def save_consultation(
    consultation: Consultation, *, by: User, changed: list[str], topics: int, save_topics: Callable[[], None]
) -> None:
    """Save what an administrator changed of a consultation and its topics, with one audit event; nothing, none."""
    if not changed and not topics:
        return
    with transaction.atomic():
        consultation.save()
        save_topics()
        data = {"changed": sorted(changed), "topics": topics}
        data |= {"opens_at": consultation.opens_at.isoformat(), "closes_at": consultation.closes_at.isoformat()}
        audit.record("consultation.changed", actor=by, subject=consultation, plan_id=consultation.plan_id, data=data)


def _titles(plan: Plan) -> dict[str, str]:
    return {"title_zh": f"{plan.name_zh}（草案）公示", "title_en": f"Public display of the draft: {plan.name_en}"}


def _period(
    found: Consultation | None, now: datetime, opens: date | None, closes: date | None
) -> dict[str, datetime | date]:
    """Return the fields of the period that are to be set; none where nothing is asked of an existing consultation."""
    if found and not opens and not closes:
        return {}
    opens_at = period.beginning(opens) if opens else found.opens_at if found else now
    first = localdate(opens_at)
    last = closes or period.earliest_last_day(first)
    refused = period.last_day_refusal(first, last)
    if refused:
        raise refused
    closes_at = period.end(last)
    return {"opens_at": opens_at, "closes_at": closes_at, "purge_contacts_on": period.contacts_purged_on(last)}


def _add_topics(consultation: Consultation) -> int:
    """Add the topics that are missing; return how many."""
    known = set(consultation.topics.values_list("key", flat=True))
    missing = [
        Topic(consultation=consultation, key=key, order=order, name_zh=name_zh, name_en=name_en)
        for order, (key, name_zh, name_en) in enumerate(TOPICS)
        if key not in known
    ]
    Topic.objects.bulk_create(missing)
    return len(missing)
