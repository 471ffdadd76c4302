"""The one statement behind *here*: what every asked layer holds at a point, and how far its nearest edge is.

What is nearest is found in the plane, with longitude squeezed to the latitude's true scale; the distance to it is
geodesic (WGS 84). The two differ by less than 0.1 % within 100 km. Candidates come by index: the feature that the
planar index calls nearest gives a bound, and only what reaches into that box is looked at. So neither another plan
in the same table nor a layer of many features slows the answer down.

`OFFSET 0` keeps PostgreSQL from computing an expression again wherever it is used.
"""

# Degrees of latitude in metres, a little too few, so that a box made of metres is never too small.
_METRES_PER_DEGREE = 110_000

# Metres around a feature that belong to it although they aren't drawn: half the width of a line, a core's radius.
_REACH = """greatest(
    CASE WHEN jsonb_typeof(feature.attributes -> 'width_m') = 'number'
        THEN (feature.attributes ->> 'width_m')::float8 / 2 ELSE 0 END,
    CASE WHEN jsonb_typeof(feature.attributes -> 'radius_m') = 'number'
        THEN (feature.attributes ->> 'radius_m')::float8 ELSE 0 END)"""


def _flat(geometry: str) -> str:
    """Return SQL for the distance of `geometry` in squeezed degrees: for comparing only."""
    return f"ST_Distance(ST_Scale({geometry}, spot.squeeze, 1), spot.flat)"


def _metres(geometry: str) -> str:
    """Return SQL for the geodesic distance to the point of `geometry` that is nearest in the plane."""
    closest = f"ST_ClosestPoint(ST_Scale({geometry}, spot.squeeze, 1), spot.flat)"
    return f"ST_Distance(ST_Scale({closest}, 1 / spot.squeeze, 1)::geography, spot.place)"


def _box(degrees: str) -> str:
    """Return SQL for a box that reaches `degrees` (squeezed) around the point on all sides."""
    return f"ST_Expand(spot.point, ({degrees}) / spot.squeeze + 1e-9, ({degrees}) + 1e-9)"


# What is asked: each kind of a control line, other layers as a whole; the kind `scope` in every plan. A kind's own
# `answer` goes before its layer's.
_ASKED = """
spot AS MATERIALIZED (
    SELECT point, point::geography AS place, squeeze, ST_Scale(point, squeeze, 1) AS flat
    FROM (
        SELECT ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326) AS point,
            greatest(cos(radians(%(lat)s)), 1e-6) AS squeeze OFFSET 0
    ) AS given
),
layer AS MATERIALIZED (
    SELECT * FROM maps_layer WHERE plan_id = %(plan)s AND (status = 'public' OR %(drafts)s)
),
asked AS MATERIALIZED (
    SELECT layer_id, answer, array_agg(kind) AS kinds
    FROM (
        SELECT layer.id AS layer_id, kind.key AS kind,
            CASE WHEN kind.key = 'scope' THEN 'scope' ELSE coalesce(kind.value ->> 'answer', layer.answer) END AS answer
        FROM layer CROSS JOIN LATERAL jsonb_each(layer.kinds) AS kind
    ) AS each_kind
    WHERE answer <> 'none'
    GROUP BY layer_id, answer, CASE WHEN answer = 'control-line' THEN kind END
)"""

_OF_ASKED = "feature.plan_id = %(plan)s AND feature.layer_id = asked.layer_id AND feature.kind = ANY (asked.kinds)"

# The one feature that counts for a control line, a partition, a nearest: what holds the point, else what is nearest.
# On a shared edge the plan's own order decides.
_CHOSEN = f"""
chosen AS MATERIALIZED (
    SELECT asked.*, feature.id AS feature_id, coalesce(feature.inside, false) AS inside, feature.away,
        feature.kind, feature.name_zh, feature.error_m, feature.geometry
    FROM asked CROSS JOIN spot
    LEFT JOIN LATERAL (
        SELECT {_box(_flat("candidate.geometry"))} AS box
        FROM (
            SELECT feature.geometry FROM maps_feature AS feature WHERE {_OF_ASKED}
            ORDER BY feature.geometry <-> spot.point LIMIT 1
        ) AS candidate OFFSET 0
    ) AS bound ON true
    LEFT JOIN LATERAL (
        SELECT feature.*, ST_Covers(feature.geometry, spot.point) AS inside, {_flat("feature.geometry")} AS away
        FROM maps_feature AS feature
        WHERE {_OF_ASKED} AND feature.geometry && bound.box
        ORDER BY inside DESC, away, feature."order", feature.id LIMIT 1
    ) AS feature ON true
    WHERE asked.answer <> 'touching'
)"""

