"""Plain factories: each makes one thing with sensible defaults, and keywords for what a test cares about."""

import gzip
import hashlib
import json
from collections.abc import Iterable
from datetime import date, timedelta

import brotli
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point, Polygon
from django.utils import timezone

from consultation import receipts
from consultation.models import Comment, Consultation, Contact, Decision, Reply, Topic
from consultation.places import as_shown
from consultation.states import Display, Handling, Outcome, PlaceKind
from maps.models import Chapter, Feature, Indicator, Layer, MapFile, Plan
from portal.models import User


def create_plan(slug: str = "jiefang-2035", **values: object) -> Plan:
    """Make a plan without chapters and layers; `create_area` gives it its area."""
    defaults: dict[str, object] = {
        "name_zh": "某街道国土空间总体规划（2021—2035年）",
        "name_en": "Territorial Spatial Master Plan of a Subdistrict (2021–2035)",
        "short_name_zh": "某街道总规",
        "short_name_en": "Subdistrict plan",
        "place_name_zh": "某街道",
        "place_name_en": "The subdistrict",
        "note_zh": "示意图，不作为划界、确权、审批依据",
        "note_en": "Schematic map, no legal effect",
        "review_number": "示S（2026）001号",
        "base_year": 2020,
        "near_year": 2027,
        "target_year": 2035,
        "number_prefix": "JF",
        "bounds": [113.1, 35.1, 113.3, 35.3],
        "groups": [{"key": "control", "name_zh": "控制线", "name_en": "Control lines", "chapter": "4"}],
        "themes": [],
        "version": 1,
        "digest": "0" * 64,
        "map_digest": "0" * 64,
        "loaded_at": timezone.now(),
    }
    return Plan.objects.create(slug=slug, **defaults | values)


def create_chapter(plan: Plan, number: str = "4", **values: object) -> Chapter:
    """Make a chapter of `plan`."""
    defaults: dict[str, object] = {
        "slug": f"chapter-{number}",
        "order": plan.chapters.count(),
        "title_zh": f"第{number}章标题",
        "title_en": f"Chapter {number} title",
        "text_zh": "正文。",
        "text_en": "Text.",
    }
    return Chapter.objects.create(plan=plan, number=number, **defaults | values)


def kind(name_zh: str = "永久基本农田", name_en: str = "permanent basic farmland", **words: object) -> dict:
    """Return the words of one kind of feature as a plan package gives them."""
    return {"name_zh": name_zh, "name_en": name_en, "style": {"fill": "#ffe34d", "stroke": "#8a6d00"}, **words}


def create_layer(plan: Plan, key: str = "control-lines", **values: object) -> Layer:
    """Make a public layer of `plan`; a control line of kind `pbf` unless told otherwise."""
    defaults: dict[str, object] = {
        "order": plan.layers.count(),
        "group": "control",
        "name_zh": "控制线",
        "name_en": "Control lines",
        "status": Layer.Status.PUBLIC,
        "answer": Layer.Answer.CONTROL_LINE,
        "chapter_number": "4",
        "kinds": {"pbf": kind()},
        "source_zh": "自绘示意",
        "source_en": "Own schematic drawing",
        "clearance_zh": "公开",
        "clearance_en": "Public",
        "digest": "0" * 64,
    }
    return Layer.objects.create(plan=plan, key=key, **defaults | values)


def square(west: float, south: float, east: float, north: float) -> Polygon:
    """Return a rectangle in degrees, SRID 4326."""
    box = Polygon.from_bbox((west, south, east, north))
    box.srid = 4326
    return box


def create_feature(layer: Layer, key: str, geometry: GEOSGeometry, **values: object) -> Feature:
    """Make a feature of `layer`, of the layer's first kind unless told otherwise."""
    defaults: dict[str, object] = {
        "order": layer.features.count(),
        "kind": next(iter(layer.kinds)),
        "name_zh": f"图形{key}",
        "name_en": f"Feature {key}",
        "basis": "estimated",
        "error_m": 100,
    }
    return Feature.objects.create(plan=layer.plan, layer=layer, key=key, geometry=geometry, **defaults | values)


def create_area(plan: Plan, *, geometry: GEOSGeometry | None = None, **values: object) -> Feature:
    """Give `plan` its area: by default 113.1 to 113.3 east, 35.1 to 35.3 north."""
    words = kind("规划范围", "planning area")
    layer = create_layer(plan, "scope", group="base", answer="none", kinds={"scope": words}, name_zh="规划范围")
    geometry = geometry or square(*plan.bounds)
    return create_feature(layer, "scope", geometry, name_zh="规划范围", name_en="Planning area", **values)


def create_indicator(plan: Plan, key: str = "pbf-total", **values: object) -> Indicator:
    """Make a figure of `plan`."""
    defaults: dict[str, object] = {
        "order": plan.indicators.count(),
        "measure": "pbf",
        "name_zh": "永久基本农田保护面积",
        "name_en": "Permanent basic farmland",
        "value": "329.21",
        "unit": "ha",
        "stated_zh": "329.21公顷（0.49万亩）",
        "stated_en": "329.21 ha",
        "nature": "binding",
        "bound": "floor",
        "year": 2035,
        "chapter_number": "4",
    }
    return Indicator.objects.create(plan=plan, key=key, **defaults | values)


