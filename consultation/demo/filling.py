"""Fill a consultation with the demonstration, through the same actions that people use; many more by COPY."""

import random
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.timezone import localdate

from consultation import actions, places
from consultation.demo import bulk
from consultation.demo.story import SEED, Told, steps, told
from consultation.models import Comment, Consultation
from consultation.opening import open_consultation
from consultation.states import Channel, Handling
from portal import audit
from portal.models import Role, User
from portal.refusal import Refusal

PLANNER = "demo-planner"
STORY = timedelta(days=20)
# Every comment of the demonstration carries it, so that nobody takes them for real ones.
KEY = "demo-"


def demo_planner() -> User:
    """Return the planner of the demonstration; nobody can sign in as them."""
    user, is_new = User.objects.get_or_create(
        username=PLANNER, defaults={"last_name": "演示规划员", "roles": [Role.PLANNER.value], "is_active": True}
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def present(consultation: Consultation) -> int:
    """Return how many comments of the demonstration there are. Raises a Refusal where real ones are among them."""
    comments = consultation.comments.all()
    count = comments.count()
    if count and comments.exclude(idempotency_key__startswith=KEY).exists():
        raise Refusal("real-comments", "This consultation holds comments of real people; the demonstration stays out.")
    return count


@transaction.atomic
def create(consultation: Consultation, count: int, *, now: datetime) -> None:
    """Create `count` comments, all in one transaction: the hand-written ones by actions, further ones by COPY.

    The story takes at most twenty days and ends now. The consultation must be open; `count` at least 1. The audit
    gets every event of the hand-written ones, and one event, `demo.created`, that stands for those by COPY.
    """
    chosen = list(told()[:count])
    _begin_earlier(consultation, now)
    begins, planner = max(consultation.opens_at, now - STORY), demo_planner()
    middle = begins + (now - begins) * 0.5 if count > len(chosen) else begins
    more = bulk.create(consultation, count - len(chosen), begins=begins, ends=middle, planner=planner)
    if more:
        data = {"comments": more, "consultation": consultation.slug}
        audit.record("demo.created", actor=audit.SYSTEM, subject=consultation, plan_id=consultation.plan_id, data=data)
    _live(consultation, chosen, middle, now, planner)


def _begin_earlier(consultation: Consultation, now: datetime) -> None:
    """Let a display that only just began have begun when the story does; its last day stays."""
    if consultation.opens_at <= now - STORY or consultation.slug != consultation.plan.slug:
        return
    opens, closes = localdate(now - STORY), localdate(consultation.closes_at - timedelta(seconds=1))
    open_consultation(consultation.plan, actor=audit.SYSTEM, now=now, opens=opens, closes=closes)
    consultation.refresh_from_db()


def _live(consultation: Consultation, chosen: list[Told], begins: datetime, ends: datetime, planner: User) -> None:
    topics = {topic.key: topic for topic in consultation.topics.all()}
    otherwise = topics.get("other") or list(topics.values())[-1]
    comments: dict[int, Comment] = {}
    for step in steps(chosen, begins, ends):
        one = chosen[step.comment]
        with audit.dated(step.at):
            if step.what == "submit":
                topic = topics.get(one.topic, otherwise)
                comments[step.comment] = _submit(consultation, one, topic, step, planner)
            else:
                _happen(step.what, comments[step.comment], one, planner, step.at)
    _support([(comments[position], one.supports) for position, one in enumerate(chosen) if one.supports], ends)


def _submit(consultation: Consultation, one: Told, topic: object, step: object, planner: User) -> Comment:
    draft = actions.Draft(
        topic=topic,
        text=one.text,
        place=places.resolve(consultation.plan, one.place),
        display_consent=one.shown_with_consent,
        contact=one.contact,
        language=one.language,
        channel=Channel(one.channel),
    )
    actor = audit.RESIDENT if one.channel == Channel.WEB else planner
    key = f"{KEY}{step.comment:06}"
    return actions.submit(consultation, draft, now=step.at, idempotency_key=key, actor=actor).comment


def _happen(what: str, comment: Comment, one: Told, planner: User, at: datetime) -> None:
    if what == "publish":
        actions.publish(comment, by=planner, now=at)
    elif what == "withhold":
        actions.withhold(comment, by=planner, reason=one.withholding, note=one.note)
    elif what == "withdraw":
        actions.withdraw(comment)
    elif what == "decide":
        actions.decide(comment, by=planner, outcome=one.outcome, reason=one.reason, reply=one.reply, now=at)
    else:
        actions.note_progress(comment, by=planner, handling=one.handling or Handling.DRAFTING.value)


def _support(supported: list[tuple[Comment, int]], at: datetime) -> None:
    """Count supporters, whose hashes are nobody's. Two statements for all; support isn't audited."""
    dice = random.Random(SEED)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO consultation_support (comment_id, supporter, supported_at) SELECT %s, "
            "md5(%s || counted) || md5(counted || %s), %s FROM generate_series(1, %s) AS counted",
            [[comment.pk, f"{dice.random()}", comment.number, at, count] for comment, count in supported],
        )
        cursor.execute(
            "UPDATE consultation_comment AS comment SET supports = counted.count FROM "
            "(SELECT comment_id, count(*) FROM consultation_support GROUP BY comment_id) AS counted "
            "WHERE counted.comment_id = comment.id "
            "AND comment.consultation_id = %s AND comment.idempotency_key LIKE %s",
            [supported[0][0].consultation_id if supported else None, f"{KEY}%"],
        )