# How far from the edge the point lies inside: the edge of all features of the kind together (of the same name, in a
# partition), for the seam between two parts of one zone is no edge. Features beyond the box can't change an edge
# within it: the distance is exact up to the box, and never less than the box beyond it.
_KIN = """feature.plan_id = %(plan)s AND feature.layer_id = chosen.layer_id AND feature.kind = chosen.kind
                AND (chosen.answer <> 'partition' OR feature.name_zh = chosen.name_zh)"""
_SINGLE = f"""
single AS (
    SELECT chosen.layer_id, chosen.answer, chosen.kinds, chosen.feature_id, chosen.inside,
        CASE WHEN chosen.inside THEN coalesce({_metres("edge.line")}, 0) ELSE {_metres("chosen.geometry")} END AS metres
    FROM chosen CROSS JOIN spot
    LEFT JOIN LATERAL (
        SELECT ST_Boundary(chosen.geometry) AS line WHERE chosen.inside AND ST_Dimension(chosen.geometry) = 2 OFFSET 0
    ) AS own ON true
    LEFT JOIN LATERAL (
        SELECT 1 AS found FROM maps_feature AS feature
        WHERE {_KIN} AND own.line IS NOT NULL AND feature.id <> chosen.feature_id
            AND ST_Intersects(feature.geometry, chosen.geometry) LIMIT 1
    ) AS neighbour ON true
    LEFT JOIN LATERAL (
        SELECT CASE WHEN neighbour.found IS NULL THEN own.line ELSE (
            SELECT ST_Boundary(ST_Union(feature.geometry)) FROM maps_feature AS feature
            WHERE {_KIN} AND feature.geometry
                && {_box(f"2 * greatest({_flat('own.line')}, chosen.error_m / {_METRES_PER_DEGREE}.0, 0.01)")}
        ) END AS line OFFSET 0
    ) AS edge ON true
)"""

# All features that hold the point or pass by it within their uncertainty.
_TOUCHING = f"""
touching AS (
    SELECT asked.layer_id, asked.answer, asked.kinds, near.id AS feature_id,
        near.covers OR near.away <= near.reach AS inside,
        CASE WHEN near.covers AND ST_Dimension(near.geometry) = 2 THEN {_metres("ST_Boundary(near.geometry)")}
            ELSE abs(near.away - near.reach) END AS metres
    FROM asked CROSS JOIN spot
    CROSS JOIN LATERAL (
        SELECT max(greatest(feature.error_m, {_REACH})) / {_METRES_PER_DEGREE} AS degrees
        FROM maps_feature AS feature WHERE {_OF_ASKED}
    ) AS bound
    CROSS JOIN LATERAL (
        SELECT feature.*, ST_Covers(feature.geometry, spot.point) AS covers,
            {_metres("feature.geometry")} AS away, {_REACH} AS reach
        FROM maps_feature AS feature
        WHERE {_OF_ASKED} AND feature.geometry && {_box("bound.degrees")} OFFSET 0
    ) AS near
    WHERE asked.answer = 'touching' AND near.away <= greatest(near.error_m, near.reach)
)"""

HERE = f"""
WITH {_ASKED}, {_CHOSEN}, {_SINGLE}, {_TOUCHING}
SELECT layer.key AS layer, layer."group", layer.name_zh AS layer_name_zh, layer.name_en AS layer_name_en,
    layer.chapter_number AS chapter, found.answer, kind.name AS kind, (layer.kinds -> kind.name) - 'style' AS words,
    feature.key AS feature, feature.name_zh, feature.name_en, feature.note_zh, feature.note_en, feature.error_m,
    feature.attributes, ST_Dimension(feature.geometry) AS dimension,
    found.inside, found.metres
FROM (SELECT * FROM single UNION ALL SELECT * FROM touching) AS found
JOIN layer ON layer.id = found.layer_id
LEFT JOIN maps_feature AS feature ON feature.id = found.feature_id
CROSS JOIN LATERAL (SELECT coalesce(feature.kind, found.kinds[1]) AS name) AS kind
ORDER BY layer."order", feature."order" NULLS LAST, kind.name
"""
