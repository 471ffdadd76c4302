"""The desk's queue: its filters, its pages by key, and how much waits. Flat in time however long the ledger is."""

from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from consultation.models import Comment, Report
from consultation.querysets import CommentQuerySet
from consultation.states import Display, Handling
from maps.models import Plan

PAGE = 50
# Counting a whole ledger for each page would cost more than the page; beyond this the desk says "1000+".
COUNTED = 1000
ALL = "all"
_OPEN_REPORTS = Report.objects.filter(comment=OuterRef("pk"), settled_at__isnull=True)


@dataclass(frozen=True)
class Filter:
    """What of the ledger is looked at: `display` is a state or "all"; the rest is "" where it doesn't matter."""

    display: str = Display.PENDING.value
    topic: str = ""
    village: str = ""
    handling: str = ""
    q: str = ""
    plan: str = ""
    reported: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Filter":
        """Return the filter that an address asks for; words that don't exist count as not given."""
        given = {field.name: query.get(field.name, "").replace("\x00", "").strip()[:100] for field in fields(cls)}
        if given["display"] not in (*Display.values, ALL):
            given["display"] = cls.display
        if given["handling"] not in Handling.values:
            given["handling"] = ""
        if given["reported"]:
            given["reported"] = "1"
        return cls(**given)

    @property
    def query(self) -> str:
        """Return the filter as the query of an address, without what is as at first; "" for the plain queue."""
        given = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != f.default}
        return urlencode(given)

    def showing(self, display: str) -> "Filter":
        """Return the same filter for another state of display."""
        return replace(self, display=display)

    @property
    def oldest_first(self) -> bool:
        """Say whether what waits longest comes first: so it is with what waits."""
        return self.display == Display.PENDING

    def applied(self, comments: CommentQuerySet) -> CommentQuerySet:
        """Return those of `comments` that the filter lets through, unordered."""
        comments = comments.order_by()
        if self.display != ALL:
            comments = comments.filter(display=self.display)
        if self.topic:
            comments = comments.filter(topic__key=self.topic)
        if self.village:
            comments = comments.filter(village_key=self.village)
        if self.handling:
            comments = comments.filter(handling=self.handling)
        if self.reported:
            comments = comments.filter(Exists(_OPEN_REPORTS))
        if self.q:
            comments = comments.filter(Q(public_text__icontains=self.q) | Q(number__icontains=self.q))
        return comments


@dataclass(frozen=True)
class Page:
    """One page of the queue; `previous` and `next` are the queries of the pages beside it, "" where there is none."""

    comments: list[Comment]
    previous: str
    next: str


def _key(query: QueryDict, name: str) -> int | None:
    text = query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def page(comments: CommentQuerySet, chosen: Filter, query: QueryDict) -> Page:
    """Return the page of the queue that `after` or `before` (ids) of the address ask for. One query."""
    after, before = _key(query, "after"), _key(query, "before")
    backwards = before is not None and after is None
    ascending = chosen.oldest_first != backwards
    found = chosen.applied(comments).select_related("topic").defer("here", "geometry", "text")
    position = before if backwards else after
    if position is not None:
        found = found.filter(id__gt=position) if ascending else found.filter(id__lt=position)
    rows = list(found.order_by("id" if ascending else "-id")[: PAGE + 1])
    has_more, rows = len(rows) > PAGE, rows[:PAGE]
    if backwards:
        rows.reverse()
    has_previous, has_next = (has_more, True) if backwards else (position is not None, has_more)

    def beside(name: str, comment: Comment) -> str:
        return "&".join(part for part in (chosen.query, f"{name}={comment.pk}") if part)

    return Page(
        rows,
        previous=beside("before", rows[0]) if rows and has_previous else "",
        next=beside("after", rows[-1]) if rows and has_next else "",
    )


def counts(plan: Plan) -> dict[str, int]:
    """Return how many comments there are in each state of display, counted up to COUNTED. One query, index only."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT state, (SELECT count(*) FROM (
                SELECT 1 FROM consultation_comment WHERE plan_id = %s AND display = state LIMIT %s) AS counted)
            FROM unnest(%s::varchar[]) AS state
            """,
            [plan.pk, COUNTED, Display.values],
        )
        return dict(cursor.fetchall())


def count_reported(plan: Plan) -> int:
    """Return how many comments of `plan` have a report that nobody has settled. One query, over open reports only."""
    open_reports = Report.objects.filter(settled_at__isnull=True, comment__plan=plan).order_by()
    return open_reports.values("comment").distinct().count()


def next_pending(comments: CommentQuerySet, chosen: Filter, after: Comment | None = None) -> Comment | None:
    """Return what to review after `after`, the longest waiting first and round to the beginning; None when done."""
    pending = chosen.showing(Display.PENDING).applied(comments).only("number").order_by("id")
    if after is None:
        return pending.first()
    later = pending.filter(id__gt=after.pk).first()
    return later or pending.filter(id__lt=after.pk).first()
