"""Published comments in pages: which ones, in which order, and where the next page begins."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point, Polygon
from django.contrib.gis.measure import D
from django.db.models import Q
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from consultation.models import Comment
from consultation.querysets import CommentQuerySet
from consultation.states import Outcome
from portal.refusal import Refusal

UNDECIDED = "undecided"
WORDS_MAX = 100
NEAR_METRES = 500
# A degree of latitude is 110.6 km or more everywhere.
METRES_PER_DEGREE = 110_500
KEY = re.compile(r"[-a-zA-Z0-9_]{1,80}")
CURSOR = re.compile(r"(\d{1,17})-(\d{1,18})")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Cursor:
    """The comment after which a page begins; the newest come first."""

    published_at: datetime
    id: int

    @classmethod
    def after(cls, comment: Comment) -> "Cursor":
        """Return the cursor of the page that follows `comment`."""
        return cls(comment.published_at, comment.pk)

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Read a cursor as we gave it out. Raises a Refusal (400) for anything else."""
        found = CURSOR.fullmatch(text)
        if not found:
            raise _refusal("page", _("This is not a page that we gave out. Start with the first one."))
        return cls(EPOCH + int(found[1]) * MICROSECOND, int(found[2]))

    def __str__(self) -> str:
        return f"{(self.published_at - EPOCH) // MICROSECOND}-{self.id}"


@dataclass(frozen=True)
class Filter:
    """What is asked for: empty fields don't narrow anything down."""

    topic: str = ""
    village: str = ""
    decision: str = ""
    bbox: tuple[float, float, float, float] | None = None
    q: str = ""
    near: Point | None = None

    @classmethod
    def parse(cls, query: Mapping[str, str]) -> "Filter":
        """Read the filter from an address. Raises a Refusal (400) with the parameter; unknown keys match nothing."""
        return cls(
            topic=_key(query, "topic"),
            village=_key(query, "village"),
            decision=_decision(query),
            bbox=_bbox(query),
            q=_words(query),
            near=_near(query),
        )

    @property
    def chosen(self) -> dict[str, str]:
        """Return what a page narrows down by, as the parameters of an address; without the box of a map."""
        near = {"lon": f"{self.near.x:.5f}", "lat": f"{self.near.y:.5f}"} if self.near else {}
        given = {"topic": self.topic, "village": self.village, "decision": self.decision, "q": self.q} | near
        return {name: value for name, value in given.items() if value}

    def query_without(self, *names: str, **instead: str) -> str:
        """Return the same choice as the query of an address, without some parameters or with others instead."""
        kept = {name: value for name, value in self.chosen.items() if name not in names} | instead
        return f"?{urlencode(kept)}" if kept else ""

    def apply(self, comments: CommentQuerySet) -> CommentQuerySet:
        """Narrow down `comments`."""
        if self.topic:
            comments = comments.filter(topic__key=self.topic)
        if self.village:
            comments = comments.filter(village_key=self.village)
        if self.decision == UNDECIDED:
            comments = comments.filter(decision__isnull=True)
        elif self.decision:
            comments = comments.filter(decision__outcome=self.decision)
        if self.bbox:
            box = Polygon.from_bbox(self.bbox)
            box.srid = 4326
            comments = comments.filter(anchor__coveredby=box)
        if self.q:
            comments = comments.filter(Q(public_text__icontains=self.q) | Q(number__iexact=self.q))
        return _around(comments, self.near) if self.near else comments


def page(comments: CommentQuerySet, cursor: Cursor | None, size: int) -> CommentQuerySet:
    """Return the `size` comments that follow `cursor`, and one more, which tells that there is a next page."""
    if cursor:
        older = Q(published_at=cursor.published_at, id__lt=cursor.id)
        comments = comments.filter(Q(published_at__lt=cursor.published_at) | older)
        # Says the same once more in the form that the index understands as a range.
        comments = comments.filter(published_at__lte=cursor.published_at)
    return comments.order_by("-published_at", "-id")[: size + 1]


def _around(comments: CommentQuerySet, point: Point) -> CommentQuerySet:
    """Return those within NEAR_METRES of `point`: by the index first, then by metres from the place as it is shown."""
    high = NEAR_METRES / METRES_PER_DEGREE
    wide = min(high / max(math.cos(math.radians(point.y)), 0.01), 180)
    box = Polygon.from_bbox((point.x - wide, point.y - high, point.x + wide, point.y + high))
    box.srid = 4326
    close = comments.filter(anchor__bboverlaps=box).alias(metres=Distance("anchor", point))
    return close.filter(metres__lte=D(m=NEAR_METRES))


def _refusal(name: str, message: str) -> Refusal:
    return Refusal(f"{name}-unreadable", message, status=400, field=name)


def _key(query: Mapping[str, str], name: str) -> str:
    value = query.get(name, "")
    if value and not KEY.fullmatch(value):
        raise _refusal(name, _("This is not a key: letters, digits, hyphens and underscores."))
    return value


def _decision(query: Mapping[str, str]) -> str:
    value = query.get("decision", "")
    if value and value != UNDECIDED and value not in Outcome.values:
        known = ", ".join([*Outcome.values, UNDECIDED])
        raise _refusal("decision", _("A decision is one of: %(known)s.") % {"known": known})
    return value


def _words(query: Mapping[str, str]) -> str:
    words = query.get("q", "").strip()
    if "\x00" in words or len(words) > WORDS_MAX:
        raise _refusal("q", _("Words to look for: at most %(most)s characters.") % {"most": WORDS_MAX})
    return words


def _near(query: Mapping[str, str]) -> Point | None:
    given = [query.get(name, "").strip() for name in ("lon", "lat")]
    if not any(given):
        return None
    try:
        lon, lat = (float(text[:40]) for text in given)
    except ValueError:
        raise _refusal("lon", _("A place is two numbers in degrees: lon and lat.")) from None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise _refusal("lon", _("A place is two numbers in degrees: lon and lat."))
    return Point(lon, lat, srid=4326)


def _bbox(query: Mapping[str, str]) -> tuple[float, float, float, float] | None:
    text = query.get("bbox", "")
    if not text:
        return None
    try:
        west, south, east, north = (float(part) for part in text[:200].split(","))
    except ValueError:
        raise _refusal("bbox", _("A bbox is four numbers: west, south, east, north.")) from None
    in_order = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    if not (in_order and all(map(math.isfinite, (west, south, east, north)))):
        raise _refusal("bbox", _("A bbox is west, south, east, north in degrees, in this order."))
    return west, south, east, north
