"""The audit: what was done, written in the transaction that does it, and checked as one chain."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, models, transaction
from django.utils import timezone

from portal.models import AuditEvent, User

RESIDENT = "resident"
SYSTEM = "system"


class UndeclaredCode(Exception):
    """An event with a code that no app declared: a mistake of ours, never silence."""


_sentences: dict[str, str] = {}


def declare(sentences: dict[str, str]) -> None:
    """Declare event codes, each a dotted past-tense word, with its sentence for people (translatable)."""
    _sentences.update(sentences)


def sentence(code: str) -> str:
    """Return the sentence for people that belongs to an event's code; the code itself where none is known any more."""
    return str(_sentences.get(code, code))


_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


@contextmanager
def dated(moment: datetime) -> Iterator[None]:
    """Date the events written inside as `moment`: for a demonstration only, whose story takes weeks to tell.

    The chain keeps the order of writing whatever the dates say.
    """
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


def record(
    code: str,
    *,
    actor: User | str,
    subject: models.Model | None = None,
    plan_id: int | None = None,
    data: dict | None = None,
    reason: str = "",
    personal: dict | None = None,
) -> AuditEvent:
    """Append one event, in the caller's transaction. `actor` is a User, or RESIDENT or SYSTEM.

    Call it last in the transaction: the chain is held by one writer at a time until commit. `data` must hold nothing
    personal; what is personal goes into `personal`. Raises UndeclaredCode, and TransactionManagementError outside a
    transaction. One query.
    """
    if code not in _sentences:
        raise UndeclaredCode(code)
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An audit event belongs to the transaction of what it tells.")
    is_user = isinstance(actor, User)
    return AuditEvent.objects.create(
        at=_moment.get() or timezone.now(),
        actor=actor if is_user else None,
        actor_label=actor.label if is_user else actor,
        code=code,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        plan_id=plan_id,
        data=data or {},
        reason=reason,
        personal=personal,
        personal_salt=secrets.token_hex(16) if personal is not None else "",
    )


def blank_personal(events: models.QuerySet[AuditEvent]) -> int:
    """Blank what is personal in `events` for good, and return how many; the chain still verifies. One query."""
    return events.filter(personal__isnull=False).update(personal=None, personal_salt="", blanked_at=timezone.now())


@dataclass(frozen=True)
class Fault:
    """A place where the chain doesn't hold: the event's position and what is wrong with it."""

    position: int
    what: str


def verify() -> list[Fault]:
    """Check the whole chain in the database and return its faults; an empty list means that it holds. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT position, what FROM (
                SELECT position,
                    CASE
                        WHEN digest <> portal_audit_digest(event) THEN 'changed'
                        WHEN personal IS NOT NULL AND personal_digest
                            <> encode(sha256(convert_to(personal_salt || personal::text, 'UTF8')), 'hex')
                            THEN 'personal data changed'
                        WHEN position <> row_number() OVER ordered THEN 'an event before it is missing'
                        WHEN previous <> coalesce(lag(digest) OVER ordered, '') THEN 'not linked to the one before'
                    END AS what
                FROM portal_auditevent AS event
                WINDOW ordered AS (ORDER BY position)
            ) AS checked
            WHERE what IS NOT NULL ORDER BY position
            """
        )
        return [Fault(position, what) for position, what in cursor.fetchall()]
