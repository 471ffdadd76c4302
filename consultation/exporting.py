"""Taking the ledger out: the right to, the file, and the audit event, in one transaction.

The file is complete before its first byte leaves, so nobody mistakes a broken one for a whole one, and its SHA-256 is
on record: which file was handed in can be proven later.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from consultation import exports, rules
from consultation.models import Comment
from consultation.states import Display
from maps.models import Plan
from portal import audit, spreadsheet
from portal.models import User
from portal.refusal import Refusal

CHUNK = 64 * 1024


@dataclass(frozen=True)
class Wish:
    """What somebody wants to take out. `display` is a state or "" for the whole ledger."""

    format: str = "csv"
    display: str = ""
    with_contact: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Made:
    """A finished export: its number of comments, and the SHA-256 of the file."""

    rows: int
    digest: str


class _Tally:
    """Counts what passes through."""

    def __init__(self) -> None:
        self.rows = 0

    def counted(self, items: Iterable) -> Iterator:
        for item in items:
            self.rows += 1
            yield item


def _csv(comments: exports.CommentQuerySet, columns: list[exports.Column], tally: _Tally) -> Iterator[bytes]:
    headings = [column.heading for column in columns]
    return spreadsheet.csv_chunks(headings, tally.counted(exports.rows(comments, columns)))


def _geojson(comments: exports.CommentQuerySet, columns: list[exports.Column], tally: _Tally) -> Iterator[bytes]:
    yield b'{"type":"FeatureCollection","features":['
    lines: list[str] = []
    for feature in tally.counted(exports.features(comments, columns)):
        lines.append((",\n" if tally.rows > 1 else "\n") + feature)
        if len(lines) == 100:
            yield "".join(lines).encode()
            lines = []
    yield "".join(lines).encode() + b"\n]}\n"


@dataclass(frozen=True)
class Format:
    """A format of export: what files of it are called and how they are made."""

    name: str
    suffix: str
    content_type: str
    chunks: Callable[[exports.CommentQuerySet, list[exports.Column], _Tally], Iterator[bytes]]


FORMATS = {
    "csv": Format("CSV", "csv", "text/csv; charset=utf-8", _csv),
    "geojson": Format("GeoJSON", "geojson", "application/geo+json", _geojson),
}


def file_name(plan: Plan, wish: Wish) -> str:
    """Return the name of the file for people: the plan, what it is, the day."""
    kind = _("comments with contact data") if wish.with_contact else _("comments, masked")
    return f"{plan.short_name}-{kind}-{localdate():%Y%m%d}.{FORMATS[wish.format].suffix}"


def _refused(by: User | AnonymousUser | str, wish: Wish) -> Refusal | None:
    if wish.format not in FORMATS:
        message = _("There is no such format: %(format)s. There are: %(formats)s.")
        values = {"format": wish.format, "formats": ", ".join(FORMATS)}
        return Refusal("unknown-format", message % values, status=400, field="format")
    if wish.display and wish.display not in Display.values:
        return Refusal("unknown-display", _("There is no such state of display."), status=400, field="display")
    if by == audit.SYSTEM:
        return rules.may_export_contact(AnonymousUser()) if wish.with_contact else None
    refused = rules.may_export(by)
    if refused or not wish.with_contact:
        return refused
    refused = rules.may_export_contact(by)
    if not refused and not wish.reason.strip():
        message = _("Contact data leave only with a written reason.")
        return Refusal("reason-missing", message, status=400, field="reason")
    return refused


def export(plan: Plan, wish: Wish, *, by: User | str, into: BinaryIO) -> Made:
    """Write what `wish` asks for into `into`, and leave an audit event with count, format, reason and digest.

    `by` is a User, or audit.SYSTEM for an operator at the machine, who gets no contact data without a name. Raises a
    Refusal; a refused wish is on record too. Memory stays flat however long the ledger is. Two queries.
    """
    refused = _refused(by, wish)
    if refused:
        _record("export.refused", plan, wish, by, {"code": refused.code})
        raise refused
    comments = Comment.objects.filter(plan=plan)
    comments = comments.filter(display=wish.display) if wish.display else comments
    comments = comments if by == audit.SYSTEM else comments.visible_to(by)
    columns = exports.columns_for(exports.Audience.CONTACT if wish.with_contact else exports.Audience.STAFF)
    tally, digest = _Tally(), hashlib.sha256()
    with transaction.atomic():
        for chunk in FORMATS[wish.format].chunks(comments, columns, tally):
            digest.update(chunk)
            into.write(chunk)
        made = Made(tally.rows, digest.hexdigest())
        _record("comments.exported", plan, wish, by, {"rows": made.rows, "sha256": made.digest})
    return made


def _record(code: str, plan: Plan, wish: Wish, by: User | str, result: dict[str, object]) -> None:
    asked = {"format": wish.format[:20], "display": wish.display[:20], "with_contact": wish.with_contact}
    with transaction.atomic():
        audit.record(code, actor=by, plan_id=plan.pk, subject=plan, data=asked | result, reason=wish.reason.strip())
