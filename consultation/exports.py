"""The ledger as tables: which columns there are, for whom, and its rows as PostgreSQL makes them.

One query reads an export, so it is one snapshot; a cursor in the database keeps memory flat. What is masked was masked
when it was written (`Comment.public_text`, `Contact.name_masked`): nothing has to be hidden while exporting.
Columns of sheet 1 of the summary that planners hand in (公示期公众意见汇总及采纳情况表).
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from django.conf import settings
from django.db import connection, models, transaction

from consultation.querysets import CommentQuerySet
from consultation.states import Channel, Display, Handling, Outcome, PlaceKind, WithholdingReason
from portal import sealing
from portal.bilingual import in_chinese


class Audience(IntEnum):
    """For whom a column is; each sees its own and the ones before."""

    PUBLIC = 1
    STAFF = 2
    CONTACT = 3


@dataclass(frozen=True)
class Column:
    """A column: `sql` gives its value; with `words` the value is a choice and its word is shown; `sealed` is opened."""

    key: str
    zh: str
    en: str
    sql: str
    audience: Audience = Audience.STAFF
    words: type[models.TextChoices] | None = None
    sealed: bool = False

    @property
    def heading(self) -> str:
        """Return the heading in the active language."""
        return self.zh if in_chinese() else self.en


def _day(sql: str, form: str) -> str:
    return f"to_char({sql} AT TIME ZONE '{settings.TIME_ZONE}', '{form}')"


# Two decimals more would point at a bed: 4 decimals are some 10 m.
_LON, _LAT = "round(ST_X(c.anchor)::numeric, 4)", "round(ST_Y(c.anchor)::numeric, 4)"
_PLACE = f"""CASE c.place_kind
    WHEN 'feature' THEN coalesce(feature.name_LANG, c.feature_key)
    WHEN 'village' THEN coalesce(village.name_LANG, c.village_key)
    WHEN 'chapter' THEN concat_ws(' ', c.chapter_number, chapter.title_LANG)
    WHEN 'none' THEN WORD(c.place_kind)
    ELSE concat(WORD(c.place_kind), ' ', {_LON}, ', ', {_LAT}) END"""
_SUMMARY = """replace(replace(CASE WHEN length(c.public_text) > 60 THEN left(c.public_text, 59) || '…'
    ELSE c.public_text END, chr(13), ''), chr(10), ' ')"""
_DECIDER = "coalesce(nullif(trim(concat(decider.first_name, ' ', decider.last_name)), ''), decider.username)"

COLUMNS = (
    Column("serial", "序号", "No.", "row_number() OVER (ORDER BY c.id)"),
    Column("number", "受理编号", "Number", "c.number", Audience.PUBLIC),
    Column("channel", "意见来源（渠道）", "Channel", "c.channel", words=Channel),
    Column("author", "提出人（脱敏）", "Author (masked)", "contact.name_masked", Audience.PUBLIC),
    Column("submitted_at", "提出时间", "Sent", _day("c.submitted_at", "YYYY-MM-DD HH24:MI"), Audience.PUBLIC),
    Column("village", "所在村（社区）", "Village", "coalesce(village.name_LANG, c.village_key)", Audience.PUBLIC),
    Column("topic", "意见类别", "Topic", "topic.name_LANG", Audience.PUBLIC),
    Column("place", "涉及位置", "Place", _PLACE, Audience.PUBLIC, PlaceKind),
    Column("summary", "意见内容（摘要）", "Summary", _SUMMARY),
    Column("text", "意见原文（脱敏）", "Text (masked)", "c.public_text", Audience.PUBLIC),
    Column("decision", "采纳情况", "Decision", "decision.outcome", Audience.PUBLIC, Outcome),
    Column("reason", "理由及修改说明", "Reason and change made", "decision.reason", Audience.PUBLIC),
    Column("reply", "答复内容", "Reply", "reply.text", Audience.PUBLIC),
    Column("decided_by", "承办人", "Handled by", _DECIDER),
    Column("answered_on", "答复日期", "Answered on", _day("decision.decided_at", "YYYY-MM-DD"), Audience.PUBLIC),
    Column("handling", "办理状态", "Handling", "c.handling", words=Handling),
    Column("display", "公开状态", "Display", "c.display", words=Display),
    Column("withholding_reason", "不公开理由", "Why not shown", "c.withholding_reason", words=WithholdingReason),
    Column("withholding_note", "备注（致提出人）", "Note to the author", "c.withholding_note"),
    Column("consent", "同意公开", "Consent to display", "c.display_consent::int"),
    Column("supports", "附议数", "Supports", "c.supports", Audience.PUBLIC),
    Column("lon", "经度（概略）", "Longitude (approx.)", _LON, Audience.PUBLIC),
    Column("lat", "纬度（概略）", "Latitude (approx.)", _LAT, Audience.PUBLIC),
    Column("plan_version", "规划版本", "Plan version", "c.plan_version"),
    Column("original_text", "意见原文（未脱敏）", "Text (unmasked)", "c.text", Audience.CONTACT),
    Column("name", "姓名", "Name", "contact.name_sealed", Audience.CONTACT, sealed=True),
    Column("phone", "电话", "Telephone", "contact.phone_sealed", Audience.CONTACT, sealed=True),
    Column("email", "电子邮箱", "E-mail", "contact.email_sealed", Audience.CONTACT, sealed=True),
)

_TABLES = """consultation_comment c
    JOIN consultation_topic topic ON topic.id = c.topic_id
    LEFT JOIN consultation_contact contact ON contact.comment_id = c.id
    LEFT JOIN consultation_decision decision ON decision.comment_id = c.id
    LEFT JOIN portal_user decider ON decider.id = decision.decided_by_id
    LEFT JOIN consultation_reply reply ON reply.comment_id = c.id AND reply.published_at IS NOT NULL
    LEFT JOIN maps_feature village ON village.plan_id = c.plan_id AND village.key = c.village_key
    LEFT JOIN maps_feature feature ON feature.plan_id = c.plan_id AND feature.key = c.feature_key
    LEFT JOIN maps_chapter chapter ON chapter.plan_id = c.plan_id AND chapter.number = c.chapter_number"""


def columns_for(audience: Audience) -> list[Column]:
    """Return the columns that `audience` may have, in order."""
    return [column for column in COLUMNS if column.audience <= audience]


def _expression(column: Column, params: list[object]) -> str:
    """Return the SQL of a column in the active language; what it needs of words goes into `params`."""
    sql = column.sql.replace("_LANG", "_zh" if in_chinese() else "_en")
    if column.words is None:
        return sql
    words = json.dumps({value: str(label) for value, label in column.words.choices}, ensure_ascii=False)
    if "WORD(" not in sql:
        sql = f"WORD({sql})"
    params += [words] * sql.count("WORD(")
    return sql.replace("WORD(", "((%s)::jsonb ->> ")


def _read(select: str, params: list[object], comments: CommentQuerySet) -> Iterator[tuple]:
    chosen, chosen_params = comments.order_by().values("pk").query.sql_with_params()
    sql = f"SELECT {select} FROM {_TABLES} WHERE c.id IN ({chosen}) ORDER BY c.id"
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.itersize = 2000
        cursor.execute(sql, [*params, *chosen_params])
        yield from cursor


def rows(comments: CommentQuerySet, columns: Iterable[Column]) -> Iterator[tuple]:
    """Yield one tuple of values for each of `comments`, in the order of the ledger. One query, one snapshot."""
    columns, params = list(columns), []
    select = ", ".join([_expression(column, params) for column in columns])
    sealed = [position for position, column in enumerate(columns) if column.sealed]
    for row in _read(select, params, comments):
        if sealed:
            row = list(row)
            for position in sealed:
                row[position] = sealing.unseal(row[position] or "")
        yield tuple(row)


def features(comments: CommentQuerySet, columns: Iterable[Column]) -> Iterator[str]:
    """Yield one GeoJSON feature (RFC 7946, as text) for each of `comments`. One query, one snapshot.

    What was drawn, else the anchor of what was chosen; null where there is no place. WGS 84, 4 decimals, outer rings
    counter-clockwise. Properties carry the columns' keys.
    """
    columns, params = [column for column in columns if column.key != "serial"], []
    values = ", ".join([f"'{column.key}', {_expression(column, params)}" for column in columns])
    shape = "ST_AsGeoJSON(ST_ForcePolygonCCW(coalesce(c.geometry, c.anchor)), 4)"
    select = f"to_json(c.number)::text, coalesce({shape}, 'null'), json_build_object({values})::text"
    sealed = [column.key for column in columns if column.sealed]
    for number, geometry, properties in _read(select, params, comments):
        if sealed:
            opened = json.loads(properties)
            opened |= {key: sealing.unseal(opened[key] or "") for key in sealed}
            properties = json.dumps(opened, ensure_ascii=False)
        yield f'{{"type":"Feature","id":{number},"geometry":{geometry},"properties":{properties}}}'
