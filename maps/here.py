"""*Here* (这里规划怎么说): what the plan says at one place, theme by theme, what doesn't apply among it."""

import json
import re
import unicodedata

from django.contrib.gis.geos import Point
from django.db import connection
from django.utils.translation import gettext as _

from maps.briefs import brief, state, summary, title
from maps.here_sql import HERE
from maps.models import Plan
from maps.querysets import Reader, reads_drafts
from maps.statements import Found, chosen, statement
from portal.refusal import Refusal

# What people ask first comes first: am I in it, whose is it, which lines, then the themes.
_ORDER = ("scope", "subdistrict", "control-line", "partition", "nearest", "touching")
_NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d{0,15})?", re.ASCII)


def here(plan: Plan, point: Point, user: Reader) -> dict:
    """Say what `plan` says at `point` (WGS 84): the JSON of the API, and what page and card show.

    Distances in geodesic metres. `feature` is what holds or is what was asked; `nearest` also names what lies
    nearest where nothing holds. Draft layers answer only to those who may see them. One query.
    """
    with connection.cursor() as cursor:
        values = {"plan": plan.pk, "lon": point.x, "lat": point.y, "drafts": reads_drafts(user)}
        cursor.execute(HERE, values)
        names = [column.name for column in cursor.description]
        rows = [_found(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
    in_area = any(row.inside for row in rows if row.answer == "scope")
    groups = {group["key"]: position for position, group in enumerate(plan.groups)}
    rows.sort(key=lambda row: (_rank(row), groups.get(row.group, len(groups))))
    return {
        "plan": plan.slug,
        "version": plan.version,
        "point": {"lon": point.x, "lat": point.y},
        "in_area": in_area,
        "summary": summary(rows, in_area=in_area),
        "findings": [_finding(row, in_area=in_area) for row in rows],
    }


def _found(values: dict) -> Found:
    # Django hands out jsonb as text, for its JSONField to read.
    words, attributes = json.loads(values["words"]), json.loads(values["attributes"] or "{}")
    return Found(**values | {"words": words, "attributes": attributes})


def _rank(row: Found) -> int:
    return _ORDER.index("subdistrict" if row.kind == "subdistrict" else row.answer)


def _finding(row: Found, *, in_area: bool) -> dict:
    is_answer = row.inside or row.answer in ("nearest", "touching")
    return {
        "layer": row.layer,
        "kind": row.kind,
        "feature": row.feature if is_answer else None,
        "name": row.name,
        "inside": row.inside,
        "near_line": row.near_line,
        "distance_m": None if row.metres is None else round(row.metres, 1),
        "uncertainty_m": row.error_m,
        "statement": statement(row, in_area=in_area),
        "chapter": row.chapter,
        "answer": row.answer,
        "layer_name": chosen(vars(row), "layer_name"),
        "nearest": row.feature,
        "state": state(row),
        "title": title(row),
        "brief": brief(row),
    }


def point_at(lon: str, lat: str) -> Point:
    """Return the point that two texts mean, in degrees; full-width digits are digits too. Raises Refusal (400)."""
    x, y = _degrees("lon", lon, 180), _degrees("lat", lat, 90)
    return Point(x, y, srid=4326)


def _degrees(field: str, text: str, limit: int) -> float:
    name = _("longitude (lon)") if field == "lon" else _("latitude (lat)")
    text = unicodedata.normalize("NFKC", text).strip()
    if not text:
        message = _("The %(name)s is missing.") % {"name": name}
        raise Refusal("coordinate-missing", message, status=400, field=field)
    if not _NUMBER.fullmatch(text):
        message = _("The %(name)s must be a number in degrees, such as 113.2.") % {"name": name}
        raise Refusal("coordinate-not-a-number", message, status=400, field=field)
    degrees = float(text)
    if abs(degrees) > limit:
        message = _("The %(name)s must lie between −%(limit)s and %(limit)s. Are the two numbers swapped?")
        values = {"name": name, "limit": limit}
        raise Refusal("coordinate-out-of-range", message % values, status=400, field=field)
    return degrees
