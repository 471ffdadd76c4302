"""Every change to the ledger that matters: rule, conditional update, audit event, in one transaction.

Pages, API, admin and commands call the same functions. A Refusal is raised where a rule says no; a change that came
too late, because somebody else was faster, is a Refusal with the code "stale".
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from consultation import privacy, receipts, rules
from consultation.models import Comment, Consultation, Contact, Decision, Reply, Support, Topic
from consultation.places import NOWHERE, Place, as_shown
from consultation.states import Channel, Display, Handling, Outcome, WithholdingReason
from maps.here import here
from portal import audit, masking
from portal.models import User
from portal.refusal import Refusal


@dataclass(frozen=True)
class Draft:
    """A comment as it was written and checked in form, before it is registered."""

    topic: Topic
    text: str
    place: Place = NOWHERE
    display_consent: bool = False
    contact: dict[str, str] = field(default_factory=dict)
    language: str = "zh-hans"
    channel: Channel = Channel.WEB

    @property
    def digest(self) -> str:
        """Return a SHA-256 of what was written, to tell a repeated request from another one with the same key."""
        place = self.place
        shape = place.geometry.wkt if place.geometry else ""
        content = [self.topic.key, self.text, place.kind, shape, place.feature_key, place.village_key]
        content += [place.chapter_number, self.display_consent, sorted(self.contact.items())]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


@dataclass(frozen=True)
class Receipt:
    """What the author takes home. `code` is not stored anywhere in the clear."""

    comment: Comment
    code: str
    is_new: bool = True


def _require(refused: Refusal | None) -> None:
    if refused:
        raise refused


def stale() -> Refusal:
    """Return the Refusal of a change that came too late: somebody else's was faster."""
    message = _("Somebody else changed this comment in the meantime. Look at it again; what you typed is kept.")
    return Refusal("stale", message, status=409)


def _change(comment: Comment, **values: object) -> None:
    """Update `comment` if it still is the version that was read; else raise the Refusal "stale". Two queries."""
    changed = Comment.objects.filter(pk=comment.pk, version=comment.version).update(version=F("version") + 1, **values)
    if not changed:
        raise stale()
    comment.refresh_from_db()


def submit(
    consultation: Consultation,
    draft: Draft,
    *,
    now: datetime,
    idempotency_key: str = "",
    actor: User | str = audit.RESIDENT,
) -> Receipt:
    """Register a comment and return its receipt; the same key sent again gets the same receipt, once registered.

    Raises a Refusal when the consultation isn't open, or when the key was used for something else.
    """
    sent = sent_before(consultation, draft, idempotency_key)
    if sent:
        return sent
    _require(rules.may_comment(consultation, now))
    _require(rules.text_refusal(draft.text))
    answer = here(consultation.plan, draft.place.anchor, AnonymousUser()) if draft.place.anchor else None
    try:
        with transaction.atomic():
            return _register(consultation, draft, answer, now=now, idempotency_key=idempotency_key, actor=actor)
    except IntegrityError:
        # The same form arrived twice at once: the other request registered it.
        sent = sent_before(consultation, draft, idempotency_key)
        if sent:
            return sent
        raise


def sent_before(consultation: Consultation, draft: Draft, key: str) -> Receipt | None:
    """Return the receipt of what was registered under this idempotency key already, or None. One query.

    Raises a Refusal when the key was used for something else.
    """
    comment = consultation.comments.filter(idempotency_key=key).first() if key else None
    if comment is None:
        return None
    if comment.request_digest != draft.digest:
        message = _("This form was sent already, with other words. To send another comment, start a new one.")
        raise Refusal("idempotency-key-reused", message, status=409)
    return Receipt(comment, receipts.make_code(consultation.pk, key), is_new=False)


def _register(
    consultation: Consultation,
    draft: Draft,
    answer: dict | None,
    *,
    now: datetime,
    idempotency_key: str,
    actor: User | str,
) -> Receipt:
    plan = consultation.plan
    code = receipts.make_code(consultation.pk, idempotency_key)
    # From the number on one sender at a time: what takes computing is done before.
    written, sealed = _written(draft), Contact.sealed(draft.contact)
    number = receipts.next_number(plan.number_prefix, localtime(now).year)
    comment = Comment.objects.create(
        plan=plan,
        consultation=consultation,
        number=number,
        code_hash=receipts.hash_code(number, code),
        idempotency_key=idempotency_key,
        submitted_at=now,
        plan_version=plan.version,
        here=answer,
        **written,
    )
    if sealed:
        Contact.objects.create(comment=comment, **sealed)
    data = {"number": number, "channel": draft.channel, "display_consent": draft.display_consent}
    audit.record("comment.submitted", actor=actor, subject=comment, plan_id=plan.pk, data=data)
    return Receipt(comment, code)


def _written(draft: Draft) -> dict[str, object]:
    """Return what a comment stores of its draft: the words, their public copy, and the place."""
    text, place = draft.text.strip(), draft.place
    return {
        "request_digest": draft.digest,
        "channel": draft.channel,
        "language": draft.language,
        "topic": draft.topic,
        "text": text,
        "public_text": masking.mask_text(text),
        "display_consent": draft.display_consent,
        # What staff enter from letters and calls was not sent beside these rules.
        "privacy_version": privacy.current().version if draft.channel == Channel.WEB else "",
        "place_kind": place.kind,
        "geometry": place.geometry,
        "anchor": as_shown(place.anchor),
        "feature_key": place.feature_key,
        "village_key": place.village_key,
        "chapter_number": place.chapter_number,
    }