def create_map_file(plan: Plan, content: dict | Iterable = (), *, is_public: bool = True) -> MapFile:
    """Keep `content` as bytes of `plan`, addressed by its digest."""
    body = json.dumps(content or {"type": "FeatureCollection", "features": []}, ensure_ascii=False).encode()
    return MapFile.objects.create(
        plan=plan,
        digest=hashlib.sha256(body).hexdigest(),
        is_public=is_public,
        content_type="application/geo+json",
        gzip=gzip.compress(body),
        brotli=brotli.compress(body),
    )


def parcels(count: int, west: float = 113.1, south: float = 35.1, side: float = 0.001) -> Iterable[MultiPolygon]:
    """Yield `count` small squares in rows, for tests and measurements of large layers."""
    row = max(int(count**0.5), 1)
    for position in range(count):
        x, y = west + position % row * side, south + position // row * side
        yield MultiPolygon(square(x, y, x + side * 0.9, y + side * 0.9), srid=4326)


def create_village(
    plan: Plan, key: str = "village-guocun", lon: float = 113.21, lat: float = 35.21, **values
) -> Feature:
    """Make a village of `plan` at a point; the layer of villages with the first one."""
    words = {"village": kind("村庄", "village")}
    layer = plan.layers.filter(key="villages").first() or create_layer(
        plan, "villages", group="villages", answer="nearest", kinds=words, name_zh="村庄", name_en="Villages"
    )
    defaults = {"name_zh": f"{key}村", "name_en": f"{key} village", "error_m": 500}
    return create_feature(layer, key, Point(lon, lat, srid=4326), **defaults | values)


def create_consultation(plan: Plan, **values: object) -> Consultation:
    """Make a consultation of `plan` that opened ten days ago and closes in thirty; topics `farmland` and `other`."""
    now = timezone.now()
    defaults: dict[str, object] = {
        "slug": plan.slug,
        "title_zh": f"{plan.short_name_zh}草案公示",
        "title_en": f"Draft of the {plan.short_name_en}",
        "organiser_zh": "某街道办事处",
        "organiser_en": "A subdistrict office",
        "opens_at": now - timedelta(days=10),
        "closes_at": now + timedelta(days=30),
        "purge_contacts_on": date(2030, 1, 1),
    }
    consultation = Consultation.objects.create(plan=plan, **defaults | values)
    create_topic(consultation, "farmland", name_zh="耕地与永久基本农田", name_en="Farmland")
    create_topic(consultation, "other", name_zh="其他", name_en="Other")
    return consultation


def create_topic(consultation: Consultation, key: str, **values: object) -> Topic:
    """Make a topic of `consultation`, after the ones that are there."""
    defaults: dict[str, object] = {"order": consultation.topics.count(), "name_zh": key, "name_en": key}
    return Topic.objects.create(consultation=consultation, key=key, **defaults | values)


def create_comment(
    consultation: Consultation, *, code: str = "K2M4P6R8", contact: dict[str, str] | None = None, **values: object
) -> Comment:
    """Put a comment into the ledger: without a place, pending, without consent to display, unless told otherwise.

    An `anchor` alone makes it a comment about that point; `topic` may be a key. The receipt's code is `code`.
    """
    if isinstance(values.get("topic"), str):
        values["topic"] = consultation.topics.get(key=values["topic"])
    if values.get("anchor") and "place_kind" not in values:
        values |= {"place_kind": PlaceKind.POINT, "geometry": values["anchor"]}
    values |= {"anchor": as_shown(values.get("anchor"))}
    now = timezone.now()
    number = receipts.next_number(consultation.plan.number_prefix, timezone.localdate().year)
    text = values.get("text", "村北的水渠多年没有清淤，汛期容易积水，请考虑。")
    defaults: dict[str, object] = {
        "number": number,
        "code_hash": receipts.hash_code(str(values.get("number", number)), code),
        "submitted_at": now,
        "topic": consultation.topics.first(),
        "text": text,
        "public_text": text,
        "place_kind": PlaceKind.NONE,
        "plan_version": consultation.plan.version,
    }
    comment = Comment.objects.create(plan=consultation.plan, consultation=consultation, **defaults | values)
    if contact:
        Contact.objects.create(comment=comment, **Contact.sealed(contact))
    return comment


def create_public_comment(consultation: Consultation, **values: object) -> Comment:
    """Put a comment into the ledger that its author and a planner agreed to show."""
    public: dict[str, object] = {"display": Display.PUBLIC, "display_consent": True, "published_at": timezone.now()}
    return create_comment(consultation, **public | values)


def decide(comment: Comment, by: User, outcome: str = Outcome.ADOPTED, reply: str = "", **values: object) -> Decision:
    """Give `comment` a decision with its reason and, if there are words, a reply."""
    if reply:
        Reply.objects.create(comment=comment, text=reply, replied_by=by, published_at=timezone.now())
    Comment.objects.filter(pk=comment.pk).update(handling=Handling.ANSWERED)
    defaults: dict[str, object] = {"reason": "已在第四章补充。", "decided_by": by, "decided_at": timezone.now()}
    return Decision.objects.create(comment=comment, outcome=outcome, **defaults | values)
