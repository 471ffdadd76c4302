"""What the desk shows of one comment: its place, what the plan said there, and what happened to it."""

import json

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation import rules
from consultation.models import Comment
from consultation.models.report import ReportReason
from consultation.place_words import PlaceWords, coordinates
from consultation.states import Display, Outcome, WithholdingReason
from portal import audit, masking
from portal.models import AuditEvent

EXCERPT = 90
# The words beside a message that offers to undo what it tells.
UNDO = "undo"


def excerpt(comment: Comment) -> str:
    """Return the beginning of what a comment says, masked, on one line."""
    text = " ".join(comment.public_text.split())
    return text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1]}…"


def tell(request: HttpRequest, text: str, *, undo: Comment) -> None:
    """Tell on the next page what was done, with a way to undo it while nothing else has changed the comment."""
    messages.success(request, text, extra_tags=f"{UNDO}:{undo.number}:{undo.version}")


def undo_of(request: HttpRequest) -> list[dict[str, object]]:
    """Return the messages for this page: text, and number and version where there is something to undo."""
    told = []
    for message in messages.get_messages(request):
        word, _colon, rest = (message.extra_tags or "").partition(":")
        number, _colon, version = rest.partition(":")
        told.append({"text": message.message, "number": number if word == UNDO else "", "version": version})
    return told


def timeline(comment: Comment) -> list[dict[str, object]]:
    """Return what happened to a comment, from the audit, in order. One query."""
    events = AuditEvent.objects.filter(subject_type="consultation.comment", subject_id=str(comment.pk))
    reasons = dict(ReportReason.choices) | dict(WithholdingReason.choices)
    outcomes = dict(Outcome.choices)
    return [
        {
            "at": event.at,
            "what": audit.sentence(event.code),
            "who": _who(event),
            "detail": reasons.get(event.data.get("reason_code")) or outcomes.get(event.data.get("outcome")) or "",
            "reason": event.reason,
        }
        for event in events.order_by("position").only("at", "code", "actor_label", "data", "reason")
    ]


def _who(event: AuditEvent) -> str:
    """Return who did it; whoever reports a comment is anybody, and mostly not its author."""
    if event.actor_label != audit.RESIDENT:
        return event.actor_label
    return _("somebody from the public") if event.code == "report.made" else _("the author")


def context(user: AbstractBaseUser, comment: Comment) -> dict[str, object]:
    """Return what the page of `comment` shows to `user`: only what this person may do is on it. Five queries."""
    is_planner = rules.may_moderate(user) is None
    findings = (comment.here or {}).get("findings", [])
    place = comment.geometry or comment.anchor
    return {
        "comment": comment,
        "place_words": PlaceWords(comment.plan, [comment]).say(comment),
        "coordinates": coordinates(comment.anchor),
        "map": {"place": json.loads(place.json)} if place else None,
        "map_texts": {"zoom_in": _("Closer"), "zoom_out": _("Farther")},
        "findings_inside": [finding for finding in findings if finding.get("inside")],
        "findings_outside": [finding for finding in findings if not finding.get("inside")],
        "days": (timezone.now() - comment.submitted_at).days,
        "hidden": len(masking.personal_data(comment.text)),
        "timeline": timeline(comment),
        "reports": list(comment.reports.select_related("settled_by")),
        "is_planner": is_planner,
        "may_publish": rules.may_publish(user, comment) is None,
        "may_withhold": rules.may_withhold(user, comment) is None,
        "may_return": rules.may_return_to_review(user, comment) is None,
        "may_decide": rules.may_decide(user, comment) is None,
        "may_read_contact": rules.may_read_contact(user) is None,
        "has_contact": hasattr(comment, "contact"),
        "may_export": rules.may_export(user) is None,
        "is_withdrawn": comment.display == Display.WITHDRAWN,
    }