def publish(comment: Comment, *, by: User, now: datetime) -> None:
    """Make a comment public. Needs a planner and the author's consent."""
    with transaction.atomic():
        _require(rules.may_publish(by, comment))
        before = comment.display
        _change(comment, display=Display.PUBLIC, published_at=now, withholding_reason="", withholding_note="")
        _record("comment.published", comment, by, data={"before": before})


def withhold(comment: Comment, *, by: User, reason: str, note: str) -> None:
    """Keep a comment from display, with a reason code and words to its author; it is still handled and counted."""
    if reason not in WithholdingReason.values:
        raise Refusal("reason-missing", _("Please choose a reason for not showing it."), status=400, field="reason")
    with transaction.atomic():
        _require(rules.may_withhold(by, comment))
        before = comment.display
        _change(comment, display=Display.WITHHELD, withholding_reason=reason, withholding_note=note.strip())
        _record("comment.withheld", comment, by, data={"before": before, "reason_code": reason}, reason=note.strip())


def return_to_review(comment: Comment, *, by: User) -> None:
    """Undo a publication or a withholding: the comment waits for a planner again, and the public doesn't see it."""
    with transaction.atomic():
        _require(rules.may_return_to_review(by, comment))
        before = comment.display
        _change(comment, display=Display.PENDING, published_at=None, withholding_reason="", withholding_note="")
        _record("comment.returned", comment, by, data={"before": before})


def note_progress(comment: Comment, *, by: User, handling: str) -> None:
    """Note how far the answer has come: registered, being drafted, for sign-off. Answered it is by a decision only."""
    if handling not in Handling.values or handling == Handling.ANSWERED:
        raise Refusal("handling-unknown", _("Please choose how far it has come."), status=400, field="handling")
    with transaction.atomic():
        _require(rules.may_note_progress(by, comment))
        before = comment.handling
        _change(comment, handling=handling)
        _record("comment.progressed", comment, by, data={"before": before, "handling": handling})


def decide(comment: Comment, *, by: User, outcome: str, reason: str, reply: str, now: datetime) -> None:
    """Record the decision with its reason, and the reply if there is one, and publish both to the author."""
    if outcome not in Outcome.values:
        raise Refusal("outcome-missing", _("Please choose a decision."), status=400, field="outcome")
    if not reason.strip():
        raise Refusal("reason-missing", _("Every decision needs its reason."), status=400, field="reason")
    with transaction.atomic():
        _require(rules.may_decide(by, comment))
        _change(comment, handling=Handling.ANSWERED)
        defaults = {"outcome": outcome, "reason": reason.strip(), "decided_by": by, "decided_at": now}
        Decision.objects.update_or_create(comment=comment, defaults=defaults)
        if reply.strip():
            values = {"text": reply.strip(), "replied_by": by, "published_at": now}
            Reply.objects.update_or_create(comment=comment, defaults=values)
        data = {"outcome": outcome, "replied": bool(reply.strip())}
        _record("comment.decided", comment, by, data=data, reason=reason.strip())


def withdraw(comment: Comment) -> None:
    """Take a comment from display on its author's wish, for good; it is still handled and counted."""
    with transaction.atomic():
        _require(rules.may_withdraw(comment))
        before = comment.display
        _change(comment, display=Display.WITHDRAWN, display_consent=False)
        _record("comment.withdrawn", comment, audit.RESIDENT, data={"before": before})


def delete_contact(comment: Comment) -> bool:
    """Delete the contact data of a comment on its author's wish; say whether there were any."""
    with transaction.atomic():
        deleted, _rows = Contact.objects.filter(comment=comment).delete()
        if deleted:
            _record("contact.deleted", comment, audit.RESIDENT)
        return bool(deleted)


def read_contact(comment: Comment, *, by: User) -> dict[str, str]:
    """Return how to reach a comment's author, for who may; the look is on record. Empty where there is nothing."""
    with transaction.atomic():
        _require(rules.may_read_contact(by))
        contact = Contact.objects.filter(comment=comment).first()
        _record("contact.read", comment, by)
        return contact.opened() if contact else {}


def support(comment: Comment, *, supporter: str, now: datetime) -> bool:
    """Count one person's support of a public comment, once; say whether it was new. `supporter` is a keyed hash."""
    if comment.display != Display.PUBLIC:
        raise Refusal("not-public", _("There is no public comment with this number."), status=404)
    with transaction.atomic():
        _row, is_new = Support.objects.get_or_create(
            comment=comment, supporter=supporter, defaults={"supported_at": now}
        )
        if is_new:
            Comment.objects.filter(pk=comment.pk).update(supports=F("supports") + 1)
            comment.refresh_from_db(fields=["supports"])
        return is_new


def _record(code: str, comment: Comment, actor: User | str, *, data: dict | None = None, reason: str = "") -> None:
    data = {"number": comment.number, **(data or {})}
    audit.record(code, actor=actor, subject=comment, plan_id=comment.plan_id, data=data, reason=reason)
