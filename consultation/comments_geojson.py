"""Published comments as GeoJSON, made by PostgreSQL: one statement, however many comments.

Positions are rounded to four decimals (about ten metres), and what was drawn is shown by its one point: the public
learns where about a comment is, not whose yard it is.
"""

import json
from dataclasses import dataclass

from django.db import connection

from consultation.listing import Cursor
from consultation.querysets import CommentQuerySet
from consultation.states import Outcome
from portal.bilingual import in_chinese

DECIMALS = 4
# China has had no summer time since 1991, so the offset is always the same.
MOMENT = "to_char(comment.submitted_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD\"T\"HH24:MI:SS\"+08:00\"')"
# `chosen` is the ORM's own query for ids, so that visibility, filters and order are said in one place only.
FEATURES = """
SELECT comment.id, comment.published_at, json_build_object(
    'type', 'Feature',
    'id', comment.number,
    'geometry', ST_AsGeoJSON(comment.anchor, {decimals})::json,
    'properties', json_build_object(
        'number', comment.number,
        'topic', topic.key,
        'topic_name', topic.name_{language},
        'text', comment.public_text,
        'place', comment.place_kind,
        'village', nullif(comment.village_key, ''),
        'village_name', village.name_{language},
        'feature', nullif(comment.feature_key, ''),
        'chapter', nullif(comment.chapter_number, ''),
        'submitted_at', {moment},
        'decision', decision.outcome,
        'decision_name', %s::json ->> decision.outcome,
        'decision_reason', decision.reason,
        'reply', CASE WHEN reply.published_at IS NOT NULL THEN reply.text END,
        'supports', comment.supports
    )
)::text
FROM consultation_comment AS comment
JOIN consultation_topic AS topic ON topic.id = comment.topic_id
LEFT JOIN consultation_decision AS decision ON decision.comment_id = comment.id
LEFT JOIN consultation_reply AS reply ON reply.comment_id = comment.id
LEFT JOIN LATERAL (
    SELECT feature.name_zh, feature.name_en FROM maps_feature AS feature
    JOIN maps_layer AS layer ON layer.id = feature.layer_id AND layer.status = 'public'
    WHERE feature.plan_id = comment.plan_id AND feature.key = comment.village_key
) AS village ON true
WHERE comment.id IN ({chosen})
ORDER BY comment.published_at DESC, comment.id DESC
"""


@dataclass(frozen=True)
class Page:
    """Some comments, each as the text of a GeoJSON feature, and where the next page begins, if there is one."""

    features: list[str]
    next: Cursor | None

    def collection(self, next_url: str | None) -> str:
        """Return the text of a FeatureCollection with the address of the next page, or null."""
        return f'{{"type":"FeatureCollection","next":{json.dumps(next_url)},"features":[{",".join(self.features)}]}}'


def read(chosen: CommentQuerySet, size: int) -> Page:
    """Return a page of at most `size` of the comments in `chosen`, which may hold one more. One query."""
    chosen_sql, chosen_params = chosen.values("pk").query.sql_with_params()
    sql = FEATURES.format(decimals=DECIMALS, moment=MOMENT, chosen=chosen_sql, language="zh" if in_chinese() else "en")
    outcomes = json.dumps({outcome.value: str(outcome.label) for outcome in Outcome})
    with connection.cursor() as cursor:
        cursor.execute(sql, [outcomes, *chosen_params])
        rows = cursor.fetchall()
    last = Cursor(rows[size - 1][1], rows[size - 1][0]) if len(rows) > size else None
    return Page([feature for _id, _published_at, feature in rows[:size]], last)
