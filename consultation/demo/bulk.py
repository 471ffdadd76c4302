"""Very many comments for measuring, always the same ones: made in Python, stored by COPY, in seconds.

They have no audit events of their own (one event stands for all of them, see `filling.create`), no stored *here*
answer, and codes that nobody knows. Places cluster around the villages and lie inside the plan's area.
"""

import hashlib
import random
from collections.abc import Iterator
from datetime import datetime

from django.contrib.gis.geos import Point
from django.db import connection
from django.utils.timezone import localtime

from consultation import privacy
from consultation.demo.story import SEED, told
from consultation.models import Consultation, Contact
from consultation.places import as_shown
from consultation.states import Channel, Display, Handling, PlaceKind
from maps.models import Feature
from portal import masking
from portal.models import User

OPENINGS = (
    "",
    "您好，",
    "我是{village}的，",
    "听村里人说规划公示了，",
    "我来说两句：",
    "代家里老人反映：",
    "补充一点意见：",
    "在外打工的{village}人说一句：",
)
CLOSINGS = (
    "",
    "谢谢。",
    "请研究。",
    "希望有个答复。",
    "以上是{village}几户人家的共同意见。",
    "麻烦了。",
    "盼回复！",
    "说得不对请指正。",
)
COMMENT = (
    "plan_id, consultation_id, number, code_hash, idempotency_key, request_digest, channel, language, submitted_at, "
    "topic_id, text, public_text, place_kind, geometry, anchor, feature_key, village_key, chapter_number, "
    "plan_version, display_consent, display, withholding_reason, withholding_note, published_at, handling, "
    "supports, version, privacy_version"
)
CONTACTS = 200


def create(consultation: Consultation, count: int, *, begins: datetime, ends: datetime, planner: User) -> int:
    """Store `count` comments with decisions, replies and contact data, and return how many. Six statements."""
    if count <= 0:
        return 0
    year = localtime(begins).year
    first = _reserve(consultation.plan.number_prefix, year, count)
    # Everything that is asked is asked before: a connection that copies answers no question.
    ground = _Ground(consultation, random.Random(SEED + 1))
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY consultation_comment ({COMMENT}) FROM STDIN") as copy:
            for row in _rows(consultation, ground, count, first, year, begins, ends):
                copy.write_row(row)
        _answer(cursor, consultation, planner)
        _contacts(cursor, consultation)
        cursor.execute("ANALYZE consultation_comment")
    return count


def _reserve(prefix: str, year: int, count: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO consultation_numberseries AS series (prefix, year, last) VALUES (%s, %s, %s) "
            "ON CONFLICT (prefix, year) DO UPDATE SET last = series.last + %s RETURNING last",
            [prefix, year, count, count],
        )
        return cursor.fetchone()[0] - count + 1


class _Ground:
    """Points of the plan's area, most of them near a village, each with the village that is nearest."""

    def __init__(self, consultation: Consultation, dice: random.Random):
        area = Feature.objects.filter(plan=consultation.plan, kind="scope").order_by("order").first()
        villages = Feature.objects.filter(plan=consultation.plan).villages().order_by("order")
        self.villages = [(village.key, village.name_zh, village.geometry.x, village.geometry.y) for village in villages]
        self.topics = {topic.key: topic.pk for topic in consultation.topics.all()}
        self.area, self.box, self.dice = area.geometry.prepared, area.geometry.extent, dice

    def point(self) -> tuple[str, str, Point]:
        """Return key and name of the nearest village and the point; one somewhere in ten, else around a village."""
        while True:
            if self.dice.random() < 0.1 or not self.villages:
                west, south, east, north = self.box
                point = Point(self.dice.uniform(west, east), self.dice.uniform(south, north), srid=4326)
            else:
                _key, _name, lon, lat = self.dice.choice(self.villages)
                point = Point(self.dice.gauss(lon, 0.006), self.dice.gauss(lat, 0.005), srid=4326)
            if self.area.contains(point):
                return (*self._nearest(point.x, point.y), as_shown(point))

    def _nearest(self, x: float, y: float) -> tuple[str, str]:
        # At this latitude a degree east is some 0.82 of a degree north.
        distances = [((lon - x) * 0.82) ** 2 + (lat - y) ** 2 for _key, _name, lon, lat in self.villages]
        return self.villages[distances.index(min(distances))][:2] if distances else ("", "")


