"""The public sheet 图数一致: each stated figure beside what the drawing measures, and how shapes lie to each other.

Made when a version of the plan is loaded and kept with it (`PlanVersion.checks`), in no language: codes, numbers, the
plan's own names in both. Areas are ellipsoidal, in hectares. Every comparison is on the sheet, also those that agree.
"""

from collections import defaultdict

from maps.consistency import AREA, TOLERANCE_HA, TOLERANCE_SHARE, rows_of
from maps.models import Indicator, Layer, Plan

HECTARES = {Indicator.Unit.HECTARE: 1, Indicator.Unit.SQUARE_KILOMETRE: 100}
AGREES, DIFFERS, NOT_DRAWN = "agrees", "differs", "not-drawn"
# National rule: permanent basic farmland is the part of the cultivated land that is protected best.
WITHIN = (("pbf", "cultivated-land"),)

MEASURED = f"""
    SELECT i.key, {AREA.format("ST_Union(f.geometry)")}, count(f.id)
    FROM maps_indicator i
    LEFT JOIN maps_feature s ON s.plan_id = i.plan_id AND s.key = i.subdistrict
    LEFT JOIN maps_layer l ON l.plan_id = i.plan_id AND l.key = i.layer_key AND l.status = 'public'
    LEFT JOIN maps_feature f ON f.layer_id = l.id AND f.kind = i.kind AND ST_Dimension(f.geometry) = 2
        AND (i.subdistrict = '' OR f.key = i.subdistrict OR f.subdistrict = s.name_zh)
    WHERE i.plan_id = %(plan)s AND i.unit <> 'count'
    GROUP BY i.key
"""
KINDS = """(
    SELECT kind, ST_Union(geometry) AS geometry FROM maps_feature
    WHERE layer_id = %(layer)s AND kind = ANY(%(kinds)s) AND ST_Dimension(geometry) = 2 GROUP BY kind
)"""
APART = f"""
    SELECT a.kind, b.kind, {AREA.format("ST_Intersection(a.geometry, b.geometry)")}
    FROM {KINDS} a JOIN {KINDS} b ON a.kind < b.kind ORDER BY 1, 2
"""
SCOPE = "(SELECT ST_Union(geometry) AS geometry FROM maps_feature WHERE plan_id = %(plan)s AND kind = 'scope') s"
OUTSIDE = f"""
    SELECT k.kind, {AREA.format("ST_Difference(k.geometry, s.geometry)")} FROM {KINDS} k, {SCOPE} ORDER BY 1
"""
ASTRAY = f"""
    SELECT f.kind, sum({AREA.format("ST_Difference(f.geometry, s.geometry)")})
    FROM maps_feature f
    JOIN maps_feature s ON s.plan_id = f.plan_id AND s.kind = 'subdistrict' AND s.name_zh = f.subdistrict
    WHERE f.layer_id = %(layer)s AND f.kind = ANY(%(kinds)s) AND f.stated_ha IS NOT NULL AND f.key <> s.key
    GROUP BY f.kind ORDER BY f.kind
"""
DIVIDED = f"""
    SELECT {AREA.format("ST_Difference(s.geometry, p.geometry)")},
        {AREA.format("ST_Difference(p.geometry, s.geometry)")}
    FROM (
        SELECT ST_Union(geometry) AS geometry FROM maps_feature WHERE layer_id = %(layer)s AND kind = ANY(%(kinds)s)
    ) p, {SCOPE}
"""
DOUBLE = f"""
    SELECT coalesce(sum({AREA.format("ST_Intersection(a.geometry, b.geometry)")}), 0)
    FROM maps_feature a JOIN maps_feature b
        ON b.layer_id = a.layer_id AND a.key < b.key AND ST_Intersects(a.geometry, b.geometry)
    WHERE a.layer_id = %(layer)s AND a.kind = ANY(%(kinds)s) AND b.kind = ANY(%(kinds)s)
"""
INNER = f"""
    SELECT {AREA.format("ST_Difference(i.geometry, o.geometry)")}
    FROM (SELECT ST_Union(geometry) AS geometry FROM maps_feature WHERE plan_id = %(plan)s AND kind = %(inner)s) i,
        (SELECT ST_Union(geometry) AS geometry FROM maps_feature WHERE plan_id = %(plan)s AND kind = %(outer)s) o
"""


def made(plan: Plan) -> dict:
    """Return the sheet of `plan` as it now stands. Some ten queries; half a second for a township."""
    layers = list(plan.layers.filter(status=Layer.Status.PUBLIC))
    return {
        "tolerance": {"share": float(TOLERANCE_SHARE), "hectares": float(TOLERANCE_HA)},
        "figures": _figures(plan, layers),
        "sums": _sums(plan),
        "shapes": [*_lines(plan, layers), *_within(plan, layers), *_partitions(plan, layers)],
    }


def _name(thing: object) -> dict[str, str]:
    """Return the name of a row or of a kind in both languages."""
    table = thing if isinstance(thing, dict) else vars(thing)
    return {"zh": table["name_zh"], "en": table["name_en"]}


