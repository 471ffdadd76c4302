"""Do the figures and the map agree? Questions to PostGIS about a loaded plan; areas are ellipsoidal, in hectares.

What they find is reported, not refused: a plan's own figures stand, and real data have small differences.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext as _

from maps.models import Layer, Plan

# 100 m²: the second decimal of a hectare is the finest that plans print, and neighbours that share their vertices,
# rounded to 5 decimals of a degree (1.1 m), differ by far less.
TOLERANCE_HA = Decimal("0.01")
# A drawing may differ from the stated figure by one part in a thousand.
TOLERANCE_SHARE = Decimal("0.001")
AREA = "ST_Area(({})::geography) / 10000"


@dataclass(frozen=True)
class Finding:
    """A disagreement between map and figures: which features or layer, how many hectares, and a sentence."""

    subject: str
    hectares: Decimal
    message: str

    def __str__(self) -> str:
        return f"{self.subject}: {self.message}"


def check(plan: Plan) -> list[Finding]:
    """Return every disagreement: stated against measured, control lines that overlap, partitions with gaps.

    One query for the figures, and one or two for each layer that answers as a control line or a partition.
    """
    findings = stated_and_measured(plan)
    for layer in plan.layers.all():
        for answer in (Layer.Answer.CONTROL_LINE, Layer.Answer.PARTITION):
            kinds = [name for name, kind in layer.kinds.items() if kind.get("answer", layer.answer) == answer]
            if not kinds:
                continue
            findings += overlaps(plan, layer, kinds)
            if answer == Layer.Answer.PARTITION:
                findings += gaps(plan, layer, kinds)
    return findings


def stated_and_measured(plan: Plan) -> list[Finding]:
    """Return the features whose drawing differs from their stated figure by more than TOLERANCE_SHARE. One query."""
    findings = []
    for feature in plan.features.exclude(stated_ha=None).exclude(measured_ha=None).defer("geometry"):
        difference = feature.measured_ha - feature.stated_ha
        if abs(difference) <= feature.stated_ha * TOLERANCE_SHARE:
            continue
        values = {"stated": feature.stated_ha, "measured": feature.measured_ha}
        message = _("The plan states %(stated)s ha, the drawing measures %(measured)s ha.") % values
        findings.append(Finding(feature.key, difference, message))
    return findings


def overlaps(plan: Plan, layer: Layer, kinds: list[str]) -> list[Finding]:
    """Return the pairs of a layer's features of `kinds` that share more than TOLERANCE_HA. One query."""
    rows = rows_of(
        f"""
        SELECT a.key || ' / ' || b.key, {AREA.format("ST_Intersection(a.geometry, b.geometry)")} AS hectares
        FROM maps_feature a JOIN maps_feature b
            ON b.layer_id = a.layer_id AND a.key < b.key AND ST_Intersects(a.geometry, b.geometry)
        WHERE a.layer_id = %(layer)s AND a.kind = ANY(%(kinds)s) AND b.kind = ANY(%(kinds)s)
            AND ST_Dimension(a.geometry) = 2 AND ST_Dimension(b.geometry) = 2
        ORDER BY 1
        """,
        {"layer": layer.pk, "kinds": kinds},
    )
    message = _("These overlap by %(hectares)s ha.")
    return [Finding(pair, ha, message % {"hectares": ha}) for pair, ha in rows if ha > TOLERANCE_HA]


def gaps(plan: Plan, layer: Layer, kinds: list[str]) -> list[Finding]:
    """Return by how much a layer that divides the plan's area fails to cover it, or reaches out of it. One query."""
    rows = rows_of(
        f"""
        SELECT {AREA.format("ST_SymDifference(parts.geometry, area.geometry)")}
        FROM (
            SELECT ST_Union(geometry) AS geometry FROM maps_feature
            WHERE layer_id = %(layer)s AND kind = ANY(%(kinds)s)
        ) AS parts, (
            SELECT ST_Union(geometry) AS geometry FROM maps_feature WHERE plan_id = %(plan)s AND kind = 'scope'
        ) AS area
        """,
        {"layer": layer.pk, "kinds": kinds, "plan": plan.pk},
    )
    message = _("This should cover the planning area exactly, but differs from it by %(hectares)s ha.")
    return [Finding(layer.key, ha, message % {"hectares": ha}) for (ha,) in rows if ha > TOLERANCE_HA]


def outside_ha(plan: Plan, inner: str, outer: str) -> Decimal:
    """Return how many hectares of the features of kind `inner` lie outside those of kind `outer`. One query."""
    rows = rows_of(
        f"""
        SELECT {AREA.format("ST_Difference(i.geometry, o.geometry)")}
        FROM (SELECT ST_Union(geometry) AS geometry FROM maps_feature WHERE plan_id = %(plan)s AND kind = %(inner)s) i,
            (SELECT ST_Union(geometry) AS geometry FROM maps_feature WHERE plan_id = %(plan)s AND kind = %(outer)s) o
        """,
        {"plan": plan.pk, "inner": inner, "outer": outer},
    )
    return rows[0][0]


def rows_of(sql: str, values: dict[str, object]) -> list[tuple]:
    """Run a query and return its rows, areas rounded to a tenth of a square metre."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [
            tuple(round(Decimal(item), 5) if isinstance(item, float) else item for item in row)
            for row in cursor.fetchall()
        ]