def _rows(
    consultation: Consultation, ground: _Ground, count: int, first: int, year: int, begins: datetime, ends: datetime
) -> Iterator[tuple]:
    dice, plan, topics = ground.dice, consultation.plan, ground.topics
    otherwise, stories = list(topics.values())[-1], told()
    masked, rules = [masking.mask_text(one.text) for one in stories], privacy.current().version
    for position in range(count):
        index = dice.randrange(len(stories))
        one, (village_key, village, point) = stories[index], ground.point()
        text = f"{dice.choice(OPENINGS)}{one.text}{dice.choice(CLOSINGS)}".replace("{village}", village)
        at = begins + (ends - begins) * ((position + dice.random()) / count)
        number, wkb = f"{plan.number_prefix}-{year}-{first + position:06}", point.hexewkb.decode()
        yield (
            plan.pk, consultation.pk, number, hashlib.sha256(f"{SEED} {number}".encode()).hexdigest(),
            f"demo-b{position:06}-{index:03}", "", one.channel, one.language, at,
            topics.get(one.topic, otherwise), text, text.replace(one.text, masked[index]),
            PlaceKind.POINT.value, wkb, wkb, "", village_key, "",
            plan.version, one.shown_with_consent, one.display, one.withholding, one.note,
            at if one.display == Display.PUBLIC else None,
            (Handling.ANSWERED if one.outcome else Handling.REGISTERED).value, 0, 1,
            rules if one.channel == Channel.WEB else "",
        )  # fmt: skip


def _answer(cursor: object, consultation: Consultation, planner: User) -> None:
    """Decide what the story has decided: the key of a comment ends with its place in the story."""
    stories = told()
    words = [[getattr(one, name) for one in stories] for name in ("outcome", "reason", "reply")]
    chosen = """
        FROM consultation_comment AS comment
        JOIN unnest(%s::text[], %s::text[], %s::text[]) WITH ORDINALITY AS story (outcome, reason, reply, position)
            ON story.position = 1 + right(comment.idempotency_key, 3)::int
        WHERE comment.consultation_id = %s AND comment.idempotency_key LIKE 'demo-b%%'
    """
    cursor.execute(
        "INSERT INTO consultation_decision (comment_id, outcome, reason, decided_by_id, decided_at) "
        f"SELECT comment.id, outcome, reason, %s, submitted_at {chosen} AND outcome <> ''",
        [planner.pk, *words, consultation.pk],
    )
    cursor.execute(
        "INSERT INTO consultation_reply (comment_id, text, replied_by_id, published_at) "
        f"SELECT comment.id, reply, %s, submitted_at {chosen} AND reply <> ''",
        [planner.pk, *words, consultation.pk],
    )


def _contacts(cursor: object, consultation: Consultation) -> None:
    """Give every third comment contact data out of a pool: sealing each anew would take longer than all the rest."""
    dice = random.Random(SEED + 2)
    pool = []
    for _position in range(CONTACTS):
        name = dice.choice("王李张郭许马贺闫牛申") + dice.choice("建秀文玉志爱保晓") + dice.choice("国兰喜英强莲军敏")
        sealed = Contact.sealed({"name": name, "phone": f"154{dice.randrange(10**8):08}"})
        pool.append((sealed["name_sealed"], sealed["name_masked"], sealed["phone_sealed"]))
    cursor.execute(
        """
        INSERT INTO consultation_contact (comment_id, name_sealed, name_masked, phone_sealed, email_sealed)
        SELECT comment.id, pool.name_sealed, pool.name_masked, pool.phone_sealed, ''
        FROM consultation_comment AS comment
        JOIN unnest(%s::text[], %s::text[], %s::text[]) WITH ORDINALITY
            AS pool (name_sealed, name_masked, phone_sealed, position) ON pool.position = 1 + comment.id %% %s
        WHERE comment.consultation_id = %s AND comment.idempotency_key LIKE 'demo-b%%' AND comment.id %% 3 = 0
        """,
        [*map(list, zip(*pool, strict=True)), CONTACTS, consultation.pk],
    )