def _figures(plan: Plan, layers: list[Layer]) -> list[dict]:
    """Set each stated figure beside its drawing: an area, or how many features there are."""
    areas = {key: (measured, count) for key, measured, count in rows_of(MEASURED, {"plan": plan.pk})}
    by_key = {layer.key: layer for layer in layers}
    sheet = []
    for figure in plan.indicators.all():
        if figure.unit == Indicator.Unit.COUNT:
            stated, measured = float(figure.value), _counted(figure, by_key.get(figure.layer_key))
            agrees = measured == stated
        else:
            stated = float(figure.value * HECTARES[figure.unit])
            area, count = areas[figure.key]
            measured = round(float(area), 4) if count else None
            agrees = measured is not None and abs(measured - stated) <= stated * float(TOLERANCE_SHARE)
        difference = None if measured is None else round(measured - stated, 4)
        sheet.append(
            {
                "key": figure.key,
                "measure": figure.measure,
                "name": _name(figure),
                "stated": {"zh": figure.stated_zh, "en": figure.stated_en},
                "unit": "count" if figure.unit == Indicator.Unit.COUNT else "ha",
                "value": stated,
                "measured": measured,
                "difference": difference,
                "share": None if difference is None else round(difference / stated, 7),
                "verdict": NOT_DRAWN if measured is None else AGREES if agrees else DIFFERS,
                "chapter": figure.chapter_number,
                "layer": figure.layer_key if figure.layer_key in by_key else "",
            }
        )
    return sheet


def _counted(figure: Indicator, layer: Layer | None) -> int | None:
    """Count the features that a figure counts; None where nothing draws them.

    A measure that ends with "-" and the value of a variant (`villages-general-rules`) counts that variant of the kind.
    """
    if layer is None:
        return None
    features = layer.features.filter(kind=figure.kind)
    for attribute, variants in layer.kinds.get(figure.kind, {}).get("by", {}).items():
        for value in variants:
            if figure.measure.endswith(f"-{value}"):
                features = features.filter(**{f"attributes__{attribute}": value})
    return features.count()


def _sums(plan: Plan) -> list[dict]:
    """Add up what the plan states for its parts; figures of one measure and one year belong together."""
    totals, parts = {}, defaultdict(list)
    for figure in plan.indicators.all():
        if figure.subdistrict:
            parts[figure.measure, figure.year].append(figure)
        else:
            totals[figure.measure, figure.year] = figure
    sheet = []
    for key, total in totals.items():
        if key not in parts:
            continue
        added = sum(part.value * HECTARES.get(part.unit, 1) for part in parts[key])
        stated = total.value * HECTARES.get(total.unit, 1)
        sheet.append(
            {
                "measure": total.measure,
                "name": _name(total),
                "parts": [{"name": _name(part), "stated": {"zh": part.stated_zh, "en": part.stated_en}}
                          for part in parts[key]],
                "stated": {"zh": total.stated_zh, "en": total.stated_en},
                "value": float(stated),
                "sum": float(added),
                "verdict": AGREES if added == stated else DIFFERS,
            }
        )  # fmt: skip
    return sheet


def _shape(check: str, subject: dict, other: dict | None, hectares: object, layer: str) -> dict:
    found = round(float(hectares or 0), 4)
    return {
        "check": check,
        "subject": subject,
        "other": other,
        "hectares": found,
        "verdict": AGREES if found <= float(TOLERANCE_HA) else DIFFERS,
        "layer": layer,
    }


def _kinds(layer: Layer, answer: str) -> list[str]:
    return [name for name, kind in layer.kinds.items() if kind.get("answer", layer.answer) == answer]


def _lines(plan: Plan, layers: list[Layer]) -> list[dict]:
    """Control lines keep apart, inside the planning area, each part in the subdistrict that it counts for."""
    sheet = []
    for layer in layers:
        if kinds := _kinds(layer, Layer.Answer.CONTROL_LINE):
            values = {"plan": plan.pk, "layer": layer.pk, "kinds": kinds}
            named = {kind: _name(layer.kinds[kind]) for kind in kinds}
            sheet += [
                _shape("apart", named[a], named[b], hectares, layer.key) for a, b, hectares in rows_of(APART, values)
            ]
            for check, sql in (("in-area", OUTSIDE), ("in-subdistrict", ASTRAY)):
                sheet += [
                    _shape(check, named[kind], None, hectares, layer.key) for kind, hectares in rows_of(sql, values)
                ]
    return sheet


def _within(plan: Plan, layers: list[Layer]) -> list[dict]:
    """What by law lies inside something else does so in the drawing."""
    holders = {kind: layer for layer in layers for kind in layer.kinds}
    sheet = []
    for inner, outer in WITHIN:
        if inner in holders and outer in holders:
            ((hectares,),) = rows_of(INNER, {"plan": plan.pk, "inner": inner, "outer": outer})
            names = [_name(holders[kind].kinds[kind]) for kind in (inner, outer)]
            sheet.append(_shape("within", *names, hectares, holders[inner].key))
    return sheet


def _partitions(plan: Plan, layers: list[Layer]) -> list[dict]:
    """Each layer that divides the planning area covers it once, wholly, and nothing else."""
    sheet = []
    for layer in layers:
        if kinds := _kinds(layer, Layer.Answer.PARTITION):
            values = {"plan": plan.pk, "layer": layer.pk, "kinds": kinds}
            ((gap, beyond),) = rows_of(DIVIDED, values)
            ((double,),) = rows_of(DOUBLE, values)
            for check, hectares in (("gap", gap), ("beyond", beyond), ("double", double)):
                sheet.append(_shape(check, _name(layer), None, hectares, layer.key))
    return sheet
